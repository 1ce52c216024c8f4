"""The glossary: words and short forms of the field, each explained in our own words, with who coined or defines it.

``glossary.toml`` holds one ``[[term]]`` table for each; its keys are the fields of `Term`.  docs/records.md explains
how one is written.

    >>> words = glossary()
    >>> words.term("best-interests-assessment").acronyms
    ('BIA',)
    >>> [term.id for term in words.named("Best interest assessments")]
    ['best-interests-assessment']
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from importlib import resources

from corpus.concepts import Vocabulary, vocabulary
from corpus.errors import NotInCatalogue, RecordError
from corpus.fields import check_id, complaint, convert
from corpus.ids import fold
from corpus.model import Value

GLOSSARY = "glossary.toml"

SENTENCES_MOST = 2
WORDS_MOST = 35
"""Words of a sentence; many readers read in their second language."""

_SENTENCE_END = re.compile(r"(?<=[.?!])\s+(?=[A-Z“])")
_ID_LINE = re.compile(r'id\s*=\s*"([^"]*)"\s*')
_PLURALS = {"children": "child", "men": "man", "women": "woman", "people": "person", "persons": "person"}
_NO_PLURAL = ("ss", "us", "is")
_SHORTEST_PLURAL = 3
"""Letters of the shortest word whose last s is taken for a plural: COs are offices, "as" is a word."""


class Term(Value, frozen=True):
    """One entry of the glossary.

    ``acronyms`` are its short forms as they are written, ``also`` its other names; each of them alone means the term.
    ``source`` says who coined or defines it.  ``concept`` is the concept of the vocabularies that it belongs to,
    ``see`` holds ids of related terms.  An ``everyday`` term has a name that people also use for other things: it is
    explained where somebody asks for it and never marked in running text.
    """

    id: str
    term: str
    definition: str
    source: str
    acronyms: tuple[str, ...] = ()
    also: tuple[str, ...] = ()
    concept: str = ""
    see: tuple[str, ...] = ()
    everyday: bool = False

    @property
    def written_out(self) -> tuple[str, ...]:
        """Its names in full, the chief one first."""
        return (self.term, *self.also)

    @property
    def names(self) -> tuple[str, ...]:
        """All that it is called, short forms last."""
        return (*self.written_out, *self.acronyms)


class Draft(Value, frozen=True):
    """What could be read of a glossary, and all there is to mend in it."""

    terms: tuple[Term, ...]
    problems: tuple[RecordError, ...]


class Glossary:
    """Terms in the order of the alphabet, found by id or by any of their names."""

    def __init__(self, terms: Iterable[Term]) -> None:
        self.terms = tuple(sorted(terms, key=lambda term: fold(term.term)))
        self._by_id = {term.id: term for term in self.terms}
        self._by_name: dict[str, list[Term]] = {}
        for term in self.terms:
            for key in dict.fromkeys(map(name_key, term.names)):
                self._by_name.setdefault(key, []).append(term)

    def __contains__(self, identifier: object) -> bool:
        return identifier in self._by_id

    def term(self, identifier: str) -> Term:
        """The term with this id; `NotInCatalogue` if there is none."""
        try:
            return self._by_id[identifier]
        except KeyError:
            raise NotInCatalogue(f"The glossary has no “{identifier}”; its page lists all terms.") from None

    def named(self, name: str) -> tuple[Term, ...]:
        """The terms of this name, in any case and number."""
        return tuple(self._by_name.get(name_key(name), ()))

    def keys(self) -> Mapping[str, Sequence[Term]]:
        """Every name as `name_key` writes it, with the terms that have it."""
        return self._by_name


def name_key(name: str) -> str:
    """A name as it is compared: folded, every word in the singular."""
    return " ".join(map(singular, fold(name).split()))


def singular(word: str) -> str:
    """A folded English word without its plural ending, good enough to compare two names by."""
    if word in _PLURALS:
        return _PLURALS[word]
    if len(word) < _SHORTEST_PLURAL or not word.endswith("s") or word.endswith(_NO_PLURAL):
        return word
    return word[:-3] + "y" if word.endswith("ies") else word[:-1]


# ---------------------------------------------------------------------------------------------- reading


def examine(text: str, name: str = GLOSSARY, words: Vocabulary | None = None) -> Draft:
    """Read a glossary as far as it can be; concepts are checked where a vocabulary is given."""
    try:
        table = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        return Draft(terms=(), problems=(complaint(name, "file", f"this is not TOML ({error}); correct that line"),))
    lines = {found[1]: n for n, line in enumerate(text.splitlines(), 1) if (found := _ID_LINE.fullmatch(line))}
    terms: list[Term] = []
    problems: list[RecordError] = []
    for key in table.keys() - {"term"}:
        problems.append(complaint(name, key, "stands outside of a term; put it under [[term]]"))
    entries = table.get("term", [])
    if not isinstance(entries, list):
        problems.append(complaint(name, "term", "is no list of terms; begin each with [[term]]"))
        entries = []
    for number, entry in enumerate(entries, 1):
        identifier = str(entry.get("id", "") if isinstance(entry, dict) else "") or f"term number {number}"
        try:
            terms.append(convert(entry, Term, f"{name} [{identifier}]"))
        except RecordError as error:
            problems.append(error)
    known = {term.id for term in terms}
    for term in terms:
        where = f"{name} [{term.id}]"
        for field, problem in _mistakes(term, where, known, words):
            problems.append(complaint(where, field, problem, lines.get(term.id, 0)))
    problems += [complaint(f"{name} [{t.id}]", field, told, lines.get(t.id, 0)) for t, field, told in _twice(terms)]
    return Draft(terms=tuple(terms), problems=tuple(problems))


def _mistakes(term: Term, where: str, known: set[str], words: Vocabulary | None) -> Iterator[tuple[str, str]]:
    """The fields of a term that break a rule, with the sentence that says what to do."""
    try:
        check_id(term.id, where)
    except RecordError as error:
        yield "id", error.problem
    for field in ("term", "definition", "source"):
        if not getattr(term, field).strip():
            yield field, "is blank; every term has one"
    if any(not name.strip() for name in (*term.acronyms, *term.also)):
        yield "also", "holds a blank name; take it out"
    sentences = _SENTENCE_END.split(term.definition.strip())
    if len(sentences) > SENTENCES_MOST:
        yield "definition", f"has {len(sentences)} sentences; {SENTENCES_MOST} are the most"
    for sentence in sentences:
        if (count := len(sentence.split())) > WORDS_MOST:
            yield "definition", f"a sentence has {count} words; {WORDS_MOST} are the most: make two of it"
    if words and term.concept and term.concept not in words:
        yield "concept", f"the vocabulary has no “{term.concept}”; see vocabulary/*.toml"
    for other in term.see:
        if other == term.id:
            yield "see", "names the term itself; take it out"
        elif other not in known:
            yield "see", f"there is no term “{other}”; correct or add it"


def _twice(terms: Iterable[Term]) -> Iterator[tuple[Term, str, str]]:
    """Ids and names that are there twice: a reader could not tell which is meant."""
    ids: set[str] = set()
    first: dict[str, str] = {}
    for term in terms:
        if term.id in ids:
            yield term, "id", f"“{term.id}” is there twice; keep one"
        ids.add(term.id)
        for name in term.names:
            if not fold(name):
                continue
            owner = first.setdefault(name_key(name), term.id)
            if owner != term.id:
                yield term, "also", f"“{name}” names “{owner}” too; a name belongs to one term"
        if len(set(map(name_key, term.names))) < len(term.names):
            yield term, "also", "holds one name twice, in another number or case; keep one"


def load(text: str, name: str = GLOSSARY, words: Vocabulary | None = None) -> Glossary:
    """A glossary from its file's text; `RecordError` names the file, the term and the field of the first mistake."""
    draft = examine(text, name, words)
    if draft.problems:
        raise draft.problems[0]
    return Glossary(draft.terms)


def check() -> tuple[RecordError, ...]:
    """Everything to mend in the glossary that ships, for ``fingerpost records lint``."""
    return examine(_shipped(), GLOSSARY, vocabulary()).problems


@cache
def glossary() -> Glossary:
    """The glossary that ships, read once."""
    return load(_shipped(), GLOSSARY, vocabulary())


def _shipped() -> str:
    return (resources.files("corpus") / GLOSSARY).read_text("utf-8")
