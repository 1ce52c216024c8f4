"""What kind of file this is, told by its content: a name is only a hint between Markdown and plain text."""

from __future__ import annotations

import re
from pathlib import PurePath
from typing import Literal, NamedTuple

from corpus.errors import UnreadableInput
from ingest.clean import decode, wide_encoding
from ingest.office import kind_of

Media = Literal["pdf", "html", "docx", "markdown", "text"]

HEAD_BYTES = 16_384
"""So much of a file tells its kind."""

BINARY_SHARE = 0.02
"""A file with a greater share of control bytes in its head is no text."""

_SAVE_AS = "save it as PDF, HTML, Markdown or plain text and add that file"


class _Signature(NamedTuple):
    """How a kind of file that is not read begins, what it is, and what to do."""

    start: bytes
    what: str
    remedy: str


_SIGNATURES = (
    _Signature(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an older Microsoft Office file", _SAVE_AS),
    _Signature(b"{\\rtf", "a rich text (RTF) file", _SAVE_AS),
    _Signature(b"\x89PNG", "a picture (PNG)", "add the document that it was taken from"),
    _Signature(b"\xff\xd8\xff", "a picture (JPEG)", "add the document that it was taken from"),
    _Signature(b"GIF8", "a picture (GIF)", "add the document that it was taken from"),
    _Signature(b"II*\x00", "a picture (TIFF)", "make a PDF with a text layer from it and add that"),
    _Signature(b"MM\x00*", "a picture (TIFF)", "make a PDF with a text layer from it and add that"),
    _Signature(b"%!PS", "a PostScript file", "turn it into a PDF and add that"),
    _Signature(b"\x1f\x8b", "a gzip archive", "unpack it and add the files in it"),
    _Signature(b"BZh", "a bzip2 archive", "unpack it and add the files in it"),
    _Signature(b"\xfd7zXZ\x00", "an xz archive", "unpack it and add the files in it"),
    _Signature(b"7z\xbc\xaf\x27\x1c", "a 7-Zip archive", "unpack it and add the files in it"),
    _Signature(b"Rar!\x1a\x07", "a RAR archive", "unpack it and add the files in it"),
    _Signature(b"SQLite format 3\x00", "a database", "export its documents and add them"),
    _Signature(b"\x7fELF", "a program", "add documents only"),
    _Signature(b"MZ\x90\x00", "a program", "add documents only"),
    _Signature(b"MIME-Version:", "a saved web archive or an e-mail", "save the page as HTML and add that file"),
)

_IN_ZIP = (
    ("presentationml", "a PowerPoint presentation (PPTX)"),
    ("spreadsheetml", "an Excel workbook (XLSX)"),
    ("application/epub+zip", "an e-book (EPUB)"),
    ("application/vnd.oasis.opendocument", "an OpenDocument file"),
)
"""What a ZIP file of that kind says of itself: in its content types, or as its first bytes."""

_DAMAGED_WORD = (
    "The file is a damaged Word document (the list of its parts is broken or missing): open it in Word, let Word mend "
    "it, save it again and add that."
)

ZIP_STARTS = (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")

_BEFORE_MARKUP = re.compile(r"(?:\s+|<\?.*?\?>|<!--.*?-->)*", re.DOTALL)
_PAGE_START = re.compile(r"<!doctype\s+html|<(?:html|head|body|title|meta)\b", re.IGNORECASE)
_PIECE_START = re.compile(
    r"<(?:div|main|article|section|header|nav|p|h[1-6]|table|ul|ol|dl|center|font|form|blockquote)\b", re.IGNORECASE
)
_XML_START = re.compile(r"<(?:\?xml|!doctype|[a-z][\w:.-]*[\s>/])", re.IGNORECASE)

_MARKDOWN_NAMES = frozenset({".md", ".markdown", ".mdown", ".mkd"})
_FRONT_MATTER = re.compile(r"\A---[ \t]*\n(?:[^\n]*\n){1,200}?(?:---|\.\.\.)[ \t]*(?:\n|\Z)")
_MARKDOWN_SIGNS = (
    re.compile(r"^#{1,6} +\S", re.MULTILINE),
    re.compile(r"^(?:```|~~~)", re.MULTILINE),
    re.compile(r"\*\*[^*\s][^*\n]*\*\*"),
    re.compile(r"\[[^\]\n]+\]\([^)\s]+\)"),
    re.compile(r"^\|?[ :-]*-{3,}[ :-]*\|[ |:-]*$", re.MULTILINE),
    re.compile(r"^\S[^\n]*\n(?:={3,}|-{3,})[ \t]*$", re.MULTILINE),
)


def media_of(data: bytes, name: str) -> Media:
    """The format of a file's bytes.

    Raises UnreadableInput, with what the file is and what to do, for an empty file and for formats that are not read.
    """
    if not data:
        raise UnreadableInput("The file is empty (zero bytes): fetch it again or leave it out.", "open")
    head = data[:HEAD_BYTES]
    if head.lstrip(b"\xef\xbb\xbf \t\r\n\x00").startswith(b"%PDF-"):
        return "pdf"
    if head.startswith(ZIP_STARTS):
        return _in_zip(data, head)
    _refuse_known(head)
    text = decode(head)
    if kind := _markup(text, name):
        return kind
    if b"%PDF-" in head[:1024] and _is_binary(head):
        return "pdf"  # junk before the header, which readers of PDF pass over
    if _is_binary(head):
        raise UnreadableInput(f"The file is binary data of an unknown kind: {_SAVE_AS}.", "open")
    return "markdown" if _is_markdown(text, name) else "text"


def _in_zip(data: bytes, head: bytes) -> Media:
    """What a ZIP file is, told by its content types; archives are unpacked before a file is ever read here."""
    told, named = kind_of(data)
    if "wordprocessingml" in told or "ms-word.document" in told:
        return "docx"
    kinds = told + head[:100].decode("latin-1")
    if named == "wordprocessingml" and not any(mark in kinds for mark, _ in _IN_ZIP):
        raise UnreadableInput(_DAMAGED_WORD, "open")
    for mark, what in _IN_ZIP:
        if mark in kinds + named:
            raise UnreadableInput(f"The file is {what}, which is not read yet: {_SAVE_AS}.", "open")
    raise UnreadableInput("The file is a ZIP archive: unpack it and add the files in it.", "open")


def _refuse_known(head: bytes) -> None:
    for known in _SIGNATURES:
        if head.startswith(known.start):
            raise UnreadableInput(f"The file is {known.what}: {known.remedy}.", "open")


def _markup(text: str, name: str) -> Media | None:
    """Whether the text is a web page; other XML is refused, for nothing is known of what its elements mean."""
    start = _BEFORE_MARKUP.match(text)
    at = start.end() if start else 0
    if _PAGE_START.match(text, at):
        return "html"
    if _PIECE_START.match(text, at) and not _is_markdown(text, name):
        return "html"  # Markdown may begin with a piece of HTML too
    if text.lstrip().startswith("<?xml") and _XML_START.match(text, at):
        if re.search(r"<html\b", text, re.IGNORECASE):
            return "html"
        raise UnreadableInput(f"The file is XML, but not a web page: {_SAVE_AS}.", "open")
    return None


def _is_binary(head: bytes) -> bool:
    if head.startswith((b"\xff\xfe", b"\xfe\xff", b"\x00\x00\xfe\xff")) or wide_encoding(head):
        return False
    controls = sum(byte < 0x20 and byte not in b"\t\n\x0b\x0c\r\x1b" for byte in head)
    return controls > BINARY_SHARE * len(head)


def _is_markdown(text: str, name: str) -> bool:
    """By name, by front matter, or by signs of at least two kinds (one alone happens in plain text)."""
    if PurePath(name).suffix.lower() in _MARKDOWN_NAMES:
        return True
    text = text.replace("\r\n", "\n")
    return bool(_FRONT_MATTER.match(text)) or sum(bool(sign.search(text)) for sign in _MARKDOWN_SIGNS) >= 2
