"""Recesses as Parliament's interfaces gave them stand before the shipped ones."""

from __future__ import annotations

from datetime import date

from processing.records import Recess as NotSitting
from processing.records import SittingDay
from processing.timing import find_timings, load_calendar, with_collected

CALENDAR = load_calendar()
CHRISTMAS_2027 = [
    NotSitting(house="Commons", name="Recess", start=date(2027, 12, 17), end=date(2027, 12, 17)),
    NotSitting(house="Commons", name="Christmas recess", start=date(2027, 12, 18), end=date(2028, 1, 3)),
]


def read(calendar_days: list[NotSitting], sat: list[SittingDay]) -> tuple[date | None, str]:
    calendar = with_collected(CALENDAR, calendar_days, sat)
    (found,) = find_timings("We will report before the Christmas recess.", date(2027, 11, 1), "Commons", calendar)
    return found.latest, found.calendar_version


def test_a_recess_that_nobody_has_announced_gives_no_date() -> None:
    assert read([], []) == (None, CALENDAR.version)


def test_a_collected_recess_gives_the_last_day_sat_before_it_under_a_version_of_its_own() -> None:
    latest, version = read(CHRISTMAS_2027, [SittingDay(house="Commons", day=date(2027, 12, 16))])
    assert latest == date(2027, 12, 16)
    assert version.startswith(f"{CALENDAR.version}+")


def test_without_known_sitting_days_the_house_rises_the_day_before() -> None:
    assert read(CHRISTMAS_2027, [])[0] == date(2027, 12, 16)


def test_a_collected_recess_replaces_the_shipped_one_that_it_overlaps() -> None:
    moved = [NotSitting(house="Commons", name="Summer adjournment", start=date(2025, 7, 19), end=date(2025, 8, 31))]
    calendar = with_collected(CALENDAR, moved, [])
    (found,) = find_timings("We will report before the summer recess.", date(2025, 6, 16), "Commons", calendar)
    assert found.latest == date(2025, 7, 18)
    assert [row for row in calendar.recesses if row.house == "Lords"] == [
        row for row in CALENDAR.recesses if row.house == "Lords"
    ]


def test_what_only_repeats_the_shipped_calendar_changes_nothing() -> None:
    same = [NotSitting(house="Commons", name="Summer recess", start=date(2025, 7, 23), end=date(2025, 8, 31))]
    assert with_collected(CALENDAR, same, []) == CALENDAR


def test_days_without_a_name_that_the_grammar_knows_are_left_out() -> None:
    bank_holiday = [
        NotSitting(house="Commons", name="Early May bank holiday", start=date(2027, 5, 3), end=date(2027, 5, 3))
    ]
    assert with_collected(CALENDAR, bank_holiday, []) == CALENDAR
