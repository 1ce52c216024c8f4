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
    r"congress|congreso|parliament|foundation|association|nations|unicef|unhcr|iom|oim|ifrc|"
    r"organisation internationale|ministère|ministerio|instituto|office of)\b",
    re.IGNORECASE,
)
_OFFICE = re.compile(
    r"\b(?:officer|director|manager|consultant|evaluator|coordinator|chief|head|specialist|expert)\b", re.IGNORECASE
)
_GENERIC = re.compile(
    r"^(?:(?:final|internal|external|independent|mid ?term|ex ?post|finale) )*"
    r"(?:evaluation(?: brief| report)?|brief|report|management (?:follow ?up )?response(?: matrix| plan)?|"
    r"annex \w+|case study|for|rapport(?: initial| final)?(?: d evaluation)?|informe(?: final)?(?: de evaluacion)?)$"
)
"""Large words that name the kind of document, not the document."""
_YEARS = re.compile(r"(?:19|20)\d\d\s*[-–—/]\s*(?:(?:19|20)\d\d|\d\d)")
"""A span of years on a line of its own: what a title ends in."""
_SUBTITLE_STEP = 0.6
"""Points of size by which a subtitle is told from the title above it."""
_OPEN_WORDS = frozenset((
    "a", "an", "and", "at", "by", "for", "from", "in", "of", "on", "the", "to", "with",
    "de", "del", "des", "du", "d", "la", "le", "les", "l", "et", "en", "pour", "y", "para",
))  # fmt: skip
"""A title's line that ends in one of these goes on in the next, whatever its size."""
_ENTITLED = re.compile(
    r"\b(?:(?:evaluation|project|report|programme) title|title of the (?:evaluation|project|report)|"
    r"titre (?:de l['’][eé]valuation|du (?:projet|rapport))|t[ií]tulo (?:de la evaluaci[oó]n|del (?:proyecto|informe)))"
    r"(?: ?/ ?(?:year|ann[eé]e|a[nñ]o))?\s*:\s*(?P<title>\S[^\n\t]{8,300})",
    re.IGNORECASE,
)
"""A form's field that tells what the document is about."""
_ACT = re.compile(
    r"^(?P<act>(?:decreto(?: ley)?|decree|d[eé]cret|ley|law|act|loi|acuerdo|ordinance|ordonnance)"
    r"\s+(?:n[uú]mero|number|num[eé]ro|n[.°ºo]{0,2})?\s*[\d./-]*\d)\b",
    re.IGNORECASE,
)
"""A law's number; its name is the heading that follows the preamble."""
_LAW_NAME = re.compile(
    r"^(?:codigo|ley|reglamento|estatuto|code|loi|reglement|law|act|regulations?|constitution|constitucion)\b"
)
_PUBLISHED = re.compile(
    r"^(?:(?:published by|publisher|publi[eé]e? par|[eé]diteur|publicado por|editado por)\s*:?|"
    r"(?:©|\([cC]\)|\bcopyright)(?:\s*©)?\s*(?:(?:19|20)\d\d)?,?(?:\s+by)?)\s+"
    r"(?P<name>[^\W\d_][^\n\t©.;]{2,90}?)\s*,?\s*(?:(?:19|20)\d\d)?\s*(?=[.;\n\t]|$)",
    re.IGNORECASE | re.MULTILINE,
)
"""At the beginning of a block: elsewhere it is somebody else's publication that is spoken of."""
_TYPESETTERS = re.compile(r"\b(?:La|Lua|Xe|pdf)?TeX\b|pandoc|typst", re.IGNORECASE)
"""Who writes with these names the author on purpose; word processors put in the owner of the computer."""
_WORK = re.compile(
    r"\b(?:evaluation|[eé]valuation|evaluaci[oó]n|report|rapport|informe|review|findings|study|project|programme|plan)\b",
    re.IGNORECASE,
)
"""A running header with such a word names a document, not who publishes it."""
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
    ("other", r"\bmanagement (?:follow ?up )?response\b"),
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


def card(
    first: Sequence[Line],
    front: str,
    metadata: Mapping[str, str],
    running: Sequence[str] = (),
    headings: Sequence[str] = (),
) -> Card:
    """What is known of a document.

    ``first`` are the first page's lines, ``front`` the text and ``headings`` the headings of its first pages,
    ``running`` what their headers and footers say.
    """
    first = [line for line in first if line.text]
    folded = fold(" ".join((front, *running)))
    words = set(folded.split())
    title = metadata.get("Title", "")
    printed = cover_title(first)
    if not trusted_title(title, words) or (fold(printed).startswith(fold(title)) and len(printed) > len(title)):
        title = printed
    title = _act_named(_entitled(title, front), headings)
    organisations = _organisations([line.text for line in first], title)
    for name in _organisations([text for text in running if not _WORK.search(text)], title):
        if not any(name in other or other in name for other in organisations):
            organisations.append(name)
    authors = _authors(metadata, folded, first)
    short = [line.text for line in first[:60] if len(line.text.split()) <= SHORT_LINE]
    cover = fold(" ".join(short))
    return Card(
        title=title,
        authors=authors,
        organisations=tuple(dict.fromkeys(organisations))[:4],
        publisher=_publisher(front) or next(iter(organisations), ""),
        date=find_date(short) or find_date([title]),
        document_type=document_type(f"{fold(title)} | {cover[:400]} | {fold(metadata.get('Subject', ''))}"),
    )


def _entitled(title: str, front: str) -> str:
    """A title that only names the kind of document, with what its form says it is about."""
    match = _ENTITLED.search(front) if _GENERIC.match(fold(title)) else None
    return f"{title}: {re.split(r'[.;] ', match['title'])[0].strip(' .')}" if match else title


def _act_named(title: str, headings: Sequence[str]) -> str:
    """A law's title that gives only its number, with the name that follows its preamble."""
    act = _ACT.match(title)
    if act is None or re.search(r"\b(?:codigo|code|on|sobre|sur|relati\w+)\b", fold(title)):
        return title
    name = next((text for text in headings if _LAW_NAME.match(fold(text)) and 2 <= len(text.split()) <= 25), "")
    return f"{name} ({act['act']})" if name and not _ACT.match(name) else title


def _publisher(front: str) -> str:
    """Who is named as publisher, or as holder of the copyright, on the first pages."""
    for match in _PUBLISHED.finditer(front):
        name = match["name"].strip(" ,:")
        capitals = [w[0].isupper() for w in name.split() if len(w) > 3]
        if _named(name.replace("(", "").replace(")", "")) and any(capitals):
            return name
    return ""


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
    lettered = [ln for ln in lines if sum(c.isalpha() for c in ln.text) >= 3 or _YEARS.fullmatch(ln.text)]
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

    A last line that ends with a colon opens what follows the title; a subtitle in smaller type follows a colon.
    """
    if len(lines) > 1 and lines[-1].text.endswith(":"):
        lines = lines[:-1]
    text = ""
    before: Line | None = None
    for line in lines:
        if before is not None:
            text += ": " if _subtitle(before, line) else "" if before.hyphen else " "
        text += line.text + ("-" if line.hyphen else "")
        before = line
    return _DATED.sub("", text).strip(" ,;|")


def _subtitle(before: Line, line: Line) -> bool:
    """Whether a line of a title begins its subtitle: smaller, with a capital, after a line that could stand alone."""
    smaller = before.size - line.size >= _SUBTITLE_STEP and line.text[:1].isupper()
    last = fold(before.text).split()[-1:]
    return smaller and before.text[-1:].isalnum() and not before.hyphen and not _OPEN_WORDS.issuperset(last)


def _authors(metadata: Mapping[str, str], front: str, lines: Sequence[Line]) -> tuple[str, ...]:
    named = metadata.get("Author", "")
    if named and fold(named) and f" {fold(named)} " in f" {front} ":
        return (named,)
    if named and _deliberate(named, metadata, set(front.split())):
        return (named,)
    for line, after in zip_longest(lines, lines[1:]):
        match = _BY.match(line.text)
        if match and _named(match["name"]):
            return (_plain_name(match["name"]),)
        if after is not None and _BY_ALONE.match(line.text) and _named(after.text) and not _OFFICE.search(after.text):
            return (_plain_name(after.text),)
    return ()


def _deliberate(named: str, metadata: Mapping[str, str], words: set[str]) -> bool:
    """Whether a metadata author who is not named as such was put in on purpose.

    By a typesetting program, or as an organisation whose name is made of words of the first pages.
    """
    if _TYPESETTERS.search(f"{metadata.get('Creator', '')} {metadata.get('Producer', '')}"):
        return _named(named)
    longer = [w for w in fold(named).split() if len(w) > 3]
    return bool(_ORGANISATION.search(named)) and len(longer) > 1 and words.issuperset(longer)


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


def _organisations(texts: Sequence[str], title: str) -> list[str]:
    found = []
    for text in texts:
        words = text.split()
        capitals = sum(w[:1].isupper() for w in words if len(w) > 3)
        named = _ORGANISATION.search(text) and 2 <= len(words) <= 12 and text[:1].isupper()
        plain = ":" not in text and text[-1] not in ".;" and not _OFFICE.search(text)
        if named and plain and text not in title and capitals >= 0.7 * sum(len(w) > 3 for w in words):
            found.append(text.strip(" ,"))
    return found


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
