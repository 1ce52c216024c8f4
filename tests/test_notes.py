"""Footnotes, and what only looks like them."""

from __future__ import annotations

from drawn import PROSE, blocks, prose, run, sheet

from corpus.model import BlockKind, Page
from ingest.layout.geometry import Run, Shape

BODY = [run(f"{PROSE} {n}", 70, 90 + 15 * n, size=11) for n in range(40)]
"""A page of the usual type, so that it is known what is smaller."""


def footnotes(page: Page) -> list[str]:
    return [b.text for b in page.blocks if b.kind is BlockKind.FOOTNOTE]


def small(y: float, *texts: str) -> list[Run]:
    return [run(text, 70, y + 12 * n, size=9) for n, text in enumerate(texts)]


def test_the_rules_of_a_table_part_no_footnotes() -> None:
    """Text below a table at the foot of a page is not a note because the table has rules above it."""
    rules = [Shape(x, 480 + 20 * n, x + 150, 480.5 + 20 * n, True) for n in range(3) for x in (70, 220)]
    rules += [Shape(x, 480, x + 0.5, 520, True) for x in (70, 220, 370)]
    cells = [run(f"cell {n}{m}", 75 + 150 * m, 494 + 20 * n, size=9) for n in range(2) for m in range(2)]
    runs = [*prose(70, 100, 25), *cells, *small(560, PROSE, f"{PROSE} still"), *small(600, f"{PROSE} more")]
    _, page = blocks(sheet(1, *BODY), sheet(2, *runs, shapes=tuple(rules)))
    assert not footnotes(page)


def test_a_rule_alone_still_parts_footnotes() -> None:
    """The short rule above notes meets no other; drawn twice it is one."""
    rule = Shape(70, 700, 214, 700.5, True)
    runs = [*BODY, run("1", 70, 716, size=6), run("A first remark upon the quay.", 75, 720, size=8)]
    _, page = blocks(sheet(1, *BODY), sheet(2, *runs, shapes=(rule, rule)))
    assert footnotes(page) == ["A first remark upon the quay."]


def test_counted_questions_on_a_page_of_small_print_are_a_list() -> None:
    """An annex in smaller type than the report's has no notes for it: its counted lines are its own text."""
    questions = [run(f"{n}. What does quay {n} tell the pilots of the tide?", 70, 380 + 30 * n, size=9) for n in (3, 4)]
    runs = [
        run("Questions for the pilots", 70, 90, size=11, bold=True),
        *small(400, PROSE, PROSE, f"{PROSE}."),
        *questions,
    ]
    _, page = blocks(sheet(1, *BODY), sheet(2, *runs))
    assert not footnotes(page)
    assert [b.label for b in page.blocks if b.kind is BlockKind.LIST_ITEM] == ["3.", "4."]
