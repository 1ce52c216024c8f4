"""Pages that are pictures only: drawn by pdfium, read by Tesseract, given to the layout rules as runs of glyphs.

Tesseract is called as a program, without OCRmyPDF or a Python wrapper around it: words come with their boxes and how
sure it is of each (hOCR), which a file rewritten by OCRmyPDF no longer tells, and nothing is needed but one Debian
package.  It runs inside the file's child process and so within its limits.
"""

from __future__ import annotations

import os
import re
import subprocess
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from statistics import median
from typing import TYPE_CHECKING
from xml.etree import ElementTree

from corpus.model import Value
from ingest.layout.geometry import Run, Sheet

if TYPE_CHECKING:
    import pypdfium2 as pdfium

PROGRAM = "tesseract"
HOW_TO_INSTALL = (
    "for OCR, install Tesseract (on Debian: apt install tesseract-ocr, for other languages tesseract-ocr-fra, "
    "tesseract-ocr-spa and so on) and run the command again"
)
DPI = 300
"""What Tesseract's models were trained on; less costs small type, more only time."""
MAX_PIXELS = 40_000_000
"""A poster is drawn smaller: four times an A4 page at 300 dpi."""
SURE = 50.0
"""Lines of a lower mean confidence are specks, stamps and pictures taken for letters."""
DOUBTFUL = 65.0
"""A page read with less is looked at again: it may lie on its side."""
FEWEST_WORDS = 3
"""A page with fewer words is a picture."""
LETTERS_HEIGHT = 0.93
"""Tesseract's size is from the top of an "h" to the foot of a "p": this share of an em."""
SAME_SIZE = 0.14
"""Sizes of lines are measured from their ink: those that differ by less than this share are one size."""
GRACE_SECONDS = 5
"""What the system lets a Tesseract live beyond its time whose parent was killed."""
BULLETS = frozenset("eo¢©«»®°")
"""What Tesseract takes bullets for."""
BULLET_GAP = 0.4
"""Heights of a line between a bullet and its words, at least; a space is about a quarter."""
_PROPERTY = re.compile(r"(\w+) ([^;]+)")


class OcrLimits(Value, frozen=True):
    """The languages to read in (Tesseract's codes, joined by "+"; empty: no OCR), and how much a file may take."""

    languages: str
    seconds_per_page: int
    max_pages: int

    @property
    def longest(self) -> int:
        """Seconds that one file may take for OCR, at most."""
        return self.seconds_per_page * self.max_pages


@dataclass(slots=True)
class Recognised:
    """One page as read: its sheet, and the mean confidence of its letters (0–100)."""

    sheet: Sheet
    confidence: float


@dataclass(slots=True)
class _Line:
    """A line of hOCR in pixels: where its baseline begins and how it slopes, its height, and its words."""

    x0: float
    base: float
    slope: float
    height: float
    words: list[tuple[str, tuple[float, float, float, float], float]]
    upright: bool
    """True where the line runs up or down the page."""

    @property
    def letters(self) -> int:
        return sum(len(text) for text, _, _ in self.words)

    @property
    def confidence(self) -> float:
        return sum(len(text) * sure for text, _, sure in self.words) / (self.letters or 1)


@cache
def version() -> str:
    """Tesseract's version, '' where it is not installed."""
    told = _said("--version").split()
    return told[1] if len(told) > 1 and told[0] == PROGRAM else ""


@cache
def installed_languages() -> frozenset[str]:
    """The languages that Tesseract has models for; "osd" tells which way a page lies."""
    return frozenset(_said("--list-langs").split("\n")[1:])


def _said(option: str) -> str:
    try:
        return subprocess.run([PROGRAM, option], capture_output=True, text=True, timeout=20, check=True).stdout
    except (OSError, subprocess.SubprocessError):
        return ""


class Recogniser:
    """Reads pages of one file by OCR; ``ask`` tells whoever waits for the file how many seconds more it will take."""

    def __init__(self, limits: OcrLimits, ask: Callable[[int], None] = lambda seconds: None) -> None:
        self.limits = limits
        self.ask = ask
        wanted = [code for code in limits.languages.split("+") if code in installed_languages()]
        self.languages = "+".join(wanted)

    @property
    def ready(self) -> bool:
        """Whether Tesseract is there with at least one of the languages wanted."""
        return bool(self.languages)

    def read(self, data: bytes, numbers: Sequence[int]) -> dict[int, Recognised]:
        """The pages ``numbers`` (1-based) of a PDF as far as there are words on them, no more than the limit."""
        import pypdfium2 as pdfium

        numbers = numbers[: self.limits.max_pages]
        self.ask(len(numbers) * self.limits.seconds_per_page)
        document = pdfium.PdfDocument(data)
        try:
            found = {number: self._page(document[number - 1], number) for number in numbers}
        finally:
            document.close()
        return _with_common_sizes({number: page for number, page in found.items() if page is not None})

    def _page(self, page: pdfium.PdfPage, number: int) -> Recognised | None:
        best = self._attempt(page, number, 0)
        if (best is None or best.confidence < DOUBTFUL) and "osd" in installed_languages():
            turn = self._turn(page)
            turned = self._attempt(page, number, turn) if turn else None
            if turned is not None and (best is None or turned.confidence > best.confidence):
                best = turned
        page.close()
        return best

    def _attempt(self, page: pdfium.PdfPage, number: int, turn: int) -> Recognised | None:
        """The page read as it stands after a turn; nothing can be sure of it where its lines run up or down."""
        picture, scale, (width, height) = _drawn(page, turn)
        lines = [line for line in _lines(self._run(picture, "-l", self.languages, "hocr")) if line.confidence >= SURE]
        if sum(len(line.words) for line in lines) < FEWEST_WORDS:
            return None
        letters = sum(line.letters for line in lines)
        sure = sum(line.letters * line.confidence for line in lines) / letters
        sheet = Sheet(number, width, height, list(_runs(lines, scale, width, height)))
        upright = sum(line.letters for line in lines if line.upright)
        return Recognised(sheet, sure if upright < letters / 2 else 0.0)

    def _turn(self, page: pdfium.PdfPage) -> int:
        """By how many degrees (clockwise) a page must be turned to be upright."""
        told = re.search(rb"Rotate: (\d+)", self._run(_drawn(page, 0)[0], "--psm", "0"))
        return int(told[1]) % 360 if told else 0

    def _run(self, picture: bytes, *options: str) -> bytes:
        """What Tesseract answers on a picture; nothing where it fails or takes too long."""
        command = [PROGRAM, "stdin", "stdout", "--dpi", str(DPI), *options]
        environment = {**os.environ, "OMP_THREAD_LIMIT": "1"}  # files are read side by side; its threads would fight
        pipe = subprocess.PIPE
        try:
            process = subprocess.Popen(command, stdin=pipe, stdout=pipe, stderr=subprocess.DEVNULL, env=environment)
        except OSError:
            return b""
        with process:
            _bound(process.pid, self.limits.seconds_per_page + GRACE_SECONDS)
            try:
                return process.communicate(picture, timeout=self.limits.seconds_per_page)[0]
            except subprocess.TimeoutExpired:
                process.kill()
                return b""


def _bound(pid: int, seconds: int) -> None:
    """Let the system end a process after so many seconds of work, even if its parent is killed before."""
    try:
        import resource

        resource.prlimit(pid, resource.RLIMIT_CPU, (seconds, seconds))
    except (ImportError, AttributeError, OSError):
        return


def _drawn(page: pdfium.PdfPage, turn: int) -> tuple[bytes, float, tuple[float, float]]:
    """A page as a grey picture (PGM), how many pixels a point has in it, and its width and height in points."""
    width, height = page.get_size()
    scale = min(DPI / 72, (MAX_PIXELS / max(width * height, 1.0)) ** 0.5)
    bitmap = page.render(scale=scale, grayscale=True, rotation=turn)
    pixels, across, stride = memoryview(bytes(bitmap.buffer)), bitmap.width, bitmap.stride
    rows = b"".join(pixels[at : at + across] for at in range(0, stride * bitmap.height, stride))
    size = (width, height) if turn % 180 == 0 else (height, width)
    return b"P5\n%d %d\n255\n" % (across, bitmap.height) + rows, scale, size


def _lines(hocr: bytes) -> list[_Line]:
    """The lines of an hOCR page with their words."""
    try:
        tree = ElementTree.fromstring(hocr)
    except ElementTree.ParseError:
        return []
    lines: list[_Line] = []
    for element in tree.iter():
        told = dict(_PROPERTY.findall(element.get("title", "")))
        if "x_size" in told:
            x0, top, right, bottom = _numbers(told["bbox"])
            slope, offset = (*_numbers(told.get("baseline", "0 0")), 0.0)[:2]
            upright = bottom - top > right - x0
            lines.append(_Line(x0, bottom + offset, slope, float(told["x_size"]), [], upright))
        elif "x_wconf" in told and lines:
            text = "".join(element.itertext()).strip()
            a, b, c, d = _numbers(told["bbox"])
            sure = float(told["x_wconf"])
            if text and not _speck(text, sure):
                lines[-1].words.append((text, (a, b, c, d), sure))
    return [_with_bullet(line) for line in lines if line.words]


def _speck(text: str, sure: float) -> bool:
    """Whether a "word" is dirt, a rule or the edge of a box."""
    return not text.strip("|_—~.,'`‘’°") or (len(text) <= 2 and sure < DOUBTFUL and not text.isdigit())


def _with_bullet(line: _Line) -> _Line:
    """The line, its first letter a bullet again where one letter stands for it, a wide gap before the words."""
    if len(line.words) > 1 and line.words[0][0] in BULLETS:
        (_, box, sure), (_, after, _) = line.words[:2]
        if after[0] - box[2] > BULLET_GAP * line.height:
            line.words[0] = ("•", box, sure)
    return line


def _numbers(text: str) -> list[float]:
    return [float(number) for number in text.split()]


def _runs(lines: Sequence[_Line], scale: float, width: float, height: float) -> Iterator[Run]:
    """Each word as a run in points, the page's slant taken out so that lines are level and margins upright."""
    slant = median(line.slope for line in lines for _ in range(line.letters))
    middle_x, middle_y = width / 2, height / 2
    for line in lines:
        base = line.base / scale + slant * (middle_x - line.x0 / scale)
        size = line.height / scale / LETTERS_HEIGHT
        for position, (text, box, _) in enumerate(line.words, start=1):
            x0, y0, x1, y1 = (value / scale for value in box)
            right, down = slant * ((y0 + y1) / 2 - middle_y), slant * ((x0 + x1) / 2 - middle_x)
            gap = " " if position < len(line.words) else ""
            yield Run(x0 + right, y0 - down, x1 + right, y1 - down, text + gap, size, base, "OCR")


def _with_common_sizes(pages: Mapping[int, Recognised]) -> dict[int, Recognised]:
    """Pages whose runs have the few sizes that the document is set in, instead of one measured for each line."""
    letters: Counter[float] = Counter()
    for page in pages.values():
        for run in page.sheet.runs:
            letters[round(run.size * 2) / 2] += len(run.text)
    sizes: list[float] = []
    for size, _ in letters.most_common():
        if all(abs(size - known) > SAME_SIZE * known for known in sizes):
            sizes.append(size)
    for page in pages.values():
        page.sheet.runs = [replace(run, size=min(sizes, key=lambda s: abs(s - run.size))) for run in page.sheet.runs]
    return dict(pages)
