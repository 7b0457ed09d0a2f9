"""Why a document holds no claim: a value that any face can put into words."""

import re
from enum import StrEnum

WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
LINK = re.compile(r"(?:https?://|www\.)\S+|\b[\w-]+(?:\.[\w-]+)+/\S*")
ITEM = re.compile(r"\s*(?:[-*•·–—>|#]|\(?\d{1,3}[.)]\s|[a-zA-Z][.)]\s)")
STOPPED = re.compile(r"""[.!?…]["'”’)\]]*$""")
COMMON = frozenset(
    [
        *["the", "of", "and", "to", "in", "is", "was", "for", "on", "with", "as", "by", "at"],
        *["from", "are", "were", "has", "have", "had", "not", "be", "been", "it", "its", "he"],
        *["she", "they", "this", "that", "a", "an", "you", "we", "i", "will", "said", "or"],
    ]
)
FEWEST_WORDS = 3
FOREIGN_FROM = 6
"""Words from which a text without a common English one is taken for another language."""
MOSTLY = 0.7
"""The share of lines that must be items or questions for a text to be a list or questions."""
SHORT_LINE = 8
"""Words of a line that ends without a stop, as a list's do."""


class NoClaims(StrEnum):
    """Why nothing was found."""

    EMPTY = "empty"
    LINK = "link"
    FOREIGN = "foreign"
    QUESTIONS = "questions"
    LIST = "list"
    OTHER = "other"


SENTENCES = {
    NoClaims.EMPTY: "No claim was found in {name}: it holds hardly any words.",
    NoClaims.LINK: "No claim was found in {name}: it is only a link. Give its address or its text.",
    NoClaims.FOREIGN: "No claim was found in {name}: it does not seem to be in English.",
    NoClaims.QUESTIONS: "No claim was found in {name}: it only asks questions.",
    NoClaims.LIST: "No claim was found in {name}: it is a list, without whole sentences.",
    NoClaims.OTHER: "No claim was found in {name}: no sentence of it says what could be checked.",
}


def explain_absence(text: str) -> NoClaims:
    """Return why a text in which no claim was found holds none."""
    bare = LINK.sub(" ", text)
    words = WORD.findall(bare)
    lines = [line.strip() for line in bare.splitlines() if WORD.search(line)]
    items = sum(_is_item(line) for line in lines)
    listed = items > 1 and items >= MOSTLY * len(lines)
    if len(words) < FEWEST_WORDS and not listed:
        return NoClaims.LINK if LINK.search(text) else NoClaims.EMPTY
    if len(words) >= FOREIGN_FROM and not COMMON & {word.lower() for word in words}:
        latin = sum(word.isascii() for word in words) > len(words) * MOSTLY
        if not latin or len(lines) < FEWEST_WORDS:
            return NoClaims.FOREIGN
    sentences = [s for line in lines for s in re.split(r"(?<=[.!?])\s+", line)]
    if sum(s.rstrip("\"'”’)").endswith("?") for s in sentences) >= MOSTLY * len(sentences):
        return NoClaims.QUESTIONS
    return NoClaims.LIST if listed else NoClaims.OTHER


def _is_item(line: str) -> bool:
    short = len(WORD.findall(line)) <= SHORT_LINE and not STOPPED.search(line)
    return short or ITEM.match(line) is not None
