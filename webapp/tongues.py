"""What of a practice, note or term can be read in other languages than its own."""

from __future__ import annotations

from collections.abc import Sequence

from flask import Flask

from corpus.glossary import Term
from corpus.model import Claim, Practice, Value
from corpus.notes import Note
from corpus.translations import LANGUAGES, MACHINE, Language, Translation, translated
from webapp.languages import gettext, language
from webapp.present import direction


class Tongue(Value, frozen=True):
    """One language in which a thing can be read: its text, its direction, and who vouches for it."""

    language: Language
    text: Translation
    direction: str

    @property
    def mark(self) -> str:
        """Who vouches for it; the language's own mark stands beside it where nobody does yet."""
        by, reviewed = self.text.by, self.text.reviewed
        if self.text.is_unreviewed:
            return gettext("machine translation, not yet reviewed")
        if by == MACHINE:
            return gettext("machine translation, reviewed by %(reviewer)s", reviewer=reviewed)
        if reviewed:
            return gettext("translated by %(translator)s, reviewed by %(reviewer)s", translator=by, reviewer=reviewed)
        return gettext("translated by %(translator)s", translator=by)

    def said(self, claims: Sequence[Claim]) -> list[tuple[Claim, str]]:
        """The claims that it translates, each with its words in this language."""
        return list(zip(claims, self.text.lines, strict=True))


def in_other_languages(thing: Practice | Note | Term) -> list[Tongue]:
    """The translations of a thing as it reads now, without that in the page's language, in the order of LANGUAGES."""
    found = _all(thing)
    found.pop(language().code, None)
    return list(found.values())


def here_in_translation(thing: Practice | Note | Term) -> Tongue | None:
    """The translation of a thing into the page's language, which stands before its own text."""
    return None if language().is_english else _all(thing).get(language().code)


def name_here(thing: Practice | Note | Term) -> str:
    """What a thing is called in the page's language, else in its own."""
    tongue = here_in_translation(thing)
    return tongue.text.name if tongue else thing.term if isinstance(thing, Term) else thing.title


def term_definition(term: Term) -> str:
    """What a term means, in the page's language where that is translated."""
    tongue = here_in_translation(term)
    return tongue.text.lines[0] if tongue else term.definition


def _all(thing: Practice | Note | Term) -> dict[str, Tongue]:
    return {code: Tongue(LANGUAGES[code], text, direction(code)) for code, text in translated(thing).items()}


def install(app: Flask) -> None:
    """Give the templates these functions as filters."""
    for function in (here_in_translation, name_here, term_definition):
        app.jinja_env.filters[function.__name__] = function
