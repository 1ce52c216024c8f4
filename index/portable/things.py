"""What can be found, as a browser searches it: the words that each thing holds, how often, and what is shown of it."""

from __future__ import annotations

import base64
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from corpus.citation import cite, in_text
from corpus.model import Bibliography, Standing, Value
from index import labels
from index.analysis import language_of, marked, stem, stems_of
from index.answer import FACETS, WHATS, Hit, What
from index.dense import Dense
from index.dense import View as DenseView
from index.engine import Thing
from index.naming import Name
from index.vectors import Vectors
from index.whoosh_engine import BOOSTS, K1, PARTS, B, kept_lengths

INDEPENDENCE = {standing.value: rank for rank, standing in enumerate(Standing)}


class Shown(Value, frozen=True):
    """What is shown of a thing: as much of its words as may be carried, its work's reference and how a text points to
    the work; ``source`` is the work's own address, blank where it is not known.
    """

    title: str
    quoted: str
    reference: str
    pointer: str
    source: str = ""
    shortened: bool = False
    page: int | None = None
    page_label: str | None = None
    section: str = ""
    standing: str = ""
    year: int | None = None
    kind: str = ""
    voice: str = ""


class PortableThing(Value, frozen=True):
    """One thing: ``words`` are, for title, head and body, the numbers of its terms.

    Where its words may be carried whole (``running``) they stand in their order; else each number once, followed by how
    often it stands there, so that a text whose rights are not known cannot be put together again.
    """

    id: str
    owner: str
    ordinal: int
    language: str
    date: int
    twin: int
    independence: int
    lengths: tuple[int, ...]
    running: bool
    words: tuple[tuple[int, ...], ...]
    facets: dict[str, tuple[str, ...]]
    shown: Shown


class PortableView(Value, frozen=True):
    """The things of a view, and the mean lengths of their parts."""

    averages: tuple[float, ...]
    things: tuple[PortableThing, ...]


class PortableVectors(Value, frozen=True):
    """Vectors as bytes in base64, 512 for each, with the factor of each."""

    scales: tuple[float, ...]
    data: str


class PortableMeaning(Value, frozen=True):
    """Of one view: twin numbers, ascending, owners and languages (numbers), where each thing's vectors begin, its
    themes (numbers), the twin numbers of what a passage states, and the vectors."""

    twins: tuple[int, ...]
    owners: tuple[int, ...]
    languages: tuple[int, ...]
    pieces: tuple[int, ...]
    themes: tuple[tuple[int, ...], ...]
    stated: tuple[tuple[int, ...], ...]
    vectors: PortableVectors


class Things(Value, frozen=True):
    """All views with the terms that their numbers stand for, phrases of several words, and the formula's numbers.

    ``phrases`` tell for each of some names, by view and part, the numbers of the things that hold it, each followed by
    how often.
    """

    terms: tuple[str, ...]
    views: dict[What, PortableView]
    phrases: dict[str, dict[What, tuple[tuple[int, ...], ...]]]
    labels: dict[str, dict[str, str]]
    k1: float
    b: float
    boosts: tuple[float, ...]


def portable_things(
    things: Iterable[Thing],
    shown: Mapping[str, Shown],
    names: Iterable[Name],
    titles: Mapping[str, Mapping[str, str]],
) -> Things:
    """The things that are ``shown`` (by view and id) as a browser searches them; ``names`` are told as phrases.

    ``titles`` are what values of facets are called that no vocabulary names, by facet.
    """
    things = list(things)
    numbers: dict[str, int] = {}
    views: dict[What, PortableView] = {}
    texts: dict[What, list[tuple[str, tuple[list[str], ...]]]] = {}
    for what in WHATS:
        mine = [thing for thing in things if thing.what == what and _key(thing) in shown]
        texts[what] = [(language_of(t.language), _stems(t)) for t in mine]
        exact = np.array([[len(part) for part in stems] for _, stems in texts[what]], np.int64).reshape(-1, len(PARTS))
        lengths = kept_lengths(exact)
        views[what] = PortableView(
            averages=tuple(float(mean) or 1.0 for mean in exact.sum(axis=0) / max(len(mine), 1)),
            things=tuple(
                PortableThing(
                    id=thing.id,
                    owner=thing.owner,
                    ordinal=thing.ordinal,
                    language=language,
                    date=thing.date,
                    twin=thing.twin,
                    independence=min(
                        (INDEPENDENCE[s] for s in thing.facets.get("standing", ())), default=len(Standing)
                    ),
                    lengths=tuple(row.tolist()),
                    running=not shown[_key(thing)].shortened,
                    words=tuple(
                        _numbers(part, language, numbers, counted=shown[_key(thing)].shortened) for part in stems
                    ),
                    facets={name: tuple(dict.fromkeys(values)) for name, values in thing.facets.items() if values},
                    shown=shown[_key(thing)],
                )
                for thing, (language, stems), row in zip(mine, texts[what], lengths, strict=True)
            ),
        )
    values: dict[str, set[str]] = {name: set() for name in FACETS}
    for view in views.values():
        for portable in view.things:
            for name, held in portable.facets.items():
                values[name].update(held)
    return Things(
        terms=tuple(numbers),
        views=views,
        phrases=_phrases(names, texts),
        k1=K1,
        b=B,
        boosts=tuple(BOOSTS[part] for part in PARTS),
        labels={
            name: {value: labels.label(name, value, titles.get(name, {})) for value in sorted(held)}
            for name, held in values.items()
        },
    )


def portable_meaning(view: DenseView) -> PortableMeaning:
    """The meanings of a view as a browser reads them."""

    def lists(starts: NDArray[np.int64], held: NDArray[np.int64]) -> tuple[tuple[int, ...], ...]:
        return tuple(tuple(held[a:b].tolist()) for a, b in pairwise(starts.tolist()))

    return PortableMeaning(
        twins=tuple(view.twins.tolist()),
        owners=tuple(view.owners.tolist()),
        languages=tuple(view.languages.tolist()),
        pieces=tuple(view.pieces.tolist()),
        themes=lists(view.themes.starts, view.themes.numbers),
        stated=lists(view.stated.starts, view.stated.numbers),
        vectors=portable_vectors(view.vectors),
    )


def portable_vectors(vectors: Vectors) -> PortableVectors:
    return PortableVectors(
        scales=tuple(float(f"{scale:.7g}") for scale in vectors.scales.tolist()),
        data=base64.b64encode(np.ascontiguousarray(vectors.codes).tobytes()).decode("ascii"),
    )


def key_of(what: What, identifier: str) -> str:
    """By what a thing is known beside things of other views."""
    return f"{what}/{identifier}"


def shown_of(hit: Hit, quoted: str, work: Bibliography) -> Shown:
    """What is shown of a thing that was looked up as a hit, of a work."""
    reference, pointer = _referred(work)
    return Shown(
        title=hit.title,
        quoted=quoted,
        reference=reference,
        pointer=pointer,
        source=work.url,
        shortened=quoted != hit.text,
        page=hit.page,
        page_label=hit.page_label,
        section=hit.section,
        standing=hit.standing,
        year=hit.year,
        kind=hit.kind,
        voice=hit.voice,
    )


@lru_cache(maxsize=4096)
def _referred(work: Bibliography) -> tuple[str, str]:
    """The reference of a whole work and how a text points to it (APA); it takes a twentieth of a second."""
    return cite(work), in_text(work)


def _key(thing: Thing) -> str:
    return key_of(thing.what, thing.id)


def _stems(thing: Thing) -> tuple[list[str], ...]:
    return tuple(stems_of(text, thing.language).stems for text in (thing.title, thing.head, thing.body))


def _numbers(stems: Iterable[str], language: str, numbers: dict[str, int], *, counted: bool) -> tuple[int, ...]:
    told = [numbers.setdefault(marked(stem, language), len(numbers)) for stem in stems]
    return tuple(number for pair in sorted(Counter(told).items()) for number in pair) if counted else tuple(told)


def _phrases(
    names: Iterable[Name], texts: Mapping[What, Sequence[tuple[str, tuple[list[str], ...]]]]
) -> dict[str, dict[What, tuple[tuple[int, ...], ...]]]:
    """Where names of several words stand, in each language's stems."""
    languages = sorted({language for told in texts.values() for language, _ in told})
    beginning: dict[str, dict[str, list[tuple[tuple[str, ...], str]]]] = {language: {} for language in languages}
    for name in names:
        for language in languages if len(name) > 1 else ():
            wanted = tuple(stem(word, language) for word in name)
            beginning[language].setdefault(wanted[0], []).append((wanted, " ".join(name)))
    found: dict[str, dict[What, list[Counter[int]]]] = {}
    for what, told in texts.items():
        for thing, (language, parts) in enumerate(told):
            for part, held in enumerate(parts):
                for at, first in enumerate(held):
                    for wanted, phrase in beginning[language].get(first, ()):
                        if tuple(held[at : at + len(wanted)]) == wanted:
                            counts = found.setdefault(phrase, {}).setdefault(what, [Counter() for _ in PARTS])
                            counts[part][thing] += 1
    return {
        name: {
            what: tuple(tuple(n for pair in sorted(counts.items()) for n in pair) for counts in parts)
            for what, parts in by_view.items()
        }
        for name, by_view in sorted(found.items())
    }


def meaning_of(dense: Dense) -> dict[What, PortableMeaning]:
    """The meanings of every view."""
    return {what: portable_meaning(view) for what, view in dense.views.items()}
