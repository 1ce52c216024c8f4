"""What a document says: recommendations, lessons, good practices, challenges, results, each an exact quotation."""

from __future__ import annotations

from ingest.statements.extraction import extract

__all__ = ["extract"]
