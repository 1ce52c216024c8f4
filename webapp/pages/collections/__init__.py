"""Collections: what somebody gathers for a course or a brief, under an address to edit it and one to read it.

Nobody has an account and no cookie is set: who knows an address has what it opens.  Nothing lists collections, and
their pages tell no other site, and no search engine, where they are.
"""

from webapp.pages.collections import adding, editing, reading
from webapp.pages.collections.frame import blueprint

__all__ = ["adding", "blueprint", "editing", "reading"]
