"""A collection as a dossier: what of it may be shown now, in the author's order."""

from __future__ import annotations

from corpus.model import PRACTICE_FIELDS, Practice
from corpus.people.collection_store import Kept
from corpus.people.showing import Shown, ShownCollection, ShownSection
from webapp.exports.dossier import Answer, Dossier, Entry, EntryKind, Field, Part, Question, QuizItem
from webapp.languages import gettext as _
from webapp.languages import ngettext, speaking

ROOMS = {"passage": "passages", "statement": "statements", "practice": "practices", "document": "documents"}
"""The part of our addresses under which each kind of entry stands."""


def to_dossier(kept: Kept, shown: ShownCollection, public_url: str = "") -> Dossier:
    """The dossier of a collection; addresses are ours only where others reach us (``public_url``).

    What was withdrawn is left out, and its section says so.
    """
    front, taught = shown.collection.front, shown.teaching
    reached = public_url.rstrip("/")
    with speaking(front.language):
        parts = tuple(_part(section, reached) for section in shown.sections if _has_something(section))
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
        questions=tuple(Question(text=one.text, notes=one.notes) for one in taught.questions),
        quiz=tuple(
            QuizItem(
                text=one.text,
                answers=tuple(Answer(text=answer.text, right=answer.right) for answer in one.answers),
                explanation=one.explanation,
            )
            for one in taught.quiz
        ),
    )


def _has_something(section: ShownSection) -> bool:
    return bool(section.heading or section.text or section.entries)


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
    here = one.state in ("", "older")
    return Entry(
        kind=EntryKind(kind),
        id=one.entry.item,
        work=one.card,
        title=one.title,
        text=one.text,
        fields=fields_of(one.practice) if one.practice else (),
        language=one.language,
        span=one.span,
        section=one.heading,
        address=f"{reached}/{ROOMS[kind]}/{one.entry.item}" if reached and here else "",
        note="\n\n".join(told for told in (one.note, remark_on(one)) if told),
        rights=one.card.rights,
    )


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


def fields_of(practice: Practice) -> tuple[Field, ...]:
    """The told fields of a practice without its summary, under their headings."""
    return tuple(
        Field(heading=_(heading), lines=tuple(claim.text for claim in practice.told[key]))
        for key, heading in PRACTICE_FIELDS.items()
        if key != "summary" and practice.told.get(key)
    )
