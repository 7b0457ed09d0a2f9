"""How firmly a statement is put, and whether it is affirmed or negated, with the words for it."""

from typing import NamedTuple

from workflows.claims import Hedge, Polarity
from workflows.extraction.attribution.factuality import is_lacking, is_not_foretold
from workflows.extraction.claims.modality import is_fact, is_going
from workflows.extraction.claims.own_speech import find_own_hedge
from workflows.extraction.parse import Doc, Token, read_text
from workflows.extraction.text.lexicon import BASIS, SEEMING, TRUE, UNTRUE
from workflows.extraction.text.spans import TokenSpan
from workflows.extraction.text.syntax import (
    HELPERS,
    NEGATIONS,
    UNCHANGED,
    find_subject,
    is_negated,
)

WEAKNESS = {hedge: rank for rank, hedge in enumerate(Hedge)}
MODALS = {
    "may": Hedge.SPECULATED,
    "might": Hedge.SPECULATED,
    "could": Hedge.SPECULATED,
    "will": Hedge.PREDICTED,
    "would": Hedge.PREDICTED,
    "shall": Hedge.PREDICTED,
    "'ll": Hedge.PREDICTED,
    "’ll": Hedge.PREDICTED,
    "wo": Hedge.PREDICTED,
}
ADVERBS = {
    "possibly": Hedge.SPECULATED,
    "perhaps": Hedge.SPECULATED,
    "maybe": Hedge.SPECULATED,
    "probably": Hedge.SPECULATED,
    "presumably": Hedge.SPECULATED,
    "likely": Hedge.SPECULATED,
    "potentially": Hedge.SPECULATED,
    "apparently": Hedge.SPECULATED,
    "seemingly": Hedge.SPECULATED,
    "reportedly": Hedge.REPORTED,
    "allegedly": Hedge.ALLEGED,
    "supposedly": Hedge.ALLEGED,
    "purportedly": Hedge.ALLEGED,
}
OPEN = {"unconfirmed": Hedge.UNCONFIRMED, "unverified": Hedge.UNCONFIRMED}
ACCUSED = {"accused": Hedge.ALLEGED, "suspected": Hedge.SPECULATED}
COMING = frozenset({"expected", "likely", "set", "poised", "due", "slated", "scheduled", "going"})
ABLE = frozenset({"can", "could", "should", "may", "must", "might"})
NO = frozenset({"no", "neither", "nobody", "nothing", "none"})
TIMES = frozenset({"twice", "times", "half", "percent", "%"})
SEEN_AS = frozenset({"xcomp", "ccomp", "oprd", "acomp", "attr"})
"""What hangs on “appeared” where it means seemed; “appeared in court” has none of it."""
PROVING = frozenset({"proved", "proven", "turned"})


class HedgeMark(NamedTuple):
    """A hedge and the words that decided it."""

    hedge: Hedge
    words: str | None


def find_weakest(puts: list[HedgeMark]) -> HedgeMark:
    return max(puts, key=lambda put: WEAKNESS[put.hedge], default=HedgeMark(Hedge.ASSERTED, None))


def find_in_statement(root: Token, words: TokenSpan, *, backshifted: bool = False) -> HedgeMark:
    """Return the hedge in the statement's own words: its modal verb, its adverbs, what is to come.

    `backshifted` says that a source said it in the past, so that "would" stands for "will".
    """
    found = [HedgeMark(Hedge.ASSERTED, None)]
    own = find_own_hedge(root)
    if own is not None and not words.has(root.head.i):
        found.append(HedgeMark(*own))
    if root.lower_ in SEEMING and any(c.dep_ in SEEN_AS for c in root.rights):
        found.append(HedgeMark(Hedge.SPECULATED, root.text))
    found += [
        mark
        for child in root.children
        if words.has(child.i)
        and (mark := _read_dependent(root, child, backshifted=backshifted)) is not None
    ]
    lent = _find_lent_modal(root)
    if lent is not None and (mark := _read_dependent(root, lent, backshifted=backshifted)):
        found.append(mark)
    return find_weakest(found)


def _find_lent_modal(verb: Token) -> Token | None:
    """Return the “will” of “will close the mill and open nine shops”, for the second verb."""
    if verb.dep_ != "conj" or find_subject(verb) is not None:
        return None
    first = verb
    while first.dep_ == "conj" and first.head.i < first.i:
        first = first.head
    alike = verb.tag_ == first.tag_ or (first.tag_ == "VB" and verb.lower_ in UNCHANGED)
    if not alike or any(c.dep_ in HELPERS for c in verb.lefts):
        return None
    return next((c for c in first.lefts if c.tag_ == "MD"), None)


def _read_dependent(root: Token, child: Token, *, backshifted: bool) -> HedgeMark | None:
    if root.lower_ == "expect" and child.lower_ in ABLE:
        return HedgeMark(Hedge.PREDICTED, f"{child.text} {root.text}")  # “she can expect losses”
    if child.tag_ == "MD" and child.lower_ in MODALS:
        fact = is_fact(root, child, backshifted=backshifted) or _is_rule(root, child)
        return None if fact else HedgeMark(MODALS[child.lower_], child.text)
    if child.tag_ == "TO" and root.tag_ == "VB" and root.dep_ == "ROOT":
        return HedgeMark(Hedge.PREDICTED, child.text)  # “Nordbank to close …”
    if child.dep_ == "advmod" and child.lower_ in ADVERBS and not _is_of_degree(child):
        return HedgeMark(ADVERBS[child.lower_], child.text)
    return _read_verb(root, child, backshifted=backshifted)


def _is_rule(root: Token, modal: Token) -> bool:
    """Return True for “No state shall expel a refugee”, and not for “we shall win”."""
    subject = find_subject(root)
    return modal.lower_ == "shall" and subject is not None and subject.tag_ != "PRP"


def _is_of_degree(adverb: Token) -> bool:
    """Return True for “Perhaps more important, pay rose”: how important that is may be doubted."""
    behind = adverb.doc[adverb.i + 1 : adverb.i + 2]
    return any(t.lower_ in {"more", "most"} for t in behind)


def _read_verb(root: Token, child: Token, *, backshifted: bool) -> HedgeMark | None:
    """Return the hedge that a verb gives with what hangs on it: “is likely to”, “was accused”."""
    if child.dep_ in {"xcomp", "oprd"} and root.lower_ in COMING:
        told = is_going(root) and not backshifted
        return None if told else HedgeMark(Hedge.PREDICTED, root.text)
    if child.dep_ == "acomp" and child.lower_ in {"likely", "unlikely", "possible"}:
        able = child.lower_ == "possible" and any(
            c.dep_ == "xcomp" for c in (*child.rights, *root.rights)
        )
        return None if able or _is_compared(child) else HedgeMark(Hedge.SPECULATED, child.text)
    if child.dep_ == "auxpass" and root.lower_ in ACCUSED and not is_negated(root):
        return HedgeMark(ACCUSED[root.lower_], root.text)
    return None


def _is_compared(likely: Token) -> bool:
    """Return True for “30 percent less likely”, “twice as likely as”: a measured chance.

    So is “those who smoked were more likely to die”, while “the bill is less likely to pass” isn't.
    """
    degree = any(c.lower_ in {"more", "less", "as"} for c in likely.lefts)
    measured = any(t.tag_ == "CD" or t.lower_ in TIMES for t in likely.subtree if t.i < likely.i)
    against = any(t.lower_ in {"than", "as"} for t in likely.sent if t.i > likely.i)
    seen = likely.head.lower_ in {"were", "was", "are"} and not any(
        c.lower_ == "as" for c in likely.lefts
    )
    return degree and (measured or against or seen)


def find_in_cue(doc: Doc, cue: TokenSpan, hedge: Hedge) -> HedgeMark:
    """A link's hedge: its cue's, unless the cue is denied or its noun is called unconfirmed."""
    word = doc[cue.start]
    text = cue.text(doc)
    opened = next((c for c in word.lefts if c.lower_ in OPEN), None)
    if opened is not None:
        return HedgeMark(Hedge.UNCONFIRMED, f"{opened.text} {text}")
    untrue = _find_called_untrue(word)
    if untrue is not None:
        return HedgeMark(Hedge.DENIED, f"{text} {untrue}")
    return HedgeMark(hedge, text)


def _find_called_untrue(noun: Token) -> str | None:
    """“Reports that … are false”: the words by which what a noun tells is denied."""
    subject = noun.dep_ in {"nsubj", "nsubjpass"}
    verbs = [noun.head] if subject else [c for c in noun.rights if c.lower_ in PROVING]
    verdicts = (_read_verdict(verb, child) for verb in verbs for child in verb.rights)
    return next((verdict for verdict in verdicts if verdict is not None), None)


def _read_verdict(verb: Token, child: Token) -> str | None:
    if child.dep_ in {"acomp", "attr", "oprd"}:
        if child.lower_ in UNTRUE and not is_negated(verb):
            return child.text
        return f"not {child.text}" if child.lower_ in TRUE and is_negated(verb) else None
    lacks = child.dep_ == "dobj" and child.lower_ in BASIS and is_lacking(child)
    proves = child.dep_ == "xcomp" and any(c.lower_ in UNTRUE for c in child.rights)
    without = child.dep_ == "prep" and child.lower_ == "without"
    if lacks or proves or without:
        return read_text(verb.doc[child.left_edge.i : child.right_edge.i + 1])
    return None


def find_polarity(root: Token, words: TokenSpan) -> Polarity:
    """Negated by "not" at its verb, or by "no" in its subject or object."""
    negated = is_negated(root) and any(
        words.has(c.i) for c in root.children if c.lower_ in NEGATIONS or c.dep_ == "neg"
    )
    negated |= root.dep_ == "xcomp" and is_not_foretold(root.head)
    for child in root.children:
        if child.dep_ in {"nsubj", "nsubjpass", "dobj", "attr"} and words.has(child.i):
            negated |= child.lower_ in NO or any(c.lower_ in NO for c in child.lefts)
    return Polarity.NEGATED if negated else Polarity.AFFIRMED
