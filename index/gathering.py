"""Which statements say the same: groups of the catalogue as an engine is told of them.

The index does not hold groups: a new document may move statements of others from one group to another.
"""

from __future__ import annotations

from collections import defaultdict

import numpy as np

from index.engine import Together
from index.source import Source
from index.things import twin_number


class Gatherings:
    """The groups of a catalogue's statements, worked out once for each of its revisions."""

    def __init__(self, source: Source) -> None:
        self._source = source
        self._kept: tuple[int, Together] | None = None

    def now(self) -> Together:
        """The groups as they are now."""
        revision = self._source.revision()
        kept = self._kept
        if kept is None or kept[0] != revision:
            kept = self._kept = revision, self._work_out()
        return kept[1]

    def _work_out(self) -> Together:
        witness = self._source.witness_of()
        groups: dict[str, list[tuple[str, str]]] = defaultdict(list)
        for identifier, group, doc in self._source.said_alike():
            groups[group].append((identifier, doc))
        found: dict[int, tuple[int, int, int]] = {}
        for group, members in groups.items():
            docs = {doc for _, doc in members if doc in witness}
            programmes = {witness[doc] for doc in docs}
            told = twin_number(group), len(programmes), len(docs)  # what a document repeats is said once
            found |= {twin_number(identifier): told for identifier, _ in members}
        twins = sorted(found)
        columns = (twins, *([found[twin][n] for twin in twins] for n in range(3)))
        return Together(*(np.array(numbers, np.int64) for numbers in columns))
