"""Hash an annotator's judged queries into ``bench/gold``: ``python tools/make_gold.py PLAIN.jsonl FOLDER``.

PLAIN.jsonl has one query a line: ``{"id", "persona", "kind", "language", "query", "note", "relevant": [{"doc", "quote",
"grade"}]}``; FOLDER holds the PDFs, ``<doc>.pdf``.  Every quote is looked for in the text that poppler's ``pdftotext``
gives, word for word once line-end hyphens are mended, and nothing is written while one is missing.  The plain file
holds sentences of other people's documents and stays outside the project.  The same input gives the same bytes.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import re
import subprocess
import sys
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from bench.gold.shingles import Quote, tokens

OUT = Path(__file__).resolve().parent.parent / "bench" / "gold" / "queries.jsonl"
PERSONAS = ("P", "C", "M")
KINDS = ("exact", "paraphrase", "acronym", "question", "place", "typo", "lang")
QUOTE_WORDS = range(12, 41)
"""Words of a quote: long enough to stand in one place only, short enough to lie within one passage."""
QUOTES = range(3, 11)
PARTS = ("tune", "held")
_HYPHEN = re.compile(r"(\w)[-‐\u00ad]\s*\n\s*(\w)")


@cache
def texts(file: Path) -> tuple[str, ...]:
    """A PDF's words as pdftotext reads them, in both of its orders, with line-end hyphens closed and left."""
    read = [
        subprocess.run(["pdftotext", order, str(file), "-"], capture_output=True, text=True, check=True).stdout
        for order in ("-raw", "-layout")
    ]
    mended = [_HYPHEN.sub(r"\1\2", text) for text in read]
    return tuple(f" {' '.join(tokens(text))} " for text in (*mended, *read))


@cache
def sha256(file: Path) -> str:
    return hashlib.sha256(file.read_bytes()).hexdigest()


def problems(rows: Sequence[Mapping[str, Any]], folder: Path) -> list[str]:
    """What is wrong with the annotation, a sentence each."""
    found = [] if len({r["id"] for r in rows}) == len(rows) else ["An id is given twice."]
    for row in rows:
        if row["persona"] not in PERSONAS or row["kind"] not in KINDS:
            found.append(f"{row['id']}: persona {row['persona']!r} or kind {row['kind']!r} is not one of the README's.")
        if row["relevant"] and len(row["relevant"]) not in QUOTES:
            found.append(f"{row['id']}: {len(row['relevant'])} quotes; an answerable query has 3 to 10.")
        for entry in row["relevant"]:
            words, start = len(entry["quote"].split()), f"{row['id']} {entry['doc']}: {entry['quote'][:60]!r}"
            if words not in QUOTE_WORDS:
                found.append(f"{start} has {words} words; 12 to 40 are wanted.")
            if not any(
                f" {' '.join(tokens(entry['quote']))} " in text for text in texts(folder / f"{entry['doc']}.pdf")
            ):
                found.append(f"{start} does not stand in the document.")
    return found


def parts(rows: Iterable[Mapping[str, Any]]) -> dict[str, str]:
    """The half of each query id: in turn within answerable and not, so that every kind and language is in both.

    Decided by the order of kind, language and id alone, never by what an engine makes of a query.
    """
    ordered = sorted(rows, key=lambda r: (not r["relevant"], r["kind"], r["language"], r["id"]))
    turns = dict.fromkeys((True, False), 0)
    halves = {}
    for row in ordered:
        halves[row["id"]] = PARTS[turns[bool(row["relevant"])] % 2]
        turns[bool(row["relevant"])] += 1
    return halves


def hashed(row: Mapping[str, Any], part: str, folder: Path) -> dict[str, Any]:
    """One query as it is kept: its own words, and its quotes as hashes."""
    kept = {key: row[key] for key in ("id", "persona", "kind", "language", "query", "note")}
    quotes = [
        Quote.of(r["doc"], r["quote"], r["grade"], sha256(folder / f"{r['doc']}.pdf")).to_json()
        for r in row["relevant"]
    ]
    return {**kept, "part": part, "relevant": quotes}


def main(argv: Sequence[str]) -> int:
    """Write the hashed file; 1, and nothing written, when the annotation has a fault."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("plain", type=Path, help="the annotation, with its quotes as text")
    parser.add_argument("folder", type=Path, help="where the PDFs are")
    parser.add_argument("--out", type=Path, default=OUT, help="the hashed file (default: bench/gold/queries.jsonl)")
    options = parser.parse_args(argv)
    rows = [json.loads(line) for line in options.plain.read_text("utf-8").splitlines() if line.strip()]
    faults = problems(rows, options.folder)
    if faults:
        print("\n".join(faults), file=sys.stderr)
        return 1
    halves = parts(rows)
    lines = [json.dumps(hashed(r, halves[r["id"]], options.folder), ensure_ascii=False) + "\n" for r in rows]
    options.out.write_text("".join(lines), "utf-8")
    print(f"{len(rows)} queries, {sum(len(r['relevant']) for r in rows)} quotes written to {options.out}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
