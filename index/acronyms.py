"""The acronyms that a home's documents explain, as names of the same thing: UASC, unaccompanied and separated children.

A short form stands for what the documents that explain it agree on.  Where they do not (CP: child protection, or a
contact point) it is left as it was typed, because a search goes through all of them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping

from corpus.model import Acronym
from index.analysis import stem, tokens
from index.stopwords import stop_words_for

Name = tuple[str, ...]

AGREED = 0.75
"""A meaning counts when this share of the documents that explain a short form give it."""

SHORT_LETTERS = 3
"""A shorter form is taken for an acronym only where it is typed in capitals."""


class Acronyms:
    """The short forms that have one meaning, both ways: what each stands for, and by what a long form is known."""

    def __init__(self, told: Mapping[str, Iterable[Acronym]]) -> None:
        meanings: dict[str, Counter[Name]] = {}
        spelled: dict[Name, Counter[Name]] = {}
        self._written: dict[str, Counter[tuple[str, str]]] = {}
        for acronyms in told.values():
            for a in acronyms:
                self._written.setdefault(_word(a.short), Counter())[a.short, a.long] += 1
            for short, long in {(_word(a.short), _words(a.long)) for a in acronyms}:
                if short and len(long) > 1:
                    meanings.setdefault(short, Counter())[_key(long)] += 1
                    spelled.setdefault(_key(long), Counter())[long] += 1
        told_so = sum(self._written.values(), Counter[tuple[str, str]]())
        pairs = sorted(told_so, key=lambda pair: (told_so[pair], pair))
        self._writings = {_words(form): form for pair in pairs for form in pair}
        self._long: dict[str, Name] = {}
        self._short: dict[Name, tuple[Name, ...]] = {}
        for short, counted in meanings.items():
            (key, most), total = counted.most_common(1)[0], counted.total()
            if most >= AGREED * total:
                self._long[short] = spelled[key].most_common(1)[0][0]
                self._short[key] = (*self._short.get(key, ()), (short,))

    def meaning(self, word: str, typed: str) -> Name:
        """What a folded word stands for, nothing where it is no short form or, as ``typed``, hardly meant as one."""
        if not meant_as_acronym(word, typed):
            return ()
        return self._long.get(word) or self._long.get(word.removesuffix("s"), ())

    def explains(self, word: str) -> bool:
        """Whether any document says what a folded word is short for."""
        return word in self._written or word.removesuffix("s") in self._written

    def shorts(self, words: Name) -> tuple[Name, ...]:
        """The short forms of a long one, whatever its number."""
        return self._short.get(_key(words), ())

    def told(self) -> Iterator[tuple[str, str]]:
        """Every short form that has one meaning, and its long form, as the documents mostly write them."""
        for short, meant in self._long.items():
            counted = self._written[short].most_common()
            yield next(pair for pair, _ in counted if _key(_words(pair[1])) == _key(meant))

    def written(self, name: Name) -> str:
        """A short or long form as the documents mostly write it, blank for what is neither."""
        return self._writings.get(name, "")

    def known_names(self) -> frozenset[Name]:
        """Every short form that has one meaning, and every long one."""
        return frozenset({*((short,) for short in self._long), *self._long.values()})

    @property
    def longest(self) -> int:
        """Words of the longest long form, small ones counted twice over."""
        return max((2 * len(key) for key in self._short), default=0)


def meant_as_acronym(word: str, typed: str) -> bool:
    """Whether a folded word can be meant as a short form, as it was ``typed``: "who" is a word, "WHO" is not."""
    capitals = sum(c.isupper() for c in typed)
    return capitals > 1 or (len(word) >= SHORT_LETTERS and word not in stop_words_for([word]))


def _word(short: str) -> str:
    words = _words(short)
    return words[0] if len(words) == 1 else ""


def _words(text: str) -> Name:
    return tuple(token.word for token in tokens(text))


def _key(long: Name) -> Name:
    """A long form as it is compared: its content words by their English stems ("victims of trafficking")."""
    small = stop_words_for(long)
    return tuple(stem(word, "en") for word in long if word not in small)


NO_ACRONYMS = Acronyms({})
