"""The filter of the list of commitments: a URL holds the whole of it, and nothing in a URL is a surprise."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import parse_qsl

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from db.pages.commitments import list_commitments
from db.pages.filters import CHOICES, SORTS, Filter, read_filter

if TYPE_CHECKING:
    import sqlite3

    import httpx

STATUSES = "overdue, open, undated, delivered late, delivered, withdrawn, rejected"
CASES = [
    ("", [14, 11, 2, 1, 13, 9, 5, 4, 6, 12, 3, 10]),
    ("status=overdue", [3]),
    ("status=rejected", [7]),
    ("status=delivered&status=delivered+late", [5, 4]),
    ("owner=Department+for+Education", [14, 5, 4]),
    ("topic=mandatory-reporting", [2]),
    ("topic=support&topic=mandatory-reporting", [14, 11, 2, 10]),
    ("recommendation=casey-2025/11", [6, 12]),
    ("recommendation=iicsa-2022", [11, 2, 10]),
    ("firmness=aspirational", [11]),
    ("house=Lords", [13, 9]),
    ("source=govuk", [14, 6, 10]),
    ("speaker=member/9002", [11, 2, 1]),
    ("speaker=member/9002&said_to=2025-11-01", []),
    ("said_from=2025-11-18&said_to=2025-11-18", [11, 2, 1]),
    ("said_to=2025-09-10", [10]),
    ("due_from=2025-12-01&due_to=2026-01-31", [13, 9]),
    ("due_from=2025-12-15&due_to=2025-12-15", [13]),  # both days are within
    ("due_from=2025-12-16&due_to=2026-01-01", [9]),
    ("due_from=2025-12-15&due_to=2025-12-31", [13]),
    ("due_from=2026-01-02&due_to=2026-01-31", []),
    ("reviewed=yes", [5, 4]),
    ("words=strategy", [1]),
    ("words=child's+%22AND", []),
    ("words=***", []),
    ("sort=due&status=open", [13, 9, 1, 14, 10]),
    ("sort=slipped&status=open", [10, 1, 14, 13, 9]),
    ("sort=oldest&status=undated", [2, 12, 11]),
]


@pytest.mark.parametrize(("query", "numbers"), CASES)
def test_a_filter_lets_through_what_its_url_says(
    connection: sqlite3.Connection, query: str, numbers: list[int]
) -> None:
    chosen = read_filter(parse_qsl(query))
    found = list_commitments(connection, chosen)
    assert (chosen.problems, [one.number for one in found.commitments]) == ((), numbers)
    assert found.total == len(numbers)
    assert sum(status.count for status in found.statuses) == len(numbers)


@pytest.mark.parametrize(
    ("query", "problem"),
    [
        (
            "status=late",
            f"“late” is not a status: it must be one of {STATUSES}.",
        ),
        (
            "said_from=16/06/2025",
            "“16/06/2025” (said from) is not a date. Write it as year-month-day, such as 2025-06-16.",
        ),
        ("due_to=2025-02-30", "“2025-02-30” (due to) is not a date. Write it as year-month-day, such as 2025-06-16."),
        ("page=-1", "“-1” is not the number of a page."),
        ("page=²", "“²” is not the number of a page."),
        ("sort=random", "“random” is not a way to sort: it must be one of newest, due, slipped, oldest."),
        ("reviewed=1", "“1” for reviewed must be yes or no."),
        ("owner=" + "x" * 201, "The value of “owner” is longer than 200 characters."),
    ],
)
def test_what_cannot_be_understood_is_left_out_and_named(client: httpx.Client, query: str, problem: str) -> None:
    assert read_filter(parse_qsl(query)) == Filter(problems=(problem,))
    answer = client.get(f"/commitments?{query}")
    assert answer.status_code == 200
    assert "12 commitments" in answer.text
    assert problem in answer.text.replace("&#39;", "'")


TEXTS = st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=40).map(str.strip).filter(bool)
DAYS = st.one_of(st.just(""), st.dates().map(lambda day: day.isoformat()))
FILTERS = st.builds(
    Filter,
    **{name: st.lists(st.sampled_from(values), unique=True).map(tuple) for name, values in CHOICES.items()},
    owner=st.lists(TEXTS, unique=True, max_size=3).map(tuple),
    recommendation=st.sampled_from(["", "casey-2025", "iicsa-2022/13"]),
    said_from=DAYS,
    due_to=DAYS,
    words=st.one_of(st.just(""), TEXTS),
    reviewed=st.sampled_from(["", "yes", "no"]),
    sort=st.sampled_from(list(SORTS)),
    page=st.integers(1, 99_999),
)


@given(FILTERS)
def test_a_url_holds_the_whole_filter(chosen: Filter) -> None:
    assert read_filter(parse_qsl(chosen.query())) == chosen


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)
@given(st.lists(st.tuples(st.sampled_from([*Filter.__dataclass_fields__, "x"]), st.text(max_size=30)), max_size=6))
def test_no_url_breaks_the_list(connection: sqlite3.Connection, pairs: list[tuple[str, str]]) -> None:
    found = list_commitments(connection, read_filter(pairs))
    assert len(found.commitments) <= found.total
