"""The teams, their policies and their members."""

from collections.abc import Iterable
from dataclasses import fields
from datetime import datetime
from functools import lru_cache

import msgspec
from sqlite_utils import Database

from workflows.claims import MemberKey, TeamId
from workflows.ids import make_random_key
from workflows.policy import Policy, read_rules, write_rules
from workflows.store import rows
from workflows.teams import Settings, Team


class TeamRecords:
    def __init__(self, db: Database) -> None:
        self._db = db
        self._known: dict[tuple[str, int], Team] | None = None

    def after_begin(self) -> None:
        """Read each team once in the transaction that begins, until one of them is changed."""
        self._known = {}

    def create(self, settings: Settings, policy: Policy, now: datetime) -> Team:
        self._known = None
        team = TeamId(
            int(
                self._db.execute(
                    "INSERT INTO teams (guild, claims_channel, digest_channel, moderators_channel,"
                    " timezone, digest_at, language, voter_roles, moderator_roles, post,"
                    " post_threshold, post_per_day, intake, digest_days, publish, layout,"
                    " snapshots, watch_links, send_texts_to, policy_version, created_at)"
                    " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 1, ?)",
                    [*_list_columns(settings), rows.format_moment(now)],
                ).lastrowid
                or 0
            )
        )
        self._db.execute(
            "INSERT INTO policies (team_id, version, rules, made_at) VALUES (?, 1, ?, ?)",
            [team, rows.as_json(write_rules(policy)), rows.format_moment(now)],
        )
        return Team(team, settings, policy, 1, now)

    def of_guild(self, guild: int) -> Team | None:
        return self._one(_TEAMS + " WHERE guild = ?", guild)

    def get(self, team: TeamId) -> Team:
        found = self._one(_TEAMS + " WHERE teams.id = ?", team)
        if found is None:
            raise LookupError(f"no team {team}")
        return found

    def all(self) -> list[Team]:
        ids = [row[0] for row in self._db.execute("SELECT id FROM teams ORDER BY id")]
        return [self.get(TeamId(team)) for team in ids]

    def policies(self, team: TeamId) -> dict[int, Policy]:
        versions = self._db.execute(
            "SELECT version, rules FROM policies WHERE team_id = ? ORDER BY version", [team]
        )
        return {version: _read_policy(rules) for version, rules in versions.fetchall()}

    def change_policy(self, team: TeamId, version: int, policy: Policy, now: datetime) -> None:
        """A new version of the team's rules, in force from now on."""
        self._known = None
        self._db.execute(
            "INSERT INTO policies (team_id, version, rules, made_at) VALUES (?, ?, ?, ?)",
            [team, version, rows.as_json(write_rules(policy)), rows.format_moment(now)],
        )
        self._db.execute("UPDATE teams SET policy_version = ? WHERE id = ?", [version, team])

    def change_settings(self, team: TeamId, settings: Settings) -> None:
        self._known = None
        columns = ", ".join(f"{setting.name} = ?" for setting in fields(Settings))
        self._db.execute(
            f"UPDATE teams SET {columns} WHERE id = ?",  # noqa: S608  # names of ours
            [*_list_columns(settings), team],
        )

    def owe_digests_from(self, team: TeamId, at: datetime) -> None:
        """No digest is owed for an hour before this."""
        self._db.execute(
            "UPDATE teams SET digest_from = ? WHERE id = ?", [rows.format_moment(at), team]
        )

    def count_stored(self, member: MemberKey) -> tuple[int, int, int, int]:
        """Return a member's standing votes, links, texts, and messages that somebody brought."""
        votes, links, texts, messages = self._db.execute(
            "SELECT (SELECT count(*) FROM votes WHERE voter_id = :member),"
            " (SELECT count(*) FROM evidence WHERE added_by = :member),"
            " (SELECT count(*) FROM texts WHERE author_id = :member),"
            " (SELECT count(*) FROM documents WHERE writer_id = :member)"
            " + (SELECT count(*) FROM drafts WHERE writer_id = :member)",
            {"member": member},
        ).fetchone()
        return votes, links, texts, messages

    def forget(self, member: MemberKey) -> int:
        """Remove who a member was and every text of theirs; how many texts there were."""
        theirs = "(SELECT key FROM texts WHERE author_id = ?)"
        self._db.execute(f"UPDATE votes SET reason = NULL WHERE reason IN {theirs}", [member])  # noqa: S608  # ours
        self._db.execute(f"UPDATE evidence SET note = NULL WHERE note IN {theirs}", [member])  # noqa: S608  # ours
        self._db.execute(f"UPDATE claims SET ruling = NULL WHERE ruling IN {theirs}", [member])  # noqa: S608  # ours
        self._db.execute(
            "UPDATE members SET discord_id = NULL, joined_at = NULL WHERE id = ?", [member]
        )
        return self._db.execute("DELETE FROM texts WHERE author_id = ?", [member]).rowcount

    def next_number(self, team: TeamId) -> int:
        """The next claim number people will see: assigned in the transaction that uses it."""
        self._db.execute(
            "UPDATE teams SET claims_numbered = claims_numbered + 1 WHERE id = ?", [team]
        )
        found = self._db.execute("SELECT claims_numbered FROM teams WHERE id = ?", [team])
        return int(found.fetchone()[0])

    def member(self, team: TeamId, discord_id: int, now: datetime) -> MemberKey:
        """Return the random key of this person in this team, given out at first sight."""
        return self.find_member(team, discord_id) or self.add_member(team, discord_id, None, now)

    def add_member(
        self, team: TeamId, discord_id: int, joined_at: datetime | None, now: datetime
    ) -> MemberKey:
        """Give a person whom the team has never seen a random key."""
        key = MemberKey(make_random_key())
        self._db.execute(
            "INSERT INTO members (id, team_id, discord_id, first_seen_at, joined_at)"
            " VALUES (?, ?, ?, ?, ?)",
            [
                key,
                team,
                discord_id,
                rows.format_moment(now),
                rows.format_moment_or_none(joined_at),
            ],
        )
        return key

    def keep_joined(self, member: MemberKey, joined_at: datetime) -> None:
        """Keep since when a member is in the server."""
        self._db.execute(
            "UPDATE members SET joined_at = ? WHERE id = ?",
            [rows.format_moment(joined_at), member],
        )

    def read_joined(self, member: MemberKey) -> datetime | None:
        """Return since when a member is in the server, as far as it is known."""
        row = self._db.execute("SELECT joined_at FROM members WHERE id = ?", [member]).fetchone()
        return datetime.fromisoformat(row["joined_at"]) if row and row["joined_at"] else None

    def list_joined_since(self, team: TeamId, at: datetime) -> tuple[MemberKey, ...]:
        """Return the members who are in the server since then or later."""
        found = self._db.execute(
            "SELECT id FROM members WHERE team_id = ? AND joined_at >= ? ORDER BY joined_at",
            [team, rows.format_moment(at)],
        )
        return tuple(MemberKey(row["id"]) for row in found.fetchall())

    def find_member(self, team: TeamId, discord_id: int) -> MemberKey | None:
        row = self._db.execute(
            "SELECT id FROM members WHERE team_id = ? AND discord_id = ?", [team, discord_id]
        ).fetchone()
        return MemberKey(row["id"]) if row else None

    def discord_ids(self, members: Iterable[MemberKey]) -> dict[MemberKey, int]:
        """Return who these members are, as far as they have not asked to be forgotten."""
        found = self._db.execute(
            "SELECT id, discord_id FROM members WHERE discord_id IS NOT NULL"
            " AND id IN (SELECT value FROM json_each(?))",
            [rows.as_json(list(members))],
        )
        return {MemberKey(row["id"]): row["discord_id"] for row in found.fetchall()}

    def _one(self, sql: str, value: int) -> Team | None:
        if self._known is not None and (known := self._known.get((sql, value))):
            return known
        row = self._db.execute(sql, [value]).fetchone()
        if row is None:
            return None
        team = Team(
            id=TeamId(row["id"]),
            settings=rows.read_settings(row),
            policy=_read_policy(row["rules"]),
            policy_version=row["policy_version"],
            created_at=datetime.fromisoformat(row["created_at"]),
        )
        if self._known is not None:
            self._known[sql, value] = team
        return team


_TEAMS = (
    "SELECT teams.*, policies.rules FROM teams JOIN policies"
    " ON policies.team_id = teams.id AND policies.version = teams.policy_version"
)


@lru_cache(maxsize=256)  # by the rules themselves: a version made and rolled back is made otherwise
def _read_policy(rules: str) -> Policy:
    return read_rules(msgspec.json.decode(rules))


def _list_columns(settings: Settings) -> list[object]:
    """In the order of the settings' own fields, by whose names the columns go."""
    return [
        settings.guild,
        settings.claims_channel,
        settings.digest_channel,
        settings.moderators_channel,
        settings.timezone.key,
        settings.digest_at.isoformat("minutes"),
        settings.language,
        rows.numbers_column(settings.voter_roles),
        rows.numbers_column(settings.moderator_roles),
        settings.post,
        settings.post_threshold,
        settings.post_per_day,
        settings.intake.value,
        rows.numbers_column(settings.digest_days),
        settings.publish.value,
        settings.layout.value,
        int(settings.snapshots),
        int(settings.watch_links),
        settings.send_texts_to,
    ]
