"""Who says something, by the name that the text has for them."""

import re
from collections.abc import Sequence
from typing import NamedTuple

from workflows.claims import Hedge
from workflows.extraction.attribution.factuality import HEARING, is_hearing_body
from workflows.extraction.attribution.relation import AttributionRelation
from workflows.extraction.attribution.source_mention import (
    TELLING,
    UNNAMED,
    is_anonymous,
    mention_span,
)
from workflows.extraction.parse import Token, read_text
from workflows.extraction.references.entities import Seen
from workflows.extraction.references.kinds import EntityKind
from workflows.extraction.references.mention import MentionType, Role
from workflows.extraction.references.ranking import may_speak
from workflows.extraction.references.resolved import ParagraphReferences, ResolvedReference, is_bare
from workflows.extraction.text.lexicon import word_set
from workflows.extraction.text.spans import TokenSpan
from workflows.extraction.text.syntax import FINITE

RELATIVE = frozenset({"who", "which", "that"})
THINGS = frozenset({"EVENT", "DATE", "WORK_OF_ART", "LAW", "PRODUCT", "FAC"})
"""Kinds of names that "who" cannot mean."""


class ResolvedSource(NamedTuple):
    """Whom the mention of a source means: `name` is None where that stays open."""

    name: str | None
    anonymous: bool
    at: tuple[int, int] | None = None
    """Where in the document somebody is named who speaks on in another paragraph."""


QUANTIFIERS = word_set("all both most each many some few several others two three four five six")
TELLING_WHOLE = word_set("all both most each two three four five six")
"""Quantifiers that leave open who is meant where nobody is known of whom they are some."""
ARGUMENTS = frozenset({Role.SUBJECT, Role.OBJECT})
OWNING = frozenset({"poss", "compound"})
"""How whose advisers or campaign it is stands before them."""
LONGEST_OFFICE = 10
PRONOUN = re.compile(r"\b(?:his|her|its|their|our|my|your|this|that|these|those)\b", re.IGNORECASE)
"""Words by which an office says less outside of its sentence."""
ON_TRIAL = word_set("defendant accused suspect")
COUNTING = word_set(
    "a an the these those some many several few most all two three four five six seven eight nine "
    "ten dozens hundreds"
)


def resolve_source(
    saying: AttributionRelation, references: ParagraphReferences, seen: Sequence[Seen] = ()
) -> ResolvedSource | None:
    """Return whom the source of a saying means, if the mention does not tell it by itself.

    `seen` are the last mentions before it, the latest at the end.
    """
    head = saying.head
    if saying.source is None or head is None:
        return None
    before = _find_before(saying, head, references)
    if before is not None:
        return before
    if head.lower_ in QUANTIFIERS and not any(c.dep_ == "prep" for c in head.rights):
        return _find_group(head, seen)
    known = _resolve_head(saying.source, head, references)
    known = known or _name_owner(saying.source, head, references)
    if known is None and head.lower_ in ON_TRIAL:
        known = _find_only_person(seen)
    others = [other.text(head.doc) for other in find_others(saying.source, head)]
    if not others or (known is not None and known.name is None):
        return known
    first = known.name if known is not None and known.name else saying.source.text(head.doc)
    names = (first, *others)  # “his sons, Tim and Kit”: Kit is told already
    others = [each for each in others if not any(each in o for o in names if o != each)]
    return ResolvedSource(_list_names([first, *others]), anonymous=False) if others else known


def _find_before(
    saying: AttributionRelation, head: Token, references: ParagraphReferences
) -> ResolvedSource | None:
    """Return who spoke in “the court was told that”: somebody unnamed, and not the court."""
    if head.doc[saying.cue.start].lower_ not in HEARING or not is_hearing_body(head):
        return None
    if saying.source is None or saying.hedge is not Hedge.ALLEGED:
        return None
    known = _resolve_head(saying.source, head, references)
    name = known.name if known is not None and known.name else saying.source.text(head.doc)
    first, _, rest = name.partition(" ")
    if not head.tag_.startswith("NNP") and first.istitle() and not first.endswith("’s"):
        name = f"{first.lower()} {rest}".strip()
    return ResolvedSource(f"someone before {name}", anonymous=True)


def name_voice(references: ParagraphReferences) -> ResolvedSource | None:
    """Return who speaks on in a paragraph that is all quotation, and where he was named."""
    voice = references.voice
    told = voice.entity.find_words() if voice is not None else None
    if voice is None or told is None:
        return None
    name = _add_office(told.text, voice.entity.office, told.text)
    return ResolvedSource(name, anonymous=False, at=(voice.mention.start, voice.mention.end))


def name_actor(beside: Sequence[Seen]) -> ResolvedSource | None:
    """Return who alone acts in the sentence before a quotation: “Lee opened a map. “It is old.””"""
    acting = [s for s in beside if s.mention.role in ARGUMENTS and may_speak(s.entity)]
    first = next((s for s in acting if s.mention.leads and not s.quote), None)
    if first is None or len({id(s.entity) for s in acting}) != 1 or not first.entity.named:
        return None
    told = first.entity.find_words()
    if told is None or first.entity.plural is True:
        return None
    name = _add_office(told.text, first.entity.office, told.text)
    return ResolvedSource(name, anonymous=False, at=(first.mention.start, first.mention.end))


def name_speaker(references: ParagraphReferences, written: str) -> str:
    """Return the full name and office of whoever's turn it is, `written` as the label has them."""
    speaker = references.speaker
    told = speaker.find_words() if speaker is not None else None
    if speaker is None or told is None or speaker.kind is not EntityKind.PERSON:
        return written
    name = told.text if len(told.name) > len(written.split()) - 1 > 0 else written
    return _add_office(name, speaker.office, written)


def _resolve_head(
    source: TokenSpan, head: Token, references: ParagraphReferences
) -> ResolvedSource | None:
    if head.lower_ in RELATIVE and head.dep_ in {"nsubj", "nsubjpass"}:
        return _find_relative(head, references)
    named = _find_appositive(head)
    reference = references.get(named if named is not None else head)
    if named is not None and (reference is None or reference.entity is None):
        return ResolvedSource(mention_span(named).text(head.doc), anonymous=False)
    return _read(reference, source, head) if reference is not None else None


def _name_owner(
    source: TokenSpan, head: Token, references: ParagraphReferences
) -> ResolvedSource | None:
    """Return “Ann Lee's advisers” for “her advisers”, “the Ann Lee campaign” for “the Lee …”."""
    owner = next((c for c in head.lefts if c.dep_ in OWNING and source.has(c.i)), None)
    reference = references.get(owner)
    told = reference.antecedent if reference is not None else None
    if owner is None or told is None or not told.named or "," in told.text:
        return None
    doc, span = head.doc, mention_span(owner)
    if owner.dep_ == "compound" and owner.ent_type_ != "PERSON":
        return None
    ending = "’" if told.plural and told.text.endswith("s") else "’s"
    name = told.text + (ending if owner.dep_ == "poss" else "")
    body = reference is not None and reference.mention.nature.kind is EntityKind.ORGANISATION
    if body and owner.left_edge.lower_ == "the" and not name.lower().startswith("the "):
        name = f"the {name}"
    before = "".join(t.text_with_ws for t in doc[source.start : span.start])
    first = before[:1].lower() + before[1:]
    behind = read_text(doc[span.end : source.end])
    joint = " " if doc[span.end - 1].whitespace_ else ""
    words = f"{first}{name}{joint}{behind}"
    return ResolvedSource(words, is_anonymous(doc, source))


def find_others(source: TokenSpan, head: Token) -> list[TokenSpan]:
    """Return who says it too: “Ann Lee, the mayor, and Tom Roe”, “Craig Lee and other experts”."""
    holders = [head, *(c for c in head.rights if c.dep_ == "appos")]
    joined = [c for holder in holders for c in holder.rights if c.dep_ == "conj"]
    joined += [c for other in joined for c in other.rights if c.dep_ == "conj"]
    joined += _find_loose_others(head) if not joined else []
    return [
        mention_span(other)
        for other in joined
        if not source.has(other.i) and _is_speaker_too(other)
    ]


def _find_loose_others(head: Token) -> list[Token]:
    """Return “other officials” of “according to Lee, the mayor, and two other officials”."""
    behind = head.doc[head.right_edge.i + 1 : head.sent.end]
    rest = [t for t in behind if not t.is_punct]
    opened = bool(rest) and rest[0].lower_ == "and" and not any(t.tag_ in FINITE for t in rest)
    return [t.head for t in rest[1:3] if opened and t.lower_ == "other" and t.head.i > t.i]


def _is_speaker_too(noun: Token) -> bool:
    named = noun.tag_.startswith("NNP") and noun.ent_type_ in {"PERSON", "ORG"}
    others = noun.lower_ == "others" or any(c.lower_ == "other" for c in noun.lefts)
    return (named and noun.left_edge.tag_.startswith("NNP")) or others


def _list_names(names: list[str]) -> str:
    mark = "," if any("," in name for name in names) else ""
    return f"{', '.join(names[:-1])}{mark} and {names[-1]}"


def _find_group(head: Token, seen: Sequence[Seen]) -> ResolvedSource | None:
    """“All agreed”: all of the last people who were told of; “some”, of those who spoke."""
    group = next(
        (
            s.mention
            for s in reversed(seen)
            if s.mention.form is not MentionType.PRONOUN
            and s.mention.plural
            and s.mention.nature.kind is EntityKind.PERSON
            and (s.speaks or head.lower_ in TELLING_WHOLE)
        ),
        None,
    )
    if group is None:
        open_source = ResolvedSource(None, anonymous=True)
        return open_source if head.lower_ in TELLING_WHOLE else None
    words = group.text.split()
    while len(words) > 1 and (words[0].lower() in COUNTING or words[0].isdigit()):
        words = words[1:]
    people = " ".join(words)
    named = f"other {people}" if head.lower_ == "others" else f"{head.lower_} of the {people}"
    return ResolvedSource(named, anonymous=True)


def _find_only_person(seen: Sequence[Seen]) -> ResolvedSource | None:
    """“The defendant”: the one person named, if there is but one."""
    named = {
        id(s.entity): s.entity
        for s in seen
        if s.entity.kind is EntityKind.PERSON and s.entity.named
    }
    words = next(iter(named.values())).find_words() if len(named) == 1 else None
    return ResolvedSource(words.text, anonymous=False) if words is not None else None


def _read(reference: ResolvedReference, source: TokenSpan, head: Token) -> ResolvedSource | None:
    mention, entity, told = reference.mention, reference.entity, reference.antecedent
    if entity is not None and entity.named and entity.kind is EntityKind.PERSON:
        name = told.text if told is not None else mention.text
        return ResolvedSource(_add_office(name, entity.office, source.text(head.doc)), False)
    if told is not None and reference.scene is not None:
        return ResolvedSource(f"{source.text(head.doc)} {told.text}", True)
    if told is not None:
        unnamed = entity is not None and not entity.named and bool(entity.nouns & UNNAMED)
        return ResolvedSource(told.text, unnamed)
    if mention.form is MentionType.PRONOUN or is_bare(mention):
        return ResolvedSource(None, anonymous=is_anonymous(head.doc, source))
    return None


def _add_office(name: str, office: str, written: str) -> str:
    """Return a name with what its bearer is: "Ann Lee, the mayor of Olden"."""
    if name.lower() in written.lower():
        name = written
    vague = not office or len(office.split()) > LONGEST_OFFICE or PRONOUN.search(office)
    return name if vague or office.lower() in name.lower() else f"{name}, {office}"


def _find_appositive(head: Token) -> Token | None:
    """Return the head of the name in "its secretary-general, Mark Rutte,"."""
    if head.tag_.startswith("NNP"):
        return None
    for child in head.rights:
        if child.dep_ == "appos" and child.tag_.startswith("NNP") and child.ent_type_ == "PERSON":
            return child
    return None


def _find_text(noun: Token, relative: Token) -> Token:
    """Return the poll in “a poll of voters that shows …”: it shows it, and not the voters."""
    text = noun.head.head
    of_text = noun.dep_ == "pobj" and text.lower_ in TELLING and relative.lower_ != "who"
    return text if of_text else noun


def _find_relative(relative: Token, references: ParagraphReferences) -> ResolvedSource | None:
    clause = relative.head
    if clause.dep_ != "relcl":
        return None
    head = _find_text(clause.head, relative)
    found = mention_span(head)
    if head.i != clause.head.i:
        found = TokenSpan(found.start, min(found.end, relative.i))
    if found.has(relative.i) or (relative.lower_ == "who" and head.ent_type_ in THINGS):
        return None
    reference = references.get(head)
    if reference is not None and reference.antecedent is not None:
        return _read(reference, found, head)
    return ResolvedSource(found.text(relative.doc), is_anonymous(relative.doc, found))
