"""Web pages printed to PDF: drawn bullets, panels, bars that float over every sheet, fields beside text."""

from __future__ import annotations

import io
import os
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

from corpus.ids import fold
from corpus.model import Block, BlockKind, Page, Practice
from ingest import cards, readers, templates
from ingest.readers.pdf import read
from ingest.templates import gcm
from ingest.templates.parts import parts_of

LINE = "The ferry's crew counted the children at every landing and told the office by radio."
SHADE = (0.95, 0.97, 0.98)


def printed(*sheets: Callable[[Canvas], None]) -> tuple[Page, ...]:
    """Pages drawn one by one, as the reader gives them."""
    buffer = io.BytesIO()
    canvas = Canvas(buffer, pagesize=A4, invariant=True)
    for sheet in sheets:
        canvas.setFont("Helvetica", 11)
        sheet(canvas)
        canvas.showPage()
    canvas.save()
    return read(buffer.getvalue(), "print.pdf").pages


def lines(canvas: Canvas, top: float, *texts: str) -> None:
    for number, text in enumerate(texts):
        canvas.drawString(90, top - 15 * number, text)


def blocks(page: Page, kind: BlockKind) -> list[str]:
    return [block.text for block in page.blocks if block.kind is kind]


def test_bullets_that_are_drawn_make_list_items() -> None:
    """A browser prints the marks of a list as little circles; the bulb of an icon is none."""

    def sheet(canvas: Canvas) -> None:
        lines(canvas, 760, LINE, LINE)
        for top, text in ((700, "Lamps at the quay"), (680, "Radios for the crew"), (660, "Blankets on board")):
            lines(canvas, top, text)
            canvas.circle(80, top + 4, 1.8, stroke=0, fill=1)
        lines(canvas, 600, "An idea in a line of its own")
        for x, y in ((76, 604), (79, 607), (82, 604)):
            canvas.circle(x, y, 1.8, stroke=0, fill=1)
        lines(canvas, 560, LINE, LINE)

    (page,) = printed(sheet)
    assert blocks(page, BlockKind.LIST_ITEM) == ["Lamps at the quay", "Radios for the crew", "Blankets on board"]
    assert any(text.startswith("An idea") for text in blocks(page, BlockKind.PARAGRAPH))


def test_panels_are_no_boxes_where_most_of_the_page_stands_on_them() -> None:
    """A shade under nearly everything is design; one under a few lines of a report is a box."""

    def panel(canvas: Canvas, top: float, title: str, rows: int) -> None:
        canvas.setFillColorRGB(*SHADE)
        canvas.rect(70, top - 15 * rows - 20, 460, 15 * rows + 40, stroke=0, fill=1)
        canvas.setFillColorRGB(0, 0, 0)
        canvas.setFont("Helvetica-Bold", 14)
        lines(canvas, top, title)
        canvas.setFont("Helvetica", 11)
        lines(canvas, top - 20, *[LINE] * rows)

    def panels(canvas: Canvas) -> None:
        for number, title in enumerate(("Summary", "Key lessons", "Innovation")):
            panel(canvas, 740 - 150 * number, title, 4)

    def report(canvas: Canvas) -> None:
        lines(canvas, 780, *[LINE] * 20)
        panel(canvas, 420, "A case", 3)

    (design,) = printed(panels)
    assert [h.text for h in design.headings] == ["Summary", "Key lessons", "Innovation"]
    assert not blocks(design, BlockKind.BOX)
    (page,) = printed(report)
    assert len(blocks(page, BlockKind.BOX)) == 1


def test_what_floats_over_every_sheet_is_left_out() -> None:
    """A bar of buttons covers text on one sheet; a label that stands still but covers nothing is the page's own."""

    def sheet(number: int) -> Callable[[Canvas], None]:
        def draw(canvas: Canvas) -> None:
            lines(canvas, 700, f"Landing {number}")
            lines(canvas, 640, "Children aboard", f"{number * 7} at noon, and {number} at night")
            lines(canvas, 560 - 20 * number, *[f"{number}. {LINE}"] * 4)
            for n, button in enumerate(("Like", "Share")):
                canvas.drawString(300, 520 - 14 * n, button)

        return draw

    pages = printed(*map(sheet, (1, 2, 3, 4)))
    told = "\n".join(page.text for page in pages)
    assert "Share" not in told
    assert "Like" not in told
    assert told.count("Children aboard") == 4
    assert told.count("told the office by radio") == 16


def test_text_goes_on_after_the_values_of_the_next_sheets_other_column() -> None:
    """Short values stand beside the summary: each sheet gives them first, then the rest of the summary."""

    def heading(text: str) -> Block:
        return Block(kind=BlockKind.HEADING, text=text, level=2)

    def paragraph(text: str) -> Block:
        return Block(kind=BlockKind.PARAGRAPH, text=text)

    more = (
        "Nobody had asked the fishers before, though they know every landing, every wind and every family of the lake."
    )
    pages = [
        Page(number=1, blocks=(heading("GCM Guiding Principles*"), heading("Summary"), paragraph("It began with a"))),
        Page(
            number=2,
            blocks=(
                paragraph("of these principles."), heading("Dates"), paragraph("2019 - 2021"),
                heading("Type of practice"),
                paragraph("Project"), paragraph("boat that was lost."), paragraph(more), heading("Innovation"),
                paragraph(LINE),
            ),
        ),
    ]  # fmt: skip
    told = {
        part.field: [piece.text for piece in part.pieces] for part in parts_of(pages, gcm.TEMPLATE, "") if part.label
    }
    assert told == {
        "principles": [],
        "summary": ["It began with a boat that was lost.", more],
        "dates": ["2019 - 2021"],
        "type": ["Project"],
        "innovation": [LINE],
    }


@pytest.mark.slow
def test_the_known_page_printed_by_a_browser_tells_its_fields(shared: Path, tmp_path: Path) -> None:
    """Chromium's own print: the same fields as the page, but for what only pictures tell."""
    chromium = os.environ.get("FINGERPOST_CHROMIUM") or shutil.which("chromium") or ""
    if not Path(chromium).is_file():
        pytest.skip("no chromium here: install Debian's, or name one in FINGERPOST_CHROMIUM")
    page, pdf = shared / "library" / "gcm-iom-north-africa.html", tmp_path / "print.pdf"
    options = ["--headless", "--no-sandbox", "--disable-gpu", "--no-pdf-header-footer", f"--print-to-pdf={pdf}"]
    subprocess.run([chromium, *options, page.as_uri()], check=True, capture_output=True, timeout=120)

    def practice(file: Path) -> Practice:
        reading = readers.read(file.read_bytes(), file.name)
        (told,) = templates.read(reading, cards.card(reading, "page", "en", "page")).practices
        return told

    known, found = practice(page), practice(pdf)
    for name in ("title", "organisations", "donors", "start", "end", "practice_type", "submitted"):
        assert getattr(found, name) == getattr(known, name), name
    items = [(claim.heading, claim.text) for claim in found.told["recommendations"] if claim.item]
    assert items == [(claim.heading, claim.text) for claim in known.told["recommendations"] if claim.item]
    for field in ("summary", "benefit", "lessons", "innovation"):
        one, other = (fold(" ".join(c.text for c in p.told[field])).replace(" ", "") for p in (found, known))
        assert one == other, field
