"""Hash an annotator's judged queries or passages into ``bench/gold``: ``python tools/make_gold.py PLAIN.jsonl FOLDER``.

PLAIN.jsonl has one query a line: ``{"id", "persona", "kind", "language", "query", "note", "relevant": [{"doc", "quote",
"grade"}]}``; or one passage a line, as `JudgedPassage.of` reads it, with its ``stratum`` and perhaps its ``part``.
FOLDER or a folder in it holds the PDFs, ``<doc>.pdf``.  Every quote is looked for in the text that poppler's
``pdftotext`` gives, word for word once line-end hyphens are mended (a passage: letter for letter on its page), and
nothing is written while one is missing.  The plain file holds sentences of other people's documents and stays outside
the project.  The same input gives the same bytes.
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

from cli.evaluation.passages import JudgedPassage, parts_of, words
from cli.evaluation.shingles import Quote, tokens

OUT = Path(__file__).resolve().parent.parent / "bench" / "gold"
PERSONAS = ("P", "C", "M")
KINDS = ("exact", "paraphrase", "acronym", "question", "place", "typo", "lang")
QUOTE_WORDS = range(12, 41)
"""Words of a quote: long enough to stand in one place only, short enough to lie within one passage."""
QUOTES = range(3, 11)
PARTS = ("tune", "held")
PASSAGE_WORDS, STATEMENT_WORDS = range(40, 201), range(6, 81)
"""Words of a judged passage and of a statement: ``../shared/eval/ANNOTATION.md``."""
_HYPHEN = re.compile(r"(\w)[-‐\u00ad]\s*\n\s*(\w)")


@cache
def pdf(folder: Path, doc: str) -> Path:
    """The document's file in the folder or below it; where it would be, when it is not there."""
    return next(iter(sorted(folder.rglob(f"{doc}.pdf"))), folder / f"{doc}.pdf")


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
            if not any(f" {' '.join(tokens(entry['quote']))} " in text for text in texts(pdf(folder, entry["doc"]))):
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
        Quote.of(r["doc"], r["quote"], r["grade"], sha256(pdf(folder, r["doc"]))).to_json() for r in row["relevant"]
    ]
    return {**kept, "part": part, "relevant": quotes}


@cache
def letters_of_page(file: Path, page: int) -> str:
    """The letters and digits of one page as pdftotext reads them, without anything between."""
    command = ["pdftotext", "-raw", "-f", str(page), "-l", str(page), str(file), "-"]
    return _letters(subprocess.run(command, capture_output=True, text=True, check=True).stdout)


def passage_problems(rows: Sequence[Mapping[str, Any]], folder: Path) -> list[str]:
    """What is wrong with an annotation of passages, a sentence each; themes and kinds are checked by the tests."""
    found = [] if len({r["id"] for r in rows}) == len(rows) else ["An id is given twice."]
    for row in rows:
        if len(row["text"].split()) not in PASSAGE_WORDS:
            found.append(f"{row['id']} has {len(row['text'].split())} words; 40 to 200 are wanted.")
        if _letters(row["text"]) not in letters_of_page(pdf(folder, row["doc"]), row["page"]):
            found.append(f"{row['id']} does not stand on page {row['page']} of the document.")
        said = [text for s in row["statements"] for text in (s["text"], *s["alt"])]
        for text in (*said, *row["optional"]):
            if _letters(text) not in _letters(row["text"]):
                found.append(f"{row['id']}: {text[:60]!r} does not stand in the passage.")
        for statement in row["statements"]:
            if len(statement["text"].split()) not in STATEMENT_WORDS:
                found.append(f"{row['id']}: {statement['text'][:60]!r} is not of 6 to 80 words.")
    return found


def _letters(text: str) -> str:
    return "".join(words(text))


def main(argv: Sequence[str]) -> int:
    """Write the hashed file; 1, and nothing written, when the annotation has a fault."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("plain", type=Path, help="the annotation, with its quotes as text")
    parser.add_argument("folder", type=Path, help="where the PDFs are, or above them")
    parser.add_argument("--out", type=Path, help="the hashed file (default: queries.jsonl or passages.jsonl there)")
    options = parser.parse_args(argv)
    rows = [json.loads(line) for line in options.plain.read_text("utf-8").splitlines() if line.strip()]
    folder, of_passages = options.folder, all("query" not in row for row in rows)
    faults = passage_problems(rows, folder) if of_passages else problems(rows, folder)
    if faults:
        print("\n".join(faults), file=sys.stderr)
        return 1
    if of_passages:
        half = parts_of(rows)
        kept = [JudgedPassage.of(r, sha256(pdf(folder, r["doc"])), half[r["id"]]).to_json() for r in rows]
    else:
        half = parts(rows)
        kept = [hashed(r, half[r["id"]], folder) for r in rows]
    what = "passages" if of_passages else "queries"
    out = options.out or OUT / f"{what}.jsonl"
    out.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in kept), "utf-8")
    print(f"{len(kept)} {what} written to {out}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
