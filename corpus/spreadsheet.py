"""Tables as spreadsheets save them: cells parted by commas, semicolons or tabs, perhaps under a line that says so."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator

DELIMITERS = ",;\t"

_SAID = re.compile(r"\A\"?sep=(?P<mark>[,;\t|])\"?[ \t]*(?:\r\n|\r|\n)", re.IGNORECASE)
"""The first line by which Excel is told what parts the cells."""


def rows(text: str) -> Iterator[tuple[int, list[str]]]:
    """The rows of a table with the line (1-based) that each begins on; the first is its head.

    Cells are parted by what a line ``sep=;`` before the head says, else by what the head has most of.
    Raises csv.Error where a quote is not closed or misplaced.
    """
    said = _SAID.match(text)
    table = text[said.end() :] if said else text
    head = table.partition("\n")[0]
    mark = said["mark"] if said else max(DELIMITERS, key=head.count)
    before = 1 if said else 0
    lines = csv.reader(io.StringIO(table, newline=""), delimiter=mark, strict=True)
    begins = before + 1
    for cells in lines:
        yield begins, cells
        begins = before + lines.line_num + 1
