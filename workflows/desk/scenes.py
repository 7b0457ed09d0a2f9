"""Where and when what a claim or a link tells of happened: said by people, shown on the card."""

from dataclasses import dataclass, replace

from workflows.claims import EvidenceKey, Scene
from workflows.desk.claim_views import ClaimView, build_view, get_claim_by_number, get_team
from workflows.desk.evidence import require_changeable
from workflows.desk.transitions import apply, apply_due
from workflows.errors import BadInput, Refused
from workflows.events import SceneSet
from workflows.scenes import LONGEST_PLACE, read_scene
from workflows.store.claim_store import ClaimStore
from workflows.teams import Acting, Person, require_voter
from workflows.voting import VOTABLE


@dataclass(frozen=True, slots=True)
class SceneDone:
    """The claim as it is now, and the scene that it or its link has; None: it was taken away."""

    view: ClaimView
    scene: Scene | None


def set_scene(
    store: ClaimStore,
    acting: Acting,
    number: int,
    place: str = "",
    time: str = "",
    link: EvidenceKey | None = None,
) -> SceneDone:
    """Say where and when it happened, of a claim or of one's own link on it; neither takes it away.

    Raises NotFound, NotAllowed, BadInput for no place or time, Refused for a claim that is closed
    or where nothing is changed.
    """
    team = get_team(store, acting.guild)
    require_voter(team, acting.person)
    claim = apply_due(store, team, get_claim_by_number(store, team, number), acting.now)
    if claim.state.status not in VOTABLE:
        raise Refused("This claim is closed. A moderator can reopen it.", code="closed")
    if len(place) > LONGEST_PLACE:
        raise BadInput("A place has {most} characters at most.", most=LONGEST_PLACE)
    scene, before = read_scene(place, time, team.settings.timezone, acting.now), claim.scene
    if link is not None:
        shown, _ = require_changeable(store, acting.guild, claim.key, link, acting.person)
        before = shown.scene
    if scene == before:
        raise Refused("Nothing was changed: it already says this.", code="unchanged")
    by = store.teams.member(team.id, acting.person.discord_id, acting.now)
    if link is None:
        store.claims.set_scene(claim, scene)
        claim = replace(claim, scene=scene)
    else:
        store.evidence.set_scene(claim, link, scene)
    claim = apply(store, team, claim, SceneSet(by, link), acting.now)
    return SceneDone(build_view(store, team, claim), scene)


def list_links(
    store: ClaimStore, guild: int, person: Person, number: int
) -> tuple[tuple[str, EvidenceKey], ...]:
    """Return a claim's links, each with its address. Raises NotFound, NotAllowed."""
    team = get_team(store, guild)
    require_voter(team, person)
    claim = get_claim_by_number(store, team, number)
    return tuple((link.url, link.key) for link in store.evidence.of_claim(claim))
