"""What each message is to show, read and rendered at the moment it is sent or edited."""

from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import datetime

import discord
from discord import ui

from bot.delivery.card_sync import CardContent
from bot.delivery.outbox import OutgoingMessage
from bot.features.details import DetailsButton
from bot.features.digest import digest_view
from bot.features.documents import document_view
from bot.features.moderation import notice_view
from bot.features.queue import open_button
from bot.features.subscriptions import UnsubscribeButton
from bot.features.voting import claim_view
from bot.i18n.escaping import cut, plain
from bot.i18n.translator import Translator, translator_for
from bot.rendering.charts import ChartProcess
from bot.rendering.claim_card import claim_embed
from bot.rendering.digests import digest_embed, is_digest, personal_embed
from bot.rendering.document_card import document_embed
from bot.rendering.forum_posts import TITLE, ForumPost, describe_post
from bot.rendering.notices import is_notice, write_notice
from bot.rendering.pointers import pointer_embed, write_assignment, write_nudge
from workflows.desk import claim_views, digests, notices, subscriptions
from workflows.desk import outbox as desk_outbox
from workflows.desk.claim_desk import ClaimDesk
from workflows.digest.personal_digest import PersonalDigest
from workflows.digest.sections import Section
from workflows.store import outbox
from workflows.teams import Person


class MessageBuilder:
    """Cards and digests, from what the desk keeps."""

    def __init__(
        self,
        desk: ClaimDesk,
        charts: ChartProcess,
        now: Callable[[], datetime],
        name_of: Callable[[int], str | None],
        find_person: Callable[[int, int], Awaitable[Person | None]],
    ) -> None:
        """`name_of` gives the name of a server by its id; `find_person` somebody in it."""
        self._desk, self._charts, self._now, self._name_of = desk, charts, now, name_of
        self._find_person = find_person

    async def build_card(self, card: outbox.Card) -> CardContent:
        """Return what a card is to show now."""
        if card.state is not outbox.CardState.SHOWN:
            move = await self._desk.read(desk_outbox.find_move, card)
            return CardContent(
                [pointer_embed(move, translator_for(move.team.settings.language))], 0
            )
        if card.kind is outbox.PostKind.CLAIM:
            view = await self._desk.read(claim_views.view_by_id, card.subject)
            tr = translator_for(view.team.settings.language)
            buttons = claim_view(view.claim, tr)
            return CardContent([claim_embed(view, tr)], view.claim.version, buttons)
        shown = await self._desk.read(claim_views.view_document, card.subject)
        tr = translator_for(shown.team.settings.language)
        buttons = document_view(shown.document.key, tr)
        return CardContent([document_embed(shown, tr)], shown.document.version, buttons)

    async def build_post(self, card: outbox.Card) -> ForumPost:
        """Return how a forum is to list the post of a claim's card now."""
        view = await self._desk.read(claim_views.view_by_id, card.subject)
        post = describe_post(view)
        if card.state is outbox.CardState.SHOWN:
            return post
        return replace(post, tag=None, closed=True)

    async def build_message(self, queued: outbox.QueuedPost) -> OutgoingMessage | None:
        """Return a message that is to be sent now; None where its reader lost the right to it."""
        match queued.kind:
            case outbox.PostKind.CLAIM:
                return await self._build_claim(queued.subject)
            case outbox.PostKind.DOCUMENT:
                return await self._build_document(queued.subject)
            case outbox.PostKind.DIGEST:
                return await self._build_digest(queued.subject)
            case outbox.PostKind.NOTICE:
                return await self._build_notice(queued.subject)
            case outbox.PostKind.ASSIGNMENT:
                return await self._build_assignment(queued.subject)
            case outbox.PostKind.PERSONAL | outbox.PostKind.NUDGE:
                return await self._build_direct(queued)

    async def _build_direct(self, queued: outbox.QueuedPost) -> OutgoingMessage | None:
        """Return what goes to one person alone, with the roles they have now.

        It may have waited for days, and says how the claims stand when it goes.
        """
        reader = await self._desk.read(desk_outbox.find_reader, queued)
        person = await self._find_person(*reader) if reader else None
        if not await self._desk.read(desk_outbox.may_read, queued, person):
            return None
        if queued.kind is outbox.PostKind.NUDGE:
            return await self._build_nudge(queued.subject)
        return await self._build_personal(queued.subject)

    async def _build_claim(self, claim: int) -> OutgoingMessage:
        view = await self._desk.read(claim_views.view_by_id, claim)
        tr = translator_for(view.team.settings.language)
        return OutgoingMessage(
            [claim_embed(view, tr)],
            claim_view(view.claim, tr),
            view.claim.version,
            lambda message: f"vote:{view.claim.key}" in _ids(message),
            describe_post(view),
        )

    async def _build_document(self, document: int) -> OutgoingMessage:
        shown = await self._desk.read(claim_views.view_document, document)
        tr = translator_for(shown.team.settings.language)
        return OutgoingMessage(
            [document_embed(shown, tr)],
            document_view(shown.document.key, tr),
            shown.document.version,
            lambda message: shown.document.key in _ids(message),
            ForumPost(cut(plain(shown.document.title), TITLE), tr.language),
        )

    async def _build_digest(self, run: int) -> OutgoingMessage:
        shown = await self._desk.read(digests.view_run, run, self._now())
        digest = shown.digest
        tr = translator_for(digest.team.settings.language)
        embed = digest_embed(digest, tr)
        return OutgoingMessage(
            [embed],
            digest_view(digest, tr),
            0,
            lambda message: is_digest(message, digest),
            _list_by_title(embed, tr),
            await self._charts.draw(shown.days, tr),
        )

    async def _build_personal(self, run: int) -> OutgoingMessage:
        digest, language = await self._desk.read(subscriptions.compose_run, run, self._now())
        guild, tr = digest.team.settings.guild, translator_for(language)
        embed = personal_embed(digest, self._name_of(guild) or "Discord", tr)
        return OutgoingMessage(
            [embed],
            _personal_view(digest, tr),
            0,
            lambda message: is_digest(message, digest),
            _list_by_title(embed, tr),
        )

    async def _build_assignment(self, claim: int) -> OutgoingMessage:
        """Return the one message that calls somebody: whoever looks after the claim now."""
        shown, card = await self._desk.read(claim_views.view_with_card, claim)
        tr, key = translator_for(shown.team.settings.language), shown.claim.key
        view = ui.View(timeout=None)
        view.add_item(DetailsButton(key, tr))
        return OutgoingMessage(
            [],
            view,
            0,
            lambda message: _ids(message) == f"details:{key}",
            describe_post(shown),
            content=write_assignment(shown, card, tr),
            calls=shown.assignee,
        )

    async def _build_nudge(self, claim: int) -> OutgoingMessage:
        shown, card = await self._desk.read(claim_views.view_with_card, claim)
        said = write_nudge(shown, card, translator_for(shown.team.settings.language))
        return OutgoingMessage(
            [],
            ui.View(timeout=None),
            0,
            lambda message: message.content == said,
            describe_post(shown),
            content=said,
        )

    async def _build_notice(self, notice: int) -> OutgoingMessage:
        shown = await self._desk.read(notices.get_notice, notice)
        tr = translator_for(shown.team.settings.language)
        return OutgoingMessage(
            [],
            notice_view(shown, tr),
            0,
            lambda message: is_notice(message, shown),
            ForumPost(tr.text("For the moderators"), tr.language),
            content=write_notice(shown, tr),
        )


def _list_by_title(embed: discord.Embed, tr: Translator) -> ForumPost:
    """Return a post that bears the title of what it shows."""
    return ForumPost(cut(plain(embed.title or ""), TITLE), tr.language)


def _personal_view(digest: PersonalDigest, tr: Translator) -> ui.View:
    """Return the way into the queue, where a vote is awaited, and the way out of the digest."""
    guild, view = digest.team.settings.guild, ui.View(timeout=None)
    if Section.AWAITING in digest.counts:
        view.add_item(open_button(guild, tr))
    view.add_item(UnsubscribeButton(str(guild), tr))
    return view


def _ids(message: discord.Message) -> str:
    """Return every button's id on a message, in one text."""
    return " ".join(
        child.custom_id
        for row in message.components
        if isinstance(row, discord.ActionRow)
        for child in row.children
        if isinstance(child, discord.Button) and child.custom_id
    )
