"""A team's public pages: values in, files out. The same values give the same bytes.

All that is written comes from what `workflows.export.publication` lets out, and from the team's
rules; no vote, no member and no id of Discord's is among it.
"""

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from typing import TYPE_CHECKING
from urllib.parse import urlsplit
from uuid import NAMESPACE_URL, UUID, uuid5

import msgspec
from babel import Locale
from markupsafe import Markup

from bot.config import Site
from bot.i18n.escaping import plain
from bot.i18n.labels import (
    HEDGES,
    INFORMATION_GRADES,
    SOURCE_GRADES,
    STANCES,
    VERDICTS,
    gettext_noop,
)
from bot.i18n.translator import Translator
from bot.rendering.evidence import describe_change
from bot.rendering.rules import write_rule
from bot.rendering.standing import ENDED_EARLY
from workflows.claims import (
    Attribution,
    AttributionCheck,
    Evidence,
    Hedge,
    Passage,
    SourceInChain,
    Stance,
    Verdict,
)
from workflows.desk.publication import Publication
from workflows.export.claim_review import make_claim_review
from workflows.export.formats import write_json_ld
from workflows.export.json_objects import write_snapshot
from workflows.export.publication import VERDICT_OF, Milestone, PageEvent, PublishedClaim
from workflows.ids import make_hash
from workflows.voting import SettledBy

if TYPE_CHECKING:
    from jinja2 import Environment, PackageLoader

PAGE = 50
"""Claims in a list before it goes on on another page."""
IN_FEEDS = 50
"""The newest claims, which the feeds hold."""
GENERATOR = "Corrobot"
"""What a page says that it was made by: a page without it is not ours to replace."""


@dataclass(frozen=True, slots=True)
class _Line:
    """A claim in a list."""

    number: int
    words: str
    verdict: Verdict
    label: str
    source: str
    day: date
    whose: str


@dataclass(frozen=True, slots=True)
class _Listing:
    """Claims under one heading, at one address, oldest first."""

    path: str
    title: str
    claims: tuple[PublishedClaim, ...]


LABELS: Mapping[str, str] = {
    "skip": gettext_noop("Skip to the content"),
    "menu": gettext_noop("Pages"),
    "newest": gettext_noop("Newest"),
    "supported": gettext_noop("Supported"),
    "refuted": gettext_noop("Refuted"),
    "documents": gettext_noop("Documents"),
    "sources": gettext_noop("Sources"),
    "about": gettext_noop("How we decide"),
    "more_about": gettext_noop("More on how we decide"),
    "newest_claims": gettext_noop("Newest claims"),
    "same_document": gettext_noop("All its claims"),
    "search": gettext_noop("Search the claims"),
    "none_found": gettext_noop("No claim contains these words."),
    "empty": gettext_noop("No claims have been published yet."),
    "older": gettext_noop("Older claims"),
    "newer": gettext_noop("Newer claims"),
    "said_by": gettext_noop("Who says so"),
    "own_voice": gettext_noop("in its own voice"),
    "unnamed": gettext_noop("unnamed"),
    "did_say": gettext_noop("a link shows that they said it"),
    "did_not_say": gettext_noop("a link shows that they didn't say it"),
    "evidence": gettext_noop("Evidence"),
    "archived": gettext_noop("archived"),
    "for": gettext_noop("Evidence for"),
    "against": gettext_noop("Evidence against"),
    "context": gettext_noop("Context"),
    "saying": gettext_noop("Did they say it?"),
    "no_evidence": gettext_noop("No link was added."),
    "own_source": gettext_noop("The claim's own source; doesn't count."),
    "reasons": gettext_noop("Reasons the team gave"),
    "ruling": gettext_noop("The moderator's reason"),
    "moderator": gettext_noop("Moderator's verdict"),
    "history": gettext_noop("History"),
    "gone": gettext_noop("This page is no longer published"),
    "gone_why": gettext_noop(
        "This claim was withdrawn or is being checked again. If it is published again, it"
        " will be back at this address."
    ),
    "contact": gettext_noop("Contact"),
    "feeds": gettext_noop("Feeds and data"),
    "rules": gettext_noop("Our rules"),
    "unless": gettext_noop(
        "All this holds unless a moderator settles the claim; its page then says so."
    ),
    "weighted": gettext_noop("Votes by some roles count more."),
    "terms": gettext_noop("What the words mean"),
    "grades": gettext_noop("Grades"),
    "grades_why": gettext_noop(
        "Each link can have two grades: how reliable its source is, and how credible its"
        " information is. They are never combined into one number."
    ),
}
"""The words of the pages that are always the same."""

EXPLANATION = (
    gettext_noop(
        "A team checks individual statements, called claims, that it finds in documents. Each page"
        " shows one claim, who said it and how firmly, and the exact words."
    ),
    gettext_noop(
        "Members vote on whether a claim is true, not on whether somebody said it, and add links"
        " for or against it. Only settled verdicts are published; who voted, and how, is not."
    ),
    gettext_noop(
        "A verdict can change. When a claim is checked again, its page is taken down until there"
        " is a verdict; then it shows both verdicts."
    ),
)
AS_OF = (
    gettext_noop("as of"),
    gettext_noop(
        "The claim is checked as of this day: the one on which its source spoke or, if that isn't"
        " known, on which the document appeared."
    ),
)
GLOSSARY: Mapping[Hedge, str] = {
    Hedge.ASSERTED: gettext_noop("The source says it as a fact."),
    Hedge.CONFIRMED: gettext_noop("The source says that it has been confirmed."),
    Hedge.REPORTED: gettext_noop("The source says it, or passes on what others say."),
    Hedge.ALLEGED: gettext_noop("It is an accusation, or put as not proven."),
    Hedge.SPECULATED: gettext_noop("The source thinks it possible or likely."),
    Hedge.PREDICTED: gettext_noop("The source says that it will happen."),
    Hedge.DENIED: gettext_noop("The source says that it isn't true."),
    Hedge.UNCONFIRMED: gettext_noop("The source says that it couldn't be confirmed."),
}
"""What a page says about how firmly a claim is put."""
SETTLED_BY: Mapping[SettledBy | None, str] = {
    SettledBy.TEAM_EARLY: ENDED_EARLY,
    SettledBy.MODERATOR: gettext_noop(
        "A moderator of the team set this verdict by hand; it isn't the result of a vote."
    ),
}
"""What is said of a verdict that the end of its hold did not settle."""
_SETTLED: Mapping[SettledBy | None, str] = {
    SettledBy.TEAM_EARLY: gettext_noop("Settled early as {verdict} by a moderator."),
    SettledBy.MODERATOR: gettext_noop("Settled by a moderator as {verdict}."),
}
SUMMARIES: Mapping[bool, str] = {
    True: gettext_noop("{verdict}: “{claim}.” Source: {source}."),
    False: gettext_noop("{verdict}: “{claim}.”"),
}
"""A claim in a feed, with its source where it has one."""
SETTLED = gettext_noop("Settled as {verdict}.")
_PUBLIC_RULES = ("quorum", "share", "keep_share", "evidence", "independent", "hold", "tally")
"""The voting rules that readers are told; the others are about the team's own members."""


def build_site(publication: Publication, site: Site, tr: Translator) -> Iterator[tuple[str, bytes]]:
    """Yield every file of a team's pages: its path in the folder, and its bytes.

    The pages that others lead to come before those that lead to them.
    """
    yield from _SiteBuilder(publication, site, tr).build()


def build_gone_page(publication: Publication, site: Site, tr: Translator, path: str) -> bytes:
    """Return the note that stands where a page was."""
    return _SiteBuilder(publication, site, tr).build_gone(path)


def get_direction(language: str) -> str:
    """Return in which direction a language is written, as HTML says it."""
    return str(Locale.parse(language, sep="_").text_direction)


class _SiteBuilder:
    def __init__(self, publication: Publication, site: Site, tr: Translator) -> None:
        self._team, self._claims = publication.team, publication.claims
        self._site, self._tr = site, tr
        self._title = site.title or tr.text("Checked claims")
        self._labels = {name: tr.text(words) for name, words in LABELS.items()}
        self._zone = publication.team.settings.timezone
        self._feed_id = uuid5(NAMESPACE_URL, publication.team.created_at.isoformat())

    def build(self) -> Iterator[tuple[str, bytes]]:
        yield "style.css", _load_asset("style.css")
        yield "search.js", _load_asset("search.js")
        yield "search-data.js", self._build_search_data()
        for claim in self._claims:
            yield get_claim_path(claim.claim.number), self._build_claim(claim)
        documents, sources = self._list_documents(), self._list_sources()
        for listing in (*documents, *sources, *self._list_verdicts()):
            yield from self._build_listing(listing)
        yield "documents.html", self._build_directory("documents", documents)
        yield "sources.html", self._build_directory("sources", sources)
        yield "about.html", self._build_about()
        yield "claims.json", self._build_claims_json()
        yield "claimreview.json", self._build_claim_reviews()
        yield "feed.xml", self._build_atom()
        yield "feed.json", self._build_json_feed()
        yield from self._build_listing(_Listing("index.html", "", self._claims))

    # ------------------------------------------------------------------------------- a page

    def render(self, template: str, path: str, **values: object) -> bytes:
        """Return a page: its template filled in, and all that stands on every page."""
        root = "../" * path.count("/")
        page = (
            _templates()
            .get_template(f"site/{template}")
            .render(
                {
                    "t": self._labels,
                    "site_title": self._title,
                    "language": self._tr.language,
                    "direction": get_direction(self._tr.language),
                    "generator": GENERATOR,
                    "root": root,
                    "path": path,
                    "address": self._site.base_url + path if self._site.base_url else "",
                    "is_indexed": self._site.is_indexed,
                    "contact": self._site.contact,
                    "contact_link": _link_contact(self._site.contact),
                    "description": "",
                    **values,
                }
            )
        )
        return page.encode()

    def build_gone(self, path: str) -> bytes:
        return self.render("gone.html", path, title=self._labels["gone"], is_indexed=False)

    def _build_claim(self, published: PublishedClaim) -> bytes:
        claim, tr = published.claim, self._tr
        path = get_claim_path(claim.number)
        links = published.exported.evidence
        return self.render(
            "claim.html",
            path,
            title=plain(claim.words),
            description=f"{self._label(published)}: {plain(claim.words)}",
            line=self._line(published),
            settled_by=self._explain_settled_by(published),
            number=tr.text("Claim {number}", number=claim.number),
            since=tr.text("since {day}", day=self._day(published.settled_at)),
            as_of=tr.text("as of {day}", day=tr.day(claim.as_of)) if claim.as_of else "",
            passages=[self._passage(each) for each in published.exported.passages],
            sides=self._sides(published),
            saying=[
                self._link(link, published)
                for link in links
                if link.stance in (Stance.CONFIRMS, Stance.DISPUTES)
            ],
            reasons=[plain(reason) for reason in published.reasons],
            ruling=plain(published.ruling) if published.ruling else "",
            milestones=[self._milestone(each) for each in published.milestones],
            rules=self._rules(),
            json_ld=Markup(write_json_ld(self._review(published, f"{claim.number}.html"))),  # noqa: S704  # JSON without < > &
        )

    def _explain_settled_by(self, published: PublishedClaim) -> str:
        explained = SETTLED_BY.get(published.exported.settled_by)
        return self._tr.text(explained) if explained else ""

    def _passage(self, passage: Passage) -> dict[str, object]:
        document, base = passage.document, passage.quote_start
        start = min(max(passage.start - base, 0), len(passage.quote))
        end = min(max(passage.end - base, start), len(passage.quote))
        return {
            "chain": [self._source(link) for link in passage.attribution],
            "voice": plain(document.publisher or document.title),
            "hedge": self._tr.text(HEDGES[passage.hedge]),
            "quote": [
                plain_part(part)
                for part in (passage.quote[:start], passage.quote[start:end], passage.quote[end:])
            ],
            "title": plain(document.title),
            "url": get_web_address(document.url),
            "publisher": plain(document.publisher or ""),
            "day": self._tr.day(document.published) if document.published else "",
            "path": f"documents/{document.id}.html",
            "language": document.language,
        }

    def _source(self, link: SourceInChain) -> dict[str, object]:
        return {
            "name": plain(name_source(link.said) or self._tr.text("someone")),
            "anonymous": link.said.anonymous,
            "sourced": link.check is AttributionCheck.SOURCED,
            "disputed": link.check is AttributionCheck.DISPUTED,
        }

    def _sides(self, published: PublishedClaim) -> list[tuple[str, str, list[dict[str, object]]]]:
        """Return what speaks for and against a claim, and what gives context, that which there is.

        What its verdict rests on comes first.
        """
        order = [Stance.SUPPORTS, Stance.REFUTES, Stance.CONTEXT]
        if VERDICT_OF[published.claim.state.status] is Verdict.REFUTED:
            order[:2] = reversed(order[:2])
        headings = {
            Stance.SUPPORTS: self._labels["for"],
            Stance.REFUTES: self._labels["against"],
            Stance.CONTEXT: self._labels["context"],
        }
        sides = (
            (
                stance.value,
                headings[stance],
                [
                    self._link(link, published)
                    for link in published.exported.evidence
                    if link.stance is stance
                ],
            )
            for stance in order
        )
        return [side for side in sides if side[2]]

    def _link(self, link: Evidence, published: PublishedClaim) -> dict[str, object]:
        tr = self._tr
        names = {
            source.id: name_source(source.said)
            for passage in published.exported.passages
            for source in passage.attribution
        }
        source = plain(names.get(link.target or 0) or tr.text("someone"))
        grade, information = link.grade.given
        grades = []
        if grade is not None:
            grades.append(tr.text("Source: {grade}", grade=tr.text(SOURCE_GRADES[grade])))
        if information is not None:
            named = tr.text(INFORMATION_GRADES[str(information)])
            grades.append(tr.text("Information: {grade}", grade=named))
        return {
            "url": get_web_address(link.url),
            "site": plain(link.origin),
            "shown": _shorten_address(link.url),
            "archived": get_web_address(link.snapshot.archived) if link.snapshot else "",
            "change": plain(describe_change(link.snapshot, tr)),
            "title": plain(link.snapshot.title) if link.snapshot and link.snapshot.title else "",
            "says": tr.text(STANCES[link.stance], source=source),
            "grades": grades,
            "counts": link.counts,
            "note": plain(link.note) if link.note else "",
        }

    def _milestone(self, milestone: Milestone) -> dict[str, object]:
        verdict = self._tr.text(VERDICTS[milestone.verdict]) if milestone.verdict else ""
        match milestone.turn:
            case PageEvent.SETTLED:
                said = self._tr.text(_SETTLED.get(milestone.settled_by, SETTLED), verdict=verdict)
            case PageEvent.CHANGED_MIND:
                said = self._tr.text("The team changed its mind: {verdict}.", verdict=verdict)
            case _:
                said = self._tr.text("Reopened, to be checked again.")
        return {"said": said, **self._time(milestone.at)}

    def _time(self, at: datetime) -> dict[str, object]:
        return {"at": at.isoformat(timespec="seconds"), "day": self._day(at)}

    def _day(self, at: datetime) -> str:
        return self._tr.day(at.astimezone(self._zone).date())

    def _rules(self) -> list[str]:
        policy = self._team.policy
        rules = [write_rule(policy, rule, self._tr) for rule in _PUBLIC_RULES]
        rules += [self._labels["weighted"]] * bool(policy.weights)
        return [*rules, self._labels["unless"]]

    def _build_about(self) -> bytes:
        return self.render(
            "about.html",
            "about.html",
            title=self._labels["about"],
            explanation=[self._tr.text(each) for each in EXPLANATION],
            terms=[tuple(map(self._tr.text, AS_OF))]
            + [(self._tr.text(HEDGES[each]), self._tr.text(GLOSSARY[each])) for each in GLOSSARY],
            rules=self._rules(),
            source_grades=[self._tr.text(each) for each in SOURCE_GRADES.values()],
            information_grades=[self._tr.text(each) for each in INFORMATION_GRADES.values()],
        )

    # ------------------------------------------------------------------------------ the lists

    def _line(self, published: PublishedClaim) -> _Line:
        return _Line(
            number=published.claim.number,
            words=plain(published.claim.words),
            verdict=VERDICT_OF[published.claim.state.status],
            label=self._label(published),
            source=plain(_get_main_source(published)),
            day=published.settled_at.astimezone(self._zone).date(),
            whose=self._labels["moderator"]
            if published.exported.settled_by is SettledBy.MODERATOR
            else "",
        )

    def _label(self, published: PublishedClaim) -> str:
        return self._tr.text(VERDICTS[VERDICT_OF[published.claim.state.status]])

    def _build_listing(self, listing: _Listing) -> Iterator[tuple[str, bytes]]:
        """Yield the pages of a list. Full ones are numbered from the oldest, and so never change.

        The list's own address shows the newest, at least a page's worth of them.
        """
        parts = [listing.claims[at : at + PAGE] for at in range(0, len(listing.claims), PAGE)]
        older, newest = (parts[:-2], parts[-2:]) if len(parts) > 1 else ([], parts)
        stem = listing.path.removesuffix(".html")
        paths = [*(f"{stem}-{place}.html" for place in range(1, len(older) + 1)), listing.path]
        shown = [*older, tuple(claim for part in newest for claim in part)]
        for place, (path, claims) in enumerate(zip(paths, shown, strict=True)):
            yield (
                path,
                self.render(
                    "listing.html",
                    path,
                    title=listing.title,
                    counted=self._count(listing.claims),
                    lines=[
                        (self._line(claim), self._day(claim.settled_at))
                        for claim in reversed(claims)
                    ],
                    older=_get_name(paths[place - 1]) if place else "",
                    newer=_get_name(paths[place + 1]) if place + 1 < len(paths) else "",
                ),
            )

    def _count(self, claims: Sequence[PublishedClaim]) -> str:
        return self._tr.plural("{n} claim", "{n} claims", len(claims))

    def _list_verdicts(self) -> Iterator[_Listing]:
        for status, verdict in VERDICT_OF.items():
            chosen = tuple(each for each in self._claims if each.claim.state.status is status)
            yield _Listing(f"verdicts/{verdict}.html", self._tr.text(VERDICTS[verdict]), chosen)

    def _list_documents(self) -> list[_Listing]:
        named: dict[int, str] = {}
        claims: dict[int, list[PublishedClaim]] = {}
        for each in self._claims:
            for passage in each.exported.passages:
                named[passage.document.id] = passage.document.title
                of_it = claims.setdefault(passage.document.id, [])
                if each not in of_it[-1:]:
                    of_it.append(each)
        return [
            _Listing(f"documents/{row}.html", plain(named[row]), tuple(claims[row]))
            for row in sorted(named, reverse=True)
        ]

    def _list_sources(self) -> list[_Listing]:
        named: dict[str, str] = {}
        claims: dict[str, list[PublishedClaim]] = {}
        for each in self._claims:
            for name in dict.fromkeys(map(plain, _iter_sources(each))):
                folded = name.casefold()
                named.setdefault(folded, name)
                of_it = claims.setdefault(folded, [])
                if each not in of_it[-1:]:
                    of_it.append(each)
        return [
            _Listing(f"sources/{make_slug(named[key])}.html", named[key], tuple(claims[key]))
            for key in sorted(named)
        ]

    def _build_directory(self, kind: str, listings: Sequence[_Listing]) -> bytes:
        entries = [(each.path, each.title, self._count(each.claims)) for each in listings]
        return self.render(
            "directory.html", f"{kind}.html", title=self._labels[kind], entries=entries
        )

    def _build_search_data(self) -> bytes:
        told = [
            [line.number, line.words, line.verdict, line.label, line.source]
            for line in map(self._line, reversed(self._claims))
        ]
        return b"window.claims = " + msgspec.json.encode(told) + b";\n"

    # ---------------------------------------------------------------------------- for programs

    def _address(self, published: PublishedClaim) -> str:
        return self._site.base_url + get_claim_path(published.claim.number)

    def _review(self, published: PublishedClaim, address: str) -> dict[str, object]:
        """Return a claim's ClaimReview, with the verdict's name in the pages' language."""
        address = self._address(published) if self._site.base_url else address
        review = make_claim_review(published.exported, address, self._title)
        review["reviewRating"]["alternateName"] = self._label(published)
        if explained := self._explain_settled_by(published):
            review["reviewRating"]["ratingExplanation"] = explained
        if self._site.base_url:
            review["author"]["url"] = self._site.base_url
        return review

    def _build_claim_reviews(self) -> bytes:
        """Return all reviews as schema.org's DataFeed."""
        items = []
        for each in reversed(self._claims):
            review = self._review(each, get_claim_path(each.claim.number))
            del review["@context"]
            items.append({"@type": "DataFeedItem", "dateModified": each.updated_at, "item": review})
        feed = {
            "@context": "https://schema.org",
            "@type": "DataFeed",
            "name": self._title,
            "dataFeedElement": items,
        }
        return _write_json(feed)

    def _build_claims_json(self) -> bytes:
        told = {
            "version": 1,
            "title": self._title,
            "language": self._tr.language,
            "claims": [self._object(each) for each in reversed(self._claims)],
        }
        return _write_json(told)

    def _object(self, published: PublishedClaim) -> dict[str, object]:
        """Return a claim as `claims.json` tells it."""
        claim = published.claim
        return {
            "number": claim.number,
            "url": self._address(published),
            "claim": claim.words,
            "verdict": VERDICT_OF[claim.state.status],
            "settled_by": published.exported.settled_by.whose
            if published.exported.settled_by
            else None,
            "settled_at": published.settled_at,
            "updated_at": published.updated_at,
            "as_of": claim.as_of,
            "passages": [
                {
                    "quote": passage.quote,
                    "hedge": passage.hedge,
                    "sources": [
                        {
                            "name": name_source(link.said),
                            "anonymous": link.said.anonymous,
                            "check": link.check,
                        }
                        for link in passage.attribution
                    ],
                    "document": {
                        "title": passage.document.title,
                        "publisher": passage.document.publisher,
                        "url": get_web_address(passage.document.url) or None,
                        "published": passage.document.published,
                    },
                }
                for passage in published.exported.passages
            ],
            "evidence": [
                {
                    "url": link.url,
                    "stance": link.stance,
                    "counts": link.counts,
                    "source_grade": link.grade.given[0],
                    "information_grade": link.grade.given[1],
                    "note": link.note,
                    **write_snapshot(link),
                }
                for link in published.exported.evidence
            ],
            "history": [
                {
                    "at": each.at,
                    "event": each.turn,
                    "verdict": each.verdict,
                    "was": each.was,
                    "by_moderator": each.settled_by is SettledBy.MODERATOR,
                }
                for each in published.milestones
            ],
            "reasons": published.reasons,
            "moderators_reason": published.ruling,
        }

    def _entries(self) -> Iterator[dict[str, object]]:
        """Yield the newest claims as the feeds tell them."""
        for each in self._claims[: -IN_FEEDS - 1 : -1]:
            line = self._line(each)
            named = {"verdict": line.label, "claim": line.words.rstrip("."), "source": line.source}
            yield {
                "id": self._make_id(each.claim.number).urn,
                "number": line.number,
                "title": f"{line.label}: {line.words}",
                "summary": self._tr.text(SUMMARIES[bool(line.source)], **named),
                "label": line.label,
                "url": self._address(each),
                "published": each.settled_at.isoformat(timespec="seconds"),
                "updated": each.updated_at.isoformat(timespec="seconds"),
            }

    def _make_id(self, number: int) -> UUID:
        return uuid5(self._feed_id, str(number))

    def _build_atom(self) -> bytes:
        entries = list(self._entries())
        updated = max(
            (str(entry["updated"]) for entry in entries),
            default=self._team.created_at.isoformat(timespec="seconds"),
        )
        return (
            _templates()
            .get_template("site/feed.xml")
            .render(
                id=self._feed_id.urn,
                title=self._title,
                language=self._tr.language,
                generator=GENERATOR,
                base_url=self._site.base_url,
                updated=updated,
                entries=entries,
            )
            .encode()
        )

    def _build_json_feed(self) -> bytes:
        base = self._site.base_url
        feed: dict[str, object] = {
            "version": "https://jsonfeed.org/version/1.1",
            "title": self._title,
            "language": self._tr.language,
        }
        if base:
            feed |= {"home_page_url": base, "feed_url": f"{base}feed.json"}
        feed["items"] = [
            {
                "id": entry["id"],
                **({"url": entry["url"]} if base else {}),
                "title": entry["title"],
                "content_text": entry["summary"],
                "date_published": entry["published"],
                "date_modified": entry["updated"],
                "tags": [entry["label"]],
            }
            for entry in self._entries()
        ]
        return _write_json(feed)


def get_claim_path(number: int) -> str:
    """Return where a claim's page stands in the folder."""
    return f"claims/{number}.html"


def name_source(said: Attribution) -> str | None:
    """Return a source's name as the team knows it; None where it has none."""
    return said.resolved or said.source


def get_web_address(url: str | None) -> str:
    """Return an address that a page may link to; nothing for any other."""
    return url if url and urlsplit(url).scheme in ("http", "https") else ""


def make_slug(name: str) -> str:
    """Return a name as part of an address: readable, and no two names alike."""
    ascii_only = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    words = re.sub(r"[^a-z0-9]+", "-", ascii_only.casefold()).strip("-")[:60].strip("-")
    return "-".join(filter(None, (words, make_hash(name.casefold())[:6])))


def plain_part(text: str) -> str:
    """Return part of a quote without anything invisible, its outer spaces kept."""
    inner = plain(text)
    if not inner:
        return " " if text else ""
    return " " * text[:1].isspace() + inner + " " * text[-1:].isspace()


def _get_main_source(published: PublishedClaim) -> str:
    """Return who a list says a claim is from: its first named source, or else who published it."""
    for passage in published.exported.passages:
        for link in passage.attribution:
            if name := name_source(link.said):
                return name
        if voice := passage.document.publisher or passage.document.title:
            return voice
    return ""


def _iter_sources(published: PublishedClaim) -> Iterator[str]:
    """Yield the named sources of a claim; where a document speaks itself, its publisher."""
    for passage in published.exported.passages:
        if not passage.attribution and passage.document.publisher:
            yield passage.document.publisher
        for link in passage.attribution:
            name = name_source(link.said)
            if name and not link.said.anonymous:
                yield name


def _shorten_address(url: str, most: int = 60) -> str:
    parts = urlsplit(url)
    shown = plain(parts.netloc.removeprefix("www.") + parts.path.rstrip("/"))
    return shown if len(shown) <= most else shown[: most - 1] + "…"


def _link_contact(contact: str) -> str:
    if "@" in contact and "/" not in contact:
        return f"mailto:{contact}"
    return get_web_address(contact)


def _get_name(path: str) -> str:
    return path.rsplit("/", 1)[-1]


def _write_json(value: object) -> bytes:
    return msgspec.json.format(msgspec.json.encode(value), indent=1) + b"\n"


def _load_asset(name: str) -> bytes:
    source, _, _ = _loader().get_source(_templates(), f"site/{name}")
    return source.encode()


@lru_cache(maxsize=1)
def _loader() -> "PackageLoader":
    from jinja2 import PackageLoader  # noqa: PLC0415  # only a site that is written needs it

    return PackageLoader("bot.rendering")


@lru_cache(maxsize=1)
def _templates() -> "Environment":
    from jinja2 import Environment, StrictUndefined  # noqa: PLC0415  # as above

    return Environment(
        loader=_loader(),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
