"""A search as it stands in the address bar: read from it, written back to it, one change at a time."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Any, cast
from urllib.parse import quote_plus, urlencode

import msgspec
from werkzeug.datastructures import MultiDict

from corpus.errors import UsageError
from corpus.messages import N_, Message
from corpus.model import Value
from index.answer import FACETS, SORTS, WHATS, Request, Sort, What
from webapp.languages import here

GROUPING = "by"
"""The parameter that gathers hits by document (``by=doc``); "group" is the filter of target groups."""
LAST_PAGE = 1000
"""Nobody reads further; a robot that walks on is told so instead of being served ever deeper offsets."""
GROUPED_HITS = 30
"""Hits gathered for one page of results grouped by document: enough that the groups hold several."""
LONG_QUESTION = 2000
"""Characters of question and filters from which no filter's link repeats them, so that the page stays small."""
MOST_VALUES = 50
"""Filter values in one address: each is a chip whose link repeats all others, so a page grows with their square."""
SHORT_VALUE = 200
"""Characters of a value whose form in an address is kept."""

TOO_MANY = N_("“%(number)s” is not a usable number of filter values: give %(most)s at most.")
NO_NUMBER = N_("“%(typed)s” is not a usable value of “%(name)s”: give a whole number from %(least)s to %(most)s.")
NOT_ALLOWED = N_("“%(typed)s” is not a usable value of “%(name)s”: use one of %(known)s.")

YES = ("", "0", "1", "false", "true")
"""What a parameter can say of whether something is wanted."""


def _quoted(value: str) -> str:
    """A value as `urlencode` writes it."""
    return _quoted_once(value) if len(value) <= SHORT_VALUE else quote_plus(value)


@lru_cache(maxsize=2048)
def _quoted_once(value: str) -> str:
    """The same, kept: hundreds of links on a page of results repeat the same values."""
    return quote_plus(value)


class Address(Value, frozen=True):
    """One state of the search page; every state has its own address and is shareable."""

    q: str = ""
    view: What = "passages"
    filters: dict[str, tuple[str, ...]] = msgspec.field(default_factory=dict)
    sort: Sort = "relevance"
    page: int = 1
    grouped: bool = False
    like: str = ""
    exact: bool = False
    without: tuple[str, ...] = ()

    @property
    def is_long(self) -> bool:
        told = (*self.without, *(value for _, value in self.chosen()))
        return len(self.q) + sum(map(len, told)) > LONG_QUESTION

    @property
    def url(self) -> str:
        """The address of this state in the page's language."""
        return here(self.path)

    @property
    def path(self) -> str:
        """The address of this state in any language, with nothing in it that is the default."""
        place, pairs = "/search", self.pairs()
        if self.view == "statements":
            place, pairs = "/statements", [pair for pair in pairs if pair[0] != "in"]
        return place + ("?" + "&".join(f"{name}={_quoted(value)}" for name, value in pairs) if pairs else "")

    @property
    def together(self) -> bool:
        """Whether statements that say the same stand as one."""
        return self.view == "statements" and not self.grouped

    @property
    def order(self) -> Sort:
        """How hits are sorted: without a question no statement is better than another, but some are said more often."""
        unasked = self.sort == "relevance" and not (self.q or self.like)
        return "programmes" if unasked and self.together else self.sort

    def export_url(self, form: str) -> str:
        """Where the same hits are as a file."""
        return here(self.list_path(f"export.{form}"))

    def list_url(self, name: str) -> str:
        """Where all hits of this search are as one list, whatever page is shown."""
        return here(self.list_path(name))

    def list_path(self, name: str) -> str:
        """The address of that list in any language."""
        kept = [pair for pair in self.pairs() if pair[0] not in ("page", GROUPING)]
        return f"/search/{name}" + (f"?{urlencode(kept)}" if kept else "")

    def api_url(self, per_page: int) -> str:
        """Where the API gives the same hits; it counts in hits, not in pages."""
        request = self.request(per_page)
        kept = [pair for pair in self.pairs() if pair[0] not in ("page", "sort", GROUPING)]
        kept += [("together", "1")] * request.together + [("sort", request.sort)] * (request.sort != "relevance")
        return here(f"/api/v1/search?{urlencode([*kept, ('limit', request.limit), ('offset', request.offset)])}")

    def pairs(self) -> list[tuple[str, str]]:
        """The state as names and values in a fixed order; a form repeats them as hidden fields."""
        told = [
            ("q", self.q),
            ("like", self.like),
            ("in", self.view if self.view != "passages" else ""),
            *((name, value) for name in FACETS for value in self.filters.get(name, ())),
            ("exact", "1" if self.exact else ""),
            *(("without", name) for name in self.without),
            ("sort", self.sort if self.sort != "relevance" else ""),
            (GROUPING, "doc" if self.grouped else ""),
            ("page", str(self.page) if self.page > 1 else ""),
        ]
        return [(name, value) for name, value in told if value]

    def change(self, **fields: Any) -> Address:
        """The same search with some fields changed, from its first page unless a page is named.

        The order by programmes is left where nothing is counted in programmes.
        """
        changed = msgspec.structs.replace(self, **{"page": 1, **fields})
        return changed if changed.may_be_sorted else msgspec.structs.replace(changed, sort="relevance")

    @property
    def may_be_sorted(self) -> bool:
        """Whether things of this view can stand in this order."""
        return self.sort != "programmes" or self.together

    def asked_anew(self) -> Address:
        """What a new question keeps of this search: names left out and things to be alike were the old one's."""
        return self.change(q="", like="", without=())

    def leave_out(self, name: str) -> Address:
        """The same search without a name that was added to it, or with it again if it was left out."""
        left = tuple(one for one in self.without if one != name)
        return self.change(without=left if name in self.without else (*left, name))

    def toggle(self, name: str, value: str) -> Address:
        """The same search with one value of a filter chosen, or given up if it was."""
        chosen = self.filters.get(name, ())
        left = tuple(v for v in chosen if v != value) if value in chosen else (*chosen, value)
        others = {key: values for key, values in self.filters.items() if key != name}
        return self.change(filters={**others, name: left} if left else others)

    def request(self, per_page: int) -> Request:
        """What the knowledge base is asked for to show this page."""
        limit = GROUPED_HITS if self.grouped else per_page
        return Request(
            text=self.q,
            what=self.view,
            filters=self.filters,
            limit=limit,
            offset=(self.page - 1) * limit,
            sort=self.order,
            together=self.together,
            facets=not self.is_long,
            like=self.like,
            exact=self.exact,
            without=self.without,
        )

    def chosen(self) -> Iterator[tuple[str, str]]:
        """The filters that are set, as name and value."""
        return ((name, value) for name in FACETS for value in self.filters.get(name, ()))


def read(args: MultiDict[str, str], view: What = "passages") -> Address:
    """The search that an address names, in the ``view`` of its place where it names none.

    Raises:
        UsageError: a value that no such parameter has, with those that it has.
    """
    asked = Address(
        q=args.get("q", "").strip(),
        view=cast(What, one_of(args, "in", (view, *WHATS))),
        filters=read_filters(args),
        sort=cast(Sort, one_of(args, "sort", SORTS)),
        page=whole_number(args, "page", 1, LAST_PAGE),
        grouped=one_of(args, GROUPING, ("", "doc")) == "doc",
        like=like(args),
        exact=yes(args, "exact"),
        without=_left_out(args),
    )
    if not asked.may_be_sorted:
        raise UsageError(
            Message("Only statements, not grouped by document, can be sorted by the programmes that say them.")
        )
    return asked


def read_filters(args: MultiDict[str, str]) -> dict[str, tuple[str, ...]]:
    """The filters that are set, each value once, empty ones left out.

    Raises:
        UsageError: there are more values than anybody chooses.
    """
    found = {name: tuple(dict.fromkeys(v.strip() for v in args.getlist(name) if v.strip())) for name in FACETS}
    number = sum(len(values) for values in found.values()) + len(args.getlist("without"))
    if number > MOST_VALUES:
        raise UsageError(Message(TOO_MANY, number=number, most=MOST_VALUES))
    return {name: values for name, values in found.items() if values}


def like(args: Mapping[str, str]) -> str:
    """The thing that others shall be like; without a question a blank one would list everything as if it were that."""
    like = args.get("like", "").strip()
    if "like" in args and not (like or args.get("q", "").strip()):
        raise UsageError(Message("“like” names nothing: give the id of a passage, statement, practice or document."))
    return like


def _left_out(args: MultiDict[str, str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(name for given in args.getlist("without") if (name := given.strip())))


def yes(args: Mapping[str, str], name: str) -> bool:
    """A parameter that says whether something is wanted."""
    return one_of(args, name, YES) in ("1", "true")


def whole_number(args: Mapping[str, str], name: str, default: int, most: int, least: int = 1) -> int:
    """A parameter as a number between ``least`` and ``most``."""
    text = args.get(name, "").strip()
    if not text:
        return default
    # isdecimal keeps out "²" and friends, which int() refuses; the length keeps out numbers that take long to read.
    if not text.isdecimal() or len(text) > 9 or not least <= int(text) <= most:
        raise UsageError(Message(NO_NUMBER, typed=shortened(text), name=name, least=least, most=most))
    return int(text)


def one_of(args: Mapping[str, str], name: str, allowed: tuple[str, ...]) -> str:
    """A parameter as one of the values allowed, the first where it is left out."""
    text = args.get(name, "").strip() or allowed[0]
    if text not in allowed:
        known = ", ".join(value for value in dict.fromkeys(allowed) if value)
        raise UsageError(Message(NOT_ALLOWED, typed=shortened(text), name=name, known=known))
    return text


def shortened(text: str, most: int = 60) -> str:
    """What a person typed, short enough to be repeated in a sentence."""
    return text if len(text) <= most else text[: most - 1] + "…"
