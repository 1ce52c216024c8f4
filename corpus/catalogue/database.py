"""Opening a database, and bringing its tables to this version's.

SQLite is the default; the catalogue also takes PostgreSQL by URL.  What the two need differently is in this module and
nowhere else.  `corpus.people` opens its own SQLite database by the same means, with `Tables` of its own.
"""

from __future__ import annotations

import sqlite3
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import URL, Engine, ExceptionContext, create_engine, event, make_url, text
from sqlalchemy.exc import ArgumentError, DatabaseError, NoSuchModuleError

from corpus.errors import CatalogueBusy, CatalogueMismatch, CatalogueUnwritable, UsageError, WriterBusy
from corpus.model import Value


class Tables(Value, frozen=True):
    """One database's tables: what a person calls it, where its migrations are, what brings an older one up to date."""

    name: str
    migrations: str
    remedy: str


CATALOGUE = Tables(
    name="catalogue",
    migrations="corpus.catalogue:migrations",
    remedy="'fingerpost rebuild' brings it up to date",
)

BUSY_SECONDS = 15
"""How long a reader waits for a commit to end; a document's commit takes well under a second."""

WRITER_KEY = 0x66706F7374
"""The number of the advisory lock by which writers from several machines keep out of each other's way in PostgreSQL."""


def file_of(url: str) -> Path | None:
    """The database's file where it is SQLite, else None."""
    parsed = _parsed(url)
    return Path(parsed.database) if parsed.get_backend_name() == "sqlite" and parsed.database else None


def _parsed(url: str) -> URL:
    try:
        parsed = make_url(url)
        parsed.get_dialect()
    except (ArgumentError, NoSuchModuleError) as error:
        raise UsageError(f"catalogue_url {url!r} is no database's URL; see docs/settings.md for the form.") from error
    except ModuleNotFoundError as error:
        raise UsageError(
            f"catalogue_url needs the package {error.name}: pip install 'fingerpost[postgres]'."
        ) from error
    if parsed.get_backend_name() not in ("sqlite", "postgresql"):
        raise UsageError(f"catalogue_url names {parsed.get_backend_name()}; only SQLite and PostgreSQL are tested.")
    return parsed


def open_engine(url: str, *, writing: bool = False) -> Engine:
    """An SQLAlchemy engine on the catalogue.

    Raises:
        UsageError: the URL is none, or its driver is not installed.
    """
    if file_of(url) is None:
        return create_engine(_parsed(url), pool_pre_ping=True)
    return _sqlite_engine(url, writing)


def _sqlite_engine(url: str, writing: bool) -> Engine:
    """SQLite in WAL mode.

    A writer's transactions begin as BEGIN IMMEDIATE, tables included, so that a migration which fails midway leaves
    nothing behind (SQLite's driver would otherwise commit before each table is made).
    """
    # What is kept stays out of errors, which end in logs: texts of documents, keys of collections.
    engine = create_engine(url, connect_args={"timeout": BUSY_SECONDS}, hide_parameters=True)
    event.listen(engine, "handle_error", _tell)

    @event.listens_for(engine, "connect")
    def prepare(connection: Any, _record: Any) -> None:
        if writing:
            connection.isolation_level = None
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute(f"PRAGMA synchronous = {'FULL' if writing else 'NORMAL'}")
        connection.execute("PRAGMA foreign_keys = ON")

    if writing:

        @event.listens_for(engine, "begin")
        def begin(connection: Any) -> None:
            connection.exec_driver_sql("BEGIN IMMEDIATE")

    return engine


def _config(tables: Tables, connection: Any = None) -> Config:
    config = Config()
    config.set_main_option("script_location", tables.migrations)
    config.attributes["connection"] = connection
    return config


def newest_revision(tables: Tables = CATALOGUE) -> str:
    """The revision of the tables that this version of the program works with."""
    return ScriptDirectory.from_config(_config(tables)).get_current_head() or ""


_NAMED = {
    sqlite3.SQLITE_FULL: "there is no room left on its disk; make room",
    sqlite3.SQLITE_IOERR: "its disk cannot be written or read; see that it is sound and has room",
    sqlite3.SQLITE_READONLY: "nobody may write there; see to the permissions of the file and its folder",
    sqlite3.SQLITE_BUSY: "another program keeps it locked; end that one",
    sqlite3.SQLITE_LOCKED: "another program keeps it locked; end that one",
}
"""What SQLite's result codes (https://sqlite.org/rescode.html) mean for a person, and what to do."""


def _tell(context: ExceptionContext) -> None:
    """Turn what the disk, a lock or a permission refuses into a sentence; other errors are left to be what they are."""
    code = getattr(context.original_exception, "sqlite_errorcode", 0) & 0xFF  # the rest is an extended code
    if code in _NAMED and context.engine is not None:
        refused = CatalogueBusy if code in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED) else CatalogueUnwritable
        raise refused(
            f"The database {context.engine.url.database} was not changed: {_NAMED[code]}, then try again. "
            "What was kept before is whole."
        ) from context.original_exception


def current_revision(engine: Engine) -> str | None:
    """The revision of the tables in the database, None in an empty one.

    Raises:
        UsageError: the database cannot be reached, or the file is none.
    """
    try:
        with engine.connect() as connection:
            return MigrationContext.configure(connection).get_current_revision()
    except DatabaseError as error:
        if engine.dialect.name == "sqlite":
            remedy = "check that you may write there, or put back a copy of it that is whole."
            raise UsageError(f"The database {engine.url.database} cannot be opened ({error.orig}); {remedy}") from error
        where = engine.url.render_as_string(hide_password=True)
        raise UsageError(f"The catalogue {where} cannot be opened; check catalogue_url and that it runs.") from error


def upgrade(url: str, tables: Tables = CATALOGUE) -> None:
    """Bring the tables to this version's; an older SQLite database is copied beside itself first.

    Raises:
        CatalogueMismatch: the database was written by a newer version of the program.
    """
    engine = open_engine(url, writing=True)
    try:
        before, wanted = current_revision(engine), newest_revision(tables)
        if before == wanted:
            return
        if before is not None:
            _require_known(before, engine, tables)
            _back_up(url, before)
        with engine.begin() as connection:
            command.upgrade(_config(tables, connection), "head")
    finally:
        engine.dispose()


def require_current(engine: Engine, tables: Tables = CATALOGUE) -> None:
    """Refuse a database whose tables are another version's.

    Raises:
        CatalogueMismatch: with what to do about it.
    """
    before = current_revision(engine)
    if before != newest_revision(tables):
        _require_known(before or "", engine, tables)
        raise CatalogueMismatch(
            f"The {tables.name} {engine.url.database} was written by an older Fingerpost; {tables.remedy}."
        )


def _require_known(revision: str, engine: Engine, tables: Tables) -> None:
    known = {script.revision for script in ScriptDirectory.from_config(_config(tables)).walk_revisions()}
    if revision and revision not in known:
        raise CatalogueMismatch(
            f"The {tables.name} {engine.url.database} was written by a newer Fingerpost; install that version."
        )


def _back_up(url: str, revision: str) -> None:
    """Copy an SQLite database beside itself with SQLite's own backup, so that no half-written page can be copied.

    PostgreSQL is backed up by its own tools (pg_dump); its migrations are one transaction like ours.
    """
    path = file_of(url)
    if path is None:
        return
    stamp = datetime.now(UTC).strftime("%Y%m%dT%H%M%SZ")
    target = path.with_name(f"{path.stem}-{revision}-{stamp}.bak")
    with sqlite3.connect(path) as source, sqlite3.connect(target) as copy:
        source.backup(copy)


def claim(engine: Engine) -> Any:
    """Keep other machines' writers out of a PostgreSQL catalogue for as long as the connection returned is open.

    SQLite needs none of this: its home's lock holds every writer.

    Raises:
        WriterBusy: another process writes to this catalogue.
    """
    if engine.dialect.name != "postgresql":
        return None
    connection = engine.connect().execution_options(isolation_level="AUTOCOMMIT")
    if not connection.scalar(text("SELECT pg_try_advisory_lock(:key)"), {"key": WRITER_KEY}):
        connection.close()
        raise WriterBusy(f"Another process is writing to the catalogue {engine.url.database}; wait until it has ended.")
    return connection
