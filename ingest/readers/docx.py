"""Word documents (DOCX): headings by style, lists, tables, notes and boxes; its headers and footers are left out.

Nothing of the file is run, fetched or written anywhere: see `office` for what its parts are bounded by.
"""

from __future__ import annotations

from collections.abc import Sequence
from xml.etree.ElementTree import Element

from corpus.errors import UnreadableInput
from corpus.ids import fold
from corpus.model import Block, BlockKind, Page
from ingest.clean import one_line
from ingest.layout.cover import find_date, trusted_title
from ingest.office import Package
from ingest.readers.html import reading_of
from ingest.readers.webcard import Card, metadata_of, organisations_in
from ingest.readers.word_body import Notes, Walk
from ingest.readers.word_styles import Numbering, Styles, value
from ingest.reading import Reading

FRONT_WORDS = 400
"""What the properties say is believed where so many first words say it too: programs fill them in by themselves."""

SHORT_LINE = 12
COVER_LINES = 40
"""A date on its own short line among the first so many blocks is the document's."""

_KEPT = ("title", "subject", "keywords", "category", "created", "modified")
"""The properties kept for the curator; the names of who wrote and saved the file are not."""

_NOT_TEXT = frozenset({"separator", "continuationSeparator", "continuationNotice"})
_NO_TEXT = "The Word document holds no text (only pictures perhaps): add a version with text."


def read(data: bytes, name: str) -> Reading:
    """A Word document as one page of blocks.

    Raises UnreadableInput where it is damaged, unpacks beyond its bounds, or holds no text.
    """
    package = Package(data)
    main = package.related("", "officeDocument")
    document = package.part(main)
    body = document.find("body") if document is not None else None
    if body is None:
        raise UnreadableInput("The file is no whole Word document (it has no body): save it again from its program.")
    styles = Styles(package.related_part(main, "styles"))
    numbering = Numbering(package.related_part(main, "numbering"), styles)
    walk = Walk(styles, numbering, _notes(package, main))
    blocks = (*walk.blocks(body), *walk.footnotes)
    if not any(block.kind is not BlockKind.HEADING for block in blocks):
        raise UnreadableInput(_NO_TEXT)
    card = _card(_properties(package), blocks, walk)
    return reading_of("docx", blocks, card, tuple(_warnings(walk)))


def _notes(package: Package, main: str) -> dict[str, Notes]:
    """The foot- and endnotes, with the way in which the settings say that they are counted."""
    settings = package.related_part(main, "settings")
    found = {}
    for kind, usual in (("footnote", "decimal"), ("endnote", "lowerRoman")):
        part = package.related_part(main, f"{kind}s")
        texts = {
            note.get("id", ""): note
            for note in (part.findall(kind) if part is not None else ())
            if note.get("type") not in _NOT_TEXT
        }
        found[kind] = Notes(texts, value(settings, f"{kind}Pr", "numFmt") or usual)
    return found


def _properties(package: Package) -> dict[str, str]:
    """The core properties by their short names."""
    core = package.related_part("", "core-properties")
    return {} if core is None else {part.tag.removeprefix("x:"): text for part in core if (text := _said(part))}


def _said(part: Element) -> str:
    return one_line(part.text or "")


def _card(told: dict[str, str], blocks: Sequence[Block], walk: Walk) -> Card:
    """The document's card: its own title and date, and of the properties what its first words bear out."""
    front = fold(Page(number=None, blocks=tuple(blocks[:FRONT_WORDS])).text).split()[:FRONT_WORDS]
    said = f" {' '.join(front)} "
    title = next(iter(walk.titles), "")
    if not title and trusted_title(told.get("title", ""), set(front)):
        title = told["title"]
    if not title and blocks[0].kind is BlockKind.HEADING and blocks[0].level == 1:
        title = blocks[0].text
    authors = [name.strip() for name in told.get("creator", "").split(";")]
    short = [
        b.text for b in blocks[:COVER_LINES] if b.kind is not BlockKind.TABLE and len(b.text.split()) <= SHORT_LINE
    ]
    return Card(
        title=title,
        authors=tuple(name for name in authors if fold(name) and f" {fold(name)} " in said),
        organisations=organisations_in(walk.pairs),
        date=find_date(short),
        language=told.get("language", ""),
        metadata={key: told[key] for key in _KEPT if key in told} | metadata_of(walk.pairs),
    )


def _warnings(walk: Walk) -> list[str]:
    found = []
    if walk.tracked:
        found.append(
            "The document holds tracked changes: it was read as if all were accepted; compare it with the final one."
        )
    if walk.embedded:
        found.append("The document embeds another file, which was not read: add that file by itself.")
    return found
