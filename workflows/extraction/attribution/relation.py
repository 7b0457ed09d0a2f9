"""One saying: a cue, the mention of its source, and the stretch that is said."""

from dataclasses import dataclass
from enum import StrEnum

from workflows.claims import Hedge
from workflows.extraction.parse import Token
from workflows.extraction.text.spans import TokenSpan


class CueType(StrEnum):
    QUOTED = "quoted"
    VERB = "verb"
    RESPONSE = "response"
    NOUN = "noun"
    ACCORDING = "according"
    CITING = "citing"
    ADVERB = "adverb"
    COLON = "colon"
    STRAY = "stray"


@dataclass(frozen=True, slots=True)
class AttributionRelation:
    """`head` is the head of the source's mention; `asides` are parts of `content` not said."""

    cue_type: CueType
    cue: TokenSpan
    source: TokenSpan | None
    content: TokenSpan
    hedge: Hedge
    head: Token | None = None
    asides: tuple[TokenSpan, ...] = ()
