"""Characters that nobody sees make no difference to what is found."""

import pytest

PLAIN = "Dorn has fallen since May, the mayor said on Monday. At least 12 000 people left the town."


@pytest.mark.parametrize(
    ("seen", "typed"),
    [
        ("fallen", "fal\u00adlen"),
        ("Dorn", "Do\u200brn"),
        ("12 000", "12\u202f000"),
        ("the mayor", "the\u00a0mayor"),
        ("Monday", "\ufeffMon\u200dday"),
    ],
)
def test_what_is_unseen_changes_nothing(find, seen, typed):
    """Zero-width characters, soft hyphens and odd spaces change neither words, figures nor days."""

    def told(text):
        return [
            (c.words, [f.value for f in c.figures], [d.first for d in c.dates]) for c in find(text)
        ]

    assert told(PLAIN.replace(seen, typed)) == told(PLAIN)
