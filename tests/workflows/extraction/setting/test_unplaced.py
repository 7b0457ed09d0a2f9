"""What no reader can place."""

import pytest

from workflows.extraction.setting.unplaced import is_unplaced


@pytest.mark.parametrize(
    ("words", "unplaced"),
    [
        ("The truck was towed", True),
        ("The two dark vans collided", True),
        ("Others fled to the north", True),
        ("Other states have 40 mills", True),
        ("Revenue rose 2 percent", True),
        ("For the full year, net income fell by a tenth", True),
        ("The truck [of Norlink] was towed", False),
        ("The truck was towed in Olden", False),
        ("The economy grew by 4 percent", False),
        ("The decision was made to sell 40 vans", False),
        ("The truck that hit a bus was towed", False),
        ("The dam has 40 gates", False),
        ("Revenue in Olden rose 2 percent", False),
        ("[Norlink]'s revenue rose 2 percent", False),
        ("A truck was towed", False),
    ],
)
def test_who_or_which(words, unplaced):
    """A claim needs words where it begins with what no reader can place, and names nothing."""
    assert is_unplaced(words) is unplaced
