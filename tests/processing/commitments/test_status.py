"""What stands beside a commitment on a day: a fact about dates and people's decisions."""

from __future__ import annotations

from datetime import date, timedelta
from functools import partial

import pytest

from processing.commitments.status import status

LAST = date(2026, 3, 31)


@pytest.mark.parametrize(
    ("today", "expected"),
    [(LAST - timedelta(days=1), "open"), (LAST, "open"), (LAST + timedelta(days=1), "overdue")],
)
def test_a_promise_is_overdue_from_the_day_after_its_last_day(today: date, expected: str) -> None:
    assert status(latest=LAST, today=today) == expected


@pytest.mark.parametrize(
    ("done", "expected"),
    [(LAST - timedelta(days=1), "delivered"), (LAST, "delivered"), (LAST + timedelta(days=1), "delivered late")],
)
def test_what_was_done_on_the_last_day_was_done_in_time(done: date, expected: str) -> None:
    assert status(latest=LAST, today=date(2027, 1, 1), delivered_on=done) == expected


def test_without_a_last_day_nothing_is_late() -> None:
    assert status(latest=None, today=LAST) == "undated"
    assert status(latest=None, today=LAST, delivered_on=LAST) == "delivered"


def test_a_rejection_stands_above_a_withdrawal_and_both_above_a_delivery() -> None:
    told = partial(status, latest=LAST, today=date(2027, 1, 1), delivered_on=LAST)
    assert told(is_withdrawn=True, is_rejected=True) == "rejected"
    assert told(is_withdrawn=True) == "withdrawn"
    assert status(latest=LAST, today=date(2027, 1, 1), is_rejected=True) == "rejected"
