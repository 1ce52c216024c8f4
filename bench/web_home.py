"""A home of any size for the measurements of the web: what ships, and made-up reports that are whole documents.

The reports are those of `bench.search_texts`, with pages, sections, themes, countries and statements, kept and indexed
by the real catalogue and library, so that every page of the product has something to show.  The vectors of their texts
are made up (the model would take half an hour for 100,000 passages); those of single words are the model's own.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Sequence
from unittest.mock import patch

import msgspec
import numpy as np

from bench.search_texts import PASSAGES_PER_DOCUMENT, Texts
from corpus.catalogue import CatalogueWriter
from corpus.home import Home
from corpus.ids import Ids
from corpus.meaning import DIMENSIONS, Encoder, Vectors, encoder
from corpus.model import (
    Bibliography,
    Block,
    BlockKind,
    Document,
    IngestRecord,
    Page,
    PageTurn,
    Passage,
    Section,
    Span,
    Standing,
    Statement,
    StatementKind,
    Tag,
    Voice,
)
from corpus.places import PLACE_PREFIX
from index import library
from index.engine import Thing
from ingest import shipped

PASSAGES_A_PAGE = 3
"""Of 130 words each: a full printed page."""
STATED = 1.2
"""Statements to a passage, as in the test library."""
SHARED = 0.1
"""Share of statements that other documents make too."""
MEANINGS = 2000
"""Meanings that statements of several documents share."""
PROGRAMMES = 3
"""Documents to a programme: reports of one programme are one witness."""


def make(home: Home, passages: int, seed: int, say: Callable[[str], None]) -> None:
    """Fill a home with what ships and ``passages`` made-up passages, indexed; one that is filled is left as it is."""
    texts = Texts(passages, seed)
    with home.writing(), CatalogueWriter(home.catalogue_url) as writer:
        there = set(writer.document_ids())
        if not there:
            list(shipped.load(home, writer))
        for document in documents(texts, seed) if len(there) < passages // PASSAGES_PER_DOCUMENT else ():
            if document.id not in there:
                record = IngestRecord(input=f"made-up:{document.id}", status="ok", doc=document.id)
                at = writer.begin(msgspec.structs.replace(record, status="failed"))
                writer.put_document(document, at, record)
        say("indexing")
        by = encoder()
        with patch("index.following.encoder", lambda: by and MadeUp(by)):
            library.bring_up_to_date(home, writer)


class MadeUp:
    """The model for single words; of a longer text a direction of its own, the same for the same text."""

    def __init__(self, by: Encoder) -> None:
        self._by = by
        self.model = by.model

    def encode(self, texts: Sequence[str]) -> Vectors:
        found = np.empty((len(texts), DIMENSIONS), np.float32)
        words = [at for at, text in enumerate(texts) if " " not in text]
        if words:
            found[words] = self._by.encode([texts[at] for at in words])
        for at, text in enumerate(texts):
            if " " in text:
                seed = int.from_bytes(hashlib.blake2b(text.encode(), digest_size=8).digest())
                one = np.random.default_rng(seed).standard_normal(DIMENSIONS, np.float32)
                found[at] = one / np.linalg.norm(one)
        return found


def documents(texts: Texts, seed: int) -> Iterator[Document]:
    """The made-up reports as readings of files."""
    said: dict[int, str] = {}
    for number, things in enumerate(texts.documents()):
        yield _document(things[0], things[1:], np.random.default_rng([seed, 7, number]), said)


def _document(whole: Thing, things: list[Thing], chance: np.random.Generator, said: dict[int, str]) -> Document:
    doc, ids = whole.id, Ids(whole.id)
    facets = things[0].facets
    sections, passages, statements, pages = list[Section](), list[Passage](), list[Statement](), list[Page]()
    blocks = list[Block]()
    for at, thing in enumerate(things):
        page = 1 + at // PASSAGES_A_PAGE
        if not sections or sections[-1].heading != thing.head:
            sections.append(Section(heading=thing.head, level=1, path=(thing.head,), page=page, page_label=str(page)))
            blocks.append(Block(kind=BlockKind.HEADING, text=thing.head, level=1))
        passage = Passage(
            id=ids.make("p", thing.body),
            doc=doc,
            ordinal=at,
            section=len(sections) - 1,
            path=(thing.head,),
            text=thing.body,
            language="en",
            turns=(PageTurn(offset=0, page=page, label=str(page)),),
            tags=(
                *(Tag(concept=theme) for theme in thing.facets.get("theme", ())),
                *(Tag(concept=f"{PLACE_PREFIX}{country}") for country in thing.facets.get("country", ())),
            ),
        )
        passages.append(passage)
        statements += _statements(passage, thing, ids, chance, said)
        blocks.append(Block(kind=BlockKind.PARAGRAPH, text=thing.body))
        if at % PASSAGES_A_PAGE == PASSAGES_A_PAGE - 1 or thing is things[-1]:
            pages.append(Page(number=page, label=str(page), blocks=tuple(blocks)))
            blocks = []
    card = Bibliography(
        id=doc,
        title=whole.title,
        organisations=(f"House number {int(chance.integers(1, 60))}",),
        date=facets["year"][0],
        language="en",
        document_type=facets["type"][0],
        standing=list(Standing)[int(chance.integers(0, len(Standing)))],
        programme=f"Programme {int(doc.removeprefix('report-')) // PROGRAMMES}",
    )
    return Document(
        card=card,
        media="pdf",
        content_hash=hashlib.sha256(doc.encode()).hexdigest(),
        pages=tuple(pages),
        sections=tuple(sections),
        passages=tuple(passages),
        statements=tuple(statements),
    )


def _statements(
    passage: Passage, thing: Thing, ids: Ids, chance: np.random.Generator, said: dict[int, str]
) -> Iterator[Statement]:
    """Some sentences of a passage; a group of one meaning has the id of the statement that ``said`` it first."""
    sentences = passage.text.split(". ")
    for sentence in sentences[: int(chance.poisson(STATED))]:
        text = sentence.rstrip(".") + "."
        kind = list(StatementKind)[int(chance.integers(0, len(StatementKind)))]
        name = ids.make("s", text)
        meaning = int(chance.integers(0, MEANINGS)) if chance.random() < SHARED else None
        yield Statement(
            id=name,
            doc=passage.doc,
            passage=passage.id,
            text=text,
            kind=kind,
            path=passage.path,
            span=Span(
                page=passage.span.page,
                page_end=passage.span.page,
                page_label=passage.span.page_label,
                page_end_label=passage.span.page_label,
            ),
            voice=list(Voice)[int(chance.integers(0, len(Voice)))],
            themes=thing.facets.get("theme", ()),
            group=said.setdefault(meaning, name) if meaning is not None else "",
        )
