"""One saying: a cue, the mention of its source, and the stretch that is said."""

from dataclasses import dataclass
from enum import StrEnum

from spacy.tokens import Token

from workflows.claims import Hedge
from workflows.extraction.text.spans import Stretch


class Manner(StrEnum):
    QUOTED = "quoted"
    VERB = "verb"
    NOUN = "noun"
    ACCORDING = "according"
    CITING = "citing"
    ADVERB = "adverb"
    COLON = "colon"
    STRAY = "stray"


@dataclass(frozen=True, slots=True)
class Saying:
    """`head` is the head of the source's mention; `asides` are parts of `content` not said."""

    manner: Manner
    cue: Stretch
    source: Stretch | None
    content: Stretch
    hedge: Hedge
    head: Token | None = None
    asides: tuple[Stretch, ...] = ()
