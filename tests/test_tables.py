"""Tables of PDFs as rows and cells, however their rules and shades are drawn."""

from __future__ import annotations

import io
import random
from collections.abc import Callable, Sequence

import drawn
from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

from corpus.model import Block, BlockKind, Page
from ingest.layout.lines import pieces, to_line
from ingest.layout.regions import regions
from ingest.readers.pdf import read

TOP = A4[1]
LONG = "The harbour office keeps one register for all quays and reads it aloud every week"


def pages(*draw: Callable[[Canvas], None]) -> tuple[Page, ...]:
    """Pages drawn by hand, read back."""
    buffer = io.BytesIO()
    canvas = Canvas(buffer, pagesize=A4, invariant=True)
    for one in draw:
        canvas.setFont("Helvetica", 10)
        canvas.setLineWidth(0.5)
        one(canvas)
        canvas.showPage()
    canvas.save()
    return read(buffer.getvalue(), "drawn.pdf").pages


def tables(page: Page) -> list[Block]:
    return [b for b in page.blocks if b.kind is BlockKind.TABLE]


def write(canvas: Canvas, x: float, y: float, *lines: str, step: float = 13) -> None:
    """Lines of text one under the other, the first one's baseline ``y`` points below the top of the page."""
    for n, line in enumerate(lines):
        canvas.drawString(x, TOP - y - n * step, line)


def prose(canvas: Canvas, y: float, lines: int, x: float = 70) -> None:
    write(canvas, x, y, *(f"{LONG} {n}" for n in range(lines)))


def cell(canvas: Canvas, x0: float, y0: float, x1: float, y1: float, fill: float | None = None) -> None:
    """A ruled cell; ``fill`` is its grey, and then it is shaded without rules."""
    if fill is not None:
        canvas.setFillGray(fill)
    canvas.rect(x0, TOP - y1, x1 - x0, y1 - y0, stroke=fill is None, fill=fill is not None)
    canvas.setFillGray(0)


def rows(page: Page) -> list[Sequence[str]]:
    (table,) = tables(page)
    return list(table.rows)


def test_lines_shaded_again_within_a_shaded_cell_are_no_rows() -> None:
    """Word processors draw a cell's shade, then that of every line in it once more in the same colour."""

    def draw(canvas: Canvas) -> None:
        for top, label, lines in ((100, "Quays", 4), (160, "Boats", 3), (220, "Crews", 4)):
            cell(canvas, 70, top, 200, top + 58, 0.9)
            cell(canvas, 202, top, 500, top + 58, 0.9)
            for n in range(lines):
                cell(canvas, 207, top + 14 * n, 495, top + 14 * n + 14, 0.9)
            write(canvas, 76, top + 30, label)
            write(canvas, 208, top + 11, *(f"{label.lower()} are told in line {n}" for n in range(lines)), step=14)

    (page,) = pages(draw)
    found = rows(page)
    assert [row[0] for row in found] == ["Quays", "Boats", "Crews"]
    assert found[1][1] == "boats are told in line 0 boats are told in line 1 boats are told in line 2"


def test_a_cell_over_all_columns_keeps_its_lines_together() -> None:
    """A justified line with a gap as wide as a column's is still one cell where no rule parts it."""

    def draw(canvas: Canvas) -> None:
        cell(canvas, 70, 100, 520, 145)
        write(canvas, 75, 112, f"{LONG} before noon", f"{LONG} after it")
        write(canvas, 75, 138, "so that nobody,")
        write(canvas, 250, 138, "not even the pilot, is left out")
        for n, words in enumerate((("Action", "Deadline", "Unit"), ("Read it", "May", "Quay"))):
            for m, word in enumerate(words):
                cell(canvas, 70 + 150 * m, 145 + 20 * n, 220 + 150 * m, 165 + 20 * n)
                write(canvas, 75 + 150 * m, 158 + 20 * n, word)

    (page,) = pages(draw)
    first, *rest = rows(page)
    assert first[0].endswith("so that nobody, not even the pilot, is left out")
    assert not any(first[1:])
    assert rest == [("Action", "Deadline", "Unit"), ("Read it", "May", "Quay")]


def test_a_label_beside_several_ruled_rows_stands_in_the_first_of_them() -> None:
    """A cell over several rows, its words in the middle of its height, opens the rows that it names."""

    def draw(canvas: Canvas) -> None:
        cell(canvas, 70, 100, 180, 220)
        write(canvas, 75, 164, "Harbour")
        for n in range(4):
            cell(canvas, 180, 100 + 30 * n, 480, 130 + 30 * n)
            write(canvas, 185, 118 + 30 * n, f"Question {n}")

    (page,) = pages(draw)
    assert rows(page) == [("Harbour", "Question 0"), *(("", f"Question {n}") for n in (1, 2, 3))]


def test_underlined_words_make_no_table() -> None:
    """Links of a web page in print: a bar with a frame, and every word in it underlined."""

    def draw(canvas: Canvas) -> None:
        for n, words in enumerate(("Home of the harbour office", "News from the quays and boats")):
            write(canvas, 75, 100 + 16 * n, words)
            x = 75.0
            for word in words.split():
                width = canvas.stringWidth(word, "Helvetica", 10)
                canvas.line(x, TOP - 101.5 - 16 * n, x + width, TOP - 101.5 - 16 * n)
                x += canvas.stringWidth(word + " ", "Helvetica", 10)
        cell(canvas, 70, 85, 240, 125)
        prose(canvas, 200, 6)

    (page,) = pages(draw)
    assert not tables(page)
    assert "News from the quays and boats" in page.text


def test_a_tables_head_alone_at_the_end_of_a_page_is_a_row_and_the_next_page_goes_on() -> None:
    """Where only the head fits on a page, head and rows still are one table's."""

    def head(canvas: Canvas) -> None:
        prose(canvas, 100, 20)
        cell(canvas, 70, 700, 220, 716)
        cell(canvas, 220, 700, 520, 716)
        write(canvas, 75, 711, "Quay")
        write(canvas, 225, 711, "What is told there")

    def rest(canvas: Canvas) -> None:
        for n in range(3):
            cell(canvas, 70, 100 + 20 * n, 220, 120 + 20 * n)
            cell(canvas, 220, 100 + 20 * n, 520, 120 + 20 * n)
            write(canvas, 75, 114 + 20 * n, f"Quay {n}")
            write(canvas, 225, 114 + 20 * n, f"The tide of day {n}")
        prose(canvas, 240, 20)

    first, second = pages(head, rest)
    assert rows(first) == [("Quay", "What is told there")]
    assert [row[0] for row in rows(second)] == ["Quay 0", "Quay 1", "Quay 2"]
    assert tables(second)[0].continues


def test_a_label_that_nearly_fills_its_column_is_cut_from_its_value() -> None:
    """Fields without rules: where a label leaves hardly a space before the second column, it is a cell all the same."""

    def draw(canvas: Canvas) -> None:
        for n, (label, value) in enumerate(
            [(f"Field {n}:", f"The value of quay {n}") for n in range(5)]
            + [("Commissioned by:", "The pilots"), ("Date:", "May")]
        ):
            canvas.setFont("Helvetica-Bold", 10)
            write(canvas, 70, 100 + 18 * n, label)
            canvas.setFont("Helvetica", 10)
            write(canvas, 161, 100 + 18 * n, value)

    (page,) = pages(draw)
    assert rows(page)[-2:] == [("Commissioned by:", "The pilots"), ("Date:", "May")]


def test_boxes_in_two_columns_are_read_column_by_column() -> None:
    """A web page in print: fields in frames on the left, each a box, and a long one on the right."""

    def draw(canvas: Canvas) -> None:
        write(canvas, 70, 60, "Every practice told by its harbour stands in frames below this line of the page")
        for n, words in enumerate(("Objectives of the quay", "Dates of the tide", "Type of boat")):
            cell(canvas, 70, 100 + 110 * n, 230, 190 + 110 * n, 0.9)
            write(canvas, 76, 115 + 110 * n, words)
        cell(canvas, 250, 100, 540, 420, 0.9)
        write(canvas, 256, 115, *(f"The summary goes on in line {n} of its own frame" for n in range(20)))

    (page,) = pages(draw)
    at = [page.text.index(words) for words in ("Every", "Objectives", "Dates", "Type", "summary")]
    assert at == sorted(at)
    assert not any(b.side for b in page.blocks)


def test_no_line_is_lost_wherever_it_stands() -> None:
    """Letters around a chart stand in no columns, and some run over every gutter that is tried."""
    chance = random.Random(7)
    for _ in range(150):
        words = [
            drawn.run("quay " * chance.randint(1, 5), chance.randint(70, 450), chance.randint(10, 40) * 12)
            for _ in range(chance.randint(8, 30))
        ]
        sheet = drawn.sheet(1, *words)
        lines = [to_line(group) for group in pieces(sheet.runs, [])]
        kept = [run for region in regions(sheet, lines) for line in region.lines for run in line.runs]
        assert len(kept) == sum(len(line.runs) for line in lines)


def table(canvas: Canvas, y: float, *told: tuple[str, ...]) -> None:
    """A ruled table of columns of 150 points from ``y`` on."""
    for n, row in enumerate(told):
        for m, words in enumerate(row):
            cell(canvas, 70 + 150 * m, y + 20 * n, 220 + 150 * m, y + 20 * n + 20)
            write(canvas, 75 + 150 * m, y + 20 * n + 14, words)


def test_two_tables_of_one_head_both_keep_it() -> None:
    """Questions of a survey have the same answers each: only a table that goes on says its head again for nothing."""

    def draw(canvas: Canvas) -> None:
        prose(canvas, 80, 3)
        table(canvas, 140, ("Tide", "Low", "High"), ("Monday", "2", "5"))
        prose(canvas, 220, 3)
        table(canvas, 280, ("Tide", "Low", "High"), ("Friday", "3", "4"))
        prose(canvas, 380, 10)

    (page,) = pages(draw)
    assert [t.rows[0] for t in tables(page)] == [("Tide", "Low", "High")] * 2


def test_a_table_goes_on_under_its_title_said_again_and_under_part_of_its_head() -> None:
    """The next page says the table's title once more, and of its two rows of head; another title is another table."""

    def first(canvas: Canvas) -> None:
        prose(canvas, 80, 40)
        write(canvas, 70, 640, "Table 1. Tides told by quay")
        table(canvas, 660, ("All quays", "", ""), ("Quay", "Low", "High"), ("North", "2", "5"))

    def second(canvas: Canvas) -> None:
        write(canvas, 70, 80, "Table 1. Tides told by quay (continued)")
        table(canvas, 100, ("All quays", "", ""), ("Quay", "Low", "High"), ("South", "1", "6"), ("East", "3", "4"))
        prose(canvas, 250, 30)
        table(canvas, 660, ("Boat", "Old", "New"), ("Ferry", "2", "5"))

    def third(canvas: Canvas) -> None:
        write(canvas, 70, 80, "Table 3. Boats that left")
        table(canvas, 100, ("Boat", "Old", "New"), ("Tug", "1", "6"), ("Raft", "3", "4"))
        prose(canvas, 250, 30)

    _, after, last = pages(first, second, third)
    assert tables(after)[0].rows == (("South", "1", "6"), ("East", "3", "4"))
    assert tables(after)[0].continues
    assert tables(last)[0].rows[0] == ("Boat", "Old", "New")
    assert not tables(last)[0].continues


def test_the_lettering_of_a_chart_is_no_text() -> None:
    """Figures of axes and names of bars stay on the page, but no passage is made of them."""

    def draw(canvas: Canvas) -> None:
        write(canvas, 70, 90, "Figure 1. Children met by quay")
        cell(canvas, 70, 100, 520, 290)
        for n in range(6):
            write(canvas, 80, 125 + 24 * n, f"{50 - 10 * n}.0")
        for n, word in enumerate(("North", "South", "Harbour")):
            write(canvas, 150 + 110 * n, 265, word)
        prose(canvas, 330, 20)

    (page,) = pages(draw)
    (lettering,) = [b for b in page.blocks if b.kind is BlockKind.FURNITURE]
    assert "50.0" in lettering.text
    assert "Harbour" in lettering.text
