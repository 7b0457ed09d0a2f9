"""Answers to a claim: whoever dismisses, confirms or withdraws it stands outside of it."""

import pytest

from workflows.claims import Hedge


@pytest.mark.parametrize(
    ("text", "sources", "hedge"),
    [
        ("Lee dismissed reports that the bridge had fallen.", ["Lee"], Hedge.DENIED),
        ("Lee dismissed as nonsense a report that the bridge had fallen.", ["Lee"], Hedge.DENIED),
        ("Reports that the bridge had fallen were dismissed by Lee.", ["Lee"], Hedge.DENIED),
        ("Lee shrugged off a report that the bridge had fallen.", ["Lee"], Hedge.DENIED),
        ("Lee heaped scorn on the rumour that the bridge had fallen.", ["Lee"], Hedge.DENIED),
        ("Lee poured cold water on reports that the bridge had fallen.", ["Lee"], Hedge.DENIED),
        (
            "Lee rejected a claim by the union that the bridge had fallen.",
            ["Lee", "the union"],
            Hedge.DENIED,
        ),
        ("Lee did not dispute the claim that the bridge had fallen.", ["Lee"], Hedge.UNCONFIRMED),
        ("Lee withdrew his claim that the bridge had fallen.", ["Lee"], Hedge.UNCONFIRMED),
        ("Lee walked back his statement that the bridge had fallen.", ["Lee"], Hedge.UNCONFIRMED),
        ("Lee backed away from his claim that the bridge had fallen.", ["Lee"], Hedge.UNCONFIRMED),
        ("Lee cast doubt on the claim that the bridge had fallen.", ["Lee"], Hedge.UNCONFIRMED),
        (
            "Lee was sceptical of the port's claim that the bridge had fallen.",
            ["Lee"],
            Hedge.UNCONFIRMED,
        ),
        ("Lee could not verify claims that the bridge had fallen.", ["Lee"], Hedge.UNCONFIRMED),
        ("Lee confirmed reports that the bridge had fallen.", ["Lee"], Hedge.CONFIRMED),
        ("Rumours that the bridge had fallen proved false.", [None], Hedge.DENIED),
        ("The claim that the bridge had fallen has no basis.", [None], Hedge.DENIED),
        (
            "The retraction of the claim that the bridge had fallen came late.",
            [None],
            Hedge.UNCONFIRMED,
        ),
        ("Army rejects report that the bridge had fallen", ["Army"], Hedge.DENIED),
        (
            "The Post quoted an aide as saying that the bridge had fallen.",
            ["The Post", "an aide"],
            Hedge.REPORTED,
        ),
    ],
)
def test_who_answers_stands_outside(find, text, sources, hedge):
    """The claim is bare, and its hedge and outermost source are of the answer to it."""
    [claim] = [c for c in find(text) if c.words == "The bridge had fallen"]

    assert [link.source for link in claim.attribution] == sources
    assert claim.hedge is hedge


@pytest.mark.parametrize(
    "text",
    [
        "Parliament rejected the 2025 budget by 12 votes on 9 May.",
        "The port rejected an offer of 3 million dollars in May.",
        "The council approved the plan to build 40 homes.",
        "The committee examined the accounts of the bank in March.",
        "The town enjoys 300 days of sun a year.",
        "The union demanded a rise of 9 percent on 9 May.",
        "The firm focused on its 40 stores in the north.",
        "Norland refused to sign the treaty.",
        "There has been a push to join the war.",
        "Novak's remarks about the refugees angered the town.",
    ],
)
def test_an_act_is_no_saying(find, text):
    """What somebody did or wants is the document's own word, whole."""
    [claim] = find(text)

    assert (claim.words, claim.attribution) == (text.removesuffix("."), ())
    assert claim.hedge is Hedge.ASSERTED
