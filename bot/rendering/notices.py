"""Values in, a notice out: one sentence to the moderators, with a link to the card it is about."""

from collections.abc import Mapping

import discord

from bot.channel_permissions import NAMES
from bot.i18n.escaping import escape
from bot.i18n.labels import gettext_noop
from bot.i18n.translator import Translator, make_timestamp
from bot.rendering.embeds import card_address, make_masked_link
from bot.rendering.evidence import name_lost
from workflows.claims import PagePart
from workflows.desk.notices import NoticeView
from workflows.notices import NoticeKind

SENTENCES: Mapping[NoticeKind, str] = {
    NoticeKind.NEW_EVIDENCE: gettext_noop(
        "{claim} is settled, but a new link contradicts its verdict. Please check whether"
        " to reopen it."
    ),
    NoticeKind.EVIDENCE_GONE: gettext_noop(
        "{claim} is settled, but a link its verdict relied on was removed or changed."
        " Please check whether to reopen it."
    ),
    NoticeKind.PAGE_GONE: gettext_noop(
        "{claim}: the page at {site} is gone; on two days the site said that it doesn't exist."
    ),
    NoticeKind.PAGE_MOVED: gettext_noop(
        "{claim}: the link to {site} now leads to another site, {other}. Please check what it"
        " shows there."
    ),
    NoticeKind.PAGE_CHANGED: gettext_noop(
        "{claim}: the page at {site} has changed and no longer has {lost}. Please check what it"
        " shows now."
    ),
    NoticeKind.CARD_GONE: gettext_noop(
        "The card of {claim} was deleted. Use `/claim repost` to post it again or `/claim"
        " drop` to drop the claim."
    ),
    NoticeKind.CARDS_GONE: gettext_noop(
        "{n} cards were deleted: {claims}. Use `/claim repost` without a number to post them all"
        " again, or `/claim drop` to drop a claim."
    ),
    NoticeKind.CHANNEL_GONE: gettext_noop(
        "A channel I use was deleted (ID {channel}). Posts for it are on hold; choose"
        " another channel with `/setup`."
    ),
    NoticeKind.CHANNEL_CLOSED: gettext_noop(
        "I lack permissions in <#{channel}>: {lacking}. Anything I can't do there is on"
        " hold; `/setup` has a link to grant them."
    ),
    NoticeKind.CHANNEL_UNFIT: gettext_noop(
        "<#{channel}> is a kind of channel I can't post in. Posts for it are on hold;"
        " choose a text channel or a forum with `/setup`."
    ),
    NoticeKind.TAGS_LACKING: gettext_noop(
        "I can't create status tags in <#{channel}>, so posts there have none. Give me"
        " Manage Channels there; a forum has room for 20 tags, and I need six."
    ),
    NoticeKind.REFUSING: gettext_noop(
        "Discord refuses my requests in <#{channel}>, although I have the permissions I"
        " need. Posts for it are on hold until `/setup`, `/claim repost` or a restart;"
        " Discord's reason is in the log."
    ),
    NoticeKind.ROLE_GONE: gettext_noop(
        "A role used in the settings or rules was deleted (ID {role}). Choose another with"
        " `/setup`."
    ),
    NoticeKind.STRANGERS: gettext_noop(
        "The database was restored from a backup that doesn't contain the cards posted"
        " since ({n}); their buttons no longer work. Please delete them: {links}"
    ),
    NoticeKind.UNKNOWN_CARD: gettext_noop(
        "Someone used a card for a claim that my database doesn't have: {link} It was"
        " posted from another database, or Corrobot is running twice with the same token."
        " Tell whoever runs me, and delete such cards."
    ),
    NoticeKind.PAUSED: gettext_noop(
        "Discord refused so many of my requests that I sent nothing for {minutes} minutes."
        " No votes were lost, but cards and digests were late. The log shows what was"
        " refused."
    ),
    NoticeKind.FEED_FAILING: gettext_noop(
        "Feed {number} ({feed}) couldn't be read for a day: {reason} I keep trying; use"
        " `/feed remove` to stop."
    ),
    NoticeKind.WEBHOOK_FAILING: gettext_noop(
        "Webhook {number} ({site}) hasn't accepted a message for a day: {reason} I'll keep"
        " trying for a month; use `/webhook remove` to stop."
    ),
    NoticeKind.PUBLISHED: gettext_noop(
        "From now on this team's settled claims are public at {address}. Change which ones with"
        " `/setup`; `/claim publish` withholds a single claim."
    ),
    NoticeKind.CLOCK: gettext_noop(
        "My computer's clock differs from Discord's by {minutes} minutes. I use Discord's"
        " time until the clock is corrected; please tell whoever hosts me."
    ),
}


def write_notice(shown: NoticeView, tr: Translator) -> str:
    """Return the notice in plain text, which every channel takes that takes anything.

    The time it was noticed stands below; it is also what tells two notices apart.
    """
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
    if told.kind is NoticeKind.PAGE_CHANGED:
        values["lost"] = name_lost(map(PagePart, str(told.values["lost"]).split()), tr)
    if shown.link:
        values["site"] = make_masked_link(str(values["site"]), shown.link.url)
    more = _tell_readers(shown, tr) + _offer_copy(shown, tr)
    return f"⚠️ {tr.text(SENTENCES[told.kind], **values)}{more}\n{_sign(shown)}"


def _tell_readers(shown: NoticeView, tr: Translator) -> str:
    """Return who can still read claims where the channel that decides it was deleted."""
    told, settings = shown.told, shown.team.settings
    is_claims_channel = told.values.get("channel") == settings.claims_channel
    if told.kind is not NoticeKind.CHANNEL_GONE or not is_claims_channel or settings.voter_roles:
        return ""
    return " " + tr.text(
        "It was the claims channel: until there is another, only moderators can read claims."
    )


def _offer_copy(shown: NoticeView, tr: Translator) -> str:
    """Return where the page that a notice is about was archived, if it was."""
    shot = shown.link.snapshot if shown.link else None
    if shot is None or not shot.archived:
        return ""
    return " " + make_masked_link(tr.text("Archived copy"), shot.archived)


def is_notice(message: discord.Message, shown: NoticeView) -> bool:
    """Return True if a message of ours is this notice."""
    return message.content.startswith("⚠️") and message.content.endswith(_sign(shown))


def _sign(shown: NoticeView) -> str:
    return f"-# {make_timestamp(shown.told.at)}"


def _claim(shown: NoticeView) -> str:
    number = f"#{shown.told.claim}"
    if shown.card is None:
        return f"**{number}**"
    return f"[**{number}**]({card_address(shown.team.settings.guild, shown.card)})"
