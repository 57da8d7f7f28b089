"""Debian's chromium, headless, for the tests of the pages and the script of the screenshots."""

from __future__ import annotations

import shutil
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from selenium import webdriver
from selenium.webdriver.chrome.options import Options
from selenium.webdriver.chrome.service import Service

if TYPE_CHECKING:
    from collections.abc import Iterator

    from selenium.webdriver.chrome.webdriver import WebDriver

AXE = Path(__file__).parents[2] / "node_modules" / "axe-core" / "axe.min.js"


def missing() -> str | None:
    """Return what the browser tests need and this machine lacks, or None."""
    if not (shutil.which("chromium") and shutil.which("chromedriver")):
        return "chromium"
    return None if AXE.exists() else "node_modules/axe-core"


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
