"""The search engine on Whoosh: the only place where Whoosh is imported.

`schema` says what is indexed.  Writing: `batch` gathers things and sorts their words into `arrays`, `segments` makes a
Whoosh segment of them, `merging` makes one of several, `writer` commits.  Reading: `opening` maps the arrays of every
segment (`derive` works them out where they are gone), `postings` shows them view by view, `scorer` scores (BM25F),
`facets` filters and counts, `snapshot` puts a search together.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from corpus.errors import IndexMissing
from index.engine import Thing
from index.whoosh_engine import schema, writer
from index.whoosh_engine.opening import opened
from index.whoosh_engine.schema import PARTS
from index.whoosh_engine.scorer import BOOSTS, K1, B
from index.whoosh_engine.segments import rounded as kept_lengths
from index.whoosh_engine.snapshot import WhooshSnapshot

OPEN_ATTEMPTS = 5
"""A commit may take away a segment between reading the list of segments and opening them; the next try sees the new."""


class WhooshEngine:
    """See `index.engine.Engine`."""

    @property
    def fingerprint(self) -> str:
        return schema.fingerprint()

    def build(self, folder: Path, things: Iterable[Thing], revision: int) -> None:
        writer.build(folder, things, revision)

    def owners_in(self, folder: Path) -> set[str]:
        return writer.owners_in(folder)

    def update(self, folder: Path, owners: Iterable[str], things: Iterable[Thing], revision: int) -> None:
        writer.update(folder, owners, things, revision)

    def open(self, folder: Path) -> WhooshSnapshot:
        for attempt in range(1, OPEN_ATTEMPTS + 1):
            try:
                return WhooshSnapshot(*opened(folder))
            except Exception as error:  # a damaged pickle or segment can raise anything
                if attempt == OPEN_ATTEMPTS:
                    raise IndexMissing(
                        f"The index cannot be read ({error or type(error).__name__}); run 'fingerpost rebuild'."
                    ) from error
        raise AssertionError("unreachable: the last attempt returns or raises")

    def commit_mark(self, folder: Path) -> str:
        return max((path.name for path in folder.glob("_MAIN_*.toc")), key=_generation, default="")


def _generation(name: str) -> int:
    return int(name.rpartition("_")[2].removesuffix(".toc"))


__all__ = ["BOOSTS", "K1", "PARTS", "B", "WhooshEngine", "kept_lengths"]
