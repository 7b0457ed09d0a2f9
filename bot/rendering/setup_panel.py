"""The panel of /setup: what is set, what is missing, and when the next digest comes."""

from collections.abc import Collection, Iterable, Mapping
from datetime import datetime

import discord
from babel import Locale

from bot.channel_permissions import invitation, missing_said
from bot.i18n.labels import N_
from bot.i18n.translator import Words
from bot.rendering.next_digest import coming_said, days_said
from bot.rendering.rules import preset_said
from workflows.desk.digests import NextDigest
from workflows.policy import find_preset
from workflows.teams import IntakeAccess, Settings, Team

COLOUR = 0x3B82F6
INTAKE: Mapping[IntakeAccess, str] = {
    IntakeAccess.VOTERS: N_("all who vote"),
    IntakeAccess.MODERATORS: N_("moderators only"),
}


# ------------------------------------------------------------------------------- what is set


def panel_embed(
    coming: NextDigest, guild: discord.Guild, now: datetime, words: Words
) -> discord.Embed:
    """All settings of a team on one screen, what is missing, and when the next digest comes."""
    settings = coming.team.settings
    embed = discord.Embed(
        title=words.say("How Corrobot is set up here"),
        description="\n".join(f"**{name}** {value}" for name, value in _said(coming.team, words)),
        colour=COLOUR,
    )
    lacking = missing_said(guild, settings, words)
    if lacking:
        link = invitation(guild.me.id, guild.id)
        lacking.append(
            words.say(
                "[Grant what is missing]({link}), or do it in the channel's own settings.",
                link=link,
            )
        )
    embed.add_field(
        name=words.say("Permissions"),
        value="\n".join(lacking) or words.say("I may do all that I need in these channels."),
        inline=False,
    )
    embed.add_field(
        name=words.say("Digest"),
        value=coming_said(coming, now, words),
        inline=False,
    )
    return embed


def _said(team: Team, words: Words) -> Iterable[tuple[str, str]]:
    settings = team.settings
    moderators = settings.moderators_channel
    yield words.say("Claims:"), f"<#{settings.claims_channel}>"
    yield words.say("Digest:"), f"<#{settings.digest_channel}>"
    yield (
        words.say("Notices to moderators:"),
        f"<#{moderators}>" if moderators else words.say("none"),
    )
    yield words.say("Who votes:"), _roles(settings.voter_roles, words) or words.say("everyone")
    yield (
        words.say("Who moderates:"),
        _roles(settings.moderator_roles, words) or words.say("those who may manage messages"),
    )
    yield words.say("Who brings in documents:"), words.say(INTAKE[settings.intake])
    yield words.say("Posted of a document:"), _posted(settings, words)
    hours = f"{settings.digest_at:%H:%M} {settings.timezone.key}"
    yield words.say("Digest at:"), f"{hours}, {days_said(settings.digest_days, words)}"
    yield words.say("Language of cards and digests:"), language_name(settings.language)
    preset = find_preset(team.policy)
    rules = preset_said(preset, words) if preset else words.say("your own; see /policy show")
    yield words.say("Rules of voting:"), rules


def _roles(roles: Collection[int], words: Words) -> str:
    return words.listed([f"<@&{role}>" for role in sorted(roles)]) if roles else ""


def _posted(settings: Settings, words: Words) -> str:
    parts = [
        words.say("all claims")
        if settings.post is None
        else words.count("the best claim", "the {n} best claims", settings.post)
    ]
    if settings.post_threshold:
        parts.append(
            words.say(
                "from a check-worthiness of {least}", least=words.number(settings.post_threshold)
            )
        )
    if settings.post_per_day is not None:
        parts.append(words.count("{n} a day at most", "{n} a day at most", settings.post_per_day))
    return ", ".join(parts)


def language_name(language: str) -> str:
    """A language as its own readers call it."""
    return str(Locale.parse(language).get_display_name(language))


def trial_embed(words: Words) -> discord.Embed:
    """A card that is plainly none: what claims will look like, and that posting them works."""
    embed = discord.Embed(
        title=words.say("Test · This is how a claim will stand here"),
        description=words.say(
            "Above: the claim, in plain words. Here: who says so and how firmly, the words it was"
            " taken from, what a verdict still needs, and the evidence. Below: the buttons to vote."
        ),
        colour=COLOUR,
    )
    embed.set_footer(text=words.say("Nobody can vote on this one."))
    return embed
