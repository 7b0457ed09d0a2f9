"""What moderators are asked before something is done to a claim, and told after it.

Where the reason is not given yet, or votes would be lost, a form asks for it. The form's id holds
the action, the claim and what else the action needs.
"""

from collections.abc import Mapping
from typing import Any

import discord
from discord import app_commands, ui

from bot.i18n.escaping import cut, escape
from bot.i18n.labels import VERDICTS, gettext_noop
from bot.i18n.translator import Translator
from bot.rendering.passages import name_source
from bot.ui.buttons import KEY, KeyButton
from bot.ui.claim_option import AnyClaim, BeforeTheTeam, Closed, NotOut
from bot.ui.context import Interaction, get_acting, get_guild, get_person, reader_translator
from bot.ui.feature import Feature
from bot.ui.modals import ModalValues, open_form, read_sources, sources_field, text_field
from workflows.claims import ClaimKey, Status, Verdict
from workflows.desk import documents, moderation, outbox
from workflows.desk.claim_views import ClaimView
from workflows.desk.notices import NoticeView
from workflows.errors import BadInput, NotFound
from workflows.notices import SHAKEN
from workflows.teams import Person
from workflows.voting import HELD

REASON = 500

TITLES: Mapping[str, str] = {
    "settle": gettext_noop("Settle #{number}"),
    "reopen": gettext_noop("Reopen #{number}"),
    "drop": gettext_noop("Drop #{number}"),
    "assign": gettext_noop("Assign #{number}"),
    "repost": gettext_noop("Repost the card of #{number}"),
}
LOST: Mapping[str, str] = {
    "reopen": gettext_noop(
        "Its votes will no longer count; its voters will be asked to vote again."
    ),
    "drop": gettext_noop(
        "It will take no more votes. If it is reopened, earlier votes no longer count."
    ),
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
    bot, guild, person = interaction.client, get_guild(interaction), get_person(interaction)
    view = await bot.desk.read(moderation.look_up_before, guild, number, person, action)
    loses = action in LOST and view.claim.tally.votes > 0
    if reason and not loses:
        await _act(interaction, action, view.claim.key, value, reason, to)
        return
    tr = reader_translator(interaction)
    form = ui.Modal(
        title=tr.text(TITLES[action], number=number),
        custom_id=f"moderate:{action}:{view.claim.key}:{value}",
    )
    said = escape(view.claim.words, 300)
    if loses:
        said += "\n\n" + tr.text(LOST[action])
    form.add_item(ui.TextDisplay(said))
    form.add_item(reason_line(tr, reason))
    await open_form(interaction, form)


def reason_line(tr: Translator, given: str | None = None) -> ui.Label[Any]:
    about = tr.text("Everyone can read it on the card and in the claim's history.")
    return text_field(
        tr.text("Reason"), "reason", description=about, default=given, most=REASON, long=True
    )


async def _take_reason(interaction: Interaction, carried: list[str], sent: ModalValues) -> None:
    action, key, value = carried
    to = await _member(interaction, value) if action == "assign" and value else None
    await _act(interaction, action, ClaimKey(key), value, sent.get("reason", ""), to)


async def _member(interaction: Interaction, account: str) -> Person:
    """Return who is in the server under this id, with the roles they have now."""
    guild = interaction.guild
    try:
        if guild is None:
            raise NotFound("This only works in a server.")
        return make_person(await guild.fetch_member(int(account)))
    except discord.NotFound:
        raise NotFound("This person is no longer in the server.") from None


def make_person(member: discord.Member) -> Person:
    """Return somebody other than who uses the command."""
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
    acting, tr = get_acting(interaction), reader_translator(interaction)
    write, reason = interaction.client.desk.write, cut(reason, REASON)
    match action:
        case "settle":
            verdict = Verdict(value)
            view = await write(moderation.settle_claim, acting, key, verdict, reason)
            said = tr.text(
                "#{number} is settled as {verdict}.",
                number=view.claim.number,
                verdict=tr.text(VERDICTS[verdict]),
            )
        case "reopen":
            view = await write(moderation.reopen_claim, acting, key, reason)
            said = tr.text("#{number} is open again.", number=view.claim.number)
        case "drop":
            view = await write(moderation.drop_claim, acting, key, reason)
            said = tr.text(
                "#{number} was dropped. Use `/claim reopen` to bring it back.",
                number=view.claim.number,
            )
        case "assign":
            view = await write(moderation.assign_claim, acting, key, to, reason)
            said = _write_assigned(view, tr)
        case _:
            view = await write(outbox.repost_card, acting, key, reason)
            said = tr.text("The card of #{number} is on its way.", number=view.claim.number)
    await answer(interaction, said)


def _write_assigned(view: ClaimView, tr: Translator) -> str:
    number = view.claim.number
    if view.assignee is None:
        return tr.text("#{number} is no longer assigned to anyone.", number=number)
    return tr.text("{who} now looks after #{number}.", who=f"<@{view.assignee}>", number=number)


async def answer(interaction: Interaction, said: str, view: ui.View | None = None) -> None:
    """Say privately what was done, and have the cards show it."""
    bot = interaction.client
    bot.outbox.wake()
    bot.card_sync.wake()
    await interaction.response.send_message(said, view=view or ui.View(), ephemeral=True)


# ------------------------------------------------------------------------------------ edit


def edit_form(view: ClaimView, tr: Translator, reason: str | None) -> ui.Modal:
    """Return the claim's words to be changed; what becomes of the votes on them."""
    claim = view.claim
    form = ui.Modal(
        title=tr.text("Edit #{number}", number=claim.number),
        custom_id=f"edit:{claim.key}:{claim.wording}",
    )
    about = None
    if claim.tally.votes:
        about = tr.plural(
            "{n} vote on this wording will no longer count.",
            "{n} votes on this wording will no longer count.",
            claim.tally.votes,
        )
    most = moderation.LONGEST
    form.add_item(
        text_field(
            tr.text("The claim"),
            "words",
            description=about,
            default=claim.words,
            most=most,
            long=True,
        )
    )
    if sources := sources_field(tr, _list_names(view, tr)):
        form.add_item(sources)
    form.add_item(reason_line(tr, reason))
    return form


def _list_names(view: ClaimView, tr: Translator) -> list[str]:
    """Return the names of the first passage's sources; none where one has no name at all."""
    sources = view.passages[0].attribution if view.passages else ()
    if not all(source.said.resolved or source.said.source for source in sources):
        return []
    return [name_source(source, tr) for source in sources]


async def _take_edit(interaction: Interaction, carried: list[str], sent: ModalValues) -> None:
    bot, tr = interaction.client, reader_translator(interaction)
    view = await bot.desk.write(
        moderation.edit_claim,
        get_acting(interaction),
        ClaimKey(carried[0]),
        sent.get("words", ""),
        cut(sent.get("reason", ""), REASON),
        wording=int(carried[1]),
        said_by=read_sources(sent.get("said_by")),
    )
    said = tr.text("#{number} was edited.", number=view.claim.number)
    if view.stale:
        said += " " + tr.plural(
            "{n} vote on the old wording no longer counts.",
            "{n} votes on the old wording no longer count.",
            view.stale,
        )
    offered = ui.View(timeout=None)
    if view.claim.state.status is Status.SHELVED:
        said += " " + tr.text("It is still on the shelf.")
        offered.add_item(PostClaimButton(view.claim.key, tr))
    await answer(interaction, said, offered)


class EditClaimButton(KeyButton, template=rf"^reword:{KEY}$"):
    """Opens the form for a claim's words and who says so; moderators find it under Details."""

    def __init__(self, key: str, tr: Translator) -> None:
        super().__init__(key, label=tr.text("Edit"), emoji="✏️", custom_id=f"reword:{key}")

    async def on_press(self, interaction: Interaction) -> None:
        view = await interaction.client.desk.read(
            moderation.look_up_before,
            get_guild(interaction),
            ClaimKey(self.key),
            get_person(interaction),
            "edit",
        )
        await open_form(interaction, edit_form(view, reader_translator(interaction), None))


class PostClaimButton(KeyButton, template=rf"^unshelve:{KEY}$"):
    """Posts a claim from the shelf, once its words are right."""

    def __init__(self, key: str, tr: Translator) -> None:
        super().__init__(
            key,
            label=tr.text("Post it"),
            style=discord.ButtonStyle.success,
            custom_id=f"unshelve:{key}",
        )

    async def on_press(self, interaction: Interaction) -> None:
        bot, tr = interaction.client, reader_translator(interaction)
        await bot.desk.write(
            documents.post_from_shelf, get_acting(interaction), [ClaimKey(self.key)]
        )
        bot.outbox.wake()
        bot.card_sync.wake()
        await interaction.response.edit_message(
            content=tr.text("Its card is on its way."), view=None
        )


Reason = app_commands.Range[str, 1, 500]
NUMBER = "Its number, such as 15, or words from it"
WHY = "The reason; everyone can read it on the card and in the history"


@app_commands.command(name="settle", description="Lock a verdict by hand (moderators)")
@app_commands.describe(number=NUMBER, verdict="The verdict", reason=WHY)
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
    name="reopen", description="Reopen a settled or dropped claim for voting (moderators)"
)
@app_commands.describe(number=NUMBER, reason=WHY)
async def reopen(interaction: Interaction, number: Closed, reason: Reason | None = None) -> None:
    await moderate(interaction, "reopen", number, reason)


@app_commands.command(
    name="drop", description="Drop what isn't a claim or isn't for this team (moderators)"
)
@app_commands.describe(number=NUMBER, reason=WHY)
async def drop(interaction: Interaction, number: NotOut, reason: Reason | None = None) -> None:
    await moderate(interaction, "drop", number, reason)


@app_commands.command(name="repost", description="Post a claim's card again (moderators)")
@app_commands.describe(number=NUMBER, reason=WHY)
async def repost(interaction: Interaction, number: AnyClaim, reason: Reason | None = None) -> None:
    await moderate(interaction, "repost", number, reason)


@app_commands.command(
    name="assign", description="Assign a claim to a member, or unassign it (moderators)"
)
@app_commands.describe(
    number=NUMBER, member="Member to assign; leave empty to unassign", reason=WHY
)
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
        raise BadInput("A bot can't look after a claim. Choose a person.")
    to = make_person(member)
    await moderate(interaction, "assign", number, reason, str(member.id), to)


@app_commands.command(name="edit", description="Change a claim's wording (moderators)")
@app_commands.describe(number=NUMBER, reason=WHY)
async def edit(interaction: Interaction, number: NotOut, reason: Reason | None = None) -> None:
    view = await interaction.client.desk.read(
        moderation.look_up_before, get_guild(interaction), number, get_person(interaction), "edit"
    )
    await open_form(interaction, edit_form(view, reader_translator(interaction), reason))


class ReopenButton(KeyButton, template=r"^reopen:(?P<key>\d+)$"):
    """Asks why, and reopens; moderators only. Its id holds the claim's number."""

    def __init__(self, key: str, tr: Translator) -> None:
        super().__init__(
            key,
            label=tr.text("Reopen #{number}", number=key),
            emoji="🔓",
            custom_id=f"reopen:{key}",
        )

    async def on_press(self, interaction: Interaction) -> None:
        await moderate(interaction, "reopen", int(self.key), None)


def notice_view(shown: NoticeView, tr: Translator) -> ui.View:
    """Return what can be done about a notice at once; fresh ones for each message."""
    view = ui.View(timeout=None)
    if shown.told.kind in SHAKEN and shown.told.claim is not None:
        view.add_item(ReopenButton(str(shown.told.claim), tr))
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
    items=(ReopenButton, EditClaimButton, PostClaimButton),
    modals={"moderate": _take_reason, "edit": _take_edit},
)
