"""What Discord accepts of threads, of a forum's posts, and of the tags that posts bear."""

from bot.sandbox.ids import Json
from bot.sandbox.rules.codes import FORUMS, ChannelFlag
from bot.sandbox.rules.forms import FormErrors
from bot.sandbox.rules.refusals import (
    archived_thread,
    missing_permissions,
    tag_names_repeat,
    tag_needed,
    too_many_tags,
    unknown_tag,
)

NAME_LENGTH = 100
TAG_LENGTH = 20
TAGS_OF_FORUM = 20
TAGS_OF_POST = 5
REST_MINUTES = (60, 1440, 4320, 10080)
_OF_CREATOR = frozenset({"name", "archived", "auto_archive_duration", "applied_tags"})
"""What whoever opened a thread may change of it; the rest takes Manage Threads."""


def check_thread(form: Json, *, new: bool) -> None:
    """A thread's own fields, as they are created or changed."""
    checked = FormErrors()
    if new or "name" in form:
        checked.text(("name",), form.get("name"), NAME_LENGTH, 1, needed=True)
    rest = form.get("auto_archive_duration")
    if rest is not None:
        checked.choice(("auto_archive_duration",), rest, REST_MINUTES)
    checked.most(("applied_tags",), form.get("applied_tags") or [], TAGS_OF_POST)
    checked.settle()


def check_applied(forum: Json, tags: list[str], *, manages: bool) -> None:
    """The tags of a post are the forum's own; some only moderators may give, some forums ask."""
    known = {tag["id"]: tag for tag in forum.get("available_tags", ())}
    if any(str(tag) not in known for tag in tags):
        raise unknown_tag()
    if not manages and any(known[str(tag)]["moderated"] for tag in tags):
        raise missing_permissions()
    if not tags and forum["type"] in FORUMS and forum["flags"] & ChannelFlag.REQUIRE_TAG:
        raise tag_needed()


def check_available(tags: list[Json]) -> None:
    """The tags that a forum offers."""
    if len(tags) > TAGS_OF_FORUM:
        raise too_many_tags()
    form = FormErrors()
    for i, tag in enumerate(tags):
        form.text(("available_tags", i, "name"), tag.get("name"), TAG_LENGTH, 1, needed=True)
    form.settle()
    names = [tag["name"].casefold() for tag in tags]
    if len(set(names)) < len(names):
        raise tag_names_repeat()


def check_change(thread: Json, form: Json, *, manages: bool, talks: bool, own: bool) -> None:
    """Refuse a change of a thread that isn't theirs to make: `talks` may send, `own` opened it."""
    about = thread["thread_metadata"]
    opening = form.get("archived") is False
    if about["archived"] and form and not opening:
        raise archived_thread()
    if not manages:
        wanted = {key for key in form if form[key] is not None}
        allowed = _OF_CREATOR if own else frozenset({"archived"} if opening and talks else ())
        if not wanted <= allowed or (about["locked"] and opening):
            raise missing_permissions()
    check_thread(form, new=False)
