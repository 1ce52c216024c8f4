"""Laid-out chapters as HTML that is well-formed XML too: for the single page, the e-book and the course cartridge."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from markupsafe import Markup

from webapp.exports.laying import Block, Chapter, Laid, is_rightward
from webapp.exports.noting import Run, Runs
from webapp.exports.packing import joined, tag
from webapp.languages import gettext as _

_LISTS = {
    "bullets": ("ul", {}),
    "numbers": ("ol", {}),
    "letters": ("ol", {"type": "a"}),
    "works": ("ul", {"class": "works"}),
}

STYLE = """
:root { color-scheme: light dark; }
body { font-family: system-ui, "Segoe UI", Roboto, "Noto Sans", "Noto Sans Arabic", sans-serif; line-height: 1.55;
  max-width: 42rem; margin: 2rem auto; padding-inline: 1rem; overflow-wrap: break-word; }
h1, h2, h3, h4 { line-height: 1.25; break-after: avoid; }
blockquote { margin-block: 1rem; margin-inline: 0 1rem; padding-inline-start: 1rem;
  border-inline-start: 0.25rem solid #5b8fa8; }
blockquote p { margin-block: 0.4rem; }
.remark { font-style: italic; margin-inline-start: 1.25rem; }
.warning { font-weight: bold; padding-inline-start: 1rem; border-inline-start: 0.25rem solid #b45309; }
.small { font-size: 0.875em; }
.works { list-style: none; padding-inline-start: 2rem; }
.works li { text-indent: -2rem; margin-block-end: 0.5rem; }
.notes { font-size: 0.875em; border-block-start: 1px solid; margin-block-start: 2rem; padding-block-start: 0.5rem; }
sup { line-height: 0; }
""".lstrip()
"""How it looks, in the page itself or beside it: logical directions, so that Arabic runs as it should."""


class Hypertext:
    """Chapters of a dossier as markup, their headings of level ``top``; ``book`` marks notes for e-readers.

    ``shown`` is what becomes of every text before it is escaped.
    """

    def __init__(self, laid: Laid, top: int = 1, *, book: bool = False, shown: Callable[[str], str] = str) -> None:
        self._laid = laid
        self._top = top
        self._book = book
        self._shown = shown

    def chapter(self, chapter: Chapter) -> Markup:
        """The chapter's heading and blocks, without its notes."""
        if not chapter.heading:
            return self.blocks(chapter.blocks)
        heading = tag(f"h{self._top}", self.tongue("", chapter.heading), self._shown(chapter.heading))
        return heading + self.blocks(chapter.blocks)

    def blocks(self, blocks: Iterable[Block]) -> Markup:
        return joined(self._block(block) for block in blocks)

    def notes(self, numbers: Iterable[int]) -> Markup:
        """The notes with these numbers; nothing where there are none."""
        told = [self._note(number) for number in numbers]
        if not told:
            return Markup("")
        title = tag(f"h{self._top + 1}", None, _("Notes"))
        return tag(
            "section", {"class": "notes", **self._kind("footnotes" if self._book else "", "doc-endnotes")}, title, *told
        )

    def tongue(self, language: str, text: str) -> dict[str, str]:
        """The attributes that tell a text's language and direction, where they are not the file's own."""
        own = self._laid.language
        told = language or own
        rightward = is_rightward(text, told)
        attributes = {"lang": language, "xml:lang": language if self._book else ""} if told != own else {}
        return attributes | ({"dir": "rtl" if rightward else "ltr"} if rightward != is_rightward("", own) else {})

    def _block(self, block: Block) -> Markup:
        text = " ".join(run.text for line in block.lines for run in line)
        about = self.tongue(block.language, text)
        lines = [self.runs(line) for line in block.lines]
        if block.kind == "heading":
            return tag(f"h{self._top + block.level - 1}", about, *lines)
        if block.kind in _LISTS:
            name, kind = _LISTS[block.kind]
            return tag(name, {**kind, **about}, *(tag("li", None, line) for line in lines))
        if block.kind == "paragraph":
            return joined(tag("p", about, line) for line in lines)
        paragraphs = [tag("p", None, line) for line in lines]
        if block.kind == "quotation":
            return tag("blockquote", about, *paragraphs)
        return tag("div", {"class": block.kind, **about}, *paragraphs)

    def runs(self, runs: Runs) -> Markup:
        return joined(self._run(run) for run in runs)

    def _run(self, run: Run) -> Markup:
        if run.note:
            about = {"id": f"mark-{run.note}", "href": f"#note-{run.note}", **self._kind("noteref", "doc-noteref")}
            return tag("sup", None, tag("a", about, str(run.note)))
        told: Markup | str = self._shown(run.text)
        if run.link:
            told = tag("a", {"href": run.link, "rel": "noopener noreferrer"}, told)
        told = tag("i", None, told) if run.italic else told
        return tag("b", None, told) if run.bold else joined((told,))

    def _note(self, number: int) -> Markup:
        runs = self._laid.notes[number - 1]
        about = self.tongue("", " ".join(run.text for run in runs))
        back = tag("a", {"href": f"#mark-{number}", **self._kind("backlink", "doc-backlink")}, f"{number}")
        inside = tag("p", about, back, ". ", self.runs(runs))
        return tag(
            "aside" if self._book else "div", {"id": f"note-{number}", **self._kind("footnote", "doc-footnote")}, inside
        )

    def _kind(self, book: str, role: str) -> dict[str, str]:
        """What a piece is, for e-readers and for screen readers."""
        return {"epub:type": book if self._book else "", "role": role}


def numbers_in(blocks: Iterable[Block]) -> list[int]:
    """The numbers of the notes whose marks stand in the blocks."""
    return [number for block in blocks for number in block.notes]
