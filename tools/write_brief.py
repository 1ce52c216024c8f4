"""Write the synthesis brief that ships with Fingerpost: ``python tools/write_brief.py [FOLDER]``.

The prose is ``brief.md`` beside this script; its notes, figures and list of sources are drawn from the practice
records and library cards, so that the brief cannot say of a record what the record does not say.  The same records give
the same bytes.  Needs ReportLab (the extra ``dev``).

In ``brief.md`` a note is ``[[record: field, field 2; document p. 3; "a remark"]]`` (the whole field, or its second
claim), ``{name}`` a figure of `figures`.
"""

from __future__ import annotations

import re
import sys
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

import yaml
from brief_pages import ARM, BODY, HEIGHT, INK, ITEM, LARGE, LEFT, MEASURE, POST, SOFT, WIDTH, Pages, Run, Style
from reportlab.pdfgen.canvas import Canvas

from corpus import records, sources
from corpus.model import Bibliography, Claim, Practice, ShownToWork, SourceRef, Standing

TEXT = Path(__file__).with_name("brief.md")
FOLDER = Path(__file__).resolve().parent.parent / "corpus" / "briefs"
WORDS = ("none", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
_MARKUP = re.compile(r"\s*\[\[(?P<note>.+?)\]\]|\*\*(?P<b>.+?)\*\*|\*(?P<i>.+?)\*", re.DOTALL)
TITLE = Style(30.0, 36.0, POST, "b", after=8.0)
SMALL = Style(8.2, 12.0, SOFT, after=3.0)


@dataclass
class Brief:
    """The text with everything that is drawn from the records; ``notes`` fills as the text is read."""

    card: Bibliography
    practices: Sequence[Practice]
    cards: dict[str, Bibliography]
    short: dict[str, str]
    notes: list[list[Run]] = field(default_factory=list)

    def runs(self, text: str) -> list[Run]:
        """A paragraph's text as runs; each note in it gets the next number."""
        made, at = [], 0
        for found in _MARKUP.finditer(text):
            made.append(Run(text[at : found.start()]))
            if found["note"]:
                self.notes.append([Run(self.note(found["note"]))])
                made.append(Run(str(len(self.notes)), note=len(self.notes)))
            else:
                made.append(Run(found["b"] or found["i"], "b" if found["b"] else "i"))
            at = found.end()
        return [run for run in (*made, Run(text[at:])) if run.text]

    def note(self, cited: str) -> str:
        """The text of a note: each record by its title with the places that its claims cite."""
        return "; ".join(self._cited(part.strip()) for part in cited.split(";")) + "."

    def _cited(self, part: str) -> str:
        if part.startswith('"'):
            return part.strip('".')
        direct = re.fullmatch(r"(\S+) (p\. \S+)", part)
        if direct:
            return f"{self.short[direct[1]]}, {_unparted(direct[2])}"
        identifier, _, fields = part.partition(": ")
        practice = next(p for p in self.practices if p.id == identifier)
        claims = [claim for wanted in fields.split(",") for claim in _claims(practice, wanted.strip())]
        refs = dict.fromkeys(ref for claim in claims for ref in claim.sources)
        return f"{_bare(practice.title)}: {self.places(refs)}"

    def places(self, refs: Iterable[SourceRef]) -> str:
        """References gathered by document: "RoMiA final evaluation, pp. 49, 50"."""
        by_doc: dict[str, list[SourceRef]] = {}
        for ref in refs:
            by_doc.setdefault(ref.doc, []).append(ref)
        return " and ".join(f"{self.short[doc]}, {_locators(found)}" for doc, found in by_doc.items())

    def bibliography(self, card: Bibliography) -> str:
        """A source in the list at the end."""
        who = ", ".join(card.authors or card.organisations[:2])
        when = card.date[:4] or "no date"
        note = f" ({card.url_note.rstrip('.')})" if card.url_note else ""
        return f"{who} ({when}). *{card.title}.* {card.publisher}. {card.url}{note}"


def _claims(practice: Practice, wanted: str) -> Sequence[Claim]:
    """The claims of a field, or with a number behind it that one claim ("what_failed 2")."""
    name, _, nth = wanted.partition(" ")
    return practice.told[name][int(nth) - 1 : int(nth)] if nth else practice.told[name]


def _locators(refs: Sequence[SourceRef]) -> str:
    pages = sorted({ref.page_label for ref in refs if ref.page_label}, key=lambda label: (len(label), label))
    headings = sorted({ref.section for ref in refs if ref.section})
    told = [_unparted(("p. " if len(pages) == 1 else "pp. ") + ", ".join(pages))] if pages else []
    under = ["under " + " and ".join(f"“{heading}”" for heading in headings)] if headings else []
    return ", ".join(told + under)


def _unparted(locator: str) -> str:
    """A locator whose first number stays on the line of its "p."."""
    return locator.replace(". ", ".\N{NO-BREAK SPACE}", 1)


def _bare(title: str) -> str:
    """A title without the country in brackets at its end: a note is short."""
    return re.sub(r" \([^()]*\)$", "", title)


def figures(practices: Sequence[Practice], cards: Iterable[Bibliography]) -> dict[str, str]:
    """The numbers that the text may name, small ones in words."""
    cited = {ref.doc for practice in practices for ref in practice.sources()}
    shown, standing = Counter(p.shown_to_work for p in practices), Counter(p.standing for p in practices)
    counts = {
        "records": len(practices),
        "sources": len(cited),
        "programmes": len({card.programme for card in cards if card.id in cited}),
        "countries": len({place.country for practice in practices for place in practice.places}),
        "external": standing[Standing.EXTERNAL],
        "internal": standing[Standing.INTERNAL],
        "implementer": standing[Standing.IMPLEMENTER],
        "described": shown[ShownToWork.DESCRIBED],
        "claimed": shown[ShownToWork.CLAIMED],
        "evaluated": shown[ShownToWork.EVALUATED],
        "replicated": shown[ShownToWork.REPLICATED],
    }
    counts |= {
        f"with_{name}": sum(key in p.told for p in practices)
        for name, key in (("children", "childrens_part"), ("cost", "cost"), ("safeguards", "safeguards"))
    }
    spoken = {name: WORDS[n] if n < len(WORDS) else str(n) for name, n in counts.items()}
    return spoken | {name.capitalize(): number.capitalize() for name, number in spoken.items()}


def blocks(text: str) -> list[tuple[str, str]]:
    """The text as (kind, content): "#", "##", "-" or "" for a paragraph."""
    found = []
    for block in re.split(r"\n\s*\n|\n(?=- )", text.strip()):
        kind = re.match(r"(#{1,2}|-) ", block)
        found.append((kind[1] if kind else "", " ".join(block[kind.end() if kind else 0 :].split())))
    return found


def numbered(found: Sequence[tuple[str, str]]) -> list[tuple[str, str]]:
    """Headings with their numbers; the first, the summary, has none."""
    counts = [-1, 0]
    made = []
    for kind, content in found:
        if kind == "#":
            counts = [counts[0] + 1, 0]
            content = f"{counts[0]} {content}" if counts[0] else content
        elif kind == "##":
            counts[1] += 1
            content = f"{counts[0]}.{counts[1]} {content}"
        made.append((kind, content))
    return made


def write(folder: Path) -> Path:
    """Write the brief into ``folder`` and return its path; set twice, the second time with the contents' pages."""
    _, front, prose = TEXT.read_text("utf-8").split("---\n", 2)
    fields = yaml.safe_load(front)
    cards = {card.id: card for card in sources.known()}
    practices = records.shipped()
    words = figures(practices, cards.values())
    text = numbered(blocks(prose.format(**words)))
    path = folder / f"{fields['id']}.pdf"
    contents: list[tuple[int, str, int]] = []
    for _ in range(2):
        brief = Brief(cards[fields["id"]], practices, cards, fields["short"])
        set_text = [(kind, content if kind[:1] == "#" else brief.runs(content)) for kind, content in text]
        pages = Pages(path, brief.card.title, "Fingerpost", f"Fingerpost · {brief.card.title}", brief.notes)
        pages.canvas.setSubject(brief.card.summary)
        pages.canvas.setKeywords(fields["keywords"])
        cover(pages, brief.card, fields["subtitle"].format(**words), contents)
        for kind, content in set_text:
            if isinstance(content, str):
                pages.heading(content, len(kind))
            else:
                pages.paragraph(content, ITEM if kind else BODY, bullet="•" if kind else "")
        ending(pages, brief)
        pages.save()
        contents = pages.outline
    return path


def ending(pages: Pages, brief: Brief) -> None:
    """The list of sources."""
    pages.heading("Sources", 1)
    for identifier in brief.short:
        pages.paragraph(brief.runs(brief.bibliography(brief.cards[identifier])), SMALL)


def cover(pages: Pages, card: Bibliography, subtitle: str, contents: Sequence[tuple[int, str, int]]) -> None:
    """The first page: drawing, title, date, licence and contents; it bears no number."""
    signpost(pages.canvas)
    pages.y = HEIGHT - 250
    pages.paragraph([Run(card.title)], TITLE)
    pages.paragraph([Run(subtitle)], LARGE)
    day = date.fromisoformat(card.date)
    pages.paragraph([Run(f"{', '.join(card.authors)} · {day.day} {day:%B %Y} · {card.rights}")], SMALL)
    pages.y -= 18
    pages.paragraph([Run(card.summary)], BODY)
    pages.y -= 18
    pages.paragraph([Run("Contents", "b")], SMALL)
    for level, text, page in contents:
        if level == 1:
            pages.paragraph([Run(text)], SMALL)
            pages.canvas.setFont("Vera", SMALL.size)
            pages.canvas.setFillColor(SOFT)
            pages.canvas.drawRightString(LEFT + MEASURE, pages.y + SMALL.after, str(page))
    pages.turn()


def signpost(canvas: Canvas) -> None:
    """A post with two arms, one for each way."""
    x, top = LEFT + 66, HEIGHT - 78
    canvas.setFillColor(INK)
    canvas.rect(x - 3, top - 118, 6, 126, stroke=0, fill=1)
    for colour, y, way in ((ARM, top - 4, 1), (POST, top - 42, -1)):
        canvas.setFillColor(colour)
        arm = canvas.beginPath()
        points = ((-26, 0), (52, 0), (66, -13), (52, -26), (-26, -26))
        arm.moveTo(x + way * points[0][0], y)
        for dx, dy in points[1:]:
            arm.lineTo(x + way * dx, y + dy)
        arm.close()
        canvas.drawPath(arm, stroke=0, fill=1)
    canvas.setStrokeColor(POST)
    canvas.setLineWidth(1.2)
    canvas.line(LEFT, top - 118, WIDTH - LEFT, top - 118)


if __name__ == "__main__":
    print(write(Path(sys.argv[1]) if len(sys.argv) > 1 else FOLDER))
