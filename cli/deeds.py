"""What a worker does for each kind of job, by the libraries that the verbs of the command line call."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

import msgspec

from cli import editing, keeping, withholding
from cli.records import ADDED, keep_record
from corpus.catalogue import CatalogueWriter
from corpus.catalogue.edits import Edits
from corpus.corrections import Correction, read_value
from corpus.errors import NotInCatalogue, UsageError
from corpus.home import Home
from corpus.metadata import Metadata, of_fields
from corpus.model import Bibliography, Value
from corpus.people.audit import Entry
from corpus.people.jobs import AGAIN, UPLOAD, Correct, Decide, Ingest, Job, Record, Remove, Retry, State, name_at, place
from corpus.sensitivity import decision
from index import library
from ingest import pipeline
from ingest.archive import INSIDE
from ingest.fetch import Fetcher, addresses
from ingest.handed import Handed
from ingest.source import Source

FORM = "The form"


class Stopped(Exception):
    """The worker was asked to stop while it read; what was read is kept, the job waits for the rest."""


class Done(Value, frozen=True):
    """What became of a job: a sentence for who asked, and what the audit log says of it."""

    outcome: str
    deeds: tuple[Entry, ...] = ()
    state: State = "done"


def carry_out(home: Home, job: Job, stopping: Callable[[], bool] = lambda: False) -> Done:
    """Do a job; the caller holds the home's lock.

    Raises:
        Stopped: ``stopping`` said so between two inputs.
        FingerpostError: it cannot be done, with the sentence that says why; nothing was changed.
    """
    with CatalogueWriter(home.catalogue_url) as writer:
        match job.asked:
            case Ingest() as asked:
                return _ingest(home, writer, job, asked, stopping)
            case Retry() as asked:
                return _retry(home, writer, job, asked, stopping)
            case Correct() as asked:
                return _correct(home, writer, job, asked)
            case Decide() as asked:
                chosen = decision(asked.item, asked.level, asked.reason, job.who)
                withholding.keep(home, writer, (chosen,))
                return Done(outcome=f"{chosen.item}: {chosen.level}.", deeds=(_deed(job, *withholding.deed(chosen)),))
            case Remove() as asked:
                return _remove(home, writer, job, asked)
            case Record() as asked:
                return _record(home, writer, job, asked)


def _deed(job: Job, action: str, item: str, detail: str) -> Entry:
    return Entry(at="", who=job.who, action=action, item=item, detail=detail)


# ---------------------------------------------------------------------------------------------- reading


def _ingest(home: Home, writer: CatalogueWriter, job: Job, asked: Ingest, stopping: Callable[[], bool]) -> Done:
    sources = [
        Source(input=place(job.number, n, file.name), path=str(home.inbox_dir / file.stored), name=file.name)
        for n, file in enumerate(asked.files, 1)
    ]
    handed = None
    if asked.told:
        row = of_fields({**asked.told, "file": asked.files[0].name}, FORM)
        handed = Handed(Metadata(name=FORM, rows=(row,)))
    run = pipeline.arrange(home, writer, sources, as_id=asked.as_id, handed=handed)
    steps = _read(home, writer, run, stopping)
    unused = handed.by_title(writer)[1] if handed else []
    return _told(job, "uploaded", ", ".join(file.name for file in asked.files), steps, unused)


def _retry(home: Home, writer: CatalogueWriter, job: Job, asked: Retry, stopping: Callable[[], bool]) -> Done:
    record = next((r for r in writer.ingest_records() if r.input == asked.input), None)
    if record is None:
        raise UsageError(f"Nothing was ever read from {asked.input!r}; the page of ingest records lists what was.")
    outer = asked.input.partition(INSIDE)[0]
    if outer.startswith(UPLOAD):
        raise UsageError("An upload is not kept where it could not be read; upload the file once more.")
    free = record.doc not in {*writer.document_ids(), *writer.tombstones()} and outer == asked.input
    as_id = record.doc if free else ""  # an id that has gone to another document since is not its own any more
    if "://" in outer:
        sources = list(Fetcher(home, writer).sources(addresses((outer,))))
        run = pipeline.arrange(home, writer, sources, as_id=as_id, retry_failed=True)
    else:
        run = pipeline.prepare(home, writer, [Path(outer)], as_id=as_id, retry_failed=True)
    return _told(job, "tried again", asked.input, _read(home, writer, run, stopping), [])


def _read(home: Home, writer: CatalogueWriter, run: pipeline.Run, stopping: Callable[[], bool]) -> list[pipeline.Step]:
    steps = []
    for step in pipeline.ingest(home, writer, run, publish=partial(library.bring_up_to_date, home, writer)):
        steps.append(step)
        if stopping() and len(steps) < len(run.tasks):
            raise Stopped
    return steps


def _told(job: Job, action: str, what: str, steps: list[pipeline.Step], remarks: list[str]) -> Done:
    """The outcome of a reading: of several inputs how many ended how, for each has a record; a line of the log for each
    document, with its own file."""
    if len(steps) == 1:
        outcome = f"{_called(steps[0])}: {keeping.result(steps[0])}".rstrip(".")
    else:
        outcome = keeping.counted(steps)
    failed = sum(step.record.status == "failed" for step in steps)
    state: State = "done" if not failed else "failed" if failed == len(steps) else "partly"
    deeds = [
        _deed(job, action, step.record.doc, "; ".join(filter(None, (name_at(step.record.input), step.note))))
        for step in steps
        if step.record.status == "ok" and step.record.doc
    ] or [_deed(job, action, "", f"{what}: {outcome}")]
    sentences = filter(None, [outcome or "Nothing was found in it", *remarks])
    return Done(outcome=". ".join(sentences) + ".", deeds=tuple(deeds), state=state)


def _called(step: pipeline.Step) -> str:
    return step.record.doc if step.record.status == "ok" and step.record.doc else step.record.input.rpartition("/")[2]


# ---------------------------------------------------------------------------------------------- deciding


def _correct(home: Home, writer: CatalogueWriter, job: Job, asked: Correct) -> Done:
    value = None if asked.value is None else read_value(asked.item, asked.field, asked.value)
    one = Correction(
        item=asked.item,
        field=asked.field,
        value=value,
        quote=asked.quote,
        page=asked.page,
        note=asked.note,
        by=job.who,
    )
    edits = Edits(writer)
    edits.add(one)
    kept = editing.keep(home, writer, edits)
    if not kept and job.outcome == AGAIN:  # kept by a worker that was killed before it could say so
        kept = (one,)
    if not kept:
        return Done(outcome="Nothing to change: it was kept so already.")
    return Done(outcome="Corrected.", deeds=tuple(_deed(job, *editing.deed(one)) for one in kept))


def _remove(home: Home, writer: CatalogueWriter, job: Job, asked: Remove) -> Done:
    try:
        keeping.take_out(home, writer, asked.item)
    except NotInCatalogue:
        if asked.item not in writer.tombstones():
            raise
        library.bring_up_to_date(home, writer)  # taken out by a worker that was killed before it could say so
    return Done(outcome=f"{asked.item} is removed.", deeds=(_deed(job, keeping.REMOVED, asked.item, asked.reason),))


def _record(home: Home, writer: CatalogueWriter, job: Job, asked: Record) -> Done:
    card = msgspec.convert(asked.card, Bibliography) if asked.card else None
    practice = keep_record(home, writer, f"{asked.item}.md", asked.text, card)
    return Done(outcome=f"The practice {practice.id} is kept.", deeds=(_deed(job, ADDED, practice.id, ""),))
