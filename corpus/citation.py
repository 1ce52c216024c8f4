"""A reference in a style, with its page locator: for a document, a passage, a statement or a practice.

The styles are CSL files beside the code (``styles/``, CC BY-SA 3.0), rendered by citeproc-py.  What it does not do yet
is mended here: see `_mended` and `_finished`.
"""

from __future__ import annotations

import html
import re
import threading
import xml.etree.ElementTree as ElementTree
from collections.abc import Callable
from datetime import date
from functools import cache
from importlib import resources
from io import BytesIO
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any, Literal, NamedTuple

from corpus.errors import NotInCatalogue, UsageError, Withdrawn
from corpus.exchange import Cited, Locator, bibtex, csl_item, csl_json, locator, ris
from corpus.ids import kind_of
from corpus.model import Bibliography, Practice, Span

if TYPE_CHECKING:
    from corpus.catalogue import Catalogue

Format = Literal["text", "html", "bibtex", "ris", "csl-json"]
FILES: dict[str, Callable[[Cited], str]] = {"bibtex": bibtex, "ris": ris, "csl-json": csl_json}
"""The formats for reference managers."""

STYLES: dict[str, str] = {
    "apa": "APA, 7th edition",
    "chicago-author-date": "Chicago, author–date",
    "harvard-cite-them-right": "Harvard, Cite Them Right",
    "nlm-citation-sequence": "NLM (Vancouver)",
    "ieee": "IEEE",
}
"""Styles by id (the file's stem), with what people call them; the first is the one used where none is asked for."""

BRITISH = frozenset({"harvard-cite-them-right"})
"""Styles that write dates the British way and put stops outside closing quotation marks."""

BLOCK_QUOTATION_WORDS = 40
"""From this length on a quotation stands as a block without quotation marks (APA 7, section 8.27)."""


class Rendered(NamedTuple):
    """A work in a style: its entry in the list of references, and how the text points to it."""

    reference: str
    in_text: str


def cite(
    card: Bibliography,
    *,
    span: Span | None = None,
    section: str = "",
    style: str = "apa",
    format: Format = "text",
    accessed: date | None = None,
    public_url: str = "",
    quotation: str | None = None,
) -> str:
    """How to cite a work, or a place in it.

    As text or HTML: the quotation, if one is given; the reference; for a place in the work the in-text citation with
    its page (printed label first) or section; and ``public_url``, our own permanent address of it, where it is set.
    The other formats are files for reference managers.

    Raises:
        UsageError: an unknown style or format; the message names those there are.
    """
    cited = Cited(card, locator(span, section), accessed, public_url)
    if format in FILES:
        return FILES[format](cited)
    if format not in ("text", "html"):
        known = ", ".join(("text", "html", *FILES))
        raise UsageError(f"“{format}” is no format of a reference; use one of {known}.")
    safe = html.escape if format == "html" else str
    told = _render(cited, style, markup=format == "html")
    reference = told.reference + (f" [{safe(card.url_note)}]" if card.url_note and card.url else "")
    ours = safe(public_url) if public_url != cited.url else ""
    if quotation:
        lines = [_quoted(safe(quotation), told.in_text), reference, ours]
    else:
        lines = [reference, told.in_text if cited.where.first or cited.where.section else "", ours]
    return ("<br>\n" if format == "html" else "\n").join(line for line in lines if line)


def in_text(card: Bibliography, *, span: Span | None = None, section: str = "", style: str = "apa") -> str:
    """How a text points to the work: "(Kahn, 2018, p. 44)"; raises as `cite` does."""
    return _render(Cited(card, locator(span, section)), style, markup=False).in_text


def cite_item(
    catalogue: Catalogue,
    identifier: str,
    *,
    style: str = "apa",
    format: str = "text",
    public_url: str = "",
    accessed: date | None = None,
) -> str:
    """How to cite a document, passage, statement or practice of the catalogue by its id.

    ``public_url`` is where this knowledge base is reached by others (blank: it is not).

    Raises:
        NotInCatalogue: nothing has this id; Withdrawn: something had; UsageError: an unknown style or format.
    """
    card, span, section, room = _looked_up(catalogue, identifier)
    address = f"{public_url.rstrip('/')}/{room}/{identifier}" if public_url else ""
    form: Any = format
    return cite(card, span=span, section=section, style=style, format=form, accessed=accessed, public_url=address)


def _looked_up(catalogue: Catalogue, identifier: str) -> tuple[Bibliography, Span | None, str, str]:
    """The card, the place in it, the section's heading, and the part of our address that shows such items."""
    found = kind_of(identifier)
    if found == "passage":
        passage = catalogue.passage(identifier)
        return catalogue.card(passage.doc), passage.span, "".join(passage.path[-1:]), "passages"
    if found == "statement":
        statement = catalogue.statement(identifier)
        return catalogue.card(statement.doc), statement.span, "".join(statement.path[-1:]), "statements"
    try:
        return catalogue.card(identifier), None, "", "documents"
    except Withdrawn:
        raise
    except NotInCatalogue:
        if identifier not in catalogue.practice_ids():
            raise NotInCatalogue(f"Nothing has the id {identifier!r}; search for its words to find it.") from None
    practice = catalogue.practice(identifier)
    if practice.doc:
        return catalogue.card(practice.doc), None, practice.title, "practices"
    return card_of_practice(practice), None, "", "practices"


RECORDS_BY = "Fingerpost"
"""Who writes the practice records: the words are the project's, the practice is its organisations'."""


def card_of_practice(practice: Practice) -> Bibliography:
    """The library card of a practice record; it is dated by when it was last checked."""
    return Bibliography(
        id=practice.id,
        title=practice.title,
        authors=(RECORDS_BY,),
        organisations=practice.organisations,
        publisher=RECORDS_BY,
        date=practice.last_checked,
        language=practice.language,
        document_type="practice-page",
        standing=practice.standing,
        programme=practice.programme,
        rights=practice.rights,
        summary=practice.summary,
        countries=tuple(dict.fromkeys(p.country for p in practice.places)),
        themes=practice.themes,
        target_groups=practice.target_groups,
    )


# ------------------------------------------------------------------------------------------------ rendering

_CITEPROC = threading.Lock()
"""citeproc-py keeps state in a style's tree while it renders."""

_CSL = "{http://purl.org/net/xbiblio/csl}"
_STAND_IN_PAGE, _STAND_IN_RANGE = "90909", "1–9"
"""Pages that every style writes in full, put in place of labels that are not all digits ("iv", "A-1")."""

_ITALIC, _UPRIGHT = "\ue000", "\ue001"
"""Characters of private use that mark italics: taken out of the card before, turned into tags after."""

_NUMBERED = re.compile(r"^(\[?\d+[\].])\s*")
_RETRIEVED_WHEN = re.compile(r"\bRetrieved (?=\S+://)")
_DATED_BY_AUTHOR = frozenset({"apa", "chicago-author-date", "harvard-cite-them-right"})
"""Styles that point to a work by author and date: an unsigned work's title takes the author's place."""

_JOINED = {"apa": " & ", "chicago-author-date": " and "}
"""How the styles join two bodies that sign together."""

_NAMES_SITES = frozenset({"apa", "chicago-author-date"})
"""Styles whose file knows a web page's site; the others write it as the publisher, or take the page for a chapter."""


def _render(cited: Cited, style: str, *, markup: bool) -> Rendered:
    """The work in the style: plain text, or HTML with all text escaped."""
    if style not in STYLES:
        raise UsageError(f"There is no style “{style}”; use one of {', '.join(STYLES)}.")
    from citeproc import Citation, CitationItem, CitationStylesBibliography
    from citeproc.source import Locator as PageLocator
    from citeproc.source.json import CiteProcJSON

    where = Locator(*map(_as_text, cited.where))
    stand_in = _STAND_IN_RANGE if where.last else _STAND_IN_PAGE
    pages = where.pages if (where.first + where.last).isdigit() else stand_in
    page = {"locator": PageLocator("page", pages)} if where.first else {}
    with _CITEPROC:
        works = CitationStylesBibliography(_style(style), CiteProcJSON([_item(cited, style)]), _formatter())
        citation = Citation([CitationItem(cited.card.id.lower(), **page)])
        works.register(citation)
        pointer = str(works.cite(citation, lambda item: None))
        reference = "".join(str(part) for part in works.bibliography()[0])
    if pages == stand_in:
        pointer = pointer.replace(stand_in, where.pages)
    shown = _as_html if markup else _as_text
    return Rendered(shown(_finished(reference, style)), shown(_located(pointer, where, style)))


def _as_html(marked: str) -> str:
    return html.escape(marked).replace(_ITALIC, "<i>").replace(_UPRIGHT, "</i>")


def _as_text(marked: str) -> str:
    return marked.replace(_ITALIC, "").replace(_UPRIGHT, "")


@cache
def _formatter() -> Any:
    """What citeproc-py writes italics with.  Its own HTML formatter lets a title's tags through unescaped."""
    plain = dict.fromkeys(("Bold", "Light", "Underline", "Superscript", "Subscript", "SmallCaps"), str)

    def italic(text: str) -> str:
        return f"{_ITALIC}{text}{_UPRIGHT}"

    return SimpleNamespace(preformat=str, Italic=italic, Oblique=italic, **plain)


def _item(cited: Cited, style: str) -> dict[str, Any]:
    """The work as citeproc takes it; the place in it belongs to the citation, not to the reference.

    APA 7 leaves out a publisher that is an author (section 9.29).  Two bodies are joined without the comma that parts
    two persons (APA 7, section 10.4, and Chicago 17, section 15.9): citeproc-py knows no such difference.
    """
    told = {"id", "type", "title", "author", "issued", "publisher", "container-title", "URL", "accessed"}
    item = {key: _unmarked(value) for key, value in csl_item(cited).items() if key in told}
    if style not in _NAMES_SITES and "container-title" in item:
        item["publisher"] = item.pop("container-title")
    if "author" not in item and style in _DATED_BY_AUTHOR:
        item["author"] = [{"literal": f"{_ITALIC}{item.pop('title')}{_UPRIGHT}"}]
    bodies = [name["literal"] for name in item.get("author", ()) if "literal" in name]
    if style == "apa":
        item = {k: v for k, v in item.items() if not (k in ("publisher", "container-title") and v in bodies)}
    if style in _JOINED and len(bodies) == len(item["author"]) == 2:
        item["author"] = [{"literal": _JOINED[style].join(bodies)}]
    return item


def _unmarked(value: Any) -> Any:
    """The value without our own marks, wherever a text holds them."""
    if isinstance(value, str):
        return _as_text(value)
    if isinstance(value, list):
        return [_unmarked(part) for part in value]
    return {key: _unmarked(part) for key, part in value.items()} if isinstance(value, dict) else value


@cache
def _style(style: str) -> Any:
    """The style's tree, parsed once (citeproc-py takes 50 ms to import: only when first used)."""
    from citeproc import CitationStylesStyle

    tree = ElementTree.fromstring((resources.files("corpus") / "styles" / f"{style}.csl").read_bytes())
    locale = "en-GB" if style in BRITISH else "en-US"
    return CitationStylesStyle(BytesIO(ElementTree.tostring(_mended(tree))), locale=locale, validate=False)


def _mended(tree: ElementTree.Element) -> ElementTree.Element:
    """The style without what citeproc-py 0.11 gets wrong.

    It shortens given names in spite of ``initialize="false"``, and forgets the delimiter between the parts of a date.
    """
    whole = [name for name in tree.iter(f"{_CSL}name") if name.get("initialize") == "false"]
    shortened = tree.attrib.pop("initialize-with", "") if whole else ""
    for name in tree.iter(f"{_CSL}name") if shortened else ():
        if name not in whole:
            name.attrib.setdefault("initialize-with", shortened)
    for day in tree.iter(f"{_CSL}date"):
        between = day.get("delimiter", "")
        for part in day.findall(f"{_CSL}date-part")[1:]:
            part.set("prefix", between + part.get("prefix", ""))
    return tree


def _finished(reference: str, style: str) -> str:
    """The reference as its manual prints it, where citeproc-py falls short.

    A space after its number; no "Retrieved" without a date; stops inside closing quotation marks, but for the British.
    """
    spaced = _RETRIEVED_WHEN.sub("", _NUMBERED.sub(r"\1 ", reference.strip()))
    return spaced if style in BRITISH else re.sub(r"”([.,])", r"\1”", spaced)


def _located(pointer: str, where: Locator, style: str) -> str:
    """The in-text citation with what the style's file does not write: a section's heading, a page after a number.

    A work without pages is located by its heading (APA 7, section 8.28: "How it works section"; Chicago 17, section
    14.160: under "How it works").
    """
    if where.section:
        forms = {"apa": f"{where.section} section", "chicago-author-date": f"under “{where.section}”"}
        place = forms.get(style, f"section “{where.section}”")
    elif where.first and where.pages not in pointer:
        place = f"{'pp.' if where.last else 'p.'} {where.pages}"
    else:
        return pointer
    return f"{pointer[:-1]}, {place}{pointer[-1]}"


def _quoted(quotation: str, pointer: str) -> str:
    """A quotation with its source: short ones in marks, the stop behind the source; long ones as a block."""
    text = " ".join(quotation.split())
    if len(text.split()) >= BLOCK_QUOTATION_WORDS:
        return f"{text} {pointer}"
    inner = text.translate(str.maketrans("“”", "‘’")).removesuffix(".")
    return f"“{inner}” {pointer}."
