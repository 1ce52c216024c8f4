"""Pages in English, French, Spanish and Arabic: their addresses, their words, their direction."""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient

from corpus.home import Home
from webapp import create_app, languages


@pytest.fixture(scope="module")
def web(home: Home) -> FlaskClient:
    """The small home's pages."""
    return create_app(home).test_client()


def test_language_is_a_prefix_of_the_address(web: FlaskClient) -> None:
    """A prefixed address is the same page; its links keep the prefix, files and the API have none."""
    page = web.get("/ar/about?x=1")
    assert page.status_code == 200
    assert page.headers["Content-Language"] == "ar"
    assert 'href="/ar/themes"' in page.text
    assert 'href="/static/' in page.text
    assert '"/ar/static' not in page.text
    assert web.get("/ar/static/fingerpost.css").status_code == web.get("/ar/api/v1/search").status_code == 404
    assert web.get("/ar").status_code == web.get("/ar/").status_code == 200
    assert web.get("/arabic").status_code == 404


def test_words_outside_a_request_are_english() -> None:
    """Messages can be made anywhere; placeholders are filled, plurals follow the number."""
    assert languages.gettext("%(n)s of %(all)s", n=1, all=2) == "1 of 2"
    assert languages.ngettext("%(n)s page", "%(n)s pages", 1) == "1 page"
    assert languages.ngettext("%(n)s page", "%(n)s pages", 3) == "3 pages"
    assert str(languages.lazy_gettext("Themes")) == languages.N_("Themes") == "Themes"
