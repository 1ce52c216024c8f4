"""What a question's words mean beside themselves, told beforehand for every word and name that a collection answers.

On a server `index.understanding` and `index.kindred` work this out for each question.  What they say depends on one
word or one name at a time, so that it can be told in advance: a browser then looks up what is searched beside what was
typed.  Stems are told in the same way, for all forms of a word that its language's stemmer takes to a stem of the
collection.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence, Set

import numpy as np

from corpus.meaning import Encoder, Vectors
from corpus.model import Value
from index import naming, regions, terms
from index.acronyms import Acronyms
from index.analysis import IRREGULAR, stem, tokens
from index.dense import Dense
from index.engine import Expansion, Snapshot, Wanted
from index.kindred import KINDRED_MAX, kindred
from index.naming import NAMING_LANGUAGES, Name
from index.orthography import written_otherwise
from index.query import parse
from index.understanding import HYPHEN_WEIGHT, Known, Understood, understand

CAPITALS_MOST = 8
"""Letters of a word that may also be meant as an acronym where it is typed in capitals."""

KINDRED_TOLD = KINDRED_MAX + 2
"""Kindred words of one word: some of them may stand in a question beside it, and then others take their place."""

ENDINGS = {
    "en": "s es ed d ing ings er ers or ors ion ions ation ations ly al ally able ment ments ity ities ies ied y ness"
    " ful ive ance ence ant ent e",
    "fr": "s e es er ee ees ant ante ants antes ent ement ements ment ments ion ions ation ations eur eurs euse euses"
    " if ifs ive ives aux",
    "es": "s es o a os as ar ado ada ados adas ando iendo ion iones cion ciones mente dor dora dores idad idades",
}
"""What words of these languages end in: forms that no text has and that a question may hold are made with them and
kept where the stemmer takes them to a stem of the collection."""


class Meant(Value, frozen=True):
    """What is searched beside a name: words with their weight; ``place``: it names a region or a country, ``topic``: a
    theme or a target group."""

    others: tuple[tuple[Name, float], ...] = ()
    kindred: tuple[tuple[str, float, str], ...] = ()
    """Of one word: words near in meaning, their weight, and how the documents write them."""
    place: bool = False
    topic: bool = False


class Lexicon(Value, frozen=True):
    """``words`` by folded word, or by an acronym in capitals where that means something else; ``names`` of several
    words by the keys under which a question finds them: a language with the stems in it, or "=" with the words.
    ``written`` are the other names as they are written.  ``stems`` are, by language, the forms that have each stem but
    the stem itself, in one text: what follows the stem, or after "=" the whole form where that begins otherwise.
    """

    words: dict[str, Meant]
    names: dict[str, Meant]
    written: dict[str, str]
    stems: dict[str, dict[str, str]]
    places: tuple[str, ...]
    """Names of one word of countries and regions that the collection may lack: they are no slips."""
    spelling: dict[str, int]
    """Words that a slip of the hand may be corrected to, and how many documents and practices have each."""


def lexicon(
    known: Snapshot,
    acronyms: Acronyms,
    dense: Dense | None,
    by: Encoder | None,
    held: Mapping[str, Collection[str]],
    asked: Iterable[str] = (),
) -> Lexicon:
    """The lexicon of a collection that holds these folded words, by the language of the texts (ISO 639-1).

    ``asked`` are other words that questions may hold, as they are written.
    """
    others = {token.word: word for word in asked for token in tokens(word)[:1]}
    names = naming.known_names() | regions.known_names() | terms.known_names() | acronyms.known_names()
    of_names_too = {word for name in names for word in name}
    every = sorted(of_names_too.union(*held.values()))
    writings = others | (dict(zip(dense.outline.words, dense.outline.written, strict=True)) if dense else {})
    encoded = _Encoded({**{word: word for word in every}, **writings}, by) if by and dense else None
    short = {key for name in names if len(name) == 1 for key in keys_of(name)}
    of_words = dict(_of_words(sorted({*every, *others}), short, known, acronyms, dense, encoded))
    of_names = dict(_of_names(names, known, acronyms))
    told = {other for meant in (*of_words.values(), *of_names.values()) for other, _ in meant.others}
    return Lexicon(
        words=of_words,
        names=of_names,
        written={" ".join(name): acronyms.written(name) or naming.written(name) for name in sorted(told)},
        stems=_stems(every, held, of_names_too),
        spelling=dict(known.words()),
        places=tuple(sorted({name[0] for name in regions.known_names() if len(name) == 1})),
    )


def _of_words(
    words: Iterable[str],
    short: Set[str],
    known: Known,
    acronyms: Acronyms,
    dense: Dense | None,
    encoded: _Encoded | None,
) -> Iterator[tuple[str, Meant]]:
    """What single words mean; ``short`` are the keys of the names of one word: few words need be understood."""
    for word in words:
        clauses = parse(word).clauses
        if len(clauses) != 1:
            continue
        names_something = any(key in short for key in keys_of((word,)))
        understood = understand(parse(word), known, acronyms) if names_something else _plain(word, known)
        near: tuple[tuple[str, float, str], ...] = ()
        if encoded is not None and dense is not None and understood.suggestion is None:
            found = kindred(clauses, understood.wanted, dense, encoded, known, KINDRED_TOLD)
            near = tuple((kin.word, kin.weight, kin.written) for kin in found)
        meant = _meant(understood, 1, near, naming.is_topic((word,)))
        if meant != NOTHING:
            yield word, meant
        if names_something and len(word) <= CAPITALS_MOST:
            loud = _meant(understand(parse(word.upper()), known, acronyms), 1, near, meant.topic)
            if loud.others != meant.others:
                yield word.upper(), loud


def _plain(word: str, known: Known) -> Understood:
    """A word that names nothing: only how else it may be written stands for it, as `understanding` has it."""
    others = sorted((-known.frequency(name), name) for name in written_otherwise((word,)))
    found = (Expansion(words=name, instead_of=(0,), weight=HYPHEN_WEIGHT) for there, name in others[:1] if there)
    return Understood(wanted=(Wanted(words=(word,)),), expansions=tuple(found))


def _of_names(names: Iterable[Name], known: Known, acronyms: Acronyms) -> Iterator[tuple[str, Meant]]:
    for name in sorted(names):
        meant = _meant(understand(parse(" ".join(name)), known, acronyms), len(name), (), naming.is_topic(name))
        if meant != NOTHING:
            for key in keys_of(name):
                yield key, meant


def keys_of(name: Name) -> Iterator[str]:
    """The keys under which a question finds a name of several words."""
    yield "= " + " ".join(name)
    for language in NAMING_LANGUAGES:
        yield " ".join([language, *(stem(word, language) for word in name)])


def _meant(understood: Understood, size: int, near: tuple[tuple[str, float, str], ...], topic: bool) -> Meant:
    """What stands for all of a name's words; nothing where one of them was corrected or searched as a part."""
    if len(understood.wanted) != size or understood.suggestion is not None:
        return NOTHING
    whole = tuple(range(size))
    others = tuple((e.words, e.weight) for e in understood.expansions if e.instead_of == whole)
    return Meant(others=others, kindred=near, place=understood.placed >= set(whole), topic=topic)


NOTHING = Meant()


class _Encoded:
    """Single words encoded together, eight times faster; stands in for the model where `kindred` asks word by word."""

    def __init__(self, writings: Mapping[str, str], by: Encoder) -> None:
        """``writings``: folded words as they are written: with their accents the model knows them best."""
        self.model = by.model
        self._at = {word: at for at, word in enumerate(writings)}
        self._rows = by.encode([written.lower() for written in writings.values()])

    def encode(self, texts: Sequence[str]) -> Vectors:
        return np.asarray(self._rows[[self._at[text] for text in texts]], np.float32)


def _stems(
    every: Collection[str], held: Mapping[str, Collection[str]], of_names: Collection[str]
) -> dict[str, dict[str, str]]:
    """By language, the stems of words and of their likely forms, where the language's texts or a name have the stem."""
    found: dict[str, dict[str, str]] = {}
    for language in sorted({*held, *NAMING_LANGUAGES}):
        named = of_names if language in NAMING_LANGUAGES else ()
        own = {*held.get(language, ()), *named}
        known = {stem(word, language) for word in own}
        forms = {*every, *IRREGULAR.get(language, {}), *_forms(own, language)}
        by_stem: dict[str, list[str]] = {}
        for form in sorted(forms):
            to = stem(form, language)
            if to != form and to in known:
                by_stem.setdefault(to, []).append(form.removeprefix(to) if form.startswith(to) else f"={form}")
        found[language] = {to: " ".join(endings) for to, endings in sorted(by_stem.items())}
    return found


def _forms(words: Iterable[str], language: str) -> Iterator[str]:
    """Words with other endings."""
    endings = ENDINGS.get(language, "").split()
    for word in words:
        if not word.isascii() or not word.isalpha():
            continue
        for base in {word, stem(word, language), word[:-1] if word[-1] in "eyaos" else word}:
            for ending in endings:
                yield base + ending
            if len(base) > 2 and base[-1] not in "aeiouy":
                yield from (base + base[-1] + ending for ending in ("ed", "ing", "er") if language == "en")
