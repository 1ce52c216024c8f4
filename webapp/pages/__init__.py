"""The pages, one module for each kind."""

from webapp.pages import about, cite, documents, home, practices, quotations, search, themes

BLUEPRINTS = (
    home.blueprint,
    search.blueprint,
    documents.blueprint,
    quotations.blueprint,
    practices.blueprint,
    themes.blueprint,
    cite.blueprint,
    about.blueprint,
)

__all__ = ["BLUEPRINTS"]
