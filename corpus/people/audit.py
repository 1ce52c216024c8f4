"""The audit log: what curators did, by name, the newest first.  It is only ever added to."""

from __future__ import annotations

from sqlalchemy import ColumnElement, Connection, func, insert, select

from corpus.model import Value
from corpus.people import tables as t
from corpus.people.database import People, now

ITEM_MAX, DETAIL_MAX = 200, 4000
"""Characters of an item and of a detail that are kept."""


class Entry(Value, frozen=True):
    """One thing that somebody did: ``action`` is a word or two, ``item`` an id or a name, ``at`` UTC."""

    at: str
    who: str
    action: str
    item: str = ""
    detail: str = ""


def note(connection: Connection, who: str, action: str, item: str = "", detail: str = "") -> None:
    """Write down within a transaction that somebody did something, so that it is kept where the thing itself is."""
    row = {"at": now(), "who": who, "action": action, "item": item[:ITEM_MAX], "detail": detail[:DETAIL_MAX]}
    connection.execute(insert(t.audit), row)


def told(people: People, who: str, action: str, item: str = "", detail: str = "") -> None:
    """Write down that somebody did something, in a transaction of its own."""
    with people.writing() as connection:
        note(connection, who, action, item, detail)


def entries(
    people: People, *, who: str = "", item: str = "", start: int = 0, most: int = 50
) -> tuple[tuple[Entry, ...], int]:
    """``most`` entries from the ``start``th newest on, and how many there are in all.

    ``item`` also finds what lies in it: a document's passages and statements.
    """
    columns = t.audit.c
    where: list[ColumnElement[bool]] = [columns.who == who] if who else []
    if item:
        where.append((columns.item == item) | columns.item.startswith(f"{item}.", autoescape=True))
    query = select(t.audit).where(*where).order_by(columns.id.desc()).offset(start).limit(most)
    with people.reading() as connection:
        total = connection.scalar(select(func.count()).select_from(t.audit).where(*where)) or 0
        rows = connection.execute(query)
        return tuple(Entry(r.at, r.who, r.action, r.item, r.detail) for r in rows), total


def names(people: People) -> tuple[str, ...]:
    """Everybody who ever did something, by name."""
    with people.reading() as connection:
        return tuple(connection.scalars(select(t.audit.c.who).distinct().order_by(t.audit.c.who)))
