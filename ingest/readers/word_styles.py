"""What Word's styles and list definitions mean: heading levels, lists with the labels that Word prints, furniture."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element

LEVELS = 9
"""Lists and outlines of Word have nine levels."""

HEADINGS_MAX = 6

_HEADING = re.compile(r"heading ([1-9])$")
_FURNITURE = re.compile(
    r"toc \d|toc heading|contents heading|table of figures|table of authorities|index \d|bibliography"
)
_DEEPER = re.compile(r"list (?:bullet|number|continue)? ?([2-5])$")
_PLACE = re.compile(r"%([1-9])")
_ROMAN = ((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"),
          (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))  # fmt: skip


def value(holder: Element | None, *path: str) -> str | None:
    """The ``val`` of the element that a path of names leads to, None where there is none."""
    for name in path:
        holder = holder.find(name) if holder is not None else None
    return None if holder is None else holder.get("val", "")


def whole(text: str | None) -> int | None:
    """A text as a small whole number, None where it is none."""
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 7 else None


def is_on(holder: Element | None, name: str) -> bool | None:
    """Whether a property that is either on or off is on; None where nothing is said."""
    told = value(holder, name)
    return None if told is None else told not in ("0", "false", "off", "none")


@dataclass(frozen=True)
class Style:
    """A paragraph style as it stands; what it leaves out comes from ``based``."""

    name: str
    based: str
    outline: int | None
    number: str | None
    depth: int | None
    bold: bool | None


class Styles:
    """The paragraph styles of a document."""

    def __init__(self, part: Element | None) -> None:
        self._styles: dict[str, Style] = {}
        self.default = ""
        for element in part.iter("style") if part is not None else ():
            if element.get("type", "paragraph") not in ("paragraph", "numbering"):
                continue
            identifier = element.get("styleId", "")
            self._styles[identifier] = _style(element)
            if element.get("default") in ("1", "true"):
                self.default = identifier

    def _chain(self, identifier: str) -> Iterator[Style]:
        """A style and those that it is based on."""
        seen: set[str] = set()
        while identifier in self._styles and identifier not in seen:
            seen.add(identifier)
            yield self._styles[identifier]
            identifier = self._styles[identifier].based

    def is_title(self, identifier: str) -> bool:
        return any(style.name == "title" for style in self._chain(identifier))

    def is_caption(self, identifier: str) -> bool:
        return any(style.name == "caption" for style in self._chain(identifier))

    def is_furniture(self, identifier: str) -> bool:
        return any(_FURNITURE.match(style.name) for style in self._chain(identifier))

    def level(self, identifier: str) -> int:
        """The heading level (1–6) that a style gives, 0 for none."""
        for style in self._chain(identifier):
            if style.name == "title":
                return 1
            if style.outline is not None:
                return min(style.outline + 1, HEADINGS_MAX) if style.outline < LEVELS else 0
            if named := _HEADING.match(style.name):
                return min(int(named[1]), HEADINGS_MAX)
        return 0

    def bold(self, identifier: str) -> bool:
        return next((s.bold for s in self._chain(identifier) if s.bold is not None), False)

    def numbering(self, identifier: str) -> tuple[str, int]:
        """The list that a style puts its paragraphs in ("" for none), and at which depth (from 0)."""
        number, depth = None, None
        for style in self._chain(identifier):
            number = style.number if number is None else number
            depth = style.depth if depth is None else depth
        return number or "", depth or 0

    def deeper(self, identifier: str) -> int:
        """How deep a list style says by its name that it is ("List Bullet 2"), from 0."""
        found = (_DEEPER.match(style.name) for style in self._chain(identifier))
        return next((int(match[1]) - 1 for match in found if match), 0)


def _style(element: Element) -> Style:
    paragraph = element.find("pPr")
    return Style(
        name=(value(element, "name") or "").lower(),
        based=value(element, "basedOn") or "",
        outline=whole(value(paragraph, "outlineLvl")),
        number=value(paragraph, "numPr", "numId"),
        depth=whole(value(paragraph, "numPr", "ilvl")),
        bold=is_on(element.find("rPr"), "b"),
    )


@dataclass(frozen=True)
class Level:
    """One level of a list: how its numbers are written ("%1.%2"), and where they start."""

    style: str
    text: str
    start: int
    plain: bool
    """Whether the numbers of the levels above are written in figures here, however they are written there."""


@dataclass
class _List:
    """A list definition with the count that it has come to; None where a level has not begun."""

    levels: dict[int, Level]
    link: str = ""
    counts: list[int | None] = field(default_factory=lambda: [None] * LEVELS)


class Numbering:
    """The lists of a document; counts along as its items are met in order."""

    def __init__(self, part: Element | None, styles: Styles) -> None:
        self._lists: dict[str, _List] = {}
        self._list_of: dict[str, str] = {}
        self._restarts: dict[str, dict[int, int]] = {}
        self._own: dict[str, dict[int, Level]] = {}
        self._styles = styles
        for element in part if part is not None else ():
            if element.tag == "abstractNum":
                link = value(element, "numStyleLink") or ""
                self._lists[element.get("abstractNumId", "")] = _List(_levels(element), link)
            elif element.tag == "num":
                self._add(element)

    def _add(self, element: Element) -> None:
        number = element.get("numId", "")
        self._list_of[number] = value(element, "abstractNumId") or ""
        self._restarts[number], self._own[number] = {}, {}
        for override in element.iter("lvlOverride"):
            depth = whole(override.get("ilvl")) or 0
            self._own[number] |= _levels(override)
            start = whole(value(override, "startOverride"))
            if start is not None:
                self._restarts[number][depth] = start

    def _list(self, number: str) -> _List | None:
        """The definition of a list; one that only points to a list style is followed there, once."""
        found = self._lists.get(self._list_of.get(number, ""))
        if found is not None and found.link and not found.levels:
            linked, _ = self._styles.numbering(found.link)
            found = self._lists.get(self._list_of.get(linked, "")) or found
        return found

    def next(self, number: str, depth: int) -> str | None:
        """The label of a list's next item, blank for a bullet; None where there is no such list."""
        found = self._list(number)
        if found is None or not 0 <= depth < LEVELS:
            return None
        levels = found.levels | self._own.get(number, {})
        level = levels.get(depth)
        if level is None:
            return ""
        restart = self._restarts.get(number, {}).pop(depth, None)
        count = found.counts[depth]
        found.counts[depth] = restart if restart is not None else level.start if count is None else count + 1
        found.counts[depth + 1 :] = [None] * (LEVELS - depth - 1)
        if level.style == "bullet":
            return ""
        return _PLACE.sub(lambda place: _counted(found.counts, levels, int(place[1]) - 1, level.plain), level.text)


def _counted(counts: list[int | None], levels: dict[int, Level], depth: int, plain: bool) -> str:
    level = levels.get(depth)
    if level is None:
        return ""
    count = counts[depth]
    return written(level.start if count is None else count, "decimal" if plain else level.style)


def _levels(holder: Element) -> dict[int, Level]:
    return {
        whole(element.get("ilvl")) or 0: Level(
            style=value(element, "numFmt") or "decimal",
            text=value(element, "lvlText") or "",
            start=_start(element),
            plain=bool(is_on(element, "isLgl")),
        )
        for element in holder.findall("lvl")
    }


def _start(element: Element) -> int:
    start = whole(value(element, "start"))
    return 1 if start is None else start


def written(number: int, style: str) -> str:
    """A number in one of Word's number formats; those of other scripts are written in figures."""
    if style == "none":
        return ""
    if style == "decimalZero":
        return f"{number:02d}"
    if style in ("lowerLetter", "upperLetter") and number > 0:
        letters = chr(ord("a") + (number - 1) % 26) * min((number - 1) // 26 + 1, 3)
        return letters if style == "lowerLetter" else letters.upper()
    if style in ("lowerRoman", "upperRoman") and 0 < number < 4000:
        roman = ""
        for worth, sign in _ROMAN:
            roman += sign * (number // worth)
            number %= worth
        return roman if style == "lowerRoman" else roman.upper()
    return str(number)
