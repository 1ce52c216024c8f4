"""How blocks hang together: over columns, over pages, in boxes, and tables whose heads return."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from corpus.ids import fold
from corpus.model import BlockKind
from ingest.layout.geometry import hull
from ingest.layout.join import join
from ingest.layout.paragraphs import NOTHING_ABOVE, Draft, Words

BOX_WORDS = 320
"""A longer shaded stretch is running text on a shade, not a box."""
_ENDED = re.compile(r"[.!?:;…][\"”’»)\]]*$")


def across_columns(drafts: Sequence[Draft], words: Words) -> list[Draft]:
    """Drafts with the paragraphs made whole that go on at the head of their page's next column."""
    out: list[Draft] = []
    for draft in drafts:
        last = out[-1] if out else None
        if last is not None and draft.gap == NOTHING_ABOVE and _goes_on(last, draft):
            last.lines += draft.lines
            last.text = join(last.text, draft.text, words.known, words.hyphenates)
            last.cut = draft.cut
        else:
            out.append(draft)
    return out


def _goes_on(before: Draft, draft: Draft) -> bool:
    """Whether a column's first paragraph is the end of the sentence that the column before left open."""
    running = before.kind in (BlockKind.PARAGRAPH, BlockKind.LIST_ITEM) and draft.kind is BlockKind.PARAGRAPH
    same_flow = before.page == draft.page and (before.side, before.boxed) == (draft.side, draft.boxed)
    same_type = abs(before.lines[-1].size - draft.lines[0].size) < 0.7
    full = _fills(before) and before.lines[-1].style.bold == draft.lines[0].style.bold
    open_end = before.cut or (not _ENDED.search(before.text) and (draft.text[:1].islower() or full))
    return running and same_flow and same_type and open_end and before.area.y0 + 3 > draft.area.y0


def _fills(draft: Draft) -> bool:
    """Whether the last of several lines reaches the end of its column."""
    return len(draft.lines) > 1 and draft.lines[-1].x1 > draft.left + draft.column - draft.lines[-1].size


def drop_repeated_heads(drafts: Sequence[Draft]) -> None:
    """Take a table's head out where it is only repeated at the top of its next page."""
    tables = [d for d in drafts if d.kind is BlockKind.TABLE and len(d.rows) > 1]
    head: tuple[str, ...] = ()
    page = 0
    for table in tables:
        if head and page in (table.page, table.page - 1) and _key(table.rows[0]) == _key(head):
            table.rows = table.rows[1:]
            table.text = rows_text(table.rows)
        else:
            head = table.rows[0]
        page = table.page


def _key(row: tuple[str, ...]) -> str:
    return fold(" ".join(row))


def rows_text(rows: Sequence[Sequence[str]]) -> str:
    return "\n".join("\t".join(cell for cell in row if cell) for row in rows)


def close_boxes(drafts: list[Draft]) -> None:
    """Make the paragraphs of each box one block, unless the document's own headings or long text stand in it."""
    index = 0
    while index < len(drafts):
        end = index
        while end < len(drafts) and drafts[end].boxed and drafts[end].page == drafts[index].page:
            if end > index and drafts[end].gap == NOTHING_ABOVE:
                break
            end += 1
        if end == index:
            index += 1
            continue
        own = drafts[index:end]
        own_headings = any(d.kind is BlockKind.HEADING for d in own) and not own[0].side
        if not own_headings and (own[0].side or sum(len(d.text.split()) for d in own) <= BOX_WORDS):
            whole = Draft(
                [ln for d in own for ln in d.lines],
                own[0].page,
                BlockKind.BOX,
                side=own[0].side,
                area=hull([d.area for d in own]),
            )
            whole.text = "\n".join(d.text for d in own)
            drafts[index:end] = [whole]
            index += 1
        else:
            index = end


def carry_on(drafts: Sequence[Draft]) -> None:
    """Mark the first running block of a page that goes on from the last one of the page before."""
    running = [
        d for d in drafts if d.kind not in (BlockKind.FOOTNOTE, BlockKind.FURNITURE, BlockKind.CAPTION) and not d.side
    ]
    for before, draft in pairwise(running):
        if draft.page == before.page or draft.kind is BlockKind.HEADING or before.kind is BlockKind.HEADING:
            continue
        if draft.kind is BlockKind.TABLE or before.kind is BlockKind.TABLE:
            draft.continues = draft.kind is before.kind and _same_columns(before, draft)
            continue
        if draft.label or draft.kind is BlockKind.LIST_ITEM:
            continue
        draft.continues = before.cut or (not _ENDED.search(before.text) and (draft.text[:1].islower() or _full(before)))


def _full(draft: Draft) -> bool:
    return len(draft.lines) < 2 or draft.lines[-1].x1 > draft.area.x1 - 4 * draft.lines[-1].size


def _same_columns(before: Draft, after: Draft) -> bool:
    return bool(before.rows and after.rows) and len(before.rows[0]) == len(after.rows[0])
