"""Catalogue items in the shapes that the command line and the API promise."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import msgspec

from corpus.catalogue import Catalogue
from corpus.catalogue.corrected import corrections, in_place
from corpus.catalogue.likenesses import likenesses
from corpus.catalogue.relations import related
from corpus.chief import chief_of_section
from corpus.corrections import Correction
from corpus.model import Claim, Page, Passage, Practice, Section, Statement, Value

PATH_JOINT = " › "


def statement_json(statement: Statement, n_independent: int, corrected: Sequence[Correction] = ()) -> dict[str, Any]:
    """One statement as ``fingerpost statements --json`` prints it."""
    return {
        "id": statement.id,
        "doc": statement.doc,
        **_span(statement),
        "section": PATH_JOINT.join(statement.path),
        "text": statement.text,
        "kind": statement.kind.value,
        "voice": statement.voice.value,
        "achieved": statement.achieved,
        "themes": list(statement.themes),
        "addressed_to": statement.addressed_to,
        "figure": statement.figure,
        "group": statement.group,
        "n_independent": n_independent,
        "corrections": [{"field": one.field, "by": one.by, "at": one.at} for one in corrected],
    }


def correction_json(one: Correction) -> dict[str, Any]:
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


def document_json(catalogue: Catalogue, doc: str) -> dict[str, Any]:
    """A document as ``fingerpost show --json`` prints it; raises as `Catalogue.entry` does."""
    entry = catalogue.entry(doc)
    sections = catalogue.sections(doc)
    passages = catalogue.passages(doc)
    told = in_place(corrections(catalogue, doc))
    return {
        **msgspec.to_builtins(msgspec.structs.asdict(entry.card)),
        "year": entry.card.year,
        "version": entry.version,
        "content_hash": entry.content_hash,
        "media": entry.media,
        "warnings": list(entry.warnings),
        "pages": [_page(page) for page in catalogue.pages(doc)],
        "sections": [_section(section, passages) for section in sections],
        "passages": [_passage(passage, told.get(passage.id, ())) for passage in passages],
        "practices": [practice_json(practice) for practice in catalogue.practices_of(doc)],
        "evidence": {name: _plain(told) for name, told in entry.evidence.items()},
        "parties": _plain(entry.parties),
        "acronyms": _plain(entry.acronyms),
        "responses": _plain(entry.responses),
        "related": _plain(related(catalogue, doc)),
        "like": [{"doc": like.doc, "percent": like.percent} for like in likenesses(catalogue, doc)],
        "corrections": [correction_json(one) for one in told.get(doc, ())],
    }


def _plain(values: Iterable[Value]) -> list[dict[str, Any]]:
    """Value objects with every field, blank ones too."""
    return [msgspec.structs.asdict(value) for value in values]


def practice_json(practice: Practice) -> dict[str, Any]:
    """A practice with every field, blank ones too; ``told`` maps a field to its claims."""
    told = {name: [_claim(claim) for claim in claims] for name, claims in practice.told.items()}
    places = [msgspec.structs.asdict(place) for place in practice.places]
    fields: dict[str, Any] = msgspec.to_builtins({**msgspec.structs.asdict(practice), "told": told, "places": places})
    return fields


def _claim(claim: Claim) -> dict[str, Any]:
    return {**msgspec.structs.asdict(claim), "sources": [msgspec.structs.asdict(ref) for ref in claim.sources]}


def _span(item: Passage | Statement) -> dict[str, Any]:
    span = item.span
    return {"page": span.page, "page_end": span.page_end, "page_label": span.page_label}


def _page(page: Page) -> dict[str, Any]:
    """A page; ``ocr`` (how sure OCR is of its words, 0–1) only where it was read so."""
    return {
        "number": page.number,
        "label": page.label,
        "text": page.text,
        "headings": [{"level": h.level, "text": h.text} for h in page.headings],
        "footnotes": [{"number": f.label, "text": f.text} for f in page.footnotes],
        **({"ocr": page.ocr} if page.ocr is not None else {}),
    }


def _section(section: Section, passages: Sequence[Passage]) -> dict[str, Any]:
    return {
        "heading": section.heading,
        "level": section.level,
        "path": list(section.path),
        "page": section.page,
        "page_label": section.page_label,
        "themes": list(chief_of_section(section, passages).themes),
    }


def _passage(passage: Passage, corrected: Sequence[Correction]) -> dict[str, Any]:
    return {
        "id": passage.id,
        **_span(passage),
        "section": PATH_JOINT.join(passage.path),
        "text": passage.text,
        "language": passage.language,
        "tags": [msgspec.to_builtins(msgspec.structs.asdict(tag)) for tag in passage.tags],
        "corrections": [correction_json(one) for one in corrected],
    }
