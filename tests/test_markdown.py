"""Markdown: front matter as the card, and a body that reads as its writer meant it."""

from __future__ import annotations

from pathlib import Path

import pytest

from corpus.model import Block, BlockKind
from ingest.readers.markdown import read
from ingest.reading import Reading


def markdown(source: str) -> Reading:
    return read(source.encode(), "note.md")


def blocks(source: str) -> tuple[Block, ...]:
    return markdown(source).pages[0].blocks


def test_front_matter_fills_the_card() -> None:
    """The fields that writers use for title, people, date, language and address reach the reading."""
    reading = markdown(
        "---\ntitle: 'Shelters: a review'\nauthors: [A. Writer, B. Other]\ndate: 7 June 2018\nlang: en-GB\n"
        "organisation: Aid Office\nurl: https://example.org/r\ntags: [care, return]\n---\n\n# Heading\n\nText.\n"
    )
    assert reading.title == "Shelters: a review"
    assert reading.authors == ("A. Writer", "B. Other")
    assert (reading.date, reading.language, reading.url) == ("2018-06-07", "en", "https://example.org/r")
    assert reading.organisations == ("Aid Office",)
    assert reading.metadata["tags"] == "care; return"
    assert not reading.warnings


@pytest.mark.parametrize(
    ("fields", "reason"),
    [
        ('title: !!python/object/apply:os.system ["true"]', "program objects"),
        ("a: &a [x, x]\nb: [*a, *a]", "anchors"),
        ("a: " + "[" * 50 + "]" * 50, "too deep"),
        ("a: " + "[" * 9_000, "left out"),
        ("title: [unclosed", "well-formed"),
        ("just words", "no fields"),
        ("a: " + "x" * 30_000, "too long"),
    ],
)
def test_front_matter_that_asks_for_more_than_values_is_left_out(fields: str, reason: str) -> None:
    """Tags, anchors, depth and malformed YAML cost the fields and a warning, never the text."""
    reading = markdown(f"---\n{fields}\n---\n# Guardianship\n\nReal sentence.\n")
    assert reading.pages[0].text == "Guardianship\nReal sentence."
    assert reading.title == "Guardianship"
    assert len(reading.warnings) == 1
    assert reason in reading.warnings[0]


def test_a_rule_at_the_top_is_no_front_matter() -> None:
    """A thematic break does not swallow the text after it."""
    assert "First" in markdown("---\n\nFirst paragraph.\n").pages[0].text


def test_lists_are_read_as_todays_editors_write_them() -> None:
    """A list may follow its lead-in without a blank line, and nests by two spaces."""
    found = blocks("The aims were:\n- care\n  - shelter\n- return\n\n3. third\n4. fourth\n")
    assert [(b.kind, b.level, b.text) for b in found] == [
        (BlockKind.PARAGRAPH, 0, "The aims were:"),
        (BlockKind.LIST_ITEM, 1, "care"),
        (BlockKind.LIST_ITEM, 2, "shelter"),
        (BlockKind.LIST_ITEM, 1, "return"),
        (BlockKind.LIST_ITEM, 1, "3. third"),
        (BlockKind.LIST_ITEM, 1, "4. fourth"),
    ]


def test_a_year_at_the_start_of_a_line_begins_no_list() -> None:
    """Only a list that begins with 1 may interrupt a paragraph (CommonMark 5.3)."""
    (block,) = blocks("The programme ended in\n2019. A second one followed.\n")
    assert block.text == "The programme ended in 2019. A second one followed."


def test_tables_code_and_notes() -> None:
    """A table is rows, fenced code keeps its lines as text, notes leave the running text."""
    found = blocks(
        "| Field | Value |\n|---|---|\n| Organisation | Aid Office |\n\n```html\n<script>\n  x()\n```\n\n"
        "The rate fell.[^1] It stayed low.\n\n[^1]: Office figures.\n[^b]: Another.\n"
    )
    assert found[0].rows == (("Field", "Value"), ("Organisation", "Aid Office"))
    assert found[1].text == "<script>\n  x()"
    assert found[2].text == "The rate fell. It stayed low."
    notes = [(b.label, b.text) for b in found if b.kind is BlockKind.FOOTNOTE]
    assert notes == [("1", "Office figures."), ("b", "Another.")]


def test_raw_html_and_links_leave_only_their_words() -> None:
    """Scripts and hidden targets go; the words of a link stay."""
    text = (
        markdown(
            "# Care <script>alert(1)</script>\n\nA [report](javascript:alert(1)) and <b onclick='x()'>more</b>.\n\n"
            '<div onclick="x()"><style>*{}</style><iframe src="//example.org"></iframe>Inside</div>\n'
        )
        .pages[0]
        .text
    )
    assert text == "Care\nA report and more.\nInside"


def test_the_hostile_files_are_read_without_effect(shared: Path) -> None:
    """The bomb and the tags of the hostile folder end as text with one warning each."""
    for name, sentence in (
        ("xss.md", "Second real sentence about shelters."),
        ("yaml-alias-bomb.md", "Real sentence."),
    ):
        reading = read((shared / "library" / "hostile" / name).read_bytes(), name)
        assert sentence in reading.pages[0].text
        assert len(reading.warnings) == 1
    assert not list(Path("/tmp").glob("pwned*"))
