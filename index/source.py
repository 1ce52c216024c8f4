"""What the search room needs of the catalogue, so that it can be built and tested by itself."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Protocol

from corpus.model import Acronym, Bibliography, Party, Passage, Practice, Statement


class Source(Protocol):
    """The read side of `corpus.catalogue.Catalogue`, as far as searching needs it."""

    def revision(self) -> int: ...

    def changed_since(self, revision: int) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """Ids of documents and practices changed after a revision: those there now, and those gone."""

    def document_ids(self) -> tuple[str, ...]: ...

    def practice_ids(self) -> tuple[str, ...]: ...

    def cards(self) -> tuple[Bibliography, ...]: ...

    def card(self, doc: str) -> Bibliography: ...

    def acronyms(self) -> Mapping[str, tuple[Acronym, ...]]:
        """The acronyms that each document explains."""

    def parties(self, doc: str) -> tuple[Party, ...]:
        """The organisations that a document names, with their part."""

    def practice(self, identifier: str) -> Practice: ...

    def practices_of(self, doc: str) -> tuple[Practice, ...]:
        """The practices that were read from a document: they come and go with it."""

    def passages(self, doc: str) -> tuple[Passage, ...]: ...

    def statements(self, doc: str) -> tuple[Statement, ...]: ...

    def said_alike(self) -> Iterable[tuple[str, str, str]]:
        """The current statements that are not alone in their group: id, group, document."""

    def witness_of(self) -> Mapping[str, str]:
        """For each document, the name of the witness it belongs to."""

    def passage(self, identifier: str) -> Passage: ...

    def statement(self, identifier: str) -> Statement: ...

    def passages_by_id(self, ids: Iterable[str]) -> Mapping[str, Passage]: ...

    def statements_by_id(self, ids: Iterable[str]) -> Mapping[str, Statement]: ...
