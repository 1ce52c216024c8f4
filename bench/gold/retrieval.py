"""A search run held against our own judged queries: ``python -m bench gold.retrieval RUN``.

A run has one JSON object a line, what ``fingerpost search --batch`` prints.
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path

from bench.gold.sets import QUERIES
from cli.evaluation.retrieval import read_queries, read_run, score, table


def main(argv: Sequence[str]) -> int:
    """Print the table of a run; 1 when the run lacks a query."""
    parser = argparse.ArgumentParser(prog="python -m bench gold.retrieval", description=__doc__)
    parser.add_argument("run", type=Path, help="output of fingerpost search --batch over the same queries")
    parser.add_argument("--queries", type=Path, default=QUERIES, help="judged queries (default: %(default)s)")
    parser.add_argument("--part", choices=("tune", "held"), help="only this half of the queries (default: both)")
    parser.add_argument("--per-query", action="store_true", help="also print each query's scores")
    options = parser.parse_args(argv)
    queries = read_queries(options.queries, options.part)
    outcome = score(queries, read_run(options.run))
    print(table(outcome))
    if options.per_query:
        for q in queries:
            got = outcome.scores.get(q.id)
            cells = f"{got.ndcg:.3f} {got.recall:.3f} {got.mrr:.3f}" if got else "unanswerable     "
            print(f"{q.id} {cells} {'quiet' if outcome.quiet[q.id] else '     '} {q.kind:10} {q.query}")
    return 1 if outcome.missing else 0
