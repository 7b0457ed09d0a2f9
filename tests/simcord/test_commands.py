"""The commands in a Discord that is not ours: SimCord's, so that our mistakes agree with nobody.

It holds the commands as they were synced, what a member may do, and Discord's own limits.
"""

import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from types import SimpleNamespace
from typing import Any

import discord
import pytest
import simcord

from bot.client import CorrobotClient
from bot.clock import TrustedClock, utc_now
from bot.command_access import RIGHTS, Access
from workflows.claims import Verdict
from workflows.desk import claim_views, setup, votes
from workflows.desk import intake as desk_intake
from workflows.desk.claim_desk import ClaimDesk
from workflows.desk.retention import Retention
from workflows.errors import CorrobotError
from workflows.intake import Intake
from workflows.policy import Policy
from workflows.teams import Acting, Person

NASTY = (
    "@everyone [click](https://evil.example/) <t:0:R> </setup:1> <@1> # Head",
    "> quote\n- list\n```code``` ||spoiler|| **bold**",
    "\u202egnirts desrever\u202c Z" + "\u0336" * 60 + "algo",
    "w" * 4000,
    "다리가 폐쇄되었다 🌉" * 40,
)


class Quiet(CorrobotClient):
    """The bot without what runs by itself: nothing here waits for a clock."""

    async def on_ready(self) -> None:
        return


@dataclass
class Place:
    """A server in that Discord, with a team, and somebody of each kind."""

    env: Any
    channel: Any
    guild: Any
    desk: ClaimDesk
    people: SimpleNamespace

    async def claims(self) -> dict[int, Any]:
        found = await self.desk.read(
            lambda store: store.claims.of_team(store.teams.of_guild(self.guild.id).id)
        )
        return {claim.number: claim for claim in found}

    async def events(self) -> int:
        return await self.desk.read(
            lambda store: store.history.count(store.teams.of_guild(self.guild.id).id)
        )


@pytest.fixture
def place(database, settings, found_claim):
    """`async with place("The bridge is closed") as here:` a team with these claims."""

    @asynccontextmanager
    async def opened(*words: str) -> AsyncIterator[Place]:
        desk, now = ClaimDesk(database), datetime.now(UTC)
        bot = Quiet(desk, None, None, None, TrustedClock(utc_now), Retention(None, None), None)
        async with simcord.run(bot, check_errors=False, shard_count=1) as env:
            guild = env.create_guild()
            channel = guild.create_text_channel("claims")
            voters, desk_role = guild.create_role("voters"), guild.create_role("desk")
            admins = guild.create_role(
                "admins", permissions=discord.Permissions(administrator=True)
            )
            people = SimpleNamespace(
                stranger=guild.add_member(env.create_user("stranger")),
                voter=guild.add_member(env.create_user("voter"), roles=[voters]),
                moderator=guild.add_member(env.create_user("moderator"), roles=[desk_role]),
                administrator=guild.add_member(env.create_user("admin"), roles=[admins]),
            )
            ours = replace(
                settings,
                guild=guild.id,
                claims_channel=channel.id,
                digest_channel=channel.id,
                voter_roles=frozenset({voters.id}),
                moderator_roles=frozenset({desk_role.id}),
            )
            await desk.write(setup.create_team, ours, Policy(), now)
            intake = Intake("News", None, None, None, "en", "n", tuple(map(found_claim, words)))
            await desk.write(desk_intake.add_document, guild.id, intake, None, now)
            yield Place(env, channel, guild, desk, people)
            raised = [getattr(error, "original", error) for error in env.errors]
            assert [error for error in raised if not isinstance(error, CorrobotError)] == []
        desk.close()

    return opened


WHY = {"reason": "seen"}
USES: dict[str, dict[str, object]] = {
    "claim show": {"number": "1"},
    "claim list": {},
    "claim search": {"query": "bridge"},
    "claim add": {"words": "The road is closed"},
    "claim evidence": {"number": "1", "link": "https://x.example.org", "stance": "supports"},
    "claim settle": {"number": "1", "verdict": "supported", **WHY},
    "claim reopen": {"number": "1", **WHY},
    "claim drop": {"number": "2", **WHY},
    "claim assign": {"number": "1", **WHY},
    "claim repost": {"number": "1", **WHY},
    "claim edit": {"number": "3", **WHY},
    "claim split": {"number": "3", **WHY},
    "claim merge": {"number": "3", "into": "4", **WHY},
}


async def test_rights_table(place):
    """Each kind of member may do what the table says."""
    kinds = {
        "stranger": {Access.ANYONE},
        "voter": {Access.ANYONE, Access.VOTERS},
        "moderator": {Access.ANYONE, Access.VOTERS, Access.MODERATORS},
        "administrator": set(Access),
    }
    async with place(*(f"Bridge {n} is closed" for n in range(1, 5))) as here:
        for kind, groups in kinds.items():
            for command, options in USES.items():
                before = await here.events()
                done = await getattr(here.people, kind).slash(here.channel, command, **options)
                said = done.response.content if done.response else ""
                refused = said.startswith(("Only members with", "Only moderators"))
                assert refused == (RIGHTS[command] not in groups), (kind, command, said)
                if refused:
                    assert done.ephemeral
                    assert await here.events() == before


async def test_edit_form(place):
    """A claim is edited by its form."""
    async with place("The bridge is closed") as here:
        shown = await here.people.moderator.slash(here.channel, "claim edit", number="1")
        assert shown.modal is not None

        done = await here.people.moderator.submit_modal(
            shown, {"words": "The bridge is shut", "reason": "its own word"}
        )

        assert done.response.content == "#1 was edited."
        assert (await here.claims())[1].words == "The bridge is shut"


async def test_merge_and_undo(place):
    """Claims are merged after a look, and the merge is undone."""
    async with place("The bridge is closed", "A bridge was shut") as here:
        mo = here.people.moderator
        asked = await mo.slash(here.channel, "claim merge", number="2", into="1", reason="same")
        fields = asked.response.embeds[0].fields
        assert [field.name for field in fields] == ["Claim to merge: #2", "Claim to keep: #1"]

        done = await mo.click(asked.response, label="Merge")
        assert (await here.claims())[2].state.status == "duplicate"

        form = await mo.click(done.response or asked.response, label="Undo")
        await mo.submit_modal(form, {"reason": "not the same"})
        assert (await here.claims())[2].state.status == "unreviewed"


async def test_message_as_evidence(place):
    """A message is added as evidence to the claim that it is about."""
    async with place("The bridge is closed", "The port is open") as here:
        voter = here.people.voter
        message = await voter.send(here.channel, "bridge closed: https://wire.example.net/a")
        asked = await voter.context_menu(here.channel, "Add as evidence", message)
        key = (await here.claims())[1].key

        form = await voter.select(asked.response, [key], custom_id="bears:claim")
        await voter.submit_modal(
            form, {"link": "https://wire.example.net/a", "stance": "supports", "note": "seen"}
        )

        view, _ = await here.desk.read(claim_views.view_by_number, here.guild.id, 1)
        assert [link.url for link in view.evidence] == ["https://wire.example.net/a"]


async def test_completions(place):
    """Numbers complete, and what is offered can be sent."""
    async with place(*(f"Bridge {n} is closed" for n in range(1, 31))) as here:
        offered = await here.people.voter.autocomplete(
            here.channel, "claim show", "number", "bridge clo"
        )
        assert len(offered) == 25

        shown = await here.people.voter.slash(
            here.channel, "claim show", number=offered[0]["value"]
        )
        assert shown.response.embeds[0].title == "#30 · Bridge 30 is closed"
        assert (
            await here.people.stranger.autocomplete(here.channel, "claim show", "number", "b") == []
        )


async def test_hostile_text(place):
    """Nothing from outside breaks a list, a choice or a form."""
    async with place(*NASTY) as here:
        mo = here.people.moderator
        page = (await mo.slash(here.channel, "claim list")).response.embeds[0]
        assert page.description.count("\n") == 2 * len(NASTY) - 1
        trick = r"@everyone|(?<!\\)\]\(https://evil|(?<!\\)<|\u202e|\u0336{9}"
        assert not re.search(trick, page.description)
        assert await mo.autocomplete(here.channel, "claim show", "number", "")
        for number in range(1, len(NASTY) + 1):
            assert (await mo.slash(here.channel, "claim edit", number=str(number))).modal
            assert (await mo.slash(here.channel, "claim split", number=str(number))).modal
            other = str(number % len(NASTY) + 1)
            shown = await mo.slash(here.channel, "claim merge", number=str(number), into=other)
            assert len(shown.response.embeds[0]) < 6000
        for text in NASTY:
            message = await mo.send(here.channel, text[:2000])
            asked = await mo.context_menu(here.channel, "Add as evidence", message)
            assert asked.response.embeds[0].fields


async def test_rule_reaches_votes_cast(place):
    """A changed rule offers to take out the votes cast before it, shows them first, and undoes."""
    async with place("The bridge is closed") as here:
        mo, voter = here.people.moderator, here.people.voter
        roles = (await here.desk.read(claim_views.get_team, here.guild.id)).settings.voter_roles
        person = Person(
            voter.id, roles, datetime.now(UTC), manages_messages=False, administrator=False
        )
        claim = (await here.claims())[1]
        acting = Acting(here.guild.id, person, datetime.now(UTC))
        await here.desk.write(votes.cast_vote, acting, claim.key, Verdict.REFUTED)

        changed = await mo.slash(here.channel, "policy set", rule="member_days", value="7")
        assert (await here.claims())[1].tally.votes == 1
        asked = await mo.click(changed.response, label="Also take out 1 vote cast before")
        shown = (asked.response or changed.response).embeds[0]
        assert shown.description.startswith("1 vote on #1 would be taken out.")
        assert shown.fields[0].value == "Everyone who has been here for less than 7 days"
        done = await mo.click(asked.response or changed.response, label="Take them out")
        assert (await here.claims())[1].tally.votes == 0

        await mo.click(done.response or changed.response, label="Undo")
        assert (await here.claims())[1].tally.votes == 1
