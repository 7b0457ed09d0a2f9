"""What a forum shows of a post before anybody opens it: its title and its status tag.

Values in, names out.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

from bot.i18n.escaping import fit_label
from bot.i18n.labels import gettext_noop
from bot.i18n.translator import LANGUAGES, Translator, translator_for
from workflows.claims import Claim, Status
from workflows.desk.claim_views import ClaimView

TITLE = 100
"""Characters of a post's or a thread's name."""
TAG = 20
"""Characters of a tag's name."""
TAGS_OF_FORUM = 20
TAGS_OF_POST = 5


class StatusTag(StrEnum):
    """What a claim's post is tagged with: where the claim stands, or what it needs."""

    NEEDS_VOTES = "needs_votes"
    NEEDS_SOURCE = "needs_source"
    CONFLICTING = "conflicting"
    SUPPORTED = "supported"
    REFUTED = "refuted"
    CANNOT_TELL = "cannot_tell"


TAGS: Mapping[StatusTag, str] = MappingProxyType(
    {
        StatusTag.NEEDS_VOTES: gettext_noop("Needs votes"),
        StatusTag.NEEDS_SOURCE: gettext_noop("Needs a source"),
        StatusTag.CONFLICTING: gettext_noop("Conflicting"),
        StatusTag.SUPPORTED: gettext_noop("Supported"),
        StatusTag.REFUTED: gettext_noop("Refuted"),
        StatusTag.CANNOT_TELL: gettext_noop("Can't tell"),
    }
)
"""Each tag's name, which Discord limits to 20 characters."""
_OF_STATUS = {
    Status.CONFLICTING: StatusTag.CONFLICTING,
    Status.SUPPORTED: StatusTag.SUPPORTED,
    Status.REFUTED: StatusTag.REFUTED,
    Status.NOT_ENOUGH_EVIDENCE: StatusTag.CANNOT_TELL,
    Status.UNREVIEWED: StatusTag.NEEDS_VOTES,
}
_OUT = frozenset({Status.DROPPED, Status.DUPLICATE})


@dataclass(frozen=True, slots=True)
class ForumPost:
    """A post as a forum lists it. `closed`: locked and archived. `tag`: None for no claim's."""

    title: str
    language: str
    tag: StatusTag | None = None
    closed: bool = False

    @property
    def state(self) -> str:
        """Return all of it in one text, to be kept and compared with."""
        return "\n".join((self.tag or "", str(int(self.closed)), self.title))

    def find_changes(self, state: str | None) -> frozenset[str]:
        """Return what is otherwise than in a kept text: title, tag, closed; all without one."""
        tag, closed, title = (state or "?\n\n").split("\n", 2)
        same = {
            "title": title == self.title,
            "tag": tag == (self.tag or ""),
            "closed": closed == str(int(self.closed)),
        }
        return frozenset(name for name, is_same in same.items() if not is_same)


def describe_post(shown: ClaimView) -> ForumPost:
    """Return the post of a claim as it is to be now."""
    state = shown.claim.state
    closed = state.settled_at is not None or state.status in _OUT
    return ForumPost(
        claim_post_title(shown.claim), shown.team.settings.language, find_tag(shown), closed
    )


def find_tag(shown: ClaimView) -> StatusTag | None:
    """Return where a claim stands, or what it needs; None for one that is out of the team's way."""
    status = shown.claim.state.status
    if status is Status.IN_REVIEW:
        needs_source = not shown.missing.votes and shown.missing.evidence
        return StatusTag.NEEDS_SOURCE if needs_source else StatusTag.NEEDS_VOTES
    return _OF_STATUS.get(status)


def claim_post_title(claim: Claim) -> str:
    """Return the number and the claim, in the plain words that a title takes."""
    number = f"#{claim.number} · "
    return number + fit_label(claim.words, TITLE - len(number))


def find_named(names: Collection[str], tag: StatusTag) -> str | None:
    """Return which of a forum's tags is this one, in whatever language it was named."""
    known = {translator_for(language).text(TAGS[tag]).casefold() for language in LANGUAGES}
    return next((name for name in names if name.casefold() in known), None)


def rename_tags(names: Collection[str], tr: Translator) -> tuple[dict[str, str], list[str]]:
    """Return which tags of a forum bear another language's names, with ours, and which lack."""
    renamed: dict[str, str] = {}
    lacking: list[str] = []
    for tag in StatusTag:
        wanted = tr.text(TAGS[tag])
        found = find_named(names, tag)
        if found is None:
            lacking.append(wanted)
        elif found.casefold() != wanted.casefold():
            renamed[found] = wanted
    return renamed, lacking
