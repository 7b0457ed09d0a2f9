"""Sayings told by a noun: “the claim that …”, “reports of an attack”."""

from workflows.claims import Hedge
from workflows.extraction.attribution.factuality import (
    WHETHER,
    find_response,
    is_lacking,
    judge_noun,
)
from workflows.extraction.attribution.relation import AttributionRelation, CueType
from workflows.extraction.attribution.source_mention import find_speaker, mention_span
from workflows.extraction.parse import Doc, Span, Token
from workflows.extraction.text.lexicon import (
    NOUN_FORMS,
    OCCURRING,
    RESPONSES,
    UNTRUE,
    inflect_all,
    word_set,
)
from workflows.extraction.text.spans import TokenSpan, trim_span

ANSWERS = word_set("comment word answer clarity indication information details reply response news")
"""Nouns that, missing, leave open whether something is so."""
CUES = ANSWERS | NOUN_FORMS.keys()
LIGHT = inflect_all(
    """
    make issue give express voice raise have repeat release offer share renew restate publish
    find see uncover gather present produce provide obtain collect unearth
    defend push promote embrace spread peddle float advance tout uphold champion perpetuate
    """
)
"""Verbs whose subject is the one who says what their object tells: “made the claim that”."""
CHANCES = word_set("likelihood risk risks danger dangers chance chances probability")
CHANGING = inflect_all("increase reduce raise lower cut carry pose run double bring create")
DEGREES = word_set("increased reduced growing high low")
FROM = frozenset({"by", "from", "within", "among", "in"})
VERDICTS = word_set(
    "a an as completely entirely totally simply utterly proved proven turned out to be"
)
OWN = word_set("its his her their my our your")
EVENTS = word_set(
    """
    abuse ambush arrest assault attack blast bombing brawl breach clash collapse coup crash cut
    death decline defeat delay derailment drop drought escape execution explosion failure famine
    fight fighting fire flood fraud gunfire hack incident increase injury invasion kidnapping
    killing landslide leak loss massacre mutiny outage outbreak plague plot protest purge quake
    raid rape revolt riot rise robbery shelling shooting shortage spill strike suicide surge
    tampering theft torture unrest uprising violence walkout withdrawal
    """
)
EVENT_ENDINGS = ("tion", "sion", "ment", "tions", "sions", "ments", "bombings", "killings")
NO_EVENTS = word_set(
    "nation station mention section question position condition government department document"
)


def find_by_noun(token: Token, sentence: Span) -> AttributionRelation | None:
    """Return a noun of saying or thinking with what it tells."""
    if token.lower_ in ANSWERS and token.tag_.startswith("NN"):
        opened = _find_left_open(token, sentence)
        if opened is not None:
            return opened
    hedge = NOUN_FORMS.get(token.lower_) if not _is_measured(token) else None
    if hedge is None or not token.tag_.startswith("NN") or token.dep_ == "compound":
        return None
    said = find_clause(token, sentence) or find_event(token)
    if said is None:
        return None
    headline = find_in_headline(token, sentence, said)
    if headline is not None:
        return headline
    judged = judge_noun(token, hedge)
    told = _cut_verdict(token.doc, said)
    if told is not None:
        said, judged = told, Hedge.DENIED
    head = _find_owner(token)
    if judged is None or (_is_answered(token) and (head is None or head.lower_ in OWN)):
        return None
    source = mention_span(head, token) if head is not None else None
    if source is not None and (source.overlaps(said) or source.has(token.i)):
        source, head = None, None
    return AttributionRelation(
        CueType.NOUN, TokenSpan(token.i, token.i + 1), source, said, judged, head
    )


def _is_measured(noun: Token) -> bool:
    """Return True for “the increased likelihood that”, “raised the risk that”: it tells how likely.

    Whether it is so is told by nobody.
    """
    if noun.lower_ not in CHANCES:
        return False
    caused = noun.dep_ == "pobj" and noun.head.lower_ in {"to", "by", "of", "from"}
    changed = noun.dep_ == "dobj" and noun.head.lower_ in CHANGING
    return caused or changed or any(c.lower_ in DEGREES or c.tag_ == "JJR" for c in noun.lefts)


def _find_left_open(noun: Token, sentence: Span) -> AttributionRelation | None:
    """“Had no comment on whether …”, “there was no word on whether …”."""
    preposition = next((c for c in noun.rights if c.dep_ == "prep"), None)
    if preposition is None or not is_lacking(noun):
        return None
    clause = next((c for c in preposition.rights if c.dep_ == "pcomp"), None)
    if clause is None or clause.left_edge.lower_ not in WHETHER:
        return None
    start = clause.left_edge.i + 1
    said = trim_span(noun.doc, start, min(clause.right_edge.i + 1, sentence.end))
    head = find_speaker(noun.head) if noun.dep_ == "dobj" else None
    if said is None:
        return None
    source = mention_span(head, noun) if head is not None else None
    cue = TokenSpan(noun.i, noun.i + 1)
    return AttributionRelation(CueType.NOUN, cue, source, said, Hedge.UNCONFIRMED, head)


def _is_answered(noun: Token) -> bool:
    """Return True if a verb answers what the noun tells: who answers says it, or says it isn't."""
    response = find_response(noun)
    return response is not None and response[0].tag_.startswith("VB")


def _cut_verdict(doc: Doc, said: TokenSpan) -> TokenSpan | None:
    """Return what is told without the verdict the parser took for a part of it, if there is one.

    “Called the claim that he lied | a lie”, “rumours that it had burst | proved false”.
    """
    end = said.end - 1
    if doc[end].lower_ not in UNTRUE:
        return None
    while end > said.start and doc[end - 1].lower_ in VERDICTS:
        end -= 1
    start = said.start + (doc[said.start].lower_ == "that")
    return TokenSpan(start, end) if start + 1 < end < said.end - 1 else None


def find_in_headline(noun: Token, sentence: Span, said: TokenSpan) -> AttributionRelation | None:
    """“Army rejects report that …”, where the parser takes the verb for a noun."""
    verb = noun.nbor(-1) if noun.i > sentence.start + 1 else noun
    known = RESPONSES.get(verb.lower_, []) if verb.lower_.endswith("s") else []
    hedge = next((hedge for particles, hedge in known if not particles), None)
    taken = verb.tag_.startswith("NN") or verb.dep_ in {"compound", "nsubj"}
    if hedge is None or not taken or verb.i == noun.i:
        return None
    source = TokenSpan(sentence.start, verb.i)
    cue = TokenSpan(verb.i, verb.i + 1)
    return AttributionRelation(CueType.RESPONSE, cue, source, said, hedge, sentence.doc[verb.i - 1])


def find_clause(noun: Token, sentence: Span) -> TokenSpan | None:
    """Return the clause with “that” behind a noun."""
    clause = next((c for c in noun.rights if _is_that_clause(c)), None)
    if clause is None:
        return None
    return trim_span(noun.doc, clause.left_edge.i, min(clause.right_edge.i + 1, sentence.end))


def _is_that_clause(child: Token) -> bool:
    if child.dep_ not in {"acl", "ccomp", "relcl", "advcl"}:
        return False
    that = next((t for t in child.lefts if t.lower_ == "that"), None)
    if that is None:
        return False
    return that.dep_ == "mark" or any(
        t.dep_ in {"nsubj", "nsubjpass"} and t.i != that.i for t in child.lefts
    )


def find_event(noun: Token) -> TokenSpan | None:
    """Return what occurred by “reports of an attack”; a thing or a person did not occur."""
    if noun.lower_ not in OCCURRING:
        return None
    for child in noun.rights:
        if child.dep_ == "prep" and child.lower_ == "of" and child.i <= noun.i + 2:
            event = next((o for o in child.rights if o.dep_ == "pobj"), None)
            if event is not None and _is_event(event):
                return trim_span(noun.doc, child.i + 1, child.right_edge.i + 1)
    return None


def _is_event(noun: Token) -> bool:
    if any(c.lower_ == "the" or c.dep_ == "poss" for c in noun.lefts):
        return False
    word = noun.lower_
    known = word in EVENTS or word.removesuffix("s") in EVENTS or word.removesuffix("es") in EVENTS
    return known or (word.endswith(EVENT_ENDINGS) and word.removesuffix("s") not in NO_EVENTS)


def find_openness(noun: Token) -> Token | None:
    """Return the adjective of “was frank in her acknowledgment that”, “was open about …”."""
    if noun.dep_ != "pobj" or noun.head.lower_ not in {"in", "about", "with"}:
        return None
    above = noun.head.head
    beside = (c for c in above.rights if c.dep_ == "acomp" and c.i < noun.i)
    return above if above.dep_ == "acomp" else next(beside, None)


def _find_candid(noun: Token) -> Token | None:
    """“Roe has been frank in her acknowledgment that”: hers is Roe's."""
    adjective = find_openness(noun)
    subject = find_speaker(adjective.head) if adjective is not None else None
    return subject if subject is not None and not subject.tag_.startswith("PRP") else None


def _find_owner(noun: Token) -> Token | None:
    """Return whose report it is: "Kyiv's claim", "reports from the front", "she made the claim"."""
    for child in noun.children:
        if child.dep_ == "poss":
            return _find_candid(noun) or child if child.lower_ in OWN else child
        if child.dep_ == "prep" and child.lower_ in FROM:
            return next((o for o in child.rights if o.dep_ == "pobj"), None)
    if noun.dep_ == "dobj" and noun.head.lower_ in LIGHT:
        return find_speaker(noun.head)
    return None
