"""Hansard's sweep over loopback: every debate once, again when its day changed, and no sitting day passed over."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from processing.errors import SourceChanged
from spiders.hansard import Section, sections, to_ask
from spiders.hansard_debates import parse_attribution, read_value, slug

API = "https://hansard-api.parliament.uk"
FIXTURES = Path(__file__).parent.parent / "fixtures" / "hansard"
STATEMENT = json.loads((FIXTURES / "statement_with_continuations.input.json").read_text(encoding="utf-8"))
CHILD = {**STATEMENT, "Overview": {**STATEMENT["Overview"], "ExtId": "child-1", "Title": "New clause 1"}}
SINCE, UNTIL = date(2025, 9, 1), date(2025, 9, 5)


def row(number: int, parent: int | None, ext: str | None, tag: str | None, title: str = "A title") -> dict[str, Any]:
    return {
        "Id": number, "Title": title, "ParentId": parent, "SortOrder": number, "ExternalId": ext, "HRSTag": tag,
        "HansardSection": None, "Timecode": None,
    }  # fmt: skip


def tree(rows: list[dict[str, Any]], updated: str = "2025-09-02T23:10:00") -> list[dict[str, Any]]:
    return [
        {
            "House": "Commons", "ItemDate": "2025-09-02T00:00:00", "Metadata": None, "Title": "Commons Chamber",
            "Description": None, "SectionType": 1, "SortOrder": 1, "LastUpdated": updated, "VolumeNo": 772,
            "Source": 2, "SectionTreeItems": rows,
        }
    ]  # fmt: skip


ROWS = [
    row(1, None, "venue", None),
    row(2, 1, "AAA", "hs_2cStatement"),
    row(3, 1, "dept", "hs_6bDepartment"),
    row(4, 3, "BBB", "hs_8Question"),
    row(5, 1, "bill", "hs_2BillTitle"),
    row(6, 5, "CHILD-1", "hs_8Clause"),
    row(7, 5, "child-2", "hs_8Clause"),
]


def debate(ext: str, **more: Any) -> dict[str, Any]:
    return {**STATEMENT, "Overview": {**STATEMENT["Overview"], "ExtId": ext}, **more}


def tell(upstream: Any, rows: list[dict[str, Any]] = ROWS, **how: Any) -> None:
    upstream.tell(f"{API}/overview/calendar.json", [])
    days = [{"House": "Commons", "ItemDate": "2025-09-02T00:00:00", "Metadata": None}]
    upstream.tell(f"{API}/overview/calendar.json?year=2025&month=9&house=Commons", days)
    upstream.tell(f"{API}/overview/sectionsforday.json?date=2025-09-02&house=Commons", ["Debate", "WMS"])
    upstream.tell(f"{API}/overview/sectiontrees.json?section=Debate&date=2025-09-02&house=Commons", tree(rows, **how))
    for ext in ("AAA", "BBB", "child-2"):
        upstream.tell(f"{API}/debates/debate/{ext}.json", debate(ext))
    upstream.tell(f"{API}/debates/debate/bill.json", debate("bill", ChildDebates=[CHILD]))


def test_every_debate_is_fetched_once_and_children_only_where_they_did_not_come_along(
    upstream: Any, crawling: Any
) -> None:
    tell(upstream)
    report = crawling.one("hansard", since=SINCE, until=UNTIL)
    assert (report.outcome, report.reasons) == ("good", ())
    assert sorted(path.rsplit("/", 1)[-1] for path in upstream.questions() if "/debates/" in path) == [
        "AAA.json", "BBB.json", "bill.json", "child-2.json",
    ]  # fmt: skip
    assert report.counts["documents"] == 5
    assert crawling.states() == {
        "Commons 2025-09-02": "collected",
        "Commons calendar 2025-09": "collected",
        "Lords calendar 2025-09": "empty",
    }


def test_an_unchanged_day_costs_its_listings_and_a_changed_one_its_debates(upstream: Any, crawling: Any) -> None:
    tell(upstream)
    crawling.one("hansard", since=SINCE, until=UNTIL)
    second = crawling.one("hansard", since=SINCE, until=UNTIL)
    assert (second.counts["new_answers"], second.counts["rechecks"], second.counts["not_modified"]) == (0, 0, 4)

    tell(upstream, updated="2025-09-05T12:00:00")
    upstream.tell(f"{API}/debates/debate/AAA.json", debate("AAA", Items=STATEMENT["Items"][:4]))
    later = {"clock": datetime(2025, 9, 15, 6, tzinfo=UTC), "since": SINCE, "until": date(2025, 9, 15)}
    third = crawling.one("hansard", **later)
    assert (third.outcome, third.counts["rechecks"], third.counts["documents"]) == ("good", 4, 1)
    assert crawling.one("hansard", **later).counts["rechecks"] == 0


def test_each_debate_is_asked_for_again_after_a_week_so_that_a_silent_change_is_seen(
    upstream: Any, crawling: Any
) -> None:
    tell(upstream)
    crawling.one("hansard", since=SINCE, until=UNTIL)
    # neither calendar nor tree tells of the change
    upstream.tell(f"{API}/debates/debate/AAA.json", debate("AAA", Items=STATEMENT["Items"][:4]))
    later = {"clock": datetime(2025, 9, 15, 6, tzinfo=UTC), "since": SINCE, "until": date(2025, 9, 15)}
    upstream.forget()
    report = crawling.one("hansard", **later)
    assert (report.counts["rechecks"], report.counts["new_answers"], report.counts["documents"]) == (4, 1, 1)
    assert sum("/debates/" in path for path in upstream.asked) == 4
    assert crawling.one("hansard", **later).counts["rechecks"] == 0


def test_a_month_of_the_calendar_that_failed_is_swept_by_the_next_crawl(upstream: Any, crawling: Any) -> None:
    tell(upstream)
    calendar = f"{API}/overview/calendar.json?year=2025&month=9&house=Commons"
    days = upstream.answers["/" + calendar.removeprefix("https://")]
    upstream.tell(calendar, b"no", status=404)
    assert crawling.one("hansard", since=SINCE, until=UNTIL).outcome == "failed"
    assert crawling.states()["Commons calendar 2025-09"] == "failed"
    upstream.answers["/" + calendar.removeprefix("https://")] = days
    report = crawling.one("hansard", since=date(2025, 12, 1), until=date(2025, 12, 8))
    assert (report.outcome, report.counts["documents"]) == ("good", 5)
    assert crawling.states()["Commons calendar 2025-09"] == "collected"


def test_children_of_a_debate_are_asked_for_after_a_crawl_that_ended_between(upstream: Any, crawling: Any) -> None:
    tell(upstream)
    upstream.tell(f"{API}/debates/debate/child-2.json", b"no", status=404)
    assert crawling.one("hansard", since=SINCE, until=UNTIL).outcome == "failed"
    tell(upstream)
    upstream.forget()
    report = crawling.one("hansard", since=SINCE, until=UNTIL)
    assert (report.outcome, report.counts["documents"]) == ("good", 1)
    assert [path for path in upstream.questions() if "/debates/" in path] == [
        "/hansard-api.parliament.uk/debates/debate/child-2.json"
    ]


@pytest.mark.parametrize(
    ("until", "state", "outcome"),
    [(date(2025, 9, 4), "pending", "good"), (date(2025, 9, 9), "failed", "failed")],
    ids=["while Hansard loads", "days after"],
)
def test_a_sitting_day_without_sections_is_never_empty(
    upstream: Any, crawling: Any, until: date, state: str, outcome: str
) -> None:
    tell(upstream)
    upstream.tell(f"{API}/overview/sectionsforday.json?date=2025-09-02&house=Commons", [])
    report = crawling.one("hansard", since=SINCE, until=until)
    assert (crawling.states()["Commons 2025-09-02"], report.outcome) == (state, outcome)
    assert report.counts["gaps"] == 1
    tell(upstream)
    # the day is long past when Hansard has it
    report = crawling.one("hansard", since=date(2025, 11, 1), until=date(2025, 11, 1))
    assert (crawling.states()["Commons 2025-09-02"], report.counts["documents"]) == ("collected", 5)


def test_a_tree_of_another_day_is_refused(upstream: Any, crawling: Any) -> None:
    tell(upstream)
    other = tree(ROWS)
    other[0]["ItemDate"] = "2025-06-02T00:00:00"
    upstream.tell(f"{API}/overview/sectiontrees.json?section=Debate&date=2025-09-02&house=Commons", other)
    report = crawling.one("hansard", since=SINCE, until=UNTIL)
    assert "Commons 2025-06-02 lies outside what was asked for" in report.reasons[0]


def test_debates_are_the_topmost_sections_that_do_not_only_hold_others() -> None:
    body = json.dumps(tree(ROWS)).encode()
    asked = to_ask(sections(body, "u", "Commons", date(2025, 9, 2)))
    assert [(s.ext, [b.ext for b in below]) for s, below in asked] == [
        ("AAA", []),
        ("BBB", []),
        ("bill", ["CHILD-1", "child-2"]),
    ]


def test_a_section_that_hangs_on_itself_is_refused() -> None:
    body = json.dumps(tree([row(1, 2, "a", None), row(2, 1, "b", None)])).encode()
    with pytest.raises(SourceChanged, match="2 sections hang in no tree"):
        to_ask(sections(body, "u", "Commons", date(2025, 9, 2)))


PRINTED = {
    "The Parliamentary Under-Secretary of State for the Home Department (Anwen Roe)": (
        "Anwen Roe", "The Parliamentary Under-Secretary of State for the Home Department",
    ),
    "The Minister of State, Home Office (Lord Ashby of Fenwick) (Lab)": (
        "Lord Ashby of Fenwick", "The Minister of State, Home Office",
    ),
    "The Advocate-General for Scotland (Lord Orme) (Con)": ("Lord Orme", "The Advocate-General for Scotland"),
    "The Prime Minister (Jon Vale)": ("Jon Vale", "The Prime Minister"),
    "Baroness Lisle (Lab)": ("Baroness Lisle", None),
    "The Earl of Thornmere (CB)": ("The Earl of Thornmere", None),
    "The Lord Bishop of Thornmere": ("The Lord Bishop of Thornmere", None),
    "Priya Ellwood (Thornmere) (Lab)": ("Priya Ellwood", None),
    "Sir Hugh Pell (in the Chair)": ("Sir Hugh Pell", None),
    "Madam Deputy Speaker (Hester Quill)": ("Hester Quill", "Madam Deputy Speaker"),
    "Mr Speaker": ("Mr Speaker", None),
    "": ("", None),
}  # fmt: skip


@pytest.mark.parametrize(("words", "expected"), PRINTED.items(), ids=PRINTED)
def test_name_and_office_are_read_from_the_words_printed(words: str, expected: tuple[str, str | None]) -> None:
    assert parse_attribution(words) == expected


MARK = '<span id="{0}" class="column-number" data-column-number="{0}"></span>'


@given(st.lists(st.text("abc .", max_size=12), min_size=1, max_size=6), st.integers(1, 900))
def test_column_marks_leave_no_trace_in_the_text(pieces: list[str], first: int) -> None:
    marked = pieces[0] + "".join(MARK.format(first + n) + piece for n, piece in enumerate(pieces[1:]))
    text, _, columns, _ = read_value(marked)
    assert text == " ".join("".join(pieces).split())
    assert columns == tuple(str(first + n) for n in range(len(pieces) - 1))


@given(st.text())
def test_reading_a_value_never_fails_and_text_is_tidy(value: str) -> None:
    text, _, _, _ = read_value(value)
    assert text == text.strip()
    assert "\r" not in text


@given(st.text())
def test_a_permalink_has_a_plain_last_part(title: str) -> None:
    assert slug(title).isascii()
    assert slug(title).isalnum()


@given(st.integers(1, 30), st.data())
def test_no_section_is_lost_and_none_is_asked_for_twice(count: int, drawn: st.DataObject) -> None:
    tags = st.sampled_from([None, "hs_6bDepartment", "hs_8Question", "hs_2BillTitle"])
    tree = [
        Section(number=n, parent=drawn.draw(st.integers(0, n - 1)) or None, ext=f"e{n}", tag=drawn.draw(tags), title="")
        for n in range(1, count + 1)
    ]
    asked = to_ask(tree)
    reached = [section.number for top, below in asked for section in [top, *below]]
    assert len(reached) == len(set(reached))
    parents = {section.parent for section in tree}
    leaves = {section.number for section in tree if section.number not in parents}
    assert leaves <= set(reached)


def search_row(number: int, day: str, ext: str) -> dict[str, Any]:
    return {"ItemId": number, "SittingDate": f"{day}T00:00:00", "House": "Commons", "DebateSectionExtId": ext}


def tell_search(upstream: Any, *, failing: str, ignored: bool = False) -> None:
    """Answer searches; one that spans the failing day and more fails, as does the day itself."""

    def answer(path: str) -> Any:
        asked = {key.split(".")[-1]: values[0] for key, values in parse_qs(urlsplit(path).query).items()}
        if asked["startDate"] <= failing <= asked["endDate"]:
            return told(b"broken", status=500)
        rows = [search_row(1, "2025-03-03", "AAA"), search_row(2, "2025-03-05", "BBB")]
        if asked["house"] != "Commons" or asked["searchTerm"] != '"child sexual abuse"':
            rows = []
        rows = [row for row in rows if ignored or asked["startDate"] <= row["SittingDate"][:10] <= asked["endDate"]]
        return told(json.dumps({"TotalResultCount": len(rows), "Results": rows}).encode())

    kind = type(upstream.told("/nowhere"))

    def told(body: bytes, status: int = 200) -> Any:
        return kind(body=body, status=status)

    upstream.answers["/hansard-api.parliament.uk/search/contributions/Spoken.json"] = answer


SEARCH = {"HANSARD_SEARCH": True, "HANSARD_PHRASES": ["child sexual abuse"]}
LONG_AGO = {"since": date(2025, 3, 3), "until": date(2025, 3, 6), "settings": SEARCH}


def test_search_halves_a_window_that_fails_down_to_a_day_which_is_a_gap(upstream: Any, crawling: Any) -> None:
    tell(upstream)
    tell_search(upstream, failing="2025-03-04")
    report = crawling.one("hansard", **LONG_AGO)
    assert report.outcome == "failed"
    gaps = [reason for reason in report.reasons if "searchTerm" in reason]
    assert all("startDate=2025-03-04&queryParameters.endDate=2025-03-04" in gap for gap in gaps)
    assert len(gaps) == 2  # one for each House
    fetched = {path.rsplit("/", 1)[-1] for path in upstream.questions() if "/debates/" in path}
    assert fetched == {"AAA.json", "BBB.json"}


def test_search_rows_outside_the_window_are_refused(upstream: Any, crawling: Any) -> None:
    tell(upstream)
    tell_search(upstream, failing="never", ignored=True)
    report = crawling.one("hansard", **{**LONG_AGO, "until": date(2025, 3, 4)})
    assert "Commons 2025-03-05 lies outside what was asked for" in report.reasons[0]
