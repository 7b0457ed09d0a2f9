"""Add what the process remembers about the world outside. A restored copy remembers none of it."""

from sqlite_utils import Database


class ProcessStateRecords:
    def __init__(self, db: Database) -> None:
        self._db = db

    def get(self, name: str) -> str | None:
        row = self._db.execute("SELECT value FROM marks WHERE name = ?", [name]).fetchone()
        return str(row["value"]) if row else None

    def put(self, name: str, value: str) -> None:
        self._db.execute(
            "INSERT INTO marks (name, value) VALUES (?, ?)"
            " ON CONFLICT (name) DO UPDATE SET value = excluded.value",
            [name, value],
        )

    def remove(self, name: str) -> None:
        self._db.execute("DELETE FROM marks WHERE name = ?", [name])
