"""What every reader returns: a file's pages as blocks, and what the file says of itself."""

from __future__ import annotations

import msgspec

from corpus.model import Page, Value


class Reading(Value, frozen=True):
    """One file as its reader saw it.

    ``pages`` hold page-true blocks with headings already levelled (1–6); a format without pages gives one page whose
    number is None.  ``title``, ``authors``, ``organisations``, ``publisher``, ``date`` and ``url`` are what the file
    says and the reader trusts, blank where it does not.  ``metadata`` keeps the raw key–value pairs (strings).
    ``language`` is what the file declares, blank where it does not.  ``warnings`` are sentences for the curator.
    """

    media: str
    pages: tuple[Page, ...]
    title: str = ""
    authors: tuple[str, ...] = ()
    organisations: tuple[str, ...] = ()
    publisher: str = ""
    date: str = ""
    url: str = ""
    summary: str = ""
    document_type: str = ""
    language: str = ""
    metadata: dict[str, str] = msgspec.field(default_factory=dict)
    warnings: tuple[str, ...] = ()
