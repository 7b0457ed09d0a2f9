"""Under a notice that a settled verdict may not hold any more: the way to reopen the claim."""

import discord
from discord import ui

from bot.controls.buttons import KeyButton
from bot.controls.moderating import moderate
from bot.language.words import Words
from workflows.desk.notifying import NoticeSheet
from workflows.notices import SHAKEN


class ReopenButton(KeyButton, template=r"^reopen:(?P<key>\d+)$"):
    """Asks why, and reopens; moderators only. Its id holds the claim's number."""

    def __init__(self, key: str, words: Words) -> None:
        super().__init__(
            key,
            ui.Button(
                label=words.say("Reopen #{number}", number=key),
                emoji="🔓",
                custom_id=f"reopen:{key}",
            ),
        )

    async def pressed(self, interaction: discord.Interaction) -> None:
        await moderate(interaction, "reopen", int(self.key), None)


BUTTONS = (ReopenButton,)


def notice_view(shown: NoticeSheet, words: Words) -> ui.View:
    """What can be done about a notice at once; fresh ones for each message."""
    view = ui.View(timeout=None)
    if shown.told.kind in SHAKEN and shown.told.claim is not None:
        view.add_item(ReopenButton(str(shown.told.claim), words))
    return view
