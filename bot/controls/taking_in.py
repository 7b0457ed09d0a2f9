"""A text from Discord on its way in: kept as a draft, read, and shown privately for a decision."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import discord
from discord import ui

from bot.controls.client_of import corrobot
from bot.controls.forms import Receivers, Submitted, day, line
from bot.controls.progress import until_done
from bot.controls.triage import draft_view
from bot.language.labels import N_
from bot.language.words import Words, escape
from bot.people import guild_of, person_of, readers_words
from bot.rendering.preview import draft_embeds, taken_sentence
from workflows import documents, languages
from workflows.desk import drafts
from workflows.desk.taking_in import Taken
from workflows.documents import ReadDocument
from workflows.errors import BadInput
from workflows.intake import Draft, DraftKey, Intake
from workflows.links import normalised
from workflows.teams import Team

LONGEST_TEXT = 4000
"""Characters that a form's field takes."""


def intake_form(words: Words, given: Mapping[str, str]) -> ui.Modal:
    """A text and where it is from; `given` fills what the command's options said already."""
    form = ui.Modal(title=words.say("Take in a text"), custom_id="intake")
    most = words.say(
        "Up to {most} characters. Longer: save it as a file and use /intake file.",
        most=words.number(LONGEST_TEXT),
    )
    form.add_item(line(words.say("Text"), "text", description=most, most=LONGEST_TEXT, long=True))
    for field, label, hint, longest in (
        ("title", N_("Title"), N_("Without one: its first line"), 200),
        ("publisher", N_("Publisher"), "", 100),
        ("date", N_("Date of publication"), N_("YYYY-MM-DD; dates in the text count from it"), 10),
        ("link", N_("Link"), "https://", 512),
    ):
        form.add_item(
            line(
                words.say(label),
                field,
                required=False,
                placeholder=words.say(hint) if hint else "",
                default=given.get(field),
                most=longest,
            )
        )
    return form


async def _intake(interaction: discord.Interaction, carried: list[str], sent: Submitted) -> None:
    del carried
    name = readers_words(interaction).say("The text")
    read = documents.read(sent.get("text", "").encode(), name)
    await bring(interaction, read, given(**{field: sent.get(field) for field in GIVEN}))


RECEIVERS: Receivers = {"intake": _intake}


async def require_to_bring(interaction: discord.Interaction) -> Team:
    """Raise NotFound or NotAllowed before anybody takes trouble, or is kept waiting."""
    return await corrobot(interaction).desk.read(
        drafts.require_to_bring, guild_of(interaction), person_of(interaction)
    )


@dataclass(frozen=True, slots=True)
class Given:
    """What a person says of a text; it stands before what the text says of itself."""

    title: str | None = None
    publisher: str | None = None
    published: date | None = None
    link: str | None = None


GIVEN = ("title", "publisher", "date", "link")
"""The fields and options that say where a text is from."""


def given(title: str | None, publisher: str | None, date: str | None, link: str | None) -> Given:
    """Raises BadInput for a day or a link that is none."""
    return Given(
        title or None, publisher or None, day(date or ""), normalised(link) if link else None
    )


async def bring(interaction: discord.Interaction, read: ReadDocument, given: Given) -> None:
    """Keep a text for its person, find its claims and show them; answered privately.

    Raises NotAllowed, BadInput, Refused.
    """
    bot = corrobot(interaction)
    intake = Intake(
        title=given.title or read.title,
        publisher=given.publisher or read.publisher,
        url=given.link or read.url,
        published=given.published or read.published,
        language=languages.READ,
        text=read.text,
        claims=(),
    )
    kept = await bot.desk.write(
        drafts.keep, guild_of(interaction), intake, person_of(interaction), bot.now()
    )
    if not interaction.response.is_done():
        await interaction.response.defer(ephemeral=True, thinking=True)
    if isinstance(kept, Taken):
        await interaction.edit_original_response(
            content=taken_sentence(kept, 0, readers_words(interaction))
        )
        return
    await open_draft(interaction, kept.key)


async def open_draft(interaction: discord.Interaction, key: DraftKey) -> None:
    """Show a draft in the private answer that was promised; read it first where it is not yet."""
    bot, words = corrobot(interaction), readers_words(interaction)
    guild, person = guild_of(interaction), person_of(interaction)
    sheet = await bot.desk.read(drafts.look, guild, key, person, bot.now())
    if not sheet.draft.read:
        await _read(interaction, sheet.draft)
        sheet = await bot.desk.read(drafts.look, guild, key, person, bot.now())
    if interaction.is_expired():  # it is found under /intake drafts
        return
    if not sheet.draft.intake.claims:
        await bot.desk.write(drafts.discard, guild, key, person, bot.now())
        said = words.say(
            "No checkable claim was found in “{title}”. Nothing of it is kept.",
            title=escape(sheet.draft.intake.title, 120),
        )
        await interaction.edit_original_response(content=said)
        return
    await interaction.edit_original_response(
        content=None, embeds=draft_embeds(sheet, 0, words), view=draft_view(sheet, 0, words)
    )


async def _read(interaction: discord.Interaction, draft: Draft) -> None:
    """Find a draft's claims and keep them, telling how far it is."""
    bot, words = corrobot(interaction), readers_words(interaction)
    title, share = escape(draft.intake.title, 120), 0.0

    def reached(now: float) -> None:
        nonlocal share
        share = now

    reading = until_done(
        interaction,
        bot.extractor.claims(
            draft.intake.text, draft.intake.published, words.say("The text"), reached
        ),
        lambda: words.say("Reading “{title}” … {share}", title=title, share=words.percent(share)),
        late=words.say(
            "“{title}” is long; reading it goes on. Once done, it is under /intake drafts.",
            title=title,
        ),
    )
    guild, person = guild_of(interaction), person_of(interaction)
    try:
        claims = await reading
    except BadInput:  # a text that can never be read waits for nothing
        await bot.desk.write(drafts.discard, guild, draft.key, person, bot.now())
        raise
    known = await until_done(
        interaction,
        bot.desk.read_apart(drafts.recognise, guild, claims, bot.now()),
        lambda: words.say("Comparing “{title}” with the team's claims …", title=title),
    )
    await bot.desk.write(drafts.keep_claims, guild, draft.key, claims, known, bot.now())
