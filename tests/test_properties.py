"""What holds of every document: statements stand where they say, and tags depend on the text alone."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from corpus.catalogue import Catalogue, CatalogueWriter
from corpus.home import Home
from corpus.model import Page, Passage, Standing, Statement
from ingest import pipeline, statements
from ingest.tagging import tagger

_NO_LETTER = re.compile(r"[\W_]+")


def letters(text: str) -> str:
    """A text's letters and digits: line breaks, and hyphens of words that a page's end cuts, are no differences."""
    return _NO_LETTER.sub("", text)


def stands_on(statement: Statement, pages: dict[int | None, Page]) -> bool:
    """Whether the words stand on the first page that is named, or begin at its end and go on on the last."""
    text, span = letters(statement.text), statement.span
    first = letters(pages[span.page].text)
    if text in first:
        return True
    if span.page_end in (None, span.page):
        return False
    last = letters(pages[span.page_end].text)
    return any(text[:cut] in first and text[cut:] in last for cut in range(1, len(text)))


def misplaced(catalogue: Catalogue) -> Iterator[str]:
    """Every statement that is not verbatim in its passage, or not on its pages."""
    for doc in catalogue.document_ids():
        pages = {page.number: page for page in catalogue.pages(doc)}
        passages = {passage.id: passage for passage in catalogue.passages(doc)}
        for statement in catalogue.statements(doc):
            words = " ".join(statement.text.split())
            if words not in " ".join(passages[statement.passage].text.split()):
                yield f"{statement.id} is not in its passage"
            elif not stands_on(statement, pages):
                yield f"{statement.id} is not on page {statement.span.page}"


def test_every_statement_is_verbatim_on_its_page(home: Home) -> None:
    """In its passage word for word, and on the page that it names."""
    with Catalogue(home.catalogue_url) as catalogue:
        assert sum(len(catalogue.statements(doc)) for doc in catalogue.document_ids()) >= 5
        assert list(misplaced(catalogue)) == []


@pytest.mark.slow
def test_every_statement_of_real_reports_is_verbatim_on_its_page(shared: Path, fresh_home: Home) -> None:
    """Reports with two columns, footnotes, boxes and sentences that a page break cuts; web pages without pages."""
    with fresh_home.writing(), CatalogueWriter(fresh_home.catalogue_url) as writer:
        files = [*(shared / "library").glob("*.pdf"), *(shared / "library").glob("*.html")]
        files += [shared / "library" / "real" / "iom-internal-evaluation-ib0053.pdf"]
        steps = list(pipeline.ingest(fresh_home, writer, pipeline.prepare(fresh_home, writer, files)))
        assert {step.record.status for step in steps} == {"ok"}
        assert sum(step.statements for step in steps) > 300
        assert list(misplaced(writer)) == []


def texts_of(home: Home) -> list[Passage]:
    with Catalogue(home.catalogue_url) as catalogue:
        return [passage for doc in catalogue.document_ids() for passage in catalogue.passages(doc)]


@pytest.mark.parametrize("seed", range(3))
def test_tags_depend_on_the_text_alone(home: Home, seed: int) -> None:
    """One by one, in any order, in batches of any size, twice in one batch: every passage gets the same tags."""
    given = [(p.text, p.path) for p in texts_of(home)]
    alone = {one: tagger().tag(*one) for one in given}
    dice = random.Random(seed)
    mixed = [*given, *dice.sample(given, len(given) // 2)]
    dice.shuffle(mixed)
    while mixed:
        size = dice.randint(1, 7)
        batch, mixed = mixed[:size], mixed[size:]
        assert list(tagger().tag_all(iter(batch))) == [alone[one] for one in batch]


def test_statements_depend_on_their_document_alone(home: Home) -> None:
    """A document's statements are the same, whatever was read before it in the same process."""
    by_doc: dict[str, list[Passage]] = {}
    for passage in texts_of(home):
        by_doc.setdefault(passage.doc, []).append(passage)
    assert len(by_doc) > 1
    first = {doc: statements.extract(some, Standing.EXTERNAL, doc) for doc, some in by_doc.items()}
    for doc in reversed(list(by_doc)):
        assert statements.extract(by_doc[doc], Standing.EXTERNAL, doc) == first[doc]
