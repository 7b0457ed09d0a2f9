"""What a channel's posts wait for: how many, since when, why, and what helps against it."""

from collections.abc import Mapping
from types import MappingProxyType

from bot.i18n.escaping import escape
from bot.i18n.labels import gettext_noop
from bot.i18n.translator import Translator
from workflows.desk.channel_health import Cause, Hindrance
from workflows.store.outbox import WaitingPosts

WHY: Mapping[Cause, str] = MappingProxyType(
    {
        Cause.ABSENT: gettext_noop("I'm not in the server. Invite me again."),
        Cause.DELETED: gettext_noop("the channel was deleted. Choose another one with `/setup`."),
        Cause.UNFIT: gettext_noop(
            "it's a kind of channel I can't post in. Choose another one with `/setup`."
        ),
        Cause.CLOSED: gettext_noop(
            "I lack permissions there: {permissions}. `/setup` has a link to grant them."
        ),
    }
)
"""Why posts wait, and the remedy that fits; each goes on after "because"."""


def write_waiting(
    waiting: WaitingPosts,
    problem: Hindrance | None,
    tr: Translator,
    *,
    channel: str | None = None,
    since: str | None = None,
) -> str:
    """Return in a line what waits for a channel, why, and what to do.

    `channel` and `since` are for where Discord's own marks for them aren't shown.
    """
    named = {
        "channel": channel or f"<#{waiting.channel}>",
        "since": since or f"<t:{int(waiting.since.timestamp())}:t>",
    }
    why = _write_why(waiting, problem, tr)
    if not why:
        return tr.plural(
            "{n} post for {channel} has been waiting since {since}. I keep trying.",
            "{n} posts for {channel} have been waiting since {since}. I keep trying.",
            waiting.posts,
            **named,
        )
    return tr.plural(
        "{n} post for {channel} has been waiting since {since}, because {why}",
        "{n} posts for {channel} have been waiting since {since}, because {why}",
        waiting.posts,
        why=why,
        **named,
    )


def _write_why(waiting: WaitingPosts, problem: Hindrance | None, tr: Translator) -> str:
    """Return the cause as it stands now; what was kept beside the posts where none is known."""
    if problem is not None:
        return tr.text(WHY[problem.cause], permissions=tr.join([*map(tr.text, problem.lacking)]))
    kept = next((cause for cause in Cause if cause.value == waiting.reason), None)
    if kept is not None and kept is not Cause.CLOSED:
        return tr.text(WHY[kept])
    if waiting.reason:
        return tr.text(
            "they were refused ({reason}). The log has the details.",
            reason=escape(waiting.reason, 200),
        )
    return ""
