"""Organisations, each by one name, however documents write it: "the IFRC", "OIM", "… for Migration (IOM)".

``bodies.toml`` holds those that go by several names.  Any other is known by its own name, without article and without a
short form in brackets; a bare short form is the name that its document explains it by.

    >>> called("Organisation Internationale pour les Migrations (OIM)")
    'International Organization for Migration (IOM)'
    >>> called("the Harbour Fund (HF)")
    'Harbour Fund'
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from functools import cache
from importlib import resources

import msgspec

from corpus.errors import VocabularyError
from corpus.ids import fold
from corpus.model import Value

BODIES = "bodies.toml"

_SMALL = frozenset({
    "a", "and", "da", "de", "del", "des", "do", "du", "e", "el", "et", "for", "in", "l", "la", "las", "le", "les",
    "los", "of", "on", "para", "pour", "s", "the", "y",
})  # fmt: skip
"""Words that make no difference between two names of one body."""

_BRACKETS = re.compile(r"\s*\(([^()]{2,20})\)\s*$")
_ARTICLE = re.compile(r"^the\s+", re.IGNORECASE)
_ABBREVIATION_MOST = 4
"""Letters of a word in capitals that may be a short form, in a name that is written in capitals throughout."""


class Body(Value, frozen=True):
    """An organisation: the name that is shown, its short form, its other names."""

    name: str
    short: str = ""
    names: tuple[str, ...] = ()

    @property
    def shown(self) -> str:
        return f"{self.name} ({self.short})" if self.short and self.short not in self.name else self.name


class _File(msgspec.Struct, forbid_unknown_fields=True):
    body: tuple[Body, ...]


@cache
def bodies() -> tuple[Body, ...]:
    """The bodies that go by several names; `VocabularyError` where the file cannot be read or two share a name."""
    text = (resources.files("corpus") / BODIES).read_text("utf-8")
    try:
        found = msgspec.convert(tomllib.loads(text), _File).body
    except (tomllib.TOMLDecodeError, msgspec.ValidationError) as error:
        raise VocabularyError(f"{BODIES} cannot be read ({error}); correct that entry.") from error
    owner: dict[str, str] = {}
    for body in found:
        for name in {_key(name) for name in (body.name, body.short, *body.names) if name}:
            if owner.setdefault(name, body.name) != body.name:
                raise VocabularyError(f"{BODIES}: “{name}” is a name of {owner[name]} and of {body.name}; keep one.")
    return found


@cache
def _shown() -> dict[str, str]:
    """The shown name of a body by the key of each of its names."""
    return {_key(name): body.shown for body in bodies() for name in (body.name, body.short, *body.names) if name}


def _key(name: str) -> str:
    """A name as it is compared: folded, without small words."""
    words = fold(name).split()
    return " ".join([word for word in words if word not in _SMALL] or words)


def called(name: str, explained: Mapping[str, str] | None = None) -> str:
    """The one name of the body that a document calls so; ``explained`` maps its short forms to what they stand for."""
    plain = " ".join(name.split())
    inside = _BRACKETS.search(plain)
    bare = _ARTICLE.sub("", _BRACKETS.sub("", plain)) or plain
    known = _shown()
    if inside and not is_short(inside[1]):  # a country or the like: another body
        bare = _ARTICLE.sub("", plain)
    if explained and is_short(bare) and (long := explained.get(bare)) and not is_short(long):
        return called(long)
    return known.get(_key(bare)) or _in_small_letters(bare)


def called_each(names: Iterable[str], explained: Mapping[str, str] | None = None) -> dict[str, str]:
    """The one name of each body that a document names.

    A unit that it also names with its mother body before it is called so ("IOM Office of …" and "Office of …").
    """
    found = {name: called(name, explained) for name in names}
    keys = {shown: _key(shown) for shown in found.values()}
    for name, shown in found.items():
        if " " in keys[shown]:
            longer = [other for other, key in keys.items() if _of_mother(key, keys[shown])]
            found[name] = min(longer, key=len, default=shown)
    return found


def _of_mother(key: str, unit: str) -> bool:
    """Whether a key is that of a unit with the name of a known body before it."""
    return key.endswith(f" {unit}") and key.removesuffix(f" {unit}") in _shown()


def other_names(shown: str) -> tuple[str, ...]:
    """The other names of the body that is shown so; none where it goes by one name."""
    return next(((body.short, *body.names) for body in bodies() if body.shown == shown), ())


def is_short(text: str) -> bool:
    """Whether a text looks like a short form: one or two words, most of its letters capitals."""
    letters = [char for char in text if char.isalpha()]
    return len(text.split()) <= 2 and len(letters) > 1 and 2 * sum(char.isupper() for char in letters) > len(letters)


def _in_small_letters(name: str) -> str:
    """A name written in capitals throughout as names are written; short forms in it stay."""
    words = name.split()
    if len(words) < 2 or name != name.upper() or name == name.lower():
        return name
    made: list[str] = []
    for word in words:
        small = fold(word) in _SMALL
        made.append(
            word.lower()
            if small and made
            else word
            if len(word) <= _ABBREVIATION_MOST and not small
            else word.capitalize()
        )
    return " ".join(made)
