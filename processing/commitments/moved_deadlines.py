"""Deadlines that a changed calendar moved: what was read with which calendar, and what differs now."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import TYPE_CHECKING

from processing.commitments.events import Reread

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

    from processing.commitments.statement import Statement


@dataclass(frozen=True, slots=True, kw_only=True)
class DeadlineReading:
    """A deadline as it was read with a calendar. `turn` counts the readings of a statement that differ, from 0.

    `read_on` is the day on which the calendar was found changed; None for the first reading.
    """

    statement: str
    turn: int
    calendar_version: str
    earliest: date | None
    latest: date | None
    read_on: date | None = None


def read_again(
    before: Iterable[DeadlineReading], statements: Iterable[Statement], today: date
) -> list[DeadlineReading]:
    """Return the readings to note: new ones, and those that a changed calendar moved, found so on `today`.

    A reading that differs with the same calendar comes of new rules: it takes the old one's place, and is no event.
    What has no time, or a vague one, is not read by a calendar.
    """
    last = {reading.statement: reading for reading in sorted(before, key=lambda reading: reading.turn)}
    noted = []
    for one in statements:
        if one.timing is None or one.timing_kind == "vague":
            continue
        old, version = last.get(one.id), one.calendar_version or ""
        if old is None:
            noted.append(_first_reading(one, version))
        elif (old.earliest, old.latest) == (one.earliest, one.latest):
            if old.calendar_version != version:
                noted.append(replace(old, calendar_version=version))
        elif old.calendar_version == version:
            noted.append(replace(old, earliest=one.earliest, latest=one.latest))
        else:
            noted.append(replace(_first_reading(one, version), turn=old.turn + 1, read_on=today))
    return noted


def _first_reading(one: Statement, version: str) -> DeadlineReading:
    return DeadlineReading(statement=one.id, turn=0, calendar_version=version, earliest=one.earliest, latest=one.latest)


def rereadings(readings: Iterable[DeadlineReading]) -> dict[str, list[Reread]]:
    """Return by statement what changed calendars moved, in order."""
    by_statement: dict[str, list[DeadlineReading]] = defaultdict(list)
    for reading in sorted(readings, key=lambda reading: (reading.statement, reading.turn)):
        by_statement[reading.statement].append(reading)
    return {statement: _steps(turns) for statement, turns in by_statement.items() if len(turns) > 1}


def _steps(turns: Sequence[DeadlineReading]) -> list[Reread]:
    return [
        Reread(
            statement=new.statement,
            calendar_version=new.calendar_version,
            on=new.read_on,
            old_latest=old.latest,
            new_latest=new.latest,
        )
        for old, new in pairwise(turns)
        if new.read_on and old.latest != new.latest
    ]
