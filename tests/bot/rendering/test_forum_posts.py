"""What a forum lists of a claim's post: its title, its tag, whether it is closed."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.i18n.translator import LANGUAGES, translator_for
from bot.rendering.forum_posts import (
    TAG,
    TAGS,
    TITLE,
    ForumPost,
    StatusTag,
    claim_post_title,
    describe_post,
    rename_tags,
)
from tests.builders import build_claim, build_team
from workflows.claims import Status, Verdict
from workflows.desk.claim_views import ClaimView
from workflows.voting import Missing


@pytest.mark.parametrize("language", LANGUAGES)
def test_tag_names(language):
    """In every language each tag has a name of its own, of 20 characters at most."""
    names = [translator_for(language).text(TAGS[tag]) for tag in StatusTag]

    assert len({name.casefold() for name in names}) == len(StatusTag)
    assert all(0 < len(name) <= TAG for name in names)


@pytest.mark.parametrize(
    ("status", "missing", "tag"),
    [
        (Status.UNREVIEWED, Missing(votes=3), StatusTag.NEEDS_VOTES),
        (Status.IN_REVIEW, Missing(votes=1), StatusTag.NEEDS_VOTES),
        (
            Status.IN_REVIEW,
            Missing(votes=1, evidence={Verdict.SUPPORTED: 1}),
            StatusTag.NEEDS_VOTES,
        ),
        (Status.IN_REVIEW, Missing(evidence={Verdict.SUPPORTED: 1}), StatusTag.NEEDS_SOURCE),
        (Status.CONFLICTING, Missing(), StatusTag.CONFLICTING),
        (Status.SUPPORTED, Missing(), StatusTag.SUPPORTED),
        (Status.REFUTED, Missing(), StatusTag.REFUTED),
        (Status.NOT_ENOUGH_EVIDENCE, Missing(), StatusTag.CANNOT_TELL),
        (Status.DROPPED, Missing(), None),
        (Status.DUPLICATE, Missing(), None),
    ],
)
def test_tag_of_a_claim(status, missing, tag):
    """The tag says where a claim stands, or what it needs first."""
    claim = build_claim()
    claim = replace(claim, state=replace(claim.state, status=status))

    post = describe_post(ClaimView(build_team(), claim, (), (), missing))

    assert post.tag is tag
    assert post.closed is (status in (Status.DROPPED, Status.DUPLICATE))


@given(st.text(min_size=1, max_size=300))
def test_title(words):
    """Whatever a claim says, its title is one line of at most 100 characters, with its number."""
    title = claim_post_title(build_claim(words=words))

    assert title.startswith("#")
    assert len(title) <= TITLE
    assert "\n" not in title


@given(st.text(max_size=120), st.sampled_from([*StatusTag, None]), st.booleans())
def test_kept_state(title, tag, closed):
    """What was kept of a post is found unchanged, and each change by its name."""
    post = ForumPost(title, "en", tag, closed)

    assert post.find_changes(post.state) == frozenset()
    assert post.find_changes(replace(post, closed=not closed).state) == {"closed"}
    assert post.find_changes(replace(post, title=f"{title}!").state) == {"title"}
    assert "tag" in post.find_changes(None)


def test_tags_renamed():
    """Tags named in another language are ours, and are renamed; the others are left alone."""
    ko = translator_for("ko")
    names = [*map(ko.text, (TAGS[StatusTag.SUPPORTED], TAGS[StatusTag.REFUTED])), "Harbour"]

    renamed, lacking = rename_tags(names, translator_for("en"))

    assert renamed == {names[0]: "Supported", names[1]: "Refuted"}
    assert lacking == ["Needs votes", "Needs a source", "Conflicting", "Can't tell"]
