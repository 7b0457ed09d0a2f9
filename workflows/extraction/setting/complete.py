"""What a claim lacks that all of its document tells: whose, when, where, and of which poll.

What is put in stands in square brackets, and only where it is certain.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from workflows.claims import Attribution, FoundClaim
from workflows.extraction.references.reading import Whereabouts
from workflows.extraction.setting.days import (
    FACT_CHECK,
    find_happening,
    name_day,
    name_told_day,
)
from workflows.extraction.setting.incidents import (
    find_day,
    name_case,
    name_incident,
    tells_of_court,
    tells_of_rescue,
)
from workflows.extraction.setting.measures import (
    MEASURE,
    Period,
    find_periods,
    name_loose_period,
    name_owner,
    name_period,
)
from workflows.extraction.setting.only_names import find_bearers, find_outlet, name_source
from workflows.extraction.setting.places import find_state, name_place, name_state
from workflows.extraction.setting.pollsters import name_pollster
from workflows.extraction.setting.surveys import Survey, find_surveys, name_survey, place_survey
from workflows.extraction.setting.timeline import Happening, Timeline
from workflows.extraction.setting.unplaced import shelve_unplaced
from workflows.extraction.text.document import DocumentParts
from workflows.extraction.text.organisation import COMPANY
from workflows.extraction.text.owners import (
    Owner,
    Section,
    choose_owner,
    find_section,
    name_issuer,
)
from workflows.extraction.text.plain_text import CharSpan


@dataclass(frozen=True, slots=True)
class Setting:
    """What a document tells of all its claims: the company, place and polls it is about."""

    text: str
    published: date | None
    organisation: CharSpan | None
    sections: tuple[Section, ...]
    """Whose figures are told where, in a report of results."""
    whereabouts: Whereabouts
    day: str | None
    """When the event was that it is about."""
    periods: tuple[Period, ...]
    surveys: tuple[Survey, ...]
    bearers: Mapping[str, str]
    """Who is the only judge, sheriff or mayor whom it names."""
    outlet: str | None
    """The only newspaper or broadcaster whose report it tells."""
    happenings: tuple[Happening, ...]
    """What it tells of its own day."""

    @classmethod
    def read(
        cls,
        text: str,
        published: date | None,
        document: DocumentParts,
        organisation: CharSpan | None,
        whereabouts: Whereabouts,
        claims: Sequence[FoundClaim],
        timeline: Timeline,
    ) -> "Setting":
        whereabouts = whereabouts._replace(region=find_state(text, whereabouts.region))
        periods = tuple(find_periods(text))
        surveys = tuple(place_survey(each, whereabouts.region) for each in find_surveys(text))
        if not tells_of_rescue(text):
            whereabouts = whereabouts._replace(incident=None)
        if not tells_of_court(text):
            whereabouts = whereabouts._replace(case=None)
        checks = FACT_CHECK.search(text) is not None
        return cls(
            text=text,
            published=published,
            organisation=organisation,
            sections=document.sections,
            whereabouts=whereabouts,
            day=find_day(whereabouts.incident, claims),
            periods=periods,
            surveys=surveys,
            bearers=find_bearers(text),
            outlet=find_outlet(claims),
            happenings=() if checks else timeline.list_happenings(court=tells_of_court(text)),
        )

    def complete(self, claim: FoundClaim) -> FoundClaim:
        """Return a claim with what it lacks put in."""
        periods, section = self.periods, find_section(self.sections, claim.quote_start)
        if section is not None and len(self.sections) > 1:
            periods = tuple(p for p in periods if section.start <= p.start < section.end)
        owner = self._find_owner(claim, section)
        if owner is not None:
            claim = name_owner(claim, self.text[slice(*owner)], owner)
        if claim.attribution:
            company = self.text[slice(*owner)] if owner is not None else None
            claim = name_source(claim, self.bearers, company, self.outlet)
        if periods:
            claim = name_loose_period(name_period(claim, periods), periods)
        if self.surveys:
            claim = name_survey(claim, self.surveys, self.text)
            claim = name_pollster(claim, self.text, self.surveys)
        happening = find_happening(claim, self.happenings)
        claim = name_incident(claim, self.whereabouts.incident, self.day, self.text)
        claim = name_case(claim, self.whereabouts.case, self.text)
        claim = name_state(claim, self.whereabouts.region)
        claim = name_place(claim, self.whereabouts, self.text, here=happening is not None)
        claim = name_told_day(claim, happening, self.text)
        return shelve_unplaced(name_day(claim, self.published))

    def _find_owner(self, claim: FoundClaim, section: Section | None) -> CharSpan | None:
        """Return where the company is named whose a bare figure is."""
        named = self.organisation
        if section is None or MEASURE.match(claim.words) is None:
            return named
        issuer = name_issuer(self.text, named) if named is not None else None
        owner = choose_owner(section, issuer, self.text, claim.quote_start, claim.words)
        if owner is None or any(_is_of_another(link, owner) for link in claim.attribution):
            return None
        return CharSpan(owner.start, owner.end)


def _is_of_another(link: Attribution, owner: Owner) -> bool:
    """Return True for a figure that another company tells: its own."""
    source = link.resolved or link.source or ""
    return COMPANY.search(source) is not None and owner.key not in source.lower()
