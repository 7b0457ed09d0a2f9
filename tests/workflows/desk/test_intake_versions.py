"""A document again, changed: its claims are compared one by one, and nothing is doubled."""

from dataclasses import replace

import pytest

from workflows.claims import Disagreement, Figure, Place, PlaceKind, Status
from workflows.desk import audit, claim_views, drafts, intake, moderation
from workflows.desk.intake import IntakeResult
from workflows.events import PassageGone
from workflows.intake import Intake
from workflows.teams import Acting

GUILD = 1001
URL = "https://post.example/olden"
BODY = "The council of Olden met on the matter and will meet again before the end of the month."


@pytest.fixture
def version(found_claim):
    """A version of one article that says these things; a number is a figure."""

    def make(*words, url=URL, title="Olden", **other):
        claims = []
        for start, each in enumerate(words):
            numbers = [word for word in each.split() if word.isdecimal()]
            figures = tuple(
                Figure(n, float(n), None, "people", None, each.index(n), each.index(n) + len(n))
                for n in numbers
            )
            claims.append(found_claim(each, figures=figures, start=start, end=start + 5))
        text = "\n\n".join([BODY, *words, BODY])
        return Intake(title, "The Post", url, None, "en", text, tuple(claims), **other)

    return make


@pytest.fixture
def arrive(act, store, now):
    def run(document, who=None, at=None):
        return act(intake.add_document, GUILD, document, who, at or now)

    yield run
    assert audit.replay_all(store).differences == ()


@pytest.fixture
def claim_of(store, team):
    return lambda number: store.claims.with_number(team.id, number)


KILLED, MORE = "A shell killed 30 people in Olden", "A shell killed 40 people in Olden"
HE, RAIN, SCHOOL = "He resigned", "It rained in Olden", "The school of Olden is closed"


def test_changed_article(arrive, store, team, version, claim_of):
    """A claim that stays is not doubled, one with another figure points to it, one is gone."""
    assert team
    arrive(version(KILLED, HE, RAIN))

    taken = arrive(version(MORE, HE, SCHOOL))

    assert (taken.posted, taken.shared, taken.revised, taken.gone) == (2, 1, 1, 1)
    assert [claim_of(n).words for n in range(1, 6) if claim_of(n)] == [
        *(KILLED, HE, RAIN, MORE, SCHOOL)
    ]
    shown = {n: claim_views.view_by_id(store, claim_of(n).id) for n in range(1, 6)}
    opposed = [(o.claim.number, o.disagreement, o.figures) for o in shown[1].opposed]
    assert opposed == [(4, Disagreement.REVISED, ("30", "40"))]
    opposed = [(o.claim.number, o.disagreement, o.figures) for o in shown[4].opposed]
    assert opposed == [(1, Disagreement.REVISES, ("40", "30"))]
    gone = {n: bool(shown[n].passages[0].gone_at) for n in shown}
    assert gone == {1: True, 2: False, 3: True, 4: False, 5: False}
    assert [n for n in shown if shown[n].passages[0].is_new] == [5]
    assert all(len(view.passages) == 1 for view in shown.values())
    assert claim_views.view_document(store, taken.document.id).changes == (1, 1, 1)
    kinds = [type(event.data) for event in store.history.of_claim(claim_of(3))]
    assert kinds[-1] is PassageGone


def test_same_claims_again(arrive, store, team, version):
    """Where only the words between the claims changed, the team has the document."""
    first = arrive(version(KILLED, HE))
    again = replace(version(KILLED, HE), text=version(KILLED, HE).text + " 12 more lines.")

    taken = arrive(again)

    assert taken == IntakeResult(first.document, 2, 0, known=True)
    assert len(store.claims.of_team(team.id)) == 2


def test_third_version(arrive, claim_of, store, team, version):
    """Each version is compared with all before it: what comes back is not doubled."""
    assert team
    arrive(version(KILLED, HE, RAIN))
    arrive(version(MORE, HE, RAIN, SCHOOL))

    taken = arrive(version(KILLED, RAIN, SCHOOL))

    assert (taken.posted, taken.shelved, taken.shared, taken.gone) == (0, 0, 3, 2)
    assert claim_of(6) is None
    gone = {n: claim_views.view_by_id(store, claim_of(n).id).passages for n in (1, 2, 3)}
    assert {n: bool(each[-1].gone_at) for n, each in gone.items()} == {1: False, 2: True, 3: False}


@pytest.mark.parametrize(
    "url",
    [
        "http://www.post.example/olden?utm_source=feed",
        "https://m.post.example/olden/amp",
        "https://web.archive.org/web/2026/https://post.example/olden",
    ],
)
def test_one_page_many_addresses(arrive, team, version, url):
    """A page is known under all its addresses."""
    assert team
    arrive(version(KILLED, HE))

    taken = arrive(version(MORE, HE, url=url))

    assert (taken.revised, taken.posted) == (1, 1)


def test_copy_elsewhere(arrive, team, version):
    """The same text from another site is known; one with another figure is no newer version."""
    assert team
    lines = [f"Ship {chr(97 + n) * 3} left the port of Olden before the storm" for n in range(26)]
    first = arrive(version(KILLED, *lines))

    same = arrive(version(KILLED, *lines, url="https://wire.example/1", title="Wire"))
    other = arrive(version(MORE, *lines, url="https://wire.example/2", title="Wire"))

    assert (same.known, same.document) == (True, first.document)
    assert (other.known, other.revised, other.gone) == (False, 0, 0)


def test_pasted_again(arrive, team, version):
    """A text without a link is a newer version of one with its title and much the same words."""
    assert team
    arrive(version(KILLED, HE, RAIN, url=None))

    taken = arrive(version(MORE, HE, RAIN, url=None))
    other = arrive(version(KILLED, HE, SCHOOL, url=None, title="Elsewhere"))

    assert (taken.revised, taken.shared) == (1, 2)
    assert other.revised == other.gone == 0


def test_page_with_other_news(arrive, claim_of, store, team, version):
    """An address under which there are other news is no version of the old ones."""
    assert team
    arrive(version(KILLED, RAIN))
    other = replace(version(SCHOOL), text=f"{SCHOOL}. Lessons begin again on Monday at nine.")

    taken = arrive(other)

    assert (taken.posted, taken.gone) == (1, 0)
    assert claim_views.view_by_id(store, claim_of(1).id).passages[0].gone_at is None


def test_dropped_stays_dropped(act, arrive, claim_of, team, person, now, version):
    """A claim that was dropped does not come back with the next version."""
    assert team
    arrive(version(KILLED, HE))
    boss = Acting(GUILD, person(1, manages=True), now)
    act(moderation.drop_claim, boss, claim_of(2).key, "no claim")

    taken = arrive(version(MORE, HE))

    assert claim_of(2).state.status is Status.DROPPED
    assert (taken.posted, claim_of(4)) == (1, None)


def test_preview_compares(act, arrive, team, person, now, version):
    """The preview says which claims are known, which have another figure, which are gone."""
    assert team
    ada = Acting(GUILD, person(7), now)
    arrive(version(KILLED, HE, RAIN))
    newer = version(MORE, HE, SCHOOL)
    kept = act(drafts.keep_draft, ada, replace(newer, claims=()))
    met = act(drafts.match_claims, GUILD, kept.draft.key, newer.claims, now)

    view = act(drafts.keep_claims, GUILD, kept.draft.key, newer.claims, met, now)

    assert {place: claim.number for place, (claim, _) in view.known.items()} == {1: 2}
    revised = {place: (had.claim.number, had.figures) for place, had in view.revised.items()}
    assert revised == {0: (1, ("40", "30"))}
    assert [claim.number for claim, _ in view.gone] == [3]

    met = act(drafts.match_ahead, ada, kept.draft.key)
    taken = act(drafts.finish_draft, ada, kept.draft.key, None, met)
    assert (taken.posted, taken.revised, taken.gone) == (2, 1, 1)


def test_newer_draft_takes_over(act, team, person, now, version):
    """A page brought again before anybody decided on it is one draft, the newer."""
    assert team
    ada = Acting(GUILD, person(7), now)

    act(drafts.keep_draft, ada, version(KILLED))
    act(drafts.keep_draft, ada, version(MORE))

    [line] = act(drafts.list_unfinished, ada).own
    assert act(drafts.look_up, ada, line.key).draft.intake.text == version(MORE).text


def test_places_are_kept(arrive, store, team, version, claim_of):
    """A claim's passage says on which page it stands, or in which paragraph of a longer text."""
    assert team
    paged = version(KILLED, HE, RAIN, places=(Place(0, "1"), Place(2, "2")))
    arrive(paged)
    lines = tuple(replace(c, start=300 + 10 * n) for n, c in enumerate(version(SCHOOL).claims))
    arrive(replace(version(SCHOOL, MORE, url=None), claims=lines))

    places = [claim_views.view_by_id(store, claim_of(n).id).passages[0].place for n in (1, 3, 4)]

    assert [(place.kind, place.name) for place in places if place] == [
        (PlaceKind.PAGE, "1"),
        (PlaceKind.PAGE, "2"),
        (PlaceKind.PARAGRAPH, "4"),
    ]
