"""A folder of judged sets held against a home: what ``fingerpost evaluate`` does."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime

from cli.evaluation import pairs, report, retrieval
from cli.evaluation.folders import Gold, Labelled
from cli.evaluation.measuring import find, grouped, labels, understand
from cli.evaluation.pairs import JudgedPair
from cli.evaluation.passages import PARTS, JudgedPassage
from cli.evaluation.understanding import score_labels, score_statements
from corpus import VERSION
from corpus.catalogue import Published
from corpus.home import Home
from corpus.quality import Measured, Measurement


def evaluate(home: Home, gold: Gold, folder: str, note: str = "") -> Measurement:
    """Every judged set of a folder held against a home; nothing of the home changes, no network is needed."""
    with Published(home.catalogue_url) as catalogue:
        read = {entry.card.id for entry in catalogue.entries() if entry.version}
    return Measurement(
        folder=folder,
        at=datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
        version=VERSION,
        documents=len(read),
        sets=tuple(_sets(home, gold, read)),
        note=note,
    )


def _sets(home: Home, gold: Gold, read: set[str]) -> Iterator[Measured]:
    for name, queries in gold.queries.items():
        docs = dict.fromkeys(quote.doc for query in queries for quote in query.relevant)
        outcome = retrieval.score(queries, find(home, queries))
        yield report.retrieval(name, outcome, _absent(doc for doc in docs if doc not in read))
    for name, passages in gold.statements.items():
        understood = understand(home, passages, anew=False)
        if understood.passages:
            figures = score_statements(understood.passages, understood.said)
            yield report.statements(name, figures, _absent(understood.absent))
    for name, labelled in gold.labelled.items():
        yield _tags_of_texts(name, labelled, gold.facets[name])
    for name, passages in gold.passages.items():
        yield from _both(home, name, passages)
    for name, judged in gold.pairs.items():
        yield from _groups(home, name, judged)


def _tags_of_texts(name: str, labelled: Sequence[Labelled], facets: Sequence[str]) -> Measured:
    """The labels of passages that are given as text, tagged as ``fingerpost tag`` does."""
    given = {one.id: labels(one.text) for one in labelled}
    figures = score_labels([one.judged for one in labelled], given, facets)
    return report.tags(name, len(labelled), figures)


def _both(home: Home, name: str, passages: Sequence[JudgedPassage]) -> Iterator[Measured]:
    """Statements and labels of passages that are found again in the documents by their hashes."""
    understood = understand(home, passages, anew=False)
    judged = understood.passages
    if not judged:
        return
    lost = [p.id for p in judged if p.id not in understood.shares]
    remarks = [*_absent(dict.fromkeys(p.doc for p in passages if p.id in set(understood.absent)))]
    if lost:
        remarks.append(f"Not found in their pages, counted without labels: {', '.join(lost)}.")
    yield report.statements(name, score_statements(judged, understood.said), remarks)
    yield report.tags(name, len(judged), score_labels(judged, understood.labels), remarks)


def _groups(home: Home, name: str, judged: Sequence[JudgedPair]) -> Iterator[Measured]:
    """Pairs of statements that the home shows, held against its groups, all of them and each half."""
    found = grouped(home, judged)
    there = pairs.known(judged, found)
    if not there:
        return
    halves = {"all": there} | {part: [pair for pair in there if pair.part == part] for part in PARTS}
    figures = {half: pairs.score(some, found) for half, some in halves.items()}
    lost = len(judged) - len(there)
    remarks = [f"{lost} of {len(judged)} pairs have a statement that this home does not show."] if lost else []
    yield report.groups(name, len(there), figures, remarks)


def _absent(docs: Iterable[str]) -> list[str]:
    named = sorted(docs)
    return [f"Not in this home, or of other bytes: {', '.join(named)}."] if named else []
