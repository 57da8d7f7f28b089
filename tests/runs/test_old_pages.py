"""A page of years ago that was written anew before we ever saw it: its relative words make nothing overdue."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from db.archive.archive import Archive
from processing.records import Answer
from runs.process import process

FIXTURES = Path(__file__).parent.parent / "fixtures" / "govuk"
FETCHED = datetime(2026, 6, 15, 6, tzinfo=UTC)


def page(body: str, published: str, updated: str) -> Answer:
    """Return a page of our fixtures with another body and other days."""
    told = json.loads((FIXTURES / "body_of_another_type.input.json").read_bytes())
    told |= {"title": "Child sexual abuse: progress update", "first_published_at": published}
    told |= {"public_updated_at": updated, "updated_at": updated}
    told["details"] |= {"body": f"<div class='govspeak'><p>{body}</p></div>", "first_public_at": published}
    told["details"]["change_history"] = [{"public_timestamp": updated, "note": "Rewritten."}]
    url = f"https://www.gov.uk/api/content{told['base_path']}"
    return Answer(source="govuk", url=url, fetched_at=FETCHED, status=200, body=json.dumps(told).encode())


def deadlines(folder: Path, answer: Answer) -> list[tuple[str, str, str]]:
    """Return for each statement day said, last day, and the status of its commitment."""
    with closing(Archive(folder)) as archive:
        archive.keep(answer)
    process(folder, today=date(2026, 7, 1))
    with closing(sqlite3.connect(folder / "followthrough.db")) as register:
        query = "SELECT s.said_on, s.latest, c.status FROM statements s JOIN commitments c ON c.id = s.commitment"
        return register.execute(query).fetchall()


OLD, NEW = "2022-03-01T10:00:00Z", "2026-06-02T10:00:00Z"


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (
            "We will publish the child sexual abuse research by the end of this year.",
            ("2026-06-02", "2026-12-31", "open"),
        ),
        ("We will introduce child sexual abuse training within six months.", ("2026-06-02", "2026-12-02", "open")),
        ("We will publish the child sexual abuse research by 31 December 2026.", ("2022-03-01", "2026-12-31", "open")),
        ("We will publish the child sexual abuse research by May 2023.", ("2022-03-01", "2023-05-31", "overdue")),
    ],
)
def test_relative_words_of_a_page_changed_since_count_from_the_change(
    tmp_path: Path, words: str, told: tuple[str, str, str]
) -> None:
    assert deadlines(tmp_path, page(words, OLD, NEW)) == [told]


def test_a_page_that_nobody_changed_counts_from_its_publication(tmp_path: Path) -> None:
    words = "We will publish the child sexual abuse research by the end of this year."
    assert deadlines(tmp_path, page(words, OLD, OLD)) == [("2022-03-01", "2022-12-31", "overdue")]
