"""Claims as CSV, JSON Lines and ClaimReview."""

import csv
import gzip
import io
import json
import re
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.rendering.export_files import pack_file
from tests.builders import build_claim
from workflows.claims import (
    Attribution,
    ClaimState,
    Document,
    DocumentKey,
    Evidence,
    EvidenceCounts,
    EvidenceKey,
    Figure,
    Grade,
    Hedge,
    MemberKey,
    Passage,
    SourceInChain,
    Stance,
    Status,
    Tally,
    Verdict,
    Vote,
)
from workflows.errors import BadInput
from workflows.export.csv_rows import COLUMNS, guard_address, guard_cell
from workflows.export.formats import get_layout, write_json_ld
from workflows.export.model import ExportedClaim, Format, Selection, narrow_selection

AT = datetime(2026, 3, 2, 12, tzinfo=UTC)
PAPER = Document(
    1, DocumentKey("d"), "Troops", "The Courier", "https://courier.example/a",
    date(2024, 10, 18), "en", "0" * 64, AT, 1,
)  # fmt: skip
SAID = Attribution("the BBC", 0, 7, "reported", 8, 16, False, date(2024, 10, 17), Hedge.REPORTED)
UNNAMED = replace(SAID, source="sources in the Far East", anonymous=True, hedge=Hedge.ALLEGED)
FIGURE = Figure("10,000", 10_000.0, None, "troops", "about", 3, 9)
LINK = Evidence(
    EvidenceKey("e"), "https://wire.example/1", "wire.example", Stance.SUPPORTS, True,
    "Third paragraph", Grade("B", 2), MemberKey("ada"), AT,
)  # fmt: skip
TWO = Tally(2, supported=2)
VOTES = tuple(
    Vote(MemberKey(who), Verdict.SUPPORTED, 1, 1, AT, reason="It is on film.")
    for who in ("ada", "ben")
)


def exported(
    words="10,000 troops have arrived",
    status=Status.IN_REVIEW,
    number=7,
    settled=None,
    shown=True,
    tally=TWO,
    votes=VOTES,
    attribution=(SAID, UNNAMED),
    paper=PAPER,
):
    claim = build_claim(
        words,
        AT,
        number=number,
        figures=(FIGURE,),
        as_of=date(2024, 10, 18),
        check_worthiness=0.75,
        state=ClaimState(status, AT, settled_at=settled, tally_shown=shown),
        tally=tally,
        sources=EvidenceCounts(1, 0),
        version=3,
        added_by=MemberKey("ada"),
    )
    links = tuple(SourceInChain(place, said) for place, said in enumerate(attribution))
    passage = Passage(paper, f"“{words}”,\nit said.", 0, 1, 20, links, Hedge.ALLEGED, "citing")
    return ExportedClaim(claim, (passage,), (LINK,), votes, None, (11, 99))


@pytest.fixture
def written(team):
    """written(format, *claims): the whole file."""

    def write(form, *claims):
        made = get_layout(form, team, "The Courier's desk")
        return made.head + made.between.join(map(made.line, claims)) + made.tail

    return write


def table(text):
    assert text.startswith("\ufeff")
    return list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"), newline="")))


# ----------------------------------------------------------------------------------------- CSV


def test_csv_row_per_claim(written):
    """A table has a row for each claim, with what a card says."""
    (row,) = table(written(Format.CSV, exported()))

    assert tuple(row) == COLUMNS
    assert row["number"] == "7"
    assert row["claim"] == "10,000 troops have arrived"
    assert row["sources"] == "the BBC → sources in the Far East"
    assert row["hedge"] == "alleged"
    assert row["quote"] == "“10,000 troops have arrived”, it said."
    assert (row["votes"], row["supported"], row["refuted"]) == ("2", "2", "0")
    assert row["evidence"] == "supports: https://wire.example/1"
    assert row["card"] == "https://discord.com/channels/1001/11/99"


@pytest.mark.parametrize(
    "words",
    [
        "=1+1",
        '=HYPERLINK("https://evil.example","here")',
        "+1",
        "-1 degrees",
        "@SUM(A1)",
        "  =1",
        "\t=1",
        "\r\n=1",
        "\u00a0=1",
        "＝1+1",
        "a,=1",
        'a";=cmd|/c calc',
        "a |  @x",
        "\0=1",
    ],
)
def test_no_formula(written, words):
    """No cell begins a formula."""
    text = written(Format.CSV, exported(words=words))
    (row,) = table(text)

    assert re.match(r"'[=+\-@＝]", row["claim"]) or re.search(r"[,;|]\s*'[=@]", row["claim"])
    assert not re.search(r"(^|[,;|])\s*[=+@＝]", row["claim"])


@given(st.text())
def test_any_text_one_cell(text):
    """Whatever a text is, its cell stays one cell and runs nowhere."""
    cell = guard_cell(text)

    assert not re.search(r"(^|[,;|])\s*[=+\-@＝＋－＠]", cell)
    assert not re.search(r"[\r\n\t\0]", cell)
    assert re.sub(r"[\s']|\0", "", cell) == re.sub(r"[\s']|\0", "", text)


# --------------------------------------------------------------------------- what is hidden


@pytest.mark.parametrize("form", [Format.CSV, Format.JSONL])
def test_hidden_votes_look_alike(written, form):
    """While the direction is hidden two opposite claims look the same."""
    against = tuple(replace(vote, verdict=Verdict.REFUTED) for vote in VOTES)

    one = written(form, exported(shown=False))
    other = written(form, exported(shown=False, tally=Tally(2, refuted=2), votes=against))

    assert one == other
    assert "on film" not in one
    assert "on film" in written(Format.JSONL, exported())


# ---------------------------------------------------------------------------------- JSON Lines


def test_json_tells_everything(written):
    """A line of JSON tells everything."""
    lines = written(Format.JSONL, exported(), exported(number=8)).splitlines()
    first = json.loads(lines[0])

    assert [json.loads(line)["number"] for line in lines] == [7, 8]
    assert first["passages"][0]["quote"] == "“10,000 troops have arrived”,\nit said."
    assert first["passages"][0]["document"]["publisher"] == "The Courier"
    assert [link["source"] for link in first["passages"][0]["attribution"]] == [
        "the BBC",
        "sources in the Far East",
    ]
    assert first["figures"][0]["value"] == 10_000
    assert first["votes"]["supported"] == 2
    assert [vote["by"] for vote in first["votes"]["cast"]] == ["ada", "ben"]
    assert first["evidence"][0]["source_grade"] == "B"


# --------------------------------------------------------------------------------- ClaimReview

REQUIRED_BY_GOOGLE = {
    "ClaimReview": {"claimReviewed", "reviewRating", "url"},
    "Rating": {"alternateName"},
}
RECOMMENDED_BY_GOOGLE = {
    "ClaimReview": {"author", "itemReviewed"},
    "Rating": {"bestRating", "ratingValue", "worstRating"},
    "Claim": {"appearance", "author", "datePublished"},
    "Organization": {"name"},
    "CreativeWork": set(),
}
KNOWN_TO_SCHEMA_ORG = {
    "ClaimReview": {
        "claimReviewed", "reviewRating", "url", "author", "itemReviewed", "datePublished",
        "citation",
    },
    "Rating": {"alternateName", "bestRating", "ratingValue", "worstRating"},
    "Claim": {"appearance", "author", "datePublished"},
    "Organization": {"name", "url"},
    "CreativeWork": {"headline", "url", "publisher", "datePublished"},
}  # fmt: skip
"""Each property's domain holds its type: ClaimReview is a Review is a CreativeWork, as is Claim."""


def things(node):
    if isinstance(node, dict):
        yield node
        for value in node.values():
            yield from things(value)
    elif isinstance(node, list):
        for part in node:
            yield from things(part)


@pytest.fixture
def review(written):
    def make(**claim):
        settled = exported(status=Status.SUPPORTED, settled=AT, **claim)
        (made,) = json.loads(written(Format.CLAIMREVIEW, settled))
        return made

    return make


def test_review_fits_schema(review):
    """A review has what Google asks for and nothing unknown to schema.org."""
    made = review()

    assert made["@context"] == "https://schema.org"
    for thing in things(made):
        kind, given_ = thing["@type"], set(thing) - {"@type", "@context"}
        assert given_ >= REQUIRED_BY_GOOGLE.get(kind, set()) | RECOMMENDED_BY_GOOGLE[kind]
        assert given_ <= KNOWN_TO_SCHEMA_ORG[kind]
    assert made["url"] == "https://discord.com/channels/1001/11/99"
    assert made["author"]["name"] == "The Courier's desk"
    assert made["datePublished"] == "2026-03-02"


@pytest.mark.parametrize(
    ("status", "value", "said"),
    [(Status.SUPPORTED, 5, "Supported"), (Status.REFUTED, 1, "Refuted")],
)
def test_rating_scale(written, status, value, said):
    """The rating goes from one, refuted, to five, supported."""
    (made,) = json.loads(written(Format.CLAIMREVIEW, exported(status=status, settled=AT)))

    rating = made["reviewRating"]
    assert (rating["ratingValue"], rating["alternateName"]) == (value, said)
    assert (rating["worstRating"], rating["bestRating"]) == (1, 5)


@pytest.mark.parametrize(
    ("attribution", "author"),
    [
        ((SAID, UNNAMED), "the BBC"),
        ((SAID, replace(SAID, source="its man", resolved="A. Smith")), "A. Smith"),
        ((), "The Courier"),
        ((UNNAMED,), None),
    ],
    ids=["the innermost with a name", "by its full name", "the document's own voice", "unnamed"],
)
def test_author_of_a_claim(review, attribution, author):
    """A claim's author is whoever made it, as far as is known."""
    assert review(attribution=attribution)["itemReviewed"].get("author", {}).get("name") == author


def test_bare_document_review(review):
    """A claim of a document without any details is a review too."""
    bare = replace(PAPER, publisher=None, url=None, published=None)

    made = review(paper=bare, attribution=())

    assert made["itemReviewed"]["appearance"] == [{"@type": "CreativeWork", "headline": "Troops"}]


def test_settled_reviews_only():
    """ClaimReview takes settled verdicts only."""
    every = narrow_selection(Selection(), Format.CLAIMREVIEW)
    some = narrow_selection(
        Selection(frozenset({Status.REFUTED, Status.DROPPED})), Format.CLAIMREVIEW
    )
    none = narrow_selection(Selection(frozenset({Status.DROPPED})), Format.CLAIMREVIEW)

    assert (every.statuses, every.settled) == ({Status.SUPPORTED, Status.REFUTED}, True)
    assert some.statuses == {Status.REFUTED}
    assert none is None
    assert narrow_selection(Selection(), Format.CSV) == Selection()


def test_no_reviews(written):
    """An export without reviews is an empty list."""
    assert json.loads(written(Format.CLAIMREVIEW)) == []


# --------------------------------------------------------------------------------- in a message


def unpacked(file):
    content = gzip.decompress(file.content) if file.name.endswith(".gz") else file.content
    return content.decode()


@pytest.mark.parametrize("form", list(Format))
def test_one_file_if_it_fits(team, written, form):
    """What fits is one file, unpacked."""
    claims = [exported(status=Status.SUPPORTED, settled=AT, number=n) for n in range(1, 4)]

    (file,) = pack_file(get_layout(form, team, "The Courier's desk"), claims, "claims", 10_000)

    assert file.content.decode() == written(form, *claims)


@pytest.mark.parametrize("form", list(Format))
def test_packed_parts(team, form):
    """What does not fit comes in packed parts that stand alone."""
    claims = [
        exported(f"{n * n * 7919 % 104729:x} troops", Status.SUPPORTED, n, AT)
        for n in range(1, 1500)
    ]

    files = pack_file(get_layout(form, team, "The Courier's desk"), iter(claims), "claims", 20_000)

    assert len(files) > 1
    assert all(len(file.content) <= 20_000 for file in files)
    assert [file.name[:9] for file in files] == [f"claims-{n}." for n in range(1, len(files) + 1)]
    found = []
    for text in map(unpacked, files):
        if form is Format.CSV:
            found += [row["claim"] for row in table(text)]
        elif form is Format.JSONL:
            found += [json.loads(line)["claim"] for line in text.splitlines()]
        else:
            found += [each["claimReviewed"] for each in json.loads(text)]
    assert found == [each.claim.words for each in claims]


def test_too_much_for_discord(team):
    """What is too much for Discord is refused with the way that works."""
    claims = (exported(f"{n * n * 7919 % 104729:x}") for n in range(3000))

    with pytest.raises(BadInput):
        pack_file(get_layout(Format.JSONL, team, ""), claims, "claims", 6000)


@pytest.mark.parametrize(
    "url",
    ["https://maps.example/@50.45,-30.52,17z", "https://news.example/a?x=1,-2&y=+3"],
)
def test_addresses_stay_whole(url):
    """A place on a map keeps its minus, and no part of an address can begin a formula."""
    assert guard_address(url) == url
    assert guard_address("https://a.example/;=1+1") == "https://a.example/%3B=1+1"


def test_json_in_a_page():
    """No text can end the script element that the JSON stands in, and it reads the same."""
    said = {"claim": "</script><script>alert(1)</script> & <!--\u2028"}

    written = write_json_ld(said)

    assert not set("<>&\u2028") & set(written)
    assert json.loads(written) == said
