"""One file in a process of its own: read, structured, tagged, searched for statements, within limits.

The process is forked from a server that has loaded everything once (`warm`), reads one file and ends.  Whatever goes
wrong in it (a bomb, an endless loop, a crash) costs that one file.
"""

from __future__ import annotations

import errno
import hashlib
import os
import signal
import sys
import threading
from collections.abc import Callable
from multiprocessing import parent_process
from multiprocessing.connection import Connection, wait
from pathlib import Path, PurePath

import msgspec

from corpus.errors import UnreadableInput
from corpus.model import Document
from ingest.clean import one_line
from ingest.job import CHANGED, Job, MoreTime, Outcome
from ingest.limits import limit_memory
from ingest.ocr import Recogniser

REASON_MAX = 300
"""Characters of a library's own message: some carry half the file along."""

_SAMPLE = (
    "A guardian should be appointed for every child in Kenya, and 12 social workers were trained by the programme."
)
SAMPLES = {
    "sample.html": f"<html><title>A page</title><body><h1>A page</h1><p>{_SAMPLE}</p></body></html>".encode(),
    "sample.md": f"---\ntitle: A note\n---\n# A note\n\n{_SAMPLE}\n".encode(),
    "sample.txt": f"A note\n\n{_SAMPLE}\n".encode(),
}
"""What is read once before the first file, by the name that tells its format."""

FOR_THE_MOMENT = frozenset(
    (errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EMFILE, errno.ENFILE, errno.EAGAIN, errno.EIO, errno.ESTALE)
)
"""What the system refuses a reader for want of room, handles or a sound disk: no fault of the file."""


def work(connection: Connection, job: Job) -> None:
    """The process's whole life: read the job's file and send an `Outcome` as msgpack, after a `MoreTime` for OCR."""
    _be_quiet()
    _end_with_parent()
    limit_memory(job.memory_mb)

    def ask(seconds: int) -> None:
        connection.send_bytes(msgspec.msgpack.encode(MoreTime(seconds=seconds)))

    connection.send_bytes(msgspec.msgpack.encode(outcome(job, ask)))
    connection.close()


def outcome(job: Job, ask: Callable[[int], None] = lambda seconds: None) -> Outcome:
    """Read a file into a document; every error becomes a reason."""
    try:
        return Outcome(document=document(job, ask))
    except UnreadableInput as error:
        return Outcome(stage=error.stage, reason=one_line(error.reason))
    except MemoryError:
        return Outcome(
            stage="read",
            reason=f"Reading it took over {job.memory_mb} MB of memory; if the file is sound, raise child_memory_mb.",
        )
    except RecursionError:
        return Outcome(stage="read", reason="The file is nested too deeply to be read; save it again from its program.")
    except Exception as error:
        if isinstance(error, OSError) and error.errno in FOR_THE_MOMENT:
            told = f"The system did not let it be read ({error.strerror}); mend this and run the command again."
            return Outcome(stage="interrupted", reason=told)
        told = one_line(f"{type(error).__name__}: {error}")[:REASON_MAX]
        return Outcome(stage="read", reason=f"The file could not be read ({told}).")


def document(job: Job, ask: Callable[[int], None] = lambda seconds: None) -> Document:
    """One file as a `Document`; ``ask`` is told how many seconds more OCR will take.

    Raises:
        UnreadableInput: with the stage and a plain reason.
    """
    path = Path(job.path)
    data = path.read_bytes()
    if hashlib.sha256(data).hexdigest() != job.content_hash:
        raise UnreadableInput(CHANGED, stage="interrupted")
    return _document(data, job.name or path.name, job, ask)


def _document(data: bytes, name: str, job: Job, ask: Callable[[int], None]) -> Document:
    """A file's bytes as a `Document`; raises as `document` does."""
    from ingest import cards, evidence, language, privacy, readers, rollup, statements, structure, templates

    reading = readers.read(data, name, max_pages=job.max_pages, ocr=Recogniser(job.ocr, ask) if job.ocr else None)
    reading = privacy.marked(reading)
    spoken = language.detect("\n".join(page.text for page in reading.pages), hint=reading.language)
    card = cards.card(reading, job.doc, spoken, one_line(PurePath(name).stem))
    told = templates.read(reading, card)
    card = told.card
    sections, passages = structure.build(reading, job.doc, spoken)
    shown = evidence.read(reading, card, passages, told.practices, standing=job.standing)
    card = evidence.with_standing(card, passages, shown)
    passages = rollup.tag_passages(passages)
    said = () if job.retold else statements.extract(passages, job.standing or card.standing, job.doc)
    chief = rollup.chief(passages)
    card = msgspec.structs.replace(
        card,
        url=card.url or job.url,
        themes=chief.themes,
        target_groups=chief.target_groups,
        countries=told.countries(chief.countries),
    )
    return Document(
        card=card,
        media=reading.media,
        content_hash=job.content_hash,
        pages=reading.pages,
        sections=sections,
        passages=passages,
        statements=said,
        practices=told.practices,
        evidence=shown.evidence,
        parties=shown.parties,
        acronyms=shown.acronyms,
        responses=shown.responses,
        warnings=reading.warnings,
    )


def warm() -> None:
    """Load what every file needs, once, in the process that the children are forked from.

    A few words of each text format are read for that, so that nothing is left to be imported or built in a child.
    """
    from pypdf import filters

    from ingest.readers import docx, pdf

    assert all((docx, filters, pdf))
    for name, data in SAMPLES.items():
        job = Job(path="", doc="sample", content_hash="", max_pages=1, seconds=1, memory_mb=1)
        _document(data, name, job, lambda seconds: None)


def _be_quiet() -> None:
    """Send what libraries print to nowhere: the command's output belongs to the command."""
    nowhere = os.open(os.devnull, os.O_RDWR)
    for descriptor in (0, 1, 2):
        os.dup2(nowhere, descriptor)
    sys.stdout = sys.stderr = open(os.devnull, "w", encoding="utf-8")  # noqa: PTH123, SIM115


def _end_with_parent() -> None:
    """End at once when the parent is killed, so that no orphan keeps a core busy."""
    parent = parent_process()
    if parent is None:
        return

    def watch() -> None:
        wait([parent.sentinel])
        os.kill(os.getpid(), signal.SIGKILL)

    threading.Thread(target=watch, daemon=True).start()
