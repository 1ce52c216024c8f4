"""Documents that earlier rules read are named, and read again from their kept originals."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from alembic import command
from click.testing import Result
from sqlalchemy import create_engine

from corpus.catalogue import Catalogue, Published
from corpus.catalogue.database import CATALOGUE, _config
from corpus.home import Home

pytestmark = pytest.mark.slow

REPORT = """# Harbour shelters: final evaluation

## Findings

Guardians should be appointed within five days. The houses worked best where a guardian came within a week of arrival.

## Annex 2: List of persons interviewed

- Juana Ejemplarez, Director, Quiet Shore
- Erik Beispielmann, Guardian, Harbour Society
"""

Cli = Callable[..., Result]


def make_old(home: Home) -> None:
    """Bring a home to what a version before private lists left behind: their marks and tables, another tools' name."""
    engine = create_engine(home.catalogue_url)  # without foreign keys, which a table's downgrade would break
    with engine.begin() as connection:
        connection.exec_driver_sql("UPDATE versions SET tools = 'fingerpost 0.0.9'")
        connection.exec_driver_sql("UPDATE ingest_records SET tools = 'fingerpost 0.0.9'")
        connection.exec_driver_sql("UPDATE pages SET blocks = replace(blocks, ',\"private\":true', '')")
        command.downgrade(_config(CATALOGUE, connection), "0002")
    engine.dispose()


def shown(home: Home) -> str:
    with Published(home.catalogue_url) as catalogue:
        return "\n".join(page.text for page in catalogue.pages("harbour"))


def test_a_home_from_before_private_lists_is_named_and_mended(
    fresh_home: Home, tmp_path: Path, fingerpost: Cli
) -> None:
    """The upgrade alone would show its interviewees: check and status name it, rebuild reads it without the file."""
    file = tmp_path / "harbour.md"
    file.write_text(REPORT, "utf-8")
    assert fingerpost("ingest", str(file), home=fresh_home.path).exit_code == 0
    assert "Ejemplarez" not in shown(fresh_home)
    make_old(fresh_home)
    file.unlink()
    assert fingerpost("rebuild", "--index-only", home=fresh_home.path).exit_code == 0
    assert "Ejemplarez" in shown(fresh_home)
    assert json.loads(fingerpost("status", "--json", home=fresh_home.path).stdout)["outdated"] == ["harbour"]
    for verb in ("status", "check"):
        told = fingerpost(verb, home=fresh_home.path)
        assert told.exit_code == 0
        assert "settings than the present ones: harbour." in told.stdout
        assert "'fingerpost rebuild' reads them again" in told.stdout
    assert fingerpost("rebuild", home=fresh_home.path).exit_code == 0
    assert "Ejemplarez" not in shown(fresh_home)
    assert not json.loads(fingerpost("search", "Ejemplarez", "--json", home=fresh_home.path).stdout)["hits"]
    assert "present ones" not in fingerpost("check", home=fresh_home.path).stdout
    with Catalogue(fresh_home.catalogue_url) as catalogue:
        assert catalogue.locations() == {str(file): "harbour"}
        before = catalogue.entry("harbour").version
    assert fingerpost("rebuild", home=fresh_home.path).exit_code == 0
    with Catalogue(fresh_home.catalogue_url) as catalogue:
        assert catalogue.entry("harbour").version == before, "what the present rules read is not read again"


def test_an_original_that_cannot_be_read_any_more_leaves_its_document(
    fresh_home: Home, tmp_path: Path, fingerpost: Cli
) -> None:
    """An original that was damaged on disk: its document stays as it was read, the failure is said."""
    (fresh_home.path / "settings.toml").write_text("child_seconds = 50\n", "utf-8")
    small = tmp_path / "note.md"
    small.write_text("# Note\n\nA guardian should be appointed within five days.\n", "utf-8")
    assert fingerpost("ingest", str(small), home=fresh_home.path).exit_code == 0
    with Catalogue(fresh_home.catalogue_url) as catalogue:
        original = Home(fresh_home.path).original(catalogue.entry("note").content_hash)
    original.write_bytes(b"other bytes than the hash says")
    (fresh_home.path / "settings.toml").write_text("child_seconds = 51\n", "utf-8")
    result = fingerpost("rebuild", home=fresh_home.path)
    assert result.exit_code == 1
    assert "failed: The file changed" in result.stdout
    with Catalogue(fresh_home.catalogue_url) as catalogue:
        assert len(catalogue.passages("note")) == 1
