"""Private contact data in a text: where it stands, and the text without it.

Recognised in any language by their form: e-mail addresses, telephone numbers (international, or national after a label
such as "Tel." or "Mobile:"), names on Skype and its like, and what follows "Contact person:".  A number that a public
helpline is called by stays, because it is there to be found; so do years, figures, page numbers, ISBN and addresses of
web pages.  The catalogue keeps the text as it is; these functions stand on every way out.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterable, Sequence
from itertools import pairwise
from typing import Literal, NamedTuple

MASKING_VERSION = 2
"""Raised whenever a text would be masked otherwise: it makes every index due for a rebuild."""

WITHHELD = "[withheld]"
"""What is shown in place of what is kept back."""

Kind = Literal["email", "telephone", "account", "contact-person", "private", "organisation"]


class Stretch(NamedTuple):
    """The characters ``start`` to ``end`` of a text that are kept back, and why."""

    start: int
    end: int
    kind: Kind


class Withheld(NamedTuple):
    """A text in which stretches are replaced, and where they stood (in order, apart) in the original."""

    text: str
    stretches: tuple[Stretch, ...]

    def offset(self, before: int) -> int:
        """Where a character of the original stands now; one inside a stretch is moved to the stretch's begin."""
        count = bisect_right(self.stretches, before, key=lambda s: s.start)
        moved = sum(len(WITHHELD) - (s.end - s.start) for s in self.stretches[:count])
        if count and before < self.stretches[count - 1].end:
            last = self.stretches[count - 1]
            return last.start + moved - len(WITHHELD) + (last.end - last.start)
        return before + moved


PHONE_DIGITS = range(8, 16)
"""Digits of a telephone number without a label: fewer are figures, more than 15 are no number (ITU-T E.164)."""

DIALLED_ABROAD = range(10, 18)
"""Digits where "00" stands for the plus sign; shorter, "00 500 000" is the end of a figure."""

LABELLED_DIGITS = range(6, 16)
"""Digits of a number that its label calls a telephone number."""

HELPLINE_REACH = 60
"""Characters before a number in which a word such as "helpline" makes it a public one."""

_SIX_DIGITS = re.compile(r"\d(?:[^\w\n]{0,4}\d){5}")
"""Without so many digits in a row a text holds no telephone number."""

_EMAIL = re.compile(
    r"(?<![\w/])[\w.+'-]{0,63}\w\s?(?:@|＠|\(at\)|\[at\]|\{at\})\s?(?:[\w-]{1,63}(?:\.|\s?(?:\(dot\)|\[dot\])\s?)){1,6}[a-z]{2,24}\b",
    re.IGNORECASE,
)

_EMAIL_IN_WORDS = re.compile(
    r"(?<![\w/])[\w.+'-]{0,63}\w\s(?:"
    + "|".join(
        rf"{at}\s[\w-]{{1,63}}(?:\s{dot}\s[a-z]{{2,24}}){{1,3}}"
        for at, dot in (("at", "dot"), ("arroba", "punto"), ("arobase", "point"))
    )
    + r")\b",
    re.IGNORECASE,
)
"""An address as it is spelt to hide it from programs: "jane at example dot org"."""

_NUMBER = r"\(?\+?\d(?:(?:[ \u00a0\u202f().‐-–-]{0,3}|/)\d)+"
_INTERNATIONAL = re.compile(rf"(?<![\w.,+=])(?<!\d[ /-])(?:\(?\+|00(?=[ \u00a01-9(])) ?(?=\(?\d){_NUMBER}")
_NATIONAL = re.compile(
    r"(?<![\w.,/+=‐-–-])(?:\(0\d{0,4}\)|0\d{1,4})(?:[ \u00a0\u202f./-]\d{2,4}){2,5}(?![\w/]|[.,-]\d)"
    r"|(?<![\w.,/+=‐-–-])0[1-9]\d{2,3}[ \u00a0/-]?\d{5,6}(?![\w/]|[.,-]\d)"
    r"|(?<![\w.,/+=‐-–-])(?:\(\d{3}\)\s?|\d{3}[ .-])\d{3}[.-]\d{4}(?![\w/-])"
)
_LABEL = (
    r"tel(?:e(?:phone|fon(?:o|e)?|fono|movil|móvel|movel))?|t[ée]l(?:[ée]phone)?|teléfono|(?:hand)?phone|"
    r"mob(?:ile|iltelefon|il)?|m[óo]vil|cell?(?:ular|ulare|phone|ulaire)?|portable|gsm|handy|fax|"
    r"whats\s?app|viber|telegram|τηλ|κιν|тел(?:ефон)?|моб(?:ильный)?|факс|هاتف|تلفون|جوال|موبايل|تلفن|موبایل"
)
_LABELLED = re.compile(
    rf"(?<!\w)(?:{_LABEL})(?:\s?(?:no|number|nr|n°|num[ée]ro|numero|número))?"
    rf"(?:\s?\([^)\n]{{1,12}}\))?\s?[.:/]*\s*(?:\((?=\w+\))[a-z]+\)\s*)?(?P<number>{_NUMBER})",
    re.IGNORECASE,
)
_LETTER_LABELLED = re.compile(rf"(?<![\w.])[TMPF]\s?[:.]\s?(?P<number>{_NUMBER})")
_MORE_NUMBERS = re.compile(rf"\s*(?:/|;|,|\bor\b|\bou\b|\bo\b|\boder\b|&)\s*(?P<number>{_NUMBER})", re.IGNORECASE)

_ACCOUNT = re.compile(
    r"(?<!\w)(?:skype|whats\s?app|telegram|viber|wechat|signal)(?P<named>\s?(?:id|name|user(?:name)?|account|address))?"
    r"\s?(?P<colon>[:=]|[–-](?=\s?\S*[\d._@]\w))?\s*(?P<account>(?:live:)?@?[\w.-]*\w)",
    re.IGNORECASE,
)
_LIVE = re.compile(
    r"(?<!\w)(?P<account>live:[\w.-]*\w|(?<=wa\.me/)\+?\d{6,15}|(?<=send\?phone=)(?:\+|%2B)?\d{6,15})", re.IGNORECASE
)
"""What is an account's name wherever it stands, also in the addresses that open a talk with a telephone number."""
_NAME_LIKE = re.compile(r"[\d._@]|^[^\W\d_]{6,}$")
"""What tells an account's name from an ordinary word: a digit, a stop, or one lower-case word that ends its line."""

CONTACT_LABEL = re.compile(
    r"(?:name\s+of\s+)?(?:the\s+)?contact\s+persons?|persons?\s+(?:to|of)\s+contact|contact\s+name|"
    r"personnes?\s+(?:de\s+|à\s+|-\s?)?contact(?:er)?|(?:nom\s+du\s+)?point\s+de\s+contact|"
    r"personas?\s+de\s+contacto|pessoas?\s+de\s+contato|pessoas?\s+de\s+contacto|persona\s+di\s+contatto|"
    r"ansprechpartner(?:in)?|ansprechperson|kontaktperson|osoba\s+za\s+kontakt|osoba\s+kontaktowa|"
    r"контактное\s+лицо|جهة\s+الاتصال|الشخص\s+المسؤول",
    re.IGNORECASE,
)
"""How a field is called that names a private person, in the languages that practice pages are written in."""

_CONTACT = re.compile(
    rf"(?:^|(?<=[\n.;|•–\t] )|(?<=[\n|\t]))(?:{CONTACT_LABEL.pattern})\s*(?:\([^)\n]{{1,40}}\)\s*)?[:\t|–]\s*"
    r"(?P<who>[^\n|\t]+)",
    re.IGNORECASE | re.MULTILINE,
)

_CONTACT_CELL = re.compile(
    rf"^(?:{CONTACT_LABEL.pattern})[ \t]+(?P<who>(?-i:[^\W\d_a-zà-ÿ])[\w.'’-]*(?:[ ,][ ]?[\w.'’-]+){{1,7}})$",
    re.IGNORECASE | re.MULTILINE,
)
"""A row of a table whose cells are parted by a space only: the label, and a few words that begin with a capital."""

_HELPLINE = re.compile(
    r"hot\s?-?lines?|help\s?-?lines?|toll[\s-]?free|child\s?line|crisis\s+line|emergency\s+(?:number|line|call)|"
    r"num[ée]ros?\s+(?:verts?|gratuits?|d['’]urgence)|lignes?\s+(?:vertes?|d['’](?:écoute|urgence|assistance))|"
    r"l[íi]neas?\s+(?:gratuitas?|de\s+(?:ayuda|emergencia|atenci[óo]n|denuncia))|n[úu]meros?\s+(?:gratuitos?|de\s+emergencia)|"
    r"linha\s+(?:verde|de\s+apoio)|numero\s+verde|notruf|горяч\w+\s+лини\w+|خط\s+(?:ساخن|المساعدة)",
    re.IGNORECASE,
)
_PERSONAL = re.compile(r"mobile|cell|gsm|portable|m[óo]vil|celular|handy|skype|whats\s?app|моб|جوال", re.IGNORECASE)
_NO_NUMBER_BEFORE = re.compile(
    r"(?:isbn|issn|doi|iban|orcid|n°|no\.|ref\.?|[$€£¥]|usd|eur|chf)[\s:.(-]*[\w-]{0,6}$", re.I
)
_FIGURE_AFTER = re.compile(
    r"\s?(?:%|per\s?cent|[$€£¥]|usd|eur(?:os?)?|chf|million|people|persons|children|migrants)\b", re.I
)
_ROUND = re.compile(r"\(?\+?\s?\d{1,3}(?:[\s\u00a0\u202f.,]000)+")
_GROUP = re.compile(r"\d+")
_THOUSANDS = re.compile(r"\(?\+?\s?\d{1,3}(?:[\s\u00a0\u202f.,]\d{3})+")
_DATE = re.compile(
    r"(?<!\d)\d{1,2}[./-]\d{1,2}[./-](?:19|20)?\d\d(?!\d)|(?<!\d)[0-3]\d [01]\d (?:19|20)\d\d(?!\d)"
    r"|(?<!\d)(?:19|20)\d\d\s?[–/-]\s?(?:19|20)?\d\d(?!\d)"
)


def find(text: str) -> tuple[Stretch, ...]:
    """Where private contact data stand in a text, in order and apart from one another."""
    folded = text.casefold()
    found: list[Stretch] = []
    for finder, hints in _FINDERS:
        if any(hint in folded for hint in hints):
            found += finder(text)
    if _SIX_DIGITS.search(text):
        found += _phones(text)
    return apart(found)


def mask(text: str) -> str:
    """The text with private contact data replaced by ``[withheld]``."""
    return withhold(text, find(text)).text


def withhold(text: str, stretches: Sequence[Stretch]) -> Withheld:
    """The text with these stretches replaced; stretches that touch or overlap become one."""
    joined = apart(stretches)
    pieces, at = [], 0
    for stretch in joined:
        pieces += [text[at : stretch.start], WITHHELD]
        at = stretch.end
    return Withheld("".join([*pieces, text[at:]]), joined)


def apart(stretches: Iterable[Stretch]) -> tuple[Stretch, ...]:
    """Stretches in order, those that overlap joined into one of the first's kind; empty ones left out."""
    joined: list[Stretch] = []
    for stretch in sorted(s for s in stretches if s.start < s.end):
        if joined and stretch.start < joined[-1].end:
            joined[-1] = joined[-1]._replace(end=max(joined[-1].end, stretch.end))
        else:
            joined.append(stretch)
    return tuple(joined)


def _emails(text: str) -> Iterable[Stretch]:
    for pattern in (_EMAIL, _EMAIL_IN_WORDS):
        for match in pattern.finditer(text):
            yield Stretch(match.start(), match.end(), "email")


def _phones(text: str) -> Iterable[Stretch]:
    """Telephone numbers: labelled ones (and those listed after them) first, then those that look it by themselves."""
    for pattern in (_LABELLED, _LETTER_LABELLED):
        for match in pattern.finditer(text):
            number: re.Match[str] | None = match
            if _THOUSANDS.fullmatch(match["number"]) and text[: match.start("number")].rstrip()[-1:] not in (":", "."):
                continue  # "mobile 450 000 users"
            while number is not None and _is_number(text, number, LABELLED_DIGITS):
                yield Stretch(number.start("number"), number.end("number"), "telephone")
                number = _MORE_NUMBERS.match(text, number.end("number"))
    for pattern in (_INTERNATIONAL, _NATIONAL):
        for match in pattern.finditer(text):
            lengths = DIALLED_ABROAD if match[0].startswith("00") else PHONE_DIGITS
            if _is_number(text, match, lengths) and not _is_figure(text, match):
                yield Stretch(match.start(), match.end(), "telephone")


def _is_number(text: str, match: re.Match[str], lengths: range) -> bool:
    """Whether a run of digits can be a private telephone number: long enough, no date, not a public helpline's."""
    group = "number" if "number" in match.re.groupindex else 0
    run, start = match[group], match.start(group)
    if sum(c.isdigit() for c in run) not in lengths or _DATE.search(run):
        return False
    return not _public(text, start)


def _is_figure(text: str, match: re.Match[str]) -> bool:
    """Whether a run of digits without a label is something else that is counted or numbered."""
    if _NO_NUMBER_BEFORE.search(text, max(0, match.start() - 24), match.start()):
        return True
    if _ROUND.fullmatch(match[0]) or _is_scale(match[0]):
        return True
    return _FIGURE_AFTER.match(text, match.end()) is not None and _THOUSANDS.fullmatch(match[0]) is not None


def _is_scale(run: str) -> bool:
    """Whether numbers grow by the same step, as on a diagram's axis: "05 10 15 20"."""
    numbers = [int(group) for group in _GROUP.findall(run)]
    return len(numbers) > 2 and len({after - before for before, after in pairwise(numbers)}) == 1


def _public(text: str, start: int) -> bool:
    """Whether the words before a number, on its line, call it a helpline and not somebody's own."""
    line = max(text.rfind("\n", 0, start) + 1, start - HELPLINE_REACH)
    before = text[line:start]
    last = max((m.end() for m in _HELPLINE.finditer(before)), default=-1)
    return last >= 0 and not _PERSONAL.search(before, last)


def _accounts(text: str) -> Iterable[Stretch]:
    for match in _LIVE.finditer(text):
        yield Stretch(match.start("account"), match.end("account"), "account")
    for match in _ACCOUNT.finditer(text):
        name = match["account"]
        called = bool(match["colon"] or match["named"] or name.startswith("@"))
        ends = text[match.end() : match.end() + 1] in ("", "\n", ",", ";", "|", ")", "\t")
        plain = name.isalpha()
        if called and _NAME_LIKE.search(name) and (not plain or (name.islower() and ends)):
            yield Stretch(match.start("account"), match.end("account"), "account")


def _contacts(text: str) -> Iterable[Stretch]:
    for pattern in (_CONTACT, _CONTACT_CELL):
        for match in pattern.finditer(text):
            yield Stretch(match.start("who"), _end(text, match.end("who")), "contact-person")


def _end(text: str, end: int) -> int:
    """The end of a field's value without the space after it."""
    return len(text[:end].rstrip())


_FINDERS: tuple[tuple[Callable[[str], Iterable[Stretch]], tuple[str, ...]], ...] = (
    (_emails, ("@", "＠", "at)", "at]", "at}", " dot ", " point ", " punto ")),
    (_accounts, ("skype", "whats", "telegram", "viber", "wechat", "signal", "live:", "wa.me", "phone=")),
    (_contacts, ("conta", "kontakt", "ansprech", "контактное", "الاتصال", "المسؤول")),
)
"""What looks for which data, and the letters without which there are none: most texts are passed over at once."""
