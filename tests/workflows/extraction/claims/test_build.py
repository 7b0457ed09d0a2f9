"""Claims put together: each saying with its own day."""

from datetime import date

import pytest


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Lee said on Monday that the mill had burned.", date(2024, 10, 14)),
        ("The mill had burned, Lee said in a statement on Monday.", date(2024, 10, 14)),
        ("“The mill burned,” Lee said on 3 October.", date(2024, 10, 3)),
        ("Lee said that the mill had burned on Monday night.", None),
        ("Lee resigned on Monday and said that the mill had burned.", None),
        ("Lee said in 2019 that the mill had burned.", None),
        ("Lee will say on Monday that the mill burned.", date(2024, 10, 21)),
    ],
)
def test_a_saying_has_its_own_day(find, text, said):
    """Only the day that hangs on a saying is its own; one to come has a day to come."""
    links = [link for claim in find(text) for link in claim.attribution]

    assert {link.date for link in links} == {said}


def test_source_figure_is_kept(find):
    """Where a claim is worded with its source, the source's figure is the claim's."""
    claims = find("Two-thirds of members endorsed the plan.")

    assert [figure.value for claim in claims for figure in claim.figures] == [0.666667]
