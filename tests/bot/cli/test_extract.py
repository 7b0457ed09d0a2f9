"""corrobot extract keeps its contract."""

import asyncio
import json
import os
import re
import subprocess
import sys
from functools import cache

import pytest
from click.testing import CliRunner

from bot.cli.main import main
from tests import model_server
from tests.model_server import MODEL, ModelServer, write_claims
from workflows.extraction import model

TEXT = (
    "A day of rain\n\nThe mayor said on October 16 that 1.5 million people and 12 towns were hit."
)
KEYS = [
    "document",
    "claim",
    "quote",
    "start",
    "end",
    "attribution",
    "hedge",
    "polarity",
    "references",
    "needs_words",
    "turn",
    "figures",
    "dates",
    "as_of",
    "check_worthiness",
    "nested",
    "counters",
]
LINK = [
    "source",
    "start",
    "end",
    "cue",
    "cue_start",
    "cue_end",
    "anonymous",
    "date",
    "hedge",
    "resolved",
]


loaded = cache(model.load_model)


@pytest.fixture(autouse=True)
def load_once(monkeypatch):
    """The model is loaded for the first test, not for each."""
    monkeypatch.setattr(model, "load_model", loaded)


def run(*arguments, **options):
    return CliRunner().invoke(main, ["extract", *map(str, arguments)], **options)


def claims(result):
    return [json.loads(line) for line in result.stdout.splitlines()]


@pytest.fixture
def article(tmp_path):
    path = tmp_path / "article.txt"
    path.write_bytes(TEXT.encode())
    return path


def test_claim_per_line(article):
    """A line is a claim with the keys of the contract."""
    result = run(article, "--format", "jsonl", "--published", "2024-10-18")

    assert result.exit_code == 0
    for claim in claims(result):
        assert list(claim) == KEYS
        assert claim["document"] == str(article)
        assert TEXT[claim["start"] : claim["end"]].strip()
        assert claim["quote"] in TEXT
        for link in claim["attribution"]:
            assert list(link) == LINK
    figures = [figure for claim in claims(result) for figure in claim["figures"]]
    assert [list(figure) for figure in figures] == [
        ["text", "value", "upper", "unit", "modifier", "start", "end"]
    ] * len(figures)
    assert {1_500_000, 12} <= {figure["value"] for figure in figures}
    assert '"value":12,' in result.stdout.replace(" ", "")
    dated = [link["date"] for claim in claims(result) for link in claim["attribution"]]
    assert "2024-10-16" in dated


def test_date_ranges(tmp_path):
    """Dates run from one day to another."""
    path = tmp_path / "a.txt"
    path.write_text("The bridge was closed in May 2023, the mayor said.", encoding="utf-8")

    [claim] = claims(run(path, "--format", "jsonl"))

    assert [(d["from"], d["to"]) for d in claim["dates"]] == [("2023-05-01", "2023-05-31")]


def test_folder(tmp_path):
    """A folder stands for its texts, each under its path."""
    for name in ("b.txt", "a.md", "c.csv"):
        (tmp_path / name).write_text(TEXT, encoding="utf-8")

    found = claims(run(tmp_path, "--format", "jsonl"))

    assert list(dict.fromkeys(claim["document"] for claim in found)) == [
        str(tmp_path / "a.md"),
        str(tmp_path / "b.txt"),
    ]


def test_standard_input():
    """A dash is the standard input."""
    found = claims(run("-", "--format", "jsonl", input=TEXT))

    assert {claim["document"] for claim in found} == {"-"}


def test_unreadable_source(tmp_path, article):
    """A source that cannot be read is one sentence, and the others are done."""
    bad = tmp_path / "bad.txt"
    bad.write_bytes(b"a\0b")

    result = run(tmp_path / "none.txt", bad, article, "--format", "jsonl")

    assert result.exit_code == 2
    assert len(result.stderr.strip().splitlines()) == 2
    assert {claim["document"] for claim in claims(result)} == {str(article)}


def test_foreign_language(tmp_path, article):
    """A text in another language is one sentence, and the others are done."""
    german = tmp_path / "bericht.txt"
    german.write_text(
        "Der Minister sagte am Dienstag, zehntausend Soldaten seien auf dem Weg an die Front.",
        encoding="utf-8",
    )

    result = run(german, article, "--format", "jsonl")

    assert result.exit_code == 2
    assert result.stderr.splitlines() == [
        f"{german} seems to be in German. Only English can be read so far."
    ]
    assert {claim["document"] for claim in claims(result)} == {str(article)}


def test_text_of_offsets(article):
    """The text that offsets refer to can be printed."""
    assert run(article, "--text").stdout == TEXT


def test_sentences(tmp_path):
    """Sentences are scored under their ids."""
    path = tmp_path / "sentences.jsonl"
    lines = [{"id": "x", "text": "The state spent 3 billion dollars."}, {"id": 7, "text": "Hello."}]
    path.write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="utf-8")

    judged = claims(run("--sentences", path))

    assert [line["id"] for line in judged] == ["x", 7]
    assert all(list(line) == ["id", "check_worthiness"] for line in judged)
    assert 0 <= judged[1]["check_worthiness"] < judged[0]["check_worthiness"] <= 1


@pytest.mark.parametrize(
    "arguments",
    [("--published", "yesterday"), ("--published", "2024-13-01"), ()],
    ids=["word", "month", "nothing to read"],
)
def test_wrong_call(arguments, article):
    """A wrong call is answered with a sentence."""
    result = run(*arguments, *([article] if arguments else []))

    assert result.exit_code == 2
    assert len(result.stderr.strip().splitlines()) == 1
    assert "Traceback" not in result.output


def test_no_configuration(article, tmp_path):
    """It needs no configuration and no token, and loads neither database nor web for a file."""
    command = [sys.executable, "-X", "importtime", "-m", "bot", "extract", str(article)]

    done = subprocess.run(
        [*command, "--format", "jsonl"], cwd=tmp_path, capture_output=True, text=True, check=False
    )

    assert done.returncode == 0, done.stderr
    assert [json.loads(line)["document"] for line in done.stdout.splitlines()]
    assert not {"sqlite_utils", "aiohttp"} & set(done.stderr.split())


# ------------------------------------------------------------------------------------ for people


NEWS = (
    "It rained\n\nOfficials said on October 16 that about 1.5 million people might have been hit."
    " Snow is white."
)


@pytest.fixture
def news(tmp_path):
    path = tmp_path / "news.txt"
    path.write_text(NEWS, encoding="utf-8")
    return path


def test_table_for_people(news):
    """People get a table that fits their terminal, the best claims first."""
    shown = run(news, "--format", "table", env={"COLUMNS": "80"}).stdout

    lines = shown.splitlines()
    assert lines[0].endswith("claims") or lines[1].endswith("claims")
    assert all(len(line) <= 80 for line in lines)
    worths = [int(worth) for worth in re.findall(r"^ *(\d+)% ", shown, re.MULTILINE)]
    assert worths == sorted(worths, reverse=True)
    assert len(worths) >= 2
    assert "Officials (unnamed)" in " ".join(shown.split())
    assert "speculated" in shown
    assert "the document itself" in " ".join(shown.split())


def test_table_keeps_brackets(tmp_path):
    """What was put in stands in the table, and is no markup."""
    document = tmp_path / "rain.txt"
    document.write_text("OLDEN - Rain fell. Three people were killed.")

    wide = {"COLUMNS": "120"}
    result = CliRunner().invoke(main, ["extract", str(document), "--format", "table"], env=wide)

    assert "Three people were killed [in Olden]" in result.output


def test_explain(news):
    """What made a claim can be asked for."""
    shown = run(news, "--explain", "--published", "2024-10-18", env={"COLUMNS": "80"}).stdout

    assert all(len(line) <= 80 for line in shown.splitlines())
    said = " ".join(shown.split())
    assert "“Officials”, unnamed, by “said”, speculated, on 2024-10-16" in said
    assert "hedge speculated, by “might”" in said
    assert "“1.5 million”: about 1,500,000 people" in said
    assert re.search(r"worth checking \d+%: \w+", said)


def test_explained_place(tmp_path):
    """Of subtitles and PDF files, the time or the page of each claim is said."""
    film = tmp_path / "film.srt"
    film.write_text(
        "1\n00:00:01,000 --> 00:00:03,000\nThank you for coming.\n\n2\n00:12:04,000 -->"
        " 00:12:09,000\nThe dam holds 40 million cubic metres of water, the engineer said.\n"
    )

    shown = run(film, "--explain", env={"COLUMNS": "80"}).stdout

    assert "time" in shown
    assert "0:12:04" in shown


def test_explain_is_for_people(news):
    """An explanation is not for programs."""
    result = run(news, "--explain", "--format", "jsonl")

    assert result.exit_code == 2
    assert result.stderr == "--explain is for people; leave out --format jsonl.\n"


@pytest.mark.parametrize("shape", ["--format=table", "--explain"])
def test_terminal_is_safe(tmp_path, shape):
    """A document cannot steer the terminal."""
    path = tmp_path / "steering.txt"
    path.write_text(
        "The mayor said that 12 \x1b[2Jbridges \u202eof [red]Rome[/red] were closed.",
        encoding="utf-8",
    )

    shown = run(path, shape).stdout

    assert "Rome" in shown
    assert not {"\x1b", "\u202e"} & set(shown)


def test_text_without_claims(tmp_path):
    """A text without claims is said to have none."""
    path = tmp_path / "none.txt"
    path.write_text("What now?", encoding="utf-8")

    assert "no checkable claim" in " ".join(run(path, "--format", "table").stdout.split())


def test_folder_without_texts(tmp_path, article):
    """A folder without texts is answered with a sentence."""
    empty = tmp_path / "empty"
    empty.mkdir()

    result = run(empty, article, "--format", "jsonl")

    assert result.exit_code == 2
    assert result.stderr == f"{empty} holds no document that can be read.\n"
    assert claims(result)


def test_progress_bar(tmp_path):
    """A bar shows how far a folder is, and keeps out of the output.

    On a terminal of its own for standard error; the output goes to a file.
    """
    for name in ("a.txt", "b.txt"):
        (tmp_path / name).write_text(TEXT, encoding="utf-8")
    ours, theirs = os.openpty()
    command = [sys.executable, "-m", "bot", "extract", str(tmp_path), "--format", "table"]

    with (tmp_path / "out").open("wb") as out:
        done = subprocess.run(command, stdout=out, stderr=theirs, check=False)
    os.close(theirs)
    bar = os.read(ours, 1 << 16).decode()
    os.close(ours)

    shown = (tmp_path / "out").read_text(encoding="utf-8")
    assert done.returncode == 0
    assert "2/2" in bar
    assert "b.txt" in shown
    assert "Reading" not in shown
    assert "\x1b" not in shown
    assert "Worth" not in bar


def test_nothing_found_says_why(tmp_path):
    """A document without a claim gets one sentence on standard error, and exit code 0."""
    (tmp_path / "a.txt").write_text("- bread\n- milk\n- eggs\n", encoding="utf-8")

    done = CliRunner().invoke(main, ["extract", str(tmp_path / "a.txt"), "--format", "jsonl"])

    assert (done.exit_code, done.stdout) == (0, "")
    assert done.stderr.count("\n") == 1
    assert "it is a list" in done.stderr


def configure(tmp_path, url):
    file = tmp_path / "config.toml"
    file.write_text(f'[engine]\nkind = "llm"\nbase_url = "{url}"\nmodel = "{MODEL}"\n')
    return file


async def test_by_a_model(tmp_path):
    """A language model's claims keep the contract, in any language, and its use is told."""
    text = "시장은 월요일에 다리 두 곳이 폐쇄됐다고 말했다. 비가 하루 종일 내렸다."
    said = model_server.claim(
        "시장은 월요일에 다리 두 곳이 폐쇄됐다고 말했다.",
        "다리 두 곳이 폐쇄됐다",
        "다리 두 곳이 폐쇄됐다",
        attribution=[{"source": "시장", "cue": "말했다"}],
    )
    async with ModelServer(lambda _: write_claims(said, {**said, "quote": "없다."})) as server:
        arguments = ["extract", "-", "--format", "jsonl", "--engine", "llm", "--config"]
        ran = await asyncio.to_thread(
            CliRunner().invoke, main, [*arguments, str(configure(tmp_path, server.url))], input=text
        )
    assert ran.exit_code == 0, ran.stderr
    [found] = map(json.loads, ran.stdout.splitlines())
    assert list(found) == KEYS
    assert text[found["start"] : found["end"]] == found["claim"] == "다리 두 곳이 폐쇄됐다"
    assert "1 requests, 100 tokens shown, 10 written" in ran.stderr
    assert "1 claims, 1 dropped" in ran.stderr


def test_no_model(tmp_path):
    """Without a language model in the configuration, that is one sentence."""
    file = tmp_path / "config.toml"
    file.write_text("")
    ran = CliRunner().invoke(main, ["extract", "-", "--engine", "llm", "--config", str(file)])
    assert ran.exit_code == 2
    assert "names no language model" in ran.stderr
