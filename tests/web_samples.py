"""What the tests of the web app share: an address for each kind of page, and a document that tries to break out."""

from __future__ import annotations

from flask.testing import FlaskClient

from corpus.catalogue import CatalogueWriter
from corpus.home import Home
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
    Statement,
    StatementKind,
)
from index import library
from tools.page_types import page_types

HARBOUR = "harbour-evaluation"
EVIL = '<script>alert("x")</script><img src=x onerror=alert(1)>'
EVIL_ADDRESSES = (
    "/", "/documents", "/documents/evil", "/documents/evil/pages/1?passage=evil.p0123456789ab", "/search?q=guardians",
    "/search?q=guardians&in=statements", "/search?q=report&in=documents", "/search?doc=evil",
    "/passages/evil.p0123456789ab", "/statements/evil.s0123456789ab", "/cite/evil.p0123456789ab", "/search?org=" + EVIL,
)  # fmt: skip


def pages_of(client: FlaskClient) -> dict[str, str]:
    """One address for each type of page, of the harbour's report where it is a document's."""
    return page_types(client.application, HARBOUR)


def evil_document() -> Document:
    """A document that tries to break out of every field it has."""
    text = f"Guardians {EVIL} should be appointed for every child within five days of arrival at the border."
    passage = Passage(
        id="evil.p0123456789ab", doc="evil", ordinal=0, section=0, path=(f"Part {EVIL}",), text=text, language="en",
        turns=(PageTurn(offset=0, page=1, label=EVIL),),
    )  # fmt: skip
    statement = Statement(
        id="evil.s0123456789ab", doc="evil", passage=passage.id, text=text, kind=StatementKind.RECOMMENDATION,
        path=passage.path, span=Span(page=1, page_end=1, page_label=EVIL, page_end_label=EVIL), addressed_to=EVIL,
    )  # fmt: skip
    blocks = (
        Block(kind=BlockKind.HEADING, text=f"Part {EVIL}", level=1),
        Block(kind=BlockKind.PARAGRAPH, text=text),
        Block(kind=BlockKind.TABLE, text=EVIL, rows=((EVIL, "b"), ("c", EVIL))),
        Block(kind=BlockKind.LIST_ITEM, text=EVIL, label=EVIL),
        Block(kind=BlockKind.FOOTNOTE, text=EVIL, label=EVIL),
    )
    card = Bibliography(
        id="evil", title=f"Report {EVIL}", authors=(EVIL,), organisations=(EVIL,), publisher=EVIL, summary=EVIL,
        url="javascript:alert(1)", date="2020", language="en", rights=EVIL,
    )  # fmt: skip
    return Document(
        card=card, media="pdf", content_hash="0" * 64, pages=(Page(number=1, label=EVIL, blocks=blocks),),
        sections=(Section(heading=f"Part {EVIL}", level=1, path=passage.path, page=1),), passages=(passage,),
        statements=(statement,), warnings=(EVIL,),
    )  # fmt: skip


def keep_evil(home: Home) -> Home:
    """Put the evil document into a home, indexed."""
    with home.writing(), CatalogueWriter(home.catalogue_url) as writer:
        number = writer.begin(IngestRecord(input="evil.pdf", status="failed"))
        writer.put_document(evil_document(), number, IngestRecord(input="evil.pdf", status="ok", doc="evil"))
        library.bring_up_to_date(home, writer)
    return home
