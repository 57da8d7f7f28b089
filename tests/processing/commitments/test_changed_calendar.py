"""A recess that Parliament moves: the deadline is read again, the move is a fact of its own, and told once."""

from __future__ import annotations

import json
import sqlite3
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any

import pytest

from db.archive.archive import Archive
from processing.records import Answer
from runs.process import process

if TYPE_CHECKING:
    from pathlib import Path

STATEMENT = "https://questions-statements-api.parliament.uk/api/writtenstatements/statements/1"
YEAR = "queryParameters.startDate=2025-01-01&queryParameters.endDate=2025-12-31"
RECESSES = f"https://whatson-api.parliament.uk/calendar/events/nonsitting.json?queryParameters.house=Commons&{YEAR}"
SITTINGS = (
    "https://whatson-api.parliament.uk/calendar/proceduraldates/Commons/sittingdates.json"
    "?startDate=2025-01-01&endDate=2025-12-31"
)
QUOTE = "We will publish a strategy on child sexual abuse before the Christmas recess"
FIRST_WEEK, SECOND_WEEK = date(2025, 10, 6), date(2025, 11, 3)
MOVED = "SELECT happened_on, old_latest, new_latest, days, quote_after, summary FROM events WHERE kind = ?"


def asked(url: str, source: str, on: date, body: Any) -> Answer:
    at = datetime(on.year, on.month, on.day, 6, tzinfo=UTC)
    return Answer(source=source, url=url, fetched_at=at, status=200, body=json.dumps(body).encode())


def statement() -> dict[str, Any]:
    return {
        "id": 1,
        "memberId": 9001,
        "member": None,
        "memberRole": "The Secretary of State for the Home Department",
        "uin": "HCWS1",
        "dateMade": "2025-10-02T00:00:00",
        "answeringBodyName": "Home Office",
        "title": "Tackling Child Sexual Abuse",
        "text": f"<p>{QUOTE}.</p>",
        "house": "Commons",
        "linkedStatements": [],
        "attachments": [],
    }


def recess(start: str) -> list[dict[str, str]]:
    return [{"House": "Commons", "StartDate": start, "EndDate": "2026-01-04", "Description": "Christmas recess"}]


def sittings(*days: str) -> dict[str, list[dict[str, str]]]:
    return {"SittingDates": [{"Date": day} for day in days]}


def keep(folder: Path, *answers: Answer) -> None:
    archive = Archive(folder)
    for answer in answers:
        archive.keep(answer)
    archive.close()


def look(folder: Path, query: str, *values: str) -> list[tuple[Any, ...]]:
    connection = sqlite3.connect(folder / "followthrough.db")
    found = connection.execute(query, values).fetchall()
    connection.close()
    return found


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    keep(
        tmp_path,
        asked(STATEMENT, "written_statements", FIRST_WEEK, statement()),
        asked(RECESSES, "calendar", FIRST_WEEK, recess("2025-12-17")),
        asked(SITTINGS, "calendar", FIRST_WEEK, sittings("2025-12-15", "2025-12-16")),
    )
    process(tmp_path, FIRST_WEEK)
    return tmp_path


def deadline(folder: Path) -> list[tuple[Any, ...]]:
    return look(folder, "SELECT latest, first_latest, sequence FROM commitments")


def test_a_deadline_tied_to_a_recess_is_the_day_on_which_the_house_rises(folder: Path) -> None:
    assert deadline(folder) == [("2025-12-16", "2025-12-16", 0)]
    assert look(folder, MOVED, "deadline recomputed") == []


CHANGES = [
    pytest.param("2025-12-19", ("2025-12-15", "2025-12-16", "2025-12-17", "2025-12-18"), "2025-12-18", 2, id="later"),
    pytest.param("2025-12-13", ("2025-12-11", "2025-12-12"), "2025-12-12", -4, id="earlier"),
]


@pytest.mark.parametrize(("start", "days", "latest", "moved"), CHANGES)
def test_a_recess_that_moves_moves_the_deadline_and_is_told_once(
    folder: Path, start: str, days: tuple[str, ...], latest: str, moved: int
) -> None:
    keep(
        folder,
        asked(RECESSES, "calendar", SECOND_WEEK, recess(start)),
        asked(SITTINGS, "calendar", SECOND_WEEK, sittings(*days)),
    )
    process(folder, SECOND_WEEK)
    day = f"{int(latest[-2:])} December 2025"
    told = [
        ("2025-11-03", "2025-12-16", latest, moved, QUOTE, f"The calendar changed: from 16 December 2025 to {day}"),
    ]
    assert look(folder, MOVED, "deadline recomputed") == told
    assert deadline(folder) == [(latest, latest, 1)]
    assert look(folder, "SELECT day FROM sitting_days ORDER BY day") == [(one,) for one in days]
    ids = look(folder, "SELECT id FROM events ORDER BY id")
    process(folder, date(2025, 11, 10), everything=True)
    assert look(folder, MOVED, "deadline recomputed") == told
    assert look(folder, "SELECT id FROM events ORDER BY id") == ids


def test_a_calendar_that_changes_elsewhere_moves_nothing(folder: Path) -> None:
    other = [*recess("2025-12-17"), {**recess("2025-09-17")[0], "EndDate": "2025-10-12", "Description": "Conference"}]
    keep(folder, asked(RECESSES, "calendar", SECOND_WEEK, other))
    process(folder, SECOND_WEEK)
    assert look(folder, MOVED, "deadline recomputed") == []
    assert deadline(folder) == [("2025-12-16", "2025-12-16", 0)]


def test_a_day_that_was_sat_stays_when_the_calendar_tells_only_of_days_to_come(folder: Path) -> None:
    keep(folder, asked(SITTINGS, "calendar", date(2025, 12, 16), sittings("2025-12-16", "2025-12-18")))
    process(folder, date(2025, 12, 16))
    assert look(folder, "SELECT day FROM sitting_days ORDER BY day") == [
        ("2025-12-15",),
        ("2025-12-16",),
        ("2025-12-18",),
    ]
