"""Statements: what the documents recommend, learned, did, met and reached, one for every occurrence."""

from __future__ import annotations

from collections.abc import Mapping

from corpus.catalogue.groups import kin_of
from corpus.concepts import vocabulary
from corpus.model import Statement, StatementKind, Voice
from webapp.api import items
from webapp.api.documents import DOC, chosen
from webapp.api.operations import operation
from webapp.api.paging import PAGING, Listing, part_inside
from webapp.api.parameters import Several
from webapp.api.shapes import StatementItem, StatementRecord
from webapp.knowledge import knowledge

ALIKE_MOST = 100
"""Statements of one group that are named: a sentence of a form may stand in a thousand documents."""
THEMES = tuple(concept.id for concept in vocabulary().scheme("themes"))
FILTERS = (
    Several("kind", "Only of this kind; repeat it for alternatives.", tuple(kind.value for kind in StatementKind)),
    Several("theme", "Only on this theme; repeat it for alternatives.", THEMES),
    Several("voice", "Only in this voice; repeat it for alternatives.", tuple(voice.value for voice in Voice)),
    Several("achieved", "Only results that were reached, or are expected.", ("yes", "expected")),
    Several("group", "Only of this group of the same meaning; repeat it for alternatives."),
)


@operation("/statements", Listing[StatementItem], tag="Statements", parameters=(DOC, *FILTERS, *PAGING), errors=(404,))
def statements(doc: tuple[str, ...], limit: int, cursor: str, **wanted: tuple[str, ...]) -> Listing[StatementItem]:
    """Statements by document, in its order; filters add up."""
    here = knowledge()
    only = {name: frozenset(values) for name, values in wanted.items() if values}
    found, after = part_inside(
        chosen(here, doc), here.catalogue.statements, lambda one: _fits(one, only), limit, cursor
    )
    return Listing(items.statements(here, found), after)


@operation("/statements/<statement>", StatementRecord, tag="Statements")
def statement(statement: str) -> StatementRecord:
    """One statement, also one that a newer version of its document no longer holds."""
    here = knowledge()
    item = here.catalogue.statement(statement)
    (told,) = items.statements(here, [item])
    alike = [one.id for one in kin_of(here.catalogue, item)][:ALIKE_MOST]
    return {**told, **items.successor(here, item.id), "passage": item.passage, "alike": alike}


def _fits(one: Statement, only: Mapping[str, frozenset[str]]) -> bool:
    has: dict[str, tuple[str | None, ...]] = {
        "kind": (one.kind,),
        "theme": one.themes,
        "voice": (one.voice,),
        "achieved": (one.achieved,),
        "group": (one.group,),
    }
    return all(not values.isdisjoint(has[name]) for name, values in only.items())
