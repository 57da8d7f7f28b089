"""A source that changes its words: from the archive to the events, on the sample world, whose truth is known."""

from __future__ import annotations

import sqlite3
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.conftest import SampleRegister

CASES = "We will report to the House on the outcome of the reviewed cases by the end of "
CLOSED = "The Home Office will complete the review of closed cases by 30 "
INJURIES = "We will publish our response to the consultations on the criminal injuries compensation scheme by 31 "
OFFICERS = "We will publish the review of the role of local authority designated officers by the end of "
FURTHER_UPDATE = "a further progress update on the Inquiry's recommendations"
SAME_ADDRESS = "The source changed the words under the same address"
EDITS = [
    pytest.param(CASES, "December", "January 2026", 31, SAME_ADDRESS, id="Hansard corrected in silence"),
    pytest.param(INJURIES, "October 2025", "March 2026", 151, SAME_ADDRESS, id="a page edited without a change note"),
    pytest.param(OFFICERS, "February 2026", "April 2026", 61, SAME_ADDRESS, id="a corrected answer"),
    pytest.param(
        CLOSED,
        "June 2026",
        "September 2026",
        92,
        "The file was replaced by another, with other words",
        id="an attached PDF replaced by another",
    ),
]
ENDS = [
    pytest.param(
        "The Home Office will publish the criteria for funding by 31 October 2025",
        "The page was withdrawn",
        id="a page withdrawn",
    ),
    pytest.param(
        "The Department for Education will publish safeguarding guidance for out-of-school settings in summer 2026",
        "The page was removed",
        id="a page gone",
    ),
]


@pytest.fixture
def register(sample_register: SampleRegister) -> Iterator[sqlite3.Connection]:
    connection = sqlite3.connect(sample_register.folder / "followthrough.db")
    yield connection
    connection.close()


@pytest.mark.parametrize(("words", "before", "after", "days", "summary"), EDITS)
def test_changed_words_are_told_with_both_texts_and_what_they_did_to_the_date(
    register: sqlite3.Connection, words: str, before: str, after: str, days: int, summary: str
) -> None:
    told = register.execute(
        "SELECT kind, quote_before, quote_after, days FROM events WHERE quote_before = ? AND quote_after = ?"
        " ORDER BY kind DESC",
        [words + before, words + after],
    ).fetchall()
    assert told == [
        ("source edited", words + before, words + after, None),
        ("slipped", words + before, words + after, days),
    ]
    assert register.execute(
        "SELECT DISTINCT summary FROM events WHERE kind = 'source edited' AND quote_before = ?", [words + before]
    ).fetchall() == [(summary,)]
    states = (
        "SELECT state, ended_at IS NOT NULL FROM statements WHERE quote = ? AND id IN (SELECT replaces FROM statements)"
    )
    assert register.execute(states, [words + before]).fetchall() == [("edited", 1)]


@pytest.mark.parametrize(("words", "summary"), ENDS)
def test_words_whose_page_ended_are_kept_and_said_to_have_ended(
    register: sqlite3.Connection, words: str, summary: str
) -> None:
    assert register.execute(
        "SELECT kind, summary FROM events WHERE quote_before = ? AND kind LIKE 'source%'", [words]
    ).fetchall() == [("source withdrawn", summary)]


def test_both_texts_of_a_changed_document_are_kept_for_display(register: sqlite3.Connection) -> None:
    rows = register.execute(
        "SELECT p.text FROM passages p JOIN versions v ON v.id = p.version WHERE p.text LIKE ? ORDER BY v.number",
        [f"%{CASES}%"],
    ).fetchall()
    assert [(f"{CASES}December" in text, f"{CASES}January 2026" in text) for (text,) in rows][:2] == [
        (True, False),
        (False, True),
    ]


def test_a_holding_answer_is_neither_promise_nor_edit(register: sqlite3.Connection) -> None:
    assert register.execute("SELECT quote FROM statements WHERE quote LIKE 'I will reply to%'").fetchall() == []


def test_the_acceptance_of_all_twelve_is_a_position_on_the_set(register: sqlite3.Connection) -> None:
    found = register.execute("SELECT DISTINCT position FROM positions WHERE recommendation = 'casey-2025/*'").fetchall()
    assert found == [("accepted",)]


def test_the_title_of_a_promise_gives_the_whole_of_its_date(register: sqlite3.Connection) -> None:
    told = "SELECT promise FROM commitments WHERE timing = 'in 2026-27' ORDER BY promise"
    assert [promise.endswith("in 2026-27") for (promise,) in register.execute(told)] == [True, True]
    cut = "SELECT quote, timing FROM statements WHERE timing IS NOT NULL AND instr(quote, timing) = 0"
    assert register.execute(cut).fetchall() == []


def test_the_next_of_a_series_is_a_promise_of_its_own_and_waits_for_a_person(register: sqlite3.Connection) -> None:
    further = "I will publish a further update by the end of June 2026"
    (own, times), (first, first_times) = register.execute(
        "SELECT id, times_said FROM commitments WHERE promise IN (?, ?) ORDER BY number DESC",
        [further, f"The Government will publish {FURTHER_UPDATE} by the end of the year"],
    ).fetchall()
    assert (times, first_times) == (1, 1)
    assert register.execute("SELECT DISTINCT kind FROM events WHERE commitment = ?", [own]).fetchall() == [("said",)]
    proposed = register.execute(
        "SELECT p.commitment, p.reason LIKE '%but a further one, for “I have today published a progress update on%'"
        " FROM possible_joins p JOIN statements s ON s.id = p.statement WHERE s.quote = ?",
        [further],
    ).fetchall()
    assert proposed == [(first, 1)]
