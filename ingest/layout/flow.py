"""How blocks hang together: over columns, over pages, in boxes, and tables whose heads return."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from corpus.ids import fold
from corpus.model import BlockKind
from ingest.layout.geometry import hull
from ingest.layout.headings import CAPTION
from ingest.layout.join import join
from ingest.layout.paragraphs import ENDS, NOTHING_ABOVE, Draft, Words

BOX_WORDS = 320
"""A longer shaded stretch is running text on a shade, not a box."""
HEAD_ROWS = 3
"""A table's head has at most so many rows."""
SAME_EDGE = 4.0
"""Points by which the parts of one table on two pages may begin or end elsewhere."""
FIGURES = 0.4
"""A drawing's lettering: so many of its lines, or more, are bare figures (of axes and bars)."""
LETTERING_WORDS = 9
"""No line of a drawing's lettering has more words."""
_FIGURES = re.compile(r"[\d.,%()=≤≥<>/\s–‒+-]*\d[\d.,%()=≤≥<>/\s–‒+-]*")


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
    open_end = before.cut or (not ENDS.search(before.text) and (draft.text[:1].islower() or full))
    return running and same_flow and same_type and open_end and before.area.y0 + 3 > draft.area.y0


def _fills(draft: Draft) -> bool:
    """Whether the last of several lines reaches the end of its column."""
    return len(draft.lines) > 1 and draft.lines[-1].x1 > draft.left + draft.column - draft.lines[-1].size


def drop_repeated_heads(drafts: Sequence[Draft]) -> None:
    """Take a table's head out where it is only repeated at the top of its next page.

    Another table of the same head on the same page, or after other text, keeps it.
    """
    heads: dict[int, list[list[str]]] = {}
    for before, table in _table_turns(drafts):
        own = [_key(row) for row in table.rows[:HEAD_ROWS]]
        earlier = heads.get(id(before)) or [[_key(row) for row in before.rows[:HEAD_ROWS]]]
        heads[id(table)] = [*earlier, own]
        again = max(_in_common(head, own) for head in earlier)
        if 0 < again < len(table.rows):
            table.rows = table.rows[again:]
            table.text = rows_text(table.rows)


def _table_turns(drafts: Sequence[Draft]) -> Iterator[tuple[Draft, Draft]]:
    """A page's last table and the next page's first one where nothing stands between but the title once more."""
    before: Draft | None = None
    title = above = ""
    for draft in drafts:
        if draft.kind in (BlockKind.FOOTNOTE, BlockKind.FURNITURE) or draft.side:
            continue
        if match := CAPTION.match(draft.text) if draft.kind in (BlockKind.CAPTION, BlockKind.PARAGRAPH) else None:
            above = fold(match[0])
            continue
        if draft.kind is BlockKind.TABLE and draft.rows:
            if before is not None and before.page == draft.page - 1 and above in ("", title):
                yield before, draft
            else:
                title = above
        before, above = (draft if draft.kind is BlockKind.TABLE else None), ""


def _in_common(one: Sequence[str], other: Sequence[str]) -> int:
    """How many rows two tables begin with alike."""
    return next((n for n, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))


def _key(row: tuple[str, ...]) -> str:
    return fold(" ".join(row))


def rows_text(rows: Sequence[Sequence[str]]) -> str:
    """A table as text: a line for each row, its cells parted by tabs: no sentence goes on from cell to cell."""
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
            if _is_lettering(whole):
                whole.kind = BlockKind.FURNITURE
            drafts[index:end] = [whole]
            index += 1
        else:
            index = end


def _is_lettering(box: Draft) -> bool:
    """Whether the words of a frame are those around a chart: short, and figures of its axes among them."""
    texts = [ln.text for ln in box.lines]
    figures = sum(_FIGURES.fullmatch(text) is not None for text in texts)
    return figures >= max(3, FIGURES * len(texts)) and max(len(t.split()) for t in texts) <= LETTERING_WORDS


def carry_on(drafts: Sequence[Draft]) -> None:
    """Mark the first running block of a page that goes on from the last one of the page before."""
    running = [d for d in drafts if d.kind not in (BlockKind.FOOTNOTE, BlockKind.FURNITURE) and not d.side]
    turned = {id(table) for before, table in _table_turns(drafts) if _same_table(before, table)}
    for before, draft in pairwise(d for d in running if d.kind is not BlockKind.CAPTION):
        if draft.page == before.page or draft.kind is BlockKind.HEADING or before.kind is BlockKind.HEADING:
            continue
        if draft.kind is BlockKind.TABLE or before.kind is BlockKind.TABLE:
            draft.continues = id(draft) in turned
            continue
        if draft.label or draft.kind is BlockKind.LIST_ITEM or abs(before.lines[-1].size - draft.lines[0].size) > 0.7:
            continue
        draft.continues = before.cut or (not ENDS.search(before.text) and (draft.text[:1].islower() or _full(before)))


def _full(draft: Draft) -> bool:
    return len(draft.lines) < 2 or draft.lines[-1].x1 > draft.area.x1 - 4 * draft.lines[-1].size


def _same_table(before: Draft, after: Draft) -> bool:
    """Whether two tables have as many columns, or begin and end at the same places."""
    if not before.rows or not after.rows:
        return False
    level = all(
        abs(one - other) <= SAME_EDGE
        for one, other in ((before.area.x0, after.area.x0), (before.area.x1, after.area.x1))
    )
    return level or len(before.rows[0]) == len(after.rows[0])
