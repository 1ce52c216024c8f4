"""The arrows of the house: who may import whom."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
ROOMS = ("corpus", "ingest", "index", "webapp", "cli")
MAY_IMPORT = {
    "corpus": {"corpus"},
    "ingest": {"corpus", "ingest"},
    "index": {"corpus", "index"},
    "webapp": {"corpus", "index", "webapp"},
    "cli": set(ROOMS),
}
READERS = {"spacy", "pypdf", "pypdfium2"}


def imports_of(file: Path) -> set[str]:
    """The dotted names that a module imports, wherever in it."""
    names = set()
    for node in ast.walk(ast.parse(file.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            names.add(node.module)
    return names


@pytest.mark.parametrize("room", ROOMS)
def test_arrows_go_one_way(room: str) -> None:
    """A room imports only the rooms that come before it on data's way."""
    wrong = {
        f"{file.relative_to(ROOT)} imports {name}"
        for file in (ROOT / room).rglob("*.py")
        for name in imports_of(file)
        if name.partition(".")[0] in ROOMS and name.partition(".")[0] not in MAY_IMPORT[room]
    }
    assert not wrong


def test_whoosh_stays_in_its_engine() -> None:
    """Whoosh is imported nowhere but in index/whoosh_engine, so that a second engine can stand beside it."""
    users = {
        str(file.relative_to(ROOT).parent)
        for room in ROOMS
        for file in (ROOT / room).rglob("*.py")
        if any(name.partition(".")[0] == "whoosh" for name in imports_of(file))
    }
    assert users == {"index/whoosh_engine"}


@pytest.mark.parametrize(
    ("module", "unwanted"),
    [
        ("webapp", READERS | {"ingest"}),
        ("webapp.server", READERS | {"ingest"}),
        ("index.library", READERS | {"ingest", "webapp", "flask"}),
        ("corpus.catalogue", READERS | {"ingest", "index", "webapp", "whoosh", "flask"}),
        ("cli.main", READERS | {"ingest", "index", "webapp", "whoosh", "flask", "sqlalchemy"}),
    ],
)
@pytest.mark.slow
def test_a_process_loads_no_more_than_it_needs(module: str, unwanted: set[str]) -> None:
    """Importing a room's face does not pull in what belongs to another process."""
    code = f"import sys, {module}; print(*sorted({{name.partition('.')[0] for name in sys.modules}}))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=ROOT, check=True)
    assert not set(done.stdout.split()) & unwanted


def test_modules_stay_readable() -> None:
    """A module is one noun of the field: under about 400 lines."""
    long = {
        str(file.relative_to(ROOT)): lines
        for room in (*ROOMS, "bench")
        for file in (ROOT / room).rglob("*.py")
        if (lines := len(file.read_text("utf-8").splitlines())) > 420
    }
    assert not long
