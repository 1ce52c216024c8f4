"""Ingests a folder of hostile files and reports what became of each, the peak memory and the time."""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

import psutil

MEGABYTE = 1024 * 1024


def watched(command: Sequence[str]) -> tuple[str, int, float]:
    """Run a command; returns its standard output, the peak memory (bytes) of it or any one child, and its seconds."""
    started = time.monotonic()
    peak = 0
    with tempfile.TemporaryFile() as output:
        process = psutil.Popen(command, stdout=output, stderr=subprocess.DEVNULL)
        while process.poll() is None:
            try:
                family = [process, *process.children(recursive=True)]
                peak = max([peak, *(member.memory_info().rss for member in family)])
            except psutil.NoSuchProcess:
                continue
            time.sleep(0.02)
        output.seek(0)
        return output.read().decode(), peak, time.monotonic() - started


def main(argv: Sequence[str]) -> int:
    """Print a line for each file; 1 when a file has no record or memory passed the limit."""
    parser = argparse.ArgumentParser(prog="python -m bench hostile", description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--limit-mb", type=int, default=1024)
    options = parser.parse_args(argv)
    with tempfile.TemporaryDirectory() as home:
        command = [sys.executable, "-m", "cli.main", "ingest", str(options.folder), "--json", "--home", home]
        output, peak, seconds = watched(command)
    lines = [json.loads(line) for line in output.splitlines()]
    for line in sorted(lines, key=lambda line: line["input"]):
        told = line["reason"] or f"{line['pages']} pages, {line['passages']} passages; {' '.join(line['warnings'])}"
        print(f"{line['status']:6} {Path(line['input']).name:34} {told[:150]}")
    files = [f for f in options.folder.rglob("*") if f.is_file()]
    print(
        f"{len(lines)} of {len(files)} files have a record; peak {peak // MEGABYTE} MB in one process; {seconds:.1f} s"
    )
    return int(len(lines) != len(files) or peak > options.limit_mb * MEGABYTE)
