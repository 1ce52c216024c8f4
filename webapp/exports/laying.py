"""A dossier laid out: chapters of blocks with numbered notes and the works they cite, the same for every format.

Here it is decided once what each entry may carry, which number its note has, and what the list of sources says; the
renderers only write it down.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from functools import wraps
from string import ascii_lowercase
from typing import Concatenate, Literal, NamedTuple, ParamSpec

import msgspec

from corpus.errors import UsageError
from corpus.messages import Message
from corpus.model import Standing
from corpus.rendering import NUMBERED, STYLES
from corpus.resting import WITHDRAWN, Rest
from index.lists import carried, clean, may_be_copied
from webapp.exports.dossier import Dossier, Entry, EntryKind, Part, Question, QuizItem
from webapp.exports.noting import Run, Runs, Source, cited_works, note, plain
from webapp.languages import gettext as _
from webapp.languages import pgettext, speaking
from webapp.present import RIGHT_TO_LEFT, outside
from webapp.words import date_words, kind_label, standing_label, voice_words

ENTRIES_MOST = 1_000
"""Entries in one file; a word processor's contents and notes stay usable up to here."""
CHARACTERS_MOST = 5_000_000
"""Characters of all texts together: ten times a long report."""

_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*")
_P = ParamSpec("_P")
_PARAGRAPHS = re.compile(r"\n\s*\n")

QUOTED = (EntryKind.PASSAGE, EntryKind.STATEMENT)
"""What is told word for word."""

Kind = Literal[
    "heading", "paragraph", "quotation", "bullets", "numbers", "remark", "warning", "small", "letters", "works"
]


class Block(NamedTuple):
    """One piece of a chapter: ``lines`` are a heading's one line, paragraphs of a text, or items of a list.

    ``level`` is told for headings (2–3, chapters have 1).  ``language`` is blank where it is the dossier's.
    """

    kind: Kind
    lines: tuple[Runs, ...]
    level: int = 0
    language: str = ""

    @property
    def notes(self) -> tuple[int, ...]:
        """The numbers of the notes whose marks stand in it."""
        return tuple(run.note for line in self.lines for run in line if run.note)


class Chapter(NamedTuple):
    """A part of the file that may become a page of its own; only who leads a course needs what is ``for_teachers``."""

    name: str
    """Plain letters and digits, unlike any other chapter's: for anchors and file names."""
    heading: str
    blocks: tuple[Block, ...]
    for_teachers: bool = False


class Laid(NamedTuple):
    """The whole file; note ``n`` is ``notes[n - 1]`` and belongs to the nth entry."""

    dossier: Dossier
    style: str
    opening: Chapter
    chapters: tuple[Chapter, ...]
    notes: tuple[Runs, ...]
    sources: tuple[Source, ...]

    @property
    def language(self) -> str:
        """BCP 47, of all that has no other language."""
        return tongue(self.dossier.language) or "en"


def in_its_language(render: Callable[Concatenate[Dossier, _P], bytes]) -> Callable[Concatenate[Dossier, _P], bytes]:
    """A renderer whose headings are in the language of the author's words, whatever the page's."""

    @wraps(render)
    def rendered(dossier: Dossier, /, *args: _P.args, **options: _P.kwargs) -> bytes:
        with speaking(dossier.language):
            return render(dossier, *args, **options)

    return rendered


def lay_out(dossier: Dossier, style: str = "apa", accessed: date | None = None) -> Laid:
    """The dossier in chapters, cited in ``style``; ``accessed`` is the day that styles tell for what is on the web.

    Raises:
        UsageError: an unknown style, a dossier that is too long for one file, a quiz that cannot be answered.
    """
    check(dossier, style)
    works = cited_works(dossier.entries, style, accessed)
    notes = tuple(note(entry, works[entry.work.id], style, accessed) for entry in dossier.entries)
    sources = tuple(sorted(works.values(), key=lambda source: source.number))
    numbers = iter(range(1, len(notes) + 1))
    chapters = [_part(part, at, numbers) for at, part in enumerate(dossier.parts, 1)]
    chapters += [*_to_discuss(dossier), *_quiz(dossier)]
    if not dossier.for_learners:
        chapters += _for_teachers(dossier)
    chapters.append(_sources(dossier, sources, style))
    return Laid(dossier, style, _opening(dossier), tuple(chapters), notes, sources)


def check(dossier: Dossier, style: str) -> None:
    """Whether a file can be made of the dossier; raises as `lay_out` does."""
    if style not in STYLES:
        known = ", ".join(STYLES)
        raise UsageError(Message("There is no style “%(style)s”; use one of %(known)s.", style=style[:40], known=known))
    entries = len(dossier.entries)
    if entries > ENTRIES_MOST:
        raise UsageError(
            Message(
                "This has %(n)s entries, a file holds %(most)s at most: make several of it.",
                n=entries,
                most=ENTRIES_MOST,
            )
        )
    if sum(map(len, _texts(dossier))) > CHARACTERS_MOST:
        raise UsageError(
            Message("This has more than %(most)s characters: make several files of it.", most=CHARACTERS_MOST)
        )
    for item in dossier.whole_quiz:
        if len(item.answers) < 2 or not any(answer.right for answer in item.answers):
            raise UsageError(
                Message(
                    "The quiz question “%(question)s” needs two answers or more, one of them right: mend it.",
                    question=item.text[:60],
                )
            )


def _texts(dossier: Dossier) -> Iterator[str]:
    yield from (dossier.title, dossier.introduction, dossier.warning, *dossier.outcomes)
    for part in dossier.parts:
        yield from (part.heading, part.text)
        for entry in part.entries:
            yield from (entry.text, entry.note, entry.title, *(line for field in entry.fields for line in field.lines))
    yield from (text for question in dossier.all_questions for text in (question.text, question.notes))
    for item in dossier.whole_quiz:
        yield from (item.text, item.explanation, *(answer.text for answer in item.answers))


# ---------------------------------------------------------------------------------------------- chapters


def _opening(dossier: Dossier) -> Chapter:
    """What stands before the contents: who and when, the warning, the author's words, the aims of a course."""
    blocks = [
        *_small(" · ".join(told for told in (clean(dossier.author), date_words(dossier.date)) if told)),
        *_labelled(_("Content warning:"), dossier.warning, "warning"),
        *_text(dossier.introduction),
        *_labelled(_("For whom:"), dossier.level),
        *_labelled(_("Time needed:"), dossier.duration),
    ]
    if dossier.outcomes:
        blocks.append(_heading(_("What learners will be able to do"), 2))
        blocks.append(Block("bullets", tuple(plain(outcome) for outcome in dossier.outcomes)))
    return Chapter("opening", clean(dossier.title), tuple(blocks))


def _part(part: Part, at: int, numbers: Iterator[int]) -> Chapter:
    roles = {"case": _("A case"), "lessons": _("Lessons"), "reading": _("Reading")}
    blocks = list(_text(part.text))
    for entry, number in zip(part.entries, numbers, strict=False):
        blocks += _entry(entry, number)
    return Chapter(f"part-{at}", clean(part.heading) or roles.get(part.role, ""), tuple(blocks))


def _entry(entry: Entry, number: int) -> Iterator[Block]:
    """An entry with the mark of its note: at the end of a quotation, behind the title of a practice or document."""
    told = carried(entry.text, entry.rights, entry.snippet)
    open_to_all = may_be_copied(entry.rights)
    if entry.kind in QUOTED:
        yield _quotation(told, entry.language, number)
        yield from _small(_standing(entry))
    else:
        title = clean(entry.title or entry.work.title)
        yield Block("heading", ((Run(title), Run("", note=number)),), 2, tongue(entry.language))
        yield from _text(told, language=entry.language)
        for field in entry.fields if open_to_all else ():
            yield _heading(field.heading, 3)
            lines = tuple(plain(line) for line in field.lines)
            yield Block("bullets" if len(lines) > 1 else "paragraph", lines, language=tongue(entry.language))
        yield from _small(_standing(entry))
        if entry.is_our_summary:
            yield from _small(our_summary(clean("; ".join(in_words(rest).line for rest in entry.rests))))
    if told != clean(entry.text) or (entry.fields and not open_to_all):
        link = outside(entry.work.url)
        whole = (Run(" "), Run(_("Read the whole at the source."), link=link)) if link else ()
        yield Block("small", ((Run(_("Shortened, as no open licence is known.")), *whole),))
    yield from _text(entry.note, "remark")


def _standing(entry: Entry) -> str:
    """What an entry says, whose word it is, how its work stands to what it speaks of."""
    expected = _("(expected)") if entry.achieved == "expected" else ""
    says = f"{kind_label(entry.says)} {expected}".strip() if entry.says else ""
    standing = entry.work.standing
    stands = standing_label(standing.value) if standing is not Standing.UNKNOWN else ""
    return " · ".join(part for part in (says, voice_words(entry.voice), stands) if part)


def our_summary(told: str) -> str:
    """That the words are ours, and what they rest on."""
    if not told:
        return _("Our summary of the sources, not their words.")
    return _("Our summary, not the words of its sources: %(sources)s", sources=told)


def in_words(rest: Rest) -> Rest:
    """With what is said of a withdrawn document in the language that is spoken."""
    return msgspec.structs.replace(rest, title=_(rest.title)) if rest.title == WITHDRAWN else rest


def _to_discuss(dossier: Dossier) -> Iterator[Chapter]:
    if dossier.all_questions:
        lines = tuple(plain(question.text) for question in dossier.all_questions)
        yield Chapter("discussion", _("Questions for discussion"), (Block("numbers", lines),))


def _quiz(dossier: Dossier) -> Iterator[Chapter]:
    blocks = []
    for at, item in enumerate(dossier.whole_quiz, 1):
        blocks.append(Block("paragraph", ((Run(f"{at}. ", bold=True), *plain(item.text)),)))
        blocks.append(Block("letters", tuple(plain(answer.text) for answer in item.answers)))
    if blocks:
        yield Chapter("quiz", _("A short quiz"), tuple(blocks))


def _for_teachers(dossier: Dossier) -> Iterator[Chapter]:
    """What is for who leads the course only: notes on the questions, the answers of the quiz."""
    blocks: list[Block] = []
    for at, question in enumerate(dossier.all_questions, 1):
        blocks += _noted(at, question)
    if dossier.whole_quiz:
        blocks.append(_heading(_("Answers to the quiz"), 2))
    for at, item in enumerate(dossier.whole_quiz, 1):
        blocks.append(Block("paragraph", ((Run(f"{at}. ", bold=True), *plain(_solved(item))),)))
    if blocks:
        yield Chapter("facilitator", _("Notes for the facilitator"), tuple(blocks), for_teachers=True)


def _noted(at: int, question: Question) -> Iterator[Block]:
    if question.notes:
        yield Block("paragraph", ((Run(f"{at}. ", bold=True), *plain(question.text)),))
        yield from _text(question.notes)


def _solved(item: QuizItem) -> str:
    """ "b: because …" """
    right = ", ".join(letter(at) for at, answer in enumerate(item.answers) if answer.right)
    return f"{right}: {item.explanation}" if item.explanation else right


def letter(at: int) -> str:
    """The letter of an answer, from 0: a, b … z, then numbers."""
    return ascii_lowercase[at] if at < len(ascii_lowercase) else str(at + 1)


def _sources(dossier: Dossier, sources: Sequence[Source], style: str) -> Chapter:
    """Every work once, with its rights; then what the reader should know of this file."""
    told = tuple((*source.reference, Run(f" · {_rights(source)}")) for source in sources)
    blocks = [Block("works" if style not in NUMBERED else "numbers", told)] if told else []
    blocks.append(_heading(_("About this file"), 2))
    if any(entry.kind in QUOTED for entry in dossier.entries):
        blocks += _text(
            _("Quotations are word for word. Of works without an open licence this file holds short quotations only.")
        )
    if any(entry.is_our_summary for entry in dossier.entries):
        blocks += _text(_("Practices are told in our own summary of the sources that stand with them."))
    if address := outside(dossier.address):
        line = (Run(_("It can be read on line:") + " "), Run(address, link=address))
        blocks.append(Block("paragraph", (line,)))
    return Chapter("sources", pgettext("list of works", "Sources"), tuple(blocks))


def _rights(source: Source) -> str:
    if source.rights:
        return _("Rights: %(rights)s", rights=source.rights)
    return _("Rights not known: ask the publisher before you copy more than a short quotation.")


# ---------------------------------------------------------------------------------------------- blocks


def _heading(text: str, level: int) -> Block:
    return Block("heading", ((Run(clean(text)),),), level)


def _text(text: str, kind: Kind = "paragraph", language: str = "") -> Iterator[Block]:
    """A text in paragraphs; nothing where it is blank."""
    lines = tuple(plain(part) for part in _PARAGRAPHS.split(text) if part.strip())
    if lines:
        yield Block(kind, lines, language=tongue(language))


def _labelled(label: str, text: str, kind: Kind = "paragraph") -> Iterator[Block]:
    """A text that begins with what it is; nothing where it is blank."""
    for block in _text(text, kind):
        first, *others = block.lines
        yield block._replace(lines=((Run(label, bold=True), Run(" "), *first), *others))


def _quotation(text: str, language: str, number: int) -> Block:
    """The quotation line by line, as it stands in the source; the mark of its note behind its last word."""
    lines: list[Runs] = [(Run(line),) for line in text.split("\n") if line.strip()] or [(Run(text),)]
    lines[-1] = (*lines[-1], Run("", note=number))
    return Block("quotation", tuple(lines), language=tongue(language))


def _small(text: str) -> Iterator[Block]:
    if text:
        yield Block("small", ((Run(text),),))


def tongue(language: str) -> str:
    """A language as files name it (BCP 47); blank where it is none."""
    return language if _LANGUAGE.fullmatch(language) else ""


def is_rightward(text: str, language: str = "") -> bool:
    """Whether a text is written from right to left: by its first letter that tells, else by its language."""
    for character in text:
        found = unicodedata.bidirectional(character)
        if found in ("R", "AL", "L"):
            return found != "L"
    return language.split("-")[0] in RIGHT_TO_LEFT
