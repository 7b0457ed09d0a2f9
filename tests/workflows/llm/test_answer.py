"""A model's answer is read as far as there is one, however it is wrapped."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workflows.llm.answer import make_schema, read_answer

ONE = '{"claims": [{"quote": "q", "content": "q", "claim": "c"}]}'


@pytest.mark.parametrize(
    "said",
    [
        ONE,
        f"Here you are:\n```json\n{ONE}\n```\nAnything else?",
        f'<think>{{"claims": []}} or so</think>{ONE}',
        f'I could say {{"claims": [ but no.\n{ONE}',
    ],
)
def test_wrapped(said: str):
    """Prose, fences and thoughts around the object are passed over."""
    answer = read_answer(said)
    assert answer is not None
    assert [claim.claim for claim in answer.claims] == ["c"]


@pytest.mark.parametrize(
    "said", ["", "No claims.", ONE[:-9], '{"claims": 3}', "[1, 2]", "{" * 9999]
)
def test_unreadable(said: str):
    """What has no whole object in it is no answer."""
    assert read_answer(said) is None


def test_misshapen():
    """Entries that are no claims are left out and counted."""
    answer = read_answer('{"claims": [1, {"quote": 3}, {"quote": "q"}]}')
    assert answer is not None
    assert (answer.claims, answer.misshapen) == ((), 3)


@given(st.text())
def test_any_answer(said: str):
    """No answer breaks the reading of it."""
    read_answer(said)
    read_answer('{"claims": ' + said)


def test_schema():
    """Every key is asked for, so that small models leave nothing out."""
    claim = make_schema()["$defs"]["AnsweredClaim"]
    assert claim["required"] == list(claim["properties"])
