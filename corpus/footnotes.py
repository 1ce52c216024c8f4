"""A work as a footnote in the form of the United Nations Editorial Manual ("Footnotes and other references").

No CSL style of it exists.  Places of publication are left out: the library's cards do not hold them.
"""

from __future__ import annotations

import re
from datetime import date
from itertools import zip_longest

from corpus.exchange import Cited, Locator, Name, date_parts, kind, names, publisher
from corpus.model import Bibliography

ITALIC, UPRIGHT = "\ue000", "\ue001"
"""Characters of private use that mark italics: taken out of the card before, turned into tags after."""

NAMED_MOST = 3
"""More authors than this are the first "and others"."""

_UNITED_NATIONS = re.compile(r"^(?:[AES]|ST|CRC|CMW|CEDAW|CCPR|CAT|CERD|CRPD|CED|E?CEC?|TD|DP|HSP|HRI|UNEP)/\S+$")
"""Symbols of the United Nations' own documents: its first part is the organ's."""

_ROMAN = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100}

_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip


def footnote(cited: Cited) -> str:
    """The work, and the place in it, as one sentence; titles of books and reports between `ITALIC` and `UPRIGHT`.

    A document of the United Nations is told by its title and symbol (chapter III.A), another organization's by its
    name, title and symbol (IV.A), a web page by author, title, site and day (IV.J), all else as a book (IV.B).
    """
    card, where = cited.card, cited.where
    place = f", {_place(where)}" if where.first or where.section else ""
    if _UNITED_NATIONS.match(card.symbol):
        return f"“{card.title}” ({card.symbol}){place}."
    signed = names(card)
    parts = [_authors(signed), f"{ITALIC}{_headlined(card)}{UPRIGHT}"]
    issued = publisher(card)
    others = [issued] if issued and issued not in {name.family for name in signed} else []
    year = str(card.year or "n.d.")
    if card.symbol:
        parts[1:] = [f"“{card.title}”", f"document {card.symbol}", *others, *([year] if card.year else [])]
    elif kind(card).csl == "webpage":
        parts[1:] = [f"“{card.title}”", *others, *([_day(card.date)] if card.date else [])]
    else:
        parts[1] += f" ({', '.join([*others, year])})"
    return f"{', '.join(part for part in parts if part)}{place}.{_available(cited)}"


def _headlined(card: Bibliography) -> str:
    """An English book's title with capitals but for articles, conjunctions and prepositions, as for Chicago."""
    if card.language and not card.language.startswith("en"):
        return card.title
    from citeproc.model import TextCased
    from citeproc.string import String

    class Title(TextCased):  # type: ignore[misc]
        @staticmethod
        def get(_name: str) -> str:
            return "title"

    return str(Title().case(String(card.title), "en"))


def _authors(signed: tuple[Name, ...]) -> str:
    """Given names first; "A, B and C", beyond three the first "and others"."""
    told = [f"{name.given} {name.family}".strip() for name in signed]
    if len(told) > NAMED_MOST:
        return f"{told[0]} and others"
    return " and ".join([", ".join(told[:-1]), told[-1]] if len(told) > 1 else told)


def _place(where: Locator) -> str:
    """ "p. 4", "pp. 4 and 5", "pp. 4–6"; the section's heading where there are no pages."""
    if not where.first:
        return f"section entitled “{where.section}”"
    if not where.last:
        return f"p. {where.first}"
    next_to_it = 0 < _count(where.first) == _count(where.last) - 1
    return f"pp. {where.first} and {where.last}" if next_to_it else f"pp. {where.pages}"


def _count(label: str) -> int:
    """The number that a page's label means, in figures or Roman ("iv"); 0 where it means none ("A-1")."""
    if label.isdecimal():
        return int(label)
    signs = [_ROMAN.get(sign, 0) for sign in label.lower()]
    if 0 in signs:
        return 0
    return sum(-one if one < following else one for one, following in zip_longest(signs, signs[1:], fillvalue=0))


def _day(iso: str) -> str:
    """ "11 July 2024", as far as it is known."""
    year, month, day = [*date_parts(iso), 0, 0, 0][:3]
    return " ".join(str(part) for part in (day, _MONTHS[month - 1] if 1 <= month <= len(_MONTHS) else "", year) if part)


def _available(cited: Cited) -> str:
    """Where it can be read; when it was, where the work itself bears no date."""
    if not cited.url:
        return ""
    seen: date | None = None if cited.card.date else cited.accessed
    when = f" (accessed on {_day(seen.isoformat())})" if seen else ""
    return f" Available at {cited.url}{when}."
