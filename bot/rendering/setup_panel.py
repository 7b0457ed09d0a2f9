"""The panel of /setup: what is set, what is missing, and when the next digest comes."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime

import discord
from babel import Locale

from bot.channel_permissions import (
    find_grantable,
    find_layout,
    list_forums,
    list_needed,
    make_invitation,
    write_missing,
)
from bot.config.model import EngineConfig
from bot.i18n.escaping import escape
from bot.i18n.labels import gettext_noop
from bot.i18n.time_zones import name_zone
from bot.i18n.translator import Translator
from bot.rendering.next_digest import write_days, write_next_digest
from bot.rendering.rules import write_preset
from workflows.desk.digests import NextDigest
from workflows.policy import find_preset
from workflows.teams import IntakeAccess, Layout, PublishRule, Settings, Team

COLOUR = 0x3B82F6
FIELD = 1024
LAYOUTS: Mapping[Layout, tuple[str, str]] = {
    Layout.CHANNEL: (
        gettext_noop("in the channel"),
        gettext_noop("A document's card, then a card for each of its claims."),
    ),
    Layout.THREAD: (
        gettext_noop("in a thread"),
        gettext_noop("A document's card; its claims' cards in a thread under it."),
    ),
    Layout.FORUM: (
        gettext_noop("in a forum"),
        gettext_noop("Each claim is a post, tagged with its status. Needs a forum channel."),
    ),
}
"""Where cards can stand, and a sentence on each."""
INTAKE: Mapping[IntakeAccess, str] = {
    IntakeAccess.VOTERS: gettext_noop("all voters"),
    IntakeAccess.MODERATORS: gettext_noop("moderators only"),
}
PUBLISH: Mapping[PublishRule, str] = {
    PublishRule.ALL: gettext_noop("all settled claims"),
    PublishRule.BY_HAND: gettext_noop("only those that a moderator publishes"),
}
SNAPSHOTS: Mapping[bool, str] = {
    True: gettext_noop("opened, to keep their titles and dates"),
    False: gettext_noop("never opened"),
}


WATCHING: Mapping[bool, str] = {
    True: gettext_noop("now and then, while a claim is open and for a month after"),
    False: gettext_noop("never"),
}


# ------------------------------------------------------------------------------- what is set


def panel_embed(
    coming: NextDigest,
    guild: discord.Guild,
    now: datetime,
    tr: Translator,
    waiting: Sequence[str] = (),
    model: EngineConfig | None = None,
) -> discord.Embed:
    """All settings of a team on one screen, what is missing, and when the next digest comes.

    `waiting` has a line for each channel that doesn't take its posts; `model` is the language model
    that the bot's host has set up.
    """
    settings, forums = coming.team.settings, list_forums(guild.channels)
    layout = find_layout(settings, forums)
    embed = discord.Embed(
        title=tr.text("Corrobot's settings here"),
        description="\n".join(
            f"**{name}** {value}"
            for name, value in _format_settings(coming.team, layout, model, tr)
        ),
        colour=COLOUR,
    )
    lacking = write_missing(guild, settings, tr)
    if find_grantable(guild, settings):
        link = make_invitation(guild.me.id, guild.id, list_needed(settings, forums))
        lacking.append(
            tr.text(
                "[Grant the missing permissions]({link}), or change them in the channel's"
                " settings.",
                link=link,
            )
        )
    embed.add_field(
        name=tr.text("Permissions"),
        value="\n".join(lacking) or tr.text("I have all the permissions I need here."),
        inline=False,
    )
    if waiting:
        embed.add_field(name=tr.text("Waiting"), value="\n".join(waiting)[:FIELD], inline=False)
    embed.add_field(
        name=tr.text("Digest"),
        value=write_next_digest(coming, now, tr),
        inline=False,
    )
    return embed


def _format_settings(
    team: Team, layout: Layout, model: EngineConfig | None, tr: Translator
) -> Iterable[tuple[str, str]]:
    settings = team.settings
    moderators = settings.moderators_channel
    yield tr.text("Claims:"), f"<#{settings.claims_channel}>"
    place, meaning = LAYOUTS[layout]
    yield tr.text("Cards go:"), f"{tr.text(place)}. {tr.text(meaning)}"
    yield tr.text("Digest:"), f"<#{settings.digest_channel}>"
    yield (
        tr.text("Notices for moderators:"),
        f"<#{moderators}>" if moderators else tr.text("none"),
    )
    yield (
        tr.text("Voters:"),
        _format_roles(settings.voter_roles, tr) or tr.text("everyone"),
    )
    yield (
        tr.text("Moderators:"),
        _format_roles(settings.moderator_roles, tr) or tr.text("those who may manage messages"),
    )
    yield tr.text("Who can bring in documents:"), tr.text(INTAKE[settings.intake])
    yield tr.text("Claims are found by:"), write_reader_setting(settings, model, tr)
    yield tr.text("On the public pages:"), tr.text(PUBLISH[settings.publish])
    yield tr.text("Pages behind links:"), tr.text(SNAPSHOTS[settings.snapshots])
    if settings.snapshots:
        yield tr.text("Checked again:"), tr.text(WATCHING[settings.watch_links])
    yield tr.text("Posted from each document:"), _format_posting(settings, tr)
    hours = f"{settings.digest_at:%H:%M} {name_zone(settings.timezone)}"
    yield tr.text("Digest at:"), f"{hours}, {write_days(settings.digest_days, tr)}"
    yield tr.text("Language of cards and digests:"), name_language(settings.language)
    preset = find_preset(team.policy)
    rules = write_preset(preset, tr) if preset else tr.text("custom; see /policy show")
    yield tr.text("Voting rules:"), rules


def write_reader_setting(settings: Settings, model: EngineConfig | None, tr: Translator) -> str:
    """Return what finds the claims in this team's texts, and where they go for that."""
    rules = tr.text("the built-in rules, in English texts")
    if model is None:
        return rules
    names = {"model": escape(model.model, 60), "host": escape(model.host, 80)}
    if model.is_here:
        return tr.text("the language model {model}, on the bot's own machine", **names)
    if settings.send_texts_to == model.host:
        return tr.text("the language model {model}; texts are sent to {host}", **names)
    offer = tr.text(
        "The language model {model} at {host} could read other languages, too:"
        " `/setup send_texts:True` lets texts be sent there.",
        **names,
    )
    return f"{rules}. {offer}"


def _format_roles(roles: Collection[int], tr: Translator) -> str:
    return tr.join([f"<@&{role}>" for role in sorted(roles)]) if roles else ""


def _format_posting(settings: Settings, tr: Translator) -> str:
    parts = [
        tr.text("all claims")
        if settings.post is None
        else tr.plural("the best claim", "the {n} best claims", settings.post)
    ]
    if settings.post_threshold:
        parts.append(
            tr.text(
                "with a check-worthiness of at least {least}",
                least=tr.number(settings.post_threshold),
            )
        )
    if settings.post_per_day is not None:
        parts.append(tr.plural("{n} a day at most", "{n} a day at most", settings.post_per_day))
    return ", ".join(parts)


def name_language(language: str) -> str:
    """Return a language as its own readers call it."""
    return str(Locale.parse(language).get_display_name(language))


def test_card_embed(tr: Translator) -> discord.Embed:
    """A card that is plainly none: what claims will look like, and that posting them works."""
    embed = discord.Embed(
        title=tr.text("Test · Claims will look like this"),
        description=tr.text(
            "Above: the claim in plain words. Here: who says so and how firmly, the"
            " original words, what a verdict still needs, and the evidence. Below: the"
            " voting buttons."
        ),
        colour=COLOUR,
    )
    embed.set_footer(text=tr.text("Nobody can vote on this one."))
    return embed
