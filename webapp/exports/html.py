"""A dossier as one HTML page that needs nothing else: to send, to print, to keep."""

from __future__ import annotations

from datetime import date

from markupsafe import Markup

from index.lists import clean
from webapp.exports.dossier import Dossier
from webapp.exports.hypertext import STYLE, Hypertext
from webapp.exports.laying import in_its_language, is_rightward, lay_out
from webapp.exports.packing import tag
from webapp.languages import gettext as _

_NOTHING_RUNS = "default-src 'none'; style-src 'unsafe-inline'"


@in_its_language
def render(dossier: Dossier, style: str = "apa", accessed: date | None = None) -> bytes:
    """The dossier as a page in UTF-8: no script, nothing that is loaded."""
    laid = lay_out(dossier, style, accessed)
    told = Hypertext(laid, top=2)
    title = clean(dossier.title)
    contents = (
        tag("li", None, tag("a", {"href": f"#{chapter.name}"}, chapter.heading))
        for chapter in laid.chapters
        if chapter.heading
    )
    head = tag(
        "head",
        None,
        tag("meta", {"charset": "utf-8"}),
        tag("meta", {"http-equiv": "Content-Security-Policy", "content": _NOTHING_RUNS}),
        tag("meta", {"name": "viewport", "content": "width=device-width, initial-scale=1"}),
        tag("meta", {"name": "author", "content": clean(dossier.author)}) if dossier.author else "",
        tag("title", None, title),
        tag("style", None, Markup(STYLE)),
    )
    body = tag(
        "body",
        None,
        tag("h1", told.tongue("", title), title),
        told.blocks(laid.opening.blocks),
        tag("nav", {"aria-label": _("Contents")}, tag("h2", None, _("Contents")), tag("ol", None, *contents)),
        tag("main", None, *(tag("section", {"id": chapter.name}, told.chapter(chapter)) for chapter in laid.chapters)),
        told.notes(range(1, len(laid.notes) + 1)),
    )
    way = "rtl" if is_rightward("", laid.language) else "ltr"
    page = tag("html", {"lang": laid.language, "dir": way}, head, body)
    return f"<!DOCTYPE html>\n{page}\n".encode()
