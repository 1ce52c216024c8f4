"""Practices and synthesis notes."""

from __future__ import annotations

from functools import partial

from corpus.concepts import vocabulary
from corpus.practice import ShownToWork
from webapp.api import items
from webapp.api.operations import operation
from webapp.api.paging import PAGING, Listing, part
from webapp.api.parameters import Several
from webapp.api.shapes import NoteItem, PracticeItem
from webapp.api.statements import THEMES
from webapp.knowledge import knowledge

GROUPS = tuple(concept.code for concept in vocabulary().scheme("target-groups"))
FILTERS = (
    Several("theme", "Only on this theme; repeat it for alternatives.", THEMES),
    Several("group", "Only for this target group; repeat it for alternatives.", GROUPS),
    Several("country", "Only of this country (ISO 3166-1 alpha-2); repeat it for alternatives."),
    Several("shown_to_work", "Only as far shown to work; repeat it for alternatives.", tuple(ShownToWork)),
)


@operation("/practices", Listing[PracticeItem], tag="Practices", parameters=(*FILTERS, *PAGING))
def practices(
    theme: tuple[str, ...],
    group: tuple[str, ...],
    country: tuple[str, ...],
    shown_to_work: tuple[str, ...],
    limit: int,
    cursor: str,
) -> Listing[PracticeItem]:
    """Practices, those that are shown to work furthest first; filters add up."""
    here = knowledge()
    found = [
        one
        for one in here.practices()
        if (not theme or {*theme} & {*one.themes})
        and (not group or {*group} & {*one.target_groups})
        and (not country or {*country} & {place.country for place in one.places})
        and (not shown_to_work or one.shown_to_work in shown_to_work)
    ]
    return part(found, partial(items.practices, here), limit, cursor)


@operation("/practices/<practice>", PracticeItem, tag="Practices")
def practice(practice: str) -> PracticeItem:
    """One practice: what it took, what failed, when it will not transfer, each claim with its sources."""
    here = knowledge()
    return items.practices(here, [here.catalogue.practice(practice)])[0]


@operation("/notes", Listing[NoteItem], tag="Practices", parameters=PAGING)
def notes(limit: int, cursor: str) -> Listing[NoteItem]:
    """Every synthesis note."""
    here = knowledge()
    return part(here.notes(), partial(items.notes, here), limit, cursor)


@operation("/notes/<note>", NoteItem, tag="Practices")
def note(note: str) -> NoteItem:
    """One note: what the sources together say, claim by claim."""
    here = knowledge()
    return items.notes(here, [here.catalogue.note(note)])[0]
