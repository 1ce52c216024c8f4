"""Where an input's bytes lie, and what it is called."""

from __future__ import annotations

import os
from pathlib import Path

from corpus.model import Value


class Source(Value, frozen=True):
    """One input.

    ``input`` is its path or address as it is written down; ``path`` is where its bytes are now, as the system knows it
    (a name may be no text at all); ``name`` is its file's own name.  ``url`` is the address that it was fetched from.
    ``wanted`` is the id that a curator would have for a document that is new.  ``reason`` tells why there are no bytes,
    ``stage`` where that was found out.
    """

    input: str
    path: str
    name: str
    url: str = ""
    wanted: str = ""
    reason: str = ""
    stage: str = "open"

    @classmethod
    def of(cls, path: Path) -> Source:
        """A file that lies where it is called."""
        return cls(input=written(path), path=str(path), name=path.name)


def written(path: Path) -> str:
    """A path as text: bytes of a name that are no UTF-8 are written as ``\\xff``."""
    return os.fsencode(path).decode("utf-8", "backslashreplace")
