"""Parameters of the API, each declared once: by the declaration a value is read, and by it the API is described.

A value that a parameter cannot have raises `UsageError` with those that it can have.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from werkzeug.datastructures import MultiDict

from corpus.errors import UsageError
from webapp.address import MOST_VALUES, YES, one_of, shortened, whole_number, yes


@dataclass(frozen=True)
class Parameter:
    """A parameter in the address, blank where it is left out; ``help`` is one sentence for the description."""

    name: str
    help: str

    def read(self, args: MultiDict[str, str]) -> Any:
        return args.get(self.name, "").strip()

    @property
    def schema(self) -> Mapping[str, Any]:
        return {"type": "string", "default": ""}


@dataclass(frozen=True)
class Whole(Parameter):
    """A whole number between ``least`` and ``most``."""

    default: int
    most: int
    least: int = 1

    def read(self, args: MultiDict[str, str]) -> int:
        return whole_number(args, self.name, self.default, self.most, least=self.least)

    @property
    def schema(self) -> Mapping[str, Any]:
        return {"type": "integer", "minimum": self.least, "maximum": self.most, "default": self.default}


@dataclass(frozen=True)
class Choice(Parameter):
    """One of several values, the first of them where it is left out; a first one that is blank stands for none."""

    values: tuple[str, ...]

    def read(self, args: MultiDict[str, str]) -> str:
        return one_of(args, self.name, self.values)

    @property
    def schema(self) -> Mapping[str, Any]:
        return {"type": "string", "enum": list(self.values), "default": self.values[0]}


@dataclass(frozen=True)
class Yes(Parameter):
    """Whether something is wanted: ``1`` says so."""

    def read(self, args: MultiDict[str, str]) -> bool:
        return yes(args, self.name)

    @property
    def schema(self) -> Mapping[str, Any]:
        return {"type": "string", "enum": list(YES), "default": ""}


@dataclass(frozen=True)
class Several(Parameter):
    """Alternatives, the parameter repeated for each; where ``values`` are given, only these."""

    values: tuple[str, ...] = ()

    def read(self, args: MultiDict[str, str]) -> tuple[str, ...]:
        found = tuple(dict.fromkeys(value for given in args.getlist(self.name) if (value := given.strip())))
        for value in found:
            if self.values and value not in self.values:
                known = ", ".join(self.values)
                raise UsageError(f"“{shortened(value)}” is not a usable value of “{self.name}”: use one of {known}.")
        return found

    @property
    def schema(self) -> Mapping[str, Any]:
        items = {"type": "string", "enum": list(self.values)} if self.values else {"type": "string"}
        return {"type": "array", "items": items, "maxItems": MOST_VALUES, "default": []}


@dataclass(frozen=True)
class Day(Parameter):
    """A day, as ISO 8601 writes it."""

    def read(self, args: MultiDict[str, str]) -> date | None:
        text = args.get(self.name, "").strip()
        try:
            return date.fromisoformat(text) if text else None
        except ValueError:
            told = f"“{shortened(text)}” is not a usable day for “{self.name}”: write it as 2026-01-31."
            raise UsageError(told) from None

    @property
    def schema(self) -> Mapping[str, Any]:
        return {"type": "string", "format": "date"}


def read_all(declared: Iterable[Parameter], args: MultiDict[str, str], known_only: bool) -> dict[str, Any]:
    """The values of the declared parameters, by name.

    Raises:
        UsageError: a value does not fit, there are more than anybody gives, or with ``known_only`` another name is
        given: a filter that is misspelt must not quietly filter nothing.
    """
    declared = tuple(declared)
    names = {one.name for one in declared}
    if known_only and (others := [name for name in args if name not in names]):
        there = f"use {', '.join(sorted(names))}" if names else "it takes none"
        raise UsageError(f"“{shortened(others[0])}” is no parameter of this address: {there}.")
    told = {one.name: one.read(args) for one in declared}
    number = sum(len(value) for value in told.values() if isinstance(value, tuple))
    if number > MOST_VALUES:
        raise UsageError(f"“{number}” is not a usable number of filter values: give {MOST_VALUES} at most.")
    return told
