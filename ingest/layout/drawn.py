"""What is drawn, not written: bullets as little shapes, panels that are a page's design, bars that float over it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace

from ingest.layout.geometry import Run, Shape, Sheet
from ingest.layout.paragraphs import Draft

BULLET = (0.2, 0.45)
"""Em: how wide and high a drawn bullet is; a chart's legend has larger squares."""
LARGEST = 12.0
"""Points: the bullet of a large heading."""
SQUARE = 0.25
"""Share by which its sides may differ."""
MOST = 200
"""More such shapes on a page are a drawing."""
REACH = 2.0
"""Em between a bullet and its text, at most."""
STILL = 0.5
"""Points by which an element that never moves may."""
SHADED_SHARE = 0.5
"""Where more of all words stand on shades, the shades are the page's design: a web page's panels, not boxes."""
OFTEN = 3
ON_MOST = 0.8
"""On so many pages, and on this share of all, stands what a browser prints over each of them."""


def with_bullets(sheet: Sheet) -> list[Run]:
    """The runs with a bullet before each text that has one drawn: browsers print the marks of lists as shapes."""
    small = [s for s in sheet.shapes if s.width < LARGEST and s.height < LARGEST]
    marks = [s for s in small if s.filled and not s.white and _is_square(s)]
    if not marks or len(marks) > MOST:
        return sheet.runs
    found = []
    for mark in marks:
        text = next((run for run in sheet.runs if _opens(mark, run)), None)
        alone = not any(_touch(mark, other) for other in small if other is not mark)
        if text is not None and alone and not any(_between(other, text, mark.x0) for other in sheet.runs):
            found.append(replace(text, x0=mark.x0, y0=mark.y0, x1=mark.x1, y1=mark.y1, text="•"))
    return [*found, *sheet.runs]


def _is_square(shape: Shape) -> bool:
    return 1 < shape.width < LARGEST and abs(shape.width - shape.height) <= SQUARE * shape.width


def _touch(mark: Shape, other: Shape) -> bool:
    """Whether another small shape is so near that both are parts of one picture."""
    return mark.overlap_x(other) > -2 * mark.width and mark.overlap_y(other) > -mark.height


def _opens(mark: Shape, run: Run) -> bool:
    """Whether a shape is of a bullet's size and stands where a bullet of the text would."""
    small = BULLET[0] * run.size <= mark.width <= BULLET[1] * run.size
    beside = run.base - 0.75 * run.size <= (mark.y0 + mark.y1) / 2 <= run.base
    return small and beside and 0 < run.x0 - mark.x1 <= REACH * run.size and bool(run.text.strip())


def _between(other: Run, run: Run, left: float) -> bool:
    """Whether a run stands on the line of another, close to the left of it or of its bullet."""
    near = left - REACH * run.size < other.x1 <= run.x0 + 1
    return other is not run and near and abs(other.base - run.base) < 0.3 * run.size and bool(other.text.strip())


def open_panels(drafts: Sequence[Draft]) -> None:
    """Take what stands on a shade for running text where most of the document does."""
    shaded = [d for d in drafts if d.boxed and not d.side]
    if sum(len(d.text.split()) for d in shaded) > SHADED_SHARE * sum(len(d.text.split()) for d in drafts):
        for draft in shaded:
            draft.boxed = False


def without_overlays(sheets: Sequence[Sheet]) -> None:
    """Take out what stands at the very same place on most pages and, on one of them at least, on top of other text.

    Browsers print what floats over a page (a bar of buttons, a tab) on each of its sheets, whatever is below.
    """
    written = [sheet for sheet in sheets if sheet.runs]
    if len(written) < OFTEN:
        return
    places: defaultdict[tuple[str, int, int], list[tuple[Sheet, Run]]] = defaultdict(list)
    for sheet in written:
        for run in sheet.runs:
            places[run.text.strip(), round(run.x0 / STILL / 2), round(run.base / STILL / 2)].append((sheet, run))
    least = max(OFTEN, ON_MOST * len(written))
    still = [own for (text, _, _), own in places.items() if text and len({s.number for s, _ in own}) >= least]
    covering = [own for own in still if any(next(_below(sheet, run), None) for sheet, run in own)]
    gone = {id(run) for own in still if _among(own, covering) for _, run in own}
    for sheet in written if gone else ():
        sheet.runs = [run for run in sheet.runs if id(run) not in gone]


def _below(sheet: Sheet, run: Run) -> Iterator[Run]:
    """The runs of a page that share ink's place with another."""
    for other in sheet.runs:
        across, down = run.overlap_x(other), run.overlap_y(other)
        if other is not run and other.text.strip() and across > 0.5 * run.width and down > 0.5 * run.height:
            yield other


def _among(own: Sequence[tuple[Sheet, Run]], covering: Sequence[Sequence[tuple[Sheet, Run]]]) -> bool:
    """Whether a still element covers text itself, or stands with one that does: the other buttons of a bar."""
    run = own[0][1]
    near = (first[0][1] for first in covering)
    return any(abs(run.x0 - o.x0) < 3 * o.size and abs(run.base - o.base) < 3 * o.size for o in near)
