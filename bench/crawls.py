"""Counts what a crawl of the sample world asks for, week by week: `python -m bench.crawls`.

A table of each Monday: requests in all; the fixed ones (listings, robots.txt); documents that were new or changed;
documents of the last weeks that were looked at again and were as before; how many requests each new or changed
document cost beyond the fixed ones, without and with those looks. After each crawl the same is asked once more: that
must bring no body.
"""

from __future__ import annotations

import sys
import tempfile
from collections import Counter
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from replica.app import build_app
from replica.server import Running
from replica.stock import WorldStock
from replica.world import load_world
from spiders.runner import crawl

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from replica.world import World
    from spiders.runner import CrawlReport

HEAD = "monday        requests   fixed   new or changed   as before   a document   with looks   bodies again"


@dataclass(frozen=True, slots=True, kw_only=True)
class Week:
    """What one crawl asked for; `bodies_again` came when the same was asked once more."""

    day: date
    requests: int
    fixed: int
    new: int
    confirmed: int
    bodies_again: int
    complaints: tuple[str, ...] = ()

    @property
    def a_document(self) -> float:
        """Requests that each new or changed document cost beyond the fixed ones and the looks that found nothing."""
        return (self.requests - self.fixed - self.confirmed) / max(self.new, 1)

    @property
    def with_looks(self) -> float:
        """The same, with the looks at documents that had not changed."""
        return (self.requests - self.fixed) / max(self.new, 1)

    def __str__(self) -> str:
        """Return the row of the table."""
        return (
            f"{self.day}    {self.requests:8}{self.fixed:8}{self.new:17}{self.confirmed:12}"
            f"{self.a_document:13.2f}{self.with_looks:13.2f}{self.bodies_again:15}"
        )


def first_day(world: World) -> date:
    """Return the first sitting day of the sample world."""
    return min(sitting.day for sitting in world.sittings)


def mondays(first: date, last: date) -> list[date]:
    """Return the Mondays of a span, and the Monday after it."""
    start = first + timedelta(days=-first.weekday() % 7)
    return [start + timedelta(weeks=n) for n in range((last - start).days // 7 + 2)]


def weeks(world: World, days: Sequence[date], folder: Path) -> Iterator[Week]:
    """Crawl the sample world on each day, then once more, into one archive."""
    with Running(build_app(WorldStock(world), days[0])) as running:
        for day in days:
            running.move(day)
            clock = datetime.combine(day, time(6), tzinfo=UTC)
            how = {"replica": running.base, "until": day, "clock": clock}
            report = crawl([], folder, **how)  # type: ignore[arg-type] # the options of different types
            again = _sum(crawl([], folder, **how))  # type: ignore[arg-type]
            counts = _sum(report)
            yield Week(
                day=day,
                requests=counts["requests"],
                fixed=counts["listings"] + counts["robots"],
                new=counts["new_answers"] - counts["new_listings"],
                confirmed=counts["confirmed"],
                bodies_again=again["new_answers"] + again["requests"] - again["not_modified"] - again["robots"],
                complaints=tuple(reason for each in report.sources for reason in each.reasons),
            )


def _sum(report: CrawlReport) -> Counter[str]:
    counts: Counter[str] = Counter()
    for each in report.sources:
        counts.update(each.counts)
    return counts


def main() -> None:
    """Print the table."""
    world = load_world()
    sys.stdout.write(f"{HEAD}\n")
    with tempfile.TemporaryDirectory() as folder:
        for week in weeks(world, mondays(first_day(world), world.last_day), Path(folder)):
            sys.stdout.write(f"{week}\n")
            sys.stdout.writelines(f"    {complaint}\n" for complaint in week.complaints)
            sys.stdout.flush()


if __name__ == "__main__":
    main()
