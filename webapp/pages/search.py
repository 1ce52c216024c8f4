"""``/search``: one query in four views, narrowed by facets, every state with its own address.

Its view of statements has the address ``/statements``: what the sources say, those that say the same as one.
"""

from __future__ import annotations

from itertools import groupby

from flask import Blueprint, render_template, request

from corpus.catalogue.groups import members_of
from corpus.model import Practice, Statement, Value
from corpus.notes import Note
from index.answer import WHATS, Answer, FacetValue, Hit, Request, Sort, What
from index.labels import label
from index.query import EVERYTHING, NOTHING, parse
from webapp import address
from webapp.address import Address
from webapp.exports.results import FORMATS
from webapp.knowledge import Knowledge, knowledge
from webapp.languages import N_, gettext, ngettext, told
from webapp.problems import NotHere
from webapp.tongues import in_other_languages
from webapp.words import facet_label

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
"""Things shown where nothing answers: enough to see whether the question was put too narrowly."""
TALLIED = ("kind", "standing")
"""Facets whose counts stand above the hits where the margin comes after them: how strong, and of what sort, it is."""
SHARED_FILTERS = ("theme", "group", "country", "org", "language")
"""Filters that practices have too; a search narrowed by any other is not repeated among practices."""
VIEW_LABELS: dict[What, str] = {
    "passages": N_("Passages"),
    "statements": N_("Statements"),
    "practices": N_("Practices"),
    "documents": N_("Documents"),
}
SORT_LABELS: dict[Sort, str] = {
    "relevance": N_("best first"),
    "programmes": N_("most programmes"),
    "newest": N_("newest"),
    "oldest": N_("oldest"),
    "independence": N_("most independent source"),
}
SAID_FIRST = ("kind", "theme", "group", "country", "addressee", "voice", "achieved", "standing", "year")
"""The facets of statements in the order in which they help to choose; the others follow."""
OTHERS_SHOWN = 8
"""Of the statements that say the same, so many unfold; all are at the statement's own address."""


class FacetLink(Value, frozen=True):
    """One value of a facet as a link that chooses it or gives it up."""

    value: FacetValue
    url: str


class FacetView(Value, frozen=True):
    """A facet in the margin: the values seen at once, and those that unfold."""

    name: str
    shown: tuple[FacetLink, ...]
    more: tuple[FacetLink, ...]
    folded: bool = False
    """Whether it unfolds as a whole, because others are asked for more often and nothing of it is chosen."""


class Nearest(Value, frozen=True):
    """What there is where nothing was found: a sentence on what was given up, the wider search and its best hits."""

    told: str
    url: str
    hits: tuple[Hit, ...]


class Said(Value, frozen=True):
    """Who else says what a statement says: independent programmes and documents in all, and the other statements."""

    programmes: int
    documents: int
    others: tuple[Statement, ...]
    left_out: int


class Group(Value, frozen=True):
    """Hits of one document, in the place of its best."""

    title: str
    doc: str
    hits: tuple[Hit, ...]


@blueprint.get("/search")
def search() -> str:
    """The page of results."""
    return _page("passages")


@blueprint.get("/statements")
def statements() -> str:
    """What the sources say: lessons, recommendations, challenges, ways of working, results."""
    return _page("statements")


def _page(view: What) -> str:
    here = knowledge()
    asked = address.read(request.args, view)
    wanted = asked.request(here.settings.results_per_page)
    answer = here.asked(wanted)
    pages = max(1, -(-answer.total // wanted.limit))
    if asked.page > pages:
        raise NotHere(
            ngettext(
                "This search has %(n)s page of results, not %(page)s.",
                "This search has %(n)s pages of results, not %(page)s.",
                pages,
                page=asked.page,
            )
        )
    # Counts and lists to carry away would make what does not answer look like an answer.
    refused = answer.weak and not answer.partly and bool(answer.hits) and asked.order == "relevance" and asked.page == 1
    totals = {} if refused else answer.totals
    facets = [] if refused else facet_views(asked, answer)
    nearest = nearest_to(here, asked) if not (answer.hits or asked.is_long) else None
    first_weak = next((i for i, hit in enumerate(answer.hits) if hit.weak), None)
    term = here.library.term(asked.q) if asked.page == 1 and not asked.like else None
    return render_template(
        "search.html",
        asked=asked,
        answer=answer,
        searched=_searched(asked.q),
        ways=ways_for(here, asked),
        note=note_for(here, asked),
        term=term,
        tongues=in_other_languages(term) if term else [],
        groups=grouped(answer) if asked.grouped else (),
        refused=refused,
        first_weak=None if answer.weak else first_weak,
        facets=facets,
        tallies=[facet for facet in facets if facet.name in TALLIED],
        nearest=nearest,
        added=[(name, asked.leave_out(name).url) for name in answer.also],
        left_out=[(name, asked.leave_out(name).url) for name in asked.without],
        chips=[(asked.toggle(n, v).url, n, _chosen_label(here, answer, n, v)) for n, v in asked.chosen()],
        tabs=[(gettext(VIEW_LABELS[v]), asked.change(view=v).url, totals.get(v), v == asked.view) for v in WHATS],
        sorts=sorts_of(here, asked),
        said_of=said_of(here, answer.hits) if asked.together else {},
        cards=here.cards(),
        practice_of=practices_of(here, (*answer.hits, *(nearest.hits if nearest else ()))),
        pages=1 if refused else pages,
        list_formats=FORMATS,
        api_url=asked.api_url(here.settings.results_per_page),
        of_all=of_all(answer, wanted.offset),
        ADDED_SHOWN=ADDED_SHOWN,
        NEAREST_SHOWN=NEAREST_SHOWN,
    )


def _searched(text: str) -> str:
    """What of a question is searched, for the person who typed it."""
    query = parse(text)
    searched = query.to_text() or gettext(NOTHING if query.text else EVERYTHING)
    return searched + (f" ({told(query.cut)})" if query.cut else "")


def of_all(answer: Answer, offset: int) -> dict[What, str]:
    """Which of all hits are shown, told of the things of each view."""
    n, shown = answer.total, {"first": offset + 1, "last": offset + len(answer.hits)}
    return {
        "passages": ngettext("%(first)s–%(last)s of %(n)s passage", "%(first)s–%(last)s of %(n)s passages", n, **shown),
        "statements": ngettext(
            "%(first)s–%(last)s of %(n)s statement", "%(first)s–%(last)s of %(n)s statements", n, **shown
        ),
        "practices": ngettext(
            "%(first)s–%(last)s of %(n)s practice", "%(first)s–%(last)s of %(n)s practices", n, **shown
        ),
        "documents": ngettext(
            "%(first)s–%(last)s of %(n)s document", "%(first)s–%(last)s of %(n)s documents", n, **shown
        ),
    }


def sorts_of(here: Knowledge, asked: Address) -> list[tuple[str, str, bool]]:
    """The orders in which these things can stand: what each is called, its address, and whether it is this one.

    Where no two programmes say the same, the order by programmes is that by the independence of the source.
    """
    counted = asked.together and here.recurs
    order = "independence" if asked.order == "programmes" and not counted else asked.order
    unasked = asked.together and not (asked.q or asked.like)
    left = [*(["relevance"] if unasked else []), *([] if counted else ["programmes"])]
    return [(gettext(SORT_LABELS[s]), asked.change(sort=s).url, s == order) for s in SORT_LABELS if s not in left]


def said_of(here: Knowledge, hits: tuple[Hit, ...]) -> dict[str, Said]:
    """Who else says what the statements among some hits say, by their ids; nothing of those that stand alone."""
    members = members_of(here.catalogue, dict.fromkeys(hit.group for hit in hits if hit.group))
    found = {}
    for hit in hits:
        others = sorted((s for s in members.get(hit.group, ()) if s.id != hit.id), key=lambda s: s.doc == hit.doc)
        if others:
            docs = {hit.doc, *(other.doc for other in others)}
            found[hit.id] = Said(
                programmes=here.programmes(docs),
                documents=len(docs),
                others=tuple(others[:OTHERS_SHOWN]),
                left_out=max(len(others) - OTHERS_SHOWN, 0),
            )
    return found


def practices_of(here: Knowledge, hits: tuple[Hit, ...]) -> dict[str, Practice]:
    """The practices among some hits, by id."""
    return {hit.id: here.catalogue.practice(hit.id) for hit in hits if hit.what == "practices"}


def nearest_to(here: Knowledge, asked: Address) -> Nearest | None:
    """What is found without filters, or else without phrases and exclusions; None where that is nothing either."""
    words = " ".join(clause.text for clause in parse(asked.q).clauses if not clause.excluded)
    wider = asked.change(filters={}, grouped=False)
    without_filters = N_("The nearest things, found without the filters.")
    without_phrases = N_("The nearest things, found without phrases and exclusions.")
    plain = wider.change(q=words, exact=False, without=())
    for given_up, other in ((without_filters, wider), (without_phrases, plain)):
        if other.url == asked.url or not (other.q or other.like):
            continue
        found = here.search(other.request(NEAREST_SHOWN))
        if found.hits:
            return Nearest(told=gettext(given_up), url=other.url, hits=found.hits)
    return None


def ways_for(here: Knowledge, asked: Address) -> tuple[Practice, ...]:
    """The practices that answer a first page of passages or statements best."""
    if not _has_room(asked):
        return ()
    filters = {name: values for name, values in asked.filters.items() if name in SHARED_FILTERS}
    request_ = Request(text=asked.q, what="practices", filters=filters, limit=WAYS_SHOWN, facets=False, totals=False)
    return here.practices_for(request_, WAYS_SHOWN)


def note_for(here: Knowledge, asked: Address) -> Note | None:
    """The note that answers a first page of passages or statements best as a whole; none where the match is weak."""
    notes = {note.id: note for note in here.notes()}
    if not notes or not _has_room(asked):
        return None
    shared = {name: values for name, values in asked.filters.items() if name in SHARED_FILTERS}
    filters = {**shared, "doc": tuple(notes)}
    found = here.search(Request(text=asked.q, what="documents", filters=filters, limit=1, facets=False, totals=False))
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
    first = SAID_FIRST if asked.view == "statements" else ()
    views = []
    for name in sorted(answer.facets, key=lambda name: first.index(name) if name in first else len(first)):
        values = answer.facets[name]
        chosen_first = sorted(values, key=lambda value: not value.chosen)[:FACET_MOST]
        links = tuple(FacetLink(value=value, url=asked.toggle(name, value.value).url) for value in chosen_first)
        if len(links) > 1 or any(link.value.chosen for link in links):
            folded = bool(first) and name not in first and not any(link.value.chosen for link in links)
            views.append(FacetView(name=name, shown=links[:FACET_SHOWN], more=links[FACET_SHOWN:], folded=folded))
    return views


def _chosen_label(here: Knowledge, answer: Answer, name: str, value: str) -> str:
    """What a chosen value is called: as its facet says, else as the vocabularies and library cards do."""
    told = next((v.label for v in answer.facets.get(name, ()) if v.value == value), "")
    return facet_label(value, name, told or label(name, value, here.titles() if name == "doc" else {}))
