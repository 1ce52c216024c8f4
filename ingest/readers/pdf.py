"""PDF: pypdf opens and guards the file, pdfium draws its glyphs, the layout rules read them."""

from __future__ import annotations

import io
import logging
import re
from collections.abc import Iterator
from contextlib import contextmanager

import msgspec
import pypdfium2 as pdfium
from pypdf import PdfReader
from pypdf.errors import FileNotDecryptedError, LimitReachedError, PyPdfError
from pypdf.generic import Destination, DictionaryObject, StreamObject

from corpus.errors import UnreadableInput
from ingest.layout.characters import clean
from ingest.layout.cover import card
from ingest.layout.document import FRONT_PAGES, LaidOut, lay_out
from ingest.layout.geometry import Sheet
from ingest.layout.headings import Entry
from ingest.ocr import HOW_TO_INSTALL, Recogniser
from ingest.readers.pdf_glyphs import MAX_FORM_DEPTH, FontTable, read_sheet
from ingest.reading import Reading

MAX_PAGES = 3000
MAX_PAGE_BYTES = 40_000_000
"""Unpacked drawing instructions of one page: dense maps have a tenth of it, bombs a hundred times as much."""
MAX_OUTLINE = 5000
"""Entries of an outline that are read: longer ones are generated noise."""
LABEL_MAX = 40
"""Characters of a page's label that are kept: no page is numbered in more, and the catalogue has room for so many."""

_LOCKED = "The file is encrypted with a password: save a copy without one and add that."
_RAW = re.compile(r"\bb['\"]|<<|\\x|[\[{]")
"""Where a message of pypdf's begins to quote the file's own bytes."""
_PYPDF_ERRORS = (
    PyPdfError,
    ValueError,
    KeyError,
    TypeError,
    AttributeError,
    IndexError,
    OSError,
    AssertionError,
    RuntimeError,
    MemoryError,
)
"""What pypdf raises on damaged files, by its own habit and by accident."""


def read(
    data: bytes,
    name: str,
    *,
    max_pages: int = MAX_PAGES,
    max_page_bytes: int = MAX_PAGE_BYTES,
    ocr: Recogniser | None = None,
) -> Reading:
    """One PDF as page-true blocks; pages that are pictures only are read by ``ocr`` where it is given and ready.

    Raises UnreadableInput where the file is empty, damaged, encrypted with a password, without any text, longer
    than ``max_pages``, or holds a page whose instructions unpack to more than ``max_page_bytes``.
    """
    if not data.strip():
        raise UnreadableInput("The file is empty: fetch it again from its source.", stage="open")
    if b"%PDF-" not in data[:1024]:
        raise UnreadableInput(
            "This is not a PDF, whatever its name says: give it the ending of its own format.", stage="open"
        )
    warnings: list[str] = []
    with _listening() as complaints:
        reader = _open(data, warnings)
        _guard(reader, max_pages, max_page_bytes)
        outline = list(_outline(reader))
        labels = _labels(reader, len(reader.pages))
        sheets = _sheets(data, warnings)
        sure = _read_pictures(data, sheets, ocr, warnings)
        if len(labels) != len(sheets):
            labels = [None] * len(sheets)
        laid_out = lay_out(sheets, outline, labels)
        laid_out.pages = tuple(msgspec.structs.replace(p, ocr=sure.get(p.number or 0)) for p in laid_out.pages)
        reading = _reading(laid_out, reader, warnings)
    if any(sign in told for told in complaints.heard for sign in ("startxref", "xref", "EOF")):
        mended = "The file's table of objects was damaged and has been mended: compare with the original."
        reading = msgspec.structs.replace(reading, warnings=(mended, *reading.warnings))
    return reading


def _damaged(error: Exception) -> UnreadableInput:
    told = _RAW.split(clean(str(error)), maxsplit=1)[0].strip(" ,:;(")[:120]
    return UnreadableInput(
        f"The file is damaged ({told or type(error).__name__}): fetch it again, or print it anew.", stage="open"
    )


class _Complaints(logging.Handler):
    """Hears what pypdf mends while it opens a file."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.heard: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.heard.append(record.getMessage())


@contextmanager
def _listening() -> Iterator[_Complaints]:
    log, ear = logging.getLogger("pypdf"), _Complaints()
    propagate, log.propagate = log.propagate, False
    log.addHandler(ear)
    try:
        yield ear
    finally:
        log.removeHandler(ear)
        log.propagate = propagate


def _open(data: bytes, warnings: list[str]) -> PdfReader:
    """pypdf's reader on a file that it can open; what it had to mend becomes a warning."""
    try:
        reader = PdfReader(io.BytesIO(data), strict=False)
        if reader.is_encrypted:
            if not reader.decrypt(""):
                raise UnreadableInput(_LOCKED, stage="open")
            warnings.append(
                "The file's owner forbids some uses (permission flags are set): check its rights before quoting."
            )
        len(reader.pages)
    except UnreadableInput:
        raise
    except FileNotDecryptedError as error:
        raise UnreadableInput(_LOCKED, stage="open") from error
    except _PYPDF_ERRORS as error:
        raise _damaged(error) from error
    return reader


def _guard(reader: PdfReader, max_pages: int, max_page_bytes: int) -> None:
    """Refuse what would cost too much: too many pages, or instructions that unpack beyond all measure."""
    pages = len(reader.pages)
    if pages > max_pages:
        raise UnreadableInput(
            f"The file has {pages} pages, more than the {max_pages} allowed: split it and add the parts.", stage="open"
        )
    seen: set[int] = set()
    for number, page in enumerate(reader.pages, start=1):
        try:
            total = sum(len(stream.get_data()) for stream in _instructions(page, seen, 0))
        except (LimitReachedError, MemoryError):
            total = max_page_bytes + 1
        except _PYPDF_ERRORS:
            continue
        if total > max_page_bytes:
            raise UnreadableInput(
                f"Page {number} is too large when unpacked (over {max_page_bytes // 1_000_000} MB): "
                "export the document again, or leave this page out.",
                stage="open",
            )


def _instructions(holder: DictionaryObject, seen: set[int], depth: int) -> Iterator[StreamObject]:
    """The content streams of a page or form and of the forms within it, each once a document."""
    contents = holder.get("/Contents")
    contents = contents.get_object() if contents is not None else None
    for item in contents if isinstance(contents, list) else [contents]:
        stream = item.get_object() if item is not None else None
        if isinstance(stream, StreamObject):
            yield stream
    resources = holder.get("/Resources")
    forms = resources.get_object().get("/XObject") if resources is not None else None
    if forms is None or depth > MAX_FORM_DEPTH:
        return
    for reference in forms.get_object().values():
        form = reference.get_object()
        if isinstance(form, StreamObject) and form.get("/Subtype") == "/Form" and id(form) not in seen:
            seen.add(id(form))
            yield form
            yield from _instructions(form, seen, depth + 1)


def _sheets(data: bytes, warnings: list[str]) -> list[Sheet]:
    """Every page's drawn content; a page that cannot be drawn is empty and named in a warning."""
    try:
        document = pdfium.PdfDocument(data)
    except pdfium.PdfiumError as error:
        raise _damaged(error) from error
    fonts: FontTable = {}
    sheets: list[Sheet] = []
    broken: list[int] = []
    try:
        for index in range(len(document)):
            try:
                sheets.append(read_sheet(document, index, fonts))
            except (pdfium.PdfiumError, ValueError):
                broken.append(index + 1)
                sheets.append(Sheet(index + 1, 595.0, 842.0, []))
    finally:
        document.close()
    if broken:
        warnings.append(f"Damaged and left out: {_numbers(broken)}. Compare with the original.")
    return sheets


def _numbers(pages: list[int]) -> str:
    """Page numbers as people write them: "page 3", "pages 3–5, 9"."""
    spans: list[list[int]] = []
    for number in pages:
        if spans and number == spans[-1][1] + 1:
            spans[-1][1] = number
        else:
            spans.append([number, number])
    told = ", ".join(str(a) if a == b else f"{a}–{b}" for a, b in spans)
    return f"{'page' if len(pages) == 1 else 'pages'} {told}"


def _read_pictures(data: bytes, sheets: list[Sheet], ocr: Recogniser | None, warnings: list[str]) -> dict[int, float]:
    """Put pages read by OCR in the place of those without a text layer; how sure it is of each (0–1) by its number.

    Raises UnreadableInput where the document has no text at all.
    """
    silent = [s.number for s in sheets if _silent(s)]
    drawn = [n for n in silent if sheets[n - 1].images or sheets[n - 1].shapes]
    ready = ocr is not None and ocr.ready
    found = ocr.read(data, drawn) if ocr is not None and ready and drawn else {}
    for number, page in found.items():
        sheets[number - 1] = page.sheet
    if found:
        sure = sum(page.confidence for page in found.values()) / len(found)
        warnings.append(
            f"Read by OCR: {_numbers(sorted(found))}, mean confidence {sure:.0f} %. Compare quotations with the page."
        )
    if len(silent) == len(sheets) and not found:
        pages = "1 page" if len(sheets) == 1 else f"{len(sheets)} pages"
        what = "OCR found no words on them; scan the paper again, upright and at 300 dpi" if ready else HOW_TO_INSTALL
        raise UnreadableInput(f"{pages} without a text layer: {what}.")
    sure_of = {number: round(page.confidence / 100, 3) for number, page in found.items()}
    unread = [n for n in drawn if n not in found and sheets[n - 1].images]
    if not unread:
        return sure_of
    left_out = [n for n in unread if ocr is not None and n in drawn[ocr.limits.max_pages :]]
    if not ready:
        warnings.append(f"No text layer on {_numbers(unread)}: {HOW_TO_INSTALL}.")
    elif left_out:
        warnings.append(f"No text layer on {_numbers(left_out)}: to have more pages read by OCR, raise ocr_max_pages.")
    else:
        warnings.append(f"No text layer on {_numbers(unread)}, and OCR found no words there: pictures, it seems.")
    return sure_of


def _silent(sheet: Sheet) -> bool:
    return not sheet.runs and not sheet.aside


def _labels(reader: PdfReader, pages: int) -> list[str | None]:
    """The labels that the file itself declares, None throughout where it declares none (pypdf would invent 1, 2, …)."""
    try:
        root = reader.trailer["/Root"].get_object()
        if not isinstance(root, DictionaryObject) or "/PageLabels" not in root:
            return [None] * pages
        labels = [clean(label)[:LABEL_MAX] or None for label in reader.page_labels]
    except _PYPDF_ERRORS:
        return [None] * pages
    return labels if len(labels) == pages else [None] * pages


def _outline(reader: PdfReader) -> Iterator[Entry]:
    """The outline's entries with level and physical page; broken ones are left out."""
    try:
        items = reader.outline
    except _PYPDF_ERRORS:
        return
    stack: list[tuple[object, int]] = [(item, 1) for item in reversed(items)]
    for _ in range(MAX_OUTLINE):
        if not stack:
            return
        item, level = stack.pop()
        if isinstance(item, list):
            stack += [(child, level + 1) for child in reversed(item)]
            continue
        if not isinstance(item, Destination):
            continue
        try:
            page = reader.get_destination_page_number(item)
            title = clean(str(item.title or ""))
        except _PYPDF_ERRORS:
            continue
        if title and page is not None and page >= 0:
            yield Entry(title, min(level, 6), page + 1)


def _metadata(reader: PdfReader) -> dict[str, str]:
    """The information dictionary as clean strings."""
    found: dict[str, str] = {}
    try:
        for key, value in (reader.metadata or {}).items():
            if isinstance(value, bytes):
                wide = value[:2] in (b"\xfe\xff", b"\xff\xfe")
                value = value.decode("utf-16" if wide else "latin-1", "ignore")
            if text := clean(str(value)):
                found[key.lstrip("/")] = text
    except _PYPDF_ERRORS:
        return found
    return found


def _language(reader: PdfReader) -> str:
    """The language that the file declares, blank where it declares none."""
    try:
        root = reader.trailer["/Root"].get_object()
        return clean(str(root.get("/Lang", "")))[:12] if isinstance(root, DictionaryObject) else ""
    except _PYPDF_ERRORS:
        return ""


def _reading(laid_out: LaidOut, reader: PdfReader, warnings: list[str]) -> Reading:
    """The finished reading, with what cover and metadata tell of the document."""
    metadata = _metadata(reader)
    front = laid_out.pages[:FRONT_PAGES]
    headings = [block.text for page in front for block in page.headings]
    told = card(laid_out.cover, "\n".join(page.text for page in front), metadata, laid_out.running, headings)
    return Reading(
        media="pdf",
        pages=laid_out.pages,
        title=told.title,
        authors=told.authors,
        organisations=told.organisations,
        publisher=told.publisher,
        date=told.date,
        document_type=told.document_type,
        language=_language(reader),
        metadata=metadata,
        warnings=tuple(warnings),
    )
