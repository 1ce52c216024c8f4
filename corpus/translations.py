"""Translations of what people read first: practices' titles and summaries, notes' key points, the glossary.

``translations/<language>/<kind>.toml`` holds one table for each thing, named by its id.  A translation says which
English text it is ``of`` (the first 12 hex digits of that text's SHA-256): once the text has changed it is stale and is
no longer shown.  ``by`` is "machine" or a person's name, ``reviewed`` who has read it against the original, and when.
"""

from __future__ import annotations

import hashlib
import re
import tomllib
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from importlib import resources

from corpus import notes, records
from corpus.errors import RecordError
from corpus.fields import complaint, convert
from corpus.glossary import Term, glossary
from corpus.model import Practice, Value
from corpus.notes import Note

FOLDER = "translations"
MACHINE = "machine"
DIGEST = 12
"""Hex digits that tell a text from its later wordings."""


class Language(Value, frozen=True):
    """A language of translations: its name and the mark of an unreviewed translation, both in that language."""

    code: str
    name: str
    unreviewed: str


LANGUAGES = {
    language.code: language
    for language in (
        Language("fr", "Français", "Traduction automatique, pas encore relue"),
        Language("es", "Español", "Traducción automática, aún no revisada"),
        Language("ar", "العربية", "ترجمة آلية لم تُراجَع بعد"),
    )
}

_OF = re.compile(rf"[0-9a-f]{{{DIGEST}}}")
_REVIEWED = re.compile(r"\S.*, \d{4}-\d{2}-\d{2}")
_TABLE = re.compile(r"\[(?P<id>[^\[\]]+)\]\s*")
_FIGURE = re.compile(r"\d(?:[\d.,\u00a0\u202f\u066b\u066c]*\d)?")


class Translation(Value, frozen=True, kw_only=True):
    """What every translation says of itself."""

    of: str = ""
    by: str = MACHINE
    reviewed: str = ""

    @property
    def is_unreviewed(self) -> bool:
        return self.by == MACHINE and not self.reviewed

    @property
    def name(self) -> str:
        """The title or term."""
        raise NotImplementedError

    @property
    def lines(self) -> tuple[str, ...]:
        """The text under it, part by part."""
        raise NotImplementedError

    @property
    def also(self) -> tuple[str, ...]:
        """Other names."""
        return ()


class PracticeText(Translation, frozen=True, kw_only=True):
    """A practice's title and its summary, as many claims as it has."""

    title: str
    summary: tuple[str, ...]

    @property
    def name(self) -> str:
        return self.title

    @property
    def lines(self) -> tuple[str, ...]:
        return self.summary


class NoteText(Translation, frozen=True, kw_only=True):
    """A note's title and its key points, as many as it has."""

    title: str
    key_points: tuple[str, ...]

    @property
    def name(self) -> str:
        return self.title

    @property
    def lines(self) -> tuple[str, ...]:
        return self.key_points


class TermText(Translation, frozen=True, kw_only=True):
    """A term of the glossary with its definition, and ``other_names`` that the term has in this language."""

    term: str
    definition: str
    other_names: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        return self.term

    @property
    def lines(self) -> tuple[str, ...]:
        return (self.definition,)

    @property
    def also(self) -> tuple[str, ...]:
        return self.other_names


KINDS: dict[str, type[Translation]] = {"practices": PracticeText, "notes": NoteText, "glossary": TermText}
"""What is translated, by the file's stem, with the form of an entry."""


# ---------------------------------------------------------------------------------------------- originals


def original(thing: Practice | Note | Term) -> tuple[str, ...]:
    """The English text that a translation is of: title or term first."""
    if isinstance(thing, Term):
        return (thing.term, thing.definition)
    field = "summary" if isinstance(thing, Practice) else "key_points"
    return (thing.title, *(claim.text for claim in thing.told.get(field, ())))


def digest(texts: Iterable[str]) -> str:
    """What a translation writes down as ``of``."""
    return hashlib.sha256("\n".join(texts).encode()).hexdigest()[:DIGEST]


def originals(kind: str) -> dict[str, tuple[str, ...]]:
    """The English texts of one kind that ship, by id."""
    things: dict[str, tuple[Practice | Note | Term, ...]] = {
        "practices": records.shipped(),
        "notes": notes.shipped(),
        "glossary": glossary().terms,
    }
    return {thing.id: original(thing) for thing in things[kind]}


# ---------------------------------------------------------------------------------------------- what is shown


def translated(thing: Practice | Note | Term) -> dict[str, Translation]:
    """The translations of a thing as it reads now, by language; stale ones are left out.

    What was corrected, withheld or masked reads otherwise than its translation's original, and so has none.
    """
    kind = "practices" if isinstance(thing, Practice) else "notes" if isinstance(thing, Note) else "glossary"
    found = {code: shipped(code, kind).get(thing.id) for code in LANGUAGES}
    of = digest(original(thing)) if any(found.values()) else ""
    return {code: one for code, one in found.items() if one is not None and one.of == of}


@cache
def shipped(language: str, kind: str) -> Mapping[str, Translation]:
    """The translations of one kind into one language that ship, by id; `RecordError` names what is wrong."""
    file = resources.files("corpus") / FOLDER / language / f"{kind}.toml"
    if not file.is_file():
        return {}
    entries, problems = examine(file.read_text("utf-8"), f"{language}/{kind}.toml", kind)
    if problems:
        raise problems[0]
    return entries


def fingerprint() -> str:
    """Tells one state of all translations that ship from another; indexes are due for a rebuild with it."""
    state = hashlib.sha256()
    for language in LANGUAGES:
        for identifier, one in sorted(shipped(language, "practices").items()):
            state.update("\x00".join((language, identifier, one.of, one.name, *one.lines)).encode())
    return state.hexdigest()[:DIGEST]


# ---------------------------------------------------------------------------------------------- reading and checking


def examine(text: str, name: str, kind: str) -> tuple[dict[str, Translation], tuple[RecordError, ...]]:
    """A file's entries that can be read, and what is wrong with the others, each with its line."""
    try:
        tables = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        return {}, (complaint(name, "file", f"this is not TOML ({error}); correct that line"),)
    at = lines_of(text)
    entries: dict[str, Translation] = {}
    problems: list[RecordError] = []
    for identifier, table in tables.items():
        where = f"{name} [{identifier}]"
        try:
            entry = convert(table, KINDS[kind], where)
        except RecordError as error:
            error.line = at.get(identifier, 0)
            problems.append(error)
            continue
        entries[identifier] = entry
        for field, problem in _mistakes(entry):
            problems.append(complaint(where, field, problem, at.get(identifier, 0)))
    return entries, tuple(problems)


def lines_of(text: str) -> dict[str, int]:
    """The line of each table's head, by id."""
    found = ((number, _TABLE.fullmatch(line)) for number, line in enumerate(text.splitlines(), 1))
    return {match["id"].strip("\"'"): number for number, match in found if match}


def _mistakes(entry: Translation) -> Iterator[tuple[str, str]]:
    if not entry.name.strip() or not entry.lines or not all(line.strip() for line in entry.lines):
        yield "text", "is blank; take the entry out until it is translated"
    if not _OF.fullmatch(entry.of):
        yield "of", f"is not {DIGEST} hexadecimal digits; 'python tools/translations.py stamp' writes it"
    if not entry.by.strip():
        yield "by", f"is blank; write “{MACHINE}” or who translated it"
    if entry.reviewed and not _REVIEWED.fullmatch(entry.reviewed):
        yield "reviewed", "is not who and when; write “Name, 2026-11-30”, or leave it blank"


def doubts(entry: Translation, texts: tuple[str, ...], language: str, kind: str) -> Iterator[tuple[str, bool, str]]:
    """What is wrong beside its original: the field, whether it is an error, and what to do."""
    if entry.of != digest(texts):
        yield "of", False, "the English text has changed since: translate it anew (it is not shown until then)"
        return
    if kind != "glossary" and len(entry.lines) != len(texts) - 1:
        yield (
            "text",
            True,
            f"has {len(entry.lines)} parts, the original {len(texts) - 1}; make it as many",
        )
    if all(line in texts for line in entry.lines):
        yield "text", True, "is the English text; translate it"
    whole = " ".join((entry.name, *entry.lines))
    if _is_arabic(whole) is not (language == "ar"):
        yield "text", True, f"is not in the script of “{language}”; it belongs in another folder"
    lost = figures(" ".join(texts)) - figures(whole)
    if lost:
        yield "text", False, f"{', '.join(sorted(lost))} of the original is not in it; numbers stay as they are"


def _is_arabic(text: str) -> bool:
    letters = [character for character in text if character.isalpha()]
    return sum("ARABIC" in unicodedata.name(letter, "") for letter in letters) > len(letters) / 2


def figures(text: str) -> set[str]:
    """The numbers of a text in plain digits, without what parts their groups."""
    found = ("".join(str(unicodedata.digit(c)) for c in run if c.isdecimal()) for run in _FIGURE.findall(text))
    return set(found)
