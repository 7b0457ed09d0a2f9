"""The forms of /setup: each fills in what is set, and what is sent becomes settings by name."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

import discord
from discord import ui

from bot.config.values import read_hour
from bot.i18n.labels import gettext_noop
from bot.i18n.time_zones import parse_zone
from bot.i18n.translator import LANGUAGES, Translator
from bot.rendering.setup_panel import INTAKE, LAYOUTS, PUBLISH, name_language
from bot.ui.modals import ModalValues, text_field
from workflows.errors import BadInput
from workflows.teams import EVERY_DAY, IntakeAccess, Layout, PublishRule, Settings

MOST_ROLES = 25
"""Roles that one field of a form takes."""
TEXT_CHANNELS = [discord.ChannelType.text, discord.ChannelType.news]
FORUMS = [discord.ChannelType.forum, discord.ChannelType.media]


# --------------------------------------------------------------------- channels and roles


def channels_form(settings: Settings | None, guild: discord.Guild, tr: Translator) -> ui.Modal:
    """Return where and who; the claims' channel is all that a new team needs."""
    form = ui.Modal(title=tr.text("Channels and roles"), custom_id="setup:channels")
    places = (
        (
            "claims_channel",
            gettext_noop("Claims"),
            gettext_noop("The channel for claim cards: a text channel or a forum"),
            True,
        ),
        (
            "digest_channel",
            gettext_noop("Digest"),
            gettext_noop("The claims channel if left empty"),
            False,
        ),
        (
            "moderators_channel",
            gettext_noop("Notices for moderators"),
            gettext_noop("Tells moderators what needs their attention; none if left empty"),
            False,
        ),
    )
    for field, label, hint, required in places:
        chooser: ui.ChannelSelect[Any] = ui.ChannelSelect(
            custom_id=field,
            channel_types=[*TEXT_CHANNELS, *(FORUMS if field == "claims_channel" else [])],
            required=required,
            min_values=int(required),
            default_values=_list_existing([getattr(settings, field, None)], guild.get_channel),
        )
        form.add_item(ui.Label(text=tr.text(label), description=tr.text(hint), component=chooser))
    roles = (
        ("voter_roles", gettext_noop("Voters"), gettext_noop("Everyone if left empty")),
        (
            "moderator_roles",
            gettext_noop("Moderators"),
            gettext_noop("Those who may manage messages if left empty"),
        ),
    )
    for field, label, hint in roles:
        picker: ui.RoleSelect[Any] = ui.RoleSelect(
            custom_id=field,
            required=False,
            min_values=0,
            max_values=MOST_ROLES,
            default_values=_list_existing(getattr(settings, field, ()), guild.get_role)[
                :MOST_ROLES
            ],
        )
        form.add_item(ui.Label(text=tr.text(label), description=tr.text(hint), component=picker))
    return form


def _list_existing(
    ids: Iterable[int | None], find: Callable[[int], object | None]
) -> list[discord.Object]:
    """Return what is chosen already, without what was deleted since."""
    return [discord.Object(number) for number in ids if number is not None and find(number)]


def take_channels(sent: ModalValues, guild: discord.Guild) -> dict[str, object]:
    """Return the settings that a sent form asks for.

    Raises BadInput for what is not of this server.
    """
    claims = _read_channel(sent.get("claims_channel", ""), guild, forums=True)
    digest = _read_channel(sent.get("digest_channel", ""), guild) or claims
    return {
        **({"claims_channel": claims} if claims else {}),
        **({"digest_channel": digest} if digest else {}),
        "moderators_channel": _read_channel(sent.get("moderators_channel", ""), guild),
        "voter_roles": _read_roles(sent.get("voter_roles", ""), guild),
        "moderator_roles": _read_roles(sent.get("moderator_roles", ""), guild),
    }


def _read_channel(text: str, guild: discord.Guild, *, forums: bool = False) -> int | None:
    if not text:
        return None
    found = guild.get_channel(int(text)) if text.isdecimal() else None
    if isinstance(found, discord.TextChannel) or (
        forums and isinstance(found, discord.ForumChannel)
    ):
        return found.id
    raise BadInput("Please choose text channels of this server.")


def _read_roles(text: str, guild: discord.Guild) -> frozenset[int]:
    """@everyone among them is no restriction at all."""
    roles = [guild.get_role(int(role)) if role.isdecimal() else None for role in text.split()]
    if any(role is None for role in roles):
        raise BadInput("Please choose roles of this server.")
    known = [role for role in roles if role is not None]
    if any(role.is_default() for role in known):
        return frozenset()
    return frozenset(role.id for role in known)


# --------------------------------------------------------------------- digest and language


def digest_form(settings: Settings, tr: Translator) -> ui.Modal:
    """Return when the digest comes, and in which language everybody reads."""
    form = ui.Modal(title=tr.text("Digest and language"), custom_id="setup:digest")
    form.add_item(
        text_field(
            tr.text("Time zone"),
            "timezone",
            description=tr.text("An IANA name or a city: Europe/Berlin, Seoul"),
            default=settings.timezone.key,
            most=60,
        )
    )
    form.add_item(
        text_field(
            tr.text("Digest time"),
            "digest_at",
            default=f"{settings.digest_at:%H:%M}",
            most=5,
        )
    )
    days: ui.CheckboxGroup[Any] = ui.CheckboxGroup(
        custom_id="digest_days",
        min_values=1,
        max_values=len(EVERY_DAY),
        options=[
            discord.CheckboxGroupOption(
                label=tr.weekday(day), value=str(day), default=day in settings.digest_days
            )
            for day in sorted(EVERY_DAY)
        ],
    )
    form.add_item(ui.Label(text=tr.text("Digest days"), component=days))
    if len(LANGUAGES) > 1:
        languages: ui.RadioGroup[Any] = ui.RadioGroup(
            custom_id="language",
            options=[
                discord.RadioGroupOption(
                    label=name_language(each), value=each, default=each == settings.language
                )
                for each in LANGUAGES
            ],
        )
        form.add_item(
            ui.Label(
                text=tr.text("Language of cards and digests"),
                description=tr.text("Documents are read in English only, whatever you choose."),
                component=languages,
            )
        )
    return form


def take_digest(sent: ModalValues) -> dict[str, object]:
    """Return the settings that a sent form asks for. Raises BadInput that says what is wrong."""
    wanted: dict[str, object] = {
        "timezone": parse_zone(sent.get("timezone", "")),
        "digest_at": read_hour(sent.get("digest_at", "").strip()),
        "digest_days": frozenset(
            int(day) for day in sent.get("digest_days", "").split() if day in _DAYS
        ),
    }
    if not wanted["digest_days"]:
        raise BadInput("Please choose at least one digest day.")
    if (language := sent.get("language")) in LANGUAGES:
        wanted["language"] = language
    return wanted


_DAYS = frozenset(map(str, EVERY_DAY))


# ---------------------------------------------------------------------------- what is posted


def posting_form(settings: Settings, tr: Translator) -> ui.Modal:
    """Return how much of a document comes before the team, and who brings documents in."""
    form = ui.Modal(title=tr.text("Posting rules"), custom_id="setup:posting")
    fields = (
        (
            "post",
            gettext_noop("Claims per document"),
            gettext_noop('How many to post at most, best first: a number, or "all"'),
            "all" if settings.post is None else str(settings.post),
        ),
        (
            "post_threshold",
            gettext_noop("Minimum check-worthiness"),
            gettext_noop("From 0 to 1; claims below it go on the shelf"),
            f"{settings.post_threshold:g}",
        ),
        (
            "post_per_day",
            gettext_noop("Claims per day"),
            gettext_noop("How many to post a day at most; 0 for no limit"),
            str(settings.post_per_day or 0),
        ),
    )
    for field, label, hint, now in fields:
        form.add_item(
            text_field(tr.text(label), field, description=tr.text(hint), default=now, most=10)
        )
    takers: ui.RadioGroup[Any] = ui.RadioGroup(
        custom_id="intake",
        options=[
            discord.RadioGroupOption(
                label=tr.text(INTAKE[who]), value=who.value, default=who is settings.intake
            )
            for who in IntakeAccess
        ],
    )
    form.add_item(ui.Label(text=tr.text("Who can bring in documents?"), component=takers))
    rules: ui.RadioGroup[Any] = ui.RadioGroup(
        custom_id="publish",
        options=[
            discord.RadioGroupOption(
                label=tr.text(PUBLISH[rule]), value=rule.value, default=rule is settings.publish
            )
            for rule in PublishRule
        ],
    )
    form.add_item(ui.Label(text=tr.text("What goes on the public pages?"), component=rules))
    return form


def take_posting(sent: ModalValues) -> dict[str, object]:
    """Return the settings that a sent form asks for. Raises BadInput that says what is wrong."""
    return {
        "post": read_posts(sent.get("post", "")),
        "post_threshold": _read_threshold(sent.get("post_threshold", "")),
        "post_per_day": _read_whole(sent.get("post_per_day", "")) or None,
        **(
            {"intake": IntakeAccess(sent["intake"])}
            if sent.get("intake") in set(IntakeAccess)
            else {}
        ),
        **(
            {"publish": PublishRule(sent["publish"])}
            if sent.get("publish") in set(PublishRule)
            else {}
        ),
    }


# ---------------------------------------------------------------------------- where cards stand


def layout_form(layout: Layout, tr: Translator) -> ui.Modal:
    """Return the places where cards can stand, each with a sentence on it."""
    form = ui.Modal(title=tr.text("Where cards go"), custom_id="setup:layout")
    places: ui.RadioGroup[Any] = ui.RadioGroup(
        custom_id="layout",
        options=[
            discord.RadioGroupOption(
                label=tr.text(place),
                description=tr.text(meaning),
                value=each.value,
                default=each is layout,
            )
            for each, (place, meaning) in LAYOUTS.items()
        ],
    )
    form.add_item(ui.Label(text=tr.text("Where do cards go?"), component=places))
    return form


def take_layout(sent: ModalValues) -> dict[str, object]:
    """Return the settings that a sent form asks for."""
    return {"layout": Layout(sent["layout"])} if sent.get("layout") in set(Layout) else {}


def fit_layout(
    wanted: Mapping[str, object], settings: Settings | None, guild: discord.Guild
) -> dict[str, object]:
    """Return the wanted settings with where cards stand, as the claims' channel allows it.

    A forum takes posts and nothing else, a text channel none. Raises BadInput where the two don't
    fit.
    """
    channel = wanted.get("claims_channel", settings.claims_channel if settings else None)
    there = guild.get_channel(channel) if isinstance(channel, int) else None
    if there is None:
        return dict(wanted)
    in_forum = isinstance(there, discord.ForumChannel)
    chosen = wanted.get("layout")
    if in_forum and chosen not in (None, Layout.FORUM):
        raise BadInput(
            "In a forum, each claim is a post of its own. Choose a text channel for claims first."
        )
    if chosen is Layout.FORUM and not in_forum:
        raise BadInput("Choose a forum as the channel for claims first; claims are posts there.")
    before = settings.layout if settings else Layout.CHANNEL
    outside = Layout.CHANNEL if before is Layout.FORUM else before
    return {**wanted, "layout": chosen or (Layout.FORUM if in_forum else outside)}


def read_posts(text: str) -> int | None:
    """Return how many claims "all" or a number means. Raises BadInput."""
    return None if text.casefold() == "all" else _read_whole(text)


def _read_whole(text: str) -> int:
    if not (text.isascii() and text.isdecimal()):
        raise BadInput('"{text}" isn\'t a whole number. Enter one, such as 10.', text=text)
    return int(text)


def _read_threshold(text: str) -> float:
    try:
        least = float(text.replace(",", "."))
    except ValueError:
        least = -1
    if not 0 <= least <= 1:
        raise BadInput('"{text}" isn\'t a check-worthiness. Enter a number from 0 to 1.', text=text)
    return least
