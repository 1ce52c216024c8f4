"""The judged sets of a folder, in the forms that they come in.

- ``queries*.jsonl``: queries with the quotes that answer them, as text or hashed;
- ``passages*.jsonl``: passages with labels and statements, hashed;
- ``statements*.jsonl`` with ``regions*.jsonl`` of the same ending: statements as text, and the parts of their documents
  that were judged from end to end;
- ``themes*.jsonl``: passages as text with their labels;
- ``pairs*.jsonl``: pairs of statements that say the same or not, hashed.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

from cli.evaluation.pairs import JudgedPair, read_pairs
from cli.evaluation.passages import FACETS, Bag, Judged, JudgedPassage, bag, read_passages, words
from cli.evaluation.retrieval import JudgedQuery, read_queries
from cli.evaluation.shingles import RUN, shingles
from corpus.errors import UsageError

LOOKED_FOR = "queries*.jsonl, passages*.jsonl, statements*.jsonl with regions*.jsonl, themes*.jsonl and pairs*.jsonl"

T = TypeVar("T")


@dataclass(frozen=True)
class Labelled:
    """A passage as text with its judged labels, of the facets that were judged."""

    id: str
    text: str
    judged: JudgedPassage


@dataclass(frozen=True)
class Gold:
    """What a folder holds, each by the name of its file."""

    queries: dict[str, list[JudgedQuery]] = field(default_factory=dict)
    passages: dict[str, list[JudgedPassage]] = field(default_factory=dict)
    statements: dict[str, list[JudgedPassage]] = field(default_factory=dict)
    """One for each document: everything of it that was judged."""
    labelled: dict[str, list[Labelled]] = field(default_factory=dict)
    facets: dict[str, tuple[str, ...]] = field(default_factory=dict)
    """Of each file of labelled passages, the facets that it judges."""
    pairs: dict[str, list[JudgedPair]] = field(default_factory=dict)


def read(folder: Path) -> Gold:
    """The judged sets of a folder.

    Raises:
        UsageError: there are none, or a file is none of its form.
    """
    gold = Gold()
    for file in sorted(folder.glob("*.jsonl")):
        stem = file.name
        if stem.startswith("queries"):
            gold.queries[stem] = _read(file, read_queries)
        elif stem.startswith("passages"):
            gold.passages[stem] = _read(file, read_passages)
        elif stem.startswith("statements"):
            regions = file.with_name(stem.replace("statements", "regions", 1))
            if not regions.is_file():
                raise UsageError(f"{stem} needs {regions.name} beside it: the parts that were judged from end to end.")
            gold.statements[stem] = _read(file, lambda f, r=regions: _statements(_rows(f), _rows(r)))  # type: ignore[misc]
        elif stem.startswith("themes"):
            gold.labelled[stem] = _read(file, lambda f: _labelled(_rows(f)))
            gold.facets[stem] = _read(file, _judged_facets)
        elif stem.startswith("pairs"):
            gold.pairs[stem] = _read(file, read_pairs)
    if not any((gold.queries, gold.passages, gold.statements, gold.labelled, gold.pairs)):
        raise UsageError(f"{folder} holds no judged set; looked for were {LOOKED_FOR}.")
    return gold


def _read(file: Path, how: Callable[[Path], T]) -> T:
    try:
        return how(file)
    except KeyError as error:
        raise UsageError(f"{file.name}: a line has no {error}; docs/commands.md names the forms.") from error
    except (ValueError, TypeError, AttributeError) as error:
        raise UsageError(f"{file.name} is no such judged set ({error}); docs/commands.md names the forms.") from error


def _rows(file: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in file.read_text("utf-8").splitlines() if line.strip()]


def _statements(rows: Sequence[Mapping[str, Any]], regions: Sequence[Mapping[str, Any]]) -> list[JudgedPassage]:
    """The judged regions of each document as one passage of it, with all of its judged statements.

    The runs of three words are those of each region by itself: none goes over from one to the next.
    """
    runs: dict[str, list[str]] = defaultdict(list)
    optional: dict[str, list[Bag]] = defaultdict(list)
    said: dict[str, list[Judged]] = defaultdict(list)
    for region in regions:
        doc = region["doc"]
        runs[doc] += shingles(words(region["text"]))
        optional[doc] += [bag(text, doc) for text in region.get("optional", ())]
    for row in rows:
        doc = row["doc"]
        told = {"voice": "", "achieved": None, **row, "text": row["quote"]}
        said[doc].append(Judged.of(told, doc))
    return [
        JudgedPassage(
            id=doc,
            doc=doc,
            content="",
            page=None,
            language="",
            part="held",
            words=len(mine) + RUN - 1 if mine else 0,
            shingles=tuple(mine),
            labels=dict.fromkeys(FACETS, frozenset()),
            statements=tuple(said[doc]),
            optional=tuple(optional[doc]),
        )
        for doc, mine in ((doc, runs[doc]) for doc in dict.fromkeys([*runs, *said]))
    ]


def _labelled(rows: Sequence[Mapping[str, Any]]) -> list[Labelled]:
    return list(_each_labelled(rows))


def _each_labelled(rows: Sequence[Mapping[str, Any]]) -> Iterator[Labelled]:
    for number, row in enumerate(rows, 1):
        empty = {"page": None, "language": "", "statements": (), "optional": ()} | dict.fromkeys(FACETS, ())
        told = {**empty, **{name: row[name] for name in ("doc", "text")}, "id": str(number)}
        told |= {facet: row[facet] for facet in FACETS if facet in row}
        yield Labelled(id=str(number), text=row["text"], judged=JudgedPassage.of(told, "", "held"))


def _judged_facets(file: Path) -> tuple[str, ...]:
    rows = _rows(file)
    return tuple(facet for facet in FACETS if any(facet in row for row in rows))
