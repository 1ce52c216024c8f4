"""A whole document's sheets → pages of blocks: the layout rules in their order."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from corpus.ids import fold
from corpus.model import Block, BlockKind, Page
from ingest.layout import drawn, flow, furniture, headings, matter, notes
from ingest.layout.characters import clean
from ingest.layout.geometry import Line, Sheet, hull
from ingest.layout.lines import pieces, to_line
from ingest.layout.paragraphs import (
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
FRONT_PAGES = 3
"""Cover, imprint and contents: where a document's own title and authors stand."""
LABEL_AND_VALUE = 2
"""Columns of a table that tells of the document itself: whom it is by, when it was written."""
CAPTION_LONGEST = 240
"""Characters: what goes on longer is a paragraph that speaks of a table."""


@dataclass(slots=True)
class LaidOut:
    """What the layout rules made of a document: its pages, and what of the first ones tells who and what it is."""

    pages: tuple[Page, ...]
    cover: tuple[Line, ...]
    running: tuple[str, ...] = ()
    """What the headers and footers of its first pages say, each text once."""


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
    drawn.without_overlays(sheets)
    raw_lines = [[to_line(runs) for runs in pieces(drawn.with_bullets(s), s.shapes)] for s in sheets]
    kept, labels = furniture.part(sheets, raw_lines, pdf_labels)
    body = headings.body_style([ln for own in kept for ln in own])
    parts = [_page_parts(s, own, label, body.size) for s, own, label in zip(sheets, kept, labels, strict=True)]
    drafts = _written(parts, body)
    _recognise(drafts, parts, body, outline)
    by_page: defaultdict[int, list[Draft]] = defaultdict(list)
    for draft in drafts:
        by_page[draft.page].append(draft)
    pages = tuple(_page(part, by_page[part.sheet.number]) for part in parts)
    return LaidOut(pages, tuple(_front_lines(parts)), _dropped(raw_lines[:FRONT_PAGES], kept))


def _front_lines(parts: Sequence[_PageParts]) -> Iterator[Line]:
    """The first page's lines, without those of tables wider than a label and its value."""
    for region in parts[0].regions if parts else ():
        if region.kind != "table" or max(len(row) for row in region.cells) <= LABEL_AND_VALUE:
            yield from region.lines


def _dropped(raw: Sequence[list[Line]], kept: Sequence[list[Line]]) -> tuple[str, ...]:
    """The texts of the lines that are not kept."""
    there = {id(line) for own in kept for line in own}
    return tuple(dict.fromkeys(line.text for own in raw for line in own if id(line) not in there and line.text))


def _written(parts: Sequence[_PageParts], body: headings.BodyStyle) -> list[Draft]:
    """Every page's paragraphs, items, tables and notes with their words, in reading order."""
    words = learn_words(ln for part in parts for region in part.regions for ln in region.lines)
    running = [region for part in parts for region in part.regions if region.kind == "text"]
    steps = usual_steps([ln for region in running for ln in region.lines])
    drafts = [draft for part in parts for draft in headings.merge_broken(_drafts(part, words, steps), body)]
    drawn.open_panels(drafts)
    drafts = flow.across_columns(drafts, words)
    flow.drop_repeated_heads(drafts)
    return drafts


def _recognise(
    drafts: list[Draft], parts: Sequence[_PageParts], body: headings.BodyStyle, outline: Sequence[headings.Entry]
) -> None:
    """Tell what each draft is: heading, caption, box, furniture, or the rest of the page before."""
    contents = {part.sheet.number: part.contents for part in parts if part.contents is not None}
    listed = [entry for part in parts for entry in matter.contents_entries(part.entries)]
    cover = _cover(parts, body.size)
    inner = [
        d
        for d in drafts
        if d.page != cover and d.kind is not BlockKind.FOOTNOTE and not matter.in_contents(d, contents)
    ]
    front = frozenset(fold(" ".join(d.text for d in drafts if d.page == cover)).split())
    headings.find(inner, body, _agreed(outline, listed), [part.label for part in parts], front)
    for draft in inner:
        if draft.kind is BlockKind.PARAGRAPH and len(draft.text) <= CAPTION_LONGEST and headings.is_caption(draft.text):
            draft.kind = BlockKind.CAPTION
    flow.close_boxes(drafts)
    matter.mark(drafts, contents)
    flow.carry_on(drafts)


def _agreed(outline: Sequence[headings.Entry], listed: Sequence[headings.Entry]) -> list[headings.Entry]:
    """The outline's entries, with those of contents pages that it lacks: the outline's levels go first."""
    keys = {entry.key for entry in outline}
    return [*outline, *(entry for entry in listed if entry.key not in keys)]


def _page_parts(sheet: Sheet, lines: list[Line], label: str | None, body: float) -> _PageParts:
    """One page's regions in reading order, with the notes taken out of them."""
    found: list[notes.Note] = []
    kept: list[Region] = []
    contents = matter.contents_lines(lines)
    span = (min(f[0].y0 for f in contents), max(f[0].y1 for f in contents)) if contents else None
    sources = False
    for region in regions(sheet, lines, span):
        listed = span is not None and region.area.y0 >= span[0] - 1 and region.area.y1 <= span[1] + 1
        if region.kind == "text" and not listed:
            running, own = notes.part(sheet, region.lines, body)
            sources = sources or any(matter.is_sources_heading(ln.text) for ln in region.lines)
            # What follows that heading in small type is the list itself, unless raised numbers say otherwise.
            if not sources or any(note.lines[0].mark for note in own):
                region.lines = running
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
        region.lines, page, BlockKind.TABLE, text=flow.rows_text(rows), rows=rows, side=region.side, area=region.area
    )


def _cover(parts: Sequence[_PageParts], body: float) -> int | None:
    """The number of the cover page, None where the first page is running text."""
    if len(parts) < 2:
        return None
    lines = [ln for region in parts[0].regions for ln in region.lines]
    few = sum(len(ln.text.split()) for ln in lines) <= COVER_WORDS
    return parts[0].sheet.number if lines and few and max(ln.size for ln in lines) > body + 3 else None


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
