"""Crawls over real HTTP against a loopback upstream: what is asked for, kept, counted and said to be missing."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from db.archive.archive import Archive
from processing.errors import BadInput
from processing.records import Asked
from spiders.runner import crawl

FIXTURES = Path(__file__).parent.parent / "fixtures"
STATEMENTS = "https://questions-statements-api.parliament.uk/api/writtenstatements/statements"
QUESTIONS = "https://questions-statements-api.parliament.uk/api/writtenquestions/questions"
WHOLE = "expandMember=true&sessionStatus=Any"
DAY = date(2025, 9, 4)


def fixture(source: str, case: str) -> Any:
    return json.loads((FIXTURES / source / f"{case}.input.json").read_text(encoding="utf-8"))


def tell_statements(upstream: Any, **how: Any) -> None:
    rows = [fixture("written_statements", case) for case in ("commons", "lords_pair")]
    upstream.tell(STATEMENTS, {"totalResults": 2, "results": rows})
    upstream.tell(f"{STATEMENTS}/1500001", rows[0], **how)
    upstream.tell(f"{STATEMENTS}/1500002", rows[1])


def test_statements_are_fetched_one_by_one_and_kept_under_their_live_addresses(upstream: Any, crawling: Any) -> None:
    tell_statements(upstream)
    report = crawling.one("written_statements")
    assert (report.outcome, report.reasons) == ("good", ())
    assert {k: v for k, v in report.counts.items() if v} == {
        "requests": 4, "robots": 1, "listings": 1, "documents": 2, "new_answers": 3, "new_listings": 1,
    }  # fmt: skip
    listing = f"{STATEMENTS}?madeWhenFrom=2025-09-04&madeWhenTo=2025-09-04&sessionStatus=Any&skip=0&take=200"
    urls = [f"{STATEMENTS}/1500001?{WHOLE}", f"{STATEMENTS}/1500002?{WHOLE}", listing]
    assert [(url, status) for url, status, _ in crawling.kept()] == [(url, 200) for url in urls]
    scope = Asked(source="written_statements", scope="made 2025-09-04", day=DAY, state="collected", found=2)
    assert crawling.coverage() == [scope]


def test_a_crawl_is_noted_with_its_beginning_and_end_by_the_clock_that_it_was_given(
    upstream: Any, crawling: Any
) -> None:
    tell_statements(upstream)
    crawling.all("written_statements")
    archive = Archive(crawling.folder)
    noted = [(source, begun, ended, outcome) for source, begun, ended, outcome, _, _ in archive.crawls()]
    archive.close()
    at = "2025-09-08T06:00:00.000000Z"
    assert noted == [("written_statements", at, at, "good")]


def test_a_second_crawl_asks_conditionally_and_brings_no_body(upstream: Any, crawling: Any) -> None:
    tell_statements(upstream)
    crawling.all("written_statements")
    before = crawling.kept()
    upstream.forget()
    report = crawling.one("written_statements")
    assert (report.outcome, report.counts["not_modified"], report.counts["new_answers"]) == ("good", 1, 0)
    assert len(upstream.questions()) == 1
    assert crawling.kept() == before


def test_it_says_who_it_is_and_sends_no_cookies(upstream: Any, crawling: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FOLLOWTHROUGH_CONTACT", "desk@example.org")
    tell_statements(upstream, headers={"Set-Cookie": "a=b"})
    crawling.all("written_statements")
    agents = {headers["User-Agent"] for headers in upstream.headers}
    assert agents == {"Followthrough/0.1 (register of government commitments; contact: desk@example.org)"}
    assert not any("Cookie" in headers or "Referer" in headers for headers in upstream.headers)


def test_robots_txt_is_obeyed_and_the_refusal_is_named(upstream: Any, crawling: Any) -> None:
    tell_statements(upstream)
    upstream.tell(
        "https://questions-statements-api.parliament.uk/robots.txt",
        b"User-agent: *\nDisallow: /api/writtenstatements/statements/1500002\n",
        headers={"Content-Type": "text/plain"},
    )
    report = crawling.one("written_statements")
    assert report.outcome == "failed"
    assert report.reasons[0] == f"{STATEMENTS}/1500002?{WHOLE}: Forbidden by robots.txt"
    assert [asked.state for asked in crawling.coverage()] == ["failed"]
    assert not any("1500002" in path for path in upstream.questions())


@pytest.mark.parametrize("status", [401, 403, 404])
def test_a_robots_txt_that_is_refused_forbids_nothing(upstream: Any, crawling: Any, status: int) -> None:
    tell_statements(upstream)
    upstream.tell("https://questions-statements-api.parliament.uk/robots.txt", b"no", status=status)
    report = crawling.one("written_statements")
    assert (report.outcome, report.reasons) == ("good", ())


def test_a_robots_txt_that_fails_forbids_all_until_it_answers(upstream: Any, crawling: Any) -> None:
    tell_statements(upstream)
    upstream.tell("https://questions-statements-api.parliament.uk/robots.txt", b"", status=500)
    report = crawling.one("written_statements")
    assert report.outcome == "failed"
    assert "answered 500 for its robots.txt" in report.reasons[0]
    assert upstream.questions() == []


def test_crawl_delay_is_kept_even_where_the_replica_has_no_delay(upstream: Any, crawling: Any) -> None:
    tell_statements(upstream)
    upstream.tell(
        "https://questions-statements-api.parliament.uk/robots.txt",
        b"User-agent: *\nCrawl-delay: 0.4\n",
        headers={"Content-Type": "text/plain"},
    )
    assert crawling.all("written_statements").is_good
    gaps = [later - earlier for earlier, later in zip(upstream.instants[1:], upstream.instants[2:], strict=False)]
    assert len(gaps) == 2
    assert min(gaps) > 0.35


def test_an_unknown_source_is_refused_with_the_names_there_are(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match=r"no such source: hansrad\. There are: .*hansard"):
        crawl(["hansrad"], tmp_path)
    assert list(tmp_path.iterdir()) == []


def question(number: int, **fields: Any) -> Any:
    found = fixture("written_questions", "withdrawn")
    found["value"] |= {"id": number, "isWithdrawn": False, **fields}
    return found


def tell_questions(upstream: Any, *questions: Any) -> None:
    upstream.answers["/" + QUESTIONS.removeprefix("https://")] = lambda path: listing_of(path, questions)
    for each in questions:
        upstream.tell(f"{QUESTIONS}/{each['value']['id']}", each)


def listing_of(path: str, questions: Any) -> Any:
    given = {key: values[0] for key, values in parse_qs(urlsplit(path).query).items()}
    rows = [
        q
        for q in questions
        if (given.get("tabledWhenFrom") or "0") <= q["value"]["dateTabled"][:10] <= (given.get("tabledWhenTo") or "9")
        and (
            "correctedWhenFrom" not in given or (q["value"]["dateAnswerCorrected"] or "") >= given["correctedWhenFrom"]
        )
    ]
    return told({"totalResults": len(rows), "results": rows[int(given["skip"]) :][: int(given["take"])]})


def told(value: Any, **how: Any) -> Any:
    defaults = {"status": 200, "headers": {}, "cut": False, "wait": 0.0}
    return SimpleNamespace(body=json.dumps(value).encode(), **{**defaults, **how})


SEPT = {"since": date(2025, 9, 1), "until": date(2025, 9, 3)}


def test_of_other_departments_only_questions_that_name_a_tracked_term_are_fetched(upstream: Any, crawling: Any) -> None:
    justice = {"answeringBodyId": 54, "answeringBodyName": "Ministry of Justice"}
    tell_questions(
        upstream,
        question(1),
        question(2, **justice, heading="Courts", questionText="To ask about victims of child sexual abuse."),
        question(3, **justice, heading="Courts: Fees", questionText="To ask about fees."),
    )
    report = crawling.one("written_questions", **SEPT)
    assert (report.outcome, report.counts["documents"]) == ("good", 2)
    fetched = {path.rsplit("/", 1)[-1] for path in upstream.questions() if path.endswith(WHOLE)}
    assert fetched == {f"1?{WHOLE}", f"2?{WHOLE}"}


def test_an_open_question_is_read_again_until_it_has_its_answer(upstream: Any, crawling: Any) -> None:
    tell_questions(upstream, question(1))
    crawling.all("written_questions", **SEPT)
    later = {"since": date(2025, 11, 1), "until": date(2025, 11, 2)}
    upstream.forget()
    assert crawling.one("written_questions", **later).counts["rechecks"] == 1
    tell_questions(
        upstream, question(1, dateAnswered="2025-11-01T00:00:00", answerText="<p>Yes.</p>", answerIsHolding=False)
    )
    assert crawling.one("written_questions", **later).counts["documents"] == 1
    assert crawling.one("written_questions", **later).counts["rechecks"] == 0


def test_a_question_in_the_listing_is_fetched_again_only_when_its_dates_moved(upstream: Any, crawling: Any) -> None:
    tell_questions(upstream, question(1), question(2))
    crawling.all("written_questions", **SEPT)
    tell_questions(
        upstream,
        question(1),
        question(2, dateAnswered="2025-09-03T00:00:00", answerText="<p>Yes.</p>", answerIsHolding=True),
    )
    upstream.forget()
    report = crawling.one("written_questions", **SEPT)
    assert (report.counts["documents"], report.counts["unchanged"]) == (1, 1)
    assert [path for path in upstream.questions() if path.endswith(WHOLE)] == [
        f"/questions-statements-api.parliament.uk/api/writtenquestions/questions/2?{WHOLE}"
    ]


def test_rows_outside_the_days_asked_for_are_refused_loudly(upstream: Any, crawling: Any) -> None:
    upstream.answers["/" + QUESTIONS.removeprefix("https://")] = lambda path: told(
        {"totalResults": 1, "results": [question(7, dateTabled="2024-01-01T00:00:00")] if "tabled" in path else []}
        if "tabled" in path
        else {"totalResults": 0, "results": []}
    )
    report = crawling.one("written_questions", since=SEPT["since"], until=SEPT["since"])
    assert report.outcome == "failed"
    assert "question 7 lies outside what was asked for" in report.reasons[0]
    assert [(asked.scope, asked.state) for asked in crawling.coverage()] == [
        ("corrected", "empty"),
        ("tabled 2025-09-01", "failed"),
    ]


def test_a_listing_that_shifts_while_paged_is_read_anew(upstream: Any, crawling: Any) -> None:
    rows = [question(n) for n in range(1, 302)]
    totals = iter([300, 301])

    def shifting(path: str) -> Any:
        if "corrected" in path:
            return told({"totalResults": 0, "results": []})
        total = next(totals, 301)
        skip = int(parse_qs(path)["skip"][0])
        return told({"totalResults": total, "results": rows[:total][skip:][:200]})

    upstream.answers["/" + QUESTIONS.removeprefix("https://")] = shifting
    for row in rows:
        upstream.tell(f"{QUESTIONS}/{row['value']['id']}", row)
    report = crawling.one("written_questions", since=date(2025, 9, 2), until=date(2025, 9, 2))
    assert (report.outcome, report.counts["documents"]) == ("good", 301)


def test_a_host_is_never_asked_faster_than_its_delay_however_quick_it_answers(upstream: Any, crawling: Any) -> None:
    tell_statements(upstream)
    host = "questions-statements-api.parliament.uk"
    live = {
        "DOWNLOAD_SLOTS": {host: {"concurrency": 1, "delay": 0.5, "jitter": 0}},
        "AUTOTHROTTLE_ENABLED": True,
        "AUTOTHROTTLE_START_DELAY": 0.1,
    }
    assert crawling.all("written_statements", settings=live).is_good
    gaps = [later - earlier for earlier, later in zip(upstream.instants, upstream.instants[1:], strict=False)]
    assert min(gaps) >= 0.45
