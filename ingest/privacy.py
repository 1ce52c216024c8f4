"""Lists of private persons in a report: who was interviewed, met or consulted.

Evaluations name in an annex whom they spoke to, as a table, a list or lines of "name, role, organisation".  Their
blocks are marked private: kept like everything else, and shown to nobody but the curator.  Told by the heading or
caption over them (English, French, Spanish; the commonest forms in Portuguese, German and Italian), and by what a list
of persons looks like.  Running prose under such a heading stays.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import msgspec

from corpus.ids import fold
from corpus.model import Block, BlockKind
from corpus.privacy import CONTACT_LABEL
from ingest.reading import Reading

HEADING_WORDS = 16
"""Longer lines are sentences that speak of interviews, not headings over a list of them."""

LEAD_IN_WORDS = 24
"""A sentence that leads to a list of persons is no longer than this."""

PROSE_WORDS = 8
PROSE_CAPITALS = 0.25
"""Prose has at least so many words, of which less than this share begin with a capital; names and roles have more."""

NAME_WORDS = range(2, 6)
NAME_SHARE = 0.6
"""From this share of names among its cells on a column holds persons."""

FIGURE_SHARE = 0.4
"""A table of at least this share of bare numbers counts interviews; it names nobody."""

CONTACT_WORDS = 12
"""What follows the label "Contact person" on a line of its own and is no longer than this is the person."""

ROLE_LINE_WORDS = 14
"""A line that tells a name and a role without a stop between them is no longer than this."""

_ROLE = re.compile(
    r"\b(?:officer|coordinator|director|manager|adviser|advisor|lead|leader|focal point|representative|head|analyst|"
    r"assistant|specialist|president|secretary|consultant|delegate|engineer|lawyer|psychologist|counsel+or|"
    r"charg[ée]e? de|responsable|directeur|directrice|coordinateur|coordinatrice|conseill[eè]re?|"
    r"directora?|coordinadora?|encargad[oa]|jef[ea]|asesora?|especialista)\b",
    re.IGNORECASE,
)
"""What a person is to an organisation."""

_ANNEX = r"(?:(?:annex(?:e|es)?|appendix|anexos?|anhang|allegato)[ ]?\w{0,4}[ ])"
_LISTED = re.compile(
    rf"""
    \b(?:list|table|names?|schedule|log|register|record)\ of\ (?:\w+\ ){{0,4}}
        (?:interviewees|informants|interviews|respondents|interlocutors|attendees|participants)\b
    | \b(?:people|persons?|individuals|stakeholders|informants|interviewees|officials|interlocutors|partners|staff
        |actors|organi[sz]ations|institutions)\ (?:\w+\ ){{0,3}}(?:met|interviewed|consulted|contacted)\b
    | \b(?:interviews|meetings|consultations)\ (?:conducted|held|undertaken|carried\ out|list)\b
    | \b(?:interview|interviewee|informant|attendance|contact)\ list\b
    | ^{_ANNEX}(?:\w+\ ){{0,3}}
        (?:interviewees|interviews|informants|entretiens|entrevistas|entrevistad[oa]s|interlocutors)
        (?:\ (?:and|et|y)(?:\ \w+){{1,3}})?$
    | ^(?:key\ )?(?:interviewees|informants)$
    | \bliste?\ (?:des?|d)\ (?:\w+\ ){{0,4}}
        (?:personnes|interlocuteurs|acteurs|informateurs|entretiens|participants|repondants|interviewes|enquetes)\b
    | \b(?:personnes|acteurs|interlocuteurs|informateurs)\ (?:\w+\ ){{0,3}}
        (?:rencontre|interviewe|interroge|consulte|contacte|auditionne|entendu)e?s\b
    | \bentretiens\ (?:realises|menes|conduits|effectues)\b
    | \b(?:lista|listado|relacion|nomina)\ (?:de\ |das?\ |delle\ )(?:\w+\ ){{0,4}}
        (?:personas|pessoas|persone|entrevistad[oa]s|entrevistas|informantes|participantes|actores)\b
    | \b(?:personas|pessoas|actores|informantes)\ (?:\w+\ ){{0,3}}(?:entrevistad[oa]s|consultad[oa]s|contactad[oa]s)\b
    | \bentrevistas\ (?:realizadas|efectuadas)\b
    | \b(?:liste\ der\ (?:interview|gesprach|befragt)\w*|interviewte\ personen|gesprachspartner\w*)\b
    | \b(?:elenco\ delle\ persone|persone\ intervistate)\b
    """,
    re.VERBOSE,
)
"""Headings, folded, over a list of persons."""

_LEADS_IN = re.compile(
    r"\b(?:following|below|suivant\w*|siguientes?)\b.*\b(?:interview|interviewed|interviews|met|meetings|consulted|"
    r"contacted|entretiens?|interroge\w*|rencontre\w*|consulte\w*|entrevist\w+|consultad\w+)\b"
    r"|\b(?:interviews|meetings|consultations) (?:were|have been|had been) (?:conducted|held|undertaken|carried out) "
    r"with(?: the following(?: \w+){0,2})?$"
)
"""Short sentences, folded, that lead to a list with a colon: "The following persons were interviewed:"."""

_CONTENTS_LINE = re.compile(r"(?<!annex)(?<!appendix)(?<!anexo)(?<!annexe)(?:\s|\.{2,}\s*)\d{1,3}\s*$", re.IGNORECASE)
"""A line of a contents page ends with its page number; what it names stands elsewhere."""

_PERHAPS = re.compile(
    r"\b(?:interviews?|meetings?|participants?|attendees|attendance|contacts|interlocutors|focus groups?|field visits?|"
    r"(?:mission|visit) (?:agenda|programme|schedule|itinerary)|entretiens?|reunions?|rencontres|participantes|"
    r"entrevistas|reuniones|steering committee|reference group|advisory group)\b"
)
"""Headings under which a list may name persons; it must look like one."""

_NO_LIST = re.compile(
    r"\b(?:guides?|guidelines?|protocols?|questions?|questionnaires?|tools?|templates?|forms?|grids?|matrix|method\w*|"
    r"number|numbers|categor\w+|types?|quotes?|findings|summary|transcripts?|ethic\w*|consent|sampl\w+|criteria|"
    r"grilles?|canevas|guion|guias?|cuestionarios?|protocolos?|echantillon\w*|muestra|outils|herramientas|documents?)\b"
)
"""Headings with these words speak of how interviews are made, or of what was read."""

_OTHER_MATTER = re.compile(
    r"\b(?:bibliograph\w+|bibliografia|references|referencias|literature|documents?|documentation|documentos|sources|"
    r"questionnaires?|questions|terms of reference|termes de reference|terminos de referencia|acronyms|methodology)\b"
)
_NAME_HEAD = re.compile(
    r"(?:full )?names?(?: and (?:title|function|position|surname))?|name of (?:person|interviewee|participant)"
    r"|nom(?: et prenoms?)?|noms? et fonctions?|nombres?(?: y apellidos?)?|interviewees?|persons?|personas?|personnes?"
    r"|contact persons?|personas? de contacto|personnes? de contact"
)
_ROLE_HEAD = re.compile(
    r".*\b(?:position|title|function|role|organi[sz]ation|institution|agency|affiliation|designation|fonction|titre|"
    r"organisme|structure|cargo|puesto|institucion|organizacion|email|e mail|telephone|tel|contact|telefono|"
    r"courriel)s?\b.*"
)
_TITLED = re.compile(r"(?<!\w)(?:Mr|Mrs|Ms|Miss|Dr|Prof|Mme|Mlle|Sr|Sra|Srta|Lic|Ing|Herr|Frau)\.?\s+[^\W\d_]")
_WORD = re.compile(r"[^\W\d_]+")
_NUMBERING = re.compile(r"^\W*\d{1,3}[.):]?\s+|^\W+")
_NAME_ENDS = re.compile(r"[,;:\t(|–—]| - ")
_PARTICLES = frozenset(
    {"de", "del", "der", "den", "di", "da", "dos", "du", "la", "le", "les", "el", "al", "bin", "bint", "ben", "ibn"}
    | {"abu", "ould", "van", "von", "y", "e"}
)
"""What stands in lower case in the middle of names."""
_ORGANISATION = re.compile(
    r"\b(?:ministr\w+|department|direct\w+|society|committee|commission|university|unit|office|programme?|project|agency|"
    r"association|foundation|council|network|centre|center|union|federation|institute?|national|international|regional|"
    r"government|police|service|organi[sz]ation|nations|cross|crescent|children|group|team|school|court|embassy|bank|"
    r"croix|rouge|ministere|association|centro|ministerio|secretaria|universidad|naciones|unidas)\w*\b"
)


@dataclass
class _Under:
    """What the block at hand stands under: the level of a list's heading (0: none), or a caption's or line's list.

    ``perhaps``: what looks like persons is private; ``led``: so it stays to the next heading, for a sentence said so.
    """

    level: int = 0
    broken_at: int = 0
    captioned: bool = False
    perhaps: bool = False
    led: bool = False


def marked(reading: Reading) -> Reading:
    """The reading with ``private`` set on every block that lists private persons."""
    under = _Under()
    before: Block | None = None
    pages = []
    for page in reading.pages:
        blocks = []
        for block in page.blocks:
            if block.kind in (BlockKind.FOOTNOTE, BlockKind.FURNITURE):
                blocks.append(block)
                continue
            private = _step(under, block) or _answers_contact(before, block)
            blocks.append(msgspec.structs.replace(block, private=True) if private else block)
            before = block
        pages.append(msgspec.structs.replace(page, blocks=tuple(blocks)))
    return msgspec.structs.replace(reading, pages=tuple(pages))


def _step(under: _Under, block: Block) -> bool:
    """Move on by one block, and say whether it lists persons."""
    if block.kind is BlockKind.HEADING:
        _enter(under, block)
        return False
    if block.kind in (BlockKind.CAPTION, BlockKind.PARAGRAPH) and _opens(block.text):
        under.captioned = True
        return False
    if _leads_in(block.text):
        under.captioned, under.perhaps, under.led = under.perhaps, True, True
        return False
    if block.kind is BlockKind.CAPTION:
        under.captioned = False
        under.broken_at = 0 if not _OTHER_MATTER.search(fold(block.text)) else under.broken_at or 7
        return False
    prose = is_prose(block)
    if prose:
        under.captioned, under.perhaps = False, under.led  # a remark within a list: what names persons after it stays
    if (under.level and not under.broken_at) or under.captioned:
        return not prose and not _counts(block)
    return _has_name_column(block) or (under.perhaps and not prose and names_persons(block))


def _enter(under: _Under, heading: Block) -> None:
    """A heading: opens a list of persons, breaks it off for other matter, or ends it."""
    text = fold(heading.text)
    captioned, under.captioned, under.led = under.captioned, False, False
    if _opens(heading.text):
        inside = under.level and heading.level > under.level
        under.level = under.level if inside else heading.level
        under.broken_at = 0
        return
    other = bool(_OTHER_MATTER.search(text))
    if under.level and heading.level <= under.level:
        # The name of an organisation inside the list may look like the next chapter: what looks like persons stays.
        under.perhaps = not other
        under.level = under.broken_at = 0
    elif under.level:
        if other:
            under.broken_at = heading.level
        elif heading.level <= under.broken_at:
            under.broken_at = 0
    else:
        perhaps = _PERHAPS.search(text) is not None and not _NO_LIST.search(text)
        under.perhaps = perhaps or (captioned and not other)


def _opens(text: str) -> bool:
    """Whether a heading, caption or short line stands over a list of persons."""
    folded = fold(text)
    if not folded or len(folded.split()) > HEADING_WORDS or text.rstrip().endswith(".") or _CONTENTS_LINE.search(text):
        return False
    return _LISTED.search(folded) is not None and not _NO_LIST.search(folded)


def _leads_in(text: str) -> bool:
    """Whether a sentence leads to a list of whom somebody spoke to: of persons under a heading that says so."""
    folded = fold(text)
    return text.rstrip().endswith(":") and len(folded.split()) <= LEAD_IN_WORDS and bool(_LEADS_IN.search(folded))


def is_prose(block: Block) -> bool:
    """Whether a block is running sentences that name nobody by title: few capitals, or a line that leads to a list."""
    if block.rows or block.kind is BlockKind.TABLE or _TITLED.search(block.text):
        return False
    words = [w for w in _WORD.findall(block.text) if len(w) > 1]
    capitals = sum(w[0].isupper() for w in words)
    return len(words) >= PROSE_WORDS and capitals < PROSE_CAPITALS * len(words)


def names_persons(block: Block) -> bool:
    """Whether a block looks like persons: a column of names, or a line that begins with a name and goes on."""
    if block.rows:
        return any(_share_of_names(column) >= NAME_SHARE for column in _columns(block.rows))
    line = _NUMBERING.sub("", block.text, count=1)
    first = _NAME_ENDS.split(line, maxsplit=1)
    return (len(first) > 1 and is_name(first[0])) or _TITLED.match(block.text) is not None or _with_role(line)


def _with_role(line: str) -> bool:
    """Whether a line is a name and a role, parted by a space only: "Ada Lovelace Senior Programme Officer"."""
    words = line.split()
    if len(words) > ROLE_LINE_WORDS or not is_name(" ".join(words[:2])):
        return False
    return _ROLE.search(" ".join(words[2:])) is not None and not _ROLE.search(" ".join(words[:2]))


def is_name(text: str) -> bool:
    """Whether a few words look like a person's name: two to five, capitalised or particles, of no organisation."""
    words = _NUMBERING.sub("", text).replace("*", "").split()
    if words and _TITLED.match(f"{words[0]} x"):
        words = words[1:]
    if len(words) not in NAME_WORDS or any(c.isdigit() for c in text) or _ORGANISATION.search(fold(text)):
        return False
    return all(w[0].isupper() or w.casefold() in _PARTICLES for w in words) and any(w[1:].islower() for w in words)


def _has_name_column(block: Block) -> bool:
    """Whether a table says in its first row that it holds names with roles or addresses, and does."""
    if len(block.rows) < 2:
        return False
    heads = [fold(cell) for cell in block.rows[0]]
    named = [place for place, head in enumerate(heads) if _NAME_HEAD.fullmatch(head)]
    if not named or not any(_ROLE_HEAD.fullmatch(head) for head in heads):
        return False
    columns = [[row[place] for row in block.rows[1:] if row[place:]] for place in named]
    return any(_share_of_names(column) >= NAME_SHARE for column in columns)


def _columns(rows: Sequence[tuple[str, ...]]) -> Iterator[list[str]]:
    """The cells of each column; rows may be of different lengths."""
    for place in range(max(len(row) for row in rows)):
        yield [row[place] for row in rows if row[place:]]


def _share_of_names(cells: list[str]) -> float:
    """Which part of the cells that are not blank are names."""
    told = [cell for cell in cells if cell.strip()]
    return sum(map(is_name, told)) / len(told) if told else 0.0


def _counts(block: Block) -> bool:
    """Whether a table counts interviews and names nobody."""
    cells = [cell.strip() for row in block.rows for cell in row if cell.strip()]
    figures = sum(cell.rstrip("%").isdecimal() for cell in cells)
    return bool(cells) and figures / len(cells) >= FIGURE_SHARE and not names_persons(block)


def _answers_contact(before: Block | None, block: Block) -> bool:
    """Whether a block says who the contact person is, whose label stands in the block before it."""
    if before is None or block.kind is BlockKind.HEADING or len(block.text.split()) > CONTACT_WORDS:
        return False
    return CONTACT_LABEL.fullmatch(before.text.strip().rstrip(":").rstrip()) is not None
