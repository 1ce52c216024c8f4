"""Where a claim of ours comes from, as little arms: to its page or section here, else to the source's own address."""

from __future__ import annotations

from collections.abc import Iterable

from corpus.catalogue.entries import DocumentEntry
from corpus.errors import NotInCatalogue, Withdrawn
from corpus.ids import fold
from corpus.model import Bibliography, SourceRef, Value
from corpus.resting import WITHDRAWN, lettered
from corpus.sources import editions
from webapp.knowledge import Knowledge
from webapp.languages import gettext
from webapp.present import document_url, host, outside, page_url

THIRD_PARTY = "third party"
"""What a card's ``url_note`` says of an address that is not the publisher's."""


class ShownSource(Value, frozen=True):
    """One place that is cited, as a little arm: its words, where it points, what stands there."""

    text: str
    href: str
    title: str
    language: str | None
    """Of a heading that it says, blank where nobody knows; None where its words are the page's own."""

    leaves: str = ""
    """Where it leads out of the library: what is said of that; blank where it stays."""


class SourceDocument(Value, frozen=True):
    """A document that is cited: its letter where there are several, its title, what the library knows of it."""

    letter: str
    title: str
    doc: str
    entry: DocumentEntry | None

    @property
    def card(self) -> Bibliography | None:
        return self.entry.card if self.entry else None

    @property
    def other_edition(self) -> bool:
        """Whether the library holds another edition than the one that was cited, so that pages may differ."""
        edition = editions().get(self.doc)
        read = self.entry is not None and self.entry.version > 0
        return bool(read and edition and edition.sha256 and self.entry and self.entry.content_hash != edition.sha256)


def cited_documents(here: Knowledge, refs: Iterable[SourceRef]) -> dict[str, SourceDocument]:
    """The documents that are cited, in order of first use; lettered where there are several."""
    found = {}
    for doc, letter in lettered(refs).items():
        entry, unknown = None, doc
        try:
            entry = here.catalogue.entry(doc)
        except Withdrawn:
            unknown = gettext(WITHDRAWN)
        except NotInCatalogue:
            pass
        found[doc] = SourceDocument(letter=letter, doc=doc, entry=entry, title=entry.card.title if entry else unknown)
    return found


def shown_sources(
    here: Knowledge, refs: Iterable[SourceRef], documents: dict[str, SourceDocument]
) -> dict[SourceRef, ShownSource]:
    """Every place that is cited with where it is read."""
    return {ref: _shown(here, ref, documents[ref.doc]) for ref in dict.fromkeys(refs)}


def _shown(here: Knowledge, ref: SourceRef, document: SourceDocument) -> ShownSource:
    place = gettext("p. %(page)s", page=ref.page_label) if ref.page_label else ref.locator or gettext("source")
    words = " ".join(part for part in (document.letter, place) if part)
    href = _address(here, ref, document.entry)
    told = {"title": document.title}
    title = (
        gettext("%(title)s (another edition than the one cited: the words may stand on another page)", **told)
        if document.other_edition
        else gettext("Source: %(title)s", **told)
    )
    tongue = (document.card.language if document.card else "") if ref.section and not ref.page_label else None
    return ShownSource(text=words, href=href, title=title, language=tongue, leaves=_leaves(href, document.card))


def _leaves(href: str, card: Bibliography | None) -> str:
    site = host(href)
    if not site:
        return ""
    if card and THIRD_PARTY in card.url_note.casefold():
        return gettext("outside this library: a third-party copy at %(site)s", site=site)
    return gettext("outside this library: %(site)s", site=site)


def _address(here: Knowledge, ref: SourceRef, entry: DocumentEntry | None) -> str:
    """The page cited; its document where the page is unknown; the source's own address where only its card is here."""
    if entry is None:
        return ""
    if not entry.version:
        return outside(entry.card.url) or document_url(ref.doc)
    numbers = here.catalogue.page_numbers(ref.doc)
    if numbers == ((None, None),):
        return page_url(ref.doc, None) + _section(here, ref)
    number = page_with_label(numbers, ref.page_label)
    return page_url(ref.doc, number) if number is not None else document_url(ref.doc)


def _section(here: Knowledge, ref: SourceRef) -> str:
    """The anchor of the section cited, as pages set it; blank where there is none of this heading."""
    headings = (fold(section.heading) for section in here.catalogue.sections(ref.doc))
    wanted = fold(ref.section)
    return next((f"#section-{n}" for n, heading in enumerate(headings) if wanted and heading == wanted), "")


def page_with_label(numbers: tuple[tuple[int | None, str | None], ...], label: str) -> int | None:
    """The physical page that bears a printed label; of a range ("12–13") the first."""
    first = label.replace("-", "–").partition("–")[0].strip()
    return next((number for number, printed in numbers if first and printed in (label, first)), None)
