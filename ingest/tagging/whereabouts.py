"""Finding countries and groupings: names as written, with the false friends that a field's reports hold."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from spacy.matcher import PhraseMatcher
from spacy.tokens import Doc, Token

from corpus.model import Tag
from corpus.places import PLACE_PREFIX, Country, countries, groupings, supplement
from ingest.tagging.language import Reader, level, printed
from ingest.tagging.roles import Role, chief_role, role_after, role_of

EVIDENCE_WORDS = 8
"""At most so many words are kept as a tag's evidence."""
SHOUTABLE = 5
"""Names from this length on are looked for in capitals too; shorter ones would meet acronyms."""

_NO_PLURAL = ("s", "sh", "ch", "ese")
_OF_LANGUAGES = frozenset({
    "language", "languages", "speaking", "speaker", "speakers", "spoken", "version", "translation", "lessons",
    "courses", "interpreter", "interpreters", "interpretation",
})  # fmt: skip
_SPEAKING = frozenset(
    {
        "language",
        "languages",
        "speak",
        "speaks",
        "spoke",
        "speaking",
        "translated",
        "langue",
        "langues",
        "idioma",
        "idiomas",
    }
)
_LEADS_IN = frozenset({":", "(", "such", "as", "like", "including", "in", "both", "mostly", "only"})
"""What may stand between such a word and the names of languages ("languages such as Tajik")."""
_BETWEEN = frozenset({",", "/", "and", "or", "&"})
_INSIDE_NAMES = frozenset({"of", "for", "the"})
_DECOY = "decoy"
_SHARED = "shared:"


@dataclass(frozen=True, slots=True)
class Whereabout:
    """One mention of a place: its concept id, whether inside an organisation's name in a list, and by an adjective."""

    concept: str
    start: int
    end: int
    word: str
    in_list_of_names: bool = False
    adjective: bool = False


class PlaceFinder:
    """The names of all countries and groupings, compiled."""

    def __init__(self, reader: Reader) -> None:
        self._more = supplement()
        self._matcher = PhraseMatcher(reader.nlp.vocab, attr="ORTH")
        self._keys: dict[int, str] = {}
        names: dict[str, set[str]] = defaultdict(set)
        for country in countries().values():
            names[PLACE_PREFIX + country.alpha2].update(_forms(country))
        for identifier, grouping in groupings().items():
            names[identifier].update(grouping.synonyms)
        for shared in self._more.shared:
            names[_SHARED + shared].add(shared)
        names[_DECOY].update(self._more.decoys)
        self._adjectives = frozenset(form for country in countries().values() for form in _adjectives(country))
        for key, forms in names.items():
            self._keys[reader.nlp.vocab.strings.add(key)] = key
            kept = [f for f in forms if key.startswith(_SHARED) or f not in self._more.shared]
            self._matcher.add(key, [reader.read(form) for form in kept])
        self._language_names = self._more.languages | self._more.further_languages

    def find(self, doc: Doc) -> list[Whereabout]:
        """Every mention of a place that is one; names that several countries share are settled by the others."""
        found = [w for w in self._longest(doc) if self._is_place(doc, w)]
        sure = {w.concept for w in found}
        return [self._settled(w, sure) for w in found]

    def _longest(self, doc: Doc) -> Iterator[Whereabout]:
        taken = bytearray(len(doc))
        kept = []
        for key, start, end in sorted(self._matcher(doc), key=lambda m: (m[1] - m[2], m[1])):
            if not any(taken[start:end]):
                taken[start:end] = b"\1" * (end - start)
                kept.append((self._keys[key], start, end))
        for concept, start, end in kept:
            one_of_many = not (end < len(doc) and taken[end]) and _in_list_of_names(doc, start, end)
            word = doc[start:end].text
            yield Whereabout(concept, start, end, word, one_of_many, word in self._adjectives)

    def _is_place(self, doc: Doc, found: Whereabout) -> bool:
        if found.concept == _DECOY:
            return False
        before = doc[found.start - 1].text if found.start else ""
        after = doc[found.end].text if found.end < len(doc) else ""
        code = found.concept.removeprefix(PLACE_PREFIX)
        a_text = after in self._more.treaty_words
        a_person = before in self._more.person_words and code in self._more.person_countries
        shouted = len(found.word) < SHOUTABLE and before.isupper() and len(before) >= SHOUTABLE - 1  # "CONTACT US"
        if a_text or a_person or shouted:
            return False
        if self._pays(doc, found):
            return False
        return not (found.word in self._language_names and self._is_language(doc, before, found))

    def _pays(self, doc: Doc, found: Whereabout) -> bool:
        """Whether a place stands in the name of a body that is told only as the one that pays ("the US-funded …")."""
        after = found.end
        while after < len(doc) and (_capitalised(doc[after]) or doc[after].lower_ in _INSIDE_NAMES):
            after += 1
        if after < len(doc) and doc[after].lower_ in self._more.funding_words:
            return True
        start = found.start - 1
        while start >= 0 and (_capitalised(doc[start]) or doc[start].lower_ in _INSIDE_NAMES):
            start -= 1
        return (
            after > found.end
            and start > 0
            and doc[start].lower_ == "by"
            and doc[start - 1].lower_ in self._more.funding_words
        )

    def _is_language(self, doc: Doc, before: str, found: Whereabout) -> bool:
        """Whether an adjective that is also a language stands for it: alone, in a list of languages, "-speaking"."""
        first = found.start
        while first and (doc[first - 1].text in _BETWEEN or doc[first - 1].text in self._language_names):
            first -= 1
        while first and doc[first - 1].lower_ in _LEADS_IN:
            first -= 1
        if first and doc[first - 1].lower_ in _SPEAKING:
            return True
        if found.word not in self._more.languages:
            return False
        following = found.end
        while following < len(doc):
            beyond = following
            while beyond < len(doc) and doc[beyond].text in _BETWEEN:
                beyond += 1
            if beyond == len(doc) or doc[beyond].text not in self._language_names:
                break
            following = beyond + 1
        if following == len(doc):
            return True
        token: Token = doc[following]
        quoted = before == "in" and not token.is_lower
        return quoted or not token.is_alpha or token.is_stop or token.lower_ in _OF_LANGUAGES

    def _settled(self, found: Whereabout, sure: set[str]) -> Whereabout:
        if not found.concept.startswith(_SHARED):
            return found
        codes = self._more.shared[found.concept.removeprefix(_SHARED)]
        named = [PLACE_PREFIX + code for code in codes if PLACE_PREFIX + code in sure]
        concept = named[0] if named else PLACE_PREFIX + codes[0]
        return replace(found, concept=concept)


def _forms(country: Country) -> Iterator[str]:
    """Every written form that names a country."""
    for name in country.names:
        yield name
        if len(name) >= SHOUTABLE:
            yield name.upper()
    yield from country.cities
    yield from _adjectives(country)


def _adjectives(country: Country) -> Iterator[str]:
    """Every written form of a country's adjectives and its people's names."""
    for adjective in country.adjectives:
        yield adjective
        if not adjective.endswith(_NO_PLURAL):
            yield adjective + "s"
    for adjective in country.inflected:
        yield adjective
        yield adjective.capitalize()


def _in_list_of_names(doc: Doc, start: int, end: int) -> bool:
    """Whether a mention is a word of one name among several ("the Kenya Red Cross, Save the Children and …").

    Only commas and semicolons tell a list: "and" stands inside the names of ministries too.
    """
    after = end
    while after < len(doc) and (_capitalised(doc[after]) or (after > end and doc[after].lower_ in _INSIDE_NAMES)):
        after += 1
    if after == end:
        return False
    before = start - 1
    while before >= 0 and doc[before].lower_ in _INSIDE_NAMES:
        before -= 1
    return _joins(doc, after, after + 1) or _joins(doc, before, before - 1)


def _capitalised(token: Token) -> bool:
    return token.is_alpha and token.text[0].isupper() and not token.is_stop


def _joins(doc: Doc, joint: int, beyond: int) -> bool:
    """Whether a comma at ``joint`` ties on another name."""
    if 0 <= beyond < len(doc) and beyond > joint and doc[beyond].lower_ in _INSIDE_NAMES:
        beyond += 1  # "…, the Office of"
    inside = 0 <= joint < len(doc) and 0 <= beyond < len(doc)
    return inside and doc[joint].text in {",", ";"} and _capitalised(doc[beyond])


_FORM_FIELD = re.compile(
    r"(?:countr(?:y|ies)|coverage|location|pays|zone|país(?:es)?|cobertura)[^:\n]{0,30}: ?[^:\n]{0,60}$", re.IGNORECASE
)
"""What stands before a place in a form's field that tells where something is done."""


def in_form_field(text: str, doc: Doc, found: Whereabout) -> bool:
    """Whether a place fills a form's field for places ("Geographical coverage: Nepal")."""
    start = doc[found.start].idx
    return bool(_FORM_FIELD.search(text[max(0, start - 100) : start]))


def by_place(text: str, doc: Doc, found: Sequence[Whereabout]) -> Iterator[Tag]:
    """A tag for each place that is spoken of, in order of mention; mere names in a list do not count.

    ``text`` is the source of ``doc``; offsets agree.
    """
    levelled = level(text)
    spoken_of: dict[str, list[Whereabout]] = {}
    roles: dict[str, list[Role | None]] = defaultdict(list)
    last, last_role = (0, 0), None
    for here in sorted(found, key=lambda w: w.start):
        if here.in_list_of_names:
            continue
        start, end = doc[here.start].idx, doc[here.end - 1].idx + len(doc[here.end - 1])
        role = role_of(levelled, start, end, adjective=here.adjective)
        if role is None and last[1]:
            role = role_after(levelled, last, last_role, start, end)
        last, last_role = (start, end), role
        spoken_of.setdefault(here.concept, []).append(here)
        roles[here.concept].append(role)
    for concept, mentions in spoken_of.items():
        words = dict.fromkeys(printed(text, doc, here.start, here.end) for here in mentions)
        yield Tag(concept=concept, evidence=tuple(words)[:EVIDENCE_WORDS], role=chief_role(roles[concept]))
