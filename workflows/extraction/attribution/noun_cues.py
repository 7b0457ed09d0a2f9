"""Sayings told by a noun: "the claim that …", "reports of …", "a promise to …", "calls for …"."""

from spacy.tokens import Span, Token

from workflows.extraction.attribution.relation import AttributionRelation, CueType
from workflows.extraction.attribution.source_mention import find_speaker, mention_span
from workflows.extraction.text.lexicon import NOUN_FORMS, OCCURRING, TOPICS, UNDERTAKINGS, word_set
from workflows.extraction.text.spans import TokenSpan, trim_span

LIGHT = word_set(
    """
    make makes made making issue issues issued issuing give gives gave given giving express
    expresses expressed expressing voice voices voiced voicing raise raises raised raising have
    has had having repeat repeats repeated repeating release releases released offer offered
    offers share shares shared sharing reject rejects rejected deny denies denied dismiss
    dismisses dismissed
    """
)
FROM = frozenset({"by", "from", "within", "among", "in"})


def find_by_noun(token: Token, sentence: Span) -> AttributionRelation | None:
    """A noun of saying, thinking or promising with what it tells."""
    hedge = NOUN_FORMS.get(token.lower_)
    if hedge is None or not token.tag_.startswith("NN") or token.dep_ == "compound":
        return None
    head = _find_owner(token)
    said = _find_content(token, sentence, owned=head is not None)
    if said is None:
        return None
    source = mention_span(head) if head is not None else None
    if source is not None and (source.overlaps(said) or source.has(token.i)):
        source, head = None, None
    return AttributionRelation(
        CueType.NOUN, TokenSpan(token.i, token.i + 1), source, said, hedge, head
    )


def _find_content(noun: Token, sentence: Span, *, owned: bool) -> TokenSpan | None:
    """Its clause with "that"; else what occurred, was promised, or was spoken about."""
    clause = next((c for c in noun.rights if _is_that_clause(c)), None)
    if clause is not None:
        return trim_span(noun.doc, clause.left_edge.i, min(clause.right_edge.i + 1, sentence.end))
    if noun.lower_ in OCCURRING:
        found = _find_after(noun, frozenset({"of", "about"}))
        if found is not None:
            return found
    if not owned:
        return None
    if noun.lower_ in UNDERTAKINGS:
        return _find_infinitive(noun, sentence)
    return _find_after(noun, TOPICS.get(noun.lower_, frozenset()))


def _is_that_clause(child: Token) -> bool:
    if child.dep_ not in {"acl", "ccomp", "relcl", "advcl"}:
        return False
    that = next((t for t in child.lefts if t.lower_ == "that"), None)
    if that is None:
        return False
    return that.dep_ == "mark" or any(
        t.dep_ in {"nsubj", "nsubjpass"} and t.i != that.i for t in child.lefts
    )


def _find_after(noun: Token, prepositions: frozenset[str]) -> TokenSpan | None:
    for child in noun.rights:
        if child.dep_ == "prep" and child.lower_ in prepositions and child.i <= noun.i + 2:
            inner = next((o for o in child.rights if o.dep_ in {"pobj", "pcomp"}), None)
            if inner is not None:
                return trim_span(noun.doc, child.i + 1, child.right_edge.i + 1)
    return None


def _find_infinitive(noun: Token, sentence: Span) -> TokenSpan | None:
    for child in noun.rights:
        if child.dep_ in {"acl", "xcomp"} and any(t.tag_ == "TO" for t in child.lefts):
            start = max(child.left_edge.i, noun.i + 1)
            return trim_span(noun.doc, start, min(child.right_edge.i + 1, sentence.end))
    return None


def _find_owner(noun: Token) -> Token | None:
    """Whose report it is: "Kyiv's claim", "reports from the front", "she made the claim"."""
    for child in noun.children:
        if child.dep_ == "poss":
            return child
        if child.dep_ == "prep" and child.lower_ in FROM:
            return next((o for o in child.rights if o.dep_ == "pobj"), None)
    if noun.dep_ == "dobj" and noun.head.lower_ in LIGHT:
        return find_speaker(noun.head)
    return None
