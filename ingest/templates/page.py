"""From a reading to its practices, and to the library card of a page that tells one."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import msgspec

from corpus.ids import fold
from corpus.model import Bibliography, BlockKind, Page, Practice, Standing, Value
from ingest import cards
from ingest.reading import Reading
from ingest.templates import european, gcm, general
from ingest.templates.labels import FACTS, Template
from ingest.templates.parts import Part, labels_in, parts_of, split
from ingest.templates.practice import is_told, practice_of
from ingest.templates.values import countries_in

PAGE_TYPE = "practice-page"

TEMPLATES = (gcm.TEMPLATE, european.TEMPLATE, general.TEMPLATE)
"""The most particular first: a page that fits several is the first one's."""


class PracticePage(Value, frozen=True):
    """What a page tells: its practices (none where it is no practice page), and its card with what they add."""

    card: Bibliography
    practices: tuple[Practice, ...] = ()

    def countries(self, chief: Iterable[str]) -> tuple[str, ...]:
        """The countries of the document: those of its practices, then those that its text is chiefly about.

        A country that only pays is not one of them.
        """
        paying = countries_in("; ".join(donor for practice in self.practices for donor in practice.donors))
        return _once((*self.card.countries, *(code for code in chief if code not in paying)))


def read(reading: Reading, card: Bibliography) -> PracticePage:
    """The practices of a reading whose card is known.

    One practice has its document's id; of several, the first has, the others "-practice-2", "-practice-3" ….
    """
    for template in TEMPLATES:
        if template is general.TEMPLATE and cards.document_type(card.title, "") in general.OTHER_TYPES:
            continue
        told = _told(reading.pages, template, reading.title)
        if told:
            return _page(told, template, reading, card)
    return PracticePage(card=card)


def _told(pages: tuple[Page, ...], template: Template, title: str) -> list[tuple[str, list[Part]]]:
    """Title and parts of each practice that the pages tell by this template."""
    stretches = list(split(pages, template))
    if len(stretches) > 1:
        stretches.append(("", list(pages)))
    found: list[tuple[str, list[Part]]] = []
    for name, some in stretches:
        whole = not name
        if (whole and found) or not _fits(some, template):
            continue
        own = name or _title(some, title)
        parts = parts_of(some, template, own)
        if is_told(parts):
            found.append((own, parts))
    return found


def _fits(pages: Sequence[Page], template: Template) -> bool:
    if not template.fits(labels_in(pages, template)):
        return False
    if template is not general.TEMPLATE:
        return True
    headings = [b for page in pages for b in page.headings]
    levels = {h.level for h in headings if template.field_of(h.text) not in ("", *FACTS)}
    fields = [template.fields[key] for key in labels_in(pages, template)]
    words = sum(len(page.text.split()) for page in pages)
    return general.is_practice(fields, [h.text for h in headings if h.level in levels], words)


def _title(pages: Sequence[Page], told: str) -> str:
    """The title without the site's name: the page's own heading where the title begins with it."""
    headings = [b.text for page in pages for b in page.blocks if b.kind is BlockKind.HEADING]
    within = [h for h in headings if fold(told).startswith(fold(h)) and len(h.split()) > 1]
    if within:
        return max(within, key=len)
    return told.rpartition(" | ")[0] or told


def _page(
    told: Sequence[tuple[str, list[Part]]], template: Template, reading: Reading, card: Bibliography
) -> PracticePage:
    alone = len(told) == 1
    if alone and told[0][0]:
        card = msgspec.structs.replace(card, title=told[0][0])
    card = msgspec.structs.replace(
        card, document_type=PAGE_TYPE, standing=Standing.IMPLEMENTER, publisher=card.publisher or template.publisher
    )
    practices = []
    for number, (title, parts) in enumerate(told, 1):
        identifier = card.id if number == 1 else f"{card.id}-practice-{number}"
        practices.append(practice_of(parts, template, card, identifier, title or card.title))
    return PracticePage(card=_card(card, practices, reading), practices=tuple(practices))


def _card(card: Bibliography, practices: Sequence[Practice], reading: Reading) -> Bibliography:
    """The card with what the page's fields tell: organisations, the date of submission (not the practice's own)."""
    organisations = _once(name for practice in practices for name in practice.organisations)
    submitted = max((practice.submitted for practice in practices), default="")
    return msgspec.structs.replace(
        card,
        organisations=organisations or card.organisations,
        date=submitted or reading.date,
        countries=_once(place.country for practice in practices for place in practice.places),
    )


def _once(items: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(items))
