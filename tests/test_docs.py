"""The documentation names what the program has."""

import re
from dataclasses import fields
from datetime import UTC, datetime, timedelta
from pathlib import Path

import msgspec
import pytest

from bot import commands_docs
from bot.cli.main import COMMANDS as TERMINAL
from bot.client import COMMANDS as DISCORD
from bot.command_access import RIGHTS
from bot.config import file
from workflows.claims import ClaimState, EvidenceCounts, Status, Tally, Verdict
from workflows.policy import Policy
from workflows.voting import conclude, decide

ROOT = Path(__file__).resolve().parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")
KEYS = [
    field.name
    for table in (
        file.DiscordTable,
        file.StoreTable,
        file.BackupTable,
        file.HealthTable,
        file.RetentionTable,
        file.IntakeTable,
        file.PublishTable,
        file.MailTable,
        file.EvidenceTable,
        file.EngineTable,
        file.TeamTable,
    )
    for field in msgspec.structs.fields(table)
    if field.name != "policy"
] + [rule.name for rule in fields(Policy)]


SLASH = [
    command.qualified_name
    for each in DISCORD
    for command in getattr(each, "walk_commands", lambda each=each: [each])()
]


@pytest.mark.parametrize("command", TERMINAL)
def test_readme_terminal_commands(command):
    """The README names every command of the terminal."""
    assert f"`corrobot {command}`" in README


@pytest.mark.parametrize("command", SLASH)
def test_readme_slash_commands(command):
    """The README names every slash command."""
    assert f"`/{command}`" in README or f"**{command}** in a message's menu" in README


@pytest.mark.parametrize("command", SLASH)
def test_commands_name_their_users(command):
    """Every slash command says whom it is for.

    In bot/command_access.py, from which /help and docs/commands.md are made.
    """
    assert command in RIGHTS


def test_commands_page():
    """The page of the commands is what the program has."""
    assert commands_docs.PAGE.read_text(encoding="utf-8") == commands_docs.write_page(), (
        "write it anew with: python -m bot.commands_docs"
    )


@pytest.mark.parametrize("key", KEYS)
@pytest.mark.parametrize("page", ["README.md", "docs/configuration.md"])
def test_configuration_keys(page, key):
    """Every configuration key is documented."""
    text = (ROOT / page).read_text(encoding="utf-8")

    assert re.search(
        rf"`(team\.|discord\.|store\.|intake\.|health\.|backup\.|retention\.|publish\.|mail\.|evidence\.|engine\.)?{key}`",
        text,
    )


@pytest.mark.parametrize(
    "page", sorted(ROOT.glob("*.md")) + sorted(ROOT.glob("docs/*.md")), ids=str
)
def test_links(page):
    """Every link between pages leads somewhere."""
    text = page.read_text(encoding="utf-8")
    links = re.findall(r"\]\((?!https?:)([^)#]+)", text) + re.findall(r'src="([^"]+)"', text)

    assert [link for link in links if not (page.parent / link).exists()] == []


def test_worked_example():
    """The worked example of the voting page is what the rules decide."""
    policy, at = Policy(), datetime(2026, 1, 5, 12, tzinfo=UTC)
    state = ClaimState(Status.UNREVIEWED, at)
    history = [
        (Tally(3, supported=2, refuted=1), EvidenceCounts(0, 0)),
        (Tally(3, supported=2, refuted=1), EvidenceCounts(1, 0)),
        (Tally(4, supported=2, refuted=2), EvidenceCounts(1, 0)),
        (Tally(4, supported=3, refuted=1), EvidenceCounts(1, 0)),
    ]

    seen = []
    for hour, (tally, sources) in enumerate(history):
        _, missing = conclude(policy, tally, sources, state.status)
        state = decide(policy, tally, sources, state, at + timedelta(hours=hour))
        seen.append((state.status, missing))

    assert [status for status, _ in seen] == [
        Status.IN_REVIEW,
        Status.SUPPORTED,
        Status.CONFLICTING,
        Status.SUPPORTED,
    ]
    assert seen[0][1].evidence == {Verdict.SUPPORTED: 1}
    assert seen[2][1].swing[Verdict.SUPPORTED] == seen[2][1].swing[Verdict.REFUTED] == 2
    assert state.settles_at == at + timedelta(hours=1) + policy.hold
