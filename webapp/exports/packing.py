"""Files in one ZIP file, the same bytes for the same contents, and XML that cannot be broken out of."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterable, Mapping

from markupsafe import Markup, escape

from corpus.ids import slug
from index.lists import clean

DECLARATION = Markup('<?xml version="1.0" encoding="UTF-8"?>\n')
TITLE_MOST = 100
"""Characters of a title in the menu of a course."""
_THEN = (1980, 1, 1, 0, 0, 0)
"""The first moment that a ZIP file knows: a file's bytes depend on what is in it and not on when it was made."""
_WOULD_BEGIN = re.compile(r"<(?=[A-Za-z/!?])|&(?=#?\w)")
_READABLE = 0o644 << 16


def packed(files: Iterable[tuple[str, str | bytes]], first_plain: bool = False) -> bytes:
    """The files (name, contents) as a ZIP file in their order; ``first_plain`` leaves the first uncompressed.

    Raises:
        ValueError: a name that is there twice or leads out of the archive.
    """
    out = io.BytesIO()
    seen: set[str] = set()
    with zipfile.ZipFile(out, "w") as archive:
        for name, contents in files:
            if name in seen or name.startswith("/") or ".." in name.split("/") or "\\" in name:
                raise ValueError(f"no name for a file in an archive: {name[:80]!r}")
            entry = zipfile.ZipInfo(name, _THEN)
            entry.create_system, entry.external_attr = 3, _READABLE
            plain = first_plain and not seen
            entry.compress_type = zipfile.ZIP_STORED if plain else zipfile.ZIP_DEFLATED
            archive.writestr(entry, contents)
            seen.add(name)
    return out.getvalue()


def named(title: str, ending: str) -> str:
    """A file's name made of a title: letters, digits and hyphens, whatever the title holds."""
    return f"{slug(title)}.{ending}"


def tag(name: str, attributes: Mapping[str, object] | None = None, *inside: str) -> Markup:
    """An element: attributes and texts are escaped, `Markup` stands as it is; a blank attribute is left out."""
    told = Markup("").join(
        Markup(' {}="{}"').format(key, value) for key, value in (attributes or {}).items() if value not in ("", None)
    )
    if not inside:
        return Markup("<{}{}/>").format(Markup(name), told)
    return Markup("<{}{}>{}</{}>").format(
        Markup(name), told, Markup("").join(escape(part) for part in inside), Markup(name)
    )


def joined(parts: Iterable[str]) -> Markup:
    """Pieces one behind the other; what is no `Markup` is escaped."""
    return Markup("").join(escape(part) for part in parts)


def as_text(markup: Markup) -> str:
    """Markup as a text: it is escaped once more where it is put into XML (HTML that is a value there)."""
    return "".join(markup)


def shorter(text: str) -> str:
    """A title on one line that a menu can show, `guarded`."""
    told = guarded(" ".join(clean(text).split()))
    return told if len(told) <= TITLE_MOST else told[:TITLE_MOST].rsplit(" ", 1)[0] + " …"


def guarded(text: str) -> str:
    """A text that is no markup even to readers that undo its escaping once more than they should, as Moodle's does.

    An invisible word joiner stands where a tag or a character reference would begin.
    """
    return _WOULD_BEGIN.sub("\\g<0>\u2060", text)
