"""A dossier as a Word file (Office Open XML, ECMA-376) with real footnotes, contents and a list of sources.

Written by hand: python-docx knows no footnotes, and what is needed of the format are eight parts.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from itertools import count, zip_longest
from typing import Final

from markupsafe import Markup

from corpus.exchange import date_parts
from index.lists import clean
from webapp.exports import docx_parts as parts
from webapp.exports.dossier import Dossier
from webapp.exports.laying import Block, Chapter, Laid, in_its_language, is_rightward, lay_out
from webapp.exports.noting import Run, Runs
from webapp.exports.packing import DECLARATION, packed, tag
from webapp.languages import gettext as _

MEDIA = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_STYLES: Final = {
    "paragraph": "Normal", "quotation": "Quote", "remark": "Remark", "warning": "Warning", "small": "Small",
    "bullets": "ListParagraph", "numbers": "ListParagraph", "letters": "ListParagraph", "works": "Bibliography",
}  # fmt: skip

_BELOW: Final = ("remark", "small")
"""What stands below a quotation on the same page."""


@in_its_language
def render(dossier: Dossier, style: str = "apa", accessed: date | None = None) -> bytes:
    """The dossier as a .docx file; note n of the text is footnote n."""
    laid = lay_out(dossier, style, accessed)
    body, notes = _Part(laid), _Part(laid)
    document = tag("w:document", parts.W, tag("w:body", None, *body.whole(), parts.PAGE))
    footnotes = tag(
        "w:footnotes", parts.W, parts.RULES, *(notes.footnote(at, runs) for at, runs in enumerate(laid.notes, 1))
    )
    files = [
        ("[Content_Types].xml", parts.TYPES),
        ("_rels/.rels", parts.PACKAGE),
        ("word/document.xml", document),
        ("word/_rels/document.xml.rels", tag("Relationships", parts.RELATIONSHIPS, parts.BESIDE, *body.links())),
        ("word/footnotes.xml", footnotes),
        ("word/_rels/footnotes.xml.rels", tag("Relationships", parts.RELATIONSHIPS, *notes.links())),
        ("word/styles.xml", parts.styles(laid.language)),
        ("word/numbering.xml", tag("w:numbering", parts.W, parts.DEFINITIONS, *body.numberings())),
        ("word/settings.xml", parts.SETTINGS),
        ("word/footer.xml", parts.FOOTER),
        ("docProps/core.xml", _about(laid)),
    ]
    return packed((name, DECLARATION + told) for name, told in files)


class _Part:
    """A part of the package that is being written: its links and lists are numbered as they come."""

    def __init__(self, laid: Laid) -> None:
        self._laid = laid
        self._links: dict[str, str] = {}
        self._lists: list[int] = []
        self._marks = count(1)

    def whole(self) -> Iterator[Markup]:
        """Title, opening, contents, chapters."""
        laid = self._laid
        title = clean(laid.dossier.title)
        yield _paragraph("Title", (self._run(Run(title)),), laid.language, title)
        yield from self._blocks(laid.opening.blocks)
        yield from self._contents()
        for chapter in laid.chapters:
            yield from self._chapter(chapter)

    def footnote(self, number: int, runs: Runs) -> Markup:
        mark = tag("w:r", None, tag("w:rPr", None, _style("w:rStyle", "FootnoteReference")), tag("w:footnoteRef"))
        text = "".join(run.text for run in runs)
        inside = (mark, self._run(Run(" ")), *(self._run(run) for run in runs))
        return tag("w:footnote", {"w:id": number}, _paragraph("FootnoteText", inside, "", text))

    def links(self) -> Iterator[Markup]:
        """The web addresses that the part leads to."""
        for address, name in self._links.items():
            yield tag("Relationship", {"Id": name, "Type": parts.LINK, "Target": address, "TargetMode": "External"})

    def numberings(self) -> Iterator[Markup]:
        """A numbering of its own for every list, so that each begins with its first number."""
        for at, definition in enumerate(self._lists, 1):
            restart = tag("w:lvlOverride", {"w:ilvl": 0}, tag("w:startOverride", {"w:val": 1}))
            yield tag("w:num", {"w:numId": at}, tag("w:abstractNumId", {"w:val": definition}), restart)

    def _contents(self) -> Iterator[Markup]:
        """A field with the headings as links.  Page numbers come when a word processor brings it up to date: asked to
        do so by the file itself, it would first frighten the reader with a question.
        """
        language = self._laid.language
        shown = [chapter for chapter in self._laid.chapters if chapter.heading]
        yield _paragraph("TOCHeading", (self._run(Run(_("Contents"))),), language, _("Contents"))
        for chapter in shown:
            link = {"w:anchor": _anchor(chapter.name), "w:history": 1}
            begins = parts.field('TOC \\o "1-1" \\h \\z \\u') if chapter is shown[0] else ""
            ends = parts.FIELD_ENDS if chapter is shown[-1] else ""
            line = (begins, tag("w:hyperlink", link, self._run(Run(chapter.heading))), ends)
            yield _paragraph("TOC1", line, language, chapter.heading)

    def _chapter(self, chapter: Chapter) -> Iterator[Markup]:
        if chapter.heading:
            name = {"w:id": next(self._marks), "w:name": _anchor(chapter.name)}
            marked = (
                tag("w:bookmarkStart", name),
                self._run(Run(chapter.heading)),
                tag("w:bookmarkEnd", {"w:id": name["w:id"]}),
            )
            yield _paragraph("Heading1", marked, self._laid.language, chapter.heading)
        yield from self._blocks(chapter.blocks)

    def _blocks(self, blocks: Sequence[Block]) -> Iterator[Markup]:
        for block, following in zip_longest(blocks, blocks[1:]):
            style = f"Heading{block.level}" if block.kind == "heading" else _STYLES[block.kind]
            goes_on = block.kind == "quotation" and following is not None and following.kind in _BELOW
            listed = self._listed(block)
            language = block.language or self._laid.language
            for at, line in enumerate(block.lines, 1):
                text = "".join(run.text for run in line)
                told = tuple(self._run(run, language, is_rightward(text, language)) for run in line)
                kept = tag("w:keepNext") if goes_on and at == len(block.lines) else ""
                yield _paragraph(style, told, language, text, kept or listed)

    def _listed(self, block: Block) -> str:
        """What makes its lines items of a list of their own; blank where it is no list."""
        if block.kind not in parts.LISTS:
            return ""
        self._lists.append(parts.LISTS[block.kind])
        numbered = tag("w:numId", {"w:val": len(self._lists)})
        return tag("w:numPr", None, tag("w:ilvl", {"w:val": 0}), numbered)

    def _run(self, run: Run, language: str = "", rightward: bool = False) -> Markup:
        if run.note:
            mark = tag("w:rPr", None, _style("w:rStyle", "FootnoteReference"))
            return tag("w:r", None, mark, tag("w:footnoteReference", {"w:id": run.note}))
        about = (
            _style("w:rStyle", "Hyperlink") if run.link else "",
            tag("w:b") + tag("w:bCs") if run.bold else "",
            tag("w:i") + tag("w:iCs") if run.italic else "",
            tag("w:rtl") if rightward and is_rightward(run.text, language) else "",
            tag("w:lang", {"w:bidi" if rightward else "w:val": language}) if language else "",
        )
        text = tag("w:t", {"xml:space": "preserve"}, run.text)
        told = tag("w:r", None, tag("w:rPr", None, *about) if any(about) else "", text)
        if not run.link:
            return told
        name = self._links.setdefault(run.link, f"link{len(self._links) + 1}")
        return tag("w:hyperlink", {"r:id": name, "w:history": 1}, told)


def _paragraph(style: str, inside: Iterable[str], language: str, text: str, more: str = "") -> Markup:
    """A paragraph; ``text`` (what it says) and its language tell whether it runs from right to left."""
    about = [_style("w:pStyle", style), more]
    if is_rightward(text, language):
        about += [parts.barred_right(style) if style in parts.BARS else "", tag("w:bidi")]
    return tag("w:p", None, tag("w:pPr", None, *about), *inside)


def _style(kind: str, name: str) -> Markup:
    return tag(kind, {"w:val": name})


def _anchor(name: str) -> str:
    """A bookmark's name: letters, digits and underscores."""
    return f"chapter_{name.replace('-', '_')}"


def _about(laid: Laid) -> Markup:
    """Title, author, day and language for the file's properties."""
    told = laid.dossier
    dublin = "http://purl.org/dc"
    names = {
        "xmlns:cp": "http://schemas.openxmlformats.org/package/2006/metadata/core-properties",
        "xmlns:dc": f"{dublin}/elements/1.1/",
        "xmlns:dcterms": f"{dublin}/terms/",
        "xmlns:xsi": "http://www.w3.org/2001/XMLSchema-instance",
    }
    made = "-".join(f"{part:02}" for part in date_parts(told.date))
    return tag(
        "cp:coreProperties",
        names,
        tag("dc:title", None, clean(told.title)),
        tag("dc:creator", None, clean(told.author)) if told.author else "",
        tag("dc:language", None, laid.language),
        tag("dcterms:modified", {"xsi:type": "dcterms:W3CDTF"}, made) if made else "",
    )
