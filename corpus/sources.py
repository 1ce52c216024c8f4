"""Library cards of the sources that ship with Fingerpost, and the brief that it writes itself.

``sources.toml`` holds one table a source; the table's name is the id (the slug of the file's stem, so that a file and
its card find each other) and its keys are the fields of `Bibliography` and of `Edition`.  Briefs are PDF files of our
own in ``briefs/``; each has its card here too.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from functools import cache
from importlib import resources
from importlib.resources.abc import Traversable
from typing import Any

from corpus.concepts import Vocabulary, vocabulary
from corpus.errors import RecordError, VocabularyError
from corpus.fields import check_concepts, check_countries, check_date, check_id, complaint, convert
from corpus.model import Bibliography, Value

SOURCES = "sources.toml"
OURS = "fingerpost"
"""The programme of what we wrote ourselves (brief, notes): no witness of its own, and never cited by a note."""


MEDIA = ("pdf", "html")
_SHA256 = re.compile(r"[0-9a-f]{64}")


class Edition(Value, frozen=True):
    """The file of a source that our records and notes were written from: what it is, and its SHA-256.

    Web pages have no hash: their bytes change with every visit.
    """

    media: str = ""
    sha256: str = ""


class Brief(Value, frozen=True):
    """A document of our own that ships as a file: its card and where the file is inside the package."""

    card: Bibliography
    file_name: str

    @property
    def file(self) -> Traversable:
        """The file; ``importlib.resources.as_file`` gives it a path on disk."""
        return resources.files("corpus") / "briefs" / self.file_name


def read(text: str, name: str = SOURCES, words: Vocabulary | None = None) -> tuple[Bibliography, ...]:
    """The cards of one file, sorted by id; `RecordError` names the file, the card and the field."""
    tables = _tables(text, name)
    return tuple(_card(identifier, tables[identifier], name, words) for identifier in sorted(tables))


def read_editions(text: str, name: str = SOURCES) -> dict[str, Edition]:
    """The edition of each source, by the card's id; raises like `read`."""
    return {identifier: _edition(table, f"{name} [{identifier}]") for identifier, table in _tables(text, name).items()}


def _tables(text: str, name: str) -> dict[str, Any]:
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise RecordError(f"{name}: this is not TOML ({error}); correct that line") from error


def _edition(table: Mapping[str, object], where: str) -> Edition:
    edition = convert({key: table[key] for key in Edition.__struct_fields__ if key in table}, Edition, where)
    if edition.media not in ("", *MEDIA):
        raise complaint(where, "media", f"“{edition.media}” is none; write one of {', '.join(MEDIA)}")
    if edition.sha256 and not _SHA256.fullmatch(edition.sha256):
        raise complaint(where, "sha256", "is no SHA-256; write its 64 hexadecimal digits (sha256sum FILE)")
    return edition


def _card(identifier: str, table: object, name: str, words: Vocabulary | None) -> Bibliography:
    where = f"{name} [{identifier}]"
    if not isinstance(table, dict):
        raise complaint(name, identifier, "stands outside of a table; put it under the [id] of its source")
    if "id" in table:
        raise complaint(where, "id", "the table's name is the id; delete this line")
    _edition(table, where)
    told = {key: value for key, value in table.items() if key not in Edition.__struct_fields__}
    card = convert({**told, "id": identifier}, Bibliography, where)
    if not card.title.strip():
        raise complaint(where, "title", "is blank; every source has a title")
    check(card, where, words)
    return card


def check(card: Bibliography, where: str, words: Vocabulary | None) -> None:
    """Raise `RecordError` for the first value of a card that is none of its field's."""
    check_id(card.id, where)
    check_date(card.date, where, "date")
    check_countries(card.countries, where, "countries")
    if card.url and not card.url.startswith(("https://", "http://")):
        raise complaint(where, "url", f"“{card.url}” is no web address; begin it with https://")
    if words:
        check_concepts(card.themes, "themes", where, "themes", words)
        check_concepts(card.target_groups, "target-groups", where, "target_groups", words)
        _check_document_type(card.document_type, where, words)


def _check_document_type(code: str, where: str, words: Vocabulary) -> None:
    try:
        words.by_code("document-types", code or "other")
    except VocabularyError as error:
        raise complaint(where, "document_type", f"“{code}” is none; see vocabulary/document-types.toml") from error


@cache
def known() -> tuple[Bibliography, ...]:
    """The shipped cards, checked against the vocabulary, sorted by id."""
    return read((resources.files("corpus") / SOURCES).read_text("utf-8"), SOURCES, vocabulary())


@cache
def editions() -> dict[str, Edition]:
    """The editions of the shipped sources, by id."""
    return read_editions((resources.files("corpus") / SOURCES).read_text("utf-8"))


@cache
def shipped_briefs() -> tuple[Brief, ...]:
    """Our own documents, for a fresh knowledge base to read in, sorted by id; `RecordError` if a card is missing."""
    cards = {card.id: card for card in known()}
    found = []
    for file in sorted((resources.files("corpus") / "briefs").iterdir(), key=lambda f: f.name):
        stem, _, suffix = file.name.rpartition(".")
        if suffix != "pdf":
            continue
        if stem not in cards:
            raise complaint(f"briefs/{file.name}", "card", f"{SOURCES} has no [{stem}]; add its card")
        found.append(Brief(card=cards[stem], file_name=file.name))
    return tuple(found)
