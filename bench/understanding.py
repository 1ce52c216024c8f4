"""Words per second of tagging and of statements, in turn with spaCy's bare pass; or how well lessons are told apart."""

from __future__ import annotations

import argparse
import statistics
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import spacy

from bench.excerpts import Excerpts, table
from corpus.catalogue import Catalogue
from corpus.home import Home
from corpus.model import Standing
from ingest import statements
from ingest.tagging import tagger


def cpu_seconds(work: Callable[[], object]) -> float:
    """CPU seconds of a piece of work in this process, so that a busy machine does not count."""
    started = time.process_time()
    work()
    return time.process_time() - started


def main(argv: Sequence[str]) -> int:
    """Print words per second of each and the ratios (medians), or how well lessons and challenges are told apart.

    Returns 1 when the home holds no passage.
    """
    parser = argparse.ArgumentParser(prog="python -m bench understanding", description=__doc__)
    parser.add_argument("--home", help="a home whose passages are worked through")
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--excerpts", type=Path, help="measure lesson or challenge on IFRC's labelled excerpts instead")
    options = parser.parse_args(argv)
    if options.excerpts:
        print(table(Excerpts.read(options.excerpts)))
        return 0
    with Catalogue(Home.find(options.home).catalogue_url) as catalogue:
        passages = [p for doc in catalogue.document_ids() for p in catalogue.passages(doc)]
    words = sum(len(p.text.split()) for p in passages)
    if not words:
        print("The home holds no passage; ingest something into it first.")
        return 1
    peer = spacy.blank("en")
    peer.add_pipe("sentencizer")
    parts: dict[str, Callable[[], object]] = {
        "tagging": lambda: tagger().tag_all((p.text, p.path) for p in passages),
        "statements": lambda: statements.extract(passages, Standing.EXTERNAL, "bench"),
        "spaCy tokenizer and sentencizer": lambda: [len(list(d.sents)) for d in peer.pipe(p.text for p in passages)],
    }
    seconds: dict[str, list[float]] = {name: [] for name in parts}
    for work in parts.values():
        work()
    for _ in range(options.runs):
        for name, work in parts.items():
            seconds[name].append(cpu_seconds(work))
    median = {name: statistics.median(taken) for name, taken in seconds.items()}
    print(f"{len(passages)} passages, {words} words; medians of {options.runs} runs in turn, CPU time of one core")
    for name, taken in median.items():
        print(f"{name}: {words / taken:,.0f} words/s")
    both = median["tagging"] + median["statements"]
    ratio = both / median["spaCy tokenizer and sentencizer"]
    print(f"tagging and statements together: {words / both:,.0f} words/s; {ratio:.1f} times spaCy's bare pass")
    return 0
