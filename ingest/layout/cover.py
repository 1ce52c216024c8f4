"""What a document says of itself on its cover and in its metadata, as far as either can be trusted."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date as Date
from itertools import dropwhile, takewhile, zip_longest

from corpus.ids import fold
from ingest.layout.geometry import Line

TITLE_WORDS = 45
"""A longer stretch of large type is no title."""
LARGER = 1.15
"""Type larger than the page's usual one by this factor may be a title."""
SHORT_LINE = 10
"""Words: what a cover says of dates and publishers stands on short lines, running text on longer ones."""
ECHO = 0.6
"""A metadata title is believed when this share of its longer words stands on the first pages."""

_JUNK = re.compile(
    r"^(?:microsoft (?:word|powerpoint|excel|publisher)\b.*|untitled.*|"
    r"(?:document|presentation|scan|slide|image|img|layout)[\s_-]*\d*|"
    r".*\.(?:docx?|odt|pdf|indd|pptx?|xlsx?|rtf|qxd|pub|tex))$",
    re.IGNORECASE,
)
_BY_WORDS = (
    r"(?:(?:prepared|written|authored|conducted|submitted|elaborated) by|by|"
    r"authors?(?:\(s\))?|evaluators?(?:\(s\))?|evaluation team|"
    r"par|auteurs?|[eé]valuat(?:eur|rice)s?|rédigé par|préparé par|por|autor(?:es)?|evaluador(?:es|as?)?|elaborado por)"
)
_BY = re.compile(rf"^{_BY_WORDS}\s*:?\s+(?P<name>[^\W\d_].{{3,80}})$", re.IGNORECASE)
_BY_ALONE = re.compile(rf"^{_BY_WORDS}\s*:$", re.IGNORECASE)
"""The name stands on the next line."""
_ORGANISATION = re.compile(
    r"\b(?:organi[sz]ations?|federation|agency|ministry|department|bureau|institute|commission|council|society|societies|"
    r"foundation|association|nations|unicef|unhcr|iom|oim|ifrc|"
    r"organisation internationale|ministère|ministerio|instituto|office of)\b",
    re.IGNORECASE,
)
_OFFICE = re.compile(
    r"\b(?:officer|director|manager|consultant|evaluator|coordinator|chief|head|specialist|expert)\b", re.IGNORECASE
)
_GENERIC = re.compile(
    r"^(?:(?:final|internal|external|independent|mid ?term|ex ?post|finale) )*"
    r"(?:evaluation(?: brief| report)?|brief|report|"
    r"annex \w+|case study|for|rapport(?: initial| final)?(?: d evaluation)?|informe(?: final)?(?: de evaluacion)?)$"
)
"""Large words that name the kind of document, not the document."""
_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "january janvier enero jan", "february fevrier febrero feb",
            "march mars marzo mar", "april avril abril apr",
            "may mai mayo", "june juin junio jun", "july juillet julio jul", "august aout agosto aug",
            "september septembre septiembre sept sep", "october octobre octubre oct", "november novembre noviembre nov",
            "december decembre diciembre dec",
        ),
        start=1,
    )
    for name in names.split()
}  # fmt: skip
_MONTH = "|".join(sorted(_MONTHS, key=len, reverse=True))
_DATE = re.compile(
    rf"\b(?:(?P<day>\d{{1,2}})(?:st|nd|rd|th)? (?:de )?)?(?P<month>{_MONTH}) (?:de |del )?"
    r"(?:(?P<after>\d{1,2}) )?(?P<year>(?:19|20)\d\d)\b"
)
_ADDRESSED = re.compile(r"^(?:Mrs?|Ms|Mme|M|Sra?|Dra?)\.? (?=\S)")
_SPAN = re.compile(
    rf"(?:{_MONTH})(?:,? (?:19|20)\d\d)? ?(?:[-–—]|to|à|au|a|al) ?(?:\d{{1,2}} )?(?:{_MONTH}),? (?:19|20)\d\d",
    re.IGNORECASE,
)
"""From one month to another: when the work was done, not when the document was written."""
_DATED = re.compile(rf"[\s,]*\b(?:{_MONTH}),? (?:19|20)\d\d$", re.IGNORECASE)
_ISO = re.compile(r"\b((?:19|20)\d\d)-(\d\d)(?:-(\d\d))?\b")
_YEAR = re.compile(r"\b((?:19|20)\d\d)\b")
_TYPES = (
    ("brief", r"\b(?:evaluation |policy )?brief\b|\bfactsheet\b"),
    ("other", r"\bmanagement response\b"),
    (
        "plan",
        r"\binception report\b|\brapport (?:initial|de demarrage)\b|\bterms of reference\b|\bwork ?plan\b",
    ),
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
    first = [line for line in first if line.text]
    folded = fold(front)
    words = set(folded.split())
    title = metadata.get("Title", "")
    printed = cover_title(first)
    if not trusted_title(title, words) or (fold(printed).startswith(fold(title)) and len(printed) > len(title)):
        title = printed
    organisations = _organisations(first, title)
    authors = _authors(metadata.get("Author", ""), folded, first)
    short = [line.text for line in first[:60] if len(line.text.split()) <= SHORT_LINE]
    cover = fold(" ".join(short))
    return Card(
        title=title,
        authors=authors,
        organisations=organisations,
        publisher=organisations[0] if organisations else "",
        date=find_date(short) or find_date([title]),
        document_type=document_type(f"{fold(title)} | {cover[:400]} | {fold(metadata.get('Subject', ''))}"),
    )


def trusted_title(title: str, words: set[str]) -> bool:
    """Whether a metadata title is one, and this document's: most of its longer words stand on the first pages."""
    if len(title) < 6 or _JUNK.match(title.strip()):
        return False
    longer = [w for w in fold(title).split() if len(w) > 3]
    return bool(longer) and sum(w in words for w in longer) >= ECHO * len(longer)


def cover_title(lines: Sequence[Line]) -> str:
    """The first page's largest type with what of nearly its size stands next to it, else the bold lines at its head.

    Words that only name the kind of document ("Final report") are passed over as long as there are others.
    """
    lettered = [ln for ln in lines if sum(c.isalpha() for c in ln.text) >= 3]
    if not lettered:
        return ""
    usual = Counter(ln.size for ln in lettered).most_common(1)[0][0]
    generic = ""
    for size in sorted({ln.size for ln in lettered if ln.size > LARGER * usual or len(lettered) < 12}, reverse=True):
        at = next(i for i, ln in enumerate(lettered) if ln.size == size)
        text = _said(_around(lettered, at))
        if _GENERIC.match(fold(text)):
            generic = generic or text
            below = _said(_same_style(lettered[at + 1 :]))
            if 3 <= len(below.split()) <= TITLE_WORDS and lettered[at + 1].style.bold:
                return below
        elif 2 <= len(text.split()) <= TITLE_WORDS:
            return f"{generic}: {text}" if generic and len(text.split()) < 4 else text
    head = list(takewhile(lambda ln: ln.style.bold, dropwhile(lambda ln: not ln.style.bold, lettered[:6])))
    text = _said(head)
    return text if 2 <= len(text.split()) <= TITLE_WORDS else generic


def _around(lines: Sequence[Line], at: int) -> list[Line]:
    """The line at ``at`` with its neighbours of nearly its size, above and below."""
    size = lines[at].size

    def fits(line: Line, neighbour: Line) -> bool:
        near = abs(line.base - neighbour.base) <= 3.2 * size
        return near and line.size >= 0.84 * size and not _GENERIC.match(fold(line.text))

    first = last = at
    if not _GENERIC.match(fold(_DATED.sub("", lines[at].text))):
        while first and fits(lines[first - 1], lines[first]):
            first -= 1
        while last + 1 < len(lines) and fits(lines[last + 1], lines[last]):
            last += 1
    return list(lines[first : last + 1])


def _same_style(lines: Sequence[Line]) -> list[Line]:
    return list(takewhile(lambda ln: ln.style.key == lines[0].style.key, lines))


def _said(lines: Sequence[Line]) -> str:
    """Lines as one title: a hyphen at a line's end is the author's, a date at the end is none of it.

    A last line that ends with a colon opens what follows the title.
    """
    if len(lines) > 1 and lines[-1].text.endswith(":"):
        lines = lines[:-1]
    text = " ".join(ln.text + ("-" if ln.hyphen else "") for ln in lines).replace("- ", "-")
    return _DATED.sub("", text).strip(" ,;|")


def _authors(named: str, front: str, lines: Sequence[Line]) -> tuple[str, ...]:
    if named and fold(named) and f" {fold(named)} " in f" {front} ":
        return (named,)
    for line, after in zip_longest(lines, lines[1:]):
        match = _BY.match(line.text)
        if match and _named(match["name"]):
            return (_plain_name(match["name"]),)
        if after is not None and _BY_ALONE.match(line.text) and _named(after.text) and not _OFFICE.search(after.text):
            return (_plain_name(after.text),)
    return ()


def _plain_name(text: str) -> str:
    return _ADDRESSED.sub("", text).strip(" .,")


def _named(text: str) -> bool:
    """Whether a text looks like somebody's name: a few words, nearly all with a capital, nothing that parts clauses."""
    words = [w for w in text.split() if len(w) > 2]
    return (
        1 <= len(words) <= 9
        and not re.search(r"[;:\d()]", text)
        and sum(w[0].isupper() for w in words) >= 0.7 * len(words)
    )


def _organisations(lines: Sequence[Line], title: str) -> tuple[str, ...]:
    found = []
    for line in lines:
        words = line.text.split()
        capitals = sum(w[:1].isupper() for w in words if len(w) > 3)
        named = _ORGANISATION.search(line.text) and 2 <= len(words) <= 12 and line.text[:1].isupper()
        plain = ":" not in line.text and line.text[-1] not in ".;" and not _OFFICE.search(line.text)
        if named and plain and line.text not in title and capitals >= 0.7 * sum(len(w) > 3 for w in words):
            found.append(line.text.strip(" ,"))
    return tuple(dict.fromkeys(found))[:4]


def find_date(lines: Sequence[str]) -> str:
    """The first date that a line tells, as exact as it is, else the latest year; blank where there is none."""
    for text in (_SPAN.sub(" ", line) for line in lines):
        iso, match = _ISO.search(text), _DATE.search(fold(text))
        if match is not None:
            return _exact(match["year"], _MONTHS[match["month"]], match["day"] or match["after"])
        if iso is not None and 1 <= int(iso[2]) <= 12:
            return iso[0]
    years = _YEAR.findall(" ".join(lines))
    return max(years) if years else ""


def _exact(year: str, month: int, day: str | None) -> str:
    """An ISO date; a day that the month does not have is left out."""
    try:
        return Date(int(year), month, int(day)).isoformat() if day else f"{year}-{month:02d}"
    except ValueError:
        return f"{year}-{month:02d}"


def document_type(folded: str) -> str:
    """The kind of document by the words of its title and cover, in the order of how telling they are."""
    return next((name for name, pattern in _TYPES if re.search(pattern, folded)), "")
