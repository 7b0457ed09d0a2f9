"""Documents in by triage, claims out by export, as people do it."""

import json

import pytest
import pytest_asyncio

from bot.sandbox.codes import Answer, Flag

pytestmark = pytest.mark.asyncio(loop_scope="module")


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def newsroom(opened):
    async with opened() as newsroom:
        newsroom.take_in("=Bridge 1 is closed", "Bridge 2 is closed", title="=cmd @everyone")
        await newsroom.start()
        await newsroom.posts(1, 2)
        yield newsroom


def refusal(asked):
    """The private sentence somebody is answered with."""
    assert asked.answer["type"] == Answer.MESSAGE
    assert asked.answer["data"]["flags"] & Flag.EPHEMERAL
    return asked.answer["data"]["content"]


async def later(newsroom, asked, within=30):
    """The private message that a promised answer became, once it says something final."""
    assert asked.answer["type"] == Answer.THINKING
    assert asked.answer["data"]["flags"] & Flag.EPHEMERAL

    def final():
        shown = asked.original
        return shown if shown["attachments"] or shown["embeds"] or shown["content"] else None

    return await newsroom.until(final, within)


# -------------------------------------------------------------------------------------- export


async def test_moderators_get_the_claims_privately_as_a_file(newsroom):
    asked = await newsroom.command("owner", "export", format="jsonl", status="unreviewed")
    told = await later(newsroom, asked)

    (file,) = told["attachments"]
    lines = newsroom.world.files[file["id"]][1].decode().splitlines()
    assert told["content"] == "2 claims."
    assert file["filename"].endswith(".jsonl")
    assert [json.loads(line)["claim"] for line in lines] == [
        "=Bridge 1 is closed",
        "Bridge 2 is closed",
    ]
    assert json.loads(lines[0])["card"].endswith(newsroom.card(1)["id"])


async def test_the_terminal_writes_the_same_beside_the_running_bot(newsroom, tmp_path):
    target = tmp_path / "claims.csv"
    guild = ("--guild", newsroom.world.guild_id)

    ran = await newsroom.corrobot("export", *guild, "--format", "csv", "-o", str(target))

    asked = await newsroom.command("owner", "export", format="csv")
    (file,) = (await later(newsroom, asked))["attachments"]
    assert (ran.code, ran.out) == (0, "")
    assert "2 claims" in ran.err
    assert target.read_bytes() == newsroom.world.files[file["id"]][1]
    assert "'=Bridge" in target.read_text()


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ({"status": "refuted"}, "No claim fits that."),
        ({"document": "nowhere"}, "The team has no document “nowhere”."),
        ({"since": "yesterday"}, '"yesterday" is not a date.'),
    ],
)
async def test_an_export_of_nothing_is_answered_with_a_sentence(newsroom, options, said):
    assert refusal(await newsroom.command("owner", "export", format="csv", **options)).startswith(
        said
    )


async def test_an_export_is_refused_to_everybody_else(newsroom):
    newsroom.person("Ada")

    assert refusal(await newsroom.command("Ada", "export", format="csv")) == (
        "Only moderators can do that."
    )


async def test_documents_are_completed_by_their_titles(newsroom):
    asked = newsroom.world.complete(
        newsroom.world.owner, newsroom.claims, "export", "document", document="CMD", format="csv"
    )
    await newsroom.answered(asked)

    ((name, key),) = ((c["name"], c["value"]) for c in asked.answer["data"]["choices"])
    assert name == "=cmd @everyone"
    assert len(key) == 22
