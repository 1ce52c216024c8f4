"""What was fetched from where and when: by it a server is asked only for what has changed."""

from __future__ import annotations

import msgspec
from sqlalchemy import select

from corpus.catalogue import tables as t
from corpus.catalogue.reader import Catalogue
from corpus.catalogue.writer import CatalogueWriter, now, put
from corpus.model import Value


class Fetched(Value, frozen=True):
    """The last fetch of an address: its bytes' hash, its file's name, and the server's marks of this version."""

    url: str
    content_hash: str
    name: str
    etag: str = ""
    last_modified: str = ""
    at: str = ""


def last_fetch(catalogue: Catalogue, url: str) -> Fetched | None:
    """The last fetch of an address that gave a file, None where there was none."""
    with catalogue.engine.connect() as connection:
        row = connection.execute(select(t.fetches).where(t.fetches.c.url == url)).one_or_none()
    return None if row is None else Fetched(**row._mapping)


def remember(writer: CatalogueWriter, fetched: Fetched) -> None:
    """Keep a fetch with the present time in place of the last one of its address."""
    with writer.engine.begin() as connection:
        put(connection, t.fetches, msgspec.structs.asdict(fetched) | {"at": now()})
