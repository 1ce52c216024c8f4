"""Statements of the same meaning, over all documents: put into groups, and read as such."""

from __future__ import annotations

import hashlib
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

import msgspec
from sqlalchemy import Connection, select, update

from corpus.catalogue import tables as t
from corpus.catalogue.reader import Catalogue, chunks
from corpus.catalogue.writer import CatalogueWriter, next_revision, put
from corpus.kin import by_meaning, by_words, groups, rule
from corpus.meaning import Encoder, Meanings, encoder
from corpus.model import Statement

GROUPED = "grouped"
RULE = "grouped_by"
"""Of the table of states: up to which revision of the catalogue statements are grouped, and by which rule."""


class _Placed(NamedTuple):
    """A current statement: the document, the group that it was in, and what it is compared by."""

    id: str
    kind: str
    group: str
    thing: bytes
    text: str


# ---------------------------------------------------------------------------------------------- reading


def kin_of(catalogue: Catalogue, statement: Statement) -> tuple[Statement, ...]:
    """The other statements of a statement's group that may be shown, by document and in its order."""
    members = members_of(catalogue, [statement.group]).get(statement.group, ())
    return tuple(one for one in members if one.id != statement.id)


def members_of(catalogue: Catalogue, groups: Iterable[str]) -> dict[str, tuple[Statement, ...]]:
    """The statements of some groups that may be shown, by group, each by document and in its order."""
    where = t.statements.c.retired_in.is_(None)
    query = select(t.statements.c.id).where(where).order_by(t.statements.c.document_id, t.statements.c.ordinal)
    with catalogue.engine.connect() as connection:
        named = [query.where(t.statements.c.grouping.in_(some)) for some in chunks(groups)]
        ids = [row.id for one in named for row in connection.execute(one)]
    shown = frozenset(catalogue.document_ids()) if ids else frozenset()
    found = catalogue.statements_by_id(ids)
    members: dict[str, list[Statement]] = defaultdict(list)
    for one in ids:
        if one in found and found[one].doc in shown:
            members[found[one].group].append(found[one])
    return {group: tuple(some) for group, some in members.items()}


# ---------------------------------------------------------------------------------------------- writing


def regroup(writer: CatalogueWriter, file: Path, *, by: Encoder | None = None) -> int:
    """Put all current statements into their groups; returns how many came into another one.

    ``file`` is where vectors are kept (`corpus.meaning.Meanings`); ``by`` is the model, the installed one where none is
    given.  Only statements that are new are held against the others; nothing is done where the catalogue has not
    changed since the last time.  The groups are the same whatever the order in which documents came.
    """
    by = by or encoder()
    present = _rule(by)
    with writer.engine.connect() as connection:
        told = {row.name: row.number for row in connection.execute(select(t.state))}
    revision = writer.revision()
    if told.get(GROUPED) == revision and told.get(RULE) == present:
        return 0
    placed = list(_placed(writer))
    with Meanings(file) as meanings:
        if told.get(RULE) != present:
            meanings.forget()
        _compare(placed, meanings, by)
        together = _together(placed, meanings)
    wanted = _named(placed, together)
    moved = {one.id: wanted[one.id] for one in placed if one.group != wanted[one.id]}
    with writer.engine.begin() as connection:
        _move(connection, moved)
        put(connection, t.state, {"name": GROUPED, "number": next_revision(connection) if moved else revision})
        put(connection, t.state, {"name": RULE, "number": present})
    return len(moved)


def _rule(by: Encoder | None) -> int:
    """The rule and the model as a number that a database's integer holds."""
    told = f"{rule()} {by.model if by else 'words'}"
    return int.from_bytes(hashlib.blake2b(told.encode(), digest_size=4).digest()) >> 1


def _placed(writer: CatalogueWriter) -> Iterator[_Placed]:
    """The current statements of every current document, by document and in its order."""
    columns = t.statements.c
    current = select(t.documents.c.id).where(t.documents.c.status == "current")
    query = select(columns.id, columns.kind, columns.grouping, columns.statement)
    query = query.where(columns.retired_in.is_(None), columns.document_id.in_(current))
    with writer.engine.connect() as connection:
        for row in connection.execute(query.order_by(columns.document_id, columns.ordinal)):
            text = row.statement.text
            thing = hashlib.blake2b(f"{row.kind} {text}".encode("utf-8", "replace"), digest_size=16).digest()
            yield _Placed(row.id, row.kind, row.grouping, thing, text)


def _compare(placed: Sequence[_Placed], meanings: Meanings, by: Encoder | None) -> None:
    """Hold what is new against everything of its kind, and keep what was found.

    What is gone is no longer held: should it come back, it is new to what came in the meantime.
    """
    there = {one.thing for one in placed}
    meanings.let_go([key for key in meanings.held() if key not in there])
    known = meanings.held()
    kinds: dict[str, dict[bytes, str]] = defaultdict(dict)
    for one in placed:
        kinds[one.kind][one.thing] = one.text
    for things in kinds.values():
        keys, texts = list(things), list(things.values())
        new = [key not in known for key in keys]
        if not any(new) or len(keys) == 1:
            continue
        found = by_meaning(texts, meanings.vectors(texts, by), new) if by else by_words(texts, new)
        fresh = [key for key, is_new in zip(keys, new, strict=True) if is_new]
        meanings.hold(fresh, [(keys[one], keys[other]) for one, other in found])


def _together(placed: Sequence[_Placed], meanings: Meanings) -> list[list[bytes]]:
    named = {number: key for key, number in meanings.held().items()}
    return groups({one.thing for one in placed}, ((named[a], named[b]) for a, b in meanings.alike()))


def _named(placed: Sequence[_Placed], together: Iterable[Sequence[bytes]]) -> dict[str, str]:
    """For each statement the name of its group: the id of a member.

    A group keeps the name that most of its members bore before, of a member that is still there; else it is named for
    its first member.
    """
    members: dict[bytes, list[_Placed]] = defaultdict(list)
    for one in placed:
        members[one.thing].append(one)
    order = {one.id: n for n, one in enumerate(placed)}
    wanted: dict[str, str] = {}
    for things in together:
        some = [one for thing in things for one in members[thing]]
        ids = {one.id for one in some}
        borne = Counter(one.group for one in some if one.group in ids)
        name = min(borne or ids, key=lambda name: (-borne[name], order[name]))
        wanted |= dict.fromkeys(ids, name)
    return wanted


def _move(connection: Connection, moved: Mapping[str, str]) -> None:
    """Write the groups of statements; the index holds none of them, so that no document counts as changed."""
    for some in chunks(moved):
        rows = connection.execute(
            select(t.statements.c.id, t.statements.c.statement).where(t.statements.c.id.in_(some))
        )
        for row in list(rows):
            told = msgspec.structs.replace(row.statement, group=moved[row.id])
            values = {"grouping": moved[row.id], "statement": told}
            connection.execute(update(t.statements).where(t.statements.c.id == row.id).values(values))
