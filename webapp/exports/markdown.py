"""A dossier as Markdown with footnotes (CommonMark and the footnotes of Pandoc, GitHub and Python-Markdown)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from index.lists import clean
from webapp.exports.dossier import Dossier
from webapp.exports.laying import Block, in_its_language, lay_out, letter
from webapp.exports.noting import Run, Runs

_SPECIAL = re.compile(r"[\\`*_\[\]{}]")
_ENTITIES = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;", "|": "&#124;", "~": "&#126;"})
_OPENS_A_BLOCK = re.compile(r"^(\s*)([-+=#]|\d+(?=[.)]))")
"""What at the beginning of a line would make a list, a heading or a rule of it."""
_NO_ADDRESS = str.maketrans({"<": "%3C", ">": "%3E", " ": "%20", "\\": "%5C", "\n": ""})


@in_its_language
def render(dossier: Dossier, style: str = "apa", accessed: date | None = None) -> bytes:
    """The dossier as a text in UTF-8; note n is ``[^n]``."""
    laid = lay_out(dossier, style, accessed)
    pieces = [f"# {_plain(clean(dossier.title))}"]
    pieces += [_block(block) for block in laid.opening.blocks]
    for chapter in laid.chapters:
        pieces += [f"## {_plain(chapter.heading)}"] if chapter.heading else []
        pieces += [_block(block) for block in chapter.blocks]
    pieces += [f"[^{number}]: {_line(runs)}" for number, runs in enumerate(laid.notes, 1)]
    return ("\n\n".join(pieces) + "\n").encode()


def _block(block: Block) -> str:
    lines = [_line(line) for line in block.lines]
    if block.kind == "heading":
        return f"{'#' * (block.level + 1)} {lines[0]}"
    if block.kind in ("quotation", "warning"):
        return "\n>\n".join(f"> {line}" for line in lines)
    if block.kind in ("bullets", "numbers", "letters", "works"):
        return "\n".join(f"{sign} {line}" for sign, line in zip(_signs(block), lines, strict=False))
    return "\n\n".join(f"*{line}*" if block.kind == "remark" else line for line in lines)


def _signs(block: Block) -> Iterator[str]:
    for at in range(len(block.lines)):
        yield {"numbers": f"{at + 1}.", "letters": f"- {letter(at)}\\)"}.get(block.kind, "-")


def _line(runs: Runs) -> str:
    first = next((run for run in runs if run.text), None)
    return "".join(_run(run, opens=run is first) for run in runs).strip()


def _run(run: Run, *, opens: bool) -> str:
    if run.note:
        return f"[^{run.note}]"
    told = _plain(run.text) if opens else _escaped(run.text)
    if run.link:
        told = f"[{told}](<{run.link.translate(_NO_ADDRESS)}>)"
    for sign in ("*" * run.italic, "**" * run.bold):
        before, after = told[: len(told) - len(told.lstrip())], told[len(told.rstrip()) :]
        told = f"{before}{sign}{told.strip()}{sign}{after}" if sign and told.strip() else told
    return told


def _escaped(text: str) -> str:
    """Text that no reader of Markdown takes for markup."""
    return _SPECIAL.sub(r"\\\g<0>", " ".join(text.splitlines())).translate(_ENTITIES)


def _plain(text: str) -> str:
    """The same at the beginning of a line, where more signs mean something."""
    escaped = _escaped(text)
    found = _OPENS_A_BLOCK.match(escaped)
    if not found:
        return escaped
    digits = found[2].isdecimal()
    return (
        escaped[: found.end() if digits else found.start(2)]
        + "\\"
        + escaped[found.end() if digits else found.start(2) :]
    )
