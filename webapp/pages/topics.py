"""What is known of a theme, a target group, a country or an organisation, and what is missing in this library."""

from __future__ import annotations

from flask import Blueprint, render_template

from corpus.concepts import Concept, vocabulary
from corpus.ids import fold, slug
from corpus.model import StatementKind, Value
from corpus.places import countries
from index.answer import Answer, Request, What
from webapp.address import Address, shortened
from webapp.drawings.world import world
from webapp.knowledge import Knowledge, TopicFacet, knowledge
from webapp.languages import N_, gettext
from webapp.problems import NotHere
from webapp.words import concept_definition, concept_name, country_label

blueprint = Blueprint("topics", __name__)

STATEMENTS_SHOWN = 3
ITEMS_SHOWN = 8
UNKNOWN = {
    "themes": N_("There is no theme called “%(typed)s”; the page of themes lists them."),
    "target-groups": N_("There is no target group called “%(typed)s”; the page of target groups lists them."),
}
NO_COUNTRY = N_("“%(typed)s” is no country's code; the page of countries lists those known here.")
YEARS_FEWEST = 2
"""Years from which a row of years says something."""


class Topic(Value, frozen=True):
    """What a page is about: a value of a facet, its name, what it is, and what it is called elsewhere."""

    facet: TopicFacet
    value: str
    label: str
    concept: Concept | None = None

    @property
    def lead(self) -> str:
        return concept_definition(self.concept) if self.concept else ""


@blueprint.get("/themes")
def all_themes() -> str:
    """Every theme with its definition and counts."""
    return render_template("themes.html", themes=knowledge().themes())


@blueprint.get("/themes/<identifier>")
def theme(identifier: str) -> str:
    """One theme: what it is, and what is known here."""
    return _page(of_theme(identifier))


@blueprint.get("/groups")
def all_groups() -> str:
    """Every target group that this library speaks of."""
    return render_template(
        "topics.html", facet="group", title=gettext("Target groups"), counted=knowledge().counted("group")
    )


@blueprint.get("/groups/<identifier>")
def group(identifier: str) -> str:
    """One target group: who they are, and what is known here."""
    return _page(of_group(identifier))


@blueprint.get("/countries")
def all_countries() -> str:
    """A map of the countries that practices and documents are about, and the same as a list."""
    counted = knowledge().counted("country")
    return render_template(
        "topics.html",
        facet="country",
        title=gettext("Countries"),
        counted=sorted(counted, key=lambda one: fold(country_label(one.value))),
        world=world({one.value: one.total for one in counted}),
        names={one.value: country_label(one.value) for one in counted},
    )


@blueprint.get("/countries/<code>")
def country(code: str) -> str:
    """One country: what is known of practice there."""
    return _page(of_country(code))


@blueprint.get("/organisations")
def all_organisations() -> str:
    """Every organisation that documents and practices come from."""
    return render_template(
        "topics.html", facet="org", title=gettext("Organisations"), counted=knowledge().counted("org")
    )


@blueprint.get("/organisations/<name>")
def organisation(name: str) -> str:
    """One organisation: what comes from it; its address is the slug of its name."""
    return _page(of_organisation(name))


def of_theme(identifier: str) -> Topic:
    """A theme by its id; this and the next three raise NotHere for what there is not."""
    concept = _concept(identifier, "themes")
    return Topic(facet="theme", value=concept.id, label=concept_name(concept), concept=concept)


def of_group(identifier: str) -> Topic:
    """A target group by its id."""
    concept = _concept(identifier, "target-groups")
    return Topic(facet="group", value=concept.code, label=concept_name(concept), concept=concept)


def of_country(code: str) -> Topic:
    """A country by its code."""
    if code not in countries():
        raise NotHere(gettext(NO_COUNTRY, typed=shortened(code)))
    return Topic(facet="country", value=code, label=country_label(code))


def of_organisation(name: str) -> Topic:
    """An organisation by the slug of its name."""
    found = next((one for one in knowledge().counted("org") if slug(one.value) == name), None)
    if found is None:
        raise NotHere(
            gettext(
                "This library has no organisation called “%(typed)s”; the page of organisations lists them.",
                typed=shortened(name),
            )
        )
    return Topic(facet="org", value=found.value, label=found.label)


def _page(topic: Topic) -> str:
    here = knowledge()
    only: dict[str, tuple[str, ...]] = {topic.facet: (topic.value,)}
    by_kind = {kind.value: _statements(here, only, kind) for kind in StatementKind}
    practices = here.search(Request(what="practices", filters=only, limit=ITEMS_SHOWN, facets=False, totals=False))
    notes = [note for note in here.notes() if topic.facet == "theme" and topic.value in note.themes]
    documents = here.search(Request(what="documents", filters=only, limit=ITEMS_SHOWN + len(notes)))
    others = [hit.doc for hit in documents.hits if hit.doc not in {note.id for note in notes}]
    words = vocabulary()
    concept = topic.concept
    return render_template(
        "topic.html",
        topic=topic,
        broader=[words.concept(above) for above in concept.broader] if concept else [],
        narrower=words.narrower(concept.id) if concept else (),
        by_kind={kind: found for kind, found in by_kind.items() if found.total},
        missing=[kind for kind, found in by_kind.items() if not found.total],
        untold=_untold(here, only) if topic.facet != "theme" else [],
        notes=notes,
        practices=[here.catalogue.practice(hit.id) for hit in practices.hits],
        practices_total=practices.total,
        documents=[here.catalogue.card(doc) for doc in others[:ITEMS_SHOWN]],
        documents_total=documents.total,
        years=_years(documents),
        totals=documents.totals,
        address=Address(filters=only),
    )


def _statements(here: Knowledge, only: dict[str, tuple[str, ...]], kind: StatementKind) -> Answer:
    filters = {**only, "kind": (kind.value,)}
    wanted = Request(
        what="statements", filters=filters, sort="independence", limit=STATEMENTS_SHOWN, facets=False, totals=False
    )
    return here.search(wanted)


def _untold(here: Knowledge, only: dict[str, tuple[str, ...]]) -> list[Concept]:
    """The themes of which neither a passage nor a practice with this value speaks."""
    whats: tuple[What, ...] = ("passages", "practices")
    answers = [here.search(Request(what=what, filters=only, limit=0, totals=False)) for what in whats]
    told = {value.value for answer in answers for value in answer.facets.get("theme", ()) if value.count}
    return [concept for concept in vocabulary().scheme("themes") if concept.listed and concept.id not in told]


def _years(documents: Answer) -> list[tuple[str, int]]:
    """How many documents there are of each year, where there are several years."""
    years = sorted((value.value, value.count) for value in documents.facets.get("year", ()) if value.count)
    return years if len(years) >= YEARS_FEWEST else []


def _concept(identifier: str, scheme: str) -> Concept:
    if identifier in vocabulary() and (found := vocabulary().concept(identifier)).scheme == scheme:
        return found
    sentence = UNKNOWN[scheme]
    raise NotHere(gettext(sentence, typed=shortened(identifier)))
