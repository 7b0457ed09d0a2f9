"""Statements that are put as questions and answered with yes: he who says yes stands by them."""

import re
from dataclasses import replace

from workflows.extraction.text.parts import Part, PartKind
from workflows.extraction.text.plain_text import CharSpan
from workflows.extraction.text.turns import FIRST_PERSON

YES = (
    r"(?:yes|yeah|yep|correct|exactly|indeed|absolutely|certainly|(?:that|it)(?:['’]s|\sis|\swas)\s"
    r"(?:absolutely\s|quite\s)?(?:correct|right|true|so|the\s(?:value|figure|number|amount|case"
    r"|sum|total|position))|(?:I|we|he|she|they|it)\s(?:did|do|does|was|were|am|is|are|has|have))"
)
AFFIRMED = re.compile(
    rf"{YES}(?:,?\s{YES})?(?:,\s(?:Mr|Mrs|Ms|Dr|Senator|Minister|Chair|sir|madam|ma['’]am)"
    r"[^,.!?]{0,30})?\s*(?:[.!;—–]|,\s(?!but|though|although|except)|$)"
    r"|that\sis\sthe\s(?:value|figure|number|amount|sum|total)\b",
    re.IGNORECASE,
)
ASKED = re.compile(
    r",?\s(?:(?:and\s)?is\sthat\s(?:correct|right|so|true|the\scase)|am\sI\sright|correct|right|yes"
    r"|(?:is|are|was|were|did|does|do|has|have|had)(?:n['’]t)?\s(?:it|he|she|they|you|there)(?:\snot)?)"
    r"\s?\?$",
    re.IGNORECASE,
)
"""What makes a question of a statement: “…, is that correct?”."""
OPENING = re.compile(r"(?:(?:and|so|but|now|well|ok|okay|then)\b,?\s)+", re.IGNORECASE)
TURNED = re.compile(
    r"(?:is|are|was|were|am|do|does|did|has|have|had|will|would|can|could|should|shall|may|might|must"
    r"|who|whom|whose|what|which|when|where|why|how|is(?=n['’]t)|(?:do|does|did)(?=n['’]t)|if|in\swhat"
    r"|for\s(?:what|how)|at\swhat|any|not)\b",
    re.IGNORECASE,
)
"""What a real question begins with."""
FIGURE = re.compile(
    r"\d|\b(?:two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|twenty|thirty|forty|fifty"
    r"|sixty|seventy|eighty|ninety|hundred|thousand|million|billion|dozen|half|twice|third)\b",
    re.IGNORECASE,
)
SENTENCE_END = re.compile(r"[.!?]['\"”’)]*\s+(?=[A-Z“\"\d])")
ABBREVIATED = re.compile(r"\b(?:Mr|Mrs|Ms|Dr|St|No|Sen|Rep|Gov|Gen|[A-Z])\.\Z")
LONGEST_QUESTION_CHARS = 600


def split_confirmed(text: str, parts: list[Part]) -> list[Part]:
    """Return the parts, each question that was said yes to as a part of the turn that did."""
    found: list[Part] = []
    for index, part in enumerate(parts):
        answer = _find_answer(parts, index)
        question = _read_question(text, part) if answer is not None else None
        if answer is None or question is None or not AFFIRMED.match(text, answer.start, answer.end):
            found.append(part)
            continue
        before, statement = question
        if before > part.start:
            found.append(replace(part, end=before))
        turn = replace(answer.turn, confirms=True) if answer.turn is not None else None
        found.append(replace(part, start=statement.start, end=statement.end, turn=turn))
    return found


def _find_answer(parts: list[Part], index: int) -> Part | None:
    """Return what another says right behind a part."""
    part = parts[index]
    for other in parts[index + 1 :]:
        if other.kind in {PartKind.LABEL, PartKind.DIRECTION}:
            continue
        spoken = other.kind is PartKind.TEXT and other.turn is not None
        return other if spoken and other.turn != part.turn else None
    return None


def _read_question(text: str, part: Part) -> tuple[int, CharSpan] | None:
    """Return where the last sentence of a part begins, and it bare of what makes it a question."""
    if part.kind is not PartKind.TEXT or part.turn is None or text[part.end - 1] != "?":
        return None
    start = max(part.start, part.end - LONGEST_QUESTION_CHARS)
    begun = part.start
    for match in SENTENCE_END.finditer(text, start, part.end):
        if not ABBREVIATED.search(text, start, match.start() + 1):
            begun = match.end()
    opening = OPENING.match(text, begun, part.end)
    first = opening.end() if opening is not None else begun
    tag = ASKED.search(text, first, part.end)
    end = tag.start() if tag is not None else part.end - 1
    if TURNED.match(text, first, end) or FIRST_PERSON.search(text, first, end):
        return None
    if tag is None and FIGURE.search(text, first, end) is None:
        return None
    return (begun, CharSpan(first, end)) if end > first else None
