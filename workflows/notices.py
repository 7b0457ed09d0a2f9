"""What a team's moderators are told: what only they can mend or decide. Values only."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from workflows.claims import Claim


class NoticeKind(StrEnum):
    """The things moderators are told of; bot/rendering/notices.py has a sentence for each."""

    NEW_EVIDENCE = "new_evidence"
    """A link speaks against the verdict of a settled claim."""
    EVIDENCE_GONE = "evidence_gone"
    """A link that the verdict of a settled claim rested on says so no more, or was taken away."""
    PAGE_GONE = "page_gone"
    """The page behind a link is gone: its `site`."""
    PAGE_MOVED = "page_moved"
    """A link to a `site` leads to another site now, the `other`."""
    PAGE_CHANGED = "page_changed"
    """The page behind a link has `lost` what mattered of it: its `site`."""
    CARD_GONE = "card_gone"
    """A claim's card was deleted by hand."""
    CARDS_GONE = "cards_gone"
    """Many were. `n`, and `claims`, their numbers."""
    CHANNEL_GONE = "channel_gone"
    """A channel that the team uses was deleted: `channel`, its id."""
    CHANNEL_CLOSED = "channel_closed"
    """The bot lacks permissions in a `channel`: `lacking`, by Discord's names for them."""
    CHANNEL_UNFIT = "channel_unfit"
    """A `channel` that the team uses is something one cannot post in."""
    TAGS_LACKING = "tags_lacking"
    """The forum `channel` lacks status tags, which the bot can't make: posts go without."""
    REFUSING = "refusing"
    """Discord takes nothing in a `channel`, and no permission is missing. Until it does again."""
    ROLE_GONE = "role_gone"
    """A role that the team's settings or rules name was deleted: `role`, its id."""
    STRANGERS = "strangers"
    """`n` cards that a restored database knows nothing of, with `links` to the first of them."""
    UNKNOWN_CARD = "unknown_card"
    """Somebody used a card of a claim that the database does not have: its `link`."""
    PAUSED = "paused"
    """Discord refused too much, and nothing was sent for some `minutes`."""

    FEED_FAILING = "feed_failing"
    """A feed could not be read for a day: its `number` and name (`feed`), and the `reason`."""
    WEBHOOK_FAILING = "webhook_failing"
    """Nothing arrived at a webhook for a day: its `number` and `site`, and the `reason`."""
    PUBLISHED = "published"
    """The host publishes the team's settled claims at an `address`; told once."""
    CLOCK = "clock"
    """The host's clock differs from Discord's by `minutes`."""


OF_PAGES = frozenset({NoticeKind.PAGE_GONE, NoticeKind.PAGE_MOVED, NoticeKind.PAGE_CHANGED})
"""What became of the page behind a link; `about` names the link by its key."""
SHAKEN = frozenset({NoticeKind.NEW_EVIDENCE, NoticeKind.EVIDENCE_GONE})
"""What is told of a settled verdict that may not hold any more, until the claim is reopened."""


@dataclass(frozen=True, slots=True)
class Notice:
    """One thing to tell. The same `kind` and `about` is told once, until it is mended.

    `about` names the thing ("claim:15", "channel:123"); `values` fill the kind's sentence.
    """

    kind: NoticeKind
    about: str
    claim: Claim | None = None
    values: Mapping[str, str | int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class SentNotice:
    """A notice as it was kept. `claim` is the number of the claim it is about."""

    id: int
    kind: NoticeKind
    about: str
    at: datetime
    claim: int | None
    values: Mapping[str, str | int]
