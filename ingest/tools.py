"""What reads: everything that can change what a reading gives, as one line of text.

A file is skipped only while this line is what it was, so it must leave nothing out.  It is worked out from the code
itself: the modules that a child process may import, what they import in their turn, the libraries among these, and the
data files beside them.
"""

from __future__ import annotations

import ast
import hashlib
import platform
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.metadata import packages_distributions, version
from pathlib import Path

import corpus
import ingest
from ingest.ocr import version as tesseract_version

ROOMS = {room.__name__: Path(room.__file__ or "").parent for room in (corpus, ingest)}
"""The packages of ours that a reading may use, and where they are."""

BEGIN = ("ingest.child", "ingest.preload")
"""Where a child process begins."""

DATA = ("vocabulary/*.toml", "statements/*.toml", "statements/*.npz")
"""The files of these packages that their modules read while they read a document."""


@dataclass(frozen=True)
class Reach:
    """The source files and data files that a reading may use, and the libraries by their distributions' names."""

    files: tuple[Path, ...]
    libraries: tuple[str, ...]


@cache
def tools() -> str:
    """The versions of the program, Python, the libraries and Tesseract, and a hash over our own rules."""
    names = [f"fingerpost {corpus.VERSION}", f"python {platform.python_version()}"]
    names += [f"{name} {version(name)}" for name in reach().libraries]
    names += [f"tesseract {tesseract_version()}"] if tesseract_version() else []
    return ", ".join([*names, f"rules {rules_hash()}"])


@cache
def rules_hash() -> str:
    """A short hash over every file of ours that a reading may use: a changed rule re-reads what it could change."""
    digest = hashlib.sha256()
    for file in reach().files:
        digest.update(file.name.encode() + file.read_bytes())
    return digest.hexdigest()[:12]


@cache
def reach() -> Reach:
    """Everything that a child process may import, followed from its first module through every import statement."""
    waiting, ours, foreign = list(BEGIN), dict[str, Path](), set[str]()
    while waiting:
        name = waiting.pop()
        if name.partition(".")[0] not in ROOMS:
            foreign.add(name.partition(".")[0])
        elif name not in ours and (file := _file_of(name)):
            ours[name] = file
            waiting += [name.rpartition(".")[0]] if "." in name else []
            waiting += _imports(file)
    data = {file for folder in ROOMS.values() for pattern in DATA for file in folder.glob(pattern)}
    known = packages_distributions()
    libraries = {library for module in foreign for library in known.get(module, ())}
    return Reach(files=tuple(sorted({*ours.values(), *data})), libraries=tuple(sorted(libraries, key=str.casefold)))


def _file_of(module: str) -> Path | None:
    """The source file of a module of ours; None for a name that is none (a function that was imported from one)."""
    room, _, rest = module.partition(".")
    place = ROOMS[room].joinpath(*rest.split(".")) if rest else ROOMS[room]
    return next((f for f in (place / "__init__.py", place.with_suffix(".py")) if f.is_file()), None)


def _imports(file: Path) -> Iterator[str]:
    """Every name that a file imports, wherever in it; what is imported from a package of ours may be a module."""
    for node in ast.walk(ast.parse(file.read_bytes())):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module
            if node.module.partition(".")[0] in ROOMS:
                yield from (f"{node.module}.{alias.name}" for alias in node.names)
