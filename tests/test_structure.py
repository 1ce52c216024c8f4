"""Sections and passages: even lengths, right borders, and the page of every word."""

from __future__ import annotations

from itertools import pairwise

from corpus.model import Block, BlockKind, Page, Passage, Section
from ingest.reading import Reading
from ingest.structure import WORDS_HARD, WORDS_MAX, WORDS_MIN, build

SENTENCE = "The guardian of the child wrote a short note that the judge read. "  # 13 words


def paragraph(words: int, kind: BlockKind = BlockKind.PARAGRAPH) -> Block:
    """A paragraph of sentences with about so many words."""
    return Block(kind=kind, text=(SENTENCE * (words // 13)).strip())


def heading(text: str, level: int = 1) -> Block:
    return Block(kind=BlockKind.HEADING, text=text, level=level)


def built(*pages: tuple[Block, ...], title: str = "") -> tuple[tuple[Section, ...], tuple[Passage, ...]]:
    numbered = tuple(Page(number=n, label=f"l{n}", blocks=blocks) for n, blocks in enumerate(pages, 1))
    return build(Reading(media="pdf", pages=numbered, title=title), "doc", "en")


def lengths(*blocks: Block) -> list[int]:
    return [len(p.text.split()) for p in built(blocks)[1]]


def test_sections_carry_the_path_of_their_headings() -> None:
    """Text before the first heading has no path; a heading without text makes a section but no passage."""
    sections, passages = built(
        (paragraph(13), heading("One"), heading("Deep", 2), paragraph(13), heading("Deeper", 4)),
        (paragraph(13), heading("Two"), paragraph(13)),
    )
    paths = [(), ("One",), ("One", "Deep"), ("One", "Deep", "Deeper"), ("Two",)]
    assert [s.path for s in sections] == paths
    assert [p.path for p in passages] == [path for path in paths if path != ("One",)]
    assert [sections[p.section].path for p in passages] == [p.path for p in passages]
    assert (sections[4].page, sections[4].page_label) == (2, "l2")


def test_the_title_as_a_heading_is_no_part_of_the_path() -> None:
    """A document's main heading would only repeat its title over every passage."""
    sections, passages = built(
        (heading("My Report"), paragraph(13), heading("Aims", 2), paragraph(13)), title="My report"
    )
    assert [p.path for p in passages] == [(), ("Aims",)]
    assert sections[0].heading == ""


def test_passages_are_of_even_length() -> None:
    """260 words are two passages of 130, not 220 and 40; long sections keep within the bounds."""
    assert lengths(paragraph(130), paragraph(130)) == [130, 130]
    assert lengths(*[paragraph(52)] * 5) == [104, 156] or lengths(*[paragraph(52)] * 5) == [156, 104]
    many = lengths(*[paragraph(65)] * 39)
    assert all(WORDS_MIN <= n <= WORDS_MAX for n in many)
    assert lengths(paragraph(200)) == [195]


def test_a_long_paragraph_is_cut_between_sentences() -> None:
    """No passage begins or ends in the middle of a sentence that could have stayed whole."""
    _, passages = built((paragraph(1300),))
    assert all(p.text.startswith("The guardian") and p.text.endswith("read.") for p in passages)
    assert all(WORDS_MIN <= len(p.text.split()) <= WORDS_MAX for p in passages)


def test_passages_never_cross_sections() -> None:
    """A short section stays a short passage."""
    _, passages = built((heading("A"), paragraph(26), heading("B"), paragraph(26)))
    assert [(p.path, len(p.text.split())) for p in passages] == [(("A",), 26), (("B",), 26)]


def test_a_list_stays_with_its_lead_in() -> None:
    """The cut falls before the sentence that introduces a list, not after it; items are found by offset."""
    items = [Block(kind=BlockKind.LIST_ITEM, text=f"item {n} of the list", level=1) for n in range(8)]
    lead = Block(kind=BlockKind.PARAGRAPH, text="The steps of the work were these:")
    _, passages = built((paragraph(91), paragraph(78), lead, *items, paragraph(65)))
    with_list = next(p for p in passages if lead.text in p.text)
    assert "item 0" in with_list.text
    for passage in passages:
        for offset in passage.items:
            assert passage.text[offset:].startswith("item ")
    assert sum(len(p.items) for p in passages) == 8


def test_a_paragraph_over_a_pages_end_is_whole_with_its_turn() -> None:
    """The two parts are one block with the cut word mended, and every word keeps its page."""
    first = Block(kind=BlockKind.PARAGRAPH, text="The children moved between the villa-")
    second = Block(kind=BlockKind.PARAGRAPH, text="ges with guardians. Villages helped them.", continues=True)
    note = Block(kind=BlockKind.FOOTNOTE, text="A note.", label="1")
    _, (passage,) = built((first, note), (second,))
    assert passage.text == "The children moved between the villages with guardians. Villages helped them."
    assert [(t.offset, t.page, t.label) for t in passage.turns] == [
        (0, 1, "l1"),
        (passage.text.index("ges with"), 2, "l2"),
    ]
    assert passage.span_of(0, 10).page_end == 1
    assert passage.span_of(passage.text.index("Villages"), len(passage.text)).page == 2


def test_the_pages_of_later_passages() -> None:
    """A passage cut out of a paragraph that runs over pages begins on the page where its own words stand."""
    parts = [Block(kind=BlockKind.PARAGRAPH, text=paragraph(390).text, continues=n > 0) for n in range(3)]
    _, passages = built(*((part,) for part in parts))
    assert passages[0].span.page == 1
    assert passages[-1].span.page == passages[-1].span.page_end == 3
    for before, after in pairwise(passages):
        assert before.span.page_end is not None
        assert after.span.page in (before.span.page_end, before.span.page_end + 1)


def test_formats_without_pages_have_no_turns() -> None:
    """A web page's passages name no page."""
    reading = Reading(media="html", pages=(Page(number=None, blocks=(paragraph(26),)),))
    _, (passage,) = build(reading, "doc", "en")
    assert passage.turns == ()
    assert passage.span.page is None


def test_boxes_stand_apart_and_notes_and_furniture_nowhere() -> None:
    """A side box never interrupts the sentence around it."""
    box = Block(kind=BlockKind.BOX, text="Box: a case of one child.", side=True)
    flow = Block(kind=BlockKind.BOX, text="Shaded: a summary.")
    contents = Block(kind=BlockKind.FURNITURE, text="1 Background .... 3")
    note = Block(kind=BlockKind.FOOTNOTE, text="Noted.")
    _, passages = built((heading("A"), paragraph(13), box, contents, flow, paragraph(13), note))
    assert [p.text.count("guardian") for p in passages] == [2, 0, 0]
    assert [p.text for p in passages[1:]] == [box.text, flow.text]
    assert {p.path for p in passages} == {("A",)}


def test_a_long_table_is_cut_between_rows() -> None:
    """Rows stay whole, and their words stay in the order of the table."""
    rows = tuple((f"Country {n}", "two shelters, one guardian", str(n)) for n in range(120))
    table = Block(kind=BlockKind.TABLE, text="\n".join(" ".join(r) for r in rows), rows=rows)
    _, passages = built((table,))
    assert len(passages) > 2
    assert "\n".join(p.text for p in passages) == table.text


def test_text_without_sentences_or_spaces_stays_bounded() -> None:
    """Five megabytes on one line come out in bounded passages; so does a text without a single space."""
    _, passages = built((Block(kind=BlockKind.PARAGRAPH, text=SENTENCE * 20_000),))
    assert max(len(p.text.split()) for p in passages) <= WORDS_MAX
    for text in ("word " * 20_000, "x" * 200_000, "a. " * 20_000):
        _, passages = built((Block(kind=BlockKind.PARAGRAPH, text=text.strip()),))
        assert max(len(p.text.split()) for p in passages) <= WORDS_HARD
        assert max(len(p.text) for p in passages) < 10_000
        assert "".join("".join(p.text.split()) for p in passages) == "".join(text.split())


def test_every_word_stands_in_one_passage_and_ids_are_stable() -> None:
    """Nothing is lost or doubled, and the same reading gives the same ids."""
    blocks = (paragraph(300), heading("A"), *[paragraph(40, BlockKind.LIST_ITEM)] * 9, paragraph(300))
    _, passages = built(blocks)
    want = [w for b in blocks if b.kind is not BlockKind.HEADING for w in b.text.split()]
    assert [w for p in passages for w in p.text.split()] == want
    assert [p.id for p in built(blocks)[1]] == [p.id for p in passages]
    assert len({p.id for p in passages}) == len(passages)
    assert [p.ordinal for p in passages] == list(range(len(passages)))
