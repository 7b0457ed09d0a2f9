"""What the parser says, read off: the same words, tree and sentences, mended or not."""

import pytest

from workflows.extraction.parse import Doc, find_root, read_text

TEXT = (
    "The Harbour Post, which Ann Lee owns, said on Monday that 300 containers had been opened. "
    "“Two clerks, a driver and a guard were there,” Lee added;  nobody was hurt, it seems."
)
WORDS = ("i", "idx", "text", "lower_", "whitespace_", "text_with_ws", "tag_", "dep_", "ent_type_")
WORDS += ("ent_iob_", "is_alpha", "is_digit", "is_punct", "is_space", "like_num", "is_sent_start")
WORDS += ("is_sent_end",)
LISTS = ("lefts", "rights", "children", "subtree", "ancestors", "conjuncts", "sent")
PLACES = ("head", "left_edge", "right_edge")


@pytest.fixture
def parsed(nlp):
    return nlp(TEXT)


def describe(doc):
    """Return all that a document's tokens tell, as plain values."""
    return [
        [getattr(token, name) for name in WORDS]
        + [getattr(token, name).i for name in PLACES]
        + [[other.i for other in getattr(token, name)] for name in LISTS]
        for token in doc
    ]


def test_same_as_parsed(parsed):
    """Every token tells what the parser's own tells."""
    doc = Doc(parsed)

    assert describe(doc) == describe(parsed)
    assert [(s.start, s.end, s.text) for s in doc.sents] == [
        (s.start, s.end, s.text) for s in parsed.sents
    ]
    assert [(e.label_, e.text, e.start_char, e.end_char) for e in doc.ents] == [
        (e.label_, e.text, e.start_char, e.end_char) for e in parsed.ents
    ]


def test_every_stretch(parsed):
    """Text, root and the tokens of characters are the parser's for every stretch."""
    doc = Doc(parsed)
    ends = [(a, b) for a in range(len(doc)) for b in range(a + 1, min(a + 12, len(doc)) + 1)]
    for start, end in ends:
        assert read_text(doc[start:end]) == parsed[start:end].text
        assert find_root(doc[start:end]).i == parsed[start:end].root.i
    for start in range(len(TEXT) - 8):
        span, known = (
            doc.char_span(start, start + 8),
            parsed.char_span(start, start + 8, alignment_mode="expand"),
        )
        assert span is not None
        assert (span.start, span.end) == (known.start, known.end)


def test_attached_elsewhere(parsed, nlp):
    """Children, edges and sentences follow a head that is mended, as the parser's own do."""
    doc, known = Doc(parsed), nlp(TEXT)
    for index in range(0, len(doc) - 5, 3):
        apart = {token.i for token in doc[index].subtree}
        other = next((t.i for t in doc[index + 1 :] if t.i not in apart), index)
        doc[index].attach(doc[other])
        known[index].head = known[other]

        assert [row[len(WORDS) :] for row in describe(doc)] == [
            row[len(WORDS) :] for row in describe(known)
        ]
        assert [s.text for s in doc.sents] == [s.text for s in known.sents]


def test_nothing_told_of_no_token(parsed):
    """Nothing stands in no token, nor before the first or behind the last character."""
    doc = Doc(parsed)

    assert read_text(doc[3:3]) == ""
    assert [doc.char_span(*ends) for ends in ((4, 4), (-1, 3), (4, len(TEXT) + 1))] == [None] * 3
    with pytest.raises(IndexError):
        doc[0].nbor(-1)
    with pytest.raises(IndexError):
        doc[-1].nbor()


def test_no_rings(parsed):
    """A word that is told to hang on one that hangs on it stays where it is."""
    doc = Doc(parsed)
    root = find_root(doc[0 : len(doc)])
    below = next(token for token in doc if root.is_ancestor(token))

    root.attach(below)

    assert root.head.i == root.i
