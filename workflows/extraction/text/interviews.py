"""Interviews: who answers, and whose the answers are where no label tells questions from them."""

import re

from workflows.extraction.text.parts import Part, PartKind
from workflows.extraction.text.plain_text import CharSpan
from workflows.extraction.text.turns import FEWEST_TURNS, FIRST_PERSON, NO_NAME, WORD, Turn

INTERVIEW = re.compile(
    r"[\s#*]*(?:An? )?(?:Interview|INTERVIEW|Q\s?&\s?A|Questions|In conversation|Conversation)"
    r"(?: session)? (?:with|for|WITH) "
    r"(?P<name>(?:the )?[A-Z][\w.’'-]*(?: [\w.’'-]+){0,6}?)(?=\s*[,:;–—\n\r(]|$)"
)
"""The title of an interview, with who answers in it."""
CALLED = re.compile(
    r"\bQ\s?&\s?A\b|\b[Tt]his (?:interview|conversation|Q&A|transcript) (?:has been|was|is)\b"
)
LONGEST_QUESTION_CHARS = 300
QUOTED = re.compile(r"[“”«»\"]")


def find_interviewee(text: str) -> CharSpan | None:
    """Return who answers in a text, if its title says it."""
    match = INTERVIEW.match(text)
    if match is None or {word.lower() for word in WORD.findall(match["name"])} & NO_NAME:
        return None
    return CharSpan(*match.span("name"))


def find_answers(text: str, parts: list[Part]) -> dict[int, Turn]:
    """Return, by the place of its first paragraph, each question and each answer of an interview.

    Without labels it is one where the text calls itself so, and questions that stand alone are
    answered in the first person.
    """
    if INTERVIEW.match(text) is None and CALLED.search(text) is None:
        return {}
    asked = {i for i, part in enumerate(parts) if _is_question(text, part)}
    answered = [i for i in sorted(asked) if i + 1 < len(parts) and i + 1 not in asked]
    spoken = [i for i in answered if _is_spoken(text, parts[i + 1])]
    if not spoken or len(answered) < FEWEST_TURNS:
        return {}
    name = find_interviewee(text)
    found: dict[int, Turn] = {}
    for index in answered:
        label = CharSpan(parts[index].start, parts[index].end)
        found[index] = Turn(label, None, None, anonymous=True)
        speaker = text[slice(*name)] if name is not None else None
        found[index + 1] = Turn(label, name, speaker, anonymous=name is None)
    return found


def _is_question(text: str, part: Part) -> bool:
    body = text[part.start : part.end].rstrip("*_ ")
    return (
        part.kind is PartKind.TEXT
        and body.endswith("?")
        and re.search(r"[.!]\s", body) is None
        and len(body) <= LONGEST_QUESTION_CHARS
        and QUOTED.search(body) is None
    )


def _is_spoken(text: str, part: Part) -> bool:
    body = text[part.start : part.end]
    return (
        part.kind is PartKind.TEXT
        and FIRST_PERSON.search(body) is not None
        and QUOTED.search(body) is None
    )
