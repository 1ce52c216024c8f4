"""What a query means beside its words: the kindred words to score, the judge to rank with, and what there is to tell.

Everything here may be missing (the model is not installed, the vectors are not worked out yet): words are then all that
is searched, and a note says so.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Hashable, Sequence
from contextlib import suppress
from pathlib import Path

import numpy as np

from corpus.meaning import Encoder, encoder, lacking, one_thread
from corpus.messages import N_, Message
from corpus.model import Value
from index.dense import Dense, current_name, open_dense
from index.dense import Query as Meaning
from index.engine import Wanted
from index.fusion import Fusion
from index.kindred import Kin, kindred
from index.naming import folded
from index.query import Query
from index.understanding import Known
from index.windows import windows

WINDOWS_MOST = 8
"""Windows of a text that are read for what is like it: each costs ten milliseconds."""

SENSES_KEPT = 64
"""Questions whose sense is kept: a page of results asks the same one of several views, and people ask again."""

WORDS_ONLY = N_("Searching by words only: %(why)s")
NOT_YET = Message("Searching by words only: the meaning of these texts has not been worked out yet.")
NOT_ALL = Message(
    "Of the documents that were added last only the words were searched: their meaning is still being worked out."
)


class Sense(Value, frozen=True):
    """What is searched of a query's meaning; no judge where there is nothing to judge by."""

    kindred: tuple[Kin, ...] = ()
    judge: Fusion | None = None
    notes: tuple[str, ...] = ()


class Senses:
    """Finds the sense of queries by the meanings of one index, always the newest; safe to share between threads."""

    def __init__(self, index_dir: Path) -> None:
        self._index_dir = index_dir
        self._read: tuple[str, Dense | None] = ("", None)
        self._opening = threading.Lock()
        self._kept = _Kept(None, None)

    def of(self, query: Query, wanted: Sequence[Wanted], known: Known, without: Sequence[str] = ()) -> Sense:
        """The sense of a query whose clauses are wanted so; ``without`` are kindred words not to be searched.

        A query that stands in the collection word for word is taken at its word: no kindred words, little else beside.
        """
        said = " ".join(_said(clause.text, want) for clause, want in zip(query.clauses, wanted, strict=True)).split()
        asks = any(not (want.idle or want.excluded or want.title) for want in wanted)
        if not said or not asks:
            return Sense()
        by = encoder()
        if by is None:
            return Sense(notes=(Message(WORDS_ONLY, why=lacking()),))
        dense = self._newest()
        if dense is None:
            return Sense(notes=(NOT_YET,))
        kept = self._kept
        if kept.dense is not dense or kept.known is not known:
            kept = self._kept = _Kept(dense, known)
        asked = tuple(query.clauses), tuple(wanted), tuple(without)
        found = kept.senses.get(asked)
        if found is None:
            found = kept.senses[asked] = self._worked_out(query, " ".join(said), wanted, known, without, by, dense)
            kept.tidy()
        return found

    @staticmethod
    def _worked_out(
        query: Query,
        said: str,
        wanted: Sequence[Wanted],
        known: Known,
        without: Sequence[str],
        by: Encoder,
        dense: Dense,
    ) -> Sense:
        verbatim = len(wanted) > 1 and known.frequency(tuple(word for want in wanted for word in want.words)) > 0
        found = () if verbatim else kindred(query.clauses, wanted, dense, by, known)
        left_out = {folded(name) for name in without}
        return Sense(
            kindred=tuple(kin for kin in found if (kin.word,) not in left_out),
            judge=Fusion(dense, _meaning(said, by), verbatim=verbatim),
            notes=(NOT_ALL,) if dense.outline.pending else (),
        )

    def like(self, text: str, owner: str) -> Sense:
        """The sense of a whole text: what others are near the middle of its windows; a long one is told by some."""
        by, dense = encoder(), self._newest()
        pieces = windows(text)
        if by is None or dense is None or not pieces:
            return Sense()
        every = -(-len(pieces) // WINDOWS_MOST)
        middle = by.encode(pieces[::every]).mean(axis=0)
        return Sense(judge=Fusion(dense, middle / max(float(np.linalg.norm(middle)), 1e-9), apart=owner))

    def _newest(self) -> Dense | None:
        name = current_name(self._index_dir)
        if self._read[0] != name:
            with self._opening:
                if self._read[0] != name:
                    one_thread()
                    self._read = name, open_dense(self._index_dir)
        return self._read[1]


class _Kept:
    """The senses of the last questions in one state of meanings and index."""

    def __init__(self, dense: Dense | None, known: Known | None) -> None:
        self.dense = dense
        self.known = known
        self.senses: OrderedDict[Hashable, Sense] = OrderedDict()

    def tidy(self) -> None:
        while len(self.senses) > SENSES_KEPT:
            with suppress(KeyError):  # another thread was faster
                self.senses.popitem(last=False)


def _said(text: str, want: Wanted) -> str:
    """What a clause adds to the sentence whose meaning is looked for: nothing where it is to be left out."""
    if want.excluded or want.title:
        return ""
    return " ".join(want.words) if want.weight < 1 else text


def _meaning(text: str, by: Encoder) -> Meaning:
    meaning: Meaning = by.encode([text])[0]
    return meaning
