"""Corrections put on what a machine read: pure functions from values to values.

`corrected` gives a document with its corrections applied, and for each correction a `Tie`: the item that it holds for
and what the machine said there.  `restored` takes that back, so that ``corrected(restored(x), ties) == x``'s machine.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, TypeVar

import msgspec

from corpus.corrections import EVIDENCE, NO_STATEMENT, PRACTICE, TAG, Content, Correction
from corpus.ids import Ids, fold
from corpus.model import (
    PRACTICE_FIELDS,
    Bibliography,
    Claim,
    Document,
    Passage,
    Practice,
    SourceRef,
    Statement,
    StatementKind,
    Tag,
    Told,
    Value,
    Voice,
)

SAME = 0.9
"""A correction whose item is gone holds for the item that shares at least this part of their words."""

T = TypeVar("T", bound=Value)


class Tie(Value, frozen=True):
    """What a correction came to: the id of the item that it holds for (None: an orphan), and the machine's word there.

    ``machine`` is the passage's tags, the whole statement (None for one that the machine lacks), or the field's value.
    """

    correction: Correction
    applied_to: str | None
    machine: Any = None


class Corrected(Value, frozen=True):
    """A document with its corrections, and the tie of each."""

    document: Document
    ties: tuple[Tie, ...] = ()


def overlap(words: Counter[str], other: Counter[str]) -> float:
    """The share of words (0–1) that two texts have in common, of the larger of the two."""
    return (words & other).total() / max(words.total(), other.total(), 1)


def bag(text: str) -> Counter[str]:
    """A text's folded words with how often each stands in it."""
    return Counter(fold(text).split())


# ---------------------------------------------------------------------------------------------- a document


def corrected(document: Document, corrections: Sequence[Correction]) -> Corrected:
    """A machine's reading with the corrections of its passages, statements and evidence card, oldest first.

    Corrections of other fields are passed over: they are put on elsewhere (`card`, `practices`).
    """
    by_item: dict[str, list[Correction]] = defaultdict(list)
    for one in corrections:
        by_item[one.item].append(one)
    ties: list[Tie] = []
    passages, statements = list(document.passages), list(document.statements)
    for item, some in by_item.items():
        sort = some[0].sort
        if sort == "passage":
            ties += _correct_passage(passages, item, some)
    for item, some in by_item.items():
        if some[0].sort == "statement":
            ties += _correct_statement(statements, document, item, some)
    evidence = dict(document.evidence)
    for one in corrections:
        if one.sort == "document" and one.field.startswith(EVIDENCE):
            ties.append(_correct_evidence(evidence, document, one))
    read = msgspec.structs.replace(document, passages=tuple(passages), statements=tuple(statements), evidence=evidence)
    return Corrected(document=read, ties=tuple(ties))


def restored(document: Document, ties: Iterable[Tie]) -> Document:
    """A corrected document as the machine read it; dropped statements are back in their places."""
    passages = {p.id: p for p in document.passages}
    statements = list(document.statements)
    evidence = dict(document.evidence)
    for tie in ties:
        one, item = tie.correction, tie.applied_to
        if item is None:
            continue
        if one.sort == "passage" and item in passages:
            passages[item] = msgspec.structs.replace(passages[item], tags=tie.machine)
        elif one.sort == "statement":
            _restore(statements, item, tie.machine, document.passages)
        elif one.field.startswith(EVIDENCE):
            _put(evidence, one.field.removeprefix(EVIDENCE), tie.machine)
    return msgspec.structs.replace(
        document, passages=tuple(passages.values()), statements=tuple(statements), evidence=evidence
    )


def _restore(statements: list[Statement], item: str, machine: Statement | None, passages: Iterable[Passage]) -> None:
    """Put the machine's statement in place of the corrected one; its group is told anew as long as its kind stays."""
    at = next((n for n, s in enumerate(statements) if s.id == item), None)
    if at is not None and machine is not None:
        same = statements[at].kind is machine.kind
        statements[at] = msgspec.structs.replace(machine, group=statements[at].group) if same else machine
    elif at is not None:
        statements.pop(at)
    elif machine is not None:
        _insert(statements, machine, passages)


def _insert(statements: list[Statement], one: Statement, passages: Iterable[Passage]) -> None:
    """Put a statement where its words stand among a document's others."""
    where = {p.id: (p.ordinal, p.text) for p in passages}

    def place(statement: Statement) -> tuple[int, int]:
        ordinal, text = where.get(statement.passage, (len(where), ""))
        return ordinal, max(text.find(statement.text), 0)

    after = [n for n, other in enumerate(statements, 1) if place(other) <= place(one)]
    statements.insert(max(after, default=0), one)


def _text(item: Any) -> str:
    return str(item.text)


def nearest(items: Iterable[T], quote: str, text: Callable[[T], str] = _text) -> T | None:
    """The item whose ``text`` shares most words with a quotation, if that is SAME of them or more."""
    words = bag(quote)
    scored = [(overlap(words, bag(text(item))), item) for item in items]
    best = max(scored, key=lambda pair: pair[0], default=None)
    return best[1] if best is not None and best[0] >= SAME else None


# ---------------------------------------------------------------------------------------------- passages


def _correct_passage(passages: list[Passage], item: str, corrections: Sequence[Correction]) -> list[Tie]:
    found = next((p for p in passages if p.id == item), None) or nearest(passages, corrections[-1].quote)
    if found is None:
        return [Tie(correction=one, applied_to=None) for one in corrections]
    tags = found.tags
    for one in corrections:
        tags = _tagged(tags, one.field.removeprefix(TAG), bool(one.value))
    passages[passages.index(found)] = msgspec.structs.replace(found, tags=tags)
    return [Tie(correction=one, applied_to=found.id, machine=found.tags) for one in corrections]


def _tagged(tags: tuple[Tag, ...], concept: str, wanted: bool) -> tuple[Tag, ...]:
    """Tags with a person's word on one concept; a confirmed tag keeps its evidence and role."""
    if not wanted:
        return tuple(tag for tag in tags if tag.concept != concept)
    if any(tag.concept == concept for tag in tags):
        return tuple(
            msgspec.structs.replace(tag, origin="person", score=1.0) if tag.concept == concept else tag for tag in tags
        )
    return (*tags, Tag(concept=concept, origin="person"))


# ---------------------------------------------------------------------------------------------- statements


def _correct_statement(
    statements: list[Statement], document: Document, item: str, corrections: Sequence[Correction]
) -> list[Tie]:
    machine = next((s for s in statements if s.id == item), None) or nearest(statements, corrections[-1].quote)
    told = {one.field: one.value for one in corrections}
    kind = told.get("kind")
    found = machine
    if found is None and kind not in (None, NO_STATEMENT):
        found = quoted(document.passages, corrections[-1].quote, item, str(kind))
    if found is None:
        # Words that a person found to be no statement, and the machine does not take for one either: nothing is lost.
        place = item if kind == NO_STATEMENT else None
        return [Tie(correction=one, applied_to=place) for one in corrections]
    if machine is None:
        _insert(statements, told_anew(found, told), document.passages)
    elif kind == NO_STATEMENT:
        statements.remove(machine)
    else:
        statements[statements.index(machine)] = told_anew(machine, told)
    return [Tie(correction=one, applied_to=found.id, machine=machine) for one in corrections]


def told_anew(statement: Statement, told: Mapping[str, Content]) -> Statement:
    """A statement with a person's values; what its kind does not have is left out."""
    kind = StatementKind(str(told.get("kind") or statement.kind))
    result, recommendation = kind is StatementKind.RESULT, kind is StatementKind.RECOMMENDATION
    own = {**msgspec.structs.asdict(statement), **{name: value for name, value in told.items() if name != "kind"}}
    return msgspec.structs.replace(
        statement,
        kind=kind,
        voice=Voice(own["voice"]),
        themes=tuple(own["themes"]),
        achieved=(own["achieved"] or "yes") if result else None,
        figure=(own["figure"] or None) if result else None,
        addressed_to=(own["addressed_to"] or None) if recommendation else None,
        group=statement.group if kind is statement.kind else statement.id,
    )


def quoted(
    passages: Iterable[Passage], words: str, item: str = "", kind: str = StatementKind.LESSON, page: int | None = None
) -> Statement | None:
    """A statement made of words of a document, as they stand in its first passage (on ``page``) that holds them."""
    for passage in (p for p in passages if not p.private):
        for start, end in _places_of(words, passage.text):
            span = passage.span_of(start, end)
            if page is None or (span.page is not None and span.page <= page <= (span.page_end or span.page)):
                text = passage.text[start:end]
                made = item or Ids(passage.doc).make("s", text)
                return Statement(
                    id=made, doc=passage.doc, passage=passage.id, text=text, kind=StatementKind(kind),
                    path=passage.path, span=span, group=made,
                )  # fmt: skip
    return None


def _places_of(words: str, text: str) -> Iterable[tuple[int, int]]:
    """Where words stand in a text, however either is broken into lines."""
    pattern = r"\s+".join(re.escape(word) for word in words.split())
    return (found.span() for found in re.finditer(rf"(?<!\w){pattern}(?!\w)", text)) if pattern else ()


# ---------------------------------------------------------------------------------------------- records


def _correct_evidence(evidence: dict[str, tuple[Told, ...]], document: Document, one: Correction) -> Tie:
    """A field of the evidence card; one that is told by words which the document no longer has is an orphan."""
    name = one.field.removeprefix(EVIDENCE)
    span, place = None, None
    if one.quote:
        place = quoted(document.passages, one.quote, page=one.page) or quoted(document.passages, one.quote)
        if place is None:
            return Tie(correction=one, applied_to=None)
        span = place.span
    machine = evidence.get(name, ())
    values = one.value if isinstance(one.value, tuple) else (str(one.value or ""),)
    _put(
        evidence,
        name,
        tuple(
            Told(
                value=value,
                quote=place.text if place else "",
                page=span.page if span else one.page,
                page_label=span.page_label if span else None,
            )
            for value in values
            if value
        ),
    )
    return Tie(correction=one, applied_to=one.item, machine=machine)


def _put(evidence: dict[str, tuple[Told, ...]], name: str, told: tuple[Told, ...]) -> None:
    if told:
        evidence[name] = told
    else:
        evidence.pop(name, None)


def card(read: Bibliography, told: Mapping[str, Content]) -> Bibliography:
    """A library card with a person's values in place of its own, blank ones too."""
    if not told:
        return read
    return msgspec.convert({**msgspec.structs.asdict(read), **told}, Bibliography)


def practices(read: Sequence[Practice], corrections: Sequence[Correction]) -> tuple[tuple[Practice, ...], list[Tie]]:
    """Practices of one document (or one record) with their corrections, and each correction's tie."""
    found = {p.id: p for p in read}
    ties = []
    by_item: dict[str, list[Correction]] = defaultdict(list)
    for one in corrections:
        by_item[one.item].append(one)
    for item, some in by_item.items():
        place = next((p for p in read if p.id == item), None) or nearest(read, some[-1].quote, words_of)
        for one in some:
            name = one.field.removeprefix(PRACTICE)
            if place is None:
                ties.append(Tie(correction=one, applied_to=None))
                continue
            ties.append(Tie(correction=one, applied_to=place.id, machine=_practice_value(place, name)))
            found[place.id] = _practice(found[place.id], name, one.value)
    return tuple(found.values()), ties


def words_of(practice: Practice) -> str:
    """The words by which a practice is known again."""
    return f"{practice.title}\n{practice.summary}"


def unpractised(practice: Practice, ties: Iterable[Tie]) -> Practice:
    """A corrected practice as it was read or recorded."""
    for tie in ties:
        name = tie.correction.field.removeprefix(PRACTICE)
        if name in PRACTICE_FIELDS:
            claims = msgspec.convert(tie.machine, tuple[Claim, ...])
            practice = _with_claims(practice, name, claims)
        else:
            practice = _with_field(practice, name, tie.machine)
    return practice


def _practice_value(practice: Practice, name: str) -> Any:
    value = practice.told.get(name, ()) if name in PRACTICE_FIELDS else getattr(practice, name)
    return msgspec.to_builtins(value)


def _practice(practice: Practice, name: str, value: Content) -> Practice:
    """A practice with one field told by a person; the claims that it tells are of the practice's own document."""
    if name in PRACTICE_FIELDS:
        refs = (SourceRef(doc=practice.doc),) if practice.doc else ()
        lines = [line.strip() for line in str(value or "").splitlines() if line.strip()]
        made = (Claim(text=line.removeprefix("- "), sources=refs, item=line.startswith("- ")) for line in lines)
        return _with_claims(practice, name, tuple(made))
    if name == "places" and isinstance(value, tuple):
        parts = (one.partition(":") for one in value)
        return _with_field(practice, name, [{"country": country, "role": role} for country, _, role in parts])
    return _with_field(practice, name, value)


def _with_claims(practice: Practice, name: str, claims: tuple[Claim, ...]) -> Practice:
    told = {key: claims if key == name else practice.told.get(key, ()) for key in PRACTICE_FIELDS}
    return msgspec.structs.replace(practice, told={key: some for key, some in told.items() if some})


def _with_field(practice: Practice, name: str, value: Any) -> Practice:
    return msgspec.convert({**msgspec.to_builtins(practice), name: value}, Practice)
