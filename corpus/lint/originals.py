"""The originals that a home holds, made ready for claims to be held against them."""

from __future__ import annotations

import re
from array import array
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from itertools import pairwise

from corpus.catalogue import Catalogue
from corpus.errors import NotInCatalogue
from corpus.ids import fold
from corpus.model import Bibliography, BlockKind, Page, Passage

_NAME = re.compile(r"[^\W\d_][\w’'-]*")
FIGURE = re.compile(r"\d[\d,.]*\d|\d")
"""A number as it is written: 43, 1,500, 0.5."""

FIELD_ROW = 2
"""Cells of a row that gives a field's name and its value, as practice pages do."""

NUMBERS = (
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
    "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen", "twenty",
)  # fmt: skip


class Original:
    """One ingested document: what can be cited in it, and its words in a row."""

    def __init__(self, card: Bibliography, pages: Sequence[Page], passages: Sequence[Passage]) -> None:
        self.doc = card.id
        self._card = card
        self._pages = pages
        self._passages = passages

    @property
    def has_pages(self) -> bool:
        return any(page.number is not None for page in self._pages)

    @cached_property
    def labels(self) -> dict[str, int]:
        """The printed labels with their position; the first page of a label that is printed twice."""
        found: dict[str, int] = {}
        for position, page in enumerate(self._pages):
            if page.label:
                found.setdefault(page.label, position)
        return found

    @cached_property
    def headings(self) -> dict[str, str]:
        """The headings as printed, and the names of fields in tables of two columns, by their folded form."""
        blocks = [block for page in self._pages for block in page.blocks]
        printed = [block.text for block in blocks if block.kind is BlockKind.HEADING]
        printed += [row[0] for block in blocks for row in block.rows if len(row) == FIELD_ROW]
        printed += [heading for passage in self._passages for heading in passage.path]
        return {fold(heading): heading for heading in printed if fold(heading)}

    def text(self, label: str = "") -> str:
        """The text of the page with this label, notes and tables too; all of it where no label is given."""
        pages = [self._pages[self.labels[label]]] if label else self._pages
        return "\n".join(block.text for page in pages for block in page.blocks)

    def gives(self, figure: str, labels: Iterable[str]) -> bool:
        """Whether a number stands on one of these pages (anywhere where there are none), in digits or as a word.

        What the document is called and when it appeared stands on every page.
        """
        wanted = re.escape(_bare(figure))
        texts = [*([self.text(label) for label in labels] or [self.text()]), self._card.title, self._card.date]
        if any(re.search(rf"(?<!\d){wanted}(?!\d)", _bare(text)) for text in texts):
            return True
        word = NUMBERS[int(figure)] if figure.isdecimal() and int(figure) < len(NUMBERS) else ""
        return bool(word) and any(f" {word} " in f" {fold(text)} " for text in texts)

    # ---------------------------------------------------------------------------------------- words

    @cached_property
    def _row(self) -> tuple[str, array[int]]:
        """All letters and digits without the spaces, and where each word begins.

        Page by page and passage by passage, so that a paragraph which a page break cuts is there as a whole too.
        Without spaces a word is the same however it is hyphenated or cut at the end of a line.
        """
        texts = [block.text for page in self._pages for block in page.blocks]
        texts += [passage.text for passage in self._passages]
        starts, words, at = array("L"), [], 0
        for text in texts:
            for word in fold(text).split():
                starts.append(at)
                words.append(word)
                at += len(word)
        return "".join(words), starts

    def shared(self, words: Sequence[str], start: int, least: int) -> int:
        """How many of these folded words, from ``start`` on, stand in the original in one run; 0 if under ``least``."""
        letters, starts = self._row
        needle = "".join(words[start : start + least])
        longest, spot = 0, letters.find(needle)
        while spot >= 0:
            if _is_in(starts, spot):
                count, end = least, spot + len(needle)
                while start + count < len(words) and letters.startswith(words[start + count], end):
                    end += len(words[start + count])
                    count += 1
                if not _is_in(starts, end) and end != len(letters):  # it ends inside one of the original's words
                    count -= 1
                longest = max(longest, count)
            spot = letters.find(needle, spot + 1)
        return longest if longest >= least else 0

    # ---------------------------------------------------------------------------------------- people

    @cached_property
    def people(self) -> frozenset[tuple[str, str]]:
        """Pairs of capitalised words that stand only in its lists of private persons, folded: names, most of them."""
        private = {pair for b in self._blocks(private=True) for pair in pairs(b)}
        return frozenset(private - {pair for b in self._blocks(private=False) for pair in pairs(b)})

    def _blocks(self, *, private: bool) -> Iterator[str]:
        return (block.text for page in self._pages for block in page.blocks if block.private is private)


def pairs(text: str) -> Iterator[tuple[str, str]]:
    """Two capitalised words that follow one another on a line, folded."""
    for line in text.splitlines():
        words = list(_NAME.finditer(line))
        for one, two in pairwise(words):
            if one[0][0].isupper() and two[0][0].isupper() and line[one.end() : two.start()] == " ":
                yield fold(one[0]), fold(two[0])


def _is_in(numbers: array[int], number: int) -> bool:
    at = bisect_left(numbers, number)
    return at < len(numbers) and numbers[at] == number


def _bare(text: str) -> str:
    """Digits without what parts thousands."""
    return re.sub(r"(?<=\d)[,\u00a0\u202f\u2009](?=\d)", "", text)


class Originals:
    """The originals of one home, each read when it is first asked for."""

    def __init__(self, catalogue: Catalogue | None = None) -> None:
        self.catalogue = catalogue
        self._known: dict[str, Original | None] = {}

    def get(self, doc: str) -> Original | None:
        """The document, None where the home does not hold its text."""
        if doc not in self._known:
            self._known[doc] = self._read(doc)
        return self._known[doc]

    def _read(self, doc: str) -> Original | None:
        if self.catalogue is None:
            return None
        try:
            entry = self.catalogue.entry(doc)
        except NotInCatalogue:
            return None
        if not entry.version:
            return None
        return Original(entry.card, self.catalogue.pages(doc), self.catalogue.passages(doc))
