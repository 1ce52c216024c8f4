"""The vocabularies as concepts: what the knowledge base tags, filters and searches with.

One file a scheme in ``corpus/vocabulary/*.toml``; the scheme's name is the file's stem (``themes``, ``target-groups``,
``situation``, ``statement-kinds``, ``voices``, ``evaluation-criteria``, ``pillars``, ``gcm-objectives``,
``gcm-principles``, ``sdgs``, ``practice-types``, ``standings``, ``document-types``, ``places``).  Every file is a
``label`` and a list of ``[[concept]]`` tables whose keys are the fields of `Concept`; docs/vocabulary.md explains them.

    >>> v = vocabulary()
    >>> v.label("guardianship")
    'Guardianship'
    >>> v.listed_ancestor("age-assessment")
    'identification-screening'
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from functools import cache
from importlib import resources
from typing import Any

import msgspec

from corpus.errors import VocabularyError
from corpus.model import Value

_ID = re.compile(r"[a-z0-9]+([:-][a-z0-9]+)*")


class Concept(Value, frozen=True):
    """One concept of one scheme; the terms are those of SKOS (W3C, 2009).

    ``synonyms`` name the concept: each of them alone means it (search may add them to a query).  ``signs`` only point
    towards it: words that go with it and support it in tagging.  ``decoys`` are phrases that hold one of its names and
    do not speak of it ("evaluation team").  ``broader`` holds the concepts above it (most have
    none or one; a refugee girl stands under two).  A concept ``serves`` others to which it is a
    means: where a text is about one of those, what speaks of the means speaks of it.
    What is about one of ``from_themes`` is about the concept, by what the concept's own institution says of it.
    ``listed`` concepts are those
    that ``fingerpost tag`` speaks.
    ``notation`` is the concept's short code inside its scheme ("7" for gcm-objective-7), blank where that is the id.
    ``cpms`` are the numbers of the Child Protection Minimum Standards (Alliance for Child Protection in Humanitarian
    Action, 2019) that a theme answers to.  An ``actor`` is a group that most reports name because it acts: it is a
    target group only where it is trained, persuaded or supported.  ``members`` are the ISO alpha-2 codes of a
    grouping of countries.
    """

    id: str
    scheme: str
    label: str
    definition: str
    synonyms: tuple[str, ...] = ()
    signs: tuple[str, ...] = ()
    decoys: tuple[str, ...] = ()
    broader: tuple[str, ...] = ()
    serves: tuple[str, ...] = ()
    from_themes: tuple[str, ...] = ()
    listed: bool = False
    notation: str = ""
    cpms: tuple[int, ...] = ()
    actor: bool = False
    members: tuple[str, ...] = ()
    note: str = ""
    label_fr: str = ""
    label_es: str = ""
    label_ar: str = ""
    synonyms_fr: tuple[str, ...] = ()
    synonyms_es: tuple[str, ...] = ()

    @property
    def labels(self) -> tuple[str, ...]:
        """The labels in English, French, Spanish and Arabic, those that there are."""
        return tuple(label for label in (self.label, self.label_fr, self.label_es, self.label_ar) if label)

    @property
    def names(self) -> tuple[str, ...]:
        """The synonyms in all languages."""
        return self.synonyms + self.synonyms_fr + self.synonyms_es

    def label_in(self, language: str) -> str:
        """The label in a language (ISO 639-1), the English one where there is none."""
        told = {"fr": self.label_fr, "es": self.label_es, "ar": self.label_ar}
        return told.get(language) or self.label

    @property
    def code(self) -> str:
        """The notation, or the id where the concept has none."""
        return self.notation or self.id


class Vocabulary:
    """All concepts of all schemes, checked: ids are unique, broader concepts exist, nothing is above itself."""

    def __init__(self, concepts: Iterable[Concept], scheme_labels: Mapping[str, str]) -> None:
        self._labels = dict(scheme_labels)
        self._by_id: dict[str, Concept] = {}
        self._schemes: dict[str, list[Concept]] = {name: [] for name in self._labels}
        self._narrower: dict[str, list[Concept]] = {}
        for concept in concepts:
            self._add(concept)
        for concept in self._by_id.values():
            self._check_above(concept)
            for above in concept.broader:
                self._narrower.setdefault(above, []).append(concept)

    def _add(self, concept: Concept) -> None:
        if not concept.id.strip() or not concept.label.strip() or not concept.definition.strip():
            raise _broken(concept, "needs an id, a label and a definition; add what is missing")
        if not _ID.fullmatch(concept.id):
            raise _broken(concept, "has an id that is not small letters, digits, hyphens and colons; choose such a one")
        if concept.id in self._by_id:
            other = self._by_id[concept.id].scheme
            raise _broken(concept, f"is also in {other}.toml; choose another id for one of them")
        self._by_id[concept.id] = concept
        self._schemes.setdefault(concept.scheme, []).append(concept)

    def _check_above(self, concept: Concept) -> None:
        for above in concept.broader:
            if above not in self._by_id:
                raise _broken(concept, f"names the broader concept '{above}', which no file has; correct or add it")
        if concept in self.ancestors(concept.id):
            raise _broken(concept, "is above itself through its broader concepts; break the circle")

    def __contains__(self, identifier: object) -> bool:
        return identifier in self._by_id

    def concept(self, identifier: str) -> Concept:
        """The concept with this id; `VocabularyError` if there is none."""
        try:
            return self._by_id[identifier]
        except KeyError:
            raise VocabularyError(
                f"No vocabulary has a concept '{identifier}'; docs/vocabulary.md lists the schemes and their ids."
            ) from None

    def schemes(self) -> dict[str, str]:
        """Names of the schemes with their labels."""
        return dict(self._labels)

    def scheme(self, name: str) -> tuple[Concept, ...]:
        """The concepts of one scheme in the order of its file; `VocabularyError` for an unknown scheme."""
        try:
            return tuple(self._schemes[name])
        except KeyError:
            known = ", ".join(sorted(self._schemes))
            raise VocabularyError(f"There is no scheme '{name}'; use one of {known}.") from None

    def by_code(self, scheme: str, code: str) -> Concept:
        """The concept of a scheme with this code (``by_code("document-types", "brief")``)."""
        for concept in self.scheme(scheme):
            if concept.code == code:
                return concept
        raise VocabularyError(f"The scheme '{scheme}' has no concept '{code}'; see docs/vocabulary.md for its codes.")

    def label(self, identifier: str) -> str:
        return self.concept(identifier).label

    def narrower(self, identifier: str) -> tuple[Concept, ...]:
        """The concepts directly under this one."""
        return tuple(self._narrower.get(self.concept(identifier).id, ()))

    def ancestors(self, identifier: str) -> tuple[Concept, ...]:
        """Every concept above this one, nearest first; an unknown broader id counts as none."""
        found: dict[str, Concept] = {}
        queue = list(self.concept(identifier).broader)
        while queue:
            above = self._by_id.get(queue.pop(0))
            if above is not None and above.id not in found:
                found[above.id] = above
                queue.extend(above.broader)
        return tuple(found.values())

    def listed_ancestor(self, identifier: str) -> str | None:
        """The concept itself if it is listed, else the nearest listed one above it, else None."""
        for concept in (self.concept(identifier), *self.ancestors(identifier)):
            if concept.listed:
                return concept.id
        return None


def _broken(concept: Concept, what: str) -> VocabularyError:
    return VocabularyError(f"vocabulary/{concept.scheme}.toml: the concept '{concept.id}' {what}.")


def read_scheme(name: str, text: str) -> tuple[str, tuple[Concept, ...]]:
    """One scheme file: its label and its concepts; `VocabularyError` names the file and the concept."""
    try:
        table = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise VocabularyError(f"vocabulary/{name}.toml is not TOML ({error}); correct that line.") from error
    if not str(table.get("label", "")).strip():
        raise VocabularyError(f"vocabulary/{name}.toml has no label; add one on its first line.")
    return table["label"], tuple(_concept(name, entry) for entry in table.get("concept", ()))


def _concept(scheme: str, entry: dict[str, Any]) -> Concept:
    try:
        return msgspec.convert({**entry, "scheme": scheme}, Concept)
    except msgspec.ValidationError as error:
        who = entry.get("id", "without an id")
        raise VocabularyError(
            f"vocabulary/{scheme}.toml: the concept '{who}' is not well formed ({error}); see docs/vocabulary.md."
        ) from error


def load(files: Mapping[str, str]) -> Vocabulary:
    """A vocabulary from the texts of its files by scheme name; `VocabularyError` if they break a rule."""
    read = {name: read_scheme(name, text) for name, text in files.items()}
    concepts = [concept for _, scheme in read.values() for concept in scheme]
    return Vocabulary(concepts, {name: label for name, (label, _) in read.items()})


@cache
def vocabulary() -> Vocabulary:
    """The shipped vocabularies, read once."""
    folder = resources.files("corpus") / "vocabulary"
    files = sorted((f for f in folder.iterdir() if f.name.endswith(".toml")), key=lambda f: f.name)
    return load({f.name.removesuffix(".toml"): f.read_text("utf-8") for f in files})
