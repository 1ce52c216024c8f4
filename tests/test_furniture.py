"""What returns from page to page is furniture, unless it belongs to a list or a table that begins there."""

from __future__ import annotations

from drawn import PROSE, blocks, prose, run, sheet

from corpus.model import BlockKind
from ingest.layout.geometry import Shape


def rule(x0: float, y0: float, x1: float, y1: float) -> Shape:
    return Shape(x0, y0, x1, y1, True)


def test_bullets_and_numbers_that_open_a_text_are_no_page_furniture() -> None:
    """A list of sources went on at the head of three pages: each time its first number was lost with the headers."""
    sheets = []
    for number, name in enumerate(("Ferry", "Barge", "Tug", "Dinghy"), start=1):
        first = [run(str(20 * number), 70, 80), run(f"{name} of the bay.", 95, 80)]
        bullet = [run("•", 70, 770), run(f"a boat like the {name}", 90, 770)]
        sheets.append(sheet(number, *first, *prose(70, 120, 20), *bullet, run(str(number), 290, 810)))
    pages = blocks(*sheets)
    assert [p.label for p in pages] == ["1", "2", "3", "4"]
    assert [p.blocks[0].text.split(" ")[0] for p in pages] == ["20", "40", "60", "80"]
    assert {(p.blocks[-1].kind, p.blocks[-1].text[:14]) for p in pages} == {(BlockKind.LIST_ITEM, "a boat like th")}


def test_a_number_beside_a_running_title_counts_the_pages() -> None:
    """The number before a header's words is the page's label, not the opener of a text."""
    sheets = [
        sheet(n, run(str(n + 6), 70, 50), run("Harbour report", 100, 50), *prose(70, 120, 20, f"{n} of all of them"))
        for n in range(1, 5)
    ]
    assert [p.label for p in blocks(*sheets)] == ["7", "8", "9", "10"]


def test_a_tables_repeated_head_is_not_taken_for_a_running_header() -> None:
    """Without its head a table that fills the page was read line by line across its columns."""
    edges = (70.0, 200.0, 480.0)
    sheets = []
    for number in range(1, 5):
        head = [run("Objective", 75, 72), run("Achievements", 205, 72)]
        cells = [run(f"Aim {number}", 75, 100)]
        cells += [run(f"the boats of quay {number} sail on day {n}", 205, 100 + 13 * n) for n in range(8)]
        upright = [rule(x, y0, x + 0.5, y1) for x in edges for y0, y1 in ((60, 80), (80, 210))]
        level = [rule(edges[0], y, edges[-1], y + 0.5) for y in (60, 80, 210)]
        shapes = (*upright, *level, rule(70, 60, 480, 80))
        sheets.append(sheet(number, *head, *cells, *prose(70, 250, 10), shapes=shapes))
    pages = blocks(*sheets)
    tables = [b for p in pages for b in p.blocks if b.kind is BlockKind.TABLE]
    assert tables[0].rows[0] == ("Objective", "Achievements")
    assert [t.rows[-1][0] for t in tables] == ["Aim 1", "Aim 2", "Aim 3", "Aim 4"]


def test_on_a_single_page_the_rule_below_it_tells_a_running_header() -> None:
    """Nothing returns on one page; a heading with a rule below it is larger or bold."""
    text = prose(70, 130, 30)
    below = rule(60, 54, 500, 54.5)
    (page,) = blocks(sheet(1, run("Harbour report, part two", 70, 50), *text, shapes=(below,)))
    assert not any("part two" in b.text for b in page.blocks)
    (page,) = blocks(sheet(1, run("Part two", 70, 50, bold=True), *text, shapes=(below,)))
    assert page.blocks[0].text == "Part two"


def test_a_number_that_stands_alone_is_the_label_where_another_counts_along() -> None:
    """A line such as "1 of four days" at the foot of every page gave its number to the pages."""
    sheets = [
        sheet(n, *prose(70, 120, 20), run(f"{n} of four days", 70, 780), run(str(n + 6), 290, 810)) for n in range(1, 5)
    ]
    assert [page.label for page in blocks(*sheets)] == ["7", "8", "9", "10"]


def test_paragraphs_that_begin_alike_at_the_head_of_their_pages_are_no_running_headers() -> None:
    """The first line of the same sentence on three pages was lost as a header, the rest of it stayed."""
    header = "Harbour report"
    sheets = []
    for n, name in enumerate(("Ferry", "Barge", "Tug"), start=1):
        first = [run(header, 70, 40), run(f"Part {n}: the {name}", 70, 66, size=14, bold=True)]
        opening = [run(PROSE, 70, 90), run(f"on to the {name} and back again in the dark.", 70, 103)]
        sheets.append(sheet(n, *first, *opening, *prose(70, 140, 30)))
    texts = [page.text for page in blocks(*sheets)]
    assert not any(header in text for text in texts)
    assert all(f"{PROSE} on to the" in text for text in texts)
