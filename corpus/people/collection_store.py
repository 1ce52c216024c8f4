"""Keeping collections in ``people.db``, each under two unguessable addresses: one to edit, one to read.

Nobody has an account: who knows an address has what it opens.  Of the key to edit only the SHA-256 is kept, so that
neither a backup nor whoever reads the database can change somebody's collection.
"""

from __future__ import annotations

import re
import secrets
from datetime import UTC, datetime, timedelta
from typing import Any

import msgspec
from sqlalchemy import Connection, Row, func, insert, select, update

from corpus.errors import FingerpostError, NotInCatalogue, Withdrawn
from corpus.messages import Message
from corpus.people.collecting import Change, require_bounded
from corpus.people.collections import Collection
from corpus.people.database import People, now
from corpus.people.keys import hashed
from corpus.people.tables import collections

KEY_BYTES = 24
"""192 bits: nobody guesses a key, however many collections there are."""
_KEY = re.compile(r"[A-Za-z0-9_-]{32}")
_EDIT_ADDRESS = re.compile(r"/collections/edit/([A-Za-z0-9_-]{32})(?![A-Za-z0-9_-])")
_READ_ADDRESS = re.compile(r"/collections/([A-Za-z0-9_-]{32})(?![A-Za-z0-9_-])")
DELETED: dict[str, Any] = {}
"""What is kept of a collection that was deleted: that it was, so that a restored backup does not bring it back."""

_DECODER = msgspec.json.Decoder(Collection)
"""Made with the module, as those of the tables are: msgspec must not read a class's fields in two threads at once."""


class NoCollection(NotInCatalogue):
    """No collection has this key."""


class CollectionDeleted(Withdrawn):
    """Its author deleted it, or whoever keeps the library did."""


class TooManyCollections(FingerpostError, RuntimeError):
    """More were made within an hour than the settings allow."""


class Kept(msgspec.Struct, frozen=True, kw_only=True):
    """A collection as it is kept; times are UTC in ISO 8601."""

    read_key: str
    made: str
    changed: str
    revision: int
    content: Collection


class Made(msgspec.Struct, frozen=True, kw_only=True):
    """A new collection's two keys."""

    edit_key: str
    read_key: str


def new_key() -> str:
    """A key that nobody guesses; none begins with a hyphen, which a command line would take for an option."""
    while (key := secrets.token_urlsafe(KEY_BYTES)).startswith("-"):
        pass
    return key


def edit_key_in(text: str) -> str:
    """The key to edit that somebody typed or pasted, alone or in its address; blank where there is none."""
    return _key_in(text, _EDIT_ADDRESS)


def read_key_in(text: str) -> str:
    """The key to read that somebody typed or pasted, alone or in its address; blank where there is none."""
    return _key_in(text, _READ_ADDRESS)


def _key_in(text: str, address: re.Pattern[str]) -> str:
    told = text.strip()
    found = address.search(told)
    return found[1] if found else told if _KEY.fullmatch(told) else ""


class Collections:
    """The collections of a home; raises as `People` does, beside what each method names."""

    def __init__(self, people: People, per_hour: int) -> None:
        self._people = people
        self._per_hour = per_hour

    def make(self, content: Collection) -> Made:
        """Keep a new collection.

        Raises:
            TooManyCollections: within the last hour as many were made as may be.
            UsageError: it is too large.
        """
        require_bounded(content)
        if not self._per_hour:
            raise TooManyCollections(Message("No new collections can be made in this library."))
        made, at = Made(edit_key=new_key(), read_key=new_key()), now()
        hour_ago = (datetime.now(UTC) - timedelta(hours=1)).isoformat(timespec="seconds")
        with self._people.writing() as connection:
            recent = select(func.count()).select_from(collections).where(collections.c.made > hour_ago)
            if connection.execute(recent).scalar_one() >= self._per_hour:
                raise TooManyCollections(
                    Message("Many collections were made within the last hour; make this one a little later.")
                )
            row = {"read_key": made.read_key, "edit_hash": hashed(made.edit_key), "made": at, "changed": at}
            connection.execute(insert(collections), {**row, "revision": 1, "content": msgspec.to_builtins(content)})
        return made

    def read(self, read_key: str) -> Kept:
        """The collection with this key to read.

        Raises:
            NoCollection: there is none; CollectionDeleted: there was one.
        """
        return self._one(collections.c.read_key == read_key)

    def open(self, edit_key: str) -> Kept:
        """The collection with this key to edit; raises as `read` does."""
        return self._one(collections.c.edit_hash == hashed(edit_key))

    def change(self, edit_key: str, change: Change) -> Kept:
        """Change a collection as it is now, whoever else changed it meanwhile; raises as `read` and ``change`` do."""
        with self._people.writing() as connection:
            kept = _kept(connection, collections.c.edit_hash == hashed(edit_key))
            changed = change(kept.content, kept.revision + 1)
            if changed == kept.content:
                return kept
            require_bounded(changed)
            told = {"content": msgspec.to_builtins(changed), "changed": now(), "revision": kept.revision + 1}
            connection.execute(update(collections).where(collections.c.read_key == kept.read_key).values(told))
            return _kept(connection, collections.c.read_key == kept.read_key)

    def delete(self, edit_key: str) -> None:
        """Delete a collection; raises as `read` does."""
        self._delete(collections.c.edit_hash == hashed(edit_key))

    def remove(self, read_key: str) -> None:
        """Delete a collection that does harm, without its author; raises as `read` does."""
        self._delete(collections.c.read_key == read_key)

    def _delete(self, which: Any) -> None:
        with self._people.writing() as connection:
            kept = _kept(connection, which)
            told = {"content": DELETED, "changed": now(), "revision": kept.revision + 1}
            connection.execute(update(collections).where(collections.c.read_key == kept.read_key).values(told))

    def _one(self, which: Any) -> Kept:
        if not self._people.exists:
            raise _none()
        with self._people.reading() as connection:
            return _kept(connection, which)


def _none() -> NoCollection:
    return NoCollection(Message("There is no collection at this address; see that it was copied whole."))


def _kept(connection: Connection, which: Any) -> Kept:
    row: Row[Any] | None = connection.execute(select(collections).where(which)).one_or_none()
    if row is None:
        raise _none()
    if row.content == DELETED:
        raise CollectionDeleted("This collection was deleted.")
    return Kept(
        read_key=row.read_key,
        made=row.made,
        changed=row.changed,
        revision=row.revision,
        content=msgspec.convert(row.content, Collection),
    )
