"""A claim by itself, and held against the originals that it cites."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from difflib import get_close_matches

from corpus.concepts import Vocabulary
from corpus.ids import fold
from corpus.lint import harm
from corpus.lint.finding import Pen
from corpus.lint.originals import FIGURE, Original, Originals
from corpus.lint.wording import NEAR, SENTENCE_WORDS, TAKEN, Names, long_sentences, shared_runs
from corpus.model import SourceRef

_EMPTY = re.compile(
    r"(?:the )?sources? (?:does|do) not (?:say|tell)[^.;]*\.?|(?:not told|unknown|n/?a|tbd|todo)\.?", re.I
)


class Judge:
    """Judges texts by the same vocabulary, documents that may be cited, originals and names.

    All texts are compared with the originals of the documents ``docs``.  ``missing`` are those that are not there.
    """

    def __init__(
        self, originals: Originals, docs: Iterable[str], names: Names, words: Vocabulary, citable: Collection[str]
    ) -> None:
        self.originals = originals
        self.names = names
        self.words = words
        self.citable = citable
        self.missing: set[str] = set()
        self.compared = [found for doc in docs if (found := self._original(doc))]

    def _original(self, doc: str) -> Original | None:
        found = self.originals.get(doc)
        if found is None:
            self.missing.add(doc)
        return found

    def text(self, pen: Pen, line: int, field: str, text: str) -> None:
        """Length, likeness and harm: what holds for every text of ours."""
        for count, beginning in long_sentences(text):
            pen.error(line, field, f"“{beginning} …” has {count} words; {SENTENCE_WORDS} are the most: make two of it")
        self.wording(pen, line, field, text)
        self.harm(pen, line, field, text)

    def harm(self, pen: Pen, line: int, field: str, text: str) -> None:
        """What in a text could do harm."""
        harm.look(pen, line, field, text, self.names, self.compared)

    def wording(self, pen: Pen, line: int, field: str, text: str) -> None:
        """How near a text is to an original."""
        for run in shared_runs(text, self.compared, self.names):
            told = f"“{run.text}” stands in {run.doc} too ({run.count} words in a row, names not counted)"
            if run.count >= TAKEN:
                pen.error(line, field, f"{told}; {TAKEN} or more are taken over: say it in your own words")
            else:
                pen.warning(line, field, f"{told}; from {NEAR} on, look whether it can be said otherwise")

    def claim(self, pen: Pen, line: int, field: str, text: str, sources: Iterable[SourceRef]) -> None:
        """A text with what it cites."""
        self.text(pen, line, field, text)
        if _EMPTY.fullmatch(text.strip()):
            pen.warning(line, field, "tells only that nothing is told; leave the heading out, the page says it itself")
        cited = [(ref, self._original(ref.doc)) for ref in sources]
        problems = [told for ref, original in cited if original and (told := wrong_place(ref, original))]
        for told in problems:
            pen.error(line, field, told)
        there = [(ref, original) for ref, original in cited if original]
        if not problems and len(there) == len(cited):
            self._figures(pen, line, field, text, there)

    @staticmethod
    def _figures(pen: Pen, line: int, field: str, text: str, cited: list[tuple[SourceRef, Original]]) -> None:
        for figure in dict.fromkeys(FIGURE.findall(text)):
            if not any(original.gives(figure, labels_of(ref)) for ref, original in cited):
                pen.error(
                    line, field, f"{figure} does not stand on the cited page; cite where it stands, or correct it"
                )


def labels_of(ref: SourceRef) -> list[str]:
    """The page labels of a citation: two of a range ("12–13")."""
    return [part for part in re.split(r"[–-]", ref.page_label) if part] if _is_range(ref) else _single(ref)


def _is_range(ref: SourceRef) -> bool:
    """Whether a label is a range of numbers; "A-3" is a label."""
    return re.fullmatch(r"\d+[–-]\d+", ref.page_label) is not None


def _single(ref: SourceRef) -> list[str]:
    return [ref.page_label] if ref.page_label else []


def wrong_place(ref: SourceRef, original: Original) -> str:
    """What is wrong with the page or section that is cited; blank where it is there."""
    cited = f"[{ref.doc} {ref.locator}]"
    if original.has_pages:
        if not ref.page_label:
            return f"{cited} names no page, and {ref.doc} has pages; write [{ref.doc} p. 12]"
        known = list(original.labels)
        if absent := [label for label in labels_of(ref) if label not in original.labels]:
            printed = f"its pages are {known[0]} to {known[-1]}" if known else "none of its pages bears a number"
            return f"{cited}: no page of {ref.doc} is printed {' or '.join(absent)}; {printed}"
        return ""
    if not ref.section:
        return f"{cited}: {ref.doc} has no pages; write [{ref.doc} § Heading]"
    if fold(ref.section) in original.headings:
        return ""
    near = get_close_matches(fold(ref.section), original.headings, n=1, cutoff=0.5)
    hint = (
        f"the nearest is “{original.headings[near[0]]}”" if near else f"it has: {'; '.join(original.headings.values())}"
    )
    return f"{cited}: {ref.doc} has no such heading; {hint}"
