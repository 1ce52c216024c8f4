"""Scanned pages: read by OCR where Tesseract is installed, refused with what to install where it is not."""

from __future__ import annotations

import hashlib
import io
from pathlib import Path

import pypdfium2 as pdfium
import pytest
from reportlab.lib.pagesizes import A4
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from bench.wording import of_all, shares
from corpus.errors import UnreadableInput
from corpus.settings import Settings
from ingest import ocr
from ingest.job import Job
from ingest.nursery import read_all
from ingest.ocr import OcrLimits, Recogniser
from ingest.readers.pdf import read

pytestmark = pytest.mark.slow

LIMITS = OcrLimits(languages="eng", seconds_per_page=60, max_pages=10)
LINES = [
    "The harbour team met every child within a day of arrival and",
    "found a guardian for each of them before the week was out.",
    "Two of the shelters were too far away for the night staff to",
    "reach, and the interpreters had to be shared between them.",
]

needs_tesseract = pytest.mark.skipif(not ocr.version(), reason="needs Tesseract (Debian package tesseract-ocr)")


def scanned(turn: int = 0, pages: int = 1, spoken: bool = False) -> bytes:
    """A PDF of pictures of printed pages, turned clockwise; with ``spoken`` a page with a text layer goes before."""
    printed = io.BytesIO()
    canvas = Canvas(printed, pagesize=A4, invariant=True)
    canvas.setFont("Times-Roman", 20)
    canvas.drawString(70, 740, "What the harbour teams learned")
    canvas.setFont("Times-Roman", 12)
    for paragraph in range(3):
        for n, line in enumerate(LINES):
            canvas.drawString(70, 700 - 80 * paragraph - 15 * n, line)
    canvas.save()
    picture = pdfium.PdfDocument(printed.getvalue())[0].render(scale=200 / 72).to_pil().rotate(-turn, expand=True)
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=A4, invariant=True)
    if spoken:
        canvas.drawString(70, 700, LINES[0])
        canvas.showPage()
    for _ in range(pages):
        width, height = A4 if turn % 180 == 0 else (A4[1], A4[0])
        canvas.setPageSize((width, height))
        canvas.drawImage(ImageReader(picture), 0, 0, width, height)
        canvas.showPage()
    canvas.save()
    return out.getvalue()


@needs_tesseract
def test_a_scan_is_read_into_blocks_and_marked() -> None:
    """Heading and paragraphs come as from any page, and a warning says how sure they are."""
    reading = read(scanned(), "scan.pdf", ocr=Recogniser(LIMITS))
    (page,) = reading.pages
    assert [h.text for h in page.headings] == ["What the harbour teams learned"]
    assert [b.text for b in page.blocks[1:]] == [" ".join(LINES)] * 3
    assert any("Read by OCR: page 1, mean confidence 9" in warning for warning in reading.warnings)
    assert page.ocr is not None
    assert 0.9 <= page.ocr <= 1.0


@needs_tesseract
def test_a_page_on_its_side_is_turned() -> None:
    """A scan that lies on its side is read upright (where Tesseract's model for that is installed)."""
    if "osd" not in ocr.installed_languages():
        pytest.skip("needs Tesseract's model for orientation (Debian package tesseract-ocr-osd)")
    reading = read(scanned(turn=90), "scan.pdf", ocr=Recogniser(LIMITS))
    assert LINES[0] in reading.pages[0].text


@needs_tesseract
def test_no_more_pages_than_allowed_are_read_and_the_others_named() -> None:
    """The limit on pages holds; what was left out is told."""
    limits = OcrLimits(languages="eng", seconds_per_page=60, max_pages=1)
    reading = read(scanned(pages=2, spoken=True), "scan.pdf", ocr=Recogniser(limits))
    assert [bool(page.text) for page in reading.pages] == [True, True, False]
    assert [page.ocr is None for page in reading.pages] == [True, False, True]
    assert any("page 3" in warning and "ocr_max_pages" in warning for warning in reading.warnings)


def test_without_tesseract_a_scan_is_refused_with_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    """The reason names the program and the package; a report with one scanned page is read and says the same."""
    monkeypatch.setattr(ocr, "installed_languages", lambda: frozenset())
    with pytest.raises(UnreadableInput) as caught:
        read(scanned(pages=2), "scan.pdf", ocr=Recogniser(LIMITS))
    assert "2 pages without a text layer" in caught.value.reason
    assert "apt install tesseract-ocr" in caught.value.reason
    reading = read(scanned(spoken=True), "mixed.pdf", ocr=Recogniser(LIMITS))
    assert any("page 2" in warning and "tesseract-ocr" in warning for warning in reading.warnings)


@needs_tesseract
def test_a_child_gets_the_time_that_ocr_takes(tmp_path: Path) -> None:
    """OCR that takes longer than a file's seconds is not cut off, and its passages are like any others."""
    path = tmp_path / "scan.pdf"
    path.write_bytes(scanned(pages=3))
    job = Job(
        path=str(path),
        doc="scan",
        content_hash=hashlib.sha256(path.read_bytes()).hexdigest(),
        max_pages=10,
        seconds=1,
        memory_mb=Settings().child_memory_mb,
        ocr=LIMITS,
    )
    ((_, outcome),) = read_all([job], workers=1)
    assert outcome.document is not None, outcome.reason
    assert LINES[0] in outcome.document.passages[0].text
    assert outcome.document.passages[0].span.page == 1


def test_a_hanging_or_failing_tesseract_costs_only_its_page(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """A program that never answers is ended after the page's seconds; one that is not there gives nothing."""
    monkeypatch.setattr(ocr, "installed_languages", lambda: frozenset({"eng"}))
    slow = tmp_path / "slow"
    slow.write_text("#!/bin/sh\nexec sleep 60\n", "utf-8")
    slow.chmod(0o755)
    for program in (str(slow), str(tmp_path / "missing")):
        monkeypatch.setattr(ocr, "PROGRAM", program)
        limits = OcrLimits(languages="eng", seconds_per_page=1, max_pages=1)
        with pytest.raises(UnreadableInput, match="OCR found no words"):
            read(scanned(), "scan.pdf", ocr=Recogniser(limits))


@needs_tesseract
@pytest.mark.slow
def test_the_known_scan_is_read(shared: Path) -> None:
    """Six crooked, noisy pages: nearly every word of the report they are scans of."""
    library = shared / "library"
    scan = read((library / "variants" / "romia-scan-6p.pdf").read_bytes(), "scan.pdf", ocr=Recogniser(LIMITS))
    report = read((library / "romia-final-evaluation.pdf").read_bytes(), "report.pdf")
    recall, precision = shares(of_all(scan.pages), of_all(report.pages[11:17]))
    assert recall >= 0.93
    assert precision >= 0.93
