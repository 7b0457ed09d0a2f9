"""What each message is to show, read and rendered at the moment it is sent or edited."""

from collections.abc import Callable
from datetime import datetime

import discord
from discord import ui

from bot.delivery.card_sync import Face
from bot.delivery.outbox import Post
from bot.features.documents import document_view
from bot.features.moderation import notice_view
from bot.features.search import mine_button
from bot.features.subscriptions import unsubscribe_view
from bot.features.voting import DetailsButton, claim_view
from bot.i18n.translator import Words, words_for
from bot.rendering.cards import assignment_said, claim_embed, document_embed, moved_embed
from bot.rendering.charts import Charts
from bot.rendering.digests import digest_embeds, personal_embeds, shows_digest
from bot.rendering.notices import notice_embed, shows_notice
from workflows.desk import claim_views, digests, notices, subscriptions
from workflows.desk import outbox as desk_outbox
from workflows.desk.claim_desk import ClaimDesk
from workflows.digest.team_digest import Digest
from workflows.store import outbox


class Faces:
    """Cards and digests, from what the desk keeps."""

    def __init__(
        self,
        desk: ClaimDesk,
        charts: Charts,
        now: Callable[[], datetime],
        name_of: Callable[[int], str | None],
    ) -> None:
        """`name_of` gives the name of a server by its id."""
        self._desk, self._charts, self._now, self._name_of = desk, charts, now, name_of

    async def face(self, card: outbox.Card) -> Face:
        """What a card is to show now."""
        if card.state is not outbox.CardState.SHOWN:
            move = await self._desk.read(desk_outbox.find_move, card)
            return Face(
                [moved_embed(move, words_for(move.team.settings.language))], 0, buttons=False
            )
        if card.kind is outbox.PostKind.CLAIM:
            view = await self._desk.read(claim_views.view_by_id, card.subject)
            words = words_for(view.team.settings.language)
            return Face([claim_embed(view, words)], view.claim.version)
        shown = await self._desk.read(claim_views.view_document, card.subject)
        words = words_for(shown.team.settings.language)
        return Face([document_embed(shown, words)], shown.document.version)

    async def post(self, queued: outbox.QueuedPost) -> Post:
        """A message that is to be sent now."""
        match queued.kind:
            case outbox.PostKind.CLAIM:
                return await self._claim(queued.subject)
            case outbox.PostKind.DOCUMENT:
                return await self._document(queued.subject)
            case outbox.PostKind.DIGEST:
                return await self._digest(queued.subject)
            case outbox.PostKind.PERSONAL:
                return await self._personal(queued.subject)
            case outbox.PostKind.NOTICE:
                return await self._notice(queued.subject)
            case outbox.PostKind.ASSIGNMENT:
                return await self._assignment(queued.subject)

    async def _claim(self, claim: int) -> Post:
        view = await self._desk.read(claim_views.view_by_id, claim)
        words = words_for(view.team.settings.language)
        return Post(
            [claim_embed(view, words)],
            claim_view(view.claim.key, words),
            view.claim.version,
            lambda message: f"vote:{view.claim.key}" in _ids(message),
        )

    async def _document(self, document: int) -> Post:
        shown = await self._desk.read(claim_views.view_document, document)
        words = words_for(shown.team.settings.language)
        return Post(
            [document_embed(shown, words)],
            document_view(shown.document.key, words),
            shown.document.version,
            lambda message: shown.document.key in _ids(message),
        )

    async def _digest(self, run: int) -> Post:
        team, digest = await self._desk.read(digests.compose_run, run, self._now())
        words = words_for(team.settings.language)
        days = await self._desk.read(digests.load_trend, digest)
        return Post(
            digest_embeds(digest, words),
            _digest_view(digest, words),
            0,
            lambda message: shows_digest(message, digest),
            await self._charts.draw(days, words),
        )

    async def _personal(self, run: int) -> Post:
        digest, language = await self._desk.read(subscriptions.compose_run, run, self._now())
        guild, words = digest.team.settings.guild, words_for(language)
        return Post(
            personal_embeds(digest, self._name_of(guild) or "Discord", words),
            unsubscribe_view(guild, words),
            0,
            lambda message: shows_digest(message, digest),
        )

    async def _assignment(self, claim: int) -> Post:
        """The one message that calls somebody: whoever looks after the claim now."""
        shown, card = await self._desk.read(claim_views.view_with_card, claim)
        words, key = words_for(shown.team.settings.language), shown.claim.key
        view = ui.View(timeout=None)
        view.add_item(DetailsButton(key, words))
        return Post(
            [],
            view,
            0,
            lambda message: _ids(message) == f"details:{key}",
            content=assignment_said(shown, card, words),
            calls=shown.assignee,
        )

    async def _notice(self, notice: int) -> Post:
        shown = await self._desk.read(notices.get_notice, notice)
        words = words_for(shown.team.settings.language)
        return Post(
            [notice_embed(shown, words)],
            notice_view(shown, words),
            0,
            lambda message: shows_notice(message, shown),
        )


def _digest_view(digest: Digest, words: Words) -> ui.View:
    """The way to what needs one's own vote, where anything is open."""
    view = ui.View(timeout=None)
    if digest.headline.open:
        view.add_item(mine_button(words))
    return view


def _ids(message: discord.Message) -> str:
    """Every button's id on a message, in one text."""
    return " ".join(
        child.custom_id
        for row in message.components
        if isinstance(row, discord.ActionRow)
        for child in row.children
        if isinstance(child, discord.Button) and child.custom_id
    )
