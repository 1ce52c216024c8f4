"""Which files there are, which document each becomes, and which need no reading."""

from __future__ import annotations

import hashlib
import os
import re
import stat
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path, PurePath
from typing import Literal

import msgspec

from corpus.catalogue import Catalogue
from corpus.catalogue.decisions import decisions
from corpus.errors import UsageError
from corpus.ids import slug
from corpus.model import IngestRecord, Value
from corpus.sensitivity import HIDING
from ingest.limits import MEGABYTE
from ingest.source import Source, written

CHUNK = 8 * MEGABYTE
NO_FILE = "is no file but a pipe, a socket or a device; name files only."
OF_THE_FOLDER = "describes its folder; name the file itself to read it."
_OF_THE_FOLDER = re.compile(
    r"(?:readme|licen[cs]e|copying|notice|changelog|contributing|authors|sha\d+sums|md5sums|checksums)"
    r"(?:[.][a-z]{2})?(?:[.](?:md|markdown|txt|rst|html?))?",
    re.IGNORECASE,
)
"""Names under which people tell of a folder, not of the field; a translation's has a language in it (README.fr.md)."""
LEFT_OUT = "removed by a curator: left out; --as reads it in under a new id"
WITHDRAWN = "withdrawn by a curator: left out; it does not come back under another id"
STAYS_OUT = {"withdrawn": "withdrawn, stays out", "curators": "for curators only, stays out"}
"""What is said of a document's file where its document is there, but shown to nobody."""


class Task(Value, frozen=True):
    """One input and what is to be done with it.

    ``read``: it becomes (a version of) ``doc``.  ``skip``: nothing changed.  ``same``: its bytes are ``doc``'s already.
    ``leave``: a person took ``doc`` out, as ``note`` says.  ``refuse``: it cannot be read, for ``reason``.
    """

    source: Source
    action: Literal["read", "skip", "same", "leave", "refuse"]
    doc: str = ""
    content_hash: str = ""
    reason: str = ""
    note: str = ""

    @property
    def input(self) -> str:
        return self.source.input


def files_in(paths: Iterable[Path]) -> tuple[list[Path], list[str]]:
    """The files that were named or lie in named folders, sorted within each, and what was left out and why.

    Links inside folders are not followed, so that a loop or a link out of the folder cannot be walked.  Hidden files
    are passed over without a word: programs leave them everywhere.  Files that describe the folder itself are left out.

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
            raise UsageError(f"There is no file or folder '{written(path)}'; check the spelling.")
    return list(found), left_out


def _walk(folder: Path, left_out: list[str]) -> Iterator[Path]:
    def unopened(error: OSError) -> None:
        where = written(Path(error.filename))
        left_out.append(f"{where} cannot be opened ({error.strerror}); check that you may read it.")

    for parent, folders, names in os.walk(Path(os.path.abspath(folder)), onerror=unopened):  # noqa: PTH100
        here = Path(parent)
        for name in [n for n in folders if (here / n).is_symlink()]:
            left_out.append(f"{written(here / name)} is a link to a folder; name that folder itself to read it.")
        folders[:] = sorted(n for n in folders if not n.startswith(".") and not (here / n).is_symlink())
        for name in sorted(names):
            file = here / name
            if name.startswith("."):
                continue
            if file.is_symlink():
                left_out.append(f"{written(file)} is a link; name the file itself to read it.")
            elif not file.is_file():
                left_out.append(f"{written(file)} {NO_FILE}")
            elif describes_its_folder(name):
                left_out.append(f"{written(file)} {OF_THE_FOLDER}")
            else:
                yield file


def describes_its_folder(name: str) -> bool:
    """Whether a file of this name tells of the files beside it: a README, a licence, a list of changes or checksums."""
    return _OF_THE_FOLDER.fullmatch(name) is not None


def hash_of(path: Path) -> str:
    """SHA-256 of a file, read piece by piece."""
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while piece := file.read(CHUNK):
            digest.update(piece)
    return digest.hexdigest()


def plan(
    sources: Sequence[Source],
    catalogue: Catalogue,
    *,
    tools: str,
    settings_hash: str,
    max_file_mb: int,
    as_id: str = "",
    retry_failed: bool = False,
) -> list[Task]:
    """What is to be done with each source.

    A file is skipped when its bytes, the tools and the settings are those of its last reading: a success stays as long
    as its document does, a failure is not tried again unless ``retry_failed``.  The file of a document that a person
    took out is left alone.

    Raises:
        UsageError: ``as_id`` with more than one file, or not a slug.
    """
    if as_id and (len(sources) != 1 or slug(as_id) != as_id):
        raise UsageError("--as names one document: give one file, and an id of lower-case letters, digits and hyphens.")
    last = {record.input: record for record in catalogue.ingest_records()}
    found = [_opened(source, max_file_mb) for source in sources]
    planner = _Planner(catalogue, as_id, found)
    tasks = []
    for task in found:
        record = last.get(task.input)
        key = (task.content_hash, tools, settings_hash)
        if task.action == "refuse" and (record is None or record.reason != task.reason):
            tasks.append(task)
        elif record and planner.stands(record) and _unchanged(record, key, retry_failed):
            tasks.append(msgspec.structs.replace(task, action="skip", doc=record.doc))
        elif task.action == "refuse":
            tasks.append(task)
        else:
            tasks.append(planner.planned(task))
    return [planner.with_what_stays_out(task) for task in tasks]


def _opened(source: Source, max_file_mb: int) -> Task:
    """The source with its hash, or refused."""
    task = Task(source=source, action="read")
    if source.reason:
        return msgspec.structs.replace(task, action="refuse", reason=source.reason)
    file = Path(source.path)
    try:
        known = file.stat()
        if not stat.S_ISREG(known.st_mode):  # reading a pipe or a device might never end
            return msgspec.structs.replace(task, action="refuse", reason=f"It {NO_FILE}")
        if known.st_size > max_file_mb * MEGABYTE:
            reason = f"The file is larger than {max_file_mb} MB; split it, or raise max_file_mb."
            return msgspec.structs.replace(task, action="refuse", reason=reason)
        return msgspec.structs.replace(task, content_hash=hash_of(file))
    except OSError as error:
        reason = f"The file cannot be opened ({error.strerror}); check that you may read it."
        return msgspec.structs.replace(task, action="refuse", reason=reason)


def _unchanged(record: IngestRecord, key: tuple[str, str, str], retry_failed: bool) -> bool:
    if record.stage == "interrupted" or (record.status == "failed" and retry_failed):
        return False
    return (record.content_hash, record.tools, record.settings_hash) == key


class _Planner:
    """Gives each file its document, never the same one to two different files."""

    def __init__(self, catalogue: Catalogue, as_id: str, found: Sequence[Task]) -> None:
        read = {e.card.id: e.content_hash for e in catalogue.entries() if e.version}
        self.as_id = as_id
        self.places: Mapping[str, str] = catalogue.locations()
        self.taken = set(read) | set(self.places.values())
        self.removed = catalogue.tombstones()
        self.removed_hashes = set(self.removed.values())
        self.hidden = {one.item: STAYS_OUT[one.level] for one in decisions(catalogue) if one.level in HIDING}
        self.withdrawn = {item for item, told in self.hidden.items() if told == STAYS_OUT["withdrawn"]}
        self.withdrawn_hashes = {known[doc] for known in (read, self.removed) for doc in self.withdrawn & set(known)}
        self.planned_docs: set[str] = set()
        # A document whose file has new bytes leaves its old ones: who moves them to another name keeps both.
        changing = {
            self.places.get(t.input, "") for t in found if t.content_hash != read.get(self.places.get(t.input, ""))
        }
        self.by_hash = {content_hash: doc for doc, content_hash in read.items() if doc not in changing}

    def stands(self, record: IngestRecord) -> bool:
        """Whether an input's last record still tells what it is: its document is there, and is (still) its own."""
        if self.as_id not in ("", record.doc):
            return False
        return record.status == "failed" or (
            record.doc not in self.removed and self.places.get(record.input) == record.doc
        )

    def planned(self, task: Task) -> Task:
        doc = self.places.get(task.input, "")
        removed = doc in self.removed or task.content_hash in self.removed_hashes
        if task.content_hash in self.withdrawn_hashes and (removed or self.as_id not in {"", *self.withdrawn}):
            return self._left(task, WITHDRAWN)
        if removed and not self.as_id:
            return self._left(task, LEFT_OUT)
        twin = self.by_hash.get(task.content_hash, "")
        if twin and not self.as_id and (twin != doc or twin in self.planned_docs):
            return msgspec.structs.replace(task, action="same", doc=twin, note=f"the same bytes as {twin}")
        note = ""
        if self.as_id:
            doc = self.as_id
        elif not doc or doc in self.planned_docs:
            doc, note = self._free(task.source.wanted or slug(PurePath(task.source.name).stem))
        self.taken.add(doc)
        self.planned_docs.add(doc)
        self.by_hash[task.content_hash] = doc
        return msgspec.structs.replace(task, doc=doc, note=note)

    def with_what_stays_out(self, task: Task) -> Task:
        """A task whose document a person hid says so; the file is read and kept as ever, and shown to nobody."""
        if task.action not in ("read", "skip", "same") or task.doc not in self.hidden:
            return task
        return msgspec.structs.replace(task, note="; ".join(filter(None, (task.note, self.hidden[task.doc]))))

    def _left(self, task: Task, note: str) -> Task:
        """A file of what a person took out: no failure of its folder's run, but of one that asks for it by name."""
        if self.as_id:
            return msgspec.structs.replace(task, action="refuse", reason=f"It was {note}.")
        doc = self.places.get(task.input) or next((d for d, h in self.removed.items() if h == task.content_hash), "")
        return msgspec.structs.replace(task, action="leave", doc=doc, note=note)

    def _free(self, wanted: str) -> tuple[str, str]:
        doc, nth = wanted, 1
        while doc in self.taken:
            nth += 1
            doc = f"{wanted}-{nth}"
        return doc, "" if nth == 1 else f"the id {wanted} is taken; this document is {doc}"
