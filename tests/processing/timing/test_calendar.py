"""The calendar data: every row has its source, nothing is out of order, and unknown days stay unknown."""

from __future__ import annotations

import itertools
from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING, Protocol

import pytest

from processing.timing import find_timings, load_calendar

if TYPE_CHECKING:
    from collections.abc import Sequence

CALENDAR = load_calendar()


class Sourced(Protocol):
    """A row of the calendar."""

    @property
    def source(self) -> str: ...


TABLES: dict[str, Sequence[Sourced]] = {
    "parliaments": CALENDAR.parliaments,
    "sessions": CALENDAR.sessions,
    "recesses": CALENDAR.recesses,
    "occasions": CALENDAR.occasions,
    "spending_reviews": CALENDAR.spending_reviews,
    "bills": CALENDAR.bills,
}


@pytest.mark.parametrize("table", TABLES)
def test_every_row_of_the_calendar_names_its_source(table: str) -> None:
    assert TABLES[table]
    assert [row for row in TABLES[table] if not row.source.strip()] == []


def test_recesses_of_a_house_follow_one_another() -> None:
    for house in ("Commons", "Lords"):
        own = [recess for recess in CALENDAR.recesses if recess.house == house]
        for earlier, later in itertools.pairwise(own):
            assert earlier.rises < (earlier.returns or later.rises) <= later.rises


def test_a_parliament_ends_five_years_after_it_first_met() -> None:
    (running,) = [row for row in CALENDAR.parliaments if row.first_met <= date(2025, 6, 16) <= row.ends]
    assert (running.first_met, running.ends) == (date(2024, 7, 9), date(2029, 7, 9))


def test_working_days_skip_weekends_and_bank_holidays() -> None:
    assert CALENDAR.add_working_days(date(2025, 12, 24), 2) == date(2025, 12, 30)


def test_a_session_that_nobody_has_dated_gives_no_date() -> None:
    (found,) = find_timings("We will legislate in the next Session.", date(2026, 6, 10), "Commons", CALENDAR)
    assert (found.kind, found.earliest, found.latest) == ("event", None, None)


def test_a_changed_calendar_gives_another_deadline_under_another_version() -> None:
    moved = [
        replace(recess, rises=recess.rises - timedelta(days=5))
        if recess.house == "Commons" and recess.rises == date(2025, 7, 22)
        else recess
        for recess in CALENDAR.recesses
    ]
    other = replace(CALENDAR, recesses=tuple(moved), version="moved")
    (found,) = find_timings("We will report before the summer recess.", date(2025, 6, 16), "Commons", other)
    assert (found.latest, found.calendar_version) == (date(2025, 7, 17), "moved")
