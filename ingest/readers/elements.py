"""What single HTML elements are: blocks, headings, labels, note marks, hidden things, and the text on their lines."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator

from selectolax.lexbor import LexborNode

from ingest.clean import one_line

HEADINGS = {f"h{n}": n for n in range(1, 7)}

BLOCKS = frozenset(HEADINGS) | frozenset((
    "address", "article", "aside", "blockquote", "body", "center", "details", "dd", "div", "dl", "dt",
    "fieldset", "figcaption", "figure", "footer", "form", "header", "hgroup", "hr", "html", "legend", "li",
    "main", "nav", "ol", "p", "pre", "section", "summary", "table", "tbody", "td", "tfoot", "th", "thead",
    "tr", "caption", "ul",
))  # fmt: skip
"""Elements that begin and end a line of their own."""

UNSEEN = frozenset((
    "script", "style", "noscript", "template", "iframe", "object", "embed", "svg", "canvas", "audio",
    "video", "map", "button", "input", "select", "textarea", "option", "datalist", "progress", "meter",
    "dialog", "head", "link", "meta", "title", "base", "param", "source", "track",
))  # fmt: skip
"""Elements whose content is no text of the page."""

_HIDDEN_NAMES = frozenset({"visually-hidden", "sr-only", "screen-reader-text", "element-invisible", "visuallyhidden"})
_HIDDEN_STYLE = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_NAME_PARTS = re.compile(r"[a-z]+|\d+")
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")
_MARK = re.compile(r"^[\[(]?(?:\d{1,3}|[a-z]|[*†‡§]{1,3})[\])]?$")
_FILE_NAME = re.compile(r"^\S+\.(?:jpe?g|png|gif|svg|webp)$|^(?:img|dsc|image)[\W_]?\d*$", re.IGNORECASE)

_NOTE = re.compile(r"^[*†‡]+ ?[^\W\d_]")
_SENTENCE = re.compile(r"(?:\S+\s+){7,}\S+[.!?]$")

ALT_WORDS = 14
"""A longer alternative text describes a photograph; it does not stand for a value."""

SHORT_VALUE_WORDS = 40
"""A labelled value up to this length is a field, a longer one is a section under its label."""

LOOK_AHEAD = 400
"""So many nodes are looked at to see whether a value is short: a field that is built of more is a section."""


LINE_BREAK = "\x1e"
"""Stands for a line break that the author set; a break of the file's own lines is mere white space."""

ENTRY_WORDS = 12
"""Lines up to this length may be the entries of a list without markup (organisations under one another)."""

_ENTRY = re.compile(r"^[^\W_a-z].*[^.!?:;,]$")


class Line:
    """The text of one line as it gathers, with the pictures' alternative texts met on it."""

    def __init__(self) -> None:
        self._parts: list[str] = []
        self._alts: list[str] = []
        self._plain = False
        self._bold = False
        self._break = False

    def add(self, text: str, bold: bool = False) -> None:
        self._parts.append(text)
        if text and not text.isspace():
            self._break = False
            self._bold = self._bold or bold
            self._plain = self._plain or not bold

    def add_alt(self, alt: str) -> None:
        if alt and alt not in self._alts:
            self._alts.append(alt)

    def broken(self) -> bool:
        """Note a line break; True where it is the second in a row, which parts paragraphs."""
        twice, self._break = self._break, True
        self._parts.append(LINE_BREAK)
        return twice

    def entries(self) -> list[str]:
        """The lines between breaks where they are a list in all but markup: short, capitalised, no sentences."""
        lines = [one_line(part) for part in "".join(self._parts).split(LINE_BREAK)]
        lines = [line for line in lines if line]
        listed = all(_ENTRY.match(line) and len(line.split()) <= ENTRY_WORDS for line in lines)
        return lines if len(lines) > 1 and listed else []

    @property
    def all_bold(self) -> bool:
        return self._bold and not self._plain

    @property
    def short_bold(self) -> bool:
        """All bold and of few pieces, so that looking at it at every break costs little."""
        return self.all_bold and len(self._parts) <= 8

    def text(self, alone: bool) -> str:
        """The line; pictures speak where a value is awaited (after a colon), or where they stand ``alone`` on it."""
        said = "".join(self._parts)
        if self._alts and (said.rstrip().endswith(":") or (alone and not said.strip())):
            return f"{said.rstrip()} {'; '.join(self._alts)}"
        return said


def names(node: LexborNode) -> frozenset[str]:
    """The words in an element's id and classes: ``field__label`` gives field and label."""
    told = node.attributes
    given = f"{told.get('id') or ''} {told.get('class') or ''}"
    return frozenset(_NAME_PARTS.findall(_CAMEL.sub("-", given).lower()))


def is_unseen(node: LexborNode) -> bool:
    """Whether an element is never shown: no text by its nature, or hidden by its attributes."""
    if (node.tag or "") in UNSEEN:
        return True
    told = node.attributes
    if not told:
        return False
    return (
        "hidden" in told
        or (told.get("aria-hidden") or "").lower() == "true"
        or bool(_HIDDEN_STYLE.search(told.get("style") or ""))
        or not _HIDDEN_NAMES.isdisjoint((told.get("class") or "").lower().split())
    )


def is_label(node: LexborNode) -> bool:
    """Whether an element is named the label of what follows it."""
    return node.tag in ("div", "span", "p") and bool(node.attributes.get("class")) and "label" in names(node)


def is_disclaimer(node: LexborNode) -> bool:
    """Whether an element holds the publisher's standing words, which are no part of what the page reports."""
    return node.tag in ("p", "div", "section", "aside") and not names(node).isdisjoint({"disclaimer", "copyright"})


def is_notes(node: LexborNode) -> bool:
    """Whether an element holds a page's footnotes or endnotes."""
    if node.tag not in ("div", "section", "ol", "aside") or not node.attributes:
        return False
    role = node.attributes.get("role") or ""
    return role in ("doc-endnotes", "doc-footnotes") or not names(node).isdisjoint(
        {"footnotes", "endnotes", "footnote"}
    )


def is_note_mark(node: LexborNode) -> bool:
    """Whether an element is the mark of a note in running text: a raised sign that links within the page."""
    if node.tag != "sup" and "noteref" not in (node.attributes.get("role") or ""):
        return False
    inner = [child for child in node.iter(include_text=True) if child.is_element_node or child.is_text_node]
    link = node if node.tag == "a" else inner[0] if len(inner) == 1 and inner[0].tag == "a" else None
    if link is None or not (link.attributes.get("href") or "").startswith("#"):
        return False
    return bool(_MARK.match("".join(one_line(part.text_content or "") for part in children(link) if part.is_text_node)))


def is_back_link(node: LexborNode) -> bool:
    """Whether a link leads from a note back to its mark."""
    if node.tag != "a":
        return False
    told = node.attributes
    return (
        "backref" in (told.get("class") or "")
        or "backlink" in (told.get("role") or "")
        or (told.get("href") or "").startswith("#fnref")
    )


def useful_alt(node: LexborNode) -> str:
    """A picture's alternative text where it can stand for a value, else blank."""
    alt = one_line(node.attributes.get("alt") or "")
    return "" if len(alt.split()) > ALT_WORDS or _FILE_NAME.match(alt) else alt


def item_label(node: LexborNode, nth: int) -> str:
    """The mark that a browser prints before the ``nth`` item of a list: "3.", "b.", or blank for a bullet."""
    parent = node.parent
    if parent is None or parent.tag != "ol":
        return ""
    given = _whole(node.attributes.get("value"))
    number = given if given is not None else (_whole(parent.attributes.get("start")) or 1) + nth - 1
    style = parent.attributes.get("type") or "1"
    if style in ("a", "A") and 1 <= number <= 26:
        return f"{chr(ord(style) + number - 1)}."
    if style in ("i", "I") and 1 <= number < 40:
        roman = "x" * (number // 10) + ("", "i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix")[number % 10]
        return f"{roman.upper() if style == 'I' else roman}."
    return f"{number}."


def _whole(value: str | None) -> int | None:
    return int(value) if value and value.isascii() and value.strip().isdigit() and len(value) < 7 else None


def children(node: LexborNode) -> Iterator[LexborNode]:
    """Elements and text directly under a node."""
    return node.iter(include_text=True, skip_empty=False)


def lines_of(nodes: Iterable[LexborNode], skip: Collection[int] = frozenset(), most: int = 0) -> list[str]:
    """The text under some nodes, a line for each block; with ``most``, no more than so many nodes are looked at."""
    lines: list[str] = []
    line = Line()
    stack: list[LexborNode | None] = list(reversed(list(nodes)))
    seen = 0
    while stack:
        node = stack.pop()
        seen += 1
        if most and seen > most:
            break
        if node is None or node.tag in ("br", "hr"):
            lines.append(one_line(line.text(alone=True)))
            line = Line()
        elif node.is_text_node:
            line.add(node.text_content or "")
        elif node.tag == "img":
            line.add_alt(useful_alt(node))
        elif node.is_element_node and node.mem_id not in skip and not is_unseen(node) and not is_note_mark(node):
            inner: list[LexborNode | None] = list(children(node))
            stack.extend(reversed([None, *inner, None] if node.tag in BLOCKS else inner))
    lines.append(one_line(line.text(alone=True)))
    return [text for text in lines if text]


def one_text(node: LexborNode, skip: Collection[int] = frozenset(), most: int = 0) -> str:
    """An element's text on one line; with ``most``, that of so many nodes."""
    return " ".join(lines_of([node], skip, most))


def short_lines(values: list[LexborNode], skip: Collection[int]) -> list[str] | None:
    """The lines of a labelled value where it is short and has no structure of its own, else None."""
    seen = 0
    stack = list(reversed(values))
    while stack:
        node = stack.pop()
        seen += 1
        if seen > LOOK_AHEAD or node.tag in HEADINGS or node.tag in ("table", "dl"):
            return None
        if node.is_element_node and node.mem_id not in skip:
            stack.extend(node.iter())
    lines = lines_of(values, skip, LOOK_AHEAD)
    told = [line for line in lines if not is_note(line)]
    short = sum(len(line.split()) for line in told) <= SHORT_VALUE_WORDS
    return lines if short and not any(_SENTENCE.search(line) for line in told) else None


def is_note(line: str) -> bool:
    """Whether a line is a note to a mark that stands elsewhere: "*References to …"."""
    return bool(_NOTE.match(line))
