"""What things are called in the page's language: concepts, countries, facets, fields, pages, dates.

`languages` says which language that is; the tables here hold the English of their labels.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date

from babel.dates import format_date, format_skeleton
from flask import Flask
from jinja2 import pass_context
from jinja2.runtime import Context

from corpus.catalogue.relations import Related
from corpus.concepts import Concept, vocabulary
from corpus.corrections import EVIDENCE, NO_STATEMENT, PRACTICE, TAG, Correction
from corpus.evidence import EVIDENCE_FIELDS
from corpus.model import PRACTICE_FIELDS, Bibliography, Party, Practice, Response, ShownToWork, Span, Told
from corpus.places import PLACE_PREFIX, countries
from index.labels import ACHIEVED, concept_of
from webapp.languages import ENGLISH, N_, gettext, language, number, pgettext

DEFINED = ("themes", "target-groups", "standings")
"""The schemes whose definitions pages show: they are messages like our other words."""
SHORT_KINDS = {"good-practice": N_("Way of working"), "result": N_("Result or finding")}
"""What the two kinds with long vocabulary labels are called where there is room for a few words only."""
RELATIONS = {
    "brief-of": (N_("A brief of"), N_("Its brief")),
    "response-to": (N_("Answers"), N_("Management’s answer to it")),
    "synthesis-of": (N_("A synthesis with"), N_("Drawn together in")),
}
"""What a document is to another, and the other way round."""
VOICES = {
    "evaluator": N_("evaluator’s voice"),
    "implementer": N_("implementer’s voice"),
    "partner-authority": N_("partner’s or authority’s voice"),
    "child-migrant": N_("child’s or migrant’s voice"),
}
"""Whose word a quotation is, as it stands beside it."""
STEPS = {
    ShownToWork.DESCRIBED: N_("described"),
    ShownToWork.CLAIMED: N_("result claimed"),
    ShownToWork.EVALUATED: N_("evaluated"),
    ShownToWork.REPLICATED: N_("replicated"),
}
ANSWERS = {"yes": N_("yes"), "no": N_("no"), "partly": N_("partly")}
PARTS = {
    "implementer": N_("Implementer"),
    "donor": N_("Donor"),
    "evaluator": N_("Evaluator"),
    "commissioner": N_("Commissioner"),
    "partner": N_("Partner"),
}
"""An organisation's part in what a document speaks of."""
PLACE_ROLES = {
    "implementation": N_("carried out there"),
    "origin": N_("country of origin"),
    "transit": N_("country of transit"),
    "destination": N_("country of destination"),
    "return": N_("country of return"),
}
"""What a country is to a practice."""
SCOPE_WORDS = {
    "local": N_("local"),
    "national": N_("national"),
    "bilateral": N_("bilateral"),
    "regional": N_("regional"),
    "cross-regional": N_("cross-regional"),
    "global": N_("global"),
}
"""How far a practice reaches."""
FIELDS = {
    "achieved": N_("outcome"),
    "addressed_to": N_("addressee"),
    "authors": N_("authors"),
    "brief-of": N_("what it is a brief of"),
    "countries": N_("countries"),
    "date": N_("date"),
    "document_type": N_("type"),
    "donors": N_("donors"),
    "end": N_("end"),
    "figure": N_("figure"),
    "gcm_objectives": N_("objectives"),
    "gcm_principles": N_("principles"),
    "kind": N_("kind"),
    "language": N_("language"),
    "last_checked": N_("last checked"),
    "organisations": N_("organisations"),
    "places": N_("places"),
    "practice_type": N_("type"),
    "programme": N_("programme"),
    "publisher": N_("publisher"),
    "response-to": N_("what it answers"),
    "rights": N_("rights"),
    "scope": N_("scope"),
    "sdgs": N_("goals"),
    "shown_to_work": N_("how far it is shown to work"),
    "standing": N_("standing"),
    "start": N_("start"),
    "still_running": N_("still running"),
    "summary": N_("summary"),
    "symbol": N_("number"),
    "synthesis-of": N_("what it draws together"),
    "target_groups": N_("target groups"),
    "themes": N_("themes"),
    "title": N_("title"),
    "url": N_("address"),
    "url_note": N_("note on the address"),
    "voice": N_("voice"),
}
"""What a person can correct, as it stands in a sentence."""

# ---------------------------------------------------------------------------------------------- concepts and facets


def concept_name(concept: Concept) -> str:
    """A concept's label in the page's language."""
    return concept.label_in(language().code)


def concept_label(identifier: str) -> str:
    """The label of the concept with this id; the id itself where no vocabulary has it."""
    return concept_name(vocabulary().concept(identifier)) if identifier in vocabulary() else identifier


def concept_definition(concept: Concept) -> str:
    """What a concept means, in the page's language; of the schemes in DEFINED only."""
    return gettext(concept.definition.replace("%", "%%")) if concept.definition else ""


def numbered_label(identifier: str) -> str:
    """A concept with its number ("7 Reduce vulnerabilities"); a notation in words would only repeat the label."""
    if identifier not in vocabulary():
        return identifier
    concept = vocabulary().concept(identifier)
    name = concept_name(concept)
    return f"{concept.notation} {name}" if concept.notation[:1].isdecimal() else name


def standing_definition(standing: str) -> str:
    """What a standing means."""
    return concept_definition(vocabulary().by_code("standings", standing))


def other_names(concept: Concept) -> tuple[list[str], str]:
    """What else a concept is called, and in which language: the page's where such names are known, else English.

    Without the patterns that only the tagger reads (``~`` any words, ``=`` as is).
    """
    own = {"fr": concept.synonyms_fr, "es": concept.synonyms_es}.get(language().code, ())
    plain = (name.lstrip("=") for name in own or concept.synonyms if "~" not in name)
    names = [name for name in plain if name.casefold() != concept_name(concept).casefold()]
    return names, language().code if own else ENGLISH


def kind_label(kind: str) -> str:
    return gettext(SHORT_KINDS[kind]) if kind in SHORT_KINDS else concept_label(kind)


def facet_label(value: str, name: str, told: str = "") -> str:
    """What a facet's value is called; ``told``, else the value itself, where it is a name out of documents."""
    if name == "country":
        return country_label(value)
    if name == "language":
        return language_label(value)
    if name == "kind":
        return kind_label(value)
    if name == "achieved" and value in ACHIEVED:
        return gettext(ACHIEVED[value])
    concept = concept_of(name, value)
    return concept_name(concept) if concept else told or value


def standing_label(standing: str) -> str:
    return facet_label(standing, "standing")


def type_label(document_type: str) -> str:
    return facet_label(document_type, "type")


def country_label(code: str) -> str:
    """A country by the name that the Unicode CLDR gives it in the page's language; in English by our own."""
    own = countries().get(code)
    if language().is_english or own is None:
        return own.name if own else code
    return str(language().locale.territories.get(code, own.name))


def language_label(code: str) -> str:
    return str(language().locale.languages.get(code, code))


def voice_words(voice: str) -> str:
    """Whose word it is, as it stands beside a quotation; nothing where that is unclear."""
    return gettext(VOICES[voice]) if voice in VOICES else ""


def part_words(role: str) -> str:
    return gettext(PARTS[role])


def place_role_words(role: str) -> str:
    return gettext(PLACE_ROLES[role])


def scope_words(scope: str) -> str:
    return gettext(SCOPE_WORDS[scope]) if scope in SCOPE_WORDS else scope


def relation_words(relation: Related) -> str:
    """What another document is to this one, as a label before its title."""
    return gettext(RELATIONS[relation.kind][relation.inverse])


# ---------------------------------------------------------------------------------------------- pages


def page_words(span: Span) -> tuple[str, str]:
    """A span in words: ("p. 47", "PDF page 49"); the second is blank where they agree, both without pages."""
    if span.page is None:
        return "", ""
    sheet = _range(str(span.page), str(span.page_end or span.page))
    many = "–" in sheet
    sheet_words = gettext("PDF pages %(pages)s", pages=sheet) if many else gettext("PDF page %(page)s", page=sheet)
    if not span.page_label:
        return sheet_words, ""
    printed = _range(span.page_label, span.page_end_label or span.page_label)
    words = gettext("pp. %(pages)s", pages=printed) if "–" in printed else gettext("p. %(page)s", page=printed)
    return words, ("" if printed == sheet else sheet_words)


def where(told: Told | Party | Response) -> str:
    """Where something is told: "p. 9", "PDF page 3" where nothing is printed, "in the text" without pages."""
    words, sheet = page_words(Span(page=told.page, page_end=told.page, page_label=told.page_label))
    return words or sheet or gettext("in the text")


def _range(first: str, last: str) -> str:
    return first if first == last else f"{first}–{last}"


# ---------------------------------------------------------------------------------------------- dates and lists


def date_words(written: str) -> str:
    """An ISO date as exact as it is: "7 June 2018", "June 2018", "2018"."""
    year, _, rest = written.partition("-")
    month, _, day = rest.partition("-")
    try:
        exact = date(int(year), int(month or 1), int(day or 1))
    except ValueError:
        return year
    locale = language().locale
    if day:
        return format_date(exact, "long", locale=locale)
    return format_skeleton("yMMMM", exact, locale=locale) if month else year


def when(practice: Practice) -> str:
    """The time a practice ran, as far as it is told."""
    start, end = date_words(practice.start), date_words(practice.end)
    if start and end:
        return f"{start} – {end}"
    return gettext("from %(date)s", date=start) if start else gettext("until %(date)s", date=end) if end else ""


def listed(names: Iterable[str]) -> str:
    """Names one after the other."""
    return comma().join(map(str, names))


def comma() -> str:
    return pgettext("between two names", ", ")


def card_line(card: Bibliography) -> list[tuple[str, bool]]:
    """Who published a document, when, and what it is, for the line under its title; whether each is a name."""
    who = listed(card.organisations) or card.publisher
    line = ((who, True), (date_words(card.date), False), (type_label(card.document_type), False))
    return [(part, is_name) for part, is_name in line if part]


def reached(practice: Practice) -> list[tuple[str, bool, bool]]:
    """The four steps of being shown to work: label, whether reached, whether it is the furthest."""
    steps = list(ShownToWork)
    at = steps.index(practice.shown_to_work)
    return [(gettext(STEPS[step]), place <= at, place == at) for place, step in enumerate(steps)]


def step_words(step: ShownToWork) -> str:
    return gettext(STEPS[step])


# ---------------------------------------------------------------------------------------------- corrections


def field_words(field: str) -> str:
    """What a corrected field is called: a concept's label for a tag, else its own name."""
    if field.startswith(TAG):
        concept = field.removeprefix(TAG)
        code = concept.removeprefix(PLACE_PREFIX)
        return country_label(code) if code.isupper() else concept_label(concept)
    name = field.removeprefix(EVIDENCE).removeprefix(PRACTICE)
    called = EVIDENCE_FIELDS.get(name) or PRACTICE_FIELDS.get(name) or FIELDS.get(name)
    return gettext(called) if called else name


def value_words(value: str, field: str) -> str:
    """What one of the few values that a field may have is called."""
    name = field.removeprefix(EVIDENCE).removeprefix(PRACTICE)
    if name == "kind":
        return kind_label(value) if value != NO_STATEMENT else gettext("none of these kinds")
    if name == "voice":
        return concept_label(value)
    if name == "standing":
        return standing_label(value)
    if name == "shown_to_work":
        return step_words(ShownToWork(value))
    return gettext(ACHIEVED[value] if name == "achieved" else ANSWERS[value])


def deeds(corrections: Iterable[Correction]) -> list[tuple[str, str, list[str]]]:
    """Who corrected on which day what, in the order of the first deed of each."""
    found: dict[tuple[str, str], list[str]] = {}
    for one in corrections:
        found.setdefault((one.by, one.at[:10]), []).append(field_words(one.field))
    return [(by, date_words(day), list(dict.fromkeys(fields))) for (by, day), fields in found.items()]


FILTERS = (
    concept_name, concept_label, concept_definition, standing_definition, numbered_label, other_names, kind_label,
    facet_label, standing_label, type_label,
    country_label, language_label, voice_words, part_words, place_role_words, scope_words, relation_words,
    page_words, where, date_words, when, listed, card_line, reached, step_words, value_words, deeds, number,
)  # fmt: skip


def install(app: Flask) -> None:
    """Give the templates these functions as filters; none of them is worked out before its page is asked for."""
    for function in FILTERS:
        app.jinja_env.filters[function.__name__] = at_each_request(function)
    app.jinja_env.globals["comma"] = comma


def at_each_request(function: Callable[..., object]) -> Callable[..., object]:
    """A filter that Jinja does not apply when it compiles a template, in whatever language was asked for first."""

    @pass_context
    def applied(_: Context, *values: object, **named: object) -> object:
        return function(*values, **named)

    return applied
