"""The tables of ``people.db``.  Migrations change them; a test holds the two against each other.

Times are UTC in ISO 8601, days are ISO dates.
"""

from __future__ import annotations

from sqlalchemy import Boolean, Column, ForeignKey, Integer, MetaData, String, Table, Text

from corpus.catalogue.tables import Json

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(column_0_label)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "pk": "pk_%(table_name)s",
        "uq": "uq_%(table_name)s_%(column_0_name)s",
    }
)

curators = Table(
    "curators",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("name", String(80), nullable=False),
    Column("token_hash", String(64), nullable=False, unique=True),
    Column("made", String(32), nullable=False),
    Column("used", String(32)),
    Column("revoked", String(32)),
)
"""Named tokens, kept as SHA-256 only.  A name may have had several; ``used`` is the last day that one was, ``revoked``
blank while it holds."""

audit = Table(
    "audit",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("at", String(32), nullable=False, index=True),
    Column("who", String(80), nullable=False),
    Column("action", String(40), nullable=False),
    Column("item", String(200), nullable=False, index=True),
    Column("detail", Text, nullable=False),
)
"""What curators did, only ever added to."""

jobs = Table(
    "jobs",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("kind", String(20), nullable=False),
    Column("given", Json(), nullable=False),
    Column("who", String(80), nullable=False),
    Column("at", String(32), nullable=False),
    Column("state", String(12), nullable=False, index=True),
    Column("started", String(32)),
    Column("ended", String(32)),
    Column("outcome", Text, nullable=False, server_default=""),
)
"""What the web asks of the one writer.  ``state`` is one of `jobs.State`; ``outcome`` a sentence."""

reviews = Table(
    "reviews",
    metadata,
    Column("item", String(200), primary_key=True),
    Column("state", String(12), nullable=False),
    Column("who", String(80), nullable=False),
    Column("at", String(32), nullable=False),
    Column("due", String(10), index=True),
    Column("note", Text, nullable=False, server_default=""),
    Column("looked_at", String(16), nullable=False, server_default=""),
)
"""Documents and practices that somebody looked through.  ``state`` is draft or reviewed; past ``due`` it is stale, and
so it is once the item is no longer what was looked at, of which ``looked_at`` is the beginning of a hash."""

links = Table(
    "links",
    metadata,
    Column("url", Text, primary_key=True),
    Column("checked", String(32), nullable=False),
    Column("alive", Boolean, nullable=False),
    Column("status", Integer),
    Column("reason", Text, nullable=False, server_default=""),
    Column("dead_since", String(32)),
)
"""Sources' addresses, as they answered when they were last asked.  ``dead_since`` is the first of the failures in a
row; ``alive`` is false only after failures on two different days."""

unanswered = Table(
    "unanswered",
    metadata,
    Column("question", String(300), primary_key=True),
    Column("day", String(10), primary_key=True),
    Column("found", String(8), primary_key=True),
    Column("times", Integer, nullable=False),
    sqlite_with_rowid=False,
)
"""Questions that found nothing or little, by day and nothing finer; of who asked there is no trace.  ``found`` is
nothing or little.  Without row numbers, which would tell in what order they were asked."""

collections = Table(
    "collections",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("read_key", String(64), nullable=False, unique=True),
    Column("edit_hash", String(64), nullable=False, unique=True),
    Column("made", String(32), nullable=False),
    Column("changed", String(32), nullable=False, index=True),
    Column("revision", Integer, nullable=False),
    Column("content", Json(), nullable=False),
)
"""What somebody gathered.  ``read_key`` stands in the address to read it; of the one to edit it only the SHA-256 is
kept.  ``revision`` grows with every change, so that two who edit at once do not undo each other unseen."""

contributions = Table(
    "contributions",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("key", String(64), nullable=False, unique=True),
    Column("kind", String(20), nullable=False),
    Column("content", Json(), nullable=False),
    Column("sender", Json(), nullable=False),
    Column("at", String(32), nullable=False),
    Column("state", String(12), nullable=False, index=True),
)
"""What somebody sent in: ``content`` is what may be shown once it is accepted, ``sender`` never leaves the curators'
view.  ``state`` is received, accepted, declined or withdrawn."""

contribution_events = Table(
    "contribution_events",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("contribution", ForeignKey("contributions.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("at", String(32), nullable=False),
    Column("who", String(80), nullable=False),
    Column("action", String(20), nullable=False),
    Column("note", Text, nullable=False),
)
"""The history of a contribution, only ever added to."""
