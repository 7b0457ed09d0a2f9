"""What a claim is worth as a card: findings and deeds first, scenes, frames and opinions last.

The model judges sentences as they stand in a text, by what debates call check-worthy: figures and
names. On a card what somebody did or found out can be checked, and “a tremendous company” by
nobody. All weights were set by hand; each is added to the logit.
"""

import math
import re
from collections.abc import Sequence
from collections.abc import Set as AbstractSet

from workflows.extraction.check_worthiness.features import CLASSES
from workflows.extraction.check_worthiness.model import CheckWorthiness
from workflows.extraction.claims.news_value import (
    COMMUNICATING,
    CONSEQUENTIAL,
    FEELINGS,
    FINDINGS,
    FRAMES,
    KNOWN_TO_ALL,
    ROUTINE,
    STRICKEN,
    TALKS,
    WITHOUT_EXCEPTION,
)
from workflows.extraction.parse import Token
from workflows.extraction.text.lexicon import word_set
from workflows.extraction.text.syntax import FINITE, find_subject

SHARE = 0.6
"""What the model's logit counts for beside what the card's kind adds."""
LEAST = 0.03
"""Below this the model's check-worthiness is a matter of how little is named."""
CONSEQUENCE = 1.2
FINDING = 0.6
TOTAL = 0.5
TOLD_BY = 0.7
NEGATED = 0.6
WORDY = -0.9
SEVERAL = -0.3
PRAISE = -1.0
AGES = -0.6
OPEN_NOUN = -0.7
OPEN_WORD = -0.5
SCENE = -0.5
FEELING = -1.0
FRAME = -1.0
PERSONAL = -0.5
COUNTED = 0.5
LONG_WORDS = 28
MOST_OPEN = 2
MOST_FINDINGS = 2
MOST_CLAUSES = 2
CHANGING = frozenset({"harm", "enact", "rise", "fall"})
"""Classes of words that tell what changed for somebody."""
PRAISING = word_set(
    """
    tremendous great greatest incredible amazing wonderful fantastic terrific remarkable excellent
    excellence outstanding extraordinary exceptional proud pride legacy grateful thankful blessed
    neighborly neighbourly friendly noble heroic hero heroes courageous brave inspiring visionary
    unfair terrible horrible awful ridiculous shameful foolish stupid nasty sad lecture lectured
    lectures preach preached beautiful magnificent
    """
)
"""Words of praise and blame that nobody can check."""
BODILY = word_set("finger eye eyes hand hands foot feet heart face head mind voice shoulder back")
"""What one puts one’s finger on, or turns one’s back on, is seldom a deed."""
THOSE_WHO = re.compile(r"\b[Tt]hose\s(?=who\b|with\b|in\b|of\b|that\b)")
PUT_IN = re.compile(r"\[[^\]]*\]")
POINTING = word_set(
    "this these those such both there then it he she they them him we us you my our your i me"
)
"""Words that may point out of a claim."""
NARROWING = frozenset({"amod", "compound", "nummod", "prep", "relcl", "acl", "appos", "poss"})
"""What beside a noun tells which one is meant."""
NOUNS = frozenset({"NN", "NNS"})
COMPARING = frozenset({"JJR", "RBR"})
PREDICATES = frozenset({"acomp", "oprd", "attr"})


def weigh_card(
    worth: CheckWorthiness, told: Sequence[Token], root: Token, wording: str, *, said: bool
) -> CheckWorthiness:
    """Return a check-worthiness as a card's, with what was added to it among the reasons.

    `told` are the tokens that the claim is worded from, `root` is its verb, `wording` its words.
    """
    words = [token for token in told if token.is_alpha or token.like_num]
    lower = {token.lower_ for token in words}
    figures = [token for token in words if token.tag_ == "CD"]
    ages = sum(map(_is_age, figures))
    counted = len(figures) > ages
    findings = _count_findings(words, lower)
    added = {
        "consequence": CONSEQUENCE * has_consequence(root),
        "finding": FINDING * findings,
        "without_exception": TOTAL * (not WITHOUT_EXCEPTION.isdisjoint(lower)),
        "told_by": TOLD_BY * said,
        "negated": NEGATED * any(token.dep_ == "neg" for token in words),
        "counted": COUNTED * counted,
        "personal": PERSONAL * _is_of_oneself(root),
        "wordy": WORDY * (len(words) > LONG_WORDS and not counted and not findings),
        "several": SEVERAL * min(MOST_CLAUSES, _count_clauses(words, root)),
        "ages": AGES * (ages > 0 and not counted),
        "praise": PRAISE * (not PRAISING.isdisjoint(lower)),
        "open_noun": OPEN_NOUN * min(MOST_OPEN, _count_open_nouns(words, wording)),
        "open_word": OPEN_WORD * min(MOST_OPEN, _count_open_words(wording)),
        "scene": SCENE * _sets_scene(root, counted=counted),
        "feeling": FEELING * _tells_feeling(root),
        "frame": FRAME * (_is_frame(words, root) + (root.lower_ in TALKS)),
    }
    return add_to(worth._replace(score=max(worth.score, LEAST)), added, share=SHARE)


def add_to(
    worth: CheckWorthiness, added: dict[str, float], *, share: float = 1.0
) -> CheckWorthiness:
    """Return a check-worthiness with something added to its logit, or to a share of it."""
    least = min(max(worth.score, 0.0001), 0.9999)
    logit = share * math.log(least / (1 - least)) + sum(added.values())
    score = round(1 / (1 + math.exp(-logit)), 4)
    reasons = (*worth.reasons, *((name, value) for name, value in added.items() if value))
    strongest = sorted(reasons, key=lambda reason: -abs(reason[1]))[: len(worth.reasons)]
    return CheckWorthiness(score, tuple(strongest))


def has_consequence(root: Token) -> bool:
    """Return True if its verb tells what changes something for somebody: “was shot”, “is dead”."""
    if any(c.lower_ in STRICKEN for c in root.rights if c.dep_ in PREDICATES):
        return True
    verbs = [root, *(c for c in root.rights if c.dep_ in {"xcomp", "conj"})]
    return any(
        verb.lower_ in CONSEQUENTIAL or not CHANGING.isdisjoint(CLASSES.get(verb.lower_, ()))
        for verb in verbs
        if verb.tag_.startswith("VB")
    )


def _count_findings(words: Sequence[Token], lower: AbstractSet[str]) -> int:
    """Return how often a risk, a cause or an effect is told, or how much rarer something is."""
    found = sum(t.lower_ in FINDINGS and not t.tag_.startswith("NNP") for t in words)
    compared = "than" in lower and any(t.tag_ in COMPARING for t in words)
    return min(MOST_FINDINGS, found + compared)


def _is_age(figure: Token) -> bool:
    """Return True for the 21 in “Ann Lee, 21, …” and “a 21-year-old clerk”."""
    around = [figure.nbor(k).lower_ if 0 <= figure.i + k < len(figure.doc) else "" for k in (-1, 1)]
    if around == [",", ","] and figure.is_digit:
        return figure.nbor(-2).tag_ == "NNP" if figure.i > 1 else False
    return figure.head.lower_ in {"old", "aged", "age"} or around[0] in {"aged", "age"}


def _sets_scene(root: Token, *, counted: bool) -> bool:
    """Return True for “walked to the window” and “put her finger on”, where nothing is counted."""
    if counted:
        return False
    bodily = any(c.dep_ == "dobj" and c.lower_ in BODILY for c in root.rights)
    return bodily or root.lower_ in ROUTINE


def _count_clauses(words: Sequence[Token], root: Token) -> int:
    """Return how many clauses beside its own a claim tells."""
    return sum(
        token.tag_ in FINITE and token.i != root.i and token.dep_ in {"conj", "advcl", "relcl"}
        for token in words
    )


def _tells_feeling(root: Token) -> bool:
    """Return True for “was surprised to see”, “is glad that”, “offered his condolences”."""
    return root.lower_ in FEELINGS or any(
        c.lower_ in FEELINGS for c in root.rights if c.dep_ in {"acomp", "attr", "dobj"}
    )


def _is_of_oneself(root: Token) -> bool:
    """Return True for what speakers tell of themselves: “I have been to 57 countries”."""
    subject = find_subject(root)
    return subject is not None and subject.lower_ == "i"


def _is_frame(words: Sequence[Token], root: Token) -> bool:
    """Return True if it tells only that somebody spoke, wrote or published something."""
    if root.lower_ not in COMMUNICATING:
        return root.lower_ in FRAMES
    return not any(c.dep_ == "ccomp" for c in root.rights) or len(words) > LONG_WORDS


def _count_open_nouns(words: Sequence[Token], wording: str) -> int:
    """Return how many of “the meeting”, “the vote” stand there with nothing that says which."""
    plain = PUT_IN.sub("", wording).lower()
    if "the " not in plain:
        return 0
    seen: set[str] = set()
    count = 0
    for token in words:
        noun = token.lower_
        if token.tag_ in NOUNS and noun not in seen and f"the {noun}" in plain:
            count += noun not in KNOWN_TO_ALL and _is_bare(token)
        seen.add(noun)
    return count


def _is_bare(noun: Token) -> bool:
    deps = {c.dep_ for c in noun.children}
    return "det" in deps and NARROWING.isdisjoint(deps) and not noun.ent_type_


def _count_open_words(wording: str) -> int:
    plain = THOSE_WHO.sub("", PUT_IN.sub("", wording))
    return sum(word.lower() in POINTING for word in re.findall(r"\w+", plain))
