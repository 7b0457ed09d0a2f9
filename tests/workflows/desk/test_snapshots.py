"""What is kept of the pages behind links, and what becomes of it."""

import json
from dataclasses import replace
from datetime import date, timedelta

import pytest

from workflows.claims import PagePassage, Place, PlaceKind, SnapshotState, Stance
from workflows.desk import audit, evidence, exports, merging, privacy, snapshots
from workflows.errors import BadInput, Unavailable
from workflows.export import formats
from workflows.export.model import Format
from workflows.matching.sketch import sketch_text
from workflows.policy import Policy
from workflows.snapshots import TRIES, PageRead
from workflows.teams import Acting

GUILD, URL = 1001, "https://pages.example.org/bridge"
PAGE = PageRead(
    "Bridge closed",
    "The Post",
    "Ada Reyes",
    date(2026, 3, 1),
    200,
    "ab" * 32,
    PagePassage("The bridge is closed.", 12, Place(12, "2", PlaceKind.PARAGRAPH)),
)


@pytest.fixture
def acting(person, now):
    return Acting(GUILD, person(7), now)


@pytest.fixture
def attach(act, acting):
    def run(claim, url=URL, **other):
        return act(evidence.attach_link, acting, claim.key, url, Stance.SUPPORTS, **other).link

    return run


@pytest.fixture
def due(store, now):
    return lambda minutes=0: snapshots.list_due(store, now + timedelta(minutes=minutes))


def test_taken_once(act, store, claim, attach, due, now):
    """A link's page is due as soon as the link is there, and not again once it is kept."""
    attach(claim, preview=" A  look ")
    (waiting,) = due()
    assert (waiting.url, waiting.words) == (URL, claim.words)

    act(snapshots.keep_page, waiting, PAGE, now)

    assert due(10_000) == ()
    (link,) = store.evidence.of_claim(claim)
    shot = link.snapshot
    assert (shot.state, shot.title, shot.author, shot.published) == (
        SnapshotState.TAKEN,
        "Bridge closed",
        "Ada Reyes",
        date(2026, 3, 1),
    )
    assert (shot.passage, shot.sha256, shot.status, shot.at) == (PAGE.passage, "ab" * 32, 200, now)
    assert shot.preview == "A look"


def test_refused_for_good(act, store, claim, attach, due, now):
    """What can never be read is kept as that, with its sentence and the site's answer."""
    attach(claim)
    error = BadInput("{site} says {status}.", site="example.org", status=404)

    act(snapshots.keep_failure, due()[0], error, now)

    assert due(10_000) == ()
    shot = store.evidence.of_claim(claim)[0].snapshot
    assert (shot.state, shot.status) == (SnapshotState.REFUSED, 404)
    assert shot.refusal.sentence.format(**shot.refusal.values) == "example.org says 404."


def test_tried_again(act, store, claim, attach, due, now):
    """What may be readable later is tried again, later each time, and given up in the end."""
    attach(claim)
    (waiting,) = due()
    at, tries = now, 0
    while waiting:
        act(snapshots.keep_failure, waiting, Unavailable("Down."), at)
        tries += 1
        assert snapshots.list_due(store, at) == ()
        at += timedelta(hours=13)
        waiting = next(iter(snapshots.list_due(store, at)), None)

    assert tries == TRIES
    assert store.evidence.of_claim(claim)[0].snapshot.state is SnapshotState.REFUSED


def test_team_without(act, store, make_team, make_claim, attach, due):
    """A team that wants no pages opened has none opened."""
    make_team(snapshots=False)
    claim = make_claim()
    attach(claim)

    assert due(10_000) == ()
    assert store.evidence.of_claim(claim)[0].snapshot is None
    assert act(evidence.list_sources, GUILD, claim.key) == ()


def test_turned_off_meanwhile(store, db, claim, attach, due):
    """A team that turns it off has nothing opened any more, also of what waits."""
    attach(claim)
    db.execute("UPDATE teams SET snapshots = 0")

    assert due(10_000) == ()
    assert store.evidence.of_claim(claim)[0].snapshot.state is SnapshotState.WAITING


def test_private_page(act, store, claim, attach, due, acting, now):
    """A private page is never opened; one that becomes private loses what was kept of it."""
    hidden = attach(claim, private=True)
    shown = attach(claim, "https://pages.example.org/other")
    assert [each.key for each in due(10_000)] == [shown.key]
    act(snapshots.keep_page, due()[0], PAGE, now)

    act(evidence.switch_private, acting, claim.key, shown.key)
    act(evidence.switch_private, acting, claim.key, hidden.key)

    one, other = store.evidence.of_claim(claim)
    assert (one.key, one.snapshot.state) == (hidden.key, SnapshotState.WAITING)
    assert (other.snapshot.state, other.snapshot.title) == (SnapshotState.PRIVATE, None)


def test_changed_meanwhile(act, store, claim, attach, due, acting, now):
    """What was read for an address that the link no longer has, or for no link, is let go."""
    link, gone = attach(claim), attach(claim, "https://pages.example.org/other")
    first, second = due()
    act(evidence.edit_link, acting, claim.key, link.key, address="https://example.net/a")
    act(evidence.remove_link, acting, claim.key, gone.key)

    act(snapshots.keep_page, first, PAGE, now)
    act(snapshots.keep_failure, second, BadInput("No."), now)

    assert [each.url for each in due()] == ["https://example.net/a"]
    assert store.evidence.of_claim(claim)[0].snapshot.title is None
    assert store.faults() == []


def test_moved_removed_forgotten(act, db, store, make_claim, team, attach, due, person, now):
    """A merge takes it along, /forget-me leaves it, and it goes with its link."""
    assert team
    claim, into = make_claim("A is closed"), make_claim("B is closed")
    boss = Acting(GUILD, person(1, manages=True), now)
    link = attach(claim)
    act(snapshots.keep_page, due()[0], PAGE, now)

    act(merging.merge, boss, [claim.key], into.key, "The same.")
    act(privacy.forget_member, GUILD, 7, now)
    (moved,) = store.evidence.of_claim(into)
    assert (moved.key, moved.snapshot.title) == (link.key, "Bridge closed")

    act(evidence.remove_link, boss, into.key, link.key, reason="Gone.")
    assert db["snapshots"].count == 0


def test_exported(act, store, claim, attach, due, now):
    """JSON Lines tell what the page said of itself; of one that was not read, nothing."""
    attach(claim)
    attach(claim, "https://pages.example.org/other")
    act(snapshots.keep_page, due()[0], PAGE, now)

    begun = exports.begin_export(store, GUILD, exports.ExportRequest(Format.JSONL), None)
    made = formats.get_layout(Format.JSONL, begun.team, "The desk")
    (told,) = (json.loads(made.line(each)) for each in begun.claims)

    assert ["page" in link for link in told["evidence"]] == [True, False]
    assert told["evidence"][0]["page"]["title"] == "Bridge closed"


REPORT = sketch_text(" ".join(f"word{n} and" for n in range(40)))
OTHER = sketch_text(" ".join(f"other{n} or" for n in range(40)))


@pytest.fixture
def read(act, due, now):
    """Every page that is due is read: by its address, what is there."""

    def run(pages):
        for each in due():
            act(snapshots.keep_page, each, replace(PAGE, **pages[each.url]), now)

    return run


def origins(store, claim):
    return [(link.origin, link.counts) for link in store.evidence.of_claim(claim)]


def test_one_report_on_two_sites(store, claim, attach, read):
    """A report that stands on two sites is of one origin, and history replays."""
    attach(claim, "https://first.example.org/a")
    attach(claim, "https://second.example.net/b")
    attach(claim, "https://third.example.com/c")
    read(
        {
            "https://first.example.org/a": {"sketch": REPORT},
            "https://second.example.net/b": {"sketch": REPORT},
            "https://third.example.com/c": {"sketch": OTHER},
        }
    )

    found = origins(store, claim)
    assert len({origin for origin, _ in found}) == 2
    assert all(counts for _, counts in found)
    assert audit.replay_all(store).differences == ()


def test_agency_is_the_origin(store, make_team, make_claim, attach, read):
    """Reports of one agency count once where independent ones are wanted."""
    make_team(replace(Policy(), independent=True))
    claim = make_claim()
    pages = ["https://first.example.org/a", "https://second.example.net/b"]
    for page in pages:
        attach(claim, page)
    assert store.claims.get(claim.id).sources.supports == 2

    read({page: {"wire": "reuters.com"} for page in pages})

    assert origins(store, claim) == [("reuters.com", True), ("reuters.com", True)]
    assert store.claims.get(claim.id).sources.supports == 1
    assert audit.replay_all(store).differences == ()


def test_copy_of_the_claims_document(act, store, claim, attach, read):
    """A page that copies the claim's own document shows nothing of it."""
    document = store.documents.passages(claim.id)[0].document
    act(
        lambda store: store.documents._db.execute(
            "INSERT OR IGNORE INTO document_sketches (team_id, hash, document_id)"
            " SELECT ?, value, ? FROM json_each(?)",
            [claim.team, document.id, json.dumps(sorted(REPORT))],
        )
    )
    attach(claim)
    read({URL: {"sketch": REPORT}})

    assert [counts for _, counts in origins(store, claim)] == [False]
    assert store.claims.get(claim.id).sources.supports == 0
    assert audit.replay_all(store).differences == ()
