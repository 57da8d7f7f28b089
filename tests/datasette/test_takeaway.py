"""Feeds, calendars and tables: valid, complete, and the same thing twice is the same entry."""

from __future__ import annotations

import csv
import io
import json
import sqlite3
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree as ET

import feedparser
import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar
from openpyxl import load_workbook

from commands.serve import browser
from db.pages.export import TABLE
from showing.atom import ATOM, FeedEntry, atom
from showing.ical import DueDate, calendar
from tests.datasette.serving import served

if TYPE_CHECKING:
    from pathlib import Path

FEEDS = {
    "/changes.atom?since=2025-09-01": 22,
    "/commitments.atom?status=overdue": 2,
    "/commitments.atom?words=strategy": 2,
    "/search.atom?q=duty": 3,
    "/search.atom?q=%22nothing+at+all%22": 0,
}


@pytest.mark.parametrize(("path", "entries"), FEEDS.items())
def test_a_feed_is_valid_atom(client: httpx.Client, path: str, entries: int) -> None:
    answer = client.get(path)
    assert answer.headers["content-type"] == "application/atom+xml; charset=utf-8"
    feed = feedparser.parse(answer.text)
    assert (feed.bozo, feed.version, len(feed.entries)) == (False, "atom10", entries)
    ids = [entry.id for entry in feed.entries]
    assert len(set(ids)) == len(ids)
    for entry in feed.entries:
        assert entry.id.startswith("tag:followthrough,2025:")
        assert entry.link.startswith("http")
        assert entry.updated_parsed is not None
        assert entry.title
        assert entry.author
    root = ET.fromstring(answer.text)  # noqa: S314 -- our own answer
    links = {link.get("rel"): link.get("href") for link in root.findall(f"{{{ATOM}}}link")}
    assert links == {"self": str(answer.url), "alternate": str(answer.url).replace(".atom", "", 1)}
    assert root.find(f"{{{ATOM}}}updated") is not None


def test_a_feed_tells_what_happened_with_the_exact_words(client: httpx.Client) -> None:
    entry = feedparser.parse(client.get("/commitments.atom?words=strategy").text).entries[0]
    assert entry.title == "Slipped: Publish a cross-government child protection strategy"
    assert entry.summary == (
        "Slipped by 151 days: 31 December 2025 to 31 May 2026. (Home Office, 18 November 2025)\n\n"
        "“We will publish the child protection strategy by spring 2026”"
    )
    assert entry.link.endswith("/commitment/FT-1")


@given(st.text(), st.text())
def test_any_text_gives_a_feed_that_can_be_read(title: str, text: str) -> None:
    entry = FeedEntry(
        id="event:1", title=title, updated="2025-11-24T00:00:00Z", link="https://example.test/1", text=text
    )
    made = atom(
        title=title, address="https://example.test/x.atom", page="https://example.test/x", updated="", entries=[entry]
    )
    root = ET.fromstring(made)  # noqa: S314 -- our own text
    found = root.find(f"{{{ATOM}}}entry/{{{ATOM}}}summary")
    assert found is not None
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    assert (found.text or "") == "".join(one if one in "\t\n" or is_writable(ord(one)) else "�" for one in lines)


def is_writable(code: int) -> bool:
    return 0x20 <= code <= 0xD7FF or 0xE000 <= code <= 0xFFFD or code >= 0x10000


def events(text: bytes) -> list[Any]:
    return list(Calendar.from_ical(text).walk("VEVENT"))


def test_the_calendar_of_what_is_due_has_an_entry_a_deadline(client: httpx.Client) -> None:
    answer = client.get("/due.ics")
    assert answer.headers["content-type"] == "text/calendar; charset=utf-8"
    found = {str(event["uid"]): event for event in events(answer.content)}
    assert list(found) == [f"FT-{number}@followthrough" for number in (13, 9, 1, 14, 10, 3)]
    told = {
        name: (str(event["summary"]), event.decoded("dtstart"), event["sequence"], str(event["status"]))
        for name, event in found.items()
    }
    assert told["FT-9@followthrough"] == (
        "Make police forces record the ethnicity of suspects (Home Office, FT-9)",
        date(2026, 1, 1),
        1,
        "CONFIRMED",
    )
    assert told["FT-1@followthrough"] == (
        "About: Publish a cross-government child protection strategy (Home Office, FT-1)",
        date(2026, 5, 31),
        1,
        "TENTATIVE",
    )
    assert told["FT-3@followthrough"][0].startswith("Overdue: Set up a national panel")
    assert "In the words “by spring 2026”." in str(found["FT-1@followthrough"]["description"])
    assert "No exact day was given" in str(found["FT-1@followthrough"]["description"])
    assert "No exact day was given" not in str(found["FT-9@followthrough"]["description"])


def test_every_entry_of_a_calendar_has_what_the_standard_asks_for(client: httpx.Client) -> None:
    made = Calendar.from_ical(client.get("/due.ics").content)
    assert (str(made["version"]), str(made["method"]), bool(made["prodid"])) == ("2.0", "PUBLISH", True)
    for event in made.walk("VEVENT"):
        assert {"UID", "DTSTAMP", "DTSTART", "DTEND", "SUMMARY", "SEQUENCE"} <= set(event)
        assert (event.decoded("dtend") - event.decoded("dtstart")).days == 1
        assert event["dtstart"].params["VALUE"] == "DATE"


def test_a_calendar_writes_lines_of_75_octets_that_end_as_the_standard_says(client: httpx.Client) -> None:
    body = client.get("/due.ics").content
    lines = body.split(b"\r\n")
    assert b"\n" not in body.replace(b"\r\n", b"")
    assert max(map(len, lines)) <= 75


def test_a_date_that_moves_keeps_its_uid_and_raises_its_sequence(folder: Path) -> None:
    with served(browser(folder)) as address:
        before = events(httpx.get(f"{address}/commitment/FT-13.ics").content)[0]
        change = sqlite3.connect(folder / "followthrough.db")
        change.execute("UPDATE commitments SET latest = '2026-02-28', sequence = sequence + 1 WHERE id = 'FT-13'")
        change.commit()
        change.close()
        after = events(httpx.get(f"{address}/commitment/FT-13.ics").content)[0]
    assert before["uid"] == after["uid"]
    assert (before["sequence"], after["sequence"]) == (0, 1)
    assert (before.decoded("dtstart"), after.decoded("dtstart")) == (date(2025, 12, 15), date(2026, 2, 28))


@given(st.text(min_size=1), st.dates(min_value=date(1990, 1, 1), max_value=date(2100, 1, 1)))
def test_any_promise_gives_a_calendar_that_can_be_read(promise: str, latest: date) -> None:
    due = DueDate(
        id="FT-1",
        promise=promise,
        owner="Home Office",
        status="open",
        earliest=None,
        latest=latest,
        precision="month",
        words=promise,
        sequence=0,
        link="https://example.test/commitment/FT-1",
    )
    found = events(calendar("Due", [due], datetime(2025, 11, 24, tzinfo=UTC)))
    assert [event.decoded("dtstart") for event in found] == [latest]


FILTER = "status=overdue&status=undated&sort=oldest"
CHOSEN = ["FT-2", "FT-3", "FT-12", "FT-11"]


def test_a_filter_gives_the_same_rows_in_every_format(client: httpx.Client) -> None:
    as_json = client.get(f"/commitments.json?{FILTER}").json()
    assert [row["id"] for row in as_json["commitments"]] == CHOSEN
    assert as_json["total"] == 4
    text = client.get(f"/commitments.csv?{FILTER}").content.decode("utf-8-sig")
    table = list(csv.DictReader(io.StringIO(text)))
    assert [row["id"] for row in table] == CHOSEN
    assert table == [
        {name: "" if value is None else str(value) for name, value in row.items()} for row in as_json["commitments"]
    ]
    sheet = load_workbook(io.BytesIO(client.get(f"/commitments.xlsx?{FILTER}").content)).active
    assert sheet is not None
    rows = [dict(zip(TABLE.columns, row, strict=True)) for row in sheet.iter_rows(min_row=2, values_only=True)]
    assert rows == as_json["commitments"]


def test_a_row_holds_the_quote_its_citation_and_its_licence(client: httpx.Client) -> None:
    row = client.get("/commitments.json?words=panel").json()["commitments"][0]
    assert row == {
        "id": "FT-3",
        "promise": "Set up a national panel on grooming gangs that reports to the Home Secretary",
        "owner": "Home Office",
        "action": "establish",
        "object": None,
        "status": "overdue",
        "timing": "by the end of October",
        "earliest": "2025-09-16",
        "latest": "2025-10-31",
        "first_latest": "2025-10-31",
        "slipped_days": 0,
        "look_again": None,
        "undated_days": None,
        "firmness": "firm",
        "first_said": "2025-09-16",
        "last_said": "2025-09-16",
        "times_said": 1,
        "quote": "We will set up a national panel on grooming gangs, and it will report to me by the end of October",
        "speaker": "Dame Ruth Calloway",
        "post": "Home Secretary",
        "citation": "HC Deb, 16 September 2025, c101",
        "permalink": "https://hansard.parliament.uk/commons/2025-09-16/debates/0A1B2C3D/CaseyAudit#contribution-c1",
        "has_evidence": 0,
        "is_reviewed": 0,
        "delivered_on": None,
        "topics": "casey",
        "recommendations": "casey-2025/2",
        "licence": "Open Parliament Licence v3.0",
    }


def test_files_are_offered_for_download_by_a_name_that_tells_what_they_are(client: httpx.Client) -> None:
    names = {
        ending: client.get(f"/commitments{ending}").headers["content-disposition"]
        for ending in (".csv", ".xlsx", ".ics")
    }
    assert names == {
        ".csv": 'attachment; filename="followthrough-commitments.csv"',
        ".xlsx": 'attachment; filename="followthrough-commitments.xlsx"',
        ".ics": 'attachment; filename="followthrough.ics"',
    }


def test_the_json_of_a_commitment_holds_its_sayings_events_and_reviews(client: httpx.Client) -> None:
    found = json.loads(client.get("/commitment/FT-5.json").text)
    assert (found["id"], found["status"], found["topics"]) == ("FT-5", "delivered late", ["safeguarding-guidance"])
    assert [one["citation"] for one in found["statements"]] == ["PQ 71234, 9 October 2025"]
    assert [one["kind"] for one in found["events"]] == ["said", "due date passed", "evidence"]
    assert [one["quote"][:33] for one in found["deliveries"]] == ["I have today published revised st"]
    assert [(one["decision"], one["reviewer"]) for one in found["reviews"]] == [("delivered", "HM")]
