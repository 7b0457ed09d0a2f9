"""A team's public pages: values in, files out. The same values give the same bytes.

All that is written comes from what `workflows.export.publication` lets out, and from the team's
rules; no vote, no member and no id of Discord's is among it.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

import msgspec
from babel import Locale
from markupsafe import Markup

from bot.config.model import Site
from bot.i18n.escaping import plain
from bot.i18n.labels import (
    HEDGES,
    INFORMATION_GRADES,
    SOURCE_GRADES,
    STANCES,
    VERDICTS,
)
from bot.i18n.translator import Translator
from bot.rendering.evidence import describe_change
from bot.rendering.rules import write_rule
from bot.rendering.site.context import GENERATOR, SiteContext
from bot.rendering.site.data import build_data, make_review
from bot.rendering.site.names import (
    get_claim_path,
    get_web_address,
    iter_sources,
    link_contact,
    make_slug,
    name_source,
    plain_part,
    shorten_address,
)
from bot.rendering.site.templates import load_asset, load_templates
from bot.rendering.site.words import (
    AS_OF,
    EXPLANATION,
    GLOSSARY,
    PUBLIC_RULES,
    SETTLED,
    SETTLED_OTHERWISE,
)
from workflows.claims import (
    AttributionCheck,
    Evidence,
    Passage,
    SourceInChain,
    Stance,
    Verdict,
)
from workflows.desk.publication import Publication
from workflows.export.formats import write_json_ld
from workflows.export.publication import VERDICT_OF, Milestone, PageEvent, PublishedClaim

PAGE = 50
"""Claims in a list before it goes on on another page."""


@dataclass(frozen=True, slots=True)
class _Listing:
    """Claims under one heading, at one address, oldest first."""

    path: str
    title: str
    claims: tuple[PublishedClaim, ...]


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
        self._context = SiteContext(publication, site, tr)
        self._site, self._tr = site, tr
        self._claims, self._labels = publication.claims, self._context.labels

    def build(self) -> Iterator[tuple[str, bytes]]:
        yield "style.css", load_asset("style.css")
        yield "search.js", load_asset("search.js")
        yield "search-data.js", self._build_search_data()
        for claim in self._claims:
            yield get_claim_path(claim.claim.number), self._build_claim(claim)
        documents, sources = self._list_documents(), self._list_sources()
        for listing in (*documents, *sources, *self._list_verdicts()):
            yield from self._build_listing(listing)
        yield "documents.html", self._build_directory("documents", documents)
        yield "sources.html", self._build_directory("sources", sources)
        yield "about.html", self._build_about()
        yield from build_data(self._context)
        yield from self._build_listing(_Listing("index.html", "", self._claims))

    # ------------------------------------------------------------------------------- a page

    def render(self, template: str, path: str, **values: object) -> bytes:
        """Return a page: its template filled in, and all that stands on every page."""
        root = "../" * path.count("/")
        page = (
            load_templates()
            .get_template(f"site/{template}")
            .render(
                {
                    "t": self._labels,
                    "site_title": self._context.title,
                    "language": self._tr.language,
                    "direction": get_direction(self._tr.language),
                    "generator": GENERATOR,
                    "root": root,
                    "path": path,
                    "address": self._site.base_url + path if self._site.base_url else "",
                    "is_indexed": self._site.is_indexed,
                    "contact": self._site.contact,
                    "contact_link": link_contact(self._site.contact),
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
        review = make_review(self._context, published, f"{claim.number}.html")
        return self.render(
            "claim.html",
            path,
            title=plain(claim.words),
            description=f"{self._context.name_verdict(published)}: {plain(claim.words)}",
            line=self._context.make_line(published),
            settled_by=self._context.explain_settled_by(published),
            number=tr.text("Claim {number}", number=claim.number),
            since=tr.text("since {day}", day=self._context.format_day(published.settled_at)),
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
            json_ld=Markup(write_json_ld(review)),  # noqa: S704  # JSON without < > &
        )

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
            "shown": shorten_address(link.url),
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
                said = self._tr.text(
                    SETTLED_OTHERWISE.get(milestone.settled_by, SETTLED), verdict=verdict
                )
            case PageEvent.CHANGED_MIND:
                said = self._tr.text("The team changed its mind: {verdict}.", verdict=verdict)
            case _:
                said = self._tr.text("Reopened, to be checked again.")
        return {"said": said, **self._time(milestone.at)}

    def _time(self, at: datetime) -> dict[str, object]:
        return {"at": at.isoformat(timespec="seconds"), "day": self._context.format_day(at)}

    def _rules(self) -> list[str]:
        policy = self._context.team.policy
        rules = [write_rule(policy, rule, self._tr) for rule in PUBLIC_RULES]
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
                        (self._context.make_line(claim), self._context.format_day(claim.settled_at))
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
            for name in dict.fromkeys(map(plain, iter_sources(each))):
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
            for line in map(self._context.make_line, reversed(self._claims))
        ]
        return b"window.claims = " + msgspec.json.encode(told) + b";\n"


def _get_name(path: str) -> str:
    return path.rsplit("/", 1)[-1]
