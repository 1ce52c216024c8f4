"""What a restored backup must not undo of what people took back since: tokens, collections, contributions.

A backup is too old to know that a token was revoked, a collection deleted by its author, or a contribution withdrawn;
all three were done so that something is no longer open or shown.  What waited for the writer then and was done or taken
back since is not done again: it could give back what was withdrawn after it.
"""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

from sqlalchemy import Connection

from corpus.model import Value

BUSY_SECONDS = 15
ROWS_AT_ONCE = 1000


class TakenBack(Value, frozen=True):
    """What stays taken back: names of revoked tokens, numbers of deleted collections and withdrawn contributions."""

    tokens: tuple[str, ...] = ()
    collections: int = 0
    contributions: int = 0


def keep_taken_back(restored: Path, replaced: Path) -> TakenBack:
    """Take back in ``restored`` what was taken back in ``replaced`` since; both are databases of this version."""
    with (
        closing(sqlite3.connect(restored)) as one,
        closing(sqlite3.connect(replaced, timeout=BUSY_SECONDS)) as other,
        one,
    ):
        revoked = other.execute("SELECT name, token_hash, revoked FROM curators WHERE revoked IS NOT NULL").fetchall()
        tokens = [name for name, token, at in revoked if _revoke(one, token, at)]
        deleted = other.execute("SELECT read_key, changed, revision FROM collections WHERE content = '{}'").fetchall()
        decided = "SELECT key, state, content, sender FROM contributions WHERE state <> 'received'"
        ended = other.execute(decided).fetchall()
        over = "SELECT state, started, ended, outcome, id, at FROM jobs WHERE ended IS NOT NULL"
        end = "UPDATE jobs SET state = ?, started = ?, ended = ?, outcome = ? WHERE id = ? AND at = ? AND ended IS NULL"
        one.executemany(end, other.execute(over).fetchall())
        return TakenBack(
            tokens=tuple(dict.fromkeys(tokens)),
            collections=sum(_delete(one, *row) for row in deleted),
            contributions=sum(_end(one, *row) for row in ended),
        )


def put(connection: Connection, restored: Path) -> None:
    """Put every row of ``restored`` in the place of those of a database of the same version, in its open transaction.

    Row by row, because SQLite's own copying of a file would need that transaction to have ended.
    """
    with closing(sqlite3.connect(restored)) as other:
        names = [name for (name,) in other.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        names.sort(key=lambda name: name.startswith("sqlite_"))  # SQLite counts numbers on while rows are put
        connection.exec_driver_sql("PRAGMA defer_foreign_keys = ON")
        for name in names:
            connection.exec_driver_sql(f'DELETE FROM "{name}"')
        for name in names:
            columns = [told[1] for told in other.execute(f'PRAGMA table_info("{name}")')]
            listed = ", ".join(f'"{column}"' for column in columns)
            rows = other.execute(f'SELECT {listed} FROM "{name}"')
            insert = f'INSERT INTO "{name}" ({listed}) VALUES ({", ".join("?" * len(columns))})'
            while some := rows.fetchmany(ROWS_AT_ONCE):
                connection.exec_driver_sql(insert, [tuple(row) for row in some])


def _revoke(database: sqlite3.Connection, token: str, at: str) -> int:
    change = "UPDATE curators SET revoked = ? WHERE token_hash = ? AND revoked IS NULL"
    return database.execute(change, (at, token)).rowcount


def _delete(database: sqlite3.Connection, key: str, at: str, revision: int) -> int:
    change = "UPDATE collections SET content = '{}', changed = ?, revision = ? WHERE read_key = ? AND content <> '{}'"
    return database.execute(change, (at, revision, key)).rowcount


def _end(database: sqlite3.Connection, key: str, state: str, content: str, sender: str) -> int:
    """Give a contribution the end that it had: what was deleted with it, of its sender above all, does not come back.

    Returns 1 where it was withdrawn since, 0 for any other.
    """
    change = "UPDATE contributions SET state = ?, content = ?, sender = ? WHERE key = ? AND (state, sender) <> (?, ?)"
    changed = database.execute(change, (state, content, sender, key, state, sender)).rowcount
    return changed if state == "withdrawn" else 0
