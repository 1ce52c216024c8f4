"""What a web page says of itself, from its head, its JSON-LD and its visible labels."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from selectolax.lexbor import LexborHTMLParser

from corpus.model import Block, BlockKind
from ingest.clean import clean, one_line
from ingest.dates import iso_date
from ingest.language import code
from ingest.readers.elements import is_unseen

JSON_LD_MAX = 200_000
"""Longer structured data (characters) describes a shop, not a report."""

FIELD_WORDS = 15
FIELD_BLOCKS = 8
"""A heading with at most so many short blocks under it is a field of the page."""

TITLE_MAX = 500

_META_DATES = (
    "citation_publication_date", "citation_date", "dc.date", "dc.date.issued", "dcterms.issued", "dcterms.date",
    "article:published_time", "og:article:published_time", "datepublished", "date", "pubdate",
)  # fmt: skip
_META_AUTHORS = ("citation_author", "dc.creator", "dcterms.creator", "author")
_META_PUBLISHERS = ("citation_publisher", "dc.publisher", "dcterms.publisher")
_META_SUMMARIES = ("description", "og:description", "dc.description", "dcterms.abstract")

_TIME = "time[itemprop=datePublished], time.published, time.entry-date, .posted-on time, .published time, h1 ~ time"
"""Where pages without better data show when they came out."""

_ORIGINALLY = re.compile(r"^original(?:ly)? (?:published|publication)", re.IGNORECASE)
_PUBLISHED = re.compile(
    r"^(?:(?:date )?published|publication date|date of publication|date|date submitted|"
    r"posted(?: on)?|date de publication|publié(?: le)?|fecha de publicación|publicado(?: el)?)$",
    re.IGNORECASE,
)
_ORGANISATION = re.compile(
    r"^(?:(?:main |lead )?(?:implementing )?organi[sz]ations?(?:\(s\))?|source|publisher|published by|"
    r"organisme|organización)$",
    re.IGNORECASE,
)
_PRIVATE = re.compile(r"contact|phone|tel\b|fax|e-?mail|posted by|position", re.IGNORECASE)
_DISPLAY = ("viewport", "generator", "robots", "theme-color", "refresh", "csrf", "content-type", "msapplication")
_SITE_SUFFIX = re.compile(r"\s+[|–—·»-]\s+[^|]{1,60}$")
_WORK_TYPES = frozenset(
    ("article", "report", "newsarticle", "scholarlyarticle", "webpage", "creativework", "blogposting")
)


@dataclass(frozen=True)
class Card:
    """The bibliographic facts of a page, blank where it does not tell them."""

    title: str = ""
    authors: tuple[str, ...] = ()
    organisations: tuple[str, ...] = ()
    publisher: str = ""
    date: str = ""
    url: str = ""
    summary: str = ""
    language: str = ""
    metadata: dict[str, str] = field(default_factory=dict)


def card_of(tree: LexborHTMLParser, pairs: Sequence[tuple[str, str]], blocks: Sequence[Block]) -> Card:
    """The card of a page: ``pairs`` are its visible labels with their values, ``blocks`` its text."""
    meta = _meta(tree)
    work = _structured(tree)
    fields = [*pairs, *_fields_under_headings(blocks)]
    publisher = _name(work.get("publisher")) or _first(meta, _META_PUBLISHERS)
    return Card(
        title=_title(tree, meta, work),
        authors=_people(meta, work),
        organisations=tuple(dict.fromkeys(o for o in (*organisations_in(fields), publisher) if o)),
        publisher=publisher,
        date=_date(tree, meta, work, fields),
        url=_address(tree, meta),
        summary=_first(meta, _META_SUMMARIES),
        language=_language(tree, meta, work),
        metadata={**_kept(meta), **metadata_of(fields)},
    )


def _meta(tree: LexborHTMLParser) -> dict[str, list[str]]:
    """The page's meta elements by lower-case name or property."""
    found: dict[str, list[str]] = {}
    for node in tree.css("meta"):
        told = node.attributes
        name = told.get("name") or told.get("property") or told.get("itemprop") or told.get("http-equiv") or ""
        value = one_line(told.get("content") or "")
        if name and value:
            found.setdefault(clean(name).lower(), []).append(value)
    return found


def _first(meta: dict[str, list[str]], keys: Sequence[str]) -> str:
    return next((meta[key][0] for key in keys if key in meta), "")


def _structured(tree: LexborHTMLParser) -> dict[str, object]:
    """The first work that the page's JSON-LD describes; what is malformed is passed over."""
    for node in tree.css('script[type="application/ld+json"]'):
        raw = node.text() or ""
        if len(raw) > JSON_LD_MAX:
            continue
        try:
            told = json.loads(raw)
        except (ValueError, RecursionError):
            continue
        for item in _items(told):
            kinds = item.get("@type")
            kinds = kinds if isinstance(kinds, list) else [kinds]
            if any(str(kind).lower() in _WORK_TYPES for kind in kinds):
                return item
    return {}


def _items(told: object) -> Iterator[dict[str, object]]:
    """The objects at the top of structured data: one, a list of them, or a graph."""
    for item in told if isinstance(told, list) else [told]:
        if isinstance(item, dict):
            yield item
            graph = item.get("@graph")
            yield from (part for part in graph if isinstance(part, dict)) if isinstance(graph, list) else ()


def _name(told: object) -> str:
    """The name of a person or organisation in structured data."""
    if isinstance(told, list):
        return _name(told[0]) if told else ""
    if isinstance(told, dict):
        told = told.get("name")
    return one_line(told) if isinstance(told, str) else ""


def _title(tree: LexborHTMLParser, meta: dict[str, list[str]], work: dict[str, object]) -> str:
    """The page's main heading, where the head agrees or tells nothing better."""
    node = tree.css_first("title")
    head = one_line((node.text() if node is not None else "") or "")
    shared = _first(meta, ("citation_title", "dc.title", "og:title")) or _name(work.get("headline"))
    shared = shared or _name(work.get("name"))
    headings = [one_line(h.text() or "") for h in tree.css("h1") if not is_unseen(h)]
    agreed = [h for h in headings if h and (h in head or h in shared)]
    bare = _SITE_SUFFIX.sub("", head)
    title = max(agreed, key=len, default="") or shared or (headings[0] if len(headings) == 1 else "") or bare
    return title[:TITLE_MAX]


def _people(meta: dict[str, list[str]], work: dict[str, object]) -> tuple[str, ...]:
    named = next((meta[key] for key in _META_AUTHORS if key in meta), [])
    if not named:
        told = work.get("author")
        named = [_name(one) for one in (told if isinstance(told, list) else [told])]
    return tuple(dict.fromkeys(n for n in named if n and not n.startswith(("http:", "https:"))))


def _date(
    tree: LexborHTMLParser, meta: dict[str, list[str]], work: dict[str, object], fields: Sequence[tuple[str, str]]
) -> str:
    """When the work first came out: what the page says in so many words goes before what its system says."""
    told = [value for label, value in fields if _ORIGINALLY.match(label)]
    told += [str(work[key]) for key in ("datePublished", "dateCreated") if work.get(key)]
    told += [meta[key][0] for key in _META_DATES if key in meta]
    told += [value for label, value in fields if _PUBLISHED.match(label)]
    told += [node.attributes.get("datetime") or "" for node in tree.css(_TIME)]
    return next((date for date in map(iso_date, told) if date), "")


def _address(tree: LexborHTMLParser, meta: dict[str, list[str]]) -> str:
    """The page's own permanent address, where it is one of the web."""
    link = tree.css_first('link[rel="canonical"]')
    told = [(link.attributes.get("href") or "") if link is not None else "", _first(meta, ("og:url",))]
    return next((one_line(u) for u in told if u.strip().lower().startswith(("http://", "https://"))), "")


def _language(tree: LexborHTMLParser, meta: dict[str, list[str]], work: dict[str, object]) -> str:
    root = tree.css_first("html")
    told = [(root.attributes.get("lang") or root.attributes.get("xml:lang") or "") if root is not None else ""]
    told += [_first(meta, ("content-language", "dc.language", "og:locale")), str(work.get("inLanguage") or "")]
    return next((found for found in map(code, told) if found), "")


def _fields_under_headings(blocks: Sequence[Block]) -> Iterator[tuple[str, str]]:
    """Headings with a few short blocks under them, as label and value."""
    label, values = "", list[Block]()
    for block in [*blocks, Block(kind=BlockKind.HEADING, text="")]:
        if block.kind is BlockKind.HEADING:
            if label and 0 < len(values) <= FIELD_BLOCKS and all(map(_is_value, values)):
                yield label, "; ".join(value.text for value in values)
            label, values = block.text.rstrip(": "), []
        elif block.kind not in (BlockKind.FOOTNOTE, BlockKind.FURNITURE):
            values.append(block)


def _is_value(block: Block) -> bool:
    return (
        block.kind is not BlockKind.TABLE and len(block.text.split()) <= FIELD_WORDS and block.text[-1:] not in ".:;!?"
    )


def organisations_in(fields: Sequence[tuple[str, str]]) -> tuple[str, ...]:
    """The organisations that labelled values name."""
    named = (v for label, value in fields if _ORGANISATION.match(label) for v in value.split("; "))
    return tuple(dict.fromkeys(v for v in named if v))


def metadata_of(fields: Sequence[tuple[str, str]]) -> dict[str, str]:
    """Labelled values as raw pairs for the curator; what names or reaches private persons stays out."""
    return {label: value for label, value in fields if label and value and not is_private(label)}


def is_private(label: str) -> bool:
    """Whether a label announces a private person or a way to reach one."""
    return bool(_PRIVATE.search(label))


def _kept(meta: dict[str, list[str]]) -> dict[str, str]:
    """Those meta elements that speak of the document, not of its display."""
    return {key: "; ".join(values) for key, values in meta.items() if not key.startswith(_DISPLAY)}
