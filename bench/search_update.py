"""Seconds until a report that is added or replaced in a large index is found by its words, by a reader beside it.

The reader asks as the web does: before every search whether there is a newer commit, and if so it opens it.  Small
reports come and go in turn, so that segments are merged again and again, as they are in daily use.
"""

from __future__ import annotations

import argparse
import multiprocessing
import shutil
import tempfile
import time
from collections.abc import Sequence
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

import msgspec
import numpy as np

from bench.search_texts import PASSAGES_PER_DOCUMENT, Texts
from bench.verdicts import Verdicts
from index.engine import Question, Thing, Wanted
from index.generations import Generations
from index.whoosh_engine import WhooshEngine

FOUND_WITHIN_S = 0.5
REPORTS = 12
"""Reports that are replaced in turn; the first time each is added."""

PAUSE_S = 0.01
"""Between two questions of the reader."""


def _word(update: int) -> str:
    """A word that only the report of one update has, in every passage."""
    return f"lantern{update}mark"


def _things(texts: Texts, update: int) -> tuple[str, list[Thing]]:
    number = 1_000_000 + update % REPORTS
    things = texts.document(number, PASSAGES_PER_DOCUMENT, edition=update)
    marked = [msgspec.structs.replace(thing, body=f"{_word(update)} {thing.body}") for thing in things]
    return things[0].owner, marked


def _read(folder: Path, told: Connection) -> None:
    """Look for the word that is told until its whole report is found, and say when; None ends it."""
    generations = Generations(folder, WhooshEngine(), "bench")
    mark, snapshot = generations.mark(), generations.open()
    told.send(0.0)
    while (update := told.recv()) is not None:
        question, longest = Question(wanted=(Wanted((_word(update),)),), counted=("theme",)), 0.0
        while True:
            asked = time.time()
            if (now := generations.mark()) != mark:
                mark, snapshot = now, generations.open()
            found = snapshot.search(question).total
            longest = max(longest, time.time() - asked)
            if found == PASSAGES_PER_DOCUMENT:
                break
            time.sleep(PAUSE_S)
        told.send((time.time(), longest))


def measure(folder: Path, size: int, updates: int) -> dict[str, Any]:
    """Figures of ``updates`` updates in an index of ``size`` passages in ``folder``, which is built if it is empty."""
    texts, generations = Texts(size), Generations(folder, WhooshEngine(), "bench")
    if generations.current() is None:
        generations.build(["all"], lambda _: (thing for things in texts.documents() for thing in things), 1)
    here, there = multiprocessing.get_context("spawn").Pipe()
    reader = multiprocessing.get_context("spawn").Process(target=_read, args=(folder, there))
    reader.start()
    there.close()
    here.recv()
    found_after, written_after, used, longest = list[float](), list[float](), list[float](), list[float]()
    revision = generations.open().revision
    for update in range(updates):
        owner, things = _things(texts, update)
        here.send(update)
        started, processor = time.time(), time.process_time()
        generations.update([owner], things, revision + 1 + update)
        written_after.append(time.time() - started)
        used.append(time.process_time() - processor)
        found_at, answer = here.recv()
        found_after.append(found_at - started)
        longest.append(answer)
    here.send(None)
    reader.join()
    return {"found": found_after, "written": written_after, "processor": used, "longest answer": longest}


def main(argv: Sequence[str]) -> int:
    """Update again and again beside a reader; 1 when what is written is found too late."""
    parser = argparse.ArgumentParser(prog="python -m bench search_update", description=__doc__)
    parser.add_argument("--passages", type=int, default=100_000, help="in the index before the first update")
    parser.add_argument("--updates", type=int, default=50, help="reports of 50 passages, one after the other")
    parser.add_argument("--keep", type=Path, help="a folder for the index; one that is there is not built again")
    options = parser.parse_args(argv)
    folder = options.keep or Path(tempfile.mkdtemp())
    try:
        told = measure(folder, options.passages, options.updates)
    finally:
        if options.keep is None:
            shutil.rmtree(folder, ignore_errors=True)
    verdicts = Verdicts()
    for name, seconds in told.items():
        p50, p95, top = np.percentile(seconds, [50, 95, 100])
        print(f"  {name:16} median {p50:.3f} s, p95 {p95:.3f} s, longest {top:.3f} s")
    late = float(np.percentile(told["found"], 95))
    verdicts.told("found by words, p95", f"{late:.2f} s", f"≤ {FOUND_WITHIN_S} s", late <= FOUND_WITHIN_S)
    print(verdicts.summary())
    return int(bool(verdicts.missed))
