"""Of which crash or shooting a claim tells: the one that its document reports on."""

import re

from workflows.claims import FoundClaim
from workflows.extraction.references.frames import Scene
from workflows.extraction.references.kinds import ALIKE
from workflows.extraction.setting.places import DAYS, PLACED
from workflows.extraction.setting.put_in import open_with

LASTING = frozenset({"disaster", "fire", "protest", "strike"})
"""Kinds of events that are not over in a moment, as a crash is."""
BEFORE = re.compile(r"\bhad\s(?:\w+ly\s|also\s|just\s|been\s|not\s)*\w+(?:ed|en|wn|ne|t|d)\b")
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
    r"|urged|asked|searching|looking|investigating|listed|airlifted|transported|flown|rushed|recovered|booked)\b"
    r"|\b(?:arrested|arrived|searched|responded|cordoned|evacuated|fled|ran|escaped|drove|surrendered"
    r"|negotiated|investigated|recovered|found|treated|closed|identified|released|helped|gave|took|used|began|attempted"
    r"|rescued|pronounced|confirmed)\b|\b(?:in|into)\s(?:police\s)?custody\b|\bunder\sinvestigation\b"
    r"|\bin\s(?:critical|stable|serious|fair|good)\scondition\b"
)
"""What is told of those who came and of what became of everybody."""
IN_COURT = re.compile(
    r"\b(?:trials?|sentencing|arraignment|hearing|verdict|jur(?:y|ors)|bail|bond|plea|indictment|charges|prosecut(?:ors?|ion)"
    r"|defen[cs]e\s(?:lawyers?|attorneys?)|sentenced?|police\sinvestigation|detectives)\b"
)
EARLIER = re.compile(
    r"\b(?:(?:19|20)\d\d|ago|last\s(?:year|month)|previous(?:ly)?|in\srecent|so\sfar"
    r"|(?:this|of\sthe)\syear)\b"
)


def name_incident(claim: FoundClaim, scene: Scene | None, text: str) -> FoundClaim:
    """Return a claim of what happened in, before or after the event that its document reports on.

    Not where it tells of an event or a place itself, or of another time.
    """
    if scene is None or not _may_be_of(claim, scene):
        return claim
    words, noun = claim.words, scene.noun
    if any(re.search(rf"\b{re.escape(each)}s?\b", words) for each in {noun, *ALIKE.get(noun, ())}):
        return claim
    if PLACED.search(DAYS.sub("", words)) or EARLIER.search(words):
        return claim
    lead = _find_lead(words, scene)
    if lead is None:
        return claim
    return open_with(claim, f"{lead} {scene.words},", text, (scene.start, scene.end)) or claim


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
    if scene.frame.name in LASTING:
        return "In" if later or within else None
    if MOMENT.search(words) is None and BEFORE.search(words):
        return "Before"
    if later and MOMENT.search(words) is None:
        return "After"
    return "In" if within else None
