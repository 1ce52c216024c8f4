"""``/search``: one query in four views, narrowed by facets, every state with its own address."""

from __future__ import annotations

from itertools import groupby

from flask import Blueprint, render_template, request

from corpus.model import Practice, Value
from corpus.notes import Note
from index.answer import SORTS, WHATS, Answer, FacetValue, Hit, Request
from index.labels import label
from index.query import parse
from webapp import address
from webapp.address import Address
from webapp.knowledge import Knowledge, knowledge
from webapp.problems import NotHere
from webapp.tongues import in_other_languages

blueprint = Blueprint("search", __name__)

WAYS_SHOWN = 3
"""Practices above the passages: enough to compare, few enough that the first passage stays on the first screen."""
FACET_SHOWN = 6
"""Values of a facet seen at once; the others unfold."""
FACET_MOST = 60
"""Values of a facet in all; beyond that a search for the name finds faster than a list."""
ADDED_SHOWN = 8
"""Names that were added to a search seen at once; the others unfold."""
NEAREST_SHOWN = 5
"""Things shown where nothing was found: enough to see whether the question was put too narrowly."""
TALLIED = ("kind", "standing")
"""Facets whose counts stand above the hits where the margin comes after them: how strong, and of what sort, it is."""
SHARED_FILTERS = ("theme", "group", "country", "org", "language")
"""Filters that practices have too; a search narrowed by any other is not repeated among practices."""
VIEW_LABELS = {"passages": "Passages", "statements": "Statements", "practices": "Practices", "documents": "Documents"}
SORT_LABELS = {"relevance": "best first", "newest": "newest", "oldest": "oldest", "independence": "most independent"}


class FacetLink(Value, frozen=True):
    """One value of a facet as a link that chooses it or gives it up."""

    value: FacetValue
    url: str


class FacetView(Value, frozen=True):
    """A facet in the margin: the values seen at once, and those that unfold."""

    name: str
    shown: tuple[FacetLink, ...]
    more: tuple[FacetLink, ...]


class Nearest(Value, frozen=True):
    """What there is where nothing was found: which part of the search was given up, its address and its best hits."""

    given_up: str
    url: str
    hits: tuple[Hit, ...]


class Group(Value, frozen=True):
    """Hits of one document, in the place of its best."""

    title: str
    doc: str
    hits: tuple[Hit, ...]


@blueprint.get("/search")
def search() -> str:
    """The page of results."""
    here = knowledge()
    asked = address.read(request.args)
    wanted = asked.request(here.settings.results_per_page)
    answer = here.search(wanted)
    pages = max(1, -(-answer.total // wanted.limit))
    if asked.page > pages:
        raise NotHere(f"This search has {pages} page{'s' if pages > 1 else ''} of results, not {asked.page}.")
    facets = facet_views(asked, answer)
    nearest = nearest_to(here, asked) if not (answer.hits or asked.is_long) else None
    first_weak = next((i for i, hit in enumerate(answer.hits) if hit.weak), None)
    term = here.library.term(asked.q) if asked.page == 1 and not asked.like else None
    return render_template(
        "search.html",
        asked=asked,
        answer=answer,
        ways=ways_for(here, asked),
        note=note_for(here, asked),
        term=term,
        tongues=in_other_languages(term) if term else [],
        groups=grouped(answer) if asked.grouped else (),
        first_weak=None if answer.weak else first_weak,
        facets=facets,
        tallies=[facet for facet in facets if facet.name in TALLIED],
        nearest=nearest,
        added=[(name, asked.leave_out(name).url) for name in answer.also],
        left_out=[(name, asked.leave_out(name).url) for name in asked.without],
        chips=[(asked.toggle(n, v).url, n, _chosen_label(here, answer, n, v)) for n, v in asked.chosen()],
        tabs=[(VIEW_LABELS[v], asked.change(view=v).url, answer.totals.get(v), v == asked.view) for v in WHATS],
        sorts=[(SORT_LABELS[s], asked.change(sort=s).url, s == asked.sort) for s in SORTS],
        practice_of=practices_of(here, (*answer.hits, *(nearest.hits if nearest else ()))),
        pages=pages,
        api_url=asked.api_url(here.settings.results_per_page),
        first=wanted.offset + 1,
        ADDED_SHOWN=ADDED_SHOWN,
    )


def practices_of(here: Knowledge, hits: tuple[Hit, ...]) -> dict[str, Practice]:
    """The practices among some hits, by id."""
    return {hit.id: here.catalogue.practice(hit.id) for hit in hits if hit.what == "practices"}


def nearest_to(here: Knowledge, asked: Address) -> Nearest | None:
    """What is found without filters, or else without phrases and exclusions; None where that is nothing either."""
    words = " ".join(clause.text for clause in parse(asked.q).clauses if not clause.excluded)
    wider = asked.change(filters={}, grouped=False)
    for given_up, other in (
        ("the filters", wider),
        ("phrases and exclusions", wider.change(q=words, exact=False, without=())),
    ):
        if other.url == asked.url or not (other.q or other.like):
            continue
        found = here.search(other.request(NEAREST_SHOWN))
        if found.hits:
            return Nearest(given_up=given_up, url=other.url, hits=found.hits)
    return None


def ways_for(here: Knowledge, asked: Address) -> tuple[Practice, ...]:
    """The practices that answer a first page of passages or statements best."""
    if not _has_room(asked):
        return ()
    filters = {name: values for name, values in asked.filters.items() if name in SHARED_FILTERS}
    request_ = Request(text=asked.q, what="practices", filters=filters, limit=WAYS_SHOWN, facets=False)
    return here.practices_for(request_, WAYS_SHOWN)


def note_for(here: Knowledge, asked: Address) -> Note | None:
    """The note that answers a first page of passages or statements best as a whole; none where the match is weak."""
    notes = {note.id: note for note in here.notes()}
    if not notes or not _has_room(asked):
        return None
    shared = {name: values for name, values in asked.filters.items() if name in SHARED_FILTERS}
    filters = {**shared, "doc": tuple(notes)}
    found = here.search(Request(text=asked.q, what="documents", filters=filters, limit=1, facets=False))
    return next((notes[hit.doc] for hit in found.hits if not hit.weak), None)


def _has_room(asked: Address) -> bool:
    """Whether other things that may answer stand above the hits."""
    if not asked.q or asked.like or asked.page > 1 or asked.view not in ("passages", "statements"):
        return False
    return all(name in SHARED_FILTERS for name in asked.filters if name != "kind")


def grouped(answer: Answer) -> tuple[Group, ...]:
    """The hits by document, in the order of each document's best hit."""
    order = {doc: place for place, doc in reversed(list(enumerate(hit.doc for hit in answer.hits)))}
    hits = sorted(answer.hits, key=lambda hit: order[hit.doc])
    gathered = ((doc, tuple(some)) for doc, some in groupby(hits, key=lambda hit: hit.doc))
    return tuple(Group(title=some[0].title, doc=doc, hits=some) for doc, some in gathered)


def facet_views(asked: Address, answer: Answer) -> list[FacetView]:
    """The facets that can narrow this answer: chosen values first, then as they come."""
    views = []
    for name, values in answer.facets.items():
        chosen_first = sorted(values, key=lambda value: not value.chosen)[:FACET_MOST]
        links = tuple(FacetLink(value=value, url=asked.toggle(name, value.value).url) for value in chosen_first)
        if len(links) > 1 or any(link.value.chosen for link in links):
            views.append(FacetView(name=name, shown=links[:FACET_SHOWN], more=links[FACET_SHOWN:]))
    return views


def _chosen_label(here: Knowledge, answer: Answer, name: str, value: str) -> str:
    """What a chosen value is called: as its facet says, else as the vocabularies and library cards do."""
    told = next((v.label for v in answer.facets.get(name, ()) if v.value == value), "")
    return told or label(name, value, here.titles() if name == "doc" else {})
