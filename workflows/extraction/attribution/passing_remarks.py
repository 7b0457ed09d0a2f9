"""Sources told in passing: “As the Post reported, …”, “…, as shown by police figures”."""

from workflows.claims import Hedge
from workflows.extraction.attribution.relation import AttributionRelation, CueType
from workflows.extraction.attribution.source_mention import mention_span
from workflows.extraction.parse import Span, Token
from workflows.extraction.text.lexicon import VERB_FORMS, inflect_all
from workflows.extraction.text.spans import TokenSpan, trim_span
from workflows.extraction.text.syntax import find_subject

TELLING = inflect_all(
    """
    report note say state reveal show explain argue put confirm announce acknowledge admit
    describe claim allege suggest mention write document demonstrate indicate warn tell observe
    disclose emphasise emphasize stress recall detail
    """
) | {"said", "shown", "told", "written", "put", "wrote"}
"""Not "predict" or "fear": that it came as somebody had feared is told of as a fact."""
BESIDE = frozenset({"prep", "npadvmod", "advmod", "agent", "punct", "prt"})
"""What may stand behind the verb: a day, a place, whom it was told."""
LISTENERS = frozenset({"her", "him", "me", "us", "them", "it", "reporters", "parliament"})
MAKING = frozenset({"aux", "auxpass", "mark", "nsubj", "nsubjpass", "advmod", "prep"})


def find_by_remark(verb: Token, sentence: Span) -> AttributionRelation | None:
    """Return the saying of a clause with “as” that tells who said what stands beside it."""
    if verb.dep_ not in {"advcl", "ROOT", "prep"} or verb.lower_ not in TELLING:
        return None
    phrase = _find_phrase(verb, sentence)
    head = _find_teller(verb)
    if phrase is None or head is None or verb.head.i == verb.i:
        return None
    main = next((t for t in verb.ancestors if t.tag_.startswith(("VB", "MD"))), verb.head)
    start, end = max(main.left_edge.i, sentence.start), min(main.right_edge.i + 1, sentence.end)
    if phrase.start <= start:
        start = phrase.end
    elif phrase.end >= end - 1:
        end = phrase.start
    said = trim_span(verb.doc, start, end)
    if said is None or not said.has(main.i):
        return None
    source = mention_span(head, verb if head.i < verb.i else None)
    asides = (phrase,) if said.contains(phrase) else ()
    cue = VERB_FORMS.get(verb.lower_)
    hedge = cue.hedge if cue is not None else Hedge.REPORTED
    own = TokenSpan(verb.i, verb.i + 1)
    return AttributionRelation(CueType.ACCORDING, own, source, said, hedge, head, asides)


def _find_phrase(verb: Token, sentence: Span) -> TokenSpan | None:
    """Return a clause with “as” from comma to comma, in which nothing else is told."""
    doc, start, end = verb.doc, verb.left_edge.i, verb.right_edge.i + 1
    if doc[start].lower_ != "as" or doc[start].head.i != verb.i:
        return None
    if any(c.dep_ not in MAKING for c in verb.lefts) or any(
        c.dep_ not in BESIDE and c.lower_ not in LISTENERS for c in verb.rights
    ):
        return None
    opened = start == sentence.start or doc[start - 1].text in {",", "(", "—", "–"}
    closed = end >= sentence.end - 1 or doc[end - 1].text == ","
    closed = closed or doc[end].text in {",", ")", "—", "–", ".", ";"}
    return TokenSpan(start, end) if opened and closed else None


def _find_teller(verb: Token) -> Token | None:
    agent = next((c for c in verb.rights if c.dep_ == "agent"), None)
    if agent is not None:
        return next((c for c in agent.rights if c.dep_ == "pobj"), None)
    subject = find_subject(verb)
    if subject is None or subject.dep_ != "nsubj" or any(c.dep_ == "auxpass" for c in verb.lefts):
        return None
    return None if subject.lower_ in {"it", "i", "we", "you"} else subject
