"""A request that reads looks the catalogue's state up once; the next one sees what was decided since."""

from __future__ import annotations

import pytest
from web_samples import keep_evil

from corpus.catalogue import Catalogue, CatalogueWriter, Published
from corpus.catalogue.published import one_state
from corpus.home import Home
from webapp import create_app


@pytest.fixture
def looked(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """How often a revision was looked up."""
    found: list[str] = []
    really = Catalogue.revision

    def revision(self: Catalogue) -> int:
        found.append(self.url)
        return really(self)

    monkeypatch.setattr(Catalogue, "revision", revision)
    return found


def test_a_page_looks_the_revision_up_once(fresh_home: Home, looked: list[str]) -> None:
    """A page of a document once looked it up fifteen times, a fifth of its work."""
    client = create_app(keep_evil(fresh_home)).test_client()
    for address in ("/", "/documents/evil", "/documents/evil/pages/1", "/search?q=guardians"):
        client.get(address)
        looked.clear()
        assert client.get(address).status_code == 200
        assert len(looked) == 1, address


def test_what_is_decided_is_seen_by_the_next_request(fresh_home: Home) -> None:
    """Within one state nothing changes; after it what was removed is gone, from lists that were kept too."""
    shown = Published(keep_evil(fresh_home).catalogue_url)
    with one_state():
        before = shown.document_ids()
        with fresh_home.writing(), CatalogueWriter(fresh_home.catalogue_url) as writer:
            writer.remove("evil")
        assert shown.document_ids() == before
    assert "evil" in before
    assert "evil" not in shown.document_ids()
