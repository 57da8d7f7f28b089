"""Crawl the sources and process what they brought: the two steps of every update."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from db.register.documents import Register
from processing.errors import BadInput
from runs.process import process
from spiders.runner import crawl

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import date
    from pathlib import Path

    from runs.process import Processed
    from spiders.runner import CrawlReport, SourceReport

SAMPLE_WORLD = "sample_world"  # the register's fact that all in it is invented: `yes`


@dataclass(frozen=True, slots=True, kw_only=True)
class Gathered:
    """What an update did."""

    crawled: CrawlReport
    processed: Processed


def gather(  # noqa: PLR0913 -- each is a choice of the operator
    folder: Path,
    today: date,
    *,
    names: Sequence[str] = (),
    since: date | None = None,
    replica: str | None = None,
    clock: datetime | None = None,
    told: Callable[[SourceReport], None] = lambda _: None,
    progress: Callable[[str], None] = lambda _: None,
) -> Gathered:
    """Crawl sources (none named: all) up to `today`, then process what came, also where a source failed.

    `since`, `replica` and `clock` are those of `spiders.runner.crawl`. `told` hears of each source when it is done,
    `progress` of the steps of processing. Stopped at any moment, the same call goes on from there.
    """
    began = clock or datetime.now(tz=UTC)
    crawled = crawl(names, folder, replica=replica, since=since, until=today, clock=clock, progress=told)
    return Gathered(crawled=crawled, processed=process(folder, today, began=began, progress=progress))


def is_sample(folder: Path) -> bool:
    """Tell whether a data folder holds the invented sample world."""
    if not (folder / "followthrough.db").exists():
        return False
    register = Register(folder)
    try:
        return register.fact(SAMPLE_WORLD) == "yes"
    finally:
        register.close()


def refuse_sample(folder: Path) -> None:
    """Raise BadInput where a data folder holds the sample world: what is real is never mixed with what is invented."""
    if is_sample(folder):
        raise BadInput(
            f"{folder} holds the invented sample world, with which real answers must not be mixed."
            " Give another folder with --data."
        )
