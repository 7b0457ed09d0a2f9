"""Of which crash or shooting a claim tells: the one that its document reports on."""

import re
from collections.abc import Iterable
from dataclasses import replace

from workflows.claims import FoundClaim, Reference
from workflows.extraction.references.frames import Scene
from workflows.extraction.references.kinds import ALIKE
from workflows.extraction.setting.days import write_span
from workflows.extraction.setting.places import DAYS, HAPPENED, PLACED, find_end
from workflows.extraction.setting.put_in import open_with, put_in

RESCUE = re.compile(
    r"\b(?:police|deput(?:y|ies)|troopers?|sheriff|firefighters?|officers?|hospitals?|rescuers?"
    r"|ambulances?|paramedics|coast\sguard|geological|injur(?:ed|ies)|evacuated)\b",
    re.IGNORECASE,
)
SOON_CHARS = 300
"""Behind the first words of an event within which its day is told."""
HARMED = re.compile(r"\b(?:killed|injured|wounded|hurt|arrested|detained|clashed|fired)\b")
UNRULY = frozenset({"protest", "strike"})
"""Kinds of events at which much else is told than what happens there."""
LASTING = frozenset({"disaster", "fire"})
"""Kinds of events that are not over in a moment, as a crash is."""
BEFORE = re.compile(
    r"^(?:[\w’'\[\]-]+\s){1,4}had\s(?:\w+ly\s|also\s|just\s|been\s|not\s)*\w+(?:ed|en|wn|ne|t|d)\b"
)
WITHIN = re.compile(
    r"\b(?:killed|injured|wounded|hurt|hit|struck|shot|stabbed|fired|opened\sfire|exploded|detonated"
    r"|crashed|collided|swerved|veered|slammed|overturned|rolled|skidded|slid|rammed|rear-ended|died"
    r"|lost\s(?:their\slives|control|(?:his|her)\slife)|crossed|left\sthe\sroad|thrown|ejected|involved|damaged|destroyed|robbed|stole|attacked|beaten)\b"
)
"""What happens in the moment itself."""
TRIED = re.compile(r"\b(?:plead|charg|sentenc|convict|indict|accus|tried|court|arraign)")
"""What becomes of somebody long after."""
MOMENT = re.compile(r"\b(?:crashed|collided|swerved|slammed|opened\sfire)\b")
LATER = re.compile(
    r"\b(?:was|were|been|is|are|being)\s(?:\w+ly\s|later\s|also\s|still\s|not\s)*(?:arrested|charged|detained|taken|treated"
    r"|pronounced|identified|evacuated|closed|released|found|called|dispatched|questioned|locked|told"
    r"|urged|searching|looking|investigating|listed|airlifted|transported|flown|rushed|recovered|booked)\b"
    r"|\b(?:knocked\sdown|extinguish(?:ed)?|put\sout|contain(?:ed)?|battled|doused|gutted|displaced|left|stayed"
    r"|showed\sup|provided|sheltered|came\sin|received|ruled|spread|brought\sunder\scontrol|board\sup)\b"
    r"|\b(?:arrested|release|identify|arrived|searched|responded|cordoned|evacuated|fled|ran|escaped|drove|surrendered"
    r"|negotiated|investigated|recovered|found|treated|closed|identified|released|helped|gave|took|used|began|attempted"
    r"|rescued|pronounced|confirmed)\b|\b(?:in|into)\s(?:police\s)?custody\b|\bunder\sinvestigation\b"
    r"|\bin\s(?:critical|stable|serious|fair|good)\scondition\b"
)
"""What is told of those who came and of what became of everybody."""
THERE = re.compile(
    r"\b(?:[Ii]n|[Nn]ear|[Aa]t|[Oo]utside|[Aa]cross)\s(?:[a-z]+\s){0,3}[A-Z][\w’'-]+"
    r"|\b(?:here|there|country|nationwide|statewide|abroad|overseas|elsewhere|cities|towns)\b"
)
"""Where something was; “from Olden” and “to Olden” tell of somebody's way."""
COURT = re.compile(
    r"\b(?:court|judge|jur(?:y|ors)|prosecut(?:ors?|ion)|magistrates?|plead(?:ed|s)?|sentenc(?:ed|ing)|arraign(?:ed|ment)"
    r"|trial|convicted)\b",
    re.IGNORECASE,
)
FEWEST = 3
IN_COURT = re.compile(
    r"\b(?:trials?|sentencing|arraignment|hearing|verdict|jur(?:y|ors)|bail|bond|plea|indictment|charges|prosecut(?:ors?|ion)"
    r"|defen[cs]e\s(?:lawyers?|attorneys?)|sentenced?|police\sinvestigation|detectives)\b",
    re.IGNORECASE,
)
EARLIER = re.compile(
    r"\b(?:(?:19|20)\d\d|ago|[Ll]ast\s(?:year|month)|previous(?:ly)?|in\srecent|so\sfar"
    r"|(?:this|of\sthe)\syear)\b"
)


def tells_of_rescue(text: str) -> bool:
    """Return True for a text with police or the like, where “shot” and “crashed” are no figures."""
    return RESCUE.search(text) is not None


def tells_of_court(text: str) -> bool:
    """Return True for a report from a court, and not just of who is accused of what."""
    return len(COURT.findall(text)) >= FEWEST


def find_day(scene: Scene | None, claims: Iterable[FoundClaim]) -> str | None:
    """Return the day of an event as it is put in: the first one that is told from there on."""
    if scene is None:
        return None
    near = [c for c in claims if -len(c.quote) < c.quote_start - scene.start < SOON_CHARS]
    told = [mention for claim in near for mention in claim.dates if mention.first is not None]
    return write_span(told[0]) if told and told[0].first == told[0].last else None


def name_incident(claim: FoundClaim, scene: Scene | None, day: str | None, text: str) -> FoundClaim:
    """Return a claim of what happened in, before or after the event that its document reports on.

    `day` is when that was. Not where a claim tells of an event or a place itself, or of another
    time.
    """
    if scene is None or scene.words is None or claim.needs_words:
        return claim
    words, noun = claim.words, scene.noun
    when = f" on {day}" if day is not None and not claim.dates else ""
    when = f",{when}" if when and "," in scene.words else when
    if claim.quote_start <= scene.start:
        return _place_first(claim, scene, when)
    if f"{scene.words}]" in words:
        return _add_day(claim, scene.words, when)
    other = _tells_itself(words, noun) or EARLIER.search(claim.quote) or " of which " in words
    lead = None if other else _find_lead(words, scene)
    if lead is None:
        return claim
    told = f"{lead} {scene.words}{when},"
    return open_with(claim, told, text, (scene.start, scene.end)) or claim


def _tells_itself(words: str, noun: str) -> bool:
    """Return True for words that tell of an event or a place."""
    named = {noun, *ALIKE.get(noun, ())}
    if any(re.search(rf"\b{re.escape(each)}s?\b", words) for each in named):
        return True
    return THERE.search(DAYS.sub("", words)) is not None


def _place_first(claim: FoundClaim, scene: Scene, when: str) -> FoundClaim:
    """Return a claim of the sentence that tells of an event first with the rest of it.

    “A man was shot [near Olden]”, where “and killed near Olden” is another claim.
    """
    told = scene.words
    within = claim.quote_start + len(claim.quote) > scene.start
    if told is None or not within or "[" in claim.words or not HAPPENED.search(claim.words):
        return claim
    if PLACED.search(DAYS.sub("", claim.words)) or scene.noun in claim.words:
        return claim
    own = claim.start <= scene.start < claim.end
    told = told.partition(scene.noun)[2].strip() if own else f"in {told}"
    if not told:
        return claim
    at = scene.start, scene.end
    reference = Reference("", claim.start, claim.start, *at, f"{told}{when}")
    return put_in(claim, find_end(claim), f" [{told}{when}]", reference)


def _add_day(claim: FoundClaim, told: str, when: str) -> FoundClaim:
    """Return a claim with the day behind an event that was put in already."""
    put = f"{told}]", f"{told}{when}]"
    references = tuple(
        replace(each, stands_for=f"{each.stands_for}]".replace(*put)[:-1])
        for each in claim.references
    )
    return replace(claim, words=claim.words.replace(*put), references=references)


def name_case(claim: FoundClaim, scene: Scene | None, text: str) -> FoundClaim:
    """Return a claim of a trial or plea with whom it is against, if it names nobody of the case."""
    if scene is None or scene.words is None or not _may_be_of(claim, scene):
        return claim
    words, surname = claim.words, scene.words.split()[-1]
    if IN_COURT.search(words) is None or surname in words or "[" in words:
        return claim
    return open_with(claim, f"In {scene.words},", text, (scene.start, scene.end)) or claim


def _may_be_of(claim: FoundClaim, scene: Scene) -> bool:
    """Return True for a claim behind the sentence that tells of an event first."""
    return not claim.needs_words and scene.words is not None and claim.quote_start > scene.start


def _find_lead(words: str, scene: Scene) -> str | None:
    """Return “In”, “Before” or “After”, by what a claim tells; None where it may be any time."""
    later, within = LATER.search(words) is not None, WITHIN.search(words) is not None
    if TRIED.search(words):
        return None
    if scene.frame.name in UNRULY:
        return "In" if HARMED.search(words) else None
    if scene.frame.name in LASTING:
        return "In" if later or within else None
    if not within and BEFORE.search(words):
        return "Before"
    if later and MOMENT.search(words) is None:
        return "After"
    return "In" if within else None
