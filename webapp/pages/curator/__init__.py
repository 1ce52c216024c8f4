"""The curators' view: what came in and failed, uploads, corrections, decisions, reviews, and what is missing.

`door` lets curators in and holds the blueprint, `nav` is the table of its pages; each other module is one of them.
Nothing here writes to the catalogue: pages queue jobs, and the one writer (``fingerpost work``) takes them.
"""

from webapp.pages.curator import (  # every module registers its pages on the blueprint
    contributions,
    gaps,
    items,
    links,
    log,
    overview,
    readings,
    reviews,
    uploads,
)
from webapp.pages.curator.door import blueprint, require_curator

__all__ = [
    "blueprint",
    "contributions",
    "gaps",
    "items",
    "links",
    "log",
    "overview",
    "readings",
    "require_curator",
    "reviews",
    "uploads",
]
