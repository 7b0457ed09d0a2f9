"""A document's text is read exactly as it stands, or refused with a sentence."""

import pytest

from tests.expect import refuses
from workflows.documents import reading
from workflows.errors import BadInput

TEXT = "\ufeffA title\r\n\r\nIt rained 12 mm, 서울 said. 🧾\r"


def test_text_is_unchanged():
    """The text is what the bytes say, with nothing translated."""
    assert reading.read_document(TEXT.encode(), "a.txt").text == TEXT


@pytest.mark.parametrize(
    ("content", "name", "said"),
    [
        (b"", "a.txt", {"code": "empty"}),
        (b" \r\n\t ", "a.txt", {"code": "empty"}),
        ("\ufeff \n".encode(), "a.txt", {"code": "empty"}),
        (b"abc\0def", "a.txt", {"position": 3}),
        ("Gr\ud800".encode("utf-8", "surrogatepass") * 9, "a.txt", {"position": 2}),
        (b"x" * 5_000_001, "a.txt", {"size": "5.0"}),
        (b"%PDF-1.7 ...", "a.txt", {"kind": "PDF"}),
        (b"text", "a.docx", {"kind": "Word document"}),
        (b"\x1f\x8bpacked", "a.html", {"format": "a packed file"}),
    ],
    ids=["empty", "blank", "mark", "nul", "none", "huge", "pdf", "docx", "packed"],
)
def test_unreadable_file(content, name, said):
    """What cannot be read is refused by name."""
    with refuses(BadInput, name=name, **said):
        reading.read_document(content, name)


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("# A heading\n\nText.", "A heading"),
        ("\ufeffA first line\n\nText.", "A first line"),
        ("\n\n  A late line  \nText.", "A late line"),
    ],
    ids=["markdown", "first line", "after blanks"],
)
def test_title(text, title):
    """A title is the first heading, or the first line."""
    assert reading.find_title(text, "file.txt") == title
