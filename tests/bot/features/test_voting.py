"""A claim's buttons carry what they need in their ids, so that no restart can lose it."""

import itertools

import pytest

from bot.features.voting import FEATURE, claim_view
from bot.i18n.translator import translator_for
from bot.sandbox.rules.components import components_form
from bot.sandbox.rules.forms import FormErrors
from tests.builders import AT, build_claim, build_evidence
from workflows.claims import ClaimKey, ClaimState, Status, Verdict
from workflows.ids import make_random_key

WORDS = translator_for("en")
KEYS = [ClaimKey("-_" * 11), ClaimKey("A" * 22), ClaimKey(make_random_key())]
each_key = pytest.mark.parametrize("key", KEYS, ids=["marks", "letters", "random"])


def ids(key):
    """The ids of every button there is, by the class that answers it."""
    found = []
    for button in FEATURE.items:
        if button.__name__ == "VoteButton":
            found += [(button, button(key, WORDS, verdict).custom_id) for verdict in Verdict]
        elif button.__name__ == "OwnLinks":
            found.append((button, button.of(key, [build_evidence()], WORDS).custom_id))
        else:
            found.append((button, button(key, WORDS).custom_id))
    return found


@each_key
def test_unambiguous_ids(key):
    """Each button is answered by its own class and by no other."""
    for button, custom_id in ids(key):
        answering = [other for other in FEATURE.items if other.template.fullmatch(custom_id)]
        assert answering == [button]
        assert len(custom_id) <= 100
        assert key in custom_id


@each_key
def test_exact_templates(key):
    """A template takes nothing before or after its id."""
    for button, custom_id in ids(key):
        template = button.template
        for wrong in (custom_id + "x", "x" + custom_id, custom_id[:-1], custom_id.upper()):
            assert not template.match(wrong)


async def test_vote_row():
    """A claim's row has five buttons with ids of their own."""
    view = claim_view(build_claim(key=KEYS[0]), WORDS)
    sent = view.to_components()

    labels = [button["label"] for button in sent[0]["components"]]
    assert labels == ["Supported", "Refuted", "Can't tell", "Add evidence", "Details"]
    assert view.timeout is None
    assert len({button["custom_id"] for button in sent[0]["components"]}) == 5
    form = FormErrors()
    components_form(form, ("components",), sent, v2=False)
    form.settle()


@pytest.mark.parametrize(
    ("status", "settled_at", "live"),
    [
        (Status.IN_REVIEW, None, 5),
        (Status.SUPPORTED, AT, 2),
        (Status.DROPPED, None, 1),
        (Status.DUPLICATE, None, 1),
    ],
)
async def test_closed_card(status, settled_at, live):
    """No button is live that would be refused: no vote on a closed claim, no link on one out."""
    claim = build_claim(state=ClaimState(status, AT, settled_at=settled_at))

    row = claim_view(claim, WORDS).to_components()[0]["components"]

    assert [button["disabled"] for button in row] == [True] * (5 - live) + [False] * live


def test_no_overlap():
    """The templates of any two buttons do not overlap."""
    examples = dict(ids(KEYS[2]))
    for one, other in itertools.permutations(examples, 2):
        assert not one.template.match(examples[other])


async def test_nothing_remembered():
    """discord.py keeps no button in memory, so none times out and none is answered twice."""
    assert not claim_view(build_claim(key=KEYS[0]), WORDS).is_dispatchable()
