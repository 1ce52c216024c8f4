"""What the pages ask of one home: answers, items of the catalogue, and counts kept until the index changes."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable
from datetime import date
from functools import lru_cache
from threading import Lock
from typing import Any, Literal, TypeVar

import msgspec
from flask import current_app

from corpus.catalogue import Published
from corpus.catalogue.arrivals import Digest, arrivals, digest
from corpus.catalogue.corrected import corrections, in_place
from corpus.catalogue.entries import DocumentEntry
from corpus.concepts import Concept, vocabulary
from corpus.corrections import Correction
from corpus.home import Home
from corpus.model import Bibliography, Practice, ShownToWork, StatementKind, Value
from corpus.notes import Note
from corpus.people import People
from corpus.withholding import Rules
from index.answer import Answer, Request, What
from index.library import Library, generations_of
from index.suggest import Suggestion
from webapp.drawings.strip import Strip, strip
from webapp.evidence import By, Counting, Matrix
from webapp.pictures import Pictures
from webapp.unanswered import Unanswered

EXTENSION = "fingerpost"
COUNTED: tuple[What, ...] = ("passages", "practices", "documents")
ALIKE_SHOWN = 3
"""Practices like one: enough to compare."""
PRACTICES_KEPT = 1024
"""Practices of which it is kept what is like them."""
STRIPS_KEPT = 512
"""Documents of which it is kept where things stand: every page of one shows it."""
DIGESTS_KEPT = 4
"""Days since which it is kept what is new: feeds and pages ask for few, and each may hold many statements."""
NAMING = ("doc", "org")
"""Facets whose values name what a decision may hide."""
T = TypeVar("T")


class ThemeCount(Value, frozen=True):
    """How much there is on one theme: passages, practices, documents, and statements by kind."""

    theme: Concept
    passages: int = 0
    practices: int = 0
    documents: int = 0
    kinds: dict[str, int] = msgspec.field(default_factory=dict)

    @property
    def total(self) -> int:
        return self.passages + self.practices


TopicFacet = Literal["theme", "group", "country", "org"]
"""Facets whose values have pages of their own."""


class Counted(Value, frozen=True):
    """A country, target group or organisation, and how much there is of it in each view."""

    value: str
    label: str
    practices: int
    documents: int
    passages: int

    @property
    def total(self) -> int:
        return self.practices + self.documents


class Knowledge:
    """One home, opened for reading; shared by all threads of the web process."""

    def __init__(self, home: Home) -> None:
        self.settings = home.settings
        self.folder = home.path
        self.inbox_dir = home.inbox_dir
        self.catalogue = Published(home.catalogue_url)
        self.kept = Published(home.catalogue_url, keeper=True)
        """The catalogue as curators see it: everything but what was withdrawn."""
        self.people = People(home)
        self.unanswered = Unanswered(self.people) if home.settings.keep_unanswered else None
        self.pictures = Pictures(home, self.catalogue)
        self.library = Library(home, warm=True)
        self._generations = generations_of(home)
        self._lock = Lock()
        self._kept: dict[str, tuple[object, Any]] = {}
        self._alike = lru_cache(maxsize=PRACTICES_KEPT)(self._find_alike)
        self._strips = lru_cache(maxsize=STRIPS_KEPT)(self._draw)
        self._digests = lru_cache(maxsize=DIGESTS_KEPT)(lambda since, state: digest(self.catalogue, since))

    @property
    def ready(self) -> bool:
        """Whether searches are answered; pages of the catalogue's items are shown all the same."""
        return self.library.ready

    def search(self, request: Request) -> Answer:
        """The answer to a request; what was decided since the index was made is heeded in what it names too."""
        answer, rules = self.library.search(request), self.catalogue.rules()
        named = {name: tuple(one for one in some if _may_be_named(rules, name, one.value))
                 for name in NAMING if (some := answer.facets.get(name))}  # fmt: skip
        return msgspec.structs.replace(answer, facets={**answer.facets, **named}) if named else answer

    def suggest(self, typed: str) -> tuple[Suggestion, ...]:
        """What the words typed so far may become, without what was hidden since the index was made."""
        rules = self.catalogue.rules()
        return tuple(
            one
            for one in self.library.suggest(typed)
            if one.path.rpartition("/")[2] not in rules.hidden
            and all(_may_be_named(rules, name, value) for name in NAMING for value in one.filters.get(name, ()))
        )

    def asked(self, request: Request) -> Answer:
        """The answer to what a person or program asked, which is counted where it found nothing or little."""
        answer = self.search(request)
        if self.unanswered:
            self.unanswered.note(request, answer)
        return answer

    def practices_for(self, request: Request, most: int) -> tuple[Practice, ...]:
        """The practices that answer a search for passages, best first; weak matches are left out."""
        answer = self.search(request)
        ids = [hit.id for hit in answer.hits if not hit.weak][:most]
        return tuple(self.catalogue.practice(identifier) for identifier in ids)

    def alike(self, practice: str) -> tuple[Practice, ...]:
        """The practices most like one, best first; none while there is no index."""
        return self._alike(practice, self.state()) if self.ready else ()

    def themes(self) -> tuple[ThemeCount, ...]:
        """Every listed theme with its counts, in the vocabulary's order; all 0 while there is no index."""
        return self._keep("themes", lambda: tuple(self._count_themes()))

    def programmes(self, docs: Iterable[str]) -> int:
        """How many independent witnesses some documents are."""
        body: dict[str, str] = self._keep("bodies", self.catalogue.witness_of)
        return len({body[doc] for doc in docs if doc in body})

    def witnesses(self, group: str) -> int:
        """How many independent witnesses a group of statements has; 1 for a statement that stands alone."""
        found: int = self._keep("witnesses", self.catalogue.witnesses).get(group, 1)
        return found

    @property
    def recurs(self) -> bool:
        """Whether several independent programmes say any one thing."""
        found: dict[str, int] = self._keep("witnesses", self.catalogue.witnesses)
        return any(many > 1 for many in found.values())

    def counted(self, facet: TopicFacet) -> tuple[Counted, ...]:
        """The values of a facet that anything has, those with most practices and documents first."""
        return self._keep(f"counted {facet}", lambda: tuple(self._count(facet)))

    def matrix(self, by: By) -> Matrix:
        """Themes against one facet of statements, counted in programmes."""
        return self._keep(f"matrix {by}", lambda: Counting(self.search, self.catalogue).matrix(by))

    def practices(self) -> tuple[Practice, ...]:
        """Every practice, those that are shown to work furthest first."""
        steps = list(ShownToWork)
        return self._keep(
            "practices",
            lambda: tuple(
                sorted(self.catalogue.practices(), key=lambda p: (-steps.index(p.shown_to_work), p.title.casefold()))
            ),
        )

    def notes(self) -> tuple[Note, ...]:
        """Every synthesis note that is here."""
        return self._keep("notes", self.catalogue.notes)

    def entries(self) -> tuple[DocumentEntry, ...]:
        """Every document, by id."""
        return self._keep("entries", self.catalogue.entries)

    def cards(self) -> dict[str, Bibliography]:
        """The card of every document, by id."""
        return self._keep("cards", lambda: {entry.card.id: entry.card for entry in self.entries()})

    def strip(self, doc: str) -> Strip:
        """Where in a document things stand."""
        return self._strips(doc, self.state())

    def titles(self) -> dict[str, str]:
        """The title of every document, by id."""
        return self._keep("titles", lambda: {doc: card.title for doc, card in self.cards().items()})

    def came(self) -> dict[str, str]:
        """When the words came that each document has now, by id; one that is only known by its card has none."""
        return self._keep("came", lambda: {doc: one.present for doc, one in arrivals(self.catalogue).items()})

    def digest(self, since: date) -> Digest:
        """What is new since a day (UTC)."""
        return self._digests(since, self.state())

    def corrections(self, doc: str) -> dict[str, list[Correction]]:
        """What people corrected in a document, by the item that it holds for."""
        return in_place(corrections(self.catalogue, doc))

    def _keep(self, name: str, count: Callable[[], T]) -> T:
        """What ``count`` gives, counted once for each state of catalogue and index (one follows the other)."""
        state = self.state()
        with self._lock:
            kept = self._kept.get(name)
        if kept is None or kept[0] != state:
            # Counted outside the lock: nobody waits for another's count, at worst two count the same.
            kept = (state, count())
            with self._lock:
                self._kept[name] = kept
        found: T = kept[1]
        return found

    def _find_alike(self, practice: str, state: Hashable) -> tuple[Practice, ...]:
        """The practices most like one in one state of catalogue and index."""
        wanted = Request(like=practice, what="practices", limit=ALIKE_SHOWN, facets=False, totals=False)
        return self.practices_for(wanted, ALIKE_SHOWN)

    def state(self) -> Hashable:
        """What is shown now: changes with the catalogue, with the index and with whether there is one."""
        return self.catalogue.revision(), self._generations.mark(), self.ready

    def _draw(self, doc: str, state: Hashable) -> Strip:
        """The strip of a document in one state of the catalogue."""
        here = self.catalogue
        return strip(here.statements(doc), here.passages(doc), here.page_numbers(doc))

    def _count(self, facet: TopicFacet) -> list[Counted]:
        if not self.ready:
            return []
        views = {what: self.search(Request(what=what, limit=0, totals=False)).facets.get(facet, ()) for what in COUNTED}
        counts = {what: {value.value: value.count for value in values} for what, values in views.items()}
        labels = {value.value: value.label for values in views.values() for value in values if value.count}
        rows = [
            Counted(value=value, label=label, **{what: counts[what].get(value, 0) for what in COUNTED})
            for value, label in labels.items()
        ]
        return sorted(rows, key=lambda row: (-row.total, -row.passages, row.label))

    def _count_themes(self) -> Iterable[ThemeCount]:
        views = {what: self._theme_facet(Request(what=what, limit=1, totals=False)) for what in COUNTED}
        kinds = {
            kind.value: self._theme_facet(Request(what="statements", filters={"kind": (kind.value,)}, limit=1))
            for kind in StatementKind
        }
        for theme in vocabulary().scheme("themes"):
            if theme.listed:
                yield ThemeCount(
                    theme=theme,
                    **{what: counts.get(theme.id, 0) for what, counts in views.items()},
                    kinds={kind: counts[theme.id] for kind, counts in kinds.items() if counts.get(theme.id)},
                )

    def _theme_facet(self, request: Request) -> dict[str, int]:
        if not self.ready:
            return {}
        return {value.value: value.count for value in self.search(request).facets.get("theme", ())}


def _may_be_named(rules: Rules, facet: str, value: str) -> bool:
    """Whether a document or an organisation may be named as a value of a facet."""
    return not (rules.organisations.names(value) if facet == "org" else value in rules.hidden)


def knowledge() -> Knowledge:
    """The home that the running application serves."""
    found: Knowledge = current_app.extensions[EXTENSION]
    return found
