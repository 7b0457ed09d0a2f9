"""Under Details: the menu of the links that the reader may change or take away."""

import re
from collections.abc import Sequence
from typing import Any, Self

import discord
from discord import ui

from bot.controls.client_of import corrobot
from bot.controls.evidence_forms import LABEL, MENU, amend_form
from bot.controls.forms import open_form
from bot.controls.menus import Menu, first
from bot.language.labels import STANCE_SIGNS
from bot.language.words import Words, cut, plain
from bot.people import guild_of, person_of, readers_words
from workflows.claims import ClaimKey, Evidence, EvidenceKey
from workflows.desk import evidence
from workflows.desk.sheets import Details
from workflows.teams import Person, is_moderator


class OwnLinks(Menu, template=r"^mine:(?P<key>[\w-]{22})$"):
    """Opens the form of the link that is chosen."""

    def __init__(self, menu: ui.Select[Any], key: str) -> None:
        super().__init__(menu)
        self.key = key

    @classmethod
    def of(cls, key: ClaimKey, links: Sequence[Evidence], words: Words) -> Self:
        menu: ui.Select[Any] = ui.Select(
            custom_id=f"mine:{key}",
            placeholder=words.say("Change a link, or take it away"),
            options=[
                discord.SelectOption(label=_label(link), value=link.key) for link in links[:MENU]
            ],
        )
        return cls(menu, key)

    @classmethod
    def used(cls, match: re.Match[str]) -> Self:
        return cls(ui.Select(custom_id=match.string), match["key"])

    async def chosen(self, interaction: discord.Interaction, values: list[str]) -> None:
        link = EvidenceKey(first(values))
        key = ClaimKey(self.key)
        found, sources = await corrobot(interaction).desk.read(
            evidence.to_change, guild_of(interaction), key, link, person_of(interaction)
        )
        await open_form(interaction, amend_form(key, found, sources, readers_words(interaction)))


def details_view(details: Details, person: Person, words: Words) -> ui.View:
    """What stands under Details: the menu, if there is a link that this person may change."""
    view = ui.View(timeout=None)
    shown = details.sheet
    moderates = is_moderator(shown.team, person)
    links = [link for link in shown.evidence if moderates or link.by == details.reader]
    if links:
        view.add_item(OwnLinks.of(shown.claim.key, links, words))
    return view


def _label(link: Evidence) -> str:
    note = f" — {link.note}" if link.note else ""
    return cut(plain(f"{STANCE_SIGNS[link.stance]} {link.origin}{note}"), LABEL)
