"""How to cite an item: every style, every format for reference managers."""

from __future__ import annotations

from functools import partial

from corpus.citation import STYLES, Words
from corpus.model import Passage, Statement
from webapp.api import items
from webapp.api.operations import operation
from webapp.api.parameters import Parameter, Several, Yes
from webapp.api.shapes import Citation
from webapp.knowledge import Knowledge, knowledge
from webapp.pages.cite import FORMATS, NAME_MOST, named, reference

PARAMETERS = (
    Several("style", "Only in this style; repeat it for several; all where it is left out.", tuple(STYLES)),
    Several("format", "Only as this file; repeat it for several; all where it is left out.", tuple(FORMATS)),
    Parameter("said_by", "Whose words they are, where the source itself quotes them."),
    Yes("translated", "Say that the translation is yours."),
)


@operation("/citations/<item>", Citation, tag="Citations", parameters=PARAMETERS, costly=True)
def citation(item: str, style: tuple[str, ...], format: tuple[str, ...], said_by: str, translated: bool) -> Citation:
    """How to cite a document, passage, statement or practice; quotations with their page."""
    words = Words(said_by=said_by[:NAME_MOST], translated=translated)
    return cited(knowledge(), item, style or tuple(STYLES), format or tuple(FORMATS), words)


def cited(here: Knowledge, item: str, styles: tuple[str, ...], formats: tuple[str, ...], words: Words) -> Citation:
    """An item's citation; raises NotInCatalogue for an unknown item, Withdrawn for one that was taken away."""
    title, room, quotation = named(here, item)
    told = partial(reference, here, item, words=words)
    return {
        "id": item,
        "title": title,
        "quotation": quotation.text if quotation else "",
        "rights": _rights(here, item, room, quotation),
        "url": items.url(here, items.path(room, item)),
        "references": [
            {
                "style": style,
                "label": STYLES[style],
                "text": told(style=style),
                "html": told(style=style, form="html"),
                "quoted": told(style=style, quoted=True) if quotation else "",
            }
            for style in styles
        ],
        "files": [
            {
                "format": form,
                "label": FORMATS[form].label,
                "media": FORMATS[form].media,
                "text": reference(here, item, form=form),
            }
            for form in formats
        ],
    }


def _rights(here: Knowledge, item: str, room: str, quotation: Passage | Statement | None) -> str:
    """What may be done with the item's words."""
    if room == "practices":
        return here.catalogue.practice(item).rights
    return here.catalogue.card(quotation.doc if quotation else item).rights
