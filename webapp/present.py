"""How things are shown: page arms, labels, dates, addresses.  Pure functions, given to the templates as filters."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from html import unescape
from itertools import groupby
from urllib.parse import quote, urlencode, urlsplit

from flask import Flask
from markupsafe import Markup, escape

from corpus.catalogue.relations import Related
from corpus.concepts import Concept, vocabulary
from corpus.corrections import EVIDENCE, PRACTICE, TAG, Correction
from corpus.ids import kind_of, slug
from corpus.model import (
    Bibliography,
    Claim,
    Party,
    Passage,
    Place,
    Practice,
    Response,
    ShownToWork,
    Span,
    Standing,
    Statement,
    Told,
    Value,
)
from corpus.notes import address, is_note, retold
from corpus.picture import WIDTHS
from corpus.places import PLACE_PREFIX
from index.answer import FACETS, Hit, What
from index.labels import label
from webapp.address import Address
from webapp.reading import ShownPage

MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
_MARK = re.compile(r"(</?mark>)")
SHORT_KINDS = {"good-practice": "Way of working", "result": "Result or finding"}
"""What the two kinds with long vocabulary labels are called where there is room for a few words only."""
KINDS = ("good-practice", "challenge", "lesson", "recommendation", "result")
"""The order in which kinds are drawn: what was done, what hindered, what was learned, what to do, what came of it."""
STANDINGS = tuple(standing.value for standing in Standing if standing is not Standing.UNKNOWN)
RIGHT_TO_LEFT = {"ar", "fa", "he", "ps", "ur"}


class Arm(Value, frozen=True):
    """A page as a fingerpost's arm: what it says, what stands beside it, where it points."""

    text: str
    sheet: str = ""
    href: str = ""


# ---------------------------------------------------------------------------------------------- addresses


def document_url(doc: str) -> str:
    """Where a document is read first; a note has a page of its own."""
    return quote(address(doc))


def page_url(doc: str, page: int | None, passage: str = "", picture: bool = False) -> str:
    """Where a page of a document is read; ``passage`` is marked there and jumped to, ``picture`` stands beside it."""
    whole = document_url(doc) if is_note(doc) else f"{document_url(doc)}/text"
    place = f"{document_url(doc)}/pages/{page}" if page is not None else whole
    asked = urlencode([*([("passage", passage)] if passage else []), *([("picture", "1")] if picture else [])])
    return place + (f"?{asked}" if asked else "") + ("#quoted" if passage else "")


def picture_url(doc: str, page: int, passage: str = "", width: int = WIDTHS[1]) -> str:
    """Where the picture of a printed page is, with a passage marked in it."""
    asked = urlencode([*([("passage", passage)] if passage else []), ("width", width)])
    return f"{document_url(doc)}/pages/{page}/picture?{asked}"


def topic_url(value: str, facet: str) -> str:
    """Where a theme, target group, country or organisation has its page."""
    place = {"theme": "themes", "group": "groups", "country": "countries", "org": "organisations"}[facet]
    return f"/{place}/{slug(value) if facet == 'org' else quote(value)}"


def item_url(identifier: str, what: str) -> str:
    return f"/{what}/{quote(identifier)}"


def alike_url(identifier: str, what: What) -> str:
    """Where things like one are found, first among those of its kind."""
    return Address(like=identifier, view=what).url


def outside(address: str) -> str:
    """An address that may be linked to: web addresses only, else nothing (a record may hold ``javascript:``)."""
    return address if host(address) else ""


def host(address: str) -> str:
    """The site of a web address; nothing for any other kind, and for what is no address at all."""
    try:
        parts = urlsplit(address)
    except ValueError:  # "http://[" and the like
        return ""
    return (parts.hostname or "").removeprefix("www.") if parts.scheme in ("http", "https") else ""


# ---------------------------------------------------------------------------------------------- pages


def arm(item: Hit | Passage | Statement) -> Arm:
    """The arm of a hit, a passage or a statement: the printed page first, the PDF's own count where it differs."""
    if isinstance(item, Hit):
        if item.what == "practices":
            return Arm(text="Practice", href=item.url)
        span = Span(
            page=item.page, page_end=item.page_end, page_label=item.page_label, page_end_label=item.page_end_label
        )
        if item.what == "documents":
            return Arm(text="Document", href=item.url)
        passage, path = (item.passage or item.id), tuple(item.section.split(" › "))
    else:
        span = item.span
        passage, path = item.id, item.path
    text, sheet = page_words(span)
    if not text:
        # Formats without pages are cited by section; long headings are cut by the style, not here.
        text = f"§ {path[-1]}" if path and path[-1] else "§ text"
    return Arm(text=text, sheet=sheet, href=page_url(item.doc, span.page, passage))


def page_arm(page: ShownPage, doc: str) -> Arm:
    """The arm of a page itself."""
    text, sheet = page_words(Span(page=page.number, page_end=page.number, page_label=page.label))
    return Arm(text=text, sheet=sheet, href=page_url(doc, page.number))


def page_words(span: Span) -> tuple[str, str]:
    """A span in words: ("p. 47", "PDF page 49"); the second is blank where they agree, both without pages."""
    if span.page is None:
        return "", ""
    sheet = _range(str(span.page), str(span.page_end or span.page))
    many = "–" in sheet
    sheet_words = ("PDF pages " if many else "PDF page ") + sheet
    if not span.page_label:
        return sheet_words, ""
    printed = _range(span.page_label, span.page_end_label or span.page_label)
    words = ("pp. " if "–" in printed else "p. ") + printed
    return words, ("" if printed == sheet else sheet_words)


def where(told: Told | Party | Response) -> str:
    """Where something is told: "p. 9", "PDF page 3" where nothing is printed, "in the text" without pages."""
    words, sheet = page_words(Span(page=told.page, page_end=told.page, page_label=told.page_label))
    return words or sheet or "in the text"


RELATIONS = {
    "brief-of": ("A brief of", "Its brief"),
    "response-to": ("Answers", "Management’s answer to it"),
    "synthesis-of": ("A synthesis with", "Drawn together in"),
}
"""What a document is to another, and the other way round."""


def relation_words(relation: Related) -> str:
    """What another document is to this one, as a label before its title."""
    return RELATIONS[relation.kind][relation.inverse]


def _range(first: str, last: str) -> str:
    return first if first == last else f"{first}–{last}"


# ---------------------------------------------------------------------------------------------- words for things


def concept_label(identifier: str) -> str:
    """A concept's label; the id itself where no vocabulary has it."""
    return vocabulary().label(identifier) if identifier in vocabulary() else identifier


def kind_label(kind: str) -> str:
    return SHORT_KINDS.get(kind) or concept_label(kind)


def standing_label(standing: str) -> str:
    return label("standing", standing, {})


def type_label(document_type: str) -> str:
    return label("type", document_type, {})


def standing_definition(standing: str) -> str:
    return next((c.definition for c in vocabulary().scheme("standings") if c.code == standing), "")


def numbered_label(identifier: str) -> str:
    """A concept with its number ("7 Reduce vulnerabilities"); a notation in words would only repeat the label."""
    if identifier not in vocabulary():
        return identifier
    concept = vocabulary().concept(identifier)
    return f"{concept.notation} {concept.label}" if concept.notation[:1].isdecimal() else concept.label


def other_names(concept: Concept) -> list[str]:
    """What else a concept is called, without the patterns that only the tagger reads (``~`` any words, ``=`` as is)."""
    plain = (name.lstrip("=") for name in concept.synonyms if "~" not in name)
    return [name for name in plain if name.casefold() != concept.label.casefold()]


def is_ours(doc: str) -> bool:
    """Whether a document is one that we wrote ourselves: its words are not set as a source's."""
    return doc in retold()


def is_theme(identifier: str) -> bool:
    return identifier in vocabulary() and vocabulary().concept(identifier).scheme == "themes"


def voice_words(voice: str) -> str:
    """Whose word it is, as it stands beside a quotation; nothing where that is unclear."""
    return "" if voice in ("", "unclear") else f"{concept_label(voice).lower()}’s voice"


def country_label(code: str) -> str:
    return label("country", code, {})


def language_label(code: str) -> str:
    return label("language", code, {})


def date_words(date: str) -> str:
    """An ISO date as exact as it is: "7 June 2018", "June 2018", "2018"."""
    year, _, rest = date.partition("-")
    month, _, day = rest.partition("-")
    if not month.isdecimal() or not 1 <= int(month) <= len(MONTHS):
        return year
    return " ".join(part for part in (day.lstrip("0"), MONTHS[int(month) - 1], year) if part)


def field_words(field: str) -> str:
    """What a corrected field is called: a concept's label for a tag, else its own name in words."""
    if field.startswith(TAG):
        concept = field.removeprefix(TAG)
        code = concept.removeprefix(PLACE_PREFIX)
        return country_label(code) if code.isupper() else concept_label(concept)
    return field.removeprefix(EVIDENCE).removeprefix(PRACTICE).replace("_", " ").replace("-", " ")


def deeds(corrections: Iterable[Correction]) -> list[tuple[str, str, list[str]]]:
    """Who corrected on which day what, in the order of the first deed of each."""
    found: dict[tuple[str, str], list[str]] = {}
    for one in corrections:
        found.setdefault((one.by, one.at[:10]), []).append(field_words(one.field))
    return [(by, date_words(day), list(dict.fromkeys(fields))) for (by, day), fields in found.items()]


def plural(number: int, one: str, many: str = "") -> str:
    """A number with its noun, thousands parted by a thin space."""
    digits = f"{number:,}".replace(",", "\u202f")
    return f"{digits} {one if number == 1 else many or one + 's'}"


def direction(language: str) -> str:
    return "rtl" if language.split("-")[0] in RIGHT_TO_LEFT else "auto"


def snippet(html: str) -> Markup:
    """A snippet whose only markup is <mark>: everything else is escaped again, whatever it came with."""
    pieces = _MARK.split(html)
    safe = (Markup(p) if _MARK.fullmatch(p) else escape(unescape(p)) for p in pieces)
    return Markup("").join(safe) + Markup("</mark>" * (pieces.count("<mark>") - pieces.count("</mark>")))


def card_line(card: Bibliography) -> list[str]:
    """Who published a document and when, for the line under its title."""
    who = ", ".join(card.organisations) or card.publisher
    return [part for part in (who, date_words(card.date), type_label(card.document_type)) if part]


def reached(practice: Practice) -> list[tuple[str, bool, bool]]:
    """The four steps of being shown to work: label, whether reached, whether it is the furthest."""
    steps = list(ShownToWork)
    at = steps.index(practice.shown_to_work)
    return [(step.value.replace("-", " "), place <= at, place == at) for place, step in enumerate(steps)]


def when(practice: Practice) -> str:
    """The time a practice ran, as far as it is told."""
    start, end = date_words(practice.start), date_words(practice.end)
    return f"{start} – {end}" if start and end else f"from {start}" if start else f"until {end}" if end else ""


def by_country(places: Iterable[Place]) -> list[tuple[str, list[str]]]:
    """Each country once, with all that it is to the practice."""
    roles: dict[str, list[str]] = {}
    for place in places:
        roles.setdefault(place.country, []).extend([place.role] if place.role else [])
    return list(roles.items())


def runs_of(claims: Iterable[Claim]) -> list[tuple[bool, list[Claim]]]:
    """Claims as runs of list items and runs of sentences, in their order."""
    return [(item, list(some)) for item, some in groupby(claims, key=lambda claim: claim.item)]


def under_headings(claims: Iterable[Claim]) -> list[tuple[str, list[Claim]]]:
    """Claims under the source's own sub-headings, in their order; blank where they stand under none."""
    return [(heading, list(some)) for heading, some in groupby(claims, key=lambda claim: claim.heading)]


def bars(counts: Mapping[str, int], order: Iterable[str]) -> list[tuple[str, float, float]]:
    """Counts as neighbouring bars on a line of length 100: name, start, width."""
    total = sum(counts.values())
    drawn: list[tuple[str, float, float]] = []
    start = 0.0
    for name in order:
        width = round(100 * counts.get(name, 0) / total, 2) if total else 0.0
        if width:
            drawn.append((name, round(start, 2), width))
            start += width
    return drawn


FILTERS = (
    page_arm,
    arm, document_url, page_url, picture_url, topic_url, item_url, alike_url, outside, host, page_words, concept_label,
    kind_label,
    standing_label, standing_definition, numbered_label, other_names, type_label, voice_words, country_label,
    language_label, date_words, plural, direction, snippet, card_line, reached, when, by_country, runs_of,
    under_headings, bars, kind_of, deeds, where, relation_words,
)  # fmt: skip


def install(app: Flask) -> None:
    """Give the templates these functions as filters, and the few names that every page uses."""
    for function in FILTERS:
        app.jinja_env.filters[function.__name__] = function
    app.jinja_env.tests["is_theme"] = is_theme
    app.jinja_env.tests["ours"] = is_ours
    app.jinja_env.globals.update(facet_names=FACETS, standings=STANDINGS, kinds=KINDS)
