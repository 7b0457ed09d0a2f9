"""A digest is readable, fits into one message, and lets nothing from outside break out."""

import re
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from html.parser import HTMLParser
from types import SimpleNamespace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from bot.i18n.escaping import cut, plain
from bot.i18n.translator import translator_for
from bot.rendering.charts import Picture
from bot.rendering.digest_formats import digest_html, digest_markdown, digest_text
from bot.rendering.digest_page import HEADINGS
from bot.rendering.digests import digest_embeds, is_digest
from tests.builders import build_team
from workflows.claims import ClaimState, EvidenceCounts, Grade, Hedge, Status, Tally
from workflows.digest.sections import CardLink, Entry, Section, SectionEntries, Window
from workflows.digest.team_digest import Digest, Headline

WORDS = translator_for("en")
MADE = datetime(2026, 11, 23, 8, tzinfo=UTC)
BEFORE = MADE - timedelta(days=1)
TEAM = build_team(at=BEFORE, guild=111)
ENTRY = Entry(
    number=15,
    words="North Korea has sent its largest contingent abroad",
    source="the BBC",
    hedge=Hedge.REPORTED,
    document="A document",
    link=CardLink(222, 4711),
    check_worthiness=0.8,
    state=ClaimState(Status.IN_REVIEW, BEFORE),
    was=None,
    votes=2,
    tally=None,
    sources=0,
    votes_missing=1,
    sources_missing=1,
)
HELD_ENTRY = replace(
    ENTRY,
    state=ClaimState(
        Status.SUPPORTED, BEFORE, settles_at=MADE + timedelta(hours=4), tally_shown=True
    ),
    votes=3,
    tally=Tally(3, 2, 1, 0),
    sources=2,
    votes_missing=0,
    sources_missing=0,
)
DIGEST = Digest(
    team=TEAM,
    local_date=date(2026, 11, 23),
    covers=Window(BEFORE, MADE),
    made_at=MADE,
    due_at=MADE,
    headline=Headline(decided=1, changed=0, open=7, one_vote_away=1),
    listings=(
        SectionEntries(Section.DECIDED, (HELD_ENTRY,)),
        SectionEntries(Section.ONE_VOTE_AWAY, (ENTRY,), more=12),
    ),
    overdue=0,
    unresolved=0,
    shelved=0,
    skipped=(),
)
CARD = "https://discord.com/channels/111/222/4711"
ESCAPED = re.compile(r"\\.", re.DOTALL)
OUR_LINK = re.compile(r"^\[\*\*#\d+\*\*\]\(https://discord\.com/channels/\d+/\d+/\d+\) ")


def shown(digest: Digest) -> str:
    return "\n".join(embed.description for embed in digest_embeds(digest, WORDS))


def listing(*entries: Entry, section: Section = Section.NEEDS_VOTES, more: int = 0) -> Digest:
    return replace(DIGEST, listings=(SectionEntries(section, entries, more),))


# ------------------------------------------------------------------------------- what is read


def test_names_itself():
    """A digest names itself and its day."""
    assert digest_embeds(DIGEST, WORDS)[0].title == "Daily digest · Nov 23, 2026"
    assert digest_text(DIGEST, WORDS).startswith("Daily digest · Nov 23, 2026\n")


def test_request_names_itself():
    """A digest that somebody asked for names itself too."""
    asked_for = replace(DIGEST, due_at=None)

    assert digest_embeds(asked_for, WORDS)[0].title == "Digest · Nov 23, 2026"


def test_first_line():
    """The first line says what matters."""
    assert shown(DIGEST).splitlines()[0] == "**1 decided, 7 open, and 1 needs one more vote**"


def test_two_lines_each():
    """Each claim has two lines with a link to its card."""
    lines = shown(DIGEST).splitlines()
    at = lines.index("**One vote away**")

    assert lines[at + 1 : at + 4] == [
        f"[**#15**]({CARD}) North Korea has sent its largest contingent abroad",
        "-# the BBC · reported · 2 of 3 votes",
        "-# and 12 more: `/claim list`",
    ]


def test_verdict_details():
    """A verdict comes with its votes, its sources, and when it settles."""
    lines = shown(DIGEST).splitlines()
    settles = int((MADE + timedelta(hours=4)).timestamp())

    assert lines[lines.index("**Decided**") + 2] == (
        "-# Provisionally supported · ✅ 2 ❌ 1 · 2 sources"
        f" · settles <t:{settles}:R> · the BBC · reported"
    )


def test_by_moderator():
    """A verdict that a moderator settled is told as theirs."""
    entry = replace(HELD_ENTRY, by_moderator=True, tally=None, sources=0)
    digest = replace(DIGEST, listings=(SectionEntries(Section.DECIDED, (entry,)),))

    assert "-# Provisionally supported · settled by a moderator · " in shown(digest)


def test_three_grades():
    """The grades of sources are named, three at most."""
    graded = replace(HELD_ENTRY, grades=(Grade("A", 1), Grade("B", 2)))
    many = replace(HELD_ENTRY, sources=5, grades=(Grade("A", 1),) * 4)

    assert "· 2 sources (A1, B2) ·" in shown(listing(graded, section=Section.DECIDED))
    assert "· 5 sources (A1, A1, A1, …) ·" in shown(listing(many, section=Section.DECIDED))


def test_missing_sources():
    """A claim that lacks only sources says how many, unless it is just one."""
    lacking = replace(ENTRY, votes_missing=0, sources_missing=2)

    assert "2 sources missing" in shown(listing(lacking, section=Section.NEEDS_SOURCE))
    assert "missing" not in shown(
        listing(replace(lacking, sources_missing=1), section=Section.NEEDS_SOURCE)
    ).replace("Only needs a source", "")


def test_one_document_together():
    """Claims of one document stand together under its title."""
    together = [replace(ENTRY, number=n, document_id=7, document="The *first*") for n in (1, 2)]
    alone = replace(ENTRY, number=3, document_id=8, document="The second")

    lines = shown(listing(*together, alone)).splitlines()

    assert lines[lines.index("**Needs votes**") + 1 :] == [
        r"-# 📄 The \*first\*",
        f"> [**#1**]({CARD}) North Korea has sent its largest contingent abroad",
        "> -# the BBC · reported · 2 of 3 votes",
        f"> [**#2**]({CARD}) North Korea has sent its largest contingent abroad",
        "> -# the BBC · reported · 2 of 3 votes",
        f"[**#3**]({CARD}) North Korea has sent its largest contingent abroad",
        "-# the BBC · reported · 2 of 3 votes",
    ]


def test_change_of_mind():
    """A change of mind names the verdict before."""
    entry = replace(HELD_ENTRY, was=Status.REFUTED)

    assert "Provisionally supported (was: Refuted)" in shown(
        listing(entry, section=Section.CHANGED)
    )


def test_conflict():
    """A conflict says what divides the team."""
    state = ClaimState(Status.CONFLICTING, BEFORE, tally_shown=True)
    entry = replace(
        HELD_ENTRY,
        state=state,
        tally=Tally(4, 2, 2, 0),
        sources=0,
        divided=EvidenceCounts(1, 3),
    )
    without = replace(entry, divided=EvidenceCounts())

    assert "-# ✅ 2 ❌ 2 · sources: 1 for, 3 against · the BBC" in shown(
        listing(entry, section=Section.CONFLICTING)
    )
    assert "❌ 2 · no sources · the BBC" in shown(listing(without, section=Section.CONFLICTING))


def test_document_as_source():
    """A claim without a source is its document's."""
    assert "-# A document · reported" in shown(listing(replace(ENTRY, source=None)))


def test_no_card_no_link():
    """A claim without a card has no link."""
    assert "\n**#15** North" in shown(listing(replace(ENTRY, link=None)))


def test_one_line():
    """A claim of which nothing more is known has one line."""
    bare = replace(
        ENTRY,
        words="\u200b",
        source="\u200b",
        document=" ",
        hedge=None,
        votes_missing=0,
        sources_missing=0,
    )

    assert shown(listing(bare)).endswith(f"\n[**#15**]({CARD})")


def test_no_verdict_before_quorum():
    """Before the quorum no verdict is named."""
    text = shown(listing(ENTRY)) + digest_text(listing(ENTRY), WORDS)

    assert not any(word in text for word in ("Supported", "Refuted", "tell", "✅", "❌", "❔"))


@pytest.mark.parametrize(
    ("days", "said"),
    [
        ((22,), "No digest was posted on Nov 22, 2026."),
        ((21, 22), "No digest was posted on Nov 21, 2026 and Nov 22, 2026."),
        ((18, 19, 20, 21), "4 digests between Nov 18, 2026 and Nov 21, 2026 were skipped."),
    ],
)
def test_skipped_days(days, said):
    """Skipped days are named."""
    skipped = tuple(date(2026, 11, day) for day in days)

    assert f"-# {said}\n" in shown(replace(DIGEST, skipped=skipped))


def test_late_digest():
    """A late digest says when it was due."""
    due = MADE - timedelta(hours=2)

    assert f"it was due <t:{int(due.timestamp())}:f>" in shown(replace(DIGEST, due_at=due))


def test_one_line_counts():
    """Overdue, unresolved and shelved claims are one line each."""
    lines = shown(replace(DIGEST, overdue=2, unresolved=1, shelved=30)).splitlines()

    assert lines[-3:] == [
        "**2 claims are overdue: open for more than 7 days.**",
        "-# 1 claim is unresolved: nobody can tell yet.",
        "-# 30 claims are on the shelf.",
    ]


def test_empty_digest():
    """A digest with nothing in it says so."""
    empty = replace(DIGEST, headline=Headline(0, 0, 0, 0), listings=())

    assert shown(empty).startswith("**There is nothing to report.**")


def test_terminal():
    """The terminal reads the same, without markup and in the team's own time."""
    text = digest_text(listing(replace(ENTRY, words="*so* [it](http://x) is"), more=3), WORDS)

    assert text.splitlines()[1:] == [
        "1 decided, 7 open, and 1 needs one more vote",
        f"    Since {WORDS.moment(BEFORE.astimezone(TEAM.settings.timezone))}",
        "",
        "Needs votes",
        "  #15 *so* [it](http://x) is",
        "    the BBC · reported · 2 of 3 votes",
        "    and 3 more",
    ]


def test_recognised_again():
    """A digest is recognised among other messages."""
    embeds = digest_embeds(DIGEST, WORDS)
    other = replace(DIGEST, covers=Window(BEFORE, MADE + timedelta(minutes=1)))

    assert is_digest(SimpleNamespace(embeds=embeds), DIGEST)
    assert not is_digest(SimpleNamespace(embeds=embeds), other)
    assert not is_digest(SimpleNamespace(embeds=[]), DIGEST)


# ------------------------------------------------------------------------- whatever is in it


def units(text: str) -> int:
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def require_fitting(digest: Digest) -> None:
    embeds = digest_embeds(digest, WORDS)
    assert 1 <= len(embeds) <= 10
    assert sum(len(embed) for embed in embeds) <= 6000
    for embed in embeds:
        assert len(embed.title or "") <= 256
        assert 0 < units(embed.description) <= 4096
        assert embed.description == embed.description.strip()


tricks = st.sampled_from(
    (
        "](https://evil.example)",
        "[click](https://evil.example)",
        "@everyone",
        "@here",
        "<@123>",
        "<@&123>",
        "<#123>",
        "</a:1>",
        "<t:0:R>",
        "<:e:1>",
        "**",
        "~~",
        "||",
        "```",
        "`",
        "\\",
        "\n",
        "\r\n# ",
        "\u2028",
        "\u202e",
        "> ",
        "-# ",
        "- ",
        "1. ",
        "https://evil.example",
        "a\u0301\u0301\u0301\u0301\u0301",
        "𝕏",
        "\U0001f469\u200d\U0001f680",
    )
)
texts = st.lists(st.one_of(st.text(max_size=40), tricks), max_size=12).map("".join)
long_texts = st.one_of(
    texts, st.sampled_from(("𝕏", "[", "*", "://", "\\", "字", "ab ")).map(lambda mark: mark * 4000)
)
standings = st.builds(
    ClaimState,
    st.sampled_from(list(Status)),
    st.just(BEFORE),
    settles_at=st.sampled_from((None, MADE)),
    settled_at=st.sampled_from((None, MADE)),
)
entries = st.builds(
    Entry,
    number=st.integers(1, 10**9),
    words=long_texts,
    source=st.one_of(st.none(), long_texts),
    hedge=st.one_of(st.none(), st.sampled_from(list(Hedge))),
    document=st.one_of(st.none(), long_texts),
    link=st.one_of(st.none(), st.just(CardLink(2**63 - 1, 2**63 - 1))),
    check_worthiness=st.just(0.5),
    state=standings,
    was=st.sampled_from((None, Status.SUPPORTED, Status.REFUTED)),
    votes=st.integers(0, 1000),
    tally=st.one_of(st.none(), st.just(Tally(9, 1, 4, 4))),
    sources=st.integers(0, 100),
    votes_missing=st.integers(0, 1000),
    sources_missing=st.integers(0, 100),
    document_id=st.sampled_from((None, 1, 2)),
    grades=st.sampled_from(((), (Grade("B", 2),) * 5)),
    divided=st.sampled_from((None, EvidenceCounts(3, 2))),
)
listings = st.lists(
    st.builds(
        SectionEntries,
        st.sampled_from(list(Section)),
        st.lists(entries, min_size=1, max_size=10).map(tuple),
        st.integers(0, 10**6),
    ),
    max_size=len(Section),
    unique_by=lambda each: each.section,
).map(tuple)
numbers = st.integers(0, 10**6)
contents = st.builds(
    Digest,
    team=st.just(TEAM),
    local_date=st.just(MADE.date()),
    covers=st.just(Window(BEFORE, MADE)),
    made_at=st.just(MADE),
    due_at=st.sampled_from((None, MADE, BEFORE)),
    headline=st.builds(Headline, numbers, numbers, numbers, numbers),
    listings=listings,
    overdue=numbers,
    unresolved=numbers,
    shelved=numbers,
    skipped=st.integers(0, 400).map(
        lambda days: tuple(MADE.date() - timedelta(days=day) for day in range(days, 0, -1))
    ),
)


@settings(max_examples=40, deadline=None)
@given(contents)
def test_any_digest_fits(digest):
    """Any digest fits into one message."""
    require_fitting(digest)


@pytest.mark.parametrize("mark", ["𝕏", "[", "://", "@everyone ", "<@1>"])
def test_longest_digest(mark):
    """The longest digest fits and counts what it does not name."""
    entry = replace(
        HELD_ENTRY, words=mark * 500, source=mark * 500, link=CardLink(2**63 - 1, 2**63 - 1)
    )
    full = replace(
        DIGEST,
        listings=tuple(SectionEntries(section, (entry,) * 10, more=5) for section in Section),
    )

    require_fitting(full)

    lines = shown(full).splitlines()
    named = sum(line.startswith("[**#") for line in lines)
    more = sum(
        int(found[1])
        for line in lines
        if (found := re.match(r"-# and (\d+) more: `/claim list`", line))
    )
    assert named >= 8
    assert named + more == 15 * len(Section)


@settings(max_examples=150, deadline=None)
@given(entries, st.sampled_from(list(Section)))
def test_claim_stays_inside(entry, section):
    """Nothing in a claim breaks out of its two lines."""
    lines = shown(listing(entry, section=section)).splitlines()
    first, *more = lines[lines.index("**" + HEADINGS[section] + "**") + 1 :]
    second = "".join(more)

    assert len(more) <= 1
    assert (OUR_LINK if entry.link else re.compile(r"^\*\*#\d+\*\* ")).match(first + " ")
    assert second.startswith("-# ") or not more
    words = ESCAPED.sub("", OUR_LINK.sub("", first + " ").removeprefix(f"**#{entry.number}** "))
    rest = ESCAPED.sub("", re.sub(r"<t:\d+:[fR]>", "", second.removeprefix("-#")))
    rest = re.sub(r"\(was: [\w' ]+\)|sources? \(B2[^)]*\)", "", rest)
    for text in (words, rest):
        assert not set(text) & set("[]()<>*_`~|#")
        assert "://" not in text
        assert not re.search("@(everyone|here)", text)
        assert not set(text) & set("\u202e\u2028\u2066\r")


@settings(max_examples=60, deadline=None)
@given(entries, long_texts)
def test_title_stays_inside(entry, title):
    """Nothing in a document's title breaks out of its group."""
    together = [replace(entry, number=n, document_id=7, document=title) for n in (1, 2)]

    lines = shown(listing(*together)).splitlines()

    first = lines.index("**Needs votes**") + 1
    if not plain(title):
        assert lines[first].startswith(("[**#1**]", "**#1**"))
        return
    assert lines[first].startswith("-# 📄 ")
    assert not set(ESCAPED.sub("", lines[first].removeprefix("-# "))) & set("[]()<>*_`~|#")
    assert all(line.startswith("> ") for line in lines[first + 1 :])
    assert sum(line.startswith(("> [**#", "> **#")) for line in lines[first:]) == 2


# ------------------------------------------------------------------- outside Discord

MARKDOWN = MarkdownIt("commonmark").enable(["table", "strikethrough"])


class Read(HTMLParser):
    """The text of a page, the addresses it leads to, and its tags."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.text, self.links, self.tags = "", [], []
        self.feed(page)
        self.text = " ".join(self.text.split())

    def handle_starttag(self, tag, attrs):
        self.tags.append(tag)
        self.links += [value for name, value in attrs if name in ("href", "src")]

    def handle_data(self, data):
        self.text += data


def read_text(text: str, most: int) -> str:
    return " ".join(cut(plain(text), most).split())


@settings(max_examples=80, deadline=None)
@given(entries, st.sampled_from(list(Section)))
def test_markdown_is_safe(entry, section):
    """Nothing in a claim breaks the Markdown."""
    page = Read(MARKDOWN.render(digest_markdown(listing(entry, section=section), WORDS)))

    assert read_text(entry.words, 120) in page.text
    assert set(page.tags) <= {"h1", "h2", "p", "strong", "ul", "li", "a", "br"}
    assert page.tags.count("li") == 1
    assert all(link.startswith("https://discord.com/channels/111/") for link in page.links)


@settings(max_examples=80, deadline=None)
@given(entries, st.sampled_from(list(Section)))
def test_html_is_safe(entry, section):
    """Nothing in a claim breaks the HTML page."""
    digest = listing(entry, section=section)
    plain_page = Read(digest_html(listing(replace(ENTRY, number=1), section=section), WORDS))

    page = Read(digest_html(digest, WORDS))

    assert read_text(entry.words, 120) in page.text
    assert set(page.tags) <= {*plain_page.tags, "strong"}
    assert all(link.startswith("https://discord.com/channels/111/") for link in page.links)


def test_markdown_lists():
    """The Markdown has the claims as lists under their documents."""
    together = [replace(ENTRY, number=n, document_id=7, document="The *first*") for n in (1, 2)]

    text = digest_markdown(listing(*together, more=2), WORDS)

    assert text.splitlines()[6:] == [
        "## Needs votes",
        "",
        r"- 📄 The \*first\*",
        f"  - [#1]({CARD}) North Korea has sent its largest contingent abroad\\",
        "    — the BBC · reported · 2 of 3 votes",
        f"  - [#2]({CARD}) North Korea has sent its largest contingent abroad\\",
        "    — the BBC · reported · 2 of 3 votes",
        "",
        "and 2 more",
    ]


def test_page_with_chart():
    """The page carries its chart and says what it shows."""
    page = digest_html(DIGEST, WORDS, Picture(b"PNG", 'Open "and" decided'))

    assert 'src="data:image/png;base64,UE5H"' in page
    assert 'alt="Open &#34;and&#34; decided"' in page
    assert '<html lang="en">' in page
    assert 'name="viewport"' in page
    assert "<img" not in digest_html(DIGEST, WORDS)


def test_formats_agree():
    """Every format says the same."""
    digest = replace(DIGEST, overdue=2, unresolved=1, shelved=30)
    said = [
        digest_text(digest, WORDS),
        Read(MARKDOWN.render(digest_markdown(digest, WORDS))).text,
        Read(digest_html(digest, WORDS)).text,
    ]

    for sentence in (
        "Daily digest · Nov 23, 2026",
        "1 decided, 7 open, and 1 needs one more vote",
        "and 12 more",
        "2 claims are overdue: open for more than 7 days.",
        "30 claims are on the shelf.",
    ):
        assert all(sentence in text for text in said), sentence
