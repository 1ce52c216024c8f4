"""What a document says of itself on its cover and in its metadata, as far as either can be trusted."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date as Date

from corpus.ids import fold
from ingest.layout.geometry import Line

TITLE_WORDS = 45
"""A longer stretch of large type is no title."""
ECHO = 0.6
"""A metadata title is believed when this share of its longer words stands on the first pages."""

_JUNK = re.compile(
    r"^(?:microsoft (?:word|powerpoint|excel|publisher)\b.*|untitled.*|(?:document|presentation|scan|slide|image|img|layout)[\s_-]*\d*|"
    r".*\.(?:docx?|odt|pdf|indd|pptx?|xlsx?|rtf|qxd|pub|tex))$",
    re.IGNORECASE,
)
_BY = re.compile(
    r"^(?:(?:prepared|written|authored|conducted|submitted|elaborated) by|by|authors?|evaluators?(?:\(s\))?|evaluation team|"
    r"par|auteurs?|rédigé par|préparé par|por|autores?|elaborado por)\s*:?\s+(?P<name>[^\W\d_].{3,80})$",
    re.IGNORECASE,
)
_ORGANISATION = re.compile(
    r"\b(?:organi[sz]ations?|federation|agency|ministry|department|bureau|institute|commission|council|society|societies|"
    r"foundation|association|nations|unicef|unhcr|iom|oim|ifrc|organisation internationale|ministère|ministerio|instituto|office of)\b",
    re.IGNORECASE,
)
_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "january janvier enero jan", "february fevrier febrero feb", "march mars marzo mar", "april avril abril apr",
            "may mai mayo", "june juin junio jun", "july juillet julio jul", "august aout agosto aug",
            "september septembre septiembre sept sep", "october octobre octubre oct", "november novembre noviembre nov",
            "december decembre diciembre dec",
        ),
        start=1,
    )
    for name in names.split()
}  # fmt: skip
_MONTH = "|".join(sorted(_MONTHS, key=len, reverse=True))
_DATE = re.compile(rf"\b(?:(?P<day>\d{{1,2}})(?:st|nd|rd|th)? (?:de )?)?(?P<month>{_MONTH}) (?:de |del )?(?:(?P<after>\d{{1,2}}) )?(?P<year>(?:19|20)\d\d)\b")
_ISO = re.compile(r"\b((?:19|20)\d\d)-(\d\d)(?:-(\d\d))?\b")
_YEAR = re.compile(r"\b((?:19|20)\d\d)\b")
_TYPES = (
    ("brief", r"\b(?:evaluation |policy )?brief\b|\bfactsheet\b"),
    ("other", r"\bmanagement response\b"),
    ("plan", r"\binception report\b|\brapport (?:initial|de demarrage)\b|\bterms of reference\b|\bwork ?plan\b|\bstrategy 20\d\d\b"),
    ("synthesis", r"\bsynthesis\b|\bmeta evaluation\b|\bsynthese\b"),
    ("law", r"\b(?:codigo|ley|decreto|code|act|law|loi|regulations?|convention)\b(?! of conduct)"),
    ("evaluation-report", r"\bevaluation\b|\bevaluacion\b|\breview of\b"),
    ("guidance", r"\bguid(?:e|ance|elines?)\b|\bhandbook\b|\bmanual\b|\btoolkit\b|\bstandards\b|\bguia\b"),
    ("research", r"\bstudy\b|\bresearch\b|\bfindings\b|\bassessment\b|\betude\b|\bestudio\b|\bsurvey\b"),
)


@dataclass(frozen=True, slots=True)
class Card:
    """A document's title, authors and so on; a blank field means that nothing trustworthy is known."""

    title: str = ""
    authors: tuple[str, ...] = ()
    organisations: tuple[str, ...] = ()
    publisher: str = ""
    date: str = ""
    document_type: str = ""


def card(first: Sequence[Line], front: str, metadata: Mapping[str, str]) -> Card:
    """What is known of a document: ``first`` are the first page's lines, ``front`` the text of its first pages."""
    folded = fold(front)
    words = set(folded.split())
    title = metadata.get("Title", "")
    if not trusted_title(title, words):
        title = cover_title(first)
    organisations = _organisations(first, title)
    authors = _authors(metadata.get("Author", ""), folded, first)
    cover = fold(" ".join(line.text for line in first[:60]))
    return Card(
        title=title,
        authors=authors,
        organisations=organisations,
        publisher=organisations[0] if organisations else "",
        date=find_date(cover, " ".join(line.text for line in first[:60])),
        document_type=document_type(f"{fold(title)} | {cover[:400]} | {fold(metadata.get('Subject', ''))}"),
    )


def trusted_title(title: str, words: set[str]) -> bool:
    """Whether a metadata title is one, and this document's: most of its longer words stand on the first pages."""
    if len(title) < 6 or _JUNK.match(title.strip()):
        return False
    longer = [w for w in fold(title).split() if len(w) > 3]
    return bool(longer) and sum(w in words for w in longer) >= ECHO * len(longer)


def cover_title(lines: Sequence[Line]) -> str:
    """The first page's largest type, lines of nearly its size next to it included."""
    lettered = [ln for ln in lines if sum(c.isalpha() for c in ln.text) >= 3]
    for size in sorted({ln.size for ln in lettered}, reverse=True):
        start = next(i for i, ln in enumerate(lettered) if ln.size == size)
        taken = [lettered[start]]
        for line in lettered[start + 1 :]:
            if line.size < 0.84 * size or line.base - taken[-1].base > 3.2 * size:
                break
            taken.append(line)
        text = " ".join(ln.text + ("-" if ln.hyphen else "") for ln in taken).replace("- ", "-")
        if 2 <= len(text.split()) <= TITLE_WORDS:
            return text
    return ""


def _authors(named: str, front: str, lines: Sequence[Line]) -> tuple[str, ...]:
    if named and fold(named) and f" {fold(named)} " in f" {front} ":
        return (named,)
    for line in lines:
        match = _BY.match(line.text)
        if match and not _YEAR.search(match["name"]):
            return (match["name"].strip(" .,;"),)
    return ()


def _organisations(lines: Sequence[Line], title: str) -> tuple[str, ...]:
    found = []
    for line in lines:
        words = line.text.split()
        capitals = sum(w[:1].isupper() for w in words if len(w) > 3)
        named = _ORGANISATION.search(line.text) and 2 <= len(words) <= 12 and line.text[:1].isupper()
        if named and line.text not in title and line.text[-1] not in ".;:" and capitals >= 0.7 * sum(len(w) > 3 for w in words):
            found.append(line.text.strip(" ,"))
    return tuple(dict.fromkeys(found))[:4]


def find_date(folded: str, text: str) -> str:
    """The first date in a folded text, as exact as it says; ``text`` is the same unfolded (for 2018-06-07)."""
    iso = _ISO.search(text)
    match = _DATE.search(folded)
    if match is not None:
        day, month = match["day"] or match["after"], _MONTHS[match["month"]]
        exact = f"{match['year']}-{month:02d}"
        try:
            return Date(int(match["year"]), month, int(day)).isoformat() if day else exact
        except ValueError:
            return exact
    if iso is not None and 1 <= int(iso[2]) <= 12:
        return iso[0]
    years = _YEAR.findall(folded)
    return max(years) if years else ""


def document_type(folded: str) -> str:
    """The kind of document by the words of its title and cover, in the order of how telling they are."""
    return next((name for name, pattern in _TYPES if re.search(pattern, folded)), "")
