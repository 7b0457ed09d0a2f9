"""When the next digest comes, in a sentence: for /digest and for whoever changes the settings."""

from collections.abc import Collection
from datetime import datetime, timedelta

from bot.i18n.translator import Words
from workflows.desk.digests import NextDigest
from workflows.teams import EVERY_DAY


def coming_said(coming: NextDigest, now: datetime, words: Words) -> str:
    """When the next digest comes, whether it is paused until then, and on which days it comes."""
    settings = coming.team.settings
    when = moment_said(coming.due_at.astimezone(settings.timezone), now, words)
    said = words.say("The next digest comes {when}.", when=when)
    if coming.paused:
        said += " " + words.say("It is paused until then.")
    if settings.digest_days != EVERY_DAY:
        said += " " + words.say(
            "Days with a digest: {days}.", days=days_said(settings.digest_days, words)
        )
    return said


def moment_said(at: datetime, now: datetime, words: Words) -> str:
    """As "tomorrow 09:00 Europe/Berlin, in 13 hours", for a time that carries its IANA zone."""
    day, today = at.date(), now.astimezone(at.tzinfo).date()
    if day == today:
        named = words.say("today")
    elif day == today + timedelta(days=1):
        named = words.say("tomorrow")
    else:
        named = words.day(day)
    return words.say(
        "{day} {time} {zone}, {ahead}",
        day=named,
        time=words.clock(at),
        zone=str(at.tzinfo),
        ahead=words.ahead(at - now),
    )


def days_said(days: Collection[int], words: Words) -> str:
    """The days of the week, 0 for Monday, as a person lists them."""
    if set(days) == EVERY_DAY:
        return words.say("every day")
    if set(days) == set(range(5)):
        return words.say("Monday to Friday")
    return words.listed([words.weekday(day) for day in sorted(days)])
