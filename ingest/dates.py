"""Dates as documents write them, as ISO 8601 as exact as they tell: 2018, 2018-06 or 2018-06-07."""

from __future__ import annotations

import re
from datetime import date

_MONTHS = {
    name: number
    for number, all_names in enumerate(
        (
            "january jan janvier enero",
            "february feb février fevrier febrero",
            "march mar mars marzo",
            "april apr avril abril",
            "may mai mayo",
            "june jun juin junio",
            "july jul juillet julio",
            "august aug août aout agosto",
            "september sep sept septembre septiembre",
            "october oct octobre octubre",
            "november nov novembre noviembre",
            "december dec décembre decembre diciembre",
        ),
        1,
    )
    for name in all_names.split()
}
_YEAR = r"(?P<year>(?:19|20)\d\d)"
_MONTH = rf"(?P<month>{'|'.join(sorted(_MONTHS, key=len, reverse=True))})\.?"
_PATTERNS = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"\b{_YEAR}-(?P<number>[01]\d)(?:-(?P<day>[0-3]\d))?(?!\d)",
        rf"\b(?P<day>[0-3]?\d)(?:st|nd|rd|th|er|º)?\s+(?:de\s+)?{_MONTH},?\s+(?:de\s+)?{_YEAR}\b",
        rf"\b{_MONTH}\s+(?P<day>[0-3]?\d)(?:st|nd|rd|th)?,?\s+{_YEAR}\b",
        rf"\b{_MONTH},?\s+(?:de\s+)?{_YEAR}\b",
        rf"\b(?P<day>[0-3]?\d)[./](?P<number>[01]?\d)[./]{_YEAR}\b",
        rf"(?<![./\d])(?P<number>0?[1-9]|1[0-2])[./]{_YEAR}\b",
        rf"\b{_YEAR}\b",
    )
)


def iso_date(text: str) -> str:
    """The first date in a text, blank where there is none; 3/4/2018, whose order nobody knows, tells the year only."""
    for pattern in _PATTERNS:
        found = pattern.search(text[:200])
        if found:
            return _iso(found)
    return ""


def _iso(found: re.Match[str]) -> str:
    told = found.groupdict()
    year, named, day = int(told["year"]), told.get("month"), int(told.get("day") or 0)
    month = _MONTHS[named.lower()] if named else int(told.get("number") or 0)
    slashed = not named and day and "-" not in found.group()
    if not month or (slashed and day <= 12 and day != month):
        return str(year)
    try:
        return date(year, month, day).isoformat() if day else date(year, month, 1).strftime("%Y-%m")
    except ValueError:
        return str(year)
