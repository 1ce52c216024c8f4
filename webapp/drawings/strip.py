"""Where in a document things stand, from its first page to its last: its statements by kind, its chief themes."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence

from corpus.concepts import vocabulary
from corpus.model import Passage, Statement, StatementKind, Value
from index.things import rolled_up

MOST = 12
"""A document's chief themes: those that most of its passages are about."""

LEAST = 50
"""A theme of which fewer than one passage in so many of the chief theme's is no chief one."""


class Mark(Value, frozen=True):
    """One statement: its page, its place in the page's stack from 0, its kind."""

    page: int
    place: int
    kind: str


class Stretch(Value, frozen=True):
    """Pages one after the other that speak of a theme: the first and last of them, and as they are printed."""

    first: int
    last: int
    words: str


class ThemeRow(Value, frozen=True):
    """A theme, how many passages are about it, and where they stand."""

    theme: str
    passages: int
    stretches: tuple[Stretch, ...]


class Strip(Value, frozen=True):
    """A document drawn from left to right; empty where it has no pages."""

    pages: int
    marks: tuple[Mark, ...]
    themes: tuple[ThemeRow, ...]

    @property
    def tall(self) -> int:
        """How many statements the fullest page has."""
        return max((mark.place + 1 for mark in self.marks), default=0)


def strip(
    statements: Iterable[Statement],
    passages: Iterable[Passage],
    numbers: Sequence[tuple[int | None, str | None]],
) -> Strip:
    """The strip of a document with these pages and their labels."""
    labels = {number: label for number, label in numbers if number is not None}
    return Strip(pages=len(labels), marks=_marks(statements, labels), themes=tuple(_themes(passages, labels)))


def _marks(statements: Iterable[Statement], labels: dict[int, str | None]) -> tuple[Mark, ...]:
    order = list(StatementKind)
    stacks: Counter[int] = Counter()
    drawn = []
    for one in sorted(statements, key=lambda s: order.index(s.kind)):
        page = one.span.page
        if page in labels:
            drawn.append(Mark(page=page, place=stacks[page], kind=one.kind.value))
            stacks[page] += 1
    return tuple(drawn)


def _themes(passages: Iterable[Passage], labels: dict[int, str | None]) -> Iterable[ThemeRow]:
    counted: Counter[str] = Counter()
    pages: dict[str, set[int]] = defaultdict(set)
    for passage in passages:
        span = passage.span
        for theme in rolled_up(passage.concepts())[0]:
            counted[theme] += 1
            if span.page is not None:
                pages[theme].update(range(span.page, (span.page_end or span.page) + 1))
    order = {concept.id: place for place, concept in enumerate(vocabulary().scheme("themes"))}
    for theme in sorted(counted, key=lambda theme: (-counted[theme], order[theme]))[:MOST]:
        if counted[theme] * LEAST < max(counted.values()):
            break
        there = sorted(pages[theme] & labels.keys())
        yield ThemeRow(theme=theme, passages=counted[theme], stretches=tuple(_stretches(there, labels)))


def _stretches(pages: Sequence[int], labels: dict[int, str | None]) -> Iterable[Stretch]:
    first = 0
    for place, page in enumerate(pages):
        if place + 1 == len(pages) or pages[place + 1] != page + 1:
            ends = [labels[end] or f"({end})" for end in dict.fromkeys((pages[first], page))]
            yield Stretch(first=pages[first], last=page, words="–".join(ends))
            first = place + 1
