"""Pages in their folder: whole, left alone where nothing changed, with a note where one was."""

import pytest
from click.testing import CliRunner

from bot.background import publishing
from bot.cli.main import main
from bot.config.model import Site
from tests.bot.rendering.test_site import build_published
from tests.builders import build_team
from tests.expect import refuses
from workflows.desk.publication import Publication
from workflows.errors import BadInput, Unavailable


@pytest.fixture
def folder(tmp_path):
    return tmp_path / "public"


def write(folder, *claims):
    return publishing.publish(Publication(build_team(), claims), Site(), "en", folder)


def read(folder):
    return {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_unchanged_files_are_left_alone(folder):
    """A second run touches nothing."""
    first = write(folder, build_published())
    times = {path: path.stat().st_mtime_ns for path in read(folder)}

    second = write(folder, build_published())

    assert (first.unchanged, second.written, second.withdrawn) == (0, 0, 0)
    assert {path: path.stat().st_mtime_ns for path in read(folder)} == times


def test_gone_claims_leave_a_note(folder):
    """What is no longer published goes from every file, with a note at its address."""
    write(folder, build_published(1, "Kept"), build_published(2, "Withdrawn words"))

    written = write(folder, build_published(1, "Kept"))

    assert written.withdrawn == 1
    assert b"no longer published" in (folder / "claims/2.html").read_bytes()
    assert not [path for path, content in read(folder).items() if b"Withdrawn words" in content]
    assert write(folder, build_published(1, "Kept")).withdrawn == 0


def test_back_at_its_address(folder):
    """A claim that is published again returns to where it was."""
    claim = build_published(2, "Back again")
    write(folder, claim)
    write(folder)

    write(folder, claim)

    assert b"Back again" in (folder / "claims/2.html").read_bytes()


def test_no_half_page(folder, monkeypatch):
    """A run that fails on the way leaves every file as it was or as it should be."""
    write(folder, build_published(1, "Old words"))
    before = read(folder)
    monkeypatch.setattr(publishing.os, "fchmod", _fail_at(3))

    with refuses(Unavailable):
        write(folder, build_published(1, "New words"))

    monkeypatch.undo()
    broken = read(folder)
    write(folder, build_published(1, "New words"))
    after = read(folder)
    assert broken.keys() == after.keys()
    assert all(content in (before[path], after[path]) for path, content in broken.items())
    assert broken != after


def _fail_at(turn):
    left = [turn]

    def fail(*_):
        left[0] -= 1
        if not left[0]:
            raise OSError(28, "No space left on device")

    return fail


def test_foreign_website(folder):
    """A website that wasn't made here is left alone."""
    folder.mkdir()
    (folder / "index.html").write_text("<title>My blog</title>")

    with refuses(BadInput):
        write(folder, build_published())

    assert list(read(folder)) == [folder / "index.html"]


def test_foreign_pages_beside(folder):
    """A page of somebody else's in one of the folders is not replaced by a note."""
    write(folder, build_published())
    (folder / "claims/mine.html").write_text("<title>Mine</title>")

    write(folder)

    assert (folder / "claims/mine.html").read_text() == "<title>Mine</title>"


def test_readable_for_a_server(folder):
    """Whatever serves the folder may read the files."""
    write(folder, build_published())

    assert {path.stat().st_mode & 0o777 for path in read(folder)} == {0o644}


def test_command(database, team, folder, tmp_path):
    """The command writes into the folder it is given, or into the one of the configuration."""
    assert team
    config = tmp_path / "config.toml"
    config.write_text(f"[store]\npath = '{database}'\n")
    run = CliRunner().invoke

    nowhere = run(main, ["publish", "--config", str(config)])
    done = run(main, ["publish", str(folder), "--config", str(config)])

    assert (nowhere.exit_code, done.exit_code) == (2, 0)
    assert (folder / "index.html").exists()
