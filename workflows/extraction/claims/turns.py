"""Whose a claim is that stands in a turn: its speaker's, before anybody whom he quotes."""

from workflows.claims import Attribution, Hedge, TurnLabel
from workflows.extraction.attribution.relation import AttributionRelation
from workflows.extraction.text import turns

FIRST_PERSON = frozenset({"i", "we"})


def attribute_turn(text: str, turn: turns.Turn, hedge: Hedge) -> tuple[Attribution, ...]:
    """Return the links of a turn's speakers in the chain of sources, each cue the label.

    The last of them puts it as firmly as `hedge`, those around it report it.
    """
    outer = attribute_turn(text, turn.outer, Hedge.REPORTED) if turn.outer is not None else ()
    return (*outer, _attribute_speaker(text, turn, hedge))


def _attribute_speaker(text: str, turn: turns.Turn, hedge: Hedge) -> Attribution:
    source = text[slice(*turn.name)] if turn.name is not None else None
    return Attribution(
        source=source,
        start=turn.name.start if turn.name is not None else None,
        end=turn.name.end if turn.name is not None else None,
        cue=text[slice(*turn.label)],
        cue_start=turn.label.start,
        cue_end=turn.label.end,
        anonymous=turn.anonymous,
        date=None,
        hedge=hedge,
        resolved=turn.speaker if turn.speaker != source else None,
    )


def mark_turn(text: str, turn: turns.Turn) -> TurnLabel:
    """Return the label of a turn as a claim keeps it."""
    return TurnLabel(text[slice(*turn.label)], *turn.label)


def is_speaker(turn: turns.Turn | None, link: AttributionRelation) -> bool:
    """Return True if a source is the one whose turn it is: “I think”, “we believe”."""
    return turn is not None and link.head is not None and link.head.lower_ in FIRST_PERSON
