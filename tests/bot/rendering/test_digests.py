"""A digest is read in half a minute, and lets nothing from outside break out."""

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
from bot.rendering.charts import Chart
from bot.rendering.digest_formats import digest_html, digest_markdown, digest_text
from bot.rendering.digest_lines import WORDS as MOST_SHOWN
from bot.rendering.digest_lines import shorten
from bot.rendering.digest_page import MOST_WORDS
from bot.rendering.digests import digest_embed, is_digest, personal_embed
from tests.builders import build_digest_claim, build_team
from workflows.claims import (
    AttributionCheck,
    ClaimState,
    EvidenceCounts,
    Grade,
    Hedge,
    Status,
    Tally,
)
from workflows.digest.personal_digest import PersonalDigest
from workflows.digest.sections import (
    MOST_NEWS,
    MOST_TASKS,
    NEWS,
    TASKS,
    CardLink,
    DigestClaim,
    Entry,
    Section,
    Window,
)
from workflows.digest.team_digest import Digest, FeedDocuments
from workflows.voting import SettledBy

TR = translator_for("en")
MADE = datetime(2026, 11, 23, 8, tzinfo=UTC)
BEFORE = MADE - timedelta(days=1)
TEAM = build_team(at=BEFORE, guild=111)
CLAIM = build_digest_claim(state=ClaimState(Status.IN_REVIEW, BEFORE), posted_at=BEFORE)
NEAR = Entry(Section.ONE_VOTE_AWAY, CLAIM, votes_missing=1, sources_missing=1)
HELD = Entry(
    Section.DECIDED,
    replace(
        CLAIM,
        number=12,
        state=ClaimState(
            Status.SUPPORTED, BEFORE, settles_at=MADE + timedelta(hours=4), tally_shown=True
        ),
        tally=Tally(3, 2, 1, 0),
        sources=EvidenceCounts(2, 0),
    ),
)
DIGEST = Digest(
    team=TEAM,
    local_date=date(2026, 11, 23),
    covers=Window(BEFORE, MADE),
    made_at=MADE,
    due_at=MADE,
    news=(HELD,),
    tasks=(NEAR,),
    counts={Section.DECIDED: 1, Section.ONE_VOTE_AWAY: 2, Section.NEEDS_VOTES: 5},
    open=7,
    overdue=0,
    shelved=0,
    skipped=(),
    feeds=(),
)
VOTES = "votes: ✅\N{NO-BREAK SPACE}2 ❌\N{NO-BREAK SPACE}1"
DECIDED_BY = f"according to the BBC; {VOTES}; evidence: 2 sources"
CARD = "https://discord.com/channels/111/222/4711"
ESCAPED = re.compile(r"\\.", re.DOTALL)
OUR_LINK = re.compile(r"\[\*\*#\d+\*\*\]\(https://discord\.com/channels/\d+/\d+/\d+\)")


def shown(digest: Digest) -> str:
    return digest_embed(digest, TR).description


def task(entry: Entry = NEAR, /, **changed) -> Digest:
    return replace(DIGEST, news=(), tasks=(replace(entry, **changed),))


def news(entry: Entry = HELD, /, **changed) -> Digest:
    return replace(DIGEST, news=(replace(entry, claim=replace(entry.claim, **changed)),), tasks=())


def count_words(text: str) -> int:
    return max(len(text.split()), len(re.findall(r"\w+", text)))


# ------------------------------------------------------------------------------- what is read


def test_names_itself():
    """A digest names itself and its day, and one that somebody asked for does too."""
    assert digest_embed(DIGEST, TR).title == "Daily digest · Nov 23, 2026"
    assert digest_text(DIGEST, TR).startswith("Daily digest · Nov 23, 2026\n")
    assert digest_embed(replace(DIGEST, due_at=None), TR).title == "Digest · Nov 23, 2026"


def test_whole_digest():
    """What was decided comes first by name and verdict, then what is needed, then the numbers."""
    assert shown(DIGEST).splitlines() == [
        "**Decided**",
        (
            f"**✅ Provisionally supported:** [**#12**]({CARD})"
            " North Korea has sent its largest contingent abroad"
        ),
        f"-# {DECIDED_BY}",
        "",
        "**Needs your vote or a source**",
        f"[**#15**]({CARD}) North Korea has sent its largest contingent abroad",
        "-# according to the BBC; needs 1 more vote",
        "-# and 6 more",
        "",
        "**7 claims are open: 2 need one more vote and 5 need votes.**",
    ]


def test_by_moderator():
    """A verdict that a moderator set is told as theirs; one they only sped up, as the team's."""
    own, early = SettledBy.MODERATOR, SettledBy.TEAM_EARLY
    assert "; set by a moderator, not by votes; " in shown(news(HELD, settled_by=own))
    assert "; waiting period ended early by a moderator; " in shown(news(HELD, settled_by=early))


def test_grades_are_explained():
    """The best grade of a verdict's sources is named, and explained where the first one stands."""
    graded = (Grade("B", 2), Grade("C", 3))
    text = shown(replace(DIGEST, news=(replace(HELD, claim=replace(HELD.claim, grades=graded)),)))

    assert "; evidence: 2 sources (B2)\n" in text
    grade = "B2 grades the evidence, not the claim:"
    assert f"{grade} source usually reliable, information probably true.\n" in text
    assert "usually" not in shown(DIGEST)


@pytest.mark.parametrize(
    ("grade", "short", "explained"),
    [
        (Grade("B"), "(B)", "B grades the evidence, not the claim: source usually reliable."),
        (
            Grade(information=2),
            "(2)",
            "2 grades the evidence, not the claim: information probably true.",
        ),
    ],
)
def test_half_a_grade(grade, short, explained):
    """Of half a grade only that half is shown: nobody judged the other."""
    text = shown(news(HELD, grades=(grade,)))

    assert short in text
    assert explained in text
    assert "cannot be judged" not in text


@pytest.mark.parametrize(
    ("entry", "said"),
    [
        pytest.param(
            replace(NEAR, section=Section.NEEDS_VOTES, votes_missing=2), "needs 2 more votes"
        ),
        pytest.param(
            replace(
                NEAR,
                section=Section.NEEDS_VOTES,
                votes_missing=3,
                claim=replace(CLAIM, tally=Tally()),
            ),
            "needs 3 votes",
        ),
        pytest.param(
            replace(NEAR, section=Section.NEEDS_SOURCE, votes_missing=0), "needs a source"
        ),
        pytest.param(
            replace(NEAR, section=Section.NEEDS_SOURCE, votes_missing=0, sources_missing=2),
            "needs 2 sources",
        ),
        pytest.param(replace(NEAR, section=Section.ASKED_AGAIN), "please vote again"),
        pytest.param(
            replace(NEAR, votes_missing=0, sources_missing=0), "asked again: can you tell now?"
        ),
        pytest.param(
            Entry(
                Section.CONFLICTING,
                replace(
                    CLAIM,
                    state=ClaimState(Status.CONFLICTING, BEFORE, tally_shown=True),
                    tally=Tally(4, 2, 2),
                ),
            ),
            "votes are split",
        ),
    ],
)
def test_what_it_needs(entry, said):
    """A claim's line says what the claim needs."""
    assert f"\n-# according to the BBC; {said}\n" in shown(replace(DIGEST, news=(), tasks=(entry,)))


def test_change_of_mind():
    """A change of mind names the verdict before."""
    changed = replace(HELD, section=Section.CHANGED, claim=replace(HELD.claim, was=Status.REFUTED))

    first = shown(replace(DIGEST, news=(changed,))).splitlines()[1]
    assert first.startswith("**✅ Provisionally supported (was: Refuted):** [**#12**]")


def test_others_are_counted():
    """What was decided and is not named is counted; where nothing was, the digest says so."""
    counts = {Section.CHANGED: 2, Section.DECIDED: 4}

    assert "-# 5 more were decided." in shown(replace(DIGEST, counts=counts))
    assert shown(task(NEAR)).startswith("-# 1 claim was decided.")
    assert shown(replace(task(), counts={Section.NEW: 1})).startswith("-# Nothing was decided.")


def test_all_new():
    """Where all that is open is new, one sentence says so, and since when."""
    fresh = replace(DIGEST, counts={Section.NEW: 23}, open=23, due_at=None)

    text = digest_text(fresh, TR)

    assert "23 claims are open, all new since 2026-11-22 09:00 +0100." in text
    assert text.count("2026-11-22") == 1


def test_source_cut_at_a_word():
    """A long source's name is cut between two words."""
    source = "The Standing Committee of Northern and Southern Harbour Authorities"
    text = shown(task(claim=replace(CLAIM, source=source)))

    assert "according to the Standing Committee of Northern and Southern Harbour…;" in text


def test_source_or_document():
    """A claim is its source's, marked where evidence shows that they said it, or its document's."""
    sourced = replace(CLAIM, check=AttributionCheck.SOURCED)

    assert "according to the BBC ✓, who did say so; needs" in shown(task(claim=sourced))
    assert "according to A document; needs" in shown(task(claim=replace(CLAIM, source=None)))
    assert shown(task(claim=replace(CLAIM, source=" ", document=None))).count("; ") == 0


@pytest.mark.parametrize(
    ("hedge", "said"),
    [
        (Hedge.CONFIRMED, "according to the BBC"),
        (Hedge.DENIED, "denied, according to the BBC"),
        (Hedge.SPECULATED, "speculated, according to the BBC"),
    ],
)
def test_hedge_is_told(hedge, said):
    """What a source doesn't vouch for is not told as if they did."""
    assert f"-# {said}; " in shown(task(claim=replace(CLAIM, hedge=hedge)))


def test_no_card_no_link():
    """A claim without a card has no link."""
    assert "\n**#15** North" in shown(task(claim=replace(CLAIM, link=None)))


def test_cut_at_a_word():
    """Long words of a claim are cut between two words, or anywhere where there are none."""
    words = shown(task(claim=replace(CLAIM, words="residents " * 30)))

    assert re.search(r"\) (residents )+residents…\n", words)
    assert "字…\n" in shown(task(claim=replace(CLAIM, words="字" * 300)))


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Nordbank closed forty branches in May, most of them in the north", None),
        ("Nordbank closed forty of its branches, most in the north of Olden", 0),
        ("Nordbank closed forty of its smaller branches in the north of it", "branches"),
        ("Nordbank closed forty of its branches abroad to save twelve million", "abroad"),
        ("Nordbank closed forty of the smaller branches in [Olden's north]", "branches"),
        ("Nordbank (which lost money, again and again) closed forty of its", "closed"),
    ],
)
def test_cut_at_a_phrase(text, said):
    """A text is cut at the end of a clause, else at a word that can end a phrase."""
    expected = {None: text, 0: "Nordbank closed forty of its branches…"}
    whole = expected.get(said, f"{text.partition(str(said))[0]}{said}…")

    assert shorten(text, len(text) if said is None else 55) == whole


@given(st.text(max_size=200), st.integers(4, 80))
def test_cut_is_short(text, most):
    """A text that is cut is no longer than it may be, and begins as the whole text does."""
    short = shorten(text, most)

    assert len(short) <= max(most, 1)
    assert text.startswith(short.removesuffix("…")) or short == text


def test_no_verdict_before_quorum():
    """Before the quorum no verdict is named."""
    text = shown(task()) + digest_text(task(), TR)

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

    assert f"-# {said}" in shown(replace(DIGEST, skipped=skipped)).splitlines()


def test_times_that_matter():
    """A late digest says when it was due; one of more than a day, or asked for, since when."""
    due = MADE - timedelta(hours=2)
    before = MADE - timedelta(days=3)

    assert f"it was due <t:{int(due.timestamp())}:f>" in shown(replace(DIGEST, due_at=due))
    assert "since" not in shown(DIGEST)
    since = f"<t:{int(BEFORE.timestamp())}:f>"
    assert shown(replace(DIGEST, due_at=None)).startswith(f"**Decided since {since}**")
    assert shown(replace(task(), due_at=None)).endswith(
        f"-# This digest covers the time since {since}."
    )
    assert "since <t:" in shown(replace(DIGEST, covers=Window(before, MADE)))


def test_counts_and_feeds():
    """Settling, overdue, unresolved and shelved claims are counted, and feeds are named."""
    counts = {Section.NEW: 1, Section.ABOUT_TO_SETTLE: 3, Section.UNRESOLVED: 2}
    feeds = tuple(FeedDocuments(name, 2) for name in ("Harbour *News*", "The Post", "C", "D"))
    full = replace(DIGEST, counts=counts, open=1, overdue=2, shelved=30, feeds=feeds)

    lines = shown(full).splitlines()
    since = f"<t:{int(BEFORE.timestamp())}:f>"
    soon = "3 provisional verdicts settle before the next digest."
    assert lines[-3] == f"**1 claim is open, new since {since}. {soon}**"
    assert lines[-2] == "**2 claims are overdue: open for more than 7 days.**"
    assert lines[-1] == (
        r"-# 8 documents came in from Harbour \*News\*, The Post, and 2 other feeds."
        " 2 claims are unresolved: the team can't tell yet. 30 claims are on the shelf, not posted."
    )


def test_terminal():
    """The terminal reads the same, without markup and in the team's own time."""
    claim = replace(CLAIM, words="*so* [it](http://x) is")
    text = digest_text(replace(task(claim=claim), counts={Section.ONE_VOTE_AWAY: 7}), TR)

    assert text.splitlines() == [
        "Daily digest · Nov 23, 2026",
        "",
        "Nothing was decided.",
        "",
        "Needs your vote or a source",
        "#15 *so* [it](http://x) is",
        "  according to the BBC; needs 1 more vote",
        "and 6 more",
        "",
        "7 claims are open: 7 need one more vote.",
    ]


def test_own_digest():
    """A member's own digest names what was decided where they voted and what awaits them."""
    own = PersonalDigest(
        team=TEAM,
        local_date=MADE.date(),
        covers=Window(BEFORE, MADE),
        made_at=MADE,
        due_at=MADE,
        news=(HELD,),
        tasks=(replace(NEAR, section=Section.AWAITING),),
        counts={Section.DECIDED: 1, Section.AWAITING: 13},
    )
    embed = personal_embed(own, "The *wire*", TR)

    assert embed.title == r"Your digest · The \*wire\* · Nov 23, 2026"
    assert embed.description.startswith("**Decided**\n**✅ Provisionally supported:** ")
    assert "**Needs your vote**\n" in embed.description
    assert embed.description.endswith("**13 claims are waiting for your vote.**")
    assert "according to the BBC; needs 1 more vote" in embed.description


def test_recognised_again():
    """A digest is recognised among other messages."""
    embeds = [digest_embed(DIGEST, TR)]
    other = replace(DIGEST, covers=Window(BEFORE, MADE + timedelta(minutes=1)))

    assert is_digest(SimpleNamespace(embeds=embeds), DIGEST)
    assert not is_digest(SimpleNamespace(embeds=embeds), other)
    assert not is_digest(SimpleNamespace(embeds=[]), DIGEST)


# ------------------------------------------------------------------------- whatever is in it


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
    tally_shown=st.booleans(),
)
claims = st.builds(
    DigestClaim,
    number=st.integers(1, 10**9),
    words=long_texts,
    source=st.one_of(st.none(), long_texts),
    hedge=st.one_of(st.none(), st.sampled_from(list(Hedge))),
    document=st.one_of(st.none(), long_texts),
    link=st.one_of(st.none(), st.just(CardLink(2**63 - 1, 2**63 - 1))),
    check_worthiness=st.just(0.5),
    state=standings,
    tally=st.just(Tally(9, 1, 4, 4)),
    sources=st.just(EvidenceCounts(3, 2)),
    posted_at=st.just(BEFORE),
    was=st.sampled_from((None, Status.SUPPORTED, Status.REFUTED)),
    grades=st.sampled_from(((), (Grade("B", 2),) * 5)),
    check=st.sampled_from(list(AttributionCheck)),
)


def entries(sections):
    return st.builds(
        Entry, st.sampled_from(sections), claims, st.integers(0, 1000), st.integers(0, 100)
    )


numbers = st.integers(0, 10**6)
contents = st.builds(
    Digest,
    team=st.just(TEAM),
    local_date=st.just(MADE.date()),
    covers=st.just(Window(BEFORE, MADE)),
    made_at=st.just(MADE),
    due_at=st.sampled_from((None, MADE, BEFORE)),
    news=st.lists(entries(NEWS), max_size=MOST_NEWS).map(tuple),
    tasks=st.lists(entries(TASKS), max_size=MOST_TASKS).map(tuple),
    counts=st.dictionaries(st.sampled_from(list(Section)), st.integers(1, 10**6)),
    open=numbers,
    overdue=numbers,
    shelved=numbers,
    skipped=st.integers(0, 400).map(
        lambda days: tuple(MADE.date() - timedelta(days=day) for day in range(days, 0, -1))
    ),
    feeds=st.lists(st.builds(FeedDocuments, long_texts, st.integers(1, 99)), max_size=4).map(tuple),
)


@settings(max_examples=60)
@given(contents)
def test_any_digest_is_short(digest):
    """Any digest is read in half a minute, and fits into one message."""
    embed = digest_embed(digest, TR)

    assert len(embed) <= 6000
    assert 0 < len(embed.description.encode("utf-16-le", "surrogatepass")) // 2 <= 4096
    assert embed.description == embed.description.strip()
    assert count_words(digest_text(digest, TR)) <= MOST_WORDS


@pytest.mark.parametrize(
    "words", ["Nordbank closed forty branches in May " * 3, "Überwachungsgebühren " * 9]
)
def test_many_claims_are_short(words):
    """As many claims are named as fit, the same in every format, and at least some of each kind."""
    claim = replace(CLAIM, words=words)
    full = replace(
        DIGEST,
        news=(replace(HELD, claim=replace(HELD.claim, words=words)),) * MOST_NEWS,
        tasks=(replace(NEAR, claim=claim),) * MOST_TASKS,
        counts=dict.fromkeys(Section, 500),
        overdue=3,
        shelved=9,
    )
    texts = (digest_text(full, TR), digest_markdown(full, TR), shown(full))

    named = {(text.count("#12"), text.count("#15")) for text in texts}
    assert len(named) == 1
    assert all(count >= 1 for count in next(iter(named)))


@settings(max_examples=150)
@given(entries(TASKS))
def test_claim_stays_inside(entry):
    """Nothing in a claim breaks out of its two lines."""
    lines = shown(replace(DIGEST, news=(), tasks=(entry,), counts={}, open=0)).splitlines()[3:]
    first, *more = lines
    second = "".join(more)

    assert len(more) <= 1
    assert OUR_LINK.match(first) if entry.claim.link else first.startswith("**#")
    assert second.startswith("-# ") or not more
    words = ESCAPED.sub("", OUR_LINK.sub("", first).removeprefix(f"**#{entry.claim.number}**"))
    rest = ESCAPED.sub("", second.removeprefix("-#"))
    for text in (words, rest):
        assert not set(text) & set("[]()<>*_`~|#")
        assert "://" not in text
        assert not re.search("@(everyone|here)", text)
        assert not set(text) & set("\u202e\u2028\u2066\r")


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


def read_text(text: str) -> str:
    """Return how a claim's words begin, as every format shows them."""
    return " ".join(cut(plain(text[: MOST_SHOWN // 2]), None).split())[: MOST_SHOWN // 3]


@settings(max_examples=80)
@given(entries(TASKS))
def test_markdown_is_safe(entry):
    """Nothing in a claim breaks the Markdown."""
    digest = replace(DIGEST, news=(), tasks=(entry,))
    page = Read(MARKDOWN.render(digest_markdown(digest, TR)))

    assert read_text(entry.claim.words) in page.text
    assert set(page.tags) <= {"h1", "p", "strong", "ul", "li", "a", "br"}
    assert page.tags.count("li") == 1
    assert all(link.startswith("https://discord.com/channels/111/") for link in page.links)


@settings(max_examples=80)
@given(entries(TASKS))
def test_html_is_safe(entry):
    """Nothing in a claim breaks the HTML page."""
    plain_page = Read(digest_html(DIGEST, TR))

    page = Read(digest_html(replace(DIGEST, news=(), tasks=(entry,)), TR))

    assert read_text(entry.claim.words) in page.text
    assert set(page.tags) <= set(plain_page.tags)
    assert all(link.startswith("https://discord.com/channels/111/") for link in page.links)


def test_markdown_lists():
    """The Markdown has the claims as lists."""
    assert digest_markdown(DIGEST, TR).splitlines()[2:] == [
        "**Decided**",
        "",
        (
            f"- **✅ Provisionally supported:** [#12]({CARD})"
            " North Korea has sent its largest contingent abroad\\"
        ),
        f"  — {DECIDED_BY}",
        "",
        "**Needs your vote or a source**",
        "",
        f"- [#15]({CARD}) North Korea has sent its largest contingent abroad\\",
        "  — according to the BBC; needs 1 more vote",
        "",
        "and 6 more",
        "",
        "**7 claims are open: 2 need one more vote and 5 need votes.**",
    ]


def test_page_with_chart():
    """The page carries its chart and says what it shows."""
    page = digest_html(DIGEST, TR, Chart(b"PNG", 'Open "and" decided'))

    assert 'src="data:image/png;base64,UE5H"' in page
    assert 'alt="Open &#34;and&#34; decided"' in page
    assert '<html lang="en">' in page
    assert 'name="viewport"' in page
    assert "<img" not in digest_html(DIGEST, TR)


def test_formats_agree():
    """Every format says the same."""
    digest = replace(DIGEST, overdue=2, shelved=30)
    said = [
        digest_text(digest, TR),
        Read(MARKDOWN.render(digest_markdown(digest, TR))).text,
        Read(digest_html(digest, TR)).text,
    ]

    for sentence in (
        "Daily digest · Nov 23, 2026",
        "Provisionally supported: #12 North Korea has sent its largest contingent abroad",
        "according to the BBC; needs 1 more vote",
        "and 6 more",
        "7 claims are open: 2 need one more vote and 5 need votes.",
        "2 claims are overdue: open for more than 7 days.",
        "30 claims are on the shelf, not posted.",
    ):
        assert all(sentence in text for text in said), sentence
