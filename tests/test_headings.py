"""Ranks of headings by type alone, where neither outline nor contents page names them."""

from __future__ import annotations

import io

from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

from ingest.readers.pdf import read

LINE = "The ferry's crew counted the children at every landing and told the office."


def made(sections: int) -> bytes:
    """One chapter in 20 points on the first of several pages, a section in 14 points on each."""
    buffer = io.BytesIO()
    canvas = Canvas(buffer, pagesize=A4, invariant=True)
    for page in range(sections):
        y = 760
        if page == 0:
            canvas.setFont("Helvetica", 20)
            canvas.drawString(70, y, "On the water")
            y -= 40
        canvas.setFont("Helvetica", 14)
        canvas.drawString(70, y, f"Landing at the {('north', 'south', 'east', 'west', 'old')[page]} quay")
        canvas.setFont("Helvetica", 10.5)
        for line in range(20):
            canvas.drawString(70, y - 30 - 14 * line, LINE)
        canvas.showPage()
    canvas.save()
    return buffer.getvalue()


def test_the_one_chapter_of_a_short_text_stands_above_its_sections() -> None:
    """A few scanned pages hold one heading of the highest rank; it is no less a rank for being alone."""
    pages = read(made(5), "landing.pdf").pages
    assert [h.level for page in pages for h in page.headings] == [1, 2, 2, 2, 2, 2]
