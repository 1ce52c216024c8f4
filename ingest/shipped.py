"""The knowledge that ships with the program, loaded into a home."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from importlib.resources import as_file
from pathlib import Path

from corpus import records, sources
from corpus.catalogue import CatalogueWriter
from corpus.home import Home
from ingest import pipeline


def load(
    home: Home, writer: CatalogueWriter, *, publish: Callable[[], object] = lambda: None
) -> Iterator[pipeline.Step]:
    """Keep the sources' cards and the practices, and read our own briefs; what is there already is left alone."""
    for card in sources.known():
        writer.put_card(card)
    for practice in records.shipped():
        writer.put_practice(practice)
    with ExitStack() as stack:
        briefs: list[Path] = [stack.enter_context(as_file(brief.file)) for brief in sources.shipped_briefs()]
        run = pipeline.prepare(home, writer, briefs)
        yield from pipeline.ingest(home, writer, run, publish=publish)
