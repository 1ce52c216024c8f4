"""What the web asks of the one writer: jobs that wait in a row, taken one by one by ``fingerpost work``.

Whoever takes a job holds the home's lock.  A job that is found running by the next holder was left by a worker that was
killed: it is taken again, once; who is killed twice over the same job gives it up, so that it cannot block the row.
Every kind of job can be done twice without harm, because a worker may be killed between the deed and its note.
"""

from __future__ import annotations

from typing import Any, Literal

import msgspec
from sqlalchemy import Connection, Row, func, insert, select, update

from corpus.model import Value
from corpus.people import audit
from corpus.people import tables as t
from corpus.people.database import People, now

State = Literal["waiting", "running", "done", "partly", "failed"]
"""``partly`` is a reading of several files of which some failed."""
STATES: tuple[State, ...] = ("waiting", "running", "done", "partly", "failed")
AGAIN = "Its worker was stopped; it is taken again."
GIVEN_UP = "Its worker was stopped over it twice: nothing is half-done, but it was given up. Ask for it again."
NAME_MAX = 200
UNNAMED = "unnamed"
UPLOAD = "upload:"
"""How the place of an uploaded file begins in its ingest record: ``upload:JOB.NUMBER/NAME``."""


class Upload(Value, frozen=True):
    """A file in the inbox: the name it is ``stored`` under, which is ours, and the ``name`` that it came with."""

    stored: str
    name: str


class Ingest(Value, frozen=True, tag="ingest", tag_field="kind"):
    """Read uploaded files; one of them may be given an id, and what is known of it (columns of the metadata table)."""

    files: tuple[Upload, ...]
    as_id: str = ""
    told: dict[str, str] = msgspec.field(default_factory=dict)


class Retry(Value, frozen=True, tag="retry", tag_field="kind"):
    """Read an input again that could not be read: its path or address as its ingest record names it."""

    input: str


class Correct(Value, frozen=True, tag="correct", tag_field="kind"):
    """Correct a field of an item by a value as it is typed; None takes a correction back."""

    item: str
    field: str
    value: str | None
    quote: str = ""
    page: int | None = None
    note: str = ""


class Decide(Value, frozen=True, tag="decide", tag_field="kind"):
    """Decide what may be shown of an item: a level of `corpus.sensitivity`."""

    item: str
    level: str
    reason: str = ""


class Remove(Value, frozen=True, tag="remove", tag_field="kind"):
    """Take a document or practice out of the knowledge base."""

    item: str
    reason: str = ""


class Record(Value, frozen=True, tag="record", tag_field="kind"):
    """Keep a practice record in the home and load it: its file's text, and the card of its source where that is new."""

    item: str
    text: str
    card: dict[str, Any] = msgspec.field(default_factory=dict)


Asked = Ingest | Retry | Correct | Decide | Remove | Record


class Job(Value, frozen=True):
    """One job: what is asked, by whom and when; ``outcome`` is a sentence."""

    number: int
    asked: Asked
    who: str
    at: str
    state: State
    started: str = ""
    ended: str = ""
    outcome: str = ""

    @property
    def kind(self) -> str:
        return str(type(self.asked).__struct_config__.tag)

    @property
    def item(self) -> str:
        """The item that it is about; blank for a reading."""
        return "" if isinstance(self.asked, Ingest | Retry) else self.asked.item


def place(number: int, nth: int, name: str) -> str:
    """What the ingest record of a job's ``nth`` uploaded file, from 1, has as its input."""
    return f"{UPLOAD}{number}.{nth}/{name}"


def name_at(place: str) -> str:
    """The name that an upload came with, and of a ZIP archive's file its place in it; other inputs as they are."""
    return place.partition("/")[2] if place.startswith(UPLOAD) else place


def job_at(place: str) -> int | None:
    """The number of the job that an upload came with; None for other inputs."""
    number = place.removeprefix(UPLOAD).partition(".")[0] if place.startswith(UPLOAD) else ""
    return int(number) if number.isdecimal() else None


def harmless(name: str) -> str:
    """The last part of a file's name as a program sent it, without what cannot be seen; it names no file of ours."""
    told = "".join(c if c.isprintable() else " " if c.isspace() else "" for c in name.replace("\\", "/"))
    last = " ".join(told.rstrip("/").rpartition("/")[2].split())
    stem, dot, suffix = last.rpartition(".")
    if len(last) > NAME_MAX and dot and len(suffix) < NAME_MAX // 2:
        last = f"{stem[: NAME_MAX - len(suffix) - 1]}.{suffix}"
    kept = last[:NAME_MAX]
    return kept if kept.strip(". ") else UNNAMED


# ---------------------------------------------------------------------------------------------- for who asks


def ask(people: People, asked: Asked, who: str) -> int:
    """Put a job at the end of the row and return its number."""
    with people.writing() as connection:
        return put(connection, asked, who)


def put(connection: Connection, asked: Asked, who: str) -> int:
    """Put a job at the end of the row within a transaction, so that it waits only if all else is kept."""
    given = msgspec.to_builtins(asked)
    row = {"kind": given.pop("kind"), "given": given, "who": who, "at": now(), "state": "waiting"}
    return int(connection.execute(insert(t.jobs), row).inserted_primary_key[0])  # type: ignore[index]


def take_back(people: People, number: int, who: str) -> Job | None:
    """Take a job that still waits out of the row; None where it is not waiting any more."""
    waiting = t.jobs.c.id == number, t.jobs.c.state == "waiting"
    with people.writing() as connection:
        row = connection.execute(select(t.jobs).where(*waiting)).first()
        if row is None:
            return None
        values = {"state": "failed", "ended": now(), "outcome": f"Taken back by {who} before it was done."}
        connection.execute(update(t.jobs).where(*waiting).values(values))
        audit.note(connection, who, "job taken back", item=f"job {number}")
    return _job(row)


# ---------------------------------------------------------------------------------------------- for who looks


def latest(people: People, *, start: int = 0, most: int = 50) -> tuple[tuple[Job, ...], int]:
    """``most`` jobs from the ``start``th newest on, and how many there are in all."""
    if not people.exists:
        return (), 0
    with people.reading() as connection:
        total = connection.scalar(select(func.count()).select_from(t.jobs)) or 0
        rows = connection.execute(select(t.jobs).order_by(t.jobs.c.id.desc()).offset(start).limit(most))
        return tuple(map(_job, rows)), total


def job(people: People, number: int) -> Job | None:
    """The job with this number."""
    with people.reading() as connection:
        row = connection.execute(select(t.jobs).where(t.jobs.c.id == number)).first()
    return _job(row) if row else None


def open_jobs(people: People) -> tuple[Job, ...]:
    """What waits or runs, in the order in which it is taken."""
    if not people.exists:
        return ()
    with people.reading() as connection:
        still = t.jobs.c.state.in_(("waiting", "running"))
        return tuple(map(_job, connection.execute(select(t.jobs).where(still).order_by(t.jobs.c.id))))


def of_item(people: People, item: str, most: int = 5) -> tuple[Job, ...]:
    """The newest jobs about an item."""
    if not people.exists:
        return ()
    with people.reading() as connection:
        about = func.json_extract(t.jobs.c.given, "$.item") == item
        rows = connection.execute(select(t.jobs).where(about).order_by(t.jobs.c.id.desc()).limit(most))
        return tuple(map(_job, rows))


# ---------------------------------------------------------------------------------------------- for the writer


def take(people: People) -> Job | None:
    """The next job, now running; None where nothing waits.  The caller holds the home's lock."""
    with people.writing() as connection:
        _recover(connection)
        row = connection.execute(select(t.jobs).where(t.jobs.c.state == "waiting").order_by(t.jobs.c.id)).first()
        if row is None:
            return None
        mine = update(t.jobs).where(t.jobs.c.id == row.id)
        connection.execute(mine.values(state="running", started=now()))
    return _job(row)


def _recover(connection: Connection) -> None:
    """Put back what a killed worker left running; what was put back before is given up."""
    running = t.jobs.c.state == "running"
    twice = update(t.jobs).where(running, t.jobs.c.outcome == AGAIN)
    connection.execute(twice.values(state="failed", ended=now(), outcome=GIVEN_UP))
    connection.execute(update(t.jobs).where(running).values(state="waiting", started=None, outcome=AGAIN))


def put_back(people: People, number: int) -> None:
    """Let a job wait again that was stopped on purpose; that counts as no fault of its own."""
    with people.writing() as connection:
        connection.execute(
            update(t.jobs).where(t.jobs.c.id == number).values(state="waiting", started=None, outcome="")
        )


def finish(people: People, done: Job, state: State, outcome: str, deeds: tuple[audit.Entry, ...] = ()) -> None:
    """Close a job with a sentence, and write down in the same transaction what was done."""
    with people.writing() as connection:
        values = {"state": state, "ended": now(), "outcome": outcome}
        connection.execute(update(t.jobs).where(t.jobs.c.id == done.number).values(values))
        for deed in deeds:
            audit.note(connection, deed.who, deed.action, deed.item, deed.detail)


def _job(row: Row[Any]) -> Job:
    asked: Asked = msgspec.convert({"kind": row.kind, **row.given}, Asked)
    return Job(
        number=row.id,
        asked=asked,
        who=row.who,
        at=row.at,
        state=row.state,
        started=row.started or "",
        ended=row.ended or "",
        outcome=row.outcome,
    )
