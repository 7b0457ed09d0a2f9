"""Files of every kind that is read, made by hand, so that a test says what is in them."""

import io
import zipfile
from collections.abc import Iterable
from email.message import EmailMessage
from xml.sax.saxutils import escape

import pypdf
from pypdf.generic import DecodedStreamObject, DictionaryObject, NameObject

_DOCUMENT = (
    '<?xml version="1.0"?><w:document'
    ' xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>{}</w:body>'
    "</w:document>"
)
_PARAGRAPH = "<w:p><w:r><w:t>{}</w:t></w:r></w:p>"
_RELATIONS = (
    '<?xml version="1.0"?><Relationships'
    ' xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1"'
    ' Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"'
    ' Target="word/document.xml"/></Relationships>'
)
_TYPES = (
    '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="xml" ContentType="application/xml"/></Types>'
)


def make_pdf(*pages: Iterable[str], title: str = "", password: str = "") -> bytes:
    """A PDF with these lines on its pages."""
    writer = pypdf.PdfWriter()
    font = writer._add_object(
        DictionaryObject(
            {
                NameObject("/Type"): NameObject("/Font"),
                NameObject("/Subtype"): NameObject("/Type1"),
                NameObject("/BaseFont"): NameObject("/Helvetica"),
            }
        )
    )
    for lines in pages:
        page = writer.add_blank_page(600, 800)
        page[NameObject("/Resources")] = DictionaryObject(
            {NameObject("/Font"): DictionaryObject({NameObject("/F1"): font})}
        )
        drawn = "BT /F1 12 Tf 50 750 Td 14 TL "
        for line in lines:
            text = line.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)")
            drawn += f"({text}) Tj T* "
        stream = DecodedStreamObject()
        stream.set_data((drawn + "ET").encode("latin-1"))
        page[NameObject("/Contents")] = writer._add_object(stream)
    if title:
        writer.add_metadata({"/Title": title, "/CreationDate": "D:20241018090000Z"})
    if password:
        writer.encrypt(password, algorithm="RC4-128")
    target = io.BytesIO()
    writer.write(target)
    return target.getvalue()


def make_docx(*paragraphs: str, document: str = "") -> bytes:
    """A Word file with these paragraphs, or with this XML."""
    inside = "".join(_PARAGRAPH.format(escape(each)) for each in paragraphs)
    return make_zip(
        {
            "[Content_Types].xml": _TYPES,
            "_rels/.rels": _RELATIONS,
            "word/document.xml": document or _DOCUMENT.format(inside),
        }
    )


def make_zip(parts: dict[str, str | bytes]) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, part in parts.items():
            packed.writestr(name, part)
    return target.getvalue()


def make_mail(text: str, html: str = "", **headers: str) -> bytes:
    """An e-mail; headers by their names in lower case."""
    mail = EmailMessage()
    about = {"from": "Ana Ruiz <ana@example.org>", "subject": "Bridge", **headers}
    for name, value in about.items():
        mail[name.capitalize()] = value
    if text:
        mail.set_content(text)
    if html:
        mail.add_alternative(html, subtype="html") if text else mail.set_content(
            html, subtype="html"
        )
    return bytes(mail)
