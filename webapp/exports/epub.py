"""A dossier as an e-book (EPUB 3.3): a page for each chapter with its notes, and contents."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from datetime import date
from uuid import UUID

from markupsafe import Markup

from corpus.exchange import date_parts
from index.lists import clean
from webapp.exports.dossier import Dossier
from webapp.exports.hypertext import STYLE, Hypertext, numbers_in
from webapp.exports.laying import Chapter, Laid, in_its_language, is_rightward, lay_out
from webapp.exports.packing import DECLARATION, joined, packed, tag
from webapp.languages import gettext as _

_OPF, _CONTAINER = "http://www.idpf.org/2007/opf", "urn:oasis:names:tc:opendocument:xmlns:container"
_XHTML, _OPS, _DC = "http://www.w3.org/1999/xhtml", "http://www.idpf.org/2007/ops", "http://purl.org/dc/elements/1.1/"
_NEVER = "2000-01-01"
"""The day of what bears no date: the format asks for one, and a clock would make other bytes every time."""


@in_its_language
def render(dossier: Dossier, style: str = "apa", accessed: date | None = None) -> bytes:
    """The dossier as an .epub file."""
    laid = lay_out(dossier, style, accessed)
    book = Hypertext(laid, book=True)
    chapters = (laid.opening._replace(heading=_title(laid)), *laid.chapters)
    pages = {
        f"{chapter.name}.xhtml": _page(
            laid, _name(laid, chapter), book.chapter(chapter), book.notes(numbers_in(chapter.blocks))
        )
        for chapter in chapters
    }
    identifier = UUID(bytes=hashlib.sha256("".join(pages.values()).encode()).digest()[:16], version=5).urn
    files = [
        ("mimetype", "application/epub+zip"),
        ("META-INF/container.xml", DECLARATION + _CONTAINED),
        ("book/package.opf", DECLARATION + _package(laid, identifier, list(pages))),
        ("book/contents.xhtml", _contents(laid, chapters)),
        ("book/style.css", STYLE),
        *((f"book/{name}", page) for name, page in pages.items()),
    ]
    return packed(files, first_plain=True)


_CONTAINED = tag(
    "container",
    {"version": "1.0", "xmlns": _CONTAINER},
    tag(
        "rootfiles",
        None,
        tag("rootfile", {"full-path": "book/package.opf", "media-type": "application/oebps-package+xml"}),
    ),
)


def _title(laid: Laid) -> str:
    return clean(laid.dossier.title).strip() or _("Untitled")


def _name(laid: Laid, chapter: Chapter) -> str:
    """What a chapter is called in the contents; one without a heading bears the title."""
    return chapter.heading or _title(laid)


def _page(laid: Laid, title: str, *inside: Markup) -> str:
    way = "rtl" if is_rightward("", laid.language) else "ltr"
    about = {"xmlns": _XHTML, "xmlns:epub": _OPS, "lang": laid.language, "xml:lang": laid.language, "dir": way}
    head = tag(
        "head",
        None,
        tag("title", None, title),
        tag("link", {"rel": "stylesheet", "type": "text/css", "href": "style.css"}),
    )
    return f"{DECLARATION}<!DOCTYPE html>\n{tag('html', about, head, tag('body', None, *inside))}\n"


def _contents(laid: Laid, chapters: Sequence[Chapter]) -> str:
    lines = (tag("li", None, tag("a", {"href": f"{chapter.name}.xhtml"}, _name(laid, chapter))) for chapter in chapters)
    kind = {"epub:type": "toc", "role": "doc-toc"}
    return _page(laid, _("Contents"), tag("nav", kind, tag("h1", None, _("Contents")), tag("ol", None, *lines)))


def _package(laid: Laid, identifier: str, pages: Sequence[str]) -> Markup:
    told = laid.dossier
    day = "-".join(f"{part:02}" for part in date_parts(told.date))
    about = joined(
        (
            tag("dc:identifier", {"id": "identifier"}, identifier),
            tag("dc:title", None, _title(laid)),
            tag("dc:language", None, laid.language),
            tag("dc:creator", None, clean(told.author)) if told.author.strip() else "",
            tag("dc:date", None, day) if day else "",
            tag("meta", {"property": "dcterms:modified"}, f"{day if len(day) == len(_NEVER) else _NEVER}T00:00:00Z"),
            *(
                tag("meta", {"property": f"schema:{name}"}, value)
                for name, value in (
                    ("accessMode", "textual"),
                    ("accessModeSufficient", "textual"),
                    ("accessibilityFeature", "structuralNavigation"),
                    ("accessibilityFeature", "tableOfContents"),
                    ("accessibilityHazard", "none"),
                )
            ),
        )
    )
    items = joined(
        (
            tag("item", _item("contents.xhtml") | {"properties": "nav"}),
            tag("item", {"id": "style", "href": "style.css", "media-type": "text/css"}),
            *(tag("item", _item(page)) for page in pages),
        )
    )
    order = [tag("itemref", {"idref": _item(page)["id"]}) for page in ("contents.xhtml", *pages)]
    way = "rtl" if is_rightward("", laid.language) else "ltr"
    return tag(
        "package",
        {"xmlns": _OPF, "version": "3.0", "unique-identifier": "identifier", "xml:lang": laid.language},
        tag("metadata", {"xmlns:dc": _DC}, about),
        tag("manifest", None, items),
        tag("spine", {"page-progression-direction": way}, *order),
    )


def _item(page: str) -> dict[str, str]:
    return {"id": page.removesuffix(".xhtml"), "href": page, "media-type": "application/xhtml+xml"}
