"""Which of the inputs and documents the curator's rows speak of."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from pathlib import PurePath
from urllib.parse import unquote

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
        every = list(sources)
        wanted: dict[str, str] = {}
        for row in self._left:
            if row.id and row.file:
                wanted |= {source.input: row.id for source in _spoken_of(row, every) if source.input not in wanted}
        for source in every:
            new = wanted.get(source.input)
            yield msgspec.structs.replace(source, wanted=new) if new else source

    def match(self, tasks: Sequence[Task], writer: CatalogueWriter) -> None:
        """Find the documents of rows by file, then by id, and tell what is told of those that are there already."""
        left = []
        ids = {task.doc for task in tasks if task.action != "refuse"} | set(writer.document_ids())
        docs = {task.source.input: task.doc for task in tasks if task.doc}
        sources = [task.source for task in tasks if task.doc]
        for row in self._left:
            doc = next((docs[source.input] for source in _spoken_of(row, sources)), "")
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


_ABSOLUTE = re.compile(r"^(?:file:|/|[a-z]:/)")


def _spoken_of(row: Told, sources: Sequence[Source]) -> list[Source]:
    """The sources that a row's file is: by name, by name without suffix, or by the end of the path.

    A whole path of another machine (a reference manager's own) is looked for by its name, where one source only has it.
    """
    file = _spelt(unquote(row.file) if row.file.startswith("file:") else row.file).replace("\\", "/")
    file = re.sub(r"/{2,}", "/", file).removeprefix("./")
    if not file:
        return []
    if "/" not in file:
        return [source for source in sources if file in (_spelt(source.name), PurePath(_spelt(source.name)).stem)]
    path = file.removeprefix("file:")
    ends = f"/{path.lstrip('/')}"
    found = [source for source in sources if _spelt(source.input) == path or _spelt(source.input).endswith(ends)]
    if found or not _ABSOLUTE.match(file):
        return found
    alike = [source for source in sources if _spelt(source.name) == PurePath(path).name]
    return alike if len(alike) == 1 else []


def _spelt(name: str) -> str:
    """A name as file systems compare it: case and the way in which accents are written make no difference."""
    return unicodedata.normalize("NFC", name).casefold()
