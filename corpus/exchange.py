"""A library card as a record for reference managers: CSL-JSON, BibTeX and RIS."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import date
from typing import Any, NamedTuple

from corpus.bodies import called
from corpus.ids import fold
from corpus.model import Bibliography, Span


class Name(NamedTuple):
    """Who wrote it: a person, or a body whose name stays whole (``given`` is blank then)."""

    family: str
    given: str = ""


class Locator(NamedTuple):
    """Where in the work: page labels from ``first`` to ``last`` (blank: one page), or a section's heading."""

    first: str = ""
    last: str = ""
    section: str = ""

    @property
    def pages(self) -> str:
        """ "44" or "44–45"; blank where there are no pages."""
        return f"{self.first}–{self.last}" if self.last else self.first


class Cited(NamedTuple):
    """What is cited: a card, where in it, when it was looked up, and its address with us (blank: not public)."""

    card: Bibliography
    where: Locator = Locator()
    accessed: date | None = None
    address: str = ""

    @property
    def url(self) -> str:
        """The source's own address; ours only where it has none."""
        return self.card.url or self.address

    @property
    def notes(self) -> list[str]:
        """What a reader should know beside the reference: about the address, the section, where we show it."""
        section = f"Section: {self.where.section}" if self.where.section else ""
        ours = self.address if self.address != self.url else ""
        return [note for note in (self.card.url_note, section, ours) if note]


def locator(span: Span | None, section: str = "") -> Locator:
    """Printed page labels first, physical numbers where none is printed, the section where there are no pages."""
    if span is None or span.page is None:
        return Locator(section=section)
    first = span.page_label or str(span.page)
    last = span.page_end_label or str(span.page_end or span.page)
    return Locator(first, last if last != first and span.page_end != span.page else "")


# ------------------------------------------------------------------------------------------------ names and types

_BODY = re.compile(
    r"[(&]|\b(?:organi[sz]ation|federation|committee|council|commission|ministry|department|office|agency|bureau|fund|"
    r"foundation|institute|institut|university|universit\w+|centre|center|network|society|societies|association|union|"
    r"nations|government|consortium|coalition|group|team|programme|project|children|cross|crescent|international|unit|"
    r"secretariat|partners|initiative|alliance|terre|hommes|fingerpost)\b",
    re.IGNORECASE,
)
_CAPITALS = re.compile(r"\b[A-Z]{3,}\b")
_ACRONYM_BEHIND = re.compile(r"\s*\((?=[^)]*[A-Z]{2})[^()\s]{2,15}\)$")
_PARTICLES = frozenset(
    {"van", "von", "der", "den", "de", "del", "della", "di", "da", "dos", "du", "la", "le", "ter", "ten"}
)
_ARTICLES = frozenset({"the", "les", "los", "las", "and"})
PERSON_WORDS_MAX = 5
"""A longer name without a comma is a body's."""


def names(card: Bibliography) -> tuple[Name, ...]:
    """The authors: the persons or bodies that signed it, else its organisations, else its publisher."""
    signed = card.authors or card.organisations or ((card.publisher,) if card.publisher else ())
    return tuple(_name(written, body=not card.authors) for written in signed)


def _name(written: str, *, body: bool) -> Name:
    """ "Kahn, Clea" and "Clea Kahn" are a person; a body keeps its name, without its acronym behind."""
    words = written.split()
    if body or _BODY.search(written) or len(words) == 1:
        return Name(without_acronym(written))
    if "," in written:
        family, _, given = written.partition(",")
        return Name(family.strip(), given.strip())
    if len(words) > PERSON_WORDS_MAX or (_CAPITALS.search(written) and not written.isupper()):
        return Name(without_acronym(written))
    start = len(words) - 1
    while start > 1 and words[start - 1].lower() in _PARTICLES:
        start -= 1
    return Name(" ".join(words[start:]), " ".join(words[:start]))


def without_acronym(name: str) -> str:
    """A body's name as references give it: "International Organization for Migration (IOM)" loses "(IOM)"."""
    return _ACRONYM_BEHIND.sub("", name).strip()


def publisher(card: Bibliography) -> str:
    """Who published it; the organisations where only persons signed and no publisher is known."""
    if card.publisher:
        return without_acronym(card.publisher)
    return "; ".join(map(without_acronym, card.organisations)) if card.authors else ""


class Kind(NamedTuple):
    """What each format calls a type of document."""

    csl: str
    bibtex: str
    ris: str


REPORT = Kind("report", "techreport", "RPRT")
KINDS: dict[str, Kind] = {
    "practice-page": Kind("webpage", "misc", "ELEC"),
    "law": Kind("document", "misc", "STAT"),
    "other": Kind("document", "misc", "GEN"),
}
"""The document types that are no reports."""


def kind(card: Bibliography) -> Kind:
    return KINDS.get(card.document_type or "other", REPORT)


# ------------------------------------------------------------------------------------------------ CSL-JSON


def csl_item(cited: Cited) -> dict[str, Any]:
    """The work as one item of CSL-JSON 1.0 (docs.citationstyles.org), without blank fields."""
    card = cited.card
    published = publisher(card)
    web = kind(card).csl == "webpage"
    item = {
        "id": card.id,
        "type": kind(card).csl,
        "title": card.title,
        "author": [_csl_name(name) for name in names(card)],
        "issued": {"date-parts": [parts]} if (parts := date_parts(card.date)) else None,
        "publisher": "" if web else published,
        "container-title": published if web else "",
        "number": card.symbol,
        "URL": cited.url,
        "accessed": {"date-parts": [[*cited.accessed.timetuple()[:3]]]} if cited.accessed else None,
        "language": card.language,
        "abstract": card.summary,
        "page": cited.where.pages,
        "section": cited.where.section,
        "note": "; ".join(cited.notes),
    }
    return {key: value for key, value in item.items() if value}


def _csl_name(name: Name) -> dict[str, str]:
    return {"family": name.family, "given": name.given} if name.given else {"literal": name.family}


def date_parts(iso: str) -> list[int]:
    """[2018, 6, 7] of "2018-06-07", as far as it is known; empty where it is no date."""
    found = re.match(r"(\d{4})(?:-(\d\d?)(?:-(\d\d?))?)?$", iso)
    return [int(part) for part in found.groups() if part] if found else []


def csl_json(cited: Cited) -> str:
    """A CSL-JSON file with the one work."""
    return json.dumps([csl_item(cited)], ensure_ascii=False, indent=2) + "\n"


# ------------------------------------------------------------------------------------------------ BibTeX

_TEX = str.maketrans(
    {
        "\\": r"\textbackslash{}", "{": r"\{", "}": r"\}", "&": r"\&", "%": r"\%", "$": r"\$", "#": r"\#", "_": r"\_",
        "~": r"\textasciitilde{}", "^": r"\textasciicircum{}", "\n": " ", "\r": " ",
    }
)  # fmt: skip
_URL_UNSAFE = str.maketrans({"{": "%7B", "}": "%7D", "\\": "%5C", " ": "%20", "\n": "", "\r": ""})


def bibtex(cited: Cited) -> str:
    """A BibTeX entry in UTF-8: titles and bodies in double braces keep their case, addresses stay as they are."""
    card = cited.card
    parts = date_parts(card.date)
    published = "institution" if kind(card).bibtex == "techreport" else "publisher"
    fields = {
        "author": " and ".join(_tex_name(name) for name in names(card)),
        "title": f"{{{_tex(card.title)}}}",
        published: _tex(publisher(card)),
        "year": str(parts[0]) if parts else "",
        "month": str(parts[1]) if len(parts) > 1 else "",
        "number": _tex(card.symbol),
        "pages": _tex(cited.where.pages.replace("–", "--")),
        "url": cited.url.translate(_URL_UNSAFE),
        "urldate": cited.accessed.isoformat() if cited.accessed else "",
        "language": _tex(card.language),
        "note": _tex("; ".join(cited.notes)),
    }
    lines = [f"  {key} = {{{value}}}," for key, value in fields.items() if value]
    return "\n".join([f"@{kind(card).bibtex}{{{bibtex_key(card)},", *lines, "}"]) + "\n"


def _tex(text: str) -> str:
    return text.translate(_TEX)


def _tex_name(name: Name) -> str:
    return f"{_tex(name.family)}, {_tex(name.given)}" if name.given else f"{{{_tex(name.family)}}}"


def bibtex_key(card: Bibliography) -> str:
    """First author, year, first long word of the title: "kahn2018rights"; plain letters and digits only.

    Of a body its short form, where that is known or stands in the name of a unit, else its first word.
    """
    first = next(iter(names(card)), Name("anonymous"))
    who = fold(first.family).split()[-1:] if first.given else [_key_of_body(first.family)]
    word = next((w for w in fold(card.title).split() if len(w) > 3), "")
    made = f"{''.join(who) or 'anonymous'}{card.year or 'nd'}{word}"
    return re.sub(r"[^a-z0-9]", "", made) or "source"


def _key_of_body(name: str) -> str:
    """ "iom" of "IOM Office of the Inspector General" and of the whole name; "harbour" of "The Harbour Society"."""
    known = called(name)
    short = _CAPITALS.search(known if known != name or not name.isupper() else "")
    words = fold(name).split()
    return fold(short[0]) if short else next((w for w in words if len(w) > 2 and w not in _ARTICLES), "".join(words))


# ------------------------------------------------------------------------------------------------ RIS


def ris(cited: Cited) -> str:
    """A RIS record (two-letter tags, CRLF line ends)."""
    return "".join(f"{tag}  - {' '.join(value.split())}\r\n" for tag, value in _ris_fields(cited)) + "ER  - \r\n"


def _ris_fields(cited: Cited) -> Iterator[tuple[str, str]]:
    card = cited.card
    parts = date_parts(card.date)
    accessed = f"{cited.accessed:%Y/%m/%d}" if cited.accessed else ""
    fields = [
        ("TY", kind(card).ris),
        *(("AU", f"{name.family}, {name.given}" if name.given else name.family) for name in names(card)),
        ("TI", card.title),
        ("PB", publisher(card)),
        ("PY", str(parts[0]) if parts else ""),
        ("DA", "/".join([*(f"{part:02}" for part in parts), "", "", ""][:4]) if parts else ""),
        ("SN", card.symbol),
        ("SP", cited.where.first),
        ("EP", cited.where.last),
        ("UR", cited.url),
        ("Y2", accessed),
        ("LA", card.language),
        ("AB", card.summary),
        *(("N1", note) for note in cited.notes),
    ]
    yield from ((tag, value) for tag, value in fields if value)
