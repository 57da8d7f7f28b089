"""Makes the screenshots of the pages: `python docs/screenshots/make.py DATA` over the register in the folder DATA.

Needs Debian's chromium and chromedriver. Nothing is written into the register: a copy is served.
"""

from __future__ import annotations

import base64
import sqlite3
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT))

from commands.serve import FILE, browser  # noqa: E402 -- after the path
from db.migrations import copy_database  # noqa: E402
from tests.datasette.browsing import chromium, prefer, size  # noqa: E402
from tests.datasette.serving import served  # noqa: E402

if TYPE_CHECKING:
    from selenium.webdriver.chrome.webdriver import WebDriver

HERE = Path(__file__).parent
TALLEST = 1500  # pixels; what lies below says nothing more of the design
FIRST = {
    "commitment": "SELECT '/commitment/' || id FROM commitments WHERE joined_into IS NULL"
    " ORDER BY slipped_days > 0 DESC, times_said DESC, number",
    "document": "SELECT '/document/' || document FROM statements WHERE house IS NOT NULL"
    " GROUP BY document ORDER BY count(*) DESC",
    "compare": "SELECT '/compare/' || document FROM versions WHERE number > 1 AND document LIKE 'govuk%'"
    " ORDER BY has_note, document",
    "recommendation": "SELECT '/recommendations/' || recommendation FROM commitment_recommendations"
    " WHERE recommendation NOT LIKE '%*' GROUP BY 1 ORDER BY count(*) DESC",
    "person": "SELECT '/person/' || person FROM statements WHERE person IS NOT NULL GROUP BY 1 ORDER BY count(*) DESC",
    "department": "SELECT '/department/' || replace(owner, ' ', '%20') FROM commitments"
    " GROUP BY owner ORDER BY count(*) DESC",
    "review": "SELECT '/review/' || id FROM commitments WHERE has_evidence = 1 AND joined_into IS NULL"
    " ORDER BY is_reviewed, number",
}
FIXED = {
    "home": "/",
    "changes": "/changes?kind=slipped&kind=softened&kind=due+date+passed",
    "commitments": "/commitments?status=overdue&status=open&sort=due",
    "due": "/due",
    "no-date": "/no-date",
    "search": "/search?q=mandatory-reporting",
    "documents": "/documents",
    "recommendations": "/recommendations",
    "recommendation-set": "/recommendations/casey-2025",
    "people": "/people",
    "departments": "/departments",
    "coverage": "/coverage",
    "terms": "/terms",
    "about": "/about",
    "plots": "/plots",
    "review-queue": "/review",
    "sign-in": "/-/login",
    "not-found": "/nothing-here",
    "data": "/followthrough/commitments",
}
NARROW = ("home", "commitment", "commitments", "due", "recommendation-set", "search")
DARK = ("home", "commitment", "document", "plots")


def addresses(file: Path) -> dict[str, str]:
    """Return the pages to be shown, by the name of the picture; a kind of which the register has none is left out."""
    connection = sqlite3.connect(file)
    found = {name: connection.execute(sql + " LIMIT 1").fetchone() for name, sql in FIRST.items()}
    connection.close()
    return FIXED | {name: row[0] for name, row in found.items() if row}


def shoot(driver: WebDriver, address: str, name: str, width: int) -> None:
    """Take one picture of a whole page, down to TALLEST."""
    size(driver, width, 900)
    driver.get(address)
    height = min(TALLEST, int(driver.execute_script("return document.documentElement.scrollHeight")))
    size(driver, width, height)
    taken = driver.execute_cdp_cmd("Page.captureScreenshot", {"format": "png"})
    (HERE / f"{name}.png").write_bytes(base64.b64decode(taken["data"]))
    print(f"{name}.png  {width} x {height}  {address.split('/', 3)[3]}")


def main(data: Path) -> None:
    """Take all pictures."""
    with tempfile.TemporaryDirectory() as place:
        copy = Path(place)
        copy_database(data / FILE, copy / FILE)
        site = browser(copy)
        with served(site) as address, chromium() as driver:
            driver.get(f"{address}/about")
            driver.add_cookie({"name": "ds_actor", "value": site.sign({"a": {"id": "anna"}}, "actor")})
            pages = addresses(copy / FILE)
            for name, path in pages.items():
                shoot(driver, address + path, name, 1280)
            for name in (name for name in NARROW if name in pages):
                shoot(driver, address + pages[name], f"{name}-narrow", 320)
            prefer(driver, prefers_color_scheme="dark")
            for name in (name for name in DARK if name in pages):
                shoot(driver, address + pages[name], f"{name}-dark", 1280)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
