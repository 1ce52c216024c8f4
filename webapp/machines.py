"""What a page tells machines of the work it shows: Highwire tags for reference managers, schema.org as JSON-LD.

Pure functions.  Their values come from documents: the template escapes the tags, `data_block` the JSON.
"""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import urlsplit

from markupsafe import Markup

from corpus.citation import card_of_practice
from corpus.concepts import vocabulary
from corpus.exchange import Locator, Name, date_parts, kind, locator, names, publisher
from corpus.model import Bibliography, Passage, Practice, Statement, Value
from corpus.places import countries
from index.lists import carried
from webapp.present import outside


class Described(Value, frozen=True):
    """What a page's head holds for machines: pairs of name and content, and a block of JSON-LD."""

    tags: tuple[tuple[str, str], ...]
    block: Markup


def of_document(card: Bibliography, public_url: str = "", room: str = "documents") -> Described:
    """A document's page, in its part of our address; ``public_url`` is where others reach us (blank: nowhere)."""
    ours = _ours(public_url, room, card.id)
    return Described(tags=_highwire(card, Locator(), ours), block=data_block(_work(card, ours)))


def of_practice(practice: Practice, source: Bibliography | None, public_url: str = "") -> Described:
    """A practice's page: word for word from its ``source``, else its record is a work of ours."""
    card = source or card_of_practice(practice)
    ours = _ours(public_url, "practices", practice.id)
    return Described(tags=_highwire(card, Locator(), ours), block=data_block(_work(card, ours)))


def of_quotation(item: Passage | Statement, card: Bibliography, public_url: str = "") -> Described:
    """A passage's or statement's page: a quotation with its pages that is part of a work.

    Where the work's licence is not known, a short quotation is all that the block carries.
    """
    where = locator(item.span, "".join(item.path[-1:]))
    room = "statements" if isinstance(item, Statement) else "passages"
    ours = _ours(public_url, room, item.id)
    quotation = {
        "@context": CONTEXT,
        "@type": "Quotation",
        "@id": ours,
        "url": ours,
        "identifier": item.id,
        "text": carried(item.text, card.rights),
        "inLanguage": item.language if isinstance(item, Passage) else card.language,
        "pagination": where.pages,
        "isPartOf": _work(card, _ours(public_url, "documents", card.id)),
    }
    return Described(tags=_highwire(card, where, ours), block=data_block(_told(quotation)))


def _ours(public_url: str, room: str, identifier: str) -> str:
    return f"{public_url.rstrip('/')}/{room}/{identifier}" if public_url else ""


# ------------------------------------------------------------------------------------------------ Highwire


def _highwire(card: Bibliography, where: Locator, ours: str) -> tuple[tuple[str, str], ...]:
    """The tags that Google Scholar documents and Zotero's translator of embedded metadata reads."""
    report = kind(card).csl == "report"
    issued = publisher(card)
    theirs = card.url if outside(card.url) else ""
    pdf = bool(theirs) and urlsplit(theirs).path.lower().endswith(".pdf")
    pairs = [
        ("citation_title", card.title),
        *(("citation_author", f"{name.family}, {name.given}" if name.given else name.family) for name in names(card)),
        ("citation_publication_date", "/".join(f"{part:02}" for part in date_parts(card.date))),
        ("citation_technical_report_institution", (issued or _signed(card)) if report else ""),
        ("citation_publisher", issued),
        ("citation_technical_report_number", card.symbol),
        ("citation_firstpage", where.first),
        ("citation_lastpage", where.last or where.first),
        ("citation_language", card.language),
        ("citation_pdf_url", theirs if pdf else ""),
        ("citation_public_url", ours or theirs),
    ]
    return tuple((name, value) for name, value in pairs if value)


def _signed(card: Bibliography) -> str:
    return next((name.family for name in names(card) if not name.given), "")


# ------------------------------------------------------------------------------------------------ schema.org

CONTEXT = "https://schema.org"


def _work(card: Bibliography, ours: str) -> dict[str, Any]:
    """A card as a Report, a WebPage or a CreativeWork."""
    words = vocabulary()
    labels = [words.concept(theme).label for theme in card.themes if theme in words]
    places = countries()
    issued = publisher(card)
    return _told(
        {
            "@context": CONTEXT,
            "@type": {"report": "Report", "webpage": "WebPage"}.get(kind(card).csl, "CreativeWork"),
            "@id": ours,
            "identifier": card.id,
            "name": card.title,
            "author": [_agent(name) for name in names(card)],
            "publisher": {"@type": "Organization", "name": issued} if issued else None,
            "datePublished": card.date,
            "inLanguage": card.language,
            "reportNumber": card.symbol if kind(card).csl == "report" else "",
            "abstract": card.summary,
            "keywords": labels,
            "spatialCoverage": [
                {"@type": "Country", "name": places[code].name} for code in card.countries if code in places
            ],
            "license": {"@type": "CreativeWork", "name": card.rights} if card.rights else None,
            "url": card.url if outside(card.url) else ours,
        }
    )


def _agent(name: Name) -> dict[str, str]:
    if name.given:
        return {"@type": "Person", "name": f"{name.given} {name.family}", "familyName": name.family}
    return {"@type": "Organization", "name": name.family}


def _told(fields: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in fields.items() if value}


_IN_SCRIPT = str.maketrans({c: f"\\u{ord(c):04x}" for c in "<>&\u2028\u2029"})


def data_block(data: object) -> Markup:
    """JSON that can stand in a script element: no character of it can end the element or begin another."""
    return Markup(json.dumps(data, ensure_ascii=False).translate(_IN_SCRIPT))
