"""Lists of hits as files: read by other programs, safe in spreadsheets, no more of a source than its rights allow."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from collections.abc import Callable
from pathlib import Path

import bibtexparser
import docx
import msgspec
import openpyxl
import pytest
from click.testing import Result
from flask.testing import FlaskClient

from corpus.catalogue import Published
from corpus.home import Home
from index.answer import Answer, Request
from index.library import Library
from index.lists import FORMATS, HITS_MOST, SHORT, as_file, carried, harmless, rows
from webapp import create_app

QUERY = "harbour team children"


@pytest.fixture(scope="module")
def found(home: Home) -> tuple[Published, Answer]:
    """The small home's catalogue, and what it finds."""
    return Published(home.catalogue_url), Library(home).search(Request(text=QUERY, limit=50, facets=False))


@pytest.fixture(scope="module")
def client(home: Home) -> FlaskClient:
    """A client of the application over the small real home."""
    return create_app(home).test_client()


def test_every_hit_is_a_row_with_page_citation_and_address(found: tuple[Published, Answer]) -> None:
    """CSV and XLSX say the same, in the order of the hits."""
    catalogue, answer = found
    table = list(csv.DictReader(io.StringIO(as_file(catalogue, answer, "csv").decode("utf-8-sig"))))
    sheet = openpyxl.load_workbook(io.BytesIO(as_file(catalogue, answer, "xlsx")))["Hits"]
    told = [[cell.value or "" for cell in line] for line in sheet.iter_rows(min_row=2)]
    assert [row["id"] for row in table] == [hit.id for hit in answer.hits]
    assert told == [[harmless(value).removeprefix("'") for value in row.values()] for row in table]
    harbour = next(row for row in table if row["page"])
    assert harbour["title"] in harbour["citation"]
    assert harbour["address"] == f"/passages/{harbour['id']}"


def test_references_are_read_by_other_programs(found: tuple[Published, Answer]) -> None:
    """A BibTeX entry and a RIS record for each work that hits come from, no key twice."""
    catalogue, answer = found
    library = bibtexparser.parse_string(as_file(catalogue, answer, "bibtex").decode())
    assert not library.failed_blocks
    works = {hit.doc for hit in answer.hits}
    assert len(works) < len(answer.hits)
    assert len({entry.key for entry in library.entries}) == len(library.entries) == len(works)
    assert as_file(catalogue, answer, "ris").decode().count("ER  - ") == len(works)
    assert len(json.loads(as_file(catalogue, answer, "json"))["hits"]) == len(answer.hits)


@pytest.mark.parametrize("text", ['=HYPERLINK("http://evil.example")', "+1+1", "-2", "@SUM(A1)", "\tx", "\r=1", "\n=1"])
def test_no_cell_is_a_formula(found: tuple[Published, Answer], text: str) -> None:
    """What a document says is text in a spreadsheet, whatever it begins with."""
    catalogue, answer = found
    hit = msgspec.structs.replace(answer.hits[0], text=text, section=text)
    evil = Answer(query=text, interpreted=text, hits=(hit,))
    data = as_file(catalogue, evil, "csv").decode("utf-8-sig")
    cells = [cell for line in csv.reader(io.StringIO(data)) for cell in line]
    assert not [cell for cell in cells if cell.startswith(("=", "+", "-", "@", "\t", "\r", "\n"))]
    book = openpyxl.load_workbook(io.BytesIO(as_file(catalogue, evil, "xlsx")))
    assert all(cell.data_type != "f" for sheet in book for line in sheet.iter_rows() for cell in line)


def test_control_characters_and_long_texts_break_no_file(found: tuple[Published, Answer]) -> None:
    """A workbook with NUL, U+FFFE or 40,000 characters in a cell would not open."""
    catalogue, answer = found
    hit = msgspec.structs.replace(answer.hits[0], section="\x00\ufffe" + "y" * 40_000)
    evil = Answer(query="x", interpreted="a\x00b", hits=(hit,))
    sheet = openpyxl.load_workbook(io.BytesIO(as_file(catalogue, evil, "xlsx")))["Hits"]
    assert any("yyy" in str(cell.value) for cell in next(sheet.iter_rows(min_row=2)))


def test_of_an_unknown_licence_only_a_short_quotation(found: tuple[Published, Answer], home: Home) -> None:
    """It begins with the sentence in which the found word stands; our own records are carried whole."""
    catalogue, answer = found
    for hit, row in zip(answer.hits, rows(catalogue, answer), strict=True):
        assert len(row.quotation) <= SHORT + 4
        assert row.quotation.strip("… ") in hit.text
        assert row.shortened == (row.quotation != hit.text)
    practices = Library(home).search(Request(what="practices", limit=3, facets=False))
    assert [row.quotation for row in rows(catalogue, practices)] == [hit.text for hit in practices.hits]


def test_the_page_offers_the_list_in_every_format(client: FlaskClient) -> None:
    """Each link gives a file of its type; an unknown format is told."""
    page = client.get(f"/search?q={QUERY}&doc=harbour-evaluation").get_data(as_text=True)
    for form, file in FORMATS.items():
        assert f'href="/search/export.{form}?q=harbour' in page
        given = client.get(f"/search/export.{form}?q={QUERY}&doc=harbour-evaluation")
        assert given.content_type == file.media
        assert f'filename="fingerpost-passages.{file.ending}"' in given.headers["Content-Disposition"]
    assert client.get("/search/export.exe?q=x").status_code == 400


def test_the_command_writes_the_same_file(home: Home, tmp_path: Path, fingerpost: Callable[..., Result]) -> None:
    """And overwrites none."""
    done = fingerpost("export", QUERY, "--format", "json", "--out", str(tmp_path / "a.json"), home=home.path)
    assert done.exit_code == 0, done.output
    assert json.loads((tmp_path / "a.json").read_text())["hits"]
    again = fingerpost("export", QUERY, "--out", str(tmp_path / "a.json"), home=home.path)
    assert again.exit_code == 2


@pytest.mark.parametrize(
    ("rights", "whole"),
    [("CC BY 4.0", True), ("CC0", True), ("https://creativecommons.org/licenses/by/4.0/", True),
     ("Public domain", True), ("Creative Commons Attribution 3.0 IGO", True), ("Not CC BY", False),
     ("not in the public domain", False), ("All rights reserved", False), ("", False)],
)  # fmt: skip
def test_only_a_licence_that_is_given_opens_a_text(rights: str, whole: bool) -> None:
    """Rights that only speak of a licence give none."""
    text = "A long sentence of a report that nobody may copy as a whole. " * 20
    assert (carried(text, rights) == text) is whole


def test_a_list_is_a_word_file_too(
    home: Home, client: FlaskClient, fingerpost: Callable[..., Result], tmp_path: Path
) -> None:
    """A footnote for every hit with its page, the works once at the end; the verb writes what the page does."""
    found = Library(home).search(Request(text=QUERY, limit=HITS_MOST, facets=False))
    told = client.get(f"/search/export.docx?q={QUERY}")
    assert told.mimetype == "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
    file = docx.Document(io.BytesIO(told.data))
    marks = [
        mark for paragraph in file.paragraphs for mark in paragraph._p.iter() if mark.tag.endswith("}footnoteReference")
    ]
    assert len(marks) == len(found.hits) > 1
    works = [
        paragraph.text for paragraph in file.paragraphs if paragraph.style and paragraph.style.name == "Bibliography"
    ]
    assert len(works) == len({hit.doc for hit in found.hits})
    with zipfile.ZipFile(io.BytesIO(told.data)) as inside:
        notes = inside.read("word/footnotes.xml").decode()
    assert all(f"P. {hit.page_label}." in notes for hit in found.hits if hit.page_label and hit.page == hit.page_end)
    out = tmp_path / "list.docx"
    done = fingerpost("export", QUERY, "--format", "docx", "--limit", str(HITS_MOST), "--out", str(out), home=home.path)
    assert done.exit_code == 0
    assert out.read_bytes() == told.data
