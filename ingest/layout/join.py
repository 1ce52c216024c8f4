"""Words cut at a line's end: when the hyphen goes and when it stays."""

from __future__ import annotations

import re
from collections.abc import Collection

_TAIL = re.compile(r"([\w'’]+(?:[-‐][\w'’]+)*)$")
_HEAD = re.compile(r"^([\w'’]+(?:[-‐][\w'’]+)*)")
_HYPHEN = re.compile(r"[-‐]$")

_STANDING = """
    all anti child co cost counter cross decision e east evidence ex family fact fund gender half high human ill in
    inter know large life long low macro meta micro mid multi non north on one peer policy post pre rights risk self
    semi short small socio so south two three four five six seven eight nine ten user well west whole wide year
"""
STANDING = frozenset(_STANDING.split())
"""First halves that English often writes with a hyphen."""
_TRAILING = """
    based building born centred centered cutting driven east effective elected ended facing free friendly focused
    governmental going high house income keeping led level like long maker makers making managed north old oriented off
    out raising related saving scale sensitive sharing south specific standing state step term threatening up west wide
    year
"""
TRAILING = frozenset(_TRAILING.split())
"""Second halves that nearly always follow a hyphen of the author's own."""


def keeps_hyphen(first: str, second: str, words: Collection[str] | None = None, hyphenates: bool = True) -> bool:
    """Whether the hyphen between two halves of a cut word is the author's.

    ``words`` are the folded words (with their hyphens) that the document has elsewhere; ``hyphenates`` tells whether
    its typesetter cuts words at all: where not, every hyphen at a line's end is the author's.
    """
    tail, head = _TAIL.search(first), _HEAD.match(second)
    if tail is None or head is None:
        return True
    left, right = tail[1].casefold(), head[1].casefold()
    if left[-1:].isdigit() or right[:1].isdigit():
        return True
    if words is not None:
        whole, compound = left + right in words, f"{left}-{right}" in words
        if whole != compound:
            return compound
    if not hyphenates:
        return True
    last, right = re.split("[-‐]", left)[-1], re.split("[-‐'’]", right)[0]
    if head[1][0].isupper():
        both_known = words is not None and last in words and right in words
        return both_known or not (tail[1].isupper() and head[1].isupper())
    if len(tail[1]) > 1 and tail[1].isupper():
        return True  # an acronym is not cut: "UNICEF-led"
    return (last in STANDING and right in TRAILING) or (last == "re" and right[0] == "e")


def join(first: str, second: str, words: Collection[str] | None = None, hyphenates: bool = True) -> str:
    """Two stretches of one paragraph as one: a cut word mended, else a space between.

    A hyphen that ends ``first`` goes when the word stands in ``words`` without it, stays when it stands there with it;
    known neither way, it goes unless both halves look like a compound ("cross-" + "cutting") or a figure or a name
    follows.
    """
    if not _HYPHEN.search(first) or len(first) < 2 or not first[-2].isalnum() or not second[:1].isalnum():
        return f"{first} {second}" if first and second else first + second
    body = first[:-1]
    return f"{first}{second}" if keeps_hyphen(body, second, words, hyphenates) else f"{body}{second}"
