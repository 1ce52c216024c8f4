"""What reading costs: pages a second beside pdftotext on the same files, and memory over a long run."""

from __future__ import annotations

import resource
import statistics
import subprocess
import time
from collections.abc import Sequence
from pathlib import Path

from bench.verdicts import Verdicts
from ingest import language, privacy, readers, structure

WANTED_SPEED = 60
"""Pages a second on two cores, from file to structured document without tagging; measured here on one."""

MAY_GROW = 0.05
"""Share by which memory may differ between the second quarter and the end: the first fills Python's own pools."""


def structured(path: Path) -> tuple[int, float]:
    """Pages and seconds of processor time from a file to its sections and passages."""
    start = time.process_time()
    reading = privacy.marked(readers.read(path.read_bytes(), path.name))
    spoken = language.detect("\n".join(page.text for page in reading.pages), hint=reading.language)
    structure.build(reading, path.stem, spoken)
    return len(reading.pages), time.process_time() - start


def speed(paths: Sequence[Path], runs: int, verdicts: Verdicts) -> None:
    """Medians of processor time, each run in turn with pdftotext on the same file."""
    print(f"pages per second of one core's time, medians of {runs} runs in turn with pdftotext -raw on the same file:")
    pages, mine, peer = 0, 0.0, 0.0
    for path in paths:
        ours, theirs, count = [], [], 0
        for _ in range(runs):
            count, seconds = structured(path)
            ours.append(seconds)
            theirs.append(_pdftotext(path))
        own, other = statistics.median(ours), statistics.median(theirs)
        pages, mine, peer = pages + count, mine + own, peer + other
        rates = f"{count / own:6.0f} / {count / other:6.0f}, ratio {own / other:.1f}"
        print(f"          {path.stem:44} {count:4} pages {rates}")
    note = f"{pages} pages; pdftotext {pages / peer:.0f}, ratio {mine / peer:.1f}"
    verdicts.told(
        "pages a second to sections and passages",
        f"{pages / mine:.0f}",
        f"≥ {WANTED_SPEED}",
        pages / mine >= WANTED_SPEED,
        note,
    )


def _pdftotext(path: Path) -> float:
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(["pdftotext", "-raw", str(path), "-"], capture_output=True, check=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def memory(paths: Sequence[Path], pages: int, verdicts: Verdicts) -> None:
    """Resident memory of one process that reads so many pages, file after file, again and again."""
    import psutil

    process, so_far, told = psutil.Process(), 0, list[tuple[int, int]]()
    while so_far < pages:
        for path in paths:
            so_far += structured(path)[0]
            told.append((so_far, process.memory_info().rss // 1_000_000))
    quarters = [next(mb for at, mb in told if at >= share * pages // 4) for share in (1, 2, 3, 4)]
    growth = quarters[3] / quarters[1] - 1
    value = ", ".join(map(str, quarters)) + " MB"
    verdicts.told(
        f"memory at the quarters of {so_far} pages", value, "flat", growth <= MAY_GROW, f"second half {growth:+.1%}"
    )
