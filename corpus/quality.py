"""How good what is found and understood is: figures, each with how many cases it rests on, and how they were measured.

Those that ship stand in ``corpus/quality.json``, those that ``fingerpost evaluate --save`` measured in the home's
``quality.json``.  Both are lists of `Measurement`, the newest of each folder.
"""

from __future__ import annotations

from collections.abc import Iterable
from importlib import resources
from pathlib import Path
from typing import Literal

import msgspec

from corpus.errors import UsageError
from corpus.model import Value

FILE = "quality.json"

What = Literal["retrieval", "statements", "tags", "groups"]


class Figure(Value, frozen=True):
    """One figure, 0 to 1, and the number of cases that it rests on."""

    name: str
    value: float
    n: int


class Measured(Value, frozen=True):
    """The figures of one judged set; ``n`` of its ``unit`` (queries, statements, passages) were measured."""

    what: What
    judged: str
    n: int
    unit: str
    figures: tuple[Figure, ...]
    remarks: tuple[str, ...] = ()
    """What a reader must know to judge them: documents that the home lacks, sets that are small."""


class Measurement(Value, frozen=True):
    """One run over a folder of judged sets: when (UTC), by which version, over how many documents."""

    folder: str
    at: str
    version: str
    documents: int
    sets: tuple[Measured, ...]
    note: str = ""


def shipped() -> tuple[Measurement, ...]:
    """The figures that come with the program."""
    return _decoded((resources.files("corpus") / FILE).read_bytes(), FILE)


def of_home(home: Path) -> tuple[Measurement, ...]:
    """The figures that were saved in a home's folder, none where there are none.

    Raises:
        UsageError: the file there is damaged.
    """
    file = home / FILE
    return _decoded(file.read_bytes(), str(file)) if file.is_file() else ()


def save(home: Path, measurement: Measurement) -> None:
    """Keep a measurement in a home's folder in place of the last one of its judged folder; all or nothing."""
    others = (one for one in of_home(home) if one.folder != measurement.folder)
    part = home / f".part-{FILE}"
    part.write_bytes(encoded((*others, measurement)))
    part.replace(home / FILE)


def encoded(measurements: Iterable[Measurement]) -> bytes:
    """Measurements as such a file holds them, readable."""
    return msgspec.json.format(msgspec.json.encode(list(measurements)), indent=1) + b"\n"


def _decoded(data: bytes, name: str) -> tuple[Measurement, ...]:
    try:
        return msgspec.json.decode(data, type=tuple[Measurement, ...])
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise UsageError(f"{name} cannot be read ({error}); delete it and run 'fingerpost evaluate' again.") from error
