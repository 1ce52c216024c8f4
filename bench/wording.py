"""Words as the benchmarks compare them, and what of a known text a document should hold.

*Running text* is what the test library's README means by it: the main flow in reading order, without notes, their marks
and side boxes; `known_running` makes it of a whole text that has all of them where they stand in the flow.
*Ordered recall* is the longest common subsequence of the words read with those known, as a share of those known.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence

from corpus.model import Page

ANCHOR_WORDS = 10
"""So many words in a row are found in one place of a report only."""

_WORD = re.compile(r"\w+")
_MARKS = re.compile(r"[⁰¹²³⁴⁵⁶⁷⁸⁹]+")
_NOTE = re.compile(rf"^{_MARKS.pattern}.*$", re.MULTILINE)


def words(text: str) -> list[str]:
    """Words as compared: NFKC, case-folded, apostrophes away, hyphens parting."""
    folded = unicodedata.normalize("NFKC", text).casefold().replace("’", "").replace("'", "").replace("‘", "")
    return _WORD.findall(folded)


def letters(text: str) -> str:
    """The letters and digits of a text in one go: programs glue and part words at line ends by rules of their own."""
    return "".join(words(text))


def running(page: Page, side: bool = False) -> list[str]:
    """The words of a page's running text or of its side boxes, labels included, in reading order."""
    return words("\n".join(b.text for b in page.running if b.side is side))


def joined(pages: Iterable[Page], sides: bool) -> list[str]:
    """The words of all pages' running text, those that a page's end cuts put together again."""
    parts: list[str] = []
    for page in pages:
        for block in page.running:
            if block.side and not sides:
                continue
            if parts and block.continues and parts[-1].endswith("-"):
                parts[-1] = parts[-1][:-1] + block.text
            else:
                parts.append(block.text)
    return words("\n".join(parts))


def of_all(pages: Iterable[Page]) -> list[str]:
    """Every word that pages hold: running text, side boxes and notes."""
    return words("\n".join(block.text for page in pages for block in page.blocks))


def known_words(text: str) -> list[str]:
    """Every word of a known text, notes and side boxes included, without note marks."""
    return words(_MARKS.sub(" ", text))


def known_running(text: str, boxes: Iterable[tuple[str, str]] = ()) -> list[str]:
    """The words of a known text without notes (paragraphs that begin with their mark) and without ``boxes``.

    A box is told by its first and last words; one that is not found stays.
    """
    known = known_words(_NOTE.sub("", text))
    for first, last in boxes:
        start = _place(known, words(first), 0)
        end = _place(known, words(last), start) + len(words(last))
        if start >= 0 and end > start:
            known = known[:start] + known[end:]
    return known


def stretch(known: Sequence[str], first_page: str, last_page: str) -> list[str]:
    """The part of a known text that a file holds, told by the letters of its first and last page (as another read it).

    From the first run of ANCHOR_WORDS that stands on the first page to the last one that stands on the last page.
    """
    runs = ["".join(known[at : at + ANCHOR_WORDS]) for at in range(len(known) - ANCHOR_WORDS + 1)]
    starts = (at for at, run in enumerate(runs) if run in first_page)
    ends = (at + ANCHOR_WORDS for at, run in enumerate(runs) if run in last_page)
    return list(known[next(starts, 0) : max(ends, default=len(known))])


def between(known: Sequence[str], first: str, last: str) -> list[str]:
    """The part of a known text from the words ``first`` to the words ``last``."""
    start = _place(known, words(first), 0)
    return list(known[start : _place(known, words(last), start) + len(words(last))])


def _place(known: Sequence[str], wanted: Sequence[str], start: int) -> int:
    """Where words begin in others, from ``start`` on; -1 where they do not stand there.

    Letter by letter, for a known text may part a word that a page prints in one go.
    """
    text, target = "".join(known[max(start, 0) :]), "".join(wanted)
    at = text.find(target)
    if at < 0:
        return -1
    index, passed = max(start, 0), 0
    while passed < at:
        passed += len(known[index])
        index += 1
    return index


def shares(mine: Iterable[str], known: Iterable[str]) -> tuple[float, float]:
    """Word recall and precision of bags of words."""
    own, true = Counter(mine), Counter(known)
    common = (own & true).total()
    return common / (true.total() or 1), common / (own.total() or 1)


def ordered_recall(mine: Sequence[str], known: Sequence[str]) -> float:
    return common_length(known, mine) / (len(known) or 1)


def common_length(left: Sequence[str], right: Sequence[str]) -> int:
    """The length of the longest common subsequence, bit by bit (Hyyrö 2004): its zero bits, one for each word."""
    places: dict[str, int] = {}
    for at, word in enumerate(left):
        places[word] = places.get(word, 0) | 1 << at
    whole = (1 << len(left)) - 1
    row = whole
    for word in right:
        met = row & places.get(word, 0)
        row = ((row + met) | (row - met)) & whole
    return len(left) - row.bit_count()
