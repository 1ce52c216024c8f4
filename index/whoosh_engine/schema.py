"""The fields of the Whoosh index.

One index holds the four kinds of things.  Each kind has its own text fields, so that document frequencies and lengths
are those of its kind.  Text fields are given terms joined by spaces (see `index.analysis`): Whoosh's own analyser only
splits them, and no object of ours is pickled into the index.
"""

from __future__ import annotations

from typing import Any

import whoosh
import whoosh.analysis
import whoosh.columns
import whoosh.fields
import whoosh.formats

from index.answer import FACETS, WHATS, What

fields: Any = whoosh.fields  # Whoosh is typed in part only
columns: Any = whoosh.columns
formats: Any = whoosh.formats
analysis: Any = whoosh.analysis

SCHEMA_VERSION = 4
"""Raised with every change of the fields or of what is put into them."""

PARTS = ("title", "head", "body")
FORM = "form"
"""The field of a view in which the words of all parts stand as they are written, folded and unstemmed."""

SEPARATOR = "\x1f"
"""Parts the values of a facet: the one character that no name holds (ASCII's unit separator)."""

WORDS = "words"
"""The field of the spelling list: the words of an owner stand at its first thing."""

STAMP = "stamp"
"""Value of ``what`` for the one document that carries the stamp of its commit."""


def text_field(what: What, part: str) -> str:
    return f"{what}_{part}"


def facet_field(name: str) -> str:
    return f"facet_{name}"


def schema() -> Any:
    """All fields as a `whoosh.fields.Schema`; what is not stored is searched or counted only."""
    terms = analysis.RegexTokenizer(r"\S+")
    facet = _whole_values(analysis.RegexTokenizer(f"[^{SEPARATOR}]+"))
    return fields.Schema(
        what=fields.ID(),
        key=fields.STORED(),
        owner=fields.ID(stored=True),
        language=fields.STORED(),
        lengths=fields.STORED(),
        stamp=fields.STORED(),
        ordinal=fields.COLUMN(columns.NumericColumn("i", default=0)),
        date=fields.COLUMN(columns.NumericColumn("i", default=0)),
        twin=fields.COLUMN(columns.NumericColumn("q", default=0)),
        **{WORDS: _whole_values(terms)},
        **{text_field(what, part): fields.TEXT(analyzer=terms) for what in WHATS for part in PARTS},
        **{text_field(what, FORM): _whole_values(terms) for what in WHATS},
        **{facet_field(name): facet for name in FACETS},
    )


def _whole_values(analyzer: Any) -> Any:
    """A field whose values are there or not, however often."""
    field = fields.KEYWORD()
    field.analyzer, field.format = analyzer, formats.Existence()
    return field


def fingerprint() -> str:
    return f"whoosh {'.'.join(map(str, whoosh.__version__))}; schema {SCHEMA_VERSION}"
