"""Who says something, by the name that the text has for them."""

from typing import NamedTuple

from spacy.tokens import Token

from workflows.extraction.attribution.relation import AttributionRelation
from workflows.extraction.attribution.source_mention import UNNAMED, is_anonymous, mention_span
from workflows.extraction.references.mentions import Form
from workflows.extraction.references.readable import is_bare
from workflows.extraction.references.resolve import ParagraphReferences, ResolvedReference
from workflows.extraction.text.spans import TokenSpan

RELATIVE = frozenset({"who", "which", "that"})
THINGS = frozenset({"EVENT", "DATE", "WORK_OF_ART", "LAW", "PRODUCT", "FAC"})
"""Kinds of names that "who" cannot mean."""


class ResolvedSource(NamedTuple):
    """Whom the mention of a source means: `name` is None where that stays open."""

    name: str | None
    anonymous: bool


def resolve_source(
    saying: AttributionRelation, references: ParagraphReferences
) -> ResolvedSource | None:
    """Return whom the source of a saying means, if the mention does not tell it by itself."""
    head = saying.head
    if saying.source is None or head is None:
        return None
    if head.lower_ in RELATIVE and head.dep_ in {"nsubj", "nsubjpass"}:
        return _find_relative(head)
    named = _find_appositive(head)
    if named is not None:
        return ResolvedSource(named, anonymous=False)
    reference = references.get(head)
    return _read(reference, saying.source, head) if reference is not None else None


def _read(reference: ResolvedReference, source: TokenSpan, head: Token) -> ResolvedSource | None:
    if reference.antecedent is not None:
        entity = reference.entity
        unnamed = entity is not None and not entity.named and bool(entity.nouns & UNNAMED)
        return ResolvedSource(reference.antecedent.text, unnamed)
    if reference.mention.form is Form.PRONOUN or is_bare(reference.mention):
        return ResolvedSource(None, anonymous=is_anonymous(head.doc, source))
    return None


def _find_appositive(head: Token) -> str | None:
    """Return the name in "its secretary-general, Mark Rutte,"."""
    if head.tag_.startswith("NNP"):
        return None
    for child in head.rights:
        if child.dep_ == "appos" and child.tag_.startswith("NNP") and child.ent_type_ == "PERSON":
            return mention_span(child).text(head.doc)
    return None


def _find_relative(relative: Token) -> ResolvedSource | None:
    clause = relative.head
    if clause.dep_ != "relcl":
        return None
    head = clause.head
    found = mention_span(head)
    if found.has(relative.i) or (relative.lower_ == "who" and head.ent_type_ in THINGS):
        return None
    return ResolvedSource(found.text(relative.doc), is_anonymous(relative.doc, found))
