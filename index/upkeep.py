"""Keeping a home's index in step with its catalogue: what the holder of the writer's lock does, and what proves it.

`index.library` is the face through which it is called.
"""

from __future__ import annotations

import time
from functools import partial
from pathlib import Path
from typing import Protocol

from corpus import VERSION, translations
from corpus.catalogue import Catalogue, Published
from corpus.errors import IndexMissing
from corpus.model import Value
from corpus.privacy import MASKING_VERSION
from index import analysis
from index.following import follow, forget
from index.generations import Generations
from index.source import Source
from index.things import THINGS_VERSION, practice_things, things_of
from index.whoosh_engine import WhooshEngine


class Place(Protocol):
    """The part of `corpus.home.Home` that searching needs."""

    @property
    def index_dir(self) -> Path: ...

    @property
    def catalogue_url(self) -> str: ...


class Report(Value, frozen=True):
    """What a writer did to the index: nothing, updated or rebuilt, and why; ``things`` per view are there now."""

    done: str
    reason: str
    revision: int
    things: dict[str, int]
    seconds: float


def generations_of(home: Place) -> Generations:
    """The generations of a home's index, for this version of analyser, schema and Fingerpost."""
    engine = WhooshEngine()
    made_by = f"{engine.fingerprint}; {analysis.fingerprint()}; things {THINGS_VERSION}; masking {MASKING_VERSION}"
    made_by += f"; translations {translations.fingerprint()}; fingerpost {VERSION}"
    return Generations(home.index_dir, engine, made_by)


def bring_up_to_date(home: Place, source: Source) -> Report:
    """Make the index show the catalogue: by an update if it can be, by a rebuild if it must be.

    The caller holds the home's writer's lock.  Of a catalogue only what may be shown goes into the index.
    """
    source = _published(source)
    generations = generations_of(home)
    try:
        snapshot = generations.open()
    except IndexMissing as missing:
        return rebuild(home, source, str(missing))
    shown, wanted = snapshot.revision, source.revision()
    things = dict(snapshot.counts())
    if shown == wanted:
        follow(home.index_dir, source, snapshot.words())
        snapshot.close()
        return Report(done="nothing", reason="The index is up to date.", revision=shown, things=things, seconds=0.0)
    snapshot.close()
    if shown > wanted:
        return rebuild(home, source, "The catalogue is older than the index.")
    started = time.monotonic()
    there, gone = source.changed_since(shown)
    generations.update([*there, *gone], things_of(source, there), wanted)
    return _report(home, source, generations, "updated", f"{len(there)} changed, {len(gone)} gone.", started)


def rebuild(home: Place, source: Source, reason: str = "It was asked for.") -> Report:
    """Make a new generation of the index from the whole catalogue.  The caller holds the home's writer's lock."""
    source = _published(source)
    generations = generations_of(home)
    started = time.monotonic()
    revision = source.revision()
    owners = dict.fromkeys([*source.document_ids(), *source.practice_ids()])
    generations.build(owners, partial(things_of, source), revision)
    return _report(home, source, generations, "rebuilt", reason, started)


def give_up(home: Place) -> None:
    """Let go of what was made of a catalogue that is about to be replaced: by revisions alone it could seem to fit.

    The caller holds the home's writer's lock, and rebuilds afterwards; so does the next writer where that is cut off.
    """
    generations_of(home).give_up()
    forget(home.index_dir)


def _published(source: Source) -> Source:
    """A source as it may be shown: a catalogue that is handed in to be indexed may hold what is withheld."""
    return Published.over(source) if isinstance(source, Catalogue) else source


def _report(home: Place, source: Source, generations: Generations, done: str, reason: str, started: float) -> Report:
    """What was done; things are found by their words now, and by their meaning when this returns."""
    snapshot = generations.open()
    report = Report(
        done=done,
        reason=reason,
        revision=snapshot.revision,
        things=dict(snapshot.counts()),
        seconds=round(time.monotonic() - started, 3),
    )
    follow(home.index_dir, source, snapshot.words())
    snapshot.close()
    return report


def shown(home: Place, catalogue: Source) -> dict[str, int]:
    """How many documents (with those known by card only), passages and statements are shown.

    Empty while the index does not show the catalogue as it is: there is none, or a run is going on.
    """
    try:
        snapshot = generations_of(home).open()
    except IndexMissing:
        return {}
    counts = dict(snapshot.counts()) if snapshot.revision == catalogue.revision() else {}
    snapshot.close()
    return {what: counts[what] for what in ("documents", "passages", "statements") if counts}


def disagreements(home: Place, source: Source) -> list[str]:
    """Sentences on every count in which index and catalogue differ; empty when they agree."""
    source = _published(source)
    try:
        snapshot = generations_of(home).open()
    except IndexMissing as missing:
        return [str(missing)] if source.document_ids() or source.practice_ids() else []
    documents = source.document_ids()
    held = {
        "passages": sum(len(source.passages(doc)) for doc in documents),
        "statements": sum(len(source.statements(doc)) for doc in documents),
        "practices": sum(len(list(practice_things(source.practice(name)))) for name in source.practice_ids()),
        "documents": len(documents),
    }
    shown = snapshot.counts()
    snapshot.close()
    return [
        f"The index has {shown[what]} {what}, the catalogue {count}; run 'fingerpost rebuild'."
        for what, count in held.items()
        if shown[what] != count
    ]
