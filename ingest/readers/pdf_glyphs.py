"""pdfium's page objects → Sheets: what is drawn on a page, with position, size and weight.

Text objects are about one a line and ten times faster than single characters.  Page and document must be kept in
variables as long as their objects are in use.
"""

from __future__ import annotations

import ctypes
import math
from collections import Counter
from collections.abc import Callable
from itertools import count
from unicodedata import combining

import pypdfium2 as pdfium
import pypdfium2.raw as raw

from ingest.layout.direction import runs_back, turned
from ingest.layout.geometry import Rect, Run, Shape, Sheet
from ingest.readers.pdf_cells import REACH, Suspicion, address, cut

Matrix = tuple[float, float, float, float, float, float]
IDENTITY: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)

MAX_FORM_DEPTH = 8
"""Forms within forms beyond this are somebody's trap; real files stay under four."""
BUFFER = 1024
"""UTF-16 units read at once: more than a line."""
BOLD_WEIGHT = 600
"""CSS's semi-bold: the lightest weight that a reader sees as emphasis."""
COLOURFUL = 60
"""Channels that differ by less are black, grey or white, or a tired printer's version of them."""
WHITE = 250
"""Every colour channel at least this: paper, not a shade."""
OPAQUE = 255
"""A fill's alpha through which nothing shows."""
LAM = "\u0644"
"""The first letter, as it is read, of Arabic's one ligature that has to be."""
SMALLEST = 0.5
"""Points: less is no type."""
_BOLD_NAMES = ("bold", "black", "heavy", "semibold", "demi")
_ITALIC_NAMES = ("italic", "oblique")


def compose(inner: Matrix, outer: Matrix) -> Matrix:
    """The matrix that applies ``inner`` first and ``outer`` then (ISO 32000-1, 8.3.4)."""
    a, b, c, d, e, f = inner
    p, q, r, s, t, u = outer
    return (a * p + b * r, a * q + b * s, c * p + d * r, c * q + d * s, e * p + f * r + t, e * q + f * s + u)


def _is_colour(colour: tuple[int, int, int, int]) -> bool:
    return max(colour[:3]) - min(colour[:3]) >= COLOURFUL


class Font:
    """Family, weight and slant of a font, told once a document."""

    def __init__(self, handle: object) -> None:
        buffer = ctypes.create_string_buffer(256)
        raw.FPDFFont_GetBaseFontName(handle, buffer, 256)
        name = buffer.value.decode("latin-1")
        if len(name) > 7 and name[6] == "+":
            name = name[7:]
        low = name.lower()
        self.name = name
        self.bold = any(word in low for word in _BOLD_NAMES) or raw.FPDFFont_GetWeight(handle) >= BOLD_WEIGHT
        self.italic = any(word in low for word in _ITALIC_NAMES)


FontTable = dict[int, Font]
"""The fonts of one document by their handle's address."""


class _Collector:
    """Gathers one page's objects in page coordinates (origin bottom left, unrotated)."""

    def __init__(self, textpage: object, fonts: FontTable) -> None:
        self.textpage = textpage
        self.fonts = fonts
        self.runs: list[tuple[int, Run]] = []
        self.objects: list[object] = []
        """The text objects of ``runs``, in their order."""
        self.shapes: list[Shape] = []
        self.images: list[Rect] = []
        self._box = [ctypes.c_float() for _ in range(4)]
        self._size = ctypes.c_float()
        self._buffer = (ctypes.c_ushort * BUFFER)()
        self._channels = [ctypes.c_uint() for _ in range(4)]
        self._matrix = raw.FS_MATRIX()

    def take(self, obj: object, outer: Matrix, depth: int) -> None:
        kind = raw.FPDFPageObj_GetType(obj)
        if kind == raw.FPDF_PAGEOBJ_TEXT:
            self._text(obj, outer)
        elif kind == raw.FPDF_PAGEOBJ_PATH:
            self._path(obj, outer)
        elif kind == raw.FPDF_PAGEOBJ_IMAGE:
            self.images.append(self._bounds(obj, outer))
        elif kind == raw.FPDF_PAGEOBJ_FORM and depth < MAX_FORM_DEPTH:
            inner = compose(self._own_matrix(obj), outer)
            for index in range(raw.FPDFFormObj_CountObjects(obj)):
                self.take(raw.FPDFFormObj_GetObject(obj, index), inner, depth + 1)

    def part_cells(self) -> None:
        """Cut the runs that hold several cells of a table's row."""
        suspicion = Suspicion([run for _, run in self.runs], self.shapes)
        parted: list[tuple[int, Run]] = []
        for (quarter, run), obj in zip(self.runs, self.objects, strict=True):
            gap = 0.0 if quarter else suspicion.gap(run)
            parts = cut(run, gap, obj, self.textpage) if gap else [run]
            parted += [(quarter, part) for part in parts]
        self.runs = parted

    def _own_matrix(self, obj: object) -> Matrix:
        m = self._matrix
        raw.FPDFPageObj_GetMatrix(obj, m)
        return (m.a, m.b, m.c, m.d, m.e, m.f)

    def _bounds(self, obj: object, outer: Matrix) -> Rect:
        left, bottom, right, top = self._box
        raw.FPDFPageObj_GetBounds(obj, left, bottom, right, top)
        x0, y0, x1, y1 = left.value, bottom.value, right.value, top.value
        if outer is not IDENTITY:
            a, b, c, d, e, f = outer
            xs = [a * x + c * y + e for x in (x0, x1) for y in (y0, y1)]
            ys = [b * x + d * y + f for x in (x0, x1) for y in (y0, y1)]
            x0, x1, y0, y1 = min(xs), max(xs), min(ys), max(ys)
        return Rect(x0, y0, x1, y1)

    def _colour(self, obj: object, getter: Callable[..., int]) -> tuple[int, int, int, int]:
        red, green, blue, alpha = self._channels
        getter(obj, red, green, blue, alpha)
        return red.value, green.value, blue.value, alpha.value

    def _string(self, obj: object) -> str:
        """An object's text; most fit the buffer, so that one call does."""
        length = raw.FPDFTextObj_GetText(obj, self.textpage, self._buffer, 2 * BUFFER)
        if length <= 2:
            return ""
        if length <= 2 * BUFFER:
            return ctypes.string_at(self._buffer, length - 2).decode("utf-16-le", "ignore")
        large = (ctypes.c_ushort * (length // 2))()
        raw.FPDFTextObj_GetText(obj, self.textpage, large, length)
        return ctypes.string_at(large, length - 2).decode("utf-16-le", "ignore")

    def _text(self, obj: object, outer: Matrix) -> None:
        text = self._string(obj)
        if not text or text.isspace():
            return
        raw.FPDFTextObj_GetFontSize(obj, self._size)
        own = self._own_matrix(obj)
        a, b, c, d, e, f = own if outer is IDENTITY else compose(own, outer)
        handle = raw.FPDFTextObj_GetFont(obj)
        key = ctypes.cast(handle, ctypes.c_void_p).value or 0
        font = self.fonts.get(key)
        if font is None:
            font = self.fonts[key] = Font(handle)
        box = self._bounds(obj, outer)
        size = self._size.value * math.hypot(c, d)
        if size < SMALLEST or not _on_paper(box, size, e, f):
            return  # drawn without any height or nowhere: nobody sees it
        quarter = round(math.degrees(math.atan2(b, a)) / 90) % 4
        base = f if quarter % 2 == 0 else e
        if runs_back(text):
            text = (self._as_placed(obj, box) if quarter == 0 else "") or turned(text.strip())
        tinted = _is_colour(self._colour(obj, raw.FPDFPageObj_GetFillColor))
        run = Run(box.x0, box.y0, box.x1, box.y1, text, size, base, font.name, font.bold, font.italic, tinted)
        self.runs.append((quarter, run))
        self.objects.append(obj)

    def _as_placed(self, obj: object, box: Rect) -> str:
        """An object's characters from left to right, '' where they are not found on the page.

        pdfium tells some from left to right and some as they are read.
        """
        own = address(obj)
        found = raw.FPDFText_GetCharIndexAtPos(self.textpage, box.x0, (box.y0 + box.y1) / 2, REACH, REACH)
        if self._owner(found) != own:
            return ""
        first = next(at for at in count(found, -1) if self._owner(at - 1) != own)
        last = next(at for at in count(found) if self._owner(at + 1) != own)
        signs = [chr(raw.FPDFText_GetUnicode(self.textpage, at)) for at in range(first, last + 1)]
        places = [self._origin(at) for at in range(first, last + 1)]
        # Of what stands at one place accents are read last, and so is the alef of the ligature of lam and alef.
        order = sorted(range(len(signs)), key=lambda at: (places[at], signs[at] == LAM, not combining(signs[at])))
        return "".join(signs[at] for at in order)

    def _owner(self, index: int) -> int | None:
        """The address of the object to which a character of the page belongs."""
        return address(raw.FPDFText_GetTextObject(self.textpage, index)) if index >= 0 else None

    def _origin(self, index: int) -> float:
        """Where a character of the page begins, in points from the left."""
        x, y = ctypes.c_double(), ctypes.c_double()
        raw.FPDFText_GetCharOrigin(self.textpage, index, x, y)
        return x.value

    def _path(self, obj: object, outer: Matrix) -> None:
        fill, stroke = ctypes.c_int(), ctypes.c_int()
        raw.FPDFPath_GetDrawMode(obj, fill, stroke)
        if not fill.value and not stroke.value:
            return
        colour = self._colour(obj, raw.FPDFPageObj_GetFillColor if fill.value else raw.FPDFPageObj_GetStrokeColor)
        if colour[3] == 0:
            return
        box = self._bounds(obj, outer)
        if not _on_paper(box):
            return
        white = bool(fill.value) and min(colour[:3]) >= WHITE
        plain = bool(fill.value) and colour[3] == OPAQUE
        tone = colour[0] << 16 | colour[1] << 8 | colour[2] if plain else -1
        self.shapes.append(Shape(box.x0, box.y0, box.x1, box.y1, bool(fill.value), white, tone))


def _on_paper(box: Rect, *others: float) -> bool:
    """Whether an object's measures are numbers at all: damaged files have infinite ones."""
    return all(map(math.isfinite, (box.x0, box.y0, box.x1, box.y1, *others)))


def _turn(rect: Rect, quarter: int, width: float, height: float) -> tuple[float, float, float, float]:
    """Page coordinates (y up) → reading coordinates (y down) for text that runs at ``quarter`` × 90°."""
    if quarter == 0:
        return rect.x0, height - rect.y1, rect.x1, height - rect.y0
    if quarter == 1:
        return rect.y0, rect.x0, rect.y1, rect.x1
    if quarter == 2:
        return width - rect.x1, rect.y0, width - rect.x0, rect.y1
    return height - rect.y1, width - rect.x1, height - rect.y0, width - rect.x0


def _turned_run(run: Run, quarter: int, width: float, height: float) -> Run:
    x0, y0, x1, y1 = _turn(run, quarter, width, height)
    run.base = (height - run.base, run.base, run.base, width - run.base)[quarter]
    run.x0, run.y0, run.x1, run.y1 = x0, y0, x1, y1
    return run


def read_sheet(document: pdfium.PdfDocument, index: int, fonts: FontTable) -> Sheet:
    """The drawn content of page ``index`` (0-based), turned so that most of its text runs from left to right."""
    page = document[index]
    textpage = page.get_textpage()
    collector = _Collector(textpage.raw, fonts)
    for number in range(raw.FPDFPage_CountObjects(page.raw)):
        collector.take(raw.FPDFPage_GetObject(page.raw, number), IDENTITY, 0)
    collector.part_cells()
    left, bottom, right, top = page.get_cropbox()
    textpage.close()
    page.close()
    return _sheet(index + 1, collector, Rect(left, bottom, right, top))


def _sheet(number: int, found: _Collector, crop: Rect) -> Sheet:
    """Everything that shows inside the crop box, moved to its corner and turned to reading direction."""
    letters: Counter[int] = Counter()
    for quarter, run in found.runs:
        letters[quarter] += len(run.text)
    main = letters.most_common(1)[0][0] if letters else 0
    width, height = crop.width, crop.height

    def placed(rect: Rect) -> tuple[float, float, float, float]:
        moved = Rect(rect.x0 - crop.x0, rect.y0 - crop.y0, rect.x1 - crop.x0, rect.y1 - crop.y0)
        return _turn(moved, main, width, height)

    sheet = Sheet(number, *((width, height) if main % 2 == 0 else (height, width)), runs=[])
    for quarter, run in found.runs:
        if not crop.holds(run):
            continue
        run.base -= crop.y0 if quarter % 2 == 0 else crop.x0
        run.x0, run.x1, run.y0, run.y1 = run.x0 - crop.x0, run.x1 - crop.x0, run.y0 - crop.y0, run.y1 - crop.y0
        (sheet.runs if quarter == main else sheet.aside).append(_turned_run(run, main, width, height))
    sheet.shapes = [Shape(*placed(s), s.filled, s.white, s.colour) for s in found.shapes]
    sheet.images = [Rect(*placed(i)) for i in found.images]
    return sheet
