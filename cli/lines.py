"""Lines of JSON that a verb reads."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any, BinaryIO, NoReturn

from corpus.errors import UsageError


def read_lines(lines: BinaryIO, *needed: str) -> Iterator[dict[str, Any]]:
    """The objects of a stream of JSON lines that each hold the fields ``needed``; blank lines are passed over.

    A field's value is text, but an ``id`` may be a number.  Half a surrogate pair (text cut in the wrong place) becomes
    U+FFFD.

    Raises:
        UsageError: naming the line.
    """
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            row = json.loads(line.decode("utf-8-sig"), parse_constant=_refuse)
            yield {name: _value(name, row[name]) for name in needed}
        except (ValueError, KeyError, TypeError, RecursionError) as error:
            raise UsageError(f"Line {number} is not a JSON object with {' and '.join(needed)}; correct it.") from error


def _value(name: str, value: object) -> object:
    if isinstance(value, str):
        return value.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    if name == "id" and isinstance(value, int | float):
        return value
    raise TypeError(name)


def _refuse(constant: str) -> NoReturn:
    raise ValueError(f"{constant} is no JSON")
