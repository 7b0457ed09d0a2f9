"""In which journal a study stood."""

import pytest


@pytest.mark.parametrize(
    ("text", "name"),
    [
        (
            "A new study shows that eels see blue. The research was published in the journal Eel.",
            "a new study in the journal Eel",
        ),
        (
            "The study appeared in the Annals of Eels. Eels see blue, the study found.",
            "the study in the Annals of Eels",
        ),
        (
            "Eels see blue, researchers report in the Journal of Eels.",
            "researchers in the Journal of Eels",
        ),
        ("A new study shows that eels see blue. The book was published in Olden.", None),
    ],
)
def test_journal(find, text, name):
    """A study that nobody names is the one of the only journal."""
    links = [link for claim in find(text) for link in claim.attribution]

    assert [link.resolved for link in links] == [name]
