"""Several documents on several cores: the same claims in the same order, one model."""

import os

from click.testing import CliRunner

from bot.cli import worker_pool
from bot.cli.main import main


def extract(folder, monkeypatch, cores):
    """Return what the terminal shows of a folder where so many cores are there."""
    monkeypatch.setattr(worker_pool, "count_cores", lambda: cores)
    done = CliRunner().invoke(main, ["extract", str(folder), "--format", "jsonl"])
    return done.exit_code, done.stdout, done.stderr


def test_a_process_ended(tmp_path, monkeypatch):
    """A process that the system ends gives a sentence, and no traceback."""
    for number in range(3):
        text = f"The mill in Olden employs {number + 2} people, Ann Lee said on Monday."
        (tmp_path / f"{number}.txt").write_text(text, encoding="utf-8")
    monkeypatch.setattr(worker_pool.entries, "extract_dated_claims", lambda *_: os._exit(9))

    code, _, told = extract(tmp_path, monkeypatch, cores=2)

    assert code == 2
    assert "was ended from outside" in told


def test_same_on_several_cores(tmp_path, monkeypatch):
    """On three cores as on one: each document's claims in its turn, and what can't be read."""
    for number in range(5):
        text = f"The mill in Olden employs {number + 2} people, Ann Lee said on Monday."
        (tmp_path / f"{number}.txt").write_text(text, encoding="utf-8")
    (tmp_path / "1a.txt").write_bytes(b"a\0b")

    alone = extract(tmp_path, monkeypatch, cores=1)
    together = extract(tmp_path, monkeypatch, cores=3)

    assert alone[0] == 2
    assert alone[1].count("Olden") >= 5
    assert together == alone
