"""What a crawl does when an upstream misbehaves: it says so, keeps nothing broken, and the next crawl mends the gap."""

from __future__ import annotations

import json
import logging
import os
import random
import re
import signal
import subprocess
import sys
import time
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from processing.records import Document
from spiders.written_statements import read

FIXTURES = Path(__file__).parent.parent / "fixtures" / "written_statements"
ROOT = Path(__file__).parent.parent.parent
API = "https://questions-statements-api.parliament.uk/api/writtenstatements/statements"
HOST = API.removeprefix("https://")
WHOLE = "expandMember=true&sessionStatus=Any"
ONE = f"{API}/1500001?{WHOLE}"
ROW = json.loads((FIXTURES / "commons.input.json").read_text(encoding="utf-8"))
GOOD = json.dumps(ROW).encode()
HTML = {"Content-Type": "text/html", "ETag": ""}


def tell(upstream: Any, body: bytes = GOOD, *more: Any, rows: int = 1, **how: Any) -> None:
    """Answer with a listing of one statement, and the statement as told."""
    values = [{**ROW, "value": {**ROW["value"], "id": 1500001 + n}} for n in range(rows)]
    upstream.tell(API, {"totalResults": rows, "results": values})
    for n, value in enumerate(values[1:], start=1):
        upstream.tell(f"{API}/{1500001 + n}", value)
    upstream.tell(f"{API}/1500001", body, *more, **how)


def test_an_error_that_passes_costs_a_retry_and_nothing_else(upstream: Any, crawling: Any) -> None:
    tell(upstream, b"busy", status=503)
    busy = upstream.answers[f"/{HOST}/1500001"][0]
    upstream.answers[f"/{HOST}/1500001"] = [busy, type(busy)(body=GOOD)]
    report = crawling.one("written_statements")
    assert (report.outcome, report.counts["retries"], report.counts["documents"]) == ("good", 1, 1)


# what the replica can't do; its own faults stand in test_replica_faults.py
BROKEN: dict[str, tuple[dict[str, Any], str]] = {
    "not found": ({"body": b"", "status": 404}, "answered 404"),
    "refused": ({"body": b"<html>no</html>", "status": 403, "headers": HTML}, "answered 403"),
    "cut off on the way": ({"body": GOOD, "cut": True}, "broke off in the middle of its answer"),
    "too large": ({"body": GOOD + b" " * 200_000}, "its answer is larger than 100000 bytes, the most that we take"),
}


@pytest.mark.parametrize(("how", "reason"), BROKEN.values(), ids=BROKEN)
def test_a_broken_answer_is_named_and_the_next_crawl_fetches_just_that(
    upstream: Any, crawling: Any, how: dict[str, Any], reason: str
) -> None:
    tell(upstream, rows=2, **how)
    # the next crawl is of another week: what is missing is asked for all the same
    settings = {"DOWNLOAD_MAXSIZE": 100_000}
    report = crawling.one("written_statements", settings=settings)
    assert report.outcome == "failed"
    assert report.reasons[0].startswith(f"{ONE}: ")
    assert reason in report.reasons[0]
    assert report.counts["gaps"] == 1
    assert crawling.states() == {"made 2025-09-04": "failed"}
    assert not any(url == ONE and status == 200 for url, status, _ in crawling.kept())

    tell(upstream, rows=2)
    upstream.forget()
    report = crawling.one("written_statements", settings=settings)
    assert (report.outcome, report.counts["documents"]) == ("good", 1)
    assert [path.split("?")[0].rsplit("/", 1)[-1] for path in upstream.questions()] == ["statements", "1500001"]
    assert crawling.states() == {"made 2025-09-04": "collected"}


def test_a_day_that_failed_is_asked_for_again_when_it_is_long_past(upstream: Any, crawling: Any) -> None:
    tell(upstream, b"broken", status=500)
    assert crawling.one("written_statements").outcome == "failed"
    tell(upstream)
    on_the_day = upstream.answers[f"/{HOST}"][0]
    nothing = type(on_the_day)(body=b'{"totalResults": 0, "results": []}')
    upstream.answers[f"/{HOST}"] = lambda path: on_the_day if "madeWhenFrom=2025-09-04" in path else nothing
    later = date(2025, 12, 1)
    assert crawling.one("written_statements", since=later, until=later).outcome == "good"
    assert crawling.states() == {"made 2025-09-04": "collected", "made 2025-12-01": "empty"}


def test_a_time_out_is_tried_again_and_then_named(upstream: Any, crawling: Any) -> None:
    tell(upstream, wait=1.0)
    report = crawling.one("written_statements", settings={"DOWNLOAD_TIMEOUT": 0.4, "RETRY_TIMES": 1})
    assert report.outcome == "failed"
    assert report.counts["retries"] == 1
    assert report.reasons[0] == f"{ONE}: gave no answer within 0 s"


def test_retry_after_rests_the_whole_host(upstream: Any, crawling: Any) -> None:
    tell(upstream, b"slow down", rows=3, status=429, headers={"Retry-After": "1"})
    path = f"/{HOST}/1500001"
    refusal = upstream.answers[path][0]
    upstream.answers[path] = [refusal, type(refusal)(body=GOOD)]
    assert crawling.one("written_statements").outcome == "good"
    refused = next(n for n, asked in enumerate(upstream.asked) if "/1500001" in asked)
    after = [instant - upstream.instants[refused] for instant in upstream.instants[refused + 1 :]]
    assert len(after) >= 1
    assert max(after) >= 0.95
    assert upstream.asked[-1].split("?")[0] == path


def test_a_host_that_wants_a_longer_rest_is_left_alone_until_the_next_crawl(upstream: Any, crawling: Any) -> None:
    tell(upstream, b"slow down", status=429, headers={"Retry-After": "3123"})
    report = crawling.one("written_statements", settings={"RETRY_AFTER_LIMIT_SECONDS": 5})
    assert re.search(r"asked us to wait 3\d\d\d s, longer than we do within one run", report.reasons[0])
    assert len(upstream.questions()) == 2


def test_a_renamed_field_is_named_with_its_place_until_the_reader_is_mended(upstream: Any, crawling: Any) -> None:
    renamed = {**ROW, "value": {key.replace("title", "heading"): value for key, value in ROW["value"].items()}}
    tell(upstream, json.dumps(renamed).encode())
    for _ in range(2):  # an unchanged answer does not make it good
        report = crawling.one("written_statements")
        assert (report.outcome, report.reasons) == ("failed", (f"{ONE}.value: title is missing",))
    assert any(url == ONE for url, _, _ in crawling.kept())


def test_a_new_field_is_a_warning_with_its_name(caplog: pytest.LogCaptureFixture) -> None:
    extended = {**ROW, "value": {**ROW["value"], "mood": "hopeful"}}
    with caplog.at_level(logging.WARNING):
        (document,) = read(json.dumps(extended).encode(), ONE)
    assert isinstance(document, Document)
    assert caplog.messages == [f"{ONE}.value has fields we do not read: mood"]


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_a_crawl_killed_at_any_moment_and_started_again_ends_with_the_same_archive(
    upstream: Any, crawling: Any, tmp_path: Path, seed: int
) -> None:
    tell(upstream, rows=30)
    quiet = type(upstream.answers[f"/{HOST}"][0])
    for n in range(1, 30):
        path = f"/{HOST}/{1500001 + n}"
        upstream.answers[path] = [quiet(body=upstream.answers[path][0].body, wait=0.02)]
    task = {
        "names": ["written_statements"], "folder": str(crawling.folder), "replica": upstream.base, "settings": {},
        "since": "2025-09-04", "until": "2025-09-04", "clock": "2025-09-08T06:00:00+00:00",
    }  # fmt: skip
    moments = random.Random(seed)  # noqa: S311 -- moments, not secrets
    broken_off = []
    for _ in range(2):
        reached = len(upstream.asked) + moments.randrange(1, 14)
        upstream.stop_at = reached + 2  # a test that is kept waiting must not find the crawl done
        with subprocess.Popen([sys.executable, "-m", "spiders.runner", json.dumps(task)], cwd=ROOT) as child:  # noqa: S603
            while len(upstream.asked) < reached:
                time.sleep(0.005)
            time.sleep(moments.uniform(0, 0.03))
            os.kill(child.pid, signal.SIGKILL)
        upstream.go_on()
        broken_off.append(len(crawling.kept()))
    assert crawling.one("written_statements").outcome == "good"
    whole = type(crawling)(upstream, tmp_path / "whole")
    assert whole.one("written_statements").outcome == "good"
    assert broken_off[0] <= broken_off[1] < len(whole.kept()) == 31
    assert crawling.kept() == whole.kept()
    assert crawling.coverage() == whole.coverage()


def test_a_host_that_is_down_is_not_asked_for_everything_in_turn(upstream: Any, crawling: Any) -> None:
    upstream.tell(API, b"down", status=503)
    how = {"since": date(2025, 8, 1), "until": date(2025, 9, 8), "settings": {"RETRY_BACKOFF_SECONDS": 0.01}}
    report = crawling.one("written_statements", **how)
    assert len(upstream.questions()) == 15
    assert report.counts["gaps"] == 39
    assert report.reasons[-1].endswith("failed 15 times in a row: left alone until the next run")
