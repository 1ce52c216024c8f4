"""Records made of what somebody typed, and the records of a knowledge base's own."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import msgspec
import pytest
from click.testing import Result

from cli.deeds import carry_out
from corpus import drafting, own_records, records
from corpus.catalogue import Catalogue, CatalogueWriter
from corpus.drafting import Filled
from corpus.errors import RecordError, UsageError
from corpus.home import Home
from corpus.model import Bibliography
from corpus.people import People, jobs
from corpus.sources import OURS

FRONT: dict[str, tuple[str, ...]] = {
    "title": ("A night ferry",),
    "themes": ("psychosocial-support",),
    "standing": ("implementers-account",),
    "shown_to_work": ("described",),
    "places": ("Kenya: origin\nNO",),
    "organisations": ("Ferry Trust\nHarbour: the sequel",),
    "start": ("2015-03",),
}
TOLD = {"summary": "A ferry goes at night.\n\nIt is warm.", "steps": "- Ask the captain.\n- Bring tea. [report p. 9]"}
DOCUMENTS = {"report"}


def filled(**changed: Any) -> Filled:
    return Filled(**{"front": FRONT, "told": TOLD, "source": "report", "page": "iv", **changed})


def test_what_was_typed_becomes_a_record_that_the_rules_take() -> None:
    """Names of countries become codes, and a claim without a source gets the one that is given for all."""
    one = filled()
    assert drafting.problems(one, DOCUMENTS) == {}
    practice = records.load(drafting.write(one), f"{one.id}.md", documents=DOCUMENTS)
    assert (practice.id, practice.title, practice.start) == ("a-night-ferry", "A night ferry", "2015-03")
    assert [(place.country, place.role) for place in practice.places] == [("KE", "origin"), ("NO", "")]
    assert practice.organisations == ("Ferry Trust", "Harbour: the sequel")
    assert [(c.text, c.sources[0].locator) for c in practice.told["summary"]] == [
        ("A ferry goes at night.", "p. iv"),
        ("It is warm.", "p. iv"),
    ]
    assert [(c.item, c.sources[0].locator) for c in practice.told["steps"]] == [(True, "p. iv"), (True, "p. 9")]


@pytest.mark.parametrize(
    "typed",
    [
        "# no heading",
        "---\ntitle: another\n---",
        "## Cost\nMuch.",
        '{"a": [b, *c, &d !e',
        "tab\there \u2028 and \x00\x1b\ud800 there",
        "'quoted' \"twice\" \\ back",
        "{{ 7 * 7 }} <script>",
    ],
)
def test_nothing_that_is_typed_breaks_the_file(typed: str) -> None:
    """It stays one field's text, whatever signs of the file's form it holds."""
    one = filled(front={**FRONT, "title": (typed,), "still_running": (typed,)}, told={"summary": typed})
    practice = records.load(drafting.write(one), "x.md", documents=DOCUMENTS)
    assert set(practice.told) == {"summary"}
    assert practice.title == " ".join(drafting.plain(typed).split())
    assert practice.themes == FRONT["themes"]


@pytest.mark.parametrize(
    ("changed", "field", "told"),
    [
        ({"front": {**FRONT, "title": ()}}, "title", "has a title"),
        ({"front": {**FRONT, "themes": ()}}, "themes", "Choose one"),
        ({"front": {**FRONT, "themes": ("kites",)}}, "themes", "the vocabulary has no"),
        ({"front": {**FRONT, "standing": ()}}, "standing", "whose word"),
        ({"front": {**FRONT, "start": ("last year",)}}, "start", "is no date"),
        ({"front": {**FRONT, "start": ("2020",), "end": ("2019",)}}, "end", "before the start"),
        ({"front": {**FRONT, "places": ("Atlantis",)}}, "places", "Atlantis"),
        ({"front": {**FRONT, "places": ("KE: home",)}}, "places", "no role"),
        ({"told": {}}, "summary", "is missing"),
        ({"source": ""}, "summary", "names no source"),
        ({"source": "elsewhere"}, "summary", "elsewhere"),
        ({"told": {**TOLD, "cost": "Much. [sic]"}}, "cost", "is no citation"),
        ({"new_source": {"title": "Report", "url": "ftp://x"}}, "new_url", "no web address"),
        ({"new_source": {"title": "Report"}}, "new_title", "already"),
        ({"new_source": {"date": "2020"}}, "new_title", "has a title"),
    ],
)
def test_what_is_wrong_is_told_at_its_field(changed: dict[str, Any], field: str, told: str) -> None:
    """By the records' own rules."""
    found = drafting.problems(filled(**changed), DOCUMENTS)
    assert any(told in sentence for sentence in found[field]), found


def test_a_source_that_is_not_there_yet_can_be_cited() -> None:
    """Its card is made of what is told of it, and is cited where no other source is given."""
    new = {"title": "Ferry diary", "organisations": "Ferry Trust", "date": "2020", "url": "", "language": "en"}
    one = filled(source="", told={"summary": "A ferry goes."}, new_source=new)
    assert drafting.problems(one, DOCUMENTS) == {}
    assert one.card == Bibliography(
        id="ferry-diary", title="Ferry diary", organisations=("Ferry Trust",), date="2020", language="en"
    )
    assert "A ferry goes. [ferry-diary p. iv]" in drafting.write(one)
    assert one.card
    assert drafting.toml_of(one.card).startswith(
        '[ferry-diary]\ntitle = "Ferry diary"\norganisations = ["Ferry Trust"]'
    )


@pytest.fixture
def place(tmp_path: Path) -> Home:
    home = Home(tmp_path / "home")
    with home.writing(), CatalogueWriter(home.catalogue_url) as writer:
        writer.put_card(Bibliography(id="report", title="Report"))
    return home


def practices(home: Home) -> dict[str, str]:
    with Catalogue(home.catalogue_url) as catalogue:
        return {practice.id: practice.title for practice in catalogue.practices()}


def test_the_verb_keeps_records_in_the_home(fingerpost: Callable[..., Result], place: Home, tmp_path: Path) -> None:
    """Loaded at once; replaced by a newer one; refused, with nothing kept, where one of several is wrong."""
    file = tmp_path / "a-night-ferry.md"
    file.write_text(drafting.write(filled()), "utf-8")
    assert fingerpost("records", "add", str(file)).exit_code == 0
    assert practices(place) == {"a-night-ferry": "A night ferry"}
    wrong = tmp_path / "another.md"
    wrong.write_text("---\ntitle: x\n---\n", "utf-8")
    file.write_text(drafting.write(filled(front={**FRONT, "title": ("A night ferry, again",)})), "utf-8")
    ran = fingerpost("records", "add", str(file), str(wrong))
    assert ran.exit_code == 1
    assert "another.md" in ran.output
    assert practices(place) == {"a-night-ferry": "A night ferry"}
    assert fingerpost("records", "add", str(file)).exit_code == 0
    assert practices(place) == {"a-night-ferry": "A night ferry, again"}
    assert [f.name for f in own_records.folder(place).iterdir()] == ["a-night-ferry.md"]


def test_a_record_may_not_take_the_place_of_another_thing(
    fingerpost: Callable[..., Result], place: Home, tmp_path: Path
) -> None:
    """Of one that ships, of a document; nor is a file outside of the folder written."""
    for name in (f"{records.shipped()[0].id}.md", "report.md"):
        (tmp_path / name).write_text(drafting.write(filled()), "utf-8")
        assert fingerpost("records", "add", str(tmp_path / name)).exit_code != 0
    with pytest.raises(RecordError, match="called ID"):
        own_records.check(drafting.write(filled()), "../../evil.md", DOCUMENTS)
    elsewhere = drafting.write(filled()).replace("---\n", '---\nid: "../evil"\n', 1)
    with pytest.raises(RecordError, match="is no id"):
        own_records.check(elsewhere, "a-night-ferry.md", DOCUMENTS)
    assert practices(place) == {}


@pytest.mark.usefixtures("words_only")
def test_init_loads_the_homes_own_records(fingerpost: Callable[..., Result], place: Home, tmp_path: Path) -> None:
    """And refuses one that somebody broke by hand, naming it."""
    file = tmp_path / "a-night-ferry.md"
    file.write_text(drafting.write(filled()), "utf-8")
    fingerpost("records", "add", str(file))
    (place.path / "catalogue.db").rename(place.path / "lost.db")
    with place.writing(), CatalogueWriter(place.catalogue_url) as writer:
        writer.put_card(Bibliography(id="report", title="Report"))
    assert fingerpost("init").exit_code == 0
    assert "a-night-ferry" in practices(place)
    (own_records.folder(place) / "a-night-ferry.md").write_text("nothing", "utf-8")
    ran = fingerpost("init")
    assert ran.exit_code == 1
    assert "a-night-ferry.md" in ran.output


def test_the_writer_keeps_an_accepted_practice_with_its_new_source(place: Home) -> None:
    """Twice without harm."""
    new = {"title": "Ferry diary", "organisations": "", "date": "2020", "url": "", "language": "en"}
    one = filled(source="", told={"summary": "A ferry goes."}, new_source=new)
    asked = jobs.Record(item=one.id, text=drafting.write(one), card=msgspec.to_builtins(one.card))
    people = People(place)
    for _ in range(2):
        jobs.ask(people, asked, "Ada")
        with place.writing():
            job = jobs.take(people)
            assert job is not None
            done = carry_out(place, job)
            jobs.finish(people, job, "done", done.outcome, done.deeds)
        assert [(deed.action, deed.item) for deed in done.deeds] == [("practice added", "a-night-ferry")]
    assert practices(place) == {"a-night-ferry": "A night ferry"}
    with Catalogue(place.catalogue_url) as catalogue:
        assert catalogue.card("ferry-diary").title == "Ferry diary"


@pytest.mark.parametrize("title", ["What we wrote", "A night ferry", "Gone"])
def test_a_new_source_takes_no_other_things_place(place: Home, title: str) -> None:
    """Called as a text of ours, which no record may cite, as the practice itself, or as what was removed."""
    with place.writing(), CatalogueWriter(place.catalogue_url) as writer:
        writer.put_card(Bibliography(id="what-we-wrote", title="Ours", programme=OURS))
        writer.put_card(Bibliography(id="gone", title="Gone"))
        writer.remove("gone")
    new = {"title": title, "organisations": "", "date": "2020", "url": "", "language": "en"}
    one = filled(source="", told={"summary": "A ferry goes."}, new_source=new)
    asked = jobs.Record(item=one.id, text=drafting.write(one), card=msgspec.to_builtins(one.card))
    people = People(place)
    jobs.ask(people, asked, "Ada")
    with place.writing():
        job = jobs.take(people)
        assert job is not None
        with pytest.raises(UsageError, match="retitle it"):
            carry_out(place, job)
    assert practices(place) == {}
    with Catalogue(place.catalogue_url) as catalogue:
        assert catalogue.card("what-we-wrote").title == "Ours"
