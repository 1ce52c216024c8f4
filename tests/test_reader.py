"""Reading a document: where in it things stand, statements beside their words, all of it as one light page."""

from __future__ import annotations

import gzip
import re

import pytest
from flask.testing import FlaskClient
from web_samples import HARBOUR

from corpus.catalogue.reader import Catalogue
from corpus.home import Home
from corpus.model import Block, BlockKind, Page, PageTurn, Passage, Section, Span, Statement, StatementKind, Tag
from webapp import create_app
from webapp.drawings.strip import Stretch, strip
from webapp.parts import part_of
from webapp.problems import NotHere
from webapp.reading import show, words_on

NUMBERS = ((1, None), (2, "i"), (3, "1"), (4, "2"), (5, "3"))


@pytest.fixture(scope="module")
def client(home: Home) -> FlaskClient:
    return create_app(home).test_client()


@pytest.fixture(scope="module")
def catalogue(client: FlaskClient) -> Catalogue:
    found: Catalogue = client.application.extensions["fingerpost"].catalogue
    return found


def passage(number: int, pages: tuple[int, ...], *themes: str) -> Passage:
    turns = tuple(PageTurn(offset=n, page=page) for n, page in enumerate(pages))
    tags = tuple(Tag(concept=theme) for theme in themes)
    return Passage(
        id=f"d.p{number:012}",
        doc="d",
        ordinal=number,
        section=0,
        path=(),
        text="words",
        language="en",
        turns=turns,
        tags=tags,
    )


def statement(number: int, page: int, kind: StatementKind) -> Statement:
    return Statement(id=f"d.s{number:012}", doc="d", passage="", text="words", kind=kind, span=Span(page=page))


def test_themes_stand_where_their_passages_do() -> None:
    """Pages in a row are one stretch, named as they are printed; narrower themes count as the listed one."""
    drawn = strip(
        (),
        [
            passage(0, (1, 2), "guardianship"),
            passage(1, (3,), "guardianship", "age-assessment"),
            passage(2, (5,), "guardianship"),
        ],
        NUMBERS,
    )
    first, second = drawn.themes
    assert (first.theme, first.passages, second.theme) == ("guardianship", 3, "identification-screening")
    assert first.stretches == (Stretch(first=1, last=3, words="(1)–1"), Stretch(first=5, last=5, words="3"))


def test_a_theme_that_hardly_stands_in_it_is_no_chief_one() -> None:
    """Beside sixty passages on one theme a single one on another is not drawn; beside forty it is."""
    for many, themes in ((60, ["guardianship"]), (40, ["guardianship", "child-labour"])):
        told = [passage(n, (1,), "guardianship") for n in range(many)]
        drawn = strip((), [*told, passage(many, (2,), "child-labour")], NUMBERS)
        assert [row.theme for row in drawn.themes] == themes


def test_statements_of_a_page_are_stacked_by_kind() -> None:
    """Every statement has a place of its own; one whose page is not there is not drawn."""
    said = [
        statement(0, 2, StatementKind.RESULT),
        statement(1, 2, StatementKind.LESSON),
        statement(2, 9, StatementKind.LESSON),
    ]
    drawn = strip(said, (), NUMBERS)
    assert [(mark.page, mark.place, mark.kind) for mark in drawn.marks] == [(2, 0, "lesson"), (2, 1, "result")]
    assert drawn.tall == 2
    assert strip(said, (), ((None, None),)).pages == 0


def test_a_document_shows_where_its_themes_stand(client: FlaskClient, catalogue: Catalogue) -> None:
    """Every stretch is told in words with a link to its first page, and each page of the document is there."""
    text = client.get(f"/documents/{HARBOUR}").text
    inside = text[text.index("The same in words") :]
    numbers = {number for number, _ in catalogue.page_numbers(HARBOUR)}
    linked = [int(n) for n in re.findall(rf'href="/documents/{HARBOUR}/pages/(\d+)">', inside[: inside.index("</dl>")])]
    assert linked
    assert set(linked) <= numbers


def test_statements_stand_beside_their_words(client: FlaskClient, catalogue: Catalogue) -> None:
    """What is marked in the text has its note where it ends; each page can search its document."""
    said = catalogue.statements(HARBOUR)[0]
    text = client.get(f"/documents/{HARBOUR}/pages/{said.span.page}").text
    at = text.index(f'href="/statements/{said.id}"')
    assert 'class="beside"' in text[at : text.index(f"/cite/{said.id}")]
    form = text[text.index('aria-label="Search in this document"') :]
    assert f'name="doc" value="{HARBOUR}"' in form[: form.index("</form>")]


def test_a_whole_document_is_one_light_page(client: FlaskClient, catalogue: Catalogue) -> None:
    """Every page's words and an arm to it, and nothing that weighs: no picture, no marks of statements."""
    text = client.get(f"/documents/{HARBOUR}/text").text
    pages = catalogue.pages(HARBOUR)
    assert re.findall(r'<div class="leaf" id="page-(\d+)"', text) == [str(page.number) for page in pages]
    for page in pages:
        assert f'href="/documents/{HARBOUR}/pages/{page.number}"' in text
        assert page.text.split("\n")[0].split()[-1] in text
    assert "<img" not in text
    assert "said-mark" not in text
    assert len(gzip.compress(text.encode())) < 10_000
    ids = re.findall(r'id="([^"]+)"', text)
    assert len(ids) == len(set(ids))


def test_a_quotation_leads_to_the_notes_of_its_page_and_they_lead_back(
    client: FlaskClient, catalogue: Catalogue
) -> None:
    """Notes have anchors of their own; a passage whose page has notes links to them, the page too, and back."""
    passage = next(p for p in catalogue.passages(HARBOUR) if catalogue.page(HARBOUR, p.span.page).footnotes)
    number = passage.span.page
    link = f'href="/documents/{HARBOUR}/pages/{number}#notes-{number}"'
    assert link in client.get(f"/passages/{passage.id}").text
    page = client.get(f"/documents/{HARBOUR}/pages/{number}").text
    assert f'id="notes-{number}"' in page
    assert f'id="note-{number}-1"' in page
    assert f'href="#notes-{number}"' in page
    assert 'href="#main"' in page.partition(f'id="notes-{number}"')[2]


def test_a_list_item_that_begins_with_its_own_number_has_it_once() -> None:
    """Readers of files keep a number both as the item's mark and in its words; drawn, it stands there once."""
    for label, text, bullet in (("a)", "a) Food", ""), ("•", "Food", "•"), ("", "Food", "–")):
        block = Block(kind=BlockKind.LIST_ITEM, text=text, label=label)
        (run,) = show(Page(number=1, blocks=(block,))).runs
        assert run.blocks[0].bullet == bullet


def test_a_long_text_without_pages_is_read_in_parts() -> None:
    """A part is so many blocks; a quotation and a heading open theirs; notes stand in the last; there is no other."""
    lines = [Block(kind=BlockKind.PARAGRAPH, text=f"The ferry was late on day {n} of that year.") for n in range(2500)]
    lines[1400] = Block(kind=BlockKind.HEADING, text="Second winter", level=1)
    note = Block(kind=BlockKind.FOOTNOTE, text="By the log.", label="1")
    page = Page(number=None, blocks=(*lines, note))
    said = Statement(id="d.s1", doc="d", passage="", text=lines[2200].text, kind=StatementKind.RESULT, span=Span())
    section = Section(heading="Second winter", level=1, path=("Second winter",))
    assert [part_of(page, asked, None, None).number for asked in ("", "2")] == [1, 2]
    assert part_of(page, "", None, section).number == 2
    last = part_of(page, "", said, None)
    assert (last.number, last.last, last.page.footnotes) == (3, 3, (note,))
    assert [block.text for block in last.page.running] == [block.text for block in lines[2000:]]
    for wrong in ("4", "0", "x", "-1"):
        with pytest.raises(NotHere):
            part_of(page, wrong, None, None)
    assert part_of(Page(number=None, blocks=(lines[0],)), "", None, None).last == 1


def test_of_a_statement_that_a_page_break_cuts_each_page_marks_its_own_words() -> None:
    """The picture of a page is drawn with the words that stand on it: half a sentence is not found as a whole one."""
    first, second = "The ferry was late on most days of the", "second winter, when the harbour froze over."
    pages = [
        Page(number=1, blocks=(Block(kind=BlockKind.PARAGRAPH, text=f"Boats were few. {first}"),)),
        Page(number=2, blocks=(Block(kind=BlockKind.PARAGRAPH, text=f"{second} Nobody crossed."),)),
    ]
    said = Statement(
        id="d.s1",
        doc="d",
        passage="",
        text=f"{first} {second}",
        kind=StatementKind.RESULT,
        span=Span(page=1, page_end=2),
    )
    assert [words_on(page, said) for page in pages] == [(first,), (second,)]
