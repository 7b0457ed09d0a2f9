"""What the reading of a draft found among the team's claims, until the draft is decided on."""

from workflows.desk.duplicates import MatchSet
from workflows.intake import DraftKey

MOST = 64
"""Drafts that are remembered; for an older one the claims are compared again."""


class DraftMatches:
    """The newest drafts' matches. Nothing depends on them: they save comparing a second time."""

    def __init__(self) -> None:
        self._matches: dict[DraftKey, MatchSet] = {}

    def keep(self, key: DraftKey, matches: MatchSet) -> None:
        self._matches[key] = matches
        if len(self._matches) > MOST:
            del self._matches[next(iter(self._matches))]

    def take(self, key: DraftKey) -> MatchSet | None:
        """Return a draft's matches, once; None where they are no longer remembered."""
        return self._matches.pop(key, None)
