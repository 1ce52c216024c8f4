"""A search run held against the judged queries: ``python -m bench gold.retrieval RUN``.

A run has one JSON object a line, hits best first: ``{"id": ..., "hits": [{"doc", "text", "weak"}, ...]}``, what
``fingerpost search --batch`` prints.  Measures and rules are those of ``../shared/eval/score_queries.py``, so that
figures on both sets may be read side by side; the queries may be of either form, with quotes hashed or as text.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from cli.evaluation.shingles import Quote, shingles, tokens

HIT_TOKENS = 400
"""Only so many tokens of a hit are read: a whole chapter returned as one hit is no find."""
GAIN_RANKS, RECALL_RANKS, FIRST_RANKS = 10, 20, 10


@dataclass(frozen=True)
class JudgedQuery:
    """A query with the quotes that answer it; none where nothing in the collection does."""

    id: str
    persona: str
    kind: str
    query: str
    part: str
    relevant: tuple[Quote, ...]


@dataclass(frozen=True)
class Hit:
    """One passage of a run."""

    doc: str
    text: str
    weak: bool = False


@dataclass(frozen=True)
class Scores:
    """What one answerable query got, each 0 to 1."""

    ndcg: float
    recall: float
    mrr: float


@dataclass(frozen=True)
class Group:
    """Means over the answerable queries of a group, and the shares of its queries where the engine kept quiet.

    ``None`` where the group has no such query.
    """

    answerable: int
    unanswerable: int
    ndcg: float | None
    recall: float | None
    mrr: float | None
    unanswerable_quiet: float | None
    answerable_quiet: float | None


@dataclass(frozen=True)
class Outcome:
    """What a run got: every answerable query's scores, who was quiet, and the groups by name, "overall" first."""

    scores: Mapping[str, Scores]
    quiet: Mapping[str, bool]
    groups: Mapping[str, Group]
    missing: tuple[str, ...]
    """Queries that the run has no line for: they score 0 and are not counted as quiet."""


def read_queries(path: Path, part: str | None = None) -> list[JudgedQuery]:
    """The judged queries of a file, of one part ("tune" or "held") or all.

    A quote is an entry with shingles, or one with its text (``{"doc", "quote", "grade"}``, the form of the annotator).
    A `ValueError` or `KeyError` says what is wrong with the file.
    """
    queries = []
    for row in _rows(path):
        quotes = tuple(
            Quote.of(r["doc"], r["quote"], r["grade"]) if "quote" in r else Quote.from_json(r) for r in row["relevant"]
        )
        query = JudgedQuery(row["id"], row["persona"], row["kind"], row["query"], row.get("part", ""), quotes)
        if part is None or query.part == part:
            queries.append(query)
    return queries


def read_run(path: Path) -> dict[str, list[Hit]]:
    """The hits of each query id in a run's file."""
    return {
        row["id"]: [Hit(h.get("doc", ""), h.get("text") or "", h.get("weak") is True) for h in row.get("hits") or []]
        for row in _rows(path)
    }


def score_query(quotes: Sequence[Quote], hits: Sequence[Hit]) -> Scores:
    """nDCG@10, Recall@20 and MRR@10 of one query's hits against its quotes (at least one).

    A quote is credited once, at the first hit of its document that contains it; a hit's gain is the sum of the grades
    credited there.  The ideal is one quote a rank, grades falling, and nDCG never above 1.
    """
    left, gains, first = list(quotes), [], 0
    for rank, hit in enumerate(hits[:RECALL_RANKS], 1):
        passage = frozenset(shingles(tokens(hit.text)[:HIT_TOKENS]))
        got = [q for q in left if q.doc == hit.doc and q.is_in(passage)]
        left = [q for q in left if q not in got]
        gains.append(sum(q.grade for q in got))
        first = first or (rank if got else 0)
    ideal = _dcg(sorted((q.grade for q in quotes), reverse=True))
    return Scores(
        ndcg=min(1.0, _dcg(gains) / ideal),
        recall=1 - len(left) / len(quotes),
        mrr=1 / first if 0 < first <= FIRST_RANKS else 0.0,
    )


def is_quiet(hits: Iterable[Hit]) -> bool:
    """Whether nothing stands above the engine's own weak-match threshold: no hits, or every one weak."""
    return all(hit.weak for hit in hits)


def score(queries: Sequence[JudgedQuery], run: Mapping[str, Sequence[Hit]]) -> Outcome:
    """Score a run over all the queries, by kind and by persona."""
    scores = {q.id: score_query(q.relevant, run.get(q.id, ())) for q in queries if q.relevant}
    quiet = {q.id: q.id in run and is_quiet(run[q.id]) for q in queries}
    names: dict[str, list[JudgedQuery]] = {"overall": list(queries)}
    for kind in sorted({q.kind for q in queries}):
        names[f"kind {kind}"] = [q for q in queries if q.kind == kind]
    for persona in sorted({q.persona for q in queries}):
        names[f"persona {persona}"] = [q for q in queries if q.persona == persona]
    groups = {name: _group(members, scores, quiet) for name, members in names.items()}
    return Outcome(scores, quiet, groups, tuple(q.id for q in queries if q.id not in run))


def table(outcome: Outcome) -> str:
    """The groups as lines of text; a dash where a group has no query of that sort."""
    lines = [f"{'':20}{'n':>4}{'nDCG@10':>9}{'Recall@20':>11}{'MRR@10':>8}{'quiet':>8}{'unans.':>8}{'quiet':>8}"]
    for name, g in outcome.groups.items():
        lines.append(
            f"{name:20}{g.answerable:>4}{_cell(g.ndcg):>9}{_cell(g.recall):>11}{_cell(g.mrr):>8}"
            f"{_cell(g.answerable_quiet):>8}{g.unanswerable:>8}{_cell(g.unanswerable_quiet):>8}"
        )
    lines += [f"not in the run: {', '.join(outcome.missing)}"] if outcome.missing else []
    return "\n".join(lines)


def _rows(path: Path) -> list[dict[str, Any]]:
    rows = [json.loads(line) for line in path.read_text("utf-8").splitlines() if line.strip()]
    ids = [row["id"] for row in rows]
    if len(set(ids)) != len(ids):
        raise ValueError(f"{path.name} gives an id twice")
    return rows


def _dcg(gains: Sequence[int]) -> float:
    """Discounted cumulative gain of the first ten ranks (Järvelin and Kekäläinen 2002, with log2 of rank + 1)."""
    return sum(gain / math.log2(rank + 1) for rank, gain in enumerate(gains[:GAIN_RANKS], 1))


def _group(members: Sequence[JudgedQuery], scores: Mapping[str, Scores], quiet: Mapping[str, bool]) -> Group:
    answerable = [q.id for q in members if q.relevant]
    unanswerable = [q.id for q in members if not q.relevant]
    return Group(
        answerable=len(answerable),
        unanswerable=len(unanswerable),
        ndcg=_mean([scores[i].ndcg for i in answerable]),
        recall=_mean([scores[i].recall for i in answerable]),
        mrr=_mean([scores[i].mrr for i in answerable]),
        unanswerable_quiet=_mean([float(quiet[i]) for i in unanswerable]),
        answerable_quiet=_mean([float(quiet[i]) for i in answerable]),
    )


def _mean(values: Sequence[float]) -> float | None:
    return sum(values) / len(values) if values else None


def _cell(value: float | None) -> str:
    return "–" if value is None else f"{value:.3f}"
