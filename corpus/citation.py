"""A reference in a style, with its page locator: for a document, a passage, a statement or a practice.

The styles are CSL files beside the code (``styles/``, CC BY-SA 3.0), rendered by citeproc-py (`corpus.rendering`), but
for the United Nations' form (`corpus.footnotes`).
"""

from __future__ import annotations

import html
import json
from collections.abc import Callable, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any, Literal

from corpus.errors import NotInCatalogue, UsageError, Withdrawn
from corpus.exchange import Cited, bibtex, csl_json, locator, ris
from corpus.ids import kind_of
from corpus.model import Bibliography, Passage, Practice, Span, Statement
from corpus.rendering import (
    AS_THEY_STAND,
    NOTES,
    SHORT_NAMES,
    STYLES,
    Rendered,
    Words,
    full_name,
    quoted,
    render,
    unnumbered,
)
from corpus.resting import Rest, rests_of

__all__ = [
    "AS_THEY_STAND",
    "FILES",
    "SHORT_NAMES",
    "STYLES",
    "Format",
    "Words",
    "card_of_practice",
    "cite",
    "cite_item",
    "full_name",
    "in_text",
    "refer",
]

if TYPE_CHECKING:
    from corpus.catalogue import Catalogue

Format = Literal["text", "html", "bibtex", "ris", "csl-json"]
FILES: dict[str, Callable[[Cited], str]] = {"bibtex": bibtex, "ris": ris, "csl-json": csl_json}
"""The formats for reference managers."""


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
    words: Words = AS_THEY_STAND,
) -> str:
    """How to cite a work, or a place in it.

    As text or HTML: the quotation, if one is given; the reference; for a place in the work the in-text citation with
    its page (printed label first) or section; and ``public_url``, our own permanent address of it, where it is set.
    Styles with footnotes give the footnote also of a whole work.  The other formats are files for reference managers.

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
    reference, pointer = _referred(cited, style, words, markup=format == "html")
    ours = safe(public_url) if public_url != cited.url else ""
    pointed = pointer if cited.where.first or cited.where.section or style in NOTES or words != AS_THEY_STAND else ""
    lines = [*quoted(safe(quotation), pointer, style), reference, ours] if quotation else [reference, pointed, ours]
    return ("<br>\n" if format == "html" else "\n").join(line for line in lines if line)


def refer(
    card: Bibliography,
    *,
    span: Span | None = None,
    section: str = "",
    style: str = "apa",
    accessed: date | None = None,
    words: Words = AS_THEY_STAND,
    number: int = 1,
) -> Rendered:
    """The reference and the pointer to the place apart, as HTML whose only tags are <i>; raises as `cite` does.

    ``number`` is the work's in styles with numbers (`unnumbered` takes it off the reference).
    """
    return _referred(Cited(card, locator(span, section), accessed), style, words, markup=True, number=number)


def _referred(cited: Cited, style: str, words: Words, *, markup: bool, number: int = 1) -> Rendered:
    """Reference and pointer; what is odd about the source's address stands behind the reference, if there is one."""
    told = render(cited, style, words, markup=markup, number=number)
    note = cited.card.url_note if cited.card.url else ""
    odd = f" [{html.escape(note) if markup else note}]" if note else ""
    if told.reference:
        return Rendered(told.reference + odd, told.in_text)
    return Rendered("", told.in_text + odd)


def in_text(card: Bibliography, *, span: Span | None = None, section: str = "", style: str = "apa") -> str:
    """How a text points to the work: "(Kahn, 2018, p. 44)"; raises as `cite` does."""
    return render(Cited(card, locator(span, section)), style, AS_THEY_STAND, markup=False).in_text


def cite_item(
    catalogue: Catalogue,
    identifier: str,
    *,
    style: str = "apa",
    format: str = "text",
    public_url: str = "",
    accessed: date | None = None,
    words: Words = AS_THEY_STAND,
    quoted: bool = False,
    alone: bool = False,
) -> str:
    """How to cite a document, passage, statement or practice of the catalogue by its id.

    ``public_url`` is where this knowledge base is reached by others (blank: it is not); ``quoted`` puts the words of a
    passage or statement before its reference.  Behind a practice record of ours stands what it rests on, with pages;
    in files for reference managers as entries of their own; ``alone`` leaves them out.

    Raises:
        NotInCatalogue: nothing has this id; Withdrawn: something had; UsageError: an unknown style or format.
    """
    card, place, section, room = _looked_up(catalogue, identifier)
    address = f"{public_url.rstrip('/')}/{room}/{identifier}" if public_url else ""
    form: Any = format
    told = cite(
        card,
        span=place.span if place else None,
        section=section,
        style=style,
        format=form,
        accessed=accessed,
        public_url=address,
        quotation=place.text if place and quoted else None,
        words=words,
    )
    practice = None if alone or room != "practices" else catalogue.practice(identifier)
    return _with_rests(told, rests_of(catalogue, practice), style, form, accessed) if practice else told


def _with_rests(told: str, rests: Sequence[Rest], style: str, form: Format, accessed: date | None) -> str:
    """The reference of a record of ours with those of the documents that it rests on."""
    cards = [rest.card for rest in rests if rest.card]
    if form in FILES:
        files = [told, *(cite(card, style=style, format=form, accessed=accessed) for card in cards)]
        if form == "csl-json":
            return json.dumps([one for file in files for one in json.loads(file)], ensure_ascii=False, indent=2) + "\n"
        return "".join(files)
    if not rests:
        return told
    safe: Callable[[str], str] = html.escape if form == "html" else str
    lines = [told, "Our summary; it rests on:", *(_rest_told(rest, style, form, accessed, safe) for rest in rests)]
    return ("<br>\n" if form == "html" else "\n").join(lines)


def _rest_told(rest: Rest, style: str, form: Format, accessed: date | None, safe: Callable[[str], str]) -> str:
    if rest.card is None:
        return safe(rest.line)
    rendered = _referred(Cited(rest.card, accessed=accessed), style, AS_THEY_STAND, markup=form == "html")
    reference = unnumbered(rendered.reference) or rendered.in_text
    return f"{reference} {safe(rest.where)}" if rest.where else reference


def _looked_up(catalogue: Catalogue, identifier: str) -> tuple[Bibliography, Passage | Statement | None, str, str]:
    """The card, the quotation in it, the section's heading, and the part of our address that shows such items."""
    found = kind_of(identifier)
    if found == "passage":
        passage = catalogue.passage(identifier)
        return catalogue.card(passage.doc), passage, "".join(passage.path[-1:]), "passages"
    if found == "statement":
        statement = catalogue.statement(identifier)
        return catalogue.card(statement.doc), statement, "".join(statement.path[-1:]), "statements"
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
