"""The PDF reader held against known pages: ``python -m bench reading [--library DIR] [--verbose]``.

Needs the test library (``../shared/library`` beside the checkout): ``truth/*.jsonl`` (first and last words, headings,
notes, labels of every page), ``text/*.txt`` (the whole running text) and poppler's ``pdftotext``.
"""

from __future__ import annotations

import argparse
import json
import re
import resource
import statistics
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


def against_text(reading: Reading, text: str) -> tuple[float, float, float, float]:
    """Word recall, precision and twice ordered recall against the known text, which holds notes and side boxes inline.

    Recall and precision count the notes' words.  Ordered recall is of the running text without the notes; first with
    the side boxes where pages give them (last, by design), then without them on either side.
    """
    notes = words("\n".join(note.text for page in reading.pages for note in page.footnotes))
    sides = words("\n".join(b.text for page in reading.pages for b in page.blocks if b.side))
    mine, known = _joined(reading, sides=True), words(text)
    common = sum((Counter(mine + notes) & Counter(known)).values())
    ordered = _in_order(known, mine) / (len(known) - len(notes))
    apart = _in_order(known, _joined(reading, sides=False)) / (len(known) - len(notes) - len(sides))
    return common / len(known), common / len(mine + notes), ordered, apart


def _in_order(known: list[str], mine: list[str]) -> int:
    matcher = SequenceMatcher(None, known, mine, autojunk=False)
    return sum(b.size for b in matcher.get_matching_blocks())


def _joined(reading: Reading, sides: bool) -> list[str]:
    """The words of all pages' running text, those that a page's end cuts put together again."""
    parts: list[str] = []
    for page in reading.pages:
        for block in page.running:
            if block.side and not sides:
                continue
            if parts and block.continues and parts[-1].endswith("-"):
                parts[-1] = parts[-1][:-1] + block.text
            else:
                parts.append(block.text)
    return words("\n".join(parts))


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
    reading, _ = _read(path)
    score = Score()
    lines = (library / "truth" / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()
    for page, line in zip(reading.pages, lines, strict=True):
        score_page(page, json.loads(line), score)
    recall, precision, ordered, apart = against_text(
        reading, (library / "text" / f"{name}.txt").read_text(encoding="utf-8")
    )
    print(f"{name}: {len(reading.pages)} pages, title {reading.title!r}")
    for key in sorted(score.total):
        print(f"  {key:18} {score.right[key]:4}/{score.total[key]:<4} {score.share(key):.3f}")
    print(f"  words: recall {recall:.4f}, precision {precision:.4f}")
    print(f"  ordered recall {ordered:.4f} with side boxes last, {apart:.4f} of the text without side boxes")
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
        reading, _ = _read(path)
        shares = trigram_shares(reading, path)
        good = sum(s >= 0.95 for s in shares) / len(shares) if shares else 1.0
        mean = sum(shares) / len(shares) if shares else 1.0
        print(f"  {path.stem:44} {len(shares):5} stretches, {good:.3f} with ≥ 95 %, mean {mean:.3f}")


def _speed(paths: Sequence[Path], runs: int) -> None:
    """Pages per second of processor time, file to structured pages, in turn with pdftotext on the same files."""
    print(f"pages per second of processor time, medians of {runs} runs in turn with pdftotext -raw on the same file:")
    totals = [0.0, 0.0, 0.0]
    for path in paths:
        ours, theirs, pages = [], [], 0
        for _ in range(runs):
            reading, seconds = _read(path)
            pages = len(reading.pages)
            ours.append(seconds)
            before = resource.getrusage(resource.RUSAGE_CHILDREN)
            subprocess.run(["pdftotext", "-raw", str(path), "-"], capture_output=True, check=True)
            after = resource.getrusage(resource.RUSAGE_CHILDREN)
            theirs.append(after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)
        mine, peer = statistics.median(ours), statistics.median(theirs)
        totals = [totals[0] + pages, totals[1] + mine, totals[2] + peer]
        print(f"  {path.stem:44} {pages:4} pages {pages / mine:6.0f} / {pages / peer:6.0f}, ratio {mine / peer:.1f}")
    pages, mine, peer = int(totals[0]), totals[1], totals[2]
    print(f"  {'all':44} {pages:4} pages {pages / mine:6.0f} / {pages / peer:6.0f}, ratio {mine / peer:.1f}")


def _memory(paths: Sequence[Path], pages: int) -> None:
    """Resident memory of one process that reads so many pages, file after file, again and again."""
    import psutil

    process, read_so_far, told = psutil.Process(), 0, []
    while read_so_far < pages:
        for path in paths:
            read_so_far += len(_read(path)[0].pages)
            told.append((read_so_far, process.memory_info().rss // 1_000_000))
    steps = [next(entry for entry in told if entry[0] >= share * pages // 4) for share in (1, 2, 3, 4)]
    print("memory of one process, MB after so many pages: " + ", ".join(f"{mb} ({at})" for at, mb in steps))


def main(argv: Sequence[str]) -> int:
    """Print the reader's figures; 2 where the library is not there."""
    parser = argparse.ArgumentParser(prog="bench reading", description=__doc__)
    parser.add_argument("--library", type=Path, default=DEFAULT_LIBRARY)
    parser.add_argument("--runs", type=int, default=3, help="runs of which speeds are the medians")
    parser.add_argument("--memory-pages", type=int, default=0, help="read so many pages in one process (2000)")
    parser.add_argument("--only-speed", action="store_true", help="leave out what is right and wrong")
    parser.add_argument("--verbose", action="store_true", help="list every miss")
    options = parser.parse_args(argv)
    library: Path = options.library
    if not (library / "truth").is_dir():
        print(f"No test library at {library}: name it with --library.")
        return 2
    variants = [p for p in sorted((library / "variants").glob("*.pdf")) if "scan" not in p.name]
    reports = [library / f"{name}.pdf" for name in REPORTS]
    published = sorted((library / "real").glob("*.pdf"))
    if not options.only_speed:
        for name in REPORTS:
            _report(name, library, options.verbose)
        _scan(library)
        _stretches(reports + variants + published)
    _speed(reports + variants + published, options.runs)
    if options.memory_pages:
        _memory(reports + published, options.memory_pages)
    return 0
