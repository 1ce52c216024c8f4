"""The practice records of one knowledge base: files in the home's folder ``records``, like those that ship.

They are kept as files so that they can be read, mended and taken elsewhere; `init` loads them as it loads the shipped.
"""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path

from corpus import records, sources
from corpus.catalogue import Catalogue
from corpus.concepts import vocabulary
from corpus.errors import RecordError, UsageError
from corpus.fields import complaint
from corpus.home import UNFINISHED, Home, settle
from corpus.model import Practice

SUFFIX = ".md"
BYTES_MAX = 500_000
"""Thirty times the longest record that ships."""


def folder(home: Home) -> Path:
    """Where a home's own records are."""
    return home.path / "records"


def citable(catalogue: Catalogue) -> frozenset[str]:
    """The documents that a record may cite: every one but what we wrote ourselves."""
    return frozenset(card.id for card in catalogue.cards() if card.programme != sources.OURS)


def check(text: str, name: str, documents: Collection[str]) -> Practice:
    """A record that may be a home's own, by every rule of `corpus.records`; ``documents`` are the ids it may cite.

    Raises:
        RecordError: it breaks the template, or has the id of one that ships.
    """
    if not name.endswith(SUFFIX) or "/" in name or "\\" in name:
        raise RecordError(f"{name[:80]}: a record's file is called ID{SUFFIX}; give it such a name.")
    practice = records.load(text, name, vocabulary(), documents)
    if practice.id != name.removesuffix(SUFFIX):
        raise complaint(name, "id", f"is “{practice.id}”, and the file is not called so; leave the id out")
    if practice.id in {one.id for one in records.shipped()}:
        raise complaint(name, "id", f"“{practice.id}” ships with Fingerpost; give this one another title or name")
    return practice


def keep(home: Home, practice: Practice, text: str) -> None:
    """Write a record that was checked; an older one of the same id is replaced.  The caller holds the home's lock."""
    here = folder(home)
    here.mkdir(exist_ok=True)
    part = here / f"{UNFINISHED}{practice.id}"
    part.write_text(text, "utf-8")
    part.replace(here / f"{practice.id}{SUFFIX}")
    settle(here)


def every(home: Home, documents: Collection[str]) -> tuple[Practice, ...]:
    """The records of a home, by id; ``documents`` are the ids that they may cite.

    Raises:
        RecordError: one of them breaks the template, with its file's name and the field.
    """
    files = sorted(folder(home).glob(f"*{SUFFIX}"))
    return tuple(check(read(file), file.name, documents) for file in files)


def read(file: Path) -> str:
    """A record's file as text.

    Raises:
        UsageError: it is far too large, or not in UTF-8.
    """
    if file.stat().st_size > BYTES_MAX:
        raise UsageError(f"{file.name} is larger than any record; give a text file that ends in {SUFFIX}.")
    try:
        return file.read_text("utf-8")
    except UnicodeDecodeError as error:
        raise UsageError(f"{file.name} is no text in UTF-8; save it again as UTF-8.") from error
