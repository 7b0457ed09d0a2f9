"""Names in a paragraph: where they begin and end, and what they are of."""

from workflows.extraction.attribution.source_mention import opens_with_cue
from workflows.extraction.parse import Doc, Token, read_text
from workflows.extraction.references.binding import find_verb
from workflows.extraction.references.fates import find_fate
from workflows.extraction.references.kinds import (
    COMPANY_NOUNS,
    FEMALE_TITLES,
    MALE_TITLES,
    NAMED_BODIES,
    NATURES,
    OFFICES,
    STATES,
    TITLES,
    EntityKind,
    Gender,
    Nature,
    find_name_gender,
    find_nature,
    is_human,
    make_singular,
)
from workflows.extraction.references.mention import (
    POINTING,
    Mention,
    MentionType,
    clean_words,
    find_role,
    index_of,
    is_leading,
)
from workflows.extraction.text.lexicon import inflect, word_set
from workflows.extraction.text.sentences import Paragraph
from workflows.extraction.text.spans import MARKS, TokenSpan

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
PARTIES = frozenset({"D", "R", "I"})
"""What stands in brackets behind a name: “Ann Lee (D)”."""
LONGEST_NAME = 7
LONGEST_DESCRIPTION = 6
MEETING = frozenset({"meet", "meets", "met", "marry", "marries", "married", "phoned", "kissed"})
"""Verbs by which both are people."""
DONE_TO_PEOPLE = frozenset(
    form
    for verb in ("praise", "fire", "hire", "dismiss", "thank", "arrest", "jail")
    for form in inflect(verb)
)
"""Verbs whose object is somebody, whatever the model takes one word of a name for."""
EPITHETS = word_set(
    """
    corrupt crazy creepy criminal crooked deranged dirty dishonest evil goofy greedy lazy loony lyin
    lying nasty phony phoney pathetic rotten sleazy sleepy slimy sneaky stupid ugly wacky wicked
    """
)
"""Abuse before a name, which is only its speaker's: "Crooked Ann Lee"."""
OFFICE_OPENERS = frozenset({"first", "prime", "vice", "deputy", "acting", "chief"})
"""With what an office of two words begins: “the First Lady”."""
PAIR = 2
"""Tokens of an article with its noun, or of a given name with its surname."""
COMMON = NATURES.keys() | TITLES
"""Nouns that with "the" before them are no names, though a capital begins them."""


def find_name(doc: Doc, head: Token, entity: tuple[int, int] | None) -> TokenSpan:
    """Return the whole name: the run of capitals before its head, and what belongs to it behind."""
    start = head.i
    floor = max(head.left_edge.i, head.i - LONGEST_NAME)
    while start > floor and (
        doc[start - 1].tag_.startswith("NNP")
        or (doc[start - 1].text == "-" and doc[start - 2].tag_.startswith("NNP"))
    ):
        start -= 1
    start += start < head.i and opens_with_cue(doc[start])
    if start and doc[start - 1].text.isdigit() and not doc[start - 1].whitespace_:
        start -= 1  # “3M”
    end = head.i + 1
    if entity is not None:
        first, last = entity
        first = _skip_other(doc, first, head.i)
        while first < head.i and (doc[first].tag_ in {"DT", "POS", "CD"} or doc[first].is_punct):
            first += 1
        if all(t.tag_ != "POS" and t.text != "," for t in doc[first : head.i]):
            start = min(start, first + opens_with_cue(doc[first]))
        person = find_name_gender(doc[start].lower_) is not None
        ends = {",", "for", "of", "at"} if person else {","}
        behind = (
            t.i for t in doc[head.i + 1 : last] if t.lower_ in ends or _joins_companies(doc, t)
        )
        end = max(end, next(behind, last))
    if end < len(doc) and doc[end].lower_ in {"of", "for"} and head.i + 1 == end:
        end = _extend_behind(doc, head, end)
    while end - 1 > head.i and doc[end - 1].tag_ in {"POS", ",", "."}:
        end -= 1
    return TokenSpan(start + (start < head.i and _is_epithet(doc[start])), end)


def _is_epithet(word: Token) -> bool:
    """Return True for “Crooked” before somebody's given name: abuse, and no part of the name."""
    return word.lower_ in EPITHETS and find_name_gender(word.nbor().lower_) is not None


def _skip_other(doc: Doc, first: int, head: int) -> int:
    """Return where the name of the second begins in “Roe Company and Lee Companies”."""
    joints = (t.i + 1 for t in doc[first + 1 : head] if _joins_companies(doc, t))
    return next(joints, first)


def _joins_companies(doc: Doc, token: Token) -> bool:
    before = make_singular(doc[token.i - 1].lower_.strip("."))
    return token.lower_ == "and" and (before in NAMED_BODIES or before in COMPANY_NOUNS)


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


def is_common(doc: Doc, name: TokenSpan, head: Token) -> bool:
    """Return True if a capital makes no name: "the President", "the Church"."""
    alone = name.length == 1 or (name.length == PAIR and doc[name.start].lower_ == "the")
    before = doc[head.i - 1] if head.i else head
    if alone and any(c.lower_ in {"a", "an"} for c in head.lefts):
        return True  # “a Hopi”, “a super PAC”
    if alone and head.tag_ == "NNP" and head.lower_ in OFFICES:
        return True  # “Ann Lee, Republican of Olden”
    office = name.length == PAIR and doc[name.start].lower_ in OFFICE_OPENERS
    first = doc[name.start - 1] if office and name.start else before
    definite = first.lower_ in {"the", *POINTING}  # “the First Lady”
    return (alone or office) and definite and make_singular(head.lower_) in COMMON


def build_name(paragraph: Paragraph, head: Token, span: TokenSpan) -> Mention:
    doc = paragraph.doc
    aside = next((t.i for t in doc[head.i : span.end] if t.text == "("), span.end)
    span = TokenSpan(span.start, max(aside, head.i + 1))  # “Ann Lee (D-Pell)”
    tokens = [t for t in doc[span.start : span.end] if not t.is_space]
    words = [t.text for t in tokens if t.text not in {"-", "."} and t.tag_ != "POS"]
    titles: list[str] = []
    while len(words) > 1 and words[0].lower().strip(".") in TITLES:
        titles.append(words.pop(0).lower().strip("."))
    nature = _classify_name(head, words, titles)
    if _is_title(doc, span):
        nature = Nature(EntityKind.THING)
    if nature.kind is EntityKind.PERSON and len(words) > PAIR:
        cut = _find_given_name(words)
        titles += [word.lower().strip(".") for word in words[:cut]]
        words = words[cut:]
        before = [t.lower_ for t in doc[max(span.start - PAIR, 0) : span.start]]
        if len(before) == PAIR and before[0] in TITLES and before[1] == "of":
            span = _cut_office(doc, span, words)
    if span.start > 0 and titles and doc[span.start - 1].lower_ in {"former", "late"}:
        span = TokenSpan(span.start - 1, span.end)  # “former Olden Mayor Ann Lee”
    elif span.start > 0 and doc[span.start - 1].lower_ == "the":
        span = TokenSpan(span.start - 1, span.end)
    titles += _find_descriptions(doc, span.start)
    if _is_model(doc, span, words):
        nature = Nature(EntityKind.THING)
    chars = span.chars(doc)
    start, end = paragraph.locate(*chars)
    plural = (True if nature.kind is EntityKind.GROUP else None) if head.tag_ == "NNPS" else False
    return Mention(
        words=span,
        head=head.i,
        start=start,
        end=end,
        text=clean_words(paragraph.text[slice(*chars)], doc[span.start]),
        noun=make_singular(head.lower_),
        form=MentionType.NAME,
        nature=nature,
        plural=plural,
        role=find_role(head),
        verb=index_of(find_verb(head)),
        leads=is_leading(head),
        fate=find_fate(head),
        name=tuple(words),
        titles=tuple(titles),
        description=_describe(doc, head, span.start),
        guessed=not titles and _classify_by_noun(words, None) is None and not _is_at(head),
    )


def _is_model(doc: Doc, span: TokenSpan, words: list[str]) -> bool:
    """Return True for “a Lund Falcon”: one of many of that name, a car or a gun."""
    one = span.start > 0 and doc[span.start - 1].lower_ in {"a", "an"}
    last = make_singular(words[-1].lower())
    return one and len(words) == PAIR and last not in COMMON and last not in NAMED_BODIES


def is_sibling(head: Token, name: tuple[str, ...]) -> bool:
    """Return True for a given name beside another: “the Dahl brothers, Jon and Carl”."""
    if len(name) != 1 or find_name_gender(name[0].lower()) is None:
        return False
    others = [c for c in head.conjuncts if find_name_gender(c.lower_) is not None]
    return any(not any(c.dep_ == "compound" for c in other.lefts) for other in others)


def _is_title(doc: Doc, name: TokenSpan) -> bool:
    """Return True for a name between quotation marks: the show “Morning Jon”."""
    around = doc[max(name.start - 1, 0) : name.end + 1]
    return len(around) == name.length + PAIR and {around[0].text, around[-1].text} <= MARKS


def _cut_office(doc: Doc, span: TokenSpan, words: list[str]) -> TokenSpan:
    """Return “Ann Lee” of “Secretary of State Ann Lee”: the capitals before are of the office."""
    first = next((t.i for t in doc[span.start : span.end] if t.text == words[0]), span.start)
    return TokenSpan(first, span.end)


def _describe(doc: Doc, head: Token, start: int) -> str:
    """Return what somebody is, as told right before the name: "chief executive Ann Lee"."""
    before = doc[head.left_edge.i : start]
    if not 0 < len(before) <= LONGEST_DESCRIPTION or before[-1].tag_ != "NN":
        return ""
    tags = ("NN", "JJ", "DT", "POS", "HYPH")
    if not all(t.tag_.startswith(tags) for t in before) or before[0].lower_ in POINTING:
        return ""
    if not is_human(make_singular(before[-1].lower_)):
        return ""  # “the row Lee began”
    words = clean_words(read_text(before), before[0])
    named = before[0].tag_.startswith("NNP") or before[0].ent_type_ or words.split()[0].isupper()
    return words if named else words[:1].lower() + words[1:]


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
    if _is_in_state(head):
        return Nature(EntityKind.PLACE)
    called = _find_called(head)
    if called is not None and not titles:
        return find_nature(make_singular(called.lower_))
    if titles:
        return Nature(EntityKind.PERSON, read_titles(titles) or guess_gender(words, titled=True))
    told = _classify_by_noun(words, label)
    if told is not None:
        return Nature(told)
    given = find_name_gender(words[0].lower())
    if given is not None and (len(words) == PAIR or label in {None, EntityKind.PERSON}):
        return Nature(EntityKind.PERSON, given)
    return _classify_by_label(head, words, label)


def _find_called(head: Token) -> Token | None:
    """Return the stream of “a stream called Mill Run”: the name is of one."""
    verb = head.head
    if head.dep_ != "oprd" or verb.lower_ not in {"called", "named"} or verb.dep_ != "acl":
        return None
    return verb.head if verb.head.i < verb.i and verb.head.tag_ == "NN" else None


def _is_in_state(head: Token) -> bool:
    """Return True for the “Olden” of “The Olden, Ohio, railroad”."""
    behind = head.doc[head.i + 1 : head.i + 4]
    two = " ".join(t.lower_ for t in behind[1:])
    return (
        len(behind) > PAIR
        and behind[0].text == ","
        and not STATES.isdisjoint({behind[1].lower_, two})
    )


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
    if has_article(head):  # “the Roe inquiry”, “the Lee White House”: named for somebody
        return Nature(_classify_by_noun(words, None) or EntityKind.THING)
    return Nature(EntityKind.PERSON, guess_gender(words, titled=False))


def is_party(token: Token) -> bool:
    """Return True for what tells in brackets for whom somebody sits: “(D)”, “(R-Pell)”."""
    before = token.doc[max(token.i - 3, 0) : token.i + 1]
    told = next((t for t in before if t.text == "("), None)
    if told is None or told.i == token.i:
        return False
    return token.doc[told.i + 1].text.partition("-")[0] in PARTIES


def has_article(head: Token) -> bool:
    return any(child.dep_ == "det" for child in head.lefts)


def read_titles(titles: list[str]) -> Gender | None:
    """Return the gender that titles tell, if they tell one."""
    female = any(t in FEMALE_TITLES or t.endswith("woman") for t in titles)
    male = any(t in MALE_TITLES or (t.endswith("man") and t[-5:] != "woman") for t in titles)
    return (Gender.FEMALE if female else Gender.MALE) if female != male else None


def _classify_by_noun(words: list[str], label: EntityKind | None) -> EntityKind | None:
    """Return the kind that the last or first word of a name tells: "Halden Bank"."""
    if len(words) > 1 and words[-1].lower().strip(".") in NAMED_BODIES:
        return EntityKind.ORGANISATION
    several = len(words) > 1 and words[-1].lower() not in NATURES and words[-1][-1:] == "s"
    if several and find_name_gender(words[0].lower()) is None:
        kind = NATURES.get(make_singular(words[-1].lower()), Nature(None)).kind
        if kind is EntityKind.PLACE and label in {EntityKind.PERSON, EntityKind.ORGANISATION}:
            return EntityKind.ORGANISATION  # “Marlin Ports”
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


def guess_gender(words: list[str], *, titled: bool) -> Gender | None:
    if titled and len(words) < PAIR:
        return None
    given = words[:-1][:PAIR] or words[:1]  # a surname may be a man's name: “Ann Joseph”
    return next((g for word in given if (g := find_name_gender(word.lower()))), None)
