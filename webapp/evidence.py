"""What this library holds on what: themes against kinds, groups, countries, criteria, years; counted in programmes."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Final, Literal

import msgspec

from corpus.catalogue.reader import Catalogue
from corpus.concepts import vocabulary
from corpus.model import Standing, Value
from index.answer import Answer, FacetValue, Request
from webapp.address import Address
from webapp.languages import N_
from webapp.present import KINDS
from webapp.words import facet_label

By = Literal["kind", "group", "country", "criteria", "year"]
BY: Final[Mapping[By, str]] = {
    "kind": N_("What is said"),
    "group": N_("Target groups"),
    "country": N_("Countries"),
    "criteria": N_("Evaluation criteria"),
    "year": N_("Years"),
}
"""What themes can be held against, with its heading; each is a filter of statements."""

COLUMNS_MOST = 12
"""Countries, groups and years that stand side by side, those with most statements; all others are in the search."""
OUTSIDE: Final = frozenset({Standing.EXTERNAL, Standing.INTERNAL, Standing.RESEARCH})
"""Standings of those who looked at others' work."""


class Head(Value, frozen=True):
    """A row's or column's facet and value."""

    facet: str
    value: str

    @property
    def label(self) -> str:
        """What it is called in the page's language."""
        return facet_label(self.value, self.facet)


class Cell(Value, frozen=True):
    """One theme under one heading: statements, the programmes that made them, whether somebody from outside is among
    them, and which kind of statement is most frequent."""

    statements: int
    programmes: int
    outside: bool
    kind: str


class Matrix(Value, frozen=True):
    """Themes against one facet of statements; ``cells`` has only those that hold something, by row and column."""

    by: By
    rows: tuple[Head, ...]
    columns: tuple[Head, ...]
    cells: dict[str, dict[str, Cell]] = msgspec.field(default_factory=dict)
    left_out: int = 0
    """Columns for which there was no room."""

    def cell(self, row: str, column: str) -> Cell | None:
        return self.cells.get(row, {}).get(column)

    def url(self, row: str, column: str) -> str:
        """Where the statements of a cell are."""
        return Address(view="statements", filters={"theme": (row,), self.by: (column,)}).url

    @property
    def most(self) -> int:
        """The most programmes in one cell."""
        return max((cell.programmes for row in self.cells.values() for cell in row.values()), default=0)


class Counting:
    """Counts statements and who made them, by searches: a cell counts what opening it shows."""

    def __init__(self, search: Callable[[Request], Answer], catalogue: Catalogue) -> None:
        self._search = search
        self._witness = catalogue.witness_of()
        cards = (card for card in catalogue.cards() if card.id in self._witness)
        self._outside = {card.id for card in cards if card.standing in OUTSIDE}

    def matrix(self, by: By) -> Matrix:
        """Themes against one facet, settled by as many searches as there are cells that hold something."""
        found = self._statements({}).facets.get(by, ())
        columns = _columns(by, found)
        rows = tuple(Head(facet="theme", value=theme.id) for theme in vocabulary().scheme("themes") if theme.listed)
        return Matrix(
            by=by,
            rows=rows,
            columns=columns,
            cells={row.value: self._row(by, row.value, columns) for row in rows},
            left_out=max(len(found) - len(columns), 0),
        )

    def _row(self, by: By, theme: str, columns: Iterable[Head]) -> dict[str, Cell]:
        there = {value.value for value in self._statements({"theme": (theme,)}).facets.get(by, ()) if value.count}
        cells = {c.value: self._cell({"theme": (theme,), by: (c.value,)}) for c in columns if c.value in there}
        return {value: cell for value, cell in cells.items() if cell is not None}

    def _cell(self, filters: dict[str, tuple[str, ...]]) -> Cell | None:
        """One cell; None where only we ourselves speak, who are no witness (`corpus.witness`)."""
        found = self._statements(filters)
        docs = {value.value for value in found.facets.get("doc", ()) if value.count} & self._witness.keys()
        if not docs:
            return None
        kinds = {value.value: value.count for value in found.facets.get("kind", ())}
        chosen = filters.get("kind", KINDS)
        return Cell(
            statements=found.total,
            programmes=len({self._witness[doc] for doc in docs}),
            outside=bool(docs & self._outside),
            kind=max(chosen, key=lambda kind: kinds.get(kind, 0)),
        )

    def _statements(self, filters: dict[str, tuple[str, ...]]) -> Answer:
        return self._search(Request(what="statements", filters=filters, limit=0, totals=False))


def _columns(by: By, found: Iterable[FacetValue]) -> tuple[Head, ...]:
    """The columns: all kinds and criteria, else the most frequent values, years in order."""
    if by == "kind":
        return tuple(Head(facet=by, value=k) for k in KINDS)
    if by == "criteria":
        return tuple(Head(facet=by, value=c.code) for c in vocabulary().scheme("evaluation-criteria"))
    heads = [Head(facet=by, value=value.value) for value in found][:COLUMNS_MOST]
    return tuple(sorted(heads, key=lambda head: head.value) if by == "year" else heads)
