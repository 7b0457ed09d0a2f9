"""What a name or a noun can mean: somebody, a body, a place, an event, a number, a thing."""

import tomllib
from enum import StrEnum
from importlib.resources import files
from typing import NamedTuple

from workflows.extraction.text.lexicon import word_set


class EntityKind(StrEnum):
    PERSON = "person"
    ORGANISATION = "organisation"
    GROUP = "group"
    PLACE = "place"
    EVENT = "event"
    FIGURE = "figure"
    TIME = "time"
    THING = "thing"


class Gender(StrEnum):
    FEMALE = "female"
    MALE = "male"


class Nature(NamedTuple):
    """A kind, and the gender of a person where the word tells it; None is unknown."""

    kind: EntityKind | None
    gender: Gender | None = None


def _load(name: str) -> dict[str, dict[str, frozenset[str]]]:
    table = tomllib.loads(files(__package__).joinpath(name).read_text("utf-8"))
    return {
        section: {key: frozenset(words.split()) for key, words in classes.items()}
        for section, classes in table.items()
    }


_NOUNS = _load("nouns.toml")
_NAMES = _load("given_names.toml")["names"]
FEMALE_NAMES, MALE_NAMES = _NAMES["female"], _NAMES["male"]
BARE = _NOUNS["bare"]["bare"]
"""Nouns that mean nothing to a reader where only "the" stands before them."""
KNOWN_TO_ALL = _NOUNS["bare"]["known"]
"""Nouns that need no first mention behind "the": "the government", "the sun"."""
GENERAL = _NOUNS["general"]
"""For "organisation", "town" and "country": the nouns by which any such name can be meant."""
GENDERS = {Gender.FEMALE: _NOUNS["person"]["female"], Gender.MALE: _NOUNS["person"]["male"]}
IRREGULAR_PLURALS = {
    "men": "man",
    "women": "woman",
    "children": "child",
    "people": "person",
    "wives": "wife",
    "thieves": "thief",
    "lives": "life",
    "knives": "knife",
    "leaves": "leaf",
    "feet": "foot",
    "teeth": "tooth",
    "crises": "crisis",
    "media": "media",
    "police": "police",
    "buses": "bus",
}
OFFICES = word_set(
    """
    ambassador billionaire businessman businesswoman candidate chairman chancellor congressman
    congresswoman contender democrat frontrunner governor incumbent magnate mogul nominee politician
    leader premier president republican secretary senator tycoon
    """
)
"""Nouns by which newspapers mean again whom they have named: put in, they are no name."""
BELOW = frozenset({"acting", "assistant", "associate", "deputy", "vice"})
"""Words before an office that is another one then: a vice president is no “president”."""
OCCUPATIONS = ("er", "or", "ist", "ian", "ant", "man", "woman")
"""What the nouns for those who do something end with: "pollster"."""
FEMALE_TITLES = word_set(
    """
    mrs ms miss madam madame lady dame baroness queen princess sister signora frau
    """
)
MALE_TITLES = word_set(
    """
    mr sir lord king prince baron father brother signor herr rabbi imam sheikh ayatollah
    """
)
TITLES = (
    FEMALE_TITLES
    | MALE_TITLES
    | word_set(
        """
    dr prof professor doctor president premier minister chancellor gov governor mayor senator sen
    rep
    representative congressman congresswoman councillor councilor councilman councilwoman judge
    justice magistrate sheriff general gen colonel col major maj captain capt lieutenant lt
    sergeant sgt corporal private admiral commander commissioner constable detective inspector
    superintendent officer agent chief director chairman chairwoman chairperson chair secretary
    undersecretary ambassador attorney prosecutor reverend rev pope cardinal archbishop bishop
    pastor chairman speaker deputy vice prime coach captain emperor duke duchess earl count
    countess spokesman spokeswoman spokesperson engineer nurse pilot farmer baker
    """
    )
)
"""Words before a name that say that it is a person's, in lower case and without a full stop."""


def _index() -> dict[str, Nature]:
    """Return the nature of each noun; where a noun is in two lists, the first one holds."""
    found: dict[str, Nature] = {}
    for gender, words in GENDERS.items():
        found.update(dict.fromkeys(words, Nature(EntityKind.PERSON, gender)))
    for section, kind in (
        ("figure", EntityKind.FIGURE),
        ("time", EntityKind.TIME),
        ("group", EntityKind.GROUP),
        ("organisation", EntityKind.ORGANISATION),
        ("person", EntityKind.PERSON),
        ("event", EntityKind.EVENT),
        ("place", EntityKind.PLACE),
    ):
        for name, words in _NOUNS[section].items():
            for word in words if name != "named" else ():
                found.setdefault(word, Nature(kind))
    bodies = _NOUNS["organisation"]
    for word in _NOUNS["person"]["either"] & (bodies["company"] | bodies["body"]):
        found[word] = Nature(None)  # "an operator" is somebody or a firm
    return found


NATURES = _index()
NAMED_BODIES = _NOUNS["organisation"]["named"]
"""Words that only at the end of a name tell a body's: "Calder Line"."""


ALIKE: dict[str, frozenset[str]] = {}
"""For a noun those by which the same may be meant: "crash" and "collision"."""
for _words in _NOUNS["alike"].values():
    for _word in _words:
        ALIKE[_word] = ALIKE.get(_word, frozenset()) | _words
COUNTRIES = _NOUNS["countries"]["country"]
"""The last words of countries' names."""
FACILITIES = word_set(
    """
    airport arena avenue boulevard bridge building center centre church court drive hall highway
    hospital hotel house interstate jail lane library mall market museum park plaza prison road
    route school square stadium station street theater theatre tower valley zoo
    """
)
"""What the names of no towns end with: the Olden Public Market is not Olden."""
STATES = frozenset(name.replace("-", " ") for name in _NOUNS["states"]["state"])
COMPANY_NOUNS = _NOUNS["organisation"]["company"] | _NOUNS["organisation"]["bank"] | {"corporation"}
"""What "the company" may be called too."""


def make_singular(noun: str) -> str:
    """Return the singular of a noun in lower case, as far as the lists need it."""
    if noun in IRREGULAR_PLURALS:
        return IRREGULAR_PLURALS[noun]
    if noun.endswith("men"):
        return noun[:-2] + "an"
    if noun in NATURES or not noun.endswith("s") or noun.endswith("ss"):
        return noun
    if noun.endswith("ies"):
        return noun[:-3] + "y"
    if noun.endswith(("ches", "shes", "xes", "sses", "zes")):
        return noun[:-2]
    return noun[:-1]


def find_nature(noun: str) -> Nature:
    """Return what a common noun (in lower case, singular) means."""
    return NATURES.get(noun, Nature(EntityKind.THING))


def is_human(noun: str) -> bool:
    """Return True for what somebody is or does: "mayor", "pollster"."""
    return find_nature(noun).kind is EntityKind.PERSON or noun.endswith(OCCUPATIONS)


def find_name_gender(given: str) -> Gender | None:
    """Return the gender that a given name tells, in lower case."""
    if given in FEMALE_NAMES:
        return Gender.FEMALE
    return Gender.MALE if given in MALE_NAMES else None
