"""The pages, one module for each kind."""

from webapp.pages import (
    about,
    cite,
    collections,
    curator,
    digest,
    documents,
    evidence,
    exports,
    feeds,
    glossary,
    home,
    notes,
    pictures,
    practices,
    quality,
    quotations,
    search,
    suggestions,
    topics,
)

BLUEPRINTS = (
    home.blueprint,
    search.blueprint,
    exports.blueprint,
    feeds.blueprint,
    digest.blueprint,
    documents.blueprint,
    pictures.blueprint,
    quotations.blueprint,
    practices.blueprint,
    notes.blueprint,
    topics.blueprint,
    evidence.blueprint,
    glossary.blueprint,
    cite.blueprint,
    collections.blueprint,
    about.blueprint,
    quality.blueprint,
    suggestions.blueprint,
    curator.blueprint,
)

__all__ = ["BLUEPRINTS"]
