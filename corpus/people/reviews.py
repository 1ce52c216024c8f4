"""What somebody looked through: documents, practices and notes that are drafts, reviewed, or due for another look.

A note is the document that was made of it.  A review is of what there was then: once a document's source (for a
practice of ours: the practice) is another, or the day is past on which it was due again, it is stale.
"""

from __future__ import annotations

import hashlib
from datetime import UTC, date, datetime
from typing import Any, Literal, get_args

import msgspec
from sqlalchemy import Row, delete, select
from sqlalchemy.dialects.sqlite import insert

from corpus.catalogue import Catalogue
from corpus.errors import NotInCatalogue, UsageError
from corpus.ids import kind_of
from corpus.messages import Message
from corpus.model import Value
from corpus.people import audit
from corpus.people.curators import check_name
from corpus.people.database import People, now
from corpus.people.tables import reviews as table

State = Literal["draft", "reviewed"]
Stale = Literal["", "changed", "overdue"]
MARK_DIGITS = 16
NOTE_MAX = 500


class Review(Value, frozen=True):
    """What a curator said of an item, when (UTC, ISO 8601), and the day on which it is due for another look, if any.

    ``looked_at`` is the mark of the item as it was then, see `mark_of`.
    """

    item: str
    state: State
    who: str
    at: str
    due: str = ""
    note: str = ""
    looked_at: str = ""

    def is_due(self, today: date) -> bool:
        return bool(self.due) and self.due <= today.isoformat()

    def stale(self, mark: str, today: date) -> Stale:
        """Why a review does not hold any more; blank while it does, and for a draft."""
        if self.state == "draft":
            return ""
        return "changed" if mark != self.looked_at else "overdue" if self.is_due(today) else ""


class Looked(Value, frozen=True):
    """A review as it stands today; the title of its item is told in lists."""

    review: Review
    stale: Stale
    title: str = ""


def mark_of(catalogue: Catalogue, item: str) -> str:
    """The beginning of a hash of what an item is: of its source's bytes, else of its card or record.

    What is withheld from readers does not count: nothing of it changes what was looked at.
    Raises NotInCatalogue or Withdrawn where the item is not there.
    """
    try:
        entry = Catalogue.entry(catalogue, item)
    except NotInCatalogue:
        practice = Catalogue.practice(catalogue, item)
        if practice.doc:
            return mark_of(catalogue, practice.doc)
        data = msgspec.json.encode(practice)
    else:
        data = entry.content_hash.encode() if entry.version else msgspec.json.encode(entry.card)
    return hashlib.sha256(data).hexdigest()[:MARK_DIGITS]


def review(
    people: People, catalogue: Catalogue, item: str, state: str, who: str, *, due: str = "", note: str = ""
) -> Review:
    """Keep what a curator says of an item; it takes the place of what was said before.

    Raises:
        NotInCatalogue: there is no such document or practice.
        UsageError: something does not fit.
    """
    if kind_of(item) != "whole":
        raise UsageError(
            Message("%(item)s: documents, practices and notes are reviewed as a whole; give the id of one.", item=item)
        )
    if state not in get_args(State):
        raise UsageError(f"{state!r} is no state; use one of {', '.join(get_args(State))}.")
    one = Review(
        item=item,
        state="draft" if state == "draft" else "reviewed",
        who=check_name(who),
        at=now(),
        due=_day(due),
        note=" ".join(note.split())[:NOTE_MAX],
        looked_at=mark_of(catalogue, item),
    )
    values = {**msgspec.structs.asdict(one), "due": one.due or None}
    with people.writing() as connection:
        statement = insert(table).values(values)
        connection.execute(statement.on_conflict_do_update(index_elements=["item"], set_=values))
        told = f"{state}, due {one.due}" if one.due else state
        audit.note(connection, one.who, "review", item, f"{told}. {one.note}" if one.note else told)
    return one


def take_back(people: People, item: str, who: str) -> bool:
    """Forget what was said of an item; returns whether anything was."""
    name = check_name(who)
    with people.writing() as connection:
        found = connection.execute(delete(table).where(table.c.item == item)).rowcount > 0
        if found:
            audit.note(connection, name, "review taken back", item)
    return found


def review_of(people: People, item: str) -> Review | None:
    """What was last said of an item."""
    if not people.exists:
        return None
    with people.reading() as connection:
        row = connection.execute(select(table).where(table.c.item == item)).one_or_none()
    return None if row is None else _review(row)


def looked(people: People, catalogue: Catalogue, item: str, today: date | None = None) -> Looked | None:
    """The state of an item that is there; None where nobody said anything of it."""
    one = review_of(people, item)
    return None if one is None else _looked(catalogue, one, today or datetime.now(UTC).date())


def agenda(people: People, catalogue: Catalogue, today: date | None = None) -> tuple[Looked, ...]:
    """Every item that something was said of, what is due first: stale, then drafts, then by the day it is due.

    Items that were removed or withdrawn are left out.
    """
    if not people.exists:
        return ()
    with people.reading() as connection:
        kept = [_review(row) for row in connection.execute(select(table))]
    day = today or datetime.now(UTC).date()
    there = []
    for one in kept:
        try:
            there.append(msgspec.structs.replace(_looked(catalogue, one, day), title=_title(catalogue, one.item)))
        except NotInCatalogue:
            continue
    return tuple(sorted(there, key=lambda found: _urgency(found, day)))


def _urgency(found: Looked, today: date) -> tuple[int, str, str]:
    one = found.review
    rank = 0 if found.stale or one.is_due(today) else 1 if one.state == "draft" else 2
    return rank, one.due or "9999", one.item


def _looked(catalogue: Catalogue, one: Review, today: date) -> Looked:
    return Looked(review=one, stale=one.stale(mark_of(catalogue, one.item), today))


def _title(catalogue: Catalogue, item: str) -> str:
    try:
        return catalogue.card(item).title
    except NotInCatalogue:
        return catalogue.practice(item).title


def _review(row: Row[Any]) -> Review:
    return Review(**{**row._mapping, "due": row.due or ""})


def _day(typed: str) -> str:
    """A whole day in ISO 8601, or blank."""
    told = typed.strip()
    if not told:
        return ""
    try:
        return date.fromisoformat(told).isoformat()
    except ValueError as error:
        raise UsageError(
            Message("“%(day)s” is no day; write it as 2027-03-31, or leave it blank.", day=told)
        ) from error
