"""Whether the catalogue and the originals agree."""

from __future__ import annotations

import hashlib

from corpus.catalogue import Catalogue
from corpus.catalogue.corrected import orphans
from corpus.catalogue.likenesses import likenesses
from corpus.home import Home
from corpus.meaning import absence
from corpus.model import Value

ONE_TEXT = 80
"""From this percentage of shared words on a curator should see whether two documents are one text."""


class Findings(Value, frozen=True):
    """Sentences: what is ``wrong`` and must be mended, and ``remarks`` that a curator should know."""

    wrong: tuple[str, ...]
    remarks: tuple[str, ...]


def checkup(home: Home, catalogue: Catalogue) -> Findings:
    """Hold every reading against its original, its record and its pages.

    Wrong is a document without its original, an original without a document, a hash that does not match, a document
    that no record accounts for.  Remarked are what a run left when it was cut off, pages without text,
    documents most of whose words are another's, and corrections that have lost their place.
    """
    wrong: list[str] = []
    remarks: list[str] = []
    recorded = catalogue.documents_read()
    for entry in catalogue.entries():
        if not entry.version:
            continue
        doc = entry.card.id
        original = home.original(entry.content_hash)
        if not original.is_file():
            wrong.append(f"{doc}: its original is missing; ingest the file again.")
        elif hashlib.sha256(original.read_bytes()).hexdigest() != entry.content_hash:
            wrong.append(f"{doc}: its original was changed on disk; ingest the file again.")
        if doc not in recorded:
            wrong.append(f"{doc}: no record says how it came in; ingest the file again.")
        blank = [str(p.number) for p in catalogue.pages(doc) if p.number is not None and not p.text.strip()]
        if blank:
            remarks.append(f"{doc}: pages without text: {', '.join(blank)}.")
        shared = [f"{one.doc} ({one.percent} %)" for one in likenesses(catalogue, doc) if one.percent >= ONE_TEXT]
        if shared:
            told = "if they are one text, 'fingerpost remove ID' takes one out."
            remarks.append(f"{doc}: most of its words are also in {', '.join(shared)}; {told}")
    if lacking := absence():
        remarks.append(lacking)
    for one in orphans(catalogue):
        remarks.append(
            f"{one.item}: the correction of {one.field} by {one.by or 'somebody'} ({one.at}) has lost its place: its "
            f"words are no longer in the document; correct what is there now, or 'fingerpost edit {one.item} --undo'."
        )
    known = catalogue.content_hashes()
    cut_off = {r.content_hash: r.input for r in catalogue.ingest_records() if r.stage == "interrupted"}
    if home.originals_dir.is_dir():
        for file in sorted(home.originals_dir.glob("??/*")):
            if file.name in known:
                continue
            if file.name in cut_off:
                remarks.append(f"{cut_off[file.name]}: the run ended while it was being kept; ingest it again.")
            else:
                wrong.append(f"{file.name}: an original that no document has; ingest its file again or delete it.")
    return Findings(wrong=tuple(wrong), remarks=tuple(remarks))
