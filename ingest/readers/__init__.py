"""One reader for each format: ``read`` looks at a file's content and hands it to the right one.

Each reader is a module with ``read(data, name) -> Reading``; it is imported only when a file of its format comes, so
that a web page costs no PDF library.
"""

from __future__ import annotations

from pathlib import PurePath
from typing import TYPE_CHECKING

import msgspec

from ingest.reading import Reading
from ingest.sniff import Media, media_of

if TYPE_CHECKING:
    from ingest.ocr import Recogniser

MAX_PAGES = 3_000
"""A file with more pages is refused: no report has so many, a trap may."""

_NAMES: dict[str, tuple[Media, str]] = {
    ".pdf": ("pdf", "a PDF"),
    ".html": ("html", "a web page"),
    ".htm": ("html", "a web page"),
    ".xhtml": ("html", "a web page"),
    ".docx": ("docx", "a Word document"),
    ".md": ("markdown", "Markdown"),
    ".markdown": ("markdown", "Markdown"),
    ".txt": ("text", "plain text"),
}
"""What a file's name promises."""


def read(data: bytes, name: str, *, max_pages: int = MAX_PAGES, ocr: Recogniser | None = None) -> Reading:
    """One file's bytes as blocks, by the reader for what they are; ``name`` is the file's name, for its warnings.

    Raises UnreadableInput where the file cannot be read.
    """
    media = media_of(data, name)
    if media == "pdf":
        from ingest.readers.pdf import read as read_pdf

        reading = read_pdf(data, name, max_pages=max_pages, ocr=ocr)
    elif media == "html":
        from ingest.readers.html import read as read_html

        reading = read_html(data, name)
    elif media == "docx":
        from ingest.readers.docx import read as read_docx

        reading = read_docx(data, name)
    elif media == "markdown":
        from ingest.readers.markdown import read as read_markdown

        reading = read_markdown(data, name)
    else:
        from ingest.readers.text import read as read_text

        reading = read_text(data, name)
    warning = _misnamed(name, media)
    return msgspec.structs.replace(reading, warnings=(*reading.warnings, warning)) if warning else reading


def _misnamed(name: str, media: Media) -> str:
    """A sentence where the name promises another format than the content is; Markdown is plain text too."""
    promised = _NAMES.get(PurePath(name).suffix.lower())
    if promised is None or promised[0] == media or {promised[0], media} == {"markdown", "text"}:
        return ""
    found = next(label for kind, label in _NAMES.values() if kind == media)
    return f"The file's name promises {promised[1]}, but its content is {found} and was read as such."
