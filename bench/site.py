"""How fast the pages are on a large register while a writer writes: `python bench/site.py [--commitments N]`.

Generates a register in a temporary folder, serves it on loopback, and prints the median and the 95th percentile of
each kind of page over real HTTP, each answer of another record or word. Exits with 1 where a limit is passed.
"""

from __future__ import annotations

import argparse
import random
import sqlite3
import statistics
import sys
import tempfile
import threading
import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import httpx

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from bench.large_register import RARE, build  # noqa: E402 -- after the path
from commands.serve import FILE, browser  # noqa: E402
from tests.datasette.serving import served  # noqa: E402

if TYPE_CHECKING:
    from collections.abc import Callable

ROUNDS = 60
WARM = 5
STATUSES = ("overdue", "open", "undated", "delivered")
OWNERS = ("Home+Office", "Department+for+Education", "Ministry+of+Justice")
COMMON = ("children", "government", "support", "review", "police", "abuse")


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """A kind of page: its addresses, and how many milliseconds it may take at the 95th percentile."""

    name: str
    limit_ms: float
    address: Callable[[random.Random], str]


def pages(commitments: int) -> tuple[Page, ...]:
    """Return what is measured."""
    return (
        Page(name="home", limit_ms=100, address=lambda _: "/"),
        Page(
            name="commitment", limit_ms=100, address=lambda chance: f"/commitment/FT-{chance.randint(1, commitments)}"
        ),
        Page(
            name="list, not filtered", limit_ms=100, address=lambda chance: f"/commitments?page={chance.randint(1, 40)}"
        ),
        Page(
            name="list, filtered by status and owner",
            limit_ms=100,
            address=lambda chance: f"/commitments?status={chance.choice(STATUSES)}&owner={chance.choice(OWNERS)}",
        ),
        Page(
            name="list, filtered by topic",
            limit_ms=100,
            address=lambda chance: f"/commitments?topic=casey&sort={chance.choice(['due', 'newest'])}",
        ),
        Page(
            name="list, filtered by words",
            limit_ms=100,
            address=lambda chance: f"/commitments?words={chance.choice(RARE)}",
        ),
        Page(
            name="search, a rare phrase",
            limit_ms=100,
            address=lambda chance: f"/search?q=%22{chance.choice(RARE)}+{chance.choice(RARE)}%22",
        ),
        Page(name="search, a common word", limit_ms=300, address=lambda chance: f"/search?q={chance.choice(COMMON)}"),
        Page(
            name="search, two common words",
            limit_ms=300,
            address=lambda chance: f"/search?q={'+'.join(chance.sample(COMMON, 2))}",
        ),
        Page(name="due", limit_ms=300, address=lambda _: "/due"),
        Page(name="departments", limit_ms=300, address=lambda _: "/departments"),
        Page(name="plots", limit_ms=300, address=lambda _: "/plots"),
        Page(name="recommendation set", limit_ms=300, address=lambda _: "/recommendations/iicsa-2022"),
    )


def write(file: Path, stop: threading.Event, written: list[int]) -> None:
    """Add passages as a crawl does, a transaction of 200 at a time, until told to stop."""
    connection = sqlite3.connect(file, timeout=30)
    connection.execute("PRAGMA synchronous = NORMAL")
    chance = random.Random(2)  # noqa: S311 -- not for secrets
    number = time.time_ns()  # another key at each call on the same register
    while not stop.wait(0.2):
        rows = []
        for _ in range(200):
            number += 1
            text = " ".join(chance.choices(COMMON, k=60))
            rows.append((f"w{number}", number, text))
        with connection:
            connection.executemany(
                "INSERT INTO passages (version, document, key, position, kind, text, spoken_on, is_latest)"
                " VALUES ('document/1@1', 'document/1', ?, ?, 'speech', ?, '2025-11-24', 1)",
                rows,
            )
        written.append(len(rows))
    connection.close()


def measure(client: httpx.Client, page: Page) -> tuple[float, float]:
    """Return the median and the 95th percentile in milliseconds."""
    chance = random.Random(1)  # noqa: S311 -- not for secrets
    times = []
    for turn in range(WARM + ROUNDS):
        address = page.address(chance)
        began = time.perf_counter()
        answer = client.get(address)
        took = (time.perf_counter() - began) * 1000
        if answer.status_code != httpx.codes.OK:
            raise SystemExit(f"{address} answered {answer.status_code}")
        if turn >= WARM:
            times.append(took)
    return statistics.median(times), statistics.quantiles(times, n=20)[-1]


def run(folder: Path, options: Any) -> int:
    """Build, serve, measure, print."""
    began = time.perf_counter()
    if not (folder / FILE).exists():
        build(folder / FILE, options.commitments, options.passages)
    size, took = (folder / FILE).stat().st_size / 1e6, time.perf_counter() - began
    print(f"{options.commitments:,} commitments, {options.passages:,} passages: {size:,.0f} MB, built in {took:.0f} s")
    stop = threading.Event()
    written: list[int] = []
    writer = threading.Thread(target=write, args=(folder / FILE, stop, written), daemon=True)
    late = 0
    with served(browser(folder)) as address, httpx.Client(base_url=address, timeout=120) as client:
        writer.start()
        for page in pages(options.commitments):
            middle, most = measure(client, page)
            is_late = most > page.limit_ms
            late += is_late
            verdict = f"limit {page.limit_ms:.0f} ms{'   TOO SLOW' if is_late else ''}"
            print(f"{page.name:36} median {middle:7.1f} ms   p95 {most:7.1f} ms   {verdict}", flush=True)
        stop.set()
        writer.join()
    print(f"written meanwhile: {sum(written):,} passages in {len(written)} transactions")
    return 1 if late or not written else 0


def main() -> None:
    """Read the options and run in a temporary folder."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--commitments", type=int, default=100_000)
    parser.add_argument("--passages", type=int, default=1_000_000)
    parser.add_argument("--folder", type=Path, help="keep the register there, and use it again the next time")
    options = parser.parse_args()
    if options.folder:
        options.folder.mkdir(parents=True, exist_ok=True)
        raise SystemExit(run(options.folder, options))
    with tempfile.TemporaryDirectory(prefix="followthrough-bench-") as folder:
        raise SystemExit(run(Path(folder), options))


if __name__ == "__main__":
    main()
