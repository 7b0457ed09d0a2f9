"""What a mention of a text was found to mean."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from workflows.extraction.parse import Token
from workflows.extraction.references.entities import Antecedent, Entity, Seen
from workflows.extraction.references.kinds import (
    BARE,
    KNOWN_TO_ALL,
    OFFICES,
    EntityKind,
    find_name_gender,
)
from workflows.extraction.references.mention import Mention, MentionType

TO_COME = re.compile(r"\s(?:(?:set|due|scheduled|expected|slated)\sto|which)\s")
"""What is told of something that is still to come, and says nothing of which it is."""
SETTINGS = frozenset({EntityKind.PLACE, EntityKind.TIME})
"""Kinds of which one is mostly the one at hand: “the bridge”, “the week”."""


@dataclass(frozen=True, slots=True)
class ResolvedReference:
    """A mention and what it means: `entity` is None where that stays open.

    `antecedent` are the words that tell it in full; None where the mention does so itself.
    `candidates` are the heads, in the same paragraph, of those it may mean, the likeliest first.
    """

    mention: Mention
    entity: Entity | None = None
    antecedent: Antecedent | None = None
    candidates: tuple[int, ...] = ()
    beside: bool = False
    """The antecedent goes behind the mention, not in its place: "the figure [80,000 people]"."""
    points_back: bool = False
    """A noun by which only something told of before can be meant: "the crash"."""
    scene: Entity | None = None
    """The event that it has a part in: nothing is put in where a claim tells of that itself."""


@dataclass(frozen=True, slots=True)
class ParagraphReferences:
    """The mentions of a paragraph with what they mean, by the token of their head, in order."""

    by_head: dict[int, ResolvedReference] = field(default_factory=dict)
    speaker: Entity | None = None
    """Whose turn the paragraph stands in, or who speaks on in it."""
    voice: Seen | None = None
    """Where the one was named who speaks on in a paragraph that is all quotation."""
    open_words: frozenset[int] = frozenset()
    """The tokens, no mentions themselves, that point out of what is told: “such”, “another”."""
    pointing: frozenset[int] = frozenset()
    """The tokens that do so with their noun, which may be put in: “that figure”."""

    def get(self, token: Token | None) -> ResolvedReference | None:
        return self.by_head.get(token.i) if token is not None else None


def is_bare(mention: Mention) -> bool:
    """Return True for a noun that says nothing alone: "the company", "that number"."""
    return mention.form is MentionType.DEFINITE and mention.bare and mention.noun in BARE


def is_pointing(mention: Mention) -> bool:
    """Return True for "the crash", by which one told of before is meant."""
    told = mention.form is MentionType.DEFINITE and mention.bare
    known = mention.noun in KNOWN_TO_ALL or mention.nature.kind in SETTINGS
    return told and not known


def is_alias(mention: Mention) -> bool:
    """Return True for "the billionaire businessman": somebody who has a name elsewhere."""
    definite = mention.form is MentionType.DEFINITE and not mention.owned
    return definite and mention.noun in OFFICES and mention.plural is not True


def quote_words(entity: Entity, told: Mention) -> Antecedent:
    """Return the words of a mention as what is put in for its entity.

    A given name alone comes with who bears it: “Ann, wife of Tim Lee”.
    """
    text = TO_COME.split(told.text)[0]
    given = len(told.name) == 1 and find_name_gender(text.lower()) is not None
    if given and entity.kind is EntityKind.PERSON and entity.office:
        text = f"{text}, {entity.office}"
    return Antecedent(
        text,
        told.start,
        told.end,
        entity.named,
        plural=told.plural is True or told.noun == "police",
        counted=told.plural is True
        and told.form is MentionType.INDEFINITE
        and not told.text[:1].isupper(),
    )


def iter_resolved(references: ParagraphReferences) -> Iterator[ResolvedReference]:
    """Go through the mentions that earlier words stand for."""
    for reference in references.by_head.values():
        if reference.antecedent is not None:
            yield reference
