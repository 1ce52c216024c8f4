"""A practice record, and the library cards."""

from __future__ import annotations

from collections.abc import Collection

from corpus.claims import line_of
from corpus.concepts import Vocabulary
from corpus.errors import RecordError
from corpus.lint.claims import Judge
from corpus.lint.finding import Pen
from corpus.model import PRACTICE_FIELDS
from corpus.records import examine
from corpus.sources import read

_FRONT = ("title", "still_running")
"""Fields of the front matter that are told in words of ours."""


def check_record(pen: Pen, name: str, text: str, words: Vocabulary, documents: Collection[str], judge: Judge) -> None:
    """Everything to mend in one record; at the end which fields of the template it leaves blank."""
    draft = examine(text, name, words, documents)
    for problem in draft.problems:
        pen.refused(problem)
    if draft.front:
        _, _, below = text.partition("\n")
        for field in _FRONT:
            judge.text(pen, line_of(field, below), field, getattr(draft.front, field))
    for located in draft.claims:
        judge.claim(pen, located.line, located.heading, located.claim.text, located.claim.sources)
    told = draft.told
    if blank := [heading for field, heading in PRACTICE_FIELDS.items() if field not in told]:
        pen.note(0, "blank fields", f"{len(blank)} of {len(PRACTICE_FIELDS)}: {'; '.join(blank)}")


def check_cards(pen: Pen, name: str, text: str, words: Vocabulary, judge: Judge) -> None:
    """Library cards: what their reader refuses, and the summaries."""
    try:
        cards = read(text, name, words)
    except RecordError as error:
        pen.refused(error)
        return
    for card in cards:
        line = next((n for n, row in enumerate(text.splitlines(), 1) if row.strip() == f"[{card.id}]"), 0)
        judge.text(pen, line, f"[{card.id}] summary", card.summary)
