"""What is new since a day: documents, statements by theme, and what several independent programmes say by now."""

from __future__ import annotations

import json
import re
import xml.etree.ElementTree as ElementTree
from collections.abc import Callable, Iterable
from datetime import date

import msgspec
import pytest
from click.testing import Result
from flask.testing import FlaskClient
from sqlalchemy import update

from corpus.catalogue import CatalogueWriter, Published
from corpus.catalogue import tables as t
from corpus.catalogue.arrivals import Arrival, arrivals, digest
from corpus.catalogue.decisions import decide
from corpus.home import Home
from corpus.ids import Ids
from corpus.model import (
    Bibliography,
    Block,
    BlockKind,
    Document,
    IngestRecord,
    Page,
    PageTurn,
    Passage,
    Span,
    Standing,
    Statement,
    StatementKind,
)
from corpus.sensitivity import decision
from index import library
from webapp import create_app

A = "{http://www.w3.org/2005/Atom}"
SAID = "Guardians who were appointed within ten days stayed with the children until they were settled."
OTHER = "Two shelters were closed because nobody had asked the neighbours before they opened."
Cli = Callable[..., Result]


def document(doc: str, *texts: str, programme: str = "", content: str = "") -> Document:
    """A report of one page whose every sentence is a lesson on guardianship."""
    ids, turns = Ids(doc), (PageTurn(offset=0, page=1, label="1"),)
    passages = tuple(
        Passage(id=ids.make("p", text), doc=doc, ordinal=n, section=0, path=(), text=text, language="en", turns=turns)
        for n, text in enumerate(texts)
    )
    statements = tuple(
        Statement(
            id=ids.make("s", p.text), doc=doc, passage=p.id, text=p.text, kind=StatementKind.LESSON,
            span=Span(page=1, page_end=1), themes=("guardianship",),
        )
        for p in passages
    )  # fmt: skip
    card = Bibliography(
        id=doc, title=f"Report of {doc}", date="2019", language="en", programme=programme or doc,
        standing=Standing.EXTERNAL,
    )  # fmt: skip
    blocks = tuple(Block(kind=BlockKind.PARAGRAPH, text=text) for text in texts)
    return Document(
        card=card, media="pdf", content_hash=(content or doc).ljust(64, "0")[:64],
        pages=(Page(number=1, label="1", blocks=blocks),), passages=passages, statements=statements,
    )  # fmt: skip


def keep(home: Home, made: Iterable[tuple[Document, str]]) -> None:
    """Keep documents, each as if it had been read on a day; those that say the same are of one group."""
    with home.writing(), CatalogueWriter(home.catalogue_url) as writer:
        for one, day in made:
            number = writer.begin(IngestRecord(input=f"{one.id}.pdf", status="failed"))
            writer.put_document(
                one, number, IngestRecord(input=f"{one.id}.pdf", status="ok", doc=one.id, content_hash=one.content_hash)
            )
            this = t.versions.c.document_id == one.id, t.versions.c.number == writer.entry(one.id).version
            with writer.engine.begin() as connection:
                connection.execute(update(t.versions).where(*this).values(at=f"{day}T10:00:00Z"))
        with writer.engine.begin() as connection:
            first: dict[str, str] = {}
            for row in connection.execute(t.statements.select().order_by(t.statements.c.id)).all():
                group = first.setdefault(row.statement.text, row.id)
                told = {"grouping": group, "statement": msgspec.structs.replace(row.statement, group=group)}
                connection.execute(update(t.statements).where(t.statements.c.id == row.id).values(told))
        library.bring_up_to_date(home, writer)


REPORTS = (
    (document("north", SAID), "2026-01-10"),
    (document("south", SAID, OTHER), "2026-03-05"),
    (document("south-brief", SAID, programme="south"), "2026-03-09"),
)
"""One of January, one of March that says the same, one of its programme that does so too."""


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Home:
    """A home with the three reports; tests only read it."""
    home = Home(tmp_path_factory.mktemp("digest"))
    keep(home, REPORTS)
    return home


@pytest.fixture(scope="module")
def client(kept: Home) -> FlaskClient:
    """The application over that home."""
    return create_app({"home": kept, "costly_requests_per_minute": 0}).test_client()


def test_a_document_is_new_when_its_first_words_came(fresh_home: Home) -> None:
    """Another reading of the same bytes brings nothing; other bytes are a new version on their day."""
    keep(fresh_home, REPORTS)
    keep(fresh_home, [(document("north", SAID), "2026-05-01"), (document("south", SAID, content="new"), "2026-06-01")])
    keep(fresh_home, [(document("south", SAID, content="new"), "2026-06-03")])
    with Published(fresh_home.catalogue_url) as catalogue:
        came = arrivals(catalogue)
        new = digest(catalogue, date(2026, 4, 1))
    assert came["north"] == Arrival(first="2026-01-10T10:00:00Z", present="2026-01-10T10:00:00Z")
    assert came["south"] == Arrival(first="2026-03-05T10:00:00Z", present="2026-06-01T10:00:00Z")
    assert (new.documents, [card.id for card in new.renewed]) == ((), ["south"])


@pytest.mark.parametrize(
    ("since", "documents", "statements", "recurring"),
    [
        (date(2026, 1, 1), ["south-brief", "south", "north"], 4, [(0, 2)]),
        (date(2026, 1, 11), ["south-brief", "south"], 3, [(1, 2)]),
        (date(2026, 3, 5), ["south-brief", "south"], 3, [(1, 2)]),
        (date(2026, 3, 6), ["south-brief"], 1, []),
        (date(2026, 3, 10), [], 0, []),
    ],
)
def test_what_is_new_since_a_day(
    kept: Home, since: date, documents: list[str], statements: int, recurring: list[tuple[int, int]]
) -> None:
    """Documents of the day and later, their statements; a second programme makes a lesson recur, a second brief of
    one programme does not."""
    with Published(kept.catalogue_url) as catalogue:
        new = digest(catalogue, since)
    assert [card.id for card in new.documents] == documents
    assert len(new.themes.get("guardianship", ())) == statements
    assert [(one.before, one.now) for one in new.recurring] == recurring
    for one in new.recurring:
        assert {statement.text for statement in one.statements} == {SAID}
        assert one.since == "2026-03-05T10:00:00Z"


def test_what_is_withdrawn_is_not_news(fresh_home: Home) -> None:
    """Neither the document nor what it made recur."""
    keep(fresh_home, REPORTS)
    with fresh_home.writing(), CatalogueWriter(fresh_home.catalogue_url) as writer:
        decide(writer, [decision("south", "withdrawn"), decision("south-brief", "withdrawn")])
    with Published(fresh_home.catalogue_url) as catalogue:
        new = digest(catalogue, date(2026, 1, 1))
    assert [card.id for card in new.documents] == ["north"]
    assert new.recurring == ()
    assert len(new.themes["guardianship"]) == 1


def test_command_page_and_api_tell_the_same(kept: Home, client: FlaskClient, fingerpost: Cli) -> None:
    """The same object as JSON; the page has its documents, quotations and counts."""
    printed = json.loads(fingerpost("digest", "--since", "2026-01-11", "--json", home=kept.path).output)
    assert client.get("/api/v1/digest?since=2026-01-11").get_json() == printed
    assert [one["id"] for one in printed["documents"]] == ["south-brief", "south"]
    assert [(one["before"], one["now"]) for one in printed["recurring"]] == [(1, 2)]
    page = client.get("/digest?since=2026-01-11").text
    for told in ("Report of south-brief", "Now said by several programmes", SAID, "Guardianship", "11 January 2026"):
        assert told in page
    assert "Report of north" not in page.partition("Now said by")[0]
    for link in re.findall(r'href="(/(?:statements|documents|digest|themes)[^"#]*)', page):
        assert client.get(link.replace("&amp;", "&")).status_code == 200
    told = fingerpost("digest", "--since", "2026-01-11", home=kept.path).output
    assert "New since 2026-01-11: 2 documents" in told
    assert "2 programmes (1 before)" in told


def test_practices_are_new_where_all_is(home: Home, fingerpost: Cli) -> None:
    """Each line leads somewhere; in an older catalogue nothing is said of practices."""
    told = fingerpost("digest", "--since", "2020-01-01", home=home.path).output
    with Published(home.catalogue_url) as catalogue:
        practices = catalogue.practice_ids()
        assert f", {len(practices)} practices." in told
        assert all(f"(/practices/{one})" in told for one in practices)
        assert "(/documents/harbour-evaluation)" in told
        assert re.search(r"\(p\. \d+, /statements/harbour-evaluation\.s\w+\)", told)
    later = fingerpost("digest", "--since", "2999-01-01", home=home.path).output
    assert later == "New since 2999-01-01: 0 documents.\n"


def test_days_that_are_none_get_a_sentence(client: FlaskClient, fingerpost: Cli) -> None:
    """400 or exit code 2, and how a day is written."""
    for address in ("/digest?since=soon", "/digest.atom?since=2026-02-30", "/api/v1/digest?since=1"):
        response = client.get(address)
        assert response.status_code == 400
        assert "2026-01-31" in response.text
    assert fingerpost("digest").exit_code == fingerpost("digest", "--since", "soon").exit_code == 2


def test_the_feed_of_what_is_new(client: FlaskClient) -> None:
    """RFC 4287: documents by when they came and what recurs by when it came to, newest first; ids stay."""
    root = ElementTree.fromstring(client.get("/digest.atom?since=2026-01-01").data)
    told = [
        (entry.findtext(f"{A}title"), (entry.findtext(f"{A}updated") or "")[:10]) for entry in root.iter(f"{A}entry")
    ]
    assert told == [
        ("Report of south-brief", "2026-03-09"),
        ("Report of south", "2026-03-05"),
        ("Lesson, by now in 2 programmes", "2026-03-05"),
        ("Report of north", "2026-01-10"),
    ]
    for entry in root.iter(f"{A}entry"):
        link = entry.find(f"{A}link")
        assert link is not None
        assert client.get(link.get("href", "")).status_code == 200
    later = ElementTree.fromstring(client.get("/digest.atom?since=2026-03-01").data)
    ids = [entry.findtext(f"{A}id") for entry in root.iter(f"{A}entry")]
    assert [entry.findtext(f"{A}id") for entry in later.iter(f"{A}entry")] == ids[:3]


def test_nothing_new_is_said(client: FlaskClient) -> None:
    """An empty page and an empty feed are whole."""
    assert "None since then." in client.get("/digest?since=2999-01-01").text
    root = ElementTree.fromstring(client.get("/digest.atom?since=2999-01-01").data)
    assert root.findtext(f"{A}updated") == "1970-01-01T00:00:00+00:00"
