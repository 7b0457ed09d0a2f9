"""Where the events of a text are."""

import pytest

from workflows.extraction.references.locale import find_locale
from workflows.extraction.references.reading import NamedPlace


def name(words, sentence=1, preposition="in", *, inside=True):
    return NamedPlace(words, 0, len(words), sentence, preposition, inside)


@pytest.mark.parametrize(
    ("places", "dateline", "town"),
    [
        ([name("Olden")], None, "Olden"),
        ([name("Olden"), name("Olden, Ohio", 2)], None, "Olden, Ohio"),
        ([name("Ohio"), name("Olden")], None, "Olden"),
        ([name("Olden")], "Olden", "Olden"),
        ([], "Olden", "Olden"),
        ([name("Aleppo")], "Beirut", "Aleppo"),
        ([name("Olden", inside=False)._replace(body=True)], None, "Olden"),
    ],
)
def test_town(places, dateline, town):
    """It is the only town of the first sentences, else that of the dateline."""
    written = name(dateline, 0) if dateline is not None else None
    found = find_locale(places, written)

    assert found is not None
    assert found.words == town


@pytest.mark.parametrize(
    ("places", "dateline"),
    [
        ([name("Olden"), name("Pell")], None),
        ([name("Ohio")], None),
        ([name("Mill Street")], None),
        ([name("Olden", 5)], None),
        ([name("Olden", inside=False)], None),
        ([name("Syria")], "Beirut"),
        ([name("Olden")], "Washington"),
        ([name("Aleppo"), name("Beirut", 5)], "Beirut"),
    ],
)
def test_nowhere(places, dateline):
    """Nothing is said where several towns may be meant, or a correspondent only wrote from one."""
    assert find_locale(places, name(dateline, 0) if dateline is not None else None) is None
