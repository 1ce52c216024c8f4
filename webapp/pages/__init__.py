"""The pages, one module for each kind."""

from webapp.pages import about, cite, documents, home, pictures, practices, quality, quotations, search, themes

BLUEPRINTS = (
    home.blueprint,
    search.blueprint,
    documents.blueprint,
    pictures.blueprint,
    quotations.blueprint,
    practices.blueprint,
    themes.blueprint,
    cite.blueprint,
    about.blueprint,
    quality.blueprint,
)

__all__ = ["BLUEPRINTS"]
