"""What the catalogue holds as things to be found: pure functions from the model's objects to `Thing`."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache

import msgspec

from corpus.bodies import called, called_each
from corpus.concepts import vocabulary
from corpus.ids import fold
from corpus.model import Bibliography, Party, Passage, Practice, Standing, Statement
from corpus.places import PLACE_PREFIX
from corpus.translations import translated
from index.engine import Thing
from index.labels import ROLE_JOINT
from index.source import Source

THINGS_VERSION = 8
"""Raised whenever the same catalogue would give other things: it makes every index due for a rebuild."""

NAMED_FACETS = {"situation": "situation", "criteria": "evaluation-criteria"}
"""Facets of passages whose values are a scheme's concepts as they are tagged, by the scheme."""

LONG_WORD = 8
"""Letters from which a word in capitals is no short form."""

_COUNTRY = re.compile(rf"{PLACE_PREFIX}([A-Z]{{2}})")

Facets = dict[str, tuple[str, ...]]


def things_of(source: Source, owners: Iterable[str]) -> Iterator[Thing]:
    """Everything that goes with these documents and practices, one owner after the other; unknown ids give nothing."""
    documents, practices = set(source.document_ids()), set(source.practice_ids())
    explained = source.acronyms()
    for owner in owners:
        if owner in documents:
            told = source.passages(owner), source.statements(owner), source.parties(owner)
            short_forms = {acronym.short: acronym.long for acronym in explained.get(owner, ())}
            yield from document_things(source.card(owner), *told, short_forms)
            for practice in source.practices_of(owner):
                yield from practice_things(practice, source.card(owner))
        if owner in practices and not (practice := source.practice(owner)).doc:
            yield from practice_things(practice)


def document_things(
    card: Bibliography,
    passages: Sequence[Passage],
    statements: Sequence[Statement],
    parties: Sequence[Party] = (),
    explained: Mapping[str, str] | None = None,
) -> Iterator[Thing]:
    """A document with its passages and statements; ``explained`` are its short forms."""
    said: dict[str, list[Statement]] = {}
    for statement in statements:
        said.setdefault(statement.passage, []).append(statement)
    named = _distinct((*card.organisations, *(party.name for party in _but_authors(card, parties))))
    card = msgspec.structs.replace(card, organisations=organisations_of(card, parties, explained))
    of_passages = [passage_thing(card, p, said.get(p.id, [])) for p in passages]
    yield document_thing(card, passages, of_passages, named)
    yield from of_passages
    by_id = {thing.id: thing for thing in of_passages}
    for ordinal, statement in enumerate(statements):
        yield statement_thing(card, statement, ordinal, by_id.get(statement.passage))


def passage_thing(card: Bibliography, passage: Passage, said: Sequence[Statement]) -> Thing:
    """A passage: its own themes, groups and countries, the rest from its document's card."""
    themes, groups, countries = rolled_up(passage.concepts())
    return Thing(
        what="passages",
        id=passage.id,
        owner=card.id,
        ordinal=passage.ordinal,
        language=passage.language or card.language,
        title=card.title,
        head=_headings(passage.path, card.title),
        body=passage.text,
        date=date_number(card.date),
        twin=twin_number(passage.id),
        facets={
            **card_facets(card, passage.language),
            "theme": themes,
            "group": groups,
            "country": countries,
            **{name: of_scheme(passage.concepts(), scheme) for name, scheme in NAMED_FACETS.items()},
            "kind": _distinct(s.kind.value for s in said),
            "voice": _distinct(s.voice.value for s in said),
            "addressee": _distinct(addressee_of(s) for s in said),
            "achieved": _distinct(s.achieved or "" for s in said),
        },
    )


def statement_thing(card: Bibliography, statement: Statement, ordinal: int, passage: Thing | None) -> Thing:
    """A statement; what it does not have itself (groups, countries …) is that of the passage around it."""
    around = passage.facets if passage else {}
    themes, groups, countries = rolled_up(statement.themes)
    language = passage.language if passage else card.language
    return Thing(
        what="statements",
        id=statement.id,
        owner=card.id,
        ordinal=ordinal,
        language=language,
        title=card.title,
        head=_headings(statement.path, card.title),
        body=statement.text,
        date=date_number(card.date),
        twin=twin_number(statement.id),
        facets={
            **card_facets(card, language),
            "theme": themes or around.get("theme", ()),
            "group": groups or around.get("group", ()),
            "country": countries or around.get("country", ()),
            **{name: around.get(name, ()) for name in NAMED_FACETS},
            "kind": (statement.kind.value,),
            "voice": (statement.voice.value,),
            "addressee": _said(addressee_of(statement)),
            "achieved": _said(statement.achieved or ""),
        },
    )


def document_thing(
    card: Bibliography, passages: Sequence[Passage], of_passages: Sequence[Thing], named: Sequence[str] = ()
) -> Thing:
    """A document's record; what its card does not say of themes, groups and countries its passages say.

    ``named`` are the organisations as the document writes them.
    """

    def from_passages(name: str) -> tuple[str, ...]:
        return _distinct(value for thing in of_passages for value in thing.facets.get(name, ()))

    headings = _distinct(heading for passage in passages for heading in passage.path)
    return Thing(
        what="documents",
        id=card.id,
        owner=card.id,
        ordinal=0,
        language=card.language,
        title=card.title,
        head=" \n".join([*named, *card.authors, card.publisher, card.programme]),
        body="\n".join([card.summary, *headings]),
        date=date_number(card.date),
        twin=twin_of_id(card.id),
        facets={
            **card_facets(card, card.language),
            "theme": card.themes or from_passages("theme"),
            "group": card.target_groups or from_passages("group"),
            "country": card.countries or from_passages("country"),
            **{name: from_passages(name) for name in NAMED_FACETS},
            "kind": from_passages("kind"),
            **{name: from_passages(name) for name in ("voice", "addressee", "achieved")},
        },
    )


def practice_things(practice: Practice, card: Bibliography | None = None) -> Iterator[Thing]:
    """A practice, and its translations: things of their own, for a thing is in one language, that count as one hit."""
    thing = practice_thing(practice, card)
    yield thing
    for code, text in translated(practice).items():
        head = "\n".join([*text.lines, *practice.organisations, *practice.donors])
        yield msgspec.structs.replace(thing, language=code, title=text.name, head=head, body=text.name)


def practice_thing(practice: Practice, card: Bibliography | None = None) -> Thing:
    """A practice with everything that is told of it; its documents are those that it cites.

    One that was read from a document is also found by what the document's ``card`` says.
    """
    card = card or Bibliography(id=practice.id, title="", standing=practice.standing)
    about = [*practice.themes, *practice.target_groups, *card.themes, *card.target_groups]
    themes, groups, _ = rolled_up(about)
    countries = (*(place.country for place in practice.places), *card.countries)
    names = called_each((*practice.organisations, *card.organisations, *practice.donors))
    donors = (value for name in practice.donors for value in (names[name], f"{names[name]}{ROLE_JOINT}donor"))
    bodies = (names[name] for name in (*practice.organisations, *card.organisations))
    return Thing(
        what="practices",
        id=practice.id,
        owner=card.id,
        ordinal=0,
        language=practice.language,
        title=practice.title,
        head="\n".join([practice.summary, *practice.organisations, *practice.donors]),
        # Unlike a document's, a practice's title is its own alone and says what it is: it is text as well.
        body="\n".join([practice.title, *(claim.text for claims in practice.told.values() for claim in claims)]),
        date=date_number(practice.start),
        twin=twin_of_id(practice.id),
        facets={
            "theme": themes,
            "group": groups,
            "country": _distinct(countries),
            "standing": _known_standing(card.standing),
            "type": _said(_code(practice.practice_type)),
            "year": _said(practice.start[:4] or card.date[:4]),
            "language": _said(practice.language),
            "org": _distinct((*bodies, *donors)),
            "doc": _distinct(ref.doc for ref in practice.sources()),
        },
    )


def organisations_of(
    card: Bibliography, parties: Iterable[Party], explained: Mapping[str, str] | None = None
) -> tuple[str, ...]:
    """The organisations of a document, each by its one name, and with its part ("Oak Fund · donor")."""
    named = _but_authors(card, parties)
    names = called_each((*card.organisations, *(party.name for party in named)), explained)
    parts = (value for p in named for value in (names[p.name], f"{names[p.name]}{ROLE_JOINT}{p.role}"))
    return _distinct((*(names[name] for name in card.organisations), *parts))


def _but_authors(card: Bibliography, parties: Iterable[Party]) -> list[Party]:
    authors = {fold(author) for author in card.authors}
    return [party for party in parties if fold(party.name) not in authors]


def card_facets(card: Bibliography, language: str) -> Facets:
    """The facets that a document's card settles for everything in it."""
    return {
        "standing": _known_standing(card.standing),
        "type": _said(card.document_type),
        "year": _said(str(card.year or "")),
        "language": _said(card.language or language),
        "org": card.organisations,
        "doc": (card.id,),
    }


def rolled_up(concepts: Iterable[str]) -> tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]]:
    """The listed themes, the listed target groups and the countries that some concepts come to."""
    themes, groups, countries = [], [], []
    for concept in concepts:
        if country := _COUNTRY.fullmatch(concept):
            countries.append(country[1])
            continue
        scheme, listed = _listed(concept)
        if scheme == "themes":
            themes.append(listed)
        elif scheme == "target-groups":
            groups.append(listed)
    return _distinct(themes), _distinct(groups), _distinct(countries)


def of_scheme(concepts: Iterable[str], scheme: str) -> tuple[str, ...]:
    """Those of some concepts that are of one scheme."""
    known = vocabulary()
    return _distinct(c for c in concepts if c in known and known.concept(c).scheme == scheme)


@cache
def _listed(concept: str) -> tuple[str, str]:
    """Scheme and id of the listed concept that a concept rolls up to; blank where there is none."""
    known = vocabulary()
    listed = known.listed_ancestor(concept) if concept in known else None
    return (known.concept(listed).scheme, listed) if listed else ("", "")


def addressee_of(statement: Statement) -> str:
    """Whom a recommendation is addressed to, by the one name of the body; a word in capitals as words are written."""
    name = called(statement.addressed_to or "")
    return name.capitalize() if name.isupper() and len(name) > LONG_WORD else name


def _code(concept: str) -> str:
    """A concept's code inside its scheme, so that types of practices read like types of documents."""
    return vocabulary().concept(concept).code if concept in vocabulary() else concept


def date_number(date: str) -> int:
    """An ISO date as YYYYMMDD, unknown parts 00; 0 where there is none."""
    digits = date.replace("-", "")[:8]
    return int(digits.ljust(8, "0")) if digits.isdigit() and len(digits) >= 4 else 0


def twin_number(identifier: str) -> int:
    """The number that all passages (statements) of the same folded words share: the digest in their ids."""
    return int(identifier.partition(".")[2][1:13], 16)


def twin_of_id(identifier: str) -> int:
    """The number of a document or practice, which has no twin: a digest of its id."""
    return int.from_bytes(hashlib.blake2b(identifier.encode(), digest_size=6).digest())


def _headings(path: tuple[str, ...], title: str) -> str:
    """The headings over a text; the document's own title, often the first of them, is a field of its own."""
    return "\n".join(heading for heading in path if heading != title)


def _said(value: str) -> tuple[str, ...]:
    return (value,) if value else ()


def _known_standing(standing: Standing) -> tuple[str, ...]:
    return () if standing is Standing.UNKNOWN else (standing.value,)


def _distinct(values: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(value for value in values if value))
