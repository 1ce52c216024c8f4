"""Which language a text is written in.

py3langid (a naive Bayes model over byte sequences) decides among the languages that reports of this field are written
in; the file's own word for it is heard where the text is too short or does not speak against it.
"""

from __future__ import annotations

import re
from functools import cache

from py3langid.langid import MODEL_FILE, LanguageIdentifier

LANGUAGES = frozenset((
    "am", "ar", "az", "bg", "bn", "bs", "ca", "cs", "da", "de", "el", "en", "es", "et", "fa", "fi", "fr",
    "ha", "he", "hi", "hr", "hu", "hy", "id", "it", "ja", "ka", "kk", "km", "ko", "ky", "lo", "lt", "lv",
    "mk", "mn", "ms", "my", "ne", "nl", "no", "pl", "ps", "pt", "ro", "ru", "rw", "si", "sk", "sl", "so",
    "sq", "sr", "sv", "sw", "ta", "tg", "th", "tl", "tr", "uk", "ur", "uz", "vi", "yo", "zh",
))  # fmt: skip
"""Languages without a standing of their own in reports (Scots, Galician, Egyptian Arabic) only draw certainty off."""

SAMPLE_CHARACTERS = 6_000
"""So much is enough for certainty; it is taken in three pieces (start, middle, end), for a report in English may
begin with a preface in French."""

LETTERS_MIN = 16
"""Fewer letters are names and numbers more often than a language."""

SURE = 0.8
"""A language is told only when it is so probable among all."""

PLAUSIBLE = 0.02
"""The file's word for its language stands unless the text makes it less probable than this."""

_LETTER = re.compile(r"[^\W\d_]")
_CODE = re.compile(r"^[a-z]{2}(?![a-z])")


@cache
def _identifier() -> LanguageIdentifier:
    identifier = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
    identifier.set_languages(LANGUAGES.intersection(identifier.labels))
    return identifier


def detect(text: str, hint: str = "") -> str:
    """The ISO 639-1 code of the text's language, blank where it is too short or uncertain.

    ``hint`` is what the file declares ("en", "pt-BR", "en_GB.UTF-8"); it wins only where it is plausible.
    """
    declared = code(hint)
    sample = _sample(text)
    if len(_LETTER.findall(sample)) < LETTERS_MIN:
        return declared
    ranked = [(str(name), float(probability)) for name, probability in _identifier().rank(sample)]
    best, sureness = ranked[0]
    if declared and dict(ranked).get(declared, 0.0) >= PLAUSIBLE:
        return declared
    return best if sureness >= SURE else ""


def code(declared: str) -> str:
    """The two-letter code at the head of a language tag, blank where there is none ("English", "x-default")."""
    found = _CODE.match(declared.strip().lower())
    return found.group() if found else ""


def _sample(text: str) -> str:
    if len(text) <= SAMPLE_CHARACTERS:
        return text
    piece = SAMPLE_CHARACTERS // 3
    middle = (len(text) - piece) // 2
    return " ".join((text[:piece], text[middle : middle + piece], text[-piece:]))
