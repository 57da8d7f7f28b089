"""A crawl that brought too few documents is not good, though no request failed; and what every source must say."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from db.archive.archive import Archive
from processing.records import Asked
from spiders.base import Range, Scope, SourceSpider
from spiders.sources import all_sources, crawled_sources

FIXTURES = Path(__file__).parent.parent / "fixtures"
API = "https://questions-statements-api.parliament.uk/api/writtenstatements/statements"
DAY = date(2025, 9, 4)
CHECKED = {"settings": {"CHECK_RANGES": True}}


def tell(upstream: Any, rows: int) -> None:
    row = json.loads((FIXTURES / "written_statements/commons.input.json").read_text(encoding="utf-8"))
    values = [{**row, "value": {**row["value"], "id": n}} for n in range(1, rows + 1)]
    upstream.tell(API, {"totalResults": rows, "results": values})
    for value in values:
        upstream.tell(f"{API}/{value['value']['id']}", value)


def parliament_sat(crawling: Any) -> None:
    archive = Archive(crawling.folder)
    archive.ask(
        Asked(source="hansard", scope="Commons 2025-09-04", state="collected", house="Commons", day=DAY),
        datetime(2025, 9, 8, tzinfo=UTC),
    )
    archive.close()


def test_too_few_documents_in_a_week_in_which_parliament_sat_is_a_failure(upstream: Any, crawling: Any) -> None:
    tell(upstream, 2)
    parliament_sat(crawling)
    report = crawling.one("written_statements", **CHECKED)
    assert (report.outcome, report.reasons) == ("failed", ("2 documents, where 10 to 1000 were expected",))


def test_in_a_recess_few_documents_are_fine(upstream: Any, crawling: Any) -> None:
    tell(upstream, 2)
    assert crawling.one("written_statements", **CHECKED).outcome == "good"


def test_documents_that_did_not_change_count_as_seen(upstream: Any, crawling: Any) -> None:
    tell(upstream, 12)
    parliament_sat(crawling)
    for _ in range(2):
        assert crawling.one("written_statements", **CHECKED).outcome == "good"


def test_every_source_is_named_as_its_file_and_says_what_to_print() -> None:
    for name, spider in crawled_sources().items():
        # a source of several files is a folder of its name, with its spider in it
        assert spider.__module__ in (f"spiders.{name}", f"spiders.{name}.spider")
        assert spider.licence in ("Open Parliament Licence v3.0", "Open Government Licence v3.0")
        assert spider.licence in spider.attribution
        assert spider.home.startswith("https://")
        assert spider.title
        assert 0 <= spider.expects.lowest <= spider.expects.highest


def test_every_source_has_fixtures_of_an_ordinary_and_an_odd_answer_and_of_one_that_must_fail() -> None:
    for name in all_sources():
        folder = FIXTURES / name
        assert len(list(folder.glob("*.expected.json"))) >= 3, name
        assert list(folder.glob("*.error.txt")), name


STATES = {
    "answers came": ({"listed": 2, "found": 2}, "collected"),
    "nothing was listed": ({}, "empty"),
    "something failed": ({"listed": 2, "found": 1, "failures": ["u: no"]}, "failed"),
    "it must be asked again": ({"pending": "still loading"}, "pending"),
}


@pytest.mark.parametrize(("given", "state"), STATES.values(), ids=STATES)
def test_the_state_of_a_scope(given: dict[str, Any], state: str) -> None:
    assert Scope(name="Commons 2025-09-04", **given).state() == state


def test_the_note_of_a_scope_names_five_failures_and_counts_the_rest() -> None:
    scope = Scope(name="a day", failures=[f"u{n}: no" for n in range(7)])
    assert scope.asked("hansard").note == "u0: no; u1: no; u2: no; u3: no; u4: no; and 2 more"


def test_a_source_asks_about_the_days_before_until_and_may_be_given_others() -> None:
    class Tiny(SourceSpider):
        name = "tiny"
        expects = Range(lowest=0, highest=0)

    assert Tiny(until="2025-09-30").days()[0] == date(2025, 8, 31)
    assert Tiny(since="2025-09-29", until="2025-09-30").days() == [date(2025, 9, 29), date(2025, 9, 30)]
