"""A feature as the client takes it in: the commands, buttons, menus and forms that it answers."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from discord import app_commands

from bot.ui.components import Component
from bot.ui.context import Command
from bot.ui.modals import ModalHandler

ClaimCommand = app_commands.Command[Any, ..., None]


@dataclass(frozen=True, slots=True)
class Feature:
    """What one feature answers.

    `claim_commands` stand below `/claim`. `items` are the buttons and menus whose ids carry all
    they need. `modals` are keyed by a pattern of their forms' ids.
    """

    commands: tuple[Command, ...] = ()
    claim_commands: tuple[ClaimCommand, ...] = ()
    items: tuple[Component, ...] = ()
    modals: Mapping[str, ModalHandler] = field(default_factory=dict)
