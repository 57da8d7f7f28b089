"""The calendar with the recesses that Parliament's own interfaces gave: they stand before those of the file."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from hashlib import sha256
from typing import TYPE_CHECKING

from processing.timing.calendar import Recess

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from processing.records import Recess as NotSitting
    from processing.records import SittingDay
    from processing.timing.calendar import Calendar

DAY = timedelta(days=1)
NEAR = timedelta(days=7)  # a House rises, and returns, within a week of the first and last day not sat
# words of a name, and what the grammar calls the recess; upstream names it in words such as "Christmas recess"
NAMES = {
    "summer": "summer",
    "conference": "conference",
    "november": "november",
    "christmas": "christmas",
    "february": "february",
    "easter": "easter",
    "whit": "whitsun",
    "spring bank": "whitsun",
}
SOURCE = "Parliament's What's On calendar, as collected"


def with_collected(
    calendar: Calendar, not_sitting: Iterable[NotSitting], sitting_days: Iterable[SittingDay]
) -> Calendar:
    """Return the calendar with collected recesses in the place of the shipped ones that they overlap.

    A stretch of days whose name says no recess that the grammar knows is left out. The version changes with the
    recesses, so that deadlines are read again.
    """
    sat: dict[str, list[date]] = {}
    for row in sitting_days:
        sat.setdefault(row.house, []).append(row.day)
    found = [recess for stretch in _stretches(not_sitting) if (recess := _recess(stretch, sat))]
    found = [recess for recess in found if not _is_shipped(calendar, recess)]
    if not found:
        return calendar
    kept = [own for own in calendar.recesses if not any(_overlap(own, other) for other in found)]
    mark = sha256(repr(found).encode()).hexdigest()[:8]
    recesses = tuple(sorted([*kept, *found], key=lambda recess: recess.rises))
    return replace(calendar, recesses=recesses, version=f"{calendar.version}+{mark}")


def _stretches(not_sitting: Iterable[NotSitting]) -> list[NotSitting]:
    """Join rows of one House that follow each other without a day between; the name is that of the longest row."""
    joined: list[tuple[NotSitting, timedelta]] = []
    for row in sorted(not_sitting, key=lambda row: (row.house, row.start)):
        length = row.end - row.start
        last, longest = joined[-1] if joined else (None, length)
        if last and last.house == row.house and row.start <= last.end + DAY:
            name = row.name if length > longest else last.name
            whole = replace(last, name=name, end=max(last.end, row.end))
            joined[-1] = (whole, max(length, longest))
        else:
            joined.append((row, length))
    return [row for row, _ in joined]


def _recess(stretch: NotSitting, sat: dict[str, list[date]]) -> Recess | None:
    name = next((ours for words, ours in NAMES.items() if words in stretch.name.lower()), None)
    if name is None:
        return None
    days = sat.get(stretch.house, [])
    before = [day for day in days if stretch.start - NEAR <= day < stretch.start]
    after = [day for day in days if stretch.end < day <= stretch.end + NEAR]
    return Recess(
        house=stretch.house,
        name=name,
        rises=max(before, default=stretch.start - DAY),
        returns=min(after, default=stretch.end + DAY),
        checked=True,
        source=SOURCE,
    )


def _is_shipped(calendar: Calendar, recess: Recess) -> bool:
    mine = (recess.house, recess.name, recess.rises, recess.returns)
    return any((own.house, own.name, own.rises, own.returns) == mine for own in calendar.recesses)


def _overlap(one: Recess, other: Recess) -> bool:
    if one.house != other.house:
        return False
    return one.rises <= (other.returns or other.rises) and other.rises <= (one.returns or one.rises)
