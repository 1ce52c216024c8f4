"""The PDF reader held against known pages: ``python -m bench reading [--library DIR] [--verbose]``.

Needs the test library (``../shared/library`` beside the checkout): ``truth/*.jsonl`` (first and last words, headings,
notes, labels of every page), ``text/*.txt`` (the whole running text) and poppler's ``pdftotext``.
"""

from __future__ import annotations

import argparse
import json
import re
import subprocess
import time
import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from pathlib import Path
from typing import Any

from corpus.model import BlockKind, Page
from ingest.ocr import OcrLimits, Recogniser
from ingest.readers.pdf import read
from ingest.reading import Reading

DEFAULT_LIBRARY = Path(__file__).resolve().parents[2] / "shared" / "library"
REPORTS = ("romia-final-evaluation", "iom-children-evaluation")
WINDOW = 160
"""Words of a stretch whose trigrams are looked for on its page: the size of a passage."""
_OTHER_ORDER = (BlockKind.FURNITURE, BlockKind.TABLE)
"""What pdftotext reads in an order of its own: tables column by column or in turns, contents with their dots."""
_WORD = re.compile(r"\w+")


@dataclass
class Score:
    """Counts of what was right, with the misses for ``--verbose``."""

    right: Counter[str] = field(default_factory=Counter)
    total: Counter[str] = field(default_factory=Counter)
    misses: list[str] = field(default_factory=list)

    def count(self, name: str, ok: bool, note: str = "") -> None:
        self.total[name] += 1
        self.right[name] += ok
        if not ok:
            self.misses.append(f"{name}: {note}")

    def share(self, name: str) -> float:
        return self.right[name] / self.total[name] if self.total[name] else 1.0


def words(text: str) -> list[str]:
    """Words as compared: NFKC, case-folded, apostrophes away, hyphens parting."""
    folded = unicodedata.normalize("NFKC", text).casefold().replace("’", "").replace("'", "").replace("‘", "")
    return _WORD.findall(folded)


def _letters(text: str) -> str:
    return "".join(words(text))


def running(page: Page, side: bool = False) -> list[str]:
    """The words of a page's running text or of its side boxes, labels included, in reading order."""
    return words("\n".join(b.text for b in page.running if b.side is side))


def score_page(page: Page, truth: dict[str, Any], score: Score) -> None:
    """One page against its line of truth."""
    where = f"p {page.number}"
    text = "".join(running(page))
    first, last = _letters(truth["body"]["first"]), _letters(truth["body"]["last"])
    score.count("first words", text.startswith(first), f"{where}: {first[:40]!r} / {text[:60]!r}")
    score.count("last words", text.endswith(last), f"{where}: {last[-40:]!r} / {text[-60:]!r}")
    score.count("label", page.label == truth["label"], f"{where}: {truth['label']} / {page.label}")
    _score_headings(page, truth, score, where)
    known = [str(n) for n in truth["footnotes"]]
    mine = [b.label for b in page.footnotes if b.label]
    score.count("footnotes", known == mine, f"{where}: {known} / {mine}")
    sides = [_letters(b.text) for b in page.blocks if b.side]
    for box in truth.get("side_boxes", ()):
        ends = (_letters(box["first"]), _letters(box["last"]))
        whole = any(s.startswith(ends[0]) and s.endswith(ends[1]) for s in (*sides, "".join(sides)))
        score.count("side boxes", whole, f"{where}: {box['box']}")


def _score_headings(page: Page, truth: dict[str, Any], score: Score, where: str) -> None:
    known = {_letters(h["text"]): h for h in truth["headings"]}
    mine = {_letters(b.text): b for b in page.headings}
    for key, heading in known.items():
        score.count("heading recall", key in mine, f"{where}: {heading['text']}")
        if key in mine:
            level = mine[key].level
            score.count(
                "heading level", level == heading["level"], f"{where}: {heading['text']} {heading['level']} / {level}"
            )
    for key, block in mine.items():
        score.count("heading precision", key in known, f"{where}: {block.text[:80]}")


def against_text(reading: Reading, text: str) -> tuple[float, float, float]:
    """Word recall, precision and ordered recall against the known text, which holds the notes inline.

    Recall and precision count the notes' words; ordered recall is of the running text alone, in its order.
    """
    parts: list[str] = []
    for page in reading.pages:
        for block in page.running:
            if parts and block.continues and parts[-1].endswith("-"):
                parts[-1] = parts[-1][:-1] + block.text
            else:
                parts.append(block.text)
    mine, known = words("\n".join(parts)), words(text)
    notes = words("\n".join(note.text for page in reading.pages for note in page.footnotes))
    common = sum((Counter(mine + notes) & Counter(known)).values())
    matcher = SequenceMatcher(None, known, mine, autojunk=False)
    ordered = sum(b.size for b in matcher.get_matching_blocks())
    return common / len(known), common / len(mine + notes), ordered / (len(known) - len(notes))


def share_of_words(pages: Iterable[Page], known: Iterable[Page]) -> tuple[float, float]:
    """Word recall and precision of pages against other pages that hold the same text, notes included."""
    mine, true = (Counter(w for page in some for b in page.blocks for w in words(b.text)) for some in (pages, known))
    common = (mine & true).total()
    return common / (true.total() or 1), common / (mine.total() or 1)


def trigram_shares(reading: Reading, path: Path) -> list[float]:
    """For every stretch of WINDOW words of running text: the share of its trigrams in pdftotext's text of its page.

    Compared letter by letter: pdftotext glues and parts words at line ends by rules of its own.
    """
    shares = []
    for page in reading.pages:
        call = ["pdftotext", "-f", str(page.number), "-l", str(page.number), str(path), "-"]
        there = _letters(subprocess.run(call, capture_output=True, text=True, check=True).stdout)
        own = words("\n".join(b.text for b in page.running if b.kind not in _OTHER_ORDER))
        for start in range(0, len(own), WINDOW):
            grams = _trigrams(own[start : start + WINDOW])
            if grams:
                shares.append(sum(gram in there for gram in grams) / len(grams))
    return shares


def _trigrams(tokens: Sequence[str]) -> list[str]:
    return ["".join(three) for three in zip(tokens, tokens[1:], tokens[2:], strict=False)]


def _read(path: Path) -> tuple[Reading, float]:
    data = path.read_bytes()
    start = time.process_time()
    reading = read(data, path.name)
    return reading, time.process_time() - start


def _report(name: str, library: Path, verbose: bool) -> None:
    path = library / f"{name}.pdf"
    reading, seconds = _read(path)
    score = Score()
    lines = (library / "truth" / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()
    for page, line in zip(reading.pages, lines, strict=True):
        score_page(page, json.loads(line), score)
    recall, precision, ordered = against_text(reading, (library / "text" / f"{name}.txt").read_text(encoding="utf-8"))
    print(f"{name}: {len(reading.pages)} pages, {len(reading.pages) / seconds:.0f} pages/s, title {reading.title!r}")
    for key in sorted(score.total):
        print(f"  {key:18} {score.right[key]:4}/{score.total[key]:<4} {score.share(key):.3f}")
    print(f"  words: recall {recall:.4f}, precision {precision:.4f}, ordered recall {ordered:.4f}")
    if verbose:
        print("".join(f"    {miss}\n" for miss in score.misses), end="")


def _scan(library: Path) -> None:
    """The scanned variant of six pages of the first report against those pages, where Tesseract is installed."""
    recogniser = Recogniser(OcrLimits(languages="eng", seconds_per_page=120, max_pages=10))
    if not recogniser.ready:
        print("romia-scan-6p: not read, Tesseract is not installed")
        return
    start = time.perf_counter()
    scan = read((library / "variants" / "romia-scan-6p.pdf").read_bytes(), "scan", ocr=recogniser)
    seconds = time.perf_counter() - start
    report = read((library / f"{REPORTS[0]}.pdf").read_bytes(), "report")
    recall, precision = share_of_words(scan.pages, report.pages[11:17])
    print(
        f"romia-scan-6p by OCR: recall {recall:.4f}, precision {precision:.4f}, {seconds / len(scan.pages):.1f} s/page"
    )
    print(f"  {scan.warnings[0]}")


def _stretches(paths: Iterable[Path]) -> None:
    print(f"trigrams of stretches of {WINDOW} words (tables apart) found in pdftotext's page:")
    for path in paths:
        reading, seconds = _read(path)
        shares = trigram_shares(reading, path)
        good = sum(s >= 0.95 for s in shares) / len(shares) if shares else 1.0
        mean = sum(shares) / len(shares) if shares else 1.0
        rate = len(reading.pages) / seconds
        print(
            f"  {path.stem:44} {len(shares):5} stretches, {good:.3f} with ≥ 95 %, mean {mean:.3f}, {rate:.0f} pages/s"
        )


def main(argv: Sequence[str]) -> int:
    """Print the reader's figures; 2 where the library is not there."""
    parser = argparse.ArgumentParser(prog="bench reading", description=__doc__)
    parser.add_argument("--library", type=Path, default=DEFAULT_LIBRARY)
    parser.add_argument("--verbose", action="store_true", help="list every miss")
    options = parser.parse_args(argv)
    library: Path = options.library
    if not (library / "truth").is_dir():
        print(f"No test library at {library}: name it with --library.")
        return 2
    for name in REPORTS:
        _report(name, library, options.verbose)
    _scan(library)
    variants = [p for p in sorted((library / "variants").glob("*.pdf")) if "scan" not in p.name]
    _stretches([library / f"{name}.pdf" for name in REPORTS] + variants + sorted((library / "real").glob("*.pdf")))
    return 0
