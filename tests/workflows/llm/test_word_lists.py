"""The small closed classes of words."""

from workflows.llm.word_lists import load_word_lists


def test_no_word_is_both():
    """A word that must stand in the text is none that needs no place there."""
    lists = load_word_lists()
    assert not lists.free & lists.exact
    assert lists.negations <= lists.exact
