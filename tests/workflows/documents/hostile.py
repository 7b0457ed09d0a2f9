"""Files that are broken, or were made to hurt: each by its name."""

import io
import zipfile
import zlib
from collections.abc import Iterator

from tests.workflows.documents.files import make_docx, make_mail, make_pdf, make_zip

LINE = "The ministry said on Friday that three hundred people had crossed the old bridge."
W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


_PAGE_OF_TEXT = (
    b"<< /Type /Page /Parent 2 0 R /Contents 4 0 R /MediaBox [0 0 9 9] /Resources"
    b" << /Font << /F1 << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >> >> >>"
)


def hostile_files() -> Iterator[tuple[str, bytes]]:
    """Every file with the name it is brought under."""
    yield from _texts()
    yield from _pages()
    yield from _pdfs()
    yield from _word_files()
    yield from _mails()
    yield from _subtitles()


def _texts() -> Iterator[tuple[str, bytes]]:
    yield "empty.txt", b""
    yield "nul.txt", b"words\0words"
    yield "blank.txt", b" \n" * 100_000
    yield "no-encoding.txt", bytes(range(128, 256)) * 1000
    yield "half-utf16.txt", b"\xff\xfea\0b\0c"
    yield "marks.txt", ("\u0301" * 100_000).encode()
    yield "random.txt", zlib.compress(LINE.encode() * 1000)
    yield "huge.txt", b"x" * 5_000_001


def _pages() -> Iterator[tuple[str, bytes]]:
    yield "deep.html", b"<div>" * 200_000 + LINE.encode()
    yield "deep-mixed.html", b"<table><tr><td><ul><li><b>" * 30_000 + LINE.encode()
    yield "wide.html", b"<p>x</p>" * 40_000
    yield "one-tag.html", b"<html><body " + b'a="b" ' * 200_000 + b">"
    yield "unclosed.html", b"<html><body><p" * 50_000
    yield "comment.html", b"<html><body><!--" + b"-" * 1_000_000
    yield "entities.html", b"<html><body><p>" + b"&lt;" * 500_000
    yield "numbers.html", b"<html><body><p>" + b"&#x110000;&#0;&#xD800;" * 50_000
    yield "entity-bomb.html", (
        b'<!DOCTYPE html [<!ENTITY a "' + b"x" * 1000 + b'">'
        + b"".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">'.encode() for n in range(1, 10))
        + b"]><html><body><p>&a9;</p></body></html>"
    )  # fmt: skip
    yield "styles.html", (
        "<html><head><style>" + ".a{display:none}" * 50_000 + "</style></head><body>"
        + f"<p class='b c d'>{LINE}</p>" * 500
    ).encode()  # fmt: skip
    yield "hidden-nest.html", b"<div hidden>" * 5000 + LINE.encode() * 100
    yield "headings.html", b"<h2>Related</h2>" * 50_000
    yield (
        "classes.html",
        b"<html><body>" + b'<div class="related ad promo">' * 20_000 + LINE.encode(),
    )
    yield (
        "json.html",
        (
            b'<html><head><script type="application/ld+json">'
            + b"[" * 200_000
            + b"</script></head><p>x"
        ),
    )
    yield (
        "json-long.html",
        (
            b'<html><script type="application/ld+json">{"articleBody": "'
            + b"a " * 1_000_000
            + b'"}</script>'
        ),
    )
    yield "spaces.html", b"<html><body><p>" + b" " * 3_000_000 + b"</p>"
    yield "charset.html", b'<html><meta charset="zlib_codec"><p>x'
    yield "frames.html", b"<html><frameset>" * 10_000
    yield "nul.html", b"<html><body>\0<p>x\0</p>" * 1000
    yield "long-class.html", b'<html><body><div class="' + b"more-" * 200_000 + b'">x</div>'
    yield "long-style.html", b'<html><body><p style="' + b"font: " * 200_000 + b'">x</p>'


def _pdfs() -> Iterator[tuple[str, bytes]]:
    whole = make_pdf([LINE] * 20, [LINE] * 20)
    yield "head-only.pdf", b"%PDF-1.7\n"
    yield "half.pdf", whole[: len(whole) // 2]
    yield "no-trailer.pdf", whole[:-200]
    yield "no-head.pdf", whole[9:]
    yield "flipped.pdf", bytes(byte ^ 1 if n % 97 == 0 else byte for n, byte in enumerate(whole))
    yield "garbage.pdf", b"%PDF-1.7\n" + zlib.compress(LINE.encode() * 1000) * 100
    yield (
        "loop.pdf",
        _raw_pdf(
            b"<< /Type /Catalog /Pages 2 0 R >>", b"<< /Type /Pages /Kids [2 0 R] /Count 1 >>"
        ),
    )
    yield (
        "parents.pdf",
        _raw_pdf(
            b"<< /Type /Catalog /Pages 2 0 R >>",
            b"<< /Type /Pages /Kids [3 0 R] /Count 1 /Parent 3 0 R >>",
            b"<< /Type /Pages /Kids [2 0 R] /Count 1 /Parent 2 0 R >>",
        ),
    )
    yield (
        "count.pdf",
        _raw_pdf(
            b"<< /Type /Catalog /Pages 2 0 R >>", b"<< /Type /Pages /Kids [] /Count 2000000000 >>"
        ),
    )
    yield (
        "pages.pdf",
        _raw_pdf(
            b"<< /Type /Catalog /Pages 2 0 R >>",
            b"<< /Type /Pages /Count 10000 /Kids [%s] >>"
            % b" ".join(b"%d 0 R" % number for number in range(3, 10_003)),
            *[b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 9 9] >>"] * 10_000,
        ),
    )
    yield (
        "bomb.pdf",
        _raw_pdf(
            b"<< /Type /Catalog /Pages 2 0 R >>",
            b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
            _PAGE_OF_TEXT,
            _stream(_pack_repeated(b"BT /F1 9 Tf (x) Tj ET " * 50_000, 300)),
        ),
    )
    yield (
        "bomb-twice.pdf",
        _raw_pdf(
            b"<< /Type /Catalog /Pages 2 0 R >>",
            b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
            _PAGE_OF_TEXT,
            _stream(
                zlib.compress(_pack_repeated(bytes(1_000_000), 300), 9),
                b"/Filter [/FlateDecode /FlateDecode]",
            ),
        ),
    )
    yield "nested.pdf", _raw_pdf(b"[" * 100_000 + b"]" * 100_000)
    yield "dictionaries.pdf", _raw_pdf(b"<< /A " * 50_000)
    yield (
        "xref-loop.pdf",
        (
            b"%PDF-1.7\nxref\n0 1\n0000000000 65535 f \ntrailer\n<< /Size 1 /Prev 9 /Root 1 0 R >>"
            b"\n"
            b"startxref\n9\n%%EOF"
        ),
    )
    yield "xref-far.pdf", b"%PDF-1.7\nstartxref\n999999999999\n%%EOF"


def _raw_pdf(*objects: bytes) -> bytes:
    written, places = b"%PDF-1.7\n", []
    for number, each in enumerate(objects, 1):
        places.append(len(written))
        written += b"%d 0 obj\n%s\nendobj\n" % (number, each)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    size = len(objects) + 1
    return written + (
        b"xref\n0 %d\n0000000000 65535 f \n%strailer\n<< /Size %d /Root 1 0 R >>\n"
        b"startxref\n%d\n%%%%EOF" % (size, table, size, len(written))
    )


def _pack_repeated(block: bytes, times: int) -> bytes:
    """What unpacks to a block so many times over; it is packed once, so this is made quickly."""
    packer, check = zlib.compressobj(9), 1
    first, again = (packer.compress(block) + packer.flush(zlib.Z_FULL_FLUSH) for _ in range(2))
    for _ in range(times):
        check = zlib.adler32(block, check)
    return first + again * (times - 1) + b"\x03\x00" + check.to_bytes(4, "big")


def _stream(content: bytes, about: bytes = b"/Filter /FlateDecode") -> bytes:
    return b"<< /Length %d %s >>\nstream\n%s\nendstream" % (len(content), about, content)


def _word_files() -> Iterator[tuple[str, bytes]]:
    whole = make_docx(*[LINE] * 100)
    yield "half.docx", whole[: len(whole) // 2]
    yield "head-only.docx", b"PK\x03\x04"
    yield "flipped.docx", bytes(byte ^ 1 if n % 50 == 0 else byte for n, byte in enumerate(whole))
    yield "empty.docx", make_docx()
    yield "other.docx", make_zip({"mimetype": "application/epub+zip"})
    yield "bomb.docx", make_docx(document=f"<w:document {W}>" + " " * 60_000_000)
    yield "parts.docx", make_zip({"word/document.xml": "", **{f"p{n}": "x" for n in range(5000)}})
    yield "deep.docx", make_docx(
        document=f"<w:document {W}><w:body>" + "<w:p>" * 100_000 + "</w:p>" * 100_000
        + "</w:body></w:document>"
    )  # fmt: skip
    yield "wide.docx", make_docx(*["x"] * 400_000)
    yield "lies.docx", _with_false_size(whole)
    yield "entities.docx", make_docx(
        document='<!DOCTYPE x [<!ENTITY a "' + "x" * 1000 + '">'
        + "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 10))
        + f"]><w:document {W}><w:body><w:p><w:r><w:t>&a9;</w:t></w:r></w:p></w:body></w:document>"
    )  # fmt: skip
    yield (
        "outside.docx",
        make_docx(
            document='<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>'
            f"<w:document {W}><w:body><w:p><w:r><w:t>&a;</w:t></w:r></w:p></w:body></w:document>"
        ),
    )


def _with_false_size(packed: bytes) -> bytes:
    """The same file, whose table says that its parts are small."""
    target = io.BytesIO(packed)
    with zipfile.ZipFile(target) as parts:
        sizes = [part.file_size for part in parts.infolist()]
    for size in sizes:
        packed = packed.replace(size.to_bytes(4, "little"), (10).to_bytes(4, "little"))
    return packed


def _mails() -> Iterator[tuple[str, bytes]]:
    yield "no-head.eml", b"no head, no body"
    yield "head-only.eml", b"From: a@example.org\n"
    yield "picture.eml", make_mail("") + b"\n"
    nested = b"".join(
        b"Content-Type: multipart/mixed; boundary=b%d\r\n\r\n--b%d\r\n" % (n, n)
        for n in range(3000)
    )
    yield "nested.eml", b"From: a@example.org\r\n" + nested + LINE.encode()
    yield "nested.mhtml", b"From: <Saved by Blink>\r\n" + nested + LINE.encode()
    yield (
        "nested-long.eml",
        (
            b"From: a@example.org\r\n"
            + nested[: len(nested) // 5]
            + b"\r\n".join([LINE.encode()] * 5_000)
        ),
    )
    yield "messages.eml", b"Content-Type: message/rfc822\r\n\r\n" * 5000
    yield "headers.eml", b"X: y\r\n" * 300_000 + b"\r\nwords"
    yield "long-header.eml", b"Subject: " + b"=?utf-8?q?x?= " * 10_000 + b"\r\n\r\nwords"
    yield "charset.eml", b"Content-Type: text/plain; charset=nonsense\r\nFrom: a\r\n\r\nw\xffrds"
    yield "base64.eml", b"From: a\r\nContent-Transfer-Encoding: base64\r\n\r\n" + b"A" * 4_000_001
    yield "no-page.mhtml", b"From: <Saved by Blink>\r\nMIME-Version: 1.0\r\n\r\nno page"


def _subtitles() -> Iterator[tuple[str, bytes]]:
    yield "none.srt", b"no subtitles at all"
    yield "times.srt", b"1\n00:00:01,000 --> 00:00:02,000\n" * 30_000
    yield "arrows.vtt", b"WEBVTT\n\n" + b"-->" * 500_000
    yield "one-cue.srt", b"1\n00:00:01,000 --> 00:00:02,000\n" + b"<" * 1_000_000
    yield "tags.vtt", b"WEBVTT\n\n00:01.000 --> 00:02.000\n" + b"<v " * 300_000
    yield "marks.srt", b"1\n00:00:01,000 --> 00:00:02,000\n" + b"- " * 300_000
