"""What the extraction child and its parent say to each other: one JSON object a line."""

from datetime import date
from typing import Literal

import msgspec

from workflows.claims import FoundClaim, PictureRead, Place
from workflows.documents.document import ReadDocument
from workflows.documents.feed_files import ParsedFeed

READING = "--reading"
"""The argument of a child that reads files and finds no claims: it may hold less."""
TOO_LARGE = "too-large"
"""The code of an answer for which the memory did not do."""


class Request(msgspec.Struct, frozen=True, omit_defaults=True):
    """The claims of a `text`, the text of a `file`, or the check-worthiness of `sentences`.

    Of a file that is a `picture`, what tells it from others, or the text that stands in it; of one
    that is a `feed`, what it holds.

    `name` is what the text or the file is called where it cannot be read; `media_type` is what its
    sender says the file is. `places` are those of the text, as far as they have days of their own.
    """

    id: int
    text: str | None = None
    file: bytes | None = None
    name: str = "The text"
    media_type: str = ""
    published: date | None = None
    places: tuple[Place, ...] = ()
    sentences: tuple[str, ...] | None = None
    picture: Literal["", "hashes", "text"] = ""
    feed: bool = False


class Response(msgspec.Struct, frozen=True, omit_defaults=True):
    """What was asked for, or an error's sentence with its values.

    While a long text is read, answers with nothing but the `share` of it that is done go before.
    """

    id: int
    share: float | None = None
    claims: tuple[FoundClaim, ...] | None = None
    document: ReadDocument | None = None
    feed: ParsedFeed | None = None
    picture: PictureRead | None = None
    picture_text: str = ""
    worth: list[float] | None = None
    error: str | None = None
    code: str = ""
    values: dict[str, object] = {}
    unavailable: bool = False


read_request = msgspec.json.Decoder(Request).decode
read_answer = msgspec.json.Decoder(Response).decode
write = msgspec.json.Encoder().encode
