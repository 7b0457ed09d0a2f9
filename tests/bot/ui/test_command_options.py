"""What comes with a command is what it takes, whoever made it."""

from types import SimpleNamespace

import discord
import pytest
from discord import AppCommandOptionType as Kind
from discord import InteractionType, app_commands

from bot.ui.command_options import require_fitting_options
from tests.expect import refuses
from workflows.errors import BadInput

HELD = {"users": {"7": {}}, "attachments": {"8": {}}, "channels": {"9": {}}}


@app_commands.command(name="test", description="Takes everything")
@app_commands.choices(word=[app_commands.Choice(name="One", value="one")])
async def everything(
    _: discord.Interaction,
    text: app_commands.Range[str, 1, 5],
    word: str,
    number: app_commands.Range[int, 1, 10],
    share: app_commands.Range[float, 0, 1],
    yes: bool,
    who: discord.User,
    room: discord.TextChannel,
    file: discord.Attachment,
) -> None:
    """Takes one of each kind."""


def send(name, value, asked=InteractionType.application_command, command=everything):
    options = [{"name": name, "type": Kind.string.value, "value": value}]
    nested = [{"name": "test", "type": Kind.subcommand.value, "options": options}]
    data = {"options": nested, "resolved": HELD}
    require_fitting_options(SimpleNamespace(type=asked, command=command, data=data))


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("text", "hello"),
        ("word", "one"),
        ("number", 10),
        ("share", 1),
        ("share", 0.5),
        ("yes", False),
        ("who", "7"),
        ("room", "9"),
        ("file", "8"),
    ],
)
def test_fitting(name, value):
    """What a command takes is taken."""
    send(name, value)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("text", "longer"),
        ("text", ""),
        ("text", 5),
        ("text", True),
        ("word", "two"),
        ("word", None),
        ("number", 11),
        ("number", 2**63),
        ("number", "5"),
        ("number", True),
        ("share", 1e300),
        ("yes", "True"),
        ("yes", 1),
        ("who", "Ann"),
        ("who", "²"),
        ("room", "8"),
        ("file", "7"),
        ("file", ["8"]),
        ("other", "hello"),
    ],
)
def test_unfit(name, value):
    """Anything else is refused with a sentence that names it."""
    with refuses(BadInput, "unfit-option", command="test", option=name):
        send(name, value)


def test_half_typed():
    """What is still being typed may be anything, and so may what is for no command."""
    send("number", "1x", asked=InteractionType.autocomplete)
    send("number", "1x", command=None)
