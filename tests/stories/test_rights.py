"""Who may do what: every command, button, menu and form, tried by everybody there is.

Each is allowed, or refused with one private sentence; a refusal changes nothing at all.
"""

import re
from collections.abc import Mapping
from copy import deepcopy
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import pytest_asyncio
from discord import app_commands

from bot.cli.database import open_for_writing
from bot.client import COMMANDS, ITEMS, MODALS
from bot.command_access import RIGHTS, Access
from bot.config.read import read_config
from bot.sandbox.interaction import Interaction
from bot.sandbox.rules.codes import Asked, CallbackType, Flag, Option, Permission
from workflows.desk import search
from workflows.search import ClaimFilter
from workflows.teams import Acting, Person

pytestmark = pytest.mark.asyncio(loop_scope="module")

TAKES_PART = frozenset({Access.ANYONE, Access.VOTERS, Access.READERS})
PEOPLE: Mapping[str, frozenset[Access]] = {
    "Stranger": frozenset({Access.ANYONE}),
    "Outsider": frozenset({Access.ANYONE}),
    "Voter": TAKES_PART,
    "Forgotten": TAKES_PART,
    "Moderator": TAKES_PART | {Access.MODERATORS},
    "Administrator": frozenset(Access),
    "owner": frozenset(Access),
}
"""Those there are in a server, and what each of them counts as.

A stranger sees the claims channel and has no role; an outsider doesn't see it. Who was forgotten is
a voter like any other.
"""

CLAIM, OTHER = "{claim}", "{other}"
DRAFT = (*("all", "some", "shelve", "edit", "link", "discard", "gone", "back", "before", "after"),)
"""A draft's buttons.

They, a link's, and those below a question ask first whose it is: anybody may press them in vain.
"""
PRESSES: tuple[tuple[str, Access], ...] = (
    (f"vote:{CLAIM}:supported", Access.VOTERS),
    (f"details:{CLAIM}", Access.ANYONE),
    (f"evidence:{CLAIM}", Access.VOTERS),
    ("contents:{document}", Access.ANYONE),
    (f"reason:{CLAIM}", Access.ANYONE),
    (f"back:{CLAIM}", Access.ANYONE),
    (f"link:{CLAIM}", Access.VOTERS),
    (f"passage:{CLAIM}:{OTHER}", Access.ANYONE),
    (f"more:{CLAIM}:{OTHER}", Access.VOTERS),
    (f"picture:{CLAIM}", Access.VOTERS),
    ("unsubscribe:1", Access.ANYONE),
    *((f"draft:{OTHER}:{act}:0", Access.ANYONE) for act in DRAFT),
    ("digest-anyway:1:1", Access.MODERATORS),
    ("mine:1", Access.VOTERS),
    ("queue:{guild}:start::", Access.VOTERS),
    (f"queue:{{guild}}:next:{CLAIM}:", Access.VOTERS),
    (f"queue:{{guild}}:evidence:{CLAIM}:", Access.VOTERS),
    (f"queue:{{guild}}:details:{CLAIM}:", Access.ANYONE),
    (f"queue:{{guild}}:why:{CLAIM}:", Access.ANYONE),
    (f"queue:{{guild}}:supported:{CLAIM}:", Access.VOTERS),
    ("page:{list}:1", Access.VOTERS),
    ("bears:seek", Access.ANYONE),
    (f"merge:{CLAIM}:{OTHER}", Access.MODERATORS),
    (f"unmerge:{CLAIM}", Access.MODERATORS),
    (f"unsplit:{CLAIM}", Access.MODERATORS),
    (f"reword:{CLAIM}", Access.MODERATORS),
    (f"unshelve:{CLAIM}", Access.VOTERS),
    (f"consent:{CLAIM}", Access.MODERATORS),
    (f"known:{CLAIM}:1", Access.VOTERS),
    (f"checked:{CLAIM}", Access.VOTERS),
    (f"decided:{CLAIM}:1", Access.VOTERS),
    ("webhook:1", Access.MODERATORS),
    ("reopen:1", Access.MODERATORS),
    ("takeout:1", Access.MODERATORS),
    ("widen:1s", Access.MODERATORS),
    ("widen:member_days.l", Access.MODERATORS),
    ("takeout:own_claims", Access.MODERATORS),
    ("putback:1sl", Access.MODERATORS),
    ("cancel", Access.ANYONE),
    ("again", Access.ANYONE),
    ("help:card", Access.ANYONE),
    ("help:rules", Access.ANYONE),
    ("forget:not", Access.ANYONE),
    ("rules:1:quorum:3", Access.MODERATORS),
    ("setup:channels", Access.ADMINISTRATORS),
    ("setup:digest", Access.ADMINISTRATORS),
    ("setup:posting", Access.ADMINISTRATORS),
    ("setup:layout", Access.ADMINISTRATORS),
    ("setup:test", Access.ADMINISTRATORS),
    ("setup:remove", Access.MODERATORS),
)
"""The buttons, by their ids, and whom each is for."""
LINK = "https://wire.example.net/news"
CHOICES: tuple[tuple[str, str, Access], ...] = (
    ("open:claim", CLAIM, Access.VOTERS),
    ("drafts", OTHER, Access.ANYONE),
    (f"draft:{OTHER}:pick:0", "0", Access.ANYONE),
    ("bears:claim", CLAIM, Access.ANYONE),
    ("bears:link", LINK, Access.ANYONE),
    (f"mine:{CLAIM}", OTHER, Access.ANYONE),
    ("open:queue", CLAIM, Access.VOTERS),
    ("digest:lists", "overdue", Access.VOTERS),
    (f"moderate:{CLAIM}", "drop", Access.MODERATORS),
    ("bulk", "drop:1", Access.MODERATORS),
    ("pick:{document}", CLAIM, Access.VOTERS),
    ("setup:preset", "team", Access.ADMINISTRATORS),
)
"""The menus, with what is chosen from each."""
SENT: tuple[tuple[str, dict[str, str], Access], ...] = (
    (f"evidence:{CLAIM}", {"link": LINK, "stance": "supports"}, Access.VOTERS),
    ("claim:", {"words": "The road is closed"}, Access.VOTERS),
    (f"reason:{CLAIM}:supported", {"reason": "why"}, Access.VOTERS),
    (f"queue-reason:{{guild}}:{CLAIM}:supported:", {"reason": "why"}, Access.VOTERS),
    (
        f"queue-evidence:{{guild}}:{CLAIM}",
        {"link": "https://wire.example.net/more", "stance": "supports"},
        Access.VOTERS,
    ),
    (f"moderate:settle:{CLAIM}:refuted", {"reason": "why"}, Access.MODERATORS),
    (f"moderate:drop:{CLAIM}:", {"reason": "why"}, Access.MODERATORS),
    (f"moderate:reopen:{CLAIM}:", {"reason": "why"}, Access.MODERATORS),
    (f"moderate:assign:{CLAIM}:", {"reason": "why"}, Access.MODERATORS),
    (f"moderate:repost:{CLAIM}:", {"reason": "why"}, Access.MODERATORS),
    ("merge-into:1", {"into": "2"}, Access.MODERATORS),
    ("bulk:drop:1", {"reason": "why"}, Access.MODERATORS),
    (f"edit:{CLAIM}:1", {"words": "Other words", "reason": "why"}, Access.MODERATORS),
    (
        f"split:{CLAIM}:1",
        {"words": "A part", "rest": "The rest", "reason": "why"},
        Access.MODERATORS,
    ),
    (f"consent:{CLAIM}", {"consent": "withheld"}, Access.MODERATORS),
    (f"merge:{CLAIM}:{OTHER}", {"reason": "why"}, Access.MODERATORS),
    (f"unmerge:{CLAIM}", {"reason": "why"}, Access.MODERATORS),
    (f"unsplit:{CLAIM}", {"reason": "why"}, Access.MODERATORS),
    ("seek", {"query": "bridge"}, Access.ANYONE),
    (f"amend:{CLAIM}:{OTHER}", {"stance": "supports"}, Access.VOTERS),
    (f"draft:{OTHER}:0:0", {"words": "Other words"}, Access.ANYONE),
    (f"draftlink:{OTHER}:0", {"link": LINK}, Access.ANYONE),
    ("intake", {"text": "The bridge is closed."}, Access.READERS),
    (
        "setup:digest",
        {"timezone": "Europe/Berlin", "digest_at": "09:00", "digest_days": "0"},
        Access.ADMINISTRATORS,
    ),
)
"""The forms, by their ids, filled in, and whom each is for."""
OWN = frozenset({"intake drafts"})
"""What shows everybody their own, which is nothing for who brings nothing in."""
SECRET = re.compile("bridge is|port is", re.IGNORECASE)
"""What only a claim says."""


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def newsroom(opened):
    async with opened() as newsroom:
        world = newsroom.world
        voters, moderators = world.role("voters"), world.role("moderators")
        keys = f"voter_roles = [{voters}]\nmoderator_roles = [{moderators}]\nguild ="
        text = newsroom.config.read_text().replace("guild =", keys, 1)
        newsroom.config.write_text(text)
        newsroom.person("Voter", voters)
        newsroom.person("Moderator", moderators)
        newsroom.person("Stranger")
        newsroom.person("Forgotten", voters)
        newsroom.person("Administrator", world.role("admins", Permission.ADMINISTRATOR))
        outside = world.role("outside")
        newsroom.person("Outsider", outside)
        world.overwrite(newsroom.claims, outside, deny=Permission.VIEW_CHANNEL)
        newsroom.take_in("The bridge is closed", "The port is open", title="News")
        await newsroom.start()
        await newsroom.posts(1, 2)
        newsroom.a_card = deepcopy(newsroom.card(1))
        await newsroom.vote("Forgotten", 1, "Supported")
        asked = await newsroom.command("Forgotten", "forget-me")
        await newsroom.press("Forgotten", await newsroom.told(asked), "Forget me")
        yield newsroom


@pytest.fixture
def keys(newsroom):
    """What the ids of buttons and forms hold."""
    (claim,), (other,) = newsroom.rows("SELECT key FROM claims ORDER BY number")[:2]
    ((document,),) = newsroom.rows("SELECT key FROM documents LIMIT 1")
    with open_for_writing(read_config(newsroom.config)) as store:
        somebody = Person(1, frozenset(), None, manages_messages=True, administrator=True)
        guild = int(newsroom.world.guild_id)
        listing = search.ask_list(
            store, Acting(guild, somebody, datetime.now(UTC)), ClaimFilter(words="bridge")
        )
    return {
        "claim": claim,
        "other": other,
        "document": document,
        "list": listing,
        "guild": newsroom.world.guild_id,
    }


# ------------------------------------------------------------------------- how things are done


def filled(table, keys):
    """The rows of a table with the keys in their places."""
    for row in table:
        yield tuple(each.format(**keys) if isinstance(each, str) else each for each in row)


def who(newsroom, name):
    return newsroom.world.owner if name == "owner" else newsroom.person(name)


def where(newsroom, name):
    """The channel somebody is in: the claims', if they see it."""
    return newsroom.digest if name == "Outsider" else newsroom.claims


async def pressed(newsroom, name, custom_id, value=None):
    """Somebody presses a button with this id, or chooses from a menu, on a copy of a card."""
    card = deepcopy(newsroom.a_card) | {"channel_id": where(newsroom, name)}
    part = {"type": 3 if value else 2, "id": 9, "style": 2, "label": "x", "custom_id": custom_id}
    card["components"] = [{"type": 1, "id": 8, "components": [part]}]
    if value is None:
        return await newsroom.answered(newsroom.world.click(who(newsroom, name), card, custom_id))
    return await newsroom.answered(
        newsroom.world.choose(who(newsroom, name), card, custom_id, [value])
    )


async def sent(newsroom, name, custom_id, fields, channel=None):
    """Somebody sends a form with this id, whether or not it was shown to them."""
    parts = [
        {"type": 18, "component": {"type": 4, "custom_id": field, "value": value}}
        for field, value in fields.items()
    ]
    here = channel or where(newsroom, name)
    shown = Interaction("1", "t", Asked.COMMAND, here, who(newsroom, name), {})
    shown.answer = {"data": {"custom_id": custom_id, "components": parts}}
    return await newsroom.answered(
        newsroom.world.submit_modal(who(newsroom, name), shown, dict(fields))
    )


def every_command():
    for each in COMMANDS:
        if isinstance(each, app_commands.Group):
            yield from (command.qualified_name for command in each.walk_commands())
        else:
            yield each.name


async def ran(newsroom, name, command, channel=None):
    """Somebody runs a command with the least it takes; or a message's menu."""
    person, here = who(newsroom, name), channel or where(newsroom, name)
    if command[0].isupper():
        message = newsroom.world.say(newsroom.person("Voter"), newsroom.claims, "The bridge, look")
        message = {**message, "channel_id": here}
        return await newsroom.answered(newsroom.world.menu(person, message, command))
    first, *path = command.split()
    described = newsroom.world.command(first, 1)
    for step in path:
        described = next(o for o in described["options"] if o["name"] == step)
    given: dict[str, Any] = {}
    for option in described.get("options") or []:
        if option.get("required"):
            given[option["name"]] = _least(newsroom, option)
    return await newsroom.answered(newsroom.world.run(person, here, command, **given))


def _least(newsroom, option):
    if option.get("choices"):
        return option["choices"][0]["value"]
    if option["type"] == Option.ATTACHMENT:
        return newsroom.world.upload(newsroom.claims, "news.txt", b"The bridge is closed.")
    least = {
        "into": "2",
        "link": LINK,
        "url": LINK,
        "until": f"{datetime.now(UTC).date() + timedelta(days=3)}",
    }
    return least.get(option["name"], "1")


def dump(newsroom):
    """Everything that is kept, but for what only says what is shown where."""
    tables = [
        name
        for (name,) in newsroom.rows(
            "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite%'"
        )
        if name not in ("cards", "marks")
    ]
    return {name: newsroom.rows(f"SELECT * FROM {name}") for name in tables}


async def refusal(newsroom, asked):
    """The one private sentence of a refusal; None for anything else."""
    if asked.answer["type"] not in (CallbackType.MESSAGE, CallbackType.THINKING):
        return None
    told = await newsroom.told(asked)
    said = str(told["content"] or "")
    private = told["flags"] & Flag.EPHEMERAL
    alone = not (told["embeds"] or told["components"] or "\n" in said)
    return said if private and alone else None


def theirs(newsroom):
    """What a team has; moderators elsewhere may be told of a card that nobody knows there."""
    dumped = dump(newsroom)
    names = ("claims", "votes", "evidence", "events", "documents", "teams", "policies")
    return {name: dumped[name] for name in names}


FORBIDDEN = re.compile(
    r"Only (members with one of|members who can see|moderators|server administrators|somebody|who)"
    r"|I'm not in this server"
)


# ----------------------------------------------------------------------------------- who may not


@pytest.mark.parametrize("name", [name for name in PEOPLE if PEOPLE[name] != set(Access)])
async def test_refused_in_one_sentence(newsroom, keys, name):
    """Whoever lacks the right is told so in one sentence and changes nothing."""
    before, told = dump(newsroom), {}
    for command, whom in RIGHTS.items():
        if whom not in PEOPLE[name] and command in set(every_command()) - OWN:
            told[command] = await refusal(newsroom, await ran(newsroom, name, command))
    for custom_id, whom in filled(PRESSES, keys):
        if whom not in PEOPLE[name]:
            told[custom_id] = await refusal(newsroom, await pressed(newsroom, name, custom_id))
    for custom_id, value, whom in filled(CHOICES, keys):
        if whom not in PEOPLE[name]:
            told[custom_id] = await refusal(
                newsroom, await pressed(newsroom, name, custom_id, value)
            )
    for custom_id, fields, whom in filled(SENT, keys):
        if whom not in PEOPLE[name]:
            told[f"form {custom_id}"] = await refusal(
                newsroom, await sent(newsroom, name, custom_id, fields)
            )

    assert told
    assert {what: said for what, said in told.items() if not FORBIDDEN.match(said or "")} == {}
    assert dump(newsroom) == before


@pytest.mark.parametrize("elsewhere", ["no team", "another team"])
async def test_ids_of_another_server(newsroom, keys, elsewhere):
    """Ids carried to another server open nothing there."""
    guild, here = "424242424242424242", newsroom.world.guild_id
    if elsewhere == "another team":
        guild = newsroom.add_second_team()
    before, told = theirs(newsroom), {}
    held = re.compile("|".join(map(re.escape, keys.values())))
    carried = [(c, None) for c, _ in filled(PRESSES, keys) if held.search(c)]
    carried += [(c, v) for c, v, _ in filled(CHOICES, keys) if held.search(c + v)]
    newsroom.world.guild_id = guild
    try:
        for custom_id, value in carried:
            told[custom_id] = await refusal(
                newsroom, await pressed(newsroom, "owner", custom_id, value)
            )
        for custom_id, fields, _ in filled(SENT, keys):
            if held.search(custom_id):
                told[f"form {custom_id}"] = await refusal(
                    newsroom, await sent(newsroom, "owner", custom_id, fields)
                )
    finally:
        newsroom.world.guild_id = here

    known = re.compile(
        r"Corrobot isn't set up in this server|This (claim|document|fact-check) isn't known"
        r"|This list|This belongs to another server|This question|This text is no longer waiting"
        r"|This link|This team has no claim|None of the claim's links|Only moderators can do that"
    )
    asked_first = {what for what in told if re.match(r"(un)?(merge|split):", what)}
    if elsewhere == "another team":  # a form is asked for there; what it is sent for is not found
        told = {what: said for what, said in told.items() if what not in asked_first}
    assert {what: said for what, said in told.items() if not known.match(said or "")} == {}
    assert theirs(newsroom) == before


async def test_direct_messages(newsroom, keys):
    """Nothing works in a direct message but the queue, to which a digest of one's own leads."""
    direct = newsroom.world.direct_channel(newsroom.person("Moderator")["id"])["id"]
    before, told = dump(newsroom), {}
    for command in every_command():
        told[command] = await refusal(newsroom, await ran(newsroom, "Moderator", command, direct))
    for custom_id, fields, _ in filled(SENT, keys):
        if not custom_id.startswith(("queue-", "seek")):
            told[custom_id] = await refusal(
                newsroom, await sent(newsroom, "Moderator", custom_id, fields, direct)
            )

    said = "This only works in a server."
    assert {what: each for what, each in told.items() if each != said} == {}
    assert dump(newsroom) == before


# --------------------------------------------------------------------------------------- who may


async def test_allowed_is_not_refused(newsroom, keys):
    """Whoever has the right is not refused.

    By the first of those each thing is for. It may still find nothing to do.
    """
    told: dict[str, str | None] = {}
    nobody = frozenset({"forget-me", "setup", "export", "intake file"})  # told in their own stories
    for command, whom in RIGHTS.items():
        if command in set(every_command()) - nobody:
            told[command] = await refusal(newsroom, await ran(newsroom, _first(whom), command))
    for custom_id, whom in filled(PRESSES, keys):
        told[custom_id] = await refusal(newsroom, await pressed(newsroom, _first(whom), custom_id))
    for custom_id, value, whom in filled(CHOICES, keys):
        told[custom_id] = await refusal(
            newsroom, await pressed(newsroom, _first(whom), custom_id, value)
        )
    for custom_id, fields, whom in filled(SENT, keys):
        told[f"form {custom_id}"] = await refusal(
            newsroom, await sent(newsroom, _first(whom), custom_id, fields)
        )

    assert {what: said for what, said in told.items() if said and FORBIDDEN.match(said)} == {}


def _first(whom):
    return next(name for name, groups in PEOPLE.items() if whom in groups)


async def test_tables_are_complete(keys):
    """The tables leave nothing out: whatever is added must be said for whom it is."""
    ids = [row[0] for row in filled((*PRESSES, *CHOICES), keys)]
    ids += ["forget:me", "again"]
    forms = [custom_id for custom_id, _, _ in filled(SENT, keys)]
    missing = [
        item.__name__
        for item in ITEMS
        if item.template.pattern != "^$"  # the common part of a draft's buttons
        and not any(item.template.fullmatch(each) for each in ids)
    ]
    assert missing == []
    assert [form for form in MODALS if not any(re.fullmatch(form, each) for each in forms)] == []
    assert set(every_command()) == set(RIGHTS)


def every_completion():
    """Yield each option that completes, with its command."""
    for each in COMMANDS:
        commands = each.walk_commands() if isinstance(each, app_commands.Group) else [each]
        for command in commands:
            for option in getattr(command, "parameters", ()):
                if option.autocomplete:
                    yield command.qualified_name, option.name


async def completed(newsroom, name, command, option):
    """What somebody is offered where nothing is typed yet, and for a claim's word."""
    person, here = who(newsroom, name), where(newsroom, name)
    offered = []
    for typed in ("", "bridge"):
        asked = newsroom.world.complete(person, here, command, option, **{option: typed})
        offered += (await newsroom.answered(asked)).answer["data"]["choices"]
    return offered


@pytest.mark.parametrize("name", ["Outsider", "Stranger"])
async def test_nothing_told_to_outsiders(newsroom, keys, name):
    """Whoever doesn't see the claims channel reads no claim anywhere.

    Nor does anybody without a role complete one. Every command, completion,
    button, menu and form, in a channel that they see.
    """
    told = {
        f"{command} {option}": await completed(newsroom, name, command, option)
        for command, option in every_completion()
    }
    if name == "Outsider":
        for command in sorted(set(every_command()) - {"forget-me"}):
            told[command] = await everything(newsroom, await ran(newsroom, name, command))
        for custom_id, _ in filled(PRESSES, keys):
            asked = await pressed(newsroom, name, custom_id)
            told[custom_id] = await everything(newsroom, asked)
        for custom_id, value, _ in filled(CHOICES, keys):
            asked = await pressed(newsroom, name, custom_id, value)
            told[custom_id] = await everything(newsroom, asked)
        for custom_id, fields, _ in filled(SENT, keys):
            asked = await sent(newsroom, name, custom_id, fields)
            told[f"form {custom_id}"] = await everything(newsroom, asked)

    assert len(told) > 10  # completions alone
    assert {what: said for what, said in told.items() if SECRET.search(str(said))} == {}


async def test_completions_of_voters(newsroom):
    """Whoever takes part is offered claims, also after being forgotten."""
    for name in ("Voter", "Forgotten", "Moderator", "Administrator", "owner"):
        offered = await completed(newsroom, name, "claim show", "number")
        assert SECRET.search(str(offered)), name


async def everything(newsroom, asked):
    """All that an answer says, forms included."""
    if asked.answer["type"] == CallbackType.THINKING:
        return await newsroom.told(asked)
    return asked.answer


async def test_late_press_after_removal(newsroom, keys):
    """Where the bot was removed a late press is answered, and rights stay.

    Discord may still deliver what was pressed before it: nobody gains by that.
    """
    before = theirs(newsroom)
    newsroom.world.expel()
    try:
        for custom_id, whom in filled(PRESSES, keys):
            if whom not in PEOPLE["Stranger"]:
                said = await refusal(newsroom, await pressed(newsroom, "Stranger", custom_id))
                assert FORBIDDEN.match(said or ""), custom_id
        for command in sorted(set(every_command()) - OWN):
            if RIGHTS[command] not in PEOPLE["Stranger"]:
                said = await refusal(newsroom, await ran(newsroom, "Stranger", command))
                assert FORBIDDEN.match(said or ""), command
        assert theirs(newsroom) == before
        await pressed(newsroom, "Voter", f"vote:{keys['other']}:supported")
    finally:
        newsroom.world.invite()


FORGED = ("9" * 20, "💥")
"""What none of our ids, numbers and words is; the first is larger than any number we keep."""


def forgeries(custom_id):
    """Yield an id with each of its parts forged."""
    parts = custom_id.split(":")
    for at in range(1, len(parts)):
        for forged in FORGED:
            yield ":".join((*parts[:at], forged, *parts[at + 1 :]))


async def test_forged_ids(newsroom, keys):
    """Forged ids and values are answered with a sentence and are no fault of ours."""
    told: dict[str, object] = {}
    for custom_id, _ in filled(PRESSES, keys):
        for forged in forgeries(custom_id):
            asked = await pressed(newsroom, "owner", forged)
            told[forged] = await everything(newsroom, asked)
    for custom_id, _, _ in filled(CHOICES, keys):
        for forged in FORGED:
            asked = await pressed(newsroom, "owner", custom_id, forged)
            told[f"{custom_id} {forged}"] = await everything(newsroom, asked)
    for custom_id, fields, _ in filled(SENT, keys):
        ways = [(each, fields) for each in forgeries(custom_id)]
        chosen = {**dict.fromkeys(("member", "verdict"), FORGED[1]), **fields}
        ways += [(custom_id, {**chosen, field: FORGED[1]}) for field in chosen]
        for forged, given in ways:
            asked = await sent(newsroom, "owner", forged, given)
            told[f"form {forged} {given}"] = await everything(newsroom, asked)

    bugs = {what: said for what, said in told.items() if "on our side" in str(said)}
    assert bugs == {}
    assert len(told) > 100
