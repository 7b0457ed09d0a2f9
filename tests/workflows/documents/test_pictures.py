"""Pictures are known again in other clothes, and nothing they claim of themselves is believed."""

import struct
import zlib
from importlib.util import find_spec
from io import BytesIO
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageDraw, ImageEnhance, ImageFont

from workflows.documents.pictures import (
    MOST_PIXELS,
    _flatten,
    hash_picture,
    read_picture,
    read_picture_text,
)
from workflows.documents.reading import is_picture
from workflows.errors import BadInput
from workflows.pictures import is_alike


def draw(seed, size=(640, 420)):
    """A picture of light and shade, as a photograph has them, of our own making."""
    random = Random(seed)  # noqa: S311  # the same pictures each time
    image = Image.new("RGB", size, (200, 205, 210))
    pen = ImageDraw.Draw(image)
    for _ in range(40):
        x, y = random.randrange(size[0]), random.randrange(size[1])
        reach = random.randrange(20, 160)
        colour = tuple(random.randrange(256) for _ in range(3))
        pen.ellipse((x - reach, y - reach, x + reach, y + reach // 2), fill=colour)
    return image


def save(image, form="PNG", **other):
    file = BytesIO()
    image.save(file, form, **other)
    return file.getvalue()


def crop(image, share):
    side, top = int(image.width * share), int(image.height * share)
    return image.crop((side, top, image.width - side, image.height - top))


CLOTHES = {
    "jpeg": lambda image: save(image, "JPEG", quality=30),
    "webp": lambda image: save(image, "WEBP", quality=50),
    "gif": lambda image: save(image, "GIF"),
    "small": lambda image: save(image.resize((200, 131))),
    "grey": lambda image: save(image.convert("L")),
    "bright": lambda image: save(ImageEnhance.Brightness(image).enhance(1.15)),
    "cropped": lambda image: save(crop(image, 0.01)),
    "screenshot": lambda image: save(image.resize((403, 265)), "JPEG", quality=60),
}


def test_known_again():
    """Saved smaller, lossy, grey, brighter or a little cropped, a picture is known again."""
    found = {
        name: sum(
            is_alike(
                read_picture(save(draw(seed)), "a").phash,
                read_picture(dress(draw(seed)), "b").phash,
            )
            for seed in range(6)
        )
        for name, dress in CLOTHES.items()
    }

    assert {name for name, count in found.items() if count < 5} == set()


def test_others_are_others():
    """Different pictures are not taken for one another."""
    hashes = [read_picture(save(draw(seed)), "a").phash for seed in range(40)]

    assert not any(is_alike(one, two) for at, one in enumerate(hashes) for two in hashes[:at])


def test_one_colour():
    """A picture of nothing but one colour is like no other."""
    flat = read_picture(save(Image.new("RGB", (50, 40), "red")), "a")

    assert (flat.phash, flat.width, flat.height) == (None, 50, 40)


def test_turned_by_the_camera():
    """A picture that its camera marks as turned is the same as the upright one."""
    image, exif = draw(1), Image.Exif()
    exif[0x0112] = 6
    turned = save(image.transpose(Image.Transpose.ROTATE_90), "JPEG", exif=exif)

    assert is_alike(read_picture(turned, "a").phash, read_picture(save(image), "b").phash)


def test_on_white():
    """What is see-through stands on white."""
    clear = Image.new("RGBA", (640, 420), (0, 0, 0, 0))
    ImageDraw.Draw(clear).ellipse((100, 50, 500, 380), fill="black")
    white = Image.new("RGB", clear.size, "white")
    white.paste(clear, mask=clear)

    assert hash_picture(_flatten(clear, "a")) == hash_picture(_flatten(white, "b"))


def bomb(width, height):
    """A small file that claims to be a huge picture."""

    def chunk(kind, data):
        return (
            struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
        )

    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    body = zlib.compress(bytes(10_000_000), 9)
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", body) + chunk(b"IEND", b"")
    )


@pytest.mark.parametrize("side", [8000, 60_000, 2_000_000])
def test_bombs(side):
    """A picture that claims to be huge is refused before it is unpacked."""
    assert side * side > MOST_PIXELS
    with pytest.raises(BadInput):
        read_picture(bomb(side, side), "bomb.png")


@pytest.mark.parametrize(
    "content",
    [save(draw(1))[:2000], save(draw(1), "JPEG")[:300], b"GIF89a", b"%PDF-1.4", b""],
)
def test_damaged(content):
    """A file that is broken off or no picture at all is refused as that."""
    with pytest.raises(BadInput):
        read_picture(content, "a.png")


@settings(max_examples=60)
@given(st.integers(0, 400), st.binary(min_size=1, max_size=8), st.sampled_from(["PNG", "JPEG"]))
def test_any_bytes(at, wrong, form):
    """Whatever stands in a file, it is read or refused, and nothing else happens."""
    whole = save(draw(2, (64, 48)), form)
    try:
        read = read_picture(whole[:at] + wrong + whole[at + len(wrong) :], "a")
    except BadInput:
        return
    assert len(read.sha256) == 64


def test_kinds():
    """Pictures are told by how they begin, not by what they are called."""
    for form in ("PNG", "JPEG", "GIF", "WEBP", "AVIF"):
        assert is_picture(save(draw(1, (32, 32)), form))
    for other in (b"", b"RIFF0000WAVE", b"<svg>", b"%PDF-", b"BM0000"):
        assert not is_picture(other)


def test_text_without_reader():
    """Where no reader is installed no text is read, and nothing fails."""
    if find_spec("rapidocr"):
        pytest.skip("one is installed")
    assert read_picture_text(save(draw(1)), "a") == ""


def test_text():
    """The text in a picture is read where a reader is installed, word for word."""
    pytest.importorskip("rapidocr", reason="an extra: pip install -e '.[ocr]'")
    image = Image.new("RGB", (900, 200), "white")
    pen, font = ImageDraw.Draw(image), ImageFont.load_default(36)
    pen.text((40, 30), "Bridge closed after storm", fill="black", font=font)
    pen.text((40, 110), "About 12,000 cars must go round.", fill="black", font=font)

    assert read_picture_text(save(image), "a").splitlines() == [
        "Bridge closed after storm",
        "About 12,000 cars must go round.",
    ]
