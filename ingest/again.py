"""Documents that were read by other rules than the present ones, read again from their kept originals."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import PurePosixPath

from corpus.catalogue import Catalogue
from corpus.catalogue.fetched import last_fetch
from corpus.catalogue.readings import LastReading, last_readings
from corpus.home import Home
from corpus.settings import reading_hash
from ingest.pipeline import Run
from ingest.plan import Task
from ingest.source import Source
from ingest.tools import tools

NAMED = 20
"""So many documents are named in a sentence; 'fingerpost status --json' names all."""


def outdated(home: Home, catalogue: Catalogue) -> tuple[LastReading, ...]:
    """The readings that the present tools or settings could give otherwise, whose originals are there."""
    present = tools(), reading_hash(home.settings)
    return tuple(
        reading
        for reading in last_readings(catalogue)
        if (reading.tools, reading.settings_hash) != present and home.original(reading.content_hash).is_file()
    )


def told(readings: Sequence[LastReading]) -> str:
    """A sentence on outdated readings, with what to do about them."""
    named = ", ".join(one.doc for one in readings[:NAMED])
    more = f" and {len(readings) - NAMED} more" if len(readings) > NAMED else ""
    return (
        f"Read by other rules or settings than the present ones: {named}{more}. Lists of private persons in them may "
        "be shown that are recognised now; 'fingerpost rebuild' reads them again."
    )


def arrange(home: Home, catalogue: Catalogue) -> Run:
    """Plan to read every outdated document again; one that cannot be read any more stays as it is."""
    tasks = (_task(home, catalogue, reading) for reading in outdated(home, catalogue))
    return Run(tasks=tuple(tasks))


def _task(home: Home, catalogue: Catalogue, reading: LastReading) -> Task:
    fetched = last_fetch(catalogue, reading.input)
    name = fetched.name if fetched else PurePosixPath(reading.input.replace("\\", "/")).name
    source = Source(
        input=reading.input,
        path=str(home.original(reading.content_hash)),
        name=name,
        url=catalogue.card(reading.doc).url if fetched else "",
    )
    return Task(source=source, action="read", doc=reading.doc, content_hash=reading.content_hash)
