"""The pages in a real browser: what axe finds, at which widths they hold, by keyboard, in the dark, on paper."""

from __future__ import annotations

import base64
import io
from typing import TYPE_CHECKING

import pypdfium2
import pytest
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.support import expected_conditions

from commands.serve import browser
from tests.datasette.addresses import PAGES
from tests.datasette.browsing import CONTRAST, chromium, faults, missing, over_the_edge, prefer, wait_until
from tests.datasette.conftest import NAME
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
REVIEW = "/review/FT-1"


@pytest.fixture(scope="module")
def driver() -> Iterator[WebDriver]:
    """Return a browser."""
    with chromium() as found:
        yield found


@pytest.fixture(scope="module")
def signed_in(built: Path) -> Iterator[tuple[str, str]]:
    """Return the address of pages and the cookie of a person who may review there."""
    site = browser(built, secret=NAME)
    with served(site) as address:
        yield address, site.sign({"a": {"id": "anna"}}, "actor")


def open_page(driver: WebDriver, address: str, path: str) -> None:
    driver.get(address + path)


def test_axe_finds_nothing_on_any_page_in_the_light_or_in_the_dark(driver: WebDriver, address: str) -> None:
    found = {}
    for path in PAGES:
        prefer(driver, prefers_color_scheme="light")
        open_page(driver, address, path)
        driver.execute_script("for (const one of document.querySelectorAll('details')) one.open = true;")
        found[path] = faults(driver)
        prefer(driver, prefers_color_scheme="dark")
        found[path] += faults(driver, CONTRAST)
    prefer(driver)
    assert {path: violations for path, violations in found.items() if violations} == {}


def test_axe_finds_nothing_on_the_forms_of_a_review(driver: WebDriver, signed_in: tuple[str, str]) -> None:
    address, cookie = signed_in
    open_page(driver, address, "/about")
    driver.add_cookie({"name": "ds_actor", "value": cookie})
    open_page(driver, address, REVIEW)
    forms = driver.find_elements(By.CSS_SELECTOR, "details.decision")
    for form in range(len(forms)):
        driver.execute_script("document.querySelectorAll('details.decision')[arguments[0]].open = true", form)
        assert faults(driver) == []
    driver.delete_all_cookies()
    assert len(forms) >= 8


def test_axe_is_really_asked(driver: WebDriver, address: str) -> None:
    open_page(driver, address, "/about")
    driver.execute_script(
        "document.documentElement.lang = ''; document.querySelector('main').innerHTML += '<img src=x>'"
    )
    assert {rule for rule, _nodes in faults(driver)} >= {"html-has-lang", "image-alt"}


def test_no_page_has_to_be_scrolled_sideways_and_every_target_can_be_hit(driver: WebDriver, address: str) -> None:
    found = {}
    for path in PAGES:
        open_page(driver, address, path)
        found[path] = over_the_edge(driver)
    assert {where: faults for where, faults in found.items() if faults} == {}


def focused(driver: WebDriver) -> str:
    told: str = driver.execute_script(
        "const one = document.activeElement; return one.textContent.trim() || one.name || one.tagName"
    )
    return told


def press(driver: WebDriver, *keys: str) -> None:
    for key in keys:
        driver.switch_to.active_element.send_keys(key)


def test_the_keyboard_goes_through_a_page_in_the_order_of_reading(driver: WebDriver, address: str) -> None:
    open_page(driver, address, "/commitments")
    order = []
    for _ in range(9):
        press(driver, Keys.TAB)
        order.append(focused(driver))
    assert order == [
        "Skip to the content",
        "Followthrough",
        "What changed",
        "Commitments",
        "Due",
        "Recommendations",
        "Departments",
        "q",
        "Search",
    ]


def test_the_first_key_leads_past_the_menu(driver: WebDriver, address: str) -> None:
    open_page(driver, address, "/commitments")
    press(driver, Keys.TAB, Keys.ENTER, Keys.TAB)
    assert focused(driver) == "words"


def test_whatever_has_the_focus_shows_it(driver: WebDriver, address: str) -> None:
    bare = {}
    for path in ("/", "/commitments", "/commitment/FT-1", "/due", "/search?q=duty"):
        open_page(driver, address, path)
        for _ in range(25):
            press(driver, Keys.TAB)
            seen = driver.execute_script(
                "const one = document.activeElement, style = getComputedStyle(one);"
                "return [one === document.body || one.id === 'main' || style.outlineStyle !== 'none'"
                " || style.boxShadow !== 'none', one.outerHTML.slice(0, 80)]"
            )
            if not seen[0]:
                bare[path] = seen[1]
    assert bare == {}


def test_a_filter_is_chosen_by_keyboard_alone(driver: WebDriver, address: str) -> None:
    open_page(driver, address, "/commitments")
    driver.execute_script("document.querySelector('input[value=overdue]').focus()")
    press(driver, Keys.SPACE, Keys.ENTER)
    wait_until(driver, expected_conditions.url_contains("?"), "the filter was not sent")
    assert driver.current_url.split("?")[1].startswith("words=&status=overdue")
    total = wait_until(driver, lambda page: page.find_element(By.CLASS_NAME, "total").text, "no total is shown")
    assert "1 commitment" in total


def test_a_decision_is_made_by_keyboard_alone(driver: WebDriver, folder: Path) -> None:
    site = browser(folder, secret=NAME)
    with served(site) as address:
        open_page(driver, address, "/about")
        driver.add_cookie({"name": "ds_actor", "value": site.sign({"a": {"id": "anna"}}, "actor")})
        open_page(driver, address, "/review/FT-3")
        driver.execute_script("document.querySelectorAll('summary')[1].focus()")
        press(driver, Keys.ENTER, Keys.TAB)
        for field, words in (("evidence", "https://www.gov.uk/government/news/panel-meets"), ("reason", "Seen.")):
            while driver.switch_to.active_element.get_attribute("name") != field:
                press(driver, Keys.TAB)
            press(driver, words)
        press(driver, Keys.TAB, Keys.ENTER)
        wait_until(driver, expected_conditions.url_contains("/commitment/"), "the decision was not sent")
        told = wait_until(driver, lambda page: page.find_element(By.CLASS_NAME, "message").text, "no message is shown")
        status = driver.find_element(By.CSS_SELECTOR, "h1 + .facts .tag").text
        driver.delete_all_cookies()
    assert told == "Your decision is kept."
    assert status == "Delivered late"


def test_copying_works_with_scripts_and_without(driver: WebDriver, address: str) -> None:
    open_page(driver, address, "/commitment/FT-1")
    box = driver.find_element(By.ID, "cite")
    assert box.get_attribute("value") == "HC Deb, 18 November 2025, c640"
    assert box.get_attribute("readonly") == "true"
    buttons = driver.find_elements(By.CSS_SELECTOR, "button[data-copy]")
    assert [button.is_displayed() for button in buttons] == [True, True, True]
    driver.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": True})
    open_page(driver, address, "/commitment/FT-1")
    hidden = [button.is_displayed() for button in driver.find_elements(By.CSS_SELECTOR, "button[data-copy]")]
    driver.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": False})
    assert hidden == [False, False, False]


def test_the_reader_who_wants_no_movement_sees_none(driver: WebDriver, address: str) -> None:
    behaviour = "return getComputedStyle(document.documentElement).scrollBehavior"
    moving = (
        "return [...document.querySelectorAll('*')].filter(one => parseFloat(getComputedStyle(one).transitionDuration)"
        " || getComputedStyle(one).animationName !== 'none').length"
    )
    prefer(driver, prefers_reduced_motion="reduce")
    open_page(driver, address, "/due")
    still = (driver.execute_script(behaviour), driver.execute_script(moving))
    prefer(driver, prefers_reduced_motion="no-preference")
    open_page(driver, address, "/due")
    free = driver.execute_script(behaviour)
    prefer(driver)
    assert (still, free) == (("auto", 0), "smooth")


def test_the_reader_who_wants_the_dark_gets_it(driver: WebDriver, address: str) -> None:
    colours = "const s = getComputedStyle(document.body); return [s.backgroundColor, s.color]"
    prefer(driver, prefers_color_scheme="dark")
    open_page(driver, address, "/")
    dark = driver.execute_script(colours)
    prefer(driver, prefers_color_scheme="light")
    open_page(driver, address, "/")
    light = driver.execute_script(colours)
    prefer(driver)
    assert (dark, light) == (
        ["rgb(18, 24, 29)", "rgb(233, 238, 242)"],
        ["rgb(255, 255, 255)", "rgb(22, 33, 43)"],
    )


def test_a_commitment_can_be_printed(driver: WebDriver, address: str) -> None:
    open_page(driver, address, "/commitment/FT-1")
    made = driver.execute_cdp_cmd("Page.printToPDF", {"paperWidth": 8.27, "paperHeight": 11.69})
    document = pypdfium2.PdfDocument(io.BytesIO(base64.b64decode(made["data"])))
    text = " ".join("".join(page.get_textpage().get_text_bounded() for page in document).split())
    document.close()
    assert "We will publish the child protection strategy by spring 2026" in text
    assert "hansard.parliament.uk/commons/2025-11-18" in text.replace(" ", "")
    assert "Copy the citation" not in text
    assert "What changed" not in text


def test_nothing_on_any_page_is_refused_by_its_own_policy(driver: WebDriver, address: str) -> None:
    driver.get_log("browser")  # type: ignore[no-untyped-call] # Selenium leaves it untyped
    told = {}
    for path in PAGES:
        open_page(driver, address, path)
        logged = driver.get_log("browser")  # type: ignore[no-untyped-call]
        lines = [line["message"] for line in logged if "404 (Not Found)" not in line["message"]]
        if lines:
            told[path] = lines
    assert told == {}
