"""GOV.UK over real HTTP: pages, parts and files, edits without notice, removed pages, and what is missing."""

from __future__ import annotations

import copy
import json
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

FIXTURES = Path(__file__).parent.parent / "fixtures" / "govuk"
SEARCH = "https://www.gov.uk/api/search.json"
CONTENT = "https://www.gov.uk/api/content"
PATH = "/government/publications/tackling-child-sexual-abuse-plan"
PLAN = json.loads((FIXTURES / "publication_policy_paper.input.json").read_text(encoding="utf-8"))
PART = json.loads((FIXTURES / "html_publication.input.json").read_text(encoding="utf-8"))
FILE = PLAN["details"]["attachments"][1]["url"]
PDF = (FIXTURES / "file_of_two_pages.input.pdf").read_bytes()
SCAN = (FIXTURES / "file_that_is_a_scan.input.pdf").read_bytes()
ROW = {
    "title": "Plan",
    "link": PATH,
    "public_timestamp": "2025-09-04T08:30:00Z",
    "organisations": [{"slug": "home-office"}],
}
ONE_BODY = {"settings": {"GOVUK_BODIES": "home-office"}}
WEEK_LATER = {"clock": datetime(2025, 9, 15, 6, tzinfo=UTC), "since": date(2025, 9, 11), "until": date(2025, 9, 15)}
LISTING = "home-office 2025-09-04 to 2025-09-04"


def tell(upstream: Any, *rows: Any, file: bytes = PDF, **how: Any) -> None:
    """Answer with a listing of the Home Office of 4 September, the plan, its part and its file."""
    found = list(rows or (ROW,))

    def listed(path: str) -> Any:
        asked = {key: values[0] for key, values in parse_qs(urlsplit(path).query).items()}
        first, last = (part[-10:] for part in asked["filter_public_timestamp"].split(","))
        fits = [row for row in found if first <= row["public_timestamp"][:10] <= last and "q" not in asked]
        return type(plan)(body=json.dumps({"results": fits, "total": len(fits)}).encode())

    upstream.tell(f"{CONTENT}{PATH}", PLAN)
    plan = upstream.answers[f"/www.gov.uk/api/content{PATH}"][0]
    upstream.tell(f"{CONTENT}{PART['base_path']}", PART)
    upstream.tell(FILE, file, **{"headers": {"Content-Type": "application/pdf"}, **how})
    upstream.answers["/www.gov.uk/api/search.json"] = listed


def asked_pages(upstream: Any) -> list[str]:
    return [path.split("/")[-1] for path in upstream.questions() if "search.json" not in path]


def test_a_page_comes_with_its_parts_and_files_and_a_second_crawl_brings_nothing(upstream: Any, crawling: Any) -> None:
    tell(upstream)
    report = crawling.one("govuk", **ONE_BODY)
    assert (report.outcome, report.reasons, report.counts["documents"]) == ("good", (), 3)
    page, *belongings = asked_pages(upstream)
    assert (page, sorted(belongings)) == (
        "tackling-child-sexual-abuse-plan",
        ["csa_plan.pdf", "tackling-child-sexual-abuse-our-plan"],
    )
    upstream.forget()
    report = crawling.one("govuk", **ONE_BODY)
    assert (report.outcome, report.counts["new_answers"], report.counts["documents"]) == ("good", 0, 0)
    assert asked_pages(upstream) == []


def test_what_others_publish_is_found_by_one_quoted_phrase_at_a_time(upstream: Any, crawling: Any) -> None:
    tell(upstream)
    assert crawling.all("govuk", **ONE_BODY).is_good
    asked = [parse_qs(urlsplit(path).query) for path in upstream.questions() if "search.json" in path]
    queries = [each["q"][0] for each in asked if "q" in each]
    assert len(queries) == len(set(queries)) > 10
    assert all(query[0] == query[-1] == '"' and query.count('"') == 2 for query in queries)
    assert all(each["reject_organisations"] == ["home-office"] for each in asked if "q" in each)
    assert not any("/search/all" in path for path in upstream.asked)


def test_an_edit_that_no_listing_tells_of_is_seen_within_a_week(upstream: Any, crawling: Any) -> None:
    tell(upstream)
    crawling.all("govuk", **ONE_BODY)
    edited = copy.deepcopy(PLAN)
    edited["details"]["body"] = edited["details"]["body"].replace("3 years", "5 years")
    upstream.tell(f"{CONTENT}{PATH}", edited)
    report = crawling.one("govuk", **ONE_BODY, **WEEK_LATER)
    assert (report.counts["rechecks"], report.counts["new_answers"], report.counts["not_modified"]) == (2, 1 + 15, 1)
    assert sum(path.endswith(PATH) for path, _, _ in crawling.kept()) == 2


ENDS = {
    "gone": ("gone", 410),
    "moved": ("redirect", 200),
    "not found": ("gone", 404),
}


@pytest.mark.parametrize(("fixture", "status"), ENDS.values(), ids=ENDS)
def test_a_page_that_is_removed_or_moved_is_news_and_no_failure(
    upstream: Any, crawling: Any, fixture: str, status: int
) -> None:
    tell(upstream)
    crawling.all("govuk", **ONE_BODY)
    upstream.tell(f"{CONTENT}{PATH}", (FIXTURES / f"{fixture}.input.json").read_bytes(), status=status)
    report = crawling.one("govuk", **ONE_BODY, **WEEK_LATER)
    assert (report.outcome, report.reasons) == ("good", ())
    assert [found for url, found, _ in crawling.kept() if url.endswith(PATH)] == sorted([200, status])


def test_a_file_that_failed_is_all_that_the_next_crawl_fetches(upstream: Any, crawling: Any) -> None:
    tell(upstream, file=b"broken", status=500)
    report = crawling.one("govuk", **ONE_BODY)
    assert report.outcome == "failed"
    assert report.reasons == (f"{FILE}: answered 500",)
    assert crawling.states()[LISTING] == "failed"
    tell(upstream)
    upstream.forget()
    assert crawling.one("govuk", **ONE_BODY).outcome == "good"
    assert asked_pages(upstream) == ["csa_plan.pdf"]
    assert crawling.states()[LISTING] == "collected"


def test_a_listing_that_failed_is_asked_for_again_by_the_crawl_of_another_week(upstream: Any, crawling: Any) -> None:
    tell(upstream)
    whole = upstream.answers["/www.gov.uk/api/search.json"]
    upstream.tell(SEARCH, {"error": "no"}, status=404)
    assert crawling.one("govuk", **ONE_BODY).outcome == "failed"
    upstream.answers["/www.gov.uk/api/search.json"] = whole
    report = crawling.one("govuk", **ONE_BODY, **WEEK_LATER)
    assert (report.outcome, report.counts["documents"]) == ("good", 3)
    assert crawling.states()[LISTING] == "collected"


UNREADABLE = {
    "a scan": ({"file": SCAN}, "good", "kind not collected: PDF without text (a scan?)"),
    "too large": ({"file": PDF + b" " * (26 * 1024 * 1024)}, "failed", "left out: it has more than 25 MB"),
}


@pytest.mark.parametrize(("how", "outcome", "words"), UNREADABLE.values(), ids=UNREADABLE)
def test_a_file_that_nobody_can_read_is_a_gap_and_is_not_asked_for_again(
    upstream: Any, crawling: Any, how: dict[str, Any], outcome: str, words: str
) -> None:
    tell(upstream, **how)
    report = crawling.one("govuk", **ONE_BODY)
    assert (report.outcome, report.counts["gaps"]) == (outcome, 1)
    (gap,) = [asked for asked in crawling.coverage() if asked.state == "failed"]
    assert gap.scope == f"file {FILE}"
    assert (gap.note or "").startswith(f"{FILE}: ")
    assert words.removeprefix("kind not collected: ") in (gap.note or "")
    upstream.forget()
    assert crawling.one("govuk", **ONE_BODY).outcome == "good"
    assert asked_pages(upstream) == []


WORD = FILE.replace(".pdf", ".docx")
WORD_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def test_a_page_whose_text_is_only_a_word_file_is_named_as_a_gap_once(upstream: Any, crawling: Any) -> None:
    tell(upstream)
    only_word = copy.deepcopy(PLAN)
    only_word["details"]["attachments"] = [
        {**PLAN["details"]["attachments"][1], "url": WORD, "content_type": WORD_TYPE, "filename": "csa_plan.docx"}
    ]
    only_word["links"]["children"] = []  # no HTML part either
    upstream.tell(f"{CONTENT}{PATH}", only_word)
    report = crawling.one("govuk", **ONE_BODY)
    assert (report.outcome, report.counts["gaps"]) == ("good", 1)
    (gap,) = [asked for asked in crawling.coverage() if asked.state == "failed"]
    assert (gap.scope, gap.note) == (
        f"file {WORD}",
        f"{WORD}: left out: a docx file can't be read, and no other has its text",
    )
    assert not any("docx" in path for path in asked_pages(upstream))
    assert crawling.one("govuk", **WEEK_LATER, **ONE_BODY).counts["gaps"] == 0


def test_a_word_file_beside_a_pdf_is_no_gap(upstream: Any, crawling: Any) -> None:
    tell(upstream)
    both = copy.deepcopy(PLAN)
    both["details"]["attachments"].append({**PLAN["details"]["attachments"][1], "url": WORD, "content_type": WORD_TYPE})
    upstream.tell(f"{CONTENT}{PATH}", both)
    assert crawling.one("govuk", **ONE_BODY).counts["gaps"] == 0


def test_a_file_of_600_megabytes_is_named_and_not_fetched(upstream: Any, crawling: Any) -> None:
    tell(upstream)
    large = copy.deepcopy(PLAN)
    large["details"]["attachments"][1]["file_size"] = 600 * 1024 * 1024
    upstream.tell(f"{CONTENT}{PATH}", large)
    report = crawling.one("govuk", **ONE_BODY)
    assert report.reasons == (f"{FILE}: left out: it has 600 MB, and we take 25 MB at most",)
    assert "csa_plan.pdf" not in asked_pages(upstream)


ROWS = {
    "of another body": ({**ROW, "organisations": [{"slug": "hm-treasury"}]}, 1, f"{PATH} lies outside what was asked"),
    "of another day": ({**ROW, "public_timestamp": "2024-01-01T00:00:00Z"}, 1, f"{PATH} lies outside what was asked"),
}


@pytest.mark.parametrize(("row", "total", "words"), ROWS.values(), ids=ROWS)
def test_a_listing_that_ignores_a_filter_is_refused_loudly(
    upstream: Any, crawling: Any, row: dict[str, Any], total: int, words: str
) -> None:
    tell(upstream)
    whole = upstream.answers["/www.gov.uk/api/search.json"]
    ignoring = type(upstream.answers[f"/www.gov.uk/api/content{PATH}"][0])(
        body=json.dumps({"results": [row], "total": total}).encode()
    )
    upstream.answers["/www.gov.uk/api/search.json"] = lambda path: ignoring if "filter_org" in path else whole(path)
    report = crawling.one("govuk", **ONE_BODY)
    assert report.outcome == "failed"
    assert words in report.reasons[0]
    assert asked_pages(upstream) == []


def test_a_listing_that_ignores_the_phrase_is_refused_loudly(upstream: Any, crawling: Any) -> None:
    tell(upstream)
    told = type(upstream.answers[f"/www.gov.uk/api/content{PATH}"][0])
    rows = [{**ROW, "link": f"{PATH}-{n}"} for n in range(500)]
    everything = told(body=json.dumps({"results": rows, "total": 90_000}).encode())
    nothing = told(body=json.dumps({"results": [], "total": 0}).encode())
    phrase = "q=%22grooming+gangs%22"
    upstream.answers["/www.gov.uk/api/search.json"] = lambda path: everything if phrase in path else nothing
    report = crawling.one("govuk", **ONE_BODY)
    assert report.outcome == "failed"
    assert report.reasons[0].endswith('90000 rows for "grooming gangs": was the query ignored?')
    assert asked_pages(upstream) == []
