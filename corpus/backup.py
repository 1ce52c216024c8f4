"""A home as one file that can be carried away and put back: catalogue, what people left, originals and settings, each
with its hash.

BACKUP.zip
  manifest.json     what is in it, with sizes and SHA-256
  catalogue.db      a copy that SQLite made of itself, whole whatever was being written
  people.db         another such copy, where people left anything (from form 2 on)
  settings.toml     where there is one
  records/….md      practice records of the home's own
  originals/ab/…    the files as they came

What is derived (index, vectors, pictures) is left out: it is made again.
"""

from __future__ import annotations

import hashlib
import lzma
import re
import shutil
import sqlite3
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import IO

import msgspec
from sqlalchemy import Connection

from corpus import VERSION, own_records, settings
from corpus.catalogue import database
from corpus.errors import FingerpostError, UsageError
from corpus.home import UNFINISHED, Home
from corpus.model import Value
from corpus.people.database import TABLES, People
from corpus.people.restoring import TakenBack, keep_taken_back, put

FORM = 2
"""Raised when the layout of the file changes in a way that older versions cannot read."""
MANIFEST = "manifest.json"
CATALOGUE = "catalogue.db"
PEOPLE = "people.db"
MANIFEST_BYTES = 64 * 1024 * 1024
"""A larger manifest than this is no manifest: it would name half a million files."""
PIECE = 1024 * 1024
_BROKEN = (zipfile.BadZipFile, zlib.error, lzma.LZMAError)
_RECORD = re.compile(r"records/[a-z0-9-]+\.md")
_ORIGINAL = re.compile(r"originals/([0-9a-f]{2})/(\1[0-9a-f]{62})")


class BackupDamaged(FingerpostError, ValueError):
    """A file is no backup, or not whole; nothing was changed."""


class Entry(Value, frozen=True):
    """One file of a backup."""

    name: str
    size: int
    sha256: str


class Manifest(Value, frozen=True):
    """What a backup says of itself; ``at`` is the time it was begun (UTC, ISO 8601)."""

    form: int
    version: str
    at: str
    entries: tuple[Entry, ...]

    @property
    def has_people(self) -> bool:
        """Whether it holds what people left; those of form 1 do not."""
        return any(entry.name == PEOPLE for entry in self.entries)

    @property
    def originals(self) -> tuple[Entry, ...]:
        return tuple(entry for entry in self.entries if _ORIGINAL.fullmatch(entry.name))


class Unpacked(Value, frozen=True):
    """A backup that was read and proved, in the folder ``space``."""

    manifest: Manifest
    space: str


def back_up(home: Home, target: Path) -> Manifest:
    """Write a home into one file, whole or not at all; others may go on reading and writing.

    Raises:
        UsageError: the catalogue is in PostgreSQL, the home has none, or the file is there already.
    """
    if target.exists():
        raise UsageError(f"{target} is there already; name another file, so that no backup is overwritten.")
    catalogue = _file_of(home)
    if not catalogue.is_file():
        raise UsageError(f"{home.path} holds no knowledge base yet; there is nothing to back up.")
    at = datetime.now(UTC).isoformat(timespec="seconds")
    part = target.with_name(f"{UNFINISHED}{target.name}")
    copy, people = (target.with_name(f"{UNFINISHED}{target.stem}.{name}") for name in (CATALOGUE, PEOPLE))
    try:
        # The catalogue comes first: every original that it names is kept before the catalogue names it.
        _copy(catalogue, copy)
        if home.people_file.is_file():
            _copy(home.people_file, people)
        with zipfile.ZipFile(part, "w", zipfile.ZIP_DEFLATED, allowZip64=True) as archive:
            entries = tuple(_put(archive, name, file) for name, file in _files(home, copy, people))
            manifest = Manifest(form=FORM, version=VERSION, at=at, entries=entries)
            archive.writestr(MANIFEST, msgspec.json.encode(manifest))
        part.replace(target)
    finally:
        for left in (part, copy, people):
            left.unlink(missing_ok=True)
    return manifest


def unpack(home: Home, file: Path) -> Unpacked:
    """Read a backup into the home's workspace and prove it; nothing that the home holds is changed.

    Raises:
        BackupDamaged: the file is no backup, was changed, or is not whole.
        CatalogueMismatch: it was made by a newer version.
        UsageError: the home's catalogue is in PostgreSQL, the backup's settings do not fit, or there is no room.
    """
    _file_of(home)
    space = home.workspace()
    manifest = _unpack(file, space)
    _require_sound(space / CATALOGUE)
    database.upgrade(f"sqlite:///{space / CATALOGUE}")
    if manifest.has_people:
        _require_sound(space / PEOPLE)
        database.upgrade(f"sqlite:///{space / PEOPLE}", TABLES)
    settings.load(space, {})
    _require_same_catalogue(settings.load(space).catalogue_url, home.settings.catalogue_url)
    return Unpacked(manifest=manifest, space=str(space))


@contextmanager
def people_held(home: Home, unpacked: Unpacked) -> Iterator[Connection | None]:
    """Let nobody else write to people's database until the block ends; None where the backup has none to put there.

    What somebody wrote between the backup of what is replaced and the restore would be in neither.

    Raises:
        CatalogueUnwritable: it cannot be written, or another program keeps it locked.
    """
    if not unpacked.manifest.has_people:
        yield None
        return
    people = People(home)
    try:
        with people.writing() as connection:
            yield connection
    finally:
        people.close()


def restore(home: Home, unpacked: Unpacked, held: Connection | None) -> TakenBack:
    """Put what was unpacked in the place of the home's catalogue, people's database, originals and settings.

    ``held`` is what `people_held` gives, at whose end people's database is the restored one.  What people took back
    since the backup stays so, and is told.  A backup without people's database leaves it be.  The caller holds the
    writer's lock all along, and rebuilds the index afterwards.
    """
    space, entries = Path(unpacked.space), unpacked.manifest.originals
    for entry in entries:
        place = home.path / entry.name
        place.parent.mkdir(parents=True, exist_ok=True)
        (space / entry.name).replace(place)
    _number_on(space / CATALOGUE, _file_of(home))
    # SQLite writes the pages of the one into the other in one transaction: a reader sees the old or the new.
    _copy(space / CATALOGUE, _file_of(home))
    taken_back = _restore_people(home, space / PEOPLE, held) if held is not None else TakenBack()
    if (space / settings.FILE_NAME).is_file():
        (space / settings.FILE_NAME).replace(home.path / settings.FILE_NAME)
    else:
        (home.path / settings.FILE_NAME).unlink(missing_ok=True)
    _restore_records(home, space)
    known = {entry.name for entry in entries}
    for original in home.originals_dir.glob("*/*"):
        if original.relative_to(home.path).as_posix() not in known:
            original.unlink()
    return taken_back


def _restore_records(home: Home, space: Path) -> None:
    """Put the home's own practice records in their place; those that are not in the backup go."""
    there, back = own_records.folder(home), space / own_records.folder(home).name
    kept = {file.name for file in back.glob(f"*{own_records.SUFFIX}")}
    if kept:
        there.mkdir(exist_ok=True)
    for name in kept:
        (back / name).replace(there / name)
    for file in there.glob(f"*{own_records.SUFFIX}"):
        if file.name not in kept:
            file.unlink()


def _restore_people(home: Home, restored: Path, held: Connection) -> TakenBack:
    """Put people's database in its place, also while the web has it open."""
    taken_back = keep_taken_back(restored, home.people_file)
    put(held, restored)
    return taken_back


def _file_of(home: Home) -> Path:
    catalogue = database.file_of(home.catalogue_url)
    if catalogue is None:
        raise UsageError("This catalogue is in PostgreSQL; back it up and restore it with pg_dump and pg_restore.")
    return catalogue


def _copy(one: Path, other: Path) -> None:
    """Copy an SQLite database by its own means."""
    source, target = sqlite3.connect(one), sqlite3.connect(other, timeout=database.BUSY_SECONDS)
    try:
        source.backup(target)
    finally:
        target.close()
        source.close()


def _number_on(restored: Path, replaced: Path) -> None:
    """Give a catalogue a revision that neither it nor the one in whose place it comes has had.

    Readers that run on know by the revision alone whether what they worked out before still holds, decisions included.
    """
    told = "SELECT number FROM state WHERE name = 'revision'"
    with closing(sqlite3.connect(restored)) as one, closing(sqlite3.connect(replaced)) as other:
        own = [number for (number,) in one.execute(told)]
        known = other.execute("SELECT 1 FROM sqlite_master WHERE name = 'state'").fetchone()
        theirs = [number for (number,) in other.execute(told)] if known else []
        # What was worked out for the last revision, the groups of statements, holds for this one too.
        change = "UPDATE state SET number = ? WHERE name IN ('revision', 'grouped') AND number = ?"
        one.executemany(change, [(max((*own, *theirs)) + 1, number) for number in own])
        one.commit()


def _files(home: Home, catalogue: Path, people: Path) -> Iterator[tuple[str, Path]]:
    """What is backed up, by its name in the file."""
    yield CATALOGUE, catalogue
    if people.is_file():
        yield PEOPLE, people
    if (home.path / settings.FILE_NAME).is_file():
        yield settings.FILE_NAME, home.path / settings.FILE_NAME
    for record in sorted(own_records.folder(home).glob(f"*{own_records.SUFFIX}")):
        name = record.relative_to(home.path).as_posix()
        if _RECORD.fullmatch(name):
            yield name, record
    for original in sorted(home.originals_dir.glob("*/*")):
        name = original.relative_to(home.path).as_posix()
        if _ORIGINAL.fullmatch(name):
            yield name, original


def _put(archive: zipfile.ZipFile, name: str, file: Path) -> Entry:
    """One file into the archive; originals are mostly packed already."""
    info = zipfile.ZipInfo.from_file(file, name)
    info.compress_type = zipfile.ZIP_STORED if _ORIGINAL.fullmatch(name) else zipfile.ZIP_DEFLATED
    with file.open("rb") as source, archive.open(info, "w", force_zip64=True) as target:
        size, digest = _pour(source, target)
    return Entry(name=name, size=size, sha256=digest)


def _pour(source: IO[bytes], target: IO[bytes], most: int | None = None) -> tuple[int, str]:
    """Copy bytes, no more than ``most``, and tell how many there were and their SHA-256."""
    digest, size = hashlib.sha256(), 0
    while piece := source.read(PIECE):
        size += len(piece)
        if most is not None and size > most:
            break
        digest.update(piece)
        target.write(piece)
    return size, digest.hexdigest()


def _unpack(file: Path, space: Path) -> Manifest:
    """Everything that a backup's manifest names, unpacked beside the home's own files and held against its hashes."""
    try:
        with zipfile.ZipFile(file) as archive:
            manifest = _manifest(archive)
            needed = sum(entry.size for entry in manifest.entries)
            if needed > shutil.disk_usage(space).free:
                raise UsageError(f"Restoring needs {needed // PIECE + 1} MB of room; make room and run it again.")
            for entry in manifest.entries:
                _take(archive, entry, space)
    except (
        zipfile.BadZipFile,
        zlib.error,
        lzma.LZMAError,
        EOFError,
        KeyError,
        NotImplementedError,
        RuntimeError,
    ) as error:
        raise _damaged(file, str(error)) from error
    except OSError as error:
        raise UsageError(f"{file} cannot be read ({error.strerror or error}); name a backup.") from error
    except _Differs as error:
        raise _damaged(file, str(error)) from error
    return manifest


class _Differs(Exception):
    """What a backup holds is not what its manifest says."""


def _damaged(file: Path, why: str) -> BackupDamaged:
    return BackupDamaged(f"{file} is no whole backup ({why.strip(chr(39))}); take another one. Nothing was changed.")


def _manifest(archive: zipfile.ZipFile) -> Manifest:
    if archive.getinfo(MANIFEST).file_size > MANIFEST_BYTES:
        raise _Differs("its manifest is too large")
    try:
        manifest = msgspec.json.decode(archive.read(MANIFEST), type=Manifest)
    except msgspec.MsgspecError as error:
        raise _Differs(f"its manifest cannot be read: {error}") from error
    if manifest.form > FORM:
        raise _Differs(f"it was made by Fingerpost {manifest.version}, which is newer; install that version")
    names = [entry.name for entry in manifest.entries]
    known = (CATALOGUE, PEOPLE, settings.FILE_NAME)
    strange = [n for n in names if n not in known and not (_ORIGINAL.fullmatch(n) or _RECORD.fullmatch(n))]
    if strange or CATALOGUE not in names or len(set(names)) < len(names):
        raise _Differs(
            f"its manifest names {strange[0]!r}" if strange else "its manifest names no catalogue, or one twice"
        )
    return manifest


def _take(archive: zipfile.ZipFile, entry: Entry, space: Path) -> None:
    place = space / entry.name
    place.parent.mkdir(parents=True, exist_ok=True)
    with archive.open(entry.name) as source, place.open("wb") as target:
        told = _pour(source, target, entry.size)
    of_name = _ORIGINAL.fullmatch(entry.name)
    if told != (entry.size, entry.sha256) or (of_name and of_name[2] != entry.sha256):
        raise _Differs(f"{entry.name} was changed")


def _require_same_catalogue(told: str, here: str) -> None:
    """Refuse settings by which the restored home would look for its catalogue elsewhere than where it was put."""
    if told != here:
        wanted = f'the line catalogue_url = "{told}"' if told else "no catalogue_url"
        raise UsageError(
            f"The backup's settings have {wanted}; make it so in this home's {settings.FILE_NAME} first. "
            "Nothing was changed."
        )


def _require_sound(file: Path) -> None:
    try:
        with sqlite3.connect(file) as connection:
            found = connection.execute("PRAGMA integrity_check").fetchone()[0]
    except sqlite3.DatabaseError as error:
        found = str(error)
    if found != "ok":
        raise BackupDamaged(f"The backup's {file.name} is damaged ({found}); take another one. Nothing was changed.")
