"""What curators know of documents, handed over as a table (CSV) or from a reference manager (BibTeX, RIS).

Every row or entry becomes a `Told`: which file or document it speaks of, and what it tells, as a library card whose
blank fields say nothing.  A row that cannot be used is named with its line; the others stand.
"""

from __future__ import annotations

import csv
import logging
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import msgspec

from corpus import spreadsheet
from corpus.concepts import vocabulary
from corpus.errors import RecordError, UsageError
from corpus.fields import check_id, complaint, convert
from corpus.ids import fold, slug
from corpus.model import Bibliography, Value
from corpus.sources import check

FILE_BYTES = 20_000_000
"""A larger table is none of documents' metadata."""

_LISTS = ("authors", "organisations", "countries", "themes", "target_groups")
_FIELDS = frozenset(field.name for field in msgspec.structs.fields(Bibliography))
_ALSO = {
    "author": "authors", "organisation": "organisations", "organization": "organisations",
    "organizations": "organisations", "year": "date", "type": "document_type", "country": "countries",
    "theme": "themes", "target_group": "target_groups", "group": "target_groups", "groups": "target_groups",
    "licence": "rights", "license": "rights", "abstract": "summary", "lang": "language", "link": "url",
    "file_name": "file", "filename": "file", "path": "file", "document": "id",
}  # fmt: skip
"""Other names of columns."""

_LANGUAGES = {
    "english": "en", "american": "en", "british": "en", "ukenglish": "en", "usenglish": "en", "french": "fr",
    "francais": "fr", "spanish": "es", "espanol": "es", "portuguese": "pt", "german": "de", "ngerman": "de",
    "italian": "it", "arabic": "ar", "russian": "ru", "dutch": "nl", "polish": "pl", "romanian": "ro",
}  # fmt: skip
"""Languages as reference managers write them out."""

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_BIBTEX = {
    "title": "title", "organization": "organisations", "institution": "organisations", "school": "organisations",
    "publisher": "publisher", "url": "url", "language": "language", "langid": "language", "abstract": "summary",
    "copyright": "rights", "file": "file",
}  # fmt: skip
_RIS = {
    "TI": "title", "T1": "title", "AU": "authors", "A1": "authors", "A2": "organisations", "PB": "publisher",
    "PY": "date", "Y1": "date", "DA": "date", "UR": "url", "LA": "language", "AB": "summary", "N2": "summary",
    "L1": "file", "ID": "id",
}  # fmt: skip
_NOT_TEX = frozenset({"file", "url"})
"""Fields in which "%" begins no comment and a backslash no command."""

_ESCAPED = re.compile(r"\\([\\:;_%&#])")
_SILENT = logging.NullHandler()
_RIS_LINE = re.compile(r"^([A-Z][A-Z0-9])  ?-(?: (.*))?$")


class Told(Value, frozen=True):
    """What one row tells: of the document ``id``, or of the file ``file`` (a name or a path), or of ``card.title``."""

    line: int
    card: Bibliography
    id: str = ""
    file: str = ""


class Metadata(Value, frozen=True):
    """A file's usable rows, and a sentence for each that is not; ``remarks`` are for the curator to know."""

    name: str
    rows: tuple[Told, ...] = ()
    wrong: tuple[str, ...] = ()
    remarks: tuple[str, ...] = ()


def read(path: Path) -> Metadata:
    """The rows of a file, by its suffix.

    Raises:
        UsageError: it is no CSV, BibTeX or RIS file, or cannot be read at all.
    """
    readers = {".csv": _csv, ".tsv": _csv, ".bib": _bibtex, ".ris": _ris}
    reader = readers.get(path.suffix.lower())
    if reader is None:
        raise UsageError(f"'{path.name}' is no table that is read; give a file that ends in .csv, .bib or .ris.")
    text = _text(path)
    wrong: list[str] = []
    remarks: list[str] = []
    rows = []
    for line, raw in reader(text, path.name, wrong, remarks):
        try:
            rows.append(_told(line, raw, f"{path.name}, line {line}"))
        except RecordError as error:
            wrong.append(str(error))
    return Metadata(name=path.name, rows=tuple(rows), wrong=tuple(wrong), remarks=tuple(remarks))


def of_fields(fields: Mapping[str, str], where: str) -> Told:
    """What the fields of a form tell: columns of the table, several values of one parted by semicolons.

    Raises:
        RecordError: naming ``where`` and the field.
    """
    return _told(1, {key: _split(value) if key in _LISTS else value for key, value in fields.items()}, where)


def _text(path: Path) -> str:
    try:
        if path.stat().st_size > FILE_BYTES:
            raise UsageError(f"'{path.name}' is larger than any table of documents; give another file.")
        data = path.read_bytes()
    except OSError as error:
        raise UsageError(f"'{path.name}' cannot be opened ({error.strerror}); check its name.") from error
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", "replace")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp1252", "replace")  # what spreadsheets save where nobody asks them for UTF-8


def _told(line: int, raw: Mapping[str, Any], where: str) -> Told:
    """A row's values, checked as those of a library card are."""
    told = {key: value for key, value in raw.items() if value}
    identifier, file = told.pop("id", ""), told.pop("file", "")
    if identifier:
        check_id(identifier, where)
    if not (identifier or file or told.get("title")):
        raise complaint(where, "file", "is blank, and so are id and title; name the file that the row speaks of")
    if "language" in told:
        told["language"] = _language(told["language"])
    told = {key: tuple(value) if isinstance(value, list) else value for key, value in told.items()}
    card = convert({"title": "", **told, "id": slug(identifier or file or told["title"])}, Bibliography, where)
    check(card, where, vocabulary())
    return Told(line=line, card=card, id=identifier, file=file)


def _language(value: str) -> str:
    known = _LANGUAGES.get(fold(value).replace(" ", ""))
    return known or value.strip().lower()[:2]


def _split(value: str) -> list[str]:
    return [part.strip() for part in value.split(";") if part.strip()]


# ---------------------------------------------------------------------------------------------- CSV


def _csv(text: str, name: str, wrong: list[str], remarks: list[str]) -> Iterator[tuple[int, dict[str, Any]]]:
    """Rows under a head of column names."""
    lines, begins = spreadsheet.rows(text), 0
    try:
        begins, head = next(lines, (1, []))
        names = [_column(cell) for cell in head]
        if not {"id", "file", "title"} & set(names):
            raise UsageError(f"{name}: no column is named id, file or title; name the columns in the first line.")
        unknown = [cell for cell in names if cell and cell != "file" and cell not in _FIELDS]
        if unknown:
            remarks.append(f"{name}: nothing is done with the columns {', '.join(unknown)}; see docs/commands.md.")
        for begins, cells in lines:
            if len(cells) > len(names):
                wrong.append(str(complaint(f"{name}, line {begins}", "row", "has more cells than there are columns")))
            elif any(cell.strip() for cell in cells):
                pairs = zip(names, (cell.strip() for cell in cells), strict=False)
                row = {key: value for key, value in pairs if key in _FIELDS or key == "file"}
                yield begins, {key: _split(value) if key in _LISTS else value for key, value in row.items()}
    except csv.Error as error:
        wrong.append(f"{name}, after line {begins}: {error}; mend the quotes there, the rest was not read")


def _column(cell: str) -> str:
    name = fold(cell.replace("(s)", "")).replace(" ", "_")
    return _ALSO.get(name, name)


# ---------------------------------------------------------------------------------------------- BibTeX


def _bibtex(text: str, name: str, wrong: list[str], remarks: list[str]) -> Iterator[tuple[int, dict[str, Any]]]:
    from bibtexparser.entrypoint import parse_string
    from bibtexparser.middlewares import LatexDecodingMiddleware

    logging.getLogger("bibtexparser").addHandler(_SILENT)  # what is wrong is told below, in words
    logging.getLogger("bibtexparser").propagate = False
    read = parse_string(text)
    raw = {entry.start_line: {field.key.lower(): str(field.value) for field in entry.fields} for entry in read.entries}
    library = LatexDecodingMiddleware(allow_inplace_modification=False).transform(read)
    for block in library.failed_blocks:
        wrong.append(f"{name}, line {(block.start_line or 0) + 1}: this is not BibTeX; close its braces and quotes")
    for entry in library.entries:
        told = {field.key.lower(): _plain(str(field.value)) for field in entry.fields}
        told |= {key: _plain(value) for key, value in raw[entry.start_line].items() if key in _NOT_TEX}
        row: dict[str, Any] = {"authors": _people(told.get("author", ""))}
        for key, field in _BIBTEX.items():
            if told.get(key) and field not in row:
                row[field] = [told[key]] if field in _LISTS else told[key]
        row["file"] = _linked(told.get("file", ""))
        row |= {"url": _ESCAPED.sub(r"\1", row["url"])} if row.get("url") else {}
        row["id"] = "" if row["file"] else slug(entry.key)  # a reference manager's key names no new document
        row["date"] = told.get("date", "") or _dated(told.get("year", ""), told.get("month", ""))
        yield (entry.start_line or 0) + 1, row


def _plain(value: str) -> str:
    return " ".join(value.replace("{", "").replace("}", "").split())


def _people(value: str) -> list[str]:
    """Authors, parted by "and", with the given name first."""
    named = (part.strip().partition(",") for part in re.split(r"\s+and\s+", value) if part.strip())
    return [f"{given.strip()} {family.strip()}".strip() for family, _, given in named]


def _dated(year: str, month: str) -> str:
    named = month[:3].lower()
    number = _MONTHS.index(named) + 1 if named in _MONTHS else int(month) if month.isdecimal() else 0
    return f"{year}-{number:02}" if year and number else year


def _linked(value: str) -> str:
    """The file that a reference manager links: ``:folder/name.pdf:PDF``, ``Title:folder/name.pdf:application/pdf``."""
    first = re.split(r"(?<!\\);", value)[0]
    if first.startswith("file:"):
        return first
    parts = [_ESCAPED.sub(r"\1", part) for part in re.split(r"(?<!\\):", first) if "." in part]
    return next((part for part in parts if re.search(r"\.\w{2,5}$", part)), first)


# ---------------------------------------------------------------------------------------------- RIS


def _ris(text: str, name: str, wrong: list[str], remarks: list[str]) -> Iterator[tuple[int, dict[str, Any]]]:
    """Entries from ``TY`` to ``ER``, a tag a line; a line without a tag goes on from the one before."""
    row: dict[str, Any] | None = None
    begins, last = 0, ""
    for line, content in enumerate(text.splitlines(), 1):
        found = _RIS_LINE.match(content.rstrip())
        if found is None:
            if row is not None and last in row and content.strip() and isinstance(row[last], str):
                row[last] += f" {content.strip()}"
            continue
        tag, value = found[1], (found[2] or "").strip()
        if tag == "TY":
            if row is not None:
                wrong.append(f"{name}, line {begins}: this entry has no end; put a line 'ER  - ' after it")
            row, begins, last = {}, line, ""
        elif tag == "ER" and row is not None:
            if row.get("file"):
                row.pop("id", None)
            yield begins, row
            row = None
        elif row is not None and tag in _RIS and value:
            last = _RIS[tag]
            _add(row, last, value)
    if row is not None:
        wrong.append(f"{name}, line {begins}: this entry has no end; put a line 'ER  - ' after it")


def _add(row: dict[str, Any], field: str, value: str) -> None:
    """A tag's value; of a field that is no list the first stands."""
    if field == "authors":
        row.setdefault(field, []).extend(_people(value))
    elif field in _LISTS:
        row.setdefault(field, []).append(value)
    elif field == "date":
        parts = [part.zfill(2) for part in value.split("/")[:3] if part.strip()]
        if len("-".join(parts)) > len(row.get(field, "")):
            row[field] = "-".join(parts)
    elif field == "id":
        row.setdefault(field, slug(value))
    else:
        row.setdefault(field, value)
