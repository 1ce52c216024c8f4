"""A list of hits as a file that people work with: CSV, XLSX, JSON, RIS, BibTeX.

Of a source whose licence is not known to allow copying, a short quotation and the address are all that a list carries.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Mapping, Sequence
from html import unescape
from typing import Final, NamedTuple

import msgspec
import xlsxwriter

from corpus.catalogue import Catalogue
from corpus.citation import cite_item
from corpus.model import Value
from corpus.resting import OUR_SUMMARY, Rest, rests_of
from index.answer import Answer, Hit
from index.labels import label

HITS_MOST = 500
"""Hits in one file; who wants more wants the whole knowledge base ('fingerpost backup')."""
SHORT = 300
"""Characters of a quotation from a source whose licence is unknown: two or three sentences."""
CELL_MOST = 32_000
"""Characters of a cell; spreadsheets take 32,767."""
FORMULA: Final = ("=", "+", "-", "@", "\t", "\r", "\n")
"""What a spreadsheet takes for the beginning of a formula, or for the way into another cell."""
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
_FOUND = re.compile(r"<mark>(.*?)</mark>")
_SENTENCE_END = re.compile(r"[.!?;:]\s+")
_KEY = re.compile(r"^(@\w+\{)([^,]+),")
_OPEN = re.compile(
    r"(?i)^\W*(CC[ -]?(BY|0)\b|creative commons (attribution|zero)|public domain\b|open government licen[cs]e"
    r"|https?://creativecommons\.org/(licenses/by|publicdomain)\b)"
)
"""Licences, at the beginning of what is told of rights, that let words be carried whole if the author is named."""


class Format(NamedTuple):
    """How a list is called, its file's ending, its media type."""

    label: str
    ending: str
    media: str


FORMATS: Final[dict[str, Format]] = {
    "csv": Format("CSV", "csv", "text/csv; charset=utf-8"),
    "xlsx": Format("Excel", "xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    "json": Format("JSON", "json", "application/json"),
    "ris": Format("RIS", "ris", "application/x-research-info-systems; charset=utf-8"),
    "bibtex": Format("BibTeX", "bib", "application/x-bibtex; charset=utf-8"),
}


class Row(Value, frozen=True):
    """One hit as it is carried away; ``page`` is as printed, else the sheet's number; lists are joined by "; ".

    Of a practice record of ours ``words`` says that it is a summary, ``sources`` what it rests on, with pages.
    """

    rank: int
    quotation: str
    words: str
    sources: str
    shortened: bool
    page: str
    section: str
    title: str
    organisations: str
    year: str
    standing: str
    says: str
    voice: str
    themes: str
    citation: str
    address: str
    rights: str
    id: str


def rows(catalogue: Catalogue, answer: Answer, public_url: str = "") -> tuple[Row, ...]:
    """The answer's hits, cited; addresses are ours only where others reach us."""
    references = {
        work: clean(cite_item(catalogue, work, public_url=public_url, alone=True).split("\n")[0])
        for work in _works(answer)
    }
    return tuple(_row(catalogue, rank, hit, references, public_url) for rank, hit in enumerate(answer.hits, 1))


def _works(answer: Answer) -> Iterable[str]:
    """Every work that the hits come from, once: documents, and practices themselves."""
    return dict.fromkeys(_work(hit) for hit in answer.hits)


def _work(hit: Hit) -> str:
    return hit.id if hit.what == "practices" else hit.doc


def _row(catalogue: Catalogue, rank: int, hit: Hit, references: Mapping[str, str], public_url: str) -> Row:
    rights = rights_of(catalogue, hit)
    quotation = carried(hit.text, rights, hit.snippet)
    return Row(
        rank=rank,
        quotation=quotation,
        words=OUR_SUMMARY if is_our_summary(catalogue, hit) else "",
        sources=clean("; ".join(rest.line for rest in rests_of_hit(catalogue, hit))),
        shortened=quotation != clean(hit.text),
        page=page_of(hit),
        section=clean(hit.section),
        title=clean(hit.title),
        organisations=clean("; ".join(hit.organisations)),
        year=str(hit.year or ""),
        standing=label("standing", hit.standing, {}) if hit.standing else "",
        says=label("kind", hit.kind, {}) if hit.kind else "",
        voice=label("voice", hit.voice, {}) if hit.voice else "",
        themes="; ".join(label("theme", theme, {}) for theme in hit.themes),
        citation=references[_work(hit)],
        address=f"{public_url.rstrip('/')}{hit.url}" if public_url else hit.url,
        rights=clean(rights) or "not known: quote briefly and link to the source",
        id=hit.id,
    )


def is_our_summary(catalogue: Catalogue, hit: Hit) -> bool:
    """Whether a hit's text is a record of ours telling of its sources, not a quotation of them."""
    return hit.what == "practices" and not hit.passage and not catalogue.practice(hit.id).doc


def rests_of_hit(catalogue: Catalogue, hit: Hit) -> tuple[Rest, ...]:
    """What a practice that was found rests on; nothing for all else."""
    return rests_of(catalogue, catalogue.practice(hit.id)) if hit.what == "practices" else ()


def page_of(hit: Hit) -> str:
    """A hit's page as printed, else the sheet's number; blank where there are none."""
    return hit.page_label or (str(hit.page) if hit.page is not None else "")


def carried(text: str, rights: str, snippet: str = "") -> str:
    """As much of a quotation as may be carried away under the source's rights: all, or a short quotation."""
    return clean(text) if may_be_copied(rights) else _shortened(clean(text), snippet)


def may_be_copied(rights: str) -> bool:
    """Whether words under these rights can be carried away whole if their author is named."""
    return _OPEN.search(rights) is not None


def rights_of(catalogue: Catalogue, hit: Hit) -> str:
    """What may be done with a hit's words: its practice's or its document's rights."""
    return catalogue.practice(hit.id).rights if hit.what == "practices" else catalogue.card(hit.doc).rights


def _shortened(text: str, snippet: str) -> str:
    """A short quotation, from the beginning of the sentence in which the first found word stands."""
    if len(text) <= SHORT:
        return text
    at = max(text.find(found_in(snippet)), 0)
    start = max((end.end() for end in _SENTENCE_END.finditer(text, 0, at)), default=0)
    told = text[start : start + SHORT]
    if start + SHORT < len(text):
        told = told.rsplit(" ", 1)[0].rstrip(" ,;:") + " …"
    return ("… " if start else "") + told


def found_in(snippet: str) -> str:
    """The first words that a snippet marks as found, as they stand in the text; blank where it marks none."""
    found = _FOUND.search(snippet)
    return unescape(found[1]) if found else ""


def clean(text: str) -> str:
    """Text without characters that no file format allows."""
    return _CONTROL.sub("", text)


def as_file(catalogue: Catalogue, answer: Answer, form: str, public_url: str = "") -> bytes:
    """The answer's hits as a file of one of FORMATS."""
    if form in ("ris", "bibtex"):
        return _references(catalogue, answer, form, public_url).encode()
    told = rows(catalogue, answer, public_url)
    if form == "json":
        return msgspec.json.encode({"query": answer.query, "total": answer.total, "hits": told})
    return _xlsx(answer, told) if form == "xlsx" else _csv(told)


def _csv(told: Sequence[Row]) -> bytes:
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(Row.__struct_fields__)
    for row in told:
        writer.writerow([harmless(_cell(value)) for value in msgspec.structs.astuple(row)])
    # The mark at the beginning tells spreadsheets that it is UTF-8.
    return b"\xef\xbb\xbf" + out.getvalue().encode()


def harmless(text: str) -> str:
    """A text that no spreadsheet takes for a formula (OWASP's rule: an apostrophe before it)."""
    return "'" + text if text.startswith(FORMULA) else text


def _cell(value: object) -> str:
    return ("yes" if value else "no") if isinstance(value, bool) else str(value)[:CELL_MOST]


def _xlsx(answer: Answer, told: Sequence[Row]) -> bytes:
    """A workbook of two sheets: the hits, and what was asked.  Every cell is text, so that none is a formula."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    head, text = book.add_format({"bold": True}), book.add_format({"text_wrap": True, "valign": "top"})
    sheet = book.add_worksheet("Hits")
    sheet.freeze_panes(1, 0)
    widths = {
        "quotation": 70,
        "sources": 50,
        "section": 30,
        "title": 40,
        "citation": 60,
        "address": 40,
        "organisations": 30,
    }
    for column, name in enumerate(Row.__struct_fields__):
        sheet.set_column(column, column, widths.get(name, 12))
        sheet.write_string(0, column, name, head)
        for line, row in enumerate(told, 1):
            sheet.write_string(line, column, _cell(getattr(row, name)), text)
    asked = book.add_worksheet("Search")
    asked.set_column(0, 1, 40)
    for line, (name, value) in enumerate((("Query", answer.interpreted), ("Hits in all", str(answer.total)))):
        asked.write_string(line, 0, name, head)
        asked.write_string(line, 1, clean(value)[:CELL_MOST], text)
    book.close()
    return out.getvalue()


def _references(catalogue: Catalogue, answer: Answer, form: str, public_url: str) -> str:
    """A bibliography: every work that the hits come from, once."""
    beneath = [rest.doc for hit in answer.hits for rest in rests_of_hit(catalogue, hit) if rest.card]
    every = dict.fromkeys([*_works(answer), *beneath])
    works = (cite_item(catalogue, work, format=form, public_url=public_url, alone=True) for work in every)
    return bibliography(works, form)


def bibliography(works: Iterable[str], form: str) -> str:
    """Entries for reference managers as one file; equal BibTeX keys are told apart by a number."""
    return "\n".join(_with_keys_apart(works)) if form == "bibtex" else "".join(works)


def _with_keys_apart(entries: Iterable[str]) -> Iterable[str]:
    seen: dict[str, int] = {}
    for entry in entries:
        found = _KEY.match(entry)
        key = found[2] if found else ""
        seen[key] = seen.get(key, 0) + 1
        yield entry if seen[key] == 1 else _KEY.sub(rf"\g<1>\g<2>-{seen[key]},", entry, count=1)
