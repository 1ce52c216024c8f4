"""Feeds the real ingest with damaged files: ``python -m bench fuzz [--files N] [--seed S] FILES…``.

Every file given (PDF, HTML, DOCX, Markdown, text) is damaged again and again in ways that a seed decides: bytes
changed, cut out, doubled and moved; numbers made huge; what lies compressed in a PDF or DOCX damaged inside and packed
again; pieces of another file spliced in.  Each batch goes through plan, child processes and catalogue like any folder.
"""

from __future__ import annotations

import argparse
import io
import random
import re
import sys
import tempfile
import time
import zipfile
import zlib
from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path

from corpus.catalogue import CatalogueWriter
from corpus.home import Home
from corpus.model import IngestRecord
from corpus.settings import Settings
from ingest import pipeline

BATCH = 100
"""Files in one run of ingest: enough to keep the cores busy, few enough to find a culprit."""
PATIENCE = 10.0
"""Seconds over a file's own limit after which a run counts as hanging."""
GENERAL = "could not be read ("
"""In the reason that is given for an error which nobody foresaw."""
_STREAM = re.compile(rb"stream\r?\n(.*?)\r?\nendstream", re.DOTALL)
_NUMBER = re.compile(rb"\d+")
_TAG = re.compile(rb"<[^>]{1,200}>")
_NUMBERS = (b"0", b"-1", b"65536", b"2147483648", b"99999999999999999999", b"1e308", b"0.0000001")
_PIECES = (b"\0", b"\xff\xfe", b"\xf0\x9f\x98", b"&#xD800;", b"<div>" * 400, b"[" * 400, b"(" * 400, b"<<" * 200)

Mutator = Callable[[random.Random, bytes, bytes], bytes]
"""(source of chance, a file's bytes, another file's bytes) → damaged bytes."""


def _place(chance: random.Random, data: bytes, longest: int) -> tuple[int, int]:
    start = chance.randrange(max(len(data), 1))
    return start, min(start + chance.randrange(1, longest), len(data))


def change_bytes(chance: random.Random, data: bytes, other: bytes) -> bytes:
    """Single bytes become others."""
    damaged = bytearray(data)
    for _ in range(chance.choice((1, 4, 40, 400))):
        if damaged:
            damaged[chance.randrange(len(damaged))] = chance.randrange(256)
    return bytes(damaged)


def cut(chance: random.Random, data: bytes, other: bytes) -> bytes:
    """A stretch is missing, or everything from some place on."""
    start, end = _place(chance, data, chance.choice((20, 2000, 200_000)))
    return data[:start] + (data[end:] if chance.random() < 0.7 else b"")


def double(chance: random.Random, data: bytes, other: bytes) -> bytes:
    """A stretch stands there several times."""
    start, end = _place(chance, data, chance.choice((20, 2000, 50_000)))
    return data[:start] + data[start:end] * chance.choice((2, 3, 20)) + data[end:]


def splice(chance: random.Random, data: bytes, other: bytes) -> bytes:
    """A stretch comes from another file."""
    start, end = _place(chance, data, 20_000)
    from_, to = _place(chance, other, 20_000)
    return data[:start] + other[from_:to] + data[end:]


def insert(chance: random.Random, data: bytes, other: bytes) -> bytes:
    """Something awkward stands between."""
    start, _ = _place(chance, data, 2)
    return data[:start] + chance.choice(_PIECES) + data[start:]


def wrong_numbers(chance: random.Random, data: bytes, other: bytes) -> bytes:
    """Some numbers are huge, negative or nothing."""
    share = chance.choice((0.001, 0.01, 0.1))
    return _NUMBER.sub(lambda m: chance.choice(_NUMBERS) if chance.random() < share else m[0], data)


def shuffle_tags(chance: random.Random, data: bytes, other: bytes) -> bytes:
    """Some tags are missing, doubled or another one's."""
    tags = _TAG.findall(data) or [b"<p>"]
    share = chance.choice((0.01, 0.1))

    def damaged(match: re.Match[bytes]) -> bytes:
        if chance.random() >= share:
            return match[0]
        return chance.choice((b"", match[0] * 2, chance.choice(tags)))

    return _TAG.sub(damaged, data)


PLAIN: tuple[Mutator, ...] = (change_bytes, cut, double, splice, insert, wrong_numbers)


def inside_streams(chance: random.Random, data: bytes, other: bytes) -> bytes:
    """What a PDF's compressed streams hold is damaged and packed again."""
    share = chance.choice((0.05, 0.5))

    def damaged(match: re.Match[bytes]) -> bytes:
        if chance.random() >= share:
            return match[0]
        try:
            content = zlib.decompress(match[1])
        except zlib.error:
            return match[0]
        packed = zlib.compress(chance.choice(PLAIN)(chance, content, other), 1)
        return b"stream\n" + packed + b"\nendstream"

    return _STREAM.sub(damaged, data)


def inside_zip(chance: random.Random, data: bytes, other: bytes) -> bytes:
    """What a DOCX's or archive's members hold is damaged and packed again."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as source:
            members = {name: source.read(name) for name in source.namelist()}
    except (zipfile.BadZipFile, zlib.error, ValueError, EOFError, NotImplementedError, RuntimeError, OSError):
        return data  # damaged before: what it holds cannot be had any more
    out = io.BytesIO()
    victims = set(chance.sample(sorted(members), k=min(len(members), chance.choice((1, 2, len(members))))))
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
        for name, content in members.items():
            damage = chance.choice((*PLAIN, shuffle_tags))
            target.writestr(name, damage(chance, content, other) if name in victims else content)
    return out.getvalue()


def mutators(data: bytes) -> tuple[Mutator, ...]:
    """The ways to damage a file of this content."""
    if data.startswith(b"PK"):
        return (*PLAIN, inside_zip, inside_zip, inside_zip)
    if b"%PDF-" in data[:1024]:
        return (*PLAIN, inside_streams, inside_streams, inside_streams)
    return (*PLAIN, shuffle_tags, shuffle_tags)


def damaged_files(sources: Sequence[Path], folder: Path, numbers: range, seed: int) -> list[Path]:
    """Write the damaged files with these numbers; the same number and seed always give the same bytes."""
    written = []
    originals = [path.read_bytes() for path in sources]
    for number in numbers:
        chance = random.Random(f"{seed}/{number}")
        which = number % len(sources)
        data = originals[which]
        for _ in range(chance.choice((1, 1, 2, 3))):
            data = chance.choice(mutators(originals[which]))(chance, data, chance.choice(originals))
        path = folder / f"{number:05}-{sources[which].name}"
        path.write_bytes(data)
        written.append(path)
    return written


def run_batch(paths: Sequence[Path], folder: Path) -> tuple[list[IngestRecord], float]:
    """Ingest files into a home of their own; returns their records and the seconds it took."""
    started = time.monotonic()
    home = Home(folder)
    with home.writing(), CatalogueWriter(home.catalogue_url) as writer:
        run = pipeline.prepare(home, writer, paths)
        steps = list(pipeline.ingest(home, writer, run))
    return [step.record for step in steps], time.monotonic() - started


def main(argv: Sequence[str]) -> int:
    """Print the outcomes by kind and the slowest files; 1 where a file has no record or one took over its limit."""
    parser = argparse.ArgumentParser(prog="bench fuzz", description=__doc__)
    parser.add_argument("sources", nargs="+", type=Path, metavar="FILES", help="sound files to damage")
    parser.add_argument("--files", type=int, default=2000)
    parser.add_argument("--first", type=int, default=0, help="begin at this number, to repeat a single case")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--keep", type=Path, help="a folder in which the damaged files stay")
    options = parser.parse_args(argv)
    outcomes: Counter[str] = Counter()
    total = general = 0
    slowest: list[tuple[float, str]] = []
    without = 0
    started = time.monotonic()
    for first in range(options.first, options.first + options.files, BATCH):
        numbers = range(first, min(first + BATCH, options.first + options.files))
        with tempfile.TemporaryDirectory() as place:
            folder = options.keep or Path(place) / "in"
            folder.mkdir(parents=True, exist_ok=True)
            paths = damaged_files(options.sources, folder, numbers, options.seed)
            records, _ = run_batch(paths, Path(place) / "home")
        without += sum(not any(r.input.startswith(str(path)) for r in records) for path in paths)
        total += len(records)
        general += sum(GENERAL in record.reason for record in records)
        for record in records:
            outcomes[_kind(record)] += 1
            slowest.append((record.seconds, Path(record.input).name))
        slowest = sorted(slowest, reverse=True)[:5]
        told = f"{numbers.stop - options.first} files, {total} records, {general} general, {without} without"
        print(f"{told}, {time.monotonic() - started:.0f} s", file=sys.stderr, flush=True)
    seconds = time.monotonic() - started
    print(f"{options.files} damaged files of {len(options.sources)}, seed {options.seed}: {seconds:.0f} s")
    for kind, count in outcomes.most_common():
        print(f"  {count:5}  {kind}")
    print("slowest: " + ", ".join(f"{name} {seconds:.1f} s" for seconds, name in slowest))
    print(f"{total} records, {without} files without one, {general} reasons of the general kind")
    return int(without > 0 or slowest[0][0] > Settings().child_seconds + PATIENCE)


def _kind(record: IngestRecord) -> str:
    """A record's outcome without the details that differ from file to file; those of a general reason are kept."""
    if record.status == "ok":
        return "ok"
    if GENERAL in record.reason:
        return f"{record.stage}: {record.reason} {Path(record.input).name}"
    return re.sub(r"\d+", "#", re.sub(r"\(.*\)", "(…)", f"{record.stage}: {record.reason}"))
