"""Themes, target groups, countries, organisations, the glossary, and the evidence map."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial
from typing import cast

import msgspec

from corpus.concepts import vocabulary
from corpus.errors import IndexMissing
from corpus.glossary import Term, glossary
from corpus.ids import slug
from webapp.address import Address
from webapp.api import items
from webapp.api.operations import operation
from webapp.api.paging import PAGING, Listing, part
from webapp.api.parameters import Choice
from webapp.api.shapes import EvidenceMap, TermJson, Theme, Topic
from webapp.evidence import BY, By
from webapp.knowledge import Counted, Knowledge, ThemeCount, TopicFacet, knowledge
from webapp.problems import NotHere


@operation("/themes", Listing[Theme], tag="Topics", parameters=PAGING, errors=(503,))
def themes(limit: int, cursor: str) -> Listing[Theme]:
    """Every theme: what it is, and how much there is on it."""
    here = _counting()
    return part(here.themes(), partial(_themes, here), limit, cursor)


@operation("/themes/<theme>", Theme, tag="Topics", errors=(503,))
def theme(theme: str) -> Theme:
    """One theme."""
    here = _counting()
    found = [one for one in here.themes() if one.theme.id == theme]
    if not found:
        raise NotHere(f"There is no theme called “{theme[:60]}”; /api/v1/themes lists them.")
    return _themes(here, found)[0]


def _counting() -> Knowledge:
    """What can count now; without an index nothing could be told from nothing being there."""
    here = knowledge()
    if not here.ready:
        raise IndexMissing("There is no index to count by; run 'fingerpost rebuild'.")
    return here


def _themes(here: Knowledge, counts: Iterable[ThemeCount]) -> list[Theme]:
    words = vocabulary()
    return [
        {
            "value": one.theme.id,
            "label": one.theme.label,
            "practices": one.practices,
            "documents": one.documents,
            "passages": one.passages,
            "url": items.url(here, items.path("themes", one.theme.id)),
            "definition": one.theme.definition,
            "broader": list(one.theme.broader),
            "narrower": [below.id for below in words.narrower(one.theme.id)],
            "labels": {code: label for code in ("en", "fr", "es", "ar") if (label := one.theme.label_in(code))},
            "kinds": one.kinds,
        }
        for one in counts
    ]


@operation("/groups", Listing[Topic], tag="Topics", parameters=PAGING, errors=(503,))
def groups(limit: int, cursor: str) -> Listing[Topic]:
    """Every target group that this library speaks of."""
    return _counted("group", limit, cursor)


@operation("/countries", Listing[Topic], tag="Topics", parameters=PAGING, errors=(503,))
def countries(limit: int, cursor: str) -> Listing[Topic]:
    """Every country that this library speaks of."""
    return _counted("country", limit, cursor)


@operation("/organisations", Listing[Topic], tag="Topics", parameters=PAGING, errors=(503,))
def organisations(limit: int, cursor: str) -> Listing[Topic]:
    """Every organisation that documents and practices come from."""
    return _counted("org", limit, cursor)


def _counted(facet: TopicFacet, limit: int, cursor: str) -> Listing[Topic]:
    here = _counting()

    def told(some: Iterable[Counted]) -> list[Topic]:
        return [
            {
                "value": one.value,
                "label": one.label,
                "practices": one.practices,
                "documents": one.documents,
                "passages": one.passages,
                "url": items.url(here, items.path(*_page(one.value, facet))),
            }
            for one in some
        ]

    return part(here.counted(facet), told, limit, cursor)


def _page(value: str, facet: TopicFacet) -> tuple[str, str]:
    """The room and the name under which a value of a facet has its page."""
    room = {"theme": "themes", "group": "groups", "country": "countries", "org": "organisations"}[facet]
    return room, slug(value) if facet == "org" else value


@operation("/glossary", Listing[TermJson], tag="Topics", parameters=PAGING)
def terms(limit: int, cursor: str) -> Listing[TermJson]:
    """Every term of the glossary, by the alphabet."""
    here = knowledge()
    return part(glossary().terms, lambda some: [_term(here, one) for one in some], limit, cursor)


@operation("/glossary/<term>", TermJson, tag="Topics")
def term(term: str) -> TermJson:
    """One term of the glossary."""
    if term not in glossary():
        raise NotHere(f"The glossary has no “{term[:60]}”; /api/v1/glossary lists all terms.")
    return _term(knowledge(), glossary().term(term))


def _term(here: Knowledge, one: Term) -> TermJson:
    fields = {name: value for name, value in msgspec.structs.asdict(one).items() if name != "everyday"}
    told = {**msgspec.to_builtins(fields), "url": items.url(here, items.path("glossary", one.id))}
    return cast(TermJson, told)


@operation(
    "/evidence",
    EvidenceMap,
    tag="Topics",
    parameters=(Choice("by", "What themes are held against.", tuple(BY)),),
    errors=(503,),
)
def evidence(by: By) -> EvidenceMap:
    """The evidence map: themes against what is said, for whom, where, by which criterion or when."""
    here = knowledge()
    return evidence_map(here, by)


def evidence_map(here: Knowledge, by: By) -> EvidenceMap:
    """The evidence map in the shape that the API promises."""
    matrix = here.matrix(by)
    return {
        "by": by,
        "heading": BY[by],
        "rows": [{"value": row.value, "label": row.label} for row in matrix.rows],
        "columns": [{"value": column.value, "label": column.label} for column in matrix.columns],
        "left_out": matrix.left_out,
        "cells": [
            {
                "row": row,
                "column": column,
                "statements": cell.statements,
                "programmes": cell.programmes,
                "outside": cell.outside,
                "kind": cell.kind,
                "url": items.url(here, Address(view="statements", filters={"theme": (row,), by: (column,)}).path),
            }
            for row, cells in matrix.cells.items()
            for column, cell in cells.items()
        ],
    }
