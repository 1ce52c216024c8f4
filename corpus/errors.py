"""Every error a user can cause, each one sentence that ends with what to do.

FingerpostError                 exit code 1
├── UsageError                  exit code 2: the call itself is wrong
├── UnreadableInput             one file could not be read; the others go on
├── RecordError                 a shipped or contributed record breaks the template
├── VocabularyError             a vocabulary file breaks its own rules
├── NotInCatalogue              no item has this id
│   └── Withdrawn               there was one; it may not be shown any more
├── WriterBusy                  another process is writing to this home
├── CatalogueUnwritable         the disk, a lock or a permission stands in the way of the catalogue
│   └── CatalogueBusy           another program keeps it locked
├── CatalogueMismatch           the catalogue's tables are not this version's
└── IndexMissing                there is no index to search yet
"""

from __future__ import annotations


class FingerpostError(Exception):
    """Base of all errors that are told to a person as one sentence.

    ``exit_code`` is what the command line ends with.
    """

    exit_code = 1


class UsageError(FingerpostError, ValueError):
    """The call's words or options do not fit together."""

    exit_code = 2


class UnreadableInput(FingerpostError, ValueError):
    """A file cannot be read; ``stage`` names where it stopped (open, read, structure, tag, keep)."""

    def __init__(self, reason: str, stage: str = "read") -> None:
        super().__init__(reason)
        self.reason = reason
        self.stage = stage


class RecordError(FingerpostError, ValueError):
    """A record breaks the template; the message names the file and the field.

    ``field`` and ``problem`` are its parts; ``line`` counts from 1, 0 where it is not known.
    """

    def __init__(self, message: str, *, field: str = "", problem: str = "", line: int = 0) -> None:
        super().__init__(message)
        self.field = field
        self.problem = problem or message
        self.line = line


class VocabularyError(FingerpostError, ValueError):
    """A vocabulary file breaks its own rules; the message names the file and the concept."""


class NotInCatalogue(FingerpostError, LookupError):
    """No document, passage, statement or practice has this id."""


class Withdrawn(NotInCatalogue):
    """The item was withdrawn or removed; its address says only that."""


class WriterBusy(FingerpostError, RuntimeError):
    """Another process holds the writer's lock of this home."""


class CatalogueUnwritable(FingerpostError, RuntimeError):
    """The database refused for want of room, of a permission or of its turn; what was kept before is whole."""


class CatalogueBusy(CatalogueUnwritable):
    """The database refused for want of its turn."""


class CatalogueMismatch(FingerpostError, RuntimeError):
    """The catalogue's tables belong to another version of Fingerpost."""


class IndexMissing(FingerpostError, RuntimeError):
    """The home has no index yet, or one that this version cannot read."""
