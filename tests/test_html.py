"""Web pages: their own text with its structure, nothing of their clutter, and what they say of themselves."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from corpus.errors import UnreadableInput
from corpus.ids import fold
from corpus.model import Block, BlockKind
from ingest.readers.html import read
from ingest.reading import Reading

STORY = "A guardian was appointed for each child within ten days, and the shelter kept a place for siblings. "


def page(body: str, head: str = "") -> Reading:
    return read(f"<!doctype html><html><head>{head}</head><body>{body}</body></html>".encode(), "page.html")


def blocks(body: str, kind: BlockKind | None = None) -> list[Block]:
    found = page(body).pages[0].blocks
    return [b for b in found if kind is None or b.kind is kind]


def text(body: str) -> str:
    return page(body).pages[0].text


@pytest.mark.parametrize("name", ["romia-synthesis", "mario-project", "gcm-iom-north-africa"])
def test_real_pages_come_out_whole_and_clean(shared: Path, name: str) -> None:
    """Of the words known to be in the text at least 99 in 100 are read, and hardly any others."""
    reading = read((shared / "library" / f"{name}.html").read_bytes(), f"{name}.html")
    got = Counter(fold("\n".join(b.text for p in reading.pages for b in p.blocks)).split())
    want = Counter(fold((shared / "library" / "text" / f"{name}.txt").read_text("utf-8")).split())
    common = sum((got & want).values())
    assert common / sum(want.values()) >= 0.99
    assert common / sum(got.values()) >= 0.96


def test_the_page_of_a_practice_gives_its_fields(shared: Path) -> None:
    """Labels with short values are pairs, pictures speak by their alternative texts, empty fields stay empty."""
    reading = read((shared / "library" / "gcm-iom-north-africa.html").read_bytes(), "gcm.html")
    rows = {row[0]: row[1] for b in reading.pages[0].blocks for row in b.rows}
    assert rows["Dates"] == "2023 - 2025"
    assert "GCM Objective 10" in rows["Primary GCM Objectives"]
    assert rows["Geographic scope"] == "Regions: Africa; Sub Regions: Northern Africa"
    assert rows["Sustainable Development Goals (SDGs)"] == ""
    assert reading.date == "2024-07-11"
    heads = [b.text for b in reading.pages[0].headings]
    assert heads.index("Key Lessons") < heads.index("Counter Trafficking data") < heads.index("Innovation")


def test_clutter_is_left_out_without_landmarks() -> None:
    """A page of nothing but divs loses its menu, sidebar, share line, related links and footer."""
    body = f"""
    <div id="top"><ul><li><a href="/">Home</a></li><li><a href="/a">About us</a></li></ul></div>
    <div id="w"><div class="l"><h1>Shelters</h1><p>Share: <a href="#">Facebook</a> <a href="#">Twitter</a></p>
    <p>{STORY * 3}</p><p>{STORY * 2}</p><h3>Related content</h3><ul><li><a href="/x">Another page</a></li></ul></div>
    <div class="r"><h3>Latest news</h3><a href="/1">Flood response</a> <a href="/2">Jobs</a></div></div>
    <div id="f"><p>© Some portal. All rights reserved.</p></div>"""
    found = text(body)
    assert found.count("guardian") == 5
    for clutter in ("Home", "About", "Facebook", "Share", "Related", "Another page", "Latest", "Flood", "rights"):
        assert clutter not in found


def test_the_main_heading_and_short_lines_beside_the_text_are_kept() -> None:
    """Going down must not lose the heading that stands beside its text; a bold line over a break is a heading."""
    found = blocks(
        f"<form><div><a href=/1>One</a> <a href=/2>Two</a></div><div><h1>Care</h1><div><b>Aims</b><br>{STORY * 3}</div>"
        "<div>Third and last.</div><p>© 2020 Some portal.</p></div></form>"
    )
    assert [(b.kind.value, b.text) for b in found] == [
        ("heading", "Care"),
        ("heading", "Aims"),
        ("paragraph", (STORY * 3).strip()),
        ("paragraph", "Third and last."),
        ("furniture", "© 2020 Some portal."),
    ]


def test_text_in_pieces_beside_each_other_is_all_kept() -> None:
    """Going down to the largest column must not lose another column with text."""
    found = text(f"<div><p>{STORY * 6}</p></div><div><p>Costs were low. {STORY * 2}</p></div>")
    assert "Costs were low" in found
    assert found.count("guardian") == 8


def test_a_named_sidebar_that_holds_the_text_is_kept() -> None:
    """Names are believed of small things only."""
    assert "guardian" in text(f"<div class='sidebar'><p>{STORY * 5}</p></div>")


@pytest.mark.parametrize(
    "hidden",
    [
        "<div hidden>Secret</div>",
        "<p style='display: none'>Secret</p>",
        "<span class='sr-only'>Secret</span>",
        "<div aria-hidden='true'>Secret</div>",
        "<script>Secret()</script>",
        "<template><p>Secret</p></template>",
        "<div role='dialog'><p>Secret</p></div>",
        "<div class='cookie-banner'>Secret <button>Accept</button></div>",
        "<p>Was this Secret useful? <button>Yes</button></p>",
    ],
)
def test_what_no_reader_sees_or_reads_is_left_out(hidden: str) -> None:
    """Hidden elements, scripts, dialogues and questions with buttons are no text of the page."""
    found = text(f"<main><h1>Shelters</h1>{hidden}<p>{STORY * 4}</p></main>")
    assert "Secret" not in found
    assert "guardian" in found


def test_headings_keep_their_levels_and_bold_lines_stand_below_them() -> None:
    """A paragraph all in bold is a heading one level under the last; a run-in head or a lead-in is not."""
    found = blocks(
        f"<h1>Report</h1><h2>1. Background</h2><p><b>Who took part</b></p><p>{STORY}</p>"
        f"<p><strong>Results:</strong> {STORY}</p><p><strong>The aims were:</strong></p><ul><li>Care</li></ul>"
    )
    assert [(b.level, b.text) for b in found if b.kind is BlockKind.HEADING] == [
        (1, "Report"),
        (2, "1. Background"),
        (3, "Who took part"),
    ]


def test_lists_come_item_by_item_with_depth_and_number() -> None:
    """Items of nested lists are blocks of their own; numbered ones keep the number that a browser prints."""
    found = blocks(
        "<p>Steps for the team to follow, as agreed in the first meeting of the year:</p>"
        "<ol start=3><li>Register<ul><li>name</li><li>age</li></ul></li><li>Refer</li></ol>",
        BlockKind.LIST_ITEM,
    )
    assert [(b.level, b.label, b.text) for b in found] == [
        (1, "3.", "3. Register"),
        (2, "", "name"),
        (2, "", "age"),
        (1, "4.", "4. Refer"),
    ]


def test_tables_come_row_by_row() -> None:
    """Cells stay apart, spans keep the columns in step, and a table that arranges the page is no table."""
    found = blocks(
        f"<p>{STORY}</p><table><caption>Costs</caption><tr><th>Item</th><th colspan=2>Years</th></tr>"
        "<tr><td>Staff</td><td>2019</td><td>2020</td></tr></table>"
    )
    table = next(b for b in found if b.kind is BlockKind.TABLE)
    assert table.rows == (("Item", "Years", ""), ("Staff", "2019", "2020"))
    assert table.text == "Item\tYears\nStaff\t2019\t2020"
    assert [b.text for b in found if b.kind is BlockKind.CAPTION] == ["Costs"]
    layout = blocks(f"<table><tr><td><h2>Aims</h2><p>{STORY * 3}</p></td><td><p>{STORY * 3}</p></td></tr></table>")
    assert [b.kind for b in layout] == [BlockKind.HEADING, BlockKind.PARAGRAPH, BlockKind.PARAGRAPH]


def test_definition_lists_are_rows_and_the_pages_card_is_metadata() -> None:
    """What a list says of the practice is text; what it says of the publication goes to the card."""
    reading = page(
        f"<main><h1>Shelters</h1><p>{STORY * 3}</p><h2>About</h2><dl><dt>Area</dt><dd>Benin</dd><dt>Dates</dt><dd></dd>"
        "</dl><section><h2>Details</h2><dl><dt>Format</dt><dd>Evaluation</dd><dt>Source</dt><dd>Aid Office</dd>"
        "<dt>Originally published</dt><dd>7 Jun 2018</dd></dl></section></main>"
    )
    rows = [b.rows for b in reading.pages[0].blocks if b.rows]
    assert rows == [(("Area", "Benin"), ("Dates", ""))]
    assert "Details" not in reading.pages[0].text
    assert (reading.date, reading.organisations) == ("2018-06-07", ("Aid Office",))
    assert reading.metadata["Format"] == "Evaluation"


def test_notes_leave_the_text_and_come_as_footnotes() -> None:
    """A note's mark is removed from the sentence, the note itself is no running text."""
    reading = page(
        f"<p>{STORY}The rate fell.<sup><a href='#n1'>1</a></sup> Costs: 10 m<sup>2</sup>.</p>"
        "<div class='footnotes'><ol><li>Office figures. <a class='footnote-backref' href='#r1'>↩</a></li></ol></div>"
    )
    assert "The rate fell. Costs: 10 m2." in reading.pages[0].text
    assert [(b.label, b.text) for b in reading.pages[0].footnotes] == [("1", "Office figures.")]


def test_line_breaks_part_words_and_two_part_paragraphs() -> None:
    """Nothing is glued over a break; text without paragraph elements still has paragraphs."""
    found = blocks(f"<div>{STORY}<br>Second line.<br><br>Third part of the text.</div>")
    assert [b.text for b in found] == [f"{STORY}Second line.", "Third part of the text."]


@pytest.mark.parametrize(
    ("head", "date"),
    [
        ('<meta property="article:published_time" content="2020-03-04T10:00:00Z">', "2020-03-04"),
        ('<script type="application/ld+json">{"@type":"Report","datePublished":"2019-05"}</script>', "2019-05"),
        (
            '<script type="application/ld+json">{"@graph":[{"@type":"Article","datePublished":"2017"}]}</script>',
            "2017",
        ),
        ('<script type="application/ld+json">{broken</script>', ""),
        ("</head><body><p class=posted-on><time datetime=2021-02-03>3 February</time></p>", "2021-02-03"),
        ('<script type="application/ld+json">' + "[" * 100_000 + "</script>", ""),
    ],
)
def test_dates_are_read_from_the_head(head: str, date: str) -> None:
    """Meta elements and structured data tell the date; malformed data is passed over."""
    assert page(f"<p>{STORY}</p>", head).date == date


def test_the_card_tells_title_language_and_address() -> None:
    """The main heading that the head agrees with is the title; an address that is none of the web is dropped."""
    head = '<title>Shelters in Benin | Portal</title><link rel="canonical" href="{}">'
    told = page(f"<h1>Portal</h1><h1>Shelters in Benin</h1><p>{STORY}</p>", head.format("https://example.org/a"))
    assert told.url == "https://example.org/a"
    assert told.title == "Shelters in Benin"
    assert page(f"<p>{STORY}</p>", head.format("javascript:alert(1)")).url == ""
    assert page(f"<p>{STORY}</p>", head.format("x")).title == "Shelters in Benin"
    french = read(f"<!doctype html><html lang='fr-CA'><p>{STORY}</p>".encode(), "x.html")
    assert french.language == "fr"


def test_ways_to_reach_persons_are_no_metadata() -> None:
    """A contact person's row stays in the page's text but is not copied into its metadata."""
    reading = page(f"<p>{STORY}</p><dl><dt>Contact person</dt><dd>Some Name</dd><dt>Area</dt><dd>Benin</dd></dl>")
    assert "Some Name" not in str(reading.metadata)


def test_the_declared_encoding_is_heard() -> None:
    """A page in a legacy encoding is read as it declares."""
    made = f'<!doctype html><meta charset="windows-1251"><p>Дети и семьи. {STORY}</p>'.encode("cp1251")
    assert "Дети и семьи." in read(made, "x.html").pages[0].text


@pytest.mark.slow
def test_depth_and_entities_do_no_harm() -> None:
    """20,000 nested elements and a bomb of entities are read in an instant, and no entity is expanded."""
    deep = read(("<!doctype html>" + "<div>" * 20_000 + "<p>The sentence at the bottom.</p>").encode(), "x.html")
    assert deep.pages[0].text == "The sentence at the bottom."
    bomb = '<?xml version="1.0"?><!DOCTYPE html [<!ENTITY a "lol"><!ENTITY x SYSTEM "file:///etc/passwd">]>'
    found = read(f"{bomb}<html><body><p>Before.</p><p>&a;&x;</p></body></html>".encode(), "x.html").pages[0].text
    assert found == "Before.\n&a;&x;"


@pytest.mark.parametrize(
    "opening", ["<dl><dt>a<dd>", "<table><tr><td>a<td>", "<div class=label>", "<ul><li>", "<aside>"]
)
def test_nested_structures_cost_no_square(opening: str) -> None:
    """Deep nesting of any structure is read in well under the time-out of a test run."""
    assert "guardian" in str(read(("<!doctype html>" + opening * 3_000 + STORY * 4).encode(), "x.html").pages)


def test_a_page_without_text_is_refused_with_advice() -> None:
    """A page that scripts would fill ends as a sentence that says what to do."""
    with pytest.raises(UnreadableInput, match="print it to PDF"):
        page('<div id="app"></div><script>start()</script>')
