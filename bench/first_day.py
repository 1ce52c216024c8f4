"""Whether what ships answers the twenty questions of a first day on the first page.

``docs/first-day.md`` is the list: for each question what a person who read the page found useful.  A question holds
while one of these things is still there: among the practices above the hits, as the note above them, or among the hits.
The home is one that ``fingerpost init`` has just made.
"""

from __future__ import annotations

import argparse
import re
from collections.abc import Sequence
from pathlib import Path

from corpus.home import Home
from corpus.model import Value
from index.hits import BETWEEN_HEADINGS
from webapp.address import Address
from webapp.knowledge import Knowledge
from webapp.pages.search import note_for, ways_for

LIST = Path(__file__).resolve().parent.parent / "docs" / "first-day.md"
_ROW = re.compile(r"\| *(?P<number>\d+) *\|[^|]*\| *(?P<question>[^|]+?) *\|(?P<useful>.*)\|")
_ID = re.compile(r"`([^`]+)`")


class Question(Value, frozen=True):
    """A question and what was judged useful: ids of practices and notes, passages as "document § heading"."""

    number: int
    text: str
    useful: tuple[str, ...]


def main(argv: Sequence[str]) -> int:
    """Print for each question which of the ids judged useful stand where; 1 where a question has none of its own."""
    parser = argparse.ArgumentParser(prog="python -m bench first_day", description=__doc__)
    parser.add_argument("--home", type=Path, help="a home that 'fingerpost init' made (default: as for fingerpost)")
    parser.add_argument("--all", action="store_true", help="print everything that is on each first page")
    options = parser.parse_args(argv)
    here = Knowledge(Home.find(options.home))
    held = 0
    asked = questions(LIST.read_text("utf-8"))
    for question in asked:
        page = first_page(here, question.text)
        found = {place: ids for place, ids in page.items() if not ids.isdisjoint(question.useful)}
        held += bool(found)
        there = [f"{min(ids & {*question.useful})} ({place})" for place, ids in found.items()]
        print(f"{question.number:2} {question.text}: {'; '.join(there) or 'nothing'}")
        if options.all:
            print("".join(f"     {place}: {' '.join(sorted(ids))}\n" for place, ids in page.items()), end="")
    print(f"{held} of {len(asked)} questions have something useful on the first page")
    return 0 if asked and held == len(asked) else 1


def questions(text: str) -> tuple[Question, ...]:
    """The rows of the table in docs/first-day.md."""
    rows = (row for line in text.splitlines() if (row := _ROW.fullmatch(line.strip())))
    return tuple(
        Question(number=int(row["number"]), text=row["question"], useful=tuple(_ID.findall(row["useful"])))
        for row in rows
    )


def first_page(here: Knowledge, text: str) -> dict[str, set[str]]:
    """What the first page of a search for passages shows, place by place, as `Question.useful` names things."""
    asked = Address(q=text)
    places = {f"practice {n}": {practice.id} for n, practice in enumerate(ways_for(here, asked), 1)}
    note = note_for(here, asked)
    if note:
        places["note"] = {note.id}
    answer = here.search(asked.request(here.settings.results_per_page))
    hits = ((hit.doc, hit.section.rpartition(BETWEEN_HEADINGS)[2]) for hit in answer.hits)
    return places | {f"passage {n}": {f"{doc} § {heading}"} for n, (doc, heading) in enumerate(hits, 1)}
