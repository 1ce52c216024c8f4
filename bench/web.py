"""The real server under load: how long pages take one by one, and a mix of them at a steady rate.

The home is that of `bench.web_home`; the server is a process of its own, as ``fingerpost serve`` starts it, without its
rate limit.  Times are wall milliseconds as a client on this machine has them, and processor milliseconds of the server
for each page; the second do not grow with what else the machine does.  The peer (`bench.web_peer`) is a bare page on
the same kind of server, and tantivy's ten hits with four facets in one.
"""

from __future__ import annotations

import argparse
import http.client
import os
import queue
import random
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple
from urllib.parse import quote_plus, urlsplit

import numpy as np
import psutil

from bench import web_peer
from bench.search_texts import PASSAGES_PER_DOCUMENT, Texts
from bench.verdicts import Verdicts
from bench.web_home import make
from corpus.catalogue import Published
from corpus.home import Home

SERVE = "import sys; from corpus.home import Home; from webapp.server import serve; "
SERVE += "serve(Home.find(sys.argv[1]), port=0, say=lambda said: print(said, flush=True), processes=int(sys.argv[2]))"
UNLIMITED = {"FINGERPOST_REQUESTS_PER_MINUTE": "0", "FINGERPOST_COSTLY_REQUESTS_PER_MINUTE": "0"}
SEARCH_MS, DOCUMENT_MS = 120.0, 80.0
CLIENTS = 16
MIX = {
    "search": 30, "page of a document": 25, "document": 10, "passage": 10, "completion": 8, "statement": 5, "theme": 4,
    "practice": 4, "home": 4,
}  # fmt: skip
"""How often each kind of page is asked for: a person searches, reads some pages of what was found, cites a passage."""


class Taken(NamedTuple):
    """One request: what kind of page, wall milliseconds from when it was due, whether it was answered well."""

    kind: str
    ms: float
    ok: bool


class Addresses:
    """Addresses of every kind over the made-up home; questions are never asked twice."""

    def __init__(self, home: Home, passages: int, seed: int) -> None:
        catalogue = Published(home.catalogue_url)
        self._chance = random.Random(seed)
        self._documents = [f"report-{number:05d}" for number in range(passages // PASSAGES_PER_DOCUMENT)]
        some = self._chance.sample(self._documents, min(40, len(self._documents)))
        self._passages = [p.id for doc in some for p in catalogue.passages(doc)]
        self._statements = [s.id for doc in some for s in catalogue.statements(doc)]
        self._practices = catalogue.practice_ids()
        self._questions = iter(" ".join(asked.words) for asked in Texts(passages, seed).queries(12_000))

    def one(self, kind: str) -> str:
        pick, doc = self._chance.choice, self._chance.choice(self._documents)
        match kind:
            case "search":
                return f"/search?q={quote_plus(next(self._questions))}"
            case "completion":
                return f"/api/v1/suggest?q={quote_plus(next(self._questions)[:5])}"
            case "document":
                return f"/documents/{doc}"
            case "page of a document":
                return f"/documents/{doc}/pages/{self._chance.randint(1, 16)}"
            case "passage":
                return f"/passages/{pick(self._passages)}"
            case "statement":
                return f"/statements/{pick(self._statements)}"
            case "practice":
                return f"/practices/{pick(self._practices)}"
            case "theme":
                return "/themes/guardianship"
            case _:
                return "/"


class Client:
    """One connection that is kept open, as a browser keeps it."""

    def __init__(self, address: str) -> None:
        self._place = urlsplit(address).netloc
        self._connection = http.client.HTTPConnection(self._place, timeout=30)

    def get(self, path: str) -> bool:
        """Whether the page came whole and well."""
        try:
            self._connection.request("GET", path, headers={"Accept-Encoding": "gzip"})
            answer = self._connection.getresponse()
            answer.read()
        except (OSError, http.client.HTTPException):
            self._connection.close()
            return False
        return answer.status == 200


@contextmanager
def running(command: Sequence[str], settings: Mapping[str, str]) -> Iterator[tuple[str, psutil.Process]]:
    """A server as a process of its own: the address that it says, and the process."""
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env={**os.environ, **settings})
    assert process.stdout
    try:
        yield process.stdout.readline().strip().rstrip("/"), psutil.Process(process.pid)
    finally:
        process.terminate()
        process.wait(30)


def used(process: psutil.Process) -> float:
    """Processor milliseconds of a process and its children so far."""
    family = [process, *process.children(recursive=True)]
    return 1000 * sum(sum(member.cpu_times()[:2]) for member in family)


def one_by_one(address: str, process: psutil.Process, paths: Sequence[str]) -> dict[str, float]:
    """Wall and processor milliseconds of pages that are asked for one after another."""
    client, walls, before = Client(address), [], used(process)
    for path in paths:
        started = time.perf_counter()
        ok = client.get(path)
        walls.append(1000 * (time.perf_counter() - started))
        if not ok:
            raise SystemExit(f"{path} was not answered")
    p50, p95 = np.percentile(walls, [50, 95])
    return {"p50": float(p50), "p95": float(p95), "cpu": (used(process) - before) / len(paths)}


def steadily(address: str, kinds: Sequence[tuple[str, str]], rate: float) -> list[Taken]:
    """Ask so many times a second, whether or not earlier answers have come; times count from when each was due."""
    due: queue.Queue[tuple[float, str, str] | None] = queue.Queue()
    taken: list[Taken] = []

    def work() -> None:
        client = Client(address)
        while (told := due.get()) is not None:
            at, kind, path = told
            ok = client.get(path)
            taken.append(Taken(kind, 1000 * (time.perf_counter() - at), ok))

    clients = [threading.Thread(target=work, daemon=True) for _ in range(CLIENTS)]
    for client in clients:
        client.start()
    started = time.perf_counter()
    for number, (kind, path) in enumerate(kinds):
        at = started + number / rate
        time.sleep(max(0.0, at - time.perf_counter()))
        due.put((at, kind, path))
    for _ in clients:
        due.put(None)
    for client in clients:
        client.join()
    return taken


def main(argv: Sequence[str]) -> int:
    """Print the figures beside the peer's; 1 when one of them misses what is wanted."""
    parser = argparse.ArgumentParser(prog="python -m bench web", description=__doc__)
    parser.add_argument("--passages", type=int, default=100_000, help="of the made-up home")
    parser.add_argument("--keep", type=Path, help="a folder for the home and tantivy's index; what is there is kept")
    parser.add_argument("--requests", type=int, default=200, help="pages of each kind, one by one")
    parser.add_argument("--rate", type=float, default=50, help="requests a second of the mix")
    parser.add_argument("--seconds", type=float, default=120, help="how long the mix goes on; 0 leaves it out")
    parser.add_argument("--processes", type=int, default=os.cpu_count() or 1, help="that answer (one a core)")
    parser.add_argument("--seed", type=int, default=5, help="another makes another home and other questions")
    options = parser.parse_args(argv)
    with tempfile.TemporaryDirectory() as scratch:
        return _measure(options, options.keep or Path(scratch))


def _measure(options: argparse.Namespace, base: Path) -> int:
    home, verdicts = Home(base / "home"), Verdicts()
    make(home, options.passages, options.seed, lambda line: print(line, file=sys.stderr, flush=True))
    web_peer.make(base / "tantivy", options.passages, options.seed)
    ask = Addresses(home, options.passages, options.seed)
    paths = {kind: [ask.one(kind) for _ in range(options.requests)] for kind in ("search", *list(MIX)[1:3])}
    with running([sys.executable, "-m", "bench.web_peer", str(base / "tantivy")], {}) as (address, process):
        peer = {
            "search": one_by_one(address, process, paths["search"]),
            "page": one_by_one(address, process, ["/page"] * options.requests),
        }
    with running([sys.executable, "-c", SERVE, str(home.path), str(options.processes)], UNLIMITED) as (
        address,
        process,
    ):
        print(f"load of the machine: {_load()}")
        for _ in range(4 * options.processes):  # what each process works out first
            one_by_one(address, process, [ask.one(kind) for kind in MIX])
        for kind, some in paths.items():
            beside = peer["search" if kind == "search" else "page"]
            _tell(verdicts, kind, one_by_one(address, process, some), beside)
        if options.seconds:
            _tell_mix(verdicts, ask, address, process, options)
        print(f"memory of the first process: {process.memory_info().rss / 1e6:.0f} MB; load of the machine: {_load()}")
    print(verdicts.summary())
    return int(bool(verdicts.missed))


def _tell(verdicts: Verdicts, kind: str, ours: dict[str, float], beside: dict[str, float]) -> None:
    wanted = SEARCH_MS if kind == "search" else DOCUMENT_MS
    told = f"p50 {ours['p50']:.0f} ms, processor {ours['cpu']:.1f} ms; the peer's p95 {beside['p95']:.1f}"
    told += f" ms, processor {beside['cpu']:.1f} ms; {ours['cpu'] / beside['cpu']:.1f} times its processor time"
    verdicts.told(f"{kind}, p95", f"{ours['p95']:.0f} ms", f"≤ {wanted:.0f} ms", ours["p95"] <= wanted, told)


def _tell_mix(
    verdicts: Verdicts, ask: Addresses, address: str, process: psutil.Process, options: argparse.Namespace
) -> None:
    count = round(options.rate * options.seconds)
    kinds = random.Random(options.seed).choices(list(MIX), list(MIX.values()), k=count)
    asked = [(kind, ask.one(kind)) for kind in kinds]
    before, started = used(process), time.perf_counter()
    taken = steadily(address, asked, options.rate)
    seconds = time.perf_counter() - started
    failed = Counter(one.kind for one in taken if not one.ok)
    verdicts.told("failed requests", str(failed.total()), "0", not failed, f"{len(taken)} asked; {dict(failed)}")
    done = len(taken) / seconds
    verdicts.told("requests a second", f"{done:.1f}", f"≥ {options.rate:g}", done >= 0.98 * options.rate)
    p50, p95, most = np.percentile([one.ms for one in taken], [50, 95, 100])
    print(f"  the mix: p50 {p50:.0f} ms, p95 {p95:.0f} ms, longest {most:.0f} ms from when each was due;", end=" ")
    print(f"processor {(used(process) - before) / len(taken):.1f} ms a request")


def _load() -> str:
    return " ".join(f"{told:.1f}" for told in os.getloadavg()) + f" on {os.cpu_count()} cores"
