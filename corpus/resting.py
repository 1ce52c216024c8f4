"""What a record of ours rests on: the documents that it cites, lettered as on its page, with their pages or sections.

A record is our summary.  Wherever it is carried to, each sentence keeps the mark of its source, and the sources stand
with it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from corpus.errors import NotInCatalogue, Withdrawn
from corpus.messages import N_
from corpus.model import Bibliography
from corpus.practice import Claim, Practice, SourceRef
from corpus.values import Value

if TYPE_CHECKING:
    from corpus.catalogue import Catalogue

LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
WITHDRAWN = N_("A document that was withdrawn from this library")
"""All that is said of one; what was claimed by it stands, and can no longer be looked up here."""
OUR_SUMMARY = "our summary of the sources, not their words"
_RANGE = re.compile(r"(\d{1,5})(?:[–-](\d{1,5}))?")
RANGE_MOST = 200
"""Pages of one cited range; what is longer is told as it was written."""


class Rest(Value, frozen=True):
    """A document that a record cites: its letter where there are several, and where in it.

    ``card`` is None of one that this library does not have or no longer shows; ``title`` is told all the same.
    """

    doc: str
    title: str
    letter: str = ""
    pages: str = ""
    """ "49–50, 53"; blank where no page is told."""
    sections: tuple[str, ...] = ()
    card: Bibliography | None = None

    @property
    def where(self) -> str:
        """ "pp. 49–50", "§ Findings"; blank for the whole document."""
        several = not (self.pages.isalnum() or not self.pages)
        pages = f"{'pp.' if several else 'p.'} {self.pages}" if self.pages else ""
        return "; ".join(part for part in (pages, *(f"§ {heading}" for heading in self.sections)) if part)

    @property
    def line(self) -> str:
        """ "A Night desks, pp. 49–50"."""
        named = f"{self.letter} {self.title}".strip()
        return f"{named}, {self.where}" if self.where else named


def lettered(refs: Iterable[SourceRef]) -> dict[str, str]:
    """The documents that are cited, in order of first use, with their letters; without letter where it is one."""
    docs = list(dict.fromkeys(ref.doc for ref in refs))
    return {doc: LETTERS[at % len(LETTERS)] if len(docs) > 1 else "" for at, doc in enumerate(docs)}


def rests_of(catalogue: Catalogue, practice: Practice) -> tuple[Rest, ...]:
    """What a record of ours rests on; nothing for a practice that was read word for word from its document."""
    if practice.doc:
        return ()
    refs = practice.sources()
    return tuple(_rest(catalogue, doc, letter, refs) for doc, letter in lettered(refs).items())


def _rest(catalogue: Catalogue, doc: str, letter: str, refs: Sequence[SourceRef]) -> Rest:
    card, title = None, doc
    try:
        card = catalogue.card(doc)
        title = card.title
    except Withdrawn:
        title = WITHDRAWN
    except NotInCatalogue:
        pass
    own = [ref for ref in refs if ref.doc == doc]
    return Rest(
        doc=doc,
        title=title,
        letter=letter,
        pages=pages_told(ref.page_label for ref in own if ref.page_label),
        sections=tuple(dict.fromkeys(ref.section for ref in own if ref.section and not ref.page_label)),
        card=card,
    )


def pages_told(labels: Iterable[str]) -> str:
    """Printed labels as one line, runs of numbers joined: "49", "50", "53" are "49–50, 53"."""
    numbers: set[int] = set()
    others: dict[str, None] = {}
    for label in labels:
        found = _RANGE.fullmatch(label.strip())
        first, last = (int(found[1]), int(found[2] or found[1])) if found else (1, 0)
        if first <= last <= first + RANGE_MOST:
            numbers.update(range(first, last + 1))
        else:
            others[label.strip()] = None
    runs: list[list[int]] = []
    for number in sorted(numbers):
        if runs and number == runs[-1][1] + 1:
            runs[-1][1] = number
        else:
            runs.append([number, number])
    told = [str(first) if first == last else f"{first}–{last}" for first, last in runs]
    return ", ".join((*others, *told))


def marked(claim: Claim, rests: Sequence[Rest]) -> str:
    """A sentence with where it comes from behind it: "… [A p. 49; B § Findings]"."""
    letters = {rest.doc: rest.letter for rest in rests}
    places = (f"{letters[ref.doc]} {ref.locator}".strip() for ref in claim.sources if ref.doc in letters)
    told = "; ".join(place for place in places if place)
    return f"{claim.text} [{told}]" if told else claim.text


def marked_text(claims: Iterable[Claim], rests: Sequence[Rest]) -> str:
    """Several sentences, each as `marked`."""
    return " ".join(marked(claim, rests) for claim in claims)
