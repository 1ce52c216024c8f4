"""Long lists in parts: a cursor says where the next part begins, as long as the knowledge base stays what it is.

A cursor is opaque, not secret: it holds a place in a list that everybody may read, the list's own address and the state
that the list was read in.  When the knowledge base has changed, places mean other things, so that the cursor ends.
"""

from __future__ import annotations

import hashlib
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Callable, Sequence
from typing import Generic, TypeVar

import msgspec
from flask import request

from corpus.errors import UsageError
from webapp.address import shortened
from webapp.api.parameters import Parameter, Whole
from webapp.knowledge import knowledge
from webapp.problems import ListChanged

T = TypeVar("T")
S = TypeVar("S")

LIMIT = Whole("limit", "The most items in one answer.", default=20, most=100)
CURSOR = Parameter("cursor", "Where to go on: “next” of the answer before; blank for the beginning.")
PAGING: tuple[Parameter, ...] = (LIMIT, CURSOR)
DOCUMENTS_MOST = 200
"""Documents that one answer looks through: a rare filter gives answers with few items, or none, and a way on."""


class Listing(msgspec.Struct, Generic[T], frozen=True):
    """A part of a list; ``next`` is the cursor of the part after it, null at the end."""

    items: list[T]
    next: str | None


class _Place(msgspec.Struct, frozen=True, array_like=True, forbid_unknown_fields=True):
    """A place in a list: which list, in which state, the number of the thing, the number of what is inside it."""

    listing: str
    state: str
    outer: int
    inner: int


def part(things: Sequence[S], make: Callable[[Sequence[S]], list[T]], limit: int, cursor: str) -> Listing[T]:
    """The part of a list that a cursor names."""
    place = _place(cursor)
    end = place.outer + limit
    return Listing(make(things[place.outer : end]), _told(end, 0) if end < len(things) else None)


def part_inside(
    things: Sequence[S], inside: Callable[[S], Sequence[T]], keep: Callable[[T], bool], limit: int, cursor: str
) -> tuple[list[T], str | None]:
    """The part of what is ``inside`` things, one after the other, that a cursor names; with the next cursor."""
    place = _place(cursor)
    found: list[T] = []
    outer, inner = place.outer, place.inner
    for looked, thing in enumerate(things[outer:]):
        if looked == DOCUMENTS_MOST:
            return found, _told(outer, 0)
        for at, item in enumerate(inside(thing)):
            if at >= inner and keep(item):
                if len(found) == limit:
                    return found, _told(outer, at)
                found.append(item)
        outer, inner = outer + 1, 0
    return found, None


def _told(outer: int, inner: int) -> str:
    body = msgspec.json.encode(_Place(_listing(), _state(), outer, inner))
    return urlsafe_b64encode(_check(body) + body).rstrip(b"=").decode()


def _place(cursor: str) -> _Place:
    """What a cursor says.

    Raises:
        UsageError: it is none of this list's; ListChanged: it was, before the knowledge base changed.
    """
    if not cursor:
        return _Place(_listing(), _state(), 0, 0)
    try:
        data = urlsafe_b64decode(cursor.encode("ascii") + b"=" * (-len(cursor) % 4))
        check, body = data[:_CHECK_BYTES], data[_CHECK_BYTES:]
        place = msgspec.json.decode(body, type=_Place)
        fits = check == _check(body) and place.listing == _listing() and min(place.outer, place.inner) >= 0
    except (ValueError, msgspec.DecodeError):
        fits = False
    if not fits:
        raise UsageError(
            f"“{shortened(cursor)}” is no cursor of this list: take “next” of its last answer, with the same filters, "
            "or begin again without one."
        )
    if place.state != _state():
        raise ListChanged("The knowledge base has changed since this cursor was given; begin the list again.")
    return place


_CHECK_BYTES = 6


def _check(body: bytes) -> bytes:
    """What tells a cursor of ours from a mistyped or made-up one."""
    return hashlib.blake2b(body, digest_size=_CHECK_BYTES, person=b"cursor").digest()


def _listing() -> str:
    """Which list is asked for: its address and filters, however much of it is wanted."""
    asked = sorted((name, value) for name, value in request.args.items(multi=True) if name not in ("cursor", "limit"))
    return _short(repr((request.path.rstrip("/"), asked)))


def _state() -> str:
    return _short(repr(knowledge().state()))


def _short(text: str) -> str:
    return hashlib.blake2b(text.encode("utf-8", "replace"), digest_size=6).hexdigest()
