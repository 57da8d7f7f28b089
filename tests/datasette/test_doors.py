"""Every parameter of every address: a visitor's mistake is told as one, in every format; who polls is spared."""

from __future__ import annotations

from typing import TYPE_CHECKING

import httpx
import pytest
from datasette import Request  # type: ignore[attr-defined] # mypy takes our folder for the package
from datasette.database import QueryInterrupted
from datasette.plugins import pm  # type: ignore[attr-defined] # as above

from commands.serve import browser
from tests.datasette.serving import served

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

ADDRESSES = (
    "/", "/changes", "/commitments", "/due", "/no-date", "/search", "/documents", "/recommendations",
    "/recommendations/casey-2025", "/people", "/departments", "/department/Home%20Office", "/coverage", "/terms",
    "/about", "/plots", "/commitment/FT-1", "/digests", "/changes.atom", "/commitments.atom", "/commitments.ics",
    "/commitments.csv", "/commitments.json", "/commitments.xlsx", "/due.ics", "/search.atom", "/digests.atom",
    "/followthrough", "/followthrough/commitments", "/followthrough/statements", "/followthrough/commitments.csv",
    "/followthrough/commitments.json", "/subscribe",
)  # fmt: skip
NAMES = (
    "owner", "topic", "status", "firmness", "house", "source", "speaker", "recommendation", "said_from", "said_to",
    "due_from", "due_to", "reviewed", "words", "sort", "page", "q", "kind", "since", "until", "person", "spoken_from",
    "government", "version", "from", "to", "joined", "_sort", "_sort_desc", "_size", "_next", "_facet", "_where",
    "_search", "_col", "_nocol", "_shape", "_ttl", "_trace", "_extra", "_group_count", "_timelimit", "next", "id",
)  # fmt: skip
VALUES = ("unknown", "-1", "'\"<&\u2028é", "%00", "9" * 300)


@pytest.mark.parametrize("place", ADDRESSES)
def test_no_value_of_any_parameter_is_a_fault_of_ours(client: httpx.Client, place: str) -> None:
    failed = [
        f"{name}={value}"
        for name in NAMES
        for value in VALUES
        if client.get(place, params={name: value}).status_code >= 500
    ]
    assert failed == []


WRONG = [
    ("/commitments.csv?status=late", "“late” is not a status"),
    ("/commitments.xlsx?due_to=31/12/2026", "“31/12/2026” (due to) is not a date"),
    ("/commitments.json?reviewed=1", "“1” for reviewed must be yes or no"),
    ("/commitments.ics?sort=random", "“random” is not a way to sort"),
    ("/commitments.atom?firmness=soft", "“soft” is not a firmness"),
    ("/commitments.csv?staus=overdue", "“staus” is no part of a filter"),
    ("/changes.atom?kind=slip", "“slip” is not a kind of change"),
    ("/search.atom?q=abuse&house=Upper", "“Upper” is not a House"),
]


@pytest.mark.parametrize(("place", "told"), WRONG, ids=[row[0] for row in WRONG])
def test_a_mistyped_filter_gives_nothing_in_the_stead_of_everything(
    client: httpx.Client, place: str, told: str
) -> None:
    answer = client.get(place)
    assert answer.status_code == 400
    assert answer.text.startswith("Part of the address could not be understood, so nothing is given:\n")
    assert told in answer.text


def test_what_others_hang_on_an_address_is_passed_over(client: httpx.Client) -> None:
    plain = client.get("/commitments.csv?status=overdue")
    assert client.get("/commitments.csv?status=overdue&utm_source=mail&_=1").text == plain.text


POLLED = ("/changes.atom", "/commitments.atom", "/due.ics", "/digests.atom", "/commitments.csv", "/commitments.json")


@pytest.mark.parametrize("place", POLLED)
def test_who_polls_is_told_in_a_word_that_nothing_changed(address: str, place: str) -> None:
    with httpx.Client(base_url=address, timeout=120) as reader:  # a feed reader has no cookies
        first = reader.get(place)
        assert (first.status_code, first.headers["cache-control"]) == (200, "no-cache")
        again = reader.get(place, headers={"If-None-Match": first.headers["etag"]})
        assert (again.status_code, again.text, again.headers["etag"]) == (304, "", first.headers["etag"])
        assert reader.get(place, headers={"If-None-Match": '"other"'}).status_code == 200


@pytest.fixture
def stated(folder: Path) -> Iterator[httpx.Client]:
    """Return a client of a site that knows the place at which people reach it."""
    site = browser(folder)
    site.address = "https://followthrough.example.org"
    with served(site) as place, httpx.Client(base_url=place, timeout=120) as client:
        yield client


@pytest.mark.parametrize("place", ["/changes.atom", "/commitments.atom", "/digests.atom", "/due.ics"])
def test_feeds_and_calendars_carry_the_address_of_the_site_and_never_the_askers_host(
    stated: httpx.Client, place: str
) -> None:
    told = stated.get(place, headers={"Host": "evil.example"}).text
    assert "evil.example" not in told
    assert "https://followthrough.example.org" in told.replace("\r\n ", "")


@pytest.mark.parametrize(
    ("place", "is_theirs"),
    [
        pytest.param("/followthrough/commitments?_timelimit=1", True, id="a table, in less time than it takes"),
        pytest.param("/followthrough/commitments?_sort=id", False, id="a table that is slow by itself"),
        pytest.param("/commitments?owner=Home+Office", False, id="a page of ours that is slow"),
    ],
)
@pytest.mark.usefixtures("client")  # a site that is served has its plugins registered
def test_only_a_time_that_the_visitor_set_makes_a_slow_query_the_visitors_mistake(place: str, is_theirs: bool) -> None:
    path, query = place.split("?")
    scope = {"type": "http", "method": "GET", "path": path, "query_string": query.encode(), "headers": []}
    guard = pm.get_plugin("guard.py")
    assert guard is not None
    found = guard.is_of_the_address(Request(scope, None), QueryInterrupted(OSError(), "select 1", {}))
    assert found is is_theirs
