"""Files of every kind: what is read of them, and where it stands."""

from datetime import date

import pytest

from tests.expect import refuses
from tests.workflows.documents.files import make_docx, make_mail, make_pdf, make_zip
from workflows.claims import Place, PlaceKind
from workflows.documents.document import MAX_PARAGRAPHS
from workflows.documents.reading import FileType, find_kind, read_document
from workflows.errors import BadInput

LONG = "The ministry said on Friday that three hundred people had crossed the old bridge near"
LONG_TOO = "Ladoga, in what officials described as the largest movement since the spring of last"


@pytest.mark.parametrize(
    ("content", "name", "media_type", "kind"),
    [
        (b"words", "a.txt", "", FileType.TEXT),
        (b"words", "address", "", FileType.TEXT),
        (b"words", "feed", "text/html", FileType.PAGE),
        (b"<!doctype html><p>x", "story.php", "", FileType.PAGE),
        (b"%PDF-1.7", "download", "application/octet-stream", FileType.PDF),
        (b"\n%PDF-1.7", "a.txt", "", FileType.PDF),
        (b"PK\x03\x04", "a.docx", "", FileType.WORD),
        (b"From: <Saved by Blink>\n", "a.mhtml", "", FileType.SAVED_PAGE),
        (b"From: a@b.c\n", "a.eml", "", FileType.MAIL),
        (b"1\n", "a.srt", "", FileType.SUBTITLES),
    ],
)
def test_kinds_are_told_apart(content, name, media_type, kind):
    """A file is what it begins as, else what its name says, else what its sender says."""
    assert find_kind(content, name, media_type) is kind


@pytest.mark.parametrize(
    ("content", "name", "media_type", "said"),
    [
        (b"\x89PNG\r\n", "a.txt", "", "a picture"),
        (b"\xff\xd8\xff", "a.pdf", "", "a picture"),
        (b"a;b\n1;2", "a.csv", "", "a table"),
        (b"x", "a.xlsx", "", "a spreadsheet"),
        (b"{\\rtf1", "a.doc", "", "an RTF document"),
        (b"\xd0\xcf\x11\xe0", "a.doc", "", "an old Word document"),
        (b"\x00\x00\x00\x20ftypisom", "a", "video/mp4", "a video"),
        (b"...", "a", "audio/mpeg", "a recording"),
        (b"\x1f\x8b\x08", "a.html", "", "a packed file"),
    ],
)
def test_other_kinds(content, name, media_type, said):
    """A kind that isn't read is named, with those that are."""
    with refuses(BadInput, format=said) as refused:
        find_kind(content, name, media_type)

    assert ".docx" in str(refused.value)


def test_older_encodings():
    """A text that Windows wrote is read, marked or not; so is UTF-16 with its mark."""
    text = "The Mayor’s café said “no” to the plan — 5 € a head. Twenty people died, she said."

    assert read_document(text.encode("cp1252"), "a.txt").text == text
    assert read_document(text.encode("utf-16"), "a.txt").text == text


@pytest.mark.parametrize(
    "content", [bytes(range(1, 256)) * 40, b"\xff\xfe\x00", b"\x80\x81\xfe" * 99]
)
def test_bytes_that_are_no_text(content):
    """Bytes of no encoding are refused and not read as gibberish."""
    with pytest.raises(BadInput):
        read_document(content, "a.txt")


def test_pages_of_a_pdf():
    """Lines become paragraphs, parted words are whole, running heads are out, pages are known."""
    head, foot = "The Harbour Post", "Page {} of 3"
    pages = [
        [head, LONG, LONG_TOO, "year. It was con-", "firmed later.", LONG, foot.format(1)],
        [head, "nine lorries stopped there.", LONG, foot.format(2)],
        [head, LONG, foot.format(3)],
    ]

    read = read_document(make_pdf(*pages, title="A report"), "report.pdf")

    assert read.title == "A report"
    assert read.published == date(2024, 10, 18)
    first, second, *_ = read.text.split("\n\n")
    assert first == f"{LONG} {LONG_TOO} year. It was confirmed later."
    assert second == f"{LONG} nine lorries stopped there."
    assert "Harbour Post" not in read.text
    assert "Page" not in read.text
    assert [place.name for place in read.places] == ["1", "2", "3"]
    assert read.text[read.places[1].start :].startswith(LONG)


def test_a_locked_pdf():
    """A PDF that asks for a password says so."""
    with refuses(BadInput, "locked"):
        read_document(make_pdf([LONG], password="x"), "a.pdf")


def test_a_scanned_pdf():
    """A PDF of pictures says that it was scanned."""
    with refuses(BadInput, "scanned"):
        read_document(make_pdf([], []), "a.pdf")


def test_a_pdf_of_many_pages():
    """A PDF of more pages than are read is refused before they are."""
    with refuses(BadInput, count=1_000):
        read_document(make_pdf(*([] for _ in range(1_000))), "a.pdf")


def test_a_word_file():
    """A Word file's paragraphs are read."""
    read = read_document(make_docx("Bridge & river", LONG, "", LONG_TOO), "a.docx")

    assert read.title == "Bridge & river"
    assert read.text == f"Bridge & river\n\n{LONG}\n\n{LONG_TOO}"


def test_a_word_file_of_crumbs():
    """A Word file with far more paragraphs than are read is refused before they are."""
    with refuses(BadInput, "too-many-paragraphs"):
        read_document(make_docx(*[""] * (4 * (MAX_PARAGRAPHS + 1))), "a.docx")


def test_other_zipped_files():
    """A zipped file of another kind is not taken for a Word file."""
    with refuses(BadInput, "other-zip"):
        read_document(make_zip({"x.txt": "x"}), "a.docx")


def test_a_mail():
    """An e-mail's subject, sender and day are known; quoted mails and signatures are out."""
    text = (
        "Dear all,\n\n" + LONG + "\n" + LONG_TOO + "\nyear.\n\nAna\n-- \nAna Ruiz, Harbour Post\n\n"
        "On Mon, 14 Oct 2024 Bob wrote:\n> Nine people died.\n"
    )

    read = read_document(make_mail(text, date="Fri, 18 Oct 2024 10:00:00 +0200"), "a.eml")

    assert (read.title, read.publisher) == ("Bridge", "Ana Ruiz")
    assert read.published == date(2024, 10, 18)
    assert read.text == f"Dear all,\n\n{LONG} {LONG_TOO} year.\n\nAna"


def test_a_mail_of_html():
    """An e-mail without a plain text is read from its HTML."""
    mail = make_mail("", html=f"<p>{LONG}</p><div>{LONG_TOO}</div><p hidden>Secret</p>")

    assert read_document(mail, "a.eml").text == f"{LONG}\n\n{LONG_TOO}"


def test_replies_in_a_mail():
    """What is quoted between an e-mail's own lines is somebody else's."""
    text = "> Is it open?\nNo, it is closed.\n> Since when?\nSince Monday.\n"

    assert read_document(make_mail(text), "a.eml").text == "No, it is closed.\n\nSince Monday."


def test_a_saved_page():
    """A page saved as one file is read as the page in it, with its address."""
    page = f"<!DOCTYPE html><title>Bridge</title><article><p>{LONG}</p><p>{LONG_TOO}.</p></article>"
    saved = (
        "From: <Saved by Blink>\r\nSnapshot-Content-Location: https://post.example/bridge\r\n"
        "MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=b\r\n\r\n--b\r\n"
        "Content-Type: text/html; charset=utf-8\r\n\r\n" + page + "\r\n--b--\r\n"
    )

    read = read_document(saved.encode(), "a.mhtml")

    assert read.text == f"{LONG}\n\n{LONG_TOO}."
    assert (read.title, read.url) == ("Bridge", "https://post.example/bridge")


CUES = """1
00:00:01,000 --> 00:00:04,000
The dam holds 40 million

2
00:00:04,000 --> 00:00:07,500
cubic metres of <i>water</i>.

3
00:01:08,000 --> 00:01:10,000
It was built in 1964.
"""


def test_subtitles():
    """Sentences go on across cues; a paragraph begins after a pause, and its time is known."""
    read = read_document(CUES.encode(), "talk.srt")

    assert read.text == "The dam holds 40 million cubic metres of water.\n\nIt was built in 1964."
    assert read.places == (
        Place(0, "0:00:01", PlaceKind.TIME),
        Place(49, "0:01:08", PlaceKind.TIME),
    )
    assert read_document(CUES.replace("\n", "\r\n").encode(), "talk.txt").text == read.text


def test_speakers_in_subtitles():
    """A speaker's name stands before their words, however the file marks it."""
    cues = (
        "WEBVTT\n\n00:01.000 --> 00:02.000\n<v Ann Lee>The tax fell\n\n00:02.000 --> 00:03.000\n"
        "<v Ann Lee>by 4%.\n\n00:03.000 --> 00:04.000\nBOB: It rose. [laughter]\n\n"
        "00:04.000 --> 00:05.000\n>> It did not.\n"
    )

    assert read_document(cues.encode(), "a.vtt").text == (
        "Ann Lee: The tax fell by 4%.\n\nBOB: It rose.\n\nIt did not."
    )


def test_rolling_subtitles():
    """A line that stands in two cues is spoken once."""
    cues = (
        "WEBVTT\n\n00:01.000 --> 00:02.000\nthe dam\n\n"
        "00:02.000 --> 00:03.000\nthe dam\nis full\n\n"
        "00:03.000 --> 00:04.000\nis full\nof water\n"
    )

    assert read_document(cues.encode(), "a.vtt").text == "the dam is full of water"


def test_subtitles_without_words():
    """Subtitles in which nobody speaks are refused with a sentence."""
    with refuses(BadInput, "no-subtitles"):
        read_document(b"WEBVTT\n\n00:01.000 --> 00:02.000\n[music]\n", "a.vtt")
