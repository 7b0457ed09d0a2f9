"""Nothing a language model says is kept unless it stands word for word in the document."""

from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from workflows.claims import FoundClaim, Hedge, ModelDoubt, Polarity
from workflows.llm.answer import Answer, AnsweredClaim, read_answer
from workflows.llm.chunks import cut_text
from workflows.llm.ground import DropReason, GroundedClaims, ground_answer
from workflows.llm.verbatim import SearchableText, fold
from workflows.llm.wording import BRACKETED, find_invented

TEXT = (
    "Nordbank\u00a0said on 9 May that it had closed 40 branches. “It may close 1.200 more,” said"
    " Kit Roe, an aide.\nThe union denied that the bank had not warned anybody."
)
QUOTE = "Nordbank said on 9 May that it had closed 40 branches."
CLAIM = {
    "quote": QUOTE,
    "content": "it had closed 40 branches",
    "claim": "[Nordbank] had closed 40 branches",
    "references": [{"text": "it", "stands_for": "Nordbank"}],
    "attribution": [{"source": "Nordbank", "cue": "said"}],
    "hedge": "reported",
    "figures": [{"text": "40", "value": 40, "unit": "branches"}],
    "dates": [{"text": "on 9 May", "from": "2024-05-09"}],
}


def ground(*claims: dict[str, Any], text: str = TEXT, language: str = "en") -> GroundedClaims:
    answer = read_answer(msgspec.json.encode({"claims": claims}).decode())
    assert answer is not None
    (chunk,) = cut_text(text, None)
    return ground_answer(answer, SearchableText(text), chunk, language)


def test_offsets():
    """Every part of a claim carries its offsets into the text as it is."""
    [claim] = ground(CLAIM).claims
    assert TEXT[claim.quote_start :].startswith(claim.quote)
    assert TEXT[claim.start : claim.end] == "it had closed 40 branches"
    [link] = claim.attribution
    assert (TEXT[link.start : link.end], TEXT[link.cue_start : link.cue_end]) == (
        "Nordbank",
        "said",
    )
    [reference] = claim.references
    assert TEXT[reference.start : reference.end] == "it"
    assert TEXT[reference.from_start : reference.from_end] == "Nordbank"
    assert [(figure.value, figure.unit) for figure in claim.figures] == [(40, "branches")]


@pytest.mark.parametrize(
    ("given", "lost"),
    [
        ({"quote": "Nordbank said that it had closed all branches."}, DropReason.QUOTE),
        ({"content": "it had closed 4 branches"}, DropReason.CONTENT),
        ({"content": "Kit Roe, an aide"}, DropReason.CONTENT),
        ({"claim": "[Nordbank] had shut 40 branches"}, DropReason.WORDS),
        ({"claim": "[Nordbank] had closed 400 branches"}, DropReason.WORDS),
        ({"claim": "[Nordbank] had never closed 40 branches"}, DropReason.WORDS),
        ({"claim": "[Sudbank] had closed 40 branches"}, DropReason.BRACKET),
        ({"claim": "[Kit Roe] had closed 40 branches"}, DropReason.BRACKET),
        ({"claim": "had closed ] 40 branches"}, DropReason.WORDS),
        ({"attribution": [{"source": "Sudbank", "cue": "said"}]}, DropReason.SOURCE),
        ({"attribution": [{"source": "Nordbank", "cue": "admitted"}]}, DropReason.CUE),
        ({"attribution": [{}]}, DropReason.SOURCE),
        ({"attribution": [], "hedge": "denied"}, DropReason.CUE),
        ({"hedge_cue": "allegedly"}, DropReason.CUE),
        ({"hedge": "certain"}, DropReason.SHAPE),
    ],
)
def test_drops(given: dict[str, Any], lost: DropReason):
    """A claim of which anything is not in the text is dropped, and counted by what it was."""
    grounded = ground({**CLAIM, **given})
    assert grounded.claims == ()
    assert grounded.dropped == {lost: 1}


def test_quantities():
    """A figure or day that its digits don't bear goes; the claim stays."""
    wrong = {"figures": [{"text": "40", "value": 400}, {"text": "4", "value": 4}]}
    grounded = ground({**CLAIM, **wrong, "dates": [{"text": "on 9 June"}]})
    assert [claim.figures + claim.dates for claim in grounded.claims] == [()]
    assert grounded.dropped == {DropReason.FIGURE: 2, DropReason.DATE: 1}


def test_lost_negation():
    """A claim that lost a negation of its text is marked for a look."""
    lost = {
        "quote": "The union denied that the bank had not warned anybody.",
        "content": "the bank had not warned anybody",
        "claim": "The bank had warned anybody",
    }
    [claim] = ground(lost).claims
    assert claim.doubts == (ModelDoubt.POLARITY,)
    [claim] = ground({**lost, "claim": "The bank had not warned anybody"}).claims
    assert claim.doubts == ()


def test_dropped_subject():
    """Where a language leaves a subject out, a bracket may stand in for nothing."""
    text = "Nordbank creció en 2023. Cerró 40 sucursales."
    [claim] = ground(
        {
            "quote": "Cerró 40 sucursales.",
            "content": "Cerró 40 sucursales",
            "claim": "[Nordbank] cerró 40 sucursales",
            "references": [{"text": "", "stands_for": "Nordbank"}],
        },
        text=text,
        language="es",
    ).claims
    [reference] = claim.references
    assert (reference.text, reference.start) == ("", claim.start)
    assert text[reference.from_start : reference.from_end] == "Nordbank"


_PIECES = st.sampled_from(
    [*TEXT.split(), *TEXT.split(". "), TEXT, QUOTE, "[", "]", "[it]", "shut", "41", "", "\n", "not"]
)
_WORDS = st.lists(_PIECES, max_size=4).map(" ".join) | st.text(max_size=12)
_MAYBE = st.none() | _WORDS
_NUMBERS = st.floats() | st.integers(-5, 2000).map(float)
_HEDGES = st.sampled_from(list(Hedge))


def _build(shape: Any, **fields: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    return st.builds(shape, **fields)


_STRUCTS = AnsweredClaim.__annotations__
_REFERENCES, _LINKS, _FIGURES, _DATES = (
    _STRUCTS[name].__args__[0] for name in ("references", "attribution", "figures", "dates")
)
_CLAIMS = _build(
    AnsweredClaim,
    quote=_WORDS,
    content=_WORDS,
    claim=_WORDS,
    references=st.lists(_build(_REFERENCES, text=_WORDS, stands_for=_WORDS), max_size=2).map(tuple),
    open=st.booleans(),
    attribution=st.lists(
        _build(_LINKS, source=_MAYBE, cue=_MAYBE, anonymous=st.booleans(), hedge=_HEDGES),
        max_size=2,
    ).map(tuple),
    hedge=_HEDGES,
    hedge_cue=_MAYBE,
    polarity=st.sampled_from(list(Polarity)),
    figures=st.lists(
        _build(
            _FIGURES,
            text=_WORDS,
            value=_NUMBERS,
            upper=st.none() | _NUMBERS,
            unit=_MAYBE,
            modifier=_MAYBE,
        ),
        max_size=2,
    ).map(tuple),
    dates=st.lists(_build(_DATES, text=_WORDS, first=_MAYBE, last=_MAYBE), max_size=2).map(tuple),
    check_worthiness=_NUMBERS,
)


@given(st.lists(_CLAIMS, min_size=1, max_size=4).map(tuple))
def test_any_answer(claims: tuple[AnsweredClaim, ...]):
    """Whatever a model answers, all of each claim stands in the text and nothing is invented."""
    (chunk,) = cut_text(TEXT, None)
    grounded = ground_answer(Answer(claims), SearchableText(TEXT), chunk, "en")
    for claim in grounded.claims:
        require_verbatim(claim, TEXT)


def require_verbatim(claim: FoundClaim, text: str) -> None:
    """Assert that all of a claim stands in a text where it says."""
    assert claim.quote
    assert text[claim.quote_start :].startswith(claim.quote)
    assert claim.quote_start <= claim.start < claim.end <= claim.quote_start + len(claim.quote)
    assert find_invented(claim.words, claim.quote) is None
    assert 0 <= claim.check_worthiness <= 1
    for link in claim.attribution:
        assert link.source or link.cue
        assert link.source is None or text[link.start : link.end] == link.source
        assert link.cue is None or text[link.cue_start : link.cue_end] == link.cue
    inside = [fold(words) for words in BRACKETED.findall(claim.words)]
    assert inside == [fold(each.stands_for) for each in claim.references]
    for each in claim.references:
        assert text[each.start : each.end] == each.text
        assert fold(text[each.from_start : each.from_end]) == fold(each.stands_for)
    for mention in (*claim.figures, *claim.dates):
        assert text[mention.start : mention.end] == mention.text
