"""What a file is made of, whatever its format: an author's words around exact quotations of works.

Whoever gathers (a collection, a list of hits, a brief) fills a `Dossier` with whole texts as the published catalogue
gives them; the renderers carry of each what its rights allow.  All texts are plain: a blank line parts paragraphs,
nothing in them is markup.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Literal

from corpus.citation import AS_THEY_STAND, Words
from corpus.model import Bibliography, Span
from corpus.people.collections import Answer, Question, QuizItem
from corpus.resting import Rest
from corpus.values import Value

__all__ = ["Answer", "Dossier", "Entry", "EntryKind", "Field", "Part", "Question", "QuizItem"]


class EntryKind(StrEnum):
    """What was gathered: a quotation (passage, statement), a practice, or a whole document."""

    PASSAGE = "passage"
    STATEMENT = "statement"
    PRACTICE = "practice"
    DOCUMENT = "document"


class Field(Value, frozen=True):
    """A told field of a practice: its heading ("Steps") and its sentences or list items."""

    heading: str
    lines: tuple[str, ...]


class Entry(Value, frozen=True):
    """One thing that was gathered, with what the author noted on it.

    ``text`` is the whole quotation, verbatim (a passage, a statement), else the summary of a practice or document; a
    practice has its ``fields`` (without the summary) besides.  ``work`` is what is cited, ``span`` and ``section`` the
    place in it, as `corpus.citation.cite` takes them: of a practice read from a document the document, with the
    practice's title as section; of a record of ours `card_of_practice`.
    """

    kind: EntryKind
    id: str
    work: Bibliography
    title: str = ""
    """The practice's or the document's; blank for quotations."""
    text: str = ""
    fields: tuple[Field, ...] = ()
    language: str = ""
    """BCP 47, of ``text``; blank: not known."""
    span: Span = Span()
    section: str = ""
    """The heading under which it stands, for works without pages."""
    address: str = ""
    """Its permanent address with us, absolute; blank where others cannot reach us."""
    note: str = ""
    """What the author noted on it."""
    rights: str = ""
    """What may be done with its words, as its card or record says; blank: not known, so that it is quoted briefly."""
    snippet: str = ""
    """For hits of a search: the snippet with what was found between <mark> tags; a short quotation is cut around it."""
    words: Words = AS_THEY_STAND
    """Who is quoted in the work, and whether the text is our translation."""
    says: str = ""
    """Of a statement: the code of its kind."""
    achieved: str = ""
    voice: str = ""
    """Of a statement: the code of whose word it is."""
    is_our_summary: bool = False
    """Whether the text is a record's of ours, which tells of its sources in other words."""
    rests: tuple[Rest, ...] = ()
    """What such a record rests on, with pages."""

    @property
    def works(self) -> tuple[Bibliography, ...]:
        """The work that is cited, and those that it rests on."""
        return (self.work, *(rest.card for rest in self.rests if rest.card))


class Part(Value, frozen=True):
    """A section of the dossier: a heading, the author's words, and what was gathered under it, in the author's order.

    ``role`` tells what it is in a teaching pack.  A part without heading has its entries straight under the title.
    """

    heading: str = ""
    text: str = ""
    entries: tuple[Entry, ...] = ()
    role: Literal["", "case", "lessons", "reading"] = ""
    questions: tuple[Question, ...] = ()
    quiz: tuple[QuizItem, ...] = ()


class Dossier(Value, frozen=True):
    """Everything that a file holds.  The last fields are told by teaching packs."""

    title: str
    introduction: str = ""
    """The author's own words before everything else."""
    author: str = ""
    """Who put it together, as they signed; blank: unsigned."""
    date: str = ""
    """When it was last changed, ISO 8601 (2026-11-22); the same dossier gives the same bytes, so no clock is read."""
    language: str = "en"
    """BCP 47, of the author's words."""
    address: str = ""
    """Where it can be read on line, absolute; blank where others cannot reach us."""
    parts: tuple[Part, ...] = ()
    outcomes: tuple[str, ...] = ()
    """What learners will be able to do."""
    level: str = ""
    """For whom: "introductory", "case workers with a year's experience"."""
    duration: str = ""
    warning: str = ""
    """What in the content may distress."""
    questions: tuple[Question, ...] = ()
    quiz: tuple[QuizItem, ...] = ()
    for_learners: bool = False
    """Whether answers and notes for the facilitator are left out."""

    @property
    def entries(self) -> tuple[Entry, ...]:
        """All that was gathered, in order."""
        return tuple(entry for part in self.parts for entry in part.entries)

    @property
    def works(self) -> tuple[Bibliography, ...]:
        """Every work that is cited or rested on, once, in order."""
        return tuple({work.id: work for entry in self.entries for work in entry.works}.values())

    @property
    def all_questions(self) -> tuple[Question, ...]:
        """Every question to discuss: those of the parts, then those of the whole."""
        return (*(question for part in self.parts for question in part.questions), *self.questions)

    @property
    def whole_quiz(self) -> tuple[QuizItem, ...]:
        """Every question of the quiz: those of the parts, then those of the whole."""
        return (*(item for part in self.parts for item in part.quiz), *self.quiz)

    @property
    def teaches(self) -> bool:
        """Whether it is a teaching pack."""
        told = self.outcomes or self.level or self.questions or self.quiz
        return bool(told) or any(part.role or part.questions or part.quiz for part in self.parts)
