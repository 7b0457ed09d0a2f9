"""A text from Discord on its way in: kept as a draft, read, and shown privately for a decision."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Self

import discord
from discord import app_commands, ui

from bot.features.intake_preview import draft_view
from bot.features.uploads import read_message, read_upload, require_readable, uploads_of
from bot.i18n.escaping import cut, escape, plain
from bot.i18n.labels import N_
from bot.i18n.translator import Words
from bot.rendering.intake_preview import PAGE, draft_embeds, taken_sentence
from bot.ui.context import Interaction, guild_of, person_of, readers_words, servers_only
from bot.ui.deferral import until_done
from bot.ui.feature import Feature
from bot.ui.modals import Submitted, day, line, open_form
from bot.ui.selects import Menu, first
from workflows.desk import drafts
from workflows.desk.intake import IntakeResult
from workflows.documents import language, reading
from workflows.documents.reading import ReadDocument
from workflows.errors import BadInput
from workflows.intake import Draft, DraftKey, Intake
from workflows.store.drafts import DraftLine
from workflows.teams import Team
from workflows.urls import normalize

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


async def _intake(interaction: Interaction, carried: list[str], sent: Submitted) -> None:
    del carried
    name = readers_words(interaction).say("The text")
    read = reading.read_document(sent.get("text", "").encode(), name)
    await bring(interaction, read, given(**{field: sent.get(field) for field in GIVEN}))


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
        title or None, publisher or None, day(date or ""), normalize(link) if link else None
    )


async def bring(interaction: Interaction, read: ReadDocument, given: Given) -> None:
    """Keep a text for its person, find its claims and show them; answered privately.

    Raises NotAllowed, BadInput, Refused.
    """
    bot = interaction.client
    intake = Intake(
        title=given.title or read.title,
        publisher=given.publisher or read.publisher,
        url=given.link or read.url,
        published=given.published or read.published,
        language=language.READ,
        text=read.text,
        claims=(),
    )
    kept = await bot.desk.write(
        drafts.keep_draft, guild_of(interaction), intake, person_of(interaction), bot.now()
    )
    if not interaction.response.is_done():
        await interaction.response.defer(ephemeral=True, thinking=True)
    if isinstance(kept, IntakeResult):
        await interaction.edit_original_response(
            content=taken_sentence(kept, 0, readers_words(interaction))
        )
        return
    await open_draft(interaction, kept.key)


async def open_draft(interaction: Interaction, key: DraftKey) -> None:
    """Show a draft in the private answer that was promised; read it first where it is not yet."""
    bot, words = interaction.client, readers_words(interaction)
    guild, person = guild_of(interaction), person_of(interaction)
    view = await bot.desk.read(drafts.look_up, guild, key, person, bot.now())
    if not view.draft.read:
        await _read(interaction, view.draft)
        view = await bot.desk.read(drafts.look_up, guild, key, person, bot.now())
    if interaction.is_expired():  # it is found under /intake drafts
        return
    if not view.draft.intake.claims:
        await bot.desk.write(drafts.discard_draft, guild, key, person, bot.now())
        said = words.say(
            "No checkable claim was found in “{title}”. Nothing of it is kept.",
            title=escape(view.draft.intake.title, 120),
        )
        await interaction.edit_original_response(content=said)
        return
    await interaction.edit_original_response(
        content=None, embeds=draft_embeds(view, 0, words), view=draft_view(view, 0, words)
    )


async def _read(interaction: Interaction, draft: Draft) -> None:
    """Find a draft's claims and keep them, telling how far it is."""
    bot, words = interaction.client, readers_words(interaction)
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
        await bot.desk.write(drafts.discard_draft, guild, draft.key, person, bot.now())
        raise
    known = await until_done(
        interaction,
        bot.desk.read_apart(drafts.match_known, guild, claims, bot.now()),
        lambda: words.say("Comparing “{title}” with the team's claims …", title=title),
    )
    await bot.desk.write(drafts.keep_claims, guild, draft.key, claims, known, bot.now())


async def require_to_bring(interaction: Interaction) -> Team:
    """Raise NotFound or NotAllowed before anybody takes trouble, or is kept waiting."""
    return await interaction.client.desk.read(
        drafts.require_intake_rights, guild_of(interaction), person_of(interaction)
    )


INTAKE = servers_only(
    app_commands.Group(name="intake", description="Bring in a text and have its claims found")
)


_described = app_commands.describe(
    title="Its title; without one, what it says itself",
    publisher="Who published it",
    date="When it was published, as year-month-day",
    link="Where it can be read",
)
Title = app_commands.Range[str, 1, 200]
Publisher = app_commands.Range[str, 1, 100]
Day = app_commands.Range[str, 1, 10]
Link = app_commands.Range[str, 1, 512]


@INTAKE.command(name="text", description="Bring in a text: paste it into a form")
@_described
async def text(
    interaction: Interaction,
    title: Title | None = None,
    publisher: Publisher | None = None,
    date: Day | None = None,
    link: Link | None = None,
) -> None:
    given(title, publisher, date, link)
    await require_to_bring(interaction)
    said = {
        "title": title or "",
        "publisher": publisher or "",
        "date": date or "",
        "link": link or "",
    }
    await open_form(interaction, intake_form(readers_words(interaction), said))


@INTAKE.command(name="file", description="Bring in a file: text, Markdown or a web page")
@app_commands.describe(file="The file; of a web page the main text is read")
@_described
async def file(
    interaction: Interaction,
    file: discord.Attachment,
    title: Title | None = None,
    publisher: Publisher | None = None,
    date: Day | None = None,
    link: Link | None = None,
) -> None:
    said = given(title, publisher, date, link)
    require_readable(file)
    await require_to_bring(interaction)
    await interaction.response.defer(ephemeral=True, thinking=True)
    await bring(interaction, await read_upload(interaction, file), said)


@app_commands.context_menu(name="Extract claims")
async def extract_claims(interaction: Interaction, message: discord.Message) -> None:
    if message.author == interaction.client.user:
        raise BadInput("This message is ours; what it says is known already.")
    for upload in uploads_of(message):
        require_readable(upload)
    team = await require_to_bring(interaction)
    await interaction.response.defer(ephemeral=True, thinking=True)
    read = await read_message(interaction, message, team.settings.timezone)
    await bring(interaction, read, Given())


EXTRACT_CLAIMS = servers_only(extract_claims)


@INTAKE.command(name="drafts", description="Go on with texts that wait for your decision")
async def unfinished(interaction: Interaction) -> None:
    bot, words = interaction.client, readers_words(interaction)
    found = await bot.desk.read(
        drafts.list_unfinished, guild_of(interaction), person_of(interaction), bot.now()
    )
    lines = [*found.own, *found.others]
    if not lines:
        await interaction.response.send_message(
            words.say("Nothing waits for your decision."), ephemeral=True
        )
        return
    said = words.count(
        "{n} text of yours waits for a decision.",
        "{n} texts of yours wait for a decision.",
        len(found.own),
    )
    if found.others:
        said += " " + words.count(
            "{n} of others does, too.", "{n} of others do, too.", len(found.others)
        )
    if len(lines) > PAGE:
        said += " " + words.say("The newest are listed.")
    view = ui.View(timeout=None)
    view.add_item(DraftMenu.of(lines[:PAGE], words))
    await interaction.response.send_message(said, view=view, ephemeral=True)


class DraftMenu(Menu, template=r"^drafts$"):
    """Texts that wait; the one that is chosen is shown again."""

    @classmethod
    def of(cls, lines: Iterable[DraftLine], words: Words) -> Self:
        options = [
            discord.SelectOption(
                label=cut(plain(line.title), 100) or "…",
                value=line.key,
                description=words.say("not read yet")
                if line.claims is None
                else words.count("{n} claim", "{n} claims", line.claims),
            )
            for line in lines
        ]
        placeholder = words.say("Choose one to go on with")
        return cls(ui.Select(custom_id="drafts", placeholder=placeholder, options=options))

    async def chosen(self, interaction: Interaction, values: list[str]) -> None:
        bot = interaction.client
        key = DraftKey(first(values))
        await bot.desk.read(
            drafts.look_up, guild_of(interaction), key, person_of(interaction), bot.now()
        )
        await interaction.response.defer(ephemeral=True, thinking=True)
        await open_draft(interaction, key)


FEATURE = Feature(commands=(INTAKE, EXTRACT_CLAIMS), items=(DraftMenu,), modals={"intake": _intake})
