"""What a child process is asked to do, and what it answers."""

from __future__ import annotations

import hashlib
import platform
from functools import cache
from importlib.metadata import version
from pathlib import Path

from corpus import VERSION
from corpus.model import Document, Standing, Value
from ingest.ocr import OcrLimits
from ingest.ocr import version as tesseract_version

READING_LIBRARIES = ("pypdf", "pypdfium2", "selectolax", "Markdown", "spacy", "PyStemmer", "py3langid")
"""The libraries whose version can change what a reading gives."""


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


@cache
def tools() -> str:
    """The program's and its reading libraries' versions, and a hash over the vocabularies that tags come from."""
    names = [f"fingerpost {VERSION}", f"python {platform.python_version()}"]
    names += [f"{name} {version(name)}" for name in READING_LIBRARIES]
    names += [f"tesseract {tesseract_version()}"] if tesseract_version() else []
    return ", ".join([*names, f"rules {rules_hash()}"])


@cache
def rules_hash() -> str:
    """A short hash over everything in this room and the vocabularies: a changed rule re-reads what it could change."""
    import corpus

    here = Path(__file__).parent
    files = sorted(here.rglob("*.py")) + sorted((Path(corpus.__file__).parent / "vocabulary").glob("*.toml"))
    digest = hashlib.sha256()
    for file in files:
        digest.update(file.name.encode() + file.read_bytes())
    return digest.hexdigest()[:12]
