"""What a claim is worth as a card: a plain deed before a wordy one, and before an opinion.

The model judges sentences as they stand in a text. On a card a short deed of somebody named can be
checked at once, and “a tremendous company” by nobody. All weights were set by hand.
"""

import math
from collections.abc import Sequence

from spacy.tokens import Token

from workflows.extraction.check_worthiness.features import CLASSES
from workflows.extraction.check_worthiness.model import CheckWorthiness
from workflows.extraction.text.lexicon import VERB_FORMS, word_set
from workflows.extraction.text.syntax import SUBJECTS, find_subject

DEED = 0.9
WORDY = -0.9
JUDGING = -0.7
OPEN_NOUN = -0.5
"""Each is added to the logit."""
SHORT_WORDS = 16
LONG_WORDS = 28
MOST_JUDGING = 2
VOICES = frozenset({"loaded", "stance", "appraisal", "mental"})
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
BEING = frozenset({"be", "is", "are", "was", "were", "been", "has", "have", "had", "become"})
BODILY = word_set("finger eye eyes hand hands foot feet heart face head mind voice shoulder back")
"""What one puts one’s finger on, or turns one’s back on, is seldom a deed."""
OPEN = word_set(
    "the move protest decision plan step event idea meeting debate argument situation result issue"
)


def weigh_card(worth: CheckWorthiness, told: Sequence[Token], root: Token) -> CheckWorthiness:
    """Return a check-worthiness as a card's, with what was added to it among the reasons.

    `told` are the tokens that the claim is worded from, `root` is its verb.
    """
    words = [token for token in told if token.is_alpha or token.like_num]
    counted = any(token.tag_ == "CD" for token in words)
    added = {
        "deed": DEED * _is_deed(words, root),
        "wordy": WORDY * (len(words) > LONG_WORDS and not counted),
        "judging": 0.0 if counted else JUDGING * min(MOST_JUDGING, _count_judging(words)),
        "open_noun": OPEN_NOUN * _is_open(words, root),
    }
    pull = sum(added.values())
    if not pull:
        return worth
    least = min(max(worth.score, 0.0001), 0.9999)
    score = round(1 / (1 + (1 - least) / least * math.exp(-pull)), 4)
    reasons = (*worth.reasons, *((name, value) for name, value in added.items() if value))
    strongest = sorted(reasons, key=lambda reason: -abs(reason[1]))[: len(worth.reasons)]
    return CheckWorthiness(score, tuple(strongest))


def _is_deed(words: Sequence[Token], root: Token) -> bool:
    """Return True for a short clause in which somebody named does something: “Norlink sold it”."""
    subject = find_subject(root)
    if subject is None or len(words) > SHORT_WORDS or root.lower_ in BEING:
        return False
    named = subject.tag_ in {"NNP", "NNPS", "PRP"} and subject.lower_ not in {"i", "you", "we"}
    done = any(c.dep_ in {"dobj", "auxpass"} and c.lower_ not in BODILY for c in root.children)
    talks = root.lower_ in VERB_FORMS or _count_judging(words) > 0
    doubtful = any(c.lower_ in {"may", "might", "could"} for c in root.lefts)
    return named and done and not talks and not doubtful


def _count_judging(words: Sequence[Token]) -> int:
    return sum(
        token.lower_ in PRAISING or not VOICES.isdisjoint(CLASSES.get(token.lower_, ()))
        for token in words
        if token.tag_ not in {"NNP", "NNPS", "MD", "IN"} and token.dep_ not in SUBJECTS
    )


def _is_open(words: Sequence[Token], root: Token) -> bool:
    """Return True if “the move” or “the plan” is the subject, and nothing beside it says which."""
    subject = find_subject(root)
    if subject is None or subject.lower_ not in OPEN:
        return False
    beside = [c for c in subject.children if c.dep_ != "det"]
    return not beside and any(token.i == subject.i for token in words)
