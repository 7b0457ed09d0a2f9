"""Of which study participants, findings and researchers are."""

import pytest

IN_JOURNAL = "A new study found that eels see blue, researchers report in the Annals of Eels.\n\n"
BY_AUTHOR = "Naps help nurses, a new study suggests. “It was odd,” said lead author Ann Lee.\n\n"
AT_BODY = "Eels see blue, say scientists at Olden University.\n\n"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (
            IN_JOURNAL + "The researchers followed 40 eels.",
            "The researchers [behind the study in the Annals of Eels] followed 40 eels",
        ),
        (
            IN_JOURNAL + "Participants were aged 20 to 39.",
            "Participants [in the study in the Annals of Eels] were aged 20 to 39",
        ),
        (
            IN_JOURNAL + "Some 65 of the study participants were men.",
            "Some 65 of [the participants in the study in the Annals of Eels] were men",
        ),
        (
            IN_JOURNAL + "The findings were checked by 12 experts.",
            "The findings [of the study in the Annals of Eels] were checked by 12 experts",
        ),
        (
            BY_AUTHOR + "The study lasted nine years.",
            "[The new study by Ann Lee and colleagues] lasted nine years",
        ),
        (
            AT_BODY + "The study followed 40 eels.",
            "The study [at Olden University] followed 40 eels",
        ),
        (
            "In a new study, 40 nurses napped.\n\nThe study was published in the journal Nap.",
            "In a new study [in the journal Nap], 40 nurses napped",
        ),
    ],
)
def test_told(find, text, words):
    """The one study that a text is about is told by its journal, author or place."""
    assert words in [claim.words for claim in find(text)]


@pytest.mark.parametrize(
    "text",
    [
        IN_JOURNAL + "An earlier study followed 900 eels. The researchers counted 40.",
        IN_JOURNAL + "In a 2012 trial, participants were given 40 eels.",
        IN_JOURNAL + "The hospital treats 40 patients a day.",
        IN_JOURNAL + "Volunteers are needed for a march of 900 on Sunday.",
        "The council met in Olden.\n\nThe study lasted nine years.",
        "Its researchers published a book in the Annals of Olden.\n\nParticipants left at 9.",
    ],
)
def test_another(find, text):
    """Nothing is put in where another study may be meant, or none is known."""
    assert all("study in the" not in claim.words for claim in find(text))
