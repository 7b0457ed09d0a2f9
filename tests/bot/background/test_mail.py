"""Digests by mail, over real SMTP: confirmed first, the same words twice over, and easy to end."""

import asyncio
import email
import email.policy
from contextlib import suppress
from dataclasses import replace
from datetime import time, timedelta

import pytest

from bot.background.mail import MailSender
from bot.config.model import MailConfig, MailSecurity
from bot.i18n.translator import translator_for
from bot.rendering.digests import personal_embed
from tests.expect import refuses
from workflows.desk import mail, privacy, subscriptions
from workflows.desk.claim_desk import ClaimDesk
from workflows.errors import BadInput, NotFound, Refused
from workflows.mail import CODES_A_DAY, GIVEN_UP
from workflows.teams import Acting

GUILD, ADDRESS = 1001, "ann@example.org"
DAY = timedelta(days=1)


class MailServer:
    """Takes mail as a server does; while `down`, it takes none."""

    def __init__(self):
        self.taken, self.down = [], False

    async def open(self):
        self.server = await asyncio.start_server(self._serve, "127.0.0.1", 0)
        return self.server.sockets[0].getsockname()[1]

    async def close(self):
        self.server.close()
        await self.server.wait_closed()

    async def _serve(self, reader, writer):
        async def say(line):
            writer.write(f"{line}\r\n".encode())
            await writer.drain()

        await say("220 here")
        while line := await reader.readline():
            command = line[:4].upper()
            if command == b"QUIT":
                await say("221 bye")
                break
            if command == b"MAIL" and self.down:
                await say("451 later")
            elif command == b"DATA":
                await say("354 go on")
                text = await reader.readuntil(b"\r\n.\r\n")
                self.taken.append(email.message_from_bytes(text, policy=email.policy.default))
                await say("250 taken")
            else:
                await say("250 fine")
        writer.close()


@pytest.fixture
async def server():
    server = MailServer()
    server.port = await server.open()
    yield server
    await server.close()


@pytest.fixture
async def sender(server, database, team, person, now):
    """A sender whose clock a test can move, by `sender.at`."""
    assert team
    desk = ClaimDesk(database)
    config = MailConfig(
        "127.0.0.1", server.port, MailSecurity.NONE, "", "", "Desk <desk@example.org>", ""
    )

    async def find_person(guild, account):
        return sender.people.get(account, person(account)) if guild == GUILD else None

    sender = MailSender(desk, config, lambda: sender.at, lambda _: "The Newsroom", find_person)
    sender.at, sender.people = now, {}
    yield sender
    desk.close()


@pytest.fixture
def ann(act, team, person, now):
    """Somebody with a digest of their own, at noon."""
    assert team
    acting = Acting(GUILD, person(7), now)
    act(subscriptions.subscribe, acting, 77, time(12, 30), None)
    return acting


async def confirm(act, ann, server, sender):
    act(mail.ask_for_mail, ann, ADDRESS)
    await sender.send_due()
    code = server.taken[-1]["Subject"].split()[0]
    return act(mail.confirm_mail, ann, code)


async def test_nothing_before_it_is_confirmed(act, store, ann, server, sender, make_claim, now):
    """To an address that isn't confirmed only a code goes, and the digest as before."""
    make_claim("The bridge is closed")
    act(mail.ask_for_mail, ann, ADDRESS)
    member = store.teams.find_member(1, 7)

    act(subscriptions.make_personal_digest, member, ann.person, now + DAY)
    sender.at = now + DAY
    await sender.send_due()

    (sent,) = server.taken
    assert sent["To"] == ADDRESS
    assert "bridge" not in sent.get_content()
    assert [post.channel for post in store.outbox.list_undelivered(())][-1] == 77


async def test_codes_are_seldom(act, person, ann, server, sender, now):
    """Nobody's mailbox is filled: not by taking back what was asked, nor by several people."""
    act(subscriptions.subscribe, Acting(GUILD, person(8), now), 78, time(12, 30), None)
    for minutes in range(0, 24 * 60, 2):
        sender.at = now + timedelta(minutes=minutes)
        who = replace(ann, now=sender.at, person=person(7 + minutes % 4 // 2))
        with suppress(Refused):
            act(mail.ask_for_mail, who, ADDRESS if minutes % 8 else ADDRESS.upper())
            await sender.send_due()
            act(mail.end_mail, GUILD, who.person.discord_id)

    assert len(server.taken) == CODES_A_DAY
    assert act(mail.ask_for_mail, replace(ann, now=now + 2 * DAY), ADDRESS)


async def test_one_asks_for_many(act, ann):
    """Nor does one member have codes sent to everybody."""
    act(mail.ask_for_mail, ann, ADDRESS)
    act(mail.end_mail, GUILD, 7)

    with refuses(Refused, "asked"):
        act(mail.ask_for_mail, ann, "bob@example.org")


async def test_digest_by_mail(act, store, ann, server, sender, make_claim, now):
    """A confirmed address gets the digest instead: what Discord would show, as text and as HTML."""
    make_claim("The bridge <b>is</b> closed")
    assert (await confirm(act, ann, server, sender)).confirmed_at
    member = store.teams.find_member(1, 7)

    act(subscriptions.make_personal_digest, member, ann.person, now + DAY)
    sender.at = now + DAY
    await sender.send_due()

    sent = server.taken[-1]
    text = sent.get_body(("plain",)).get_content()
    page = sent.get_body(("html",)).get_content()
    assert 77 not in [post.channel for post in store.outbox.list_undelivered(())]
    assert "bridge <b>is</b> closed" in text
    assert "bridge &lt;b&gt;is&lt;/b&gt; closed" in page
    assert "src=" not in page
    token = store.mail.of(member).token
    assert sent["List-Unsubscribe"] == f"<mailto:desk@example.org?subject=unsubscribe%20{token}>"
    assert "List-Unsubscribe-Post" not in sent
    assert token in text
    assert token in page
    digest, _ = subscriptions.compose_run(store, 1, now + DAY)
    embed = personal_embed(digest, "The Newsroom", translator_for("en"))
    assert sent["Subject"] == embed.title


async def test_one_click(act, store, ann, server, sender, make_claim, now):
    """With an address of the host's, one click ends it, as RFC 8058 has it."""
    make_claim("The bridge is closed")
    await confirm(act, ann, server, sender)
    config = sender._config
    sender._config = MailConfig(
        config.host,
        config.port,
        config.security,
        "",
        "",
        config.sender,
        "https://desk.example/u?t=",
    )
    member = store.teams.find_member(1, 7)
    act(subscriptions.make_personal_digest, member, ann.person, now + DAY)
    sender.at = now + DAY
    await sender.send_due()

    sent, token = server.taken[-1], store.mail.of(member).token
    assert sent["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert sent["List-Unsubscribe"].startswith(f"<https://desk.example/u?t={token}>, <mailto:")
    act(mail.unsubscribe_by_token, token)
    assert store.subscriptions.of(member) is None
    assert store.mail.of(member) is None
    with refuses(NotFound):
        act(mail.unsubscribe_by_token, token)


async def test_wrong_codes(act, ann, server, sender):
    """A few wrong codes end it: nobody confirms an address by guessing."""
    act(mail.ask_for_mail, ann, ADDRESS)
    await sender.send_due()
    code = server.taken[-1]["Subject"].split()[0]
    for _ in range(5):
        with refuses(BadInput, "wrong-code"):
            mail.require_confirmed(act(mail.confirm_mail, ann, "AAAAAAAA"))

    assert act(mail.confirm_mail, ann, code).confirmed_at is None


async def test_old_code(act, ann, server, sender, now):
    """A code is good for a day."""
    act(mail.ask_for_mail, ann, ADDRESS)
    await sender.send_due()
    code = server.taken[-1]["Subject"].split()[0]
    late = Acting(GUILD, ann.person, now + 2 * DAY)

    assert act(mail.confirm_mail, late, code).confirmed_at is None


def test_no_flood(act, ann, person, now):
    """Nobody's mailbox is filled: one code in ten minutes, and only for who has a digest."""
    act(mail.ask_for_mail, ann, ADDRESS)
    with refuses(Refused, "asked"):
        act(mail.ask_for_mail, ann, "other@example.org")
    with refuses(NotFound):
        act(mail.ask_for_mail, Acting(GUILD, person(8), now), ADDRESS)


async def test_retried(act, ann, server, sender, now):
    """A mail that no server takes is tried again, and dropped after three days."""
    act(mail.ask_for_mail, ann, ADDRESS)
    server.down = True
    assert await sender.send_due() == 0
    assert await sender.send_due() == 0
    server.down = False
    sender.at = now + timedelta(minutes=5)

    assert await sender.send_due() == 1

    act(mail.ask_for_mail, Acting(GUILD, ann.person, now + DAY), ADDRESS)
    server.down = True
    sender.at = now + DAY + GIVEN_UP + DAY
    await sender.send_due()
    server.down = False
    sender.at += DAY
    assert await sender.send_due() == 0


@pytest.mark.parametrize("gone", [False, True])
async def test_right_lost_while_it_waits(act, store, ann, server, sender, make_claim, now, gone):
    """A digest that no server took for a day doesn't go to who may read no claims by then."""
    make_claim("The bridge is closed")
    await confirm(act, ann, server, sender)
    member = store.teams.find_member(1, 7)
    act(subscriptions.make_personal_digest, member, ann.person, now + DAY)
    server.down, sender.at = True, now + DAY
    assert await sender.send_due() == 0

    server.down, sender.at = False, now + 2 * DAY
    sender.people[7] = None if gone else replace(ann.person, sees=lambda _: False)

    assert await sender.send_due() == 0
    assert len(server.taken) == 1
    sender.people.clear()
    assert await sender.send_due() == 0


@pytest.mark.parametrize("way", ["unsubscribe", "forget", "leave", "mail"])
async def test_ends(act, store, ann, server, sender, now, way):
    """Unsubscribing, being forgotten and leaving take the address away, with what is under way."""
    await confirm(act, ann, server, sender)
    member = store.teams.find_member(1, 7)
    store.mail.queue_digest(member, None, now)
    ways = {
        "unsubscribe": lambda: act(subscriptions.unsubscribe, GUILD, 7),
        "forget": lambda: act(privacy.forget_member, GUILD, 7, now),
        "leave": lambda: act(subscriptions.make_personal_digest, member, None, now),
        "mail": lambda: act(mail.end_mail, GUILD, 7),
    }

    ways[way]()

    assert store.mail.of(member) is None
    assert store.mail.due(now + DAY) == ()
    assert (store.subscriptions.of(member) is None) == (way != "mail")
