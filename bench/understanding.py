"""Words per second of tagging and of statements, in turn with spaCy's bare pass; or how well lessons are told apart."""

from __future__ import annotations

import argparse
import statistics
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import msgspec
import spacy

from bench.excerpts import Excerpts, table
from corpus.catalogue import Catalogue
from corpus.home import Home
from corpus.model import Passage, Standing
from ingest import statements
from ingest.tagging import tagger

DOCUMENT_PASSAGES = 20
"""Passages of one document of the memory run: a report of ten pages."""


def cpu_seconds(work: Callable[[], object]) -> float:
    """CPU seconds of a piece of work in this process, so that a busy machine does not count."""
    started = time.process_time()
    work()
    return time.process_time() - started


def memory(passages: Sequence[Passage], documents: int) -> str:
    """Resident memory at the quarters of a run over so many documents of DOCUMENT_PASSAGES passages each.

    No two documents hold the same words: a number of the document's own is worked into each word of some length, as
    otherwise whatever keeps every new word would not be seen to grow.
    """
    import psutil

    process, told = psutil.Process(), list[int]()
    for number in range(documents):
        start = number * DOCUMENT_PASSAGES % len(passages)
        some = [_renamed(p, number) for p in passages[start : start + DOCUMENT_PASSAGES]]
        tagger().tag_all((p.text, p.path) for p in some)
        statements.extract(some, Standing.EXTERNAL, "bench")
        told.append(process.memory_info().rss // 1_000_000)
    quarters = [told[share * documents // 4 - 1] for share in (1, 2, 3, 4)]
    return f"memory at the quarters of {documents} documents: {', '.join(map(str, quarters))} MB"


def _renamed(passage: Passage, number: int) -> Passage:
    """The passage with every ninth word made one that no other document has."""
    words = passage.text.split(" ")
    words[::9] = [f"{word}{number}x" if word.isalpha() else word for word in words[::9]]
    return msgspec.structs.replace(passage, text=" ".join(words))


def main(argv: Sequence[str]) -> int:
    """Print words per second of each and the ratios (medians), or how well lessons and challenges are told apart.

    Returns 1 when the home holds no passage.
    """
    parser = argparse.ArgumentParser(prog="python -m bench understanding", description=__doc__)
    parser.add_argument("--home", help="a home whose passages are worked through")
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument(
        "--memory-documents", type=int, default=0, help="tell the memory over so many documents instead"
    )
    parser.add_argument("--excerpts", type=Path, help="measure lesson or challenge on IFRC's labelled excerpts instead")
    options = parser.parse_args(argv)
    if options.excerpts:
        print(table(Excerpts.read(options.excerpts)))
        return 0
    with Catalogue(Home.find(options.home).catalogue_url) as catalogue:
        passages = [p for doc in catalogue.document_ids() for p in catalogue.passages(doc)]
    if options.memory_documents and passages:
        print(memory(passages, options.memory_documents))
        return 0
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
