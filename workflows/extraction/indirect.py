"""Indirect speech: sayings told by a verb, a noun, "according to", an adverb or a colon."""

from spacy.tokens import Span, Token

from workflows.claims import Hedge
from workflows.extraction.contents import content
from workflows.extraction.cues import (
    ADVERB_FORMS,
    NOUN_FORMS,
    OCCURRING,
    PARTICIPLES,
    SEEMING,
    VERB_FORMS,
    Cue,
)
from workflows.extraction.hedges import SAID
from workflows.extraction.sayings import Manner, Saying
from workflows.extraction.sources import mention, speaker
from workflows.extraction.stretches import Stretch, subtree, trimmed
from workflows.extraction.wordlists import listed

POINTING = 3
POINTERS = frozenset({"this", "that", "these", "those", "such", "the"})
OPENING = 2
"""Tokens before a phrase that still opens its clause: "that, according to …"."""
HEADLINE_NAME = 6
LIGHT = listed(
    """
    make makes made making issue issues issued issuing give gives gave given giving express
    expresses expressed expressing voice voices voiced voicing raise raises raised raising have
    has had having repeat repeats repeated repeating release releases released offer offered
    offers share shares shared sharing reject rejects rejected deny denies denied dismiss
    dismisses dismissed
    """
)
IN_TALK = frozenset({"i", "we", "you"})
"""Subjects by which a speaker talks of himself or his listeners: no further source."""
FROM = frozenset({"by", "from", "within", "among", "in", "of"})


def by_verb(token: Token, sentence: Span) -> Saying | None:
    """“The ministry said that …”, “it is believed that …”, “they vowed to …”."""
    if not token.tag_.startswith("VB") or token.dep_ in {"amod", "compound", "aux"}:
        return None
    if token.lower_ in SEEMING:
        return _seeming(token)
    cue = VERB_FORMS.get(token.lower_)
    if cue is None or (token.lower_ in PARTICIPLES and token.tag_ == "VBG"):
        return None
    said = content(token, cue, sentence)
    if said is None or _is_only_mentioned(said, sentence):
        return None
    return _told(token, cue, said)


def _told(token: Token, cue: Cue, said: Stretch) -> Saying | None:
    head = speaker(token)
    if head is not None and head.lower_ in IN_TALK:
        return None
    source = mention(head, token) if head is not None else None
    inserted = said.has(token.i)
    if source is not None and source.overlaps(said) and not inserted:
        return None
    own = Stretch(token.i, token.i + 1)
    asides = (_aside(own, source),) if inserted else ()
    return Saying(Manner.VERB, own, source, said, cue.hedge, head, asides)


def _is_only_mentioned(said: Stretch, sentence: Span) -> bool:
    """“Verify these claims”: what is pointed at, not said."""
    words = sentence.doc[said.start : said.end]
    return len(words) <= POINTING and words[0].lower_ in POINTERS and words[-1].lower_ in SAID


def _aside(cue: Stretch, source: Stretch | None) -> Stretch:
    if source is None:
        return cue
    return Stretch(min(cue.start, source.start), max(cue.end, source.end))


def _seeming(token: Token) -> Saying | None:
    """“It seems that …”, “she appears to …”: the document's own holding back."""
    clause = next((c for c in token.rights if c.dep_ in {"xcomp", "ccomp", "oprd", "acomp"}), None)
    if clause is None:
        return None
    said = trimmed(token.doc, token.left_edge.i, token.right_edge.i + 1)
    if said is None:
        return None
    return Saying(Manner.ADVERB, Stretch(token.i, token.i + 1), None, said, Hedge.SPECULATED)


def by_preposition(token: Token, sentence: Span) -> Saying | None:
    """“According to the ministry, …”; “…, citing two officials”."""
    if token.lower_ in PARTICIPLES and token.tag_ == "VBG":
        return _citing(token, sentence)
    if token.lower_ != "according":
        return None
    head = next((o for to in token.rights for o in to.rights if o.dep_ == "pobj"), None)
    if head is None:
        return None
    phrase = Stretch(token.i, head.right_edge.i + 1)
    said = _governed(token, phrase, sentence)
    if said is None:
        return None
    cue = Stretch(token.i, token.i + 2)
    asides = (phrase,) if said.contains(phrase) else ()
    return Saying(Manner.ACCORDING, cue, mention(head), said, Hedge.REPORTED, head, asides)


def _governed(token: Token, phrase: Stretch, sentence: Span) -> Stretch | None:
    """The clause a phrase like "according to …" belongs to, without the phrase at its ends."""
    doc = token.doc
    clause = _clause_of(token)
    start, end = clause.left_edge.i, clause.right_edge.i + 1
    if phrase.start - max(start, sentence.start) <= OPENING:
        return trimmed(doc, phrase.end, max(end, phrase.end))
    if phrase.end >= end - 2:
        return trimmed(doc, start, phrase.start)
    return trimmed(doc, min(start, phrase.start), end)


def _clause_of(token: Token) -> Token:
    """The verb of the clause in which a token stands."""
    head = token.head
    while head.head.i != head.i and not (head.tag_.startswith("VB") or head.tag_ == "MD"):
        head = head.head
    return head


def _citing(token: Token, sentence: Span) -> Saying | None:
    """The source within the source: its content is that of the verb it hangs on."""
    head = next((c for c in token.rights if c.dep_ == "dobj"), None)
    if head is None or token.head.i == token.i:
        return None
    phrase = Stretch(token.i, head.right_edge.i + 1)
    inner = next((c for c in token.rights if c.dep_ == "ccomp" and c.i > head.i), None)
    main = VERB_FORMS.get(token.head.lower_)
    said = subtree(inner) if inner is not None else None
    that = next((c for c in token.head.lefts if c.dep_ == "mark" and c.i > head.i), None)
    if said is None and that is not None:  # the parser hung it on the clause that is told
        said = trimmed(token.doc, that.i, token.head.right_edge.i + 1)
    if said is None and main is not None:
        said = content(token.head, main, sentence)
    if said is None:
        said = _governed(token, phrase, sentence)
    if said is None:
        return None
    cue = Stretch(token.i, token.i + 1)
    asides = (phrase,) if said.contains(phrase) else ()
    return Saying(Manner.CITING, cue, mention(head), said, Hedge.REPORTED, head, asides)


def by_noun(token: Token, sentence: Span) -> Saying | None:
    """“The claim that …”, “concerns within the agencies that …”, “reports of …”."""
    hedge = NOUN_FORMS.get(token.lower_)
    if hedge is None or not token.tag_.startswith("NN") or token.dep_ == "compound":
        return None
    clause = next((c for c in token.rights if _is_that_clause(c)), None)
    if clause is not None:
        said = trimmed(token.doc, clause.left_edge.i, min(clause.right_edge.i + 1, sentence.end))
    else:
        said = _of(token) if token.lower_ in OCCURRING else None
    if said is None:
        return None
    head = _owner(token)
    source = mention(head) if head is not None else None
    if source is not None and (source.overlaps(said) or source.has(token.i)):
        source, head = None, None
    return Saying(Manner.NOUN, Stretch(token.i, token.i + 1), source, said, hedge, head)


def _is_that_clause(child: Token) -> bool:
    if child.dep_ not in {"acl", "ccomp", "relcl", "advcl"}:
        return False
    that = next((t for t in child.lefts if t.lower_ == "that"), None)
    if that is None:
        return False
    return that.dep_ == "mark" or any(
        t.dep_ in {"nsubj", "nsubjpass"} and t.i != that.i for t in child.lefts
    )


def _of(token: Token) -> Stretch | None:
    for child in token.rights:
        if child.dep_ == "prep" and child.lower_ in {"of", "about"} and child.i <= token.i + 2:
            inner = next((o for o in child.rights if o.dep_ in {"pobj", "pcomp"}), None)
            if inner is not None:
                return trimmed(token.doc, child.i + 1, child.right_edge.i + 1)
    return None


def _owner(noun: Token) -> Token | None:
    """Whose report it is: "Kyiv's claim", "reports from the front", "she made the claim"."""
    for child in noun.children:
        if child.dep_ == "poss":
            return child
        if child.dep_ == "prep" and child.lower_ in FROM - {"of"}:
            return next((o for o in child.rights if o.dep_ == "pobj"), None)
    if noun.dep_ == "dobj" and noun.head.lower_ in LIGHT:
        return speaker(noun.head)
    return None


def by_adverb(token: Token, sentence: Span) -> Saying | None:
    """“Reportedly”: the document tells it at second hand, from nobody named."""
    hedge = ADVERB_FORMS.get(token.lower_)
    if hedge is None or token.tag_ != "RB":
        return None
    clause = _clause_of(token)
    said = trimmed(token.doc, clause.left_edge.i, min(clause.right_edge.i + 1, sentence.end))
    if said is None:
        return None
    cue = Stretch(token.i, token.i + 1)
    return Saying(Manner.ADVERB, cue, None, said, hedge, None, (cue,))


def by_colon(sentence: Span) -> list[Saying]:
    """“Minister: talks will go on”, as headlines and transcripts have it."""
    doc = sentence.doc
    if sentence.start != 0:
        return []
    for i in range(sentence.start + 1, min(sentence.start + HEADLINE_NAME, sentence.end - 2)):
        if doc[i].text == ":":
            named = all(t.tag_.startswith("NNP") or t.ent_type_ for t in doc[sentence.start : i])
            said = trimmed(doc, i + 1, sentence.end)
            if named and said is not None:
                source = Stretch(sentence.start, i)
                cue = Stretch(i, i + 1)
                return [Saying(Manner.COLON, cue, source, said, Hedge.REPORTED, doc[i - 1])]
    return []
