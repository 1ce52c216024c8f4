"""Four readers under load while documents come and go: no failed request, no wrong total, memory flat.

Every revision of the index holds a known number of passages with a certain word, so that each reader can tell from the
revision that it reads whether a total or a facet's counts are right.
"""

from __future__ import annotations

import argparse
import multiprocessing
import random
import shutil
import tempfile
import time
from collections.abc import Iterator, Sequence
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

import msgspec

from bench.search_engines import Fingerpost
from bench.search_texts import Texts
from bench.verdicts import Verdicts
from index.engine import Question, Thing, Wanted
from index.generations import Generations
from index.whoosh_engine import WhooshEngine

READERS = 4
COMING_AND_GOING = 8
"""Documents that are added, replaced and removed in turn."""

MARK = "lanternmark"
"""A word that only they have, once in every passage."""

MAY_GROW = 0.10
"""Share by which a reader's memory may differ between the first half's end and the end."""

REBUILT_EVERY = 50


def _passages_at(revision: int, place: int) -> int:
    """How many passages a document has at a revision: none before its first turn and in every other of its turns."""
    turn = (revision - place) // COMING_AND_GOING
    return 0 if revision < place or turn % 3 == 2 else 5 + (turn * 7 + place) % 20


def _document(texts: Texts, revision: int, place: int) -> list[Thing]:
    count = _passages_at(revision, place)
    things = texts.document(1_000_000 + place, count, edition=revision)[1:] if count else []
    return [msgspec.structs.replace(thing, body=f"{MARK} {thing.body}") for thing in things]


def _expected(revision: int) -> int:
    return sum(_passages_at(revision, place) for place in range(COMING_AND_GOING))


def _write(folder: Path, size: int, until: float, reply: Connection) -> None:
    texts, generations = Texts(size), Generations(folder, WhooshEngine(), "bench")
    times = []
    revision = 1
    while time.time() < until:
        revision += 1
        started = time.perf_counter()
        if revision % REBUILT_EVERY == 0:
            at = revision
            generations.build(["all"], lambda _, at=at: _everything(texts, at), revision)  # type: ignore[misc]
        else:
            place = revision % COMING_AND_GOING
            things = _document(texts, revision, place)
            generations.update([f"report-{1_000_000 + place:05d}"], things, revision)
            times.append(time.perf_counter() - started)
        time.sleep(0.2)
    reply.send((revision - 1, sorted(times)))


def _everything(texts: Texts, revision: int) -> Iterator[Thing]:
    for things in texts.documents():
        yield from things
    for place in range(COMING_AND_GOING):
        # A document is as it was at its last turn.
        yield from _document(texts, revision - (revision - place) % COMING_AND_GOING, place)


def _read(folder: Path, size: int, until: float, seed: int, reply: Connection) -> None:
    import psutil

    chance, memory = random.Random(seed), list[float]()
    log = Texts(size).queries(200)
    generations, asking = Generations(folder, WhooshEngine(), "bench"), Fingerpost()
    mark, snapshot = None, generations.open()
    asked, wrong, failed = 0, list[str](), list[str]()
    known = Question(wanted=(Wanted((MARK,)),), limit=10, counted=("doc",))
    while time.time() < until:
        try:
            if (now := generations.mark()) != mark:
                mark, snapshot = now, generations.open()
            snapshot.search(asking.question(chance.choice(log), "facets"))
            found = snapshot.search(known)
            right = _expected(snapshot.revision)
            if found.total != right or sum(found.facets["doc"].values()) != right:
                wrong.append(f"revision {snapshot.revision}: {found.total} instead of {right}")
        except Exception as error:  # whatever happens is to be told
            failed.append(repr(error))
        asked += 2
        if asked % 500 == 0:
            memory.append(psutil.Process().memory_full_info().uss / 1e6)
    reply.send((asked, wrong, failed, memory))


def main(argv: Sequence[str]) -> int:
    """Run readers and a writer for some minutes; 1 when a figure misses."""
    parser = argparse.ArgumentParser(prog="python -m bench search_load", description=__doc__)
    parser.add_argument("--minutes", type=float, default=10, help="how long they read and write")
    parser.add_argument("--passages", type=int, default=10_000, help="in the index")
    options = parser.parse_args(argv)
    folder = Path(tempfile.mkdtemp())
    try:
        return _run(folder, options.passages, options.minutes)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _run(folder: Path, size: int, minutes: float) -> int:
    texts = Texts(size)
    Generations(folder, WhooshEngine(), "bench").build(["all"], lambda _: _everything(texts, 1), 1)
    until = time.time() + 60 * minutes
    context: Any = multiprocessing.get_context("spawn")
    pipes, workers = [], []
    for number in range(READERS + 1):
        here, there = context.Pipe()
        target, extra = (_write, ()) if number == READERS else (_read, (number,))
        workers.append(context.Process(target=target, args=(folder, size, until, *extra, there)))
        workers[-1].start()
        there.close()
        pipes.append(here)
    told = [pipe.recv() for pipe in pipes]
    for worker in workers:
        worker.join()
    commits, times = told.pop()
    verdicts = Verdicts()
    wrong, failed = ([line for reader in told for line in reader[at]] for at in (1, 2))
    asked = sum(reader[0] for reader in told)
    verdicts.told("failed requests", str(len(failed)), "0", not failed, f"{asked} asked; {failed[:2]}")
    verdicts.told("wrong totals and counts", str(len(wrong)), "0", not wrong, f"{commits} commits; {wrong[:2]}")
    for number, (*_, memory) in enumerate(told):
        middle = len(memory) // 2
        half, end = (max(some, default=0) for some in (memory[middle : middle + 3], memory[-3:]))
        value = f"{half:.0f} → {end:.0f} MB"
        verdicts.told(f"own memory of reader {number}", value, "flat", end <= half * (1 + MAY_GROW))
    print(f"  an update beside them: median {times[len(times) // 2]:.2f} s, longest {times[-1]:.2f} s")
    print(verdicts.summary())
    return int(bool(verdicts.missed))
