"""A small catalogue in memory, for tests of searching that need no ingest."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from pathlib import Path

from corpus.errors import NotInCatalogue
from corpus.ids import Ids
from corpus.model import Acronym, Bibliography, Party, Passage, Practice, Statement, Tag
from corpus.witness import witnesses


class IndexPlace:
    """A folder as searching sees a home."""

    def __init__(self, path: Path) -> None:
        self.index_dir = path / "index"
        self.catalogue_url = path / "catalogue.db"


class Shelf:
    """Documents and practices by id, with the revision that each was last changed in."""

    def __init__(self) -> None:
        self._revision = 0
        self._changed: dict[str, int] = {}
        self._documents: dict[str, tuple[Bibliography, tuple[Passage, ...], tuple[Statement, ...]]] = {}
        self._practices: dict[str, Practice] = {}
        self.explained: dict[str, tuple[Acronym, ...]] = {}
        self.named: dict[str, tuple[Party, ...]] = {}

    def put(self, card: Bibliography, passages: Iterable[Passage] = (), statements: Iterable[Statement] = ()) -> None:
        self._documents[card.id] = (card, tuple(passages), tuple(statements))
        self._touch(card.id)

    def put_practice(self, practice: Practice) -> None:
        self._practices[practice.id] = practice
        self._touch(practice.id)

    def remove(self, identifier: str) -> None:
        self._documents.pop(identifier, None)
        self._practices.pop(identifier, None)
        self._touch(identifier)

    def _touch(self, identifier: str) -> None:
        self._revision += 1
        self._changed[identifier] = self._revision

    def revision(self) -> int:
        return self._revision

    def changed_since(self, revision: int) -> tuple[tuple[str, ...], tuple[str, ...]]:
        changed = [i for i, at in self._changed.items() if at > revision]
        there = tuple(i for i in changed if i in self._documents or i in self._practices)
        return there, tuple(i for i in changed if i not in there)

    def document_ids(self) -> tuple[str, ...]:
        return tuple(sorted(self._documents))

    def practice_ids(self) -> tuple[str, ...]:
        return tuple(sorted(self._practices))

    def cards(self) -> tuple[Bibliography, ...]:
        return tuple(entry[0] for entry in self._documents.values())

    def card(self, doc: str) -> Bibliography:
        if doc not in self._documents:
            raise NotInCatalogue(doc)
        return self._documents[doc][0]

    def acronyms(self) -> dict[str, tuple[Acronym, ...]]:
        return self.explained

    def parties(self, doc: str) -> tuple[Party, ...]:
        return self.named.get(doc, ())

    def practice(self, identifier: str) -> Practice:
        if identifier not in self._practices:
            raise NotInCatalogue(identifier)
        return self._practices[identifier]

    def practices_of(self, doc: str) -> tuple[Practice, ...]:
        return tuple(practice for practice in self._practices.values() if practice.doc == doc)

    def passages(self, doc: str) -> tuple[Passage, ...]:
        return self._documents[doc][1]

    def statements(self, doc: str) -> tuple[Statement, ...]:
        return self._documents[doc][2]

    def passage(self, identifier: str) -> Passage:
        found = self.passages_by_id([identifier])
        if identifier not in found:
            raise NotInCatalogue(identifier)
        return found[identifier]

    def statement(self, identifier: str) -> Statement:
        found = self.statements_by_id([identifier])
        if identifier not in found:
            raise NotInCatalogue(identifier)
        return found[identifier]

    def said_alike(self) -> tuple[tuple[str, str, str], ...]:
        told = [(s.id, s.group, s.doc) for _, _, statements in self._documents.values() for s in statements]
        counts = Counter(group for _, group, _ in told)
        return tuple(one for one in told if counts[one[1]] > 1)

    def witness_of(self) -> dict[str, str]:
        return witnesses(self.cards())

    def passages_by_id(self, ids: Iterable[str]) -> dict[str, Passage]:
        wanted = set(ids)
        return {p.id: p for _, passages, _ in self._documents.values() for p in passages if p.id in wanted}

    def statements_by_id(self, ids: Iterable[str]) -> dict[str, Statement]:
        wanted = set(ids)
        return {s.id: s for _, _, statements in self._documents.values() for s in statements if s.id in wanted}


def passages_of(
    doc: str, *texts: str, language: str = "en", path: tuple[str, ...] = (), tags: tuple[str, ...] = ()
) -> tuple[Passage, ...]:
    """Passages of a document, each with the same headings and tags."""
    ids = Ids(doc)
    return tuple(
        Passage(
            id=ids.make("p", text),
            doc=doc,
            ordinal=ordinal,
            section=0,
            path=path,
            text=text,
            language=language,
            tags=tuple(Tag(concept=concept) for concept in tags),
        )
        for ordinal, text in enumerate(texts)
    )
