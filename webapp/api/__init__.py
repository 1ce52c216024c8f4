"""The machine-readable surface, all for reading: what each module declares (`operations`) is served and described.

The order of the imports is that of the description.
"""

from webapp.api import search, documents, statements, practices, topics, citations, news, withdrawn  # isort: skip
from webapp.api import health, operations, page

BLUEPRINTS = (operations.blueprint, page.blueprint, health.blueprint)

__all__ = ["BLUEPRINTS", "citations", "documents", "news", "practices", "search", "statements", "topics", "withdrawn"]
