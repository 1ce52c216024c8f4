"""Which lines are headings, and of which level."""

from __future__ import annotations

from dataclasses import replace

from drawn import blocks, prose, run, sheet

from ingest.layout.headings import Entry


def test_a_laws_articles_are_headings_however_many_they_are() -> None:
    """Bold headings of so many short articles were so much of all letters that they passed for running text."""
    sheets = []
    for n, thing in enumerate(("boats", "tugs", "ropes", "sails"), start=1):
        runs = [run(f"Chapter {n}", 270, 90, bold=True), run(f"On {thing}", 275, 103, bold=True)]
        for m in range(4):
            top = 140 + 100 * m
            runs.append(
                run(f"ARTICLE {4 * n + m}. On the mooring of boats number {m} at the quay.", 70, top, bold=True)
            )
            runs += prose(70, top + 16, 3)
        sheets += [sheet(2 * n - 1, *runs), sheet(2 * n, *prose(70, 90, 3))]
    found = [(h.level, h.text.split(".")[0]) for page in blocks(*sheets) for h in page.headings]
    assert found[:3] == [(1, "Chapter 1 On boats"), (2, "ARTICLE 4"), (2, "ARTICLE 5")]
    assert len(found) == 20


def test_chapters_that_open_their_pages_are_no_running_headers() -> None:
    """Chapter 1, Chapter 2 and so on are alike but for their numbers, which do not count the pages."""
    sheets = []
    for n in range(1, 5):
        opening = run(f"Chapter {n}", 70, 90, size=16, bold=True)
        sheets += [sheet(2 * n - 1, opening, *prose(70, 120, 20)), sheet(2 * n, *prose(70, 90, 30))]
    assert [h.text for page in blocks(*sheets) for h in page.headings] == [f"Chapter {n}" for n in range(1, 5)]


def test_the_source_named_below_a_table_is_no_heading() -> None:
    """It is set apart in a type of its own, as headings are."""
    source = run("Source: harbour office", 70, 400, size=11, bold=True)
    page, _ = blocks(*[sheet(n, *prose(70, 90, 20), source, *prose(70, 440, 20)) for n in (1, 2)])
    assert not page.headings


def test_what_the_outline_names_is_a_heading_also_where_it_looks_like_an_item() -> None:
    """Lettered and bulleted headings stayed list items although the outline had them."""
    runs = [
        *prose(70, 90, 10),
        run("a) Boats of the quay", 70, 240),
        *prose(70, 260, 10),
        run("•", 70, 410),
        run("Tugs of the bay", 82, 410),
        *prose(70, 430, 10),
    ]
    outline = (Entry("a) Boats of the quay", 2, 1), Entry("Tugs of the bay", 3, 1))
    (page,) = blocks(sheet(1, *runs), outline=outline)
    assert [(h.level, h.text) for h in page.headings] == [(2, "a) Boats of the quay"), (3, "Tugs of the bay")]


def test_a_questionnaires_numbered_items_are_no_headings_even_where_one_asks_nothing() -> None:
    """The item that leads to sub-items has no question mark of its own, but is set like all the others."""
    asked = ["1. Have you a boat?", "2. Have you sailed, or do you now sail:", "3. Is it old?", "4. Is it safe?"]
    asked += ["5. Does it leak?"]
    runs = [r for n, q in enumerate(asked) for r in (run(q, 70, 90 + 100 * n, bold=True), *prose(70, 120 + 100 * n, 4))]
    (page,) = blocks(sheet(1, *runs))
    assert not page.headings


def test_headings_that_only_their_family_tells_from_named_ones_have_their_level_in_every_process() -> None:
    """Styles of one prominence were ranked in the order of a set, so that levels changed from run to run."""
    for family in ("Slab", "Round", "Gothic", "Antique", "Script", "Mono", "Serif", "Text"):
        runs = []
        for n in range(5):
            named = run(f"Quay number {n}", 70, 80 + 140 * n, size=16, bold=True)
            other = replace(run(f"Pier number {n}", 70, 150 + 140 * n, size=16, bold=True), font=family)
            runs += [named, *prose(70, 100 + 140 * n, 3), other, *prose(70, 170 + 140 * n, 3)]
        (page,) = blocks(sheet(1, *runs), outline=tuple(Entry(f"Quay number {n}", 2, 1) for n in range(5)))
        assert [h.level for h in page.headings] == [2] * 10
