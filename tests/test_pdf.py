"""The PDF reader: what a file gives, and what it says when it gives nothing."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pytest
from making import REPORT, write_report
from pypdf import PdfReader, PdfWriter
from reportlab.lib.pagesizes import A4, landscape
from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.pdfgen.canvas import Canvas

from bench import reading as bench
from corpus.errors import UnreadableInput
from corpus.model import BlockKind
from ingest.readers.pdf import read

LINE = "The harbour team met every child within a day of arrival and found a guardian for each."


def made(*pages: list[str], size: tuple[float, float] = A4, title: str = "") -> bytes:
    """A PDF with one line of 11-point text below the other on each page."""
    buffer = io.BytesIO()
    canvas = Canvas(buffer, pagesize=size, invariant=True)
    if title:
        canvas.setTitle(title)
    for lines in pages:
        canvas.setFont("Helvetica", 11)
        for n, line in enumerate(lines):
            canvas.drawString(70, size[1] - 120 - 14 * n, line)
        canvas.showPage()
    canvas.save()
    return buffer.getvalue()


def refused(data: bytes, **limits: int) -> UnreadableInput:
    with pytest.raises(UnreadableInput) as caught:
        read(data, "made.pdf", **limits)
    assert ":" in caught.value.reason, "a reason says what to do"
    assert caught.value.reason.endswith((".", ")"))
    return caught.value


def test_a_report_is_read_with_title_labels_headings_and_notes(tmp_path: Path) -> None:
    """The made-up report comes back part by part, without its header and footer."""
    path = write_report(tmp_path / "report.pdf", REPORT)
    reading = read(path.read_bytes(), path.name)
    assert reading.title == REPORT.title
    assert len(reading.pages) == len(REPORT.parts) + 1
    for page, part in zip(reading.pages[1:], REPORT.parts, strict=True):
        assert [(h.level, h.text) for h in page.headings] == [(part.level, part.heading)]
        assert page.label == str(page.number)
        assert "page " not in page.text.splitlines()[-1][:5]
        assert [b.text for b in page.blocks if b.kind is BlockKind.PARAGRAPH] == list(part.paragraphs)
        assert bool(page.footnotes) is bool(part.note)


def test_an_endless_page_label_is_cut() -> None:
    """A file may declare a label of any length; the catalogue keeps forty characters of it."""
    writer = PdfWriter(clone_from=io.BytesIO(made([LINE] * 5)))
    writer.set_page_label(0, 0, style="/D", prefix="A" * 500)
    buffer = io.BytesIO()
    writer.write(buffer)
    (page,) = read(buffer.getvalue(), "made.pdf").pages
    assert page.label == "A" * 40


@pytest.mark.parametrize(
    ("data", "word"),
    [
        (b"", "empty"),
        (b"   \n", "empty"),
        (b"Just some text, renamed.", "not a PDF"),
        (made([LINE])[:400], "damaged"),
        (b"%PDF-1.7\n" + b"[" * 4000, "damaged"),
    ],
)
def test_what_is_no_whole_pdf_is_refused_in_a_sentence(data: bytes, word: str) -> None:
    """Empty, renamed and broken files end with a reason a person understands."""
    error = refused(data)
    assert word in error.reason
    assert error.stage == "open"


def test_a_password_is_asked_for_and_an_owners_lock_is_told() -> None:
    """A file that needs a password is refused; one that only forbids uses is read, with a warning."""
    for password, opens in (("secret", False), ("", True)):
        writer = PdfWriter(clone_from=PdfReader(io.BytesIO(made([LINE]))))
        writer.encrypt(user_password=password, owner_password="owner", algorithm="AES-256")
        buffer = io.BytesIO()
        writer.write(buffer)
        if opens:
            reading = read(buffer.getvalue(), "locked.pdf")
            assert LINE in reading.pages[0].text
            assert "rights" in reading.warnings[0]
        else:
            assert "password" in refused(buffer.getvalue()).reason


def test_pages_without_text_are_named_and_a_scan_is_refused() -> None:
    """All pictures: refused with the number of pages; some: read, with a warning that names them."""
    buffer = io.BytesIO()
    canvas = Canvas(buffer, pagesize=A4, invariant=True)
    canvas.drawString(70, 700, LINE)
    canvas.showPage()
    for _ in range(2):
        canvas.drawInlineImage(_grey(), 50, 50, 400, 600)
        canvas.showPage()
    canvas.save()
    reading = read(buffer.getvalue(), "mixed.pdf")
    assert any("pages 2–3" in warning and "OCR" in warning for warning in reading.warnings)
    assert "2 pages without a text layer" in refused(made([], [])).reason


def _grey() -> object:
    from PIL import Image

    return Image.new("L", (40, 60), 128)


def test_too_many_pages_and_too_large_pages_are_refused() -> None:
    """Limits are the caller's, and the sentence names them."""
    assert "3 pages, more than the 2" in refused(made([LINE], [LINE], [LINE]), max_pages=2).reason
    assert "Page 1 is too large" in refused(made([LINE] * 40), max_page_bytes=500).reason


def test_a_turned_page_reads_as_the_upright_one() -> None:
    """A landscape page stored with /Rotate 90 gives the same text."""
    data = made([LINE, LINE.upper()], size=landscape(A4))
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(data)))
    writer.pages[0].rotate(90)
    writer.pages[0].transfer_rotation_to_content()
    turned = io.BytesIO()
    writer.write(turned)
    assert read(turned.getvalue(), "t.pdf").pages[0].text == read(data, "u.pdf").pages[0].text


def test_a_file_name_in_the_metadata_is_no_title() -> None:
    """The cover's own words win over what a printing program wrote."""
    data = made(["Shelters of the northern quay", LINE], [LINE], title="Microsoft Word - draft.doc")
    assert "Word" not in read(data, "x.pdf").title


@pytest.mark.parametrize("name", bench.REPORTS)
def test_known_reports_are_read_right(shared: Path, name: str) -> None:
    """Every page: first and last words, headings with levels, notes, labels and side boxes."""
    library = shared / "library"
    reading = read((library / f"{name}.pdf").read_bytes(), name)
    score = bench.Score()
    for page, line in zip(
        reading.pages, (library / "truth" / f"{name}.jsonl").read_text("utf-8").splitlines(), strict=True
    ):
        bench.score_page(page, json.loads(line), score)
    for what in ("first words", "last words", "heading precision", "heading recall", "heading level"):
        assert score.share(what) >= 0.98, score.misses
    for what in ("label", "footnotes", "side boxes"):
        assert score.share(what) == 1.0, score.misses


@pytest.mark.parametrize(
    ("name", "word"),
    [
        ("zero-bytes", "empty"), ("text-renamed", "not a PDF"), ("truncated-60pct", "damaged"),
        ("encrypted-user-password", "password"), ("content-bomb", "too large"), ("content-bomb-double", "too large"),
        ("pages-20000", "pages"), ("deep-nesting", "damaged"), ("page-tree-loop", "damaged"),
    ],
)  # fmt: skip
def test_hostile_files_are_refused(shared: Path, name: str, word: str) -> None:
    """Bombs, loops and broken files end with their reason, at once."""
    assert word in refused((shared / "library" / "hostile" / f"{name}.pdf").read_bytes()).reason


@pytest.mark.parametrize(
    "name", ["broken-xref", "encrypted-owner-only", "javascript-embedded-file", "xss-text-and-title"]
)
def test_what_can_be_read_is_read_and_clean(shared: Path, name: str) -> None:
    """Mended and locked files give their text; no control, bidi or surrogate character comes through."""
    reading = read((shared / "library" / "hostile" / f"{name}.pdf").read_bytes(), name)
    texts = [b.text for p in reading.pages for b in p.blocks] + [reading.title, *reading.metadata.values()]
    assert any(texts)
    for text in texts:
        text.encode("utf-8")
        assert not set(text) & {"\0", "\x07", "\x1b", "\u202e", "\ufffe"}


def test_a_row_drawn_in_one_go_is_cut_into_its_cells() -> None:
    """A table whose rows are one text object each, the gaps hidden in its spacing, still has cells."""
    buffer = io.BytesIO()
    canvas = Canvas(buffer, pagesize=A4, invariant=True, pageCompression=0)
    rows = [("Standard", "Age", "Law"), ("Work", "15", "Section 5 of the law"), ("Night work", "18", "Section 9")]
    for n in range(3):
        for left, right in ((70, 220), (220, 270), (270, 500)):
            canvas.rect(left, 600 + 20 * n, right - left, 20)
    canvas.setFont("Helvetica", 10)
    for n, row in enumerate(rows):
        first, second = (
            100 * (at - stringWidth(text, "Helvetica", 10)) for text, at in zip(row, (150, 50), strict=False)
        )
        text = f"[({row[0]}) {-first:.0f} ({row[1]}) {-second:.0f} ({row[2]})] TJ"
        canvas._code.append(f"BT /F1 10 Tf 75 {646 - 20 * n} Td {text} ET")
    canvas.save()
    (page,) = read(buffer.getvalue(), "rows.pdf").pages
    (table,) = [b for b in page.blocks if b.kind is BlockKind.TABLE]
    assert table.rows == tuple(rows)


def test_a_rotated_table_is_read_as_rows(shared: Path) -> None:
    """Upright or turned, the wide table has its head and seven rows of eight columns."""
    variants = shared / "library" / "variants"
    tables = []
    for name in ("landscape-table", "landscape-table-rotate90"):
        (page,) = read((variants / f"{name}.pdf").read_bytes(), name).pages
        tables.append([b.rows for b in page.blocks if b.kind is BlockKind.TABLE])
    assert tables[0] == tables[1]
    ((rows,),) = [tables[0]]
    assert len(rows) == 8
    assert {len(row) for row in rows} == {8}
