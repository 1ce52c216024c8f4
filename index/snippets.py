"""The piece of a text that shows best why it was found, as safe HTML."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Collection, Iterator, Sequence
from html import escape
from typing import NamedTuple

from index.analysis import Stems, language_of, stem, stems_of, tokens

LENGTH = 50
"""Words of a snippet: three lines on a screen."""

LEAD = 8
"""Words before the first mark where a sentence is too long to be shown whole."""

REPEAT = 0.1
"""What a word's second and later marks add to a window, beside 1 for its first."""

_SENTENCE_END = re.compile(r"[.!?…؟。\n](?:(?<=\n)\n*|[\"'”’)\]]*\s+)")
"""A mark and white space, or ends of lines; that it begins with one set of characters makes it fast."""


class Mark(NamedTuple):
    """The characters ``start`` to ``end`` of a text hold the wanted words numbered ``number``."""

    start: int
    end: int
    number: int


def snippet(
    text: str,
    language: str,
    wanted: Sequence[tuple[str, ...]],
    length: int = LENGTH,
    exactly: Collection[tuple[str, ...]] = (),
) -> str:
    """The best window of about ``length`` words, escaped, with the wanted words in <mark>.

    ``wanted`` holds folded words, those of a phrase together; they are found in all their forms in the text's
    language, those that are among ``exactly`` in this one only.
    """
    found = stems_of(text, language)
    count = len(found.stems)
    if not count:
        return escape(text[: length * 10].strip())
    marks = marks_of(found, language, wanted)
    if exactly:
        marks = [mark for mark in marks if wanted[mark.number] not in exactly or _is_so(text, mark, wanted)]
    first, last = _window(text, found, marks, length)
    start = 0 if first == 0 else found.starts[first]
    end = len(text) if last == count else _with_closing(text, found.ends[last - 1])
    shown = highlighted(text, start, end, marks)
    return ("… " if first else "") + shown + (" …" if last < count else "")


def marks_of(found: Stems, language: str, wanted: Sequence[tuple[str, ...]]) -> list[Mark]:
    """Where the wanted words stand, in order and without overlaps; the longer of two phrases wins."""
    code = language_of(language)
    looked_for = [[stem(w, code) for w in words] for words in wanted]
    beginning: dict[str, list[int]] = {}
    for number, stems in enumerate(looked_for):
        beginning.setdefault(stems[0] if stems else "", []).append(number)
    marks = []
    for place in [place for place, stemmed in enumerate(found.stems) if stemmed in beginning]:
        for number in beginning[found.stems[place]]:
            end = place + len(looked_for[number])
            if found.stems[place:end] == looked_for[number]:
                marks.append(Mark(found.starts[place], found.ends[end - 1], number))
    return _apart(marks)


def _is_so(text: str, mark: Mark, wanted: Sequence[tuple[str, ...]]) -> bool:
    """Whether the marked words stand in the wanted form."""
    return tuple(token.word for token in tokens(text[mark.start : mark.end])) == wanted[mark.number]


def _apart(marks: list[Mark]) -> list[Mark]:
    kept: list[Mark] = []
    for mark in sorted(marks, key=lambda m: (m.start, -m.end)):
        if not kept or mark.start >= kept[-1].end:
            kept.append(mark)
    return kept


def highlighted(text: str, start: int, end: int, marks: Sequence[Mark]) -> str:
    """The characters ``start`` to ``end`` as HTML: escaped, white space as one space, marks in <mark>."""
    pieces, at = [], start
    for mark in marks:
        if mark.start >= start and mark.end <= end:
            pieces += [escape(text[at : mark.start]), "<mark>", escape(text[mark.start : mark.end]), "</mark>"]
            at = mark.end
    pieces.append(escape(text[at:end]))
    return " ".join("".join(pieces).split())


def _window(text: str, found: Stems, marks: Sequence[Mark], length: int) -> tuple[int, int]:
    """The terms ``first`` to ``last`` (exclusive) of the best window; the earliest of equals."""
    starts, count = found.starts, len(found.starts)
    sentences = sorted({0, *(bisect_left(starts, m.end()) for m in _SENTENCE_END.finditer(text))} - {count})
    best, best_worth = (0, _end(0, sentences, count, length)), -1.0
    for first in _starts(starts, sentences, marks, length):
        last = _end(first, sentences, count, length)
        inside = [m.number for m in marks if starts[first] <= m.start and m.end <= found.ends[last - 1]]
        different = len(set(inside))
        worth = different + REPEAT * (len(inside) - different)
        if worth > best_worth + 1e-9:
            best, best_worth = (first, last), worth
    return best


def _starts(starts: list[int], sentences: list[int], marks: Sequence[Mark], length: int) -> Iterator[int]:
    """Where a window may begin: at a sentence, or shortly before a mark deep inside a long one."""
    yield from sentences
    for mark in marks:
        term = bisect_left(starts, mark.start)
        sentence = sentences[bisect_left(sentences, term + 1) - 1]
        if term - sentence >= length - LEAD:
            yield term - LEAD


def _end(first: int, sentences: list[int], count: int, length: int) -> int:
    """Where a window ends: with the last sentence that still fits, else after ``length`` words."""
    limit = min(first + length, count)
    if limit == count:
        return count
    border = sentences[bisect_left(sentences, limit + 1) - 1]
    return border if border - first >= length // 2 else limit


def _with_closing(text: str, end: int) -> int:
    """The end of a window moved behind the punctuation that belongs to its last word."""
    while end < len(text) and not text[end].isspace() and not text[end].isalnum():
        end += 1
    return end
