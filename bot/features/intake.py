"""A text from Discord on its way in: kept as a draft, read, and shown privately for a decision."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Self

import discord
from discord import app_commands, ui

from bot.features.intake_preview import draft_view, find_checked
from bot.features.uploads import (
    list_uploads,
    read_link,
    read_message_or_link,
    read_upload,
    require_readable,
)
from bot.i18n.escaping import cut, escape, plain
from bot.i18n.labels import gettext_noop
from bot.i18n.translator import Translator
from bot.rendering.intake_preview import PAGE, draft_embeds, write_result
from bot.ui.context import (
    Interaction,
    get_acting,
    get_asker,
    get_guild,
    get_person,
    offer_in_servers_only,
    reader_translator,
)
from bot.ui.deferral import with_progress
from bot.ui.feature import Feature
from bot.ui.modals import (
    ModalValues,
    UploadedFile,
    file_field,
    open_form,
    parse_day,
    read_files,
    text_field,
)
from bot.ui.selects import SelectMenu, first_value
from workflows.desk import drafts
from workflows.desk.drafts import DraftView
from workflows.desk.intake import IntakeResult
from workflows.documents import language, reading
from workflows.documents.document import ParagraphCount, ReadDocument
from workflows.errors import BadInput
from workflows.intake import Draft, DraftKey, Intake
from workflows.store.drafts import DraftLine
from workflows.teams import Team
from workflows.urls import find_sole_link, normalize, split_link_line

LONGEST_TEXT = 4000
"""Characters that a form's field takes."""


def intake_form(tr: Translator, given: Mapping[str, str]) -> ui.Modal:
    """Return a text or a file, and where it is from; `given` fills what the options said already.

    A form has room for five fields: that of the link is there where the command was given one,
    else a link may stand in the text's first or last line.
    """
    form = ui.Modal(title=tr.text("Bring in a text"), custom_id="intake")
    most = tr.text(
        "Or just a link. A link in the first or last line of a text says where it is from."
    )
    form.add_item(
        text_field(
            tr.text("Text"),
            "text",
            required=False,
            description=most,
            most=LONGEST_TEXT,
            long=True,
        )
    )
    for field, label, hint, longest in (
        ("title", gettext_noop("Title"), gettext_noop("Its first line if left empty"), 200),
        ("publisher", gettext_noop("Publisher"), "", 100),
        (
            "date",
            gettext_noop("Publication date"),
            gettext_noop("YYYY-MM-DD; dates in the text are read relative to it"),
            10,
        ),
        *([("link", gettext_noop("Link"), "https://", 512)] if given.get("link") else []),
    ):
        form.add_item(
            text_field(
                tr.text(label),
                field,
                required=False,
                placeholder=tr.text(hint) if hint else "",
                default=given.get(field),
                most=longest,
            )
        )
    if not given.get("link"):
        kinds = tr.text("Text, web page, PDF, Word, e-mail or subtitles")
        form.add_item(file_field(tr.text("File"), "file", description=kinds))
    return form


async def _intake(interaction: Interaction, carried: list[str], sent: ModalValues) -> None:
    del carried
    given = read_given(**{field: sent.get(field) for field in GIVEN})
    files = read_files(interaction, "file")
    for file in files:
        require_readable(file)
    typed = sent.get("text", "")
    if not typed and not files:
        raise BadInput("There's nothing to read. Paste a text or a link, or add a file.")
    sole = find_sole_link(typed)
    if files or sole:
        await require_intake_rights(interaction)
        await interaction.response.defer(ephemeral=True, thinking=True)
    if sole and not files:
        read = await read_link(interaction, sole)
    else:
        read = await _read_form(interaction, typed, files)
    await start_intake(interaction, read, given)


async def _read_form(
    interaction: Interaction, typed: str, files: Sequence[UploadedFile]
) -> ReadDocument:
    """Return what a form brought: a text, or a file with what is typed above it.

    A link in the first or last line of what is typed says where it is from. Raises BadInput,
    Unavailable.
    """
    typed, link = split_link_line(typed)
    name = reader_translator(interaction).text("The text")
    read = [reading.read_document(typed.encode(), name)] if typed or not files else []
    read += [await read_upload(interaction, file) for file in files]
    found = read[-1]
    if len(read) > 1:
        found = replace(found, text="\n\n".join(each.text for each in read), places=())
    return replace(found, url=link or found.url)


@dataclass(frozen=True, slots=True)
class GivenParticulars:
    """What a person says of a text; it stands before what the text says of itself."""

    title: str | None = None
    publisher: str | None = None
    published: date | None = None
    link: str | None = None


GIVEN = ("title", "publisher", "date", "link")
"""The fields and options that say where a text is from."""


def read_given(
    title: str | None, publisher: str | None, date: str | None, link: str | None
) -> GivenParticulars:
    """Raises BadInput for a day or a link that is none."""
    return GivenParticulars(
        title or None, publisher or None, parse_day(date or ""), normalize(link) if link else None
    )


async def start_intake(
    interaction: Interaction,
    read: ReadDocument,
    given: GivenParticulars,
    writer: int | None = None,
) -> None:
    """Keep a text for its person, find its claims and show them; answered privately.

    `writer` is the account whose message it is. Raises NotAllowed, BadInput, Refused.
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
        places=read.places,
        reviews=read.reviews,
    )
    kept: DraftView | IntakeResult | None = await bot.desk.read_apart(
        drafts.find_known, get_acting(interaction), intake
    )
    if kept is None:
        kept = await bot.desk.write(drafts.keep_draft, get_acting(interaction), intake, writer)
    if not interaction.response.is_done():
        await interaction.response.defer(ephemeral=True, thinking=True)
    if isinstance(kept, IntakeResult):
        await interaction.edit_original_response(
            content=write_result(kept, 0, reader_translator(interaction))
        )
        return
    await open_draft(interaction, kept)


async def open_draft(interaction: Interaction, view: DraftView) -> None:
    """Show a draft in the private answer that was promised; read it first where it is not yet."""
    bot, tr = interaction.client, reader_translator(interaction)
    if not view.draft.read:
        view = await _read(interaction, view.draft)
    if interaction.is_expired():  # it is found under /intake drafts
        return
    if not view.draft.intake.claims:
        await bot.desk.write(drafts.discard_draft, get_acting(interaction), view.draft.key)
        said = tr.text(
            "No checkable claim was found in “{title}”, so nothing was kept.",
            title=escape(view.draft.intake.title, 120),
        )
        await interaction.edit_original_response(content=said)
        return
    checked = await find_checked(interaction, view, 0)
    await interaction.edit_original_response(
        content=None, embeds=draft_embeds(view, 0, tr, checked), view=draft_view(view, 0, tr)
    )


async def _read(interaction: Interaction, draft: Draft) -> DraftView:
    """Find a draft's claims and keep them, telling how far it is."""
    bot, tr = interaction.client, reader_translator(interaction)
    title, count = escape(draft.intake.title, 120), ParagraphCount(draft.intake.text)

    def how_far() -> str:
        return tr.plural(
            "Reading “{title}”: {done} of {n} paragraph …",
            "Reading “{title}”: {done} of {n} paragraphs …",
            count.total,
            title=title,
            done=tr.number(count.done),
        )

    reading = with_progress(
        interaction,
        bot.engine.read_claims(
            draft.intake.text,
            draft.intake.published,
            tr.text("The text"),
            count.reach,
            draft.intake.places,
            get_asker(interaction),
        ),
        how_far,
        late=tr.text(
            "“{title}” is long, so I'm still reading it. When it's done, find it under"
            " /intake drafts.",
            title=title,
        ),
    )
    guild = get_guild(interaction)
    try:
        found = await reading
    except BadInput:  # a text that can never be read waits for nothing
        await bot.desk.write(drafts.discard_draft, get_acting(interaction), draft.key)
        raise
    met = await with_progress(
        interaction,
        bot.desk.read_apart(drafts.match_claims, guild, draft.key, found.claims, bot.now()),
        lambda: tr.text("Comparing “{title}” with the team's claims …", title=title),
    )
    bot.draft_matches.keep(draft.key, met)
    return await bot.desk.write(
        drafts.keep_claims, guild, draft.key, found.claims, met, bot.now(), found.reading
    )


async def require_intake_rights(interaction: Interaction) -> Team:
    """Raise NotFound or NotAllowed before anybody takes trouble, or is kept waiting."""
    return await interaction.client.desk.read(
        drafts.require_intake_rights, get_guild(interaction), get_person(interaction)
    )


INTAKE = offer_in_servers_only(
    app_commands.Group(name="intake", description="Bring in a text and find its claims")
)


_described = app_commands.describe(
    title="Its title; taken from the text itself if left empty",
    publisher="Its publisher",
    date="The day it was published, as YYYY-MM-DD",
    link="A link to it",
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
    read_given(title, publisher, date, link)
    await require_intake_rights(interaction)
    said = {
        "title": title or "",
        "publisher": publisher or "",
        "date": date or "",
        "link": link or "",
    }
    await open_form(interaction, intake_form(reader_translator(interaction), said))


@INTAKE.command(name="url", description="Bring in a page by its link")
@app_commands.describe(
    url="The link",
    title="Its title; taken from the text itself if left empty",
    publisher="Its publisher",
    date="The day it was published, as YYYY-MM-DD",
)
async def url(
    interaction: Interaction,
    url: Link,
    title: Title | None = None,
    publisher: Publisher | None = None,
    date: Day | None = None,
) -> None:
    given = read_given(title, publisher, date, None)
    await require_intake_rights(interaction)
    await interaction.response.defer(ephemeral=True, thinking=True)
    await start_intake(interaction, await read_link(interaction, normalize(url)), given)


@INTAKE.command(
    name="file", description="Bring in a file: text, web page, PDF, Word, e-mail or subtitles"
)
@app_commands.describe(file="The file; only the main text of a web page is read")
@_described
async def file(
    interaction: Interaction,
    file: discord.Attachment,
    title: Title | None = None,
    publisher: Publisher | None = None,
    date: Day | None = None,
    link: Link | None = None,
) -> None:
    said = read_given(title, publisher, date, link)
    require_readable(file)
    await require_intake_rights(interaction)
    await interaction.response.defer(ephemeral=True, thinking=True)
    await start_intake(interaction, await read_upload(interaction, file), said)


@app_commands.context_menu(name="Extract claims")
async def extract_claims(interaction: Interaction, message: discord.Message) -> None:
    if message.author == interaction.client.user:
        raise BadInput("This is one of my own messages, so its content is already known.")
    for upload in list_uploads(message):
        require_readable(upload)
    team = await require_intake_rights(interaction)
    await interaction.response.defer(ephemeral=True, thinking=True)
    read = await read_message_or_link(interaction, message, team.settings.timezone)
    is_theirs = read.url == message.jump_url and not message.author.bot
    writer = message.author.id if is_theirs else None
    await start_intake(interaction, read, GivenParticulars(), writer)


EXTRACT_CLAIMS = offer_in_servers_only(extract_claims)


@INTAKE.command(name="drafts", description="Continue with texts waiting for your decision")
async def list_drafts(interaction: Interaction) -> None:
    bot, tr = interaction.client, reader_translator(interaction)
    found = await bot.desk.read(drafts.list_unfinished, get_acting(interaction))
    lines = [*found.own, *found.others]
    if not lines:
        await interaction.response.send_message(
            tr.text("Nothing is waiting for your decision."), ephemeral=True
        )
        return
    said = tr.plural(
        "{n} of your texts is waiting for a decision.",
        "{n} of your texts are waiting for a decision.",
        len(found.own),
    )
    if found.others:
        said += " " + tr.plural(
            "{n} text by someone else is waiting, too.",
            "{n} texts by others are waiting, too.",
            len(found.others),
        )
    if len(lines) > PAGE:
        said += " " + tr.text("Only the newest are listed.")
    view = ui.View(timeout=None)
    view.add_item(DraftMenu.of(lines[:PAGE], tr))
    await interaction.response.send_message(said, view=view, ephemeral=True)


class DraftMenu(SelectMenu, template=r"^drafts$"):
    """Texts that wait; the one that is chosen is shown again."""

    @classmethod
    def of(cls, lines: Iterable[DraftLine], tr: Translator) -> Self:
        options = [
            discord.SelectOption(
                label=cut(plain(line.title), 100) or "…",
                value=line.key,
                description=tr.text("not read yet")
                if line.claims is None
                else tr.plural("{n} claim", "{n} claims", line.claims),
            )
            for line in lines
        ]
        placeholder = tr.text("Choose one to continue")
        return cls("drafts", placeholder=placeholder, options=options)

    async def on_select(self, interaction: Interaction, values: list[str]) -> None:
        key = DraftKey(first_value(values))
        view = await interaction.client.desk.read(drafts.look_up, get_acting(interaction), key)
        await interaction.response.defer(ephemeral=True, thinking=True)
        await open_draft(interaction, view)


FEATURE = Feature(commands=(INTAKE, EXTRACT_CLAIMS), items=(DraftMenu,), modals={"intake": _intake})
