"""Debian's chromium, headless, for the tests of the pages and the script of the screenshots."""

from __future__ import annotations

import shutil
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from selenium import webdriver
from selenium.common.exceptions import JavascriptException, StaleElementReferenceException
from selenium.webdriver.chrome.options import Options
from selenium.webdriver.chrome.service import Service
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.support.expected_conditions import staleness_of
from selenium.webdriver.support.wait import WebDriverWait

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from selenium.webdriver.chrome.webdriver import WebDriver

PATIENCE = 120  # seconds for which a test waits before it says that a thing never came: a busy machine is no fault
AXE = Path(__file__).parents[2] / "node_modules" / "axe-core" / "axe.min.js"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
CONTRAST = {"type": "rule", "values": ["color-contrast"]}
RUN = """
const done = arguments[arguments.length - 1];
axe.run(document, {runOnly: arguments[0]}).then(
  found => done(found.violations.map(one => [one.id, one.nodes.map(node => node.target.join(" ")).slice(0, 5)])),
  error => done(String(error)));
"""
OVER = """
const most = document.documentElement.clientWidth;
const wide = [...document.querySelectorAll("main *")].filter(one =>
  !one.closest(".scroll, .drawing, pre, .unseen, svg") && one.getClientRects().length
  && one.getBoundingClientRect().right > most + 1);
return wide.map(one => one.outerHTML.slice(0, 80)).slice(0, 3).concat(
  document.documentElement.scrollWidth > most ? [`the page is ${document.documentElement.scrollWidth} wide`] : []);
"""
SMALL = """
return [...document.querySelectorAll("button, select, summary, input:not([type=hidden])")]
  .filter(one => one.getClientRects().length && one.getBoundingClientRect().height < 20)
  .map(one => one.outerHTML.slice(0, 80));
"""
# a telephone, or 1280 pixels at 400 %; 1280 pixels at 200 %; a wide screen
SIZES = ((320, 640), (640, 400), (1920, 1080))


def missing() -> str | None:
    """Return what the browser tests need and this machine lacks, or None."""
    if not (shutil.which("chromium") and shutil.which("chromedriver")):
        return "chromium"
    return None if AXE.exists() else "node_modules/axe-core"


def wait_until(driver: WebDriver, shown: Callable[[WebDriver], Any], told: str) -> Any:
    """Wait until a page shows something, and return it; a page that goes meanwhile is looked at anew."""
    gone = (StaleElementReferenceException, JavascriptException)
    return WebDriverWait(driver, PATIENCE, ignored_exceptions=gone).until(shown, told)


def send_form(driver: WebDriver) -> None:
    """Send the form of the page with its first button by keyboard, and wait until the answer has come."""
    before = driver.find_element(By.TAG_NAME, "html")
    driver.find_element(By.CSS_SELECTOR, "main form button").send_keys(Keys.ENTER)
    wait_until(driver, staleness_of(before), "no answer came to the form")
    wait_until(driver, lambda page: page.execute_script("return document.readyState") == "complete", "it never ended")


@contextmanager
def chromium(width: int = 1280, height: int = 900) -> Iterator[WebDriver]:
    """Start a browser of which the pages are `width` times `height` CSS pixels."""
    options = Options()
    options.binary_location = str(shutil.which("chromium"))
    # as root, in a container, without a GPU or much shared memory
    for argument in ("--headless=new", "--no-sandbox", "--disable-dev-shm-usage", "--disable-gpu", "--hide-scrollbars"):
        options.add_argument(argument)
    driver = webdriver.Chrome(options=options, service=Service(str(shutil.which("chromedriver"))))
    try:
        size(driver, width, height)
        yield driver
    finally:
        driver.quit()


def size(driver: WebDriver, width: int, height: int) -> None:
    """Set the size of the page, also below what a window may be."""
    driver.execute_cdp_cmd(
        "Emulation.setDeviceMetricsOverride",
        {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": False},
    )


def prefer(driver: WebDriver, **features: str) -> None:
    """Set what the reader prefers, such as `prefers_color_scheme="dark"`."""
    told = [{"name": name.replace("_", "-"), "value": value} for name, value in features.items()]
    driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": "", "features": told})


def faults(driver: WebDriver, only: object = RULES) -> Any:
    """Ask axe what is wrong with the page: each rule with the places that break it."""
    driver.execute_cdp_cmd("Runtime.evaluate", {"expression": AXE.read_text(encoding="utf-8")})
    return driver.execute_async_script(RUN, only)


def over_the_edge(driver: WebDriver) -> dict[int, list[str]]:
    """Return by width what stands out of the page to the right, or is too small to be hit, at each of SIZES."""
    found = {}
    for width, height in SIZES:
        size(driver, width, height)
        found[width] = driver.execute_script(OVER) + driver.execute_script(SMALL)
    size(driver, 1280, 900)
    return {width: told for width, told in found.items() if told}
