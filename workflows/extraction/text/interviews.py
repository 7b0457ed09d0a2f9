"""Interviews: who answers, and whose the answers are where no label tells questions from them."""

import re

from workflows.extraction.text.parts import Part, PartKind
from workflows.extraction.text.plain_text import CharSpan
from workflows.extraction.text.turns import FEWEST_TURNS, FIRST_PERSON, NO_NAME, WORD, Turn

INTERVIEW = re.compile(
    r"[\s#*]*(?:An? )?(?:Interview|INTERVIEW|Q\s?&\s?A|Questions|In conversation|Conversation)"
    r"(?:(?: session)? (?:with|for|WITH)|:) "
    r"(?P<name>(?:the )?[A-Z][\w.’'-]*(?: [\w.’'-]+){0,6}?)(?=\s*[,:;–—\n\r(]|\son\s|$)"
)
"""The title of an interview, with who answers in it."""
NAMED = r"[A-Z][\w’'-]+(?:\s(?:[A-Z]\.|[A-Z][\w’'-]+)){1,3}"
OFFICE = (
    r"(?:mayor|minister|premier|president|governor|chancellor|senator|director|head|chief|chair"
    r"|chairman|chairwoman|leader|author|founder|owner|coach|manager|commissioner|secretary|judge"
    r"|professor|engineer|doctor|scientist|historian|economist|lawyer|captain|commander|general"
    r"|ambassador|spokesman|spokeswoman|spokesperson|executive|officer|boss|expert|researcher)"
)
OF = r"(?:\s(?:of|at|for)\s[^,;:.!?\n]{2,50}?)?"
HOLDER = rf"(?:[Tt]he\s|[Aa]n?\s)?(?:[\w’'-]+\s){{0,4}}?{OFFICE}{OF}"
PERSON = rf"(?:(?:Mr|Mrs|Ms|Dr|Prof|Sir|Professor|Senator|Mayor|Judge)\.?\s)?{NAMED}"
ASIDE = r"(?:,\s[^.;:!?\n“”\"]{2,90}?,)?"
PAPER = r"(?:the|The)\s(?:[A-Z][\w’'-]*\s?){1,4}"
MEDIUM = (
    rf"(?:us|me|{PAPER}|our\s(?:\w+\s)?"
    r"(?:reporter|correspondent|editor|readers|paper|newspaper)\b)"
)
TALKED = (
    r"(?:talk(?:s|ed)?|spoke|speaks?|sat\sdown|sits\sdown|chats|chatted|spent\san\shour)"
    r"\s(?:to|with)"
)
ASKED = rf"(?:\shas|\shave)?\s?(?:interviewed|asked|questioned|{TALKED})"
INTRODUCED = tuple(
    re.compile(pattern)
    for pattern in (
        rf"(?P<name>{HOLDER}),\s(?P<full>{NAMED}),\s{TALKED}\s",
        rf"(?P<name>{PERSON}),\s{HOLDER}\b[^.;:!?\n“”\"]{{0,80}}?,\s{TALKED}\s",
        rf"(?P<name>{HOLDER}(?:\s{NAMED})?)\s{TALKED}\s",
        rf"(?P<name>{PERSON}){ASIDE}\s(?:{TALKED}|answer(?:s|ed)\squestions\sfrom)\s{MEDIUM}\b",
        rf"(?:[Ww]e|I|[Oo]ur\s\w+|{PAPER}){ASKED}\s(?P<name>{PERSON})",
        rf"(?:interview|conversation|talk)\swith\s(?:us\s)?(?:{HOLDER},?\s)?(?P<name>{PERSON})",
    )
)
"""“The mayor of Olden talks to …”, “We interviewed …”: who answers, as an introduction has it."""
LONGEST_INTRODUCTION_CHARS = 1500
CALLED = re.compile(
    r"\bQ\s?&\s?A\b|\b[Tt]his (?:interview|conversation|Q&A|transcript) (?:has been|was|is)\b"
)
LONGEST_QUESTION_CHARS = 300
QUOTED = re.compile(r"[“”«»\"]")


def find_interviewee(text: str, end: int) -> CharSpan | None:
    """Return who answers in a text, if its title says it, or what stands before `end` does."""
    match = INTERVIEW.match(text)
    if match is not None and not _is_unfit(match["name"]):
        return CharSpan(*match.span("name"))
    found: list[CharSpan] = []
    for pattern in INTRODUCED:
        for match in pattern.finditer(text, 0, min(end, LONGEST_INTRODUCTION_CHARS)):
            group = "full" if "full" in pattern.groupindex else "name"
            if not _is_unfit(match[group]):
                found.append(CharSpan(*match.span(group)))
        if found:
            break
    return found[0] if len({text[slice(*span)] for span in found}) == 1 else None


def _is_unfit(name: str) -> bool:
    return bool({word.lower() for word in WORD.findall(name)} & NO_NAME)


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
    name = find_interviewee(text, parts[answered[0]].start)
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
