"""Pages that describe one practice in labelled fields: the page's words as a `Practice`, each in its field.

A template is known by its labels, never by a file's name, so that a page that was printed to PDF or saved as Word or
Markdown is read like the page itself.  `read` gives the practices and the document's card as the page tells it.
"""

from __future__ import annotations

from ingest.templates.page import PracticePage, read

__all__ = ["PracticePage", "read"]
