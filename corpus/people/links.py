"""Sources' addresses as they answered when they were last asked.

An address counts as dead only after failures on two different days: a server that is down for an hour is not.  A server
that answers but lets no program in (401, 403, 429, robots.txt) is not dead either.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Literal

import msgspec
from sqlalchemy import Row, delete, select
from sqlalchemy.dialects.sqlite import insert

from corpus.model import Value
from corpus.people.database import People, now
from corpus.people.tables import links as table

Verdict = Literal["answers", "refuses", "fails"]
"""What an address did when it was asked: answered, answered that programs may not, or did not answer with its page."""


class Answered(Value, frozen=True):
    """What one asking of an address gave: ``status`` is HTTP's where there was one, ``reason`` a sentence."""

    url: str
    verdict: Verdict
    status: int | None = None
    reason: str = ""


class Link(Value, frozen=True):
    """An address as it is kept; times are UTC, ISO 8601.

    ``dead_since`` is the time of the first of the failures in a row, blank where it last answered.
    """

    url: str
    checked: str
    alive: bool
    status: int | None = None
    reason: str = ""
    dead_since: str = ""

    @property
    def state(self) -> Literal["dead", "failing", "refuses", "alive"]:
        """``failing``: it did not answer, on one day so far."""
        if self.dead_since:
            return "failing" if self.alive else "dead"
        return "refuses" if self.status is None or self.status >= 400 else "alive"


STATES = ("dead", "failing", "refuses", "alive")
"""The states of an address, what a curator should look at first."""


def remember(people: People, answered: Answered, at: str = "") -> Link:
    """Keep what an address answered (at a time in ISO 8601, now by default)."""
    time = at or now()
    with people.writing() as connection:
        row = connection.execute(select(table).where(table.c.url == answered.url)).one_or_none()
        failed = answered.verdict == "fails"
        since = ((row.dead_since if row else None) or time) if failed else ""
        link = Link(
            url=answered.url,
            checked=time,
            alive=not (failed and since[:10] < time[:10]),
            status=answered.status,
            reason=answered.reason,
            dead_since=since,
        )
        values = {**msgspec.structs.asdict(link), "dead_since": since or None}
        connection.execute(insert(table).values(values).on_conflict_do_update(index_elements=["url"], set_=values))
    return link


def links(people: People) -> dict[str, Link]:
    """Every address that was ever asked, by itself."""
    if not people.exists:
        return {}
    with people.reading() as connection:
        return {row.url: _link(row) for row in connection.execute(select(table))}


def link_of(people: People, url: str) -> Link | None:
    """What an address last answered; None where it was never asked."""
    if not url or not people.exists:
        return None
    with people.reading() as connection:
        row = connection.execute(select(table).where(table.c.url == url)).one_or_none()
    return None if row is None else _link(row)


def forget_others(people: People, urls: Iterable[str]) -> None:
    """Forget addresses that no document has any more."""
    there = set(urls)
    gone = [url for url in links(people) if url not in there]
    if gone:
        with people.writing() as connection:
            for url in gone:
                connection.execute(delete(table).where(table.c.url == url))


def in_turn(people: People, urls: Iterable[str]) -> list[str]:
    """Addresses in the order in which they should be asked: never asked first, then those asked longest ago."""
    known = links(people)
    return sorted(dict.fromkeys(urls), key=lambda url: known[url].checked if url in known else "")


def _link(row: Row[Any]) -> Link:
    return Link(**{**row._mapping, "dead_since": row.dead_since or ""})
