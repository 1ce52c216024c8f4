"""Other editions of the known texts: two columns, rotated, French, Word, Markdown, encodings, scanned, printed."""

from __future__ import annotations

import json
import subprocess
import time
from collections import Counter
from pathlib import Path
from typing import Any

from bench.verdicts import Verdicts
from bench.wording import (
    between,
    joined,
    known_running,
    known_words,
    letters,
    of_all,
    ordered_recall,
    shares,
    stretch,
    words,
)
from corpus.model import Practice
from ingest import cards, language, privacy, readers, structure, templates
from ingest.ocr import OcrLimits, Recogniser
from ingest.reading import Reading

SAME_WORDS = (
    ("mario-project.docx", "mario-project.html"),
    ("mario-project.md", "mario-project.html"),
    ("mario-project-utf16.txt", "mario-project.html"),
    ("romia-synthesis-cp1252.txt", "romia-synthesis.html"),
)
"""Each with the web page whose passages it should give."""

SCANNED = (12, 17)
"""The pages of the first report that were scanned."""

ITEMS_UNDER_HEADINGS = [5, 3, 3, 3]
"""The recommendations of the Global Compact's page, under each of their sub-headings."""


def measure(library: Path, verdicts: Verdicts) -> None:
    """Every variant that the issue names, in its order."""
    print("variants:")
    _columns(library, verdicts)
    _rotated(library, verdicts)
    _french(library, verdicts)
    _same_words(library, verdicts)
    _scan(library, verdicts)
    _practice_pages(library, verdicts)


def _file(path: Path) -> Reading:
    return readers.read(path.read_bytes(), path.name)


def drawn_text(path: Path, *options: str) -> str:
    """A PDF's text by poppler's pdftotext."""
    return subprocess.run(["pdftotext", *options, str(path), "-"], capture_output=True, text=True, check=True).stdout


def _columns(library: Path, verdicts: Verdicts) -> None:
    """The two-column edition against the stretch of the known text that pdftotext finds on its first and last page."""
    path = library / "variants" / "iom-two-columns.pdf"
    pages = _file(path).pages
    text = (library / "text" / "iom-children-evaluation.txt").read_text(encoding="utf-8")
    first, last = (letters(drawn_text(path, "-raw", "-f", str(n), "-l", str(n))) for n in (1, len(pages)))
    known = stretch(known_running(text), first, last)
    recall = ordered_recall(joined(pages, sides=True), known)
    verdicts.share("two columns: ordered recall", recall, 0.98, f"{len(known)} words of {len(pages)} pages")


def _rotated(library: Path, verdicts: Verdicts) -> None:
    plain, turned = (_rows(library / "variants" / f"{name}.pdf") for name in ("landscape-table", _TURNED))
    note = f"{len(plain)} rows of {max(map(len, plain), default=0)} cells"
    verdicts.told("rotated table: rows as unrotated", str(plain == turned), "True", plain == turned, note)
    verdicts.told("landscape table: rows with its head", str(len(plain)), "8", len(plain) == 8)


_TURNED = "landscape-table-rotate90"


def _rows(path: Path) -> list[tuple[str, ...]]:
    return [row for page in _file(path).pages for block in page.blocks for row in block.rows]


def _french(library: Path, verdicts: Verdicts) -> None:
    """The language by what the file declares and by the words alone."""
    reading = _file(library / "variants" / "romia-introduction-fr.pdf")
    text = "\n".join(page.text for page in reading.pages)
    told, alone = language.detect(text, hint=reading.language), language.detect(text)
    verdicts.told(
        "French page: language, and without its declaration", f"{told}, {alone}", "fr, fr", told == alone == "fr"
    )


def _passage_words(path: Path) -> list[str]:
    reading = _file(path)
    _, passages = structure.build(reading, "doc", reading.language or "en")
    return words("\n".join(passage.text for passage in passages))


def _same_words(library: Path, verdicts: Verdicts) -> None:
    for variant, page in SAME_WORDS:
        known = _passage_words(library / page)
        recall, precision = shares(_passage_words(library / "variants" / variant), known)
        note = f"precision {precision:.4f}, {len(known)} words"
        verdicts.share(f"{variant}: word recall of passages", recall, 0.98, note)


def _scan(library: Path, verdicts: Verdicts) -> None:
    """The scanned pages against the known text of those pages, notes and side boxes included, by OCR."""
    name = "scan by OCR: word recall"
    recogniser = Recogniser(OcrLimits(languages="eng", seconds_per_page=120, max_pages=10))
    if not recogniser.ready:
        verdicts.left_out(name, "Tesseract is not installed")
        return
    start = time.perf_counter()
    path = library / "variants" / "romia-scan-6p.pdf"
    scan = readers.read(path.read_bytes(), path.name, ocr=recogniser)
    seconds = time.perf_counter() - start
    lines = (library / "truth" / "romia-final-evaluation.jsonl").read_text(encoding="utf-8").splitlines()
    truth: list[dict[str, Any]] = [json.loads(line) for line in lines]
    text = (library / "text" / "romia-final-evaluation.txt").read_text(encoding="utf-8")
    first, last = truth[SCANNED[0] - 1]["body"]["first"], truth[SCANNED[1] - 1]["body"]["last"]
    known = between(known_words(text), first, last)
    recall, precision = shares(of_all(scan.pages), known)
    note = f"precision {precision:.4f}, {len(known)} words of the known text, {seconds / len(scan.pages):.1f} s a page"
    verdicts.share(name, recall, 0.93, note)
    sure = [page.ocr for page in scan.pages if page.ocr is not None]
    marked = f"{len(sure)} of {len(scan.pages)}"
    mean = sum(sure) / (len(sure) or 1)
    verdicts.told(
        "scan: pages marked with OCR's confidence", marked, "all", len(sure) == len(scan.pages), f"mean {mean:.2f}"
    )
    _scan_headings(scan, truth, verdicts)


def _scan_headings(scan: Reading, truth: list[dict[str, Any]], verdicts: Verdicts) -> None:
    """Headings of the scanned pages; their levels are held against each other, for six pages do not tell the top.

    The issue asks nothing of them.  A shaded box's title is neither right nor wrong.
    """
    lines = truth[SCANNED[0] - 1 : SCANNED[1]]
    known = [heading for line in lines for heading in line["headings"]]
    boxes = {letters(title) for line in lines for title in line.get("boxes", ())}
    mine = {letters(h.text): h.level for page in scan.pages for h in page.headings if letters(h.text) not in boxes}
    pairs = [
        (heading["level"], mine[letters(heading["text"])]) for heading in known if letters(heading["text"]) in mine
    ]
    verdicts.share("scan: heading recall", len(pairs) / len(known), 0.9, f"{len(known)} headings")
    verdicts.share("scan: heading precision", len(pairs) / (len(mine) or 1), 0.9)
    orders = [(a > b) - (a < b) == (c > d) - (c < d) for a, c in pairs for b, d in pairs]
    verdicts.share("scan: pairs of headings in the right order of level", sum(orders) / (len(orders) or 1), 0.9)


# ---------------------------------------------------------------------------------------------- practice pages


def _practice_pages(library: Path, verdicts: Verdicts) -> None:
    """What the practice pages' fields hold of their known text; a contact person's details are left out on purpose."""
    compact = _practice(library / "gcm-iom-north-africa.html")
    items = [claim.heading for claim in compact.told.get("recommendations", ()) if claim.item] if compact else []
    counts = list(Counter(items).values())
    verdicts.told(
        "Global Compact page: recommendations by heading", str(counts), "5, 3, 3, 3", counts == ITEMS_UNDER_HEADINGS
    )
    for name, text in (
        ("gcm-iom-north-africa.html", "gcm-iom-north-africa"),
        ("mario-project.html", "mario-project"),
        ("variants/mario-project-chromium.pdf", "mario-project"),
    ):
        practice = _practice(library / name)
        known = known_words((library / "text" / f"{text}.txt").read_text(encoding="utf-8"))
        recall, _ = shares(words(_all_said(practice)) if practice else [], known)
        verdicts.share(f"{Path(name).name}: known words in the practice's fields", recall, 0.9, f"{len(known)} words")


def _practice(path: Path) -> Practice | None:
    """The practice that a page tells, None where it tells none or several."""
    reading = privacy.marked(_file(path))
    card = cards.card(reading, path.stem, reading.language or "en", path.stem)
    practices = templates.read(reading, card).practices
    return practices[0] if len(practices) == 1 else None


def _all_said(practice: Practice) -> str:
    told = (f"{claim.heading}\n{claim.text}" for claims in practice.told.values() for claim in claims)
    return "\n".join((practice.title, practice.scope, *practice.organisations, *practice.donors, *told))
