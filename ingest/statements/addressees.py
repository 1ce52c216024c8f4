"""Whom a recommendation is addressed to: the actor before its "should", or whoever stands over, under or beside it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from corpus.model import Passage

ACTORS = (
    r"governments?|authorit(?:y|ies)|ministr(?:y|ies)|parliaments?|states?|member states|donors?|"
    r"agenc(?:y|ies)|organi[sz]ations?|societ(?:y|ies)|federation|partners?|stakeholders?|practitioners?|actors?|"
    r"offices?|missions?|headquarters|departments?|units?|divisions?|secretariat|commission|council|committee|consortium|"
    r"managers?|management|staff|teams?|coordinators?|evaluators?|implementers?|policy[ -]?makers?|legislators?|"
    r"officers?|"
    r"schools?|teachers|police|courts?|judges|prosecutors|guardians|social workers|service providers|employers|"
    r"embass(?:y|ies)|municipalit(?:y|ies)|communit(?:y|ies)|NGOs?|CSOs?|INGOs?|UN|EU|ROs?|COs?|HQ|PMs?|leadership|"
    r"gouvernements?|autorités?|ministères?|bailleurs|agences?|organisations?|partenaires|bureaux?|équipes?|"
    r"gobiernos?|autoridad(?:es)?|ministerios?|donantes|agencias?|organizaci(?:ón|ones)|socios|oficinas?|equipos?|ONG|OIM"
)
"""Nouns and abbreviations that name somebody who can act."""

SUBJECT_MAX_WORDS = 14
"""A longer stretch before the verb is no plain subject."""

NAME_MAX_WORDS = 24
"""A longer line after "Responsible:" is no list of names."""

_DUTY = re.compile(
    r"\b(?:should|must|ought to|needs? to|(?:is|are) (?:encouraged|urged|advised|invited|recommended) to"
    r"|devrai(?:t|ent)|doi(?:t|vent)|deber[íi]an?|deben?)\b"
)
_PASSIVE = re.compile(r"\s+(?:also\s+|not\s+)?(?:be|être|ser)\b")
_ACTOR = re.compile(rf"\b(?:{ACTORS})\b", re.IGNORECASE)
_ACRONYM = re.compile(r"^(?:the )?[A-Z][A-Za-z]*[A-Z]{1,}[A-Za-z]*$")
_ASIDE = re.compile(r",[^,]*,?\s*$")
_OPENING = re.compile(
    r"^(?:(?:therefore|however|moreover|furthermore|in addition|in (?:the )?future|finally|also|to this end"
    r"|where possible|in this regard|it is recommended that|we recommend that|il est recommandé que"
    r"|se recomienda que)[, ]+)+",
    re.IGNORECASE,
)
_HEADED = re.compile(
    r"\b(?:recommendations?|for the attention|recommandations?|recomendaci(?:ón|ones))\b.{0,40}?"
    r"\b(?:for|to|of|aux?|à|pour|a|al|para)\s+(?P<who>(?:(?:the|la|le|les|el|los|las|l[’'])\s*)?[^:.;]{2,60})"
    r"|\b(?:suggested|recommended|proposed)\s+(?P<whose>[\w ]{2,40}?)\s+actions?\b",
    re.IGNORECASE,
)
_ASKED = re.compile(
    r"\brecommend(?:s|ed)?(?: that)?\s+(?:to\s+)?(?P<who>(?:the\s+)?[A-Z][^,.;]{1,50}?)\s+(?:to|should)\b"
    r"|\b(?:we|evaluators?|evaluation|report)\s+(?:urge|encourage|invite|advise|call upon|call on)s?\s+"
    r"(?P<whom>(?:the\s+)?[^,.;]{2,50}?)\s+to\b"
)
_CHAPTER = re.compile(r"recomm?[ae]nd|way forward|next steps|perspectives", re.IGNORECASE)
_UNDER_CHAPTER = re.compile(
    r"^(?:[\d.)]+\s+|[A-Za-z][.)]\s+)?(?:to|for|aux?|à|pour|para|al)?\s*(?P<who>.{2,80}?)(?:\s+(?:should|must|is|are))?\s*:?$",
    re.IGNORECASE,
)
_PREPOSITION = re.compile(r"\s(?:of|in|for|at|between|with|on|to|du?|des?|del?|en)\s|[,/&(]|\sand\s|\set\s|\sy\s")
_BRACKETED = re.compile(
    r"[\[(](?:for|to|addressed to|responsible|lead)\s*:?\s+(?P<who>[^\])]{2,80})[\])]\s*\.?$", re.IGNORECASE
)

_ROLE = (
    r"(?:recommendation|recommended|addressed|directed|targeted) to|addressees?|responsib(?:le|ility)"
    r"(?: (?:for implementation|individuals?|party|parties|units?|departments?|offices?|entity|entities|persons?"
    r"|actors?|agency|institutions?|body))?(?: or units?)?(?:\(s\))?|for the attention of"
    r"|lead(?: (?:agency|actor|unit|entity))?"
    r"|implement(?:er|ing (?:entity|unit|agency))|action by|who|owner|target audience"
    r"|responsables?|destinataires?|à l['’]attention de|adressée? à|dirigida a|destinatarios?|entidad responsable"
)
_LABELLED = re.compile(rf"^(?:{_ROLE})\s*(?:\([^)]*\)\s*)?:\s*(?P<who>.{{2,200}})$", re.IGNORECASE)
_COLUMN = re.compile(rf"^(?:{_ROLE})(?:\(s\))?$", re.IGNORECASE)
_NOBODY = re.compile(r"^(?:n/?a|none|tbd|tbc|-|–|yes|no|high|medium|low)\.?$", re.IGNORECASE)
_NUMBERED = re.compile(r"(?:evaluation )?recomm?[ae]nda\w+ \d", re.IGNORECASE)

Named = dict[tuple[int, int], str]
"""(Passage, line), both counted from 0 → whom the recommendations of that line are addressed to."""


def addressee(sentence: str, path: tuple[str, ...] = (), lead_in: str = "", beside: str | None = None) -> str | None:
    """Who should act, in the source's words; None where neither the sentence nor what stands around it says so.

    ``beside`` is whom the page names for the sentence's line.  A passive's subject ("evaluations should be conducted")
    is what is acted on, not who acts: it is passed over.
    """
    asked = _ASKED.search(sentence)
    who = (asked["who"] or asked["whom"]) if asked else None
    if who and _names_actor(who):
        return who.strip()
    bracketed = _BRACKETED.search(sentence)
    if bracketed and _names_actor(bracketed["who"]):
        return bracketed["who"].strip()
    subject = _subject(sentence) or beside or _subject(lead_in)
    return subject or next((named for named in map(_headed, (lead_in, *reversed(path))) if named), None) or _under(path)


def _headed(heading: str) -> str | None:
    headed = _HEADED.search(heading)
    who = (headed["who"] or headed["whose"]) if headed else None
    return who.strip() if who and _names_actor(who) else None


def _under(path: tuple[str, ...]) -> str | None:
    """The actor that is itself a heading below the chapter of recommendations: "Recommendations › Regional offices"."""
    chapter = next((n for n, heading in enumerate(path) if _CHAPTER.search(heading)), len(path))
    for heading in reversed(path[chapter + 1 :]):
        found = _UNDER_CHAPTER.match(heading)
        first = _PREPOSITION.split(found["who"], maxsplit=1)[0].strip().split(" ")[-1] if found else ""
        if found and (_ACTOR.fullmatch(first) or _ACRONYM.match(first)):
            return found["who"].strip()
    return None


def _subject(sentence: str) -> str | None:
    duty = _DUTY.search(sentence)
    if not duty or _PASSIVE.match(sentence[duty.end() :]):
        return None
    before = _OPENING.sub("", sentence[: duty.start()].strip())
    subject = _ASIDE.sub("", before) if before.count(",") else before
    subject = subject.strip(" ,")
    return subject if 0 < len(subject.split()) <= SUBJECT_MAX_WORDS and _names_actor(subject) else None


def _names_actor(words: str) -> bool:
    return bool(_ACTOR.search(words) or _ACRONYM.match(words.strip()))


def beside(passages: Sequence[Passage]) -> Named:
    """Whom the page names for each line: in a column "Responsible", or in a line "Responsible: …" under or over it.

    A line that names somebody speaks for the lines between it and the one before it where recommendations come first,
    as in a block that ends with its particulars; else for those that follow.  It never speaks beyond its heading.
    """
    named: Named = {}
    column: int | None = None
    block: list[tuple[int, int]] = []
    holder, path, leading = "", None, None
    for n, passage in enumerate(passages):
        if passage.path != path:
            path, holder, block, leading, column = passage.path, "", [], None, None
        for m, line in enumerate(passage.text.split("\n")):
            cells = [cell.strip() for cell in line.split("\t")]
            who = next((w for w in map(_labelled, cells) if w), None)
            if who:
                leading = leading if leading is not None else not block
                named |= {} if leading else dict.fromkeys(block, who)
                holder, block = who, []
                continue
            column = _column(cells, column)
            in_row = cells[column] if column is not None and 0 < column < len(cells) else ""
            if (
                in_row
                and len(in_row.split()) <= NAME_MAX_WORDS
                and not _NOBODY.match(in_row)
                and not _COLUMN.match(in_row)
            ):
                named[n, m] = in_row
            elif leading:
                named[n, m] = holder
            else:
                block = [*([] if _NUMBERED.match(line) else block), (n, m)]
    return named


def _labelled(cell: str) -> str | None:
    found = _LABELLED.match(cell)
    who = found["who"].strip(" .,;") if found else ""
    return who if 0 < len(who.split()) <= NAME_MAX_WORDS and not _NOBODY.match(who) else None


def _column(cells: Sequence[str], before: int | None) -> int | None:
    """Which column of the table names who acts: told by its head, good until a row of other columns comes."""
    if len(cells) < 2:
        return before
    return next((n for n, cell in enumerate(cells) if _COLUMN.match(cell)), before)
