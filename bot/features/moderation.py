"""What moderators are asked before something is done to a claim, and told after it.

Where the reason is not given yet, or votes would be lost, a form asks for it. The form's id holds
the action, the claim and what else the action needs.
"""

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any

import discord
from discord import app_commands, ui

from bot.i18n.escaping import cut, escape
from bot.i18n.labels import VERDICTS, gettext_noop
from bot.i18n.translator import Translator, translator_for
from bot.ui.buttons import KeyButton
from bot.ui.claim_option import AnyClaim, BeforeTheTeam, Closed, NotOut
from bot.ui.context import (
    Interaction,
    describe_member,
    get_acting,
    get_guild,
    get_person,
    reader_translator,
)
from bot.ui.feature import Feature
from bot.ui.modals import (
    ANY_KEY,
    ModalValues,
    open_form,
    text_field,
)
from bot.ui.waiting_posts import add_waiting
from workflows.claims import ClaimKey, Verdict
from workflows.desk import moderation, outbox, publication
from workflows.desk.claim_views import ClaimView
from workflows.desk.notices import NoticeView
from workflows.errors import BadInput, NotFound, Refused
from workflows.notices import SHAKEN
from workflows.teams import Person
from workflows.voting import HELD, Lack, find_lacking

REASON = 500
REPOSTED_AT_ONCE = 50
"""Cards queued in one transaction."""
MOST_NAMED = 20
"""Claims that an answer names."""

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
UNBACKED: Mapping[frozenset[Lack], str] = {
    frozenset(Lack): gettext_noop(
        "Nobody has voted on it, and no link backs this verdict. If you settle it now, the verdict"
        " is marked as a moderator's own and stays off the public pages until a moderator publishes"
        " it."
    ),
    frozenset({Lack.VOTES}): gettext_noop(
        "Nobody has voted on it. If you settle it now, the verdict is marked as a moderator's own"
        " and stays off the public pages until a moderator publishes it."
    ),
    frozenset({Lack.LINK}): gettext_noop(
        "No link backs this verdict. If you settle it now, it is marked as a moderator's own and"
        " stays off the public pages until a moderator publishes it."
    ),
    frozenset(): gettext_noop(
        "The team's votes haven't reached this verdict. If you settle it now, it is marked as a"
        " moderator's own and stays off the public pages until a moderator publishes it."
    ),
}
"""What is asked once before a verdict is settled that nothing stands behind."""
REACHED = gettext_noop(
    "The team's votes have reached the verdict on the card. If you settle on the other one, it is"
    " marked as a moderator's own and stays off the public pages until a moderator publishes it."
)
WITHOUT_REASON = frozenset({"assign", "repost"})


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
    warning = find_warning(view, action, value)
    if action in WITHOUT_REASON or (reason and not warning):
        await act(interaction, action, view.claim.key, value, reason or "", to)
        return
    tr = reader_translator(interaction)
    form = build_form(view, action, tr, value=value, warning=warning)
    form.add_item(reason_line(tr, reason))
    if action == "settle":
        form.add_item(publish_field(tr))
    await open_form(interaction, form)


def publish_field(tr: Translator) -> ui.Label[Any]:
    """Return the choice whether a verdict goes out with the reason just written; no by default."""
    options = [
        discord.RadioGroupOption(
            label=tr.text("No, keep it in the team"), value="no", default=True
        ),
        discord.RadioGroupOption(label=tr.text("Yes, publish the verdict with it"), value="yes"),
    ]
    choice: ui.RadioGroup[Any] = ui.RadioGroup(custom_id="publish", required=False, options=options)
    about = tr.text("Only if the team has public pages. Publication, under Details, changes it.")
    return ui.Label(
        text=tr.text("May this reason be published?"), description=about, component=choice
    )


def find_warning(view: ClaimView, action: str, verdict: str) -> str | None:
    """Return what must be said before it is done: votes would be lost, or nothing bears it."""
    claim = view.claim
    if action == "settle":
        if HELD.get(claim.state.status) is Verdict(verdict):
            return None
        return UNBACKED[
            find_lacking(view.team.policy, claim.tally, claim.sources, Verdict(verdict))
        ]
    return LOST.get(action) if claim.tally.votes else None


def build_form(
    view: ClaimView, action: str, tr: Translator, *, value: str = "", warning: str | None = None
) -> ui.Modal:
    """Return a form that names the action and the claim, with the warning; its fields follow."""
    form = ui.Modal(
        title=tr.text(TITLES[action], number=view.claim.number),
        custom_id=f"moderate:{action}:{view.claim.key}:{value}",
    )
    said = escape(view.claim.words, 300)
    if warning:
        said += "\n\n" + tr.text(warning)
    form.add_item(ui.TextDisplay(said))
    return form


def reason_line(tr: Translator, given: str | None = None) -> ui.Label[Any]:
    about = tr.text("Everyone can read it on the card and in the claim's history.")
    return text_field(
        tr.text("Reason"), "reason", description=about, default=given, most=REASON, long=True
    )


async def _take_reason(interaction: Interaction, carried: list[str], sent: ModalValues) -> None:
    action, key, value = carried
    value = value or sent.get("verdict") or sent.get("member") or ""
    if action == "settle" and value not in set(Verdict):
        raise BadInput("Choose a verdict.")
    to = await find_member(interaction, value) if action == "assign" and value else None
    publishes = sent.get("publish") == "yes"
    await act(
        interaction, action, ClaimKey(key), value, sent.get("reason", ""), to, publishes=publishes
    )


async def find_member(interaction: Interaction, account: str) -> Person:
    """Return who is in the server under this id, with the roles they have now."""
    guild = interaction.guild
    try:
        if guild is None:
            raise NotFound("This only works in a server.")
        return describe_member(await guild.fetch_member(int(account)))
    except (discord.NotFound, ValueError):  # nobody's number
        raise NotFound("This person is no longer in the server.") from None


async def act(
    interaction: Interaction,
    action: str,
    key: ClaimKey,
    value: str,
    reason: str,
    to: Person | None,
    *,
    publishes: bool = False,
) -> None:
    """Do it, and say privately that it was done. `publishes` goes with settling."""
    acting, tr = get_acting(interaction), reader_translator(interaction)
    write, reason = interaction.client.desk.write, cut(reason, REASON)
    match action:
        case "settle":
            verdict = Verdict(value)
            settle_it = publication.settle_and_publish if publishes else moderation.settle_claim
            view = await write(settle_it, acting, key, verdict, reason)
            said = tr.text(
                "#{number} is settled as {verdict}.",
                number=view.claim.number,
                verdict=tr.text(VERDICTS[verdict]),
            )
        case "reopen":
            view = await write(moderation.reopen_claim, acting, key, reason)
            said = tr.text("#{number} is open again.", number=view.claim.number)
            if is_open_notice(interaction):
                await _spend_notice(interaction, said)
                return
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
    said = await add_waiting(interaction, said)
    await interaction.response.send_message(said, view=view or ui.View(), ephemeral=True)


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
@app_commands.describe(
    number="Its number, such as 15, or words from it; every missing card if left empty", reason=WHY
)
async def repost(
    interaction: Interaction, number: AnyClaim | None = None, reason: Reason | None = None
) -> None:
    if number is not None:
        await moderate(interaction, "repost", number, reason)
        return
    missing = await interaction.client.desk.read(outbox.list_without_card, get_acting(interaction))
    if not missing:
        tr = reader_translator(interaction)
        await answer(interaction, tr.text("No card is missing."))
        return
    await interaction.response.defer(ephemeral=True, thinking=True)
    await repost_all(interaction, missing, reason or "")


async def repost_all(interaction: Interaction, numbers: Sequence[int], reason: str = "") -> None:
    """Post these claims' cards anew, in steps between which others vote; the answer is deferred."""
    bot, tr = interaction.client, reader_translator(interaction)
    done, refused = 0, list[int]()
    for first in range(0, len(numbers), REPOSTED_AT_ONCE):
        step = await bot.desk.write(
            moderation.apply_to_many,
            get_acting(interaction),
            numbers[first : first + REPOSTED_AT_ONCE],
            partial(outbox.repost_card, reason=reason),
        )
        done += len(step.done)
        refused += step.refused
        bot.outbox.wake()
    said = tr.plural("{n} card is on its way.", "{n} cards are on their way.", done)
    said += write_refused(refused, tr)
    bot.card_sync.wake()
    await interaction.edit_original_response(content=await add_waiting(interaction, said))


def write_refused(numbers: Sequence[int], tr: Translator) -> str:
    """Return of which claims it couldn't be done; empty where it could of all."""
    if not numbers:
        return ""
    named = [f"#{number}" for number in numbers[:MOST_NAMED]]
    if len(numbers) > MOST_NAMED:
        named.append("…")
    return " " + tr.text("Not possible for {numbers}.", numbers=tr.join(named))


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
    to = describe_member(member)
    await moderate(interaction, "assign", number, reason, str(member.id), to)


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
        try:
            await moderate(interaction, "reopen", int(self.key), None)
        except Refused as refusal:  # somebody was faster
            if not is_open_notice(interaction):
                raise
            await _spend_notice(interaction, reader_translator(interaction).error_text(refusal))


def is_open_notice(interaction: Interaction) -> bool:
    """Return True if it came from a notice in a channel, whose button can still be pressed."""
    message = interaction.message
    return bool(message and message.components and message.content and not message.flags.ephemeral)


async def _spend_notice(interaction: Interaction, said: str) -> None:
    """Take the button off a notice, name who used it there, and say privately what was done."""
    bot, message = interaction.client, interaction.message
    bot.outbox.wake()
    bot.card_sync.wake()
    tr = translator_for(str(interaction.guild_locale or interaction.locale))
    done = tr.text("{who} has dealt with it.", who=f"<@{interaction.user.id}>")
    content = f"{message.content if message else ''}\n-# ✓ {done}"
    await interaction.response.edit_message(content=content, view=None)
    await interaction.followup.send(said, ephemeral=True)


def notice_view(shown: NoticeView, tr: Translator) -> ui.View:
    """Return what can be done about a notice at once; fresh ones for each message."""
    view = ui.View(timeout=None)
    if shown.told.kind in SHAKEN and shown.told.claim is not None:
        view.add_item(ReopenButton(str(shown.told.claim), tr))
    return view


FEATURE = Feature(
    claim_commands=(
        assign,
        settle,
        reopen,
        drop,
        repost,
    ),
    items=(ReopenButton,),
    modals={
        rf"moderate:\w+:{ANY_KEY}:\w*": _take_reason,
    },
)
