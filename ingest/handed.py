"""Which of the inputs and documents the curator's rows speak of."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from pathlib import PurePath

import msgspec

from corpus.catalogue import CatalogueWriter
from corpus.catalogue.curated import tell
from corpus.ids import fold
from corpus.metadata import Metadata, Told
from corpus.model import Bibliography
from ingest.plan import Task
from ingest.source import Source


class Handed:
    """A metadata file's rows on their way to the documents: by file or id before the reading, by title after it."""

    def __init__(self, metadata: Metadata) -> None:
        self.name = metadata.name
        self._left = list(metadata.rows)
        self.cards: dict[str, Bibliography] = {}
        """What is told of the documents of this run, by their id."""

    def named(self, sources: Iterable[Source]) -> Iterator[Source]:
        """The sources, each with the id that a row would have for it."""
        for source in sources:
            row = next((row for row in self._left if row.file and _speaks_of(row, source)), None)
            yield msgspec.structs.replace(source, wanted=row.id) if row and row.id else source

    def match(self, tasks: Sequence[Task], writer: CatalogueWriter) -> None:
        """Find the documents of rows by file, then by id, and tell what is told of those that are there already."""
        left = []
        ids = {task.doc for task in tasks if task.action != "refuse"} | set(writer.document_ids())
        for row in self._left:
            doc = next((task.doc for task in tasks if task.doc and row.file and _speaks_of(row, task.source)), "")
            doc = doc or (row.id if row.id in ids and not row.file else "")
            if doc:
                self.cards[doc] = msgspec.structs.replace(row.card, id=doc)
            else:
                left.append(row)
        self._left = left
        for card in self.cards.values():
            tell(writer, card)

    def by_title(self, writer: CatalogueWriter) -> tuple[int, list[str]]:
        """After the reading: how many more documents a title found, and a sentence for each row that fits none."""
        docs = {fold(card.title): card.id for card in writer.cards()}
        found, unused = 0, []
        for row in self._left:
            doc = "" if row.file else docs.get(fold(row.card.title), "")
            if doc and row.card.title:
                tell(writer, msgspec.structs.replace(row.card, id=doc))
                found += 1
            else:
                what = row.file or row.card.title or row.id
                unused.append(f"{self.name}, line {row.line}: no file or document is “{what}”; check its name")
        return found, unused


def _speaks_of(row: Told, source: Source) -> bool:
    """Whether a row's file is a source: by its name, by its name without suffix, or by the end of its path."""
    file = _spelt(row.file).replace("\\", "/").removeprefix("./")
    if "/" in file:
        return _spelt(source.input) == file or _spelt(source.input).endswith(f"/{file.lstrip('/')}")
    name = _spelt(source.name)
    return file in (name, PurePath(name).stem)


def _spelt(name: str) -> str:
    """A name as file systems compare it: case and the way in which accents are written make no difference."""
    return unicodedata.normalize("NFC", name).casefold()
