"""From the parts of a page to a `Practice`: each part to its field, word for word, with where it stands."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from corpus.ids import Ids, fold
from corpus.model import (
    PRACTICE_FIELDS,
    Bibliography,
    Claim,
    Passage,
    Place,
    Practice,
    ShownToWork,
    SourceRef,
    Standing,
)
from ingest import rollup
from ingest.dates import iso_date
from ingest.templates import values
from ingest.templates.labels import FACTS, Template, key_of
from ingest.templates.parts import Part

INTRODUCTION_WORDS = 8
"""A shorter line between the title and the first label is a button or a rubric, not an introduction."""

_GEOGRAPHIC = re.compile(r"\bgeogra(?:ph|f)")
"""In a label that needs no repeating before its areas: "Geographic scope", "Zone géographique"."""

Told = dict[str, tuple[Claim, ...]]


def practice_of(parts: Sequence[Part], template: Template, card: Bibliography, identifier: str, title: str) -> Practice:
    """The practice that a page's parts tell; ``card`` is that of its document."""
    told = told_in(parts, template, card.id)
    chief = rollup.chief(rollup.tag_passages(_passages(told, card, title)))
    donors = _donors(parts)
    ran = _period(parts)
    return Practice(
        id=identifier,
        title=title,
        told=told,
        organisations=_organisations(parts),
        donors=donors,
        places=_places(parts, donors, chief.countries),
        start=ran.start,
        end=ran.end,
        practice_type=next(iter(values.concepts("practice-types", _values(parts, "type"))), ""),
        scope=_scope(parts),
        themes=chief.themes,
        target_groups=chief.target_groups,
        gcm_objectives=values.concepts("gcm-objectives", _values(parts, "objectives")),
        gcm_principles=values.concepts("gcm-principles", _values(parts, "principles")),
        sdgs=values.concepts("sdgs", _values(parts, "sdgs")),
        standing=Standing.IMPLEMENTER,
        shown_to_work=ShownToWork.CLAIMED if "benefit" in told else ShownToWork.DESCRIBED,
        still_running=ran.running,
        programme=card.programme,
        language=card.language,
        rights=card.rights,
        doc=card.id,
        submitted=next(filter(None, map(iso_date, _values(parts, "submitted"))), ""),
        contact_role=values.role(_values(parts, "position")),
    )


def told_in(parts: Iterable[Part], template: Template, doc: str) -> Told:
    """The text of the parts by field, in the order of PRACTICE_FIELDS; fields without text are left out."""
    found: dict[str, list[Claim]] = {}
    for part in parts:
        if part.field in PRACTICE_FIELDS:
            found.setdefault(part.field, []).extend(_claims(part, template, doc))
        elif part.field == "detail":
            found.setdefault("partners", []).extend(c for c in _claims(part, template, doc) if not _is_name(c.text))
    return {name: tuple(found[name]) for name in PRACTICE_FIELDS if found.get(name)}


def _claims(part: Part, template: Template, doc: str) -> Iterator[Claim]:
    """A part's pieces as claims; the page's own label stands above them where the field's name says something else."""
    own = "" if not part.label or key_of(part.label) in template.named else part.label
    for piece in part.pieces:
        stray = not part.label and len(piece.text.split()) < INTRODUCTION_WORDS
        if stray or values.is_blank(piece.text):
            continue
        ref = SourceRef(doc=doc, page_label=piece.page_label, section=part.label)
        yield Claim(text=piece.text, sources=(ref,), item=piece.item, heading=piece.heading or own)


def _passages(told: Told, card: Bibliography, title: str) -> list[Passage]:
    """The claims as passages to be tagged: those of one field under one heading together."""
    ids, passages = Ids(card.id), list[Passage]()
    runs: dict[tuple[str, str], list[str]] = {}
    for name, claims in told.items():
        for claim in claims:
            runs.setdefault((PRACTICE_FIELDS[name], claim.heading), []).append(claim.text)
    for ordinal, ((name, heading), texts) in enumerate(runs.items()):
        text = "\n".join(texts)
        path = tuple(filter(None, (title, heading or name)))
        passages.append(
            Passage(
                id=ids.make("p", text),
                doc=card.id,
                ordinal=ordinal,
                section=0,
                path=path,
                text=text,
                language=card.language,
            )
        )
    return passages


def _values(parts: Iterable[Part], field: str) -> list[str]:
    return [value for part in parts if part.field == field for value in part.values]


def _is_name(text: str) -> bool:
    return len(text.split()) <= values.NAME_WORDS and text[-1:] not in ".!?"


def _organisations(parts: Sequence[Part]) -> tuple[str, ...]:
    """Who does it; what the page says more of them counts where it is itself a name ("Regional Office")."""
    detail = [value for value in _values(parts, "detail") if _is_name(value)]
    return values.names([*_values(parts, "organisations"), *detail])


def _donors(parts: Sequence[Part]) -> tuple[str, ...]:
    """Who pays: the field for it, else what the text on cost says in so many words."""
    named = values.names(_values(parts, "donors"))
    paid = (funder for part in parts if part.field == "cost" for p in part.pieces for funder in values.funders(p.text))
    return named or tuple(dict.fromkeys(paid))


def _period(parts: Sequence[Part]) -> values.Period:
    """When it ran, from one field or from a field for each end."""
    told = values.period(" – ".join(_values(parts, "dates")))
    start = next(filter(None, map(iso_date, _values(parts, "start"))), told.start)
    ended = values.period(" ".join(_values(parts, "end")))
    return values.Period(start=start, end=ended.start or ended.end or told.end, running=ended.running or told.running)


def _scope(parts: Iterable[Part]) -> str:
    """How far it reaches, in the page's words, each kind of area with its label."""
    areas = [part for part in parts if part.field in ("scope", "country")]
    told = []
    for part in areas:
        worded = "; ".join(value for value in part.values if not values.is_blank(value))
        general = len(areas) == 1 or _GEOGRAPHIC.search(fold(part.label))
        told += [worded if general else f"{part.label}: {worded}"] if worded else []
    return "; ".join(told)


def _places(parts: Sequence[Part], donors: Iterable[str], chief: Iterable[str]) -> tuple[Place, ...]:
    """The countries that the page's fields name, else those that its text is chiefly about, but for the donors' own."""
    named = values.countries_in("; ".join([*_values(parts, "country"), *_values(parts, "scope")]))
    if named:
        return tuple(Place(country=code, role="implementation") for code in named)
    paying = values.countries_in("; ".join(donors))
    return tuple(Place(country=code) for code in chief if code not in paying)


def is_told(parts: Iterable[Part]) -> bool:
    """Whether any text stands under the labels: an empty form is no practice."""
    return any(part.label and part.field not in FACTS and part.pieces for part in parts)
