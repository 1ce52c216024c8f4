"""Catalogue items in the shapes that the command line and the API promise (`corpus.shapes`)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, cast

import msgspec

from corpus.catalogue import Catalogue
from corpus.catalogue.arrivals import Digest
from corpus.catalogue.corrected import corrections, in_place
from corpus.catalogue.likenesses import likenesses
from corpus.catalogue.relations import related
from corpus.chief import chief_of_section
from corpus.concepts import vocabulary
from corpus.corrections import Correction
from corpus.model import Bibliography, Claim, Page, Passage, Practice, Section, Statement, Value
from corpus.notes import Note
from corpus.shapes import (
    ArrivedJson,
    CardJson,
    CorrectionJson,
    DigestJson,
    DocumentJson,
    NoteJson,
    PageJson,
    PassageJson,
    PlaceJson,
    PracticeJson,
    RecordJson,
    SectionJson,
    StatementJson,
)

PATH_JOINT = " › "


def statement_json(statement: Statement, n_independent: int, corrected: Sequence[Correction] = ()) -> StatementJson:
    """One statement as ``fingerpost statements --json`` prints it."""
    return {
        "id": statement.id,
        "doc": statement.doc,
        **_span(statement),
        "section": PATH_JOINT.join(statement.path),
        "text": statement.text,
        "kind": statement.kind,
        "voice": statement.voice,
        "achieved": statement.achieved,
        "themes": list(statement.themes),
        "addressed_to": statement.addressed_to,
        "figure": statement.figure,
        "group": statement.group,
        "n_independent": n_independent,
        "corrections": [deed_json(one) for one in corrected],
    }


def deed_json(one: Correction) -> CorrectionJson:
    """A person's correction as everybody may see it: which field, by whom and when."""
    return {"field": one.field, "by": one.by, "at": one.at}


def correction_json(one: Correction) -> CorrectionJson:
    """A person's correction as its keeper sees it; ``applied_to`` is null for an orphan."""
    return {
        "item": one.item,
        "field": one.field,
        "value": one.value,
        "quote": one.quote,
        "page": one.page,
        "note": one.note,
        "by": one.by,
        "at": one.at,
        "applied_to": one.applied_to,
    }


def card_json(card: Bibliography) -> CardJson:
    """A library card with every field, blank ones too."""
    fields: dict[str, Any] = msgspec.to_builtins(msgspec.structs.asdict(card))
    return cast(CardJson, {**fields, "year": card.year})


def record_json(catalogue: Catalogue, doc: str) -> RecordJson:
    """A document without its pages and passages, for everybody; raises as `Catalogue.entry` does."""
    told = in_place(corrections(catalogue, doc))
    return {
        **_record(catalogue, doc, catalogue.passages(doc)),
        "corrections": [deed_json(o) for o in told.get(doc, ())],
    }


def document_json(catalogue: Catalogue, doc: str) -> DocumentJson:
    """A document as ``fingerpost show --json`` prints it to its keeper; raises as `Catalogue.entry` does."""
    passages = catalogue.passages(doc)
    told = in_place(corrections(catalogue, doc))
    return {
        **_record(catalogue, doc, passages),
        "pages": [page_json(page) for page in catalogue.pages(doc)],
        "passages": [_kept(passage, told.get(passage.id, ())) for passage in passages],
        "corrections": [correction_json(one) for one in told.get(doc, ())],
    }


def _record(catalogue: Catalogue, doc: str, passages: Sequence[Passage]) -> RecordJson:
    """A document's record, its corrections left out."""
    entry = catalogue.entry(doc)
    return {
        **card_json(entry.card),
        "version": entry.version,
        "content_hash": entry.content_hash,
        "media": entry.media,
        "warnings": list(entry.warnings),
        "sections": [_section(section, passages) for section in catalogue.sections(doc)],
        "practices": [practice_json(practice) for practice in catalogue.practices_of(doc)],
        "evidence": {name: _plain(told) for name, told in entry.evidence.items()},
        "parties": _plain(entry.parties),
        "acronyms": _plain(entry.acronyms),
        "responses": _plain(entry.responses),
        "related": _plain(related(catalogue, doc)),
        "like": [{"doc": like.doc, "percent": like.percent} for like in likenesses(catalogue, doc)],
        "corrections": [],
    }


def _plain(values: Iterable[Value]) -> list[dict[str, Any]]:
    """Value objects with every field, blank ones too."""
    return [msgspec.structs.asdict(value) for value in values]


def practice_json(practice: Practice) -> PracticeJson:
    """A practice with every field, blank ones too; ``told`` maps a field to its claims."""
    places = [msgspec.structs.asdict(place) for place in practice.places]
    fields = {**msgspec.structs.asdict(practice), "told": _claims(practice.told), "places": places}
    return cast(PracticeJson, msgspec.to_builtins(fields))


def note_json(note: Note) -> NoteJson:
    """A synthesis note with every field; ``told`` maps a field to its claims."""
    return cast(NoteJson, msgspec.to_builtins({**msgspec.structs.asdict(note), "told": _claims(note.told)}))


def _claims(told: Mapping[str, Iterable[Claim]]) -> dict[str, list[dict[str, Any]]]:
    return {name: [_claim(claim) for claim in claims] for name, claims in told.items()}


def _claim(claim: Claim) -> dict[str, Any]:
    return {**msgspec.structs.asdict(claim), "sources": [msgspec.structs.asdict(ref) for ref in claim.sources]}


def _span(item: Passage | Statement) -> PlaceJson:
    span = item.span
    return {"page": span.page, "page_end": span.page_end, "page_label": span.page_label}


def page_json(page: Page) -> PageJson:
    """A page; ``ocr`` (how sure OCR is of its words, 0–1) only where it was read so."""
    told: PageJson = {
        "number": page.number,
        "label": page.label,
        "text": page.text,
        "headings": [{"level": h.level, "text": h.text} for h in page.headings],
        "footnotes": [{"number": f.label, "text": f.text} for f in page.footnotes],
    }
    if page.ocr is not None:
        told["ocr"] = page.ocr
    return told


def _section(section: Section, passages: Sequence[Passage]) -> SectionJson:
    return {
        "heading": section.heading,
        "level": section.level,
        "path": list(section.path),
        "page": section.page,
        "page_label": section.page_label,
        "themes": list(chief_of_section(section, passages).themes),
    }


def passage_json(passage: Passage, corrected: Sequence[Correction] = ()) -> PassageJson:
    """A passage as everybody may see it."""
    return {
        "id": passage.id,
        **_span(passage),
        "section": PATH_JOINT.join(passage.path),
        "text": passage.text,
        "language": passage.language,
        "tags": [msgspec.to_builtins(msgspec.structs.asdict(tag)) for tag in passage.tags],
        "corrections": [deed_json(one) for one in corrected],
    }


def _kept(passage: Passage, corrected: Sequence[Correction]) -> PassageJson:
    """A passage as its keeper sees it."""
    return {**passage_json(passage), "corrections": [correction_json(one) for one in corrected]}


def digest_json(new: Digest, witnesses: Callable[[str], int]) -> DigestJson:
    """What is new as ``fingerpost digest --json`` prints it; ``witnesses`` tells how many a group has."""

    def arrived(cards: Iterable[Bibliography]) -> list[ArrivedJson]:
        came = new.arrivals
        return [{**card_json(c), "first": came[c.id].first, "present": came[c.id].present} for c in cards]

    def told(statements: Iterable[Statement]) -> list[StatementJson]:
        return [statement_json(one, witnesses(one.group)) for one in statements]

    return {
        "since": new.since.isoformat(),
        "documents": arrived(new.documents),
        "renewed": arrived(new.renewed),
        "practices": [practice_json(practice) for practice in new.practices],
        "themes": [
            {"theme": theme, "label": vocabulary().label(theme), "statements": told(some)}
            for theme, some in new.themes.items()
        ],
        "recurring": [
            {
                "group": one.group,
                "before": one.before,
                "now": one.now,
                "since": one.since,
                "statements": told(one.statements),
            }
            for one in new.recurring
        ],
    }
