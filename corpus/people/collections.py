"""What somebody gathered for a course or a brief: entries in sections, with their own words around them.

A collection is a value: what it is made of, and what people type as it is kept.  `corpus.people.collecting` changes
it, `corpus.people.collection_store` keeps it, `corpus.people.showing` tells what may be shown of it today.

Each part that people write into (the front, a section, an entry's note, the teaching pack) carries the revision of its
last change.  A form says which revision it was made from: what somebody else changed since is never overwritten unseen,
and two who work on different parts do not get into each other's way.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Literal

from corpus.errors import FingerpostError, UsageError
from corpus.messages import Message
from corpus.values import Value

ENTRIES_MOST = 300
SECTIONS_MOST = 60
TITLE_MOST = 200
NAME_MOST = 200
TEXT_MOST = 10_000
"""Characters of an introduction, a section's text or a note: three printed pages."""
LINE_MOST = 500
"""Characters of an outcome, a level, a quiz's answer."""
LINES_MOST = 30
"""Outcomes, questions or quiz questions of one collection, answers of one question."""
FOUND_MOST = 200
"""Characters of what a search found in an entry: some words of a snippet."""
CHARACTERS_MOST = 1_500_000
"""Characters of a whole collection, kept quotations with it: beyond what any course or brief gathers."""

Role = Literal["", "case", "lessons", "reading"]
ROLES: tuple[Role, ...] = ("", "case", "lessons", "reading")
Kind = Literal["passage", "statement", "practice", "document"]
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8}){0,3}")
RIGHT = "*"
"""What stands before the right answers of a quiz question where it is written as lines."""


class EditedMeanwhile(FingerpostError, RuntimeError):
    """Somebody else changed the same part, or took it away, after the form was shown."""


class Gathered(Value, frozen=True):
    """One entry: what it is, its words as they stood when it was gathered, and what the author notes on it.

    ``number`` is its own within the collection and never given again; ``doc`` is the document that it stands in
    (blank: a practice record of ours).
    """

    number: int
    kind: Kind
    item: str
    doc: str = ""
    quotation: str = ""
    gathered: str = ""
    """The day, ISO 8601."""
    note: str = ""
    revision: int = 0
    found: str = ""
    """What a search found in it, as it stands there: a short quotation is cut around that."""


class Section(Value, frozen=True):
    """A heading with the author's words and entries; the first section may do without a heading."""

    number: int
    heading: str = ""
    text: str = ""
    role: Role = ""
    entries: tuple[Gathered, ...] = ()
    revision: int = 0


class Answer(Value, frozen=True):
    """One answer that a quiz offers."""

    text: str
    right: bool = False


class Question(Value, frozen=True):
    """A question to discuss, with notes for who leads the discussion (shown apart: learners need not see them)."""

    text: str
    notes: str = ""


class QuizItem(Value, frozen=True):
    """A question with answers to choose from, at least two, of which at least one is right; then why it is right."""

    text: str
    answers: tuple[Answer, ...]
    explanation: str = ""


class Teaching(Value, frozen=True):
    """What makes a collection a teaching pack."""

    outcomes: tuple[str, ...] = ()
    level: str = ""
    duration: str = ""
    warning: str = ""
    questions: tuple[Question, ...] = ()
    quiz: tuple[QuizItem, ...] = ()
    revision: int = 0


class Front(Value, frozen=True):
    """What stands before everything: title, the author's introduction, their name where they give it, the language."""

    title: str
    introduction: str = ""
    author: str = ""
    language: str = "en"
    """BCP 47, of the author's words."""
    revision: int = 0


class Collection(Value, frozen=True):
    """Everything that somebody gathered; ``next`` is the number of the next section or entry."""

    front: Front
    sections: tuple[Section, ...] = (Section(number=0),)
    teaching: Teaching = Teaching()
    next: int = 1

    @property
    def entries(self) -> tuple[Gathered, ...]:
        """All entries, in order."""
        return tuple(entry for section in self.sections for entry in section.entries)

    def entry(self, number: int) -> Gathered:
        """The entry with this number; raises EditedMeanwhile where it was taken away."""
        for entry in self.entries:
            if entry.number == number:
                return entry
        raise EditedMeanwhile(Message("This entry was removed meanwhile; open the collection again."))

    def section(self, number: int) -> Section:
        """The section with this number; raises EditedMeanwhile where it was taken away."""
        for section in self.sections:
            if section.number == number:
                return section
        raise EditedMeanwhile(Message("This section was removed meanwhile; open the collection again."))


# ---------------------------------------------------------------------------------------------- what people type


def plain(text: str, most: int) -> str:
    """A text as it is kept: no control characters, one kind of line end.

    Raises:
        UsageError: it is longer than ``most`` characters.
    """
    told = _CONTROL.sub("", text.replace("\r\n", "\n").replace("\r", "\n")).strip()
    if len(told) > most:
        raise UsageError(
            Message(
                "The text that begins “%(start)s” has %(n)s characters, %(most)s at most are kept: shorten it.",
                start=told[:40],
                n=len(told),
                most=most,
            )
        )
    return told


def front(title: str, introduction: str = "", author: str = "", language: str = "en") -> Front:
    """What was typed as a front; raises UsageError where the title is blank, something too long, the language none."""
    told = " ".join(plain(title, TITLE_MOST).split())
    if not told:
        raise UsageError(Message("A collection needs a title: give it one."))
    code = language.strip() or "en"
    if not _LANGUAGE.fullmatch(code):
        raise UsageError(
            Message("“%(code)s” is no code of a language: write en, fr, es, ar or the like.", code=code[:20])
        )
    return Front(
        title=told,
        introduction=plain(introduction, TEXT_MOST),
        author=" ".join(plain(author, NAME_MOST).split()),
        language=code,
    )


def lines_of(text: str) -> tuple[str, ...]:
    """The lines of a text that are not blank; raises UsageError for too many or too long ones."""
    told = [plain(line, LINE_MOST) for line in text.splitlines() if line.strip()]
    if len(told) > LINES_MOST:
        raise UsageError(
            Message("There are %(n)s lines, %(most)s at most are kept: leave some out.", n=len(told), most=LINES_MOST)
        )
    return tuple(line for line in told if line)


def question(text: str, notes: str) -> Question | None:
    """A question to discuss as it was typed; None where it is blank."""
    told, aside = plain(text, TEXT_MOST), plain(notes, TEXT_MOST)
    if aside and not told:
        raise UsageError(Message("A note for the facilitator has no question: write the question too."))
    return Question(text=told, notes=aside) if told else None


def quiz_item(text: str, answers: str, explanation: str) -> QuizItem | None:
    """A quiz question as it was typed, an answer a line, the right ones after RIGHT; None where all is blank.

    Raises:
        UsageError: it cannot be answered.
    """
    told, why = plain(text, TEXT_MOST), plain(explanation, TEXT_MOST)
    given = [(line.startswith(RIGHT), line.lstrip(f"{RIGHT} ")) for line in lines_of(answers)]
    choices = tuple(Answer(text=line, right=right) for right, line in given if line)
    if not (told or choices or why):
        return None
    if not told or len(choices) < 2 or not any(one.right for one in choices):
        raise UsageError(
            Message(
                "The quiz question “%(start)s” needs its words and two answers or more, one a line, with * before each "
                "right one.",
                start=told[:60],
            )
        )
    return QuizItem(text=told, answers=choices, explanation=why)


def answers_typed(item: QuizItem) -> str:
    """The answers as `quiz_item` reads them."""
    return "\n".join(f"{RIGHT} {one.text}" if one.right else one.text for one in item.answers)


def teaching(
    outcomes: str, level: str, duration: str, warning: str, questions: Iterable[Question], quiz: Iterable[QuizItem]
) -> Teaching:
    """What was typed as a teaching pack; raises UsageError where something is too long or too much."""
    asked, tested = tuple(questions), tuple(quiz)
    if max(len(asked), len(tested)) > LINES_MOST:
        raise UsageError(
            Message("A collection keeps %(most)s questions of a kind at most: leave some out.", most=LINES_MOST)
        )
    return Teaching(
        outcomes=lines_of(outcomes),
        level=plain(level, LINE_MOST),
        duration=plain(duration, LINE_MOST),
        warning=plain(warning, TEXT_MOST),
        questions=asked,
        quiz=tested,
    )


_ITEM = re.compile(r"[a-z0-9][a-z0-9-]*(\.[ps][0-9a-f]{12}(\.[0-9]+)?)?")
_ADDRESS = re.compile(r"/(passages|statements|practices|documents|notes|cite)/([^/?#\s]+)")
_MARKED = re.compile(r"[?&]passage=([^&#\s]+)")


def item_in(text: str) -> str:
    """The id that somebody typed or pasted: itself, or out of an address of ours; a page's marked passage first.

    Raises:
        UsageError: it is neither.
    """
    told = text.strip()
    found = _MARKED.search(told) or _ADDRESS.search(told)
    identifier = found[found.lastindex or 0] if found else told
    if len(identifier) > NAME_MOST or not _ITEM.fullmatch(identifier):
        raise UsageError(
            Message(
                "“%(given)s” is no address of a passage, statement, practice or document here: open what you want to "
                "add, and copy its address or its id.",
                given=told[:60],
            )
        )
    return identifier
