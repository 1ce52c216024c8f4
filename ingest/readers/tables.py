"""Tables and definition lists of HTML as rows of cells."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator

from selectolax.lexbor import LexborNode

from ingest.readers.elements import is_unseen, one_text

Row = tuple[str, ...]

LAYOUT_CELL_WORDS = 250
"""A table with a longer cell, or with headings or tables in its cells, arranges a page: it is walked, not tabled."""

SPAN_MAX = 50
"""A cell that claims to span more columns is not believed."""

CARD_SHARE = 0.6
"""A definition list is the page's own library card when so many of its labels speak of the publication."""

_CARD_LABEL = re.compile(
    r"^(?:(?:document |publication |content |file )?(?:format|type|size|date|language|languages|status|id)|"
    r"source|sources|origin|original(?:ly)? published|posted|posted on|published|published on|publication date|"
    r"last updated|updated|modified|created|authors?|publishers?|isbn|issn|doi|licen[cs]e|rights|pages|"
    r"(?:primary |other )?countr(?:y|ies)|themes?|topics?|keywords?|tags?|categor(?:y|ies)|disaster type|"
    r"date de publication|langues?|pays|auteurs?|fecha de publicación|idiomas?|país|países|autor(?:es)?|fuente)$",
    re.IGNORECASE,
)


def is_data_table(node: LexborNode) -> bool:
    """Whether a table holds data: more than one row and column, and no page structure in its cells."""
    if (node.attributes.get("role") or "") in ("presentation", "none"):
        return False
    rows = list(_rows(node))
    if len(rows) < 2 and not node.css_first("th"):
        return False
    if max((len(list(_cells(row))) for row in rows), default=0) < 2:
        return False
    return node.css_first("table table, h1, h2, h3, h4, main, article, nav, form") is None and all(
        len(one_text(cell).split()) <= LAYOUT_CELL_WORDS for row in rows for cell in _cells(row)
    )


def table_rows(node: LexborNode, skip: Collection[int]) -> tuple[Row, ...]:
    """A table's cells, every row as wide as its spans say; rows without any text are left out."""
    rows = []
    for row in _rows(node):
        cells: list[str] = []
        for cell in _cells(row):
            span = cell.attributes.get("colspan") or "1"
            wide = int(span) if span.isascii() and span.isdigit() and len(span) < 4 else 1
            cells += [one_text(cell, skip)] + [""] * (min(wide, SPAN_MAX) - 1)
        if any(cells):
            rows.append(tuple(cells))
    return tuple(rows)


def has_head(node: LexborNode) -> bool:
    """Whether a table's first row only names its columns."""
    first = next(_rows(node), None)
    return first is not None and all(cell.tag == "th" for cell in _cells(first))


def table_caption(node: LexborNode) -> str:
    caption = node.css_first("caption")
    return one_text(caption) if caption is not None else ""


def _rows(node: LexborNode) -> Iterator[LexborNode]:
    """The rows of this table, not those of tables in it."""
    for part in node.iter():
        if part.tag == "tr":
            yield part
        elif part.tag in ("thead", "tbody", "tfoot") and not is_unseen(part):
            yield from (row for row in part.iter() if row.tag == "tr" and not is_unseen(row))


def _cells(row: LexborNode) -> Iterator[LexborNode]:
    return (cell for cell in row.iter() if cell.tag in ("td", "th"))


def definition_rows(node: LexborNode, skip: Collection[int]) -> list[tuple[str, str]]:
    """A definition list as (term, value); several values of a term are joined by "; ", an empty one stays empty."""
    rows: list[tuple[str, str]] = []
    for part in _parts(node, skip):
        text = one_text(part, skip)
        if part.tag == "dt":
            rows.append((text.rstrip(": "), ""))
        elif rows:
            term, value = rows[-1]
            rows[-1] = (term, "; ".join(v for v in (value, text) if v))
        elif text:
            rows.append(("", text))
    return [row for row in rows if any(row)]


def _parts(node: LexborNode, skip: Collection[int]) -> Iterator[LexborNode]:
    """The terms and values of a list, in order, also those wrapped in groups."""
    for child in node.iter():
        if child.mem_id in skip or is_unseen(child):
            continue
        if child.tag in ("dt", "dd"):
            yield child
        elif child.tag == "div":
            yield from (part for part in child.iter() if part.tag in ("dt", "dd"))


def is_card(rows: list[tuple[str, str]]) -> bool:
    """Whether rows speak of the publication (format, source, posted, language), not of what it is about."""
    about = sum(bool(_CARD_LABEL.match(term)) for term, _ in rows)
    return len(rows) >= 3 and about >= CARD_SHARE * len(rows)
