"""Pictures as evidence: which were seen before, and where others look for them. Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from urllib.parse import quote

from workflows.claims import EvidenceKey, PictureRead, SeenPicture, TeamId

MOST_APART = 8
"""How many of the 64 bits of their hashes differ between two pictures that look alike."""
MOST_SEEN = 3
"""Claims that are named of those with such a picture."""
SEARCHES: Mapping[str, str] = MappingProxyType(
    {
        "TinEye": "https://tineye.com/search?url={address}",
        "Google Lens": "https://lens.google.com/uploadbyurl?url={address}",
        "Yandex": "https://yandex.com/images/search?rpt=imageview&url={address}",
        "Bing": "https://www.bing.com/images/search?view=detailv2&iss=sbi&q=imgurl:{address}",
    }
)
"""Where a picture can be looked for by its address: for people to press, never asked by us."""


@dataclass(frozen=True, slots=True)
class DuePicture:
    """A picture that was sent along with a link and is to be read. `upload` is its address."""

    row: int
    team: TeamId
    claim: int
    key: EvidenceKey
    upload: str
    attempts: int


@dataclass(frozen=True, slots=True)
class KnownPicture:
    """A picture that is kept, and the number of the claim it is on."""

    number: int
    sha256: str
    phash: str | None


def is_alike(one: str | None, other: str | None) -> bool:
    """Return True if two pictures look alike, by the hashes of what they show."""
    if one is None or other is None:
        return False
    return (int(one, 16) ^ int(other, 16)).bit_count() <= MOST_APART


def find_seen(read: PictureRead, known: Iterable[KnownPicture]) -> tuple[SeenPicture, ...]:
    """Return the claims with the same picture, then those with one like it, lowest number first."""
    found: dict[int, bool] = {}
    for each in known:
        is_same = each.sha256 == read.sha256
        if is_same or is_alike(each.phash, read.phash):
            found[each.number] = found.get(each.number, False) or is_same
    ranked = sorted(found.items(), key=lambda seen: (not seen[1], seen[0]))
    return tuple(SeenPicture(number, is_same) for number, is_same in ranked[:MOST_SEEN])


def list_searches(address: str) -> tuple[tuple[str, str], ...]:
    """Return where a picture at an address can be looked for: each a name and an address."""
    written = quote(address, safe="")
    return tuple((name, form.format(address=written)) for name, form in SEARCHES.items())
