"""Every form in which a dossier can be carried away: what it is called, its ending and media type, what renders it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Final, NamedTuple

from webapp.exports import cartridge, data, docx, epub, html, markdown
from webapp.exports.dossier import Dossier
from webapp.exports.packing import named
from webapp.languages import N_

__all__ = ["FILES", "File", "named"]


class File(NamedTuple):
    """One form: ``render`` takes the dossier, the style of its references, the day on which the web was looked at."""

    label: str
    ending: str
    media: str
    render: Callable[[Dossier, str, date | None], bytes]


FILES: Final[dict[str, File]] = {
    "docx": File(N_("Word"), "docx", docx.MEDIA, docx.render),
    "epub": File(N_("E-book (EPUB)"), "epub", "application/epub+zip", epub.render),
    "html": File(N_("Web page"), "html", "text/html; charset=utf-8", html.render),
    "md": File("Markdown", "md", "text/markdown; charset=utf-8", markdown.render),
    "imscc": File(N_("Course (Common Cartridge)"), "imscc", "application/zip", cartridge.render),
    "json": File("JSON", "json", "application/json", data.render_json),
    "ris": File("RIS", "ris", "application/x-research-info-systems; charset=utf-8", data.render_ris),
    "bib": File("BibTeX", "bib", "application/x-bibtex; charset=utf-8", data.render_bibtex),
}
"""By the name that stands in addresses and on the command line."""
