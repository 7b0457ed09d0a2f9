"""The public pages: valid, the same for the same state, and silent about the team's people."""

import io
import json
import re
import xml.etree.ElementTree as ET
from dataclasses import replace
from html.parser import HTMLParser

import feedparser
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.config.model import Site
from bot.i18n.labels import HEDGES
from bot.i18n.translator import LANGUAGES, translator_for
from bot.rendering.site.build import PAGE, build_gone_page, build_site, get_direction
from bot.rendering.site.names import get_web_address, make_slug
from tests.builders import AT, build_chain, build_claim, build_evidence, build_source, build_team
from workflows.claims import (
    ClaimState,
    Document,
    DocumentKey,
    EvidenceCounts,
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
from workflows.desk.publication import Publication
from workflows.export.model import ExportedClaim
from workflows.export.publication import Milestone, PageEvent, PublishedClaim
from workflows.voting import SettledBy

SITE = Site("The Harbour desk", "https://example.org/claims/", "desk@example.org")
EN = translator_for("en")
HOSTILE = "</script><script>alert(1)</script> & \"quoted\" 'it' \u202e\x07 <b>"
ATOM = "{http://www.w3.org/2005/Atom}"


def build_published(number=15, words="The bridge is closed", **other):
    """A refuted claim with a quote, a link and a settling, published."""
    document = Document(
        4, DocumentKey("d" * 22), "Morning report", "Harbour Post", "https://post.example/1",
        AT.date(), "en", "0" * 64, AT, 1,
    )  # fmt: skip
    quote = f"The mayor said: {words}."
    passage = Passage(
        document, quote, 0, 16, len(quote) - 1, build_chain("the mayor"), Hedge.REPORTED, None
    )
    claim = build_claim(
        words, id=number, number=number, state=ClaimState(Status.REFUTED, AT, settled_at=AT)
    )
    exported = ExportedClaim(claim, (passage,), (build_evidence(stance=Stance.REFUTES),))
    milestones = (Milestone(AT, PageEvent.SETTLED, Verdict.REFUTED),)
    return replace(PublishedClaim(exported, milestones), **other)


def build_files(*claims, site=SITE, tr=EN, **team):
    return dict(build_site(Publication(build_team(**team), claims), site, tr))


class Checker(HTMLParser):
    """Sees whether every element that is opened is closed, in order, and no id stands twice."""

    VOID = frozenset(["meta", "link", "input", "br", "img", "hr"])

    def __init__(self):
        super().__init__()
        self.open, self.ids, self.faults, self.links = [], set(), [], []

    def handle_starttag(self, tag, attrs):
        given = dict(attrs)
        if tag not in self.VOID:
            self.open.append(tag)
        if given.get("id") in self.ids:
            self.faults.append(f"id {given['id']} twice")
        self.ids |= {given["id"]} if "id" in given else set()
        self.links += [given["href"]] if "href" in given else []
        self.faults += [f"{tag} has {name}" for name in given if name.startswith("on")]

    def handle_endtag(self, tag):
        if not self.open or self.open.pop() != tag:
            self.faults.append(f"</{tag}> out of place")


def check(content):
    checker = Checker()
    checker.feed(content.decode())
    checker.close()
    return checker


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("words", ["The bridge is closed", HOSTILE])
def test_pages_are_sound(language, words):
    """Every page is well formed, and nothing in a claim becomes markup or a handler."""
    files = build_files(build_published(words=words), tr=translator_for(language))

    for path, content in files.items():
        if path.endswith(".html"):
            checked = check(content)
            assert (path, checked.faults, checked.open) == (path, [], [])
            assert b"alert(1)</script>" not in content.replace(b"&lt;", b"")


def test_links_lead_somewhere():
    """Every link between the pages leads to a page that is there."""
    files = build_files(*(build_published(number) for number in range(1, 3 * PAGE)))

    for path, content in files.items():
        if not path.endswith(".html"):
            continue
        folder = path.rpartition("/")[0]
        for link in check(content).links:
            if not re.match(r"https?:|mailto:|#", link):
                parts = [*filter(None, folder.split("/")), *link.partition("#")[0].split("/")]
                while ".." in parts:
                    at = parts.index("..")
                    del parts[at - 1 : at + 1]
                assert "/".join(parts) in files, (path, link)


def test_full_lists_never_change():
    """One more claim changes no older page of a list."""
    claims = [build_published(number) for number in range(1, 3 * PAGE + 8)]
    before, after = build_files(*claims[:-1]), build_files(*claims)
    older = [path for path in before if re.fullmatch(r"(index|.*/.*)-\d\.html", path)]

    assert {path.partition("-")[0] for path in older} >= {"index", "verdicts/refuted"}
    shown = {path: before[path].split(b"<ol class")[1:] for path in older}
    assert {path: after[path].split(b"<ol class")[1:] for path in older} == shown


def test_same_bytes():
    """The same state gives the same bytes."""
    assert build_files(build_published()) == build_files(build_published())


@settings(max_examples=40)
@given(
    voter=st.text("abcdefghjkm", min_size=22, max_size=22),
    account=st.integers(10**17, 2**63 - 1),
    tally=st.builds(Tally, *[st.integers(1000, 9999)] * 4),
    verdict=st.sampled_from(Verdict),
)
def test_nobody_is_named(voter, account, tally, verdict):
    """No member's key, no id of Discord's, no vote and no count of votes is in any byte."""
    key = MemberKey(voter)
    plain = build_published()
    votes = (Vote(key, verdict, 1, 1, AT, reason="Hidden words"),)
    links = tuple(replace(link, by=key, key="f" * 22) for link in plain.exported.evidence)
    known = replace(
        plain.claim,
        tally=tally,
        sources=EvidenceCounts(7, 7),
        added_by=key,
        assigned_to=key,
        key="z" * 22,
    )
    told = replace(
        plain.exported, claim=known, votes=votes, evidence=links, card=(account, account)
    )

    files = build_files(
        replace(plain, exported=told),
        guild=account,
        claims_channel=account,
        voter_roles=frozenset({account}),
    )

    assert files == build_files(plain)
    for content in files.values():
        for hidden in (voter, str(account), "Hidden words", "z" * 22, "f" * 22):
            assert hidden.encode() not in content


def test_claim_page():
    """A claim's page holds what a reader can check."""
    chain = (
        SourceInChain(1, build_source("the mayor")),
        SourceInChain(2, build_source(None, anonymous=True)),
    )
    plain = build_published(reasons=("We asked the city.",), ruling="A clear case.")
    passages = tuple(replace(each, attribution=chain) for each in plain.exported.passages)
    links = (
        build_evidence(stance=Stance.REFUTES, grade=Grade("B", 2), note="Page 3."),
        build_evidence("https://example.com/b", stance=Stance.SUPPORTS, counts=False),
    )
    exported = replace(
        plain.exported, passages=passages, evidence=links, settled_by=SettledBy.MODERATOR
    )
    milestones = (
        Milestone(AT, PageEvent.SETTLED, Verdict.SUPPORTED),
        Milestone(AT, PageEvent.REOPENED),
        Milestone(AT, PageEvent.CHANGED_MIND, Verdict.REFUTED, Verdict.SUPPORTED),
        Milestone(AT, PageEvent.SETTLED, Verdict.REFUTED, settled_by=SettledBy.MODERATOR),
    )
    told = replace(plain, exported=exported, milestones=milestones)

    page = build_files(told)["claims/15.html"].decode()

    for said in (
        "The bridge is closed", "since Mar 2, 2026", "the mayor", "unnamed", "reported",
        "<mark>The bridge is closed</mark>", "B · usually reliable", "2 · probably true", "Page 3.",
        "own source", "We asked the city.", "A clear case.", "Moderator&#39;s verdict",
        "Settled as Supported.", "Reopened", "The team changed its mind: Refuted.",
        "Settled by a moderator as Refuted.", "A verdict needs 3 votes.",
    ):  # fmt: skip
        assert said in page, said
    assert page.index("Evidence against") < page.index("Evidence for")


def test_glossary():
    """Pages lead to what "as of" and the words for how firmly a claim is put mean."""
    files = build_files(build_published())

    about = files["about.html"].decode()
    assert 'id="terms"' in about
    assert all(f"<dt>{EN.text(HEDGES[hedge])}</dt>" in about for hedge in Hedge)
    assert "about.html#terms" in files["claims/15.html"].decode()


def test_summary_is_a_sentence():
    """A feed's summary parts verdict, claim and source."""
    (item,) = json.loads(build_files(build_published())["feed.json"])["items"]

    assert item["content_text"] == "Refuted: “The bridge is closed.” Source: the mayor."


def test_claim_review():
    """Each page holds its ClaimReview, which names the page and the verdict."""
    files = build_files(build_published(words=HOSTILE))
    page = files["claims/15.html"].decode()
    (found,) = re.findall(r'<script type="application/ld\+json">(.*?)</script>', page, re.DOTALL)

    review = json.loads(found)

    assert (review["@type"], review["claimReviewed"]) == ("ClaimReview", HOSTILE)
    assert review["url"] == "https://example.org/claims/claims/15.html"
    assert review["reviewRating"]["alternateName"] == "Refuted"
    (item,) = json.loads(files["claimreview.json"])["dataFeedElement"]
    assert item["item"] == {name: value for name, value in review.items() if name != "@context"}


@pytest.mark.parametrize("site", [SITE, Site()])
def test_atom_feed(site):
    """The Atom feed has what RFC 4287 asks for, is parsed cleanly, and is cut at its length."""
    claims = [build_published(number, words=f"{number} {HOSTILE}") for number in range(1, 70)]
    content = build_files(*claims, site=site)["feed.xml"]

    parsed = feedparser.parse(io.BytesIO(content))
    feed = ET.fromstring(content)  # noqa: S314  # ours

    assert not parsed.bozo
    assert len(parsed.entries) == 50
    entries = feed.findall(f"{ATOM}entry")
    for element in (feed, *entries):
        for name in ("id", "title", "updated"):
            (found,) = element.findall(f"{ATOM}{name}")
            assert found.text
    ids = [entry.findtext(f"{ATOM}id") for entry in entries]
    assert len(set(ids)) == len(ids)
    assert all(each.startswith("urn:uuid:") for each in ids)
    assert feed.find(f"{ATOM}author/{ATOM}name") is not None
    assert ("self" in {link.get("rel") for link in feed.findall(f"{ATOM}link")}) == bool(
        site.base_url
    )
    assert feed.findtext(f"{ATOM}updated") == AT.isoformat()


def test_empty_site():
    """A team that published nothing has pages and feeds that say so."""
    files = build_files()

    assert b"No claims have been published yet." in files["index.html"]
    assert not feedparser.parse(io.BytesIO(files["feed.xml"])).bozo
    assert json.loads(files["claims.json"])["claims"] == []


def test_json_feed():
    """The JSON feed is of version 1.1, with an id and a text for each item."""
    feed = json.loads(build_files(build_published())["feed.json"])

    assert feed["version"] == "https://jsonfeed.org/version/1.1"
    assert feed["feed_url"] == "https://example.org/claims/feed.json"
    (item,) = feed["items"]
    assert item["id"].startswith("urn:uuid:")
    assert item["date_published"] == AT.isoformat()
    assert "The bridge is closed" in item["content_text"]


def test_ids_outlive_an_address():
    """A claim keeps its id in the feeds when the pages move to another address."""
    ids = [
        json.loads(build_files(build_published(), site=site)["feed.json"])["items"][0]["id"]
        for site in (SITE, Site())
    ]

    assert ids[0] == ids[1]


def test_gone_page():
    """The note that stays says nothing of what stood there, and asks not to be listed."""
    content = build_gone_page(Publication(build_team(), ()), SITE, EN, "claims/15.html")

    assert b"no longer published" in content
    assert b'content="noindex"' in content
    assert check(content).faults == []


def test_search_engines():
    """Pages that engines may not list say so."""
    hidden = build_files(build_published(), site=replace(SITE, is_indexed=False))

    assert b'content="noindex"' in hidden["claims/15.html"]
    assert b"noindex" not in build_files(build_published())["claims/15.html"]


@pytest.mark.parametrize(("language", "direction"), [("en", "ltr"), ("ko", "ltr"), ("ar", "rtl")])
def test_direction(language, direction):
    """Pages run in the direction of their language."""
    assert get_direction(language) == direction


def test_only_web_addresses():
    """Nothing but http and https is linked."""
    assert get_web_address("https://example.org") == "https://example.org"
    assert [get_web_address(url) for url in ("javascript:alert(1)", None, "data:x")] == [""] * 3


@given(one=st.text(min_size=1), other=st.text(min_size=1))
def test_slugs(one, other):
    """A name's address has plain letters only, and differs where the name does."""
    assert re.fullmatch(r"[a-z0-9-]+", make_slug(one))
    assert (make_slug(one) == make_slug(other)) == (one.casefold() == other.casefold())
