"""The machine-readable surface: search as JSON, and a sign of life."""

from webapp.api import health, search

BLUEPRINTS = (search.blueprint, health.blueprint)

__all__ = ["BLUEPRINTS"]
