"""Whether every hit's text stands on the pages that it names: its word trigrams in pdftotext's text of those pages."""

from __future__ import annotations

import argparse
import json
import re
import subprocess
import sys
import unicodedata
from collections.abc import Sequence
from functools import cache
from pathlib import Path

SHARE = 0.95
HITS = 0.98
_WORD = re.compile(r"[^\W_]+")


def words(text: str) -> list[str]:
    """Words as they are compared: NFKC, lower case, line-end hyphens closed."""
    text = unicodedata.normalize("NFKC", text).replace("\u00ad", "")
    return _WORD.findall(re.sub(r"(\w)[-‐]\s*\n\s*(\w)", r"\1\2", text).lower())


@cache
def page_words(file: Path, page: int) -> tuple[str, ...]:
    """pdftotext's words of one page, reading order as in the file."""
    command = ["pdftotext", "-raw", "-f", str(page), "-l", str(page), str(file), "-"]
    return tuple(words(subprocess.run(command, capture_output=True, text=True, check=True).stdout))


def trigrams(sequence: Sequence[str]) -> set[tuple[str, ...]]:
    return {tuple(sequence[i : i + 3]) for i in range(len(sequence) - 2)}


def share_on_pages(text: str, file: Path, first: int, last: int) -> float:
    """Share of the text's word trigrams that the pages ``first`` to ``last`` hold."""
    there = trigrams([w for page in range(first, last + 1) for w in page_words(file, page)])
    mine = trigrams(words(text))
    return len(mine & there) / len(mine) if mine else 1.0


def main(argv: Sequence[str]) -> int:
    """Score a run of ``fingerpost search --batch``; 1 when too many hits stand elsewhere than they say."""
    parser = argparse.ArgumentParser(prog="python -m bench pages", description=__doc__)
    parser.add_argument("run", type=Path, help="output of fingerpost search --batch")
    parser.add_argument("folder", type=Path, help="where the PDFs are: <doc>.pdf")
    parser.add_argument("--worst", type=int, default=0, help="also print so many of the worst hits")
    options = parser.parse_args(argv)
    shares = []
    for line in options.run.read_text("utf-8").splitlines():
        for hit in json.loads(line)["hits"]:
            file = options.folder / f"{hit['doc']}.pdf"
            if hit["page"] is not None and file.is_file():
                shares.append((share_on_pages(hit["text"], file, hit["page"], hit["page_end"]), hit))
    right = sum(share >= SHARE for share, _ in shares)
    print(f"{right} of {len(shares)} hits have at least {SHARE:.0%} of their word trigrams on the pages they name")
    for share, hit in sorted(shares, key=lambda pair: pair[0])[: options.worst]:
        print(f"{share:.2f} {hit['doc']} p. {hit['page']}–{hit['page_end']}: {hit['text'][:100]!r}", file=sys.stdout)
    return int(not shares or right < HITS * len(shares))
