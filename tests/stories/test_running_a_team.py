"""Those who run a team: its rules, its settings, who may change them, and what is told of it."""

import re
from copy import deepcopy

import pytest
import pytest_asyncio

from tests.harness import read_answer

pytestmark = pytest.mark.asyncio(loop_scope="module")


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def newsroom(opened):
    """The owner administers the server, Mona moderates it, Ada votes, a stranger may not."""
    async with opened(policy={"quorum": 1, "evidence": 0}) as newsroom:
        voters, moderators = newsroom.world.role("voters"), newsroom.world.role("desk")
        text = newsroom.config.read_text()
        roles = f"voter_roles = [{voters}]\nmoderator_roles = [{moderators}]\nguild ="
        newsroom.config.write_text(text.replace("guild =", roles, 1))
        newsroom.voters = voters
        newsroom.person("Ada", voters)
        newsroom.person("Mona", moderators)
        newsroom.person("Stranger")
        newsroom.claimed = newsroom.take_in(*(f"Bridge {n} is closed" for n in range(6)))
        await newsroom.start()
        await newsroom.posts(*newsroom.claimed)
        yield newsroom


async def completions(newsroom, name, line, focused, **values):
    person = newsroom.world.owner if name == "owner" else newsroom.person(name)
    asked = newsroom.world.complete(person, newsroom.claims, line, focused, **values)
    answered = await newsroom.answered(asked)
    return {choice["value"]: choice["name"] for choice in answered.answer["data"]["choices"]}


# ---------------------------------------------------------------------------------- the rules


async def test_policy_show(newsroom):
    """Anybody reads the rules in plain words."""
    asked = await newsroom.command("Stranger", "policy show")

    told = newsroom.words(await newsroom.told(asked))
    assert "A verdict needs 1 vote." in told
    assert "of the votes must agree on a verdict" in told
    assert "so that nobody decides alone" not in told  # one person does, under this rule


async def test_value_completion(newsroom):
    """Values of a rule are offered with what they would mean."""
    offered = await completions(newsroom, "Mona", "policy set", "value", rule="quorum")
    weights = await completions(newsroom, "Mona", "policy set", "value", rule="weights")

    assert offered["1"] == "A verdict needs 1 vote. (current)"
    assert weights[f"{newsroom.voters}=2"] == "A vote by voters counts as 2"


async def test_policy_set(newsroom):
    """A rule is set by moderators only."""
    before = newsroom.rows("SELECT version, rules FROM policies")

    for name in ("Ada", "Stranger"):
        asked = await newsroom.command(name, "policy set", rule="quorum", value="2")
        assert read_answer(asked) == "Only moderators can do that."

    assert newsroom.rows("SELECT version, rules FROM policies") == before


async def test_many_flips(newsroom):
    """A change that flips many verdicts is confirmed and says which."""
    for number in newsroom.claimed:
        await newsroom.vote("Ada", number, "Supported")

    asked = await newsroom.command("Mona", "policy set", rule="quorum", value="2")

    braked = read_answer(asked)
    assert braked.startswith("This would change 6 of 6 provisional verdicts.")
    assert "Supported → In review" in braked
    assert newsroom.status(1) == "supported"
    told = await newsroom.told(asked)
    pressed_late = deepcopy(told)
    refused = await newsroom.press("Ada", told, "Change it anyway")
    assert read_answer(refused) == "Only moderators can do that."
    confirmed = await newsroom.press("Mona", told, "Change it anyway")
    said = read_answer(confirmed)
    assert said.startswith("New rule (version 2): A verdict needs 2 votes.")
    assert "6 open claims change:" in said
    assert f"[#1](https://discord.com/channels/{newsroom.world.guild_id}/" in said
    await newsroom.shows(1, "1 of 2 votes")
    again = await newsroom.press("Mona", pressed_late, "Change it anyway")
    assert read_answer(again).startswith("Someone else has just changed the rules.")


async def test_wrong_value(newsroom):
    """A wrong value is answered with what the rule takes."""
    asked = await newsroom.command("Mona", "policy set", rule="hold", value="a while")

    assert read_answer(asked) == (
        'hold is "a while", but it must be a duration of at most a year, such as "24h" or "7d".'
    )


async def test_policy_simulate(newsroom):
    """A rule is tried on the team's history before it is set."""
    before = newsroom.rows("SELECT version, rules FROM policies")

    asked = await newsroom.command("Mona", "policy simulate", rule="quorum", value="1")

    told = newsroom.words(await newsroom.told(asked))
    assert told.startswith("Under this rule: A verdict needs 1 vote.\n")
    assert newsroom.rows("SELECT version, rules FROM policies") == before
    wrong = await newsroom.command("Mona", "policy simulate", rule="hold", value="a while")
    assert newsroom.words(await newsroom.told(wrong)).startswith('hold is "a while"')


# ------------------------------------------------------------------------------- what is stored


async def test_privacy(newsroom):
    """Anybody reads what is stored, how long, and how it is removed."""
    told = newsroom.words(await newsroom.told(await newsroom.command("Ada", "privacy")))

    assert "In this server's records: 6 votes, 0 links, 0 reasons and notes." in told
    assert "I don't read messages" in told
    assert "This bot doesn't make backups itself." in told
    assert "Use `/forget-me` to remove your identity" in told
    nothing = await newsroom.command("Stranger", "privacy")
    assert "Nothing is stored about you in this server's records." in newsroom.words(
        await newsroom.told(nothing)
    )


async def test_forget_me_asks(newsroom):
    """Whoever asks to be forgotten is asked once more and can change their mind."""
    asked = await newsroom.command("Ada", "forget-me")
    told = await newsroom.told(asked)
    before = newsroom.rows("SELECT * FROM members")

    kept = await newsroom.press("Ada", told, "Keep it as it is")

    assert read_answer(kept) == "Nothing was changed."
    assert newsroom.rows("SELECT * FROM members") == before
    assert read_answer(await newsroom.command("Stranger", "forget-me")) == (
        "Nothing is stored about you in this server's records."
    )


async def test_forget_me(newsroom):
    """The forgotten leave no account, and their open votes are taken back."""
    told = await newsroom.told(await newsroom.command("Ada", "forget-me"))
    stray = deepcopy(told)

    forgotten = await newsroom.press("Ada", told, "Forget me")

    assert read_answer(forgotten).startswith(
        "You are forgotten here: 6 votes taken back, 0 reasons"
    )
    ada = newsroom.person("Ada")["id"]
    assert not newsroom.rows("SELECT * FROM members WHERE discord_id = ?", int(ada))
    await newsroom.shows(1, "0 of 2 votes")
    again = await newsroom.press("Stranger", stray, "Forget me")
    assert read_answer(again) == "Nothing is stored about you in this server's records."


async def test_forget_in_terminal(newsroom):
    """A request by mail is answered in the terminal beside the bot."""
    await newsroom.vote("Ada", 1, "Supported")
    ada = newsroom.person("Ada")["id"]
    of_ada = ("forget", "--guild", newsroom.world.guild_id, "--user", ada)

    unsure = await newsroom.corrobot(*of_ada)
    assert unsure.code == 1
    assert f"Stored about {ada}: votes: 1" in unsure.out
    assert newsroom.votes(1) == {"Ada": "supported"}
    done = await newsroom.corrobot(*of_ada, "--yes")

    assert done.code == 0
    assert "Forgotten. Votes taken back: 1; reasons and notes removed: 0." in done.out
    await newsroom.shows(1, "0 of 2 votes")
    unknown = await newsroom.corrobot(*of_ada, "--yes")
    assert (unknown.code, unknown.err) == (1, f"Nothing is stored about {ada} in this server.\n")


# ---------------------------------------------------------------------------------------- help


async def test_help(newsroom):
    """Help leads on to what a card says and to the rules."""
    told = await newsroom.told(await newsroom.command("Stranger", "help"))

    assert "</privacy:" in newsroom.words(told)
    assert "</policy set:" not in newsroom.words(told)
    card = await newsroom.told(await newsroom.press("Stranger", told, "What a card shows"))
    assert "sources show that it's true" in newsroom.words(card)
    rules = await newsroom.told(await newsroom.press("Stranger", told, "How a verdict is reached"))
    assert "so that nobody decides alone" in newsroom.words(rules)
    owners = newsroom.words(await newsroom.told(await newsroom.command("owner", "help")))
    assert "</setup:" in owners


# --------------------------------------------------------------------------------------- audit


async def test_audit(newsroom):
    """Moderators read a claim's whole history and the replay check."""
    for name in ("Ada", "Stranger"):
        for options in ({}, {"claim": "1"}):
            asked = await newsroom.command(name, "audit", **options)
            assert read_answer(asked) == "Only moderators can do that."

    checked = newsroom.words(await newsroom.told(await newsroom.command("Mona", "audit")))
    assert re.fullmatch(r"6 claims, \d+ events, 0 differences\nThe history matches .*", checked)
    asked = await newsroom.command("Mona", "audit", claim="#2")
    history = newsroom.words(await newsroom.told(asked))
    assert re.match(r"\*\*\[#2\]\(https://discord\.com/channels/\d+/\d+/\d+\) Bridge 1 is", history)
    assert "took their vote back." in history
    missing = await newsroom.command("Mona", "audit", claim="77")
    assert "#77" in newsroom.words(await newsroom.told(missing))


async def test_long_history(newsroom):
    """A long history comes as a file."""
    for turn in range(40):
        await newsroom.vote("Ada", 3, ("Supported", "Refuted")[turn % 2])

    asked = await newsroom.command("Mona", "audit", claim="3")

    told = await newsroom.told(asked)
    (file,) = told["attachments"]
    assert file["filename"] == "claim-3.txt"
    _, content = newsroom.world.files[file["id"]]
    assert content.decode().count(" voted ") + content.decode().count(" voted.") >= 40


# ------------------------------------------------------------------------- nasty inputs

NASTY = (
    "@everyone <@1> <@&2> <#3> <t:0:R> </setup:1>",
    "[here](https://evil.example)\n# big\n- list",
    "\u202eevil\u202c \u2066x",
    "z" + "\u0336\u0337\u0338" * 12,
    "``` ||x|| ~~y~~",
)
TRICKS = ("<@", "<#", "<t:", "</", "](http", "\n# ", "\n- ", "\u202e", "\u2066", "```", "||")


def plain(told):
    """Whether a text could neither ping, nor format, nor masquerade."""
    told = re.sub(r"\\.", "", told)  # what is escaped is seen as it is
    return not any(trick in told for trick in TRICKS) and "\u0336\u0337\u0338\u0336" not in told


async def test_typed_text_is_plain(newsroom):
    """What is typed comes back as plain text only."""
    for nasty in NASTY:
        for asked in (
            await newsroom.command("Mona", "policy set", rule="quorum", value=nasty[:60]),
            await newsroom.command("owner", "setup", timezone=nasty[:60]),
            await newsroom.command("Mona", "audit", claim=nasty),
        ):
            told = newsroom.words(await newsroom.told(asked))
            assert told
            assert plain(told), told


async def test_role_name_is_plain(newsroom):
    """A role's name is offered as plain text."""
    for nasty in NASTY:
        newsroom.world.role(nasty[:90])

    offered = await completions(
        newsroom, "Mona", "policy set", "value", rule="weights", value="evil"
    )

    assert offered
    assert all(len(name) <= 100 and "\u202e" not in name for name in offered.values())
