"""Time and place of a sentence hold for each claim out of it."""

import pytest


@pytest.mark.parametrize(
    ("text", "second"),
    [
        (
            "On 9 May, in the port of Dorn, guards found 12 crates, and the captain was arrested.",
            "On 9 May, in the port of Dorn, the captain was arrested",
        ),
        (
            "In Dorn county on Monday, police arrested six men and seized nine guns.",
            "In Dorn county on Monday, police seized nine guns",
        ),
        (
            "In 2023, Lee said, the yard lost 40 jobs and closed two shops.",
            "In 2023, the yard closed two shops",
        ),
        (
            "In 2023 the yard lost 40 jobs, and in 2024 it closed two shops.",
            "In 2024 [the yard] closed two shops",
        ),
        (
            "The army shelled Dorn on 9 May and killed nine guards.",
            "The army killed nine guards on 9 May",
        ),
        (
            "Exports rose 4 percent in May, while imports fell 2 percent.",
            "Imports fell 2 percent in May",
        ),
        ("She was born in May and leads 40 people.", "She leads 40 people"),
    ],
)
def test_time_and_place_go_along(find, text, second):
    """What stands at the head, or behind the first verb, is told of the second as well."""
    assert [claim.words for claim in find(text)][1] == second


def test_lent_days(find):
    """A day that is lent is among the claim's dates."""
    _, second = find("On 9 May, guards found 12 crates, and the captain was arrested.")

    assert [day.text for day in second.dates] == ["9 May"]
