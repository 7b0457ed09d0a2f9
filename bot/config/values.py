"""Single values of the configuration, read from their text. Each refusal says what is wrong."""

import re
from datetime import time, timedelta
from ipaddress import ip_address
from pathlib import Path
from typing import Literal, get_args
from zoneinfo import ZoneInfo

from yarl import URL

from bot.i18n.translator import LANGUAGES
from workflows.errors import BadInput
from workflows.teams import EVERY_DAY

Day = Literal["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
DAYS: tuple[str, ...] = get_args(Day)
"""The days of the week as they are written, Monday first."""


def read_span(path: Path, key: str, text: str) -> timedelta:
    match = re.fullmatch(r"([1-9]\d{0,5})([smhd])", text)
    if match is None:
        raise BadInput(
            '{path}: {key} is "{text}", but it must be a duration such as "24h".',
            path=path,
            key=key,
            text=text,
        )
    return int(match[1]) * _UNITS[match[2]]


_UNITS = {
    "s": timedelta(seconds=1),
    "m": timedelta(minutes=1),
    "h": timedelta(hours=1),
    "d": timedelta(days=1),
}


def read_zone(name: str) -> ZoneInfo:
    """Return the IANA time zone of this name. Raises BadInput."""
    try:
        return ZoneInfo(name)
    except (KeyError, ValueError, OSError):
        raise BadInput(
            'timezone is "{name}", but it must be an IANA name such as "Europe/Berlin".', name=name
        ) from None


def read_hour(text: str) -> time:
    """Return the local time that "09:00" writes. Raises BadInput."""
    match = re.fullmatch(r"([01]\d|2[0-3]):([0-5]\d)", text)
    if match is None:
        raise BadInput(
            'digest_at is "{text}", but it must be a time of day such as "09:00".', text=text
        )
    return time(int(match[1]), int(match[2]))


def read_days(names: Literal["all"] | list[Day]) -> frozenset[int]:
    if not names:
        raise BadInput(
            'digest_days is empty; it must be "all" or at least one day: ["mon", "fri"].'
        )
    return EVERY_DAY if names == "all" else frozenset(map(DAYS.index, names))


def read_language(language: str) -> str:
    if language not in LANGUAGES:
        raise BadInput(
            'language is "{language}", but it must be one of: {known}.',
            language=language,
            known=", ".join(LANGUAGES),
        )
    return language


def read_address(path: Path, key: str, text: str, schemes: tuple[str, str]) -> URL:
    """Return an address of Discord or of what stands in for it.

    In the clear only on this machine.
    """
    try:
        url = URL(text)
        host = url.host or ""
    except ValueError:
        url, host = URL(), ""
    if url.scheme not in schemes or not host:
        raise BadInput(
            '{path}: {key} is "{text}", but it must be an address that starts with {scheme}://.',
            path=path,
            key=key,
            text=text,
            scheme=schemes[0],
        )
    if url.scheme == schemes[1] and not is_loopback(url):
        raise BadInput(
            "{path}: {key} is {text}, which would send the token over the network"
            " unencrypted. Use {scheme}:// for any address other than this machine's own.",
            path=path,
            key=key,
            text=text,
            scheme=schemes[0],
        )
    return url


def is_loopback(url: URL) -> bool:
    host = url.host or ""
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
