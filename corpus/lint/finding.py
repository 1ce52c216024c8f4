"""What the linter says of a file."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Literal

import msgspec

from corpus.errors import RecordError
from corpus.model import Value

Severity = Literal["error", "warning", "note"]


class Finding(Value, frozen=True):
    """One thing to mend, to look at, or to know: where it stands and what to do.

    ``line`` counts from 1, 0 where it is the whole file.  ``field`` is a heading or a key of the file.
    """

    file: str
    line: int
    field: str
    severity: Severity
    problem: str

    def __str__(self) -> str:
        where = f"{self.file}:{self.line}" if self.line else self.file
        return f"{where}: {self.severity}: {self.field}: {self.problem}"


class Report(Value, frozen=True):
    """All findings; what was read (how many of each kind); and the originals that nothing was held against."""

    findings: tuple[Finding, ...] = ()
    read: dict[str, int] = msgspec.field(default_factory=dict)
    unchecked: tuple[str, ...] = ()

    def of(self, severity: Severity) -> tuple[Finding, ...]:
        return tuple(finding for finding in self.findings if finding.severity == severity)

    @property
    def counts(self) -> Counter[str]:
        return Counter(finding.severity for finding in self.findings)


class Pen:
    """Writes down what is found in one file."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.findings: list[Finding] = []

    def error(self, line: int, field: str, problem: str) -> None:
        self._write(line, field, "error", problem)

    def warning(self, line: int, field: str, problem: str) -> None:
        self._write(line, field, "warning", problem)

    def note(self, line: int, field: str, problem: str) -> None:
        self._write(line, field, "note", problem)

    def refused(self, error: RecordError) -> None:
        """What the file's own reader refuses."""
        self.error(error.line, error.field, error.problem)

    def _write(self, line: int, field: str, severity: Severity, problem: str) -> None:
        self.findings.append(Finding(self.file, line, field, severity, problem))

    def __iter__(self) -> Iterator[Finding]:
        return iter(sorted(self.findings, key=lambda finding: finding.line))
