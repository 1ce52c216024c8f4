"""What facet values are called, and which values a person means by what they typed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import cache, lru_cache

from corpus import bodies
from corpus.concepts import Concept, vocabulary
from corpus.ids import fold
from corpus.messages import N_, Message
from corpus.places import countries
from index.answer import FACETS
from index.regions import codes_called

SCHEMES = {
    "theme": ("themes",),
    "group": ("target-groups",),
    "situation": ("situation",),
    "criteria": ("evaluation-criteria",),
    "kind": ("statement-kinds",),
    "voice": ("voices",),
    "standing": ("standings",),
    "type": ("document-types", "practice-types"),
}
"""Facets whose values are codes of vocabulary schemes."""

LANGUAGES = {
    "ar": "Arabic", "ca": "Catalan", "da": "Danish", "de": "German", "el": "Greek", "en": "English", "es": "Spanish",
    "eu": "Basque", "fi": "Finnish", "fr": "French", "ga": "Irish", "hi": "Hindi", "hu": "Hungarian",
    "id": "Indonesian", "it": "Italian", "ja": "Japanese", "lt": "Lithuanian", "nb": "Norwegian", "ne": "Nepali",
    "nl": "Dutch", "pl": "Polish", "pt": "Portuguese", "ro": "Romanian", "ru": "Russian", "sr": "Serbian",
    "sv": "Swedish", "ta": "Tamil", "th": "Thai", "tr": "Turkish", "uk": "Ukrainian", "zh": "Chinese",
}  # fmt: skip

ACHIEVED = {"yes": N_("Achieved"), "expected": N_("Expected, not yet achieved")}

ROLE_JOINT = " · "
"""Between an organisation and its part in what a document speaks of: both together are a value to filter by, which is
not listed with the facet's others."""

NAMED_AS_WRITTEN = ("doc", "addressee")
"""Facets whose values are names out of documents: some of a name's words are enough to mean it."""

MENTIONED = 5
"""Values that a note offers in place of one that is not there."""


@cache
def _concepts(name: str) -> dict[str, Concept]:
    """A facet's concepts by the code that is indexed."""
    known = vocabulary()
    return {concept.code: concept for scheme in SCHEMES.get(name, ()) for concept in known.scheme(scheme)}


def concept_of(name: str, value: str) -> Concept | None:
    """The concept that a facet's value is; None for names, years and codes that no vocabulary has."""
    return _concepts(name).get(value)


def label(name: str, value: str, names: Mapping[str, str]) -> str:
    """What a facet's value is called; ``names`` are titles by document id, or organisations with their short forms."""
    if name in SCHEMES:
        concept = concept_of(name, value)
        return concept.label if concept else value
    if name == "country":
        country = countries().get(value)
        return country.name if country else value
    return {"doc": names, "org": names, "language": LANGUAGES, "achieved": ACHIEVED}.get(name, {}).get(value, value)


def with_short_forms(explained: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Organisations by name, each with the short form by which documents explain it ("Oak Fund (OF)")."""
    named = ((bodies.called(long), short) for short, long in explained)
    return {name: f"{name} ({short})" for name, short in named if not name.endswith(")")}


def resolve(
    name: str, typed: Sequence[str], there: Sequence[str], names: Mapping[str, str]
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The indexed values that typed values of a filter mean, and a note on each that means none.

    A value that nothing has stays as it was typed, so that the filter finds nothing instead of being lost.
    """
    values: dict[str, None] = {}
    notes = []
    for one in typed:
        meant = _bodies(one, there, names) if name == "org" else _meant(name, one, there, names)
        values.update(dict.fromkeys(meant or (one,)))
        if not meant:
            notes.append(_note(name, one, there, names))
    return tuple(values), tuple(notes)


def _meant(name: str, typed: str, there: Sequence[str], names: Mapping[str, str]) -> list[str]:
    if name == "year":
        return _years(typed, there)
    if typed in there:
        return [typed]
    wanted = fold(typed)
    codes = _codes_called(name, wanted)
    exact = [v for v in there if v in codes or wanted in (fold(v), fold(label(name, v, names)))]
    if exact or name not in NAMED_AS_WRITTEN or not wanted:
        return exact
    return [v for v in there if f" {wanted} " in f" {fold(label(name, v, names))} "]


def _bodies(typed: str, there: Sequence[str], names: Mapping[str, str]) -> list[str]:
    """The organisations that go by a name in any of its writings, and those that have its words in theirs."""
    if typed in there:
        return [typed]
    name, joint, part = typed.partition(ROLE_JOINT)
    meant, words = fold(bodies.called(name) + joint + part), fold(typed)
    return [v for v in there if fold(v) == meant or (words and f" {words} " in f" {fold(label('org', v, names))} ")]


def _years(typed: str, there: Iterable[str]) -> list[str]:
    first, dots, last = typed.partition("..")
    if not dots:
        return [typed] if typed in there else []
    return [year for year in there if (first or year) <= year <= (last or year)]


@lru_cache(maxsize=1024)  # bounded: the names are what people type
def _codes_called(name: str, wanted: str) -> frozenset[str]:
    """Codes whose concept, or a country whose name, adjective or region, is called so."""
    if name == "country":
        names = {code: (c.alpha3, *c.names, *c.adjectives, *c.inflected) for code, c in countries().items()}
        return frozenset([*codes_called(wanted), *(code for code, some in names.items() if wanted in map(fold, some))])
    if name == "language":
        return frozenset(code for code, called in LANGUAGES.items() if fold(called) == wanted)
    known = vocabulary()
    called = [c for scheme in SCHEMES.get(name, ()) for c in known.scheme(scheme) if wanted in _names(c)]
    listed = [known.concept(known.listed_ancestor(c.id) or c.id) for c in called]
    return frozenset(c.code for c in (*called, *listed))


def _names(concept: Concept) -> set[str]:
    names = (concept.id, concept.code, concept.label, concept.label_fr, concept.label_es, *concept.synonyms)
    return {fold(n) for n in names if n}


def _note(name: str, typed: str, there: Sequence[str], names: Mapping[str, str]) -> str:
    near = [v for v in there if fold(typed)[:3] and fold(label(name, v, names)).startswith(fold(typed)[:3])]
    offered = ", ".join((near or list(there))[:MENTIONED])
    called = Message(FACETS[name])
    if not offered:
        return Message("Nothing here fits the filter “%(facet)s: %(value)s”.", facet=called, value=typed)
    return Message(
        "Nothing here fits the filter “%(facet)s: %(value)s”; there is, for example: %(offered)s.",
        facet=called,
        value=typed,
        offered=offered,
    )
