"""A dossier for other programs: JSON with everything in it, BibTeX, RIS and CSL-JSON with its works."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

import msgspec

from corpus.citation import cite
from corpus.exchange import Cited, csl_item, locator
from corpus.resting import OUR_SUMMARY
from corpus.values import Value
from index.labels import label
from index.lists import bibliography, carried, clean, may_be_copied
from webapp.exports.dossier import Answer, Dossier, Entry, EntryKind, Field, Question, QuizItem
from webapp.exports.laying import Laid, check, lay_out
from webapp.exports.noting import Runs

FORMAT = "fingerpost-dossier"
VERSION = 1


class WorkFile(Value, frozen=True, omit_defaults=False):
    """A work: its number in the list of sources, the reference in the style, its rights, the work as CSL-JSON."""

    number: int
    id: str
    reference: str
    rights: str
    csl: dict[str, Any]


class SourceFile(Value, frozen=True, omit_defaults=False):
    """What a record of ours rests on: its letter where there are several, the id of one of the works, the place."""

    letter: str
    work: str
    title: str
    where: str


class EntryFile(Value, frozen=True, omit_defaults=False):
    """An entry as far as its rights let it be carried; ``number`` is its note's, ``work`` the id of one of the works.

    Pages are as printed, else the sheet's number; blank where there are none.  ``says`` and ``voice`` are a
    statement's, ``standing`` is the work's; of a record of ours ``words`` says that it is a summary, ``sources``
    of what.
    """

    number: int
    kind: str
    id: str
    work: str
    title: str
    text: str
    shortened: bool
    fields: tuple[Field, ...]
    language: str
    pages: str
    section: str
    citation: str
    address: str
    note: str
    rights: str
    says: str
    voice: str
    standing: str
    words: str
    sources: tuple[SourceFile, ...]


class PartFile(Value, frozen=True, omit_defaults=False):
    """A part, as `webapp.exports.dossier.Part` tells it."""

    heading: str
    role: str
    text: str
    entries: tuple[EntryFile, ...]
    questions: tuple[Question, ...]
    quiz: tuple[QuizItem, ...]


class DossierFile(Value, frozen=True, omit_defaults=False):
    """The whole file; its fields are those of `webapp.exports.dossier.Dossier`."""

    format: str
    version: int
    style: str
    title: str
    introduction: str
    author: str
    date: str
    language: str
    address: str
    outcomes: tuple[str, ...]
    level: str
    duration: str
    warning: str
    parts: tuple[PartFile, ...]
    questions: tuple[Question, ...]
    quiz: tuple[QuizItem, ...]
    works: tuple[WorkFile, ...]


def render_json(dossier: Dossier, style: str = "apa", accessed: date | None = None) -> bytes:
    """The dossier as JSON in UTF-8."""
    laid = lay_out(dossier, style, accessed)
    told = DossierFile(
        format=FORMAT,
        version=VERSION,
        style=style,
        title=clean(dossier.title),
        introduction=clean(dossier.introduction),
        author=clean(dossier.author),
        date=clean(dossier.date),
        language=laid.language,
        address=clean(dossier.address),
        outcomes=tuple(map(clean, dossier.outcomes)),
        level=clean(dossier.level),
        duration=clean(dossier.duration),
        warning=clean(dossier.warning),
        parts=tuple(_parts(laid)),
        questions=_questions(dossier, dossier.questions),
        quiz=_quiz(dossier, dossier.quiz),
        works=tuple(
            WorkFile(
                number=source.number,
                id=clean(source.work.id),
                reference=_words(source.reference),
                rights=source.rights,
                csl=_cleaned(csl_item(Cited(source.work, accessed=accessed)), dict[str, Any]),
            )
            for source in laid.sources
        ),
    )
    return msgspec.json.format(msgspec.json.encode(told), indent=2) + b"\n"


def _parts(laid: Laid) -> Iterator[PartFile]:
    notes = enumerate(laid.notes, 1)
    for part in laid.dossier.parts:
        yield PartFile(
            heading=clean(part.heading),
            role=part.role,
            text=clean(part.text),
            entries=tuple(
                _entry(entry, number, note) for entry, (number, note) in zip(part.entries, notes, strict=False)
            ),
            questions=_questions(laid.dossier, part.questions),
            quiz=_quiz(laid.dossier, part.quiz),
        )


def _questions(dossier: Dossier, asked: tuple[Question, ...]) -> tuple[Question, ...]:
    told: tuple[Question, ...] = _cleaned(asked, tuple[Question, ...])
    return tuple(Question(text=one.text) for one in told) if dossier.for_learners else told


def _quiz(dossier: Dossier, tested: tuple[QuizItem, ...]) -> tuple[QuizItem, ...]:
    """The quiz; for learners no answer is marked as right."""
    told: tuple[QuizItem, ...] = _cleaned(tested, tuple[QuizItem, ...])
    if not dossier.for_learners:
        return told
    return tuple(QuizItem(text=one.text, answers=tuple(Answer(text=a.text) for a in one.answers)) for one in told)


def _entry(entry: Entry, number: int, note: Runs) -> EntryFile:
    told = carried(entry.text, entry.rights, entry.snippet)
    whole = may_be_copied(entry.rights)
    return EntryFile(
        number=number,
        kind=entry.kind.value,
        id=clean(entry.id),
        work=clean(entry.work.id),
        title=clean(entry.title),
        text=told,
        shortened=told != clean(entry.text) or bool(entry.fields and not whole),
        fields=_cleaned(entry.fields if whole else (), tuple[Field, ...]),
        language=clean(entry.language),
        pages=clean(locator(entry.span).pages),
        section=clean(entry.section),
        citation=_words(note),
        address=clean(entry.address),
        note=clean(entry.note),
        rights=clean(entry.rights),
        says=label("kind", entry.says, {}) if entry.says else "",
        voice=label("voice", entry.voice, {}) if entry.voice else "",
        standing=label("standing", entry.work.standing.value, {}),
        words=OUR_SUMMARY if entry.is_our_summary else "",
        sources=tuple(
            SourceFile(letter=rest.letter, work=clean(rest.doc), title=clean(rest.title), where=clean(rest.where))
            for rest in entry.rests
        ),
    )


def _words(runs: Runs) -> str:
    return "".join(run.text for run in runs)


def _cleaned(value: object, kind: Any) -> Any:
    """The value with every text cleaned of what no file format allows."""

    def told(part: object) -> object:
        if isinstance(part, str):
            return clean(part)
        if isinstance(part, dict):
            return {key: told(inner) for key, inner in part.items()}
        return [told(inner) for inner in part] if isinstance(part, list | tuple) else part

    return msgspec.convert(told(msgspec.to_builtins(value)), kind)


def render_bibtex(dossier: Dossier, style: str = "apa", accessed: date | None = None) -> bytes:
    """The works as BibTeX, each once; the style changes nothing."""
    return _references(dossier, style, accessed, "bibtex")


def render_ris(dossier: Dossier, style: str = "apa", accessed: date | None = None) -> bytes:
    """The works as RIS, each once; the style changes nothing."""
    return _references(dossier, style, accessed, "ris")


def _references(dossier: Dossier, style: str, accessed: date | None, form: Any) -> bytes:
    """Every work once, with our address where the work itself was gathered."""
    check(dossier, style)
    whole = (EntryKind.PRACTICE, EntryKind.DOCUMENT)
    ours = {entry.work.id: entry.address for entry in dossier.entries if entry.kind in whole}
    told = (cite(work, format=form, accessed=accessed, public_url=ours.get(work.id, "")) for work in dossier.works)
    return clean(bibliography(told, form)).encode()
