"""What the environment tells: the token, keys, and a clock that is off for tests."""

import base64
import binascii
import os
import re
from collections.abc import Mapping
from datetime import timedelta
from pathlib import Path

from workflows.errors import BadInput

TOKEN = "DISCORD_TOKEN"  # noqa: S105  # the variable's name
MAIL_PASSWORD = "CORROBOT_MAIL_PASSWORD"  # noqa: S105  # the variable's name
WAYBACK_KEY = "CORROBOT_WAYBACK_KEY"
FACT_CHECK_KEY = "CORROBOT_FACT_CHECK_KEY"
"""The variable's name where [evidence] names no other."""
ENGINE_KEY = "CORROBOT_ENGINE_KEY"
"""The variable's name where [engine] names no other."""
CLOCK_OFFSET = "CORROBOT_CLOCK_OFFSET"
"""Seconds added to this machine's clock, for tests: honoured beside a Discord on loopback only."""


def read_clock_offset(environment: Mapping[str, str]) -> timedelta:
    text = environment.get(CLOCK_OFFSET, "").strip()
    try:
        return timedelta(seconds=float(text or 0))
    except (ValueError, OverflowError):
        raise BadInput(
            '{name} is "{text}", but it must be a number of seconds.', name=CLOCK_OFFSET, text=text
        ) from None


def require_secret(path: Path, key: str, name: str) -> None:
    """Raise BadInput for a variable's name that doesn't tell that it holds a secret."""
    if not _SECRET.search(name):
        raise BadInput(
            '{path}: {key} is "{text}", but it must be the name of an environment'
            ' variable with "KEY" or "TOKEN" in it: only those are kept from what reads documents.',
            path=path,
            key=key,
            text=name,
        )


_SECRET = re.compile(r"TOKEN|PASSWORD|SECRET|KEY")
"""What is in the names of variables that hold secrets."""


def make_child_environment(environment: Mapping[str, str] = os.environ) -> dict[str, str]:
    """Return the environment for a process that reads what comes from outside: no secret in it."""
    return {name: value for name, value in environment.items() if not _SECRET.search(name)}


def read_token(environment: Mapping[str, str] = os.environ) -> str:
    """Return the bot's token, of which only the shape is checked here. Raises BadInput."""
    token = environment.get(TOKEN, "").strip()
    if not token:
        raise BadInput(
            "The environment variable {name} isn't set. It holds the bot's token, from the"
            ' "Bot" page of your application at'
            " https://discord.com/developers/applications.",
            name=TOKEN,
        )
    parts = token.split(".")
    if len(parts) != 3 or not _is_bot_id(parts[0]) or not all(map(_WORD.fullmatch, parts)):  # noqa: PLR2004
        raise BadInput(
            "{name} doesn't look like a bot token (three parts separated by dots). Copy it"
            " again with \"Reset Token\"; it isn't the application's ID, key or client"
            " secret.",
            name=TOKEN,
        )
    return token


_WORD = re.compile(r"[A-Za-z0-9_-]{6,}")


def _is_bot_id(part: str) -> bool:
    try:
        return base64.urlsafe_b64decode(part + "=" * (-len(part) % 4)).isdigit()
    except (binascii.Error, ValueError):
        return False
