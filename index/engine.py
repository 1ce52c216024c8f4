"""The interface between the search room and an engine: what is indexed, what is asked, what is found.

An engine keeps one index in one folder.  It knows things, words and facet values, nothing of catalogues or grammars.
`index.whoosh_engine` implements it; a second engine can stand beside it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import NamedTuple, Protocol

import msgspec
import numpy as np
from numpy.typing import NDArray

from corpus.model import Value
from index.answer import FACETS, Sort, What

Twins = NDArray[np.int64]
Scores = NDArray[np.float64]


class Thing(Value, frozen=True):
    """One thing that can be found: a passage, statement, practice or document.

    ``owner`` is the document or practice that it goes and comes with, ``ordinal`` its place there.  ``date`` is
    YYYYMMDD (0 unknown).  Things of one view with the same ``twin`` (a number below 2⁶³, 0 for none) have the same
    words and count as one hit.  ``facets`` maps names of FACETS to values.
    """

    what: What
    id: str
    owner: str
    ordinal: int
    language: str
    title: str
    head: str
    body: str
    date: int = 0
    twin: int = 0
    facets: dict[str, tuple[str, ...]] = msgspec.field(default_factory=dict)


class Wanted(Value, frozen=True):
    """One thing to look for: folded words that follow one another (most often one word).

    ``idle`` words (small words) neither match nor count.  ``weight`` scales the score of what was put in for
    something else (a corrected word).  ``exact``: every word stands somewhere in the thing in this very form.  A
    ``topic`` says what the question is about, the other words what of it.
    """

    words: tuple[str, ...]
    title: bool = False
    required: bool = False
    excluded: bool = False
    idle: bool = False
    weight: float = 1.0
    exact: bool = False
    topic: bool = False


class Expansion(Value, frozen=True):
    """Words that say the same as the wanted things numbered ``instead_of``: they count once, the better one wins."""

    words: tuple[str, ...]
    instead_of: tuple[int, ...]
    weight: float


class Kindred(Value, frozen=True):
    """A word that means much the same as the wanted thing numbered ``instead_of``.

    It scores only (the better of the two counts, as with an expansion): what holds no other word of the question does
    not match by it, and nothing is covered by it.
    """

    word: str
    instead_of: int
    weight: float


class Question(Value, frozen=True):
    """What an engine is asked.  ``filters`` and ``without`` hold values as they are indexed.

    ``least`` is the share of its idf weight that a thing must cover to match (0: any word will do); ``facets`` tells
    whether values are counted, ``counted`` of which facets.
    """

    what: What = "passages"
    wanted: tuple[Wanted, ...] = ()
    expansions: tuple[Expansion, ...] = ()
    kindred: tuple[Kindred, ...] = ()
    filters: dict[str, tuple[str, ...]] = msgspec.field(default_factory=dict)
    without: dict[str, tuple[str, ...]] = msgspec.field(default_factory=dict)
    sort: Sort = "relevance"
    offset: int = 0
    limit: int = 10
    diverse: bool = False
    facets: bool = True
    counted: tuple[str, ...] = tuple(FACETS)
    least: float = 0.5


class Together(NamedTuple):
    """Things that count as one besides twins: the group of a twin number, and how much its being said is worth.

    ``twins`` are sorted; ``groups`` are numbers as twins are, a group's being the twin number of one of its things.
    ``programmes`` tells how many independent programmes say it, ``times`` in how many documents it stands.
    """

    twins: Twins
    groups: Twins
    programmes: Twins
    times: Twins


class Row(Value, frozen=True):
    """One found thing.  ``coverage`` is the share (0–1) of the question's idf weight that it holds; ``matched`` are
    the numbers of the wanted things in it; ``closeness`` is how near it is in meaning, 0 where nobody judged.

    ``heard`` is its coverage where other names count in full and kindred words by their weight; ``helped`` are the
    numbers of the question's kindred words that it holds where it lacks what was typed; ``topical`` tells whether it
    holds a topic that is asked for, under whatever name: true where none is.
    """

    id: str
    owner: str
    score: float
    coverage: float
    matched: tuple[int, ...] = ()
    closeness: float = 0.0
    heard: float = 0.0
    helped: tuple[int, ...] = ()
    topical: bool = True


class Judge(Protocol):
    """Knows more of things than their words, by their twin numbers: what matches beside, and what stands first.

    An engine asks ``near`` before it settles what matches: these things match whatever words they hold, where they
    hold every required and no excluded part.  By relevance, it hands ``order`` the best ``depth`` things by their
    words (after the filters, twins folded) and the near ones among the matches, and ranks them first, by the scores
    that come back; the others follow by their words.
    """

    @property
    def depth(self) -> int: ...

    def near(self, what: What) -> Twins:
        """At most some hundred twin numbers of things of a view."""

    def order(self, what: What, twins: Twins, scores: Scores, coverage: Scores) -> tuple[Scores, Scores]:
        """A score and the closeness in meaning (-1–1) of each thing, from the scores and coverage of their words."""


class Found(Value, frozen=True):
    """What an engine found.  ``total`` and ``facets`` (name → value → count) are exact over all that matches."""

    total: int = 0
    rows: tuple[Row, ...] = ()
    best_coverage: float = 0.0
    best_closeness: float = 0.0
    facets: dict[str, dict[str, int]] = msgspec.field(default_factory=dict)


class Snapshot(Protocol):
    """An open index that stays as it is, whatever a writer does meanwhile.  Safe to share between threads."""

    @property
    def revision(self) -> int:
        """The catalogue's revision that the index shows."""

    def counts(self) -> Mapping[str, int]:
        """How many things of each view there are."""

    def search(self, question: Question, judge: Judge | None = None, together: Together | None = None) -> Found:
        """What matches; things of one group of ``together`` are found, counted and ordered as one."""

    def total(self, question: Question, judge: Judge | None = None) -> int:
        """How many things of the question's view match it."""

    def frequency(self, words: tuple[str, ...], title: bool = False, exact: bool = False) -> int:
        """How many things of all views hold these words in a row, in these very forms where ``exact``."""

    def words(self) -> Iterable[tuple[str, int]]:
        """The folded words of the spelling list, with how many things hold each."""

    def near_words(self, word: str) -> tuple[str, ...]:
        """Known words that a slip of the hand may have turned into this one, best first."""

    def facet_values(self, name: str) -> tuple[str, ...]:
        """Every value that the facet has in the index, sorted."""

    def warm_up(self) -> None:
        """Make beforehand what the first searches would otherwise wait for; in a thread beside them, if one likes."""

    def close(self) -> None: ...


class Engine(Protocol):
    """Makes, changes and opens the index of one folder."""

    @property
    def fingerprint(self) -> str:
        """Schema and tool version: an index made under another fingerprint must be rebuilt."""

    def build(self, folder: Path, things: Iterable[Thing], revision: int) -> None:
        """Make a new index in an empty folder, or add the rest to one whose building was cut off.

        Things of one owner come together.  What is written on the way is no index until the last commit.
        """

    def owners_in(self, folder: Path) -> set[str]:
        """The owners of which a cut-off build has written everything; empty where nothing can be used."""

    def update(self, folder: Path, owners: Iterable[str], things: Iterable[Thing], revision: int) -> None:
        """Take out everything of these owners and put the things in, in one commit."""

    def open(self, folder: Path) -> Snapshot:
        """Open the newest commit.

        Raises:
            IndexMissing: there is none, or it cannot be read.
        """

    def commit_mark(self, folder: Path) -> str:
        """Changes with every commit; cheap enough to ask before every search."""
