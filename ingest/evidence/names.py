"""Names of organisations in running text: where they begin and end, and what tells them from persons and places."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from corpus.ids import fold
from corpus.model import Acronym

NAME_WORDS = 16
"""Words of the longest names ("… for International Cooperation and Development of the European Commission")."""

_WORD = re.compile(r"[^\W_][\w’'&./‐-]*|&|\([^()\s]{2,15}(?:\s[^()\s]{1,12}){0,2}\)|[,;:.–—()“”\"«»|\t\n]")
_JOINTS = frozenset((
    "of", "for", "the", "and", "on", "de", "des", "du", "la", "le", "les", "pour", "et", "del", "los", "las", "para",
    "y", "e", "da", "do", "dos", "das", "à", "aux", "sur", "&", "against", "without", "contre", "contra",
))  # fmt: skip
"""Small words within names; a name never ends with one."""

_AND = frozenset(("and", "et", "y", "e"))

_FILLERS = frozenset((
    "a", "an", "the", "both", "its", "an", "by", "le", "la", "les", "l", "l’", "el", "los", "las", "un", "une", "una",
    "independent", "external", "international", "national", "local", "private", "specialised", "specialized",
    "research", "consulting", "consultancy", "evaluation", "centre", "center", "firm", "company", "group", "team",
    "organisation", "organization", "agency", "donor", "consultants", "consultant", "evaluators", "evaluator", "of",
    "from", "two", "three", "four", "five", "people", "experts", "firma", "consultora", "cabinet", "bureau",
    "société", "empresa",
))  # fmt: skip
"""What may stand between "conducted by" and the name."""
FILLERS_MAX = 6

_TELLING = re.compile(
    r"\b(?:organi[sz]ations?|organi[sz]acion\w*|organisme|agenc(?:y|ies)|agences?|agencias?|ministr\w+|ministeri\w*|"
    r"ministere|department|departamento|departement|office|bureau|oficina|commission|comision|council|conseil|"
    r"consejo|"
    r"committee|societ(?:y|ies)|federation|federacion|association|asociacion|foundation|fondation|fundacion|fund|"
    r"fonds|"
    r"fondo|union|institut\w*|universit\w+|universidad|college|cent(?:re|er)|centro|government|gouvernement|gobierno|"
    r"nations|naciones|bank|banque|banco|programme des|programme for|unicef|unhcr|children s|network|alliance|"
    r"consortium|coalition|secretari(?:at|a)|directorate|direction|direccion|consult\w+|research|ltd|llc|gmbh|inc|"
    r"trust|"
    r"initiative|partnership|cross|crescent|republic|embassy|municipality|division|mission|save the children|"
    r"terre des hommes|world vision|plan international|oxfam|caritas|care international|médecins|medecins|"
    r"handicap international|humanity inclusion|norwegian refugee|danish refugee|refugee council|cooperation|"
    r"delegation)\b"
)
"""Words, folded, that names of organisations have and names of persons do not; with those well known without any."""

_NO_NAME = re.compile(
    r"^(?:(?:the )?(?:organi[sz]ation|commission|council|government|office|secretari(?:at|a)|ministry|federation|"
    r"agency|"
    r"fund|"
    r"department|union|bureau|committee|team|mission|consultants?|division|network|association|initiative|"
    r"cooperation|"
    r"partnership|research|foundation|directorate)|(?:evaluation|project|programme?(?! des nations)|annex|table|"
    r"figure|section|chapter|phase|component|case stud(?:y|ies)|"
    r"terms of reference|recommendation|output|outcome|covid)\b.*|un|usd|eur|ii|iii|iv|vi|ngos?|csos?|m e|tor|"
    r"covid 19|"
    r"n a|ceo|it|pdf)$"
)
"""Folded words with capitals that name no organisation."""


class Name(NamedTuple):
    """The name of an organisation, and where it stands in the text."""

    start: int
    end: int
    text: str


def names_from(text: str, start: int, known: frozenset[str] = frozenset()) -> list[Name]:
    """The organisations named in a row from a place on ("by the UNDP, IOM and the Ministry of Health").

    ``known`` is what `known_names` makes of the document's own acronyms.
    """
    found: list[Name] = []
    for words in _parts(_capitalised(text, start)):
        first, last = words[0], words[-1]
        start = first.start() + len(first[0]) - len(_without_article(first[0]))
        whole = text[start : last.end()].rstrip(" .,;:")
        if is_organisation(whole, known):
            found.append(Name(start, start + len(whole), whole))
        elif found:
            break
    return found


def names_before(text: str, end: int, known: frozenset[str] = frozenset()) -> list[Name]:
    """The organisations whose names end right before a place ("IFRC implemented")."""
    begins = [m.start() for m in _WORD.finditer(text, max(0, end - 300), end) if m[0][0].isupper()]
    for begin in begins:
        found = names_from(text, begin, known)
        if found and not text[found[-1].end : end].strip(" )"):
            return found
    return []


def known_names(acronyms: Iterable[Acronym]) -> frozenset[str]:
    """The folded short and long forms of organisations among a document's acronyms; a minus leads the others' forms."""
    known: set[str] = set()
    for acronym in acronyms:
        minus = "" if _TELLING.search(fold(acronym.long)) else "-"
        known |= {minus + fold(acronym.short), minus + fold(acronym.long)}
    return frozenset(known)


def is_organisation(name: str, known: frozenset[str] = frozenset()) -> bool:
    """Whether a name with capitals is an organisation's: it says so, is known, or holds an acronym in capitals."""
    folded = fold(name)
    if not folded or _NO_NAME.match(folded) or f"-{folded}" in known:
        return False
    if folded in known or _TELLING.search(folded):
        return True
    bare = name.partition(" (")[0]
    words = re.findall(r"[^\W\d_]+", name)
    if any(w.isupper() and len(w) in range(3, 9) for w in words) and not all(w.isupper() for w in words if len(w) > 3):
        return True
    return len(bare.split()) == 1 and bare.isupper() and len(bare) in range(2, 9)


def _capitalised(text: str, start: int) -> list[re.Match[str]]:
    """The words of a row of names from a place on, without what stands before the first."""
    row: list[re.Match[str]] = []
    fillers, end, adjectival = 0, start, False
    for word in _WORD.finditer(text, start):
        if text[end : word.start()].strip() or len(row) > 4 * NAME_WORDS:
            break
        token, end = word[0], word.end()
        if _begins_name(token):
            row.append(word)
        elif not row:
            fillers += 1
            adjectival = token.casefold() in ("a", "an")
            if (fold(token) not in _FILLERS and token not in ("“", '"')) or fillers > FILLERS_MAX:
                break
        elif token in (",", "&") or token.casefold() in _JOINTS or token.startswith("("):
            row.append(word)
        else:
            break
    if adjectival:  # "by an IOM officer"
        return []
    while row and not (_begins_name(row[-1][0]) or (len(row[-1][0]) > 2 and row[-1][0].startswith("("))):
        row.pop()
    return row


def _without_article(token: str) -> str:
    return re.sub(r"^[ldLD][’']", "", token)


def _begins_name(token: str) -> bool:
    bare = _without_article(token)
    return bare[:1].isupper() or (bare[:1].isdigit() and any(c.isupper() for c in bare))


def _parts(row: list[re.Match[str]]) -> Iterator[list[re.Match[str]]]:
    """A row of names cut at commas, and at an "and" that joins two names and does not stand within one."""
    part: list[re.Match[str]] = []
    for place, word in enumerate(row):
        if word[0] == "," or (word[0].casefold() in _AND and _parts_names(part, row[place + 1 :])):
            if part:
                yield part
            part = []
        elif part or word[0].casefold() not in _JOINTS:
            part.append(word)
    while part and part[-1][0].casefold() in _JOINTS:
        part.pop()
    if part:
        yield part


def _parts_names(before: list[re.Match[str]], after: list[re.Match[str]]) -> bool:
    """Whether an "and" between two runs of words stands between two names."""
    if not before or not after:
        return True
    left = " ".join(w[0] for w in before)
    right: list[str] = []
    for word in after:
        if not right and word[0].casefold() in _JOINTS:
            continue
        if word[0] == "," or word[0].casefold() in _AND:
            break
        right.append(word[0])
    whole = " ".join(right)
    if len(right) == 1 and whole.isupper():
        return True
    if fold(left).endswith("red cross") and fold(whole).startswith("red crescent"):
        return False
    if before[-1][0].endswith(")") or (len(before) == 1 and before[0][0].isupper()):
        return True
    return is_organisation(left) and is_organisation(whole.partition(" (")[0])
