"""The web front end: pages that open at the sentence, and a JSON API over the same answers.

A request goes `app.create_app` → a blueprint in `pages/` or `api/` → `knowledge.Knowledge` (search, catalogue, counts)
→ a template.  `address` reads and writes the address bar, `present` and `reading` decide what is shown, `headers` and
`problems` see to every response.  Nothing here loads spaCy or a PDF library, and nothing
writes.
"""

from webapp.app import create_app

__all__ = ["create_app"]
