"""Values in, a notice out: one sentence to the moderators, with a link to the card it is about."""

from collections.abc import Mapping
from datetime import timedelta

import discord

from bot.channel_permissions import NAMES
from bot.i18n.escaping import escape
from bot.i18n.labels import gettext_noop
from bot.i18n.translator import Translator
from bot.rendering.cards import card_address
from workflows.desk.notices import NoticeView
from workflows.notices import NoticeKind

COLOUR = 0xE6A23C

SENTENCES: Mapping[NoticeKind, str] = {
    NoticeKind.NEW_EVIDENCE: gettext_noop(
        "{claim} is settled, but a new link speaks against its verdict. Please look whether it"
        " should be reopened."
    ),
    NoticeKind.EVIDENCE_GONE: gettext_noop(
        "{claim} is settled, but a link that its verdict rested on was taken away or changed."
        " Please look whether it should be reopened."
    ),
    NoticeKind.CARD_GONE: gettext_noop(
        "The card of {claim} was deleted. `/claim repost` posts it again; `/claim drop` takes the"
        " claim out."
    ),
    NoticeKind.CARDS_GONE: gettext_noop(
        "{n} cards were deleted: {claims}. `/claim repost` posts one again; `/claim drop` takes a"
        " claim out."
    ),
    NoticeKind.CHANNEL_GONE: gettext_noop(
        "A channel that I use (its id was {channel}) was deleted. What is to be posted there waits;"
        " choose another channel with `/setup`."
    ),
    NoticeKind.CHANNEL_CLOSED: gettext_noop(
        "In <#{channel}> I may not: {lacking}. What I cannot do there waits until I may; `/setup`"
        " has a link that grants it."
    ),
    NoticeKind.REFUSING: gettext_noop(
        "Discord refuses what I do in <#{channel}>, though I have the permissions I need. What is"
        " to be posted there waits for `/setup`, `/claim repost` or a restart; the log has"
        " Discord's reason."
    ),
    NoticeKind.ROLE_GONE: gettext_noop(
        "A role that the settings or the rules name (its id was {role}) was deleted; nobody has it"
        " any more. Choose others with `/setup`."
    ),
    NoticeKind.STRANGERS: gettext_noop(
        "The database was put back from a copy that knows nothing of the cards posted since ({n});"
        " their buttons say so. Please delete them: {links}"
    ),
    NoticeKind.PAUSED: gettext_noop(
        "Discord refused so much of what I asked that I sent nothing for {minutes} minutes. Votes"
        " were kept; cards and digests came late. The log says what was refused."
    ),
    NoticeKind.FEED_FAILING: gettext_noop(
        "Feed {number} ({feed}) could not be read for a day: {reason} I keep trying;"
        " `/feed remove` ends that."
    ),
    NoticeKind.CLOCK: gettext_noop(
        "The clock of the computer I run on differs from Discord's by {minutes} minutes. I go by"
        " Discord's until it is set right; please tell whoever hosts me."
    ),
}


def notice_embed(shown: NoticeView, tr: Translator) -> discord.Embed:
    """Return the time it was noticed stands below; it is also what tells two notices apart."""
    told = shown.told
    values: dict[str, object] = {
        name: escape(value, 200) if isinstance(value, str) else value
        for name, value in told.values.items()
    }
    if lacking := told.values.get("lacking"):
        values["lacking"] = tr.join([tr.text(NAMES[name]) for name in str(lacking).split()])
    if links := told.values.get("links"):
        values["links"] = links  # our own
    if told.claim is not None:
        values["claim"] = _claim(shown)
    return discord.Embed(
        description="⚠️ " + tr.text(SENTENCES[told.kind], **values),
        colour=COLOUR,
        timestamp=told.at,
    )


def is_notice(message: discord.Message, shown: NoticeView) -> bool:
    """Return True if a message of ours is this notice."""
    return any(
        embed.timestamp and abs(embed.timestamp - shown.told.at) < timedelta(milliseconds=1)
        for embed in message.embeds
    )


def _claim(shown: NoticeView) -> str:
    number = f"#{shown.told.claim}"
    if shown.card is None:
        return f"**{number}**"
    return f"[**{number}**]({card_address(shown.team.settings.guild, shown.card)})"
