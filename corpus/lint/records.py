"""Practice records, notes, the glossary and the cards, one file each; every check tells how many it looked at."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from corpus import glossary, notes, records, translations
from corpus.claims import Draft, line_of
from corpus.errors import RecordError
from corpus.lint.claims import Judge
from corpus.lint.finding import Pen
from corpus.model import PRACTICE_FIELDS
from corpus.sources import read


def check_record(pen: Pen, name: str, text: str, judge: Judge) -> int:
    """Everything to mend in one record; at the end which fields of the template it leaves blank."""
    draft = records.examine(text, name, judge.words, judge.citable)
    _check_draft(pen, text, draft, ("title", "still_running"), judge)
    if blank := [heading for field, heading in PRACTICE_FIELDS.items() if field not in draft.told]:
        pen.note(0, "blank fields", f"{len(blank)} of {len(PRACTICE_FIELDS)}: {'; '.join(blank)}")
    return 1


def check_note(pen: Pen, name: str, text: str, judge: Judge) -> int:
    """Everything to mend in one synthesis note."""
    _check_draft(pen, text, notes.examine(text, name, judge.words, judge.citable), ("title", "question"), judge)
    return 1


def _check_draft(pen: Pen, text: str, draft: Draft[Any], fields: Iterable[str], judge: Judge) -> None:
    """A file of claims; ``fields`` are those of its front matter that are told in words of ours."""
    for problem in draft.problems:
        pen.refused(problem)
    _, _, below = text.partition("\n")
    for field in fields if draft.front else ():
        judge.text(pen, line_of(field, below), field, getattr(draft.front, field))
    for located in draft.claims:
        judge.claim(pen, located.line, located.heading, located.claim.text, located.claim.sources)


def check_glossary(pen: Pen, name: str, text: str, judge: Judge) -> int:
    """Everything to mend in a glossary; its own reader counts the sentences' words."""
    draft = glossary.examine(text, name, judge.words)
    for problem in draft.problems:
        pen.refused(problem)
    lines = {row.strip(): n for n, row in enumerate(text.splitlines(), 1)}
    for term in draft.terms:
        line = lines.get(f'id = "{term.id}"', 0)
        judge.wording(pen, line, f"[{term.id}] definition", term.definition)
        judge.harm(pen, line, f"[{term.id}] definition", term.definition)
    return len(draft.terms)


def check_translations(pen: Pen, name: str, text: str, judge: Judge) -> int:
    """Everything to mend in the translations of one kind into one language; the folder's name is the language."""
    language, kind = Path(pen.file).parent.name, Path(name).stem
    entries, problems = translations.examine(text, name, kind)
    for problem in problems:
        pen.refused(problem)
    lines, texts = translations.lines_of(text), translations.originals(kind)
    for identifier, entry in entries.items():
        line, field = lines.get(identifier, 0), f"[{identifier}]"
        if identifier not in texts:
            pen.error(line, field, f"translates what does not ship: there is no such id among the {kind}")
            continue
        for named, is_error, doubt in translations.doubts(entry, texts[identifier], language, kind):
            (pen.error if is_error else pen.warning)(line, f"{field} {named}", doubt)
        judge.harm(pen, line, field, "\n".join((entry.name, *entry.lines)))
    return len(entries)


def check_cards(pen: Pen, name: str, text: str, judge: Judge) -> int:
    """Library cards: what their reader refuses, and the summaries."""
    try:
        cards = read(text, name, judge.words)
    except RecordError as error:
        pen.refused(error)
        return 0
    for card in cards:
        line = next((n for n, row in enumerate(text.splitlines(), 1) if row.strip() == f"[{card.id}]"), 0)
        judge.text(pen, line, f"[{card.id}] summary", card.summary)
    return len(cards)
