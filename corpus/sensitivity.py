"""What a person decides may be shown: levels, decisions, and the curators' batch file."""

from __future__ import annotations

import csv
import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from corpus import spreadsheet
from corpus.bodies import called
from corpus.errors import UsageError
from corpus.ids import fold
from corpus.model import Value
from corpus.privacy import Stretch

LEVELS: dict[str, str] = {
    "public": "shown like anything else: a decision taken back, or a list taken for private that is none",
    "mask": "its place, title and reference are shown, its words are withheld",
    "curators": "hidden from everybody but who runs 'fingerpost show'",
    "withdrawn": "hidden from everybody; its address says only that it was withdrawn",
}
"""The levels of sensitivity, from open to closed, with what they mean."""

HIDING = frozenset({"curators", "withdrawn"})
"""Levels at which the public does not learn that there is an item."""

ORGANISATION = "org:"
"""What the item of an organisation begins with, before its folded name."""

_WORD = re.compile(r"[\w\u0300-\u036f\u064b-\u065f\u0670]+")
"""A word with the accents and vowel signs that many PDFs write as letters of their own."""


class Decision(Value, frozen=True):
    """What was decided about an item, why, by whom and when (UTC, ISO 8601).

    ``item`` is the id of a document, passage, statement or practice, or ``org:`` and an organisation's folded name.
    """

    item: str
    level: str
    reason: str = ""
    by: str = ""
    at: str = ""


def item_of(given: str) -> str:
    """An item as it is kept: an id as it is, an organisation's name (``org:Name``) folded."""
    given = given.strip()
    if given.casefold().startswith(ORGANISATION):
        return ORGANISATION + fold(given[len(ORGANISATION) :])
    return given


def decision(item: str, level: str, reason: str = "", by: str = "") -> Decision:
    """A decision as a person gives it.

    Raises:
        UsageError: a level that does not exist, or no item.
    """
    if level not in LEVELS:
        raise UsageError(f"There is no level {level!r}; use one of {', '.join(LEVELS)}.")
    if not item_of(item).removeprefix(ORGANISATION):
        raise UsageError("An item's id, or org: and an organisation's name, is missing; give it.")
    return Decision(item=item_of(item), level=level, reason=reason.strip(), by=by)


def read_batch(file: Path, by: str = "") -> tuple[Decision, ...]:
    """The decisions of a batch: CSV with the columns item, level and reason, or TOML with ``[[decision]]`` tables.

    Raises:
        UsageError: naming the row that does not fit.
    """
    rows = _toml(file) if file.suffix.casefold() == ".toml" else _csv(file)
    return tuple(_row(number, row, by) for number, row in enumerate(rows, 1))


def _row(number: int, row: Mapping[str, Any], by: str) -> Decision:
    told = {name: str(row.get(name) or "") for name in ("item", "level", "reason")}
    try:
        return decision(told["item"], told["level"].strip().casefold(), told["reason"], by)
    except UsageError as error:
        raise UsageError(f"Decision {number} of the batch: {error} Nothing was changed.") from error


def _csv(file: Path) -> Iterable[Mapping[str, Any]]:
    try:
        lines = spreadsheet.rows(file.read_bytes().decode("utf-8-sig"))
        _, head = next(lines, (1, []))
        names = [cell.strip().casefold() for cell in head]
        rows = [dict(zip(names, cells, strict=False)) for _, cells in lines if any(cell.strip() for cell in cells)]
    except (UnicodeDecodeError, csv.Error) as error:
        raise UsageError(f"{file.name} is no CSV file in UTF-8 ({error}); save it again as one.") from error
    if not {"item", "level"} <= set(names):
        raise UsageError(f"{file.name} needs the columns item and level (and may have reason) in its first line.")
    return rows


def _toml(file: Path) -> Iterable[Mapping[str, Any]]:
    try:
        rows = tomllib.loads(file.read_text("utf-8")).get("decision", [])
    except (UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise UsageError(f"{file.name} is no TOML file ({error}); correct it.") from error
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        raise UsageError(f"{file.name} needs one [[decision]] table with item and level for each decision.")
    return rows


class Organisations:
    """Finds the names of sensitive organisations in a text, whatever their case and accents."""

    def __init__(self, names: Iterable[str]) -> None:
        self._names: dict[str, list[list[str]]] = {}
        for name in names:
            words = fold(name).split()
            self._names.setdefault(words[0], []).append(words)

    def find(self, text: str) -> Iterator[Stretch]:
        """Where the names stand."""
        if not self._names:
            return
        words = [(fold(m[0]), m.start(), m.end()) for m in _WORD.finditer(text)]
        for place, (word, start, _) in enumerate(words):
            for name in self._names.get(word, ()):
                if [w for w, _, _ in words[place : place + len(name)]] == name:
                    yield Stretch(start, words[place + len(name) - 1][2], "organisation")

    def folded(self) -> tuple[str, ...]:
        """The names, folded, in alphabetical order."""
        return tuple(sorted(" ".join(words) for some in self._names.values() for words in some))

    def names(self, text: str) -> bool:
        """Whether a name is that of a sensitive organisation, as it is written or by the one name that is shown."""
        return bool(self._names) and any(next(self.find(name), None) is not None for name in (text, called(text)))
