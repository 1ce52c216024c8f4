"""Text that OCR read is marked as such wherever a person or a program sees its page."""

from __future__ import annotations

import json
from typing import Any

from corpus.catalogue import CatalogueWriter
from corpus.home import Home
from corpus.model import Bibliography, Block, BlockKind, Document, IngestRecord, Page
from index import library
from webapp import create_app


def keep_scan(home: Home) -> None:
    """A document whose first page was printed and whose second was scanned."""
    printed, scanned = (
        Block(kind=BlockKind.PARAGRAPH, text=f"The ferry's crew told the office {n}.") for n in ("once", "twice")
    )
    document = Document(
        card=Bibliography(id="ferry", title="Ferries", language="en"),
        media="pdf",
        content_hash="0" * 64,
        pages=(Page(number=1, blocks=(printed,)), Page(number=2, blocks=(scanned,), ocr=0.926)),
    )
    with home.writing(), CatalogueWriter(home.catalogue_url) as writer:
        number = writer.begin(IngestRecord(input="ferry.pdf", status="failed"))
        writer.put_document(document, number, IngestRecord(input="ferry.pdf", status="ok", doc="ferry"))
        library.bring_up_to_date(home, writer)


def test_a_scanned_page_says_how_sure_its_reading_is(fresh_home: Home, fingerpost: Any) -> None:
    """The reader's page has a note, the JSON a key; a printed page has neither."""
    keep_scan(fresh_home)
    client = create_app(fresh_home).test_client()
    printed, scanned = (client.get(f"/documents/ferry/pages/{number}").get_data(as_text=True) for number in (1, 2))
    assert "read by OCR, confidence 93 %" in scanned
    assert "OCR" not in printed
    pages = json.loads(fingerpost("show", "ferry", "--json", home=fresh_home.path).stdout)["pages"]
    assert "ocr" not in pages[0]
    assert pages[1]["ocr"] == 0.926
