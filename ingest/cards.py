"""What a reading tells about its own document: type, standing, year, organisations."""

from __future__ import annotations

import re

from corpus.model import Bibliography, Page, Standing
from ingest.reading import Reading

COVER_WORDS = 400
"""How much of the first pages is looked at for what the document is; a cover and an imprint fit into it."""

_TYPES: tuple[tuple[str, str], ...] = (
    (r"management response", "plan"),
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

_INTERNAL = re.compile(r"internal evaluation|self-evaluation|évaluation interne|office of the inspector general", re.I)
_ACCOUNT_TYPES = {"practice-page": Standing.IMPLEMENTER}
_STANDING_OF_TYPE = {
    "law": Standing.GUIDANCE,
    "guidance": Standing.GUIDANCE,
    "research": Standing.RESEARCH,
    "plan": Standing.PLAN,
}
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
    """The type that the title tells, else the cover; "other" where neither does."""
    for text in (title, cover):
        for pattern, kind in _TYPES:
            if re.search(pattern, text, re.I):
                return kind
    return "other"


def standing(kind: str, title: str, cover: str) -> Standing:
    """How independent the document is of the work it speaks of, as far as its type and cover tell."""
    if re.search(r"management response", title, re.I):
        return Standing.RESPONSE
    if kind == "evaluation-report":
        return Standing.INTERNAL if _INTERNAL.search(f"{title} {cover}") else Standing.EXTERNAL
    if kind in ("brief", "synthesis"):
        return Standing.UNKNOWN
    return _ACCOUNT_TYPES.get(kind) or _STANDING_OF_TYPE.get(kind, Standing.UNKNOWN)


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
        standing=standing(kind, title, cover),
        summary=reading.summary,
    )


def _year_on(cover: str) -> str:
    """The newest year on the cover, which is most often that of publication."""
    years = _YEAR.findall(cover[:1500])
    return max(years) if years else ""
