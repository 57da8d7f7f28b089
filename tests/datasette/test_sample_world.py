"""The pages over the sample world, as a newcomer walks through them."""

from __future__ import annotations

from collections import deque
from typing import TYPE_CHECKING
from urllib.parse import urldefrag, urljoin

import feedparser
import httpx
import pytest
from bs4 import BeautifulSoup
from icalendar import Calendar

from commands.serve import browser
from tests.datasette.serving import served

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.conftest import SampleRegister

FEEDS = ("/changes.atom", "/commitments.atom", "/search.atom?q=duty", "/digests.atom")
CALENDARS = ("/due.ics", "/commitments.ics", "/commitment/FT-1.ics")
ENOUGH = 400  # pages; all commitments, documents and recommendations are among the first


def test_every_page_that_links_lead_to_answers_and_says_that_the_world_is_invented(
    sample_register: SampleRegister,
) -> None:
    waiting = deque(["/", "/commitments", "/documents", "/recommendations", "/due", "/coverage"])
    answers: dict[str, int] = {}
    with served(browser(sample_register.folder)) as address, httpx.Client(base_url=address, timeout=120) as client:
        while waiting and len(answers) < ENOUGH:
            path = waiting.popleft()
            if path in answers:
                continue
            answer = client.get(path)
            answers[path] = answer.status_code
            if not answer.headers.get("content-type", "").startswith("text/html"):
                continue
            page = BeautifulSoup(answer.text, "lxml")
            assert page.find(class_="sample") is not None, path
            for link in page.find_all("a", href=True):
                target = urldefrag(urljoin(address + path, str(link["href"])))[0]
                if target.startswith(address + "/") and not target.startswith(f"{address}/followthrough"):
                    waiting.append(target.removeprefix(address))
    unexpected = {path: status for path, status in answers.items() if status not in (200, 302)}
    # the forms of a review are for people who are signed in
    assert {path: status for path, status in unexpected.items() if not path.startswith("/review/FT-")} == {}
    assert len(answers) == ENOUGH


@pytest.fixture(scope="module")
def site(sample_register: SampleRegister) -> Iterator[httpx.Client]:
    with served(browser(sample_register.folder)) as address, httpx.Client(base_url=address, timeout=120) as client:
        yield client


@pytest.mark.parametrize("path", FEEDS)
def test_a_feed_says_that_the_world_is_invented(site: httpx.Client, path: str) -> None:
    assert feedparser.parse(site.get(path).text).feed.title.startswith("[Sample world, all invented] Followthrough")


@pytest.mark.parametrize("path", CALENDARS)
def test_a_calendar_says_that_the_world_is_invented(site: httpx.Client, path: str) -> None:
    name = str(Calendar.from_ical(site.get(path).content)["X-WR-CALNAME"])
    assert name.startswith("[Sample world, all invented] Followthrough")
