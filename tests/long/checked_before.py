"""How well what was checked before is found in other words: `python -m tests.long.checked_before`.

The test set is of our own making (`tests/workflows/matching/checked_before.tsv`): claims, and for
most of them the same in other words. All claims are a team's decided ones, and again its imported
fact-checks; each rewording is asked for as Details and *Checked before?* ask. MAP@5 is the mean of
1 / rank of the right one among the first five, 0 where it is not among them.
"""

import tempfile
from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime
from pathlib import Path

from tests.builders import build_found_claim, build_settings
from workflows.claims import Verdict
from workflows.desk import fact_checks, intake, moderation, setup
from workflows.desk.checked_before import find_checked
from workflows.fact_checks import FactCheck
from workflows.intake import Intake
from workflows.policy import Policy
from workflows.store import connections
from workflows.store.claim_store import ClaimStore
from workflows.teams import Acting, Person, Team

PAIRS = Path(__file__).parents[1] / "workflows/matching/checked_before.tsv"
GUILD, NOW = 1001, datetime(2026, 3, 2, 12, tzinfo=UTC)
FIRST = 5


def read_pairs() -> list[tuple[str, str]]:
    """Return each claim with its rewording, which may be empty."""
    lines = PAIRS.read_text(encoding="utf-8").splitlines()
    return [(claim, again) for claim, _, again in (line.partition("\t") for line in lines)]


def fill(store: ClaimStore, claims: Sequence[str]) -> Team:
    """Have all claims decided by a team, and known to it as fact-checks too."""
    team, _ = setup.create_team(store, build_settings(GUILD), Policy(), NOW)
    boss = Person(1, frozenset(), None, manages_messages=True, administrator=False)
    for place, words in enumerate(claims):
        title = f"Report {place}"
        taken = intake.add_document(
            store,
            GUILD,
            Intake(title, None, None, None, "en", f"{words}.", (build_found_claim(words),)),
            None,
            NOW,
        )
        (claim,) = store.claims.of_document(taken.document)
        moderation.settle_claim(
            store, Acting(GUILD, boss, NOW), claim.key, Verdict.REFUTED, "Checked."
        )
    checks = [
        FactCheck(f"https://checks.example.org/{place}", words, "Checkers", "False", None, date.min)
        for place, words in enumerate(claims)
    ]
    fact_checks.import_fact_checks(store, GUILD, checks, NOW)
    return team


def measure(right: str, found: Iterable[str]) -> float:
    """Return 1 / rank of the right claim among the first found, 0 where it is not there."""
    first = list(found)[:FIRST]
    return 1 / (first.index(right) + 1) if right in first else 0.0


def main() -> None:
    pairs = read_pairs()
    asked = [(claim, again) for claim, again in pairs if again]
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "corrobot.db"
        connections.migrate(path)
        db = connections.open_for_writing(path)
        store = ClaimStore(db)
        team = fill(store, [claim for claim, _ in pairs])
        for by_hand in (True, False):
            own, theirs, offered = 0.0, 0.0, 0
            for claim, again in asked:
                checked = find_checked(store, team, again, asked=by_hand)
                own += measure(claim, (each.words for each in checked.claims))
                theirs += measure(claim, (each.claim for each in checked.fact_checks))
                offered += len(checked.claims)
            where = "Checked before?" if by_hand else "Details and preview"
            print(  # noqa: T201  # what the command is for
                f"{where}: MAP@{FIRST} {own / len(asked):.3f} among own claims,"
                f" {theirs / len(asked):.3f} among fact-checks;"
                f" {offered / len(asked):.1f} own claims shown a question"
                f" ({len(asked)} questions, {len(pairs)} claims)"
            )
        db.close()


if __name__ == "__main__":
    main()
