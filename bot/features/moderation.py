"""What moderators are asked before something is done to a claim, and told after it.

Where the reason is not given yet, or votes would be lost, a form asks for it. The form's id holds
the action, the claim and what else the action needs.
"""

from collections.abc import Mapping
from typing import Any

import discord
from discord import app_commands, ui

from bot.i18n.escaping import cut, escape
from bot.i18n.labels import N_, VERDICTS
from bot.i18n.translator import Words
from bot.rendering.cards import source_name
from bot.ui.buttons import KeyButton
from bot.ui.claim_option import AnyClaim, BeforeTheTeam, Closed, NotOut
from bot.ui.context import Interaction, guild_of, person_of, readers_words
from bot.ui.feature import Feature
from bot.ui.modals import Submitted, line, open_form
from workflows.claims import ClaimKey, Verdict
from workflows.desk import moderation, outbox
from workflows.desk.claim_views import ClaimView
from workflows.desk.notices import NoticeView
from workflows.errors import BadInput, NotFound
from workflows.notices import SHAKEN
from workflows.teams import Person
from workflows.voting import HELD

REASON = 500
CHAIN = 400
"""Characters of the line that names a claim's sources."""
THEN = "→"
"""What stands between the sources of a chain."""

TITLES: Mapping[str, str] = {
    "settle": N_("Settle #{number}"),
    "reopen": N_("Reopen #{number}"),
    "drop": N_("Drop #{number}"),
    "assign": N_("Assign #{number}"),
    "repost": N_("Post the card of #{number} again"),
}
LOST: Mapping[str, str] = {
    "reopen": N_("Its votes will count no more; their voters are asked to vote again."),
    "drop": N_("It takes no more votes. Should it be reopened, those from before count no more."),
}
"""What cannot be undone where there are votes, said before it is done."""


async def moderate(
    interaction: Interaction,
    action: str,
    number: int,
    reason: str | None,
    value: str = "",
    to: Person | None = None,
) -> None:
    """Do it, if a reason is given and no vote would be lost; else ask in a form first."""
    bot, guild, person = interaction.client, guild_of(interaction), person_of(interaction)
    view = await bot.desk.read(moderation.look_up_before, guild, number, person, action)
    loses = action in LOST and view.claim.tally.votes > 0
    if reason and not loses:
        await _act(interaction, action, view.claim.key, value, reason, to)
        return
    words = readers_words(interaction)
    form = ui.Modal(
        title=words.say(TITLES[action], number=number),
        custom_id=f"moderate:{action}:{view.claim.key}:{value}",
    )
    said = escape(view.claim.words, 300)
    if loses:
        said += "\n\n" + words.say(LOST[action])
    form.add_item(ui.TextDisplay(said))
    form.add_item(reason_line(words, reason))
    await open_form(interaction, form)


def reason_line(words: Words, given: str | None = None) -> ui.Label[Any]:
    about = words.say("Everyone reads it on the card and in the claim's history.")
    return line(
        words.say("Reason"), "reason", description=about, default=given, most=REASON, long=True
    )


async def _moderated(interaction: Interaction, carried: list[str], sent: Submitted) -> None:
    action, key, value = carried
    to = await _member(interaction, value) if action == "assign" and value else None
    await _act(interaction, action, ClaimKey(key), value, sent.get("reason", ""), to)


async def _member(interaction: Interaction, account: str) -> Person:
    """Who is in the server under this id, with the roles they have now."""
    guild = interaction.guild
    try:
        if guild is None:
            raise NotFound("This works in a server only.")
        return person_from(await guild.fetch_member(int(account)))
    except discord.NotFound:
        raise NotFound("This person is not in the server any more.") from None


def person_from(member: discord.Member) -> Person:
    """Somebody other than who uses the command."""
    may = member.guild_permissions
    return Person(
        discord_id=member.id,
        roles=frozenset(role.id for role in member.roles),
        joined_at=member.joined_at,
        manages_messages=may.manage_messages,
        administrator=may.administrator,
    )


async def _act(
    interaction: Interaction,
    action: str,
    key: ClaimKey,
    value: str,
    reason: str,
    to: Person | None,
) -> None:
    bot, guild, person = interaction.client, guild_of(interaction), person_of(interaction)
    words, now, reason = readers_words(interaction), bot.now(), cut(reason, REASON)
    write = bot.desk.write
    match action:
        case "settle":
            verdict = Verdict(value)
            view = await write(moderation.settle_claim, guild, key, person, verdict, reason, now)
            said = words.say(
                "#{number} is settled as {verdict}.",
                number=view.claim.number,
                verdict=words.say(VERDICTS[verdict]),
            )
        case "reopen":
            view = await write(moderation.reopen_claim, guild, key, person, reason, now)
            said = words.say("#{number} is open again.", number=view.claim.number)
        case "drop":
            view = await write(moderation.drop_claim, guild, key, person, reason, now)
            said = words.say(
                "#{number} is dropped. `/claim reopen` brings it back.", number=view.claim.number
            )
        case "assign":
            view = await write(moderation.assign_claim, guild, key, person, to, reason, now)
            said = _assigned(view, words)
        case _:
            view = await write(outbox.repost_card, guild, key, person, reason, now)
            said = words.say("The card of #{number} is on its way.", number=view.claim.number)
    await answer(interaction, said)


def _assigned(view: ClaimView, words: Words) -> str:
    number = view.claim.number
    if view.assignee is None:
        return words.say("Nobody looks after #{number} any more.", number=number)
    return words.say("{who} looks after #{number} now.", who=f"<@{view.assignee}>", number=number)


async def answer(interaction: Interaction, said: str, view: ui.View | None = None) -> None:
    """Say privately what was done, and have the cards show it."""
    bot = interaction.client
    bot.outbox.wake()
    bot.showing.nudge()
    await interaction.response.send_message(said, view=view or ui.View(), ephemeral=True)


# ------------------------------------------------------------------------------------ edit


def edit_form(view: ClaimView, words: Words, reason: str | None) -> ui.Modal:
    """The claim's words to be changed; what becomes of the votes on them."""
    claim = view.claim
    form = ui.Modal(
        title=words.say("Edit #{number}", number=claim.number),
        custom_id=f"edit:{claim.key}:{claim.wording}",
    )
    about = None
    if claim.tally.votes:
        about = words.count(
            "{n} vote on these words will count no more.",
            "{n} votes on these words will count no more.",
            claim.tally.votes,
        )
    most = moderation.LONGEST
    form.add_item(
        line(
            words.say("The claim"),
            "words",
            description=about,
            default=claim.words,
            most=most,
            long=True,
        )
    )
    if names := _names(view, words):
        form.add_item(
            line(
                words.say("Who says so"),
                "said_by",
                description=words.say("From the outermost inwards, with {mark} between", mark=THEN),
                default=f" {THEN} ".join(names),
                most=CHAIN,
            )
        )
    form.add_item(reason_line(words, reason))
    return form


def _names(view: ClaimView, words: Words) -> list[str]:
    """The sources of the first passage, where a line of a form can hold them."""
    sources = view.passages[0].attribution if view.passages else ()
    if not all(source.said.resolved or source.said.source for source in sources):
        return []
    names = [source_name(source, words) for source in sources]
    fits = sum(map(len, names)) + 3 * len(names) <= CHAIN
    return names if fits and not any(THEN in name for name in names) else []


async def _edit(interaction: Interaction, carried: list[str], sent: Submitted) -> None:
    bot, words = interaction.client, readers_words(interaction)
    names = sent.get("said_by")
    view = await bot.desk.write(
        moderation.edit_claim,
        guild_of(interaction),
        ClaimKey(carried[0]),
        person_of(interaction),
        sent.get("words", ""),
        cut(sent.get("reason", ""), REASON),
        bot.now(),
        wording=int(carried[1]),
        said_by=names.split(THEN) if names else None,
    )
    said = words.say("#{number} was edited.", number=view.claim.number)
    if view.stale:
        said += " " + words.count(
            "{n} vote on the old ones counts no more.",
            "{n} votes on the old ones count no more.",
            view.stale,
        )
    await answer(interaction, said)


Reason = app_commands.Range[str, 1, 500]
NUMBER = "Its number, such as 15, or words of it"
WHY = "Why; everyone reads it on the card and in its history"


@app_commands.command(name="settle", description="Lock a verdict by hand (moderators)")
@app_commands.describe(number=NUMBER, verdict="Which verdict", reason=WHY)
@app_commands.choices(
    verdict=[app_commands.Choice(name=VERDICTS[v], value=v.value) for v in HELD.values()]
)
async def settle(
    interaction: Interaction,
    number: BeforeTheTeam,
    verdict: str,
    reason: Reason | None = None,
) -> None:
    await moderate(interaction, "settle", number, reason, verdict)


@app_commands.command(
    name="reopen", description="Have a settled or dropped claim voted on again (moderators)"
)
@app_commands.describe(number=NUMBER, reason=WHY)
async def reopen(interaction: Interaction, number: Closed, reason: Reason | None = None) -> None:
    await moderate(interaction, "reopen", number, reason)


@app_commands.command(
    name="drop", description="Take out what is no claim, or none of ours (moderators)"
)
@app_commands.describe(number=NUMBER, reason=WHY)
async def drop(interaction: Interaction, number: NotOut, reason: Reason | None = None) -> None:
    await moderate(interaction, "drop", number, reason)


@app_commands.command(name="repost", description="Post a claim's card again (moderators)")
@app_commands.describe(number=NUMBER, reason=WHY)
async def repost(interaction: Interaction, number: AnyClaim, reason: Reason | None = None) -> None:
    await moderate(interaction, "repost", number, reason)


@app_commands.command(name="assign", description="Say who looks after a claim (moderators)")
@app_commands.describe(number=NUMBER, member="Who; without one: nobody any more", reason=WHY)
async def assign(
    interaction: Interaction,
    number: NotOut,
    member: discord.Member | None = None,
    reason: Reason | None = None,
) -> None:
    if member is None:
        await moderate(interaction, "assign", number, reason)
        return
    if member.bot:
        raise BadInput("A bot looks after no claim. Choose a person.")
    to = person_from(member)
    await moderate(interaction, "assign", number, reason, str(member.id), to)


@app_commands.command(name="edit", description="Change a claim's words (moderators)")
@app_commands.describe(number=NUMBER, reason=WHY)
async def edit(interaction: Interaction, number: NotOut, reason: Reason | None = None) -> None:
    view = await interaction.client.desk.read(
        moderation.look_up_before, guild_of(interaction), number, person_of(interaction), "edit"
    )
    await open_form(interaction, edit_form(view, readers_words(interaction), reason))


class ReopenButton(KeyButton, template=r"^reopen:(?P<key>\d+)$"):
    """Asks why, and reopens; moderators only. Its id holds the claim's number."""

    def __init__(self, key: str, words: Words) -> None:
        super().__init__(
            key,
            ui.Button(
                label=words.say("Reopen #{number}", number=key),
                emoji="🔓",
                custom_id=f"reopen:{key}",
            ),
        )

    async def pressed(self, interaction: Interaction) -> None:
        await moderate(interaction, "reopen", int(self.key), None)


def notice_view(shown: NoticeView, words: Words) -> ui.View:
    """What can be done about a notice at once; fresh ones for each message."""
    view = ui.View(timeout=None)
    if shown.told.kind in SHAKEN and shown.told.claim is not None:
        view.add_item(ReopenButton(str(shown.told.claim), words))
    return view


FEATURE = Feature(
    claim_commands=(
        edit,
        assign,
        settle,
        reopen,
        drop,
        repost,
    ),
    items=(ReopenButton,),
    modals={"moderate": _moderated, "edit": _edit},
)
