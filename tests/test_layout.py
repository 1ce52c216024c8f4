"""Layout rules: what a page's typography means, on made-up runs of glyphs."""

from __future__ import annotations

import pytest
from drawn import HEIGHT, PROSE, WIDTH, blocks, prose, run, sheet

from corpus.model import Block, BlockKind
from ingest.layout import furniture
from ingest.layout.cover import card, cover_title, document_type, find_date, trusted_title
from ingest.layout.geometry import Run, Shape, Sheet
from ingest.layout.headings import Entry
from ingest.layout.join import join
from ingest.layout.lines import pieces, to_line
from ingest.layout.paragraphs import learn_words
from ingest.layout.regions import regions


def test_a_raised_number_is_a_notes_mark_and_not_part_of_the_text() -> None:
    """A small figure off the baseline leaves the running text; an exponent stays."""
    line = to_line([run("The quay was long", 70, 100), run("3", 156, 96, size=6), run(". It ended", 160, 100)])
    assert line.text == "The quay was long. It ended"
    assert to_line([run("twenty m", 70, 100), run("2", 110, 96, size=6)]).text == "twenty m2"


def test_runs_of_one_line_get_spaces_only_where_ink_is_apart() -> None:
    """Kerned halves of a word stay one word; a gap as wide as a space makes two."""
    halves = [run("us", 70, 100), run("ability", 80.8, 100), run("now", 119, 100)]
    assert [to_line(p).text for p in pieces(halves, [])] == ["usability now"]


@pytest.mark.parametrize(
    ("first", "second", "words", "whole"),
    [
        ("the mem-", "bers met", None, "the members met"),
        ("a cross-", "cutting issue", None, "a cross-cutting issue"),
        ("twelve life-", "lines held", {"lifelines"}, "twelve lifelines held"),
        ("the sea-", "shore team", {"sea-shore"}, "the sea-shore team"),
        ("from 30-", "40 places", None, "from 30-40 places"),
        ("the UNICEF-", "led group", None, "the UNICEF-led group"),
        ("ended here", "and went on", None, "ended here and went on"),
        ("a dash -", "then more", None, "a dash - then more"),
    ],
)
def test_words_cut_at_line_ends_are_mended_and_real_hyphens_kept(
    first: str, second: str, words: set[str] | None, whole: str
) -> None:
    """The document's own words decide, then the look of the two halves."""
    assert join(first, second, words) == whole


def test_where_nothing_is_ever_cut_every_hyphen_is_the_authors() -> None:
    """A word processor without hyphenation breaks lines only after hyphens that somebody wrote."""
    assert join("the drop-", "point", None, hyphenates=False) == "the drop-point"
    assert join("the drop-", "point", None, hyphenates=True) == "the droppoint"


def report(pages: int) -> list[Sheet]:
    made = []
    for number in range(1, pages + 1):
        text = [run(f"{PROSE} {number}{n}", 70, 120 + 13 * n) for n in range(5)]
        made.append(sheet(number, run("Harbour report", 70, 40), *text, run(f"page {number + 4}", 280, 810)))
    return made


def test_headers_and_footers_are_known_by_their_return_and_give_the_printed_labels() -> None:
    """What stands at one place on every page is furniture; the number that counts along is the label."""
    sheets = report(4)
    lines = [[to_line(p) for p in pieces(s.runs, s.shapes)] for s in sheets]
    kept, labels = furniture.part(sheets, lines, [None] * 4)
    assert labels == ["5", "6", "7", "8"]
    assert all(len(own) == 5 for own in kept)
    assert not any("Harbour report" in line.text for own in kept for line in own)


def test_a_page_without_a_printed_number_has_no_label() -> None:
    """The cover of a numbered report is not given a number that nobody printed on it."""
    cover = sheet(1, run("A report on harbours", 100, 300, size=26, bold=True))
    pages = blocks(cover, *[Sheet(s.number + 1, WIDTH, HEIGHT, s.runs) for s in report(4)])
    assert [p.label for p in pages] == [None, "5", "6", "7", "8"]


def test_columns_are_read_one_after_the_other() -> None:
    """Two columns of prose are never mixed line by line, and a sentence goes on from one to the next."""
    half = PROSE[:40]
    left = [run(f"left{n} {half}", 60, 100 + 13 * n) for n in range(8)]
    right = [run(f"right{n} {half}", 320, 100 + 13 * n) for n in range(8)]
    (page,) = blocks(sheet(1, *[r for pair in zip(left, right, strict=True) for r in pair]))
    order = [word for word in page.text.split() if word.startswith(("left", "right"))]
    assert order == [f"left{n}" for n in range(8)] + [f"right{n}" for n in range(8)]


@pytest.mark.parametrize(("box", "text", "order"), [(70, 320, ["box", "text"]), (320, 70, ["text", "box"])])
def test_a_box_that_fills_a_column_is_read_in_the_columns_turn(box: int, text: int, order: list[str]) -> None:
    """Nothing stands above or below it: it is the column itself, before or after the other one, and no side box."""
    half = PROSE[:34]
    shade = Shape(box - 8, 90, box + 222, 340, filled=True)
    page = blocks(
        sheet(1, *prose(box, 110, 16, "Boxed " + half), *prose(text, 110, 16, "Plain " + half), shapes=(shade,))
    )[0]
    found = ["box" if b.kind is BlockKind.BOX else "text" for b in page.blocks if b.kind is not BlockKind.HEADING]
    assert found == order
    assert not any(b.side for b in page.blocks)


def test_a_shaded_box_beside_the_text_is_whole_and_comes_last() -> None:
    """Text that flows around a box is read without it; the box follows as one block."""
    wide = prose(70, 100, 3)
    narrow = [run(PROSE[:42], 70, 152 + 13 * n) for n in range(6)]
    box = [
        run("A box", 330, 160, bold=True),
        run("with words of its own", 330, 174),
        run("and a second line.", 330, 187),
    ]
    shade = Shape(320, 140, 530, 230, True)
    (page,) = blocks(sheet(1, *wide, *narrow, *box, shapes=(shade,)))
    last = page.blocks[-1]
    assert (last.kind, last.side) == (BlockKind.BOX, True)
    assert last.text.replace("\n", " ") == "A box with words of its own and a second line."
    assert not any("box" in b.text for b in page.blocks[:-1])


def test_ruled_tables_become_rows_and_cells() -> None:
    """Cells hold their wrapped lines; the text goes row by row."""
    cells = [
        run("Country", 75, 110), run("Children met", 225, 110),
        run("Northland", 75, 140), run("forty, of whom", 225, 134), run("nine alone", 225, 146),
        run("Southland", 75, 170), run("twelve", 225, 170),
    ]  # fmt: skip
    rules = [Shape(70, y, 400, y + 0.5, True) for y in (98, 120, 155, 180)]
    rules += [Shape(x, 98, x + 0.5, 180, True) for x in (70, 220, 400)]
    (page,) = blocks(sheet(1, *prose(70, 300, 6), *cells, shapes=tuple(rules)))
    (table,) = [b for b in page.blocks if b.kind is BlockKind.TABLE]
    assert table.rows == (
        ("Country", "Children met"),
        ("Northland", "forty, of whom nine alone"),
        ("Southland", "twelve"),
    )
    assert table.text.split() == [word for row in table.rows for cell in row for word in cell.split()]


def test_footnotes_are_parted_with_their_numbers() -> None:
    """Smaller lines at the foot that open with a raised number are notes, each on its own."""
    notes = [
        run("1", 70, 756, size=5),
        run("A first remark that", 74, 760, size=8),
        run("takes two lines.", 70, 770, size=8),
    ]
    notes += [run("2", 70, 777, size=5), run("A second one.", 74, 781, size=8)]
    text = [run(f"{PROSE} {n}", 70, 120 + 13 * n) for n in range(10)]
    (page,) = blocks(sheet(1, *text, *notes))
    assert [(b.label, b.text) for b in page.footnotes] == [
        ("1", "A first remark that takes two lines."),
        ("2", "A second one."),
    ]
    assert "remark" not in page.text


def test_lists_come_item_by_item_with_labels_and_without_bullets() -> None:
    """Bullets go, counts stay in the text and are the label."""
    runs = [*prose(70, 100, 3)]
    runs += [run("•", 75, 150), run("a first thing to do", 90, 150), run("•", 75, 163), run("a second thing", 90, 163)]
    runs += [
        run("(i)", 75, 189),
        run("an item that is counted", 95, 189),
        run("(ii)", 75, 202),
        run("and one more", 98, 202),
    ]
    (page,) = blocks(sheet(1, *runs))
    items = [(b.label, b.text) for b in page.blocks if b.kind is BlockKind.LIST_ITEM]
    assert items == [
        ("", "a first thing to do"), ("", "a second thing"),
        ("(i)", "(i) an item that is counted"), ("(ii)", "(ii) and one more"),
    ]  # fmt: skip


def test_a_dash_within_a_sentence_is_no_bullet() -> None:
    """A line that begins with a dash goes on with its sentence where the line before had not ended."""
    runs = [run(PROSE[:90], 70, 100), run("– and the smallest first", 70, 113), *prose(70, 150, 4)]
    (page,) = blocks(sheet(1, *runs))
    assert page.blocks[0].kind is BlockKind.PARAGRAPH
    assert page.blocks[0].text.endswith("– and the smallest first")


def chapter(number: int) -> Sheet:
    name = ("one", "two", "three", "four", "five")[number - 1]
    runs = [run(f"Chapter {name}", 70, 100, size=18, bold=True), *prose(70, 140, 4)]
    runs += [run("A part of it", 70, 220, size=13, bold=True), *prose(70, 250, 4)]
    runs += [run("A small matter", 70, 330, bold=True), *prose(70, 350, 4)]
    return sheet(number, *runs)


def test_headings_get_their_levels_from_size_and_weight() -> None:
    """Without outline or contents page the larger type is the higher rank."""
    (page, *_) = blocks(*[chapter(n) for n in range(1, 6)])
    assert [(h.level, h.text) for h in page.headings] == [
        (1, "Chapter one"), (2, "A part of it"), (3, "A small matter"),
    ]  # fmt: skip


def test_the_outline_decides_levels_for_every_heading_of_a_style() -> None:
    """Where the outline names some headings of a style, all of that style follow it."""
    outline = tuple(Entry(title, level, 1) for title, level in (("Chapter one", 2), ("A part of it", 3)))
    pages = blocks(*[chapter(n) for n in range(1, 6)], outline=outline)
    assert {(h.level, h.text) for p in pages for h in p.headings} == {
        *((2, f"Chapter {name}") for name in ("one", "two", "three", "four", "five")),
        (3, "A part of it"), (4, "A small matter"),
    }  # fmt: skip


def test_a_paragraph_goes_on_over_the_page_and_its_cut_word_stays_cut() -> None:
    """Blocks are true to their page; the next page's first one says that it continues."""
    first = [run(f"{PROSE}", 70, 120 + 13 * n) for n in range(30)]
    first.append(Run(70, 503, 560, 512, PROSE + " harb\x02", 10.0, 510.0, "Sans"))
    second = [run("ours closed early that year and the children went on.", 70, 120), *prose(70, 150, 5)]
    before, after = blocks(sheet(1, *first), sheet(2, *second))
    assert before.text.endswith("harb-")
    head = after.blocks[0]
    assert head.continues
    assert head.text.startswith("ours closed")


def test_contents_pages_and_acronym_lists_are_furniture_and_name_the_headings() -> None:
    """Their lines stay on the page but are no passages; their headings are headings."""
    contents = [run("Contents", 70, 90, size=14, bold=True)]
    contents += [run(f"Chapter {n} of this {'. ' * 20}{n + 2}", 70, 130 + 14 * n) for n in range(6)]
    acronyms = [run("Acronyms", 70, 400, size=14, bold=True)]
    acronyms += [
        r for n in range(5) for r in (run(f"AB{n}", 70, 430 + 14 * n), run("A body of some sort", 200, 430 + 14 * n))
    ]
    body = sheet(2, run("Findings", 70, 90, size=14, bold=True), *prose(70, 120, 20))
    page, after = blocks(sheet(1, *contents, *acronyms), body)
    assert [h.text for h in page.headings] == ["Contents", "Acronyms"]
    assert {b.kind for b in page.blocks if b.kind is not BlockKind.HEADING} == {BlockKind.FURNITURE}
    assert BlockKind.PARAGRAPH in {b.kind for b in after.blocks}


def test_a_tables_head_is_dropped_where_its_next_page_repeats_it() -> None:
    """The second page of a long table begins with its next row."""

    def page(number: int, rows: list[tuple[str, str]]) -> Sheet:
        runs = [r for n, (a, b) in enumerate(rows) for r in (run(a, 75, 112 + 20 * n), run(b, 225, 112 + 20 * n))]
        bottom = 98 + 20 * len(rows)
        rules = [Shape(70, 98 + 20 * n, 400, 98.5 + 20 * n, True) for n in range(len(rows) + 1)]
        rules += [Shape(x, 98, x + 0.5, bottom, True) for x in (70, 220, 400)]
        return sheet(number, *runs, *(prose(70, 400, 5) if number == 2 else []), shapes=tuple(rules))

    head = ("Office", "Budget")
    _, second = blocks(
        page(1, [head, ("North", "10"), ("East", "30")]), page(2, [head, ("South", "20"), ("West", "5")])
    )
    (table,) = [b for b in second.blocks if b.kind is BlockKind.TABLE]
    assert table.rows == (("South", "20"), ("West", "5"))


def test_regions_leave_no_line_out() -> None:
    """However a page is cut up, every line stands in exactly one region."""
    page = sheet(1, *prose(60, 100, 5), *[run(PROSE[:40], 60, 200 + 13 * n) for n in range(6)])
    page.runs += [run(PROSE[:40], 320, 206 + 13 * n) for n in range(6)]
    lines = [to_line(p) for p in pieces(page.runs, page.shapes)]
    found = [line.text for region in regions(page, lines) for line in region.lines]
    assert sorted(found) == sorted(line.text for line in lines)


@pytest.mark.parametrize(
    ("title", "trusted"),
    [
        ("Shelters on the northern quay", True),
        ("Microsoft Word - final3.doc", False),
        ("untitled", False),
        ("Roads of the south", False),
    ],
)
def test_a_metadata_title_is_believed_only_where_the_document_bears_it_out(title: str, trusted: bool) -> None:
    """File names and other documents' titles are not taken for this one's."""
    assert trusted_title(title, {"an", "evaluation", "of", "shelters", "on", "the", "northern", "quay"}) is trusted


def test_the_covers_largest_type_is_its_title_and_its_date_is_told_as_exactly_as_printed() -> None:
    """Words that only name a kind of document are passed over."""
    lines = [to_line([r]) for r in (
        run("Final report", 100, 200, size=28), run("Shelters on the quay", 100, 300, size=22),
        run("and what became of them", 100, 326, size=22), run("June 2019", 100, 500),
        run("The Harbour Agency", 100, 520),
    )]  # fmt: skip
    assert cover_title(lines) == "Shelters on the quay and what became of them"
    assert find_date([line.text for line in lines]) == "2019-06"
    assert find_date(["le 7 juin 2018"]) == "2018-06-07"
    assert document_type("final evaluation of shelters") == "evaluation-report"


def test_every_letter_of_a_page_is_kept_somewhere() -> None:
    """Nothing that is printed in the page's running part is lost on the way to blocks."""
    page = chapter(1)
    printed = "".join(r.text for r in page.runs).replace(" ", "")
    (laid,) = blocks(page)
    kept = "".join(b.text for b in laid.blocks if isinstance(b, Block)).replace(" ", "")
    assert kept == printed


def level(y: float, x0: float = 60.0, x1: float = 500.0) -> Shape:
    """A level rule."""
    return Shape(x0, y, x1, y + 0.8, filled=False)


def test_a_table_with_level_rules_only_is_read_row_by_row() -> None:
    """Rows are told by the rules, columns by what stands below each other; group rows and a close-set head belong."""
    rows = [
        (120, [(60, "No."), (90, "Practice"), (250, "Country"), (400, "Shown to")]),
        (131, [(400, "work")]),
        (150, [(60, "Ports and quays")]),
        (170, [(60, "1"), (90, "Night teams that meet boats"), (250, "Malta"), (400, "evaluated")]),
        (182, [(90, "and take the children in")]),
        (202, [(60, "2"), (90, "Interpreters by telephone"), (250, "Italy, Spain"), (400, "described")]),
        (222, [(60, "3"), (90, "Guardians in the first week"), (250, "Greece"), (400, "evaluated")]),
    ]
    pieces_ = [run(text, x, base, size=8) for base, cells in rows for x, text in cells]
    rules = tuple(level(y) for y in (136, 155, 190, 208, 228))
    (page,) = blocks(sheet(1, *prose(60, 40, 4), *pieces_, *prose(60, 300, 6), shapes=rules))
    (table,) = [b for b in page.blocks if b.kind is BlockKind.TABLE]
    assert table.rows == (
        ("No.", "Practice", "Country", "Shown to work"),
        ("Ports and quays", "", "", ""),
        ("1", "Night teams that meet boats and take the children in", "Malta", "evaluated"),
        ("2", "Interpreters by telephone", "Italy, Spain", "described"),
        ("3", "Guardians in the first week", "Greece", "evaluated"),
    )


def test_emphasis_that_ends_with_a_line_does_not_end_the_sentence() -> None:
    """A bold beginning of a list item that fills its line, and the colon after it, stay one item."""
    first = run("• The fund for the children who arrive at the northern and the southern quays", 60, 100, bold=True)
    second = run(": it pays for guardians and interpreters during the first three weeks.", 72, 113)
    (page,) = blocks(sheet(1, first, second, *prose(60, 160, 8)))
    assert page.blocks[0].kind is BlockKind.LIST_ITEM
    assert page.blocks[0].text.endswith("quays : it pays for guardians and interpreters during the first three weeks.")


def test_short_notes_that_are_alike_are_not_taken_for_a_footer() -> None:
    """ "See practice 3, p. 49." at the foot of three pages is a note each time: a raised number opens it."""
    sheets = []
    for number in (1, 2, 3):
        mark = run(str(number), 60, 796, size=5)
        note = run(f"See practice {number}, p. 4{number}.", 64, 800, size=8)
        sheets.append(sheet(number, *prose(60, 100, 12), mark, note))
    assert [[n.label for n in page.footnotes] for page in blocks(*sheets)] == [["1"], ["2"], ["3"]]


def test_a_list_of_sources_in_small_type_is_no_footnotes() -> None:
    """Numbered small print that fills a column from its head down is text (end notes), entry by entry."""
    body = sheet(1, *prose(60, 100, 40))
    entries = []
    for n in range(1, 16):
        entries += [run(f"{n} Harbour authority. A report on arrivals.", 60, 80 + 30 * n, size=8)]
        entries += [run("Valletta, 2019. Source on file.", 72, 90 + 30 * n, size=8)]
    page = blocks(body, sheet(2, *entries))[1]
    assert not page.footnotes
    assert len(page.blocks) == 15


def test_the_name_below_evaluator_is_the_author_and_a_span_of_months_no_date() -> None:
    """ "Evaluator:" alone on a line names the next one; from one month to another is when the work was done."""
    runs = [run("What the quays teach", 60, 100, size=22), run("Evaluator:", 60, 160), run("Dr. Ana Example", 60, 176)]
    lines = [to_line([r]) for r in runs]
    assert card(lines, "What the quays teach Evaluator: Dr. Ana Example", {}).authors == ("Ana Example",)
    assert find_date(["Evaluation (December 2020 – March 2021)", "June 2022"]) == "2022-06"


def test_a_list_of_sources_below_its_heading_is_no_footnotes() -> None:
    """Where the list began halfway down a page, its entries were taken for the page's notes."""
    sources = [run(str(n), 70, 560 + 24 * n, size=8) for n in range(1, 5)]
    title = "and what the keepers of the harbour made of them in all the years"
    sources += [run(f"Mole, Toad. Ferries {n} {title}", 90, 560 + 24 * n, size=8) for n in range(1, 5)]
    sources += [run("Harbour Press.", 90, 570 + 24 * n, size=8) for n in range(1, 5)]
    page = sheet(1, *prose(70, 90, 30), run("References", 70, 550, bold=True), *sources)
    (read,) = blocks(page)
    listed = [b.text for b in read.blocks if b.kind is BlockKind.FURNITURE]
    assert not read.footnotes
    assert listed == [f"{n} Mole, Toad. Ferries {n} {title} Harbour Press." for n in range(1, 5)]


def test_a_list_keeps_its_depth_in_the_next_column() -> None:
    """Items stand further right in the second column, not deeper."""
    narrow = PROSE[:40]
    left = prose(70, 90, 30, narrow)
    left += [r for n in range(4) for r in (run("•", 72, 500 + 13 * n), run(f"boat {n} of the quay", 84, 500 + 13 * n))]
    right = [r for n in range(4) for r in (run("•", 322, 90 + 13 * n), run(f"tug {n} of the quay", 334, 90 + 13 * n))]
    (read,) = blocks(sheet(1, *left, *right, *prose(320, 160, 30, narrow)))
    assert {(b.level, b.text[:3]) for b in read.blocks if b.kind is BlockKind.LIST_ITEM} == {(1, "boa"), (1, "tug")}


def test_a_sentence_that_fills_its_column_goes_on_in_the_next_also_with_a_name() -> None:
    """A capital at a column's head does not begin a paragraph where the column before ends in mid-sentence."""
    narrow = "the harbour team asked each child about its way and"
    left = [run(narrow, 70, 90 + 13 * n) for n in range(40)]
    right = [run("Harbour Handbook for all teams on the quay and off.", 340, 90), *prose(340, 116, 36, narrow)]
    (read,) = blocks(sheet(1, *left, *right))
    assert "each child about its way and Harbour Handbook" in read.blocks[0].text


def test_a_short_text_may_have_its_words_cut_too() -> None:
    """On a single page nothing tells that words are cut but halves that are no words."""
    assert learn_words([to_line([run(t, 70, 100)]) for t in ("they met notam-", "ment in the quay")]).hyphenates
    assert not learn_words(
        [to_line([run(t, 70, 100)]) for t in ("they met one follow-", "up in the quay, up")]
    ).hyphenates


def test_a_space_before_a_removed_mark_goes_with_it() -> None:
    """The space between a word and its raised mark does not part the word from the full stop."""
    marked = to_line([run("on the quay ", 70, 100), run("1", 131, 96, size=6), run(". Then", 135, 100)])
    assert marked.text == "on the quay. Then"
