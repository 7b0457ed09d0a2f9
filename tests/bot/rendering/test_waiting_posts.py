"""What is said of posts that wait: the cause as it is, and the remedy that fits it."""

from datetime import UTC, datetime

import pytest

from bot.i18n.translator import translator_for
from bot.rendering.waiting_posts import write_waiting
from workflows.desk.channel_health import Cause, Hindrance
from workflows.store.outbox import WaitingPosts

SINCE = datetime(2026, 3, 2, 12, 4, tzinfo=UTC)


def written(problem=None, reason=None, language="en", posts=12):
    waiting = WaitingPosts(11, posts, SINCE, reason, parked=reason is not None)
    return write_waiting(waiting, problem, translator_for(language))


def test_how_many_and_since_when():
    """It tells how many wait, for which channel, and since when."""
    said = written(Hindrance(Cause.DELETED))

    assert said == (
        f"12 posts for <#11> have been waiting since <t:{int(SINCE.timestamp())}:t>, because the"
        " channel was deleted. Choose another one with `/setup`."
    )
    assert written(posts=1).startswith("1 post for <#11> has been waiting")


@pytest.mark.parametrize("cause", Cause)
def test_remedy_fits_the_cause(cause):
    """Permissions are offered where they are missing, and nowhere else."""
    lacking = ("Send Messages",) if cause is Cause.CLOSED else ()
    said = written(Hindrance(cause, lacking), reason="Send Messages missing")

    assert ("Send Messages" in said) == ("permissions" in said) == (cause is Cause.CLOSED)
    assert ("`/setup`" in said) == (cause is not Cause.ABSENT)


def test_reason_that_was_kept():
    """Where Discord can't be asked, the kept reason stands for the cause."""
    assert "Choose another one" in written(reason=Cause.DELETED.value)
    assert "refused (50001: no)" in written(reason="50001: no").replace("\\", "")


def test_cause_in_the_readers_language():
    """No English cause stands in a Korean sentence."""
    said = written(Hindrance(Cause.DELETED), language="ko")

    assert "deleted" not in said
    assert "`/" in said
