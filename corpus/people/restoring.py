"""What a restored backup must not undo of what people took back since: tokens, collections, contributions.

A backup is too old to know that a token was revoked, a collection deleted by its author, or a contribution withdrawn;
all three were done so that something is no longer open or shown.  What waited for the writer then and was done or taken
back since is not done again: it could give back what was withdrawn after it.
"""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

from corpus.model import Value

BUSY_SECONDS = 15


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
