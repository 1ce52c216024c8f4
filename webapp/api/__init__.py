"""The machine-readable surface: search and completion as JSON, and a sign of life."""

from webapp.api import health, search, suggest

BLUEPRINTS = (search.blueprint, suggest.blueprint, health.blueprint)

__all__ = ["BLUEPRINTS"]
