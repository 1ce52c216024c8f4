"""The pages of a home as files that lead to one another: what was an address becomes a way from file to file."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable, Collection, Iterable, Iterator
from html import escape
from urllib.parse import parse_qsl, quote, unquote, urlencode, urlsplit

from selectolax.lexbor import LexborHTMLParser, LexborNode

SEARCH = "search.html"
SEARCHES = {"/search": "", "/statements": "statements"}
"""Addresses that search, and the view that they open."""
ANCHORED = {"/glossary/": "glossary.html"}
"""Addresses whose page is a place on another page of the kit."""
CHARACTERS = re.compile(r"[^\w.,@()+-]+")
SERVED = "link[rel=alternate], link[rel=search], p.offer, [data-add], .foot nav"
"""What has no meaning without a server: feeds, collections, other languages."""


class Atlas:
    """Which addresses of a home are which files of a kit; ``prefix`` stands before every address (``/fr``)."""

    def __init__(self, addresses: Iterable[str], prefix: str = "") -> None:
        self.prefix = prefix
        self._files = {address: file_of(address) for address in addresses}

    def __iter__(self) -> Iterator[tuple[str, str]]:
        return iter(self._files.items())

    def file(self, address: str) -> str | None:
        """The file of an address, None where the kit has none."""
        return self._files.get(address)

    def way(self, address: str, file: str) -> str | None:
        """How a page of the kit links to an address of the home; None where that is not carried.

        What leads out of the home stays as it is.
        """
        parts = urlsplit(address)
        if parts.scheme or parts.netloc:
            return address
        if not parts.path:
            return address
        path = unquote(parts.path.removeprefix(self.prefix) if parts.path.startswith(f"{self.prefix}/") else parts.path)
        fragment = f"#{parts.fragment}" if parts.fragment else ""
        if path.startswith("/static/"):
            return _relative(path[1:], file)
        if path in SEARCHES:
            asked = parse_qsl(parts.query)
            if SEARCHES[path] and not any(name == "in" for name, _ in asked):
                asked.append(("in", SEARCHES[path]))
            return _relative(SEARCH, file) + (f"?{urlencode(asked)}" if asked else "")
        for stem, page in ANCHORED.items():
            if path.startswith(stem) and path not in self._files:
                return f"{_relative(page, file)}#{quote(path.removeprefix(stem))}"
        target = self._files.get(f"{path}?{parts.query}") or self._files.get(path or "/")
        return None if target is None else quote(_relative(target, file)) + fragment


def file_of(address: str) -> str:
    """The name of an address's file: letters, digits and few marks, so that every system can keep it."""
    path, _, query = address.partition("?")
    steps = [
        CHARACTERS.sub("-", step).strip(".") or "-"
        for step in f"{path}{'-' + query if query else ''}".split("/")
        if step
    ]
    return "/".join(steps or ["index"]) + ".html"


def _relative(target: str, file: str) -> str:
    return posixpath.relpath(target, posixpath.dirname(file) or ".")


def as_file(html: str, file: str, atlas: Atlas, scripts: Iterable[str], policy: str, taken: Collection[str]) -> str:
    """A page as a file of the kit: its links lead to files, and what only a server can do is not there.

    ``scripts`` are the kit's own that it needs, ``taken`` are names of the page's scripts that are carried.
    """
    tree = LexborHTMLParser(html)
    for node in tree.css(SERVED):
        node.decompose()
    for node in tree.css("script[src]"):
        name = posixpath.basename(urlsplit(node.attributes.get("src") or "").path)
        if name not in taken:
            node.decompose()
    for name in ("href", "src", "action"):
        for node in tree.css(f"[{name}]"):
            _turn(node, name, lambda address: atlas.way(address, file))
    head = f'<meta http-equiv="Content-Security-Policy" content="{escape(policy)}">'
    ways = "".join(f'<script src="{escape(_relative(script, file))}" defer></script>' for script in scripts)
    told = tree.html or ""
    return told.replace('<meta charset="utf-8">', f'<meta charset="utf-8">{head}', 1).replace(
        "</head>", f"{ways}</head>", 1
    )


def _turn(node: LexborNode, name: str, way: Callable[[str], str | None]) -> None:
    """Lead an attribute's address to its file; a link that would lead nowhere becomes text, a form is left out."""
    to = way(node.attributes.get(name) or "")
    if to is not None:
        node.attrs[name] = to
        return
    if node.tag != "a":
        node.decompose()
        return
    item = node.parent
    if item is not None and item.tag == "li" and item.text(strip=True) == node.text(strip=True):
        item.decompose()  # an item of a list that was nothing but the link
    elif node.css_first("svg, img") is None and node.attributes.get("class") is None:
        node.unwrap()
    else:
        del node.attrs[name]
