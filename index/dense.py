"""What an index knows of the meaning of its things: their vectors, their themes, and the words of the collection.

INDEX/meaning/
  current        the name of the folder that is read
  000012/        outline.json, and arrays that are mapped when they are read

It is derived from the catalogue as the index of words is, and follows it: a thing whose vectors are not there yet is
found by its words only.  Things are known by the twin numbers that the engine knows them by too.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cached_property
from pathlib import Path
from typing import NamedTuple

import msgspec
import numpy as np
from numpy.typing import NDArray

from corpus.meaning import encoder
from index.answer import WHATS, What
from index.engine import Twins
from index.vectors import Cosines, Rows, Vectors

CURRENT = "current"
MEANING = "meaning"
OUTLINE = "outline.json"

FORM = 3
"""Raised with every change of the files, of the windows or of what is put into them: all is then made anew."""

Query = NDArray[np.float32]


class Runs(NamedTuple):
    """Lists of numbers, one for each thing: those of thing ``t`` are ``numbers[starts[t] : starts[t + 1]]``."""

    starts: Rows
    numbers: Rows

    @classmethod
    def of(cls, lists: Iterable[Iterable[int]]) -> Runs:
        held = [list(numbers) for numbers in lists]
        starts = np.concatenate([[0], np.cumsum([len(numbers) for numbers in held], dtype=np.int64)])
        return cls(starts.astype(np.int64), np.array([n for numbers in held for n in numbers], np.int64))

    def of_things(self, chosen: Rows) -> tuple[Rows, Rows]:
        """The numbers of some things, and for each number which of the chosen ones it is of."""
        places, whose = spread(self.starts, chosen)
        return self.numbers[places], whose


def spread(starts: Rows, chosen: Rows) -> tuple[Rows, Rows]:
    """The places ``starts[t]`` to ``starts[t + 1]`` of some things, and for each place which of the chosen it is of."""
    sizes = starts[chosen + 1] - starts[chosen]
    whose = np.repeat(np.arange(len(chosen)), sizes)
    within = np.arange(len(whose)) - np.repeat(np.cumsum(sizes) - sizes, sizes)
    return starts[chosen][whose] + within, whose


class View(NamedTuple):
    """The things of one view, ascending by twin number; owners and languages are numbers in the outline's lists.

    The vectors of thing ``t`` are the rows ``pieces[t]`` to ``pieces[t + 1]``; ``themes`` are numbers in the outline's
    list, ``stated`` the twin numbers of what a passage states.
    """

    twins: Twins
    owners: Rows
    languages: Rows
    pieces: Rows
    themes: Runs
    stated: Runs
    vectors: Vectors

    def at(self, twins: Twins) -> tuple[Rows, NDArray[np.bool_]]:
        """Where things stand in the view (0 for those that it has not), and which ones it has."""
        if not len(self.twins):
            return np.zeros(len(twins), np.int64), np.zeros(len(twins), np.bool_)
        places = np.minimum(np.searchsorted(self.twins, twins), len(self.twins) - 1)
        there = self.twins[places] == twins
        return np.where(there, places, 0), there


class Outline(msgspec.Struct, frozen=True):
    """What the files say of themselves.  ``pending`` are the owners whose vectors are not there yet."""

    form: int
    model: str
    revision: int
    owners: tuple[str, ...] = ()
    pending: tuple[str, ...] = ()
    themes: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    words: tuple[str, ...] = ()
    written: tuple[str, ...] = ()
    """Each of the words as the documents write it."""


class Dense:
    """The meanings of one folder, as they are read; safe to share between threads."""

    def __init__(self, outline: Outline, views: Mapping[What, View], words: Vectors, themes: Vectors) -> None:
        self.outline = outline
        self.views = dict(views)
        self.words = words
        self.themes = themes

    @classmethod
    def empty(cls, model: str) -> Dense:
        nothing = Runs.of([])
        none = Vectors.none()
        no_rows = np.empty(0, np.int64)
        view = View(no_rows, no_rows, no_rows, np.zeros(1, np.int64), nothing, nothing, none)
        return cls(Outline(FORM, model, 0), dict.fromkeys(WHATS, view), none, none)

    def of_owner(self, what: What, owner: str) -> Twins:
        """The things of a view that are of a document (or are the practice)."""
        view, owners = self.views[what], self.outline.owners
        return view.twins[view.owners == owners.index(owner)] if owner in owners else view.twins[:0]

    def near(self, what: What, query: Query, count: int, least: float) -> Twins:
        """The things of a view that are nearest to a vector, at most ``count``, none with a cosine under ``least``."""
        view = self.views[what]
        rows, cosines = view.vectors.nearest(query, 2 * count)
        whose = np.searchsorted(view.pieces, rows[cosines >= least], side="right") - 1
        return view.twins[np.array(list(dict.fromkeys(whose.tolist()))[:count], np.int64)]

    def closeness(self, what: What, twins: Twins, query: Query) -> Cosines:
        """The best cosine of each thing's pieces; not a number for things that have none yet."""
        view = self.views[what]
        places, there = view.at(twins)
        rows, whose = spread(view.pieces, places[there])
        found = np.full(len(twins), -np.inf, np.float32)
        np.maximum.at(found, np.flatnonzero(there)[whose], view.vectors.cosines(query, rows))
        return np.where(np.isinf(found), np.nan, found).astype(np.float32)

    def stated(self, twins: Twins, query: Query) -> Cosines:
        """The best cosine of what each passage states; not a number for passages that state nothing."""
        view = self.views["passages"]
        places, there = view.at(twins)
        statements, whose = view.stated.of_things(places[there])
        found = np.full(len(twins), np.nan, np.float32)
        if len(statements):
            np.fmax.at(found, np.flatnonzero(there)[whose], self.closeness("statements", statements, query))
        return found

    def themed(self, what: What, twins: Twins, worth: NDArray[np.float64]) -> NDArray[np.float64]:
        """The sum of what each thing's themes are worth, rare ones more (idf)."""
        view = self.views[what]
        places, there = view.at(twins)
        numbers, whose = view.themes.of_things(places[there])
        found = np.zeros(len(twins))
        np.add.at(found, np.flatnonzero(there)[whose], (worth * self.rarity(what))[numbers])
        return found

    def rarity(self, what: What) -> NDArray[np.float64]:
        """How rare each of the outline's themes is in a view (idf)."""
        view = self.views[what]
        held = np.bincount(view.themes.numbers, minlength=len(self.outline.themes))
        rare: NDArray[np.float64] = np.log(max(len(view.twins), 1) / (held + 1)) + 1
        return rare

    @cached_property
    def main_language(self) -> int:
        """The number of the language of more than half of the passages, -1 where there is none."""
        counted = np.bincount(self.views["passages"].languages, minlength=1)
        most = int(counted.argmax())
        return most if 2 * counted[most] > counted.sum() else -1

    def in_main_language(self, what: What, twins: Twins) -> NDArray[np.bool_]:
        """Which things are in the language of most passages."""
        view = self.views[what]
        places, there = view.at(twins)
        return there & (view.languages[places] == self.main_language) if there.any() else there

    # ------------------------------------------------------------------ files

    def save(self, folder: Path) -> None:
        for what, view in self.views.items():
            np.save(folder / f"{what}_twins.npy", view.twins)
            np.save(folder / f"{what}_owners.npy", view.owners)
            np.save(folder / f"{what}_languages.npy", view.languages)
            np.save(folder / f"{what}_pieces.npy", view.pieces)
            for name, runs in (("themes", view.themes), ("stated", view.stated)):
                np.save(folder / f"{what}_{name}_starts.npy", runs.starts)
                np.save(folder / f"{what}_{name}.npy", runs.numbers)
            view.vectors.save(folder, what)
        self.words.save(folder, "words")
        self.themes.save(folder, "themes")
        (folder / OUTLINE).write_bytes(msgspec.json.encode(self.outline))

    @classmethod
    def load(cls, folder: Path) -> Dense:
        """The meanings of a folder.

        Raises:
            OSError, ValueError: something is missing or damaged.
        """
        outline = msgspec.json.decode((folder / OUTLINE).read_bytes(), type=Outline)
        if outline.form != FORM:
            raise ValueError(f"{folder.name} has another form")

        def numbers(name: str) -> Rows:
            return np.asarray(np.load(folder / f"{name}.npy"))

        def runs(name: str) -> Runs:
            return Runs(numbers(f"{name}_starts"), numbers(name))

        views = {
            what: View(
                numbers(f"{what}_twins"),
                numbers(f"{what}_owners"),
                numbers(f"{what}_languages"),
                numbers(f"{what}_pieces"),
                runs(f"{what}_themes"),
                runs(f"{what}_stated"),
                Vectors.load(folder, what),
            )
            for what in WHATS
        }
        return cls(outline, views, Vectors.load(folder, "words"), Vectors.load(folder, "themes"))


def meaning_dir(index_dir: Path) -> Path:
    return index_dir / MEANING


def current_name(index_dir: Path) -> str:
    """The name of the folder that is read now, blank where there is none; changes with every change of the files."""
    try:
        return (meaning_dir(index_dir) / CURRENT).read_text("utf-8").strip()
    except OSError:
        return ""


def open_dense(index_dir: Path) -> Dense | None:
    """The meanings of an index; None where there is no model, nothing was worked out yet, or by another model."""
    by = encoder()
    name = current_name(index_dir)
    if by is None or not name.isdigit():
        return None
    try:
        dense = Dense.load(meaning_dir(index_dir) / name)
    except (OSError, ValueError):
        return None
    return dense if dense.outline.model == by.model else None
