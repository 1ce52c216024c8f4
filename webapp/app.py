"""The application: one factory; tests and production differ by what they give it."""

from __future__ import annotations

from collections.abc import Mapping
from copy import copy
from typing import Any

import msgspec
from flask import Flask
from jinja2 import StrictUndefined

from corpus.errors import UsageError
from corpus.home import Home
from corpus.settings import Settings
from webapp import explaining, forms, headers, languages, limits, pinning, present, problems, tongues, words
from webapp.api import BLUEPRINTS as API
from webapp.knowledge import EXTENSION, Knowledge, knowledge
from webapp.pages import BLUEPRINTS as PAGES

HOME = "home"


def create_app(config: Home | Mapping[str, Any]) -> Flask:
    """The web application over one home.

    ``config`` is the home itself, or a mapping with ``home`` (its folder; where none is given, the one that the command
    line finds) and settings that overrule the home's own:

        create_app({"home": "var", "public_url": "https://practice.example.org"})

    Raises:
        UsageError: a setting is unknown or does not fit.
        CatalogueMismatch: the catalogue's tables are not this version's.
    """
    app = languages.Application(__name__)
    # Nothing redirects: a redirect would repeat the name of the host that the client claims to have asked.
    app.url_map.merge_slashes = app.url_map.strict_slashes = False
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    app.jinja_env.undefined = StrictUndefined
    home = _read(config)
    app.extensions[EXTENSION] = Knowledge(home)
    app.jinja_env.globals["search_ready"] = lambda: knowledge().ready
    languages.install(app)
    present.install(app)
    words.install(app)
    tongues.install(app)
    explaining.install(app)
    headers.install(app)
    limits.install(app, home.settings)
    pinning.install(app)
    forms.install(app, home.settings.public_url)
    problems.install(app)
    for blueprint in (*PAGES, *API):
        app.register_blueprint(blueprint)
    return app


def _read(config: Home | Mapping[str, Any]) -> Home:
    """The home that is meant, with the settings that the caller gave in place of its own."""
    if isinstance(config, Home):
        return config
    given = config.get(HOME)
    home = copy(given) if isinstance(given, Home) else Home.find(given)
    told = {**msgspec.structs.asdict(home.settings), **{name: value for name, value in config.items() if name != HOME}}
    try:
        home.settings = msgspec.convert(told, Settings)
    except msgspec.ValidationError as error:
        raise UsageError(f"The web application's settings do not fit: {error}. See docs/settings.md.") from error
    return home
