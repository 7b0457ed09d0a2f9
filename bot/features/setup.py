"""/setup: a team founded from within its server; its settings seen and changed at any time."""

from typing import Any, Self

import discord
from discord import app_commands, ui

from bot.channel_permissions import (
    find_layout,
    find_missing,
    list_forums,
    list_needed,
    make_invitation,
    write_missing,
)
from bot.config.model import EngineConfig
from bot.config.values import read_hour
from bot.features.policy import show_effect
from bot.features.setup_forms import (
    channels_form,
    digest_form,
    fit_layout,
    layout_form,
    posting_form,
    read_posts,
    take_channels,
    take_digest,
    take_layout,
    take_posting,
)
from bot.i18n.labels import gettext_noop
from bot.i18n.time_zones import find_zones, guess_zone, parse_zone
from bot.i18n.translator import LANGUAGES, Translator, translator_for
from bot.rendering.rules import PRESET_MEANINGS, write_preset
from bot.rendering.setup_panel import (
    INTAKE,
    LAYOUTS,
    PUBLISH,
    name_language,
    panel_embed,
    test_card_embed,
)
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
from bot.ui.modals import ModalValues, open_form
from bot.ui.selects import SelectMenu, first_value
from bot.ui.waiting_posts import list_waiting_lines
from workflows.desk import claim_views, digests, policies
from workflows.desk import setup as desk_setup
from workflows.desk.setup import SetupResult
from workflows.errors import BadInput, NotFound
from workflows.policy import PRESETS, find_preset
from workflows.teams import (
    IntakeAccess,
    Layout,
    PublishRule,
    Team,
    require_administrator,
    require_moderator,
)

MOST_CHOICES = 25
LANGUAGE_CHOICES = [
    app_commands.Choice(name=name_language(language), value=language) for language in LANGUAGES
]
PRESET_CHOICES = [
    app_commands.Choice(name=meaning, value=preset) for preset, meaning in PRESET_MEANINGS.items()
]
INTAKE_CHOICES = [
    app_commands.Choice(name=who, value=taking.value) for taking, who in INTAKE.items()
]
PUBLISH_CHOICES = [
    app_commands.Choice(name=which, value=rule.value) for rule, which in PUBLISH.items()
]
LAYOUT_CHOICES = [
    app_commands.Choice(name=place, value=layout.value) for layout, (place, _) in LAYOUTS.items()
]


@app_commands.command(
    name="setup", description="Set up Corrobot or review its settings (administrators)"
)
@app_commands.default_permissions(administrator=True)
@app_commands.describe(
    claims_channel="The channel for claim cards: a text channel or a forum",
    digest_channel="The channel for digests; the claims channel if left empty",
    moderators_channel="The channel for notices to moderators",
    voter_role="The role that votes and adds claims and evidence; @everyone for all",
    moderator_role="The moderators' role; @everyone for all who may manage messages",
    timezone="The team's time zone",
    digest_at="The local time of the digest, such as 09:00",
    preset="The voting rules to start with",
    language="The language of cards and digests",
    post='How many of a document\'s claims to post at most: a number, or "all"',
    intake="Who can bring in documents",
    publish="Which settled claims go on the public pages, if there are any",
    layout="Where cards go",
    snapshots="Whether the pages behind links are opened, to keep their titles and dates",
    watch_links="Whether those pages are checked again, to say what is gone or changed",
    send_texts="Whether texts may be sent to the language model that the bot's host has set up",
)
@app_commands.choices(
    preset=PRESET_CHOICES,
    language=LANGUAGE_CHOICES,
    intake=INTAKE_CHOICES,
    publish=PUBLISH_CHOICES,
    layout=LAYOUT_CHOICES,
)
async def setup(
    interaction: Interaction,
    claims_channel: discord.TextChannel | discord.ForumChannel | None = None,
    digest_channel: discord.TextChannel | None = None,
    moderators_channel: discord.TextChannel | None = None,
    voter_role: discord.Role | None = None,
    moderator_role: discord.Role | None = None,
    timezone: app_commands.Range[str, 1, 60] | None = None,
    digest_at: app_commands.Range[str, 5, 5] | None = None,
    preset: str | None = None,
    language: str | None = None,
    post: app_commands.Range[str, 1, 10] | None = None,
    intake: str | None = None,
    publish: str | None = None,
    layout: str | None = None,
    snapshots: bool | None = None,
    watch_links: bool | None = None,
    send_texts: bool | None = None,
) -> None:
    given = {
        "claims_channel": claims_channel.id if claims_channel else None,
        "digest_channel": digest_channel.id if digest_channel else None,
        "moderators_channel": moderators_channel.id if moderators_channel else None,
        "voter_roles": _require_only(voter_role),
        "moderator_roles": _require_only(moderator_role),
        "timezone": parse_zone(timezone) if timezone else None,
        "digest_at": read_hour(digest_at) if digest_at else None,
        "language": language,
        "intake": IntakeAccess(intake) if intake else None,
        "publish": PublishRule(publish) if publish else None,
        "layout": Layout(layout) if layout else None,
        "snapshots": snapshots,
        "watch_links": watch_links,
    }
    wanted: dict[str, object] = {name: value for name, value in given.items() if value is not None}
    if post:
        wanted["post"] = read_posts(post)
    bot = interaction.client
    if send_texts is not None:
        wanted["send_texts_to"] = find_host(bot.engine.config) if send_texts else None
    team = await bot.desk.read(desk_setup.look_up, get_guild(interaction), get_person(interaction))
    if team is None and not wanted:
        form = channels_form(None, _get_server(interaction), reader_translator(interaction))
        await open_form(interaction, form)
        return
    if team and preset and find_preset(team.policy) != preset:
        await bot.desk.write(
            policies.set_rule,
            get_acting(interaction),
            "preset",
            preset,
        )
    await _apply(interaction, wanted, preset)


def _require_only(role: discord.Role | None) -> frozenset[int] | None:
    if role is None:
        return None
    return frozenset() if role.is_default() else frozenset({role.id})


def find_host(model: EngineConfig | None) -> str:
    """Return to which machine texts would be sent. Raises BadInput where there is none."""
    if model is None or model.is_here:
        raise BadInput(
            "There's nowhere to send texts: the bot's host hasn't set up a language model"
            " on another machine."
        )
    return model.host


@setup.autocomplete("timezone")
async def _complete_zones(interaction: Interaction, typed: str) -> list[app_commands.Choice[str]]:
    first = guess_zone(str(interaction.locale))
    found = find_zones(typed, first, interaction.client.now(), MOST_CHOICES)
    return [app_commands.Choice(name=name, value=zone) for name, zone in found]


@setup.autocomplete("digest_at")
async def _complete_hours(interaction: Interaction, typed: str) -> list[app_commands.Choice[str]]:
    del interaction
    hours = [f"{each:02}:00" for each in (*range(6, 24), *range(6))]
    return [app_commands.Choice(name=each, value=each) for each in hours if typed.strip() in each]


# ------------------------------------------------------------------------------- what is done


async def _apply(
    interaction: Interaction, wanted: dict[str, Any], preset: str | None = None
) -> None:
    """Change the settings, or found the team; then show the panel."""
    bot, guild = interaction.client, get_guild(interaction)
    person = get_person(interaction)
    team = await bot.desk.read(desk_setup.look_up, guild, person)
    wanted = fit_layout(wanted, team.settings if team else None, _get_server(interaction))
    if team is None:
        tr = reader_translator(interaction)
        wanted = {
            "timezone": parse_zone(guess_zone(str(interaction.locale))),
            "language": tr.language,
            **wanted,
        }
    done = await bot.desk.write(
        desk_setup.set_up, get_acting(interaction), wanted, PRESETS.get(preset or "team")
    )
    bot.outbox.wake()
    bot.card_sync.wake()
    bot.channel_health.mark_changed(guild)
    await _show(interaction, done)
    if done.founded:
        await _post_test_card(interaction, done.team)


async def _show(interaction: Interaction, done: SetupResult) -> None:
    """The panel as it now is, in the place of the one that was used."""
    bot, tr = interaction.client, reader_translator(interaction)
    coming = await bot.desk.read(digests.find_next, done.team.settings.guild, bot.now())
    waiting = await list_waiting_lines(interaction)
    model = bot.engine.config
    embed = panel_embed(coming, _get_server(interaction), bot.now(), tr, waiting, model)
    said, view = _write_done(done, tr), panel_view(done.team, tr)
    used = interaction.message
    if used is not None and used.flags.ephemeral:
        await interaction.response.edit_message(content=said, embed=embed, view=view)
    else:
        await interaction.response.send_message(said, embed=embed, view=view, ephemeral=True)


def _write_done(done: SetupResult, tr: Translator) -> str:
    if done.founded:
        return tr.text(
            "Corrobot is set up. Bring in your first text with `/intake text`; `/help`"
            " explains the rest."
        )
    if "claims_channel" in done.changed:
        return tr.text(
            "Saved. New cards are posted in {channel}; existing cards stay where they are.",
            channel=f"<#{done.team.settings.claims_channel}>",
        )
    if "language" in done.changed:
        return tr.text("Saved. The cards of open claims are being redrawn in the new language.")
    return tr.text("Saved.") if done.changed else ""


async def _post_test_card(interaction: Interaction, team: Team) -> None:
    """Post a test card where claims come, and say privately where it is, or what hinders it."""
    tr, guild = reader_translator(interaction), _get_server(interaction)
    place = team.settings.claims_channel
    channel = guild.get_channel(place)
    if place in find_missing(guild, team.settings) or not isinstance(
        channel, discord.TextChannel | discord.ForumChannel
    ):
        needed = list_needed(team.settings, list_forums(guild.channels))
        link = make_invitation(guild.me.id, guild.id, needed)
        said = [
            *write_missing(guild, team.settings, tr),
            tr.text("No test card was posted. [Grant the missing permissions]({link}).", link=link),
        ]
        await interaction.followup.send("\n".join(said), ephemeral=True)
        return
    theirs = translator_for(team.settings.language)
    view = ui.View(timeout=None)
    view.add_item(RemoveButton("remove", theirs))
    embed = test_card_embed(theirs)
    if isinstance(channel, discord.ForumChannel):
        tags = [each for each in channel.available_tags if not each.moderated]
        made = await channel.create_thread(
            name=theirs.text("Test card"),
            embed=embed,
            view=view,
            applied_tags=tags[:1] if channel.flags.require_tag else [],
        )
        posted = made.message
    else:
        posted = await channel.send(embed=embed, view=view)
    said_where = tr.text("A test card was posted: {link}", link=posted.jump_url)
    await interaction.followup.send(said_where, ephemeral=True)


def _get_server(interaction: Interaction) -> discord.Guild:
    """Return the server as it is known here. Raises NotFound where the bot is no member of it.

    `interaction.guild` would make one up from what little comes with the interaction.
    """
    guild = interaction.client.get_guild(get_guild(interaction))
    if guild is None or guild.me is None:
        raise NotFound("I'm not in this server. Invite me first.")
    return guild


# ------------------------------------------------------------------------------- the panel


class PanelButton(KeyButton, template=r"^setup:(?P<key>channels|digest|posting|layout|test)$"):
    """Opens one of the forms, or posts a test card."""

    def __init__(self, key: str, tr: Translator) -> None:
        super().__init__(key, label=tr.text(_PANEL[key]), custom_id=f"setup:{key}")

    async def on_press(self, interaction: Interaction) -> None:
        team = await _require_team(interaction)
        tr = reader_translator(interaction)
        match self.key:
            case "channels":
                form = channels_form(team.settings, _get_server(interaction), tr)
            case "digest":
                form = digest_form(team.settings, tr)
            case "posting":
                form = posting_form(team.settings, tr)
            case "layout":
                forums = list_forums(_get_server(interaction).channels)
                form = layout_form(find_layout(team.settings, forums), tr)
            case _:
                await interaction.response.defer()
                await _post_test_card(interaction, team)
                return
        await open_form(interaction, form)


_PANEL = {
    "channels": gettext_noop("Channels and roles"),
    "digest": gettext_noop("Digest and language"),
    "posting": gettext_noop("Posting rules"),
    "layout": gettext_noop("Where cards go"),
    "test": gettext_noop("Post a test card"),
}


class RemoveButton(KeyButton, template=r"^setup:(?P<key>remove)$"):
    """On a test card: takes it away again."""

    def __init__(self, key: str, tr: Translator) -> None:
        super().__init__(key, label=tr.text("Remove"), custom_id=f"setup:{key}")

    async def on_press(self, interaction: Interaction) -> None:
        team = await interaction.client.desk.read(claim_views.get_team, get_guild(interaction))
        require_moderator(team, get_person(interaction))
        await interaction.response.defer()
        thread = interaction.channel
        if isinstance(thread, discord.Thread) and isinstance(thread.parent, discord.ForumChannel):
            await thread.delete()
        else:
            await interaction.delete_original_response()


class PresetMenu(SelectMenu, template=r"^setup:preset$"):
    """Puts a preset's rules in the place of the team's."""

    @classmethod
    def of(cls, team: Team, tr: Translator) -> Self:
        current = find_preset(team.policy)
        options = [
            discord.SelectOption(
                label=write_preset(preset, tr), value=preset, default=preset == current
            )
            for preset in PRESETS
        ]
        placeholder = tr.text("Voting rules: custom. Choose a preset instead")
        return cls("setup:preset", placeholder=placeholder, options=options)

    async def on_select(self, interaction: Interaction, values: list[str]) -> None:
        require_administrator(get_person(interaction))
        await show_effect(interaction, "preset", first_value(values))


def panel_view(team: Team, tr: Translator) -> ui.View:
    """Return the panel's controls; fresh ones for each message."""
    view = ui.View(timeout=None)
    for key in _PANEL:
        view.add_item(PanelButton(key, tr))
    view.add_item(PresetMenu.of(team, tr))
    return view


async def _require_team(interaction: Interaction) -> Team:
    """Return the team, for its administrators. Raises NotAllowed, NotFound."""
    bot, guild = interaction.client, _get_server(interaction).id
    require_administrator(get_person(interaction))
    return await bot.desk.read(claim_views.get_team, guild)


async def _take_form(interaction: Interaction, carried: list[str], sent: ModalValues) -> None:
    """A form of the panel comes back; its id says which."""
    match carried:
        case ["channels"]:
            wanted = take_channels(sent, _get_server(interaction))
        case ["digest"]:
            wanted = take_digest(sent)
        case ["posting"]:
            wanted = take_posting(sent)
        case ["layout"]:
            wanted = take_layout(sent)
        case _:
            raise NotFound("This form has expired. Please open it again.")
    await _apply(interaction, wanted)


SETUP = offer_in_servers_only(setup)


FEATURE = Feature(
    commands=(SETUP,),
    items=(PanelButton, RemoveButton, PresetMenu),
    modals={r"setup:\w+": _take_form},
)
