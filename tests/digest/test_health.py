"""How the runs stand: taken over from the archive, however often, and told to the monitor."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from db.register.health import Step, begin_run, finish_run, health, last_run, runs_since, take_over_crawls

if TYPE_CHECKING:
    from tests.digest.small import SmallRegister

TODAY = date(2025, 9, 15)
GOOD = ("hansard", "2025-09-08T05:00:00.000000Z", "2025-09-08T05:09:00.000000Z", "good", "{}", None)
FAILED = ("hansard", "2025-09-15T05:00:00.000000Z", "2025-09-15T05:01:00.000000Z", "failed", "{}", "no answer")
KILLED = ("hansard", "2025-09-15T05:00:00.000000Z", None, None, "{}", None)


@pytest.mark.parametrize(
    ("crawls", "last_outcome", "note", "late"),
    [
        ([GOOD], "good", None, ()),
        ([GOOD, FAILED], "failed", "no answer", ()),
        ([GOOD, KILLED], "failed", "the crawl was killed", ()),
        ([FAILED], "failed", "no answer", ("hansard",)),
        ([("hansard", "2025-09-01T05:00:00Z", "2025-09-06T23:00:00Z", "good", "{}", None)], "good", None, ("hansard",)),
    ],
    ids=["good", "failed after a good one", "killed after a good one", "never good", "good, but nine days ago"],
)
def test_a_crawl_counts_as_its_archive_has_it(
    small: SmallRegister,
    crawls: list[tuple[str | None, ...]],
    last_outcome: str,
    note: str | None,
    late: tuple[str, ...],
) -> None:
    connection = small.database.conn
    for _ in range(2):
        # taken over twice is as once
        take_over_crawls(connection, crawls)
    found = health(connection, TODAY)
    (source,) = (one for one in found.sources if one.id == "hansard")
    assert (source.last_outcome, source.note, found.late) == (last_outcome, note, late)
    assert connection.execute("SELECT count(*) FROM runs WHERE source = 'hansard'").fetchone() == (len(crawls),)


def test_the_numbers_of_crawls_never_meet_those_of_other_runs(small: SmallRegister) -> None:
    connection = small.database.conn
    take_over_crawls(connection, [GOOD, FAILED])
    weekly = begin_run(connection, "weekly", "2025-09-15T05:00:00Z")
    step = begin_run(connection, "digest", "2025-09-15T06:00:00Z")
    finish_run(connection, step, "2025-09-15T06:01:00Z", "good", {"sent": 3}, "3 mails")
    take_over_crawls(connection, [GOOD, FAILED, KILLED])
    open_run = Step(
        id=weekly, command="weekly", started_at="2025-09-15T05:00:00Z", finished_at=None, outcome=None, note=None
    )
    assert last_run(connection, "weekly") == open_run
    assert runs_since(connection, weekly) == [
        open_run,
        Step(
            id=step,
            command="digest",
            started_at="2025-09-15T06:00:00Z",
            finished_at="2025-09-15T06:01:00Z",
            outcome="good",
            note="3 mails",
        ),
    ]
    assert weekly > 0
