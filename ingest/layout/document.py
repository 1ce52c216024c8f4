"""A whole document's sheets → pages of blocks: the layout rules in their order."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from corpus.ids import fold
from corpus.model import Block, BlockKind, Page
from ingest.layout import furniture, headings, matter, notes
from ingest.layout.characters import clean
from ingest.layout.geometry import Line, Sheet, hull
from ingest.layout.join import join
from ingest.layout.lines import pieces, to_line
from ingest.layout.paragraphs import (
    NOTHING_ABOVE,
    Draft,
    Steps,
    Words,
    joined,
    learn_words,
    set_depths,
    split,
    usual_steps,
    write,
)
from ingest.layout.regions import Region, regions, rows_to_lines

COVER_WORDS = 160
"""A first page with fewer words whose type outgrows the body's is a cover."""
CAPTION_LONGEST = 240
"""Characters: what goes on longer is a paragraph that speaks of a table."""
BOX_WORDS = 320
"""A longer shaded stretch is running text on a shade, not a box."""
_ENDED = re.compile(r"[.!?:;…][\"”’»)\]]*$")


@dataclass(slots=True)
class LaidOut:
    """What the layout rules made of a document; ``words`` are its folded words, ``body`` how most of it is set."""

    pages: tuple[Page, ...]
    cover: tuple[Line, ...]
    words: Words
    body: headings.BodyStyle
    drafts: list[Draft] = field(default_factory=list)


@dataclass(slots=True)
class _PageParts:
    sheet: Sheet
    label: str | None
    regions: list[Region]
    notes: list[notes.Note]
    entries: list[tuple[Line, str, str]]
    """Contents lines with title and printed label, and from which y to which they stand."""
    contents: tuple[float, float] | None


def lay_out(sheets: Sequence[Sheet], outline: Sequence[headings.Entry], pdf_labels: Sequence[str | None]) -> LaidOut:
    """Sheets as pages of blocks with headings levelled, notes and furniture parted, lists item by item."""
    raw_lines = [[to_line(runs) for runs in pieces(sheet.runs, sheet.shapes)] for sheet in sheets]
    kept, labels = furniture.part(sheets, raw_lines, pdf_labels)
    body = headings.body_style([ln for own in kept for ln in own])
    parts = [_page_parts(s, own, label, body[0]) for s, own, label in zip(sheets, kept, labels, strict=True)]
    words = learn_words(ln for part in parts for region in part.regions for ln in region.lines)
    named = list(outline)
    contents = {part.sheet.number: part.contents for part in parts if part.contents is not None}
    for part in parts:
        named += matter.contents_entries(part.entries)
    steps = usual_steps(
        [ln for part in parts for region in part.regions if region.kind == "text" for ln in region.lines]
    )
    drafts = [draft for part in parts for draft in headings.merge_broken(_drafts(part, words, steps), body)]
    drafts = _across_columns(drafts, words)
    _drop_repeated_heads(drafts)
    cover = _cover(parts, body[0])
    inner = [
        d for d in drafts if d.page != cover and d.kind is not BlockKind.FOOTNOTE and not _in_contents(d, contents)
    ]
    front = frozenset(fold(" ".join(d.text for d in drafts if d.page == cover)).split())
    headings.find(inner, body, _agreed(named, outline), labels, front)
    for draft in inner:
        if draft.kind is BlockKind.PARAGRAPH and len(draft.text) <= CAPTION_LONGEST and headings.is_caption(draft.text):
            draft.kind = BlockKind.CAPTION
    _close_boxes(drafts)
    matter.mark(drafts, contents)
    for draft in drafts:
        if draft.kind is BlockKind.FURNITURE and draft.page in contents and not draft.rows:
            draft.text = "\n".join(matter.without_leader(ln.text) for ln in draft.lines)
    _carry_on(drafts)
    pages = tuple(_page(part, [d for d in drafts if d.page == part.sheet.number]) for part in parts)
    first = tuple(ln for region in parts[0].regions for ln in region.lines) if parts else ()
    return LaidOut(pages, first, words, body, drafts)


def _agreed(named: list[headings.Entry], outline: Sequence[headings.Entry]) -> list[headings.Entry]:
    """The outline's entries, with those of contents pages that it lacks; the outline's levels go first."""
    keys = {entry.key for entry in outline}
    return [*outline, *(e for e in named[len(outline) :] if e.key not in keys)]


def _in_contents(draft: Draft, contents: dict[int, tuple[float, float]]) -> bool:
    top, bottom = contents.get(draft.page, (0.0, -1.0))
    return top - 2 <= draft.area.y0 and draft.area.y1 <= bottom + 2


def _page_parts(sheet: Sheet, lines: list[Line], label: str | None, body: float) -> _PageParts:
    """One page's regions in reading order, with the notes taken out of them."""
    found: list[notes.Note] = []
    kept: list[Region] = []
    contents = matter.contents_lines(lines)
    span = (min(f[0].y0 for f in contents), max(f[0].y1 for f in contents)) if contents else None
    for region in regions(sheet, lines, span):
        if region.kind == "text":
            region.lines, own = notes.part(sheet, region.lines, body)
            found += own
        if region.lines:
            kept.append(region)
    return _PageParts(sheet, label, kept, found, contents, span)


def _drafts(part: _PageParts, words: Words, steps: Steps) -> list[Draft]:
    """One page's regions and notes as drafts, written out."""
    drafts: list[Draft] = []
    number = part.sheet.number
    for region in part.regions:
        if region.kind == "table":
            drafts.append(_table(region, number, words))
            continue
        boxed = region.kind == "box"
        own = split(region.lines, number, {**steps, **usual_steps(region.lines)}, boxed)
        for draft in own:
            write(draft, words)
            draft.side = region.side
        drafts += [d for d in own if d.text]
    set_depths(drafts)
    for note in part.notes:
        draft = Draft(note.lines, number, BlockKind.FOOTNOTE, label=note.label, area=hull(note.lines))
        draft.text, draft.cut = joined(note.lines, words)
        if note.label and not note.lines[0].mark and draft.text.startswith(note.label):
            draft.text = draft.text[len(note.label) :].lstrip(".) ")
        drafts.append(draft)
    return drafts


def _table(region: Region, page: int, words: Words) -> Draft:
    rows = tuple(
        tuple(joined(rows_to_lines(cell), words)[0] if cell else "" for cell in row) for row in region.cells if any(row)
    )
    return Draft(
        region.lines, page, BlockKind.TABLE, text=_rows_text(rows), rows=rows, side=region.side, area=region.area
    )


def _cover(parts: Sequence[_PageParts], body: float) -> int | None:
    """The number of the cover page, None where the first page is running text."""
    if len(parts) < 2:
        return None
    lines = [ln for region in parts[0].regions for ln in region.lines]
    few = sum(len(ln.text.split()) for ln in lines) <= COVER_WORDS
    return parts[0].sheet.number if lines and few and max(ln.size for ln in lines) > body + 3 else None


def _across_columns(drafts: Sequence[Draft], words: Words) -> list[Draft]:
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
    open_end = before.cut or (draft.text[:1].islower() and not _ENDED.search(before.text))
    return running and same_flow and same_type and open_end and before.area.y0 + 3 > draft.area.y0


def _drop_repeated_heads(drafts: Sequence[Draft]) -> None:
    """Take a table's head out where it is only repeated at the top of its next page."""
    tables = [d for d in drafts if d.kind is BlockKind.TABLE and len(d.rows) > 1]
    head: tuple[str, ...] = ()
    page = 0
    for table in tables:
        if head and page in (table.page, table.page - 1) and _key(table.rows[0]) == _key(head):
            table.rows = table.rows[1:]
            table.text = _rows_text(table.rows)
        else:
            head = table.rows[0]
        page = table.page


def _key(row: tuple[str, ...]) -> str:
    return fold(" ".join(row))


def _rows_text(rows: Sequence[Sequence[str]]) -> str:
    return "\n".join("\t".join(cell for cell in row if cell) for row in rows)


def _close_boxes(drafts: list[Draft]) -> None:
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


def _carry_on(drafts: Sequence[Draft]) -> None:
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


def _page(part: _PageParts, drafts: Sequence[Draft]) -> Page:
    main = [d for d in drafts if not d.side and d.kind is not BlockKind.FOOTNOTE]
    side = [d for d in drafts if d.side and d.kind is not BlockKind.FOOTNOTE]
    feet = [d for d in drafts if d.kind is BlockKind.FOOTNOTE]
    blocks = [_block(d) for d in (*main, *side, *feet) if d.text]
    aside = clean(" ".join(run.text for run in part.sheet.aside))
    if aside:
        blocks.append(Block(kind=BlockKind.FURNITURE, text=aside))
    return Page(number=part.sheet.number, label=part.label, blocks=tuple(blocks))


def _block(draft: Draft) -> Block:
    return Block(
        kind=draft.kind,
        text=draft.text,
        level=draft.level if draft.kind in (BlockKind.HEADING, BlockKind.LIST_ITEM) else 0,
        label=draft.label,
        rows=draft.rows,
        continues=draft.continues,
        side=draft.side,
    )
