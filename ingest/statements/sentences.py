"""Cuts a passage into sentences and list items, as exact stretches of its text.

The rule: a sentence ends at ``.``, ``!`` or ``?`` (with closing quotes, brackets and a stuck note mark) where the next
word begins like a sentence, unless the stop belongs to an abbreviation or an initial.  A short rule with an
abbreviation list beats a statistical splitter on reports, whose stops are mostly regular.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

ABBREVIATIONS = re.compile(
    r"mr|mrs|ms|dr|prof|sr|jr|st|(?:[a-z]\.)+[a-z]|cf|viz|vs|incl|approx|ca|resp|eds?|al|gen|col|sgt|rev|hon|dept|min"
    r"|mm?e|mgr|mlle|env|ex|éd|op|cit|ibid|sra|srta|dra|lic|ing|aprox|ee|uu|ud|uds"
)
"""Words (without their last stop, lower-case) that a sentence of a report does not end with."""

BEFORE_NUMBERS = re.compile(
    "nos?|nr|pp?|paras?|arts?|figs?|tab|ch|sec|vol|jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec"
    "|núm|nro|pág|págs|párr|inc|cap|chap|janv|févr|avr|juil|déc|ene|abr|ago|dic"
)
"""Words that are abbreviations only before a number: "No. 6", but "They said no. Then ..."."""

BEFORE_STOP = 30
"""How many characters before a stop are looked at: any abbreviation is shorter, and a line may be endless."""

_STOP = re.compile(
    r"""(?<![.!?…])(?P<stop>[.!?…]++)        # possessive: a run of a million stops is looked at once
        (?P<close>["”’'»)\]]*+)
        (?P<note>\d{1,3}(?:,\d{1,3})*)?      # a note mark stuck to the stop: ".1 According"
        (?=\s++["“‘'«(\[]*+(?P<next>\S))""",
    re.VERBOSE,
)
_LAST_WORD = re.compile(r"[^\s(\[“\"‘']+$")
_BULLET = re.compile(
    r"\s*(?:[•▪◦●■□►➢✓*\u2022\uf0a7\uf0b7–—-]\s+"
    r"|\(?(?:\d{1,2}[.)]|\d{1,2}\.\d{1,2}\.?|(?:[a-zA-Z]|[ivxIVX]{1,4})\))\s+)"
)
_LABEL = re.compile(
    r"(?:(?:evaluation|main|key|overall|strategic|operational|general)\s+)?"
    r"(?:recommendations?|lessons?(?: learn(?:ed|t))?|good practices?|best practices?|challenges?|findings?"
    r"|conclusions?|recommandations?|leçons?|enseignements?|constats?|recomendaci(?:ón|ones)|lecci(?:ón|ones)|hallazgos?"
    r"|conclusi(?:ón|ones))"
    r"\s*(?:no\.?|n[°º]|\#)?\s*\d{1,2}(?:\.\d{1,2})*\s*[:.)–—-]?(?:\s+(?=[^\d\W]|\d[.)]\s)|\s*$)",
    re.IGNORECASE,
)
"""The label of a numbered recommendation or lesson at the head of a line: it introduces the line."""
_NOTES_AHEAD = re.compile(r"\(\d{1,3}(?:[,;–-]\s?\d{1,3})*\)\s+")
_NOTE_AT_END = re.compile(r"(?<=[.!?”\"’)])\d{1,3}$")
_RUN_IN = re.compile(r"(?<![\w.])\((?P<mark>[ivx]{1,4}|[a-h]|\d)\)\s+")
_COUNTED = re.compile(r"(?:(?<=^)|(?<=[\s.;:]))(?P<mark>\d)[.)]\s+(?=[^\d\W])")


class Sentence(NamedTuple):
    """A stretch of a passage: ``passage.text[start:end]`` is its text; ``block`` counts the passage's lines from 0.

    ``item`` marks a list item (or its first sentence and those after it).  ``lead_in`` is what introduces its list.
    """

    start: int
    end: int
    text: str
    block: int
    item: bool = False
    lead_in: str = ""


def split(text: str, items: Sequence[int] = ()) -> Iterator[Sentence]:
    """Every sentence of a passage's text in order; ``items`` are the offsets at which list items begin."""
    starts = frozenset(items)
    offset, lead_in = 0, ""
    for number, line in enumerate(text.split("\n")):
        label = _LABEL.match(line)
        marked = _BULLET.match(line, label.end() if label else 0)
        item = offset in starts or bool(marked)
        begin = marked or label
        pieces = list(_pieces(text, offset + (begin.end() if begin else 0), offset + len(line)))
        leads = label.group() if label else lead_in if item or _LABEL.fullmatch(lead_in) else ""
        for start, end, led in pieces:
            yield Sentence(start, end, text[start:end], number, item, led or leads)
        if label and not pieces:
            lead_in = label.group()
        elif not item or label:
            lead_in = text[slice(*pieces[-1][:2])] if pieces and line.rstrip().endswith(":") else ""
        offset += len(line) + 1


def _pieces(text: str, start: int, end: int) -> Iterator[tuple[int, int, str]]:
    """The sentences of one line, cut again where a sentence runs a list in: "(i) …; (ii) …".

    With each goes what leads it in: the words before its run-in list where a colon ends them, else "".
    """
    counted = (part for cell in _cells(text, start, end) for part in _counted(text, *cell))
    for a, b in (sentence for part in counted for sentence in _sentences(text, *part)):
        marks = list(_RUN_IN.finditer(text, a, b))
        if len(marks) < 2:
            yield from ((*piece, "") for piece in _trimmed(text, a, b))
            continue
        before = text[a : marks[0].start()].strip()
        yield from ((*piece, "") for piece in _trimmed(text, a, marks[0].start()))
        for mark, stop in zip(marks, [*(m.start() for m in marks[1:]), b], strict=True):
            led = before if before.endswith(":") else ""
            yield from ((*piece, led) for piece in _trimmed(text, mark.end(), _item_end(text, mark.end(), stop)))


def _counted(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The items of a list that a line runs together, "1. … 2. … 3. …", without their numbers; else the whole line."""
    marks: list[re.Match[str]] = []
    for mark in _COUNTED.finditer(text, start, end):
        if int(mark["mark"]) == len(marks) + 1:
            marks.append(mark)
    if len(marks) < 2:
        yield start, end
        return
    yield start, marks[0].start()
    for mark, stop in zip(marks, [*(m.start() for m in marks[1:]), end], strict=True):
        yield mark.end(), stop


def _item_end(text: str, start: int, end: int) -> int:
    """Where an item of a run-in list ends, without the "; and" that leads to the next."""
    item = text[start:end].rstrip(" ;,")
    for link in (" and", " or"):
        item = item.removesuffix(link).rstrip(" ;,")
    return start + len(item)


def _cells(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The cells of a table's row, which tabs part; the whole line where it is none."""
    for cell in text[start:end].split("\t"):
        yield start, start + len(cell)
        start += len(cell) + 1


def _sentences(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    begin = start
    for stop in _STOP.finditer(text, start, end):
        if stop.end() < end and _ends(text[max(begin, stop.start() - BEFORE_STOP) : stop.start()], stop):
            yield begin, stop.end("close")
            begin = stop.end()
    yield begin, end


def _ends(before: str, stop: re.Match[str]) -> bool:
    """Whether a sentence ends at this stop, judged by the word before it and the character after it."""
    following = stop["next"]
    if following.islower():
        return False
    if stop["stop"] != ".":
        return True
    found = _LAST_WORD.search(before)
    word = found.group().lower() if found else ""
    if stop["note"]:
        return not word[-1:].isdigit()
    if (len(word) == 1 and before[-1:].isupper()) or ABBREVIATIONS.fullmatch(word):
        return False
    if BEFORE_NUMBERS.fullmatch(word) and following.isdigit():
        return False
    return not (word.isdigit() and len(word) <= 2 and not before[: -len(word)].strip())


def _trimmed(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The stretch without outer white space and without note marks around it; nothing where nothing is left."""
    while start < end and text[start].isspace():
        start += 1
    ahead = _NOTES_AHEAD.match(text, start, end)
    start = ahead.end() if ahead else start
    while end > start and text[end - 1].isspace():
        end -= 1
    note = _NOTE_AT_END.search(text[start:end])
    if note:
        end = start + note.start()
    if end > start:
        yield start, end
