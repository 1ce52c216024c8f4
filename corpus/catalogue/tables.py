"""The catalogue's tables.  Migrations change them; a test holds the two against each other."""

from __future__ import annotations

from typing import Any

import msgspec
from sqlalchemy import (
    Boolean,
    Column,
    Float,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    TypeDecorator,
    false,
)

from corpus.model import (
    Acronym,
    Bibliography,
    Block,
    PageTurn,
    Party,
    Practice,
    Response,
    Section,
    Statement,
    Tag,
    Told,
)

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(column_0_label)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "pk": "pk_%(table_name)s",
    }
)


class Json(TypeDecorator[Any]):
    """A value object (or a tuple of them) kept as JSON text.

    Its decoder is made with the tables: msgspec reads a class's fields at their first use, and two threads that did so
    at once for their first requests ended the process (a fault of memory, msgspec 0.22).
    """

    impl = Text
    cache_ok = True

    def __init__(self, kind: Any = None) -> None:
        super().__init__()
        self.kind = kind
        self._decoder = msgspec.json.Decoder(Any if kind is None else kind)

    def process_bind_param(self, value: Any, dialect: Any) -> str | None:
        return None if value is None else msgspec.json.encode(value).decode()

    def process_result_value(self, value: str | None, dialect: Any) -> Any:
        return None if value is None else self._decoder.decode(value)


state = Table(
    "state",
    metadata,
    Column("name", String(40), primary_key=True),
    Column("number", Integer, nullable=False),
)
"""``revision``: grows by one with every change that a search could see."""

documents = Table(
    "documents",
    metadata,
    Column("id", String(120), primary_key=True),
    Column("record_card", Json(Bibliography)),
    Column("machine_card", Json(Bibliography)),
    Column("version", Integer, nullable=False),
    Column("content_hash", String(64), nullable=False, index=True),
    Column("media", String(20), nullable=False),
    Column("warnings", Json(tuple[str, ...]), nullable=False),
    Column("status", String(12), nullable=False),
    Column("revision", Integer, nullable=False, index=True),
    Column("evidence", Json(dict[str, tuple[Told, ...]]), nullable=False, server_default="{}"),
    Column("parties", Json(tuple[Party, ...]), nullable=False, server_default="[]"),
    Column("acronyms", Json(tuple[Acronym, ...]), nullable=False, server_default="[]"),
    Column("responses", Json(tuple[Response, ...]), nullable=False, server_default="[]"),
    Column("corrected", Json(dict[str, str | tuple[str, ...]]), nullable=False, server_default="{}"),
)
"""``version`` is 0 while only a library card is known.  ``status`` is current or removed.  ``corrected`` holds the
fields of the card that a person corrected: they win over both cards."""

versions = Table(
    "versions",
    metadata,
    Column("document_id", ForeignKey("documents.id"), primary_key=True),
    Column("number", Integer, primary_key=True),
    Column("content_hash", String(64), nullable=False),
    Column("tools", Text, nullable=False),
    Column("settings_hash", String(12), nullable=False),
    Column("at", String(32), nullable=False),
)

locations = Table(
    "locations",
    metadata,
    Column("location", Text, primary_key=True),
    Column("document_id", ForeignKey("documents.id"), nullable=False, index=True),
)

pages = Table(
    "pages",
    metadata,
    Column("document_id", ForeignKey("documents.id"), primary_key=True),
    Column("position", Integer, primary_key=True),
    Column("number", Integer),
    Column("label", String(40)),
    Column("blocks", Json(tuple[Block, ...]), nullable=False),
    Column("ocr", Float),
)

sections = Table(
    "sections",
    metadata,
    Column("document_id", ForeignKey("documents.id"), primary_key=True),
    Column("position", Integer, primary_key=True),
    Column("section", Json(Section), nullable=False),
)

passages = Table(
    "passages",
    metadata,
    Column("id", String(160), primary_key=True),
    Column("document_id", ForeignKey("documents.id"), nullable=False),
    Column("ordinal", Integer, nullable=False),
    Column("section", Integer, nullable=False),
    Column("path", Json(tuple[str, ...]), nullable=False),
    Column("text", Text, nullable=False),
    Column("language", String(8), nullable=False),
    Column("turns", Json(tuple[PageTurn, ...]), nullable=False),
    Column("items", Json(tuple[int, ...]), nullable=False),
    Column("tags", Json(tuple[Tag, ...]), nullable=False),
    Column("private", Boolean, nullable=False, server_default=false()),
    Column("retired_in", Integer),
    Column("successor", String(160)),
    Index("ix_passages_document_id_ordinal", "document_id", "ordinal"),
)
"""A passage that a new version no longer holds is retired: it keeps its text and page, and names its successor."""

statements = Table(
    "statements",
    metadata,
    Column("id", String(160), primary_key=True),
    Column("document_id", ForeignKey("documents.id"), nullable=False),
    Column("ordinal", Integer, nullable=False),
    Column("kind", String(20), nullable=False, index=True),
    Column("grouping", String(160), nullable=False, index=True),
    Column("statement", Json(Statement), nullable=False),
    Column("retired_in", Integer),
    Column("successor", String(160)),
    Index("ix_statements_document_id_ordinal", "document_id", "ordinal"),
)

practices = Table(
    "practices",
    metadata,
    Column("id", String(120), primary_key=True),
    Column("practice", Json(Practice), nullable=False),
    Column("document_id", String(120), index=True),
    Column("status", String(12), nullable=False),
    Column("revision", Integer, nullable=False, index=True),
)

"""``document_id`` is the document that the practice was read from; null for a record of our own.

``status`` is current, removed (by a person, for good) or gone (with its document or an older version of it)."""

likenesses = Table(
    "likenesses",
    metadata,
    Column("document_id", ForeignKey("documents.id"), primary_key=True),
    Column("other_id", ForeignKey("documents.id"), primary_key=True),
    Column("percent", Integer, nullable=False),
)
"""Documents much of whose words are another's (the same report twice, a report and its brief): linked, never merged."""

relations = Table(
    "relations",
    metadata,
    Column("document_id", ForeignKey("documents.id"), primary_key=True),
    Column("other_id", ForeignKey("documents.id"), primary_key=True),
    Column("kind", String(20), primary_key=True),
    Column("origin", String(8), nullable=False),
)
"""What a document is to another: ``brief-of``, ``response-to`` or ``synthesis-of``; ``origin`` is rule or person."""

corrections = Table(
    "corrections",
    metadata,
    Column("number", Integer, primary_key=True, autoincrement=True),
    Column("item", String(160), nullable=False, index=True),
    Column("document_id", String(120), index=True),
    Column("field", String(80), nullable=False),
    Column("value", Text, nullable=False),
    Column("machine", Text),
    Column("quote", Text, nullable=False),
    Column("note", Text, nullable=False),
    Column("by", String(120), nullable=False),
    Column("at", String(32), nullable=False),
    Column("applied_to", String(160)),
    Column("page", Integer),
)
"""A person's value for one field of a passage, statement, document or practice; the newest of an item's field counts.

``value`` and ``machine`` (what stood there) are JSON; the value null takes the item's correction back.  ``quote`` is
the item's text when it was corrected, by which the correction finds its item again; ``applied_to`` is that item's id
now, null for an orphan."""

sensitivities = Table(
    "sensitivities",
    metadata,
    Column("item", String(160), primary_key=True),
    Column("level", String(12), nullable=False),
    Column("reason", Text, nullable=False),
    Column("by", String(120), nullable=False),
    Column("at", String(32), nullable=False),
)
"""What a person decided about an item: a document, passage, statement or practice, or ``org:`` and a folded name.
``level`` is public, mask, curators or withdrawn; it survives every new reading."""

fetches = Table(
    "fetches",
    metadata,
    Column("url", Text, primary_key=True),
    Column("at", String(32), nullable=False),
    Column("content_hash", String(64), nullable=False),
    Column("name", Text, nullable=False),
    Column("etag", Text, nullable=False),
    Column("last_modified", Text, nullable=False),
)
"""What was last fetched from an address, and by what its server knows whether that has changed."""

shipped = Table(
    "shipped",
    metadata,
    Column("kind", String(12), primary_key=True),
    Column("item", String(120), primary_key=True),
    Column("value", Text, nullable=False),
)
"""The card or practice (``kind``) as it came with the program last, as JSON: what differs from it is a person's."""

sketches = Table(
    "sketches",
    metadata,
    Column("document_id", ForeignKey("documents.id"), primary_key=True),
    Column("hashes", LargeBinary, nullable=False),
    Column("linked", Integer, nullable=False),
)
"""A sample of each document's runs of words (see `corpus.likeness`); ``linked`` is 0 until it was held against the
others."""

ingest_records = Table(
    "ingest_records",
    metadata,
    Column("number", Integer, primary_key=True, autoincrement=True),
    Column("input", Text, nullable=False, index=True),
    Column("status", String(8), nullable=False),
    Column("stage", String(20), nullable=False),
    Column("reason", Text, nullable=False),
    Column("document_id", String(120), nullable=False),
    Column("content_hash", String(64), nullable=False),
    Column("settings_hash", String(12), nullable=False),
    Column("tools", Text, nullable=False),
    Column("at", String(32), nullable=False),
    Column("milliseconds", Integer, nullable=False),
    Column("warnings", Json(tuple[str, ...]), nullable=False),
)
