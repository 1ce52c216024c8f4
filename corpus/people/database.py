"""Opening ``people.db``: made at first use, written in short transactions by the web and the command line alike."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from functools import cached_property
from typing import Any

import filelock
from sqlalchemy import Connection, Engine, event

from corpus.catalogue import database
from corpus.catalogue.database import Tables
from corpus.home import Home

TABLES = Tables(
    name="people's database",
    migrations="corpus.people:migrations",
    remedy="start 'fingerpost serve' again, which brings it up to date",
)


class People:
    """The database of what people leave, shared by the threads of a process.

    Nothing is made until something is read or kept: a home that nobody but its curator uses has none.

    Raises, from both ways in:
        CatalogueMismatch: a newer version wrote it.
        CatalogueUnwritable: disk, lock or permission stand in the way.
        UsageError: the file is no database.
    """

    def __init__(self, home: Home) -> None:
        self.path = home.people_file
        self._url = home.people_url
        self._upgrading = filelock.FileLock(home.path / "people.lock", timeout=database.BUSY_SECONDS)

    @property
    def exists(self) -> bool:
        """Whether anything was ever kept."""
        return self.path.is_file()

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A connection that sees one state of the database and is meant for reading."""
        with self._reader.connect() as connection:
            yield connection

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """A transaction that is kept whole or, where the block raises, not at all; writers wait for each other."""
        with self._writer.begin() as connection:
            yield connection

    def close(self) -> None:
        """Let go of the connections."""
        for name in ("_reader", "_writer"):
            if name in self.__dict__:
                self.__dict__.pop(name).dispose()

    @cached_property
    def _writer(self) -> Engine:
        with self._upgrading:  # two processes must not make the tables at once
            database.upgrade(self._url, TABLES)
        engine = database.open_engine(self._url, writing=True)
        event.listen(engine, "connect", _overwrite)
        return engine

    @cached_property
    def _reader(self) -> Engine:
        with self._upgrading:
            database.upgrade(self._url, TABLES)
        return database.open_engine(self._url)


def _overwrite(connection: Any, _record: Any) -> None:
    """What is deleted is overwritten in the file: somebody's name that was deleted is not to be read there any more."""
    connection.execute("PRAGMA secure_delete = ON")


def now() -> str:
    """The time as it is kept: UTC, ISO 8601, to the second."""
    return datetime.now(UTC).isoformat(timespec="seconds")
