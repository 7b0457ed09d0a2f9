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


STUDY = "A new study found that naps help nurses. "


@pytest.mark.parametrize(
    ("text", "source"),
    [
        (STUDY + "After two years, 12 percent of the participants were ill.", "A new study"),
        (STUDY + "Only 6 percent were ill, compared with 9 percent of the others.", "A new study"),
        (STUDY + "Norlink’s sales grew 6 percent compared with 2015.", None),
        (STUDY + "\n\nSome 5 percent of nurses in Olden are ill after two years.", None),
        (STUDY + "\n\nOver 95 percent of patients woke up well.", "A new study"),
    ],
)
def test_figures_of_a_study(find, text, source):
    """How many of those who took part were ill is what the study of that paragraph found."""
    links = find(text)[-1].attribution

    assert (links[0].source if links else None) == source
