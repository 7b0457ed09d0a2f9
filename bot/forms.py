"""The forms. A form's id carries what it needs, so that it outlives a restart.

None is kept in memory: each is stopped before it is sent, so that discord.py does not store it, and
what comes back is read from the wire by `values_of` and given to the function its id names.
"""

from collections.abc import Awaitable, Callable, Iterator, Mapping
from datetime import date
from typing import Any

import discord
from discord import ui

from bot.cards import claim_embed
from bot.client_of import corrobot, fields_of, surely
from bot.errors import custom_id_of
from bot.labels import N_, STANCE_SIGNS, VERDICTS
from bot.people import guild_of, person_of, readers_words
from bot.words import Words, cut, words_for
from workflows.claims import ClaimKey, Grade, Stance, Verdict
from workflows.desk import evidence, votes
from workflows.desk.sheets import ClaimSheet
from workflows.errors import BadInput, NotFound

SOURCE_GRADES = {
    "A": N_("A · completely reliable"),
    "B": N_("B · usually reliable"),
    "C": N_("C · fairly reliable"),
    "D": N_("D · not usually reliable"),
    "E": N_("E · unreliable"),
    "F": N_("F · cannot be judged"),
}
INFORMATION_GRADES = {
    "1": N_("1 · confirmed by other sources"),
    "2": N_("2 · probably true"),
    "3": N_("3 · possibly true"),
    "4": N_("4 · doubtful"),
    "5": N_("5 · improbable"),
    "6": N_("6 · cannot be judged"),
}

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


# -------------------------------------------------------------------------------- evidence


def evidence_form(key: ClaimKey, words: Words) -> ui.Modal:
    form = ui.Modal(title=words.say("Add evidence"), custom_id=f"evidence:{key}")
    form.add_item(line(words.say("Link"), "link", placeholder="https://", most=512))
    form.add_item(
        ui.Label(
            text=words.say("What does it show?"),
            component=ui.RadioGroup(
                custom_id="stance",
                options=[
                    discord.RadioGroupOption(
                        label=f"{STANCE_SIGNS[stance]} {words.say(STANCE_CHOICES[stance])}",
                        value=stance.value,
                    )
                    for stance in STANCE_CHOICES
                ],
            ),
        )
    )
    note = words.say("Where in it, and what it says. Everyone sees this.")
    form.add_item(
        line(words.say("Note"), "note", required=False, description=note, most=500, long=True)
    )
    form.add_item(_grades(words.say("How reliable is the source?"), "source", SOURCE_GRADES, words))
    form.add_item(
        _grades(words.say("How credible is the information?"), "info", INFORMATION_GRADES, words)
    )
    return form


STANCE_CHOICES = {
    Stance.SUPPORTS: N_("It supports the claim"),
    Stance.REFUTES: N_("It refutes the claim"),
    Stance.CONTEXT: N_("It gives context"),
}


async def _attach(interaction: discord.Interaction, carried: list[str], sent: Submitted) -> None:
    bot = corrobot(interaction)
    attached = await bot.desk.write(
        evidence.attach,
        guild_of(interaction),
        ClaimKey(carried[0]),
        person_of(interaction),
        sent.get("link", ""),
        _stance(sent.get("stance", "")),
        bot.now(),
        note=cut(sent.get("note", ""), 500),
        grade=Grade(sent.get("source") or "F", _number(sent.get("info") or "6")),
    )
    words = readers_words(interaction)
    thanks = words.say("Added to #{number}.", number=attached.sheet.claim.number)
    if not attached.link.counts:
        thanks += " " + words.say("It is the claim's own document, so it does not count.")
    await _show(interaction, attached.sheet, thanks)


def _number(text: str) -> int:
    return int(text) if text.isdecimal() else 0


def _stance(text: str) -> Stance:
    try:
        return Stance(text)
    except ValueError:
        raise BadInput("Please choose what the link shows.") from None


def _grades(label: str, custom_id: str, grades: Mapping[str, str], words: Words) -> ui.Label[Any]:
    options = [discord.SelectOption(label=words.say(grades[g]), value=g) for g in grades]
    chooser: ui.Select[Any] = ui.Select(
        custom_id=custom_id,
        required=False,
        placeholder=words.say("optional"),
        options=options,
    )
    return ui.Label(text=label, component=chooser)


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
        await _show(interaction, receipt.sheet, said)


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


async def _show(interaction: discord.Interaction, sheet: ClaimSheet, said: str) -> None:
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
    "evidence": _attach,
    "reason": _reason,
}
