"""Long lists in pages of fifty."""

from __future__ import annotations

from typing import Any

from flask import request, url_for

from corpus.model import Value

MOST = 50
"""Entries on a page: enough to look through at once."""


class Paging(Value, frozen=True):
    """Where in a list one is; ``asked`` is what the address says besides."""

    page: int
    last: int
    asked: dict[str, str]

    @property
    def start(self) -> int:
        return (self.page - 1) * MOST

    def url(self, page: int) -> str:
        """The address of another page of the same list."""
        asked: dict[str, Any] = {**self.asked, **({"page": page} if page > 1 else {})}
        return url_for(request.endpoint or "", **asked)


def asked_page() -> int:
    """The page that the address asks for, 1 where it asks for none."""
    told = request.args.get("page", "")
    return max(int(told), 1) if told.isascii() and told.isdigit() and len(told) < 7 else 1


def paging(total: int, **asked: str) -> Paging:
    """Where one is in a list of so many; beyond its end that is its last page."""
    last = max(-(-total // MOST), 1)
    return Paging(page=min(asked_page(), last), last=last, asked={key: value for key, value in asked.items() if value})
