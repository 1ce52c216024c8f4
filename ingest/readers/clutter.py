"""Where a web page's own text is, and what around and inside it is clutter.

Menus, consent banners, breadcrumbs, share buttons, related content and footers are told by landmarks and roles, by
what elements are named, by their headings, and by how much of their text is links or next to buttons.  Names are only
believed of small things: a page whose whole text sits in a "sidebar" keeps it.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import NamedTuple
from urllib.parse import urlsplit

from selectolax.lexbor import LexborNode

from ingest.readers.elements import HEADINGS, LOOK_AHEAD, children, is_disclaimer, is_note, is_unseen, names, one_text

LANDMARK_SHARE = 0.3
"""A main or article element is believed when it holds so much of the page's text."""

ARTICLE_SHARE = 0.6
"""An article element is the text when it holds so much of what its landmark (or the page) holds: a list of teasers is
many articles."""

BESIDE_SHARE = 0.05
"""What stands beside the text and is smaller than this share of it does not belong to it."""

NOTE_WORDS = 60
"""A note to a mark is no longer than this."""

LINKS_SHARE = 0.6
"""A group with a greater share of its words in links only leads elsewhere."""

NAMED_SHARE = 0.25
"""A named piece of clutter holds less than this share of the page's words."""

CONTENT_WORDS = 20
"""Fewer words beside the main text are a label or a notice, not text that belongs to it."""

CLUTTER_HEADING_WORDS = 6

CONTROL_WORDS = 12
"""So few words around a button are the button's question."""

_ROLES = frozenset((
    "navigation", "banner", "contentinfo", "search", "dialog", "alertdialog", "complementary", "menu",
    "menubar", "toolbar", "tablist", "alert",
))  # fmt: skip
_NAMES = frozenset((
    "cookie", "cookies", "consent", "gdpr", "breadcrumb", "breadcrumbs", "crumbs", "share", "sharing",
    "social", "related", "newsletter", "subscribe", "menu", "nav", "navbar", "navigation", "sidebar",
    "pager", "pagination", "advert", "advertisement", "ads", "promo", "popup", "modal", "skip", "toolbar",
    "rating", "rate", "comments", "recommended", "attachments", "attachment", "download", "downloads",
    "mostread", "masthead", "megamenu", "tags", "langs", "lang", "feedback", "login", "signup", "banner",
))  # fmt: skip
_HEADING = re.compile(
    r"^(?:related\b.*|more .{0,40}|most (?:read|viewed|popular)|popular\b.*|latest\b.*|recent\b.*|"
    r"recommended\b.*|see also|you (?:may|might)\b.*|similar\b.*|tags?|topics|share\b.*|follow\b.*|newsletter|"
    r"subscribe\b.*|sign up\b.*|comments?|navigation|menu|search|contact us|attachments?|downloads?|"
    r"other (?:news|articles|practices|pages)|read (?:more|next)|"
    r"à lire aussi|articles? (?:liés|similaires)|voir aussi|partager|suivez-nous|"
    r"ver también|compartir|relacionados?)\W*$",
    re.IGNORECASE,
)
_SHARE_HOSTS = ("facebook.", "twitter.", "x.com", "linkedin.", "whatsapp.", "t.me", "pinterest.", "reddit.")
_GROUPS = frozenset((
    "div", "section", "aside", "ul", "ol", "dl", "p", "span", "table", "form", "header", "footer", "li",
    "article", "nav", "figure", "center",
))  # fmt: skip
_CONTAINERS = frozenset((
    "html", "body", "div", "section", "article", "main", "center", "form", "table", "tbody", "tr", "td",
    "span", "font",
))  # fmt: skip
_LOWER_HEADINGS = frozenset(HEADINGS) - {"h1"}
_CONTROLS = frozenset(["button", "input", "select", "textarea"])


@dataclass
class _Element:
    """An element with what is under it: words, those in links, links, those that do something, controls."""

    node: LexborNode
    tag: str
    parent: int
    own_words: int = 0
    own_link_words: int = 0
    words: int = 0
    link_words: int = 0
    heading_words: int = 0
    links: int = 0
    tool_links: int = 0
    controls: int = 0
    has_title: bool = False
    in_article: bool = False
    dropped: bool = False

    @property
    def plain(self) -> int:
        """Words outside links."""
        return self.words - self.link_words


class Content(NamedTuple):
    """The element that holds a page's text, the ids of elements in it to skip, and notes that stand outside it."""

    root: LexborNode
    skip: frozenset[int]
    notes: tuple[str, ...]


def main_content(body: LexborNode) -> Content:
    """Where the text of a page is."""
    elements = _survey(body)
    page = max(elements[0].plain, 1)
    for element in elements:
        element.dropped = elements[element.parent].dropped or _is_clutter(element, page)
    _drop_headed(elements)
    _count_words(elements)
    root = _root(elements)
    skip = {e.node.mem_id for e in elements if e.dropped}
    notes = _notes_outside(elements, root)
    return Content(elements[root].node, frozenset(skip), notes)


def _survey(body: LexborNode) -> list[_Element]:
    """All elements in document order with what is under them; hidden ones are there, dropped and without words."""
    elements = [_Element(body, body.tag or "body", 0)]
    stack: list[tuple[LexborNode, int, bool]] = [(child, 0, False) for child in reversed(list(children(body)))]
    while stack:
        node, parent, linked = stack.pop()
        above = elements[parent]
        if node.is_text_node:
            words = len((node.text_content or "").split())
            above.own_words += words
            above.own_link_words += words if linked else 0
        elif node.is_element_node:
            tag = node.tag or ""
            above.controls += tag in _CONTROLS
            if is_unseen(node):
                continue
            inside = above.in_article or tag in ("main", "article")
            made = _Element(node, tag, parent, has_title=tag == "h1", in_article=inside)
            if tag == "a":
                made.links, made.tool_links = 1, int(_is_tool(node))
            elements.append(made)
            here = len(elements) - 1
            stack.extend((child, here, linked or tag == "a") for child in reversed(list(children(node))))
    for element in reversed(elements[1:]):
        above = elements[element.parent]
        above.links += element.links
        above.tool_links += element.tool_links
        above.controls += element.controls
        above.has_title = above.has_title or element.has_title
    _count_words(elements)
    return elements


def _count_words(elements: list[_Element]) -> None:
    """Count the words under every element, those of dropped elements left out."""
    for element in elements:
        element.words, element.link_words, element.heading_words = element.own_words, element.own_link_words, 0
    for element in reversed(elements):
        if element.tag in HEADINGS:
            element.heading_words = element.words
        if element.dropped:
            element.words = element.link_words = element.heading_words = 0
        if element is not elements[0]:
            above = elements[element.parent]
            above.words += element.words
            above.link_words += element.link_words
            above.heading_words += element.heading_words


def _is_tool(link: LexborNode) -> bool:
    """Whether a link does something on the page or shares it, rather than lead to a text."""
    target = (link.attributes.get("href") or "").strip().lower()
    if target.startswith(("javascript:", "mailto:", "tel:")) or target == "#" or not target:
        return True
    try:
        return any(host in urlsplit(target).netloc for host in _SHARE_HOSTS)
    except ValueError:
        return False


def _is_clutter(element: _Element, page: int) -> bool:
    tag, node = element.tag, element.node
    if tag in ("html", "body", "main") or not element.words:
        return False
    role = (node.attributes.get("role") or "").lower()
    if tag == "nav" or role in _ROLES:
        return True
    few = element.plain < NAMED_SHARE * page and not element.has_title
    if tag in ("footer", "aside", "header") and few:
        outside = not element.in_article and element.plain < CONTENT_WORDS * 2
        if outside or tag == "footer" or (tag == "aside" and not element.in_article):
            return True
    if few and tag in _GROUPS and not is_disclaimer(node) and not names(node).isdisjoint(_NAMES):
        return tag not in ("p", "span", "li") or element.links + element.controls > 0
    if tag in _GROUPS and element.controls and element.plain <= CONTROL_WORDS:
        return True
    return _is_tool_group(element)


def _is_tool_group(element: _Element) -> bool:
    """Whether a small group holds little but links that do something: share, print, follow."""
    return (
        element.tag in _GROUPS
        and element.links >= 2
        and element.tool_links >= element.links / 2
        and element.plain - element.heading_words <= CONTROL_WORDS / 2
        and element.link_words >= LINKS_SHARE * (element.words - element.heading_words)
    )


def _drop_headed(elements: list[_Element]) -> None:
    """Drop what stands under a heading like "Related content": its section, or the links that follow the heading."""
    by_id = {e.node.mem_id: e for e in elements}
    for heading in elements:
        if heading.dropped or heading.tag not in _LOWER_HEADINGS or not 0 < heading.words <= CLUTTER_HEADING_WORDS:
            continue
        if not _HEADING.match(one_text(heading.node, most=LOOK_AHEAD)):
            continue
        after = heading.node.next
        while after is not None and not after.is_element_node:
            after = after.next
        following = by_id.get(after.mem_id) if after is not None else None
        if following is None or (following.plain <= CONTROL_WORDS and following.links + following.controls > 0):
            heading.dropped = True
            if following is not None:
                following.dropped = True
    for element in elements[1:]:
        element.dropped = element.dropped or elements[element.parent].dropped


def _root(elements: list[_Element]) -> int:
    """The index of the element that holds the text: a landmark, else found by going down to it."""
    whole = elements[0].plain
    start = _largest(elements, lambda e: e.tag == "main" or e.node.attributes.get("role") == "main")
    if start is not None and elements[start].plain >= LANDMARK_SHARE * whole:
        whole = elements[start].plain
    else:
        start = None
    article = _largest(elements, lambda e: e.tag == "article" or e.node.attributes.get("itemprop") == "articleBody")
    if article is not None and elements[article].plain >= ARTICLE_SHARE * whole:
        return article
    return start if start is not None else _descend(elements)


def _largest(elements: list[_Element], fits: Callable[[_Element], bool]) -> int | None:
    found = [i for i, e in enumerate(elements) if not e.dropped and fits(e)]
    return max(found, key=lambda i: elements[i].plain, default=None)


def _descend(elements: list[_Element]) -> int:
    """Go down from the body while one child holds all the text there is, and the main heading if there is one.

    What beside the text is mostly links is dropped.
    """
    inner: dict[int, list[int]] = {}
    for index, element in enumerate(elements[1:], 1):
        if not element.dropped:
            inner.setdefault(element.parent, []).append(index)
    here = 0
    while parts := inner.get(here):
        best = max(parts, key=lambda i: elements[i].plain)
        little = max(CONTENT_WORDS, BESIDE_SHARE * elements[best].plain)
        others = [elements[i] for i in parts if i != best]
        alone = all(_is_beside(other, little) for other in others)
        alone = alone and (elements[best].has_title or not any(other.has_title for other in others))
        if not alone or elements[best].tag not in _CONTAINERS or elements[here].own_words >= CONTENT_WORDS:
            break
        here = best
    for index in inner.get(here, ()):
        part = elements[index]
        if part.tag in _GROUPS and part.links >= 2 and part.link_words >= LINKS_SHARE * part.words:
            part.dropped = part.plain < CONTENT_WORDS
    return here


def _is_beside(element: _Element, little: float) -> bool:
    """Whether an element beside the text is too small, or too much made of links, to belong to it."""
    return element.plain < little or element.link_words >= LINKS_SHARE * element.words


def _notes_outside(elements: list[_Element], root: int) -> tuple[str, ...]:
    """Notes to a mark ("*References to …") that a page prints below its text."""
    within = {root}
    found = []
    for index, element in enumerate(elements):
        if index and element.parent in within:
            within.add(index)
        elif index and element.tag == "p" and not element.dropped and element.words <= NOTE_WORDS:
            text = one_text(element.node, most=LOOK_AHEAD)
            if is_note(text):
                found.append(text)
    return tuple(found)
