"""Synthesis notes: read strictly, kept as documents of ours, shown with their sources, found behind the sources."""

from __future__ import annotations

import html
import re
import shutil
from pathlib import Path

import msgspec
import pytest
from flask.testing import FlaskClient

from corpus import notes, records, sources
from corpus.catalogue import CatalogueWriter
from corpus.catalogue.decisions import decide
from corpus.concepts import vocabulary
from corpus.errors import RecordError
from corpus.home import Home
from corpus.model import Bibliography, Claim, Practice, SourceRef
from corpus.notes import NOTE_FIELDS, Note, load, readable, shipped
from corpus.sensitivity import decision
from corpus.witness import witnesses
from index import library
from index.answer import Request
from index.library import Library
from ingest import pipeline
from ingest import shipped as shipping
from webapp import create_app
from webapp.pages.notes import related

pytestmark = pytest.mark.slow

FRONT = """\
title: "Night buses"
question: "Do buses that go round at night help children in the street?"
themes: [alternative-care-shelter]
target_groups: [children-in-street-situations]
last_checked: 2026-11-22
"""
POINTS = "\n".join(f"- Point {word}. [romia-synthesis § A]" for word in ("one", "two", "three", "four"))
BODY = f"## Key points\n{POINTS}\n" + "".join(
    f"\n## {heading}\nIt is so. [romia-final-evaluation p. 44] [romia-synthesis § A]\n"
    for heading in list(NOTE_FIELDS.values())[1:]
)
REINTEGRATION = "sources-on-reintegration"


def note(front: str = FRONT, body: str = BODY) -> str:
    return f"---\n{front}---\n\n{body}"


# ------------------------------------------------------------------------------------------- the loader


def test_a_note_is_read_as_it_is_written() -> None:
    """Front matter becomes fields, every heading its claims; the file's name is the id."""
    found = load(note(), "night-buses.md", vocabulary())
    assert (found.id, found.title, found.themes) == ("night-buses", "Night buses", ("alternative-care-shelter",))
    assert list(found.told) == list(NOTE_FIELDS)
    assert found.told["key_points"][0] == Claim(
        text="Point one.", sources=(SourceRef(doc="romia-synthesis", section="A"),), item=True
    )
    assert found.rights == "CC BY 4.0"
    assert [ref.locator for ref in found.sources()] == ["§ A", "p. 44"]
    assert (found.card.programme, found.card.document_type) == (sources.OURS, "synthesis")


@pytest.mark.parametrize(
    ("front", "body", "named"),
    [
        (FRONT + "colour: red\n", BODY, "colour"),
        (FRONT.replace("Night buses", " "), BODY, "title"),
        (FRONT.replace("Do buses that go round at night help children in the street?", ""), BODY, "question"),
        (FRONT.replace("last_checked: 2026-11-22\n", ""), BODY, "last_checked"),
        (FRONT.replace("2026-11-22", "2026-11-31"), BODY, "last_checked"),
        (FRONT.replace("alternative-care-shelter", "shelters-for-all"), BODY, "themes"),
        (FRONT, BODY + "\n## Holes\nOne. [romia-synthesis § A]\n", "Holes"),
        (FRONT, BODY.replace("## Gaps\nIt is so. [romia-final-evaluation p. 44] [romia-synthesis § A]\n", ""), "Gaps"),
        (FRONT, BODY.replace("- Point four. [romia-synthesis § A]\n", ""), "Key points"),
        (FRONT, BODY.replace("- Point four", "\nPoint four"), "Key points"),
        (FRONT, BODY.replace("- Point four. [romia-synthesis § A]", "- Point four."), "Key points"),
        (FRONT, BODY.replace("[romia-final-evaluation p. 44]", "[no-such-source p. 44]"), "no-such-source"),
    ],
)
def test_what_breaks_the_template_is_named(front: str, body: str, named: str) -> None:
    """The message begins with the file and names the field."""
    with pytest.raises(RecordError) as caught:
        load(note(front, body), "night-buses.md", vocabulary())
    assert str(caught.value).startswith("night-buses.md: ")
    assert named in str(caught.value)


def test_a_note_cannot_rest_on_what_we_wrote_ourselves() -> None:
    """The brief retells the same sources: to cite it would be to cite ourselves."""
    body = BODY.replace("romia-final-evaluation", "fingerpost-synthesis-brief")
    with pytest.raises(RecordError, match="fingerpost-synthesis-brief"):
        load(note(body=body), "x.md", documents=notes.citable())


def test_the_shipped_notes_are_whole() -> None:
    """Ten of them, each a page or two, with a question of its own, together drawn from every source."""
    found = shipped()
    assert len(found) == 10
    assert len({n.title for n in found}) == len({n.question for n in found}) == 10
    assert {ref.doc for n in found for ref in n.sources()} == notes.citable()
    for one in found:
        words = sum(len(claim.text.split()) for some in one.told.values() for claim in some)
        assert 450 <= words <= 800, (one.id, words)
        assert len({ref.doc for ref in one.sources()}) >= 4, one.id


def test_readers_of_the_file_find_citations_in_words_beside_the_sentences() -> None:
    """The sentences stay clean for whoever searches them; the places are the file's numbered notes."""
    text = readable(load(note(), "night-buses.md"), {"romia-synthesis": "The Synthesis"})
    assert "- Point one.[^1]\n" in text
    assert "[^1]: The Synthesis, § A.\n" in text
    assert "[romia" not in text


# ------------------------------------------------------------------------------------------- in a home


def some_notes() -> tuple[Note, ...]:
    return tuple(n for n in shipped() if n.id in (REINTEGRATION, "sources-on-data"))


REPORT = """\
# The Lantern programme: final evaluation

## Reintegration after return

Reintegration after return took longer than the programme had planned. Families asked for help to earn a living and for
a visit every month, and returned adolescents wanted to go back to school. Follow-up of returned children ended when the
grant did.

## Kitchens

The kitchens were clean and the cooks were paid.
"""


@pytest.fixture(scope="module")
def first_day(tmp_path_factory: pytest.TempPathFactory) -> Home:
    """A home with two notes and three practices, as ``init`` loads them."""
    with pytest.MonkeyPatch.context() as patched:
        two, three = some_notes(), records.shipped()[:3]
        patched.setattr(notes, "shipped", lambda: two)
        patched.setattr(records, "shipped", lambda: three)
        patched.setattr(sources, "shipped_briefs", lambda: ())
        place = Home(tmp_path_factory.mktemp("first-day") / "home")
        with place.writing(), CatalogueWriter(place.catalogue_url) as writer:
            steps = list(shipping.load(place, writer, publish=lambda: library.bring_up_to_date(place, writer)))
            again = list(shipping.load(place, writer))
    assert [step.record.status for step in steps] == ["ok", "ok"]
    assert all(step.skipped for step in again)
    return place


@pytest.fixture(scope="module")
def client(first_day: Home) -> FlaskClient:
    return create_app(first_day).test_client()


def test_a_notes_passages_answer_and_lead_to_it(first_day: Home, client: FlaskClient) -> None:
    """On the first day nothing else holds passages: a hit opens the note at the part that was found."""
    hit = Library(first_day).search(Request(text="follow-up of returned children is too short")).hits[0]
    assert (hit.doc, hit.weak) == (REINTEGRATION, False)
    page = client.get("/search?q=follow-up+of+returned+children+is+too+short").text
    assert f'href="/notes/{REINTEGRATION}?passage={hit.passage}#quoted"' in page
    found = client.get(f"/notes/{REINTEGRATION}?passage={hit.passage}").text
    assert 'id="quoted"' in found
    assert 'id="quoted"' not in client.get(f"/notes/{REINTEGRATION}?passage=sources-on-data.p0123456789ab").text
    assert Library(first_day).search(Request(text="reintegration", what="documents")).hits[0].url == (
        f"/notes/{REINTEGRATION}"
    )


def test_a_note_shows_every_claim_with_its_sources(client: FlaskClient) -> None:
    """Each claim stands there with an arm for each place that it cites; reuse rights and the citation are at hand."""
    found = client.get(f"/notes/{REINTEGRATION}")
    one = next(n for n in shipped() if n.id == REINTEGRATION)
    text = html.unescape(re.sub(r"<[^>]*>", "", found.text))
    assert found.status_code == 200
    assert all(claim.text in text for some in one.told.values() for claim in some)
    assert found.text.count('class="arm tiny') == sum(len(c.sources) for some in one.told.values() for c in some)
    assert "CC BY 4.0" in text
    assert "22 November 2026" in text
    assert client.get(f"/cite/{REINTEGRATION}").text.count("Reintegration after return") > 1


def test_notes_are_led_to_from_the_pages_around(client: FlaskClient) -> None:
    """First page, list, themes, a search's first page, the list of documents."""
    address = f'href="/notes/{REINTEGRATION}"'
    for page in ("/", "/notes", "/themes/return-reintegration", "/search?q=reintegration+after+return", "/documents"):
        assert address in client.get(page).text, page
    assert address not in client.get("/themes/data-research").text
    assert address not in client.get("/search?q=reintegration+after+return&page=2").text
    newest = client.get("/").text.partition('id="h-new"')[2]
    assert "/notes/" not in newest
    assert client.get("/themes/return-reintegration").text.count(address) == 1


def test_an_unknown_note_is_not_here(client: FlaskClient) -> None:
    """Neither one that no program ships nor one that this home does not hold."""
    assert client.get("/notes/sources-on-nothing").status_code == 404
    assert client.get("/notes/sources-on-advocacy").status_code == 404


def test_nothing_in_a_note_is_a_statement(first_day: Home) -> None:
    """A paraphrase is nobody's own word: no kind, no voice, no witness."""
    answer = Library(first_day).search(Request(what="statements", limit=1))
    assert answer.total == 0


def test_a_note_can_be_withdrawn_and_its_organisations_masked(tmp_path: Path, first_day: Home) -> None:
    """What a person decides of a document or an organisation holds for notes too."""
    place = Home(Path(shutil.copytree(first_day.path, tmp_path / "home")))
    with place.writing(), CatalogueWriter(place.catalogue_url) as writer:
        decide(writer, [decision("org:IFRC", "mask", "test")])
        library.bring_up_to_date(place, writer)
    there = create_app(place).test_client()
    assert "the North Africa programme, [withheld])" in there.get(f"/notes/{REINTEGRATION}").text
    with place.writing(), CatalogueWriter(place.catalogue_url) as writer:
        decide(writer, [decision(REINTEGRATION, "withdrawn", "test")])
        library.bring_up_to_date(place, writer)
    there = create_app(place).test_client()
    assert there.get(f"/notes/{REINTEGRATION}").status_code == 410
    assert REINTEGRATION not in there.get("/notes").text


def test_a_source_stands_before_our_words_about_it(tmp_path: Path, first_day: Home) -> None:
    """A note sums up what its sources say once: it must not take the place of the source's own passage."""
    place = Home(Path(shutil.copytree(first_day.path, tmp_path / "home")))
    (report := tmp_path / "lantern.md").write_text(REPORT, "utf-8")
    with place.writing(), CatalogueWriter(place.catalogue_url) as writer:
        run = pipeline.prepare(place, writer, [report])
        list(pipeline.ingest(place, writer, run, publish=lambda: library.bring_up_to_date(place, writer)))
    here = Library(place)
    hits = here.search(Request(text="reintegration after return")).hits
    assert hits[0].doc == "lantern"
    assert any(hit.doc == REINTEGRATION for hit in hits)
    assert here.search(Request(text="instructions on a child's best interests")).hits[0].doc == REINTEGRATION


# ------------------------------------------------------------------------------------------- no witness


def test_what_we_wrote_from_several_sources_makes_them_no_single_witness() -> None:
    """A note on two evaluations belongs to neither, and does not tie them."""
    cards = [
        Bibliography(id="one", title="One", programme="one"),
        Bibliography(id="two", title="Two", programme="two"),
        Bibliography(id="ours", title="Ours", programme=sources.OURS),
    ]
    found = witnesses(cards, [("ours", "one"), ("ours", "two")])
    assert found["one"] != found["two"]
    assert "ours" not in found


def test_practices_beside_a_note_share_its_themes() -> None:
    """Those on its first theme come first."""

    def practice(identifier: str, *themes: str) -> Practice:
        return msgspec.structs.replace(records.shipped()[0], id=identifier, themes=themes)

    one = load(note(FRONT.replace("[alternative-care-shelter]", "[alternative-care-shelter, health-access]")), "x.md")
    some = (
        practice("other", "education-access"),
        practice("second", "health-access"),
        practice("first", "alternative-care-shelter"),
    )
    assert [p.id for p in related(one, some)] == ["first", "second"]
