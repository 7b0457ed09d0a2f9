"""Which claims a picture was seen on before, and where people can look for it."""

from workflows.claims import PictureRead, SeenPicture
from workflows.pictures import MOST_SEEN, KnownPicture, find_seen, is_alike, list_searches

READ = PictureRead("ab" * 32, "00ff00ff00ff00ff", 640, 420)
NEAR, FAR = "00ff00ff00ff0000", "ff00ff00ff00ff00"


def test_same_before_alike():
    """The same file is named before one that looks alike, and others not at all."""
    known = [
        KnownPicture(15, "cd" * 32, NEAR),
        KnownPicture(12, "ab" * 32, "00ff00ff00ff00ff"),
        KnownPicture(9, "ef" * 32, FAR),
        KnownPicture(12, "ef" * 32, NEAR),
        KnownPicture(3, "ef" * 32, None),
    ]

    assert find_seen(READ, known) == (SeenPicture(12, True), SeenPicture(15, False))


def test_some_named():
    """Only a few claims are named."""
    known = [KnownPicture(n, "cd" * 32, NEAR) for n in range(20)]

    assert len(find_seen(READ, known)) == MOST_SEEN


def test_plain_pictures():
    """A picture of one colour is like no other, but the same file is the same."""
    plain = PictureRead("ab" * 32, None, 5, 5)

    assert not is_alike(None, None)
    assert find_seen(plain, [KnownPicture(1, "cd" * 32, None)]) == ()
    assert find_seen(plain, [KnownPicture(1, "ab" * 32, None)]) == (SeenPicture(1, True),)


def test_searches():
    """Each address holds the picture's, whole, and nothing of it ends the address early."""
    address = "https://pages.example.org/a b.png?x=1&y=2#top"

    for _, search in list_searches(address):
        assert search.startswith("https://")
        assert search.endswith("https%3A%2F%2Fpages.example.org%2Fa%20b.png%3Fx%3D1%26y%3D2%23top")
