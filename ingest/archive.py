"""ZIP archives: every member an input of its own, ``archive.zip!/folder/report.pdf``.

Members are unpacked under numbers into a folder of the home's own, so that no name in an archive ever names a file; the
folder goes when the writer's lock is freed.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path, PurePosixPath

import msgspec

from corpus.errors import UnreadableInput
from ingest.clean import one_line
from ingest.office import is_office
from ingest.sniff import ZIP_STARTS
from ingest.source import Source
from ingest.unzip import MEMBERS_MAX, Archive, too_many

INSIDE = "!/"
"""Parts the name of an archive from that of its member."""

NESTED_MAX = 3
"""Archives in archives in archives: somebody packed a folder of packed folders; deeper is a trap."""

_TOO_DEEP = f"It is an archive within {NESTED_MAX} others: unpack it yourself and add the files in it."
_MAC = "__MACOSX"


class Unpacking:
    """Unpacks archives into ``folder``; each archive with all in it may take ``max_bytes``, a member ``max_member``."""

    def __init__(self, folder: Path, *, max_bytes: int, max_member: int) -> None:
        self.folder = folder
        self.max_bytes = max_bytes
        self.max_member = max_member
        self.opened: list[str] = []
        """The archives whose members were found, by their input."""
        self._count = 0

    def sources(self, given: Iterable[Source]) -> Iterator[Source]:
        """The sources with every archive replaced by its members; one that cannot be opened is left for its reader."""
        for source in given:
            yield from self._expanded(source, _Room(self.max_bytes, MEMBERS_MAX), 0)

    def _expanded(self, source: Source, room: _Room, depth: int) -> Iterator[Source]:
        if source.reason or not is_archive(Path(source.path)):
            yield source
        elif depth >= NESTED_MAX:
            yield msgspec.structs.replace(source, reason=_TOO_DEEP)
        else:
            with Path(source.path).open("rb") as file, Archive(file, room.bytes) as archive:
                self.opened.append(source.input)
                for name in sorted(archive.members):
                    if _is_hidden(name):
                        continue
                    room.members -= 1
                    for member in self._expanded(self._member(source, archive, name, room), room, depth + 1):
                        yield member
                        archive.left = room.bytes = min(archive.left, room.bytes)

    def _member(self, source: Source, archive: Archive, name: str, room: _Room) -> Source:
        """One member, unpacked, or with the reason why it cannot be."""
        self._count += 1
        target = self.folder / f"{self._count:06}"
        label = one_line(name) or "unnamed"
        member = Source(
            input=f"{source.input}{INSIDE}{label}",
            path=str(target),
            name=PurePosixPath(label.replace("\\", "/")).name or "unnamed",
            url=source.url,
        )
        try:
            if room.members < 0:
                raise too_many()
            with target.open("wb") as file:
                for piece in archive.pieces(name, self.max_member):
                    file.write(piece)
        except UnreadableInput as error:
            target.unlink(missing_ok=True)
            member = msgspec.structs.replace(member, reason=error.reason)
        room.bytes = archive.left
        return member


class _Room:
    """What an archive and the archives in it may still take, in bytes and in members."""

    def __init__(self, size: int, members: int) -> None:
        self.bytes = size
        self.members = members


def is_archive(path: Path) -> bool:
    """Whether a file is a ZIP archive that can be opened, and no document that is packed as one."""
    if not path.is_file():  # a pipe would never end
        return False
    try:
        with path.open("rb") as file:
            if not file.read(4).startswith(ZIP_STARTS):
                return False
            with Archive(file, 0) as archive:
                return bool(archive.members) and not ("mimetype" in archive.members or is_office(archive.members))
    except (OSError, UnreadableInput):
        return False


def _is_hidden(name: str) -> bool:
    """Whether programs leave such a member everywhere, as `files_in` passes over hidden files."""
    parts = PurePosixPath(name.replace("\\", "/")).parts
    return _MAC in parts or any(part.startswith(".") and part != ".." for part in parts)
