"""Practices that are carried away keep their sources with pages; what stands beside entries; the learners' edition."""

from __future__ import annotations

import csv
import io
import json
import re
import zipfile
from collections.abc import Callable
from pathlib import Path
from shutil import copytree

import bibtexparser
import pytest
from click.testing import Result
from flask.testing import FlaskClient
from web_samples import HARBOUR

from corpus.catalogue import CatalogueWriter, Published
from corpus.home import Home
from corpus.model import Bibliography, Standing
from corpus.resting import OUR_SUMMARY, pages_told, rests_of
from index.answer import Request
from index.library import Library
from index.lists import SHORT, as_file, rows
from webapp import create_app

PRACTICE = "amel-visits-countries-of-origin"
CARD = Bibliography(
    id="romia-final-evaluation",
    title="Night boats, evaluated",
    organisations=("Harbour Institute",),
    date="2017",
    url="https://example.org/night-boats.pdf",
    document_type="evaluation-report",
    standing=Standing("external-evaluation"),
)
OURS = f"https://kb.example.org/practices/{PRACTICE}"


@pytest.fixture(scope="module")
def place(home: Home, tmp_path_factory: pytest.TempPathFactory) -> Home:
    """The small home with the card of what one of its practices rests on."""
    folder = tmp_path_factory.mktemp("resting") / "home"
    copytree(home.path, folder)
    there = Home(folder)
    with there.writing(), CatalogueWriter(there.catalogue_url) as writer:
        writer.put_card(CARD)
    return there


@pytest.fixture(scope="module")
def client(place: Home) -> FlaskClient:
    """A client of the application over it, which others reach."""
    told = {"home": place, "public_url": "https://kb.example.org", "collections_per_hour": 10_000}
    return create_app(told).test_client()


def made(client: FlaskClient, *items: str, **found: str) -> tuple[str, str]:
    """A new collection of items: its paths to edit and to read."""
    answer = client.post("/collections/add", data={"title": "Night boats", "item": list(items), **found})
    edit = answer.headers["Location"].split("?")[0].split("#")[0]
    page = client.get(edit).text
    keys = re.findall(r"https://kb\.example\.org/collections/([A-Za-z0-9_-]{32})<", page)
    return edit, f"/collections/{keys[0]}"


def texts(data: bytes) -> str:
    """All that a file says, without its markup."""
    if zipfile.is_zipfile(io.BytesIO(data)):
        with zipfile.ZipFile(io.BytesIO(data)) as inside:
            data = b"\n".join(inside.read(name) for name in inside.namelist())
    return re.sub(r"<[^>]*>", "", data.decode())


def test_pages_are_told_in_runs() -> None:
    """Neighbours are joined, ranges taken apart, what is no number is told as it is."""
    assert pages_told(["50", "49", "53", "49–50"]) == "49–50, 53"
    assert pages_told(["iv", "3"]) == "iv, 3"
    assert pages_told([]) == ""


def test_a_practice_keeps_its_sources_in_every_file(place: Home, client: FlaskClient) -> None:
    """The mark of a page behind its sentence, the source with all pages, its reference, our address, whose words."""
    edit, read = made(client, PRACTICE)
    with Published(place.catalogue_url) as catalogue:
        practice = catalogue.practice(PRACTICE)
        (rest,) = rests_of(catalogue, practice)
    first = practice.told["summary"][0]
    mark = f"p. {first.sources[0].page_label}"
    assert rest.where.startswith("pp. ")
    for form in ("docx", "epub", "html", "md", "imscc", "json"):
        told = texts(client.get(f"{read}/export.{form}").data).replace("\\[", "[").replace("\\]", "]")
        for expected in (mark, rest.where, CARD.title, CARD.url, OURS):
            assert expected in told, (form, expected)
        assert ("our summary" in told) if form == "json" else ("Our summary" in told), form
        assert "Quotations are word for word" not in told, form
    works = bibtexparser.parse_string(client.get(f"{read}/export.bib").text).entries
    assert {work["url"] for work in works} == {OURS, CARD.url}
    assert client.get(f"{read}/export.ris").text.count("ER  - ") == 2
    shown = re.sub(r"<[^>]*>", "", client.get(read).text)
    assert f"{CARD.title}, {rest.where}" in shown
    assert mark in shown
    assert OURS in shown
    assert "Night boats, evaluated" in client.get(edit).text


def test_quotations_are_said_to_be_word_for_word_where_there_are_any(client: FlaskClient) -> None:
    """Beside a practice too, but then the practice is said to be none."""
    passage = client.application.extensions["fingerpost"].catalogue.passages(HARBOUR)[1].id
    told = client.get(f"{made(client, passage, PRACTICE)[1]}/export.md").text
    assert "Quotations are word for word" in told
    assert "Practices are told in our own summary" in told
    assert "our own summary" not in client.get(f"{made(client, passage)[1]}/export.md").text


def test_a_list_of_practices_names_their_sources(place: Home, client: FlaskClient) -> None:
    """As a table, as references, as a Word file."""
    answer = Library(place).search(Request(text="Lebanese organisation visits", what="practices", facets=False))
    with Published(place.catalogue_url) as catalogue:
        row = next(row for row in rows(catalogue, answer, "https://kb.example.org") if row.id == PRACTICE)
        references = as_file(catalogue, answer, "bibtex", "https://kb.example.org").decode()
    assert row.words == OUR_SUMMARY
    assert CARD.title in row.sources
    assert "p. " in row.sources
    assert OURS in row.citation
    assert CARD.url in references
    table = client.get("/search/export.csv?in=practices&q=Lebanese+organisation+visits").data.decode("utf-8-sig")
    assert any(CARD.title in line["sources"] for line in csv.DictReader(io.StringIO(table)))
    assert CARD.title in texts(client.get("/search/export.docx?in=practices&q=Lebanese+organisation+visits").data)


def test_a_practice_is_cited_with_what_it_rests_on(place: Home, fingerpost: Callable[..., Result]) -> None:
    """On the command line, as text and as files."""
    told = fingerpost("cite", PRACTICE, home=place.path)
    assert CARD.title in told.output
    assert "pp. " in told.output
    assert fingerpost("cite", PRACTICE, "--format", "bibtex", home=place.path).output.count("title = ") == 2
    assert len(json.loads(fingerpost("cite", PRACTICE, "--format", "csl-json", home=place.path).output)) == 2


def test_kind_voice_and_standing_stand_beside_each_entry(client: FlaskClient) -> None:
    """On the page and in every file, as in a list of hits."""
    statements = client.application.extensions["fingerpost"].catalogue.statements(HARBOUR)
    one = next(s for s in statements if s.kind.value == "recommendation")
    _, read = made(client, one.id, PRACTICE)
    for form in ("docx", "epub", "html", "md", "imscc", "json"):
        told = texts(client.get(f"{read}/export.{form}").data)
        assert "Recommendation" in told, form
        assert "valuat" in told.split("Recommendation")[1], form
    entry = json.loads(client.get(f"{read}/export.json").data)["parts"][0]["entries"][0]
    assert entry["says"]
    assert entry["voice"]
    assert entry["standing"]
    assert 'class="kind k-recommendation"' in client.get(read).text


def test_learners_get_no_answers_and_nobody_an_empty_section(
    place: Home, client: FlaskClient, fingerpost: Callable[..., Result], tmp_path: Path
) -> None:
    """By choice on the page and on the command line; the files for who teaches have all of it."""
    edit, read = made(client, PRACTICE)

    def does(do: str, **fields: object) -> None:
        revision = re.findall(r'name="revision" value="(\d+)"', client.get(edit).text)[0]
        assert client.post(edit, data={"do": do, "revision": revision, **fields}).status_code == 303

    does("section", heading="Nothing under this")
    does(
        "teaching", outcomes="", question=["Why by night?"], notes=["Listen for the tide."],
        quiz=["Who lands?"], answers=["* crews\nnobody"], explanation=["Because of the moon."],
    )  # fmt: skip
    secret = ("Listen for the tide.", "Because of the moon.")
    for form in ("docx", "epub", "html", "md", "json"):
        whole = texts(client.get(f"{read}/export.{form}").data)
        learners = texts(client.get(f"{read}/export.{form}?learners=1").data)
        assert all(words in whole for words in secret), form
        assert not any(words in learners for words in secret), form
        assert '"right": true' not in learners
        assert "Why by night?" in learners
        assert "Nothing under this" not in whole, form
    page = client.get(f"{read}?learners=1").text
    assert not any(words in page for words in secret)
    assert "learners=1" in "".join(re.findall(r'href="([^"]+export\.docx[^"]*)"', page))
    assert "Nothing under this" not in page
    with zipfile.ZipFile(io.BytesIO(client.get(f"{read}/export.imscc?learners=1").data)) as course:
        assert not [name for name in course.namelist() if "facilitator" in name]
    key, out = read.rpartition("/")[2], tmp_path / "learners.md"
    done = fingerpost("collection", "export", key, "--as", "md", "--learners", "--out", str(out), home=place.path)
    assert done.exit_code == 0, done.output
    assert not any(words in out.read_text() for words in secret)


def test_what_files_shorten_is_said_and_cut_around_what_was_found(client: FlaskClient) -> None:
    """While editing; the words by which a search found an entry are in the file's short quotation."""
    catalogue = client.application.extensions["fingerpost"].catalogue
    long = next(p for p in catalogue.passages(HARBOUR) if len(p.text) > SHORT + 100)
    word = long.text.split()[-1].strip(".")
    edit, read = made(client, long.id, **{f"found-{long.id}": long.text[-40:]})
    told = json.loads(client.get(f"{read}/export.json").data)["parts"][0]["entries"][0]
    assert "Files hold a short quotation of this only" in client.get(edit).text
    assert told["shortened"]
    assert told["text"].startswith("… ")
    assert word in told["text"]
    offered = client.get("/collections/add?q=children").text
    assert re.search(r'name="found-[^"]+" value="children"', offered, re.I)
    assert re.search(r'name="found-[^"]+" value="children"', client.get(f"{edit}/find?q=children").text, re.I)
