"""From files to the catalogue: plan, read in child processes, keep, record."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path

import msgspec

from corpus import notes
from corpus.catalogue import CatalogueWriter
from corpus.catalogue.curated import tell
from corpus.catalogue.groups import regroup
from corpus.catalogue.likenesses import link
from corpus.catalogue.relations import relate
from corpus.errors import NotInCatalogue
from corpus.home import Home
from corpus.model import Bibliography, IngestRecord, Standing, Value
from corpus.settings import Settings, reading_hash
from corpus.sources import OURS
from ingest.archive import Unpacking
from ingest.handed import Handed
from ingest.job import CHANGED, Job, Outcome
from ingest.limits import MEGABYTE
from ingest.nursery import read_all
from ingest.ocr import OcrLimits
from ingest.plan import Task, files_in, plan
from ingest.source import Source
from ingest.tools import tools

TWIN = "same"
"""The stage at which a file with the bytes of another one ends, whether or not that one could be read."""


class Step(Value, frozen=True):
    """One input that has come to its end; ``skipped`` where nothing had to be done."""

    record: IngestRecord
    skipped: bool = False
    note: str = ""
    pages: int = 0
    passages: int = 0
    statements: int = 0


class Run(Value, frozen=True):
    """What an ingest is about to do: how many inputs, and what was left out of the folders named."""

    tasks: tuple[Task, ...]
    left_out: tuple[str, ...] = ()
    archives: tuple[str, ...] = ()
    """The archives among the inputs: their members are the tasks."""
    told: dict[str, Bibliography] = msgspec.field(default_factory=dict)
    """What a curator handed over, by document."""


def prepare(
    home: Home,
    writer: CatalogueWriter,
    paths: Sequence[Path],
    *,
    as_id: str = "",
    retry_failed: bool = False,
    handed: Handed | None = None,
) -> Run:
    """Plan an ingest of files and folders; raises UsageError for a path that does not exist."""
    files, left_out = files_in(paths)
    sources = [Source.of(file) for file in files]
    run = arrange(home, writer, sources, as_id=as_id, retry_failed=retry_failed, handed=handed)
    return msgspec.structs.replace(run, left_out=tuple(left_out))


def arrange(
    home: Home,
    writer: CatalogueWriter,
    sources: Sequence[Source],
    *,
    as_id: str = "",
    retry_failed: bool = False,
    handed: Handed | None = None,
) -> Run:
    """Plan an ingest of sources, archives among them unpacked; the caller holds the home's lock.

    What a curator ``handed`` over of documents that are there already is told at once.
    """
    settings = home.settings
    unpacking = Unpacking(
        home.workspace(), max_bytes=settings.max_archive_mb * MEGABYTE, max_member=settings.max_file_mb * MEGABYTE
    )
    found = unpacking.sources(sources)
    tasks = plan(
        list(handed.named(found) if handed else found),
        writer,
        tools=tools(),
        settings_hash=reading_hash(settings),
        max_file_mb=settings.max_file_mb,
        as_id=as_id,
        retry_failed=retry_failed,
    )
    if handed:
        handed.match(tasks, writer)
    return Run(tasks=tuple(tasks), archives=tuple(unpacking.opened), told=handed.cards if handed else {})


def ingest(
    home: Home, writer: CatalogueWriter, run: Run, *, publish: Callable[[], object] = lambda: None
) -> Iterator[Step]:
    """Carry a planned run out, yielding each input as it ends.

    The caller holds the home's lock.  ``publish`` makes what the catalogue holds findable; it is called during a long
    run (every ``index_every_documents``) and at its end.
    """
    keeper = _Keeper(home, writer, run.told)
    keeper.settle_archives(run.archives)
    to_read = [task for task in run.tasks if task.action == "read"]
    for task in run.tasks:
        if task.action in ("skip", "leave", "refuse"):
            yield keeper.settle(task)
    jobs = [keeper.job(task) for task in to_read]
    numbers = {task.input: keeper.begin(task) for task in to_read}
    workers = home.settings.workers or os.cpu_count() or 1
    for kept, (position, outcome) in enumerate(read_all(jobs, workers), start=1):
        task = to_read[position]
        yield keeper.keep(task, numbers[task.input], outcome)
        if kept % home.settings.index_every_documents == 0:
            publish()
    for task in run.tasks:
        if task.action == "same":  # only now: its twin may have been read in this very run
            yield keeper.settle_twin(task)
    link(writer)
    relate(writer)
    publish()
    if regroup(writer, home.meanings_file):  # only now: what was read can be found before it is held against all else
        publish()


def _ocr_limits(settings: Settings) -> OcrLimits | None:
    """How pages that are pictures are to be read, None where the settings forbid it."""
    if not settings.ocr_languages or not settings.ocr_max_pages:
        return None
    return OcrLimits(
        languages=settings.ocr_languages,
        seconds_per_page=settings.ocr_seconds_per_page,
        max_pages=settings.ocr_max_pages,
    )


class _Keeper:
    """Writes down what becomes of each input."""

    def __init__(self, home: Home, writer: CatalogueWriter, told: Mapping[str, Bibliography]) -> None:
        self.home = home
        self.writer = writer
        self.told = told
        self.settings_hash = reading_hash(home.settings)
        self.ocr = _ocr_limits(home.settings)
        self.last = {record.input: record for record in writer.ingest_records()}
        cards = writer.cards()
        self.retold = {card.id for card in cards if card.programme == OURS and notes.is_note(card.id)}
        # Whose word our own texts retell their standing does not tell: it would make an evaluator of us.
        others = {card.id: card.standing for card in cards if card.programme != OURS}
        given = {doc: card.standing for doc, card in told.items() if card.standing is not Standing.UNKNOWN}
        self.standings = {**others, **given}

    def job(self, task: Task) -> Job:
        settings = self.home.settings
        told = self.standings.get(task.doc, Standing.UNKNOWN)
        return Job(
            path=task.source.path,
            name=task.source.name,
            url=task.source.url,
            doc=task.doc,
            content_hash=task.content_hash,
            max_pages=settings.max_pages,
            seconds=settings.child_seconds,
            memory_mb=settings.child_memory_mb,
            ocr=self.ocr,
            standing=None if told is Standing.UNKNOWN else told,
            retold=task.doc in self.retold,
        )

    def begin(self, task: Task) -> int:
        return self.writer.begin(self._record(task))

    def settle_archives(self, archives: Sequence[str]) -> None:
        """Take back the failure of an archive that can be opened now; its members have records of their own."""
        for archive in archives:
            last = self.last.get(archive)
            if last is not None and last.status == "failed":
                mended = msgspec.structs.replace(last, status="ok", stage="", reason="")
                self.writer.finish(self.writer.begin(mended), mended)

    def settle(self, task: Task) -> Step:
        """An input that needs no reading."""
        if task.action == "skip":
            return Step(record=self.last[task.input], skipped=True, note=task.note)
        if task.action == "leave":
            return self._left(task)
        record = self._record(task, reason=task.reason, stage=task.source.stage)
        self.writer.finish(self.begin(task), record)
        return Step(record=record)

    def _left(self, task: Task) -> Step:
        """A file of what a person took out; a record of it is written once, and takes back an earlier failure."""
        record = self._record(task, ok=True, stage="removed", reason=task.note)
        last = self.last.get(task.input)
        if last is None or (last.status, last.reason, last.content_hash) != ("ok", task.note, task.content_hash):
            self.writer.finish(self.begin(task), record)
        return Step(record=record, skipped=True, note=task.note)

    def settle_twin(self, task: Task) -> Step:
        """An input with the bytes of a document: another location of it, if that document could be read."""
        number = self.begin(task)
        if self._holds(task):
            self.writer.add_location(task.doc, task.input)
            record = self._record(task, ok=True, stage=TWIN)
        else:
            record = self._record(task, stage=TWIN, reason=self._reason_of_twin(task))
        self.writer.finish(number, record)
        return Step(record=record, note=task.note)

    def _reason_of_twin(self, task: Task) -> str:
        """Why the file with the same bytes could not be read, with its name."""
        key = (task.content_hash, task.doc, "failed")
        for record in self.writer.ingest_records():
            if (record.content_hash, record.doc, record.status) == key and record.stage not in ("interrupted", TWIN):
                return f"It has the same bytes as {record.input}: {record.reason}"
        return f"It has the same bytes as the file of {task.doc}, which could not be read; see the reason there."

    def keep(self, task: Task, number: int, outcome: Outcome) -> Step:
        """An input that was read, or could not be."""
        document = outcome.document
        if document is not None and not self._kept(task):
            document, outcome = None, msgspec.structs.replace(outcome, stage="interrupted", reason=CHANGED)
        if document is None:
            record = self._record(task, stage=outcome.stage, reason=outcome.reason, seconds=outcome.seconds)
            self.writer.finish(number, record)
            return Step(record=record)
        record = self._record(task, ok=True, warnings=document.warnings, seconds=outcome.seconds)
        self.writer.put_document(document, number, record)
        if task.doc in self.told:
            tell(self.writer, self.told[task.doc])
        return Step(
            record=record,
            note=task.note,
            pages=sum(page.number is not None for page in document.pages),
            passages=len(document.passages),
            statements=len(document.statements),
        )

    def _holds(self, task: Task) -> bool:
        """Whether the task's document is there with the task's bytes."""
        try:
            return self.writer.entry(task.doc).content_hash == task.content_hash
        except NotInCatalogue:
            return False

    def _kept(self, task: Task) -> bool:
        """Keep the original; False where the file is no longer what was read."""
        try:
            data = Path(task.source.path).read_bytes()
        except OSError:
            return False
        if hashlib.sha256(data).hexdigest() != task.content_hash:
            return False
        self.home.keep_original(data)
        return True

    def _record(
        self,
        task: Task,
        *,
        ok: bool = False,
        stage: str = "",
        reason: str = "",
        warnings: tuple[str, ...] = (),
        seconds: float = 0.0,
    ) -> IngestRecord:
        return IngestRecord(
            input=task.input,
            status="ok" if ok else "failed",
            stage=stage,
            reason=reason,
            doc=task.doc,
            content_hash=task.content_hash,
            settings_hash=self.settings_hash,
            tools=tools(),
            seconds=round(seconds, 3),
            warnings=warnings,
        )
