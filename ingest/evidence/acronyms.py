"""The acronyms that a document explains: in its own list, and where it first writes them.

In running text a short form in brackets is held against the words before it (or a long form in brackets against the
short form before it) as Schwartz and Hearst do: from the right to the left every character of the short form must be
found in the long one in order, the first at the beginning of a word (A Simple Algorithm for Identifying Abbreviation
Definitions in Biomedical Text, 2003).  To that this adds that most characters must begin words, so that what merely
stands before the bracket is not taken for its meaning.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from corpus.ids import fold
from corpus.model import Acronym, Block, BlockKind, Page, Passage
from ingest.layout.matter import is_acronyms_heading

SHORT_CHARACTERS = range(2, 11)

INITIALS_SHARE = 0.6
"""At least this share of a short form's characters begin words of the long one."""

LIST_WORDS = range(1, 15)
"""Words of a long form in a list of acronyms; more are two entries run together."""

_SHORT = r"[A-ZÀ-Ý](?:[\w.&/’'-]{0,12}\w)?"
_IN_BRACKETS = re.compile(rf"\((?:the\s|l[’']|la\s|le\s)?(?P<short>{_SHORT})(?:\s?[;,:][^()]{{0,60}})?\)")
_LONG_IN_BRACKETS = re.compile(
    rf"(?<![\w(])(?P<short>{_SHORT})\s\((?P<long>[^\W\d_][\w’'-]*(?:[ /-][\w’'&,-]+){{1,9}})\)"
)
_WORD = re.compile(r"[^\W_]+(?:[’'][^\W_]+)*")
_SPLIT = re.compile(r"[.;:!?()\[\]\n\t“”\"«»•]")
_PLAIN_WORDS = frozenset((
    "a", "al", "an", "and", "au", "aux", "by", "d", "da", "das", "de", "del", "des", "do", "dos", "du", "e", "el",
    "en",
    "et", "for", "from", "in", "l", "la", "las", "le", "les", "los", "o", "of", "on", "or", "par", "para", "por",
    "pour", "s", "sur", "the", "to", "with", "y",
))  # fmt: skip


def mined(pages: Sequence[Page], passages: Sequence[Passage]) -> tuple[Acronym, ...]:
    """The acronyms of a document, each once with the meaning that its list, else its first definition, gives."""
    found: dict[str, Acronym] = {}
    for acronym in (*_listed(pages), *_defined(passages)):
        known = found.get(acronym.short.casefold())
        if known is None or (known.page is None and acronym.page is not None):
            found.setdefault(acronym.short.casefold(), acronym)
    return tuple(found.values())


# ---------------------------------------------------------------------------------------------- lists


def _listed(pages: Sequence[Page]) -> Iterator[Acronym]:
    """The entries of lists of acronyms: what stands as furniture or in tables under a heading that says so."""
    inside = False
    for page in pages:
        for block in page.blocks:
            if block.kind is BlockKind.HEADING:
                inside = is_acronyms_heading(block.text)
            elif inside and not block.private and block.kind is not BlockKind.FOOTNOTE:
                for short, long in _entries(block):
                    yield Acronym(short=short, long=long, page=page.number)


def _entries(block: Block) -> Iterator[tuple[str, str]]:
    for row in block.rows or tuple((line,) for line in block.text.split("\n")):
        told = [cell.strip() for cell in row if cell.strip()]
        if len(told) >= 2 and len(told) % 2 == 0:  # a list set in two columns has four cells in a row
            pairs = zip(told[::2], told[1::2], strict=True)
            yield from ((_singular(a), _trimmed(b)) for a, b in pairs if _is_short(a) and _is_long(b))
        else:
            yield from _run_on(" ".join(told))


def _run_on(text: str) -> Iterator[tuple[str, str]]:
    """The entries of a list whose lines were run together: a new one begins at a short form that its words explain."""
    words = text.split()
    starts = [n for n, word in enumerate(words) if _is_short(word.strip(":–-=")) and n + 1 < len(words)]
    entries: list[tuple[int, str]] = []
    for start in starts:
        short = words[start].strip(":–-=")
        rest = words[start + 1 : start + 1 + LIST_WORDS[-1]]
        if start == 0 or any(explains(short, " ".join(rest[:n])) for n in range(1, len(rest) + 1)):
            entries.append((start, short))
    for place, (start, short) in enumerate(entries):
        end = entries[place + 1][0] if place + 1 < len(entries) else len(words)
        long = _trimmed(" ".join(words[start + 1 : end]))
        if _is_long(long):
            yield _singular(short), long


# ---------------------------------------------------------------------------------------------- running text


def _defined(passages: Iterable[Passage]) -> Iterator[Acronym]:
    for passage in passages:
        if passage.private or "(" not in passage.text:
            continue
        for start, short, long in definitions(passage.text):
            yield Acronym(short=short, long=long, page=passage.span_of(start, start + 1).page)


def definitions(text: str) -> Iterator[tuple[int, str, str]]:
    """Each definition in a text: where it stands, the short form (singular) and the long one as written."""
    for match in _IN_BRACKETS.finditer(text):
        if _is_short(match["short"]):
            short = _singular(match["short"])
            long = _before(text[: match.start()], short)
            if long:
                yield match.start() - len(long), short, long
    for match in _LONG_IN_BRACKETS.finditer(text):
        if _is_short(match["short"]) and explains(_singular(match["short"]), match["long"]):
            yield match.start(), _singular(match["short"]), match["long"]


def _before(text: str, short: str) -> str:
    """The fewest words at a text's end that explain a short form; blank where none do.

    The window is that of Schwartz and Hearst: no more words than the short form has characters and five, nor than
    twice as many; small words are not counted.
    """
    stretch = _SPLIT.split(text[-200:])[-1]
    words = list(_WORD.finditer(stretch))
    letters = sum(c.isalnum() for c in short)
    most = min(letters + 5, letters * 2)
    counted = 0
    for word in reversed(words):
        if fold(word[0]) not in _PLAIN_WORDS:
            counted += 1
        if counted > most:
            break
        long = re.sub(r"[’']s$", "", stretch[word.start() :].strip(" ,'‘’"))
        if fold(word[0]) not in _PLAIN_WORDS and explains(short, long):
            return long if _whole(long, short) else ""
    return ""


def _whole(long: str, short: str) -> bool:
    """Whether words that explain a short form are a name from end to end: neither a verb before it nor a word after."""
    long = re.sub(r"\b[dlDL][’']", "", long)
    words = [w for w in re.findall(r"[^\W_]+(?:[-’'][^\W_]+)*", long) if fold(w) not in _PLAIN_WORDS]
    return (words[0][0].isupper() or words[-1].islower()) and fold(words[-1])[:1] in fold(short)


def explains(short: str, long: str) -> bool:
    """Whether a long form can be what a short one stands for."""
    letters = [c for c in fold(short) if c.isalnum()]
    folded = fold(long)
    if not letters or not folded or folded[0] != letters[0] or fold(short) in folded.split():
        return False
    if len(folded.split()) < 2 and not ("-" in long or len(letters) <= 3):
        return False
    return _matched(letters, folded)


def _matched(letters: Sequence[str], folded: str) -> bool:
    """Whether the letters stand in the words in order, the first at the beginning, most where words begin.

    Tried from the right with word beginnings first, and by any place where those do not do.
    """
    starts = {0} | {n + 1 for n, c in enumerate(folded) if c == " "}
    at, initials = len(folded), 0
    for position in range(len(letters) - 1, -1, -1):
        spots = [n for n in range(at) if folded[n] == letters[position] and n >= position]
        if position == 0:
            spots = [n for n in spots if n == 0]
        if not spots:
            return False
        begins = [n for n in spots if n in starts]
        last = begins[-1] if begins and _reach(letters[:position], folded[: begins[-1]]) else spots[-1]
        initials += last in starts
        at = last
    skipped = [w for n, w in _words_with_starts(folded) if w not in _PLAIN_WORDS and w[0] not in letters]
    return initials >= INITIALS_SHARE * len(letters) and len(skipped) <= max(1, len(letters) // 3)


def _reach(letters: Sequence[str], folded: str) -> bool:
    """Whether the letters stand in a text in order at all."""
    at = 0
    for letter in letters:
        at = folded.find(letter, at) + 1
        if not at:
            return False
    return True


def _words_with_starts(folded: str) -> Iterator[tuple[int, str]]:
    at = 0
    for word in folded.split(" "):
        yield at, word
        at += len(word) + 1


def _is_short(text: str) -> bool:
    """Whether a word looks like a short form: two capitals or more, or a capital with figures, and few characters."""
    bare = _singular(text)
    letters = [c for c in bare if c.isalpha()]
    return (
        len(bare) in SHORT_CHARACTERS
        and re.fullmatch(_SHORT, bare) is not None
        and sum(c.isupper() for c in letters) >= 2
        and sum(c.isupper() for c in letters) >= 0.5 * len(letters)
        and not re.fullmatch(r"[IVXLC]+", bare)
        and not bare.replace(".", "").isdigit()
    )


def _is_long(text: str) -> bool:
    words = text.split()
    return len(words) in LIST_WORDS and sum(c.isalpha() for c in text) >= 0.6 * len(text) and not _is_short(text)


def _singular(short: str) -> str:
    """A short form without its plural's s: VoTs, UASCs."""
    bare = short.strip(" .,:;’'")
    return bare[:-1] if len(bare) > 2 and bare.endswith("s") and bare[-2].isupper() else bare


def _trimmed(long: str) -> str:
    """A long form of a list without what its entry adds in brackets: the name in another language."""
    bare = re.sub(r"\s+", " ", long).strip(" .,;:–-=")
    return bare.partition(" (")[0] or bare
