"""Words of a text that mean somebody or something, and what they tell of it."""

from enum import StrEnum
from typing import NamedTuple

from workflows.extraction.parse import Token
from workflows.extraction.references.fates import Fate
from workflows.extraction.references.kinds import (
    Nature,
)
from workflows.extraction.text.spans import TokenSpan

SUBJECTS = frozenset({"nsubj", "nsubjpass", "csubj"})
OBJECTS = frozenset({"dobj", "dative", "attr", "oprd", "iobj"})
TIMES = frozenset({"DATE", "TIME"})
AMOUNTS = frozenset({"MONEY", "PERCENT", "QUANTITY", "CARDINAL", "ORDINAL"})
PARTS = frozenset({"compound", "nmod"})
POINTING = frozenset({"this", "that", "these", "those"})


class MentionType(StrEnum):
    NAME = "name"
    DEFINITE = "definite"
    INDEFINITE = "indefinite"
    PRONOUN = "pronoun"


class Role(StrEnum):
    SUBJECT = "subject"
    OBJECT = "object"
    POSSESSOR = "possessor"
    OBLIQUE = "oblique"


class Mention(NamedTuple):
    """Words that mean somebody or something.

    `words` and `head` are token indices of the paragraph, `start` and `end` character offsets into
    the document. `noun` is the head in lower case and in the singular, of a pronoun its subject's
    form. `name` are the words of a name without titles. `plural` is None where either will do.
    `verb` is the token of the verb whose argument it is, or -1.
    """

    words: TokenSpan
    head: int
    start: int
    end: int
    text: str
    noun: str
    form: MentionType
    nature: Nature
    plural: bool | None
    role: Role
    verb: int
    name: tuple[str, ...] = ()
    titles: tuple[str, ...] = ()
    bare: bool = False
    """Just "the" or "that" before a noun."""
    referring: bool = True
    """Means something particular: not "every country", "no minister"."""
    guessed: bool = False
    """Of a kind that only the model tells."""
    owned: bool = False
    """“Renn's wife”, “his wife”."""
    owned_by_pronoun: bool = False
    mass: bool = False
    """A noun in the singular without any article: "profit", "access"."""
    predicate: bool = False
    """What somebody is told to be, "as a candidate", and nobody else."""
    short: bool = False
    """A noun with no more than its article: it tells less than a first mention with more."""
    leads: bool = False
    """The subject of its sentence's main clause."""
    number: int | None = None
    """How many it is told of, where that is a whole number from 2."""
    description: str = ""
    """What stands right before a name: "chief executive"."""
    fate: Fate | None = None
    """Whether he is arrested or charged here, or harmed."""
    qualifier: str = ""
    """The one word between "the" and a noun that nothing else tells of: "first", "news"."""
    headless: bool = False
    """A number without its noun: "the two"."""


def find_role(token: Token) -> Role:
    at, dependency = token, token.dep_
    if is_first_of_two(token):
        while at.dep_ in PARTS and at.head.i > at.i:
            at = at.head
        dependency = at.dep_
    for _ in range(4):
        if dependency not in {"conj", "appos"}:
            break
        head = at.head
        if head.i >= at.i or not head.tag_.startswith(("NN", "PRP")):
            break
        at, dependency = head, head.dep_
    if dependency in SUBJECTS:
        return Role.SUBJECT
    if dependency in OBJECTS:
        return Role.OBJECT
    return Role.POSSESSOR if dependency == "poss" else Role.OBLIQUE


def is_first_of_two(name: Token) -> bool:
    """Return True for the “Roe” of “Ann Roe and Mayor Tim Lee”, whatever it is parsed as."""
    if name.dep_ not in PARTS or name.ent_type_ != "PERSON" or name.tag_ != "NNP":
        return False
    behind = name.doc[name.i + 1 : name.i + 3]
    if len(behind) < len(PARTS) or behind[0].lower_ != "and":
        return False
    return behind[1].tag_ == "NNP" and behind[0].head.i == name.i


def index_of(token: Token | None) -> int:
    return token.i if token is not None else -1


def clean_words(words: str, first: Token) -> str:
    """Return the words of a mention on one line, as they go on within a sentence."""
    text = " ".join(words.split())
    if not first.text.istitle():
        return text
    named = first.tag_.startswith("NNP") or (first.ent_type_ and first.tag_ != "CD")
    common = not named and len(first) > 1
    if common or first.lower_ in {"a", "an", "the"}:
        return text[:1].lower() + text[1:]
    return text


def is_leading(head: Token) -> bool:
    """Return True for the subject of a sentence's main clause."""
    return head.dep_ in {"nsubj", "nsubjpass"} and head.head.dep_ == "ROOT"
