"""SIGKILL at random moments of ingest and of rebuild: the catalogue and the index stay wholly before or wholly after.

Each round starts the real command in a process group of its own, kills the whole group after a random time, and then
checks: the catalogue opens, every document in it is whole (as many pages, passages and statements as a quiet run gives,
its original there), the index opens and answers with the counts of one catalogue revision.  At the end one run is let
finish and everything must agree.
"""

from __future__ import annotations

import argparse
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from corpus.catalogue import Catalogue
from corpus.checkup import checkup
from corpus.errors import IndexMissing
from corpus.home import Home
from index import library
from index.answer import Request

Size = tuple[int, int, int]


def command(home: Path, *words: str) -> list[str]:
    return [sys.executable, "-m", "cli.main", *words, "--home", str(home)]


def run_whole(home: Path, *words: str) -> float:
    """Run a command to its end; returns its seconds."""
    started = time.monotonic()
    subprocess.run(command(home, *words), check=True, stdout=subprocess.DEVNULL)
    return time.monotonic() - started


def run_killed(home: Path, after: float, *words: str) -> bool:
    """Start a command and kill its process group ``after`` seconds; returns whether it was still running."""
    process = subprocess.Popen(
        command(home, *words), start_new_session=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    try:
        process.wait(after)
        return False
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        return True


def sizes(home: Path) -> dict[str, Size]:
    """Pages, passages and statements of every document that was read."""
    with Catalogue(Home(home).catalogue_url) as catalogue:
        return {
            doc: (len(catalogue.pages(doc)), len(catalogue.passages(doc)), len(catalogue.statements(doc)))
            for doc in catalogue.document_ids()
        }


def faults(home: Path, whole: dict[str, Size]) -> list[str]:
    """What is broken after a kill."""
    place = Home(home)
    found = [f"{doc} is {size}, not {whole.get(doc)}" for doc, size in sizes(home).items() if size != whole.get(doc)]
    with Catalogue(place.catalogue_url) as catalogue:
        found += [w for w in checkup(place, catalogue).wrong if "an original that no document has" not in w]
    try:
        answer = library.Library(place).search(Request(limit=0))
    except IndexMissing:
        return found
    passages = sum(size[1] for size in whole.values())
    per_document = Counter({v.value: v.count for v in answer.facets.get("doc", ())})
    if answer.total > passages:
        found.append(f"the index answers with {answer.total} passages, more than there are ({passages})")
    for doc, count in per_document.items():
        if count != whole[doc][1]:
            found.append(f"the index has {count} passages of {doc}, not {whole[doc][1]}")
    return found


def main(argv: Sequence[str]) -> int:
    """Run the benchmark; 1 when anything was found broken."""
    parser = argparse.ArgumentParser(prog="python -m bench kills", description=__doc__)
    parser.add_argument("files", nargs="+", help="the files to ingest")
    parser.add_argument("--kills", type=int, default=100, help="of each verb, while it runs")
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args(argv)
    chance = random.Random(options.seed)
    broken: list[str] = []
    struck = dict.fromkeys(("ingest", "rebuild"), 0)
    with tempfile.TemporaryDirectory() as folder:
        quiet = Path(folder) / "quiet"
        seconds = {"ingest": run_whole(quiet, "ingest", *options.files)}
        seconds["rebuild"] = run_whole(quiet, "rebuild")
        whole = sizes(quiet)
        home = Path(folder) / "home"
        rounds = 0
        while min(struck.values()) < options.kills:
            rounds += 1
            verb = min(struck, key=lambda verb: struck[verb])
            if verb == "ingest" and set(sizes(home) if home.exists() else {}) == set(whole):
                home = Path(folder) / f"home-{rounds}"
            words = options.files if verb == "ingest" else []
            struck[verb] += run_killed(home, chance.uniform(0.05, seconds[verb] * 1.05), verb, *words)
            broken += [f"round {rounds} ({verb}): {fault}" for fault in faults(home, whole)]
        run_whole(home, "ingest", *options.files)
        broken += [f"after the last run: {fault}" for fault in faults(home, whole)]
        if sizes(home) != whole:
            broken.append("after the last run: not every document is there")
        place = Home(home)
        with Catalogue(place.catalogue_url) as catalogue:
            broken += [f"after the last run: {w}" for w in library.disagreements(place, catalogue)]
    print(f"{rounds} rounds, killed while running: {struck}; broken: {len(broken)}")
    print(*broken, sep="\n")
    return 1 if broken else 0
