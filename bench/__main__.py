"""``python -m bench NAME [options]``: runs one benchmark."""

from __future__ import annotations

import importlib
import sys

from corpus.errors import FingerpostError

BENCHMARKS = {
    "reading": "what the readers give, held against the true pages and against pdftotext",
    "pages": "whether every hit's text stands on the pages it names, by pdftotext",
    "kills": "SIGKILL at random moments of ingest and rebuild: is everything whole?",
    "fuzz": "damaged PDFs, web pages and Word files through the real ingest: no hang, no crash, a record for each",
    "hostile": "the folder of hostile files: every file a record, memory bounded, nothing executed",
    "understanding": "words per second of tagging and statements, against spaCy; lessons told from challenges",
    "gold": "our own judged queries and passages: what a home finds, what it understands",
    "groups": "seconds to put statements into groups of one meaning, all and one document more",
    "search": "searching beside tantivy, SQLite FTS5 and plain Whoosh: build, size, times, memory",
    "hybrid": "the whole answer, words and meaning: times, disk, memory",
    "search_load": "readers under load while documents come and go: totals, failures, memory",
    "web": "the real server at 100,000 passages: pages one by one, and a mix at 50 requests a second",
    "search_update": "seconds until a report that is replaced in a large index is found by its words",
    "search_plot": "the p95 of searching against the size of the collection, as SVG",
    "likeness": "seconds to hold new documents against 2,000 by the sketches of their words",
    "gold.retrieval": "a search run held against our own judged queries: nDCG@10, recall, silence",
    "first_day": "whether what ships answers the twenty questions of a first day on the first page",
    "ingest": "pages per second from file to searchable document, against pdftotext on the same files",
}


def main() -> int:
    """Run the benchmark that the first word names; 2 for an unknown one or a home that cannot serve."""
    if len(sys.argv) < 2 or sys.argv[1] not in BENCHMARKS:
        lines = [f"  {name:14} {what}" for name, what in BENCHMARKS.items()]
        print("python -m bench NAME [--help]\n" + "\n".join(lines), file=sys.stderr)
        return 2
    try:
        code: int = importlib.import_module(f"bench.{sys.argv[1]}").main(sys.argv[2:])
    except FingerpostError as error:
        print(f"bench {sys.argv[1]}: {error}", file=sys.stderr)
        return 2
    return code


if __name__ == "__main__":
    sys.exit(main())
