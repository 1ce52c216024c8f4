"""The picture of a printed page: what is asked for, by whoever shows it, of the process that draws it."""

from __future__ import annotations

import hashlib

import msgspec

from corpus.model import Value
from corpus.privacy import MASKING_VERSION

PICTURE_VERSION = 2
"""Raised whenever a page would be drawn otherwise."""

MEDIA_TYPE = "image/webp"
WIDTHS = (480, 900, 1400)
"""Widths in pixels that are drawn: a telephone's, a reader's, and one to read small print in."""
REFUSED = 3
"""The exit code of the drawing process where a page may not, or cannot, be shown; standard output has the sentence."""


class PictureJob(Value, frozen=True):
    """One page to be drawn: the original's path and hash, the physical page from 1, the width in pixels.

    ``marked`` are the lines of the quotation on this page.  ``withheld`` are the words that must not be seen, and
    ``organisations`` the folded names that must not be: a page on which words to withhold are not found is not drawn.
    """

    path: str
    content_hash: str
    number: int
    width: int
    marked: tuple[str, ...] = ()
    withheld: tuple[str, ...] = ()
    organisations: tuple[str, ...] = ()
    memory_mb: int = 768

    @property
    def key(self) -> str:
        """What the picture depends on, as 32 hex digits: a changed decision or rule makes another picture."""
        told = msgspec.structs.replace(self, path="", memory_mb=0)
        data = msgspec.json.encode([PICTURE_VERSION, MASKING_VERSION, told])
        return hashlib.sha256(data).hexdigest()[:32]
