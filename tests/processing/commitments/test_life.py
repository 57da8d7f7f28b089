"""One commitment, taken together: each column of its row and each event, by plain values."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date, timedelta
from typing import Any

import pytest

from processing.commitments.event_kinds import IMPORTANCE
from processing.commitments.events import Evidence, Reread, passed_deadlines
from processing.commitments.life import DOUBTFUL, LONGEST_PROMISE, MOVING, describe, promise_line, tellings
from processing.commitments.status import STATUSES
from tests.processing.commitments.made import statement, undated
from tests.processing.commitments.test_events import review, told

TODAY = date(2025, 12, 15)
LAST = date(2025, 11, 30)


def row(*statements: Any, **how: Any) -> dict[str, Any]:
    """Return the row of a commitment of these statements on a day."""
    given = {"evidence": [], "reviews": [], "pairs": [], "today": TODAY, **how}
    return asdict(describe("FT-1", 1, list(statements), **given).commitment)


def test_the_whole_row_of_a_promise_that_slipped() -> None:
    first = statement("a", score=0.8, object="KCSIE")
    moved = statement(
        "b", said_on=date(2025, 10, 1), quote="KCSIE will come by 31 March 2026", timing="by 31 March 2026",
        latest=date(2026, 3, 31), first_seen_at="2025-10-06T06:00:00.000000Z", firmness="aspirational",
    )  # fmt: skip
    assert row(moved, first) == {
        "id": "FT-1",
        "number": 1,
        "promise": "We will publish KCSIE by 30 November 2025",
        "owner": "Home Office",
        "action": "publish",
        "object": "KCSIE",
        "firmness": "aspirational",
        "status": "open",
        "has_evidence": False,
        "is_reviewed": False,
        "needs_look": False,
        "first_said": date(2025, 9, 1),
        "last_said": date(2025, 10, 1),
        "times_said": 2,
        "timing": "by 31 March 2026",
        "timing_kind": "date",
        "earliest": date(2025, 9, 1),
        "latest": date(2026, 3, 31),
        "precision": "day",
        "first_latest": LAST,
        "slipped_days": 121,
        "look_again": None,
        "delivered_on": None,
        "joined_into": None,
        "score": 0.9,
        "sequence": 2,
    }


@pytest.mark.parametrize(("today", "expected"), [(LAST, "open"), (LAST + timedelta(days=1), "overdue")])
def test_a_commitment_is_overdue_from_the_day_after_its_last_day(today: date, expected: str) -> None:
    assert row(statement("a"), today=today)["status"] == expected


@pytest.mark.parametrize(("today", "passed"), [(LAST, 0), (LAST + timedelta(days=1), 1)])
def test_its_last_day_has_passed_on_the_day_after(today: date, passed: int) -> None:
    events = list(passed_deadlines([told("a", "2025-09-01", LAST.isoformat())], today, None))
    assert [event.happened_on for event in events] == [LAST + timedelta(days=1)] * passed


@pytest.mark.parametrize(("closed", "passed"), [(LAST, 0), (LAST + timedelta(days=1), 1), (None, 1)])
def test_a_deadline_that_passed_before_a_person_decided_stays_passed(closed: date | None, passed: int) -> None:
    life = [told("a", "2025-09-01", LAST.isoformat())]
    assert len(list(passed_deadlines(life, date(2026, 6, 1), closed))) == passed


@pytest.mark.parametrize(("score", "needs"), [(DOUBTFUL - 0.01, True), (DOUBTFUL, False), (0.99, False)])
def test_a_low_score_wants_a_look_until_a_person_has_looked(score: float, needs: bool) -> None:
    assert row(statement("a", score=score))["needs_look"] is needs
    assert row(statement("a", score=score), reviews=[review("confirm", "2025-12-01")])["needs_look"] is False


def test_the_highest_score_of_its_sayings_counts() -> None:
    assert row(statement("a", score=0.2), statement("b", score=0.95, said_on=date(2025, 9, 2)))["score"] == 0.95


@pytest.mark.parametrize(
    ("owners", "owner"),
    [
        (("Government",), "Government"),
        (("Government", "Home Office"), "Home Office"),
        (("Home Office", "Government"), "Home Office"),
        (("Home Office", "Department for Education"), "Department for Education"),
    ],
)
def test_the_owner_named_last_is_the_owner_unless_it_is_only_the_government(
    owners: tuple[str, ...], owner: str
) -> None:
    said = [statement(f"s{n}", owner=each, said_on=date(2025, 9, 1 + n)) for n, each in enumerate(owners)]
    assert row(*said)["owner"] == owner


def test_the_line_of_a_promise_is_its_first_saying_with_a_date_cut_at_a_word() -> None:
    vague = undated("a", "we will publish it soon")
    dated = statement("b", quote="we will  publish\nit by May", said_on=date(2025, 10, 1))
    assert promise_line([vague, dated]) == "We will publish it by May"
    assert promise_line([vague]) == "We will publish it soon"
    exact = undated("c", "x" + " word" * 47 + " end")
    assert len(exact.quote) == LONGEST_PROMISE
    assert promise_line([exact]) == "X" + exact.quote[1:]
    longer = undated("d", exact.quote + "s")
    assert promise_line([longer]) == "X" + " word" * 47 + " …"


def test_a_day_to_look_again_counts_only_while_there_is_no_deadline() -> None:
    vague = undated("a", "we will publish it soon", timing="soon", timing_kind="vague", look_again=date(2026, 3, 1))
    assert row(vague)["look_again"] == date(2026, 3, 1)
    assert row(vague, statement("b", said_on=date(2025, 10, 1)))["look_again"] is None


@pytest.mark.parametrize("kind", sorted(MOVING))
def test_what_changes_a_calendar_entry_is_known_among_the_events(kind: str) -> None:
    assert kind in IMPORTANCE


def test_only_events_that_move_a_deadline_change_the_calendars_entry() -> None:
    assert row(statement("a"), today=date(2025, 9, 2))["sequence"] == 0
    assert row(statement("a"), reviews=[review("confirm", "2025-12-01")])["sequence"] == 1
    again = statement("b", said_on=date(2025, 9, 20), first_seen_at="2025-09-22T06:00:00.000000Z")
    assert row(statement("a"), again, today=date(2025, 9, 30))["sequence"] == 0


LATER: dict[str, Any] = {"said_on": date(2025, 9, 20), "first_seen_at": "2025-09-22T06:00:00.000000Z"}
EARLIER_DAY = {"timing": "by 31 October 2025", "latest": date(2025, 10, 31)}
READ_ANEW = Reread(
    statement="a", calendar_version="2", on=date(2025, 9, 25), old_latest=date(2025, 12, 1), new_latest=LAST
)
MOVES = [
    pytest.param([statement("a"), statement("b", **LATER, **EARLIER_DAY)], [], id="brought forward"),
    pytest.param([undated("a", "We will publish KCSIE"), statement("b", **LATER)], [], id="given a date"),
    pytest.param([statement("a", firmness="conditional"), statement("b", **LATER)], [], id="hardened"),
    pytest.param([statement("a")], [READ_ANEW], id="read anew with another calendar"),
]


@pytest.mark.parametrize(("said", "rereadings"), MOVES)
def test_each_move_of_a_deadline_changes_the_calendars_entry(said: list[Any], rereadings: list[Reread]) -> None:
    assert row(*said, today=date(2025, 9, 30), rereadings=rereadings)["sequence"] == 1


def test_what_never_had_a_date_has_not_slipped() -> None:
    assert row(undated("a", "We will publish KCSIE"))["slipped_days"] == 0


def test_the_precision_is_that_of_the_time_in_force() -> None:
    season = statement("b", **LATER, timing="in the spring", latest=date(2026, 5, 31), precision="season")
    assert row(statement("a"), season)["precision"] == "season"
    silent = undated("c", "We will publish KCSIE", said_on=date(2025, 9, 25))
    assert row(statement("a"), season, silent)["precision"] == "season"


def test_what_is_yet_to_come_is_no_event() -> None:
    evidence = Evidence(
        delivery="d", document="x", happened_on=date(2025, 12, 20), noticed_at="2025-12-10T06:00:00.000000Z",
        quote="We have published KCSIE", summary="said",
    )  # fmt: skip
    assert row(statement("a"), evidence=[evidence])["has_evidence"] is False
    assert row(statement("a"), evidence=[evidence], today=date(2025, 12, 20))["has_evidence"] is True


@pytest.mark.parametrize(
    ("field", "value", "expected"),
    [
        ("earliest", "2025-10-01", {"earliest": date(2025, 10, 1)}),
        ("latest", "2026-01-31", {"latest": date(2026, 1, 31), "status": "open"}),
        ("earliest", "", {"earliest": None}),
        ("timing", "by January", {"timing": "by January"}),
        ("timing", "", {"timing": None}),
        ("firmness", "conditional", {"firmness": "conditional"}),
        ("firmness", "", {"firmness": "firm"}),
        ("owner", "Ofcom", {"owner": "Ofcom"}),
        ("promise", "Publish KCSIE", {"promise": "Publish KCSIE"}),
    ],
)
def test_what_a_person_corrects_stands_in_the_row(field: str, value: str, expected: dict[str, Any]) -> None:
    found = row(statement("a"), reviews=[review("correct", "2025-12-02", field=field, value=value)])
    assert {name: found[name] for name in expected} == expected


def test_a_recommendation_is_linked_and_unlinked_by_people_with_the_reason() -> None:
    said = statement("a", recommendations=("casey-2025/2", "casey-2025/4"))
    reviews = [
        review("link", "2025-12-01", value="iicsa-2022/13"),
        review("unlink", "2025-12-02", value="casey-2025/4"),
    ]
    assert describe("FT-1", 1, [said], [], reviews, [], TODAY).recommendations == (
        ("casey-2025/2", "said in its words or by its subject"),
        ("iicsa-2022/13", "linked by a person"),
    )


def test_one_act_printed_twice_is_said_once() -> None:
    one, same_act = statement("a"), statement("b", document="d/other", first_seen_at="2025-09-08T06:00:01.000000Z")
    another_day = statement("c", said_on=date(2025, 9, 2))
    assert [one.is_pair for one in tellings([one, same_act, another_day], [])] == [False, True, False]
    assert row(one, same_act)["times_said"] == 1
    assert [event.kind for event in describe("FT-1", 1, [one, same_act], [], [], [], LAST).events] == ["said"]
    assert row(one, another_day)["times_said"] == 2


def test_the_second_house_tells_nothing_new_but_an_edit_does() -> None:
    lords = statement("b", document="d/lords", quote="My Lords, we will publish KCSIE by 30 November 2025")
    pairs = [("d/lords", "d/a")]
    assert [one.is_pair for one in tellings([statement("a"), lords], pairs)] == [False, True]
    edited = statement("c", document="d/lords", replaces="a", said_on=date(2025, 9, 5))
    assert [one.is_pair for one in tellings([statement("a"), edited], pairs)] == [False, False]


def test_the_statuses_stand_in_the_order_of_lists_with_what_is_late_first() -> None:
    assert STATUSES == ("overdue", "open", "undated", "delivered late", "delivered", "withdrawn", "rejected")
