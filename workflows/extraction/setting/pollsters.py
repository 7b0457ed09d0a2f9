"""Whose poll a share of answers comes from: that poll is its source."""

import re
from collections.abc import Sequence
from dataclasses import replace

from workflows.claims import Attribution, FoundClaim, Hedge
from workflows.extraction.setting.surveys import (
    CHANGED,
    OPENING_CHARS,
    Survey,
    choose_survey,
    find_finder,
)

SHARE = re.compile(
    r"(?:\d|\b[A-Za-z-]+)\s?(?:%|\bper[\s-]?cent\b|\b(?:percentage\s)?points?\b)|\b\d\d?-\d\d?\b"
    r"|\b(?:majority|plurality|half|thirds?|quarters?|in\s(?:ten|10))\sof\b|\bin\s(?:ten|10)\b",
    re.IGNORECASE,
)
ANSWERED = re.compile(
    r"\b(?:voters|respondents|adults|(?:those\s)?(?:surveyed|polled|asked)|say|said|think|believes?d?"
    r"|would\s(?:choose|vote|back|support)|support(?:s|ed|ers?)?|favou?r(?:s|ed)?|backs?|backed"
    r"|backing|(?:dis)?approv(?:e|es|ed|al)|prefer(?:s|red)?|chose|choose|undecided|unsure|rated"
    r"|ratings?|leads?|led|trails?|trailed|leading|trailing|tied|ahead|margin|edge|advantage"
    r"|(?:un)?favou?rab(?:le|ly|ility)|views?|viewed|(?:dis)?agreed?|(?:dis|mis)?trust(?:s|ed)?"
    r"|opposed?)\b",
    re.IGNORECASE,
)
NOT_ASKED = re.compile(
    r"\b(?:turnout|ballots?|precincts|counted|shares|caucus(?:es)?|runoff|unemployment|jobless"
    r"|earnings|wages|tax(?:es)?|tariffs?|budget|prices|(?:the|popular)\svote)\b"
    r"|[$€£]|\b(?:elected|defeated)\b|\bmargin\sof\s(?:\w+\s)?error\s(?!of)\w"
    r"|\bof\s(?:[\w’']+\s){1,3}(?:electorate|population)\b"
    r"|\b(?:won|lost|got|beat)\b.*\b(?:19|20)\d\d\b|\b(?:19|20)\d\d\b.*\b(?:won|lost|got|beat)\b",
    re.IGNORECASE,
)
"""Where votes or money were counted, and nobody was asked."""
OUTCOME = re.compile(
    r"\b(?:won|lost)\s(?:the\s|his\s|her\s)?(?:[a-z]+\s)?(?:election|primary|race|presidency|office)\b"
)
"""What no poll tells."""
OF_WHAT = re.compile(r"(?:%|\bper\s?cent\b)\sof\s(?:the|his|her|its|their)\b")
"""“60 percent of its money”: not of those asked, unless an answer is told."""
ITSELF = re.compile(
    r"\[?(?:The|A|An|This)\s(?:[\w/&’.-]+\s){0,6}(?:poll|survey)\b|.*\b(?:surveyed\s\d|was\sconducted)",
    re.IGNORECASE,
)
"""“The poll surveyed 900 adults”: the poll is told of."""
ALONE = re.compile(
    r"(?:the|an?|this|that|its)\s(?:[a-z]+\s){0,3}(?:poll|survey)(?:\sof\s[a-z\s]+)?", re.IGNORECASE
)
"""A poll told without who made it."""
MANY = re.compile(r"\b(?:polls|surveys)\b", re.IGNORECASE)
OTHERS = re.compile(r"\b(?:national|recent|other|most|public|state)\s(?:polls|surveys)\b")
POLL = re.compile(r"\b(?:poll|survey)s?\b", re.IGNORECASE)
ASKED = re.compile(
    r"(?:(?:most|many|some|the|likely|registered|all|other)\s){0,3}"
    r"(?:respondents|voters|(?:those|voters|adults|people)\s(?:who\swere\s)?(?:surveyed|polled|questioned|asked))",
    re.IGNORECASE,
)
COUNTED = re.compile(
    rf"(?:an\saverage\sof\s)?(?:{SHARE.pattern})(?:\s(?:of|among)\s[\w\s-]+)?", re.IGNORECASE
)
"""“14 percent” as who says it: the poll does."""
WITHIN = re.compile(r"\b[Ii]n\s(?:[\w’'-]+\s){0,5}$")
"""“In a Norlink poll, 9 percent …”: before its name."""


def name_pollster(claim: FoundClaim, text: str, surveys: Sequence[Survey]) -> FoundClaim:
    """Return a claim of a poll's figures with that poll as its source.

    A source that is only "a new poll", or those who were asked, is told with whose poll it is.
    """
    if claim.attribution:
        return _tell_answer(_name_source(_drop_alone(claim), text, surveys))
    finder = find_finder(claim, text)
    if finder is not None and _is_answer(claim):
        return replace(
            claim,
            attribution=(_build_finder(text, finder),),
            hedge=Hedge.REPORTED if claim.hedge is Hedge.ASSERTED else claim.hedge,
        )
    survey = _find(claim, text, surveys)
    if survey is None or not _is_found_by(claim, survey, text):
        return claim
    told = replace(
        claim,
        attribution=(_build_link(text, survey),),
        hedge=Hedge.REPORTED if claim.hedge is Hedge.ASSERTED else claim.hedge,
    )
    return _tell_answer(told)


def _drop_alone(claim: FoundClaim) -> FoundClaim:
    """Return a claim of “A new survey finds …, according to a Norlink poll” with the second."""
    written = [link.resolved or link.source or "" for link in claim.attribution]
    bare = [ALONE.fullmatch(name) is not None and name[1:].islower() for name in written]
    named = any(POLL.search(name) for name, alone in zip(written, bare, strict=True) if not alone)
    if not (named and any(bare)):
        return claim
    told = zip(claim.attribution, bare, strict=True)
    return replace(claim, attribution=tuple(link for link, alone in told if not alone))


def _is_answer(claim: FoundClaim) -> bool:
    asked = SHARE.search(claim.words) and ANSWERED.search(claim.words)
    other = NOT_ASKED.search(claim.quote) or OTHERS.search(claim.words)
    return bool(asked) and not other and ITSELF.match(claim.words) is None


def _build_finder(text: str, finder: re.Match[str]) -> Attribution:
    (start, end), (cue_start, cue_end) = finder.span("by"), finder.span("cue")
    return Attribution(
        source=text[start:end],
        start=start,
        end=end,
        cue=text[cue_start:cue_end],
        cue_start=cue_start,
        cue_end=cue_end,
        anonymous=False,
        date=None,
        hedge=Hedge.REPORTED,
        resolved=None,
    )


def _tell_answer(claim: FoundClaim) -> FoundClaim:
    """Return a claim of what “45 percent would” do as an answer that was given, and no forecast."""
    if not claim.attribution:
        return claim
    link, *others = claim.attribution
    polled = POLL.search(link.resolved or link.source or "") is not None
    would = claim.hedge is Hedge.PREDICTED and claim.hedge_cue == "would"
    if others or not polled or not would or SHARE.search(claim.words) is None:
        return claim
    links = (replace(link, hedge=Hedge.REPORTED),)
    return replace(claim, attribution=links, hedge=Hedge.REPORTED, hedge_cue=None)


def _find(claim: FoundClaim, text: str, surveys: Sequence[Survey]) -> Survey | None:
    """Return the poll that was put into a claim's words, else the one it is told of."""
    told = {(r.from_start, r.from_end) for r in claim.references if not r.text}
    own = next((survey for survey in surveys if (survey.start, survey.end) in told), None)
    survey = own or choose_survey(surveys, claim, text)
    if survey is None or (MANY.search(survey.words) and " by " not in survey.words):
        return None
    return survey


def _is_found_by(claim: FoundClaim, survey: Survey, text: str) -> bool:
    """Return True if a claim tells what those asked in a poll answered."""
    if SHARE.search(claim.words) is None or NOT_ASKED.search(claim.quote):
        return False
    if survey.start < claim.start and OTHERS.search(claim.words) is not None:
        return False  # “in an average of recent polls”
    if survey.start >= claim.start:
        return WITHIN.search(text[claim.start : survey.start]) is not None
    if ITSELF.match(claim.words) is not None:
        return False
    if ANSWERED.search(claim.words) is not None:
        return True
    other = CHANGED.search(claim.words) or OF_WHAT.search(claim.words)
    counted = any(letter.isdigit() for letter in claim.words)
    return survey.start < OPENING_CHARS and counted and other is None


def _build_link(text: str, survey: Survey) -> Attribution:
    source = text[survey.start : survey.end]
    cue = POLL.search(text, survey.start, survey.end)
    return Attribution(
        source=source,
        start=survey.start,
        end=survey.end,
        cue=cue[0] if cue is not None else None,
        cue_start=cue.start() if cue is not None else None,
        cue_end=cue.end() if cue is not None else None,
        anonymous=False,
        date=None,
        hedge=Hedge.REPORTED,
        resolved=_name(survey),
    )


def _name(survey: Survey) -> str:
    first = survey.words.split()[0].lower()
    return survey.words if first in {"polls", "surveys"} else f"the {survey.words}"


def _name_source(claim: FoundClaim, text: str, surveys: Sequence[Survey]) -> FoundClaim:
    link, *others = claim.attribution
    written = link.resolved or link.source or ""
    if not others and POLL.search(written) and _is_outcome(claim):
        hedge = Hedge.ASSERTED if claim.hedge is Hedge.REPORTED else claim.hedge
        return replace(claim, attribution=(), hedge=hedge, hedge_cue=None)
    alone, asked = ALONE.fullmatch(written), ASKED.fullmatch(written)
    counted = COUNTED.fullmatch(written)
    if not (alone or asked or counted):
        return claim
    survey = _find(claim, text, surveys) or (_find_only(surveys) if alone else None)
    if survey is None:
        return claim
    name = f"{written} in {_name(survey)}" if asked else _name(survey)
    return replace(claim, attribution=(replace(link, resolved=name), *others))


def _find_only(surveys: Sequence[Survey]) -> Survey | None:
    """Return the poll of a text that tells of one: “a new poll” may be named behind its figures."""
    made = [survey for survey in surveys if survey.by is not None]
    return made[0] if len({survey.by for survey in made}) == 1 else None


def _is_outcome(claim: FoundClaim) -> bool:
    """Return True for “but still lost the election”, which no poll tells."""
    return OUTCOME.search(claim.words) is not None and SHARE.search(claim.words) is None
