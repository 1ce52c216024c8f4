"""From files to searchable documents with the real command, in turn with pdftotext on the same files."""

from __future__ import annotations

import argparse
import json
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path


def seconds_of(commands: Sequence[Sequence[str]]) -> tuple[float, str]:
    """Wall seconds of running commands one after the other, and the last one's standard output."""
    started = time.perf_counter()
    output = ""
    for command in commands:
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        output = done.stdout
    return time.perf_counter() - started, output


def main(argv: Sequence[str]) -> int:
    """Print pages, seconds, pages per second and the ratio to pdftotext (medians); 1 when a file failed."""
    parser = argparse.ArgumentParser(prog="python -m bench ingest", description=__doc__)
    parser.add_argument("files", nargs="+", type=Path, help="PDF files")
    parser.add_argument("--runs", type=int, default=3)
    options = parser.parse_args(argv)
    ours, skips, peers = [], [], []
    lines: list[dict[str, object]] = []
    for _ in range(options.runs):
        with tempfile.TemporaryDirectory() as home:
            names = [str(f) for f in options.files]
            command = [sys.executable, "-m", "cli.main", "ingest", *names, "--json", "--home", home]
            seconds, output = seconds_of([command])
            ours.append(seconds)
            lines = [json.loads(line) for line in output.splitlines()]
            skips.append(seconds_of([command])[0])
        peers.append(seconds_of([["pdftotext", "-raw", str(f), "-"] for f in options.files])[0])
    pages = sum(int(str(line["pages"])) for line in lines)
    mine, peer = statistics.median(ours), statistics.median(peers)
    print(f"{len(options.files)} files, {pages} pages; medians of {options.runs} runs in turn")
    print(f"fingerpost ingest (read, tag, statements, index, start-up): {mine:.2f} s, {pages / mine:.0f} pages/s")
    print(f"the same again, all skipped: {statistics.median(skips):.2f} s")
    print(f"pdftotext -raw (text only): {peer:.2f} s, {pages / peer:.0f} pages/s; ratio {mine / peer:.1f}")
    return int(any(line["status"] != "ok" for line in lines))
