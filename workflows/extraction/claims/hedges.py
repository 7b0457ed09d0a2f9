"""How firmly a statement is put, and whether it is affirmed or negated, with the words for it."""

from collections.abc import Iterable
from typing import NamedTuple

from spacy.tokens import Doc, Token

from workflows.claims import Hedge, Polarity
from workflows.extraction.text.lexicon import SEEMING, UNSURE_FORMS, word_set
from workflows.extraction.text.spans import TokenSpan
from workflows.extraction.text.syntax import NEGATIONS, SAID, is_negated

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
UNTRUE = word_set(
    """
    false untrue wrong incorrect baseless unfounded groundless fabricated fake bogus nonsense lie
    lies
    """
)
TRUE = word_set("true correct accurate right")
ACCUSED = "accused"
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
        if child.tag_ == "MD" and child.lower_ in MODALS:
            found.append(HedgeMark(MODALS[child.lower_], child.text))
        elif child.tag_ == "TO" and root.tag_ == "VB" and root.dep_ == "ROOT":
            found.append(HedgeMark(Hedge.PREDICTED, child.text))  # “Nordbank to close …”
        elif child.dep_ == "advmod" and child.lower_ in ADVERBS:
            found.append(HedgeMark(ADVERBS[child.lower_], child.text))
        elif child.dep_ in {"xcomp", "oprd"} and root.lower_ in COMING:
            found.append(HedgeMark(Hedge.PREDICTED, root.text))
        elif child.dep_ == "acomp" and child.lower_ in {"likely", "unlikely", "possible"}:
            found.append(HedgeMark(Hedge.SPECULATED, child.text))
        elif child.dep_ == "auxpass" and root.lower_ == ACCUSED and not is_negated(root):
            found.append(HedgeMark(Hedge.ALLEGED, root.text))
    return find_weakest(found)


def find_in_cue(doc: Doc, cue: TokenSpan, hedge: Hedge) -> HedgeMark:
    """A link's hedge: its cue's, unless the cue is denied or its noun is called unconfirmed."""
    word = doc[cue.start]
    text = cue.text(doc)
    if word.lower_ in UNSURE_FORMS and is_negated(word):
        return HedgeMark(Hedge.UNCONFIRMED, text)
    opened = next((c for c in word.lefts if c.lower_ in OPEN), None)
    if opened is not None:
        return HedgeMark(Hedge.UNCONFIRMED, f"{opened.text} {text}")
    untrue = _find_called_untrue(word)
    if untrue is not None:
        return HedgeMark(Hedge.DENIED, f"{text} {untrue}")
    return HedgeMark(hedge, text)


def _find_called_untrue(noun: Token) -> str | None:
    """“Reports that … are false”: the word by which what a noun tells is denied."""
    verb = noun.head
    if noun.dep_ not in {"nsubj", "nsubjpass"}:
        return None
    for child in verb.rights:
        if child.dep_ in {"acomp", "attr", "oprd"} and child.lower_ in UNTRUE:
            return child.text
        if child.dep_ == "acomp" and child.lower_ in TRUE and is_negated(verb):
            return f"not {child.text}"
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


def find_left_open(tokens: Iterable[Token]) -> list[Token]:
    """The verbs among some tokens by which something before them is left unconfirmed."""
    return [
        token
        for token in tokens
        if token.lower_ in UNSURE_FORMS
        and token.tag_.startswith("VB")
        and is_negated(token)
        and _is_looking_back(token)
    ]


BACK = frozenset({"it", "them", "this", "that", "these", "those", "which"})


def _is_looking_back(verb: Token) -> bool:
    for child in verb.children:
        if child.dep_ in {"dobj", "nsubjpass"}:
            return child.lower_ in BACK or child.lower_ in SAID
    return False
