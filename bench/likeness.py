"""What it costs to hold new documents against a large collection, by the sketches of their words."""

from __future__ import annotations

import argparse
import resource
import time
from collections.abc import Sequence

import numpy as np

from corpus.likeness import alike

HASHES = 3_000
"""The sketch of a report of 60 pages."""


def main(argv: Sequence[str]) -> int:
    """Print seconds for one, twenty and all documents of a made-up collection held against all of it."""
    parser = argparse.ArgumentParser(prog="python -m bench likeness", description=__doc__)
    parser.add_argument("--documents", type=int, default=2_000)
    options = parser.parse_args(argv)
    numbers = np.random.default_rng(1)
    sketches = {
        f"doc-{n}": np.unique(numbers.integers(0, 2**63, HASHES, dtype=np.uint64)) for n in range(options.documents)
    }
    for new in (1, 20, options.documents):
        started = time.perf_counter()
        alike(sketches, list(sketches)[:new])
        seconds = time.perf_counter() - started
        memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
        print(f"{new} new of {options.documents}: {seconds:.2f} s, {memory} MB at most")
    return 0
