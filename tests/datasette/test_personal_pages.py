"""The pages that only one person sees, by a link in a mail, in a real browser: as good as the others."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys

from commands.serve import browser
from db.private.subscribers import Private, Subscription, Wish
from digest.links import make_link
from tests.datasette.browsing import CONTRAST, chromium, faults, missing, over_the_edge, prefer, send_form
from tests.datasette.serving import served

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from selenium.webdriver.chrome.webdriver import WebDriver

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(missing() is not None, reason=f"left out: no {missing()}"),
    pytest.mark.filterwarnings("ignore::ResourceWarning"),
]
JOINED = "2025-11-01T06:30:00.000000Z"
WISHES = (Subscription("everything"), Subscription("search", "words=duty&status=overdue"))


@pytest.fixture
def driver() -> Iterator[WebDriver]:
    """Return a browser."""
    with chromium() as found:
        yield found


@pytest.fixture
def links(folder: Path) -> dict[str, str]:
    """Return the links of somebody who asked for the digest, by what each is for."""
    private = Private(folder)
    wish = Wish(frequency="weekly", wants_empty=False, subscriptions=WISHES)
    person = private.add("ann@example.org", wish, JOINED)
    found = {purpose: make_link(private, "", purpose, person) for purpose in ("confirm", "manage", "unsubscribe")}
    private.close()
    return {**found, "bad": "/subscription/manage/forged"}


def wrong_with(driver: WebDriver) -> list[object]:
    """Return what axe, the narrow screen and the dark find wrong with the page that is open."""
    driver.execute_script("for (const one of document.querySelectorAll('details')) one.open = true;")
    found = [*faults(driver), *over_the_edge(driver).items()]
    prefer(driver, prefers_color_scheme="dark")
    found += faults(driver, CONTRAST)
    prefer(driver)
    return found


def test_axe_and_narrow_screens_find_nothing_wrong_on_the_way_through_a_subscription(
    driver: WebDriver, folder: Path, links: dict[str, str]
) -> None:
    found: dict[str, list[object]] = {}
    titles = []

    def look(name: str) -> None:
        found[name] = wrong_with(driver)
        titles.append(driver.find_element(By.TAG_NAME, "h1").text)

    with served(browser(folder)) as address:
        for name in ("bad", "confirm", "manage"):
            driver.get(address + links[name])
            look(name)
            if name != "bad":
                send_form(driver)
                look(f"{name}, done")
        driver.get(address + links["manage"])
        for box in driver.find_elements(By.CSS_SELECTOR, "input[type=checkbox]:checked"):
            box.send_keys(Keys.SPACE)
        send_form(driver)
        look("a wish that says nothing")
        driver.get(address + links["unsubscribe"])
        look("unsubscribe")
        send_form(driver)
        look("unsubscribe, done")
        driver.get(f"{address}/subscribe")
        driver.find_element(By.NAME, "address").send_keys("ben@example.org")
        driver.find_element(By.NAME, "everything").send_keys(Keys.SPACE)
        send_form(driver)
        look("asked")
    assert {name: wrong for name, wrong in found.items() if wrong} == {}
    assert titles == [
        "The link does not work any more",
        "Confirm the subscription",
        "You are subscribed",
        "Your subscription",
        "Your subscription",
        "Your subscription",
        "Unsubscribe",
        "You are unsubscribed",
        "Look into your mailbox",
    ]
