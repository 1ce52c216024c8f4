"""When documents came into the catalogue, and what is new in it since a day."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from datetime import date

import msgspec
from sqlalchemy import func, select

from corpus.catalogue import tables as t
from corpus.catalogue.groups import members_of
from corpus.catalogue.reader import Catalogue
from corpus.concepts import vocabulary
from corpus.model import Bibliography, Practice, Statement, Value

SEVERAL = 2
"""Independent programmes from which on a thing is said by several."""


class Arrival(Value, frozen=True):
    """When a document's first words came, and when those came that it has now (UTC, ISO 8601).

    A reading of the same bytes by other rules brings no words.
    """

    first: str
    present: str


class Recurring(Value, frozen=True):
    """A meaning that several independent programmes tell now and fewer told before; ``statements`` are all that do."""

    group: str
    before: int
    now: int
    since: str
    """When the programme came that made them several."""
    statements: tuple[Statement, ...]


class Digest(Value, frozen=True):
    """What is new since a day: documents, those with new words, statements of both by theme, practices, and what
    several programmes say since then.

    When a practice of ours came is not written down: they are new where the whole catalogue is, else nothing is known
    of them, and ``practices`` are those that new documents tell.
    """

    since: date
    documents: tuple[Bibliography, ...] = ()
    renewed: tuple[Bibliography, ...] = ()
    practices: tuple[Practice, ...] = ()
    themes: dict[str, tuple[Statement, ...]] = msgspec.field(default_factory=dict)
    recurring: tuple[Recurring, ...] = ()
    arrivals: dict[str, Arrival] = msgspec.field(default_factory=dict)


def arrivals(catalogue: Catalogue) -> dict[str, Arrival]:
    """When each document came that has been read and may be shown, by id."""
    shown = frozenset(catalogue.document_ids())
    columns = t.versions.c
    query = select(columns.document_id, columns.content_hash, columns.at).order_by(columns.document_id, columns.number)
    readings: dict[str, list[tuple[str, str]]] = defaultdict(list)
    with catalogue.engine.connect() as connection:
        for row in connection.execute(query):
            if row.document_id in shown:
                readings[row.document_id].append((row.content_hash, row.at))
    return {doc: Arrival(first=some[0][1], present=_brought(some)) for doc, some in readings.items()}


def _brought(readings: list[tuple[str, str]]) -> str:
    """When the bytes of the last reading came: the first of the readings of the same bytes at the end."""
    last, at = readings[-1]
    for content_hash, when in reversed(readings):
        if content_hash != last:
            break
        at = when
    return at


def digest(catalogue: Catalogue, since: date) -> Digest:
    """What is new in a catalogue since a day (UTC), the newest documents first."""
    came = arrivals(catalogue)
    day = since.isoformat()
    cards = {card.id: card for card in catalogue.cards() if card.id in came}
    newest = sorted(cards.values(), key=lambda card: (came[card.id].present, card.id), reverse=True)
    documents = tuple(card for card in newest if came[card.id].first >= day)
    renewed = tuple(card for card in newest if came[card.id].first < day <= came[card.id].present)
    themes: dict[str, list[Statement]] = {concept.id: [] for concept in vocabulary().scheme("themes") if concept.listed}
    for card in documents:
        for statement in catalogue.statements(card.id):
            for theme in statement.themes:
                if theme in themes:
                    themes[theme].append(statement)
    return Digest(
        since=since,
        documents=documents,
        renewed=renewed,
        practices=_practices(catalogue, day, documents),
        themes={theme: tuple(some) for theme, some in themes.items() if some},
        recurring=_recurring(catalogue, day, came),
        arrivals={card.id: came[card.id] for card in (*documents, *renewed)},
    )


def _practices(catalogue: Catalogue, day: str, documents: tuple[Bibliography, ...]) -> tuple[Practice, ...]:
    told = tuple(practice for card in documents for practice in catalogue.practices_of(card.id))
    if (_began(catalogue) or "") < day:
        return told
    known = {practice.id for practice in told}
    return (*told, *(catalogue.practice(one) for one in catalogue.practice_ids() if one not in known))


def _began(catalogue: Catalogue) -> str | None:
    """When the catalogue's first reading was written down; None before there is any."""
    columns = t.versions.c.at, t.ingest_records.c.at
    with catalogue.engine.connect() as connection:
        return min(filter(None, (connection.scalar(select(func.min(at))) for at in columns)), default=None)


def _recurring(catalogue: Catalogue, day: str, came: Mapping[str, Arrival]) -> tuple[Recurring, ...]:
    """What several independent programmes say now of which fewer had come before the day, said by most first."""
    witness = catalogue.witness_of()
    first: dict[str, dict[str, str]] = defaultdict(dict)
    for _, group, doc in catalogue.said_alike():
        if doc in witness and doc in came:
            at = came[doc].first
            known = first[group].setdefault(witness[doc], at)
            first[group][witness[doc]] = min(known, at)
    new = {}
    for group, programmes in first.items():
        times = sorted(programmes.values())
        if len(times) >= SEVERAL and times[SEVERAL - 1] >= day:
            new[group] = times
    members = members_of(catalogue, new)
    found = [
        Recurring(
            group=group,
            before=sum(at < day for at in times),
            now=len(times),
            since=times[SEVERAL - 1],
            statements=members[group],
        )
        for group, times in new.items()
        if group in members
    ]
    return tuple(sorted(found, key=lambda one: (-one.now, one.group)))
