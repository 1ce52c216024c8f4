"""A work in a style: citeproc-py over the CSL files beside the code, and what it does not do yet.

What is mended is told at `_mended` and `_finished`.  The United Nations' form is `corpus.footnotes`.
"""

from __future__ import annotations

import html
import json
import re
import threading
import xml.etree.ElementTree as ElementTree
from functools import cache, lru_cache
from importlib import resources
from io import BytesIO
from types import SimpleNamespace
from typing import Any, NamedTuple

import msgspec

from corpus.errors import UsageError
from corpus.exchange import Cited, Locator, csl_item, kind
from corpus.footnotes import ITALIC as _ITALIC
from corpus.footnotes import UPRIGHT as _UPRIGHT
from corpus.footnotes import footnote
from corpus.model import Bibliography, Value

STYLES: dict[str, str] = {
    "apa": "APA, 7th edition",
    "chicago-author-date": "Chicago, author–date",
    "chicago-notes-bibliography": "Chicago, notes and bibliography",
    "harvard-cite-them-right": "Harvard, Cite Them Right",
    "nlm-citation-sequence": "NLM (Vancouver)",
    "un-editorial-manual": "United Nations Editorial Manual, footnote",
    "ieee": "IEEE",
}
"""Styles by id (the file's stem), with what people call them; the first is the one used where none is asked for."""

SHORT_NAMES: dict[str, str] = {
    "chicago": "chicago-author-date",
    "harvard": "harvard-cite-them-right",
    "vancouver": "nlm-citation-sequence",
}
"""What people call some styles when they type; `full_name` takes them."""

UNITED_NATIONS = "un-editorial-manual"
HARVARD = "harvard-cite-them-right"
NLM = "nlm-citation-sequence"
NOTES = frozenset({"chicago-notes-bibliography", UNITED_NATIONS})
"""Styles that point to a work in a footnote, which is told with the reference even where no place in it is meant."""

NUMBERED = frozenset({NLM, "ieee"})
"""Styles that number the works as they first appear."""

BRITISH = frozenset({HARVARD, UNITED_NATIONS})
"""Styles that write dates the British way and put stops outside closing quotation marks."""

BLOCK_QUOTATION_WORDS = 40
"""From this length on a quotation stands as a block without quotation marks (APA 7, section 8.27)."""


class Rendered(NamedTuple):
    """A work in a style: its entry in the list of references (blank: none), and how the text points to it."""

    reference: str
    in_text: str


class Words(Value, frozen=True):
    """What is to be told of quoted words: who said them where the work itself quotes, whether we translated them."""

    said_by: str = ""
    translated: bool = False


AS_THEY_STAND = Words()


RENDERED_MOST = 4096
"""Works in a style that are remembered as they were rendered: some megabytes."""

_CITEPROC = threading.Lock()
"""citeproc-py keeps state in a style's tree while it renders."""

_CSL = "{http://purl.org/net/xbiblio/csl}"
_STAND_IN_PAGE, _STAND_IN_RANGE = "90909", "1–9"
"""Pages that every style writes in full, put in place of the real ones: some labels are no digits ("iv", "A-1")."""
_STAND_IN_YEAR = 9090
"""The year of what bears no date, in the one style that has words for it which its file does not write."""

_NO_PLACE, _NO_PUBLISHER = "[place unknown]", "[publisher unknown]"
"""What Citing Medicine writes for what a card does not hold."""

_SUBTITLE = re.compile(r"(?<=: )[a-z](?=[a-z]* |[a-z]+$)")
"""The first letter of a subtitle; words like "iPhone" and "pH" keep theirs."""
_SHORTENS_RANGES = frozenset({"chicago-author-date", "chicago-notes-bibliography"})
_SUBTITLES_BEGIN_ANEW = frozenset({"apa"})
_NUMBERED = re.compile(r"^(\[?\d+[\].])\s*")
_FIRST = re.compile(r"^([(\[]?)1(?=[].,)])")
"""The number of the only work that citeproc knows of."""
_TITLE_TWICE = re.compile(r"^(.{2,}?[.”\ue001]\.?) \1 ")
_BEFORE_ADDRESS = re.compile(r"\. Available at |,? accessed [A-Z]\w+ \d|,? https?://")
"""Where a footnote goes on from the place in the work to its address."""
_RETRIEVED_WHEN = re.compile(r"\bRetrieved (?=\S+://)")
_DATED_BY_AUTHOR = frozenset({"apa", "chicago-author-date", HARVARD})
"""Styles that point to a work by author and date: an unsigned work's title takes the author's place."""

_JOINED = {"apa": " & ", "chicago-author-date": " and ", "chicago-notes-bibliography": " and "}
"""How the styles join two bodies that sign together."""

_NAMES_SITES = frozenset({"apa", "chicago-author-date", "chicago-notes-bibliography"})
"""Styles whose file knows a web page's site; the others write it as the publisher, or take the page for a chapter."""

_ALWAYS_SEEN = frozenset({HARVARD, NLM, "ieee"})
"""Styles that tell when any work on the web was looked up; the others only of what bears no date, APA only of pages."""


def full_name(style: str) -> str:
    """A style's id, also by its short name; anything else as it is."""
    return SHORT_NAMES.get(style.lower(), style)


def render(cited: Cited, style: str, words: Words, *, markup: bool, number: int = 1) -> Rendered:
    """The work in the style: plain text, or HTML with all text escaped; ``number`` is told by styles with numbers."""
    if style not in STYLES:
        raise UsageError(f"There is no style “{style}”; use one of {', '.join(STYLES)}.")
    shown = _as_html if markup else _as_text
    if style == UNITED_NATIONS:
        plain = Cited(
            _unmarked_card(cited.card), Locator(*map(_as_text, cited.where)), cited.accessed, _as_text(cited.address)
        )
        return Rendered("", shown(_attributed(footnote(plain), words, style)))
    where = Locator(*map(_as_text, cited.where))
    if style in _SHORTENS_RANGES:
        where = where._replace(last=_shortened(where.first, where.last))
    stand_in = (_STAND_IN_RANGE if where.last else _STAND_IN_PAGE) if where.first else ""
    pointer, reference = _made(style, json.dumps(_item(cited, style)), stand_in)
    if style in NUMBERED:
        pointer, reference = (_FIRST.sub(rf"\g<1>{number}", told, count=1) for told in (pointer, reference))
    if stand_in and stand_in in pointer:
        before, _, after = pointer.rpartition(stand_in)
        pointer = f"{before}{where.pages}{after}"
    pointer = _attributed(
        _located(_finished(pointer, style) if style in NOTES else pointer, where, style), words, style
    )
    return Rendered(shown(_finished(reference, style)), shown(pointer))


@lru_cache(RENDERED_MOST)
def _made(style: str, item: str, pages: str) -> tuple[str, str]:
    """What citeproc-py makes of a work (CSL-JSON): the pointer to ``pages`` in it, and the reference.

    It takes a fortieth of a second, and a list cites the same works again and again.
    """
    from citeproc import Citation, CitationItem, CitationStylesBibliography
    from citeproc.source import Locator as PageLocator
    from citeproc.source.json import CiteProcJSON

    work = json.loads(item)
    page = {"locator": PageLocator("page", pages)} if pages else {}
    with _CITEPROC:
        works = CitationStylesBibliography(_style(style), CiteProcJSON([work]), _formatter())
        citation = Citation([CitationItem(work["id"].lower(), **page)])
        works.register(citation)
        pointer = str(works.cite(citation, lambda item: None))
        return pointer, "".join(str(part) for part in next(iter(works.bibliography()), ()))


def _shortened(first: str, last: str) -> str:
    """The last page of a range by its changed part only: 101–3, 321–28; whole below and at hundreds (Chicago 9.61)."""
    numbers = first.isdecimal() and last.isdecimal() and len(first) == len(last)
    if not numbers or int(first) < 100 or int(first) % 100 == 0:
        return last
    changed = next((at for at, digit in enumerate(first) if digit != last[at]), len(first))
    least = 1 if first[-2] == "0" else 2
    return last[min(changed, len(last) - least) :]


def unnumbered(reference: str) -> str:
    """A reference without the number that styles with numbers put before it."""
    return _NUMBERED.sub("", reference)


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
    two persons (APA 7, section 10.4, and Chicago 17, section 15.9): citeproc-py knows no such difference.  APA begins
    a subtitle with a capital (section 6.17).  Cite Them Right names no publisher beside a body that signs what it
    publishes.  NLM parts bodies by semicolons, names in brackets what is not known of place, publisher and date, tells
    the month of pages on the web too, and writes "Report No.:" before a number (Citing Medicine, chapters 2, 5, 25).
    """
    told = {"id", "type", "title", "author", "issued", "publisher", "container-title", "URL", "accessed", "number"}
    changing = not cited.card.date and (style != "apa" or kind(cited.card).csl == "webpage")
    told -= set() if style in _ALWAYS_SEEN or changing else {"accessed"}
    item = {key: _unmarked(value) for key, value in csl_item(cited).items() if key in told}
    if style not in _NAMES_SITES and "container-title" in item:
        item["publisher"] = item.pop("container-title")
    if "author" not in item and style in _DATED_BY_AUTHOR:
        item["author"] = [{"literal": f"{_ITALIC}{item.pop('title')}{_UPRIGHT}"}]
    bodies = [name["literal"] for name in item.get("author", ()) if "literal" in name]
    if style == "apa":
        item = {k: v for k, v in item.items() if not (k in ("publisher", "container-title") and v in bodies)}
    only_bodies = bodies and len(bodies) == len(item["author"])
    if style in _JOINED and only_bodies and len(bodies) == 2:
        item["author"] = [{"literal": _JOINED[style].join(bodies)}]
    if style in _SUBTITLES_BEGIN_ANEW and "title" in item:
        item["title"] = _SUBTITLE.sub(lambda found: found[0].upper(), item["title"])
    if style == HARVARD and item.get("publisher") in bodies:
        del item["publisher"]
    if style == NLM:
        item |= {"type": "report", "publisher-place": _NO_PLACE}
        item |= {"number": f"No.: {item['number']}"} if "number" in item else {}
        item.setdefault("publisher", _NO_PUBLISHER)
        item.setdefault("issued", {"date-parts": [[_STAND_IN_YEAR]]})
        if only_bodies:
            item["author"] = [{"literal": "; ".join(bodies)}]
    return item


def _unmarked(value: Any) -> Any:
    """The value without our own marks, wherever a text holds them."""
    if isinstance(value, str):
        return _as_text(value)
    if isinstance(value, list | tuple):
        return [_unmarked(part) for part in value]
    return {key: _unmarked(part) for key, part in value.items()} if isinstance(value, dict) else value


def _unmarked_card(card: Bibliography) -> Bibliography:
    return msgspec.convert(_unmarked(msgspec.to_builtins(card)), Bibliography)


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

    A space after its number; the title of an unsigned work once;
    no "Retrieved" without a date; stops inside closing quotation marks, but for the British.
    """
    spaced = _RETRIEVED_WHEN.sub("", _NUMBERED.sub(r"\1 ", reference.strip()))
    if style == NLM:
        spaced = spaced.replace(str(_STAND_IN_YEAR), "[date unknown]")
    spaced = spaced if style in BRITISH else re.sub(r"”([.,])", r"\1”", spaced)
    return _TITLE_TWICE.sub(r"\1 ", spaced)


def _located(pointer: str, where: Locator, style: str) -> str:
    """The in-text citation with what the style's file does not write: a section's heading, a page after a number.

    A work without pages is located by its heading (APA 7, section 8.28: "How it works section"; Chicago 17, section
    14.160: under "How it works").
    """
    if where.section:
        forms = {
            "apa": f"{where.section} section",
            "chicago-author-date": f"under “{where.section}”",
            HARVARD: f"section ‘{where.section}’",
        }
        place = forms.get(style, f"section “{where.section}”")
    elif where.first and where.pages not in pointer:
        place = f"{'pp.' if where.last else 'p.'} {where.pages}"
    else:
        return pointer
    if style in NOTES:  # the place comes before the day and the address, as a page does
        told, ends = _at_address(pointer)
        stop = "." if ends == "." else ","
        return f"{told}, under “{where.section}{stop}”{ends[1:]}"
    return f"{pointer[:-1]}, {place}{pointer[-1]}"


def _at_address(note: str) -> tuple[str, str]:
    """A footnote cut where it goes on from the place in the work to its address; before its stop if it has none."""
    found = _BEFORE_ADDRESS.search(note)
    at = found.start() if found else len(note) - 1
    return note[:at], note[at:]


def _attributed(pointer: str, words: Words, style: str) -> str:
    """The pointer with who is quoted in the work ("as cited in" is APA 7, section 8.6), and whose translation it is."""
    said_by = " ".join(_as_text(words.said_by).split())
    opening = pointer[0] if pointer[:1] in ("(", "[") else ""
    if said_by:
        pointer = f"{opening}{said_by}, {'as cited' if style == 'apa' else 'quoted'} in {pointer[len(opening) :]}"
    if not words.translated:
        return pointer
    if opening:
        return f"{pointer[:-1]}{';' if style == 'chicago-author-date' else ','} our translation{pointer[-1]}"
    told, ends = _at_address(pointer)
    return f"{told} (our translation){ends}"


def quoted(quotation: str, pointer: str, style: str) -> list[str]:
    """A quotation with its source: short ones in marks, the stop behind the source; long ones as a block.

    A footnote stands on a line of its own.
    """
    text = " ".join(quotation.split())
    long = len(text.split()) >= BLOCK_QUOTATION_WORDS
    inner = text.translate(str.maketrans("“”", "‘’"))
    if style in NOTES:
        return [text if long else f"“{inner}”", pointer]
    return [f"{text} {pointer}" if long else f"“{inner.removesuffix('.')}” {pointer}."]
