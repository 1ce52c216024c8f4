"""What a child process is asked to do, and what it answers."""

from __future__ import annotations

from corpus.model import Document, Standing, Value
from ingest.ocr import OcrLimits

CHANGED = "The file changed while it was being read; run the command again."


class Job(Value, frozen=True):
    """One file to read as the document ``doc``; limits in the units of the settings they come from."""

    path: str
    doc: str
    content_hash: str
    max_pages: int
    seconds: int
    memory_mb: int
    name: str = ""
    """The file's own name, where ``path`` does not tell it."""
    url: str = ""
    """Where the file was fetched from."""
    standing: Standing | None = None
    """The standing that the document's library card tells, where it does."""
    retold: bool = False
    """It only tells again what other documents say: none of its sentences is a statement of its own."""
    ocr: OcrLimits | None = None
    """How pages that are pictures are read, None where they are not."""


class MoreTime(Value, frozen=True, tag="more-time"):
    """A child's word that it needs so many seconds more; it is given no more than its job's limit for OCR."""

    seconds: int


class Outcome(Value, frozen=True, tag="outcome"):
    """A document, or the reason why there is none."""

    document: Document | None = None
    stage: str = ""
    reason: str = ""
    seconds: float = 0.0
