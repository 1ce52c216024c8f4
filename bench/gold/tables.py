"""Our judged sets held against a home that has the judged documents: what is found, understood and grouped."""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Sequence

from bench.gold.sets import PAIRS, PASSAGES, QUERIES
from cli.evaluation import pairs, retrieval
from cli.evaluation.measuring import Understood, find, grouped, understand
from cli.evaluation.pairs import read_pairs
from cli.evaluation.passages import FRESH, PARTS, read_passages
from cli.evaluation.understanding import label_table, score_labels, score_statements, statement_table
from corpus.home import Home


def main(argv: Sequence[str]) -> int:
    """Print the tables; 1 when the home lacks a judged document."""
    parser = argparse.ArgumentParser(prog="python -m bench gold", description=__doc__)
    parser.add_argument("--home", help="a home that has the judged documents (default: as for fingerpost)")
    parser.add_argument(
        "--part", choices=(*PARTS, "all", FRESH), default="all", help="a half, both, or the passages kept aside"
    )
    options = parser.parse_args(argv)
    home = Home.find(options.home)
    part = None if options.part == "all" else options.part
    understood = understand(home, read_passages(PASSAGES, part))
    print("\n".join(_understanding(understood)))
    if part != FRESH:
        print("\n" + "\n".join(_groups(home, read_pairs(PAIRS, part))))
        queries = retrieval.read_queries(QUERIES, part)
        print("\nretrieval\n" + retrieval.table(retrieval.score(queries, find(home, queries))))
    return 1 if understood.absent else 0


def _understanding(understood: Understood) -> Iterator[str]:
    judged = understood.passages
    documents = len({p.doc for p in judged})
    statements = sum(len(p.statements) for p in judged)
    yield f"{len(judged)} passages of {documents} documents; {len(understood.shares)} found in their pages"
    yield f"{statements} judged statements; {understood.readable} stand in the passages that were read"
    if understood.absent:
        yield f"not in the home, or of other bytes: {', '.join(understood.absent)}"
    lost = [p.id for p in judged if p.id not in understood.shares]
    if lost:
        yield f"not found in their pages, counted without labels: {', '.join(lost)}"
    yield "\n" + statement_table(score_statements(judged, understood.said))
    yield "\n" + label_table(score_labels(judged, understood.labels))


def _groups(home: Home, judged: Sequence[pairs.JudgedPair]) -> Iterator[str]:
    found = grouped(home, judged)
    there = pairs.known(judged, found)
    figures = pairs.score(there, found)
    yield f"groups: {len(judged)} judged pairs, of which this home shows {len(there)}"
    for name, share in (("precision", figures.precision), ("recall", figures.recall)):
        yield f"{name:12} {share.value or 0:.3f} ({share.right} of {share.of})"
