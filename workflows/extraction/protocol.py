"""What the extraction child and its parent say to each other: one JSON object a line."""

from datetime import date

import msgspec

from workflows.claims import FoundClaim
from workflows.documents.reading import ReadDocument


class Request(msgspec.Struct, frozen=True, omit_defaults=True):
    """The claims of a `text`, the main text of a `page`, or the check-worthiness of `sentences`.

    `name` is what the text or the page is called where it cannot be read.
    """

    id: int
    text: str | None = None
    page: bytes | None = None
    name: str = "The text"
    published: date | None = None
    sentences: tuple[str, ...] | None = None


class Answer(msgspec.Struct, frozen=True, omit_defaults=True):
    """What was asked for, or an error's sentence with its values.

    While a long text is read, answers with nothing but the `share` of it that is done go before.
    """

    id: int
    share: float | None = None
    claims: tuple[FoundClaim, ...] | None = None
    document: ReadDocument | None = None
    worth: list[float] | None = None
    error: str | None = None
    code: str = ""
    values: dict[str, object] = {}
    unavailable: bool = False


read_request = msgspec.json.Decoder(Request).decode
read_answer = msgspec.json.Decoder(Answer).decode
write = msgspec.json.Encoder().encode
