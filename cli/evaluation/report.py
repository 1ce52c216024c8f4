"""The figures of a run as `corpus.quality` keeps them, and as a table.  Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from cli.evaluation.pairs import PairFigures
from cli.evaluation.retrieval import Outcome
from cli.evaluation.understanding import FacetFigures, Rate, Share, StatementFigures
from corpus.quality import Figure, Measured, Measurement

WIDE = 46
"""Columns of a figure's name in the table."""


def retrieval(judged: str, outcome: Outcome, remarks: Iterable[str] = ()) -> Measured:
    """The figures of a search run: of all queries, then nDCG by kind."""
    overall = outcome.groups["overall"]
    told = [
        ("nDCG@10", overall.ndcg, overall.answerable),
        ("Recall@20", overall.recall, overall.answerable),
        ("MRR@10", overall.mrr, overall.answerable),
        ("unanswerable, kept quiet", overall.unanswerable_quiet, overall.unanswerable),
        ("answerable, kept quiet (should be 0)", overall.answerable_quiet, overall.answerable),
    ]
    told += [
        (f"nDCG@10, {name.removeprefix('kind ')}", group.ndcg, group.answerable)
        for name, group in outcome.groups.items()
        if name.startswith("kind ")
    ]
    figures = tuple(Figure(name=name, value=round(value, 4), n=n) for name, value, n in told if value is not None)
    return Measured(
        what="retrieval", judged=judged, n=overall.answerable + overall.unanswerable, unit="queries", figures=figures,
        remarks=tuple(remarks),
    )  # fmt: skip


def statements(judged: str, figures: StatementFigures, remarks: Iterable[str] = ()) -> Measured:
    """The figures of statements: found, found and of the right kind, and what is told on matches."""
    told = [
        *_of_rate("text and kind both right", figures.both_right),
        *_of_rate("detection, any kind", figures.detection),
        *_of_rate("detection, borderline set aside", figures.asides),
        *_of_share("kind, on matches", figures.kind),
        *(figure for kind, rate in figures.kinds.items() for figure in _of_rate(kind, rate) if rate.judged),
        *_of_share("voice, on matches", figures.voice),
        *_of_share("achieved or expected, on results", figures.achieved),
        *_of_share("addressee, on recommendations", figures.addressee),
        *_of_share("figure, on results", figures.figure),
        *_of_rate("themes, on matches", figures.themes),
    ]
    return Measured(
        what="statements", judged=judged, n=figures.detection.judged, unit="statements", figures=tuple(told),
        remarks=tuple(remarks),
    )  # fmt: skip


def tags(judged: str, n: int, figures: Mapping[str, FacetFigures], remarks: Iterable[str] = ()) -> Measured:
    """The figures of labels, facet by facet, micro: over all decisions together."""
    told = [figure for facet, one in figures.items() for figure in _of_facet(facet.replace("_", " "), one)]
    return Measured(
        what="tags", judged=judged, n=n, unit="passages", figures=tuple(told), remarks=tuple(remarks)
    )  # fmt: skip


def groups(judged: str, n: int, figures: Mapping[str, PairFigures], remarks: Iterable[str] = ()) -> Measured:
    """The figures of groups of one meaning, of each part of the pairs."""
    told = [
        figure
        for part, one in figures.items()
        for figure in (*_of_share(f"{part}: precision", one.precision), *_of_share(f"{part}: recall", one.recall))
    ]
    return Measured(what="groups", judged=judged, n=n, unit="pairs", figures=tuple(told), remarks=tuple(remarks))


def _of_facet(facet: str, figures: FacetFigures) -> Iterator[Figure]:
    yield from _of_rate(facet, figures.micro)
    yield from _of_share(f"{facet}, exact sets", figures.exact)
    yield from _of_share(f"{facet}, empty kept empty", figures.empty_kept)


def _of_rate(name: str, rate: Rate) -> Iterator[Figure]:
    if rate.judged or rate.given:
        yield Figure(name=f"{name}: F1", value=round(rate.f1, 4), n=rate.judged)
        yield Figure(name=f"{name}: precision", value=round(rate.precision, 4), n=rate.given)
        yield Figure(name=f"{name}: recall", value=round(rate.recall, 4), n=rate.judged)


def _of_share(name: str, share: Share) -> Iterator[Figure]:
    if share.value is not None:
        yield Figure(name=name, value=round(share.value, 4), n=share.of)


def table(measurement: Measurement) -> str:
    """The figures as lines of text, a head for each set."""
    return "\n\n".join("\n".join(_lines(one)) for one in measurement.sets)


def _lines(measured: Measured) -> Sequence[str]:
    head = f"{measured.what}: {measured.judged}, {measured.n} {measured.unit}"
    rows = (f"  {figure.name:{WIDE}}{figure.value:>7.3f}{figure.n:>7}" for figure in measured.figures)
    return [f"{head:{WIDE + 9}}{'n':>7}", *rows, *measured.remarks]
