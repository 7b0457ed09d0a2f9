"""Files to documents: a plain text here, anything else in a process that may be killed."""

import asyncio

from bot.reading.extractor import NOBODY, Extractor
from bot.reading.turns import Asker
from workflows.documents import reading
from workflows.documents.document import ReadDocument
from workflows.documents.reading import FileType


class FileReader:
    """Reads what is there already; what parses it is bounded."""

    def __init__(self, extractor: Extractor) -> None:
        self._extractor = extractor

    @property
    def is_stopped(self) -> bool:
        """Return True once nothing more is read, since the process ends."""
        return self._extractor.is_stopped

    async def read_file(
        self, content: bytes, name: str, media_type: str = "", asker: Asker = NOBODY
    ) -> ReadDocument:
        """Return a file's text. Raises BadInput for what cannot be read, Unavailable."""
        if reading.find_kind(content, name, media_type) is FileType.TEXT:
            return await asyncio.to_thread(reading.read_document, content, name, media_type)
        return await self._extractor.read_file(content, name, media_type, asker)
