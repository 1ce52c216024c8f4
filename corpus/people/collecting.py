"""Changes of a collection, each a function from the value before to the value after.

Those of words take ``seen``, the revision that their form was made from, and ``revision``, the one that the collection
becomes; they raise `EditedMeanwhile` where somebody else changed the same words since.  Entries and sections are named
by their numbers, so that moving and adding never get into each other's way.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Literal

import msgspec

from corpus.errors import UsageError
from corpus.messages import Message
from corpus.people.collections import (
    CHARACTERS_MOST,
    ENTRIES_MOST,
    ROLES,
    SECTIONS_MOST,
    TEXT_MOST,
    TITLE_MOST,
    Collection,
    EditedMeanwhile,
    Front,
    Gathered,
    Section,
    Teaching,
    plain,
)


def _replaced(collection: Collection, section: Section) -> Collection:
    sections = tuple(section if one.number == section.number else one for one in collection.sections)
    return msgspec.structs.replace(collection, sections=sections)


def _holding(collection: Collection, number: int) -> Section:
    """The section that an entry stands in."""
    collection.entry(number)
    return next(s for s in collection.sections if any(e.number == number for e in s.entries))


def _require_seen(revision: int, seen: int) -> None:
    if revision > seen:
        raise EditedMeanwhile(Message("Somebody else changed this part after you opened it."))


def with_front(collection: Collection, told: Front, seen: int, revision: int) -> Collection:
    """With another front; ``seen`` is the revision that its form was made from, ``revision`` the one that it becomes.

    Raises:
        EditedMeanwhile: it was changed since.
    """
    if msgspec.structs.replace(told, revision=collection.front.revision) == collection.front:
        return collection
    _require_seen(collection.front.revision, seen)
    return msgspec.structs.replace(collection, front=msgspec.structs.replace(told, revision=revision))


def with_teaching(collection: Collection, told: Teaching, seen: int, revision: int) -> Collection:
    """With another teaching pack; as `with_front`."""
    if msgspec.structs.replace(told, revision=collection.teaching.revision) == collection.teaching:
        return collection
    _require_seen(collection.teaching.revision, seen)
    return msgspec.structs.replace(collection, teaching=msgspec.structs.replace(told, revision=revision))


def with_entries(collection: Collection, gathered: Sequence[Gathered], section: int | None = None) -> Collection:
    """With more entries at the end of a section (None: the last); what is there already is not added again.

    Raises:
        UsageError: there would be too many; EditedMeanwhile: the section is gone.
    """
    there = {entry.item for entry in collection.entries}
    new = list({one.item: one for one in gathered if one.item not in there}.values())
    if len(there) + len(new) > ENTRIES_MOST:
        raise UsageError(
            Message(
                "A collection holds %(most)s entries at most, this one has %(n)s: make another for the rest.",
                most=ENTRIES_MOST,
                n=len(there),
            )
        )
    numbered = [msgspec.structs.replace(one, number=collection.next + at) for at, one in enumerate(new)]
    place = collection.sections[-1] if section is None else collection.section(section)
    grown = msgspec.structs.replace(place, entries=(*place.entries, *numbered))
    return msgspec.structs.replace(_replaced(collection, grown), next=collection.next + len(new))


def with_note(collection: Collection, number: int, note: str, seen: int, revision: int) -> Collection:
    """With another note on an entry; as `with_front`."""
    entry, told = collection.entry(number), plain(note, TEXT_MOST)
    if told == entry.note:
        return collection
    _require_seen(entry.revision, seen)
    return _with_entry(collection, msgspec.structs.replace(entry, note=told, revision=revision))


def with_successor(collection: Collection, number: int, gathered: Gathered) -> Collection:
    """With what stands now in the place of an entry's older words; its note stays."""
    entry = collection.entry(number)
    if any(one.item == gathered.item for one in collection.entries):
        return without_entry(collection, number, entry.revision)
    return _with_entry(
        collection, msgspec.structs.replace(gathered, number=number, note=entry.note, revision=entry.revision)
    )


def _with_entry(collection: Collection, entry: Gathered) -> Collection:
    section = _holding(collection, entry.number)
    entries = tuple(entry if one.number == entry.number else one for one in section.entries)
    return _replaced(collection, msgspec.structs.replace(section, entries=entries))


def without_entry(collection: Collection, number: int, seen: int) -> Collection:
    """Without an entry; raises EditedMeanwhile where its note was changed since."""
    _require_seen(collection.entry(number).revision, seen)
    section = _holding(collection, number)
    left = tuple(one for one in section.entries if one.number != number)
    return _replaced(collection, msgspec.structs.replace(section, entries=left))


def moved(collection: Collection, number: int, by: Literal[-1, 1]) -> Collection:
    """With an entry one place up or down; from the edge of its section it goes over into the next one that way."""
    section = _holding(collection, number)
    at = next(place for place, one in enumerate(section.entries) if one.number == number)
    there = at + by
    if 0 <= there < len(section.entries):
        entries = list(section.entries)
        entries[at], entries[there] = entries[there], entries[at]
        return _replaced(collection, msgspec.structs.replace(section, entries=tuple(entries)))
    place = collection.sections.index(section) + by
    if not 0 <= place < len(collection.sections):
        return collection
    return moved_to(collection, number, collection.sections[place].number, first=by > 0)


def moved_to(collection: Collection, number: int, section: int, first: bool = False) -> Collection:
    """With an entry at the end (or the beginning) of another section."""
    entry, old = collection.entry(number), _holding(collection, number)
    if old.number == collection.section(section).number:
        return collection
    left = tuple(one for one in old.entries if one.number != number)
    collection = _replaced(collection, msgspec.structs.replace(old, entries=left))
    new = collection.section(section)
    entries = (entry, *new.entries) if first else (*new.entries, entry)
    return _replaced(collection, msgspec.structs.replace(new, entries=entries))


def with_section(collection: Collection, heading: str) -> Collection:
    """With a new section at the end; raises UsageError without a heading, and for too many."""
    told = " ".join(plain(heading, TITLE_MOST).split())
    if not told:
        raise UsageError(Message("A section needs a heading: give it one."))
    if len(collection.sections) >= SECTIONS_MOST:
        raise UsageError(Message("A collection has %(most)s sections at most: put two together.", most=SECTIONS_MOST))
    added = Section(number=collection.next, heading=told)
    return msgspec.structs.replace(collection, sections=(*collection.sections, added), next=collection.next + 1)


def with_words(
    collection: Collection, number: int, heading: str, text: str, role: str, seen: int, revision: int
) -> Collection:
    """With other words at the head of a section; as `with_front`."""
    section = collection.section(number)
    told = " ".join(plain(heading, TITLE_MOST).split())
    if not told and section != collection.sections[0]:
        raise UsageError(Message("A section needs a heading; only the first may do without: give it one."))
    meant = next((one for one in ROLES if one == role), "")
    changed = msgspec.structs.replace(section, heading=told, text=plain(text, TEXT_MOST), role=meant)
    if changed == section:
        return collection
    _require_seen(section.revision, seen)
    return _replaced(collection, msgspec.structs.replace(changed, revision=revision))


def section_moved(collection: Collection, number: int, by: Literal[-1, 1]) -> Collection:
    """With a section one place up or down."""
    sections = list(collection.sections)
    at = sections.index(collection.section(number))
    there = at + by
    if not 0 <= there < len(sections):
        return collection
    sections[at], sections[there] = sections[there], sections[at]
    if any(not one.heading for one in sections[1:]):
        raise UsageError(Message("Only the first section may do without a heading: give it one before you move it."))
    return msgspec.structs.replace(collection, sections=tuple(sections))


def without_section(collection: Collection, number: int, seen: int) -> Collection:
    """Without a section's heading and text; its entries go to the section before it, or after it if it was the first.

    Raises:
        UsageError: it is the only one; EditedMeanwhile: its words were changed since.
    """
    section = collection.section(number)
    _require_seen(section.revision, seen)
    if len(collection.sections) == 1:
        raise UsageError(Message("A collection has one section at least: leave its heading blank instead."))
    at = collection.sections.index(section)
    left = [one for one in collection.sections if one.number != number]
    heir = left[max(at - 1, 0)]
    entries = (*heir.entries, *section.entries) if at else (*section.entries, *heir.entries)
    left[max(at - 1, 0)] = msgspec.structs.replace(heir, entries=entries)
    return msgspec.structs.replace(collection, sections=tuple(left))


def require_bounded(collection: Collection) -> None:
    """Refuse a collection that grew beyond all measure; raises UsageError."""
    if len(msgspec.json.encode(collection).decode()) > CHARACTERS_MOST:
        raise UsageError(
            Message("A collection holds %(most)s characters at most: make another for the rest.", most=CHARACTERS_MOST)
        )


Change = Callable[[Collection, int], Collection]
"""What is done to a collection: its value before and the revision that it becomes, to its value after."""
