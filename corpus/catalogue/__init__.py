"""The catalogue: the truth of a knowledge base, in one SQLite database.

`Catalogue` reads; `CatalogueWriter` also writes and is opened by the holder of the home's lock only.
"""

from corpus.catalogue.database import open_engine, upgrade
from corpus.catalogue.reader import Catalogue
from corpus.catalogue.writer import CatalogueWriter

__all__ = ["Catalogue", "CatalogueWriter", "open_engine", "upgrade"]
