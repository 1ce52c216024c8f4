"""Practice pages: each field of the page in the right field of the practice, whatever the format."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest
import template_pages
from click.testing import Result

from corpus.catalogue import CatalogueWriter
from corpus.errors import Withdrawn
from corpus.home import Home
from corpus.model import Bibliography, Document, IngestRecord, Practice, ShownToWork, Standing
from index import library
from ingest import cards, pipeline, readers, templates
from ingest.templates import PracticePage, values
from webapp import create_app


def read(data: bytes, name: str) -> PracticePage:
    """A page as the child process reads it, up to its practices."""
    reading = readers.read(data, name, max_pages=100)
    return templates.read(reading, cards.card(reading, Path(name).stem, reading.language or "en", Path(name).stem))


def only(data: bytes, name: str = "page.html") -> Practice:
    practices = read(data, name).practices
    assert len(practices) == 1
    return practices[0]


def words(practice: Practice, field: str) -> str:
    return " ".join(claim.text for claim in practice.told.get(field, ()))


# ---------------------------------------------------------------------------------------------- the two real pages


def test_every_field_of_the_global_compact_page_is_in_its_place(shared: Path) -> None:
    """The values that pictures carry are read, the empty goals stay empty, the recommendations keep their headings."""
    found = read((shared / "library" / "gcm-iom-north-africa.html").read_bytes(), "a-page.html")
    (practice,) = found.practices
    judged = json.loads((shared / "eval" / "records-dev.json").read_text("utf-8"))["documents"]
    record = next(r for r in judged if r["id"] == "gcm-iom-north-africa")
    assert practice.gcm_objectives == ("gcm-objective-7", "gcm-objective-10", "gcm-objective-23")
    assert practice.gcm_principles == ("gcm-principle-child-sensitive", "gcm-principle-whole-of-government")
    assert practice.sdgs == ()
    assert (practice.start, practice.end) == (str(record["years"]["start"]), str(record["years"]["end"]))
    assert practice.practice_type == "practice-type-project-programme"
    assert practice.scope == "Regions: Africa; Sub Regions: Northern Africa"
    assert list(practice.organisations) == record["organisations"]
    assert list(practice.donors) == record["donors"]
    assert {place.country for place in practice.places} == set(record["countries"])
    assert practice.submitted == record["publication_date"]
    counts = {name: len(claims) for name, claims in practice.told.items()}
    assert counts == {"summary": 7, "benefit": 3, "lessons": 1, "recommendations": 15, "innovation": 1}
    items = [claim for claim in practice.told["recommendations"] if claim.item]
    under = list(dict.fromkeys(claim.heading for claim in items))
    assert [sum(claim.heading == heading for claim in items) for heading in under] == [5, 3, 3, 3]
    assert practice.standing is Standing.IMPLEMENTER
    assert practice.shown_to_work is ShownToWork.CLAIMED
    card = found.card
    assert (card.title, card.date) == (record["title"], record["publication_date"])
    assert card.document_type == "practice-page"
    assert card.publisher == "United Nations Network on Migration"


MARIO = [
    "mario-project.html",
    "variants/mario-project.md",
    "variants/mario-project.docx",
    "variants/mario-project-utf16.txt",
    "variants/mario-project-chromium.pdf",
]


@pytest.mark.parametrize("name", MARIO)
def test_the_european_page_is_known_in_every_format(shared: Path, name: str) -> None:
    """The same labels give the same fields in HTML, Markdown, Word, text and a printed PDF; nobody is named."""
    practice = only((shared / "library" / name).read_bytes(), Path(name).name)
    assert (practice.organisations, practice.scope) == (("Terre des Hommes",), "Romania")
    assert [(place.country, place.role) for place in practice.places] == [("RO", "implementation")]
    assert (practice.start, practice.end, practice.contact_role) == ("", "", "Project Manager")
    assert practice.donors == ("European Union’s Daphne III Program", "Oak Foundation")
    headings = {name: list(dict.fromkeys(c.heading for c in claims)) for name, claims in practice.told.items()}
    assert headings == {
        "summary": ["", "Project Goal"],
        "steps": ["How it works"],
        "caseload": ["Who benefits"],
        "cost": ["Funding and resources"],
        "benefit": ["Results", "Evaluation"],
    }
    assert [len(practice.told[name]) for name in ("summary", "steps", "caseload", "cost")] == [2, 6, 4, 1]
    assert len([c for c in practice.told["benefit"] if c.heading == "Results"]) == 6
    assert "Cazenave" not in repr(practice)


def test_no_report_of_the_library_is_taken_for_a_practice(shared: Path) -> None:
    """Evaluations, a code of law and a response have headings like a practice's; none is one."""
    names = ["romia-synthesis.html", "real/iom-management-response-matrix.pdf", "real/iom-evaluation-brief-ib0053.pdf"]
    for name in names:
        assert not read((shared / "library" / name).read_bytes(), Path(name).name).practices, name


# ---------------------------------------------------------------------------------------------- made-up pages


def test_a_global_compact_page_in_another_order_with_other_fields() -> None:
    """Fields are known by their labels: order, further objectives, line breaks and an empty field do not matter."""
    practice = only(template_pages.GCM)
    assert practice.title == "Family tracing across the lake"
    assert practice.gcm_objectives == ("gcm-objective-8", "gcm-objective-12", "gcm-objective-21")
    assert set(practice.gcm_principles) == {
        "gcm-principle-gender-responsive",
        "gcm-principle-whole-of-society",
        "gcm-principle-human-rights",
    }
    assert practice.sdgs == ("sdg-5", "sdg-10")
    assert practice.practice_type == "practice-type-partnership-initiative"
    assert (practice.start, practice.end, practice.still_running) == ("2019-01", "", "ongoing")
    assert [(place.country, place.role) for place in practice.places] == [
        ("UG", "implementation"),
        ("KE", "implementation"),
    ]
    assert practice.organisations == ("Lake Rescue Network (LRN)", "Ministry of Labour, Youth and Children")
    assert practice.donors == ("Government of Norway", "Lakeside Trust")
    assert [claim.heading for claim in practice.told["summary"]] == ["", "How it began"]
    assert "benefit" not in practice.told
    assert practice.shown_to_work is ShownToWork.DESCRIBED
    assert [claim.item for claim in practice.told["lessons"]] == [True, True]
    assert words(practice, "recommendations").startswith("Ask the fishers.")
    assert words(practice, "innovation").startswith("Nobody had asked")
    assert "mobile teams" in words(practice, "partners")
    assert practice.submitted == "2022-03-02"
    assert "Quill" not in repr(practice)
    assert "@" not in repr(practice)


def test_a_european_page_with_the_older_labels() -> None:
    """Issue, goal and source of funding are told in their fields; the contact person is only a role."""
    found = read(template_pages.EUROPEAN, "page.html")
    (practice,) = found.practices
    assert words(practice, "problem").startswith("Newcomers and neighbours did not meet.")
    assert [claim.heading for claim in practice.told["summary"]] == ["", "Goal"]
    assert [claim.item for claim in practice.told["steps"]] == [True, True]
    assert words(practice, "benefit").startswith("They met.")
    assert words(practice, "caseload").startswith("Young people who came alone.")
    assert practice.donors == ("Asylum, Migration and Integration Fund (AMIF)", "City of Turku")
    assert (practice.start, practice.end) == ("2019", "2021-03")
    assert [place.country for place in practice.places] == ["FI", "SE"]
    assert (practice.organisations, practice.contact_role) == (("Kitchen ry",), "Coordinator")
    assert not {"Karl", "Olli"} & set(repr(practice).split())
    assert "@" not in repr(practice)
    assert (found.card.title, found.card.countries) == ("Cooking together", ("FI", "SE"))


def test_a_write_up_in_french_that_follows_no_template() -> None:
    """Numbered French headings are enough, when there are enough of them."""
    practice = only(template_pages.FRENCH)
    assert set(practice.told) == {"summary", "problem", "steps", "benefit", "what_failed", "lessons", "cost"}
    assert words(practice, "cost") == "40 000 EUR"
    assert (practice.start, practice.end) == ("2018-03", "2020-06")
    assert [place.country for place in practice.places] == ["SN"]


def test_a_compendium_gives_a_practice_for_each_of_its_chapters() -> None:
    """The same headings again under another title are another practice."""
    practices = read(template_pages.COMPENDIUM, "ways.html").practices
    assert [p.title for p in practices] == ["A bus at night", "A boat by day", "A tent in between"]
    assert [p.id for p in practices] == ["ways", "ways-practice-2", "ways-practice-3"]
    assert all(words(p, "steps").startswith(f"The {p.title.split()[1]}.") for p in practices)


def test_an_evaluation_with_the_headings_of_a_practice_is_none() -> None:
    """What somebody else found out is not the implementer's account."""
    found = read(template_pages.EVALUATION, "look.html")
    assert not found.practices
    assert found.card.document_type != "practice-page"


@pytest.mark.parametrize(
    ("told", "start", "end", "running"),
    [
        ("2019 - 2021", "2019", "2021", ""),
        ("January 2020 – ongoing", "2020-01", "", "ongoing"),
        ("January - June 2020", "2020-01", "2020-06", ""),
        ("From 1 May 2018 to present", "2018-05-01", "", "present"),
        ("01/2020 - 12/2022", "2020-01", "2022-12", ""),
        ("2009 – 2012 and 2013 – 2015", "2009", "2015", ""),
        ("until 2020", "", "2020", ""),
        ("-", "", "", ""),
    ],
)
def test_periods_as_pages_write_them(told: str, start: str, end: str, running: str) -> None:
    """A period is as exact as the page tells, and open where the page says so."""
    assert values.period(told) == values.Period(start=start, end=end, running=running)


@pytest.mark.parametrize(
    ("told", "expected"),
    [
        ("UNICEF, IOM and Save the Children", ("UNICEF", "IOM", "Save the Children")),
        ("Ministry of Health, Labour and Social Affairs", ("Ministry of Health, Labour and Social Affairs",)),
        ("European Union and Government of Italy", ("European Union", "Government of Italy")),
        ("Red Cross and Red Crescent Societies", ("Red Cross and Red Crescent Societies",)),
        ("- UNHCR", ("UNHCR",)),
        ("n/a", ()),
    ],
)
def test_organisations_as_pages_list_them(told: str, expected: tuple[str, ...]) -> None:
    """Several in one line are parted, a name that is itself a list is not."""
    assert values.names([told]) == expected


# ---------------------------------------------------------------------------------------------- from end to end


@pytest.mark.slow
def test_a_page_becomes_a_practice_that_is_found_shown_and_gone_with_its_document(
    fingerpost: Callable[..., Result], tmp_path: Path
) -> None:
    """A practice read from a page comes, changes and goes with its document."""
    file = tmp_path / "lake.html"
    file.write_bytes(template_pages.GCM)
    assert fingerpost("ingest", str(file)).exit_code == 0
    (shown,) = json.loads(fingerpost("show", "lake", "--json").stdout)["practices"]
    assert (shown["id"], shown["doc"], shown["sdgs"]) == ("lake", "lake", ["sdg-5", "sdg-10"])
    assert shown["told"]["innovation"][0]["sources"] == [{"doc": "lake", "page_label": "", "section": "Innovation"}]

    def found(*words: str) -> list[str]:
        answer = json.loads(fingerpost("search", *words, "--in", "practices", "--json").stdout)
        return [hit["doc"] for hit in answer["hits"]]

    assert found("fishers boat", "--country", "UG", "--standing", "implementers-account") == ["lake"]
    file.write_bytes(template_pages.GCM.replace(b"Nobody had asked the fishers", b"Nobody had asked the beekeepers"))
    assert fingerpost("ingest", str(file)).exit_code == 0
    assert found("beekeepers") == ["lake"]
    assert fingerpost("remove", "lake").exit_code == 0
    assert found("beekeepers") == []
    checked = fingerpost("check")
    assert checked.exit_code == 0, checked.output


def kept(writer: CatalogueWriter, doc: str, *titles: str) -> list[str]:
    """Keep a document with practices of these titles; return their ids."""
    practices = tuple(Practice(id="any", title=title, told={}) for title in titles)
    card = Bibliography(id=doc, title=doc)
    record = IngestRecord(input=f"/files/{doc}", status="ok", doc=doc)
    document = Document(card=card, media="html", content_hash="0" * 64, practices=practices)
    writer.put_document(document, writer.begin(record), record)
    return [practice.id for practice in writer.practices_of(doc)]


def test_a_documents_practices_never_take_the_id_of_a_record(fresh_home: Home) -> None:
    """A record keeps its id, whichever of the two comes first; the document's practice takes the next free one."""
    with CatalogueWriter(fresh_home.catalogue_url) as writer:
        writer.put_practice(Practice(id="bus", title="Our record", told={}))
        assert kept(writer, "bus", "One", "Two") == ["bus-practice-1", "bus-practice-2"]
        assert kept(writer, "boat", "One", "Two") == ["boat", "boat-practice-2"]
        writer.put_practice(Practice(id="boat", title="A later record", told={}))
        assert [p.id for p in writer.practices_of("boat")] == ["boat-practice-1", "boat-practice-2"]
        assert writer.practice("boat").title == "A later record"
        assert kept(writer, "boat", "One") == ["boat-practice-1"]
        assert set(writer.practice_ids()) == {"boat", "boat-practice-1", "bus", "bus-practice-1", "bus-practice-2"}


def test_what_a_person_removed_stays_removed_and_what_went_with_its_document_comes_back(fresh_home: Home) -> None:
    """A practice taken out by hand is not brought back by a new version; its neighbours live on with the document."""
    with CatalogueWriter(fresh_home.catalogue_url) as writer:
        kept(writer, "ways", "One", "Two", "Three")
        before = writer.revision()
        writer.remove("ways-practice-2")
        assert writer.changed_since(before) == (("ways",), ())
        assert kept(writer, "ways", "One", "Two", "Three") == ["ways", "ways-practice-3"]
        assert kept(writer, "ways", "One") == ["ways"]
        with pytest.raises(Withdrawn, match="older version"):
            writer.practice("ways-practice-3")
        before = writer.revision()
        writer.remove("ways")
        assert writer.practice_ids() == ()
        assert writer.changed_since(before) == ((), ("ways",))
        assert kept(writer, "ways", "One", "Two", "Three") == ["ways", "ways-practice-3"]


@pytest.mark.slow
def test_the_page_of_a_practice_read_from_a_document_says_whose_words_they_are(tmp_path: Path) -> None:
    """The source's words stand as quotations with a link to the document, sub-headings and dates, and no names."""
    place = Home(tmp_path / "home")
    (tmp_path / "lake.html").write_bytes(template_pages.GCM)
    with place.writing(), CatalogueWriter(place.catalogue_url) as writer:
        run = pipeline.prepare(place, writer, [tmp_path / "lake.html"])
        list(pipeline.ingest(place, writer, run, publish=lambda: library.bring_up_to_date(place, writer)))
    client = create_app({"home": str(place.path)}).test_client()
    shown = client.get("/practices/lake").get_data(as_text=True)
    assert "as the implementer tells it" in shown
    assert re.search('<a class="source" href="/documents/lake"[ >]', shown)
    assert re.search("<h3[^>]*>How it began</h3>", shown)
    assert '<blockquote class="words"' in shown
    assert "2 March 2022" in shown
    assert "Quill" not in shown
    assert client.get("/cite/lake").status_code == 200
