"""Which police it is that only "police" are: those that the text names, or of its dateline."""

import re
from dataclasses import replace

from workflows.claims import FoundClaim

BODY = re.compile(
    r"\b(?P<of>[A-Z][\w’-]{1,40}(?:\s[A-Z][\w’-]{1,40}){0,3})\s(?:(?:city|state|county|town)\s)?"
    r"(?:[Pp]olice|POLICE)\b(?P<more>\s(?:Department|Service|Force)\b)?"
    r"|\b[Pp]olice\sin\s(?P<place>[A-Z][\w’-]+(?:\s[A-Z][\w’-]+){0,2})"
)
"""“Olden Police Department”, “Olden police”, “police in Olden”."""
FIRST = frozenset(
    {"the", "a", "but", "and", "local", "state", "federal", "then", "when", "after", "as", "while"}
    | {"military", "riot", "secret", "city", "county", "by", "according", "to", "for", "in", "at"}
    | {"on", "meanwhile", "however", "later", "that", "where", "since", "before", "if", "he", "she"}
    | {"monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday", "this"}
)
"""What may stand in capitals before the police of no place."""
FORCE = frozenset({"police", "the police", "local police"})
MEMBERS = re.compile(
    r"(?:the\s)?(?:investigators|detectives|troopers|police\sofficers)", re.IGNORECASE
)


def find_police(text: str, place: str | None) -> str | None:
    """Return what the only police of a text are called, by their name or by `place`; else None."""
    found: dict[str, str] = {}
    for match in BODY.finditer(text):
        words = (match["of"] or match["place"]).split()
        while words and words[0].lower() in FIRST:
            words = words[1:]
        if not words:
            continue
        of = " ".join(words)
        named = match[0][len(match[0]) - len(match[0].lstrip()) :]
        called = f"police in {of}" if match["place"] else named[named.index(of) :]
        known = found.get(words[0].lower(), "")
        found[words[0].lower()] = max(known, called, key=len)
    if len(found) == 1:
        [name] = found.values()
        return f"the {name}" if name.endswith(("Department", "Service", "Force")) else name
    return f"police in {place}" if place and not found else None


def name_police(claim: FoundClaim, police: str | None) -> FoundClaim:
    """Return a claim of which the source is only "police", or their investigators, with whose."""
    if police is None or not claim.attribution:
        return claim
    link, *others = claim.attribution
    written = link.resolved or link.source or ""
    if written.lower() in FORCE:
        told = police
    elif MEMBERS.fullmatch(written) and not police.startswith("police in"):
        told = f"{police} {written.lower().removeprefix('the ').removeprefix('police ')}"
    else:
        return claim
    unnamed = link.anonymous and written.lower() not in FORCE
    return replace(claim, attribution=(replace(link, resolved=told, anonymous=unnamed), *others))
