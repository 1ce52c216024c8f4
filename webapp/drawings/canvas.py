"""A drawing of circles, lines and words, as SVG or PNG."""

from __future__ import annotations

import io
from typing import Literal

from markupsafe import escape
from PIL import Image, ImageDraw, ImageFont

from corpus.model import Value

SCALE = 2
"""Pixels of a PNG for each unit: sharp on a slide."""
Anchor = Literal["start", "middle", "end"]
_PIL_ANCHOR: dict[str, str] = {"start": "lm", "middle": "mm", "end": "rm"}


class Circle(Value, frozen=True):
    """A disc of a colour, or a ring of it where it is hollow; ``title`` is said of it."""

    x: float
    y: float
    radius: float
    colour: str
    hollow: bool = False
    title: str = ""


class Line(Value, frozen=True):
    """A hairline."""

    x0: float
    y0: float
    x1: float
    y1: float
    colour: str


class Words(Value, frozen=True):
    """Words of one line, centred on their height."""

    x: float
    y: float
    text: str
    size: int
    colour: str
    anchor: Anchor = "start"
    bold: bool = False


class Drawing(Value, frozen=True):
    """What is drawn on a ground of one colour, in units of a pixel, with a title that says what it shows."""

    width: int
    height: int
    ground: str
    title: str
    parts: tuple[Circle | Line | Words, ...]

    def svg(self) -> str:
        """The drawing as an SVG file of its own."""
        told = [_svg(part) for part in self.parts]
        size = f'width="{self.width}" height="{self.height}" viewBox="0 0 {self.width} {self.height}"'
        return (
            f'<svg xmlns="http://www.w3.org/2000/svg" {size} font-family="system-ui, sans-serif" role="img">'
            f"<title>{escape(self.title)}</title>"
            f'<rect width="100%" height="100%" fill="{self.ground}"/>{"".join(told)}</svg>\n'
        )

    def png(self) -> bytes:
        """The drawing as a PNG file, SCALE times as large."""
        picture = Image.new("RGB", (self.width * SCALE, self.height * SCALE), self.ground)
        drawing = ImageDraw.Draw(picture)
        for part in self.parts:
            _paint(drawing, part)
        out = io.BytesIO()
        picture.save(out, "PNG", optimize=True)
        return out.getvalue()


def _svg(part: Circle | Line | Words) -> str:
    if isinstance(part, Circle):
        fill = f'fill="none" stroke="{part.colour}" stroke-width="2"' if part.hollow else f'fill="{part.colour}"'
        place = f'cx="{part.x:g}" cy="{part.y:g}" r="{part.radius:.1f}"'
        return f"<circle {place} {fill}><title>{escape(part.title)}</title></circle>"
    if isinstance(part, Line):
        return f'<path d="M{part.x0:g} {part.y0:g}L{part.x1:g} {part.y1:g}" stroke="{part.colour}"/>'
    weight = ' font-weight="600"' if part.bold else ""
    place = f'x="{part.x:g}" y="{part.y:g}" dominant-baseline="central" text-anchor="{part.anchor}"'
    return f'<text {place} font-size="{part.size}" fill="{part.colour}"{weight}>{escape(part.text)}</text>'


def _paint(drawing: ImageDraw.ImageDraw, part: Circle | Line | Words) -> None:
    if isinstance(part, Circle):
        x, y, r = part.x * SCALE, part.y * SCALE, part.radius * SCALE
        box = (x - r, y - r, x + r, y + r)
        if part.hollow:
            drawing.ellipse(box, outline=part.colour, width=2 * SCALE)
        else:
            drawing.ellipse(box, fill=part.colour)
    elif isinstance(part, Line):
        drawing.line(
            (part.x0 * SCALE, part.y0 * SCALE, part.x1 * SCALE, part.y1 * SCALE), fill=part.colour, width=SCALE
        )
    else:
        font = ImageFont.load_default(part.size * SCALE)
        place = (part.x * SCALE, part.y * SCALE)
        drawing.text(place, part.text, fill=part.colour, font=font, anchor=_PIL_ANCHOR[part.anchor])
