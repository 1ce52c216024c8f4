"""Management responses: each recommendation of an evaluation, whether it was accepted, and what is to be done.

They come in two forms.  In the one each recommendation has labelled cells or paragraphs of its own ("Recommendation 1:
…", "Management response: …", "Key actions"); in the other a table has a column for each, under headers of several
wordings.  Both may run over pages.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Literal

from corpus.ids import fold
from corpus.model import Block, BlockKind, Page, Response
from ingest.evidence.standing import RESPONSE

Decision = Literal["accepted", "partly", "rejected", "unclear"]
Part = Literal["recommendation", "answer", "decision", "other"]

DECIDING_WORDS = 40
"""A decision is told at the beginning of an answer; further on are reasons and plans."""

_RECOMMENDATION = re.compile(
    r"^\W*(?:(?:evaluation|key|main|summary of|strategic|operational)\s)*(?:recommendations?|recommandations?|"
    r"recomendaci(?:ón|ones))"
    r"(?P<number>\s*(?:n[o°º.]*\s?|#\s?)?\d{1,2}(?:\.\d{1,2})?)?(?:\s?\([^()]{1,60}\))?\s*(?P<end>[:.–—-]|$)\s*",
    re.IGNORECASE,
)
_ANSWER = re.compile(
    r"^\W*(?:(?:initial\s)?(?:management|organi[sz]ation|agency|unit|office|country office|"
    r"secretariat)(?:['’]s)?\s(?:\w+[\s-]){0,2}response|"
    r"response\s(?:of|from)\s(?:the\s)?management|réponse\s(?:de\sla\s(?:direction|coordination)|du\smanagement)|"
    r"respuesta\s(?:de\sla\s)?(?:gerencia|dirección|administración))"
    r"(?:\s?\([^()]{1,80}\))?\s*(?:[:.–—-]|$)\s*",
    re.IGNORECASE,
)
_DECISION = re.compile(
    r"^\W*(?:decision|acceptance|status\sof\sacceptance|accepted\s?\??|agree(?:ment|d)?\s?\??|position|décision|"
    r"decisión)"
    r"(?:\s?\([^()]{1,80}\))?\s*(?:[:?]|$)\s*",
    re.IGNORECASE,
)
_OTHER = re.compile(
    r"^\W*(?:recommendation\s(?:to|addressed|owner)|addressed\sto|priority|key\sactions?|planned\sactions?|"
    r"actions?(?:\s(?:planned|to\sbe\staken|points?|plan))?|"
    r"time\s?frame|deadline|due\sdate|completion|responsib\w+|lead|implementation|comments?|status|tracking|"
    r"progress|follow[\s-]?up|budget|"
    r"évidence|actions\sclés|délais?|échéance|responsables?|suivi|acciones?|plazo|seguimiento|estado|"
    r"justification|rationale)\b"
    r"[^:]{0,60}?(?:[:]|$)",
    re.IGNORECASE,
)

_HEADS: tuple[tuple[Part, re.Pattern[str]], ...] = (
    ("recommendation", re.compile(r"^(?:(?:\w+ ){0,3}recommendations?(?: \w+){0,3}|recommandations?|"
        r"recomendacion(?:es)?)$")),
    ("decision", re.compile(r"^(?:accept\w*(?: \w+){0,6}|agree\w*(?: \w+){0,4}|decision|position|decision de .*|"
        r"status of acceptance|level of agreement|aceptad[oa].*)$")),
    ("answer", re.compile(r"^(?:(?:\w+ ){0,3}(?:management|unit|office|agency|"
        r"organi[sz]ation)(?: s)?(?: \w+){0,2} response(?: \w+){0,4}|response(?: \w+){0,5}|"
        r"comments?(?: from management| on recommendation)?|reponse .*|respuesta.*|explanation(?: \w+){0,4}|"
        r"justification|management comments?)$")),
    ("other", re.compile(r"^(?:no|n|number|#|ref|priority|(?:\w+ ){0,3}actions?(?: \w+){0,4}|time ?frame.*|"
        r"deadline.*|due date|responsib\w+.*|status.*|implementation.*|(?:\w+ )?completion.*|tracking.*|"
        r"follow up.*|by whom|by when|lead.*|delais?|responsables?|acciones.*|plazo.*)$")),
)  # fmt: skip

_PARTLY = re.compile(
    r"\b(?:partial(?:ly)?|partly|in part|with (?:reservations?|modifications?)|not (?:fully|entirely)|"
    r"partiellement|en partie|(?:sous|avec) reserves?|con reservas?|"
    r"parcialmente|en parte)\b"
)
_REJECTED = re.compile(
    r"\b(?:reject(?:ed|s)?|not (?:be )?accept(?:ed|able)?|do(?:es)? not (?:accept|agree)|disagree[ds]?|not agreed|"
    r"declined?|rejetee?s?|refusee?s?|"
    r"pas acceptee?s?|rechazad[oa]s?|no (?:se )?acepta(?:d[oa])?)\b"
)
_ACCEPTED = re.compile(
    r"\b(?:accept(?:ed|s)?|agree(?:d|s)?|fully (?:accept|agree)\w*|endorse[ds]?|concur(?:s|red)?|acceptee?s?|"
    r"d accord|approuvee?s?|"
    r"aceptad[oa]s?|se acepta|de acuerdo|yes|oui)\b"
)
_BARE = {"accept": "accepted", "yes": "accepted", "no": "rejected", "reject": "rejected", "partial": "partly"}


@dataclass
class _Open:
    """One recommendation with its answer, as it gathers."""

    page: int | None
    label: str | None
    recommendation: list[str] = field(default_factory=list)
    answer: list[str] = field(default_factory=list)
    decision: list[str] = field(default_factory=list)

    def closed(self) -> Response | None:
        recommendation = " ".join(self.recommendation).strip()
        answer = " ".join(self.answer).strip()
        if len(recommendation.split()) < 4 or not (answer or self.decision):
            return None
        decided = decision_of(" ".join(self.decision)) if self.decision else "unclear"
        return Response(
            recommendation=recommendation,
            decision=decided if decided != "unclear" else decision_of(answer),
            answer=answer,
            page=self.page,
            page_label=self.label,
        )


def found(pages: Sequence[Page], whole: bool) -> tuple[Response, ...]:
    """The responses of a document: of all its pages where the ``whole`` is one, else of its sections that say so."""
    blocks = [(block, page) for block, page in _blocks(pages, whole) if not block.private]
    made = [response for gathered in _gathered(blocks) if (response := gathered.closed())]
    return tuple(made)


def decision_of(text: str) -> Decision:
    """What an answer decides, by the words it begins with; unclear where it does not say."""
    folded = " ".join(fold(text).split()[:DECIDING_WORDS])
    if folded in _BARE:
        return _decided(_BARE[folded])
    first = min((m.start() for p in (_REJECTED, _ACCEPTED) if (m := p.search(folded))), default=len(folded))
    partly = _PARTLY.search(folded)
    if partly and partly.start() <= first + 12 and first < len(folded):
        return "partly"
    for pattern, decided in ((_REJECTED, "rejected"), (_ACCEPTED, "accepted")):
        match = pattern.search(folded)
        if match and match.start() == first:
            return _decided(decided)
    return "unclear"


def _decided(word: str) -> Decision:
    decisions: dict[str, Decision] = {"accepted": "accepted", "rejected": "rejected", "partly": "partly"}
    return decisions[word]


def _blocks(pages: Sequence[Page], whole: bool) -> Iterator[tuple[Block, Page]]:
    """The blocks of a management response: all, or those under a heading that is one."""
    inside = 0
    for page in pages:
        for block in page.blocks:
            if block.kind is BlockKind.HEADING and not whole:
                if inside and block.level > inside:
                    yield block, page
                    continue
                inside = block.level if RESPONSE.search(fold(block.text)) else 0
            elif (whole or inside) and block.kind not in (BlockKind.FOOTNOTE, BlockKind.FURNITURE):
                yield block, page


def _gathered(blocks: Sequence[tuple[Block, Page]]) -> Iterator[_Open]:
    """The recommendations with what belongs to each, from labelled cells and paragraphs and from columns."""
    current: _Open | None = None
    part: Part = "other"
    columns: dict[int, Part] = {}
    for block, page in blocks:
        rows = block.rows or ((block.text,),)
        if not block.rows:
            columns = {}
        for row in rows:
            heads = _columns(row)
            if heads:
                columns = heads
                continue
            if columns and len(row) > max(columns):
                opens = _opens_row(row, columns)
                if opens:
                    if current:
                        yield current
                    current = _Open(page.number, page.label)
                if current:
                    _fill(current, row, columns)
                part = "other"
                continue
            told = [cell.strip() for cell in row if cell.strip()]
            for cell in told:
                label, rest = _label_of(cell)
                if label == "recommendation":
                    if current:
                        yield current
                    current = _Open(page.number, page.label)
                if label:
                    part = label
                elif len(told) > 1:
                    continue  # a cell beside others that no label opens belongs to the plan of action
                if current and rest:
                    _add(current, part, rest)
    if current:
        yield current


def _columns(row: Sequence[str]) -> dict[int, Part]:
    """What each column of a table holds, by its head row; nothing where the row is none."""
    heads: dict[int, Part] = {}
    for place, cell in enumerate(row):
        folded = fold(cell)
        part = next((part for part, pattern in _HEADS if folded and pattern.fullmatch(folded)), None)
        if part:
            heads[place] = part
    parts = set(heads.values())
    return heads if "recommendation" in parts and parts & {"answer", "decision"} else {}


def _opens_row(row: Sequence[str], columns: dict[int, Part]) -> bool:
    """Whether a row begins a recommendation; one that continues the row before has nothing in that column."""
    return any(row[place].strip() for place, part in columns.items() if part == "recommendation")


def _fill(current: _Open, row: Sequence[str], columns: dict[int, Part]) -> None:
    for place, part in columns.items():
        if row[place].strip():
            _add(current, part, row[place].strip())


def _label_of(cell: str) -> tuple[Part | None, str]:
    """The part that a cell or paragraph opens, and what it says of it."""
    match = _ANSWER.match(cell)
    if match:
        return "answer", cell[match.end() :].strip()
    if _OTHER.match(cell):
        return "other", ""
    match = _RECOMMENDATION.match(cell)
    if match and (match["number"] or match["end"] == ":"):
        return "recommendation", cell[match.end() :].strip()
    match = _DECISION.match(cell)
    if match:
        return "decision", cell[match.end() :].strip()
    return None, cell


def _add(current: _Open, part: Part, text: str) -> None:
    if part != "other":
        getattr(current, part).append(text)
