"""Digests by mail, over SMTP: the same claims and sentences as text and as HTML.

What is on its way stands in the database until a server took it. Each digest carries how to end it
(RFC 8058, where the host has an address for that; by mail, where not).
"""

import asyncio
import logging
import smtplib
import ssl
from collections.abc import Awaitable, Callable
from datetime import datetime
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime

from bot.background.rounds import keep_going, one_of_many
from bot.config.model import MailConfig, MailSecurity
from bot.i18n.translator import Translator, translator_for
from bot.rendering.digest_formats import MailFooter, personal_html, personal_text, personal_title
from workflows.desk import mail as desk_mail
from workflows.desk import subscriptions
from workflows.desk.claim_desk import ClaimDesk
from workflows.errors import CorrobotError
from workflows.mail import MailKind, QueuedMail
from workflows.teams import Person

_log = logging.getLogger(__name__)

LOOK_S = 5.0
"""Seconds between two looks whether there is something to be sent."""
TIMEOUT_S = 30.0
UNFOLDED = SMTP.clone(max_line_length=900)
"""Lines as long as mail may have them: an address in a header must stay in one piece."""


class MailSender:
    """Sends what is queued. `name_server` names a Discord server by its id.

    `find_person` finds an account in one, with the roles it has now.
    """

    def __init__(
        self,
        desk: ClaimDesk,
        config: MailConfig,
        now: Callable[[], datetime],
        name_server: Callable[[int], str],
        find_person: Callable[[int, int], Awaitable[Person | None]],
    ) -> None:
        self._desk, self._config, self._now = desk, config, now
        self._name_server, self._find_person = name_server, find_person

    async def run(self) -> None:
        """Send what is due, for ever."""
        await keep_going("sending mail", self.send_due, LOOK_S)

    async def send_due(self) -> int:
        """Send what is due; return how many mails a server took."""
        sent = 0
        for mail in await self._desk.read(desk_mail.list_due, self._now()):
            expected = OSError, smtplib.SMTPException
            try:
                with one_of_many(f"mail {mail.id}", *expected):
                    if await self._may_go(mail):
                        await asyncio.to_thread(self._send, await self._build(mail))
                        sent += 1
            except (CorrobotError, *expected) as error:
                _log.warning("mail %d was not taken, retrying later: %s", mail.id, error)
                await self._desk.write(desk_mail.keep_failure, mail, self._now())
                continue
            await self._desk.write(desk_mail.keep_sent, mail)
        return sent

    async def _may_go(self, mail: QueuedMail) -> bool:
        """Return True for a code, and for a digest while its reader may read the claims.

        It says how they stand when it goes, which is days later where a server took nothing.
        """
        if mail.kind is MailKind.CONFIRMATION:
            return True
        account = await self._desk.read(subscriptions.find_account, mail.to.member)
        person = await self._find_person(*account) if account else None
        return await self._desk.read(subscriptions.may_read, mail.to.member, person)

    async def _build(self, mail: QueuedMail) -> EmailMessage:
        guild, language = await self._desk.read(desk_mail.find_team_of, mail)
        server, tr = self._name_server(guild), translator_for(language)
        message = EmailMessage(policy=UNFOLDED)
        message["From"] = self._config.sender
        message["To"] = mail.to.address
        message["Date"] = format_datetime(self._now())
        message["Message-ID"] = f"<{mail.key}@{self._config.domain}>"
        message["Auto-Submitted"] = "auto-generated"
        if mail.kind is MailKind.CONFIRMATION or mail.run is None:
            _write_confirmation(message, mail.code or "", server, tr)
            return message
        digest, language = await self._desk.read(subscriptions.compose_run, mail.run, self._now())
        tr = translator_for(language)
        ways = self._config.list_ways_out(mail.to.token)
        message["List-Unsubscribe"] = ", ".join(f"<{way}>" for way in ways)
        if ways[0].startswith("https:"):
            message["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
        footer = MailFooter(
            tr.text(
                "You asked for this digest in {server}. To end it, use /digest unsubscribe"
                " there, or this link:",
                server=server,
            ),
            ways[0],
            tr.text("Unsubscribe"),
        )
        message["Subject"] = personal_title(digest, server, tr)
        message.set_content(personal_text(digest, server, tr, footer))
        message.add_alternative(personal_html(digest, server, tr, footer), subtype="html")
        return message

    def _send(self, message: EmailMessage) -> None:
        config, context = self._config, ssl.create_default_context()
        if config.security is MailSecurity.TLS:
            server: smtplib.SMTP = smtplib.SMTP_SSL(
                config.host, config.port, timeout=TIMEOUT_S, context=context
            )
        else:
            server = smtplib.SMTP(config.host, config.port, timeout=TIMEOUT_S)
        with server:
            if config.security is MailSecurity.STARTTLS:
                server.starttls(context=context)
            if config.username:
                server.login(config.username, config.password)
            server.send_message(message)


def _write_confirmation(message: EmailMessage, code: str, server: str, tr: Translator) -> None:
    message["Subject"] = tr.text("{code} is your code", code=code)
    message.set_content(
        tr.text(
            "Somebody asked in {server} on Discord to get their digest at this address. If that"
            " was you, confirm it there with /digest confirm and this code: {code}",
            server=server,
            code=code,
        )
        + "\n\n"
        + tr.text(
            "If it wasn't you, do nothing: without the code, no more mail is sent to this address."
        )
        + "\n"
    )
