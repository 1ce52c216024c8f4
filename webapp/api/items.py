"""Items of the catalogue as the API tells them: in the shapes of the command line, with their addresses here."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from urllib.parse import quote

from corpus.corrections import Correction
from corpus.errors import NotInCatalogue
from corpus.model import Bibliography, Passage, Practice, Statement
from corpus.notes import Note, address, is_note
from corpus.views import card_json, note_json, page_json, passage_json, practice_json, statement_json
from webapp.api.shapes import (
    DocumentItem,
    NoteItem,
    PageItem,
    PassageItem,
    PracticeItem,
    StatementItem,
    Successor,
)
from webapp.knowledge import Knowledge


def url(here: Knowledge, at: str) -> str:
    """One of our paths as an address: absolute where the setting ``public_url`` says how this site is reached."""
    return here.settings.public_url.rstrip("/") + at


def path(room: str, identifier: str) -> str:
    """Where a thing has its page, in any language."""
    return f"/{room}/{quote(identifier)}"


def page_path(doc: str, number: int | None) -> str:
    """Where a page of a document is read, or the whole of one without pages."""
    if number is not None:
        return f"{address(doc)}/pages/{number}"
    return address(doc) if is_note(doc) else f"{address(doc)}/text"


def documents(here: Knowledge, ids: Iterable[str]) -> list[DocumentItem]:
    """Documents by their ids; those that went meanwhile are left out."""
    came = here.came()
    found: list[DocumentItem] = []
    for doc in ids:
        with suppress(NotInCatalogue):
            entry = here.catalogue.entry(doc)
            found.append(
                {
                    **card_json(entry.card),
                    "version": entry.version,
                    "media": entry.media,
                    "came": came.get(doc),
                    "page_url": url(here, address(doc)),
                }
            )
    return found


def pages(here: Knowledge, doc: str, numbers: Iterable[int | None]) -> list[PageItem]:
    """Pages of a document by their numbers."""
    return [
        {
            **page_json(here.catalogue.page(doc, number)),
            "doc": doc,
            "page_url": url(here, page_path(doc, number)),
        }
        for number in numbers
    ]


def passages(here: Knowledge, found: Sequence[Passage]) -> list[PassageItem]:
    """Passages with their documents."""
    cards, corrected = _around(here, (one.doc for one in found))
    return [
        {
            **passage_json(one, corrected.get(one.id, ())),
            "doc": one.doc,
            "title": cards[one.doc].title,
            "rights": cards[one.doc].rights,
            "url": url(here, path("passages", one.id)),
        }
        for one in found
    ]


def statements(here: Knowledge, found: Sequence[Statement]) -> list[StatementItem]:
    """Statements with their documents."""
    cards, corrected = _around(here, (one.doc for one in found))
    within = here.catalogue.passages_by_id(one.passage for one in found)
    return [
        {
            **statement_json(one, here.witnesses(one.group), corrected.get(one.id, ())),
            "title": cards[one.doc].title,
            "language": within[one.passage].language if one.passage in within else cards[one.doc].language,
            "rights": cards[one.doc].rights,
            "url": url(here, path("statements", one.id)),
        }
        for one in found
    ]


def practices(here: Knowledge, found: Iterable[Practice]) -> list[PracticeItem]:
    """Practices with their addresses."""
    return [{**practice_json(one), "url": url(here, path("practices", one.id))} for one in found]


def notes(here: Knowledge, found: Iterable[Note]) -> list[NoteItem]:
    """Synthesis notes with their addresses."""
    return [{**note_json(one), "url": url(here, path("notes", one.id))} for one in found]


def successor(here: Knowledge, identifier: str) -> Successor:
    """What became of a passage or statement."""
    retired = here.catalogue.retired(identifier)
    return {"retired": retired is not None, "successor": retired.successor if retired else ""}


def _around(
    here: Knowledge, docs: Iterable[str]
) -> tuple[Mapping[str, Bibliography], Mapping[str, Sequence[Correction]]]:
    """The cards of some documents, and what people corrected in them, by item."""
    wanted = dict.fromkeys(docs)
    cards = {doc: here.catalogue.card(doc) for doc in wanted}
    corrected = {item: some for doc in wanted for item, some in here.corrections(doc).items()}
    return cards, corrected
