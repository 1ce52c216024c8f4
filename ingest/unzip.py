"""ZIP files read within bounds: a member's name is only a label, its declared size is never believed."""

from __future__ import annotations

import struct
import zipfile
import zlib
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import PurePosixPath
from types import TracebackType
from typing import BinaryIO, Self

from corpus.errors import UnreadableInput
from ingest.clean import one_line

MEMBERS_MAX = 5_000
"""More members than this are refused: no folder of reports holds so many, a trap may."""

DIRECTORY_BYTES = 400 * MEMBERS_MAX
"""The directory of so many members with names of some length; a larger one is not even looked through."""

RATIO_MAX = 200
RATIO_FROM = 32 * 1024 * 1024
"""Text packs to a tenth or so, zeros to a thousandth: what unpacks over RATIO_MAX times is a trap.

Small files are let be (up to RATIO_FROM bytes unpacked), for they harm nobody.
"""

PIECE = 1024 * 1024
_TAIL = 65_557
"""The end record (22 bytes) and the longest comment after it."""

_METHODS = frozenset({zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED})
"""Others are rare, and some may claim gigabytes of memory to unpack."""

_ENCRYPTED = 0x1
_DAMAGED = (zipfile.BadZipFile, zlib.error, EOFError, struct.error, NotImplementedError, OverflowError, ValueError)


class Archive:
    """An opened ZIP whose members, all together, may unpack to no more than ``max_bytes``.

    Raises UnreadableInput where the file is damaged or has too many members.
    """

    def __init__(self, file: BinaryIO, max_bytes: int) -> None:
        self.left = max_bytes
        self.max_bytes = max_bytes
        _guard(file)
        try:
            self._zip = zipfile.ZipFile(file)
        except _DAMAGED as error:
            raise damaged(error) from error
        self.members = _by_name(info for info in self._zip.infolist() if not info.is_dir())
        """By name; of several members of one name, the later ones are "report (2).pdf" and so on."""
        if len(self.members) > MEMBERS_MAX:
            raise too_many()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._zip.close()

    def pieces(self, name: str, most: int) -> Iterator[bytes]:
        """A member's bytes, piece by piece.

        Raises:
            UnreadableInput: it is encrypted, packed in a way that is not read, damaged, or unpacks to more than
                ``most`` bytes, to more than is left for the whole file, or beyond all measure.
        """
        info = self.members[name]
        if info.flag_bits & _ENCRYPTED:
            raise UnreadableInput("It is encrypted in its ZIP file: unpack it with its password and add it.", "open")
        if info.compress_type not in _METHODS:
            raise UnreadableInput("It is packed in a way that is not read: unpack it and add it by itself.", "open")
        size = 0
        try:
            with self._zip.open(info) as member:
                while piece := member.read(PIECE):
                    size += len(piece)
                    self.left -= len(piece)
                    if size > most or self.left < 0 or _is_bomb(size, info.compress_size):
                        raise _too_large(min(most, self.max_bytes))
                    yield piece
        except UnreadableInput:  # a ValueError too
            raise
        except _DAMAGED as error:
            raise damaged(error) from error

    def read(self, name: str, most: int) -> bytes:
        """A member's bytes at once; raises as `pieces` does."""
        return b"".join(self.pieces(name, most))


def _by_name(members: Iterable[zipfile.ZipInfo]) -> dict[str, zipfile.ZipInfo]:
    """Members by names that differ in what is printed of them too."""
    found: dict[str, zipfile.ZipInfo] = {}
    printed: Counter[str] = Counter()
    for info in members:
        name, label = info.filename, one_line(info.filename)
        while printed[label]:
            printed[label] += 1
            suffix = PurePosixPath(info.filename).suffix
            name = f"{info.filename.removesuffix(suffix)} ({printed[label]}){suffix}"
            label = one_line(name)
        printed[label] += 1
        found[name] = info
    return found


def _is_bomb(size: int, packed: int) -> bool:
    return size > RATIO_FROM and size > RATIO_MAX * max(packed, 1)


def _too_large(most: int) -> UnreadableInput:
    return UnreadableInput(
        f"It unpacks to far more than its own size or to over {most // PIECE} MB: unpack it yourself and add the parts "
        "that you trust.",
        "open",
    )


def damaged(error: Exception) -> UnreadableInput:
    """The refusal of a ZIP file that cannot be opened, whatever it was meant to be."""
    return UnreadableInput(f"The file is damaged ({str(error)[:120] or type(error).__name__}): fetch it again.", "open")


def too_many() -> UnreadableInput:
    return UnreadableInput(f"It holds more than {MEMBERS_MAX} files: add them in smaller parts.", "open")


def _guard(file: BinaryIO) -> None:
    """Refuse a directory that is too long before it is read into memory."""
    end = file.seek(0, 2)
    file.seek(max(0, end - _TAIL))
    tail = file.read(_TAIL)
    at = tail.rfind(b"PK\x05\x06")
    if 0 <= at <= len(tail) - 22:
        members, size = struct.unpack("<HI", tail[at + 10 : at + 16])
        if members > MEMBERS_MAX or size > DIRECTORY_BYTES:  # the 64-bit form tells 65,535 members here
            raise too_many()
    file.seek(0)
