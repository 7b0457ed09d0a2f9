"""The commands' names and descriptions, as Discord shows them to readers of other languages."""

from collections.abc import Iterator

import discord
from discord import app_commands
from discord.app_commands import TranslationContextLocation as Place

from bot.i18n.translator import LANGUAGES, translator_for

KINDS = {
    Place.command_name: "command",
    Place.group_name: "command",
    Place.parameter_name: "option",
}
"""Names carry what they name into the catalogues; descriptions and choices are sentences."""


class CommandNames(app_commands.Translator):
    """Asked for every language of Discord's while the commands are synced."""

    async def translate(
        self,
        string: app_commands.locale_str,
        locale: discord.Locale,
        context: app_commands.TranslationContextTypes,
    ) -> str | None:
        language = locale.value.partition("-")[0]
        if language not in LANGUAGES:
            return None
        tr, kind = translator_for(language), KINDS.get(context.location)
        said = tr.name_command(kind, string.message) if kind else tr.text(string.message)
        return said if said != string.message else None


def iter_texts(command: object) -> Iterator[tuple[str | None, str]]:
    """Everything of a command that Discord shows: (kind of name or None for a sentence, text)."""
    if isinstance(command, app_commands.ContextMenu):
        yield "command", command.name
        return
    if not isinstance(command, app_commands.Command | app_commands.Group):
        return
    yield "command", command.name
    yield None, command.description
    if isinstance(command, app_commands.Group):
        for inner in command.commands:
            yield from iter_texts(inner)
        return
    for option in command.parameters:
        yield "option", option.display_name
        yield None, str(option.description)
        yield from ((None, choice.name) for choice in option.choices)
