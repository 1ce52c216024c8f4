"""What of a practice, note or term can be read in other languages."""

from __future__ import annotations

from corpus.glossary import Term
from corpus.model import Practice, Value
from corpus.notes import Note
from corpus.translations import LANGUAGES, Language, Translation, translated
from webapp.present import direction


class Tongue(Value, frozen=True):
    """One language in which a thing can be read: its text, its direction, and who vouches for it."""

    language: Language
    text: Translation
    direction: str

    @property
    def mark(self) -> str:
        """Who vouches for it, in English; the language's own mark stands beside it where nobody does yet."""
        if self.text.is_unreviewed:
            return "machine translation, not yet reviewed"
        by = "machine translation" if self.text.by == "machine" else f"translated by {self.text.by}"
        return f"{by}, reviewed by {self.text.reviewed}" if self.text.reviewed else by


def in_other_languages(thing: Practice | Note | Term) -> list[Tongue]:
    """The translations of a thing as it reads now, in the order of LANGUAGES."""
    found = translated(thing)
    return [Tongue(LANGUAGES[code], text, direction(code)) for code, text in found.items()]
