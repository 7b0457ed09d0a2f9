"""When the next digest comes, in a sentence: for /digest and for whoever changes the settings."""

from collections.abc import Collection
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from bot.i18n.time_zones import name_zone
from bot.i18n.translator import Translator
from workflows.desk.digests import NextDigest
from workflows.teams import EVERY_DAY


def write_next_digest(coming: NextDigest, now: datetime, tr: Translator) -> str:
    """Write when the next digest comes, whether it is paused, and on which days it comes."""
    settings = coming.team.settings
    when = write_moment(coming.due_at.astimezone(settings.timezone), now, tr)
    said = tr.text("The next digest is due {when}.", when=when)
    if coming.paused:
        said += " " + tr.text("It is paused until then.")
    if settings.digest_days != EVERY_DAY:
        said += " " + tr.text("Digest days: {days}.", days=write_days(settings.digest_days, tr))
    return said


def write_moment(at: datetime, now: datetime, tr: Translator) -> str:
    """As "tomorrow 09:00 Europe/Berlin, in 13 hours", for a time that carries its IANA zone."""
    day, today = at.date(), now.astimezone(at.tzinfo).date()
    if day == today:
        named = tr.text("today")
    elif day == today + timedelta(days=1):
        named = tr.text("tomorrow")
    else:
        named = tr.day(day)
    return tr.text(
        "{day} {time} {zone}, {ahead}",
        day=named,
        time=tr.clock(at),
        zone=name_zone(at.tzinfo) if isinstance(at.tzinfo, ZoneInfo) else str(at.tzinfo),
        ahead=tr.ahead(at - now),
    )


def write_days(days: Collection[int], tr: Translator) -> str:
    """Return the days of the week, 0 for Monday, as a person lists them."""
    if set(days) == EVERY_DAY:
        return tr.text("every day")
    if set(days) == set(range(5)):
        return tr.text("Monday to Friday")
    return tr.join([tr.weekday(day) for day in sorted(days)])
