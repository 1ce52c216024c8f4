"""Pages with footnotes, set line by line on a ReportLab canvas: what the brief's script needs and nothing more.

Text comes as `Run`s (words in one style, or a note's mark).  A line knows the notes whose marks it bears, so that a
line is only set where the notes it brings fit at the foot of the same page.  Measures are points, y grows upwards.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

import reportlab
from reportlab.lib.colors import Color, HexColor
from reportlab.lib.pagesizes import A4
from reportlab.pdfbase.pdfmetrics import registerFont, stringWidth
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

WIDTH, HEIGHT = map(float, A4)
LEFT = RIGHT = 72.0
TOP, BOTTOM = 80.0, 62.0
MEASURE = WIDTH - LEFT - RIGHT
INK, SOFT, POST, ARM, LINE = map(HexColor, ("#17292d", "#46595c", "#0f4c4a", "#a8480f", "#cfc7b6"))
FONTS = {"": "Vera", "b": "VeraBd", "i": "VeraIt"}
"""ReportLab brings the Bitstream Vera fonts along; they may be embedded and cover the languages of the records."""


def wide(text: str, face: str, size: float) -> float:
    """How wide a text is set, in points."""
    return float(stringWidth(text, FONTS[face], size))


class Style(NamedTuple):
    """How a paragraph is set; ``keep`` is the room that must remain below it on the same page."""

    size: float
    leading: float
    colour: Color = INK
    face: str = ""
    before: float = 0.0
    after: float = 6.0
    indent: float = 0.0
    keep: float = 0.0


BODY = Style(9.3, 13.6, after=6.5)
ITEM = Style(9.3, 13.6, after=4.0, indent=15.0)
LARGE = Style(10.6, 16.0, SOFT, after=10.0)
HEADINGS = {
    1: Style(15.0, 19.0, POST, "b", before=18.0, after=8.0, keep=80.0),
    2: Style(10.8, 14.0, INK, "b", before=8.0, after=5.0, keep=52.0),
}
NOTE = Style(7.1, 9.6, SOFT)
MARK_SIZE, MARK_RISE = 0.66, 0.36
"""A note's mark as parts of the text's size: how large it is and how far it is raised."""


class Run(NamedTuple):
    """Words in one face; or, where ``note`` is not 0, the mark of that note."""

    text: str
    face: str = ""
    note: int = 0


@dataclass
class Word:
    """What is never parted: letters in one or more faces, and the marks that stick to them."""

    pieces: list[Run] = field(default_factory=list)

    def width(self, size: float) -> float:
        return sum(wide(p.text, p.face, size * (MARK_SIZE if p.note else 1)) for p in self.pieces)


_SEAM = re.compile(r"(?<=[/\-_%])")
"""Where an address that is wider than the page may be parted."""


def words(runs: Sequence[Run], face: str = "") -> list[Word]:
    """The runs cut at spaces, but not at no-break spaces; a mark belongs to the word before it."""
    made: list[Word] = []
    glue = False
    for run in runs:
        for part in re.findall(r"[ \n]+|[^ \n]+", run.text):
            if part[0] in " \n":
                glue = False
                continue
            if not glue or not made:
                made.append(Word())
            made[-1].pieces.append(Run(part, run.face or face, run.note))
            glue = True
    return made


def lines_of(runs: Sequence[Run], style: Style, width: float) -> list[list[Word]]:
    """Words filled into lines of at most ``width``, ragged right."""
    space = wide(" ", style.face, style.size)
    lines: list[list[Word]] = [[]]
    used = 0.0
    for word in words(runs, style.face):
        taken = word.width(style.size)
        if taken > width:
            parts = _parted(word, style.size, width)
            lines[-1:] = [line for line in (lines[-1], *([part] for part in parts)) if line]
            used = parts[-1].width(style.size)
            continue
        if lines[-1] and used + space + taken > width:
            lines.append([])
            used = 0.0
        used += taken + (space if lines[-1] else 0.0)
        lines[-1].append(word)
    return [line for line in lines if line]


def _parted(word: Word, size: float, width: float) -> list[Word]:
    """A word too wide for a line in pieces that are not."""
    parts = [Word()]
    for piece in word.pieces:
        for bit in _SEAM.split(piece.text):
            run = piece._replace(text=bit)
            if parts[-1].pieces and Word([*parts[-1].pieces, run]).width(size) > width:
                parts.append(Word())
            parts[-1].pieces.append(run)
    return parts


def draw_line(canvas: Canvas, line: Sequence[Word], x: float, y: float, style: Style) -> None:
    """One line as one text object: the spaces between words are characters, so that the text can be read out again."""
    text = canvas.beginText(x, y)
    text.setFillColor(style.colour)
    for number, word in enumerate(line):
        if number:
            text.setFont(FONTS[style.face], style.size)
            text.textOut(" ")
        for piece in word.pieces:
            size = style.size * MARK_SIZE if piece.note else style.size
            text.setFont(FONTS[piece.face], size)
            text.setRise(style.size * MARK_RISE if piece.note else 0)
            text.textOut(piece.text)
        text.setRise(0)
    canvas.drawText(text)


class Pages:
    """A document in the making: blocks are added in order, pages turn by themselves.

    ``notes`` are the texts of the notes, the first one is note 1.  ``header`` stands on every page but the first.
    """

    def __init__(self, path: Path, title: str, author: str, header: str, notes: Sequence[Sequence[Run]]) -> None:
        for name in FONTS.values():
            registerFont(TTFont(name, str(Path(reportlab.__file__).parent / "fonts" / f"{name}.ttf")))
        self.canvas = Canvas(str(path), pagesize=A4, invariant=1, pageCompression=1, lang="en", initialFontName="Vera")
        self.canvas.setTitle(title)
        self.canvas.setAuthor(author)
        self.canvas.setCreator(author)
        self.header = header
        self.notes = [
            lines_of([Run(f"{n}", note=n), Run(" "), *runs], NOTE, MEASURE) for n, runs in enumerate(notes, 1)
        ]
        self.number = 1
        self.y = HEIGHT - TOP
        self.foot: list[int] = []
        self.outline: list[tuple[int, str, int]] = []
        """Level, text and page of every heading set so far."""

    @property
    def fresh(self) -> bool:
        return self.y >= HEIGHT - TOP

    def room(self, more: Sequence[int] = ()) -> float:
        """Height left on this page once the notes so far and ``more`` stand at its foot."""
        return self.y - BOTTOM - self._foot_height([*self.foot, *more])

    def _foot_height(self, numbers: Sequence[int]) -> float:
        return sum(len(self.notes[n - 1]) * NOTE.leading + 2 for n in numbers) + (14 if numbers else 0)

    def turn(self) -> None:
        """End this page with its notes, header and number, and begin the next."""
        self._finish()
        self.canvas.showPage()
        self.number += 1
        self.y = HEIGHT - TOP
        self.foot = []

    def _finish(self) -> None:
        canvas, top = self.canvas, BOTTOM + self._foot_height(self.foot)
        if self.foot:
            canvas.setStrokeColor(SOFT)
            canvas.setLineWidth(0.4)
            canvas.line(LEFT, top - 4, LEFT + 90, top - 4)
        y = top - 14
        for number in self.foot:
            for line in self.notes[number - 1]:
                draw_line(canvas, line, LEFT, y, NOTE)
                y -= NOTE.leading
            y -= 2
        if self.number == 1:
            return
        canvas.setStrokeColor(LINE)
        canvas.setLineWidth(0.6)
        canvas.line(LEFT, HEIGHT - 56, WIDTH - RIGHT, HEIGHT - 56)
        draw_line(canvas, words([Run(self.header)]), LEFT, HEIGHT - 50, NOTE)
        label = words([Run(f"page {self.number}")])
        draw_line(canvas, label, WIDTH - RIGHT - wide(f"page {self.number}", "", NOTE.size), 40, NOTE)

    def save(self) -> None:
        self._finish()
        self.canvas.showPage()
        self.canvas.save()

    def paragraph(self, runs: Sequence[Run], style: Style = BODY, bullet: str = "") -> None:
        """A paragraph, broken over pages with at least two lines on either side."""
        lines = lines_of(runs, style, MEASURE - style.indent)
        if not self.fresh:
            self.y -= style.before
        if style.keep and self.room() < style.keep + len(lines) * style.leading:
            self.turn()
        first = True
        while lines:
            count = self._fitting(lines, style)
            if count < min(2, len(lines)) and not self.fresh:
                self.turn()
                continue
            for line in lines[: max(count, 1)]:
                self._set(line, style)
                if bullet and first:
                    draw_line(self.canvas, words([Run(bullet)]), LEFT + 3, self.y, style)
                first = False
            lines = lines[max(count, 1) :]
            if lines:
                self.turn()
        self.y -= style.after

    def _fitting(self, lines: Sequence[Sequence[Word]], style: Style) -> int:
        """How many of the lines fit here with their notes, leaving no single line for the next page."""
        new: list[int] = []
        for count, line in enumerate(lines):
            new += marks(line)
            if self.room(new) < (count + 1) * style.leading:
                return count - 1 if len(lines) - count == 1 else count
        return len(lines)

    def _set(self, line: Sequence[Word], style: Style) -> None:
        self.y -= style.leading
        draw_line(self.canvas, line, LEFT + style.indent, self.y, style)
        self.foot += marks(line)

    def heading(self, text: str, level: int) -> None:
        """A heading, with its entry in the outline."""
        style = HEADINGS[level]
        self.paragraph([Run(text)], style)
        key = f"h{len(self.outline)}"
        self.canvas.bookmarkHorizontal(key, 0, self.y + style.after + style.leading + 6)
        self.canvas.addOutlineEntry(text, key, level - 1)
        self.outline.append((level, text, self.number))


def marks(line: Sequence[Word]) -> list[int]:
    """The notes whose marks stand in a line."""
    return [piece.note for word in line for piece in word.pieces if piece.note]
