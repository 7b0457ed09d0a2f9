"""The forms. A form's id carries what it needs, so that it outlives a restart.

None is kept in memory: each is stopped before it is sent, so that discord.py does not store it, and
what comes back is read from the wire by `values_of` and given to the function its id names.
"""

from collections.abc import Awaitable, Callable, Iterator, Mapping
from datetime import date
from typing import Any

import discord
from discord import ui

from bot.controls.client_of import corrobot, fields_of, surely
from bot.errors import custom_id_of
from bot.language.labels import VERDICTS
from bot.language.words import Words, cut, words_for
from bot.people import guild_of, person_of, readers_words
from bot.rendering.cards import claim_embed
from workflows.claims import ClaimKey, Verdict
from workflows.desk import votes
from workflows.desk.sheets import ClaimSheet
from workflows.errors import BadInput, NotFound

Submitted = Mapping[str, str]
"""What a person sent: the value of each field by its id, empty where nothing was given.

Several chosen values stand in one text with spaces between: they are ids or words of ours.
"""
Receivers = Mapping[str, Callable[[discord.Interaction, list[str], Submitted], Awaitable[None]]]
"""What takes a form that was sent, by the first part of the form's id; the rest is given to it."""


async def open_form(interaction: discord.Interaction, form: ui.Modal) -> None:
    form.stop()  # a stopped form is not stored; `submit` reads what comes back
    await interaction.response.send_modal(form)


async def submit(interaction: discord.Interaction, receivers: Receivers) -> None:
    """Give a sent form to the function its id names. Raises what that raises."""
    kind, *carried = custom_id_of(interaction).split(":")
    receiver = receivers.get(kind)
    if receiver is None:
        raise NotFound("This form is not known any more. Please open it again.")
    await receiver(interaction, carried, values_of(interaction))


def values_of(interaction: discord.Interaction) -> Submitted:
    """Each field's value by its id, wherever it stands in the form."""
    return dict(_fields(fields_of(interaction).get("components", [])))


def _fields(node: Any) -> Iterator[tuple[str, str]]:  # noqa: ANN401  # JSON as Discord sent it
    if isinstance(node, list):
        for part in node:
            yield from _fields(part)
    elif isinstance(node, dict):
        if "custom_id" in node:
            value = node.get("value")
            chosen = " ".join(map(str, node.get("values") or ()))
            yield node["custom_id"], str(chosen if value is None else value).strip()
        for inner in ("component", "components"):
            yield from _fields(node.get(inner, []))


# ---------------------------------------------------------------------------------- reason


def reason_form(key: ClaimKey, verdict: Verdict | None, words: Words) -> ui.Modal:
    """Why: for the standing vote, or, with `verdict`, for the vote that is about to be cast."""
    cast = verdict.value if verdict else ""
    form = ui.Modal(title=words.say("Your reason"), custom_id=f"reason:{key}:{cast}")
    about = words.say("The team reads it in the claim's history.")
    label = words.say(VERDICTS[verdict]) if verdict else words.say("Reason")
    form.add_item(line(label, "reason", description=about, most=500, long=True))
    return form


async def _reason(interaction: discord.Interaction, carried: list[str], sent: Submitted) -> None:
    bot = corrobot(interaction)
    key, cast = ClaimKey(carried[0]), carried[1]
    guild, person, now = guild_of(interaction), person_of(interaction), bot.now()
    reason = cut(sent.get("reason", ""), 500)
    words = readers_words(interaction)
    if cast:
        receipt = await bot.desk.write(
            votes.cast, guild, key, person, Verdict(cast), now, reason=reason
        )
    else:
        receipt = await bot.desk.write(votes.give_reason, guild, key, person, reason, now)
    said = words.say("Your vote on #{number} stands, with its reason.", number=receipt.claim.number)
    if receipt.sheet:
        await show_on_card(interaction, receipt.sheet, said)


# ------------------------------------------------------------------------------- all of them


def day(text: str) -> date | None:
    """The day that "2024-10-18" writes, None for nothing. Raises BadInput."""
    if not text:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise BadInput(
            '"{text}" is not a date. Write it as year-month-day, such as 2024-10-18.', text=text
        ) from None


async def show_on_card(interaction: discord.Interaction, sheet: ClaimSheet, said: str) -> None:
    """Answer a form that stands on a card by the card itself, and say privately what was done."""
    bot = corrobot(interaction)
    message = interaction.message
    if message is None or message.flags.ephemeral:
        await interaction.response.send_message(said, ephemeral=True)
    else:
        with bot.showing.writing(message.id) as write:
            words = words_for(sheet.team.settings.language)
            embed = claim_embed(sheet, words)
            await surely(lambda: interaction.response.edit_message(embed=embed))
            write.shows(sheet.claim.version)
        await interaction.followup.send(said, ephemeral=True)
    bot.outbox.wake()  # the moderators may be to be told
    bot.showing.nudge()


def line(
    label: str,
    custom_id: str,
    *,
    required: bool = True,
    description: str | None = None,
    placeholder: str | None = None,
    default: str | None = None,
    most: int,
    long: bool = False,
) -> ui.Label[Any]:
    field: ui.TextInput[Any] = ui.TextInput(
        custom_id=custom_id,
        style=discord.TextStyle.paragraph if long else discord.TextStyle.short,
        required=required,
        placeholder=placeholder or None,
        default=default or None,
        max_length=most,
    )
    return ui.Label(text=label, description=description, component=field)


RECEIVERS: Receivers = {
    "reason": _reason,
}
