"""Organisations by one name each: what makes two writings one body; the facet, filters and completion that use it."""

from __future__ import annotations

from pathlib import Path

import pytest
from shelf import IndexPlace, Shelf, passages_of

from corpus.bodies import bodies, called, called_each
from corpus.model import Acronym, Bibliography, Party, Practice
from corpus.sensitivity import Organisations
from index.answer import Request
from index.library import Library, bring_up_to_date

IOM = "International Organization for Migration (IOM)"
IFRC = "International Federation of Red Cross and Red Crescent Societies (IFRC)"


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("International Organization for Migration", IOM),
        ("the International Organisation for Migration (IOM)", IOM),
        ("Organisation Internationale pour les  Migrations (OIM)", IOM),
        ("IOM", IOM),
        ("منظمة الأمم المتحدة للطفولة", "United Nations Children's Fund (UNICEF)"),
        ("International Federation of the Red Cross and Red Crescent Societies", IFRC),
        ("The Harbour Fund (HF)", "Harbour Fund"),
        ("HARBOUR SOCIETY OF THE NORTH", "Harbour Society of the North"),
        ("IOM NORTHERN OFFICE", "IOM Northern Office"),
        ("Ministry of Health (Nepal)", "Ministry of Health (Nepal)"),
        ("Save the Children (Romania)", "Save the Children (Romania)"),
        ("Save the Children", "Save the Children"),
        ("HF", "HF"),
        ("of", "of"),
    ],
)
def test_a_body_has_one_name(written: str, shown: str) -> None:
    assert called(written) == shown
    assert called(shown) == shown


def test_a_document_tells_what_its_short_forms_stand_for() -> None:
    """Its own word wins: SDC is a Swiss agency only where the document says nothing else."""
    assert called("HF", {"HF": "Harbour Fund"}) == "Harbour Fund"
    assert called("SDC", {"SDC": "Social Development Centre"}) == "Social Development Centre"
    assert called("HF", {"HF": "HF"}) == "HF"


def test_a_unit_is_called_with_its_mother_body_where_the_document_does() -> None:
    names = called_each(["IOM Office of the Auditor", "Office of the Auditor", "Harbour Office", "Office"])
    assert names["Office of the Auditor"] == "IOM Office of the Auditor"
    assert names["Office"] == "Office"


def test_a_sensitive_organisation_is_known_by_its_other_names() -> None:
    """The one name that a body is shown by must not bring back a name that was to be hidden."""
    hidden = Organisations(["international organization for migration"])
    assert hidden.names("OIM")
    assert not hidden.names("Harbour Fund")


def test_no_two_bodies_share_a_name() -> None:
    assert len({body.shown for body in bodies()}) == len(bodies())


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Library:
    shelf = Shelf()
    for doc, written in (("one", IOM), ("two", "OIM"), ("three", "the IOM"), ("four", "Harbour Fund (HF)")):
        card = Bibliography(id=doc, title=doc, language="en", organisations=(written,))
        shelf.named[doc] = (Party(name="International Organisation for Migration", role="implementer"),) * (
            doc == "one"
        )
        shelf.explained[doc] = (Acronym(short="HF", long="Harbour Fund"),) * (doc == "four")
        shelf.put(card, passages_of(doc, f"Guardians are appointed late in {doc}."))
    shelf.put_practice(
        Practice(id="p", title="A practice", told={}, organisations=("The Harbour Fund", "Organization of Bridges"))
    )
    place = IndexPlace(tmp_path_factory.mktemp("bodies"))
    bring_up_to_date(place, shelf)
    return Library(place, shelf)


@pytest.mark.usefixtures("words_only")
def test_the_facet_lists_a_body_once_with_all_that_is_its(library: Library) -> None:
    told = library.search(Request(what="documents")).facets["org"]
    assert [(v.value, v.label, v.count) for v in told] == [(IOM, IOM, 3), ("Harbour Fund", "Harbour Fund (HF)", 1)]


@pytest.mark.usefixtures("words_only")
@pytest.mark.parametrize(
    ("typed", "docs"),
    [
        (f'org:"{IOM}"', {"one", "two", "three"}),
        ("org:IOM", {"one", "two", "three"}),
        ("org:oim", {"one", "two", "three"}),
        ('org:"Organización Internacional para las Migraciones"', {"one", "two", "three"}),
        (f'org:"{IOM} · implementer"', {"one"}),
        ('org:"OIM · implementer"', {"one"}),
        ("org:implementer", {"one"}),
        ("org:HF", {"four"}),
        ('org:"the Harbour Fund"', {"four"}),
        ("org:harbour", {"four"}),
        ("-org:OIM", {"four"}),
        ("org:bridges", set()),
    ],
)
def test_a_filter_finds_all_writings(library: Library, typed: str, docs: set[str]) -> None:
    assert {hit.doc for hit in library.search(Request(text=typed, what="documents")).hits} == docs


@pytest.mark.usefixtures("words_only")
def test_completion_knows_the_other_names(library: Library) -> None:
    (suggested,) = [one for one in library.suggest("oim") if one.sort == "organisation"]
    assert (suggested.label, suggested.means, suggested.filters) == ("OIM", IOM, {"org": (IOM,)})


@pytest.mark.usefixtures("words_only")
def test_hits_name_a_body_as_the_facet_does(library: Library) -> None:
    found = {hit.doc: hit.organisations for hit in library.search(Request(text="guardians")).hits}
    assert found == {"one": (IOM,), "two": (IOM,), "three": (IOM,), "four": ("Harbour Fund",)}


def test_names_are_found_as_they_were_written(tmp_path: Path) -> None:
    """The one name serves facet and filters; a search for words still finds the document by its own writing."""
    shelf = Shelf()
    written = "Organisation internationale pour les migrations"
    shelf.put(
        Bibliography(id="d", title="Rapport", language="fr", organisations=(written,)), passages_of("d", "Texte.")
    )
    place = IndexPlace(tmp_path)
    bring_up_to_date(place, shelf)
    answer = Library(place, shelf).search(Request(text="organisation internationale", what="documents", exact=True))
    assert answer.total == 1
