"""Nouns in a paragraph with the words that tell of them, short enough to be put in elsewhere."""

from collections.abc import Iterable

from workflows.extraction.attribution.source_mention import mention_span
from workflows.extraction.parse import Doc, Token
from workflows.extraction.references.binding import find_verb
from workflows.extraction.references.fates import find_fate
from workflows.extraction.references.kinds import (
    EntityKind,
    Nature,
    find_nature,
    make_singular,
)
from workflows.extraction.references.mention import (
    AMOUNTS,
    PARTS,
    POINTING,
    TIMES,
    Mention,
    MentionType,
    clean_words,
    find_role,
    index_of,
    is_leading,
)
from workflows.extraction.references.names import PAIR
from workflows.extraction.references.numerals import find_number
from workflows.extraction.text.sentences import Paragraph
from workflows.extraction.text.spans import TokenSpan
from workflows.extraction.text.syntax import find_subject

LONGEST = 9
"""Tokens of a first mention; from a longer phrase what stands behind its noun is cut."""
CUT = frozenset({"prep", "acl", "relcl"})
"""How what may be left out behind a noun hangs there."""
PARSED = 14
"""Tokens up to which a phrase is mostly parsed right."""
QUANTIFIERS = frozenset({"every", "each", "any", "no", "neither", "either", "all"})
PLACES = frozenset({"nsubj", "nsubjpass", "dobj", "pobj", "conj"})
FOCUSING = frozenset({"even", "only", "just", "also", "especially", "mainly", "not"})
"""What stands before a mention, and is no part of it: “even survivors”."""
AGE_TOKENS = 4
"""Tokens before the last one of “24-year-old”."""


def build_noun(paragraph: Paragraph, head: Token) -> Mention:
    doc = paragraph.doc
    noun = find_age(head) or make_singular(head.lower_)
    span = mention_span(head)
    owner = next((t.i for t in doc[head.i + 1 : span.end] if t.tag_ == "POS"), None)
    if owner == head.i + 1:
        span = TokenSpan(span.start, owner)
    while span.length > 1 and doc[span.end - 1].tag_ == "POS":
        span = TokenSpan(span.start, span.end - 1)
    the = any(c.dep_ == "det" and c.lower_ == "the" for c in head.lefts)
    loose = next((c for c in head.rights if c.dep_ == "prep" and _is_loose(c, definite=the)), None)
    if loose is not None and loose.i < span.end:
        span = TokenSpan(span.start, loose.i)
    span = _cut_partner(span, head)
    length = span.length
    span = _shorten(span, head)
    if span.start < head.i and doc[span.start].lower_ in FOCUSING:
        span = TokenSpan(span.start + 1, span.end)
    before = [child for child in head.lefts if child.i >= span.start]
    determiner = next((child for child in before if child.dep_ == "det"), None)
    if determiner is None and span.length > PAIR and doc[span.start].tag_ == "DT":
        determiner = doc[span.start]  # hung on a name within: “a Roe College poll”
    owned = any(child.dep_ == "poss" or _is_owner(child) for child in before)
    definite = owned or (
        determiner is not None and (determiner.lower_ == "the" or determiner.lower_ in POINTING)
    )
    told = any(
        child.dep_ in {"prep", "relcl", "acl"}
        and not (_is_time(child) and not any(c.tag_ == "NNS" for c in child.rights))
        and not (child.dep_ != "prep" and doc[child.left_edge.i - 1].text == ",")
        for child in head.rights
    )
    alone = determiner is not None and definite and not told
    bare = alone and length == PAIR
    qualified = alone and not owned and length == PAIR + 1
    short = span.length <= PAIR
    span = _add_aim(span, head)
    if not definite and determiner is not None:
        span = _add_place(span, doc)
    chars = span.chars(doc)
    start, end = paragraph.locate(*chars)
    aged = noun.endswith("-old")
    nature = Nature(EntityKind.PERSON) if aged else find_nature(noun)
    bare = bare or (aged and definite)
    if head.ent_type_ in AMOUNTS and nature.kind is EntityKind.THING:
        nature = Nature(EntityKind.FIGURE)
    if head.lower_ == "shares":
        nature = Nature(EntityKind.THING)  # of a company, which rise and fall
    plural: bool | None = head.tag_ in {"NNS", "NNPS"} or head.lower_ in {"people", "police"}
    if not plural and nature.kind in {EntityKind.ORGANISATION, EntityKind.GROUP}:
        plural = None
    return Mention(
        words=span,
        head=head.i,
        start=start,
        end=end,
        text=clean_words(paragraph.text[slice(*chars)], doc[span.start]),
        noun=noun,
        form=MentionType.DEFINITE if definite else MentionType.INDEFINITE,
        nature=nature,
        plural=plural,
        role=find_role(head),
        verb=index_of(find_verb(head)),
        leads=is_leading(head),
        fate=find_fate(head),
        number=find_number(head),
        bare=bare,
        owned=owned,
        owned_by_pronoun=any(child.tag_ == "PRP$" for child in before),
        referring=_is_particular(head, determiner) and not _is_speakers(before),
        predicate=_is_predicate(head) if not definite else _is_told_of_somebody(head),
        short=short,
        qualifier=doc[head.i - 1].lower_ if qualified and head.i > span.start + 1 else "",
        mass=determiner is None and not owned and plural is not True and short,
    )


def _cut_partner(span: TokenSpan, head: Token) -> TokenSpan:
    """Return “the meeting” of “the meeting and Renn's plan”: another's phrase is no part of it."""
    joint = next((c for c in head.rights if c.dep_ == "cc" and c.i < span.end), None)
    partner = next((c for c in head.rights if c.dep_ == "conj"), None)
    if joint is None or partner is None or joint.i > partner.i:
        return span
    own = any(c.dep_ in {"det", "poss", "nummod"} for c in partner.lefts)
    end = joint.i - (head.doc[joint.i - 1].text == ",")
    return TokenSpan(span.start, end) if own and end > head.i else span


def find_age(old: Token) -> str:
    """Return “24-year-old” for its last word where that stands for somebody; else nothing."""
    if old.lower_ != "old" or old.dep_ not in PLACES or old.i < AGE_TOKENS:
        return ""
    before = old.doc[old.i - AGE_TOKENS : old.i]
    told = [t.lower_ for t in before]
    return f"{told[0]}-year-old" if told[0].isdigit() and told[1:] == ["-", "year", "-"] else ""


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
    near = doc.find_entities(span.end + 1, span.end + 6)
    entity = next((e for e in near if e.label_ == "GPE"), None)
    named = entity is not None and entity.start == span.end + 1
    return TokenSpan(span.start, entity.end) if entity is not None and named else span


def _shorten(span: TokenSpan, head: Token) -> TokenSpan:
    """Return a phrase without the last of what stands behind its noun, until it is short.

    Of a very long one, which is often parsed wrongly, little more than the noun is left.
    """
    start, end = span
    asides = (i for i in range(head.i + 1, end - 1) if _opens_aside(head.doc[i]))
    end = min((end, *asides)) if end - start > LONGEST else end
    if end - start > PARSED:
        return TokenSpan(max(start, head.i - 3), head.i + 1)
    while end - start > LONGEST and end > head.i + 1:
        behind = (t.left_edge.i for t in head.doc[head.i + 1 : end - 1] if t.dep_ in CUT)
        end = max((i for i in behind if head.i < i < end), default=head.i + 1)
        end -= head.doc[end - 1].is_punct
    if end - start > LONGEST:
        return TokenSpan(max(start, head.i - 3), head.i + 1)
    return TokenSpan(start, end)


def _opens_aside(comma: Token) -> bool:
    """Return True for the comma of “the attacks in Olden, which killed six”."""
    return comma.text == "," and comma.nbor().lower_ in {"which", "who", "where", "whose"}


def _is_predicate(head: Token) -> bool:
    return head.dep_ in {"attr", "oprd"} or (head.dep_ == "pobj" and head.head.lower_ == "as")


def _is_told_of_somebody(head: Token) -> bool:
    """Return True for “he was the only candidate”: what somebody is, told of a pronoun."""
    subject = find_subject(head.head) if head.dep_ == "attr" else None
    return subject is not None and subject.tag_ == "PRP" and subject.i < head.i


def _is_particular(head: Token, determiner: Token | None) -> bool:
    """Return True for a noun that brings on something which "the" may mean later."""
    if determiner is not None:
        return determiner.lower_ not in QUANTIFIERS
    return head.tag_ == "NNS" or any(c.dep_ in {"poss", "nummod"} for c in head.lefts)


def _is_speakers(before: Iterable[Token]) -> bool:
    """Return True for “our company”, which is not the company that the text tells of."""
    return any(child.lower_ in {"my", "our", "your"} for child in before)


def _is_owner(name: Token) -> bool:
    """Return True for the “Erica” of “Erica’s mother”, whatever it is taken to hang by."""
    if name.dep_ not in PARTS:
        return False
    return any(t.tag_ == "POS" for t in name.doc[name.i + 1 : name.i + 2])


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
