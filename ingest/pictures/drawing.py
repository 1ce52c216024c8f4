"""One printed page as a picture: drawn by pdfium, the quotation marked as with a pen, withheld words painted over."""

from __future__ import annotations

import ctypes
import hashlib
import io
from collections.abc import Iterable
from pathlib import Path

import pypdfium2 as pdfium
import pypdfium2.raw as raw
from PIL import Image, ImageChops, ImageDraw

from corpus import privacy
from corpus.errors import UnreadableInput
from corpus.picture import PictureJob
from corpus.sensitivity import Organisations
from ingest.pictures.words import find, words_of

MARKED_SHARE = 0.6
"""Share of a quotation's words that must stand on the page for it to be marked."""
SURE_SHARE = 0.9
"""Share of the words to be withheld that must be found; a page's own characters may lack a letter or two."""
PEN = (255, 226, 110)
"""The marker's colour, multiplied with what is printed: black stays black."""
PAINT = (60, 60, 60)
MARGIN = 0.12
"""Of a line's height: how far marks reach beyond the letters."""
MAX_RATIO = 6
"""A page more than so many times as high as wide is drawn narrower."""
QUALITY = 55
"""Of WebP, 0 to 100: small print is still sharp, a page of text has 40 to 90 kB."""

Box = tuple[float, float, float, float]


def draw(job: PictureJob) -> bytes:
    """The page as a WebP picture.

    Raises:
        UnreadableInput: the original is gone, changed or damaged, has no such page, or the page may not be shown,
            because what must be withheld on it stands somewhere in its picture.
    """
    data = _original(job)
    try:
        document = pdfium.PdfDocument(data)
        if job.number > len(document):
            raise UnreadableInput("This document has no such page.", stage="picture")
        page = document[job.number - 1]
        letters = page.get_textpage()
        text = _text(letters)
        marked, closed = _marked(text, job.marked), _closed(text, job)
        scale = _scale(page, job.width)
        # What annotations and forms say is no text of the page, so that nothing in it could be painted over.
        bitmap = page.render(scale=scale, may_draw_forms=False, draw_annots=False)
        conversion = bitmap.get_posconv(page)
        picture = bitmap.to_pil().convert("RGB")
        boxes = [[_in_pixels(box, conversion) for box in _boxes(letters, runs)] for runs in (marked, closed)]
    except pdfium.PdfiumError as error:
        raise UnreadableInput("This page is damaged and cannot be drawn.", stage="picture") from error
    return _webp(_painted(_penned(picture, boxes[0]), boxes[1]))


def _original(job: PictureJob) -> bytes:
    try:
        data = Path(job.path).read_bytes()
    except OSError as error:
        raise UnreadableInput("The original of this document is not kept here.", stage="picture") from error
    if hashlib.sha256(data).hexdigest() != job.content_hash:
        raise UnreadableInput("The original of this document was changed since it was read.", stage="picture")
    return data


def _text(letters: pdfium.PdfTextPage) -> str:
    """The page's characters, one for each that pdfium counts, so that places in both are the same."""
    codes = (raw.FPDFText_GetUnicode(letters, n) for n in range(letters.count_chars()))
    return "".join(chr(code) if 0 < code < 0xD800 or 0xDFFF < code <= 0xFFFF else " " for code in codes)


def _marked(text: str, lines: Iterable[str]) -> list[tuple[int, int]]:
    """Where the quotation stands; nothing is marked rather than something wrong."""
    words = words_of(text)
    spots = [find(words, line) for line in lines]
    return [run for spot in spots if spot.share >= MARKED_SHARE for run in spot.runs]


def _closed(text: str, job: PictureJob) -> list[tuple[int, int]]:
    """Where what must not be seen stands: what the text of the document lacks, and what headers and footers hold."""
    words = words_of(text)
    runs: list[tuple[int, int]] = []
    for withheld in job.withheld:
        spot = find(words, withheld)
        if spot.share < SURE_SHARE:
            raise UnreadableInput(
                "The picture of this page is not shown, because a part of it must be withheld; read its text instead.",
                stage="picture",
            )
        runs += spot.runs
    stretches = [*privacy.find(text), *Organisations(job.organisations).find(text)]
    return [*runs, *((stretch.start, stretch.end) for stretch in stretches)]


def _scale(page: pdfium.PdfPage, width: int) -> float:
    wide, high = page.get_size()
    if not wide or not high:
        raise UnreadableInput("This page has no size and cannot be drawn.", stage="picture")
    return float(min(width / wide, MAX_RATIO * width / high))


def _boxes(letters: pdfium.PdfTextPage, runs: Iterable[tuple[int, int]]) -> list[Box]:
    """The rectangles of runs of characters, about one a line, in the page's own points."""
    boxes = []
    for start, end in runs:
        for n in range(raw.FPDFText_CountRects(letters, start, end - start)):
            sides = [ctypes.c_double() for _ in range(4)]
            raw.FPDFText_GetRect(letters, n, *sides)
            left, top, right, bottom = (side.value for side in sides)
            boxes.append((left, bottom, right, top))
    return boxes


def _in_pixels(box: Box, conversion: pdfium.PdfPosConv) -> Box:
    """A rectangle of the page as one of the picture, whichever way the page is turned."""
    left, bottom, right, top = box
    spread = MARGIN * (top - bottom)
    (x0, y0), (x1, y1) = (
        conversion.to_bitmap(left - spread, bottom - spread),
        conversion.to_bitmap(right + spread, top + spread),
    )
    return (min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1))


def _penned(picture: Image.Image, boxes: Iterable[Box]) -> Image.Image:
    pen = Image.new("RGB", picture.size, "white")
    drawing = ImageDraw.Draw(pen)
    for box in boxes:
        drawing.rectangle(box, fill=PEN)
    return ImageChops.multiply(picture, pen)


def _painted(picture: Image.Image, boxes: Iterable[Box]) -> Image.Image:
    drawing = ImageDraw.Draw(picture)
    for box in boxes:
        drawing.rectangle(box, fill=PAINT)
    return picture


def _webp(picture: Image.Image) -> bytes:
    out = io.BytesIO()
    picture.save(out, "WEBP", quality=QUALITY, method=4)
    return out.getvalue()
