"""The archive: answers as they came, equal bodies once, everything found again."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from db.archive.archive import Archive, instant, moment
from processing.records import Answer, Asked

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

MONDAY = datetime(2025, 9, 8, 6, tzinfo=UTC)
URL = "https://www.gov.uk/api/content/lamps"


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    """Open an empty archive."""
    opened = Archive(tmp_path)
    yield opened
    opened.close()


def answer(body: bytes, *, days: int = 0, url: str = URL, status: int = 200) -> Answer:
    return Answer(
        source="govuk",
        url=url,
        fetched_at=MONDAY + timedelta(days=days),
        status=status,
        body=body,
        etag='"lamp"',
        last_modified="Mon, 08 Sep 2025 05:00:00 GMT",
        content_type="application/json",
    )


def test_an_answer_comes_back_as_it_came(archive: Archive) -> None:
    assert archive.keep(answer(b"\xff\x00 lamps"), {"ETag": ['"lamp"']})
    (kept,) = archive.answers("govuk")
    assert kept.answer == answer(b"\xff\x00 lamps")
    found = archive.latest(URL)
    assert found is not None
    assert found[1:] == ({"ETag": ['"lamp"']}, MONDAY)


def test_equal_bodies_of_two_addresses_are_stored_once(archive: Archive) -> None:
    archive.keep(answer(b"lamps"))
    archive.keep(answer(b"lamps", url=f"{URL}-copy"))
    assert archive.database.execute("SELECT count(*) FROM answers").fetchone() == (2,)
    assert archive.database.execute("SELECT count(*), sum(size_bytes) FROM bodies").fetchone() == (1, 5)


def test_an_unchanged_answer_only_moves_the_day_on_which_it_was_checked(archive: Archive) -> None:
    assert archive.keep(answer(b"lamps"))
    assert not archive.keep(answer(b"lamps", days=7))
    found = archive.latest(URL)
    assert found is not None
    assert (found[0].answer.fetched_at, found[2]) == (MONDAY, MONDAY + timedelta(days=7))


@pytest.mark.parametrize("other", [answer(b"candles", days=7), answer(b"lamps", days=7, status=410)])
def test_another_body_or_status_is_a_new_answer_and_the_old_one_stays(archive: Archive, other: Answer) -> None:
    archive.keep(answer(b"lamps"))
    assert archive.keep(other)
    assert [kept.answer for kept in archive.answers("govuk")] == [answer(b"lamps"), other]


def test_a_page_that_returns_to_its_old_text_is_three_answers(archive: Archive) -> None:
    for day, body in enumerate([b"lamps", b"candles", b"lamps"]):
        archive.keep(answer(body, days=day))
    assert [kept.answer.body for kept in archive.answers("govuk")] == [b"lamps", b"candles", b"lamps"]


def test_a_later_word_on_the_same_question_takes_the_place_of_the_earlier(archive: Archive) -> None:
    archive.ask(Asked(source="hansard", scope="Commons 2025-09-04", state="failed", note="answered 500"), MONDAY)
    archive.ask(Asked(source="hansard", scope="Commons 2025-09-04", state="collected", found=3), MONDAY)
    assert archive.coverage() == [Asked(source="hansard", scope="Commons 2025-09-04", state="collected", found=3)]


def test_a_crawl_that_never_ended_is_told_as_killed_by_the_next_one(archive: Archive) -> None:
    archive.begin_crawl("govuk", MONDAY)
    second = archive.begin_crawl("govuk", MONDAY)
    archive.finish_crawl(second, MONDAY, "good", "{}", "")
    assert archive.database.execute("SELECT outcome FROM crawls ORDER BY id").fetchall() == [("killed",), ("good",)]


@given(st.datetimes(min_value=datetime(1900, 1, 1), max_value=datetime(2100, 1, 1)))  # noqa: DTZ001 -- made aware below
def test_the_order_of_instants_is_the_order_of_their_texts(naive: datetime) -> None:
    now = naive.replace(tzinfo=UTC)
    later = now + timedelta(microseconds=1)
    assert moment(instant(now)) == now
    assert instant(now) < instant(later)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(bodies=st.lists(st.binary(max_size=40), min_size=1, max_size=8))
def test_the_last_of_any_row_of_answers_is_the_latest(archive: Archive, bodies: list[bytes]) -> None:
    url = f"{URL}/{len(list(archive.answers('govuk')))}"
    for day, body in enumerate(bodies):
        archive.keep(answer(body, days=day, url=url))
    found = archive.latest(url)
    assert found is not None
    assert found[0].answer.body == bodies[-1]
    kept = [k.answer.body for k in archive.answers("govuk") if k.answer.url == url]
    assert kept == [body for before, body in zip([None, *bodies], bodies, strict=False) if body != before]
