"""In which poll an answer was given: the one that the document names."""

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple

from workflows.claims import Attribution, FoundClaim, Reference
from workflows.extraction.setting.put_in import put_in
from workflows.extraction.text.lexicon import word_set

KIND = r"(?:[Ss]urveys?|[Pp]olls?|questionnaires?|referendums?)"
NAME = r"[A-Z][\w&’'/-]*(?:\s(?:of\s(?:the\s)?|and\s|for\s)?[A-Z][\w&’'/-]*){0,5}"
MADE = (
    r"(?:\s(?:conducted|released|published|commissioned|taken|done|carried\sout)"
    r"(?:\s(?:on\s)?[A-Z][a-z]+day)?)?"
)
SURVEY = re.compile(
    rf"\b(?P<kind>{KIND}(?:{MADE}\s(?:by|from)\s(?:the\s)?(?P<by>{NAME})"
    rf"|\s(?:that\s(?:the\s)?(?:[a-z]+\s)?|the\s)?(?P<of>{NAME})\s(?:put\sout|released|published|conducted|took))?)\b"
    r"(?!\s(?:station|tax|worker|data|numbers))"
)
MAKING = re.compile(
    rf"(?P<by>(?:[Tt]he\s)?{NAME})\s(?:(?:on\s)?[A-Z][a-z]+day\s|today\s|recently\s|also\s)?"
    r"(?:released|published|conducted|commissioned|took|did|put\sout)\s"
    r"(?:an?|its|the|another)\s(?:[a-z-]+\s){0,2}$"
)
"""“Olden University released a new …”: who made the poll that is told of then."""
ASKED_OF = re.compile(
    r"\sof\s(?:(?:about|nearly|some|more\sthan)\s)?\d[\d,]*\s(?:[a-z]+\s){0,2}?"
    r"(?:people|men|women|[a-z]+s)\b"
)
"""“A poll of 900 nurses”."""
COMPARED = re.compile(
    r"\b(?:those\sof|than|earlier|previous|unlike|compared\s(?:with|to)|similar\sto|last\s\w+)"
    r"\s(?:an?\s|the\s|in\s)?(?:[\w’']+\s){0,2}$"
)
"""Before another poll with which one is compared."""
LEAD = re.compile(r"(?:[\w’'/&-]+\s){1,7}$")
LEAD_CHARS = 90
MAKER_CHARS = 160
WORD = re.compile(r"\S+")
POSSESSIVE = ("'s", "’s")
KNOWN = re.compile(rf"\b{KIND}\b", re.IGNORECASE)
NOT_NAMING = word_set(
    """
    a an the this that these those to in of by from and or new latest recent first second third last
    most such same next when while since according another one other previous earlier is was were
    are his her its their our online but yet so if though although as then
    """
)
"""What stands before the name of a poll, and is no part of it: “according to a new …”."""
NEW_PLACES = frozenset({"York", "Jersey", "Hampshire", "Mexico", "Orleans", "England", "Zealand"})
LINKING = frozenset({"of", "and", "for", "the"})
MOST_KINDS = 2
"""Common nouns that tell of which kind a poll is: “a village survey”, “exit polls”."""
SHARE = (
    r"(?:(?:[Aa]bout|[Aa]round|[Oo]nly|[Jj]ust|[Aa]nother|[Nn]early|[Aa]lmost|[Rr]oughly|[Ss]ome"
    r"|[Oo]ver|(?:[Mm]ore|[Ll]ess|[Ff]ewer)\sthan|[Aa]t\s(?:least|most)|[Uu]p\sto)\s)?"
    r"(?:\d[\d.]*\s?|(?:[Tt]wenty|[Tt]hirty|[Ff]orty|[Ff]ifty|[Ss]ixty|[Ss]eventy|[Ee]ighty|[Nn]inety"
    r"|[A-Za-z]{3,9}teen|[Oo]ne|[Tt]wo|[Tt]hree|[Ff]our|[Ff]ive|[Ss]ix|[Ss]even|[Ee]ight|[Nn]ine"
    r"|[Tt]en|[Ee]leven|[Tt]welve)(?:[\s-][a-z]{3,5})?\s)(?:%|per[\s-]?cent\b)"
)
BARE = re.compile(
    rf"(?P<share>{SHARE})(?=\s(?!of\b|in\b|increase|decrease|rise|drop|fall|growth|more\b|less\b)[a-z])"
)
"""“Nine percent said …”: a reader asks of whom."""
LOOSE = re.compile(
    r"(?:%|\bper[\s-]?cent\b)(?:\ssupport\b)?(?=$|[,;.]|\s(?:and|to|while|but|with|in\sthe|among)\b)"
)
"""“Comes in at 9 percent”: in what tells of a poll, an answer to it."""
CHANGED = re.compile(
    r"\b(?:rose|fell|grew|gained|lost|dropped|slipped|increased?|decreased?|climbed|margin\sof\serror"
    r"|points?|tax|rates?|prices?|turnout|[$€£])\b"
)
ANSWERS = re.compile(
    r"\b(?:of\sthe\svotes?|most\svotes|[Rr]espondents|of\sthose\s(?:asked|surveyed|polled))\b"
    r"|\b(?:received|got|drew)\s\d[\d.]*\s?(?:%|per[\s-]?cent\b)"
    r"|(?:%|\bper[\s-]?cent\b)\s(?:(?:of|among)\s(?:(?:all|the|likely|registered|young|older)\s)?"
    r"(?:\w+\s)?"
    r"(?:voters|adults|women|men|people|parents|pupils|students|teachers|workers|customers|employers"
    r"|households|companies|Republicans|Democrats|independents|Americans|Britons|them|those)\s)"
    r"|(?:%|\bper[\s-]?cent\b)\s(?:said|say|think|thought|believed?|favou?r(?:ed)?|support(?:ed)?"
    r"|back(?:ed)?|opposed?|approved?|disapproved?|prefer(?:red)?|agreed?|disagreed?|plan(?:ned)?"
    r"|want(?:ed)?|were\sunsure|are\s(?:unsure|undecided|satisfied|dissatisfied|worried))\b"
    r"|\b(?:leads?|led|trails?|trailed|tied|ahead|behind)\b.{0,60}?"
    r"(?:%|\b(?:per[\s-]?cent|(?:percentage\s)?points?)\b)"
)
"""Answers to a survey: a reader asks to which."""
OUTCOME = re.compile(r"(?:The\s)?(?:results|findings|margin\sof\serror)\b(?!\sof\b)")
"""“The results were within …”: a reader asks of what."""
VOTES = re.compile(r"\bvotes?\b")
ELECTION = re.compile(r"\b(?:elections?|primar(?:y|ies)|caucus(?:es)?|ballots?|runoff)\b")
"""Where votes may be other than answers."""
ASKED = re.compile(r"\basked\b[^.?!]{0,80}[.?!]\s*$")
"""“They were asked to pick the loser.” What follows means little without it."""
EARLIER = re.compile(
    r"\b(?:that\stime|at\sthe\stime|earlier|previous(?:ly)?|(?:up|down)\sfrom|last\s(?:year|month|week)"
    r"|in\s(?:18|19|20)\d\d)\b"
)
"""Words by which an answer is of another poll than the one told of."""
REST = re.compile(r"(?:No\sother|None|Others|The\s(?:others|rest))\b")
"""“No other candidate tops 7 percent”: of those told of just before, whatever a poll finds else."""
RESULTS = frozenset({"results", "the results", "findings", "the findings"})
NEAR_CHARS = 420
OPENING_CHARS = 700
"""Within which a poll is named that all of a text is about."""


class Survey(NamedTuple):
    """A poll as it is named, who made it, and where it stands in the text."""

    words: str
    by: str | None
    start: int
    end: int


def find_surveys(text: str) -> list[Survey]:
    """Return the polls that a text names, in order, with who made each where that is told."""
    found: list[Survey] = []
    for match in SURVEY.finditer(text):
        begin = max(0, match.start() - LEAD_CHARS)
        lead = LEAD.search(text, begin, match.start())
        before = [*WORD.finditer(text, lead.start() if lead else match.start(), match.start())]
        kinds, names = _split_name([word[0] for word in before])
        told = match["by"] or match["of"]
        opened = before[-1 - kinds - names][0] if names and len(before) > kinds + names else ""
        whole = opened.islower() or opened in {"The", "A", "An"}
        if match["kind"][0].isupper() and not (told or whole):
            continue  # a headline's, not “the Carrow Poll”
        called = before[len(before) - kinds - names :]
        start = called[0].start() if called else match.start()
        before_it = text[max(0, start - MAKER_CHARS) : start]
        if COMPARED.search(before_it):
            continue
        own = " ".join(word[0] for word in called[:names])
        by, words = told or own or None, text[start : match.end()]
        if by is None and (made := MAKING.search(before_it)) is not None:
            by = made["by"].removeprefix("The ")
            words = f"{words} by {'the ' * (by != made['by'])}{by}"
        end = match.end()
        if by is None and (asked := ASKED_OF.match(text, end)) is not None:
            words, end = f"{words}{asked[0]}", asked.end()
        found.append(Survey(words, by, start, end))
    return found


def _split_name(words: Sequence[str]) -> tuple[int, int]:
    """Return how many words at the end tell the kind of a poll, and how many before them a name."""
    kinds = 0
    while kinds < min(MOST_KINDS, len(words)):
        word = words[-1 - kinds]
        if not word[0].islower() or word.lower() in NOT_NAMING or word.endswith(POSSESSIVE):
            break
        kinds += 1
    names, after = 0, ""
    for count, word in enumerate(reversed(words[: len(words) - kinds]), 1):
        if word[0].isupper() and (word.lower() not in NOT_NAMING or _is_new(word, after)):
            names = count
        elif word not in LINKING:
            break
        after = word
    return (kinds, names) if names or kinds == len(words) or _ends(words, kinds) else (0, 0)


def _is_new(word: str, after: str) -> bool:
    """Return True for the “New” of a place: “a New York Times poll”."""
    return word == "New" and after.partition("/")[0] in NEW_PLACES


def _ends(words: Sequence[str], kinds: int) -> bool:
    """Return True if an article or the like stands before the kind: else it is a clause's."""
    return words[-1 - kinds].lower() in NOT_NAMING


FINDING = re.compile(
    r"(?<![\w,;:’)]\s)\b(?P<by>[A-Z][\w&’-]{1,40}(?:\s[A-Z][\w&’-]{1,40}){0,3})\s(?:also\s)?"
    r"(?P<cue>found|finds|polled|surveyed)\b"
)
"""“PPP found that”: whose poll it is, without the word."""


def place_survey(survey: Survey, region: str | None) -> Survey:
    """Return a poll with the state that all of its document tells of: “the Roe poll in Ohio”."""
    if region is None or survey.by is None or region in survey.words:
        return survey
    return survey._replace(words=f"{survey.words} in {region}")


def name_survey(claim: FoundClaim, surveys: Sequence[Survey], text: str) -> FoundClaim:
    """Return a claim of votes or answers with the poll that they are of, if it names none."""
    survey = choose_survey(surveys, claim, text) if _is_answer(claim, surveys) else None
    before = text[max(0, claim.quote_start - NEAR_CHARS) : claim.quote_start]
    voted = VOTES.search(claim.words) and ELECTION.search(before + claim.words)
    if survey is None or voted:
        return claim
    links = tuple(_name_results(link, survey) for link in claim.attribution)
    asked = ASKED.search(before) is not None
    claim = replace(claim, attribution=links, needs_words=claim.needs_words or asked)
    if (outcome := OUTCOME.match(claim.words)) is not None:
        return _put(claim, outcome.end(), "of the ", survey)
    bare = BARE.match(claim.words)
    at = bare.end("share") if bare is not None else len(claim.words)
    return _put(claim, at, "in the ", survey)  # of whom it is a share may be told anywhere


def _is_answer(claim: FoundClaim, surveys: Sequence[Survey]) -> bool:
    """Return True if a reader would ask in which poll, which neither claim nor source tells."""
    named = KNOWN.search(claim.words) or EARLIER.search(claim.words) or REST.match(claim.words)
    if named or any(_names_survey(link) for link in claim.attribution):
        return False
    patterns = (BARE.match, OUTCOME.match, ANSWERS.search)
    if any(find(claim.words) is not None for find in patterns):
        return True
    polled = any(survey.by is not None and survey.start < OPENING_CHARS for survey in surveys)
    return polled and LOOSE.search(claim.words) is not None and not CHANGED.search(claim.words)


def _names_survey(link: Attribution) -> bool:
    """Return True for “a Norlink poll” as a source; not for “the poll”."""
    source = link.resolved or link.source or ""
    return KNOWN.search(source) is not None and re.search(r"[A-Z]", source[1:]) is not None


def _name_results(link: Attribution, survey: Survey) -> Attribution:
    """Return “results” as a source with the poll that they are of."""
    if link.source is None or link.source.lower() not in RESULTS:
        return link
    return replace(link, resolved=f"{link.source.lower()} of the {survey.words}")


def choose_survey(surveys: Sequence[Survey], claim: FoundClaim, text: str) -> Survey | None:
    """Return the poll that answers are of: the one of its paragraph, else the one of its text.

    That is the only one so far, or the one that the text begins with if no other is near.
    """
    end = claim.quote_start + len(claim.quote)
    before = [survey for survey in surveys if survey.end <= end]
    near = [survey for survey in before if survey.start >= claim.quote_start - NEAR_CHARS]
    beside = [each for each in near if "\n" not in text[each.end : claim.quote_start]]
    leading = [each for each in before if each.start < OPENING_CHARS]
    leading = [*_list_makers(leading)[:1], *near]
    if last := _list_makers(beside)[-1:]:
        return last[0]
    if finder := find_finder(claim, text):
        return next((each for each in before if _is_by(each, finder["by"])), None)
    for told in (before, leading):
        made = _list_makers(told)
        fullest = max(made, key=lambda survey: len(survey.by or ""), default=None)
        if fullest is not None and all((each.by or "") in (fullest.by or "") for each in made):
            return fullest
    kinds = {survey.words.lower() for survey in near if " " in survey.words}
    named = _list_makers(near) or len(kinds) != 1
    return None if named or " " not in near[-1].words else near[-1]


def find_finder(claim: FoundClaim, text: str) -> re.Match[str] | None:
    """Return the PPP of “PPP found that …” in the paragraph of a claim, up to its end."""
    start = max(text.rfind("\n", 0, claim.quote_start), 0)
    found = list(FINDING.finditer(text, start, claim.quote_start + len(claim.quote)))
    return found[-1] if found else None


def _is_by(survey: Survey, name: str) -> bool:
    """Return True if a poll is of a firm by its name or its first letters."""
    words = [word for word in re.split(r"[\s-]+", survey.by or "") if word[:1].isupper()]
    initials = "".join(word[0] for word in words)
    return name in (survey.by or "") or (name.isupper() and initials.endswith(name))


def _list_makers(surveys: Sequence[Survey]) -> list[Survey]:
    return [survey for survey in surveys if survey.by is not None]


def _put(claim: FoundClaim, at: int, lead: str, survey: Survey) -> FoundClaim:
    words = f"{lead}{survey.words}"
    told = Reference("", claim.start, claim.start, survey.start, survey.end, words)
    return put_in(claim, at, f" [{words}]", told)
