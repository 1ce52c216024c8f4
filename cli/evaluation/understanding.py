"""What the product makes of documents, held against the judged passages: statements and tags.

Measures and rules are those of ``../shared/eval/score_statements.py`` and ``score_themes.py``, worked out from hashes.
Two things differ: a statement is only held against passages of its own pages (one that the document prints twice is
judged where it was judged), and of two judged statements alike only those of one passage are known to be alike.  Pure.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from cli.evaluation.passages import FACETS, Bag, Judged, JudgedPassage, bag, numbers, overlap, words
from cli.evaluation.shingles import shingles

KINDS = ("recommendation", "lesson", "good-practice", "challenge", "result")
MATCH, REPEAT, INSIDE = 0.7, 0.9, 0.75
"""Overlap of words from which two texts are one statement, and one is the other again; share of a text's runs of three
words that lie in the judged passages of its document."""
_LITTLE = frozenset(("a", "an", "and", "at", "by", "for", "in", "of", "on", "or", "the", "to", "with"))
_HEADS = "".join(f"{head:>7}" for head in ("P", "R", "F1", "right", "given", "judged"))


@dataclass(frozen=True)
class Said:
    """A statement as the product gives it; ``pages`` None where the format has none."""

    doc: str
    text: str
    kind: str
    voice: str = ""
    achieved: str | None = None
    addressed_to: str | None = None
    figure: str | None = None
    pages: tuple[int, int] | None = None
    themes: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Rate:
    """So many right, of so many given and so many judged."""

    right: int
    given: int
    judged: int

    @property
    def precision(self) -> float:
        return self.right / self.given if self.given else 0.0

    @property
    def recall(self) -> float:
        return self.right / self.judged if self.judged else 0.0

    @property
    def f1(self) -> float:
        return 2 * self.right / (self.given + self.judged) if self.right else 0.0


@dataclass(frozen=True)
class Share:
    """So many of so many; a share of nothing is None."""

    right: int
    of: int

    @property
    def value(self) -> float | None:
        return self.right / self.of if self.of else None


@dataclass(frozen=True)
class StatementFigures:
    """What the statements got.  ``asides`` leaves sentences out on which careful annotators may differ.

    Voice and achieved are told on those matches for which they were judged.
    """

    detection: Rate
    asides: Rate
    both_right: Rate
    kinds: Mapping[str, Rate]
    kind: Share
    voice: Share
    achieved: Share
    addressee: Share
    figure: Share
    themes: Rate
    confusion: Mapping[tuple[str, str], int]
    """(judged, given) kinds of matches where they differ."""


@dataclass(frozen=True)
class FacetFigures:
    """What the labels of one facet got."""

    micro: Rate
    exact: Share
    empty_kept: Share


@dataclass
class _Pairing:
    """Judged statements and the product's of all documents, paired one to one, best overlap first."""

    judged: list[tuple[JudgedPassage, Judged]]
    said: Sequence[Said]
    near: set[int] = field(default_factory=set)
    pairs: dict[int, int] = field(default_factory=dict)
    """Of a judged statement (by position) the product's."""

    def __post_init__(self) -> None:
        self._bags: dict[tuple[int, str], Bag] = {}
        found = sorted(self._candidates())
        taken = set()
        for _, i, j in found:
            if i not in self.pairs and j not in taken:
                self.pairs[i] = j
                taken.add(j)
        self.near = {j for _, _, j in found}

    def bag_of(self, j: int, passage: JudgedPassage) -> Bag:
        key = (j, passage.id)
        if key not in self._bags:
            self._bags[key] = bag(self.said[j].text, passage.id)
        return self._bags[key]

    def _candidates(self) -> Iterable[tuple[float, int, int]]:
        by_doc: dict[str, list[int]] = defaultdict(list)
        for j, said in enumerate(self.said):
            by_doc[said.doc].append(j)
        for i, (passage, judged) in enumerate(self.judged):
            for j in by_doc[passage.doc]:
                if _same_page(self.said[j], passage):
                    likeness = max(overlap(b, self.bag_of(j, passage)) for b in judged.bags)
                    if likeness >= MATCH:
                        yield -round(likeness, 6), i, j


def score_statements(passages: Sequence[JudgedPassage], said: Sequence[Said]) -> StatementFigures:
    """Score the statements of whole documents; those that lie outside the judged passages are not looked at."""
    pairing = _Pairing([(p, s) for p in passages for s in p.statements], said)
    judged, pairs = pairing.judged, pairing.pairs
    matched = set(pairs.values())
    inside = [j for j in range(len(said)) if j in pairing.near or _lies_in(said[j], passages)]
    given = [j for j in inside if j in matched or not _is_repeat(said[j], [said[k] for k in matched])]
    wanted = [
        i for i in range(len(judged)) if i in pairs or not _was_judged_twice(judged[i], [judged[k] for k in pairs])
    ]
    aside = [j for j in given if j not in matched and _is_optional(j, pairing, passages)]
    matches = [(judged[i][1], said[j]) for i, j in pairs.items()]
    right = sum(a.kind == b.kind for a, b in matches)
    results = [(a, b) for a, b in matches if a.kind == b.kind == "result"]
    told = [(a, b) for a, b in results if a.achieved]
    addressed = [(a, b) for a, b in matches if a.kind == b.kind == "recommendation"]
    return StatementFigures(
        detection=Rate(len(pairs), len(given), len(wanted)),
        asides=Rate(len(pairs), len(given) - len(aside), len(wanted)),
        both_right=Rate(right, len(given), len(wanted)),
        kinds={
            kind: Rate(
                sum(a.kind == kind == b.kind for a, b in matches),
                sum(said[j].kind == kind for j in given),
                sum(judged[i][1].kind == kind for i in wanted),
            )
            for kind in KINDS
        },
        kind=Share(right, len(matches)),
        voice=Share(sum(a.voice == b.voice for a, b in matches), sum(bool(a.voice) for a, _ in matches)),
        achieved=Share(sum(a.achieved == b.achieved for a, b in told), len(told)),
        addressee=Share(sum(_same_addressee(a.addressed_to, b.addressed_to) for a, b in addressed), len(addressed)),
        figure=Share(sum(_same_figure(a.figure, b.figure) for a, b in results), len(results)),
        themes=Rate(
            sum(len(a.themes & b.themes) for a, b in matches if a.themes is not None),
            sum(len(b.themes) for a, b in matches if a.themes is not None),
            sum(len(a.themes) for a, _ in matches if a.themes is not None),
        ),
        confusion=Counter((a.kind, b.kind) for a, b in matches if a.kind != b.kind),
    )


def score_labels(
    passages: Sequence[JudgedPassage],
    given: Mapping[str, Mapping[str, Iterable[str]]],
    facets: Sequence[str] = FACETS,
) -> dict[str, FacetFigures]:
    """Score the labels of each passage (``given`` by passage id, then by facet) facet by facet, over all decisions."""
    figures = {}
    for facet in facets:
        pairs = [(p.labels[facet], frozenset(given[p.id].get(facet, ()))) for p in passages]
        empty = [theirs for mine, theirs in pairs if not mine]
        figures[facet] = FacetFigures(
            micro=Rate(
                sum(len(mine & theirs) for mine, theirs in pairs),
                sum(len(theirs) for _, theirs in pairs),
                sum(len(mine) for mine, _ in pairs),
            ),
            exact=Share(sum(mine == theirs for mine, theirs in pairs), len(pairs)),
            empty_kept=Share(sum(not theirs for theirs in empty), len(empty)),
        )
    return figures


def statement_table(figures: StatementFigures) -> str:
    """The statements' figures as lines of text."""
    rates = {
        "detection": figures.detection,
        "  borderline set aside": figures.asides,
        "text and kind both right": figures.both_right,
        **{f"  {kind}": rate for kind, rate in figures.kinds.items()},
    }
    shares = {name: getattr(figures, name) for name in ("kind", "voice", "achieved", "addressee", "figure")}
    lines = [f"{'statements':26}{_HEADS}"]
    lines += [_rate_line(name, rate) for name, rate in rates.items()]
    lines += ["", f"{'on matches':26}{'share':>7}{'right':>7}{'of':>7}"]
    lines += [f"{name:26}{_cell(share.value):>7}{share.right:>7}{share.of:>7}" for name, share in shares.items()]
    mistaken = sorted(figures.confusion.items(), key=lambda pair: (-pair[1], pair[0]))
    lines += ["kinds mistaken: " + ", ".join(f"{a} for {b} {n}" for (b, a), n in mistaken)] if mistaken else []
    return "\n".join(lines)


def label_table(figures: Mapping[str, FacetFigures]) -> str:
    """The facets' figures as lines of text."""
    lines = [f"{'labels, micro':26}{_HEADS}{'exact':>7}{'empty kept':>12}"]
    for facet, f in figures.items():
        kept = f"{f.empty_kept.right}/{f.empty_kept.of}"
        lines.append(f"{_rate_line(facet, f.micro)}{_cell(f.exact.value):>7}{kept:>12}")
    return "\n".join(lines)


def _same_page(said: Said, passage: JudgedPassage) -> bool:
    return said.pages is None or passage.page is None or said.pages[0] <= passage.page <= said.pages[1]


def _lies_in(said: Said, passages: Sequence[JudgedPassage]) -> bool:
    """A text of one or two words has no run of three and lies nowhere; no statement is that short."""
    runs = shingles(words(said.text))
    there = {s for p in passages if p.doc == said.doc and _same_page(said, p) for s in p.shingles}
    return bool(runs) and sum(run in there for run in runs) / len(runs) >= INSIDE


def _is_repeat(said: Said, matched: Iterable[Said]) -> bool:
    mine = bag(said.text, "")
    alike = (m for m in matched if (m.doc, m.kind) == (said.doc, said.kind))
    return any(overlap(mine, bag(m.text, "")) >= REPEAT for m in alike)


def _was_judged_twice(one: tuple[JudgedPassage, Judged], matched: Iterable[tuple[JudgedPassage, Judged]]) -> bool:
    passage, judged = one
    alike = (m for p, m in matched if p.id == passage.id and m.kind == judged.kind)
    return any(overlap(judged.bags[0], m.bags[0]) >= REPEAT for m in alike)


def _is_optional(j: int, pairing: _Pairing, passages: Sequence[JudgedPassage]) -> bool:
    said = pairing.said[j]
    return any(
        overlap(b, pairing.bag_of(j, p)) >= MATCH
        for p in passages
        if p.doc == said.doc and _same_page(said, p)
        for b in p.optional
    )


def _same_addressee(label: str | None, given: str | None) -> bool:
    """Whether half of the words of the shorter are the other's too: the label is the annotator's own wording."""
    mine, theirs = ({w for w in words(text or "") if w not in _LITTLE} for text in (label, given))
    if not mine or not theirs:
        return mine == theirs
    return 2 * len(mine & theirs) >= min(len(mine), len(theirs))


def _same_figure(judged: str | None, given: str | None) -> bool:
    """Whether they share a number, or both have none."""
    return bool(numbers(judged or "") & numbers(given or "")) or not (judged or given)


def _rate_line(name: str, rate: Rate) -> str:
    shares = f"{rate.precision:>7.3f}{rate.recall:>7.3f}{rate.f1:>7.3f}"
    return f"{name:26}{shares}{rate.right:>7}{rate.given:>7}{rate.judged:>7}"


def _cell(value: float | None) -> str:
    return "–" if value is None else f"{value:.3f}"
