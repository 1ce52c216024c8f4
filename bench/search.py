"""Searching measured beside tantivy, SQLite FTS5 and plain Whoosh, on the same made-up collection in one run.

Every engine has a process of its own; they are asked in turn, query by query, so that what else the machine does falls
on all alike.  Times of searches are processor milliseconds (of all threads); those of building and opening are seconds
and milliseconds by the clock.
"""

from __future__ import annotations

import argparse
import json
import multiprocessing
import sys
import tempfile
import time
from collections.abc import Sequence
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

import numpy as np

from bench.search_engines import ENGINES, MODES, disk_mb, folder_of
from bench.search_texts import Texts

SLOW = {"whoosh": 5, "fts5": 20}
"""Engines that are asked only so many queries of each kind: they would take as long as all others together."""

Told = dict[str, Any]


def _build(name: str, folder: Path, size: int, seed: int, reply: Connection) -> None:
    # Made before the clock starts: an engine is not to pay for the text.
    documents = list(Texts(size, seed).documents())
    started, used = time.perf_counter(), time.process_time()
    ENGINES[name]().build(folder, documents)
    reply.send({"build_s": time.perf_counter() - started, "build_cpu_s": time.process_time() - used})


def _serve(name: str, folder: Path, asked: Connection) -> None:
    """Open the index, answer one query, warm up as the web does, then answer all that are asked; None ends it."""
    import psutil

    engine = ENGINES[name]()
    first = asked.recv()
    started = time.perf_counter()
    engine.open(folder)
    opened = time.perf_counter()
    engine.search(*first)
    answered = time.perf_counter()
    asked.send({"open_ms": 1000 * (opened - started), "first_ms": 1000 * (answered - started)})
    engine.warm_up()
    while (question := asked.recv()) is not None:
        begun = time.process_time()
        engine.search(*question)
        asked.send(1000 * (time.process_time() - begun))
    asked.send(psutil.Process().memory_info().rss / 1e6)


def _quantiles(times: Sequence[float]) -> dict[str, float]:
    p50, p95 = np.percentile(times, [50, 95])
    return {"p50_ms": round(float(p50), 3), "p95_ms": round(float(p95), 3)}


def measure(size: int, queries: int, seed: int, names: Sequence[str], base: Path, say: Any) -> dict[str, Told]:
    """Build every engine's index over ``size`` passages and ask them all the same, in turn."""
    context = multiprocessing.get_context("spawn")
    told: dict[str, Told] = {}
    for name in names:
        told[name] = {}
        folder = folder_of(base, name)
        if name == "whoosh" or (folder.exists() and any(folder.iterdir())):
            continue
        folder.mkdir(parents=True, exist_ok=True)
        here, there = context.Pipe()
        worker = context.Process(target=_build, args=(name, folder, size, seed, there))
        worker.start()
        there.close()  # so that a worker that dies is noticed
        told[name] |= {key: round(value, 2) for key, value in here.recv().items()}
        worker.join()
        say(f"{name}: built in {told[name]['build_s']:.1f} s ({size / told[name]['build_s']:.0f} passages/s)")
    for name in names:
        told[name]["disk_mb"] = round(disk_mb(folder_of(base, name)), 1)
    log = Texts(size, seed).queries(queries + 1)
    pipes, workers = {}, []
    for name in names:
        pipes[name], there = context.Pipe()
        workers.append(context.Process(target=_serve, args=(name, folder_of(base, name), there)))
        workers[-1].start()
        there.close()
        pipes[name].send((log[0], "top10"))
        told[name] |= {key: round(value, 1) for key, value in pipes[name].recv().items()}
    times: dict[str, dict[str, list[float]]] = {name: {} for name in names}
    for at, asked in enumerate(log[1:]):
        # The first to be asked pays for words that nobody has asked for yet: each mode is the first in its turn.
        turned = MODES[at % len(MODES) :] + MODES[: at % len(MODES)]
        for mode in ("phrases",) if asked.phrase else turned:
            for name in names if at % 2 else reversed(names):
                taken = times[name].setdefault(mode, [])
                if len(taken) < SLOW.get(name, queries):
                    pipes[name].send((asked, "top10" if mode == "phrases" else mode))
                    taken.append(pipes[name].recv())
    for name, worker in zip(names, workers, strict=True):
        pipes[name].send(None)
        told[name] |= {mode: _quantiles(taken) for mode, taken in times[name].items()}
        told[name]["rss_mb"] = round(pipes[name].recv(), 1)
        worker.join()
    return told


def main(argv: Sequence[str]) -> int:
    """Build, ask, and print the figures with their ratios to tantivy's."""
    parser = argparse.ArgumentParser(prog="python -m bench search", description=__doc__)
    parser.add_argument("--passages", type=int, default=10_000, help="of the made-up collection")
    parser.add_argument("--queries", type=int, default=300, help="of the log, one in six a phrase")
    parser.add_argument("--seed", type=int, default=5, help="another makes another collection and log")
    parser.add_argument("--engines", default=",".join(ENGINES), help="which, parted by commas")
    parser.add_argument("--json", action="store_true", help="one line, as 'bench search_plot' takes it")
    parser.add_argument("--keep", type=Path, help="a folder for the indexes; those that are there are not built again")
    options = parser.parse_args(argv)
    names = [name for name in options.engines.split(",") if name in ENGINES]

    def say(line: str) -> None:
        print(line, file=sys.stderr, flush=True)

    with tempfile.TemporaryDirectory() as scratch:
        base = options.keep or Path(scratch)
        told = measure(options.passages, options.queries, options.seed, names, base, say)
    if options.json:
        print(json.dumps({"passages": options.passages, **told}))
    else:
        _print(told)
    return 0


def _print(told: dict[str, Told]) -> None:
    kinds = [*MODES, "phrases"]
    print(f"{'':12}" + "".join(f"{kind:>20}" for kind in kinds) + "   build s  disk MB  open ms  first ms  rss MB")
    for name, figures in told.items():
        cells = [f"{figures[k]['p50_ms']:.2f}/{figures[k]['p95_ms']:.2f}" if k in figures else "" for k in kinds]
        rest = [figures.get(key, float("nan")) for key in ("build_s", "disk_mb", "open_ms", "first_ms", "rss_mb")]
        print(f"{name:12}" + "".join(f"{cell:>20}" for cell in cells) + "".join(f"{value:10.1f}" for value in rest))
    if {"fingerpost", "tantivy"} <= set(told):
        ours, theirs = told["fingerpost"], told["tantivy"]
        ratios = [f"{kind} {ours[kind]['p95_ms'] / theirs[kind]['p95_ms']:.2f}" for kind in kinds]
        print("p95 to tantivy's: " + ", ".join(ratios))
