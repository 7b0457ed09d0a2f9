"""Every mention of somebody or something in a paragraph: what kind, which gender, how many."""

from collections.abc import Container, Iterator
from enum import StrEnum
from typing import NamedTuple

from spacy.tokens import Doc, Token

from workflows.extraction.attribution.source_mention import mention_span
from workflows.extraction.references.binding import find_verb
from workflows.extraction.references.kinds import (
    FEMALE_TITLES,
    MALE_TITLES,
    NAMED_BODIES,
    NATURES,
    TITLES,
    EntityKind,
    Gender,
    Nature,
    find_name_gender,
    find_nature,
    make_singular,
)
from workflows.extraction.text.lexicon import inflect
from workflows.extraction.text.sentences import Paragraph
from workflows.extraction.text.spans import TokenSpan

LABELS = {
    "PERSON": EntityKind.PERSON,
    "ORG": EntityKind.ORGANISATION,
    "GPE": EntityKind.PLACE,
    "LOC": EntityKind.PLACE,
    "FAC": EntityKind.PLACE,
    "NORP": EntityKind.GROUP,
    "EVENT": EntityKind.EVENT,
    "PRODUCT": EntityKind.THING,
    "WORK_OF_ART": EntityKind.THING,
    "LAW": EntityKind.THING,
}
TIMES = frozenset({"DATE", "TIME"})
AMOUNTS = frozenset({"MONEY", "PERCENT", "QUANTITY", "CARDINAL", "ORDINAL"})
SUBJECTS = frozenset({"nsubj", "nsubjpass", "csubj"})
OBJECTS = frozenset({"dobj", "dative", "attr", "oprd", "iobj"})
WITHIN = frozenset(
    {"compound", "nmod", "amod", "nummod", "quantmod", "advmod", "punct", "det", "predet", "intj"}
)
"""How a noun hangs that is a part of another's phrase, and no mention."""
POINTING = frozenset({"this", "that", "these", "those"})
QUANTIFIERS = frozenset({"every", "each", "any", "no", "neither", "either", "another", "all"})
PRONOUNS = {
    "he": Nature(EntityKind.PERSON, Gender.MALE),
    "she": Nature(EntityKind.PERSON, Gender.FEMALE),
    "it": Nature(EntityKind.THING),
    "they": Nature(None),
}
CASES = {
    "him": "he",
    "his": "he",
    "himself": "he",
    "her": "she",
    "hers": "she",
    "herself": "she",
    "its": "it",
    "itself": "it",
    "them": "they",
    "their": "they",
    "theirs": "they",
    "themselves": "they",
    "'em": "they",
    "me": "i",
    "my": "i",
    "mine": "i",
    "myself": "i",
    "us": "we",
    "our": "we",
    "ours": "we",
    "ourselves": "we",
    "your": "you",
    "yours": "you",
    "yourself": "you",
    "yourselves": "you",
}
"""For each other form of a pronoun, its subject's."""
PERSONS = frozenset({"i", "you", "he", "she", "it", "we", "they"})
LONGEST = 9
"""Tokens of a first mention; from a longer phrase what stands behind its noun is cut."""
PARSED = 14
"""Tokens up to which a phrase is mostly parsed right."""
LONGEST_NAME = 7
MEETING = frozenset({"meet", "meets", "met", "marry", "marries", "married", "phoned", "kissed"})
"""Verbs by which both are people."""
DONE_TO_PEOPLE = frozenset(
    form
    for verb in ("praise", "fire", "hire", "dismiss", "thank", "arrest", "jail")
    for form in inflect(verb)
)
"""Verbs whose object is somebody, whatever the model takes one word of a name for."""
PAIR = 2
"""Tokens of an article with its noun, or of a given name with its surname."""
SPEAKING_FOR = frozenset(
    {"ceo", "chair", "chairman", "chairperson", "chairwoman", "chief", "co-founder", "director"}
    | {"executive", "founder", "manager", "owner", "president", "spokesman", "spokesperson"}
    | {"spokeswoman"}
)
"""Those who mean by "we" the body in their title."""
COMMON = NATURES.keys() | TITLES
"""Nouns that with "the" before them are no names, though a capital begins them."""


class MentionType(StrEnum):
    NAME = "name"
    DEFINITE = "definite"
    INDEFINITE = "indefinite"
    PRONOUN = "pronoun"


class Role(StrEnum):
    SUBJECT = "subject"
    OBJECT = "object"
    POSSESSOR = "possessor"
    OBLIQUE = "oblique"


class Mention(NamedTuple):
    """Words that mean somebody or something.

    `words` and `head` are token indices of the paragraph, `start` and `end` character offsets into
    the document. `noun` is the head in lower case and in the singular, of a pronoun its subject's
    form. `name` are the words of a name without titles. `plural` is None where either will do.
    `verb` is the token of the verb whose argument it is, or -1.
    """

    words: TokenSpan
    head: int
    start: int
    end: int
    text: str
    noun: str
    form: MentionType
    nature: Nature
    plural: bool | None
    role: Role
    verb: int
    name: tuple[str, ...] = ()
    titles: tuple[str, ...] = ()
    bare: bool = False
    """Just "the" or "that" before a noun."""
    referring: bool = True
    """Means something particular: not "every country", "no minister"."""
    guessed: bool = False
    """Of a kind that only the model tells."""
    owned: bool = False
    """“Renn's wife”, “his wife”."""
    owned_by_pronoun: bool = False
    mass: bool = False
    """A noun in the singular without any article: "profit", "access"."""
    predicate: bool = False
    """What somebody is told to be, "as a candidate", and nobody else."""
    short: bool = False
    """A noun with no more than its article: it tells less than a first mention with more."""


def find_mentions(paragraph: Paragraph, names: Container[str] = frozenset()) -> Iterator[Mention]:
    """Find the mentions of a paragraph in the order of their heads.

    `names` are the words, in lower case, that were names before: the model at times takes a
    surname at the start of a sentence for a noun.
    """
    doc = paragraph.doc
    entities = {token.i: entity for entity in doc.ents for token in entity}
    surnames: set[str] = set()
    taken = -1
    for token in paragraph.tokens:
        tag = token.tag_
        if tag.startswith("PRP"):
            noun = CASES.get(token.lower_, token.lower_)
            if noun in PERSONS:
                yield _build_pronoun(paragraph, token, noun)
        elif tag.startswith("NN") and token.i > taken and _is_head(token):
            label = token.ent_type_
            if label in TIMES:
                continue
            proper = tag.startswith("NNP") or (
                (token.lower_ in names or token.lower_ in surnames) and not _has_article(token)
            )
            if proper and token.text[:1].isupper() and label not in AMOUNTS:
                entity = entities.get(token.i)
                span = _find_name(doc, token, (entity.start, entity.end) if entity else None)
                if _is_common(doc, span, token):
                    yield _build_noun(paragraph, token)
                    continue
                mention = _build_name(paragraph, token, span)
                taken = span.end - 1
                surnames.update(word.lower() for word in mention.name[1:][-1:])
                yield mention
            else:
                yield _build_noun(paragraph, token)


def mention_speaker(name: str, start: int, end: int) -> Mention:
    """Return the mention of the speaker whom a turn's label names."""
    words = [word for word in name.split() if any(c.isalnum() for c in word)] or [name]
    titles: list[str] = []
    while len(words) > 1 and words[0].lower().strip(".") in TITLES:
        titles.append(words.pop(0).lower().strip("."))
    gender = _read_titles(titles) or _guess_gender(words, titled=bool(titles))
    body = None if titles else _find_body([word.lower() for word in words])
    if body is not None and words[0].lower() == "the" and len(words) > 1:
        words = words[1:]
    nowhere = TokenSpan(0, 0)
    return Mention(
        words=nowhere,
        head=-1,
        start=start,
        end=end,
        text=name,
        noun=words[-1].lower(),
        form=MentionType.NAME,
        nature=body or Nature(EntityKind.PERSON, gender),
        plural=False,
        role=Role.SUBJECT,
        verb=-1,
        name=tuple(words),
        titles=tuple(titles),
    )


def mention_body(paragraph: Paragraph, person: Mention) -> Mention | None:
    """Return the body in a title: "Olden News vice president Ann Lee"."""
    doc = paragraph.doc
    first = min(doc[person.head].left_edge.i, person.words.start)
    for entity in doc[first : person.words.end].ents:
        behind = doc[entity.end : person.words.end]
        titled = any(t.lower_ in SPEAKING_FOR for t in behind)
        if entity.label_ != "ORG" or not titled:
            continue
        words = tuple(t.text for t in entity if t.tag_ != "POS" and t.lower_ != "the")
        if not words or any(word.lower() in TITLES for word in words):
            return None
        start, end = paragraph.locate(entity.start_char, entity.end_char)
        return person._replace(
            words=TokenSpan(entity.start, entity.end),
            head=entity.root.i,
            start=start,
            end=end,
            text=entity.text,
            noun=words[-1].lower(),
            nature=Nature(EntityKind.ORGANISATION),
            name=words,
            titles=(),
            guessed=True,
        )
    return None


def mention_named_body(name: str, start: int, end: int) -> Mention:
    """Return the mention of a body that a title or label names."""
    person = mention_speaker(name, start, end)
    return person._replace(nature=Nature(EntityKind.ORGANISATION), titles=())


def _find_body(words: list[str]) -> Nature | None:
    """Return what a speaker is who is nobody: "the Ministry of Water", "the Pell fire service"."""
    head = next((at for at, word in enumerate(words) if word in {"of", "for"}), len(words)) - 1
    nature = find_nature(make_singular(words[max(head, 0)]))
    return nature if nature.kind in {EntityKind.ORGANISATION, EntityKind.GROUP} else None


def _is_head(token: Token) -> bool:
    return token.dep_ not in WITHIN


def _is_common(doc: Doc, name: TokenSpan, head: Token) -> bool:
    """Return True if a capital makes no name: "the President", "the Church"."""
    alone = name.length == 1 or (name.length == PAIR and doc[name.start].lower_ == "the")
    before = doc[head.i - 1] if head.i else head
    return alone and before.lower_ in {"the", *POINTING} and make_singular(head.lower_) in COMMON


def _find_role(token: Token) -> Role:
    at, dependency = token, token.dep_
    for _ in range(4):
        if dependency not in {"conj", "appos"}:
            break
        head = at.head
        if head.i >= at.i or not head.tag_.startswith(("NN", "PRP")):
            break
        at, dependency = head, head.dep_
    if dependency in SUBJECTS:
        return Role.SUBJECT
    if dependency in OBJECTS:
        return Role.OBJECT
    return Role.POSSESSOR if dependency == "poss" else Role.OBLIQUE


def _find_name(doc: Doc, head: Token, entity: tuple[int, int] | None) -> TokenSpan:
    """Return the whole name: the run of capitals before its head, and what belongs to it behind."""
    start = head.i
    floor = max(head.left_edge.i, head.i - LONGEST_NAME)
    while start > floor and (
        doc[start - 1].tag_.startswith("NNP")
        or (doc[start - 1].text == "-" and doc[start - 2].tag_.startswith("NNP"))
    ):
        start -= 1
    end = head.i + 1
    if entity is not None:
        first, last = entity
        while first < head.i and (doc[first].tag_ in {"DT", "POS", "CD"} or doc[first].is_punct):
            first += 1
        if all(t.tag_ != "POS" and t.text != "," for t in doc[first : head.i]):
            start = min(start, first)
        behind = (t.i for t in doc[head.i + 1 : last] if t.text == ",")
        end = max(end, next(behind, last))
    if end < len(doc) and doc[end].lower_ in {"of", "for"} and head.i + 1 == end:
        end = _extend_behind(doc, head, end)
    while end - 1 > head.i and doc[end - 1].tag_ in {"POS", ",", "."}:
        end -= 1
    return TokenSpan(start, end)


def _extend_behind(doc: Doc, head: Token, of: int) -> int:
    """“Ministry of Health”, “Bank of England”: the capitals behind an "of" too."""
    if NATURES.get(head.lower_, Nature(None)).kind not in {
        EntityKind.ORGANISATION,
        EntityKind.PLACE,
    }:
        return of
    end = of + 1
    if end < len(doc) and doc[end].lower_ == "the":
        end += 1
    last = of
    while end < len(doc) and (
        doc[end].tag_.startswith("NNP") or (doc[end].lower_ == "and" and doc[end - 1].tag_ == "NNP")
    ):
        last = end if doc[end].lower_ != "and" else last
        end += 1
    return last + 1 if last > of else of


def _build_name(paragraph: Paragraph, head: Token, span: TokenSpan) -> Mention:
    doc = paragraph.doc
    tokens = [t for t in doc[span.start : span.end] if not t.is_space]
    words = [t.text for t in tokens if t.text not in {"-", "."} and t.tag_ != "POS"]
    titles: list[str] = []
    while len(words) > 1 and words[0].lower().strip(".") in TITLES:
        titles.append(words.pop(0).lower().strip("."))
    nature = _classify_name(head, words, titles)
    if nature.kind is EntityKind.PERSON and len(words) > PAIR:
        cut = _find_given_name(words)
        titles += [word.lower() for word in words[:cut]]
        words = words[cut:]
    if span.start > 0 and doc[span.start - 1].lower_ == "the":
        span = TokenSpan(span.start - 1, span.end)
    titles += _find_descriptions(doc, span.start)
    chars = span.chars(doc)
    start, end = paragraph.locate(*chars)
    plural = (True if nature.kind is EntityKind.GROUP else None) if head.tag_ == "NNPS" else False
    return Mention(
        words=span,
        head=head.i,
        start=start,
        end=end,
        text=_clean(paragraph.text[slice(*chars)], doc[span.start]),
        noun=make_singular(head.lower_),
        form=MentionType.NAME,
        nature=nature,
        plural=plural,
        role=_find_role(head),
        verb=_index(find_verb(head)),
        name=tuple(words),
        titles=tuple(titles),
        guessed=not titles and _classify_by_noun(words, None) is None and not _is_at(head),
    )


def _find_descriptions(doc: Doc, start: int) -> list[str]:
    """“The team's coach Ann Lee”: what somebody is, right before the name."""
    if start > 0 and doc[start - 1].tag_ == "NN" and doc[start - 1].head.i >= start:
        return [doc[start - 1].lower_]
    return []


def _find_given_name(words: list[str]) -> int:
    """Return where in a run of capitals the name begins: "Shadow Home Secretary Ann Lee"."""
    for index, word in enumerate(words[:-1]):
        if find_name_gender(word.lower()) is not None:
            return index
    titled = [
        i
        for i, word in enumerate(words[:-1])
        if find_nature(word.lower()).kind is EntityKind.PERSON
    ]
    return titled[-1] + 1 if titled else 0


def _classify_name(head: Token, words: list[str], titles: list[str]) -> Nature:
    """Return what a name is of, from its titles and words before the model's label."""
    label = LABELS.get(head.ent_type_)
    if label is EntityKind.GROUP and head.tag_ == "NNP":
        label = None
    if titles:
        return Nature(EntityKind.PERSON, _read_titles(titles) or _guess_gender(words, titled=True))
    told = _classify_by_noun(words, label)
    if told is not None:
        return Nature(told)
    given = find_name_gender(words[0].lower())
    if given is not None and (len(words) == PAIR or label in {None, EntityKind.PERSON}):
        return Nature(EntityKind.PERSON, given)
    return _classify_by_label(head, words, label)


def _classify_by_label(head: Token, words: list[str], label: EntityKind | None) -> Nature:
    """Return what the model takes a name for, unless the words around it tell better."""
    if len(words) == 1 and _is_somewhere(head):
        return Nature(
            EntityKind.ORGANISATION if label is EntityKind.ORGANISATION else EntityKind.PLACE
        )
    if len(words) == 1 and label is not EntityKind.PERSON and _is_among_people(head):
        return Nature(None)
    if label is not EntityKind.PERSON:
        return Nature(label)
    if len(words) == 1 and _has_article(head):
        return Nature(EntityKind.THING)
    return Nature(EntityKind.PERSON, _guess_gender(words, titled=False))


def _has_article(head: Token) -> bool:
    return any(child.dep_ == "det" for child in head.lefts)


def _read_titles(titles: list[str]) -> Gender | None:
    """Return the gender that titles tell, if they tell one."""
    female = any(t in FEMALE_TITLES or t.endswith("woman") for t in titles)
    male = any(t in MALE_TITLES or (t.endswith("man") and t[-5:] != "woman") for t in titles)
    return (Gender.FEMALE if female else Gender.MALE) if female != male else None


def _classify_by_noun(words: list[str], label: EntityKind | None) -> EntityKind | None:
    """Return the kind that the last or first word of a name tells: "Halden Bank"."""
    if len(words) > 1 and words[-1].lower().strip(".") in NAMED_BODIES:
        return EntityKind.ORGANISATION
    for noun in (words[-1], words[0]) if len(words) > 1 else ():
        kind = NATURES.get(make_singular(noun.lower()), Nature(None)).kind
        if (
            kind in {EntityKind.ORGANISATION, EntityKind.PLACE, EntityKind.EVENT}
            and label is not EntityKind.PERSON
        ):
            return kind
        if kind is EntityKind.ORGANISATION and find_name_gender(words[0].lower()) is None:
            return kind
    return None


def _is_among_people(name: Token) -> bool:
    """Return True for who is fired or met, and for who meets."""
    verb = name.head.lower_
    if name.dep_ == "nsubj":
        return verb in MEETING
    return name.dep_ == "dobj" and verb in DONE_TO_PEOPLE | MEETING


def _is_somewhere(name: Token) -> bool:
    """Return True for what "in" or "the port of" makes the name of a place."""
    if name.dep_ != "pobj":
        return False
    preposition = name.head
    if preposition.lower_ in {"in", "near", "at"}:
        return True
    owner = find_nature(make_singular(preposition.head.lower_)).kind
    return preposition.lower_ == "of" and owner in {EntityKind.PLACE, EntityKind.GROUP}


def _is_at(name: Token) -> bool:
    """Return True for a body or place: "At Halden, fees fell", not "he looked at Halden"."""
    at = name.head
    return name.dep_ == "pobj" and at.lower_ == "at" and at.i == at.sent.start


def _guess_gender(words: list[str], *, titled: bool) -> Gender | None:
    if titled and len(words) < PAIR:
        return None
    return next((g for word in words[:2] if (g := find_name_gender(word.lower()))), None)


def _build_noun(paragraph: Paragraph, head: Token) -> Mention:
    doc = paragraph.doc
    noun = make_singular(head.lower_)
    lefts = [(child, child.dep_) for child in head.lefts]
    rights = [(child, child.dep_) for child in head.rights]
    span = mention_span(head)
    while span.length > 1 and doc[span.end - 1].tag_ == "POS":
        span = TokenSpan(span.start, span.end - 1)
    the = any(dependency == "det" and child.lower_ == "the" for child, dependency in lefts)
    loose = next(
        (c for c, dependency in rights if dependency == "prep" and _is_loose(c, definite=the)), None
    )
    if loose is not None and loose.i < span.end:
        span = TokenSpan(span.start, loose.i)
    length = span.length
    span = _shorten(span, head)
    before = [(child, dependency) for child, dependency in lefts if child.i >= span.start]
    determiner = next((child for child, dependency in before if dependency == "det"), None)
    owned = any(dependency == "poss" for _, dependency in before)
    definite = owned or (
        determiner is not None and (determiner.lower_ == "the" or determiner.lower_ in POINTING)
    )
    alone = determiner is not None and definite and length == PAIR
    bare = alone and not any(
        dependency in {"prep", "relcl", "acl"} and not _is_time(child)
        for child, dependency in rights
    )
    short = span.length <= PAIR
    span = _add_aim(span, head)
    if not definite and determiner is not None:
        span = _add_place(span, doc)
    chars = span.chars(doc)
    start, end = paragraph.locate(*chars)
    nature = find_nature(noun)
    if head.ent_type_ in AMOUNTS and nature.kind is EntityKind.THING:
        nature = Nature(EntityKind.FIGURE)
    plural: bool | None = head.tag_ in {"NNS", "NNPS"} or head.lower_ in {"people", "police"}
    if not plural and nature.kind in {EntityKind.ORGANISATION, EntityKind.GROUP}:
        plural = None
    return Mention(
        words=span,
        head=head.i,
        start=start,
        end=end,
        text=_clean(paragraph.text[slice(*chars)], doc[span.start]),
        noun=noun,
        form=MentionType.DEFINITE if definite else MentionType.INDEFINITE,
        nature=nature,
        plural=plural,
        role=_find_role(head),
        verb=_index(find_verb(head)),
        bare=bare,
        owned=owned,
        owned_by_pronoun=any(child.tag_ == "PRP$" for child, _ in before),
        referring=_is_particular(head, determiner),
        predicate=not definite and _is_predicate(head),
        short=short,
        mass=determiner is None and not owned and plural is not True and short,
    )


def _add_aim(span: TokenSpan, head: Token) -> TokenSpan:
    """Return a phrase with what it is for behind it: "a plan to build 40 flats"."""
    for child in head.rights:
        if child.dep_ == "acl" and child.left_edge.i == span.end and child.left_edge.tag_ == "TO":
            when = (t.left_edge.i for t in child.subtree if t.dep_ == "prep" and _is_time(t))
            end = min((child.right_edge.i + 1, *when))
            return TokenSpan(span.start, end) if end - span.start <= LONGEST else span
    return span


def _add_place(span: TokenSpan, doc: Doc) -> TokenSpan:
    """Return a phrase with the place right behind it: "(found) a body in Olden"."""
    inside = doc[span.end : span.end + 2]
    if len(inside) < PAIR or inside[0].lower_ not in {"in", "near"}:
        return span
    entity = next((e for e in doc[span.end + 1 : span.end + 6].ents if e.label_ == "GPE"), None)
    named = entity is not None and entity.start == span.end + 1
    return TokenSpan(span.start, entity.end) if entity is not None and named else span


def _shorten(span: TokenSpan, head: Token) -> TokenSpan:
    """Return a phrase without the last of what stands behind its noun, until it is short.

    Of a very long one, which is often parsed wrongly, little more than the noun is left.
    """
    start, end = span
    while LONGEST < end - start <= PARSED and end > head.i + 1:
        behind = (t.i for t in head.doc[head.i + 1 : end - 1] if t.dep_ == "prep")
        end = max(behind, default=head.i + 1)
    if end - start > LONGEST:
        return TokenSpan(max(start, head.i - 3), head.i + 1)
    return TokenSpan(start, end)


def _is_predicate(head: Token) -> bool:
    return head.dep_ in {"attr", "oprd"} or (head.dep_ == "pobj" and head.head.lower_ == "as")


def _is_particular(head: Token, determiner: Token | None) -> bool:
    """Return True for a noun that brings on something which "the" may mean later."""
    if determiner is not None:
        return determiner.lower_ not in QUANTIFIERS
    return head.tag_ == "NNS" or any(c.dep_ in {"poss", "nummod"} for c in head.lefts)


def _is_time(preposition: Token) -> bool:
    return any(child.ent_type_ in TIMES for child in preposition.rights)


def _is_loose(preposition: Token, *, definite: bool) -> bool:
    """Return True for what may hang there wrongly: "the port of cheating", "on Monday"."""
    for child in preposition.rights:
        if child.dep_ == "pcomp" or child.ent_type_ in TIMES or child.tag_ == "VBG":
            return True
        plain = child.dep_ == "pobj" and not child.tag_.startswith("NNP")
        if definite and plain and not any(c.dep_ in {"det", "poss"} for c in child.lefts):
            return True
    return False


def _build_pronoun(paragraph: Paragraph, token: Token, noun: str) -> Mention:
    own = TokenSpan(token.i, token.i + 1)
    start, end = paragraph.locate(*own.chars(token.doc))
    return Mention(
        words=own,
        head=token.i,
        start=start,
        end=end,
        text=token.text,
        noun=noun,
        form=MentionType.PRONOUN,
        nature=PRONOUNS.get(noun, Nature(EntityKind.PERSON)),
        plural=noun in {"they", "we"} if noun != "you" else None,
        role=Role.POSSESSOR if token.tag_ == "PRP$" else _find_role(token),
        verb=_index(find_verb(token)),
    )


def _index(token: Token | None) -> int:
    return token.i if token is not None else -1


def _clean(words: str, first: Token) -> str:
    """Return the words of a mention on one line, as they go on within a sentence."""
    text = " ".join(words.split())
    if not first.text.istitle():
        return text
    named = first.tag_.startswith("NNP") or (first.ent_type_ and first.tag_ != "CD")
    common = not named and len(first) > 1
    if common or first.lower_ in {"a", "an", "the"}:
        return text[:1].lower() + text[1:]
    return text
