"""Parts of an Office file (OOXML, ECMA-376): their XML, and how they name each other.

The XML is parsed without document types, so without entities; nothing outside of the file is ever looked at.
"""

from __future__ import annotations

import io
import posixpath
from collections.abc import Iterable
from functools import cache
from typing import NamedTuple
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

from corpus.errors import UnreadableInput
from ingest.unzip import Archive

PART_BYTES = 48 * 1024 * 1024
"""A report of 500 pages has about 10 MB of XML; a longer part is a trap."""

FILE_BYTES = 2 * PART_BYTES

CONTENT_TYPES = "[Content_Types].xml"

MAIN_PARTS = {
    "word/document.xml": "wordprocessingml",
    "ppt/presentation.xml": "presentationml",
    "xl/workbook.xml": "spreadsheetml",
}
"""The parts that programs call a file's main one, and of what kind it then is."""

_OF_OFFICE = frozenset({CONTENT_TYPES, "_rels/.rels", *MAIN_PARTS})

_PREFIXES = {
    "http://schemas.openxmlformats.org/wordprocessingml/2006/main": "",
    "http://purl.oclc.org/ooxml/wordprocessingml/main": "",
    "http://schemas.openxmlformats.org/markup-compatibility/2006": "mc:",
    "http://schemas.openxmlformats.org/officeDocument/2006/math": "m:",
    "http://purl.oclc.org/ooxml/officeDocument/math": "m:",
}
"""How names are written here: Word's own without prefix, both in the transitional and the strict form."""

_OTHER = "x:"


class _Builder(ElementTree.TreeBuilder):
    """Builds a tree with the short names of `_PREFIXES`."""

    def start(self, tag: str, attrs: dict[str, str]) -> Element:
        return super().start(_short(tag), {_short(name): value for name, value in attrs.items()})

    def end(self, tag: str) -> Element:
        return super().end(_short(tag))

    def doctype(self, name: str, pubid: str | None, system: str | None) -> None:
        """Refuse before anything of the document type is read; the standard allows none."""
        raise UnreadableInput(
            "The file holds a document type, as no Office program writes it: save it again from its program.", "open"
        )


@cache
def _short(name: str) -> str:
    space, _, local = name.rpartition("}")
    return _PREFIXES.get(space[1:], _OTHER) + local if space else local


def parse(data: bytes) -> Element:
    """An XML part as a tree; UnreadableInput where it is damaged."""
    try:
        return ElementTree.fromstring(data, ElementTree.XMLParser(target=_Builder()))
    except UnreadableInput:  # a ValueError too
        raise
    except (ElementTree.ParseError, LookupError, ValueError) as error:
        raise UnreadableInput(f"The file is damaged ({str(error)[:120]}): save it again from its program.") from error


class Package:
    """The parts of one Office file by name; unpacked in memory, nothing is ever written under a part's name."""

    def __init__(self, data: bytes) -> None:
        self._archive = Archive(io.BytesIO(data), FILE_BYTES)

    def part(self, name: str) -> Element | None:
        """A part's XML, None where there is no such part."""
        if name not in self._archive.members:
            return None
        return parse(self._archive.read(name, PART_BYTES))

    def related(self, part: str, kind: str) -> str:
        """The name of the part that ``part`` ("" for the file itself) names as its ``kind``, blank where none is."""
        folder, _, name = part.rpartition("/")
        relations = self.part(posixpath.join(folder, "_rels", f"{name}.rels"))
        for relation in relations if relations is not None else ():
            told = relation.attrib
            if told.get("Type", "").rpartition("/")[2] == kind and told.get("TargetMode") != "External":
                return posixpath.normpath(posixpath.join("/", folder, told.get("Target", ""))).lstrip("/")
        return ""

    def related_part(self, part: str, kind: str) -> Element | None:
        return self.part(self.related(part, kind))


def is_office(members: Iterable[str]) -> bool:
    """Whether a ZIP file with these members is an Office file, whole or damaged."""
    return not _OF_OFFICE.isdisjoint(members)


class Kind(NamedTuple):
    """What an Office file says it is: ``told`` by the content types of its parts, ``named`` by its main part's name."""

    told: str
    named: str


def kind_of(data: bytes) -> Kind:
    """What an Office file says it is; blank where it does not say, or is another ZIP file.

    Raises UnreadableInput where the file is no ZIP file that can be opened.
    """
    archive = Archive(io.BytesIO(data), FILE_BYTES)
    named = next((kind for part, kind in MAIN_PARTS.items() if part in archive.members), "")
    if CONTENT_TYPES not in archive.members:
        return Kind("", named)
    try:
        return Kind(archive.read(CONTENT_TYPES, PART_BYTES).decode("utf-8", "replace"), named)
    except UnreadableInput:
        if named:
            return Kind("", named)
        raise
