"""What somebody sent in: practices and corrections that wait for a curator, with their history.

Who sent one gets an address with an unguessable key, of which only the SHA-256 is kept: it shows what became of it and
lets the sender withdraw it.  What senders say of themselves is for curators; it is deleted with the decision, but for
the name of one who ticked to be named.
"""

from __future__ import annotations

import secrets
from datetime import UTC, datetime, timedelta
from typing import Any, Literal

import msgspec
from sqlalchemy import Connection, Row, delete, func, insert, select, update

from corpus import privacy
from corpus.errors import FingerpostError
from corpus.messages import Message
from corpus.model import Value
from corpus.people import audit, jobs
from corpus.people import tables as t
from corpus.people.database import People, now
from corpus.people.keys import hashed

State = Literal["received", "accepted", "declined", "withdrawn"]
STATES: tuple[State, ...] = ("received", "accepted", "declined", "withdrawn")
KEY_BYTES = 24
SENDER = "the sender"
"""Who did what the sender did, in a history that curators read."""

TEXT_MAX = 80_000
"""Characters of all that was typed together: five times the longest record that ships."""
NOTE_MAX = 2_000
AN_HOUR = 30
"""Contributions that are taken in an hour, all senders together: nothing is kept by which one could be told apart."""
WAITING_MOST = 300
"""Contributions that may wait; then somebody has to look at them first."""
KEPT_DAYS = 365
"""What was declined or withdrawn goes after a year."""


class NotTaken(FingerpostError, RuntimeError):
    """Too much was sent, with a sentence for who sends."""


class Practice(Value, frozen=True, tag="practice", tag_field="kind"):
    """A practice record as a file's text, the library card of its source where that is new, a word to the curators."""

    id: str
    title: str
    text: str
    card: dict[str, Any] = msgspec.field(default_factory=dict)
    remark: str = ""

    @property
    def item(self) -> str:
        return self.id

    @property
    def kind(self) -> str:
        return "practice"


class Correction(Value, frozen=True, tag="correction", tag_field="kind", forbid_unknown_fields=False):
    """A field of an item and what it should say, as it is typed; without a field the remark tells what is wrong.

    The item's title is not kept: the catalogue may have to hide it by the time that it is shown.  What versions before
    kept of it is passed over.
    """

    item: str
    field: str
    value: str
    quote: str = ""
    page: int | None = None
    remark: str = ""

    @property
    def kind(self) -> str:
        return "correction"


Content = Practice | Correction
_READ_BEFORE_THREADS = msgspec.json.Decoder(Content)
"""msgspec reads a class's fields at their first use, which two threads must not do at once."""


class Sender(Value, frozen=True):
    """What a sender says of himself; ``named``: the name may stand beside what he sent once it is accepted."""

    name: str = ""
    mail: str = ""
    named: bool = False


class Event(Value, frozen=True):
    """Something that happened to a contribution; ``note`` is told to the sender too."""

    at: str
    who: str
    action: str
    note: str = ""


class Contribution(Value, frozen=True):
    """One contribution with its history, the oldest event first; ``content`` is None once it was withdrawn."""

    number: int
    content: Content | None
    sender: Sender
    at: str
    state: State
    events: tuple[Event, ...] = ()


# ---------------------------------------------------------------------------------------------- for who sends


def send(people: People, content: Content, sender: Sender, *, bounded: bool = True, who: str = SENDER) -> str:
    """Keep a contribution and return its key, which is kept nowhere; ``bounded``: from somebody who is not known.

    ``who`` is a curator's name, where one sends it: curators read it in the history.

    Raises:
        NotTaken: too many came within an hour, or wait.
    """
    key = secrets.token_urlsafe(KEY_BYTES)
    at = datetime.now(UTC)
    with people.writing() as connection:
        _delete_old(connection, at)
        if bounded:
            _require_room(connection, at)
        row = {
            "key": hashed(key),
            "kind": type(content).__struct_config__.tag,
            "content": msgspec.to_builtins(content),
            "sender": msgspec.to_builtins(sender),
            "at": at.isoformat(timespec="seconds"),
            "state": "received",
        }
        number = connection.execute(insert(t.contributions), row).inserted_primary_key
        assert number is not None
        _note(connection, number[0], who, "received")
    return key


def of_key(people: People, key: str) -> Contribution | None:
    """The contribution that a key opens."""
    if not people.exists:
        return None
    with people.reading() as connection:
        row = connection.execute(select(t.contributions).where(t.contributions.c.key == hashed(key))).one_or_none()
        return None if row is None else _whole(connection, row)


def withdraw(people: People, key: str) -> bool:
    """Take a contribution back that nobody decided on yet: all that was sent is deleted; returns whether it was."""
    mine = t.contributions.c.key == hashed(key), t.contributions.c.state == "received"
    with people.writing() as connection:
        number = connection.scalar(select(t.contributions.c.id).where(*mine))
        if number is None:
            return False
        connection.execute(update(t.contributions).where(*mine).values(state="withdrawn", content={}, sender={}))
        _note(connection, number, SENDER, "withdrawn")
    return True


def unname(people: People, key: str) -> None:
    """Take the sender's name away from what was accepted."""
    mine = t.contributions.c.key == hashed(key), t.contributions.c.state == "accepted"
    with people.writing() as connection:
        number = connection.scalar(select(t.contributions.c.id).where(*mine))
        if number is not None:
            connection.execute(update(t.contributions).where(*mine).values(sender={}))
            _note(connection, number, SENDER, "name taken away")


def credit(people: People, item: str) -> tuple[str, ...]:
    """The names of those who sent a practice in and ticked to be named."""
    if not people.exists:
        return ()
    columns = t.contributions.c
    about = func.json_extract(columns.content, "$.id") == item, columns.kind == "practice", columns.state == "accepted"
    with people.reading() as connection:
        senders = [msgspec.convert(told, Sender) for told in connection.scalars(select(columns.sender).where(*about))]
    return tuple(dict.fromkeys(sender.name for sender in senders if sender.named and sender.name))


# ---------------------------------------------------------------------------------------------- for curators


def queue(people: People, state: State, *, start: int = 0, most: int = 50) -> tuple[tuple[Contribution, ...], int]:
    """``most`` contributions of a state from the ``start``th on, and how many there are.

    What waits comes oldest first, what is decided newest first.
    """
    if not people.exists:
        return (), 0
    columns = t.contributions.c
    order = columns.id if state == "received" else columns.id.desc()
    with people.reading() as connection:
        of_state = columns.state == state
        total = connection.scalar(select(func.count()).select_from(t.contributions).where(of_state)) or 0
        rows = connection.execute(select(t.contributions).where(of_state).order_by(order).offset(start).limit(most))
        return tuple(_whole(connection, row) for row in rows.all()), total


def contribution(people: People, number: int) -> Contribution | None:
    """The contribution with this number."""
    if not people.exists:
        return None
    with people.reading() as connection:
        row = connection.execute(select(t.contributions).where(t.contributions.c.id == number)).one_or_none()
        return None if row is None else _whole(connection, row)


def accept(people: People, number: int, asked: jobs.Asked | None, who: str, note: str = "") -> bool:
    """Accept what waits and, in the same transaction, ask the writer for what follows from it.

    Returns False where it does not wait any more: another curator or the sender was quicker.
    """
    return _decide(people, number, "accepted", who, note, asked)


def decline(people: People, number: int, who: str, note: str = "") -> bool:
    """Decline what waits; the note is told to the sender.  Returns as `accept` does."""
    return _decide(people, number, "declined", who, note, None)


def tidy(people: People) -> None:
    """Delete what was declined or withdrawn long ago."""
    if people.exists:
        with people.writing() as connection:
            _delete_old(connection, datetime.now(UTC))


def _decide(
    people: People, number: int, state: Literal["accepted", "declined"], who: str, note: str, asked: jobs.Asked | None
) -> bool:
    columns = t.contributions.c
    waiting = columns.id == number, columns.state == "received"
    with people.writing() as connection:
        row = connection.execute(select(t.contributions).where(*waiting)).one_or_none()
        if row is None:
            return False
        sender = msgspec.convert(row.sender, Sender)
        left = {"name": sender.name, "named": True} if state == "accepted" and sender.named and sender.name else {}
        # A word to the curators may hold what the sender said of himself too.
        content = {**row.content, "remark": privacy.mask(row.content.get("remark", ""))}
        connection.execute(update(t.contributions).where(*waiting).values(state=state, sender=left, content=content))
        _note(connection, number, who, state, note)
        detail = note
        if asked is not None:
            job = jobs.put(connection, asked, who)
            detail = f"job {job}. {note}" if note else f"job {job}"
        audit.note(connection, who, f"contribution {state}", f"contribution {number}", detail)
    return True


# ---------------------------------------------------------------------------------------------- rows


def _require_room(connection: Connection, at: datetime) -> None:
    columns = t.contributions.c
    counted = select(func.count()).select_from(t.contributions)
    hour_ago = (at - timedelta(hours=1)).isoformat(timespec="seconds")
    if (connection.scalar(counted.where(columns.at > hour_ago)) or 0) >= AN_HOUR:
        raise NotTaken(Message("More was sent within this hour than the curators can take; send it again later."))
    if (connection.scalar(counted.where(columns.state == "received")) or 0) >= WAITING_MOST:
        raise NotTaken(Message("Too much waits for the curators; take the file and send it in a few days."))


def _delete_old(connection: Connection, at: datetime) -> None:
    columns = t.contributions.c
    old = columns.at < (at - timedelta(days=KEPT_DAYS)).isoformat(timespec="seconds")
    connection.execute(delete(t.contributions).where(old, columns.state.in_(("declined", "withdrawn"))))


def _note(connection: Connection, number: int, who: str, action: str, note: str = "") -> None:
    row = {"contribution": number, "at": now(), "who": who, "action": action, "note": note[:NOTE_MAX]}
    connection.execute(insert(t.contribution_events), row)


def _whole(connection: Connection, row: Row[Any]) -> Contribution:
    events = select(t.contribution_events).where(t.contribution_events.c.contribution == row.id)
    return Contribution(
        number=row.id,
        content=msgspec.convert(row.content, Content) if row.content else None,
        sender=msgspec.convert(row.sender, Sender),
        at=row.at,
        state=row.state,
        events=tuple(
            Event(at=event.at, who=event.who, action=event.action, note=event.note)
            for event in connection.execute(events.order_by(t.contribution_events.c.id))
        ),
    )
