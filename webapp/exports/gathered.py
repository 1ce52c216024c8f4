"""A collection as a dossier: what of it may be shown now, in the author's order."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

import msgspec

from corpus.model import PRACTICE_FIELDS, Bibliography, Practice
from corpus.people.collection_store import Kept
from corpus.people.showing import Shown, ShownCollection, ShownSection
from corpus.resting import Rest, marked
from webapp.exports.dossier import Dossier, Entry, EntryKind, Field, Part
from webapp.languages import gettext as _
from webapp.languages import ngettext, speaking

ROOMS = {"passage": "passages", "statement": "statements", "practice": "practices", "document": "documents"}
"""The part of our addresses under which each kind of entry stands."""


def to_dossier(kept: Kept, shown: ShownCollection, public_url: str = "", *, for_learners: bool = False) -> Dossier:
    """The dossier of a collection; addresses are ours only where others reach us (``public_url``).

    What was withdrawn is left out, and its section says so; a section with nothing under its heading is left out too.
    ``for_learners`` leaves out answers and notes for the facilitator.
    """
    front, taught = shown.collection.front, shown.teaching
    reached = public_url.rstrip("/")
    with speaking(front.language):
        parts = tuple(_part(section, reached) for section in shown.sections if section.holds)
    return Dossier(
        title=shown.title,
        introduction=shown.introduction,
        author=shown.author,
        date=kept.changed[:10],
        language=front.language,
        address=f"{reached}/collections/{kept.read_key}" if reached else "",
        parts=parts,
        outcomes=taught.outcomes,
        level=taught.level,
        duration=taught.duration,
        warning=taught.warning,
        questions=taught.questions,
        quiz=taught.quiz,
        for_learners=for_learners,
    )


def _part(section: ShownSection, reached: str) -> Part:
    entries = tuple(_entry(one, reached) for one in section.entries if one.card is not None)
    missing = len(section.entries) - len(entries)
    told = [section.text] if section.text else []
    if missing:
        told.append(
            ngettext(
                "[%(n)s entry of this section is no longer shown by the library and is left out.]",
                "[%(n)s entries of this section are no longer shown by the library and are left out.]",
                missing,
            )
        )
    return Part(heading=section.heading, text="\n\n".join(told), entries=entries, role=section.section.role)


def _entry(one: Shown, reached: str) -> Entry:
    assert one.card is not None, "entries of which nothing may be shown are left out"
    kind = one.entry.kind
    address = f"{reached}/{ROOMS[kind]}/{one.entry.item}" if reached and one.state in ("", "older") else ""
    return Entry(
        kind=EntryKind(kind),
        id=one.entry.item,
        work=reachable(one.card, address) if one.is_our_summary else one.card,
        title=one.title,
        text=one.told,
        fields=fields_of(one.practice, one.rests) if one.practice else (),
        language=one.language,
        span=one.span,
        section=one.heading,
        address=address,
        note="\n\n".join(told for told in (one.note, remark_on(one)) if told),
        rights=one.card.rights,
        snippet=f"<mark>{escape(one.entry.found)}</mark>" if one.entry.found else "",
        says=one.said.kind.value if one.said else "",
        achieved=(one.said.achieved or "") if one.said else "",
        voice=one.said.voice.value if one.said else "",
        is_our_summary=one.is_our_summary,
        rests=one.rests,
    )


def reachable(card: Bibliography, address: str) -> Bibliography:
    """A record's card with its address with us, so that every reference to it leads back."""
    return msgspec.structs.replace(card, url=address) if address else card


def remark_on(one: Shown) -> str:
    """What is to be known of words that the document's present version does not have; blank for all others."""
    if one.state == "older":
        return _("[These words stood in an earlier version of the document.]")
    if one.state == "kept":
        return _(
            "[As gathered on %(day)s; the library’s present text of the document does not have it.]",
            day=one.entry.gathered,
        )
    return ""


def fields_of(practice: Practice, rests: Sequence[Rest] = ()) -> tuple[Field, ...]:
    """The told fields of a practice without its summary, each line with the mark of its source."""
    return tuple(
        Field(heading=_(heading), lines=tuple(marked(claim, rests) for claim in practice.told[key]))
        for key, heading in PRACTICE_FIELDS.items()
        if key != "summary" and practice.told.get(key)
    )
