"""Where a quotation's words stand in a text that a page break may have cut."""

from __future__ import annotations

EDGE = 24
"""Characters at a quotation's edge by which it is found in a block that a page break cuts; fewer recur by chance."""
HYPHENS = "-\u00ad\u2010"


def find(text: str, quoted: str) -> tuple[int, int] | None:
    """Where a quotation stands in a block's text, also where a page break cuts one of the two."""
    if not text or not quoted:
        return None
    start = text.find(quoted)
    if start >= 0:
        return start, start + len(quoted)
    inner = text.rstrip(HYPHENS)
    if inner and inner in quoted and (len(inner) >= EDGE or quoted.startswith(inner) or quoted.endswith(inner)):
        return 0, len(text)
    if len(quoted) < EDGE:
        return None
    start = text.find(quoted[:EDGE])
    if start >= 0 and quoted.startswith(text[start:].rstrip(HYPHENS)):
        return start, len(text)
    end = text.rfind(quoted[-EDGE:])
    if end >= 0 and quoted.endswith(text[: end + EDGE]):
        return 0, end + EDGE
    return None
