"""The originals of the sources that ship: fetched under their cards' ids, and held against what our records cite.

An address may lead to a page that only speaks of a report, ask for consent first, or hold another edition by now.  So
what came is looked at before it is read in, and what was read in is compared with every page and heading cited.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence
from functools import cache
from html import unescape
from pathlib import Path

import msgspec

from corpus import notes, records, sources
from corpus.catalogue import Catalogue, CatalogueWriter
from corpus.catalogue.decisions import decisions
from corpus.catalogue.shipping import ship_card
from corpus.errors import UnreadableInput, UsageError
from corpus.ids import fold
from corpus.lint import Originals
from corpus.lint.claims import wrong_place
from corpus.model import Bibliography, IngestRecord, SourceRef, Value
from corpus.sources import Edition
from ingest.clean import decode
from ingest.fetch import Fetcher
from ingest.pipeline import Step
from ingest.plan import LEFT_OUT, WITHDRAWN
from ingest.sniff import media_of
from ingest.source import Source
from ingest.web import normal

THERE = "there already"
KNOWN_BY = 0.5
"""A web page is the one we cite when so much of what we know it by (its title, the headings cited) stands in it."""

_TAG = re.compile(r"<[^<>]*>")


class Wanted(Value, frozen=True):
    """A source whose original is wanted: its card, the edition that we cite, and every place of it that we cite."""

    card: Bibliography
    edition: Edition = Edition()
    cited: tuple[SourceRef, ...] = ()

    @property
    def by_hand(self) -> str:
        """What helps where the address does not."""
        return f"save it by hand and run 'fingerpost ingest FILE --as {self.card.id}'."


class Verdict(Value, frozen=True):
    """How a document that is there compares with what our records cite.

    ``edition`` is "cited" (the very bytes), "another", or "" where that cannot be told by bytes.  ``absent`` are the
    places cited that it does not have, of ``cited`` in all.
    """

    edition: str = ""
    absent: tuple[str, ...] = ()
    cited: int = 0

    def __str__(self) -> str:
        told = {"cited": "the edition that our records cite", "another": "another edition than our records cite"}
        parts = [told[self.edition]] if self.edition else []
        if self.absent:
            parts.append(f"of {self.cited} places cited {len(self.absent)} not found in it: {', '.join(self.absent)}")
        elif self.cited:
            parts.append(f"every place cited is in it ({self.cited})")
        if self.edition == "another":
            parts.append("the words may stand on other pages")
        return "; ".join(parts)


def wanted(only: Collection[str] = ()) -> tuple[Wanted, ...]:
    """The shipped sources that have an address, or those with these ids.

    Raises:
        UsageError: no source of this id ships, or it has no address.
    """
    known = {card.id: card for card in sources.known() if card.url}
    if foreign := sorted(set(only) - set(known)):
        raise UsageError(f"{', '.join(foreign)}: no source with an address; those that ship are {', '.join(known)}.")
    editions, cited = sources.editions(), _cited()
    return tuple(
        Wanted(card=card, edition=editions[doc], cited=cited.get(doc, ()))
        for doc, card in known.items()
        if not only or doc in only
    )


@cache
def _cited() -> dict[str, tuple[SourceRef, ...]]:
    """The places of each document that shipped records and notes cite, each once, in order."""
    everywhere = [ref for practice in records.shipped() for ref in practice.sources()]
    everywhere += [ref for note in notes.shipped() for ref in note.sources()]
    found: dict[str, list[SourceRef]] = {}
    for ref in dict.fromkeys(everywhere):
        found.setdefault(ref.doc, []).append(ref)
    return {doc: tuple(refs) for doc, refs in found.items()}


def gather(writer: CatalogueWriter, fetcher: Fetcher, some: Iterable[Wanted]) -> tuple[list[Source], list[Step]]:
    """The originals that are not there yet, as sources to be read in; and a step for each that needs no fetching.

    The caller holds the home's lock.  The cards are kept, as ``init`` would.
    """
    missing: list[Wanted] = []
    settled: list[Step] = []
    there = {entry.card.id for entry in writer.entries() if entry.version}
    removed = writer.tombstones()
    withdrawn = {one.item for one in decisions(writer) if one.level == "withdrawn"}
    for one in some:
        doc = one.card.id
        note = WITHDRAWN if doc in withdrawn else LEFT_OUT if doc in removed else THERE if doc in there else ""
        if note:
            settled.append(_settled(one.card, note))
        else:
            ship_card(writer, one.card)
            missing.append(one)
    fetched = fetcher.sources([normal(one.card.url) for one in missing])
    return [_judged(one, source) for one, source in zip(missing, fetched, strict=True)], settled


def _settled(card: Bibliography, note: str) -> Step:
    return Step(record=IngestRecord(input=card.url, status="ok", doc=card.id), skipped=True, note=note)


def _judged(one: Wanted, source: Source) -> Source:
    """A fetched source under its card's id, refused where it is plainly not what the card means."""
    source = msgspec.structs.replace(source, wanted=one.card.id)
    if source.reason:
        return msgspec.structs.replace(source, reason=f"{source.reason.rstrip('.')}. Else {one.by_hand}")
    reason = refused(one, Path(source.path).read_bytes(), source.name)
    return msgspec.structs.replace(source, path="", reason=reason, stage="fetch") if reason else source


def refused(one: Wanted, data: bytes, name: str) -> str:
    """Why these bytes are not the original; blank where they may be it, or are nothing that can be told here."""
    try:
        media = media_of(data, name)
    except UnreadableInput:
        return ""  # the reading says what it is, and what to do
    if media == "html" and one.edition.media not in ("", "html"):
        what = one.edition.media.upper()
        return (
            f"The address gives a web page and not the {what}: open it in a browser, look for the {what}, {one.by_hand}"
        )
    if media == "html" and not is_known(decode(data), one.card.title, _headings(one.cited)):
        told = "neither its title nor most of the headings that our records cite stand in it"
        return f"The address gives another page ({told}): open it in a browser, go on to the text, {one.by_hand}"
    return ""


def is_known(markup: str, title: str, headings: Sequence[str]) -> bool:
    """Whether a web page is the one that is known by a title and headings."""
    words = f" {fold(unescape(_TAG.sub(' ', markup)))} "
    known = [fold(told) for told in (title, *headings)]
    return sum(f" {told} " in words for told in known) >= KNOWN_BY * len(known)


def _headings(cited: Iterable[SourceRef]) -> list[str]:
    return [ref.section for ref in cited if ref.section]


def told(catalogue: Catalogue, step: Step, chosen: Iterable[Wanted]) -> Step:
    """A step with its source's id, whose note says how its document compares with what we cite."""
    one = next((one for one in chosen if step.record.input in (one.card.url, normal(one.card.url))), None)
    if one is None or step.record.status != "ok":
        doc = step.record.doc or (one.card.id if one else "")
        return msgspec.structs.replace(step, record=msgspec.structs.replace(step.record, doc=doc))
    if step.record.doc == one.card.id:
        compared = str(verdict(catalogue, one))
    else:
        compared = f"records cite it as {one.card.id}: run 'fingerpost fetch {one.card.url} --as {one.card.id}'"
    return msgspec.structs.replace(step, note="; ".join(filter(None, (step.note, compared))))


def verdict(catalogue: Catalogue, one: Wanted) -> Verdict:
    """How the document that is there under a card's id compares with what we cite of it."""
    doc = one.card.id
    original = Originals(catalogue).get(doc)
    if original is None:
        return Verdict()
    absent = tuple(ref.locator for ref in one.cited if wrong_place(ref, original))
    if not one.edition.sha256:
        edition = ""
    else:
        edition = "cited" if catalogue.entry(doc).content_hash == one.edition.sha256 else "another"
    return Verdict(edition=edition, absent=absent, cited=len(one.cited))
