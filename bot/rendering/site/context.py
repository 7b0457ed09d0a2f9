"""What all of a team's public pages share: its claims, its language, and each claim's line."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import NAMESPACE_URL, uuid5

from bot.config.model import Site
from bot.i18n.escaping import plain
from bot.i18n.labels import VERDICTS
from bot.i18n.translator import Translator
from bot.rendering.site.names import get_claim_path, get_main_source
from bot.rendering.site.words import LABELS, SETTLED_BY
from workflows.claims import Verdict
from workflows.desk.publication import Publication
from workflows.export.publication import VERDICT_OF, PublishedClaim
from workflows.voting import SettledBy

GENERATOR = "Corrobot"
"""What a page says that it was made by: a page without it is not ours to replace."""


@dataclass(frozen=True, slots=True)
class ListedClaim:
    """A claim in a list."""

    number: int
    words: str
    verdict: Verdict
    label: str
    source: str
    day: date
    whose: str


class SiteContext:
    def __init__(self, publication: Publication, site: Site, tr: Translator) -> None:
        self.team, self.claims = publication.team, publication.claims
        self.site, self.tr = site, tr
        self.title = site.title or tr.text("Checked claims")
        self.labels = {name: tr.text(words) for name, words in LABELS.items()}
        self._zone = publication.team.settings.timezone
        self.feed_id = uuid5(NAMESPACE_URL, publication.team.created_at.isoformat())

    def format_day(self, at: datetime) -> str:
        return self.tr.day(at.astimezone(self._zone).date())

    def get_address(self, published: PublishedClaim) -> str:
        return self.site.base_url + get_claim_path(published.claim.number)

    def make_line(self, published: PublishedClaim) -> ListedClaim:
        """Return a claim as a list shows it."""
        return ListedClaim(
            number=published.claim.number,
            words=plain(published.claim.words),
            verdict=VERDICT_OF[published.claim.state.status],
            label=self.name_verdict(published),
            source=plain(get_main_source(published)),
            day=published.settled_at.astimezone(self._zone).date(),
            whose=self.labels["moderator"]
            if published.exported.settled_by is SettledBy.MODERATOR
            else "",
        )

    def name_verdict(self, published: PublishedClaim) -> str:
        return self.tr.text(VERDICTS[VERDICT_OF[published.claim.state.status]])

    def explain_settled_by(self, published: PublishedClaim) -> str:
        explained = SETTLED_BY.get(published.exported.settled_by)
        return self.tr.text(explained) if explained else ""
