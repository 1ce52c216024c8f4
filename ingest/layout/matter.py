"""Front and back matter that is no passage: contents pages, lists of acronyms, bibliographies."""

from __future__ import annotations

import re
from collections.abc import Sequence

from corpus.ids import fold
from corpus.model import BlockKind
from ingest.layout.geometry import Line, cluster
from ingest.layout.headings import Entry
from ingest.layout.paragraphs import Draft
from ingest.layout.regions import rows_to_lines

CONTENTS_LINES = 4
"""A page with fewer lines that end in a page number is no contents page."""
SOURCES_HEADING_WORDS = 8
"""The heading of a bibliography is no longer, whatever annex it is."""
ACRONYMS_HEADING_WORDS = 8
"""A longer heading that names acronyms is about something else."""
_LEADER = re.compile(r"\s*(?:\.\s?){3,}\s*|\s*…+\s*|\s*_{4,}\s*|\t+")
_ENTRY = re.compile(
    r"^(?P<title>.*?\S)\s*(?P<leader>(?:\.\s?){3,}|…+[\s.…]*|_{3,})?\s*(?P<label>\d{1,4}|[ivxlc]{1,6})$"
)
_CONTENTS = frozenset((
    "content", "contents", "table of contents", "table des matieres", "sommaire", "indice", "contenido",
    "tabla de contenido",    "list of figures", "list of tables", "liste des figures", "liste des tableaux",
))  # fmt: skip
_ACRONYMS = re.compile(
    r"\b(?:acronyms?|abbreviations?|acronymes?|abreviations?|sigles?|siglas|acronimos?|abreviaturas?|initialisms)\b"
)
_REFERENCES = re.compile(
    r"^(?:\W|\d|annex\w*|appendix|[a-z] )*(?:list of )?(?:bibliograph\w+|bibliografia|"
    r"references(?: cited| bibliographiques)?|"
    r"referencias(?: bibliograficas)?|works cited|literature(?: cited)?|endnotes|notes and references|sources cited)$"
)


def is_contents_heading(text: str) -> bool:
    return fold(text) in _CONTENTS


def is_acronyms_heading(text: str) -> bool:
    """Whether a heading stands over a list of acronyms."""
    folded = fold(text)
    return bool(_ACRONYMS.search(folded)) and len(folded.split()) <= ACRONYMS_HEADING_WORDS


def is_sources_heading(text: str) -> bool:
    """Whether a heading stands over a bibliography or a list of end notes."""
    return text.count(" ") < SOURCES_HEADING_WORDS and _REFERENCES.match(fold(text)) is not None


def contents_entry(line: Line) -> tuple[str, str] | None:
    """(title, printed label) of a line of a contents page, or None."""
    match = _ENTRY.match(line.text)
    if match is None or not any(c.isalpha() for c in match["title"]):
        return None
    gap = max((b.x0 - a.x1 for a, b in zip(line.runs, line.runs[1:], strict=False)), default=0.0)
    if match["leader"] is None and gap < 1.2 * line.size:
        return None
    return _LEADER.sub(" ", match["title"]).strip(" ."), match["label"]


def without_leader(text: str) -> str:
    """A contents line with its row of dots as one space."""
    return _LEADER.sub(" ", text).strip()


def contents_lines(lines: Sequence[Line]) -> list[tuple[Line, str, str]]:
    """The contents lines of a page as (line, title, label); empty where the page is no contents page."""
    if sum(line.text[-1:].isdigit() for line in lines) < CONTENTS_LINES:
        return []
    lines = rows_to_lines(lines)
    found = [(line, *entry) for line in lines if (entry := contents_entry(line)) is not None]
    leaders = sum(bool(_LEADER.search(line.text)) for line, _, _ in found)
    headed = any(is_contents_heading(line.text) for line in lines)
    enough = len(found) >= CONTENTS_LINES and (leaders >= 0.5 * len(found) or headed)
    return found if enough and (headed or len(found) >= 0.4 * len(lines)) else []


def contents_entries(found: Sequence[tuple[Line, str, str]]) -> list[Entry]:
    """Contents lines as named headings: level by indentation, and by weight where all begin at one edge."""
    edges = cluster((line.x0 for line, _, _ in found), 4.0)
    heavy = {line.style.bold for line, _, _ in found}
    entries = []
    for line, title, label in found:
        level = 1 + min(range(len(edges)), key=lambda i: abs(edges[i] - line.x0))
        if len(edges) == 1 and len(heavy) == 2:
            level = 1 if line.style.bold else 2
        entries.append(Entry(title, min(level, 6), None, label))
    return entries


def mark(drafts: Sequence[Draft], contents: dict[int, tuple[float, float]]) -> None:
    """Make everything but headings in contents lists, acronym lists and bibliographies FURNITURE.

    ``contents`` tells for each contents page from which y to which its list stands.  A list of acronyms ends at the
    next heading of any level, a bibliography at the next of its own level or above.
    """
    until: int | None = None
    for draft in drafts:
        if draft.kind is BlockKind.HEADING:
            if until is not None and draft.level > until:
                continue
            until = None
            if is_sources_heading(draft.text):
                until = draft.level
            elif is_acronyms_heading(draft.text):
                until = 7
        elif draft.kind is not BlockKind.FOOTNOTE and (until is not None or in_contents(draft, contents)):
            draft.kind = BlockKind.FURNITURE
            if draft.page in contents and not draft.rows:
                draft.text = "\n".join(without_leader(ln.text) for ln in draft.lines)


def in_contents(draft: Draft, contents: dict[int, tuple[float, float]]) -> bool:
    """Whether a draft stands in its page's contents list."""
    top, bottom = contents.get(draft.page, (0.0, -1.0))
    return top - 2 <= draft.area.y0 and draft.area.y1 <= bottom + 2
