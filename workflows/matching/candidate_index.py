"""Known claims by their words, so that a new one is compared with few of many thousands. Pure."""

from collections import defaultdict

from workflows.matching.compare import find_candidates

RAREST = 5
"""Words of a claim, the rarest among the known ones, by one of which a near claim is found."""
CROWD = 2000
"""Claims with a word, the newest, that are looked at for it."""


class CandidateIndex:
    """The `key`s of known claims, by their places in the order in which they came."""

    def __init__(self) -> None:
        self._keys: list[str] = []
        self._with: defaultdict[str, list[int]] = defaultdict(list)

    def add(self, key: str) -> None:
        for word in set(key.split()):
            self._with[word].append(len(self._keys))
        self._keys.append(key)

    def find_near(self, key: str) -> list[int]:
        """Return the places of the keys worth comparing with this one, likest first."""
        known = {word: places for word in key.split() if (places := self._with.get(word))}
        rarest = sorted(known.values(), key=len)[:RAREST]
        places = sorted({place for crowd in rarest for place in crowd[-CROWD:]})
        found = find_candidates(key, [self._keys[place] for place in places])
        return [places[index] for index in found]
