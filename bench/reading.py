"""The readers held against known texts: ``python -m bench reading [--library DIR] [--verbose]``.

Needs the test library (``../shared/library`` beside the checkout): ``truth/*.jsonl`` (first and last words, headings,
notes, labels of every page), ``text/*.txt`` (the whole text, notes and side boxes inside), the documents' variants, and
poppler's ``pdftotext``.  Every figure that the issue on reading asks for is printed with what is wanted and a mark.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from bench import costs, variants
from bench.verdicts import Verdicts
from bench.wording import (
    joined,
    known_running,
    known_words,
    letters,
    of_all,
    ordered_recall,
    running,
    shares,
    words,
)
from corpus.model import BlockKind, Page
from ingest import readers
from ingest.reading import Reading

DEFAULT_LIBRARY = Path(__file__).resolve().parents[2] / "shared" / "library"
REPORTS = ("romia-final-evaluation", "iom-children-evaluation")
WINDOW = 160
"""Words of a stretch whose trigrams are looked for on its page: the size of a passage."""
EDGE_LINES = 2
"""So many lines at the head and at the foot of a page may be header and footer."""
WANTED = {
    "first words": 0.98,
    "last words": 0.98,
    "heading recall": 0.97,
    "heading precision": 0.97,
    "heading level": 0.95,
    "footnotes": 1.0,
    "label": 1.0,
    "side boxes": 1.0,
    "header and footer left out": 1.0,
}
"""What the issue wants of each count."""
_OTHER_ORDER = (BlockKind.FURNITURE, BlockKind.TABLE)
"""What pdftotext reads in an order of its own: tables column by column or in turns, contents with their dots."""


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


def score_page(page: Page, truth: dict[str, Any], score: Score) -> None:
    """One page against its line of truth."""
    where = f"p {page.number}"
    text = "".join(running(page))
    first, last = letters(truth["body"]["first"]), letters(truth["body"]["last"])
    score.count("first words", text.startswith(first), f"{where}: {first[:40]!r} / {text[:60]!r}")
    score.count("last words", text.endswith(last), f"{where}: {last[-40:]!r} / {text[-60:]!r}")
    score.count("label", page.label == truth["label"], f"{where}: {truth['label']} / {page.label}")
    _score_headings(page, truth, score, where)
    known = [str(n) for n in truth["footnotes"]]
    mine = [b.label for b in page.footnotes if b.label]
    score.count("footnotes", known == mine, f"{where}: {known} / {mine}")
    sides = [letters(b.text) for b in page.blocks if b.side]
    for box in truth.get("side_boxes", ()):
        ends = (letters(box["first"]), letters(box["last"]))
        whole = any(s.startswith(ends[0]) and s.endswith(ends[1]) for s in (*sides, "".join(sides)))
        score.count("side boxes", whole, f"{where}: {box['box']}")


def _score_headings(page: Page, truth: dict[str, Any], score: Score, where: str) -> None:
    known = {letters(h["text"]): h for h in truth["headings"]}
    mine = {letters(b.text): b for b in page.headings}
    for key, heading in known.items():
        score.count("heading recall", key in mine, f"{where}: {heading['text']}")
        if key in mine:
            level = mine[key].level
            score.count(
                "heading level", level == heading["level"], f"{where}: {heading['text']} {heading['level']} / {level}"
            )
    for key, block in mine.items():
        score.count("heading precision", key in known, f"{where}: {block.text[:80]}")


def score_furniture(reading: Reading, pages: Sequence[str], score: Score) -> None:
    """No block begins or ends with a line that stands at the head or foot of most pages (as pdftotext tells them)."""
    edges = [_edges(page) for page in pages]
    often = Counter(key for own in edges for key in {_key(line) for line in own})
    for page, own in zip(reading.pages, edges, strict=True):
        lines = [letters(line) for line in own if often[_key(line)] > len(pages) / 2]
        blocks = [letters(block.text) for block in page.running]
        kept = [ln for ln in lines if ln and any(b.startswith(ln) or b.endswith(ln) for b in blocks)]
        if lines:
            score.count("header and footer left out", not kept, f"p {page.number}: {kept}")


def _edges(page: str) -> list[str]:
    lines = [line for line in page.splitlines() if line.strip()]
    return [*lines[:EDGE_LINES], *lines[-EDGE_LINES:]]


def _key(line: str) -> str:
    return "".join("#" if letter.isdigit() else letter for letter in letters(line))


def _report(name: str, library: Path, verdicts: Verdicts, verbose: bool) -> None:
    path = library / f"{name}.pdf"
    reading = _read(path)
    score = Score()
    lines = (library / "truth" / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()
    truth: list[dict[str, Any]] = [json.loads(line) for line in lines]
    for page, known in zip(reading.pages, truth, strict=True):
        score_page(page, known, score)
    score_furniture(reading, variants.drawn_text(path, "-raw").split("\f")[: len(truth)], score)
    print(f"{name}: {len(reading.pages)} pages, title {reading.title!r}")
    for key, wanted in WANTED.items():
        if score.total[key]:
            verdicts.share(key, score.share(key), wanted, f"{score.right[key]} of {score.total[key]}")
    _words(reading, (library / "text" / f"{name}.txt").read_text(encoding="utf-8"), truth, verdicts)
    if verbose:
        print("".join(f"    {miss}\n" for miss in score.misses), end="")


def _words(reading: Reading, text: str, truth: Sequence[dict[str, Any]], verdicts: Verdicts) -> None:
    """Words against the known text: as bags, and in order by both meanings that running text has.

    The known text holds each side box inside the flow, where the paper has it.  DESIGN gives a page's side boxes last,
    so that the first measure charges every one of them; the library's README sets them aside, as the second does.
    """
    boxes = [(box["first"], box["last"]) for page in truth for box in page.get("side_boxes", ())]
    recall, precision = shares(of_all(reading.pages), known_words(text))
    verdicts.share("word recall", recall, 0.995, "notes and side boxes included")
    verdicts.share("word precision", precision, 0.995)
    last = ordered_recall(joined(reading.pages, sides=True), known_running(text))
    verdicts.share("ordered recall, side boxes last on our side (DESIGN)", last, 0.985, "inside the flow in the text")
    apart = ordered_recall(joined(reading.pages, sides=False), known_running(text, boxes))
    verdicts.share("ordered recall, side boxes on neither side (README)", apart, 0.985, f"{len(boxes)} side boxes")


def _read(path: Path) -> Reading:
    return readers.read(path.read_bytes(), path.name)


def trigram_shares(reading: Reading, path: Path) -> list[float]:
    """For every stretch of WINDOW words of running text: the share of its trigrams in pdftotext's text of its page.

    Compared letter by letter: pdftotext glues and parts words at line ends by rules of its own.
    """
    found = []
    for page, drawn in zip(reading.pages, variants.drawn_text(path).split("\f"), strict=False):
        there = letters(drawn)
        own = words("\n".join(b.text for b in page.running if b.kind not in _OTHER_ORDER))
        for start in range(0, len(own), WINDOW):
            grams = _trigrams(own[start : start + WINDOW])
            if grams:
                found.append(sum(gram in there for gram in grams) / len(grams))
    return found


def _trigrams(tokens: Sequence[str]) -> list[str]:
    return ["".join(three) for three in zip(tokens, tokens[1:], tokens[2:], strict=False)]


def _stretches(paths: Iterable[Path]) -> None:
    print(f"trigrams of stretches of {WINDOW} words (tables apart) found in pdftotext's page (nothing is asked of it):")
    for path in paths:
        found = trigram_shares(_read(path), path)
        good = sum(s >= 0.95 for s in found) / len(found) if found else 1.0
        mean = sum(found) / len(found) if found else 1.0
        print(f"          {path.stem:44} {len(found):5} stretches, {good:.3f} with ≥ 95 %, mean {mean:.3f}")


def main(argv: Sequence[str]) -> int:
    """Print the readers' figures; 1 where one misses what is wanted, 2 where the library is not there."""
    parser = argparse.ArgumentParser(prog="bench reading", description=__doc__)
    parser.add_argument("--library", type=Path, default=DEFAULT_LIBRARY)
    parser.add_argument("--runs", type=int, default=3, help="runs of which speeds are the medians")
    parser.add_argument(
        "--memory-pages", type=int, default=2000, help="pages read in one process for its memory; 0: none"
    )
    parser.add_argument(
        "--only", choices=("right", "costs"), help="what is right and wrong alone, or what it costs alone"
    )
    parser.add_argument("--verbose", action="store_true", help="list every miss")
    options = parser.parse_args(argv)
    library: Path = options.library
    if not (library / "truth").is_dir():
        print(f"No test library at {library}: name it with --library.")
        return 2
    verdicts = Verdicts()
    editions = [p for p in sorted((library / "variants").glob("*.pdf")) if "scan" not in p.name]
    reports = [library / f"{name}.pdf" for name in REPORTS]
    published = sorted((library / "real").glob("*.pdf"))
    if options.only != "costs":
        for name in REPORTS:
            _report(name, library, verdicts, options.verbose)
        variants.measure(library, verdicts)
        _stretches(reports + editions + published)
    if options.only != "right":
        costs.speed(reports + editions + published, options.runs, verdicts)
        if options.memory_pages:
            costs.memory(reports + published, options.memory_pages, verdicts)
    print(verdicts.summary())
    return int(bool(verdicts.missed))
