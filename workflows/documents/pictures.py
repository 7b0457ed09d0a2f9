"""Pictures: from a file's bytes to what tells it from others, and the text that stands in it.

Read in a process that may be killed. What a picture claims of its size is looked at before anything
is unpacked; a few kinds are read and no others.
"""

import logging
import math
import warnings
from collections.abc import Sequence
from functools import cache
from hashlib import sha256
from importlib import import_module
from importlib.util import find_spec
from io import BytesIO
from statistics import median
from typing import Any

from PIL import Image, ImageOps

from workflows.claims import PictureRead
from workflows.errors import BadInput

_log = logging.getLogger(__name__)
FORMATS = ("JPEG", "PNG", "GIF", "WEBP", "AVIF")
MOST_PIXELS = 50_000_000
"""Pixels of a picture that is unpacked: the largest of cameras, and no more."""
MAX_TEXT = 4000
"""Characters that are kept of a picture's text."""
LEAST_SURE = 0.6
"""How sure a line must be read, from 0 to 1, to be kept."""
_SIDE, _LOW = 32, 8
"""The side of the small picture that is hashed, and of the part of its spectrum that counts."""
_FLAT = 4.0
"""How much the strongest wave must swing; a plain surface has none that tell it apart."""
_READABLE_SIDE = 1600
"""The longer side of a picture whose text is read: a page's letters are clear at that."""


def read_picture(content: bytes, name: str) -> PictureRead:
    """Return what tells a picture from others. Raises BadInput for one that cannot be read."""
    image = _open(content, name)
    width, height = image.size
    return PictureRead(
        sha256(content).hexdigest(), hash_picture(_flatten(image, name)), width, height
    )


def _open(content: bytes, name: str) -> Image.Image:
    """Return a picture, not yet unpacked. Raises BadInput."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)  # limited below
            image = Image.open(BytesIO(content), formats=FORMATS)
    except Image.DecompressionBombError as error:
        raise _too_large(name) from error
    except (OSError, ValueError, SyntaxError) as error:
        raise _unreadable(name) from error
    if image.width * image.height > MOST_PIXELS:
        raise _too_large(name)
    return image


def _too_large(name: str) -> BadInput:
    most = MOST_PIXELS // 1_000_000
    return BadInput(
        "{name} has more than {most} million pixels. Save it smaller.", name=name, most=most
    )


def _unreadable(name: str) -> BadInput:
    return BadInput("{name} is a picture, but it's damaged and can't be read.", name=name)


def _flatten(image: Image.Image, name: str, side: int = 16 * _SIDE) -> Image.Image:
    """Return a picture upright, on white, no larger than needed. Raises BadInput."""
    try:
        image.draft("RGB", (side, side))
        image.load()
        if image.has_transparency_data:
            clear = image.convert("RGBA")
            clear.thumbnail((side, side))
            image = Image.new("RGBA", clear.size, "white")
            image.alpha_composite(clear)
        flat = image.convert("RGB")
        flat.thumbnail((side, side))
        _copy_orientation(image, flat)
        return ImageOps.exif_transpose(flat)
    except (OSError, ValueError, SyntaxError, EOFError, IndexError, KeyError) as error:
        raise _unreadable(name) from error


def _copy_orientation(image: Image.Image, flat: Image.Image) -> None:
    """Give the flat picture what a camera noted; without it, it stays as it lies."""
    try:
        flat.getexif().update(image.getexif())
    except Exception as error:  # noqa: BLE001  # what a camera wrote may be anything
        _log.info("a picture's EXIF can't be read: %s", type(error).__name__)


def hash_picture(image: Image.Image) -> str | None:
    """Return the hash of what a picture shows: near for pictures that look alike.

    The signs of its 64 slowest waves against their median, as in pHash and imagehash. None where
    there is nothing but one colour.
    """
    small = image.convert("L").resize((_SIDE, _SIDE), Image.Resampling.LANCZOS).tobytes()
    lines = [small[at : at + _SIDE] for at in range(0, len(small), _SIDE)]
    columns = list(zip(*(_transform(line) for line in lines), strict=True))
    spectrum = [_transform(column) for column in columns]
    waves = [spectrum[column][row] for row in range(_LOW) for column in range(_LOW)]
    if max(map(abs, waves[1:])) < _FLAT * _SIDE:
        return None
    middle = median(waves)
    bits = "".join("1" if wave > middle else "0" for wave in waves)
    return f"{int(bits, 2):016x}"


def _transform(values: Sequence[float]) -> list[float]:
    """Return the first terms of the cosine transform of some values."""
    return [sum(map(float.__mul__, wave, map(float, values))) for wave in _list_waves()]


@cache
def _list_waves() -> tuple[tuple[float, ...], ...]:
    step = math.pi / (2 * _SIDE)
    return tuple(
        tuple(2 * math.cos(step * term * (2 * place + 1)) for place in range(_SIDE))
        for term in range(_LOW)
    )


def read_picture_text(content: bytes, name: str) -> str:
    """Return the text that stands in a picture, line by line; nothing where no reader is installed.

    Raises BadInput for a picture that cannot be read.
    """
    if find_spec("rapidocr") is None:
        return ""
    image = _flatten(_open(content, name), name, _READABLE_SIDE)
    found = _load_text_reader()(image)
    lines = zip(found.txts or (), found.scores or (), strict=True)
    return "\n".join(text for text, sure in lines if sure >= LEAST_SURE)[:MAX_TEXT]


@cache
def _load_text_reader() -> Any:  # noqa: ANN401  # an extra
    rapidocr: Any = import_module("rapidocr")
    logging.getLogger("RapidOCR").setLevel(logging.ERROR)
    return rapidocr.RapidOCR(params={"Global.log_level": "error"})
