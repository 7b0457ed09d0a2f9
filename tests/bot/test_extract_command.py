"""corrobot extract keeps its contract."""

import json
import subprocess
import sys

import pytest
from click.testing import CliRunner

from bot.cli.main import main

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
    "figures",
    "dates",
    "as_of",
    "check_worthiness",
    "nested",
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


def run(*arguments, **options):
    return CliRunner().invoke(main, ["extract", *map(str, arguments)], **options)


def claims(result):
    return [json.loads(line) for line in result.stdout.splitlines()]


@pytest.fixture
def article(tmp_path):
    path = tmp_path / "article.txt"
    path.write_bytes(TEXT.encode())
    return path


def test_a_line_is_a_claim_with_the_keys_of_the_contract(article):
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


def test_dates_run_from_one_day_to_another(tmp_path):
    path = tmp_path / "a.txt"
    path.write_text("The bridge was closed in May 2023, the mayor said.", encoding="utf-8")

    [claim] = claims(run(path, "--format", "jsonl"))

    assert [(d["from"], d["to"]) for d in claim["dates"]] == [("2023-05-01", "2023-05-31")]


def test_a_folder_stands_for_its_texts_each_under_its_path(tmp_path):
    for name in ("b.txt", "a.md", "c.csv"):
        (tmp_path / name).write_text(TEXT, encoding="utf-8")

    found = claims(run(tmp_path, "--format", "jsonl"))

    assert list(dict.fromkeys(claim["document"] for claim in found)) == [
        str(tmp_path / "a.md"),
        str(tmp_path / "b.txt"),
    ]


def test_a_dash_is_the_standard_input():
    found = claims(run("-", "--format", "jsonl", input=TEXT))

    assert {claim["document"] for claim in found} == {"-"}


def test_what_cannot_be_read_is_one_sentence_and_the_others_are_done(tmp_path, article):
    bad = tmp_path / "bad.txt"
    bad.write_bytes(b"a\0b")

    result = run(tmp_path / "none.txt", bad, article, "--format", "jsonl")

    assert result.exit_code == 2
    assert len(result.stderr.strip().splitlines()) == 2
    assert {claim["document"] for claim in claims(result)} == {str(article)}


def test_a_text_in_another_language_is_one_sentence_and_the_others_are_done(tmp_path, article):
    german = tmp_path / "bericht.txt"
    german.write_text(
        "Der Minister sagte am Dienstag, zehntausend Soldaten seien auf dem Weg an die Front.",
        encoding="utf-8",
    )

    result = run(german, article, "--format", "jsonl")

    assert result.exit_code == 2
    assert result.stderr.splitlines() == [
        f"{german} is in German, it seems. Only English texts can be read so far."
    ]
    assert {claim["document"] for claim in claims(result)} == {str(article)}


def test_the_text_that_offsets_refer_to_can_be_asked_for(article):
    assert run(article, "--text").stdout == TEXT


def test_sentences_are_judged_under_their_ids(tmp_path):
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
def test_a_wrong_call_is_a_sentence(arguments, article):
    result = run(*arguments, *([article] if arguments else []))

    assert result.exit_code == 2
    assert len(result.stderr.strip().splitlines()) == 1
    assert "Traceback" not in result.output


def test_it_needs_no_configuration_and_no_token(article, tmp_path):
    command = [sys.executable, "-m", "bot", "extract", str(article), "--format", "jsonl"]

    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)

    assert done.returncode == 0, done.stderr
    assert [json.loads(line)["document"] for line in done.stdout.splitlines()]
