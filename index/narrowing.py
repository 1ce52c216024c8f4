"""What narrows an answer: typed filters as indexed values, and the values that facets offer."""

from __future__ import annotations

from collections.abc import Mapping

import msgspec

from corpus.model import Bibliography, Value
from index import labels
from index.acronyms import Acronyms
from index.answer import FacetValue
from index.engine import Found, Question, Row, Snapshot


class Reading(Value, frozen=True):
    """An open snapshot, the mark by which a newer one is noticed, and what its documents tell of names."""

    mark: tuple[str, str]
    snapshot: Snapshot
    cards: dict[str, Bibliography]
    acronyms: Acronyms
    bodies: dict[str, str]
    """Organisations with the short forms that the documents explain."""

    def names(self, facet: str) -> dict[str, str]:
        """What the values of a facet are called that no vocabulary names."""
        if facet == "org":
            return self.bodies
        return {doc: card.title for doc, card in self.cards.items()} if facet == "doc" else {}


def resolved(
    filters: Mapping[str, tuple[str, ...]], reading: Reading
) -> tuple[dict[str, tuple[str, ...]], tuple[str, ...]]:
    """Filters as they were typed, as values of the index, and a note on each that means nothing here."""
    meant = {}
    notes: list[str] = []
    for name, typed in filters.items():
        there = reading.snapshot.facet_values(name)
        meant[name], told = labels.resolve(name, typed, there, reading.names(name))
        notes += told
    return meant, tuple(notes)


def facets_of(
    found: Found, filters: Mapping[str, tuple[str, ...]], reading: Reading
) -> dict[str, tuple[FacetValue, ...]]:
    """The facets' values with their labels, most frequent first; chosen values stay even where they leave nothing.

    An organisation's parts are left to filters: beside its name they would list it several times.
    """
    facets = {}
    for name, counts in found.facets.items():
        chosen, names = filters.get(name, ()), reading.names(name)
        values = [
            FacetValue(
                value=value, label=labels.label(name, value, names), count=counts.get(value, 0), chosen=value in chosen
            )
            for value in dict.fromkeys([*counts, *chosen])
            if value in chosen or name != "org" or labels.ROLE_JOINT not in value
        ]
        facets[name] = tuple(sorted(values, key=lambda v: (-v.count, v.label)))
    return facets


def best_in(snapshot: Snapshot, question: Question, doc: str) -> Row | None:
    """The passage of a document that answers a question best by its words."""
    if not any(not (wanted.idle or wanted.excluded) for wanted in question.wanted):
        return None
    filters = {**question.filters, "doc": (doc,)}
    inside = msgspec.structs.replace(
        question, what="passages", filters=filters, sort="relevance", offset=0, limit=1, facets=False
    )
    return next(iter(snapshot.search(inside).rows), None)
