"""Members' own digests by mail: at an address they confirmed, until they want it no longer."""

from datetime import datetime

from workflows.desk.claim_views import get_team
from workflows.errors import BadInput, NotFound
from workflows.mail import (
    CODE_LIVES,
    GIVEN_UP,
    MailAddress,
    QueuedMail,
    find_next_try,
    make_code,
    normalize_code,
    read_address,
    require_seldom,
)
from workflows.store.claim_store import ClaimStore
from workflows.teams import Acting, require_voter


def ask_for_mail(store: ClaimStore, acting: Acting, typed: str) -> str:
    """Send a code to an address, at which this person wants their own digest; return the address.

    Raises NotFound for who has no digest of their own, NotAllowed, BadInput for no address, and
    Refused where a code went out just now.
    """
    team = get_team(store, acting.guild)
    require_voter(team, acting.person)
    address = read_address(typed)
    member = store.teams.member(team.id, acting.person.discord_id, acting.now)
    if store.subscriptions.of(member) is None:
        raise NotFound("You don't have your own digest here. Get one with `/digest subscribe`.")
    require_seldom(store.mail.list_asked(member, address, acting.now - CODE_LIVES), acting.now)
    store.mail.ask(team.id, member, address, make_code(), acting.now)
    return address


def confirm_mail(store: ClaimStore, acting: Acting, typed: str) -> MailAddress:
    """Have digests go to the address that this code was sent to.

    A wrong code counts, so that nobody tries them all. Raises NotFound.
    """
    team = get_team(store, acting.guild)
    member = store.teams.find_member(team.id, acting.person.discord_id)
    asked = store.mail.of(member) if member else None
    if member is None or asked is None:
        raise NotFound("No code was sent to you. Ask for one with `/digest mail`.")
    store.mail.confirm(member, normalize_code(typed), acting.now)
    return store.mail.of(member) or asked


def require_confirmed(address: MailAddress) -> None:
    """Raise BadInput for an address whose code was wrong or too old."""
    if address.confirmed_at is None:
        raise BadInput(
            "This isn't the code, or it's too old. Try again, or ask for a new one with"
            " `/digest mail`.",
            code="wrong-code",
        )


def end_mail(store: ClaimStore, guild: int, discord_id: int) -> None:
    """Have one's own digest come by direct message again. Raises NotFound."""
    team = get_team(store, guild)
    member = store.teams.find_member(team.id, discord_id)
    if member is None or store.mail.of(member) is None:
        raise NotFound("Your digest doesn't come by mail.")
    store.mail.remove(member)


def unsubscribe_by_token(store: ClaimStore, token: str) -> None:
    """End the digest that a mail came with; nobody is asked who they are. Raises NotFound."""
    address = store.mail.with_token(token)
    if address is None:
        raise NotFound("No subscription has this token; it may have ended already.")
    store.subscriptions.remove(address.member)
    store.mail.remove(address.member)


def list_due(store: ClaimStore, now: datetime) -> tuple[QueuedMail, ...]:
    """Return the mails that may be sent now, oldest first."""
    return store.mail.due(now)


def keep_sent(store: ClaimStore, mail: QueuedMail) -> None:
    """A server took the mail."""
    store.mail.finish(mail)


def keep_failure(store: ClaimStore, mail: QueuedMail, now: datetime) -> None:
    """No server took it: it is tried later, and dropped after three days."""
    store.mail.postpone(mail, find_next_try(mail.attempts, now))
    store.mail.drop_older(now - GIVEN_UP)


def find_team_of(store: ClaimStore, mail: QueuedMail) -> tuple[int, str]:
    """Return the server and the language of whom a mail goes to."""
    team = store.teams.get(mail.to.team)
    wanted = store.subscriptions.of(mail.to.member)
    return team.settings.guild, wanted.language if wanted else team.settings.language
