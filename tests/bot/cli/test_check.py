"""What `corrobot check` finds on this machine, by trying."""

import getpass

from bot.cli.check import places
from bot.config import read_config


def written(tmp_path, more):
    (tmp_path / "config.toml").write_text(more)
    return read_config(tmp_path / "config.toml")


def test_folders_are_tried(tmp_path):
    """Every folder the bot writes into is tried, and one that can't be written to is named."""
    config = written(
        tmp_path, '[store]\npath = "/proc/corrobot.db"\n[backup]\nfolder = "/proc/copies/daily"\n'
    )

    found = list(places(config))

    assert [each.about for each in found] == ["database", "backup"]
    assert found[0].said.startswith(f"{getpass.getuser()} can't write to /proc: ")


def test_folders_yet_to_come(tmp_path):
    """A folder that isn't there yet is fine where it can be made, and trying leaves nothing."""
    config = written(tmp_path, '[backup]\nfolder = "copies/daily"\n[publish]\nfolder = "site"\n')
    before = sorted(tmp_path.iterdir())

    assert list(places(config)) == []
    assert sorted(tmp_path.iterdir()) == before
