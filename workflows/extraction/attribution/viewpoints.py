"""Views told without a verb of saying: “To Lee, the dam is a danger”, “in Lee's view, …”."""

from workflows.claims import Hedge
from workflows.extraction.attribution.relation import AttributionRelation, CueType
from workflows.extraction.attribution.source_mention import UNNAMED, mention_span
from workflows.extraction.parse import Span, Token
from workflows.extraction.text.lexicon import word_set
from workflows.extraction.text.spans import TokenSpan, trim_span
from workflows.extraction.text.syntax import find_subject, is_finite

OPENING = frozenset({"to", "in"})
VIEWS = word_set(
    "view opinion eyes mind judgment judgement estimation reckoning telling book words account"
)
PERSONS = word_set("him her them me us")
BEING = word_set("is are was were remains remain remained 's ’s")


def find_by_viewpoint(token: Token, sentence: Span) -> AttributionRelation | None:
    """Return the view that opens a sentence with whose it is, set off by a comma."""
    if token.i != sentence.start or token.lower_ not in OPENING:
        return None
    held = next((c for c in token.rights if c.dep_ == "pobj"), None)
    if held is None:
        return None
    end = held.right_edge.i + 1
    if end >= sentence.end or token.doc[end].text != ",":
        return None
    head = _find_holder(token, held)
    clause = token.head
    if head is None or not is_finite(clause) or find_subject(clause) is None:
        return None
    said = trim_span(token.doc, end + 1, sentence.end)
    if said is None:
        return None
    cue = TokenSpan(token.i, token.i + 1) if head is held else TokenSpan(held.i, held.i + 1)
    source = mention_span(head)
    return AttributionRelation(CueType.ACCORDING, cue, source, said, Hedge.REPORTED, head)


def _find_holder(preposition: Token, held: Token) -> Token | None:
    """Return whose view it is; “to Lee” only where it tells what something is to him."""
    if preposition.lower_ == "in":
        owner = next((c for c in held.lefts if c.dep_ == "poss"), None)
        return owner if held.lower_ in VIEWS else None
    named = held.tag_.startswith("NNP") and held.ent_type_ == "PERSON"
    person = named or held.lower_ in PERSONS | UNNAMED
    return held if person and preposition.head.lower_ in BEING else None
