"""Characters of a PDF: ligatures unfolded, bullets known, what has no business in a text taken out."""

from __future__ import annotations

import re
import unicodedata

from ingest.clean import clean as visible

HYPHENS = "\x02\ufffe\xad"
"""What stands for a hyphen at a line's end: pdfium's two marks and the soft hyphen."""

_BULLETS = "•‣⁃∙●○◦▪▫■□◆◇►▶▸➢➤✓✔✗❖★☐➔→·–—-*"
_SYMBOL_BULLETS = "o§Øüvqnu"
"""Letters that Wingdings, Symbol and Courier turn into bullets where the file maps them to no sign of their own."""
_SYMBOL_FONTS = ("wingdings", "symbol", "courier", "webdings", "dingbats")

_LIGATURES = {0xFB00: "ff", 0xFB01: "fi", 0xFB02: "fl", 0xFB03: "ffi", 0xFB04: "ffl", 0xFB05: "st", 0xFB06: "st"}
_PRIVATE = re.compile("[\ue000-\uf8ff\ufffc\ufffd]")
_SPACES = re.compile(r"\s+")


def clean(text: str) -> str:
    """Text fit to be stored: NFC, ligatures unfolded, one plain space between words, nothing unseen or private."""
    if text.isascii() and text.isprintable() and "  " not in text:
        return text.strip()
    kept = _PRIVATE.sub("", visible(text).translate(_LIGATURES))
    return _SPACES.sub(" ", unicodedata.normalize("NFC", kept)).strip()


def is_bullet(text: str, font: str = "") -> bool:
    """Whether a piece that a gap parts from the rest of its line is only a bullet."""
    bare = text.strip()
    if len(bare) != 1:
        return False
    if bare in _BULLETS or _PRIVATE.match(bare):
        return True
    return bare in _SYMBOL_BULLETS and any(name in font.lower() for name in _SYMBOL_FONTS)
