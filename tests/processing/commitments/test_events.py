"""The life of a commitment: what each saying changed, what passed, and that nothing is told twice."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from processing.commitments.events import (
    Event,
    Evidence,
    Reread,
    Telling,
    evidence_events,
    passed_deadlines,
    recomputed_events,
    sayings_life,
)
from processing.commitments.identity import event_id
from processing.commitments.life import describe, tellings
from processing.commitments.reviews import Review
from tests.processing.commitments.made import statement


def told(name: str, day: str, latest: str | None = None, **more: Any) -> Telling:
    """Return a saying of a day with a deadline, or with more."""
    own = {key: more.pop(key) for key in ("happened_on", "is_pair") if key in more}
    standard: dict[str, Any] = {
        "quote": f"quote of {name}",
        "said_on": date.fromisoformat(day),
        "first_seen_at": f"{day}T06:00:00.000000Z",
        "timing": f"by {latest}" if latest else None,
        "timing_kind": "date" if latest else None,
        "earliest": None,
        "latest": date.fromisoformat(latest) if latest else None,
    }
    said = statement(name, **{**standard, **more})
    return Telling(said=said, **{"happened_on": date.fromisoformat(day), **own})


def kinds(events: list[Event]) -> list[tuple[str, str | None, int | None, str]]:
    return [(event.kind, event.statement, event.days, event.summary) for event in events]


FIRST = told("a", "2025-09-01", "2025-11-30")
CHANGES = [
    pytest.param(
        told("b", "2025-10-01", "2025-11-30"), "restated", None, "Restated with the same date", id="same date"
    ),
    pytest.param(told("b", "2025-10-01"), "restated", None, "Restated without a date", id="no date"),
    pytest.param(
        told("b", "2025-10-01", "2026-01-31"),
        "slipped",
        62,
        "Slipped by 62 days: from 30 November 2025 to 31 January 2026",
        id="slipped",
    ),
    pytest.param(
        told("b", "2025-10-01", "2025-10-31"),
        "brought forward",
        -30,
        "Brought forward by 30 days: from 30 November 2025 to 31 October 2025",
        id="brought forward",
    ),
    pytest.param(
        told("b", "2025-10-01", timing="in due course", timing_kind="vague"),
        "softened",
        None,
        "Softened: from 30 November 2025 to “in due course”",
        id="dated to vague",
    ),
    pytest.param(
        told("b", "2025-10-01", "2025-11-30", firmness="aspirational"),
        "softened",
        None,
        "Softened: from firm to aspirational",
        id="firm to aspirational",
    ),
]


@pytest.mark.parametrize(("later", "kind", "days", "summary"), CHANGES)
def test_a_later_saying_tells_what_it_changed_with_both_quotes(
    later: Telling, kind: str, days: int | None, summary: str
) -> None:
    events, _ = sayings_life([later, FIRST])
    assert kinds(events) == [("said", "a", None, "First said, by 2025-11-30"), (kind, "b", days, summary)]
    assert (events[1].quote_before, events[1].quote_after) == ("quote of a", "quote of b")


def test_a_promise_without_a_date_that_gets_one_is_hardened() -> None:
    events, standing = sayings_life(
        [told("a", "2025-09-01", timing="shortly", timing_kind="vague"), told("b", "2025-10-01", "2025-12-31")]
    )
    assert kinds(events)[1] == ("hardened", "b", None, "Given a date: from “shortly” to 31 December 2025")
    assert (standing.latest, standing.first_latest) == (date(2025, 12, 31), date(2025, 12, 31))


def test_a_date_that_moves_and_words_that_weaken_are_two_facts() -> None:
    events, _ = sayings_life([FIRST, told("b", "2025-10-01", "2026-01-31", firmness="aspirational")])
    assert sorted(event.kind for event in events) == ["said", "slipped", "softened"]
    assert len({event.id for event in events}) == 3


def test_the_statement_in_the_other_house_tells_nothing_new() -> None:
    events, _ = sayings_life([FIRST, told("b", "2025-09-01", "2025-11-30", is_pair=True)])
    assert [event.kind for event in events] == ["said"]


def test_words_changed_under_the_same_address_are_an_edit_and_what_they_changed() -> None:
    old = told("a", "2025-09-01", "2025-11-30", state="edited", ended_at="2025-10-06T06:00:00.000000Z")
    events, _ = sayings_life([old, told("b", "2025-10-06", "2026-01-31", replaces="a")])
    assert [(event.kind, event.quote_before, event.quote_after) for event in events] == [
        ("said", None, "quote of a"),
        ("source edited", "quote of a", "quote of b"),
        ("slipped", "quote of a", "quote of b"),
    ]


@pytest.mark.parametrize(
    ("state", "kind", "summary"),
    [
        ("edited", "source edited", "The words are no longer in the source"),
        ("withdrawn", "source withdrawn", "The page was withdrawn"),
        ("gone", "source withdrawn", "The page was removed"),
    ],
)
def test_words_that_ended_are_told_with_the_day_they_were_missed(state: str, kind: str, summary: str) -> None:
    events, _ = sayings_life(
        [told("a", "2025-09-01", "2025-11-30", state=state, ended_at="2025-10-06T06:00:00.000000Z")]
    )
    assert [(e.kind, e.happened_on, e.quote_before, e.summary) for e in events[1:]] == [
        (kind, date(2025, 10, 6), "quote of a", summary)
    ]


PASSED = [
    pytest.param([FIRST], "2025-11-30", None, [], id="the last day itself is in time"),
    pytest.param([FIRST], "2025-12-01", None, ["2025-12-01"], id="the day after"),
    pytest.param([FIRST, told("b", "2025-11-20", "2026-01-31")], "2025-12-31", None, [], id="moved in time"),
    pytest.param(
        [FIRST, told("b", "2025-12-10", "2026-01-31")], "2026-02-01", None, ["2025-12-01", "2026-02-01"], id="late"
    ),
    pytest.param([FIRST], "2025-12-31", "2025-11-20", [], id="closed before"),
    pytest.param([FIRST], "2025-12-31", "2025-12-20", ["2025-12-01"], id="closed after: nobody had said so then"),
    pytest.param([told("a", "2025-09-01", timing="soon", timing_kind="vague")], "2027-01-01", None, [], id="vague"),
]


@pytest.mark.parametrize(("sayings", "today", "closed", "expected"), PASSED)
def test_a_deadline_passes_on_the_day_after_its_last(
    sayings: list[Telling], today: str, closed: str | None, expected: list[str]
) -> None:
    found = passed_deadlines(sayings, date.fromisoformat(today), date.fromisoformat(closed) if closed else None)
    assert [event.happened_on.isoformat() for event in found] == expected


def test_a_deadline_that_had_passed_when_it_was_first_seen_is_noticed_then() -> None:
    late = told("a", "2025-09-01", "2025-11-30", first_seen_at="2026-03-01T06:00:00.000000Z")
    assert [event.noticed_at for event in passed_deadlines([late], date(2026, 4, 1), None)] == [
        "2026-03-01T06:00:00.000000Z"
    ]


def test_a_publication_is_evidence_of_several_promises_and_an_event_for_each() -> None:
    page = Evidence(
        delivery=None,
        document="govuk/x",
        happened_on=date(2025, 11, 1),
        noticed_at="2025-11-03T06:00:00.000000Z",
        quote=None,
        summary="Evidence of delivery: a publication",
    )
    ones, others = [next(iter(evidence_events(name, [page]))) for name in ("FT-1", "FT-2")]
    assert ones.id != others.id
    assert next(iter(evidence_events("FT-1", [page]))) == ones


def test_a_changed_calendar_is_an_event_with_the_old_and_the_new_day() -> None:
    reread = Reread(
        statement="a",
        calendar_version="2",
        on=date(2025, 12, 1),
        old_latest=date(2025, 12, 18),
        new_latest=date(2025, 12, 16),
    )
    event = next(iter(recomputed_events([reread], {"a": "before the recess"})))
    assert (event.kind, event.days, event.summary) == (
        "deadline recomputed",
        -2,
        "The calendar changed: from 18 December 2025 to 16 December 2025",
    )


DAYS = st.dates(min_value=date(2025, 1, 1), max_value=date(2025, 12, 31))


@st.composite
def lives(draw: st.DrawFn) -> list[Telling]:
    return [
        told(
            f"s{turn}",
            draw(DAYS).isoformat(),
            draw(st.none() | DAYS.map(date.isoformat)),
            firmness=draw(st.sampled_from(["firm", "conditional", "aspirational"])),
        )
        for turn in range(draw(st.integers(1, 6)))
    ]


@settings(max_examples=200, deadline=None)
@given(lives(), st.permutations(range(6)))
def test_an_event_is_named_by_its_saying_alone_so_that_one_that_arrives_late_makes_no_known_fact_new(
    life: list[Telling], order: list[int]
) -> None:
    events, standing = sayings_life([life[index] for index in order if index < len(life)])
    again, standing_again = sayings_life(life)
    assert (sorted(events, key=lambda e: e.id), standing) == (sorted(again, key=lambda e: e.id), standing_again)
    names = [event.id for event in events]
    assert len(names) == len(set(names))
    told_of = {event_id("telling", one.said.id) for one in life}
    assert told_of <= set(names) <= told_of | {event_id("firmness", one.said.id) for one in life}


@pytest.mark.parametrize(
    ("new_day", "happened"),
    [(date(2025, 10, 20), date(2025, 10, 20)), (date(2025, 9, 1), date(2025, 10, 27))],
    ids=["the source says when it changed", "it does not: the day it was first seen"],
)
def test_an_edit_happened_when_the_source_says_so_else_when_it_was_seen(new_day: date, happened: date) -> None:
    old = statement("a", state="edited", ended_at="2025-10-27T06:00:00.000000Z")
    new = statement("b", said_on=new_day, first_seen_at="2025-10-27T06:00:00.000000Z", replaces="a")
    assert [one.happened_on for one in tellings([old, new], [])] == [date(2025, 9, 1), happened]


def review(decision: str, made: str, **more: Any) -> Review:
    return Review(
        id=f"{decision} {made}",
        decision=decision,
        reviewer="AB",
        made_at=f"{made}T10:00:00.000000Z",
        reason="seen",
        commitment="FT-1",
        **more,
    )


@pytest.mark.parametrize(
    ("reviews", "today", "expected"),
    [
        ([], "2025-11-01", ("open", 0, date(2025, 11, 30))),
        ([], "2025-12-01", ("overdue", 0, date(2025, 11, 30))),
        ([review("delivered", "2025-12-02", value="2025-11-20")], "2025-12-03", ("delivered", 1, date(2025, 11, 30))),
        ([review("delivered", "2025-12-02")], "2025-12-03", ("delivered late", 1, date(2025, 11, 30))),
        ([review("withdraw", "2025-12-02")], "2025-12-03", ("withdrawn", 1, date(2025, 11, 30))),
        ([review("reject", "2025-12-02")], "2025-12-03", ("rejected", 1, date(2025, 11, 30))),
        (
            [review("correct", "2025-12-02", field="latest", value="2026-01-31")],
            "2025-12-03",
            ("open", 1, date(2026, 1, 31)),
        ),
        ([review("correct", "2025-12-02", field="latest", value="")], "2025-12-03", ("undated", 1, None)),
        (
            [review("reject", "2025-12-02"), review("confirm", "2025-12-03")],
            "2025-12-04",
            ("overdue", 1, date(2025, 11, 30)),
        ),
    ],
)
def test_what_people_decide_stands_on_top_of_the_machines_reading(
    reviews: list[Review], today: str, expected: tuple[str, int, date | None]
) -> None:
    one = describe("FT-1", 1, [statement("a")], [], reviews, [], date.fromisoformat(today)).commitment
    assert (one.status, one.is_reviewed, one.latest) == expected


def test_a_decision_takes_no_event_away() -> None:
    before = describe("FT-1", 1, [statement("a")], [], [], [], date(2025, 12, 2)).events
    decided = [review("delivered", "2025-12-02", value="2025-11-20")]
    after = describe("FT-1", 1, [statement("a")], [], decided, [], date(2025, 12, 3)).events
    assert {event.id for event in before} < {event.id for event in after}
    assert [event.kind for event in after] == ["said", "due date passed", "reviewed"]


FIRMER = [
    ("firm", "conditional", ("softened", "Softened: now conditional")),
    ("firm", "aspirational", ("softened", "Softened: from firm to aspirational")),
    ("conditional", "aspirational", ("softened", "Softened: from conditional to aspirational")),
    ("aspirational", "conditional", ("hardened", "Hardened: from aspirational to conditional")),
    ("conditional", "firm", ("hardened", "Hardened: from conditional to firm")),
    ("firm", "firm", ("restated", "Restated with the same date")),
]


@pytest.mark.parametrize(("before", "after", "expected"), FIRMER)
def test_how_firmly_it_is_said_now_is_told_beside_how_it_was(
    before: str, after: str, expected: tuple[str, str]
) -> None:
    life = [
        told("a", "2025-09-01", "2025-11-30", firmness=before),
        told("b", "2025-10-01", "2025-11-30", firmness=after),
    ]
    events, _ = sayings_life(life)
    assert [(event.kind, event.summary) for event in events[1:]] == [expected]


def test_a_date_and_a_firmness_that_change_at_once_are_two_events() -> None:
    life = [told("a", "2025-09-01", "2025-11-30"), told("b", "2025-10-01", "2026-01-31", firmness="conditional")]
    events, _ = sayings_life(life)
    assert {event.kind for event in events[1:]} == {"slipped", "softened"}


def test_an_edit_names_whether_the_words_or_the_file_changed() -> None:
    here = told("b", "2025-10-01", document="d/a", replaces="a", quote="new words")
    there = told("b", "2025-10-01", document="d/other", replaces="a", quote="new words")
    for after, summary in (
        (here, "The source changed the words under the same address"),
        (there, "The file was replaced by another, with other words"),
    ):
        events, _ = sayings_life([FIRST, after])
        assert [event.summary for event in events if event.kind == "source edited"] == [summary]


def test_a_promise_given_a_date_later_is_hardened_and_says_what_it_was() -> None:
    events, _ = sayings_life(
        [told("a", "2025-09-01", timing="soon", timing_kind="vague"), told("b", "2025-10-01", "2026-01-31")]
    )
    assert [(event.kind, event.summary) for event in events[1:]] == [
        ("hardened", "Given a date: from “soon” to 31 January 2026")
    ]
