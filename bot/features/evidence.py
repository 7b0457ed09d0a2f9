"""The form for a link: what it shows of the claim, or of one of its sources; filled in to change.

A form holds five fields at most, so what a link is about and what it says of it are one choice.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import PurePath
from typing import Any, Self

import discord
from discord import app_commands, ui

from bot.fetch.attachments import require_hosted
from bot.i18n.escaping import cut, escape, plain
from bot.i18n.labels import (
    INFORMATION_GRADES,
    PLACES,
    SOURCE_GRADES,
    STANCE_SIGNS,
    gettext_noop,
)
from bot.i18n.translator import Translator
from bot.rendering.embeds import DESCRIPTION, join_within
from bot.rendering.evidence import format_searches
from bot.rendering.passages import name_source
from bot.ui.buttons import KEY, KeyButton
from bot.ui.claim_option import BeforeTheTeam
from bot.ui.context import (
    Interaction,
    get_acting,
    get_guild,
    get_person,
    reader_translator,
)
from bot.ui.feature import Feature
from bot.ui.modals import ANY_KEY, ModalValues, open_form, show_on_card, text_field
from bot.ui.selects import SelectMenu, first_value
from workflows.claims import (
    ClaimKey,
    Evidence,
    EvidenceKey,
    Grade,
    PagePassage,
    SnapshotState,
    SourceInChain,
    Stance,
)
from workflows.desk import claim_views, evidence, search
from workflows.desk.evidence import AttachedLink
from workflows.documents import reading
from workflows.errors import BadInput, NotFound, Unavailable
from workflows.teams import Acting

STANCE_CHOICES = {
    Stance.SUPPORTS: gettext_noop("It supports the claim"),
    Stance.REFUTES: gettext_noop("It refutes the claim"),
    Stance.CONTEXT: gettext_noop("It gives context"),
}
SAYING_CHOICES = {
    Stance.CONFIRMS: gettext_noop("It shows that {source} said it"),
    Stance.DISPUTES: gettext_noop("It shows that {source} didn't say it"),
}
RADIOS, MENU, LABEL = 10, 25, 100
"""Discord's limits: choices of radio buttons and of a menu, and characters of a choice."""
NOTE = 500
"""Characters of a note."""
AWAY, PRIVATE = "away", "private"
"""What the choices to take a link away, and to have its page opened or not, are on the wire."""


def evidence_form(
    key: ClaimKey, sources: Sequence[SourceInChain], tr: Translator, address: str | None = None
) -> ui.Modal:
    """For a new link on a claim with these sources; `address` is one that is at hand already."""
    form = ui.Modal(title=tr.text("Add evidence"), custom_id=f"evidence:{key}")
    _fill_in(form, None, _list_choices(sources, tr), tr, address)
    return form


def amend_form(
    key: ClaimKey, link: Evidence, sources: Sequence[SourceInChain], tr: Translator
) -> ui.Modal:
    """For a link that is there: everything it says, and the choice to take it away."""
    form = ui.Modal(title=tr.text("Change a link"), custom_id=f"amend:{key}:{link.key}")
    switch = tr.text("🔓 Not private: open the page")
    if not evidence.is_private(link):
        switch = tr.text("🔒 Private page: never open it")
    more = [(switch, PRIVATE), (tr.text("🗑️ Remove this link"), AWAY)]
    _fill_in(form, link, [*_list_choices(sources, tr, keep=link), *more], tr)
    return form


def _fill_in(
    form: ui.Modal,
    link: Evidence | None,
    choices: Sequence[tuple[str, str]],
    tr: Translator,
    address: str | None = None,
) -> None:
    url = link.url if link else address
    form.add_item(
        text_field(tr.text("Link"), "link", placeholder="https://", default=url, most=512)
    )
    chosen = _encode_choice(link.stance, link.target) if link else None
    form.add_item(
        ui.Label(
            text=tr.text("What does the link show?"), component=_build_chooser(choices, chosen)
        )
    )
    about = tr.text("Where in the source, and what it says. Everyone can see this.")
    said = link.note if link else None
    if link and not said and (passage := find_saying(link)):
        said = write_note(passage, tr)
        about = tr.text("Suggested from the page: change it, clear it, or send it as it is.")
    elif link:
        about = tr.text(
            "Where in the source, and what it says; or why you remove it. Everyone can see this."
        )
    note = text_field(
        tr.text("Note"),
        "note",
        required=False,
        description=about,
        default=said,
        most=500,
        long=True,
    )
    form.add_item(note)
    grade = link.grade if link else Grade()
    source, information = grade.source, str(grade.information)
    form.add_item(
        _build_grade_menu(
            tr.text("How reliable is the source?"), "source", SOURCE_GRADES, source, tr
        )
    )
    form.add_item(
        _build_grade_menu(
            tr.text("How credible is the information?"),
            "info",
            INFORMATION_GRADES,
            information,
            tr,
        )
    )


def find_saying(link: Evidence) -> PagePassage | None:
    """Return what a link's page says about the claim, or else what stands in its picture."""
    if link.snapshot and link.snapshot.passage:
        return link.snapshot.passage
    text = link.picture.text if link.picture else ""
    return PagePassage(text[:NOTE], 0) if text else None


def write_note(passage: PagePassage, tr: Translator) -> str:
    """Return what a page says about a claim as a note: verbatim, with where it stands."""
    place = passage.place
    where = f" ({tr.text(PLACES[place.kind], name=plain(place.name))})" if place else ""
    return f"“{cut(plain(passage.text), NOTE - len(where) - 2)}”{where}"


def _list_choices(
    sources: Sequence[SourceInChain], tr: Translator, keep: Evidence | None = None
) -> list[tuple[str, str]]:
    """Return what a link can show, each with its value on the wire.

    As many sources as a menu takes.
    """
    ordered = sorted(sources, key=lambda each: keep is None or each.id != keep.target)
    named = _name_sources(ordered[: (MENU - len(STANCE_CHOICES) - 2) // len(SAYING_CHOICES)], tr)
    return [
        (f"{STANCE_SIGNS[stance]} {tr.text(said)}", stance.value)
        for stance, said in STANCE_CHOICES.items()
    ] + [
        (
            cut(f"{STANCE_SIGNS[stance]} {tr.text(said, source=name)}", LABEL),
            _encode_choice(stance, source.id),
        )
        for source, name in named
        for stance, said in SAYING_CHOICES.items()
    ]


def _name_sources(
    sources: Iterable[SourceInChain], tr: Translator
) -> Iterator[tuple[SourceInChain, str]]:
    """Yield each source with a name; the second of one name is told apart."""
    seen: dict[str, int] = {}
    for source in sources:
        name = cut(plain(name_source(source, tr)), 60)
        seen[name] = seen.get(name, 0) + 1
        yield source, name if seen[name] == 1 else f"{name} ({seen[name]})"


def _encode_choice(stance: Stance, target: int | None) -> str:
    return stance.value if target is None else f"{stance.value}:{target}"


def _build_chooser(
    choices: Sequence[tuple[str, str]], chosen: str | None
) -> ui.RadioGroup[Any] | ui.Select[Any]:
    """Radio buttons, or a menu where there are more choices than those take."""
    if len(choices) <= RADIOS:
        return ui.RadioGroup(
            custom_id="stance",
            options=[
                discord.RadioGroupOption(label=label, value=value, default=value == chosen)
                for label, value in choices
            ],
        )
    return ui.Select(
        custom_id="stance",
        options=[
            discord.SelectOption(label=label, value=value, default=value == chosen)
            for label, value in choices
        ],
    )


def _build_grade_menu(
    label: str, custom_id: str, grades: Mapping[str, str], given: str, tr: Translator
) -> ui.Label[Any]:
    blank = list(grades)[-1]  # "cannot be judged" is what an empty field means
    options = [
        discord.SelectOption(
            label=tr.text(grades[grade]), value=grade, default=grade == given != blank
        )
        for grade in grades
    ]
    chooser: ui.Select[Any] = ui.Select(
        custom_id=custom_id,
        required=False,
        placeholder=tr.text("optional"),
        options=options,
    )
    return ui.Label(text=label, component=chooser)


# ---------------------------------------------------------------------------- what comes back


async def _take_link(interaction: Interaction, carried: list[str], sent: ModalValues) -> None:
    await attach_link(interaction, ClaimKey(carried[0]), sent)


async def attach_link(interaction: Interaction, key: ClaimKey, sent: ModalValues) -> None:
    """Attach what was sent as the form sends it, from wherever it came."""
    attached = await attach_sent_link(interaction, get_acting(interaction), key, sent)
    tr, buttons = reader_translator(interaction), ui.View(timeout=None)
    if attached.own_report_of:
        buttons.add_item(ShowsMoreButton(f"{key}:{attached.link.key}", tr))
    if _is_read(attached.link) and not attached.link.note:
        buttons.add_item(PassageButton(f"{key}:{attached.link.key}", tr))
    await show_on_card(
        interaction,
        attached.view,
        write_attached(attached, tr),
        buttons if buttons.children else None,
    )


async def attach_sent_link(
    interaction: Interaction, acting: Acting, key: ClaimKey, sent: ModalValues
) -> AttachedLink:
    """Keep a link with all that was sent of it."""
    stance, target = _show_result(sent)
    return await interaction.client.desk.write(
        evidence.attach_link,
        acting,
        key,
        sent.get("link", ""),
        stance,
        note=cut(sent.get("note", ""), 500),
        grade=_read_grade(sent),
        target=target,
        private=bool(sent.get("private")),
        preview=_find_preview(interaction, sent.get("link", "")),
        picture=sent.get("picture") or _find_picture(interaction, sent.get("link", "")),
    )


def _find_picture(interaction: Interaction, link: str) -> str | None:
    """Return where the picture lies of the message that is added itself, if it has one."""
    embeds = interaction.message.embeds if interaction.message else []
    return next((each.image.url for each in embeds if [*read_previews(each)][-1:] == [link]), None)


def _require_picture(file: discord.Attachment) -> None:
    """Raise BadInput for a file that is no picture, is too large, or does not lie with Discord."""
    if PurePath(file.filename).suffix.lower() not in reading.PICTURES:
        raise BadInput(
            "{name} isn't a picture I can read. Use a .jpg, .png, .gif, .webp or .avif file.",
            name=file.filename,
        )
    reading.require_size(file.size, file.filename)
    require_hosted(file.url, file.filename)


def read_previews(embed: discord.Embed) -> dict[str, str]:
    """Return the links in an embed's fields, each with what Discord's preview shows of it."""
    parts = (str(field.value).partition("\n") for field in embed.fields)
    return {link.strip("<>"): shown.strip("`") for link, _, shown in parts}


def _find_preview(interaction: Interaction, link: str) -> str | None:
    """Return the preview of a link in the message whose menu led to the form, if one did."""
    embeds = interaction.message.embeds if interaction.message else []
    return next((shown for each in embeds if (shown := read_previews(each).get(link))), None)


def _is_read(link: Evidence) -> bool:
    """Return True if the page behind a link is to be read, or was."""
    return link.snapshot is not None and link.snapshot.state is not SnapshotState.PRIVATE


def write_attached(attached: AttachedLink, tr: Translator) -> str:
    """Return what is said once a link stands on its claim."""
    said = tr.text("Added to #{number}.", number=attached.view.claim.number)
    return said + _write_uncounted(attached, tr)


async def _take_amendment(interaction: Interaction, carried: list[str], sent: ModalValues) -> None:
    bot, tr = interaction.client, reader_translator(interaction)
    acting = get_acting(interaction)
    key, link = ClaimKey(carried[0]), EvidenceKey(carried[1])
    note = cut(sent.get("note", ""), 500)
    if sent.get("stance") == AWAY:
        shown = await bot.desk.write(evidence.remove_link, acting, key, link, reason=note)
        said = tr.text("The link was removed from #{number}.", number=shown.claim.number)
        await show_on_card(interaction, shown, said)
        return
    if sent.get("stance") == PRIVATE:
        switched = await bot.desk.write(evidence.switch_private, acting, key, link)
        said = tr.text("The page will be opened.")
        if evidence.is_private(switched.link):
            said = tr.text("The page won't be opened, and nothing of it is kept.")
        await show_on_card(interaction, switched.view, said)
        return
    stance, target = _show_result(sent)
    changed = await bot.desk.write(
        evidence.edit_link,
        acting,
        key,
        link,
        address=sent.get("link", ""),
        stance=stance,
        note=note,
        grade=_read_grade(sent),
        target=target,
    )
    said = tr.text("The link on #{number} was changed.", number=changed.view.claim.number)
    await show_on_card(interaction, changed.view, said + _write_uncounted(changed, tr))


def _write_uncounted(attached: AttachedLink, tr: Translator) -> str:
    if attached.own_report_of:
        return " " + tr.text(
            "The claim comes from {source}, so their own page only shows that they said it."
            " If it shows more, such as documents or figures, say so.",
            source=escape(attached.own_report_of, 80),
        )
    if attached.link.counts:
        return ""
    return " " + tr.text(
        "It's the claim's own document, a copy of it or a report it cites, so it doesn't count."
    )


def _read_grade(sent: ModalValues) -> Grade:
    information = sent.get("info") or "6"
    return Grade(sent.get("source") or "F", int(information) if information.isdecimal() else 0)


def _show_result(sent: ModalValues) -> tuple[Stance, int | None]:
    """Return what the link shows, and of which source, if not of the claim. Raises BadInput."""
    stance, _, target = sent.get("stance", "").partition(":")
    if stance not in set(Stance) or (target and not target.isdecimal()):
        raise BadInput("Please choose what the link shows.")
    return Stance(stance), int(target) if target else None


@app_commands.command(name="evidence", description="Add a link to a claim")
@app_commands.describe(
    number="Its number, such as 15, or words from it",
    link="A link to the evidence",
    stance="What the link shows",
    note="Where in the source, and what it says; everyone can see this",
    source="Reliability of the source",
    information="Credibility of the information",
    private="Never open the page",
    picture="A picture of it, such as a screenshot of a post; its fingerprint is kept",
)
@app_commands.choices(
    stance=[app_commands.Choice(name=said, value=s.value) for s, said in STANCE_CHOICES.items()],
    source=[app_commands.Choice(name=said, value=g) for g, said in SOURCE_GRADES.items()],
    information=[app_commands.Choice(name=s, value=g) for g, s in INFORMATION_GRADES.items()],
)
async def add_evidence(
    interaction: Interaction,
    number: BeforeTheTeam,
    link: app_commands.Range[str, 1, 512],
    stance: str,
    note: app_commands.Range[str, 1, 500] | None = None,
    source: str | None = None,
    information: str | None = None,
    private: bool = False,
    picture: discord.Attachment | None = None,
) -> None:
    if picture:
        _require_picture(picture)
    view, _ = await interaction.client.desk.read(
        search.show_by_number, get_guild(interaction), get_person(interaction), number
    )
    sent = {
        "link": link,
        "stance": stance,
        "note": note or "",
        "source": source or "",
        "info": information or "",
        "private": "yes" if private else "",
        "picture": picture.url if picture else "",
    }
    await attach_link(interaction, view.claim.key, sent)


class OwnLinks(SelectMenu, template=r"^mine:(?P<key>[\w-]{22})$"):
    """Opens the form of the link that is chosen."""

    @classmethod
    def of(cls, key: ClaimKey, links: Sequence[Evidence], tr: Translator) -> Self:
        return cls(
            f"mine:{key}",
            placeholder=tr.text("Change or remove a link"),
            options=[
                discord.SelectOption(label=_name_link(link), value=link.key)
                for link in links[:MENU]
            ],
        )

    async def on_select(self, interaction: Interaction, values: list[str]) -> None:
        key = ClaimKey(self.custom_id.removeprefix("mine:"))
        await _open_amend_form(interaction, key, EvidenceKey(first_value(values)))


async def _open_amend_form(interaction: Interaction, key: ClaimKey, link: EvidenceKey) -> None:
    found, sources = await interaction.client.desk.read(
        evidence.require_changeable, get_guild(interaction), key, link, get_person(interaction)
    )
    claim = await interaction.client.desk.read(
        claim_views.find_claim, get_guild(interaction), get_person(interaction), key
    )
    form = amend_form(key, found, sources, reader_translator(interaction))
    await open_form(interaction, form, claim)


class PictureButton(KeyButton, template=rf"^picture:{KEY}$"):
    """Answers privately with where a claim's pictures can be looked for elsewhere."""

    def __init__(self, key: str, tr: Translator) -> None:
        label = tr.text("Find the picture elsewhere")
        super().__init__(key, label=label, emoji="🖼️", custom_id=f"picture:{key}")

    async def on_press(self, interaction: Interaction) -> None:
        tr, guild = reader_translator(interaction), get_guild(interaction)
        shown = await interaction.client.desk.read(
            evidence.list_pictures, guild, ClaimKey(self.key), get_person(interaction)
        )
        if not shown:
            raise NotFound("None of the claim's links leads to a picture.")
        embed = discord.Embed(
            title=tr.text("Where to look for the picture"),
            description=join_within([format_searches(link, tr) for link in shown], DESCRIPTION),
        )
        embed.set_footer(
            text=tr.text("Nothing is sent until you press one. The site then learns its address.")
        )
        await interaction.response.send_message(embed=embed, ephemeral=True)


def _name_link(link: Evidence) -> str:
    note = f" — {link.note}" if link.note else ""
    return cut(plain(f"{STANCE_SIGNS[link.stance]} {link.origin}{note}"), LABEL)


class EvidenceButton(KeyButton, template=rf"^evidence:{KEY}$"):
    """Opens the form for a link."""

    def __init__(self, key: str, tr: Translator, *, disabled: bool = False) -> None:
        super().__init__(
            key,
            label=tr.text("Add evidence"),
            emoji="🔗",
            disabled=disabled,
            custom_id=f"evidence:{key}",
        )

    async def on_press(self, interaction: Interaction) -> None:
        await open_evidence_form(interaction, ClaimKey(self.key))


async def open_evidence_form(
    interaction: Interaction, key: ClaimKey, address: str | None = None
) -> None:
    """The form for a link, with the sources that the claim has at this moment."""
    claim, sources = await interaction.client.desk.read(
        evidence.prepare_link, get_guild(interaction), get_person(interaction), key
    )
    tr = reader_translator(interaction)
    await open_form(interaction, evidence_form(key, sources, tr, address), claim)


class LinkButton(KeyButton, template=rf"^link:{KEY}$"):
    """On the private confirmation: attach a link at once."""

    def __init__(self, key: str, tr: Translator) -> None:
        super().__init__(key, label=tr.text("Add a link"), custom_id=f"link:{key}")

    async def on_press(self, interaction: Interaction) -> None:
        await open_evidence_form(interaction, ClaimKey(self.key))


class PassageButton(KeyButton, template=r"^passage:(?P<key>[\w-]{22}:[\w-]{22})$"):
    """Under the answer to a new link: the form with what its page says, to be sent as its note."""

    def __init__(self, key: str, tr: Translator) -> None:
        label = tr.text("Quote the page")
        super().__init__(key, label=label, emoji="💬", custom_id=f"passage:{key}")

    async def on_press(self, interaction: Interaction) -> None:
        claim, _, link = self.key.partition(":")
        found, _ = await interaction.client.desk.read(
            evidence.require_changeable,
            get_guild(interaction),
            ClaimKey(claim),
            EvidenceKey(link),
            get_person(interaction),
        )
        shot, saying = found.snapshot, find_saying(found)
        if saying is None and shot and shot.state is SnapshotState.WAITING:
            raise Unavailable("The page is still being read. Try again in a moment.")
        if saying is None:
            raise NotFound("Nothing about this claim was found on the page.")
        await _open_amend_form(interaction, ClaimKey(claim), EvidenceKey(link))


class ShowsMoreButton(KeyButton, template=r"^more:(?P<key>[\w-]{22}:[\w-]{22})$"):
    """Under the answer to a source's own report: it has evidence of its own, so it counts."""

    def __init__(self, key: str, tr: Translator) -> None:
        super().__init__(key, label=tr.text("It shows more"), custom_id=f"more:{key}")

    async def on_press(self, interaction: Interaction) -> None:
        tr, (key, link) = reader_translator(interaction), self.key.split(":")
        changed = await interaction.client.desk.write(
            evidence.edit_link,
            get_acting(interaction),
            ClaimKey(key),
            EvidenceKey(link),
            stance=Stance.SUPPORTS,
        )
        said = tr.text(
            "The link now counts as support for #{number}.", number=changed.view.claim.number
        )
        await interaction.response.edit_message(content=said, view=None)
        interaction.client.card_sync.wake()
        interaction.client.outbox.wake()


FEATURE = Feature(
    claim_commands=(add_evidence,),
    items=(
        PassageButton,
        PictureButton,
        ShowsMoreButton,
    ),
    modals={f"evidence:{ANY_KEY}": _take_link, f"amend:{ANY_KEY}:{ANY_KEY}": _take_amendment},
)
