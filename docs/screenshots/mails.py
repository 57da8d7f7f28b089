"""Renders mails of an outbox as images: `python -m docs.screenshots.mails data/sample/outbox`.

Of each reader it takes the digest with the most kinds of change: as on a desk, on a phone, and in the dark.
"""

from __future__ import annotations

import email
import email.policy
import sys
import tempfile
from pathlib import Path

from tests.datasette.browsing import chromium, prefer, size

HERE = Path(__file__).parent
WAYS = {"desk": (760, "light"), "phone": (360, "light"), "dark": (760, "dark")}  # width in CSS pixels
HEIGHT = 1500


def chosen(outbox: Path) -> dict[str, str]:
    """Return the HTML of one digest of each reader."""
    best: dict[str, tuple[tuple[int, int], str]] = {}
    for file in sorted(outbox.glob("*.eml")):
        message = email.message_from_bytes(file.read_bytes(), policy=email.policy.default)
        html = message.get_body(("html",))
        if not message["List-Id"] or html is None:
            continue
        reader, page = str(message["To"]).partition("@")[0], html.get_content()
        rank = (str(message["Subject"]).count(","), len(page))
        if reader not in best or rank > best[reader][0]:
            best[reader] = (rank, page)
    return {reader: page for reader, (_, page) in best.items()}


def main(outbox: Path) -> None:
    """Write mail-READER-WAY.png."""
    with tempfile.TemporaryDirectory() as place, chromium() as driver:
        for reader, html in chosen(outbox).items():
            page = Path(place) / f"{reader}.html"
            page.write_text(html, encoding="utf-8")
            for way, (width, scheme) in WAYS.items():
                size(driver, width, HEIGHT)
                prefer(driver, prefers_color_scheme=scheme)
                driver.get(page.as_uri())
                target = HERE / f"mail-{reader}-{way}.png"
                driver.save_screenshot(str(target))
                sys.stdout.write(f"{target.name}\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
