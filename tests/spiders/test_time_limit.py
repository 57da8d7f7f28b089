"""A source that never ends is ended, and the others are crawled all the same."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any

from spiders.runner import crawl

if TYPE_CHECKING:
    from pathlib import Path

STATEMENTS = "https://questions-statements-api.parliament.uk/api/writtenstatements/statements"
QUESTIONS = "https://questions-statements-api.parliament.uk/api/writtenquestions/questions"


def test_a_source_that_hangs_is_ended_and_the_next_is_crawled(upstream: Any, tmp_path: Path) -> None:
    upstream.tell(QUESTIONS, {"totalResults": 0, "results": []}, wait=15.0)
    upstream.tell(STATEMENTS, {"totalResults": 0, "results": []})
    day = date(2025, 9, 4)
    report = crawl(
        ("written_questions", "written_statements"),
        tmp_path,
        replica=upstream.base,
        since=day,
        until=day,
        clock=datetime(2025, 9, 8, 6, tzinfo=UTC),
        time_limit=12.0,
    )
    first, second = report.sources
    assert (first.source, first.outcome, first.reasons) == (
        "written_questions",
        "failed",
        ("it took longer than 12 seconds and was ended; the next run goes on from there",),
    )
    assert second.source == "written_statements"
    assert second.counts["requests"] > 0
