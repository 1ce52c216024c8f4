"""The curators' view: what came in and failed, uploads, corrections, decisions, reviews, and what is missing.

`door` lets curators in and holds the blueprint, `nav` is the table of its pages; each other module is one of them.
Nothing here writes to the catalogue: pages queue jobs, and the one writer (``fingerpost work``) takes them.
"""

from webapp.pages.curator import gaps, links, overview, reviews  # every module registers its pages on the blueprint
from webapp.pages.curator.door import blueprint, require_curator

__all__ = ["blueprint", "gaps", "links", "overview", "require_curator", "reviews"]
