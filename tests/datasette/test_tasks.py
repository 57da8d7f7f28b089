"""What policy staff come for on Monday, done by clicks alone from the home page; the number of clicks is held."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import pytest
from selenium.webdriver.common.by import By
from selenium.webdriver.support.ui import Select

from commands.serve import browser
from tests.datasette.browsing import chromium, missing, prefer, wait_until
from tests.datasette.conftest import NAME, PASSWORD
from tests.datasette.serving import served

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from selenium.webdriver.chrome.webdriver import WebDriver
    from selenium.webdriver.remote.webelement import WebElement

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(missing() is not None, reason=f"left out: no {missing()}"),
    pytest.mark.filterwarnings("ignore::ResourceWarning"),
]


@dataclass(slots=True)
class Visitor:
    """Somebody at the home page, of whom each click is counted; typing is not."""

    driver: WebDriver
    clicks: list[str] = field(default_factory=list)

    def click(self, css: str, text: str = "") -> None:
        """Wait for the first thing that is seen there with that text, and click it."""
        found = self.seen(By.CSS_SELECTOR, css, text)
        self.clicks.append(text or css)
        self.driver.execute_script("arguments[0].scrollIntoView({block: 'center', behavior: 'instant'})", found)
        found.click()

    def write(self, name: str, words: str) -> None:
        """Wait for the field of that name, and type into it."""
        found = self.seen(By.NAME, name)
        found.clear()
        found.send_keys(words)

    def sees(self, words: str) -> bool:
        """Wait until the main part of the page says it; whether it does in the end."""
        script = "return document.querySelector('main')?.innerText ?? ''"
        told = f"{words!r} is not on the page"
        return bool(wait_until(self.driver, lambda page: words in page.execute_script(script), told))

    def seen(self, by: str, what: str, text: str = "") -> WebElement:
        """Wait until a thing with that text is seen, and return the first."""

        def found(page: WebDriver) -> WebElement | None:
            shown = (one for one in page.find_elements(by, what) if text in one.text and one.is_displayed())
            return next(shown, None)

        told: WebElement = wait_until(self.driver, found, f"{what} with {text!r} is not seen")
        return told


@pytest.fixture(scope="module")
def driver() -> Iterator[WebDriver]:
    """Return a browser."""
    with chromium(1280, 1000) as found:
        prefer(found, prefers_reduced_motion="reduce")
        yield found


@pytest.fixture
def visitor(driver: WebDriver, address: str) -> Visitor:
    """Return somebody at the home page."""
    driver.get(address)
    return Visitor(driver)


def test_find_what_slipped_this_month(visitor: Visitor) -> None:
    visitor.click("nav a", "What changed")
    visitor.click("label.check", "Slipped")
    visitor.click("button", "Show")
    assert visitor.sees("1 change from 25 October 2025 to 24 November 2025")
    assert visitor.sees("Slipped by 151 days: 31 December 2025 to 31 May 2026.")
    assert len(visitor.clicks) == 3


def test_find_everything_promised_on_mandatory_reporting(visitor: Visitor) -> None:
    visitor.click("nav a", "Commitments")
    topic = visitor.seen(By.ID, "topic")
    visitor.clicks.append("choose the topic")
    Select(topic).select_by_visible_text("Mandatory reporting")
    visitor.click("button", "Show")
    assert visitor.sees("1 commitment")
    assert visitor.sees("Bring forward the mandatory duty to report child sexual abuse")
    assert len(visitor.clicks) == 3


def test_cite_one_with_its_column(visitor: Visitor) -> None:
    visitor.click("main a", "Publish a cross-government child protection strategy")
    visitor.click("button", "Copy the citation")
    cited = visitor.driver.find_element(By.ID, "cite").get_attribute("value")
    assert cited == "HC Deb, 18 November 2025, c640"
    assert len(visitor.clicks) == 2


def test_get_deadlines_into_a_calendar(visitor: Visitor) -> None:
    visitor.click("nav a", "Due")
    link = visitor.seen(By.PARTIAL_LINK_TEXT, "Add to your calendar")
    assert str(link.get_attribute("href")).endswith("/due.ics")
    visitor.click("main a", "Add to your calendar")
    assert len(visitor.clicks) == 2


def test_mark_one_delivered(driver: WebDriver, folder: Path) -> None:
    with served(browser(folder, secret=NAME)) as address:
        driver.get(address)
        visitor = Visitor(driver)
        visitor.click("main a", "overdue")
        visitor.click("main a", "Set up a national panel")
        visitor.click("main a", "Review or correct this record")
        visitor.click("main a", "Sign in")
        visitor.write("username", NAME)
        visitor.write("password", PASSWORD)
        visitor.click("main button", "Sign in")
        visitor.click("summary", "It was delivered")
        visitor.write("evidence", "https://www.gov.uk/government/news/panel-meets")
        visitor.write("reason", "The panel met on 20 November.")
        visitor.click("button", "Mark it delivered")
        assert visitor.sees("Delivered late")
        assert visitor.sees("hm: delivered")
        driver.delete_all_cookies()
    assert len(visitor.clicks) == 7


def test_get_a_table_into_excel(visitor: Visitor) -> None:
    visitor.click("nav a", "Commitments")
    link = visitor.seen(By.LINK_TEXT, "Excel")
    assert "/commitments.xlsx" in str(link.get_attribute("href"))
    visitor.click("main a", "Excel")
    assert len(visitor.clicks) == 2


def test_see_what_was_edited_on_a_govuk_page(visitor: Visitor) -> None:
    visitor.click("main a", "See all that was edited")
    assert visitor.sees("the publisher gave no note of a change")
    gone = [one.text for one in visitor.driver.find_elements(By.CSS_SELECTOR, ".diff del")]
    come = [one.text for one in visitor.driver.find_elements(By.CSS_SELECTOR, ".diff ins")]
    assert any("March" in words for words in gone)
    assert any("summer" in words for words in come)
    assert len(visitor.clicks) == 1
