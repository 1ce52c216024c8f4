"""What a file's skip key covers: everything that a reading used."""

from __future__ import annotations

import json
import subprocess
import sys
from importlib.metadata import packages_distributions, requires
from pathlib import Path
from typing import Any

import pytest
from making import AGENCY_PAGE, REPORT, write_report

from ingest import tools

BROUGHT_ALONG = {"pillow", "click", "rich", "cryptography"}
"""What spaCy and pypdf load for themselves; no reader or rule of ours imports it."""

WATCHED_READING = """
import hashlib, json, os, sys
opened = set()
def watch(event, args):
    if event == "open" and isinstance(args[0], (str, os.PathLike)):
        opened.add(os.fspath(args[0]))
sys.addaudithook(watch)
from ingest import child
from ingest.job import Job
child.warm()
before = set(sys.modules)
for path in sys.argv[1:]:
    data = open(path, "rb").read()
    content_hash = hashlib.sha256(data).hexdigest()
    child.document(Job(path=path, doc="one", content_hash=content_hash, max_pages=9, seconds=60, memory_mb=500))
modules = {name: getattr(module, "__file__", None) for name, module in list(sys.modules.items())}
print(json.dumps({"opened": sorted(opened), "modules": modules, "late": sorted(set(sys.modules) - before)}))
"""


@pytest.fixture(scope="module")
def used(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """The modules loaded and files opened by a process that read a PDF, a page, a note and a text."""
    folder = tmp_path_factory.mktemp("read")
    (folder / "page.html").write_text(AGENCY_PAGE, "utf-8")
    (folder / "note.md").write_text("---\ntitle: A note\n---\n# Note\n\nKenya appointed a guardian at once.\n", "utf-8")
    (folder / "plain.txt").write_text("Guardians\n\nA guardian should be appointed at once in Kenya.\n", "utf-8")
    files = [write_report(folder / "report.pdf", REPORT), *sorted(folder.glob("*.[hmt]*"))]
    command = [sys.executable, "-c", WATCHED_READING, *map(str, files)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    told: dict[str, Any] = json.loads(done.stdout)
    return told


@pytest.mark.slow
def test_every_file_of_ours_that_a_reading_used_is_in_the_key(used: dict[str, Any]) -> None:
    """Code and data: what a reading imported or opened in our packages is hashed."""
    homes = tuple(tools.ROOMS.values())
    touched = {Path(f) for f in [*used["opened"], *filter(None, used["modules"].values())]}
    ours = {f for f in touched if any(home in f.parents for home in homes) and f.suffix != ".pyc" and f.is_file()}
    assert {f.suffix for f in ours} == {".py", ".toml", ".npz"}
    assert ours <= set(tools.reach().files)


@pytest.mark.slow
def test_every_library_that_a_reading_used_is_in_the_key(used: dict[str, Any]) -> None:
    """Of the libraries that Fingerpost asks for, those that were loaded are named with their version."""
    declared = {need.split(">")[0].split("=")[0].strip().casefold() for need in requires("fingerpost") or ()}
    known = packages_distributions()
    loaded = {library.casefold() for name in used["modules"] for library in known.get(name, ())}
    named = {library.casefold() for library in tools.reach().libraries}
    assert (loaded & declared) - BROUGHT_ALONG <= named
    assert {"countryinfo", "pypdf", "spacy"} <= named


def test_a_changed_rule_changes_the_key(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A word more in a vocabulary, or a line more in a module that only another room's module imports."""
    before = tools.rules_hash()
    read = Path.read_bytes
    for changed in ("places.py", "themes.toml"):
        more = {changed: b"\n# one more\n"}
        with monkeypatch.context() as patch:
            patch.setattr(Path, "read_bytes", lambda file, more=more: read(file) + more.get(file.name, b""))
            assert tools.rules_hash.__wrapped__() != before


@pytest.mark.slow
def test_a_child_finds_everything_loaded(used: dict[str, Any]) -> None:
    """What a reading imports was imported before the children are forked: a small note cost a second before it was."""
    assert [name for name in used["late"] if not name.startswith("encodings.")] == []
