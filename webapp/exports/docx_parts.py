"""The parts of a Word file that are the same in every one: types, relationships, styles, list definitions."""

from __future__ import annotations

from typing import Final

from markupsafe import Markup

from webapp.exports.packing import joined, tag

_MAIN = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGED = "http://schemas.openxmlformats.org/package/2006"
_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml"

W: Final = {"xmlns:w": _MAIN, "xmlns:r": _OFFICE}
"""The attributes of the root of every part in the word folder."""
RELATIONSHIPS: Final = {"xmlns": f"{_PACKAGED}/relationships"}
FOOTER_ID: Final = "footer"

_PARTS = {
    "document": "document.main",
    "footnotes": "footnotes",
    "styles": "styles",
    "numbering": "numbering",
    "settings": "settings",
    "footer": "footer",
}
"""The parts of the word folder with their types."""

TYPES: Final = tag(
    "Types",
    {"xmlns": f"{_PACKAGED}/content-types"},
    tag("Default", {"Extension": "rels", "ContentType": "application/vnd.openxmlformats-package.relationships+xml"}),
    tag("Default", {"Extension": "xml", "ContentType": "application/xml"}),
    *(
        tag("Override", {"PartName": f"/word/{name}.xml", "ContentType": f"{_WORD}.{kind}+xml"})
        for name, kind in _PARTS.items()
    ),
    tag(
        "Override",
        {
            "PartName": "/docProps/core.xml",
            "ContentType": "application/vnd.openxmlformats-package.core-properties+xml",
        },
    ),
)

PACKAGE: Final = tag(
    "Relationships",
    RELATIONSHIPS,
    tag("Relationship", {"Id": "document", "Type": f"{_OFFICE}/officeDocument", "Target": "word/document.xml"}),
    tag(
        "Relationship",
        {
            "Id": "about",
            "Type": f"{_PACKAGED}/relationships/metadata/core-properties",
            "Target": "docProps/core.xml",
        },
    ),
)

LINK: Final = f"{_OFFICE}/hyperlink"
"""The type of a relationship to a web address."""

BESIDE: Final = joined(
    tag("Relationship", {"Id": name, "Type": f"{_OFFICE}/{name}", "Target": f"{name}.xml"})
    for name in _PARTS
    if name != "document"
)
"""The document's relationships to the other parts."""

SETTINGS: Final = tag(
    "w:settings",
    W,
    tag(
        "w:footnotePr",
        None,
        tag("w:footnote", {"w:id": -1}),
        tag("w:footnote", {"w:id": 0}),
    ),
    tag(
        "w:compat",
        None,
        tag(
            "w:compatSetting",
            {"w:name": "compatibilityMode", "w:uri": "http://schemas.microsoft.com/office/word", "w:val": 15},
        ),
    ),
)


def field(instruction: str) -> Markup:
    """The beginning of a field; behind it stands what is shown until it is brought up to date, then `FIELD_ENDS`."""
    told = tag("w:r", None, tag("w:instrText", {"xml:space": "preserve"}, f" {instruction} "))
    return joined((_char("begin"), told, _char("separate")))


def _char(kind: str) -> Markup:
    return tag("w:r", None, tag("w:fldChar", {"w:fldCharType": kind}))


FIELD_ENDS: Final = _char("end")

FOOTER: Final = tag(
    "w:ftr",
    W,
    tag(
        "w:p",
        None,
        tag("w:pPr", None, tag("w:pStyle", {"w:val": "Footer"})),
        field("PAGE"),
        tag("w:r", None, tag("w:t", None, "1")),
        FIELD_ENDS,
    ),
)
"""The page's number in the middle of its foot."""


def _rule(number: int, kind: str, sign: str) -> Markup:
    line = tag("w:p", None, tag("w:r", None, tag(sign)))
    return tag("w:footnote", {"w:type": kind, "w:id": number}, line)


RULES: Final = joined(
    (_rule(-1, "separator", "w:separator"), _rule(0, "continuationSeparator", "w:continuationSeparator"))
)
"""The lines between text and footnotes, which every file with footnotes must have."""

_MARGINS = dict.fromkeys(("top", "right", "bottom", "left"), 1418) | {"header": 709, "footer": 709, "gutter": 0}
PAGE: Final = tag(
    "w:sectPr",
    None,
    tag("w:footerReference", {"w:type": "default", "r:id": FOOTER_ID}),
    tag("w:pgSz", {"w:w": 11906, "w:h": 16838}),
    tag("w:pgMar", {f"w:{side}": size for side, size in _MARGINS.items()}),
)
"""A4 with margins of 2.5 cm."""


def _level(kind: str, text: str) -> Markup:
    return tag(
        "w:lvl",
        {"w:ilvl": 0},
        tag("w:start", {"w:val": 1}),
        tag("w:numFmt", {"w:val": kind}),
        tag("w:lvlText", {"w:val": text}),
        tag("w:lvlJc", {"w:val": "left"}),
        tag("w:pPr", None, tag("w:ind", {"w:left": 567, "w:hanging": 397})),
    )


LISTS: Final = {"bullets": 0, "numbers": 1, "letters": 2}
"""The list definitions."""
DEFINITIONS: Final = joined(
    tag("w:abstractNum", {"w:abstractNumId": at}, tag("w:multiLevelType", {"w:val": "singleLevel"}), level)
    for at, level in enumerate((_level("bullet", "•"), _level("decimal", "%1."), _level("lowerLetter", "%1)")))
)

# ---------------------------------------------------------------------------------------------- styles

_INK, _FAINT, _ACCENT = "1F2A37", "4B5563", "0B5563"


def _style(
    identifier: str, name: str, paragraph: str = "", letters: str = "", based: str = "Normal", after: str = ""
) -> Markup:
    """A paragraph style: its parts are children of w:pPr and w:rPr."""
    return tag(
        "w:style",
        {"w:type": "paragraph", "w:styleId": identifier, "w:default": 1 if identifier == "Normal" else None},
        tag("w:name", {"w:val": name}),
        tag("w:basedOn", {"w:val": based}) if identifier != "Normal" else "",
        tag("w:next", {"w:val": after}) if after else "",
        tag("w:qFormat"),
        tag("w:pPr", None, paragraph),
        tag("w:rPr", None, letters),
    )


def _space(before: int = 0, after: int = 120, line: int = 276) -> Markup:
    """Twentieths of a point; ``line`` in 240ths of a line."""
    return tag("w:spacing", {"w:before": before, "w:after": after, "w:line": line, "w:lineRule": "auto"})


def _indent(start: int = 0, end: int = 0, hanging: int = 0) -> Markup:
    return tag("w:ind", {"w:left": start, "w:right": end, "w:hanging": hanging or None})


def _letters(half_points: int, color: str = _INK, bold: bool = False, italic: bool = False) -> Markup:
    return joined(
        (
            tag("w:b") + tag("w:bCs") if bold else "",
            tag("w:i") + tag("w:iCs") if italic else "",
            tag("w:color", {"w:val": color}),
            tag("w:sz", {"w:val": half_points}),
            tag("w:szCs", {"w:val": half_points}),
        )
    )


def _heading(level: int, half_points: int, before: int) -> Markup:
    paragraph = joined(
        (tag("w:keepNext"), tag("w:keepLines"), _space(before, 100, 252), tag("w:outlineLvl", {"w:val": level - 1}))
    )
    letters = _letters(half_points, _ACCENT, bold=True)
    return _style(f"Heading{level}", f"heading {level}", paragraph, letters, after="Normal")


def _bar(side: str, color: str) -> Markup:
    return tag(f"w:{side}", {"w:val": "single", "w:sz": 18, "w:space": 10, "w:color": color})


BARS: Final = {"Quote": "5B8FA8", "Warning": "B45309"}
"""The styles with a bar at the side where lines begin, and its colour."""


def barred(style: str) -> Markup:
    """The bar of a style on the left."""
    return tag("w:pBdr", None, _bar("left", BARS[style]))


def barred_right(style: str) -> Markup:
    """The same for a paragraph that runs from right to left: borders do not turn with it."""
    return tag("w:pBdr", None, tag("w:left", {"w:val": "nil"}), _bar("right", BARS[style]))


def _characters(identifier: str, name: str, letters: str) -> Markup:
    return tag(
        "w:style",
        {"w:type": "character", "w:styleId": identifier},
        tag("w:name", {"w:val": name}),
        tag("w:rPr", None, letters),
    )


def styles(language: str) -> Markup:
    """The styles part; ``language`` is the one that the spelling of unmarked text is checked in."""
    fonts = tag("w:rFonts", {"w:ascii": "Calibri", "w:hAnsi": "Calibri", "w:cs": "Arial", "w:eastAsia": "Calibri"})
    tongue = tag("w:lang", {"w:val": language, "w:bidi": "ar-SA"})
    whole = tag("w:rPrDefault", None, tag("w:rPr", None, fonts, tag("w:sz", {"w:val": 22}), tongue))
    return tag("w:styles", W, tag("w:docDefaults", None, whole), *_STYLES)


_STYLES = (
    _style("Normal", "Normal", _space(), _letters(22)),
    _style("Title", "Title", _space(0, 120, 252), _letters(44, _ACCENT, bold=True), after="Normal"),
    _heading(1, 32, 480),
    _heading(2, 25, 320),
    _heading(3, 22, 200),
    _style("TOCHeading", "TOC Heading", tag("w:keepNext") + _space(360, 100), _letters(28, _ACCENT, bold=True)),
    _style("TOC1", "toc 1", _space(0, 60), _letters(22)),
    _style("Quote", "Quote", barred("Quote") + _space(120, 120) + _indent(567, 284), _letters(22)),
    _style("Remark", "Remark", _space(0, 120) + _indent(567, 284), _letters(21, _FAINT, italic=True)),
    _style("Warning", "Warning", barred("Warning") + _space(120, 160) + _indent(284), _letters(22, bold=True)),
    _style("Small", "Small", _space(0, 120), _letters(19, _FAINT)),
    _style("ListParagraph", "List Paragraph", _space(0, 80), _letters(22)),
    _style("Bibliography", "Bibliography", _space(0, 120) + _indent(567, 0, 567), _letters(21)),
    _style("FootnoteText", "footnote text", _space(0, 40, 240), _letters(18)),
    _style("Footer", "footer", tag("w:jc", {"w:val": "center"}), _letters(18, _FAINT)),
    _characters("FootnoteReference", "footnote reference", tag("w:vertAlign", {"w:val": "superscript"})),
    _characters("Hyperlink", "Hyperlink", tag("w:color", {"w:val": "0B5394"}) + tag("w:u", {"w:val": "single"})),
)
