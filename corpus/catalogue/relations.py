"""What documents are to one another: the brief, the management response and the synthesis of an evaluation.

Told by what a document says of itself on its first pages (the evaluation's name, the project's code), by shared words
and by recommendations that both hold.  A curator's word (`corpus.corrections.RELATIONS`) wins: where a person said
what a document is the brief, the response or the synthesis of, no rule says anything.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Literal, get_args

from sqlalchemy import Text, delete, insert, or_, select, type_coerce

from corpus.catalogue import tables as t
from corpus.catalogue.corrected import corrections
from corpus.catalogue.entries import DocumentEntry
from corpus.catalogue.reader import Catalogue
from corpus.catalogue.writer import CatalogueWriter, next_revision
from corpus.corrections import RELATIONS
from corpus.ids import fold
from corpus.likeness import ALIKE
from corpus.model import Response, Standing, Statement, StatementKind, Value
from corpus.sources import OURS

Kind = Literal["brief-of", "response-to", "synthesis-of"]
"""What a document is to another."""

Pair = tuple[str, str, Kind, Literal["rule", "person"]]
"""A row: the document, the other, what it is to the other, and who says so."""

NAME_WORDS = 3
"""A title whose own words, without "final evaluation of the project" and the like, are fewer names too much."""

FIRST_PAGES = 2
FIRST_WORDS = 700
"""Where a brief, a response or a synthesis says what it belongs to."""

ENOUGH = 2
"""A name or a code that both have is enough (2 each), much shared text half of it (1), for a brief all of it (2)."""

SAME_SHARE, SAME_LEAST = 0.6, 4
"""Two recommendations are one when they share so much of the shorter one's content words, and so many."""

CONTENT_LETTERS = 4
"""Shorter words (of, and, les, para) say nothing of what is recommended."""

ANSWERED_SHARE = 0.5
ANSWERED_LEAST = 2
"""A response belongs to the evaluation that has this share of its recommendations, and so many."""

_FRAME = frozenset((
    "final", "finale", "evaluation", "evaluations", "evaluacion", "of", "the", "project", "projet", "proyecto",
    "programme",
    "program", "report", "rapport", "informe", "internal", "external", "independent", "independante", "interne",
    "externe",
    "mid", "term", "midterm", "ex", "post", "for", "an", "a", "de", "du", "des", "la", "le", "l", "del", "el", "d",
    "brief",
    "summary", "synthesis", "thematic", "impact", "end", "line", "endline", "management", "response", "to", "on",
))  # fmt: skip
"""Words that frame a project's name in the title of its evaluation."""

_CODE = re.compile(r"\b[A-Z]{2}[.-]\d{3,5}\b|\b[A-Z]{2}\d{2}[A-Z]\d{3,5}\b|\b[A-Z]{2,5}[-/]\d{2,4}[-/]\d{2,5}\b")
_QUOTED = re.compile(r"[“\"«‘]\s?(?P<name>[^”\"»’]{10,200}?)\s?[”\"»’]")


class Related(Value, frozen=True):
    """What a document is to ``doc`` (its ``kind``), or with ``inverse`` what ``doc`` is to the document."""

    doc: str
    kind: Kind
    inverse: bool = False
    origin: Literal["rule", "person"] = "rule"


class Answer(Value, frozen=True):
    """What management answered to a recommendation, and the document that says so."""

    doc: str
    response: Response


# ---------------------------------------------------------------------------------------------- reading


def related(catalogue: Catalogue, doc: str) -> tuple[Related, ...]:
    """The documents that belong to the same evaluation and may be shown."""
    shown = frozenset(catalogue.document_ids())
    found = []
    for one, other, kind, origin in _rows(catalogue):
        if doc in (one, other) and {one, other} <= shown:
            found.append(Related(doc=other if one == doc else one, kind=kind, inverse=other == doc, origin=origin))
    return tuple(sorted(found, key=lambda r: (get_args(Kind).index(r.kind), r.doc)))


def answers(catalogue: Catalogue, doc: str) -> dict[str, Answer]:
    """The answers to a document's recommendations by the id of the statement: its own, and those of its responses.

    A brief has the answers that its evaluation got.
    """
    entry = catalogue.entry(doc)
    family = {r.doc for r in related(catalogue, doc) if r.kind == "response-to" and r.inverse}
    for whole in (r.doc for r in related(catalogue, doc) if r.kind == "brief-of" and not r.inverse):
        family |= {r.doc for r in related(catalogue, whole) if r.kind == "response-to" and r.inverse}
    told = [Answer(doc=doc, response=response) for response in entry.responses]
    told += [Answer(doc=one, response=r) for one in sorted(family) for r in catalogue.entry(one).responses]
    if not told:
        return {}
    asked = [s for s in catalogue.statements(doc) if s.kind is StatementKind.RECOMMENDATION]
    return tied(asked, told)


def tied(asked: Iterable[Statement], told: Sequence[Answer]) -> dict[str, Answer]:
    """For each recommendation the answer to the one that has most of its words; none where no answer has enough."""
    words = [(_content(one.response.recommendation), one) for one in told]
    found = {}
    for statement in asked:
        own = _content(statement.text)
        share, place = max(((_same(own, other), -n) for n, (other, _) in enumerate(words)), default=(0.0, 0))
        if share:
            found[statement.id] = words[-place][1]
    return found


def _rows(catalogue: Catalogue) -> list[Pair]:
    query = select(t.relations).order_by(t.relations.c.document_id, t.relations.c.other_id)
    with catalogue.engine.connect() as connection:
        return [(r.document_id, r.other_id, r.kind, r.origin) for r in connection.execute(query)]


def _content(text: str) -> frozenset[str]:
    return frozenset(word for word in fold(text).split() if len(word) >= CONTENT_LETTERS)


def _same(one: frozenset[str], other: frozenset[str]) -> float:
    """How much of the shorter of two recommendations is in the other; 0 where that is too little to be one."""
    shared = len(one & other)
    share = shared / max(min(len(one), len(other)), 1)
    return share if shared >= SAME_LEAST and share >= SAME_SHARE else 0.0


# ---------------------------------------------------------------------------------------------- writing


def relate(writer: CatalogueWriter) -> int:
    """Work out which documents belong to one evaluation; returns how many pairs a rule relates now."""
    before = {(one, other, kind) for one, other, kind, origin in _rows(writer) if origin == "rule"}
    decided = {(one.doc, one.field) for one in corrections(writer) if one.field in RELATIONS}
    found = {(doc, other, kind) for doc, other, kind in _work_out(writer) if (doc, kind) not in decided}
    if found != before:
        with writer.engine.begin() as connection:
            connection.execute(delete(t.relations).where(t.relations.c.origin == "rule"))
            if found:
                names = ("document_id", "other_id", "kind")
                rows = [dict(zip(names, one, strict=True)) | {"origin": "rule"} for one in sorted(found)]
                connection.execute(insert(t.relations), rows)
            next_revision(connection)
    return len(found)


# ---------------------------------------------------------------------------------------------- working out


def _work_out(writer: CatalogueWriter) -> Iterable[tuple[str, str, Kind]]:
    entries = writer.entries()
    children = [(entry, kind) for entry in entries if (kind := _kind_of(entry)) is not None]
    wholes = [entry for entry in entries if _is_whole(entry)]
    if not children or not wholes:
        return
    names = {entry.card.id: _names_of(entry.card.title) for entry in wholes}
    titles = {entry.card.id: f" {fold(entry.card.title)} " for entry in wholes}
    dates = {entry.card.id: entry.card.year or 0 for entry in entries}
    asked = _recommendations(writer, [e.card.id for e in wholes]) if any(e.responses for e, _ in children) else {}
    for entry, kind in children:
        doc = entry.card.id
        first = _first_words(writer, doc)
        text = f" {fold(entry.card.title)} | {fold(first)} "
        quoted = [name for m in _QUOTED.finditer(first) for name in _names_of(m["name"])]
        score: dict[str, int] = dict.fromkeys(names, 0)
        for other in names:
            named = any(f" {name} " in text for name in names[other])
            named = named or any(f" {name} " in titles[other] for name in quoted)
            score[other] += 2 * named
        for other in _with_codes(writer, set(_CODE.findall(f"{entry.card.title} {first}"))) & names.keys():
            score[other] += 2
        for other, percent in _like(writer, doc).items():
            if other in score and percent >= ALIKE:
                score[other] += 2 if kind == "brief-of" else 1
        for other, share in _answered(entry.responses, asked).items():
            score[other] += 3 if share >= ANSWERED_SHARE else 0
        fit = [other for other in score if score[other] >= ENOUGH and other != doc]
        if kind != "synthesis-of":
            fit = sorted(fit, key=lambda other: (-score[other], abs(dates[other] - dates[doc]), other))[:1]
        yield from ((doc, other, kind) for other in fit)


def _kind_of(entry: DocumentEntry) -> Kind | None:
    """What a document can be to an evaluation, by its standing and type."""
    if not entry.version or entry.card.programme == OURS:  # what we wrote ourselves draws on many evaluations
        return None
    if entry.card.standing is Standing.RESPONSE:
        return "response-to"
    kinds: dict[str, Kind] = {"brief": "brief-of", "synthesis": "synthesis-of"}
    return kinds.get(entry.card.document_type)


def _is_whole(entry: DocumentEntry) -> bool:
    return entry.card.document_type == "evaluation-report" and entry.card.standing is not Standing.RESPONSE


def _names_of(title: str) -> list[str]:
    """The names that a title holds, folded, without the words that frame them: the whole of it and its parts."""
    found = []
    for part in (title, *re.split(r"[:|–—]| - ", title)):
        words = fold(part).split()
        while words and words[0] in _FRAME:
            words.pop(0)
        while words and (words[-1] in _FRAME or words[-1].isdigit()):
            words.pop()
        if sum(word not in _FRAME and len(word) > 2 and not word.isdigit() for word in words) >= NAME_WORDS:
            found.append(" ".join(words))
    return list(dict.fromkeys(found))


def _first_words(writer: CatalogueWriter, doc: str) -> str:
    query = select(t.pages.c.blocks).where(t.pages.c.document_id == doc, t.pages.c.position < FIRST_PAGES)
    with writer.engine.connect() as connection:
        rows = list(connection.execute(query.order_by(t.pages.c.position)))
    return " ".join(" ".join(block.text for row in rows for block in row.blocks).split()[:FIRST_WORDS])


def _with_codes(writer: CatalogueWriter, codes: set[str]) -> set[str]:
    """The documents on whose first pages one of the codes stands."""
    if not codes:
        return set()
    there = or_(*(type_coerce(t.pages.c.blocks, Text).contains(code, autoescape=True) for code in sorted(codes)))
    query = select(t.pages.c.document_id).where(t.pages.c.position < FIRST_PAGES + 1, there).distinct()
    with writer.engine.connect() as connection:
        return {row.document_id for row in connection.execute(query)}


def _like(writer: CatalogueWriter, doc: str) -> dict[str, int]:
    query = select(t.likenesses).where(t.likenesses.c.document_id == doc)
    with writer.engine.connect() as connection:
        return {row.other_id: row.percent for row in connection.execute(query)}


def _recommendations(writer: CatalogueWriter, docs: Sequence[str]) -> dict[str, list[frozenset[str]]]:
    """The content words of each recommendation of these documents."""
    found: dict[str, list[frozenset[str]]] = {}
    kind = t.statements.c.kind == StatementKind.RECOMMENDATION.value
    query = select(t.statements.c.statement).where(kind, t.statements.c.retired_in.is_(None))
    wanted = frozenset(docs)
    with writer.engine.connect() as connection:
        for row in connection.execute(query):
            if row.statement.doc in wanted:
                found.setdefault(row.statement.doc, []).append(_content(row.statement.text))
    return found


def _answered(responses: Sequence[Response], asked: Mapping[str, Sequence[frozenset[str]]]) -> dict[str, float]:
    """For each evaluation the share of the responses that answer one of its recommendations."""
    answering = [_content(response.recommendation) for response in responses]
    found = {}
    for doc, recommendations in asked.items():
        matched = sum(any(_same(own, other) for own in recommendations) for other in answering)
        if matched >= ANSWERED_LEAST:
            found[doc] = matched / len(answering)
    return found
