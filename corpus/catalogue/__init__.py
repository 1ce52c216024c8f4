"""The catalogue: the truth of a knowledge base, in one SQLite database.

`Catalogue` reads; `CatalogueWriter` also writes and is opened by the holder of the home's lock only.
`Published` reads what may be shown: whoever answers to others reads through it.
"""

from corpus.catalogue.database import open_engine, upgrade
from corpus.catalogue.published import Published
from corpus.catalogue.reader import Catalogue
from corpus.catalogue.writer import CatalogueWriter

__all__ = ["Catalogue", "CatalogueWriter", "Published", "open_engine", "upgrade"]
