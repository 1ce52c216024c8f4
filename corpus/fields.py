"""Checks that practice records and library cards share: ids, dates, countries, concepts.

Every check raises ``RecordError`` with the file and the field in front, so that a curator can go straight to the line.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterable
from typing import TypeVar

import msgspec

from corpus.concepts import Vocabulary
from corpus.errors import RecordError, VocabularyError
from corpus.ids import slug
from corpus.places import country_name

T = TypeVar("T")

_DATE = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?", re.ASCII)
_AT = re.compile(r" - at `(?P<path>[^`]*)`$")


def complaint(name: str, field: str, problem: str, line: int = 0) -> RecordError:
    """The one shape of every message: file, field, sentence."""
    return RecordError(f"{name}: {field}: {problem}", field=field, problem=problem, line=line)


def convert(raw: object, kind: type[T], name: str) -> T:
    """``raw`` (strings, lists, maps) as the struct ``kind``; an unknown, missing or mistyped field is named."""
    try:
        return msgspec.convert(raw, kind)
    except msgspec.ValidationError as error:
        message = str(error)
        at = _AT.search(message)
        named = re.search(r"field `([^`]+)`", message)
        field = (at["path"].removeprefix("$").lstrip(".") if at else "") or (named[1] if named else "front matter")
        raise complaint(name, field, _AT.sub("", message) + "; see docs/records.md for the fields") from error


def check_id(identifier: str, name: str) -> None:
    """An id is a slug: lower-case letters, digits and hyphens."""
    if slug(identifier) != identifier:
        raise complaint(name, "id", f"“{identifier}” is no id; write it as “{slug(identifier)}”")


def check_date(value: str, name: str, field: str) -> None:
    """ISO 8601, as exact as known: 2018, 2018-06 or 2018-06-07; blank is allowed."""
    if not value:
        return
    found = _DATE.fullmatch(value)
    if found:
        year, month, day = (int(part) if part else None for part in found.groups())
        if year and (month is None or (1 <= month <= 12 and (day is None or _in_month(year, month, day)))):
            return
    raise complaint(name, field, f"“{value}” is no date; write 2018, 2018-06 or 2018-06-07")


def _in_month(year: int, month: int, day: int) -> bool:
    return 1 <= day <= calendar.monthrange(year, month)[1]


def check_concepts(ids: Iterable[str], scheme: str, name: str, field: str, vocabulary: Vocabulary) -> None:
    """Every id is a concept of the scheme, written once."""
    seen: set[str] = set()
    for identifier in ids:
        try:
            found = vocabulary.concept(identifier).scheme
        except VocabularyError as error:
            raise complaint(name, field, f"the vocabulary has no “{identifier}”; see vocabulary/*.toml") from error
        if found != scheme:
            raise complaint(name, field, f"“{identifier}” belongs to {found}, not to {scheme}")
        if identifier in seen:
            raise complaint(name, field, f"“{identifier}” is there twice; keep one")
        seen.add(identifier)


def check_countries(codes: Iterable[str], name: str, field: str) -> None:
    """Every code is ISO 3166-1 alpha-2, or XK for Kosovo."""
    for code in codes:
        try:
            country_name(code)
        except VocabularyError as error:
            raise complaint(name, field, str(error)) from error
