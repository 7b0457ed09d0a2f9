"""Whom “the former mayor” and “the watchdog group” mean, told of by name just before."""

import pytest

AGAIN = [
    (
        "Ann Lee, former governor of Dorn, was jailed. The former governor was told to report.",
        "[Ann Lee] was told to report",
    ),
    (
        "Clean Water Watch said that the ministry hid 40 letters. The state watchdog group sued.",
        "[Clean Water Watch] sued",
    ),
    (
        "Professor Carl Dahl spoke on May 1.\n\nThe banker-turned-politician will face a vote.",
        "[Professor Carl Dahl] will face a vote",
    ),
    (
        "Ann Roe won the race on Sunday.\n\nThe 35-year-old has won 40 races.",
        "[Ann Roe] has won 40 races",
    ),
    (
        "Maureen, wife of Tim Roe, was convicted. She is to be sentenced on May 20.",
        "[Maureen, wife of Tim Roe] is to be sentenced on May 20",
    ),
    (
        "President Ann Lee left. Tim Roe, a former president, came. The president sold 40 vans.",
        "[President Ann Lee] sold 40 vans",
    ),
]


@pytest.mark.parametrize(("text", "words"), AGAIN)
def test_called_again(find, text, words):
    """Who was named just before, and fits, is put in for a description."""
    assert any(claim.words.startswith(words) for claim in find(text))


OPEN = [
    "Ann Lee met Carl Dunn on Monday. The 35-year-old was fined $400.",
    "Tim Roe, former mayor of Pell, met Kit Dunn, former mayor of Dorn. The former mayor left.",
    "Clean Water Watch praised the Salt Growers Union. The environmental group sued in 2014.",
    "Norlink sued Calder on Monday.\n\nThe Dutch phone company closed 40 shops in May.",
    "Ann Lee resigned on Monday. The deputy minister left in 2014.",
    "Tim Roe, a vice president, left. The president sold 40 vans in Dorn.",
]


@pytest.mark.parametrize("text", OPEN)
def test_who_knows(find, text):
    """Where two fit, or none does, a description stays as it is."""
    assert "[" not in find(text)[-1].words.replace("[2024]", "")
