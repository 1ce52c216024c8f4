"""Which files there are, which document each becomes, and which need no reading."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Literal

from corpus.catalogue import Catalogue
from corpus.errors import UsageError
from corpus.ids import slug
from corpus.model import IngestRecord, Value

MEGABYTE = 1024 * 1024
CHUNK = 8 * MEGABYTE
REMOVED = "This document was removed from the knowledge base; read it in under a new id with --as to bring it back."


class Task(Value, frozen=True):
    """One input and what is to be done with it.

    ``read``: it becomes (a version of) ``doc``.  ``skip``: nothing changed.  ``same``: its bytes are ``doc``'s already.
    ``refuse``: it cannot be read, for ``reason``.
    """

    input: str
    action: Literal["read", "skip", "same", "refuse"]
    doc: str = ""
    content_hash: str = ""
    reason: str = ""
    note: str = ""


def files_in(paths: Iterable[Path]) -> tuple[list[Path], list[str]]:
    """The files that were named or lie in named folders, sorted within each, and what was left out and why.

    Links inside folders are not followed, so that a loop or a link out of the folder cannot be walked; hidden files
    are left out.

    Raises:
        UsageError: a named path does not exist.
    """
    found: dict[Path, None] = {}
    left_out: list[str] = []
    for path in paths:
        if path.is_dir():
            for file in _walk(path, left_out):
                found[file] = None
        elif path.exists():
            found[Path(os.path.abspath(path))] = None  # noqa: PTH100 - resolve() would follow a link the user named
        else:
            raise UsageError(f"There is no file or folder {str(path)!r}; check the spelling.")
    return list(found), left_out


def _walk(folder: Path, left_out: list[str]) -> Iterator[Path]:
    for parent, folders, names in os.walk(Path(os.path.abspath(folder))):  # noqa: PTH100
        here = Path(parent)
        for name in [n for n in folders if (here / n).is_symlink()]:
            left_out.append(f"{here / name} is a link to a folder; name that folder itself to read it.")
        folders[:] = sorted(n for n in folders if not n.startswith(".") and not (here / n).is_symlink())
        for name in sorted(names):
            file = here / name
            if name.startswith("."):
                continue
            if file.is_symlink():
                left_out.append(f"{file} is a link; name the file itself to read it.")
            elif file.is_file():
                yield file


def hash_of(path: Path) -> str:
    """SHA-256 of a file, read piece by piece."""
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while piece := file.read(CHUNK):
            digest.update(piece)
    return digest.hexdigest()


def plan(
    files: Sequence[Path],
    catalogue: Catalogue,
    *,
    tools: str,
    settings_hash: str,
    max_file_mb: int,
    as_id: str = "",
    retry_failed: bool = False,
) -> list[Task]:
    """What is to be done with each file.

    A file is skipped when its bytes, the tools and the settings are those of its last reading: a success stays, a
    failure is not tried again unless ``retry_failed``.

    Raises:
        UsageError: ``as_id`` with more than one file, or not a slug.
    """
    if as_id and (len(files) != 1 or slug(as_id) != as_id):
        raise UsageError("--as names one document: give one file, and an id of lower-case letters, digits and hyphens.")
    last = {record.input: record for record in catalogue.ingest_records()}
    planner = _Planner(catalogue, as_id)
    tasks = []
    for file in files:
        location = str(file)
        try:
            size = file.stat().st_size
            content_hash = hash_of(file) if size <= max_file_mb * MEGABYTE else ""
        except OSError as error:
            reason = f"The file cannot be opened ({error.strerror}); check that you may read it."
            tasks.append(Task(input=location, action="refuse", reason=reason))
            continue
        if not content_hash:
            reason = f"The file is larger than {max_file_mb} MB; split it, or raise max_file_mb."
            tasks.append(Task(input=location, action="refuse", reason=reason))
            continue
        record = last.get(location)
        key = (content_hash, tools, settings_hash)
        if record and as_id in ("", record.doc) and _unchanged(record, key, retry_failed):
            tasks.append(Task(input=location, action="skip", doc=record.doc, content_hash=content_hash))
        else:
            tasks.append(planner.task(location, file.stem, content_hash))
    return tasks


def _unchanged(record: IngestRecord, key: tuple[str, str, str], retry_failed: bool) -> bool:
    if record.stage == "interrupted" or (record.status == "failed" and retry_failed):
        return False
    return (record.content_hash, record.tools, record.settings_hash) == key


class _Planner:
    """Gives each file its document, never the same one to two different files."""

    def __init__(self, catalogue: Catalogue, as_id: str) -> None:
        entries = catalogue.entries()
        self.as_id = as_id
        self.places: Mapping[str, str] = catalogue.locations()
        self.taken = {e.card.id for e in entries if e.version} | set(self.places.values())
        self.by_hash = {e.content_hash: e.card.id for e in entries if e.version}
        self.removed = catalogue.tombstones()
        self.removed_hashes = set(self.removed.values())
        self.planned: set[str] = set()

    def task(self, location: str, stem: str, content_hash: str) -> Task:
        doc = self.places.get(location, "")
        if not self.as_id and (doc in self.removed or content_hash in self.removed_hashes):
            return Task(input=location, action="refuse", content_hash=content_hash, reason=REMOVED)
        twin = self.by_hash.get(content_hash, "")
        if twin and not self.as_id and (twin != doc or twin in self.planned):
            note = f"the same bytes as {twin}"
            return Task(input=location, action="same", doc=twin, content_hash=content_hash, note=note)
        note = ""
        if self.as_id:
            doc = self.as_id
        elif not doc:
            doc, note = self._free(slug(stem))
        self.taken.add(doc)
        self.planned.add(doc)
        self.by_hash[content_hash] = doc
        return Task(input=location, action="read", doc=doc, content_hash=content_hash, note=note)

    def _free(self, wanted: str) -> tuple[str, str]:
        doc, nth = wanted, 1
        while doc in self.taken:
            nth += 1
            doc = f"{wanted}-{nth}"
        return doc, "" if nth == 1 else f"the id {wanted} is taken; this document is {doc}"
