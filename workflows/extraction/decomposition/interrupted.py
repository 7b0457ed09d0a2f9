"""Sentences broken by who says them: “The plant,” Lee said on Monday, “was inspected in 2019.”

The parser rarely sees one sentence in the two halves, so they are put together again here.
"""

from workflows.extraction.decomposition import clauses
from workflows.extraction.decomposition.statement import Statement
from workflows.extraction.parse import Doc, Token
from workflows.extraction.text.sentences import Paragraph
from workflows.extraction.text.spans import TokenSpan, trim_span
from workflows.extraction.text.syntax import find_subject, is_finite

CONDITIONS = frozenset({"if", "unless", "when", "once", "because", "although", "though", "while"})


def find_statements(
    paragraph: Paragraph, content: TokenSpan, asides: tuple[TokenSpan, ...]
) -> list[Statement] | None:
    """Return the statements of a sentence that an aside breaks; None where none does."""
    doc = paragraph.doc
    gap = _join(doc, asides)
    if gap is None or not _is_parted(doc, gap) or len(paragraph.get_sentences(content)) != 1:
        return None
    before = trim_span(doc, content.start, gap.start)
    after = trim_span(doc, _skip_conjunction(doc, gap.end), content.end)
    if before is None or after is None:
        return None
    first, second = _find_verb(doc, before), _find_verb(doc, after)
    if first is None and (second is None or _stands_alone(second, after)):
        return None  # “In May, Lee said, the mill closed”: told as if nothing broke it
    both = TokenSpan(before.start, after.end)
    if first is None or second is None or not _stands_alone(second, after):
        return [Statement(first or second or doc[before.start], both, whole=True)]
    if _is_condition(first, before):
        return [Statement(second, both, whole=True)]
    found = [
        *clauses.find_statements(paragraph, before),
        *clauses.find_statements(paragraph, after),
    ]
    return found or None


def _is_parted(doc: Doc, gap: TokenSpan) -> bool:
    """Return True if an aside stands between commas, dashes or quotation marks."""
    if gap.start == 0 or gap.end >= len(doc):
        return False
    return doc[gap.start].is_punct or (doc[gap.start - 1].is_punct and doc[gap.end].is_punct)


def _skip_conjunction(doc: Doc, start: int) -> int:
    while start < len(doc) and (doc[start].is_punct or doc[start].dep_ == "cc"):
        start += 1
    return start


def _join(doc: Doc, asides: tuple[TokenSpan, ...]) -> TokenSpan | None:
    """Asides that only a comma parts, as one; None where there are several."""
    joined: TokenSpan | None = None
    for aside in sorted(asides):
        if joined is None:
            joined = aside
        elif all(t.is_punct for t in doc[joined.end : aside.start]):
            joined = TokenSpan(joined.start, max(joined.end, aside.end))
        else:
            return None
    return joined


def _find_verb(doc: Doc, part: TokenSpan) -> Token | None:
    """Return the highest finite verb of a part, were the rest not there."""
    verbs = [t for t in doc[part.start : part.end] if t.tag_.startswith("VB") and is_finite(t)]
    verbs = [t for t in verbs if t.dep_ not in {"aux", "auxpass"}] or verbs
    main = [t for t in verbs if t.dep_ not in {"relcl", "advcl", "acl", "aux", "auxpass"}]
    outer = [t for t in main if not any(part.has(a.i) and a in main for a in t.ancestors)]
    return next(iter(outer or main or verbs), None)


def _is_condition(verb: Token, part: TokenSpan) -> bool:
    """Return True for "If the dam had held," whose main clause is the second half."""
    mark = next((c for c in verb.lefts if c.dep_ in {"mark", "advmod"} and part.has(c.i)), None)
    return mark is not None and mark.lower_ in CONDITIONS and mark.i <= part.start + 1


def _stands_alone(verb: Token, part: TokenSpan) -> bool:
    """Return True if the second half has a subject of its own."""
    subject = find_subject(verb)
    return subject is not None and part.has(subject.i) and subject.i < verb.i
