"""A collection that searches without a server: everything that a browser needs, as plain values.

`portable(home, source)` tells what can be found (`things`), what words mean beside themselves (`lexicon`) and the model
of meaning in small (`model`), with the numbers of every formula from the rooms that own them.  ``webapp/kit`` carries
it, with the formulas told again in JavaScript; a test holds its answers against the server's.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from typing import Any

import msgspec

from corpus.catalogue import Published
from corpus.citation import card_of_practice
from corpus.concepts import vocabulary
from corpus.home import Home
from corpus.meaning import encoder
from corpus.model import Value
from corpus.notes import retold
from index import framing, fusion, kindred, proper, stopwords, understanding
from index.analysis import language_of, tokens
from index.answer import FACETS, WHATS, Request, What
from index.dense import Dense, open_dense
from index.engine import Thing
from index.library import Library
from index.lists import carried
from index.naming import NAMING_LANGUAGES
from index.portable.lexicon import Lexicon, lexicon
from index.portable.model import SmallModel, frequent_words, small_model
from index.portable.things import (
    PortableMeaning,
    PortableVectors,
    Shown,
    Things,
    key_of,
    meaning_of,
    portable_things,
    portable_vectors,
    shown_of,
)
from index.query import MAX_WORDS
from index.things import things_of
from index.whoosh_engine import snapshot, spelling

EVERYTHING = 1_000_000
"""More hits than any home has things of one view."""


class Meaning(Value, frozen=True):
    """The meanings of the views and of the themes (two vectors each: name, definition), and the small model.

    ``ours`` are the numbers of the owners whose words are our own, ``main_language`` that of most passages.
    """

    model: SmallModel
    views: dict[What, PortableMeaning]
    themes: PortableVectors
    rarity: dict[What, tuple[float, ...]]
    owners: tuple[str, ...]
    ours: tuple[int, ...]
    main_language: int


class Portable(Value, frozen=True):
    """A collection as a browser searches it; ``meaning`` is None where there is no model."""

    things: Things
    lexicon: Lexicon
    meaning: Meaning | None
    numbers: dict[str, Any]
    """Numbers and lists of the formulas, by name."""


def portable(home: Home, only: Mapping[What, Collection[str]] | None = None) -> Portable:
    """What a home shows, as a browser searches it; ``only`` names the things that are carried, by view.

    Raises:
        IndexMissing: there is no index to take it from.
    """
    library = Library(home)
    source = Published(home.catalogue_url)
    reading = library.reading()
    shown = _shown(library, source, only)
    owners = [*source.document_ids(), *source.practice_ids()]
    things = [thing for thing in things_of(source, dict.fromkeys(owners)) if key_of(thing.what, thing.id) in shown]
    dense, by = open_dense(home.index_dir), encoder()
    held = _held(things)
    words = lexicon(reading.snapshot, reading.acronyms, dense, by, held, frequent_words())
    names = {other for meant in (*words.words.values(), *words.names.values()) for other, _ in meant.others}
    titles = {facet: reading.names(facet) for facet in ("doc", "org")}
    return Portable(
        things=portable_things(things, shown, names, titles),
        lexicon=words,
        meaning=_meaning(dense, things, _asked(words)) if dense is not None else None,
        numbers=numbers(),
    )


def _shown(library: Library, source: Published, only: Mapping[What, Collection[str]] | None) -> dict[str, Shown]:
    """Everything that is found where nothing is asked, as it is shown and as far as its rights let it be carried."""
    shown = {}
    for what in WHATS:
        answer = library.search(Request(what=what, limit=EVERYTHING, facets=False))
        for hit in answer.hits:
            if only is None or hit.id in only.get(what, ()):
                work = card_of_practice(source.practice(hit.id)) if what == "practices" else source.card(hit.doc)
                shown[key_of(what, hit.id)] = shown_of(hit, carried(hit.text, work.rights), work)
    return shown


def _held(things: Collection[Thing]) -> dict[str, set[str]]:
    """The folded words of the texts, by language."""
    held: dict[str, set[str]] = {}
    for thing in things:
        words = held.setdefault(language_of(thing.language), set())
        for text in (thing.title, thing.head, thing.body):
            words.update(token.word for token in tokens(text))
    return held


def _asked(words: Lexicon) -> list[str]:
    """What a question of the field may be made of: the names that are known, as they are written, and other names."""
    names = [key.partition(" ")[2] for key in words.names if key.startswith("= ")]
    return [*words.written.values(), *names]


def _meaning(dense: Dense, things: Collection[Thing], words: Collection[str]) -> Meaning | None:
    """The meanings with a small model that knows the things' texts and other words."""
    model = small_model([*words, *(text for thing in things for text in (thing.title, thing.head, thing.body))])
    if model is None:
        return None
    owners = dense.outline.owners
    return Meaning(
        model=model,
        views=meaning_of(dense),
        themes=portable_vectors(dense.themes),
        rarity={what: tuple(dense.rarity(what).tolist()) for what in WHATS},
        owners=owners,
        ours=tuple(number for number, owner in enumerate(owners) if owner in retold()),
        main_language=dense.main_language,
    )


def numbers() -> dict[str, Any]:
    """The numbers and lists by which questions are understood, things matched and ranked, from where they are kept."""
    told: dict[str, Any] = {}
    for module, names in _NUMBERS.items():
        told |= {name: getattr(module, name) for name in names.split()}
    return told | {
        "FRAMES": framing.FRAMES.pattern,
        "STOP_WORDS": {language: sorted(words) for language, words in stopwords.STOP_WORDS.items()},
        "COUNTRIES": sorted(proper.places()),
        "CITIES": sorted(proper.cities()),
        "FACETS": FACETS,
        "LANGUAGES": list(NAMING_LANGUAGES),
        "MAX_WORDS": MAX_WORDS,
        "THEMES": {concept.id: concept.label for concept in vocabulary().scheme("themes") if concept.listed},
    }


_NUMBERS: Mapping[Any, str] = {
    understanding: "CORRECTED_WEIGHT REGION_WEIGHT SURE HYPHEN_WEIGHT WEAK_COVERAGE NEARNESS ANSWERS ANSWERS_WORD"
    " ANSWERS_ONE NAMED_HEARD",
    fusion: "DEPTH NEAR_MAX NEAR_SHARE NEAR_COSINE WEIGHTS TRUST_FROM TRUST TRUST_VERBATIM STEP_BACK MAIN_LANGUAGE"
    " LACKING THEME_COSINE",
    kindred: "KINDRED_MAX",
    snapshot: "COVERAGE_STEPS ENOUGH",
    spelling: "SHORT_WORD LONG_WORD SHORTEST LETTERS",
}


def scripts(carried_: Portable) -> Iterator[tuple[str, bytes]]:
    """The parts as scripts that hand themselves over: a page that was opened as a file may load nothing else."""
    for name in carried_.__struct_fields__:
        part = getattr(carried_, name)
        if part is not None:
            yield f"{name}.js", b'fingerpost.take("' + name.encode() + b'", ' + msgspec.json.encode(part) + b");\n"


__all__ = ["Portable", "portable", "scripts"]
