"""Text into terms: the one way in which indexing, querying and snippets cut, fold and stem words.

A *token* is a run of letters and digits with its marks; a *term* is a token folded (NFKC, case, accents) and then
stemmed by Snowball in its language, an English one in one of its spellings (`orthography`).  Folding comes before
stemming, so that "reunificacion" and "reunificación" are one term.  Chinese, Japanese and other scripts that write no
spaces give one token a character: neighbours are then found as phrases.
"""

from __future__ import annotations

import re
import sys
import threading
import unicodedata
from bisect import bisect_left
from functools import cache, lru_cache
from importlib.metadata import version
from itertools import accumulate
from typing import NamedTuple

import Stemmer

from index.orthography import one_spelling

STEMMERS = {
    "ar": "arabic", "ca": "catalan", "da": "danish", "de": "german", "el": "greek", "en": "english", "es": "spanish",
    "eu": "basque", "fi": "finnish", "fr": "french", "ga": "irish", "hi": "hindi", "hu": "hungarian",
    "id": "indonesian", "it": "italian", "lt": "lithuanian", "nb": "norwegian", "ne": "nepali", "nl": "dutch",
    "nn": "norwegian", "no": "norwegian", "pt": "portuguese", "ro": "romanian", "ru": "russian", "sr": "serbian",
    "sv": "swedish", "ta": "tamil", "tr": "turkish",
}  # fmt: skip
"""Language (ISO 639-1) to Snowball algorithm; any other language is left unstemmed."""

UNKNOWN_LANGUAGE = "und"
"""ISO 639-2 code under which texts are indexed that have no language or one without a stemmer."""

IRREGULAR = {"en": {"children": "child", "men": "man", "people": "person", "women": "woman"}}
"""Plurals that Snowball's rules do not reach and that this field's texts are made of, by language."""

ANALYSIS_VERSION = 3
"""Raised whenever the same text would give other terms: it makes every index due for a rebuild."""

TOKEN_MAX = 100
"""Characters of a token that count: no language's word is longer, and neither cache nor index shall hold a megabyte."""

STEMS_KEPT = 200_000
"""Written words of a language whose stems are remembered; some 30 MB."""

PHRASE_PART_MAX = 2
"""A compound with a part this short (W-2, R&D, C/SEE) is searched as the phrase of its parts."""

_FRENCH_ELIDED = ("l", "d", "j", "m", "t", "s", "n", "c", "qu", "jusqu", "lorsqu", "puisqu", "quoiqu")
_ITALIAN_ELIDED = ("dell", "all", "nell", "dall", "sull", "un")
_ELIDED = frozenset({*_FRENCH_ELIDED, *_ITALIAN_ELIDED})
_APOSTROPHES = "'\u2019\u02bc\uff07"
_MARKS = (
    "".join(re.escape(chr(c)) for c in range(0x10000) if unicodedata.category(chr(c))[0] == "M")
    + "\u00ad\u200b-\u200d\u2060"
)  # soft hyphen, zero-width space and joiners: they never end a word
_SPACELESS = "\u0e00-\u0e7f\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
_TOKEN = re.compile(rf"([{_SPACELESS}][{_MARKS}]*|[^\W_{_SPACELESS}]+(?:[{_MARKS}]+[^\W_{_SPACELESS}]*)*)")
_PLAIN_TOKEN = re.compile(r"([A-Za-z0-9]+)")
_APOSTROPHE = re.compile(f"[{_APOSTROPHES}]")
_JOINER = re.compile(rf"[-‐‑‒–/&.+_{_APOSTROPHES}]")


class Token(NamedTuple):
    """A word as it stands in the text: its folded form and its characters ``start`` to ``end``."""

    word: str
    start: int
    end: int


class Term(NamedTuple):
    """A stem and the characters ``start`` to ``end`` of the text that it stands for."""

    stem: str
    start: int
    end: int


@lru_cache(maxsize=65_536)
def fold_word(raw: str) -> str:
    """One token as it is compared: NFKC, case-folded, accents off, letters and digits only (may end up empty)."""
    if raw.isascii() and raw.isalnum():
        return raw.lower()
    decomposed = unicodedata.normalize("NFKD", unicodedata.normalize("NFKC", raw).casefold())
    return "".join(c for c in decomposed if c.isalnum() and c != "\u0640")  # without the Arabic tatweel


class _Written(NamedTuple):
    """The words of a text as they are written, with the characters ``starts`` to ``ends`` of each."""

    words: list[str]
    starts: list[int]
    ends: list[int]


def _written(text: str) -> _Written:
    """What stands in a text but possessive s and elided articles (l', d', qu'); a mark alone may be among it."""
    parts = (_PLAIN_TOKEN if text.isascii() else _TOKEN).split(text)  # what is between words, and words, in turn
    borders = list(accumulate(map(len, parts)))
    words, starts, ends = parts[1::2], borders[:-1:2], borders[1::2]
    cut = []
    for match in _APOSTROPHE.finditer(text) if _parted(text) else ():
        at = match.start()
        after = bisect_left(ends, at + 1)
        if after < len(words) and starts[after] == at + 1 and text[at - 1 : at].isalnum():
            cut += [after] if fold_word(words[after]) == "s" else []
        if after and ends[after - 1] == at and text[at + 1 : at + 2].isalnum():
            cut += [after - 1] if fold_word(words[after - 1]) in _ELIDED else []
    for at in sorted(set(cut), reverse=True):
        del words[at], starts[at], ends[at]
    return _Written(words, starts, ends)


def _parted(text: str) -> bool:
    """Whether there is an apostrophe; ten times faster than to search by the pattern."""
    return any(mark in text for mark in _APOSTROPHES)


def tokens(text: str) -> list[Token]:
    """The words of a text in order; a possessive 's and an elided article (l', d', qu') are left out."""
    found = ((fold_word(word[:TOKEN_MAX]), start, end) for word, start, end in zip(*_written(text), strict=True))
    return [Token(word, start, end) for word, start, end in found if word]


def raw_words(text: str) -> list[str]:
    """The words of a text as they are written, cut to TOKEN_MAX: folded, they are those of `tokens`, five times faster.

    A mark alone or the like is among them too; it folds to nothing.
    """
    found = _written(text).words if _parted(text) else _words(text)
    return found if max(map(len, found), default=0) <= TOKEN_MAX else [word[:TOKEN_MAX] for word in found]


def _words(text: str) -> list[str]:
    found: list[str] = (_PLAIN_TOKEN if text.isascii() else _TOKEN).findall(text)
    return found


@lru_cache(maxsize=4096)
def language_of(code: str) -> str:
    """The language under which a text is indexed: the main part of its code if it can be stemmed, else "und"."""
    main = re.split(r"[-_]", code.strip().lower())[0]
    return main if main in STEMMERS else UNKNOWN_LANGUAGE


_snowball = threading.Lock()


@cache
def _stemmer(language: str) -> Stemmer.Stemmer:
    return Stemmer.Stemmer(STEMMERS[language], 0)


@lru_cache(maxsize=262_144)
def stem(word: str, language: str) -> str:
    """The stem of a folded word; a stemmer is no more thread-safe than its buffer, hence the lock."""
    if language not in STEMMERS:
        return word
    if language == "en":
        word = one_spelling(word)
    word = IRREGULAR.get(language, {}).get(word, word)
    with _snowball:
        # A stemmer may take a word down to nothing or bring an accent back; the folded word is then the better key.
        return fold_word(str(_stemmer(language).stemWord(word))) or word


def terms(text: str, language: str) -> list[Term]:
    """The terms of a text in its language, in order, with the characters that each stands for."""
    code = language_of(language)
    return [Term(stem(t.word, code), t.start, t.end) for t in tokens(text)]


class Stems(NamedTuple):
    """The terms of a text in columns: what `terms` gives, several times faster."""

    stems: list[str]
    starts: list[int]
    ends: list[int]


class _Stemmed(dict[str, str]):
    """The stems of words as they are written in one language; blank for what folds to nothing."""

    def __init__(self, language: str) -> None:
        super().__init__()
        self._language = language

    def __missing__(self, raw: str) -> str:
        if len(self) >= STEMS_KEPT:
            self.clear()
        word = fold_word(raw[:TOKEN_MAX])
        made = stem(word, self._language) if word else ""
        self[raw] = made
        return made


@cache
def _stemmed(language: str) -> _Stemmed:
    return _Stemmed(language)


def stems_of(text: str, language: str) -> Stems:
    """The terms of a text in its language, in order, in columns."""
    words, starts, ends = _written(text)
    stems = list(map(_stemmed(language_of(language)).__getitem__, words))
    if "" in stems:
        kept = [at for at, stemmed in enumerate(stems) if stemmed]
        return Stems([stems[at] for at in kept], [starts[at] for at in kept], [ends[at] for at in kept])
    return Stems(stems, starts, ends)


def compounds(text: str) -> list[list[Token]]:
    """The tokens of what was typed, those of one compound together.

    Tokens joined by one mark (W-2, R&D, C/SEE, cross-border) or by nothing (漢字) are a compound.  It stays together,
    to be searched as a phrase, when one of its parts has at most PHRASE_PART_MAX characters; else each part stands
    alone.
    """
    runs: list[list[Token]] = []
    for token in tokens(text):
        if runs and _joined(text, runs[-1][-1], token):
            runs[-1].append(token)
        else:
            runs.append([token])
    return [
        part
        for run in runs
        for part in ([run] if any(len(t.word) <= PHRASE_PART_MAX for t in run) else [[t] for t in run])
    ]


def _joined(text: str, left: Token, right: Token) -> bool:
    between = text[left.end : right.start]
    if between in (",", ":"):  # 1,000 and 10:30, but not a list that lacks its spaces
        return left.word.isdigit() and right.word.isdigit()
    return between == "" or _JOINER.fullmatch(between) is not None


def fingerprint() -> str:
    """What the terms of an index depend on: an index made under another fingerprint must be rebuilt."""
    return f"analysis {ANALYSIS_VERSION}; snowball {version('PyStemmer')}; unicode {unicodedata.unidata_version}"


def intern_terms(text: str, language: str) -> str:
    """The terms of a text joined by spaces, each marked with its language: what the engine's fields are given.

    The mark keeps the stems of languages apart: French "form" (formation) is not English "form".
    """
    code = language_of(language)
    return " ".join(sys.intern(marked(stem(t.word, code), code)) for t in tokens(text))


def marked(stem_: str, language: str) -> str:
    """A stem with its language, as it stands in the index."""
    return f"{language}:{stem_}"
