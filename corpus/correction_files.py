"""Corrections as a file: CSV for a spreadsheet, TOML for an editor; what is written is read back the same."""

from __future__ import annotations

import csv
import io
import json
import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from corpus import spreadsheet
from corpus.corrections import Correction, check_name, check_time, read_value, typed
from corpus.errors import UsageError
from corpus.model import Value

COLUMNS = ("item", "field", "value", "quote", "page", "note", "by", "at")
NEEDED = COLUMNS[:3]
TABLE = "correction"

_FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""What a spreadsheet takes for the beginning of a formula."""

_HEAD = re.compile(rf"^[ \t]*\[\[[ \t]*{TABLE}[ \t]*\]\]", re.MULTILINE)


class Row(Value, frozen=True):
    """One row of a file as it stands there; ``where`` names its line."""

    where: str
    told: dict[str, str]


def write(corrections: Iterable[Correction], suffix: str) -> str:
    """Corrections as the text of a file that ends in ``suffix`` (.csv or .toml).

    Raises:
        UsageError: the suffix is another.
    """
    rows = [_told(one) for one in corrections]
    if suffix.lower() == ".csv":
        text = io.StringIO()
        lines = csv.writer(text, lineterminator="\n")
        lines.writerow(COLUMNS)
        lines.writerows([_guarded(row[name]) for name in COLUMNS] for row in rows)
        return text.getvalue()
    if suffix.lower() == ".toml":
        tables = ("\n".join(f"{name} = {_quoted(row[name])}" for name in COLUMNS if row[name]) for row in rows)
        return "\n".join(f"[[{TABLE}]]\n{table}\n" for table in tables)
    raise UsageError("Corrections are written as .csv or .toml; give the file one of these endings.")


def read(file: Path) -> tuple[Row, ...]:
    """The rows of a file by its ending.

    Raises:
        UsageError: it is no such file, or lacks a column.
    """
    readers = {".csv": _csv, ".toml": _toml}
    reader = readers.get(file.suffix.lower())
    if reader is None:
        raise UsageError(f"{file.name} is no file of corrections; give one that ends in .csv or .toml.")
    try:
        return tuple(reader(file.read_bytes().decode("utf-8-sig"), file.name))
    except UnicodeDecodeError as error:
        raise UsageError(f"{file.name} is not in UTF-8; save it again as UTF-8.") from error


def correction(row: Row, who: str) -> Correction:
    """A row as a correction; ``who`` makes it where the row does not say.

    Raises:
        UsageError: something is missing or does not fit its field.
    """
    told = row.told
    if not told["item"] or not told["field"]:
        raise UsageError("The item or the field is missing; give both.")
    if told["page"] and not told["page"].isdecimal():
        raise UsageError(f"{told['page']!r} is no page number; leave it blank or give one.")
    return Correction(
        item=told["item"],
        field=told["field"],
        value=read_value(told["item"], told["field"], told["value"]),
        quote=told["quote"],
        page=int(told["page"]) if told["page"] else None,
        note=told["note"],
        by=check_name(told["by"] or who),
        at=check_time(told["at"]),
    )


def _told(one: Correction) -> dict[str, str]:
    page = "" if one.page is None else str(one.page)
    return {
        "item": one.item, "field": one.field, "value": typed(one.value), "quote": one.quote, "page": page,
        "note": one.note, "by": one.by, "at": one.at,
    }  # fmt: skip


def _csv(text: str, name: str) -> Iterator[Row]:
    try:
        lines = spreadsheet.rows(text)
        _, head = next(lines, (1, []))
        columns = [cell.strip().casefold() for cell in head]
        _require(columns, NEEDED, f"{name} needs the columns {', '.join(NEEDED)} in its first line; add them.")
        for line, cells in lines:
            if any(cell.strip() for cell in cells):
                told = dict(zip(columns, map(_unguarded, cells), strict=False))
                yield Row(where=f"line {line}", told={key: told.get(key, "") for key in COLUMNS})
    except csv.Error as error:
        raise UsageError(f"{name} is no CSV file ({error}); mend the quotes in it.") from error


def _toml(text: str, name: str) -> Iterator[Row]:
    try:
        tables = tomllib.loads(text).get(TABLE, [])
    except tomllib.TOMLDecodeError as error:
        raise UsageError(f"{name} is no TOML file ({error}); correct it.") from error
    if not isinstance(tables, list) or not all(isinstance(table, dict) for table in tables):
        raise UsageError(f"{name} needs one [[{TABLE}]] table for each correction.")
    lines = [text.count("\n", 0, found.start()) + 1 for found in _HEAD.finditer(text)]
    sure = len(lines) == len(tables)  # a head inside of a longer text counts as a line, but is no table
    for number, table in enumerate(tables):
        where = f"line {lines[number]}" if sure else f"correction {number + 1}"
        _require(table, NEEDED[:2], f"{name}, {where}: a correction needs item, field and value; add them.")
        yield Row(where=where, told={key: _plain(table, key) for key in COLUMNS})


def _require(there: Iterable[str], needed: Iterable[str], sentence: str) -> None:
    if not set(needed) <= set(there):
        raise UsageError(sentence)


def _plain(table: Mapping[str, Any], key: str) -> str:
    value = table.get(key, "")
    if isinstance(value, bool):
        return typed(value)
    return typed(tuple(map(str, value))) if isinstance(value, list) else str(value)


def _guarded(cell: str) -> str:
    """A cell that no spreadsheet takes for a formula."""
    return f"'{cell}" if cell.startswith(_FORMULA) else cell


def _unguarded(cell: str) -> str:
    return cell[1:] if cell.startswith("'") and cell[1:].startswith(_FORMULA) else cell


def _quoted(value: str) -> str:
    """A TOML basic string; JSON's escapes are among TOML's."""
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
