"""Opening the database, and bringing its tables to this version's."""

from __future__ import annotations

import sqlite3
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Engine, create_engine, event

from corpus.errors import CatalogueMismatch

BUSY_SECONDS = 15
"""How long a reader waits for a commit to end; a document's commit takes well under a second."""


def open_engine(path: Path, *, writing: bool = False) -> Engine:
    """An SQLAlchemy engine on the catalogue in WAL mode.

    A writer's transactions begin as BEGIN IMMEDIATE, tables included, so that a migration which fails midway leaves
    nothing behind (SQLite's driver would otherwise commit before each table is made).
    """
    engine = create_engine(
        f"sqlite:///{path}", isolation_level=None if writing else "SERIALIZABLE", connect_args={"timeout": BUSY_SECONDS}
    )

    @event.listens_for(engine, "connect")
    def prepare(connection: Any, _record: Any) -> None:
        if writing:
            connection.isolation_level = None
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = NORMAL" if not writing else "PRAGMA synchronous = FULL")
        connection.execute("PRAGMA foreign_keys = ON")

    if writing:

        @event.listens_for(engine, "begin")
        def begin(connection: Any) -> None:
            connection.exec_driver_sql("BEGIN IMMEDIATE")

    return engine


def _config(connection: Any = None) -> Config:
    config = Config()
    config.set_main_option("script_location", "corpus.catalogue:migrations")
    config.attributes["connection"] = connection
    return config


def newest_revision() -> str:
    """The revision of the tables that this version of the program works with."""
    return ScriptDirectory.from_config(_config()).get_current_head() or ""


def current_revision(engine: Engine) -> str | None:
    """The revision of the tables in the database, None in an empty one."""
    with engine.connect() as connection:
        return MigrationContext.configure(connection).get_current_revision()


def upgrade(path: Path) -> None:
    """Bring the tables to this version's; an older catalogue is copied beside itself first.

    Raises:
        CatalogueMismatch: the catalogue was written by a newer version of the program.
    """
    engine = open_engine(path, writing=True)
    try:
        before, wanted = current_revision(engine), newest_revision()
        if before == wanted:
            return
        if before is not None:
            _require_known(before, path)
            _back_up(path, before)
        with engine.begin() as connection:
            command.upgrade(_config(connection), "head")
    finally:
        engine.dispose()


def require_current(engine: Engine, path: Path) -> None:
    """Refuse a catalogue whose tables are another version's.

    Raises:
        CatalogueMismatch: with what to do about it.
    """
    before = current_revision(engine)
    if before != newest_revision():
        _require_known(before or "", path)
        raise CatalogueMismatch(
            f"The catalogue {path} was written by an older Fingerpost; run 'fingerpost rebuild' to bring it up to date."
        )


def _require_known(revision: str, path: Path) -> None:
    known = {script.revision for script in ScriptDirectory.from_config(_config()).walk_revisions()}
    if revision and revision not in known:
        raise CatalogueMismatch(f"The catalogue {path} was written by a newer Fingerpost; install that version.")


def _back_up(path: Path, revision: str) -> Path:
    """Copy the database beside itself with SQLite's own backup, so that a half-written page cannot be copied."""
    stamp = datetime.now(UTC).strftime("%Y%m%dT%H%M%SZ")
    target = path.with_name(f"{path.stem}-{revision}-{stamp}.bak")
    with sqlite3.connect(path) as source, sqlite3.connect(target) as copy:
        source.backup(copy)
    return target
