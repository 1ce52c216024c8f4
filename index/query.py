"""The query grammar, version 2: what a person types becomes a `Query`; nothing raises and nothing is lost silently.

    query   =  { item }                          items are parted by spaces
    item    =  [ "-" ] [ field ":" ] value       "-" excludes
    value   =  [ "=" ] ( word | '"' words '"' )  a phrase must stand in a hit; after "=" in these very forms
    field   =  a name of FACETS (a filter)  |  "title"
    year    =  2018  |  2015..2019  |  2015..  |  ..2019

Words are looked for in any order and need not all be found; phrases and title words must be; filters of one name are
alternatives, names add up.  What cannot be taken at its word is searched as words, and a note says so.  AND, OR, NOT,
brackets and wildcards have no meaning.  A change of meaning raises GRAMMAR_VERSION: saved searches carry it, and
`parse` reads the older versions as they were meant.  Version 1 had no "=".
"""

from __future__ import annotations

import re
import unicodedata
from typing import Literal

import msgspec

from corpus.messages import N_, Message
from corpus.model import Value
from index.analysis import TOKEN_MAX, Token, compounds, tokens
from index.answer import FACETS

GRAMMAR_VERSION = 2
Kind = Literal["word", "compound", "phrase"]

MAX_WORDS = 64
"""Words of a query that are searched; the rest is cut with a note.  A pasted paragraph fits, a pasted page does not."""

_QUOTES = str.maketrans(dict.fromkeys("\u201c\u201d\u201e\u201f\u00ab\u00bb\uff02", '"'))
_ITEM = re.compile(
    r"""\s*
    (?P<minus>(?<!\S)-+(?=[^\s-]))?
    (?:[(\[{]*(?=[^\s(\[{"]))?
    (?:(?P<field>[^\W\d_]+):(?=[^\s:]))?
    (?P<exact>=(?=["\w]))?
    (?:"(?P<phrase>[^"]*)(?P<close>"?)|(?P<bare>[^\s"]+))""",
    re.VERBOSE,
)
_YEARS = re.compile(r"(\d{4})?(?:\.\.|[-\u2013])(\d{4})?|\d{4}")
_WILDCARDS = re.compile(r"[*?](?=\w)|(?<=\w)[*]|\w\[[^\]]*\]")


class Clause(Value, frozen=True):
    """One thing to look for: ``text`` as typed, ``words`` folded.

    A *word* and a *compound* (W-2: the phrase of its parts) may be missing from a hit; a *phrase* may not.
    ``title``: to be found in titles only, and it must be.  ``exact``: a phrase whose words stand in these very forms.
    """

    text: str
    words: tuple[str, ...]
    kind: Kind = "word"
    excluded: bool = False
    title: bool = False
    exact: bool = False

    @property
    def required(self) -> bool:
        return not self.excluded and (self.title or self.kind == "phrase")

    def to_text(self) -> str:
        value = f'"{self.text}"' if self.kind == "phrase" else self.text
        marks = ("-", self.excluded), ("=", self.exact), ("title:", self.title)
        return "".join(mark for mark, there in marks if there) + value


NOTHING = N_("nothing: no letter or digit was typed")
EVERYTHING = N_("everything")
"""What is searched where nothing is left of what was typed, and where nothing was typed."""
OPERATORS = N_("AND, OR and NOT are searched as plain words; write -word to leave out what has the word.")
NOT_CLOSED = N_("A quotation mark is not closed: everything after it is one phrase: %(phrase)s.")
NO_FIELD = N_("There is no field called %(field)s: %(typed)s was searched as words.")
NO_YEAR = N_("%(typed)s is no year and no range of years (2015..2019): it was searched as words.")
NO_PATTERNS = N_("%(typed)s: there are no patterns; words are found in all their forms anyway.")


class Query(Value, frozen=True):
    """What was typed, understood: clauses, filters, filters of exclusion, and notes on what could not be.

    Two queries are the same search when their clauses and filters are; ``to_text`` gives a text that parses into them.
    """

    text: str = ""
    clauses: tuple[Clause, ...] = ()
    filters: dict[str, tuple[str, ...]] = msgspec.field(default_factory=dict)
    without: dict[str, tuple[str, ...]] = msgspec.field(default_factory=dict)
    notes: tuple[str, ...] = ()
    cut: str = ""
    """What of the typed words is searched ("the first 64 of 1700 words"), blank where it is all."""

    def to_text(self) -> str:
        """The query in the grammar, tidied."""
        return " ".join(
            [c.to_text() for c in self.clauses] + _filter_texts("", self.filters) + _filter_texts("-", self.without)
        )

    @property
    def interpreted(self) -> str:
        """What is searched, for the person who typed it."""
        searched = self.to_text()
        if self.text and not searched:
            return NOTHING
        return (searched or EVERYTHING) + (f" ({self.cut})" if self.cut else "")

    @property
    def empty_handed(self) -> bool:
        """True when something was typed but nothing in it can be searched: the answer is then empty, not everything."""
        return bool(self.text) and not (self.clauses or self.filters or self.without)

    def narrowed(self, filters: dict[str, tuple[str, ...]]) -> Query:
        """This query with the filters that were chosen beside it."""
        names = {**self.filters, **filters}
        merged = {name: _merge(self.filters.get(name, ()), filters.get(name, ())) for name in names}
        return msgspec.structs.replace(self, filters={n: v for n, v in merged.items() if v})


def _merge(one: tuple[str, ...], other: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys([*one, *other]))


def _filter_texts(sign: str, filters: dict[str, tuple[str, ...]]) -> list[str]:
    texts = []
    for name, values in filters.items():
        for value in values:
            plain = value.replace('"', " ")
            bare = plain and not re.search(r"\s", plain) and plain == _stripped(plain)
            texts.append(f"{sign}{name}:{plain}" if bare else f'{sign}{name}:"{plain}"')
    return texts


def parse(text: str, version: int = GRAMMAR_VERSION) -> Query:
    """What a person typed as a Query; any string will do.  ``version`` is that of the grammar it was written in."""
    cleaned = _cleaned(text)
    return _Parser(cleaned if version > 1 else cleaned.replace("=", " ")).query()


def _cleaned(text: str) -> str:
    """The text without what cannot be shown or stored: control, direction and broken characters become spaces."""
    kept = "".join(" " if _unshowable(c) else c for c in text.translate(_QUOTES))
    return re.sub(r"\s+", " ", kept).strip()


def _unshowable(char: str) -> bool:
    category = unicodedata.category(char)
    return category in ("Cc", "Cs", "Co", "Cn") or (category == "Cf" and unicodedata.bidirectional(char) != "BN")


def _stripped(value: str) -> str:
    """A filter's value without the brackets and commas that stand around it."""
    return value.strip("()[]{},;:")


class _Parser:
    """Reads one cleaned text from left to right, gathering clauses, filters and notes."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.clauses: list[Clause] = []
        self.filters: dict[str, tuple[str, ...]] = {}
        self.without: dict[str, tuple[str, ...]] = {}
        self.notes: list[str] = []
        self.words = 0
        self.full = False

    def query(self) -> Query:
        for match in _ITEM.finditer(self.text):
            self._item(match)
            if self.full:
                break
        counted = {"first": MAX_WORDS, "all": len(tokens(self.text))}
        cut = Message("the first %(first)s of %(all)s words", **counted) if self.full else ""
        if cut:
            self._note(Message("The query is long: only the first %(first)s of %(all)s words are searched.", **counted))
        if any(c.text in ("AND", "OR", "NOT") for c in self.clauses):
            self._note(Message(OPERATORS))
        return Query(
            text=self.text,
            clauses=tuple(self.clauses),
            filters=self.filters,
            without=self.without,
            notes=tuple(self.notes),
            cut=cut,
        )

    def _note(self, sentence: str) -> None:
        if sentence not in self.notes:
            self.notes.append(sentence)

    def _item(self, match: re.Match[str]) -> None:
        field = (match["field"] or "").lower()
        quoted = match["phrase"] is not None
        value = match["phrase"] if quoted else match["bare"]
        excluded = bool(match["minus"])
        if quoted and not match["close"]:
            self._note(Message(NOT_CLOSED, phrase=_short(value)))
        exact = bool(match["exact"])
        if not field:
            self._words(value, quoted, excluded, exact=exact)
        elif field == "title":
            if exact:
                self._note(Message("In titles words are found in all their forms."))
            self._words(value, quoted, excluded, title=True)
        elif field in FACETS:
            self._filter(field, value, quoted, excluded)
        else:
            self._note(Message(NO_FIELD, field=field, typed=match[0].strip()))
            self._as_words(field, value, quoted, excluded)

    def _as_words(self, field: str, value: str, quoted: bool, excluded: bool) -> None:
        self._words(field, False, excluded)
        self._words(value, quoted, excluded)

    def _filter(self, field: str, value: str, quoted: bool, excluded: bool) -> None:
        wanted = _stripped(value) if not quoted else value.strip()
        if field == "year":
            years = _years(wanted)
            if years is None:
                self._note(Message(NO_YEAR, typed=_short(wanted)))
                self._as_words(field, value, quoted, excluded)
                return
            wanted = years
        if not tokens(wanted):
            self._note(Message("%(field)s: names nothing: it was searched as a word.", field=field))
            self._words(field, False, excluded)
            return
        kept = self.without if excluded else self.filters
        kept[field] = _merge(kept.get(field, ()), (wanted,))

    def _words(self, value: str, quoted: bool, excluded: bool, title: bool = False, exact: bool = False) -> None:
        if not tokens(value):
            shown = f'"{value}"' if quoted else value
            self._note(Message("%(typed)s has no letter or digit that could be searched.", typed=_short(shown)))
            return
        if not quoted and _WILDCARDS.search(value):
            self._note(Message(NO_PATTERNS, typed=_short(value)))
        whole = quoted or exact
        for part in [tokens(value)] if whole else compounds(value):
            room = MAX_WORDS - self.words
            self.full = self.full or len(part) > room
            if room == 0:
                return
            self.words += min(len(part), room)
            clause = self._clause(value, part[:room], whole)
            self.clauses.append(msgspec.structs.replace(clause, excluded=excluded, title=title, exact=exact))

    def _clause(self, value: str, part: list[Token], quoted: bool) -> Clause:
        shown = " ".join(value[part[0].start : part[-1].end].split())
        if len(part) == 1 and len(shown) > TOKEN_MAX:
            length = len(shown)
            self._note(
                Message("A word of %(length)s characters was cut after %(most)s.", length=length, most=TOKEN_MAX)
            )
            shown = shown[:TOKEN_MAX]
        kind: Kind = "phrase" if quoted else "compound" if len(part) > 1 else "word"
        return Clause(text=shown, words=tuple(t.word for t in part), kind=kind)


def _years(value: str) -> str | None:
    """A year or a range in its one form (2018, 2015..2019, 2015.., ..2019), None where it is neither."""
    match = _YEARS.fullmatch(value)
    if match is None or not any(c.isdigit() for c in value) or not value.replace("\u2013", "").isascii():
        return None
    first, last = match[1], match[2]
    if first is None and last is None:
        return value
    if first and last and first > last:
        first, last = last, first
    return first if first and first == last else f"{first or ''}..{last or ''}"


def _short(text: str) -> str:
    """Typed text as a note repeats it."""
    return text if len(text) <= 60 else text[:59] + "…"
