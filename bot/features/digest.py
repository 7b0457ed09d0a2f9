"""/digest: the summary of open claims: now, as it will come, not for a while."""

from datetime import date, datetime, timedelta
from typing import Self

import discord
from discord import app_commands, ui

from bot.features.mail import by_mail, confirm
from bot.features.search import mine_button, show_list
from bot.features.subscriptions import add_ending_notice, subscribe, unsubscribe
from bot.i18n.labels import SECTIONS, STATUSES, gettext_noop
from bot.i18n.translator import Translator
from bot.rendering.digests import digest_embed
from bot.rendering.embeds import card_address
from bot.rendering.next_digest import write_next_digest
from bot.ui.buttons import KeyButton
from bot.ui.context import (
    Interaction,
    get_acting,
    get_guild,
    get_person,
    offer_in_servers_only,
    reader_translator,
)
from bot.ui.feature import Feature
from bot.ui.modals import parse_day
from bot.ui.selects import SelectMenu, first_value
from bot.ui.waiting_posts import add_waiting
from workflows.claims import Status
from workflows.desk import digests
from workflows.desk.digests import DigestNow
from workflows.digest.sections import CardLink, Section
from workflows.digest.team_digest import Digest
from workflows.errors import BadInput
from workflows.search import ClaimFilter

OVERDUE = gettext_noop("Overdue")

DIGEST = offer_in_servers_only(
    app_commands.Group(name="digest", description="The daily summary of open claims")
)


@DIGEST.command(name="now", description="Post a digest to the digest channel now (moderators)")
async def now(interaction: Interaction) -> None:
    bot, acting = interaction.client, get_acting(interaction)
    made = await bot.desk.write(digests.make_now, acting)
    if made.link and not await _is_there(interaction, made.link):
        made = await bot.desk.write(digests.make_now, acting, instead_of=made.link)
    said, view = await _tell_made(interaction, made)
    await interaction.response.send_message(
        await add_ending_notice(interaction, said), view=view, ephemeral=True
    )


async def _tell_made(interaction: Interaction, made: DigestNow) -> tuple[str, ui.View]:
    """Return what became of a wish for a digest; with one that stands, the way past it."""
    bot, tr, view = interaction.client, reader_translator(interaction), ui.View(timeout=None)
    bot.outbox.wake()
    if made.stands and made.link:
        view.add_item(PostAnywayButton(f"{made.link.channel}:{made.link.message}", tr))
        said = tr.text(
            "The last digest is less than an hour old: [read it]({address}). `/digest preview`"
            " shows what a new one would say.",
            address=card_address(get_guild(interaction), made.link),
        )
        return said, view
    channel = f"<#{made.team.settings.digest_channel}>"
    said = tr.text("The digest is on its way to {channel}.", channel=channel)
    if bot.channel_health.find_problem(made.team.settings.digest_channel):
        said = tr.text("The digest has to wait.")
    return await add_waiting(interaction, said), view


class PostAnywayButton(KeyButton, template=r"^digest-anyway:(?P<key>\d{1,20}:\d{1,20})$"):
    """Posts a digest beside the one of the last hour that it names; once, however often pressed."""

    def __init__(self, key: str, tr: Translator) -> None:
        super().__init__(key, label=tr.text("Post it anyway"), custom_id=f"digest-anyway:{key}")

    async def on_press(self, interaction: Interaction) -> None:
        channel, message = map(int, self.key.split(":"))
        made = await interaction.client.desk.write(
            digests.make_now, get_acting(interaction), instead_of=CardLink(channel, message)
        )
        said, view = await _tell_made(interaction, made)
        await interaction.response.edit_message(content=said, view=view)


async def _is_there(interaction: Interaction, link: CardLink) -> bool:
    """Return False if Discord knows that a message of ours is gone."""
    place = interaction.client.get_partial_messageable(link.channel)
    try:
        await place.fetch_message(link.message)
    except discord.NotFound:
        return False
    except discord.HTTPException:  # who can't look takes it to stand
        return True
    return True


@DIGEST.command(name="preview", description="Preview the next digest, only for you")
async def preview(interaction: Interaction) -> None:
    bot = interaction.client
    tr = reader_translator(interaction)
    shown = await bot.desk.read(
        digests.preview_digest, get_guild(interaction), get_person(interaction), bot.now()
    )
    said = await add_ending_notice(interaction, write_next_digest(shown.coming, bot.now(), tr))
    digest, days = shown.view.digest, shown.view.days
    if digest.is_empty:
        said += " " + tr.text("Right now it has nothing to report and wouldn't be posted.")
    embed, view = digest_embed(digest, tr), digest_view(digest, tr)
    if not days:
        await interaction.response.send_message(said, embed=embed, view=view, ephemeral=True)
        return
    await interaction.response.defer(ephemeral=True, thinking=True)
    picture = await bot.charts.draw(days, tr)
    file = picture.file() if picture else discord.utils.MISSING
    await interaction.followup.send(said, embed=embed, file=file, view=view, ephemeral=True)


@DIGEST.command(name="pause", description="Pause the digest until a day you choose (moderators)")
@app_commands.describe(until="The day when digests resume, as YYYY-MM-DD")
async def pause(interaction: Interaction, until: app_commands.Range[str, 10, 10]) -> None:
    bot = interaction.client
    again = parse_day(until)
    if again is None:
        raise BadInput("Please give the day when digests resume.")
    paused = await bot.desk.write(digests.pause, get_acting(interaction), again)
    bot.outbox.wake()
    await _answer(interaction, write_next_digest(paused, bot.now(), reader_translator(interaction)))


@pause.autocomplete("until")
async def _complete_days(interaction: Interaction, typed: str) -> list[app_commands.Choice[str]]:
    bot = interaction.client
    coming = await bot.desk.read(digests.find_next, get_guild(interaction), bot.now())
    today = bot.now().astimezone(coming.team.settings.timezone).date()
    tr = reader_translator(interaction)
    return [
        app_commands.Choice(name=name, value=ahead.isoformat())
        for name, ahead in _suggest_day(today, tr)
        if typed.strip().casefold() in name.casefold()
    ]


def _suggest_day(today: date, tr: Translator) -> list[tuple[str, date]]:
    """Days that a pause often ends on, with their names."""
    monday = today + timedelta(days=7 - today.weekday())
    ahead = {
        tr.text("for one day"): today + timedelta(days=2),
        tr.text("until Monday"): monday,
        tr.text("for a week"): today + timedelta(days=7),
        tr.text("for two weeks"): today + timedelta(days=14),
        tr.text("for four weeks"): today + timedelta(days=28),
    }
    return [
        (f"{name} · {tr.weekday(each.weekday())}, {each.isoformat()}", each)
        for name, each in ahead.items()
    ]


@DIGEST.command(
    name="resume", description="End a pause, so that digests are posted again (moderators)"
)
async def resume(interaction: Interaction) -> None:
    bot = interaction.client
    coming = await bot.desk.write(digests.resume, get_acting(interaction))
    await _answer(interaction, write_next_digest(coming, bot.now(), reader_translator(interaction)))


async def _answer(interaction: Interaction, said: str) -> None:
    await interaction.response.send_message(
        await add_ending_notice(interaction, said), ephemeral=True
    )


class DigestLists(SelectMenu, template=r"^digest:lists$"):
    """What a digest counts and does not name: each list opens for its reader alone."""

    @classmethod
    def of(cls, digest: Digest, tr: Translator) -> Self:
        """Make a menu that says how many claims each list has, when the digest was made."""
        since = digest.covers.after.isoformat()
        lists = [
            (tr.text(SECTIONS[section]), number, f"{section.value} {since}")
            for section, number in digest.counts.items()
        ]
        lists.append((tr.text(OVERDUE), digest.overdue, "overdue"))
        lists.append((tr.text(STATUSES[Status.SHELVED]), digest.shelved, "shelved"))
        options = [
            discord.SelectOption(
                label=name, value=value, description=tr.plural("{n} claim", "{n} claims", number)
            )
            for name, number, value in lists
            if number
        ]
        placeholder = tr.text("See the lists")
        return cls("digest:lists", placeholder=placeholder, options=options)

    async def on_select(self, interaction: Interaction, values: list[str]) -> None:
        await show_list(interaction, _read_list(first_value(values)))


def _read_list(chosen: str) -> ClaimFilter:
    """Return what a choice of the menu asks for. Raises BadInput for one that is none."""
    if chosen == "overdue":
        return ClaimFilter(overdue=True)
    if chosen == "shelved":
        return ClaimFilter(statuses=(Status.SHELVED,))
    name, _, since = chosen.partition(" ")
    try:
        return ClaimFilter(section=Section(name), since=datetime.fromisoformat(since))
    except ValueError:
        raise BadInput("Please pick one of the lists.") from None


def digest_view(digest: Digest, tr: Translator) -> ui.View:
    """Return what stands under a digest: what needs one's own vote, and the lists behind it."""
    view = ui.View(timeout=None)
    if digest.open:
        view.add_item(mine_button(tr))
    if digest.counts or digest.overdue or digest.shelved:
        view.add_item(DigestLists.of(digest, tr))
    return view


DIGEST.add_command(subscribe)
DIGEST.add_command(unsubscribe)
DIGEST.add_command(by_mail)
DIGEST.add_command(confirm)


FEATURE = Feature(commands=(DIGEST,), items=(DigestLists, PostAnywayButton))
