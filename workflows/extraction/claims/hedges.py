"""How firmly a statement is put, and whether it is affirmed or negated, with the words for it."""

from typing import NamedTuple

from spacy.tokens import Doc, Token

from workflows.claims import Hedge, Polarity
from workflows.extraction.attribution.factuality import is_lacking
from workflows.extraction.text.lexicon import BASIS, SEEMING, TRUE, UNTRUE, word_set
from workflows.extraction.text.spans import TokenSpan
from workflows.extraction.text.syntax import NEGATIONS, is_negated

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
NO = frozenset({"no", "neither", "nobody", "nothing", "none"})


class HedgeMark(NamedTuple):
    """A hedge and the words that decided it."""

    hedge: Hedge
    words: str | None


def find_weakest(puts: list[HedgeMark]) -> HedgeMark:
    return max(puts, key=lambda put: WEAKNESS[put.hedge], default=HedgeMark(Hedge.ASSERTED, None))


def find_in_statement(root: Token, words: TokenSpan) -> HedgeMark:
    """The hedge in the statement's own words: its modal verb, its adverbs, what is to come."""
    found = [HedgeMark(Hedge.ASSERTED, None)]
    if root.lower_ in SEEMING:
        found.append(HedgeMark(Hedge.SPECULATED, root.text))
    for child in root.children:
        if not words.has(child.i):
            continue
        if child.tag_ == "MD" and child.lower_ in MODALS and not is_fact(root, child):
            found.append(HedgeMark(MODALS[child.lower_], child.text))
        elif child.tag_ == "TO" and root.tag_ == "VB" and root.dep_ == "ROOT":
            found.append(HedgeMark(Hedge.PREDICTED, child.text))  # “Nordbank to close …”
        elif child.dep_ == "advmod" and child.lower_ in ADVERBS:
            found.append(HedgeMark(ADVERBS[child.lower_], child.text))
        elif child.dep_ in {"xcomp", "oprd"} and root.lower_ in COMING:
            found.append(HedgeMark(Hedge.PREDICTED, root.text))
        elif child.dep_ == "acomp" and child.lower_ in {"likely", "unlikely", "possible"}:
            found.append(HedgeMark(Hedge.SPECULATED, child.text))
        elif child.dep_ == "auxpass" and root.lower_ in ACCUSED and not is_negated(root):
            found.append(HedgeMark(ACCUSED[root.lower_], root.text))
    return find_weakest(found)


PROVING = frozenset({"proved", "proven", "turned"})
HABIT = word_set(
    """
    always often usually sometimes regularly frequently routinely repeatedly typically normally
    occasionally every each daily nightly weekly monthly yearly annually whenever child childhood
    boy girl boyhood youth
    """
)
ABILITY = word_set(
    "see hear feel smell taste speak read write swim walk afford remember understand"
)


def is_fact(root: Token, modal: Token) -> bool:
    """Return True for a habit of the past (“would come every year”) and for what one could do."""
    aspect = any(c.lower_ in {"have", "be"} and c.dep_ in {"aux", "auxpass"} for c in root.lefts)
    if modal.lower_ == "could":
        negated = any(c.dep_ == "neg" for c in root.lefts)
        perfect = any(c.lower_ == "have" and c.dep_ == "aux" for c in root.lefts)
        return (negated and not perfect) or (root.lower_ in ABILITY and not aspect)
    if modal.lower_ != "would":
        return False
    return any(t.lower_ in HABIT for t in root.subtree) and not any(
        c.dep_ == "advcl" and any(m.lower_ == "if" for m in c.lefts) for c in root.children
    )


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
        return verb.doc[child.left_edge.i : child.right_edge.i + 1].text
    return None


def find_polarity(root: Token, words: TokenSpan) -> Polarity:
    """Negated by "not" at its verb, or by "no" in its subject or object."""
    negated = is_negated(root) and any(
        words.has(c.i) for c in root.lefts if c.lower_ in NEGATIONS or c.dep_ == "neg"
    )
    for child in root.children:
        if child.dep_ in {"nsubj", "nsubjpass", "dobj", "attr"} and words.has(child.i):
            negated |= child.lower_ in NO or any(c.lower_ in NO for c in child.lefts)
    return Polarity.NEGATED if negated else Polarity.AFFIRMED
