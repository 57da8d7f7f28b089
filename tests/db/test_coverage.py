"""What was asked for and what came of it: each state by its reason, and the gaps with the oldest first."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from db.pages.coverage import coverage
from db.register.documents import Register, SourceFacts
from db.register.taken_over import add_fact_of_house, set_coverage, set_sources
from processing.records import Recess, SittingDay

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

ASKED = "2025-11-03T06:00:00.000000Z"


@pytest.fixture
def register(tmp_path: Path) -> Iterator[Register]:
    """Return a register in which the Commons do not sit from 6 to 9 November, nor the Lords on the 7th."""
    register = Register(tmp_path)
    facts = [
        SourceFacts(id=name, name=name, licence="OGL", attribution="us", url="https://example.org")
        for name in ("hansard", "govuk", "written_statements")
    ]
    set_sources(register.database, facts)
    for house in ("Commons", "Lords"):
        add_fact_of_house(register.database, SittingDay(house=house, day=date(2025, 11, 4)), "calendar", "sat")
    recess = Recess(house="Commons", name="November recess", start=date(2025, 11, 6), end=date(2025, 11, 9))
    add_fact_of_house(register.database, recess, "calendar", "not sat")
    friday = Recess(house="Lords", name="November recess", start=date(2025, 11, 7), end=date(2025, 11, 7))
    add_fact_of_house(register.database, friday, "calendar", "not sat")
    yield register
    register.close()


def row(scope: str, house: str | None, day: str | None, state: str, source: str = "hansard") -> list[object]:
    return [source, scope, house, day, state, ASKED, 0, None]


STATES = [
    pytest.param("Commons", "2025-11-08", "empty", "empty by calendar", id="a Saturday"),
    pytest.param("Lords", "2025-11-09", "empty", "empty by calendar", id="a Sunday"),
    pytest.param("Commons", "2025-11-06", "empty", "empty by calendar", id="a day of the House's recess"),
    pytest.param("Lords", "2025-11-06", "empty", "empty", id="a day of the other House's recess"),
    pytest.param(None, "2025-11-06", "empty", "empty", id="a day of one House's recess, asked for both"),
    pytest.param(None, "2025-11-07", "empty", "empty by calendar", id="a day of both Houses' recess"),
    pytest.param("Commons", "2025-11-05", "empty", "empty", id="a weekday outside a recess"),
    pytest.param("Lords", "2025-11-04", "empty", "empty", id="a day on which the House sat"),
    pytest.param("Commons", "2025-11-06", "failed", "failed", id="failed, whatever the calendar says"),
    pytest.param("Commons", "2025-11-06", "pending", "pending", id="pending, whatever the calendar says"),
    pytest.param("Commons", "2025-11-06", "collected", "collected", id="something came"),
    pytest.param(None, None, "empty", "empty", id="a page of a listing, of no day"),
]


@pytest.mark.parametrize(("house", "day", "asked", "told"), STATES)
def test_an_empty_answer_is_explained_by_the_calendar_or_by_nothing(
    register: Register, house: str | None, day: str | None, asked: str, told: str
) -> None:
    set_coverage(register.database, [row("one", house, day, asked)])
    assert register.database.execute("SELECT state FROM coverage").fetchall() == [(told,)]


def test_gaps_come_oldest_first_and_those_of_no_day_last(register: Register) -> None:
    set_coverage(
        register.database,
        [
            row("page 3", None, None, "failed", "govuk"),
            row("Lords 4", "Lords", "2025-11-04", "empty"),
            row("statements 3", None, "2025-11-03", "pending", "written_statements"),
            row("Commons 4", "Commons", "2025-11-04", "collected"),
            row("Commons 6", "Commons", "2025-11-06", "empty"),
            row("Commons 5", "Commons", "2025-11-05", "failed"),
            row("Commons of tomorrow", "Commons", "2025-11-11", "pending"),
        ],
    )
    found = coverage(register.database.conn, date(2025, 11, 10))
    gaps = [(gap.scope, gap.state) for gap in found.gaps]
    assert gaps == [
        ("statements 3", "pending"),
        ("Lords 4", "empty"),
        ("Commons 5", "failed"),
        ("page 3", "failed"),
    ]
    assert found.gaps_total == len(gaps)
