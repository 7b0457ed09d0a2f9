"""Where nothing is found, the reason is said."""

import pytest

from workflows.extraction.text.absence import SENTENCES, NoClaims, explain_absence


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", NoClaims.EMPTY),
        ("Hello!", NoClaims.EMPTY),
        ("https://harbourpost.example/mill-closes", NoClaims.LINK),
        ("See www.harbourpost.example/1", NoClaims.LINK),
        ("Der Damm ist gestern Abend gebrochen, sagte der Minister.", NoClaims.FOREIGN),
        ("Плотина прорвалась вчера вечером, сообщил министр.", NoClaims.FOREIGN),
        ("Who opened the gates? And why did nobody warn the town?", NoClaims.QUESTIONS),
        ("- bread\n- milk\n- a dozen eggs", NoClaims.LIST),
        ("Bread and butter\nMilk of the day\nEggs", NoClaims.LIST),
        ("Go to the port. Take the red boat.", NoClaims.OTHER),
    ],
)
def test_the_reason_fits_the_text(text, reason):
    """A link, a list, another language, questions: each is told apart."""
    assert explain_absence(text) is reason


def test_every_reason_has_its_sentence():
    """Each reason can be put into words, with the document's name."""
    assert SENTENCES.keys() == set(NoClaims)
    assert all("{name}" in sentence for sentence in SENTENCES.values())
