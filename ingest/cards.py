"""What a reading tells about its own document: type, standing, year, organisations."""

from __future__ import annotations

import re

from corpus.model import Bibliography, Page
from ingest.evidence.standing import by_title, is_response
from ingest.reading import Reading

COVER_WORDS = 400
"""How much of the first pages is looked at for what the document is; a cover and an imprint fit into it."""

_TYPES: tuple[tuple[str, str], ...] = (
    (r"evaluation brief|policy brief|learning brief|\bbrief\b", "brief"),
    (r"synthesis|lessons learn(?:ed|t) from|meta-evaluation", "synthesis"),
    (r"inception report|terms of reference|work ?plan|strategy 20\d\d", "plan"),
    (r"evaluation|évaluation|evaluación|mid-?term review", "evaluation-report"),
    (r"repository of practices|good practice|practice page|integration practice", "practice-page"),
    (r"\blaw\b|\bcode\b|\bdecree\b|\bact of\b|código|decreto|\bloi\b|\bley\b", "law"),
    (r"guidelines?|guidance|handbook|toolkit|manual|minimum standards", "guidance"),
    (r"research|study|findings|survey|assessment|étude|estudio", "research"),
)
"""What a title or cover says, and the type it points to; the first that fits wins."""

_YEAR = re.compile(r"\b(19[89]\d|20[0-4]\d)\b")


def cover_text(pages: tuple[Page, ...]) -> str:
    """The first COVER_WORDS words of the document."""
    words: list[str] = []
    for page in pages[:3]:
        words += page.text.split()
        if len(words) >= COVER_WORDS:
            break
    return " ".join(words[:COVER_WORDS])


def document_type(title: str, cover: str) -> str:
    """The type that the title tells, else the cover; "other" where neither does, and for management's answers."""
    if is_response(title):
        return "other"
    for text in (title, cover):
        for pattern, kind in _TYPES:
            if re.search(pattern, text, re.I):
                return kind
    return "other"


def card(reading: Reading, doc: str, language: str, fallback_title: str) -> Bibliography:
    """The library card that the file itself gives; blank where it says nothing that can be trusted."""
    cover = cover_text(reading.pages)
    title = reading.title or fallback_title
    kind = reading.document_type or document_type(title, cover)
    return Bibliography(
        id=doc,
        title=title,
        authors=reading.authors,
        organisations=reading.organisations,
        publisher=reading.publisher,
        date=reading.date or _year_on(cover),
        language=language,
        url=reading.url,
        document_type=kind,
        standing=by_title(kind, title, cover),
        summary=reading.summary,
    )


def _year_on(cover: str) -> str:
    """The newest year on the cover, which is most often that of publication."""
    years = _YEAR.findall(cover[:1500])
    return max(years) if years else ""
