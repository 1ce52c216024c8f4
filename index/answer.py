"""What is asked of the knowledge base and what comes back."""

from __future__ import annotations

from typing import Literal, TypedDict

import msgspec

from corpus.messages import N_
from corpus.model import Value

What = Literal["passages", "statements", "practices", "documents"]
WHATS: tuple[What, ...] = ("passages", "statements", "practices", "documents")

FACETS: dict[str, str] = {
    "theme": N_("Theme"),
    "group": N_("Target group"),
    "country": N_("Country"),
    "situation": N_("Child's situation"),
    "criteria": N_("Evaluation criterion"),
    "kind": N_("What it says"),
    "voice": N_("Who says it"),
    "addressee": N_("Addressee"),
    "achieved": N_("Outcome"),
    "standing": N_("Standing"),
    "type": N_("Document type"),
    "year": N_("Year"),
    "language": N_("Language"),
    "org": N_("Organisation"),
    "doc": N_("Document"),
}
"""Facets and filters by name (the command line's and the address bar's), with their headings."""

Sort = Literal["relevance", "newest", "oldest", "independence", "programmes"]
SORTS: tuple[Sort, ...] = ("relevance", "newest", "oldest", "independence", "programmes")
"""``programmes``: what most independent programmes say first, then the most independent source; only statements can be
asked for in this order."""


ALSO = " (also searched: "
"""Between what was searched as it was typed and what was searched beside it, in `Answer.interpreted`."""


PARTLY = N_("These match weakly: each holds only part of what was asked.")
"""What stands above the hits of an answer that is `Answer.partly`."""


class Request(Value, frozen=True):
    """A search: what was typed, in which view, narrowed by which filters.

    ``filters`` maps a name of FACETS to values; values of one name are alternatives, names add up.  ``text`` may hold
    field syntax too (``theme:guardianship``); both are merged.  ``offset`` and ``limit`` count hits.
    """

    text: str = ""
    what: What = "passages"
    filters: dict[str, tuple[str, ...]] = msgspec.field(default_factory=dict)
    limit: int = 10
    offset: int = 0
    sort: Sort = "relevance"
    diverse: bool = False
    together: bool = False
    """Statements of the same meaning are one hit, the best of them, and count once."""
    facets: bool = True
    totals: bool = True
    """Whether the matches of the other views are counted too."""
    exact: bool = False
    """Only what was typed: no other names, no corrected spelling."""
    like: str = ""
    """The id of a passage, statement, practice or document: what is like it is sought, in other documents."""
    without: tuple[str, ...] = ()
    """Words of `Answer.also` that are not to be searched."""


class Hit(Value, frozen=True):
    """One thing found.

    ``passage`` is the id of the hit itself; of a whole document that of the passage that its snippet, page and section
    are from, where its own summary does not hold what was asked; else "".
    """

    what: What
    id: str
    doc: str
    title: str
    passage: str = ""
    page: int | None = None
    page_end: int | None = None
    page_label: str | None = None
    page_end_label: str | None = None
    section: str = ""
    """Headings from the top, joined by " › "."""
    text: str = ""
    language: str = ""
    """Of its text."""
    title_language: str = ""
    snippet: str = ""
    """Safe HTML: escaped text with the found words in <mark>."""
    score: float = 0.0
    weak: bool = False
    themes: tuple[str, ...] = ()
    url: str = ""
    """Path of the permanent address, e.g. /passages/<id>."""
    kind: str = ""
    voice: str = ""
    achieved: str = ""
    addressed_to: str = ""
    group: str = ""
    """Of a statement: the group of those that say the same."""
    standing: str = ""
    year: int | None = None
    organisations: tuple[str, ...] = ()
    matched: tuple[str, ...] = ()
    """The query's words that were found in it."""
    also: tuple[str, ...] = ()
    """Other names of them, and words near in meaning, that were searched too and are in its text."""
    missed: tuple[str, ...] = ()
    """The query's words that are not in it under any name."""


class FacetValue(Value, frozen=True):
    """One value of a facet: how many hits it would leave, and whether it is chosen now."""

    value: str
    label: str
    count: int
    chosen: bool = False


class Answer(Value, frozen=True):
    """Everything that a search gives.  ``total`` and the counts are exact over all that matches.

    ``weak`` is true when all hits are weak or there are none.  ``unknown`` lists words that no document has.
    """

    query: str
    interpreted: str
    suggestion: str | None = None
    weak: bool = True
    partly: bool = False
    """Weak, and yet what stands first speaks of the topic that was asked for: part of an answer."""
    total: int = 0
    hits: tuple[Hit, ...] = ()
    facets: dict[str, tuple[FacetValue, ...]] = msgspec.field(default_factory=dict)
    totals: dict[str, int] = msgspec.field(default_factory=dict)
    """Matches in each of the four views."""
    unknown: tuple[str, ...] = ()
    like: Hit | None = None
    """The thing that the hits are like, where that was asked."""
    also: tuple[str, ...] = ()
    """What was searched beside what was typed: corrected words and other names, each of which can be left out."""
    notes: tuple[str, ...] = ()
    """Sentences about what was typed and could not be taken at its word."""


class FacetValueJson(TypedDict):
    """One value of a facet, and how many hits it would leave."""

    value: str
    label: str
    count: int


class HitJson(TypedDict):
    """One thing found; ``what`` it is, and where it stands in its document."""

    doc: str
    title: str
    passage: str
    page: int | None
    page_end: int | None
    page_label: str | None
    section: str
    text: str
    snippet: str
    score: float
    weak: bool
    themes: list[str]
    url: str
    what: What
    id: str


class AnswerJson(TypedDict):
    """What a search found: hits, exact counts, and what was searched for."""

    query: str
    interpreted: str
    suggestion: str | None
    weak: bool
    total: int
    hits: list[HitJson]
    facets: dict[str, list[FacetValueJson]]
    totals: dict[str, int]
    also: list[str]
    like: HitJson | None
    notes: list[str]


def to_json(answer: Answer, public_url: str = "") -> AnswerJson:
    """The answer in the shape that the command line and the API promise; addresses absolute with a ``public_url``."""
    return {
        "query": answer.query,
        "interpreted": answer.interpreted,
        "suggestion": answer.suggestion,
        "weak": answer.weak,
        "total": answer.total,
        "hits": [hit_json(hit, public_url) for hit in answer.hits],
        "facets": {
            name: [{"value": v.value, "label": v.label, "count": v.count} for v in values]
            for name, values in answer.facets.items()
        },
        "totals": answer.totals,
        "also": list(answer.also),
        "like": hit_json(answer.like, public_url) if answer.like else None,
        "notes": [str(note) for note in answer.notes],
    }


def hit_json(hit: Hit, public_url: str = "") -> HitJson:
    """One hit in that shape."""
    return {
        "doc": hit.doc,
        "title": hit.title,
        "passage": hit.passage,
        "page": hit.page,
        "page_end": hit.page_end,
        "page_label": hit.page_label,
        "section": hit.section,
        "text": hit.text,
        "snippet": hit.snippet,
        "score": hit.score,
        "weak": hit.weak,
        "themes": list(hit.themes),
        "url": public_url.rstrip("/") + hit.url,
        "what": hit.what,
        "id": hit.id,
    }
