"""The knowledge that ships with the program, loaded into a home."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from contextlib import ExitStack
from importlib.resources import as_file
from pathlib import Path

from corpus import notes, own_records, records, sources
from corpus.catalogue import CatalogueWriter
from corpus.catalogue.shipping import restore, ship_card, ship_practice
from corpus.errors import UsageError
from corpus.home import Home
from corpus.model import Bibliography, Practice
from ingest import pipeline
from ingest.source import Source

SHIPPED = "fingerpost:notes/"
"""What the place of a note is called in the record of its reading: it is made anew, not found on a disk."""


def load(
    home: Home,
    writer: CatalogueWriter,
    *,
    publish: Callable[[], object] = lambda: None,
    restored: Collection[str] = (),
) -> Iterator[pipeline.Step]:
    """Keep the sources' cards and the practices, and read our own briefs and notes; what is there is left alone.

    The home's own practice records come with those that ship.  What a person changed or removed stays so, but for the
    ids in ``restored``.

    Raises:
        UsageError: one of these does not ship; nothing is changed.
        RecordError: a record of the home's own breaks the template; what ships is kept.
    """
    cards, practices = (*sources.known(), *(note.card for note in notes.shipped())), records.shipped()
    everything: tuple[Bibliography | Practice, ...] = (*cards, *practices)
    if foreign := set(restored) - {item.id for item in everything}:
        raise UsageError(f"{', '.join(sorted(foreign))}: nothing of this id ships with Fingerpost; check the spelling.")
    for item in everything:
        if item.id in restored:
            restore(writer, item)
    for card in cards:
        ship_card(writer, card)
    own = own_records.every(home, own_records.citable(writer))
    for practice in (*practices, *own):
        ship_practice(writer, practice)
    with ExitStack() as stack:
        briefs = [Source.of(stack.enter_context(as_file(brief.file))) for brief in sources.shipped_briefs()]
        run = pipeline.arrange(home, writer, [*briefs, *_notes(home.workspace(), writer)])
        yield from pipeline.ingest(home, writer, run, publish=publish)


def _notes(folder: Path, writer: CatalogueWriter) -> Iterator[Source]:
    """The notes as files to be read, with their citations in words; they are called the same on every machine."""
    titles = {card.id: card.title for card in writer.cards()}
    for note in notes.shipped():
        name = f"{note.id}.md"
        (file := folder / name).write_text(notes.readable(note, titles), "utf-8")
        yield Source(input=f"{SHIPPED}{name}", path=str(file), name=name, wanted=note.id)
