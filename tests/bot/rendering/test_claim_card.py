"""Cards hold whatever a document brings along, within Discord's limits and as plain text."""

import re
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from bot.i18n.translator import make_timestamp, translator_for
from bot.rendering.claim_card import claim_embed
from bot.rendering.details import details_embed
from bot.rendering.document_card import document_embed
from bot.sandbox.rules.messages import check_message
from tests.builders import build_claim, build_team
from workflows.claims import (
    Attribution,
    AttributionCheck,
    ClaimKey,
    ClaimState,
    DateMention,
    Disagreement,
    Document,
    DocumentKey,
    Evidence,
    EvidenceCounts,
    EvidenceKey,
    Figure,
    Grade,
    Hedge,
    MemberKey,
    PagePassage,
    Passage,
    Place,
    PlaceKind,
    Snapshot,
    SnapshotState,
    SourceInChain,
    Stance,
    Status,
    Tally,
    TeamId,
    Verdict,
    Vote,
)
from workflows.desk.claim_views import ClaimView, Details, DocumentView, OpposedClaim, RulingView
from workflows.desk.history import HistoryLine
from workflows.events import (
    ClaimAdded,
    DisagreementFound,
    EvidenceAdded,
    MergedInto,
    PassageAdded,
    Settled,
    Text,
    VoteCast,
)
from workflows.policy import Policy
from workflows.store.outbox import Card, PostKind
from workflows.urls import normalize
from workflows.voting import Lack, Missing, SettledBy, list_sides

NOW = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)
WORDS = translator_for("en")
ADA, BEN = MemberKey("a" * 22), MemberKey("b" * 22)
TEAM = build_team(timezone=ZoneInfo("UTC"))
STANDING = ClaimState(Status.UNREVIEWED, NOW)


# ------------------------------------------------------------------------------- what is shown


def document(title="A report", publisher="The Courier", url=None):
    return Document(
        1, DocumentKey("d" * 22), title, publisher, url, date(2026, 3, 1), "en", "0" * 64, NOW, 1
    )


def passage(quote="The bridge is closed.", start=0, end=None, attribution=(), **of_document):
    return Passage(
        document=document(**of_document),
        quote=quote,
        quote_start=0,
        start=start,
        end=len(quote) if end is None else end,
        attribution=attribution,
        hedge=Hedge.REPORTED,
        hedge_cue=None,
    )


def source(name, check=AttributionCheck.UNCHECKED, *, anonymous=False):
    said = Attribution(name, 0, 1, None, None, None, anonymous, None, Hedge.REPORTED)
    return SourceInChain(1, said, check)


def link(url="https://example.org/a", note=None, stance=Stance.SUPPORTS, **other):
    plain = Evidence(EvidenceKey(url), url, "example.org", stance, True, note, Grade(), ADA, NOW)
    return replace(plain, **other)


def make_view(claim=None, passages=(), evidence=(), missing=None, policy=None):
    return ClaimView(
        team=replace(TEAM, policy=policy or Policy()),
        claim=claim or build_claim(),
        passages=tuple(passages) or (passage(),),
        evidence=tuple(evidence),
        missing=missing or Missing(),
    )


def voted(claim=None, *, state=None, **shown):
    """A claim somebody has voted on, so that its card shows everything."""
    claim = claim or build_claim()
    state = state or replace(STANDING, status=Status.IN_REVIEW)
    return make_view(replace(claim, tally=Tally(1, 1), state=state), **shown)


def read(embed):
    """All that is written on an embed."""
    parts = [embed.title or "", embed.description or ""]
    parts += [f"{field.name}\n{field.value}" for field in embed.fields]
    return "\n".join(parts)


def line(data, **other):
    """One line of a claim's history, of which everything may be told."""
    plain = HistoryLine(
        NOW, data, True, False, None, None, STANDING, STANDING, Tally(), EvidenceCounts(), 1
    )
    return replace(plain, **other)


def told(shown, **other):
    """What Details would tell."""
    added = ClaimAdded(ClaimKey("k" * 22), 15, "0", Status.UNREVIEWED, None)
    context = shown.passages[0].quote
    plain = Details(shown, None, context, (line(added),), (), {})
    return replace(plain, **other)


# ---------------------------------------------------------------------------------- properties

TRICKS = st.sampled_from(
    [
        "@everyone",
        "<@123>",
        "<@&5>",
        "<#7>",
        "[here](https://evil.example/)",
        "](https://evil.example/)",
        "https://evil.example/x_y",
        "<t:1700000000:R>",
        "</cmd:1>",
        "**",
        "__",
        "~~",
        "||",
        "`",
        "```\n",
        "\n> ",
        "\n# ",
        "\n- ",
        "\n1. ",
        "-# ",
        "\\",
        "\u202e",
        "e" + "\u0301" * 40,
        "word ",
        "漢字 ",
        "😀",
        "*" * 300,
        "long " * 80,
        "\ufb2c" * 50,
    ]
)
NASTY = st.lists(TRICKS, max_size=12).map("".join)
ADDRESSES = st.sampled_from(
    [
        "https://example.org/a",
        "https://example.org/a_(b)_*c*",
        "https://example.org/?q=[x](y)|z",
        "https://example.org/" + "()" * 240,
        "https://example.org/" + "_*" * 240,
    ]
).map(normalize)


@st.composite
def sheets_of(draw, text=NASTY):
    """A claim with everything on it, all of it from outside."""

    def some():
        return "A" + draw(text)

    passages = []
    for _ in range(draw(st.integers(1, 3))):
        quote = some()
        start = draw(st.integers(0, len(quote) - 1))
        chain = [
            source(some(), anonymous=draw(st.booleans())) for _ in range(draw(st.integers(0, 9)))
        ]
        passages.append(
            passage(
                quote,
                0 if start < 2 else start // 2,
                draw(st.integers(start + 1, len(quote))),
                tuple(chain),
                title=some(),
                publisher=some(),
                url=draw(ADDRESSES),
            )
        )
    figures = tuple(Figure(some(), 1.0, None, some(), some(), 0, 1) for _ in range(5))
    dates = tuple(DateMention(some(), 0, 1, date(2026, 1, 1), date(2026, 1, 2)) for _ in range(4))
    shot = Snapshot(
        SnapshotState.TAKEN,
        title=some(),
        site=some(),
        author=some(),
        at=NOW,
        passage=PagePassage(some() + "A", 0, Place(0, some())),
    )
    evidence = [
        link(draw(ADDRESSES), some(), snapshot=draw(st.sampled_from([shot, None])))
        for _ in range(draw(st.integers(0, 6)))
    ]
    return make_view(build_claim(some(), figures=figures, dates=dates), passages, evidence)


def harmless(text):
    """The same text with nothing in it that Discord reads as more than text."""
    return re.sub(r"[^\w\s]|_", "·", text)


def skeleton(text):
    """The marks that Discord will read as markup: those with no backslash before them."""
    text = re.sub(r"\(<https?://[^>\s]*>\)", "(<>)", text)
    return re.sub(r"\\[^a-zA-Z0-9\s]|[^*_~`|\[\]()<>#\\]", "", text.replace("@\u200b", ""))


@settings(max_examples=60)
@given(sheets_of())
def test_any_claim_fits(shown):
    """Any claim fits into an embed."""
    for embed in (claim_embed(shown, WORDS), details_embed(told(shown), WORDS)):
        check_message({"embeds": [embed.to_dict()]}, {})


@settings(max_examples=60)
@given(sheets_of())
def test_no_outside_markup(shown):
    """Nothing from outside is read as markup, a link or a mention."""
    written = read(claim_embed(shown, WORDS))

    assert not re.search(r"@(everyone|here)|(?<!\\)<[@#t/:]", written)
    assert not re.search(r"(?<![\\<])\bhttps?://", written)
    found = {link.partition("#:~:text=")[0] for link in re.findall(r"\]\(<([^)>]*)>\)", written)}
    assert found <= ours(shown)
    assert not re.search(r"\]\((?!<)", written)
    assert "\u202e" not in written
    assert not re.search("\u0301{4}", written)


def ours(shown):
    """The addresses that are meant to be links."""
    found = [p.document.url for p in shown.passages] + [e.url for e in shown.evidence]
    return {address.replace("(", "%28").replace(")", "%29") for address in found}


@settings(max_examples=60)
@given(NASTY, NASTY)
@example("a**b", "")
@example("[x](https://evil.example)", "`")
@example("_", "|| spoiler ||")
def test_own_markup_only(words, quote):
    """A card has the markup of its layout, whatever its words are."""

    def shown(text):
        return make_view(
            build_claim("A" + text(words)),
            [
                passage(
                    "A" + text(quote),
                    0,
                    1,
                    (source("A" + text(words)),),
                    title="A" + text(quote),
                    publisher="A" + text(words),
                )
            ],
            [link(note="A" + text(words))],
        )

    nasty = read(claim_embed(shown(str), WORDS))
    plain = read(claim_embed(shown(harmless), WORDS))

    assert skeleton(nasty) == skeleton(plain)


@settings(max_examples=40)
@given(NASTY, NASTY, ADDRESSES)
def test_any_document_fits(title, publisher, url):
    """Any document fits into an embed."""
    kept = document("A" + title, publisher or None, url)
    shown = DocumentView(
        team=TEAM, document=kept, counts={Status.UNREVIEWED: 3, Status.SUPPORTED: 1}, settled=0
    )

    embed = document_embed(shown, WORDS)

    check_message({"embeds": [embed.to_dict()]}, {})
    assert not re.search(r"@(everyone|here)|(?<!\\)<[@#t/:]", read(embed))


# ------------------------------------------------------------------------------- what it says


def test_short_until_touched():
    """Before the first vote or link a card is its claim and three lines, and then all of it."""
    missing = Missing(3, evidence={Verdict.SUPPORTED: 1, Verdict.REFUTED: 1})
    quote = "The mayor told reporters on Friday that the bridge is closed."
    shown = make_view(passages=[passage(quote, url="https://e.org/x-y")], missing=missing)

    new, full = claim_embed(shown, WORDS), claim_embed(replace(shown, evidence=(link(),)), WORDS)

    words = "The%20mayor%20told%20reporters%20on,that%20the%20bridge%20is%20closed."
    at_quote = f"https://e.org/x-y#:~:text={words}"
    assert new.fields == []
    assert new.description.splitlines() == [
        "🗣️ Who says so: The Courier, in its own voice · **reported**",
        "0 of 3 votes · A verdict will need a source.",
        f"-# [A report](<https://e.org/x-y>) · [passage](<{at_quote}>) · Mar 1, 2026",
    ]
    assert [field.name for field in full.fields] == ["Unreviewed", "1 link"]
    assert "> “" in full.description


def test_nothing_twice():
    """A headline, a publisher or a quote that only says the claim again is left out."""
    said = passage(
        title="Bridge closed", url="https://e.org/a", attribution=(source("The Courier"),)
    )

    lines = claim_embed(voted(passages=[said]), WORDS).description.splitlines()

    at_quote = "https://e.org/a#:~:text=The%20bridge%20is%20closed."
    assert lines == [
        "🗣️ Who says so: The Courier · **reported**",
        f"-# [document](<https://e.org/a>) · [passage](<{at_quote}>) · Mar 1, 2026",
    ]


@pytest.mark.parametrize(
    ("hedge", "chain", "said"),
    [
        (Hedge.REPORTED, ["Ann Lee"], "Who says so: Ann Lee · **reported**"),
        (Hedge.DENIED, ["Ann Lee"], "Who denies it: Ann Lee · **denied**"),
        (Hedge.UNCONFIRMED, ["Ann Lee"], "Who can't confirm it: Ann Lee · **unconfirmed**"),
        (Hedge.DENIED, ["the BBC", "Ann Lee"], "Who says so: the BBC → Ann Lee · **denied**"),
    ],
)
def test_who_denies(hedge, chain, said):
    """Nobody is said to say what they deny; of a chain it is not told which of them does."""
    one = passage(attribution=tuple(map(source, chain)))

    shown = claim_embed(make_view(passages=[replace(one, hedge=hedge)]), WORDS)

    assert shown.description.splitlines()[0] == f"🗣️ {said}"


@pytest.mark.parametrize(
    ("lacking", "why"),
    [
        (frozenset(Lack), "no votes and no link for it"),
        (frozenset({Lack.VOTES}), "nobody has voted"),
        (frozenset({Lack.LINK}), "there is no link for it"),
        (frozenset(), "votes hadn't reached it"),
    ],
)
def test_moderators_own_verdict(lacking, why):
    """A verdict settled by hand names the moderator, and what does not stand behind it."""
    state = replace(STANDING, status=Status.REFUTED, settled_at=NOW)
    ruling = RulingView(Settled(Verdict.REFUTED, ADA, Text("t", "0")), "Seen it.")
    shown = replace(
        voted(state=state), ruling=ruling, settled_by=SettledBy.MODERATOR, lacking=lacking
    )

    said = claim_embed(shown, WORDS).fields[0].value

    assert f"Settled by a moderator: “Seen it.” · {make_timestamp(NOW, 'R')}" in said.splitlines()
    assert "moderator's own verdict" in said
    assert why in said


def test_ended_early():
    """A verdict that the votes had reached stays the team's where a moderator ended its hold."""
    state = replace(STANDING, status=Status.REFUTED, settled_at=NOW)
    shown = replace(voted(state=state), settled_by=SettledBy.TEAM_EARLY)

    said = claim_embed(shown, WORDS).fields[0].value

    assert "A moderator ended the waiting period early." in said
    assert "own verdict" not in said


def test_what_brings_back():
    """A claim that can't be told says what brings it back."""
    state = replace(STANDING, status=Status.NOT_ENOUGH_EVIDENCE, returns_at=NOW)

    said = claim_embed(voted(state=state), WORDS).fields[0].value

    assert "A new link or passage brings it back; otherwise the team is asked again <t:" in said


@pytest.mark.parametrize(
    "closed",
    [
        replace(STANDING, status=Status.DROPPED),
        replace(STANDING, status=Status.SUPPORTED, settled_at=STANDING.since),
    ],
    ids=["dropped", "settled"],
)
def test_closed_misses_no_votes(closed):
    """A closed claim misses no votes, whatever the rules become."""
    field = claim_embed(make_view(build_claim(tally=Tally(), state=closed)), WORDS).fields[0].value

    assert field.splitlines()[0] == "0 votes"


@pytest.mark.parametrize(
    ("tally", "shown", "said"),
    [
        (Tally(2, 2, 0, 0), False, "2 of 3 votes"),
        (Tally(3, 2, 1, 0), True, "3 votes: ✅ Supported 2 · ❌ Refuted 1 · ❔ Can't tell 0"),
        (Tally(2, 2, 0, 0), True, "2 of 3 votes: ✅ Supported 2 · ❌ Refuted 0 · ❔ Can't tell 0"),
        (Tally(12, 12, 0, 0), False, "12 votes"),
    ],
    ids=["hidden", "quorum", "visible", "loosened"],
)
def test_hidden_direction(tally, shown, said):
    """The card counts votes and tells their direction only when it is known."""
    kept = build_claim(tally=tally, state=replace(STANDING, tally_shown=shown))

    field = claim_embed(make_view(kept), WORDS).fields[0].value

    assert field.splitlines()[0] == said


@pytest.mark.parametrize(
    ("missing", "said"),
    [
        (
            Missing(1, evidence={Verdict.SUPPORTED: 1, Verdict.REFUTED: 1}),
            "A verdict will need a source.",
        ),
        (
            Missing(1, evidence={Verdict.SUPPORTED: 2, Verdict.REFUTED: 2}),
            "A verdict will need 2 sources.",
        ),
        (Missing(evidence={Verdict.REFUTED: 1}), "Refuted, once someone adds a source."),
        (
            Missing(
                swing={Verdict.SUPPORTED: 2, Verdict.REFUTED: 2, Verdict.NOT_ENOUGH_EVIDENCE: 5}
            ),
            "Split: 2 more votes for one verdict would decide it.",
        ),
        (
            Missing(swing={Verdict.SUPPORTED: 1, Verdict.REFUTED: 7}),
            "Split: 1 more vote for Supported would decide it.",
        ),
    ],
)
def test_missing_is_named(missing, said):
    """The card says what is missing."""
    assert said in read(claim_embed(make_view(missing=missing), WORDS))


def test_chain_in_one_line():
    """The chain of sources is one line, with a mark where the saying is sourced."""
    chain = (source("The BBC", AttributionCheck.SOURCED), source("officials", anonymous=True))

    lines = claim_embed(make_view(passages=[passage(attribution=chain)]), WORDS).description

    assert "🗣️ Who says so: The BBC ✓ → officials (unnamed) · **reported**" in lines.splitlines()


def test_bold_quote():
    """The claim's own part of the quote is bold."""
    quote = "The minister said the bridge is closed, and left."

    text = claim_embed(voted(passages=[passage(quote, 18, 38)]), WORDS).description

    assert "> “The minister said **the bridge is closed**, and left.”" in text.splitlines()


@pytest.mark.parametrize(
    ("state", "name", "line"),
    [
        (
            ClaimState(Status.SUPPORTED, NOW, Verdict.SUPPORTED, NOW + timedelta(hours=1)),
            "Provisionally supported",
            "Settles <t:1772456400:R> unless votes change it.",
        ),
        (
            ClaimState(Status.REFUTED, NOW, Verdict.REFUTED, NOW, settled_at=NOW),
            "Refuted",
            "Settled <t:1772452800:R>.",
        ),
        (ClaimState(Status.CONFLICTING, NOW), "Conflicting", ""),
    ],
)
def test_provisional_verdict(state, name, line):
    """A verdict is provisional until it settles."""
    field = claim_embed(make_view(build_claim(state=state)), WORDS).fields[0]

    assert field.name == name
    assert line in field.value


@pytest.mark.parametrize(
    ("text", "unit", "said"),
    [
        ("12%", "percent", "12%"),
        ("$12 million", "USD", "$12 million"),
        ("€2 and €3", "EUR", "€2 and €3"),
        ("1,200", "soldiers", "1,200 soldiers"),
    ],
)
def test_unit_once(text, unit, said):
    """A figure names its unit once."""
    figure = Figure(text, 12.0, None, unit, None, 0, len(text))

    description = claim_embed(voted(build_claim(figures=(figure,))), WORDS).description

    assert f"🔎 {said}" in description.splitlines()


def test_figure_told_already():
    """A figure that the claim's own words tell, even apart from its unit, is not told again."""
    figure = Figure("12", 12.0, None, "lifeboats", None, 0, 2)
    claim = build_claim("12 of the 40 lifeboats failed", figures=(figure,))

    assert "🔎" not in claim_embed(voted(claim), WORDS).description


# ------------------------------------------------------------------------------------- Details


def test_recast_with_reason():
    """A vote cast again with a reason reads as a reason."""
    again = line(cast(ADA, Verdict.REFUTED), again=True, reason="Seen it")

    text = read(
        details_embed(told(make_view(), lines=(line(cast(ADA, Verdict.REFUTED)), again)), WORDS)
    )

    assert text.count("A former member voted Refuted.") == 1
    assert "A former member gave a reason. — Seen it" in text


def cast(by, verdict):
    return VoteCast(by, verdict, 1, 1)


def test_details_hide_direction():
    """Details tell no direction that may not be known."""
    lines = (
        line(cast(ADA, Verdict.REFUTED)),
        line(cast(BEN, Verdict.SUPPORTED), known=False),
    )
    own = Vote(ADA, Verdict.REFUTED, 1, 1, NOW)
    hidden = told(make_view(), own_vote=own, lines=lines, people={ADA: 7, BEN: 8})

    text = read(details_embed(hidden, WORDS))

    assert "You: **Refuted**" in text
    assert "<@7> voted Refuted." in text
    assert "<@8> voted." in text


def test_details_for_onlookers():
    """Details for somebody without a vote tell no direction."""
    lines = tuple(line(cast(by, Verdict.REFUTED), known=False) for by in (ADA, BEN))

    text = read(details_embed(told(make_view(), lines=lines), WORDS))

    assert "You haven't voted on this claim." in text
    assert "Refuted" not in text
    assert "Supported" not in text
    assert text.count("A former member voted.") == 2


def test_long_history():
    """A long history keeps its newest end."""
    many = tuple(line(cast(ADA, Verdict.REFUTED)) for _ in range(200))
    latest = EvidenceAdded(
        EvidenceKey("e" * 22), ADA, Stance.SUPPORTS, "example.org", True, "0" * 64
    )

    embed = details_embed(told(make_view(), lines=(*many, line(latest))), WORDS)

    lines = embed.fields[-1].value.splitlines()
    assert lines[0] == "…"
    assert lines[-1].endswith("added a link to example.org.")
    check_message({"embeds": [embed.to_dict()]}, {})


@pytest.mark.parametrize("path", ["()" * 240, "a" * 490], ids=["escaped", "long"])
def test_worst_document_fits(path):
    """The worst that a document can contain fits too."""
    stars, address = "*" * 2000, normalize(f"https://example.org/{path}")
    worst = make_view(
        build_claim(stars),
        [
            passage(
                stars,
                500,
                1500,
                tuple(source(stars, anonymous=True) for _ in range(20)),
                title=stars,
                publisher=stars,
                url=address,
            )
            for _ in range(3)
        ],
        [link(address, stars) for _ in range(25)],
    )
    own = Vote(ADA, Verdict.REFUTED, 1, 1, NOW, reason=stars)

    details = details_embed(told(worst, own_vote=own, context=stars), WORDS)

    check_message({"embeds": [claim_embed(worst, WORDS).to_dict()]}, {})
    check_message({"embeds": [details.to_dict()]}, {})
    assert "example.org" in read(details)


def opposed(number, kind=Disagreement.FIGURE, figures=("3,000", "about 10,000"), *, card=None):
    return OpposedClaim(build_claim(id=number, number=number), kind, card, figures)


def test_disagreeing_claims():
    """A card names the claims that disagree and links to them."""
    card = Card(900, 11, TeamId(1), PostKind.CLAIM, 12, 1, 1)
    shown = replace(
        make_view(), opposed=(opposed(12, card=card), opposed(13, Disagreement.POLARITY))
    )

    written = read(claim_embed(shown, WORDS))

    address = "https://discord.com/channels/1001/11/900"
    assert f"Disagrees with [#12]({address}) in a figure: 3,000 instead of about 10,000" in written
    assert "Says the opposite of #13" in written


def test_edited_figure():
    """A figure that was edited away is not shown."""
    shown = replace(make_view(), opposed=(opposed(12, figures=None),))

    assert "Disagrees with #12 in a figure.\n" in read(claim_embed(shown, WORDS)) + "\n"


def test_doubt_on_both_sides():
    """A doubt is shown on both claims."""
    sides = (opposed(12, Disagreement.DOUBTS), opposed(13, Disagreement.DOUBTED))

    written = read(claim_embed(replace(make_view(), opposed=sides), WORDS))

    assert "Casts doubt on #12" in written
    assert "Doubted by #13" in written


def test_many_disagreements():
    """Of many that disagree, a card shows a few and details more."""
    shown = replace(make_view(), opposed=tuple(opposed(number) for number in range(20, 26)))

    assert "and 3 more claims disagree" in read(claim_embed(shown, WORDS))
    assert "with #25 in a figure" in read(details_embed(told(shown), WORDS))


def test_history_names_links():
    """The history names a passage and a disagreement."""
    events = (
        PassageAdded(None, 2, DocumentKey("d" * 22)),
        PassageAdded(None, 3, DocumentKey("x" * 22)),
        DisagreementFound(None, ClaimKey("z" * 22), 12, Disagreement.FIGURE),
    )
    lines = tuple(
        line(data, about=title)
        for data, title in zip(events, ("A report", None, None), strict=True)
    )

    written = read(details_embed(told(make_view(), lines=lines), WORDS))

    assert "The bot's operator brought it in again, with “A report”." in written
    assert "The bot's operator brought it in again, with “…”." in written
    assert "#12 was found to disagree with it." in written


# ------------------------------------------------------------------------- what divides the team


DIVIDED = ClaimState(Status.CONFLICTING, NOW, tally_shown=True)


def divided(links=(), reasons=("Seen it.",), policy=None):
    evidence = (link(), link("https://b.org/", stance=Stance.REFUTES), *links)
    given = {Verdict.SUPPORTED: reasons, Verdict.REFUTED: ["It is a copy."]}
    plain = make_view(build_claim(state=DIVIDED), evidence=evidence, policy=policy)
    return replace(plain, divided=list_sides(Tally(3, 1, 2), given, evidence))


def test_division_side_by_side():
    """A division shows reasons and links of each side beside each other."""
    shown = divided(links=[link("https://c.org/", stance=Stance.CONTEXT)])

    for embed in (claim_embed(shown, WORDS), details_embed(told(shown), WORDS)):
        yes, no = (field for field in embed.fields if field.inline)
        assert (yes.name, no.name) == ("✅ Supported · 1", "❌ Refuted · 2")
        assert "https://example.org/a" in yes.value
        assert "“Seen it.”" in yes.value
        assert "https://b.org/" in no.value
        assert "“It is a copy.”" in no.value
        rest = [field.value for field in embed.fields if not field.inline]
        assert sum("https://c.org/" in value for value in rest) == 1
        assert not any("https://b.org/" in value for value in rest)


def test_source_links_no_side():
    """Links about sources are on no side."""
    about = link(stance=Stance.CONFIRMS, target=3)

    assert list_sides(Tally(), {}, [about]) == ()


@given(st.lists(TRICKS, min_size=30, max_size=200).map("".join), st.integers(1, 40))
@settings(max_examples=20)
def test_longest_division_fits(text, many):
    """The longest division fits on card and details."""
    shown = divided([link(f"https://a.org/{n}", note=text[:400]) for n in range(many)], [text] * 9)
    shown = replace(shown, passages=tuple(passage(text * 9, 0, 900) for _ in range(3)))

    for embed in (claim_embed(shown, WORDS), details_embed(told(shown), WORDS)):
        check_message({"embeds": [embed.to_dict()]}, {})


def test_both_sides_pages():
    """Details puts what the pages on either side say beside each other; the card is too small."""

    def quoting(url, stance, said):
        shot = Snapshot(SnapshotState.TAKEN, title="T", passage=PagePassage(said, 0))
        return link(url, stance=stance, snapshot=shot)

    shown = divided(
        [
            quoting("https://c.org/", Stance.SUPPORTS, "It is closed."),
            quoting("https://d.org/", Stance.REFUTES, "It is open."),
        ]
    )

    yes, no = (field for field in details_embed(told(shown), WORDS).fields if field.inline)
    assert ("“It is closed.”" in yes.value, "“It is open.”" in yes.value) == (True, False)
    assert ("“It is closed.”" in no.value, "“It is open.”" in no.value) == (False, True)
    assert "It is open." not in read(claim_embed(shown, WORDS))


def test_merged_claims():
    """A duplicate says where it went, and the kept claim who is asked."""
    kept = build_claim("Another", number=12)
    card = Card(55, 11, TeamId(1), PostKind.CLAIM, 12, 1, 1)
    gone = replace(
        make_view(build_claim(state=ClaimState(Status.DUPLICATE, NOW))),
        kept=(kept, card),
        ruling=RulingView(MergedInto(ADA, Text("t", "0"), ClaimKey("z" * 22)), "Same."),
    )

    text = read(claim_embed(gone, WORDS))
    assert "Merged into [#12](https://discord.com/channels/1001/11/55); please vote there." in text
    assert "By a moderator: “Same.”" in text
    assert "of 3 votes" not in text
    asked = read(claim_embed(replace(make_view(), asked=2), WORDS))
    assert "2 voters on claims merged into this one are asked to vote here." in asked


def test_link_about_a_source():
    """A link about a source says whose saying it is about."""
    said = source("BBC")
    shown = make_view(
        passages=[passage("x", 0, 1, (replace(said, id=9),))],
        evidence=[link(stance=Stance.DISPUTES, target=9)],
    )

    assert "🚫 shows that BBC didn't say it: [" in read(claim_embed(shown, WORDS))


def test_who_added_a_link():
    """Details say who added a link and when."""
    shown = told(make_view(evidence=(link(),)), people={ADA: 77})

    field = next(each for each in details_embed(shown, WORDS).fields if each.name == "Evidence")

    assert (field.value or "").endswith(f"· <@77> {make_timestamp(NOW, 'R')}")


def test_where_a_passage_stands():
    """A card and its Details say by what a person finds the quote again, and what became of it."""
    kept = replace(
        passage(),
        place=Place(0, "3", PlaceKind.PAGE),
        is_new=True,
        gone_at=NOW + timedelta(days=1),
    )
    shown = make_view(passages=[kept])
    card = read(claim_embed(voted(passages=(kept,)), WORDS))
    short, details = read(claim_embed(shown, WORDS)), read(details_embed(told(shown), WORDS))

    for said in (card, short, details):
        assert "page 3 · new in the version of " in said
        assert "gone since " in said


def test_revised_figures():
    """Either card says what the document says now, and what it said."""
    new = opposed(7, Disagreement.REVISED, ("30", "40"))
    old = opposed(7, Disagreement.REVISES, ("40", "30"))
    unknown = opposed(7, Disagreement.REVISED, None)

    def said(other):
        return read(claim_embed(replace(make_view(), opposed=(other,)), WORDS))

    assert "The document now says 40 (#7); it said 30" in said(new)
    assert "The document now says 40; it said 30 (#7)" in said(old)
    assert "The document now says #7." in said(unknown)
