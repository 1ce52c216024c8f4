"""What the sources say: statements of one meaning as one, counted in programmes, narrowed by who says it to whom."""

from __future__ import annotations

import html
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result
from flask.testing import FlaskClient

from corpus.catalogue import CatalogueWriter
from corpus.errors import UsageError
from corpus.home import Home
from corpus.ids import Ids
from corpus.model import (
    Bibliography,
    Document,
    IngestRecord,
    Passage,
    Standing,
    Statement,
    StatementKind,
    Voice,
)
from index import library
from index.answer import Request
from index.library import Library
from webapp import create_app

pytestmark = pytest.mark.slow

LATE = "Guardians came too late for most children."
LATE_TOO = "The appointment of guardians took many months."
MONTHS = "Months passed before a guardian was there."
TRAIN = "The Harbour Office should train guardians before the winter."
REACHED = "By 2031 all guardians will have met the children."
BOAT = "The boat crews had no list of guardians."

Said = tuple[str, str, dict[str, object]]


def document(doc: str, body: str, standing: Standing, *said: Said) -> Document:
    """A document of one passage for each statement; a statement is told as words, its group's words, other fields."""
    ids = Ids(doc)
    passages = tuple(
        Passage(id=ids.make("p", text), doc=doc, ordinal=n, section=0, path=(), text=text, language="en")
        for n, (text, _, _) in enumerate(said)
    )
    statements = tuple(
        Statement(
            id=ids.make("s", text),
            doc=doc,
            passage=passages[n].id,
            text=text,
            kind=told.get("kind", StatementKind.CHALLENGE),  # type: ignore[arg-type]
            voice=told.get("voice", Voice.EVALUATOR),  # type: ignore[arg-type]
            addressed_to=told.get("to"),  # type: ignore[arg-type]
            achieved=told.get("achieved"),  # type: ignore[arg-type]
            group=f"first.{Ids('first').make('s', alike).partition('.')[2]}",
        )
        for n, (text, alike, told) in enumerate(said)
    )
    card = Bibliography(id=doc, title=f"The {doc} report", organisations=(body,), standing=standing, date="2030")
    return Document(card=card, media="pdf", content_hash=doc, passages=passages, statements=statements)


SHELF = (
    document("first", "Harbour Aid", Standing.IMPLEMENTER, (LATE, LATE, {}), (BOAT, BOAT, {})),
    document("second", "Hill Watch", Standing.EXTERNAL, (LATE_TOO, LATE, {}), (MONTHS, LATE, {})),
    document("third", "Hill Watch", Standing.EXTERNAL, (LATE, LATE, {"voice": Voice.CHILD})),
    document(
        "wishes",
        "Sea Council",
        Standing.INTERNAL,
        (TRAIN, TRAIN, {"kind": StatementKind.RECOMMENDATION, "to": "the Harbour Office"}),
        (REACHED, REACHED, {"kind": StatementKind.RESULT, "achieved": "expected"}),
    ),
)


def keep(writer: CatalogueWriter, one: Document) -> None:
    record = IngestRecord(input=f"/{one.id}.pdf", status="ok", doc=one.id)
    writer.put_document(one, writer.begin(record), record)


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Home:
    """A home in which two programmes say one thing in three documents, and three things are said once."""
    home = Home(tmp_path_factory.mktemp("said") / "home")
    with home.writing(), CatalogueWriter(home.catalogue_url) as writer:
        for one in SHELF:
            keep(writer, one)
        library.bring_up_to_date(home, writer)
    return home


@pytest.fixture(scope="module")
def client(place: Home) -> FlaskClient:
    return create_app(place).test_client()


def hits(text: str) -> list[str]:
    return re.findall(r'<article class="hit">.*?</article>', text, re.S)


def test_what_says_the_same_is_one_hit(place: Home) -> None:
    """Three documents' words and a fourth wording are one; counts, facets and views stay true."""
    found = Library(place)
    apart, together = (found.search(Request(what="statements", together=one)) for one in (False, True))
    assert apart.total == 6  # the same words are one thing already
    assert together.total == len(together.hits) == 4
    assert together.totals["statements"] == 6
    assert {v.value: v.count for v in together.facets["doc"]} == {"first": 2, "second": 1, "third": 1, "wishes": 2}
    assert {v.value: v.count for v in together.facets["kind"]} == {"challenge": 2, "recommendation": 1, "result": 1}
    for value in together.facets["doc"]:
        chosen = Request(what="statements", together=True, filters={"doc": (value.value,)})
        assert found.search(chosen).total == value.count


def test_most_programmes_then_the_most_independent_source(place: Home) -> None:
    """What two programmes say comes first, in the words of the most independent; the rest by how independent it is."""
    answer = Library(place).search(Request(what="statements", together=True, sort="programmes"))
    assert answer.hits[0].doc in ("second", "third")
    assert [hit.standing for hit in answer.hits[1:]] == [Standing.INTERNAL, Standing.INTERNAL, Standing.IMPLEMENTER]


def test_only_what_is_counted_in_programmes_is_sorted_by_them(place: Home) -> None:
    for wrong in (Request(sort="programmes", together=True), Request(what="statements", sort="programmes")):
        with pytest.raises(UsageError, match="programmes"):
            Library(place).search(wrong)


def test_groups_follow_the_catalogue(tmp_path: Path) -> None:
    """A document that goes away takes its voice with it: what it said with another stands alone from then on."""
    home = Home(tmp_path / "home")
    with home.writing(), CatalogueWriter(home.catalogue_url) as writer:
        for one in SHELF[:2]:
            keep(writer, one)
        library.bring_up_to_date(home, writer)
        found = Library(home)
        wanted = Request(what="statements", together=True, sort="programmes")
        assert found.search(wanted).hits[0].text != BOAT
        assert found.search(wanted).total == 2
        writer.remove("second")
        library.bring_up_to_date(home, writer)
        assert found.search(wanted).total == 2
        assert {hit.text for hit in found.search(wanted).hits} == {LATE, BOAT}


def test_a_withdrawn_voice_does_not_count(tmp_path: Path, fingerpost: Callable[..., Result]) -> None:
    """What was taken away is neither told nor counted: two programmes are one without the other's statement."""
    home = Home(tmp_path / "home")
    with home.writing(), CatalogueWriter(home.catalogue_url) as writer:
        keep(writer, SHELF[0])
        keep(writer, SHELF[2])
        library.bring_up_to_date(home, writer)
        theirs = writer.statements("third")[0].id
    client = create_app(home).test_client()
    assert "In 2 programmes" in client.get("/statements").text
    assert fingerpost("withdraw", theirs, home=home.path).exit_code == 0
    text = client.get("/statements").text
    assert "In 2 programmes" not in text
    assert "/documents/third" not in text[text.index("<article") : text.rindex("</article>")]


def test_the_page_counts_programmes_and_unfolds_the_others(client: FlaskClient) -> None:
    """Without a question what most programmes say stands first, with the others' words, pages and standing inside."""
    response = client.get("/statements")
    assert response.status_code == 200
    assert "What the sources say" in response.text
    first, *others = hits(response.text)
    assert "In 2 programmes" in first
    assert "3 documents" in first
    told = html.unescape(first)
    assert all(text in told for text in (LATE, LATE_TOO, MONTHS))
    assert not any("<details" in other for other in others)
    assert "most programmes</a>" in response.text


def test_where_no_two_programmes_say_the_same_the_order_is_by_independence(tmp_path: Path) -> None:
    """The page names the order that it has, and a statement's page counts the one programme too."""
    home = Home(tmp_path / "home")
    with home.writing(), CatalogueWriter(home.catalogue_url) as writer:
        for one in (SHELF[1], SHELF[3]):
            keep(writer, one)
        library.bring_up_to_date(home, writer)
        said = writer.statements("wishes")[0].id
    client = create_app(home).test_client()
    text = client.get("/statements").text
    assert "most programmes</a>" not in text
    assert re.search(r'aria-current="true"[^>]*>most independent source</a>', text)
    assert "1 independent programme" in client.get(f"/statements/{said}").text


def test_marks_tell_what_is_expected_and_whom_it_is_for(client: FlaskClient) -> None:
    text = client.get("/statements").text
    assert "(expected)" in next(hit for hit in hits(text) if "2031" in hit)
    assert re.search(r">to (<[^>]+>)?Harbour Office", next(hit for hit in hits(text) if "should" in hit))
    assert "child’s or migrant’s voice" in client.get("/statements?voice=child-migrant").text


@pytest.mark.parametrize(
    ("narrowed", "told"),
    [("addressee=harbour", TRAIN), ("achieved=expected", REACHED), ("kind=challenge&doc=first&q=boat", BOAT)],
)
def test_filters_of_statements(client: FlaskClient, narrowed: str, told: str) -> None:
    """Addressee (by some of its words), outcome and the others leave what they say, and are chips to be removed."""
    text = client.get(f"/statements?{narrowed}").text
    assert len(hits(text)) == 1
    assert told.split()[-1] in hits(text)[0]
    assert 'aria-label="Filters in use"' in text


def test_one_page_under_two_addresses(client: FlaskClient) -> None:
    """The search's view of statements is the explorer; a link to a view of statements is always the short address."""
    both = (client.get(address).text for address in ("/search?in=statements&q=guardians", "/statements?q=guardians"))
    assert len({text[text.index("<main") : text.index("</main>")] for text in both}) == 1
    assert 'href="/statements?q=guardians"' in client.get("/search?q=guardians").text
    assert client.get("/search?sort=programmes").status_code == 400
    away = client.get("/statements?sort=programmes&q=guardians").text
    assert not [link for link in re.findall(r'href="(/search\?[^"]*)"', away) if "sort=programmes" in link]


def test_the_api_gives_the_same(client: FlaskClient) -> None:
    """The page's link to JSON leads to the very hits that it shows."""
    text = client.get("/statements").text
    link = html.unescape(re.search(r'href="(/api/v1/search[^"]*)"', text)[1])  # type: ignore[index]
    answer = client.get(link).get_json()
    assert [hit["url"] for hit in answer["hits"]] == re.findall(r'<a href="(/statements/[^"]*)">Permanent link', text)


def test_a_hit_tells_why_it_is_there(client: FlaskClient) -> None:
    """Words of the question that it has not are told; what it has is marked in its text."""
    one = hits(client.get("/search?q=boat+crews+interpreters").text)[0]
    assert "<mark>boat</mark>" in one
    assert re.search(r"Not here: <span[^>]*>interpreters", one)
