"""Runs crawls and says how they went: Scrapy itself exits 0 whatever happens."""

from __future__ import annotations

import json
import logging
import os
import subprocess
import sys
import threading
from dataclasses import asdict, dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from processing.errors import BadInput
from spiders.sources import crawled_sources

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from scrapy.crawler import Crawler
    from scrapy.settings import Settings

FIGURES = {
    "requests": "downloader/request_count",
    "not_modified": "downloader/response_status_count/304",
    "new_answers": "followthrough/new answers",
    "new_listings": "followthrough/new listings",
    "confirmed": "followthrough/same answers",
    "documents": "followthrough/documents",
    "unchanged": "followthrough/unchanged",
    "listings": "followthrough/listings",
    "rechecks": "followthrough/rechecks",
    "not_collected": "followthrough/not collected",
    "passed_over": "followthrough/passed over",
    "gaps": "followthrough/gaps",
    "retries": "retry/count",
    "robots": "robotstxt/request_count",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceReport:
    """How the crawl of one source went. `outcome` is good or failed; `reasons` say why it is not good.

    `counts` are the figures of FIGURES: `requests` in all, of which `listings` were the fixed questions, `rechecks`
    looked whether an old page changed, `robots` asked for robots.txt; `not_modified` answers were a 304;
    `new_answers` were new or changed, `new_listings` of them listings; `confirmed` documents were as before;
    `passed_over` rows of listings were not our subject.
    """

    source: str
    outcome: str
    counts: Mapping[str, int] = field(default_factory=dict)
    reasons: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class CrawlReport:
    """How a crawl went, source by source, in the order of crawling."""

    sources: tuple[SourceReport, ...]

    @property
    def is_good(self) -> bool:
        """Tell whether every source was crawled without a gap or complaint."""
        return all(report.outcome == "good" for report in self.sources)


def crawl(  # noqa: PLR0913 -- each is a choice of the operator
    names: Sequence[str],
    folder: Path,
    *,
    replica: str | None = None,
    since: date | None = None,
    until: date | None = None,
    clock: datetime | None = None,
    settings: Mapping[str, Any] | None = None,
    time_limit: float | None = None,
    progress: Callable[[SourceReport], None] = lambda _: None,
) -> CrawlReport:
    """Crawl sources (none named: all) into the archive of a data folder, in a process of its own.

    `since` and `until` are days, inclusive; `until` plays today. `clock` stamps every answer (aware). `settings`
    override Scrapy's. `time_limit` is in seconds for one source: one that takes longer is ended, and counts as failed;
    the others are crawled all the same. `progress` is told of each source when it is done. Raises BadInput for an
    unknown source.
    """
    known = crawled_sources()
    if unknown := [name for name in names if name not in known]:
        raise BadInput(f"no such source: {', '.join(unknown)}. There are: {', '.join(known)}.")
    order = [name for name in known if not names or name in names]
    task = {
        "names": order,
        "folder": str(folder.resolve()),
        "replica": replica,
        "since": since.isoformat() if since else None,
        "until": until.isoformat() if until else None,
        "clock": clock.isoformat() if clock else None,
        "settings": dict(settings or {}),
        "ends_with_input": True,
    }
    reports: list[SourceReport] = []
    while left := order[len(reports) :]:
        told, why = _crawl_in_a_process({**task, "names": left}, time_limit, progress)
        reports += told
        if len(told) < len(left):
            reports.append(SourceReport(source=left[len(told)], outcome="failed", reasons=(why,)))
            progress(reports[-1])
    return CrawlReport(sources=tuple(reports))


def _crawl_in_a_process(
    task: Mapping[str, Any], time_limit: float | None, progress: Callable[[SourceReport], None]
) -> tuple[list[SourceReport], str]:
    """Crawl the sources of a task until all are done or the process ends; say why it ended before that."""
    # a process of its own: Twisted's reactor can't be started twice in one
    command = [sys.executable, "-m", "spiders.runner", json.dumps(task)]
    reports: list[SourceReport] = []
    place = Path(__file__).parent.parent
    pipe = subprocess.PIPE
    with subprocess.Popen(command, stdin=pipe, stdout=pipe, text=True, cwd=place) as child:  # noqa: S603 -- our own module
        watch = Watch(child, time_limit)
        try:
            for line in child.stdout or ():
                told = json.loads(line)
                reports.append(SourceReport(**{**told, "reasons": tuple(told["reasons"])}))
                watch.begin_again()
                progress(reports[-1])
        except BaseException:
            # Ctrl-C ends all that was started; the archive takes a sudden end
            child.kill()
            raise
        finally:
            watch.stop()
    if watch.has_ended_it:
        return reports, f"it took longer than {time_limit:g} seconds and was ended; the next run goes on from there"
    return reports, f"the crawl ended early (exit {child.returncode})"


class Watch:
    """Ends a process that says nothing for longer than a number of seconds; None watches nothing."""

    def __init__(self, child: subprocess.Popen[str], seconds: float | None) -> None:
        self.child = child
        self.seconds = seconds
        self.has_ended_it = False
        self.timer: threading.Timer | None = None
        self.begin_again()

    def begin_again(self) -> None:
        """Count the seconds anew."""
        self.stop()
        if self.seconds is not None:
            self.timer = threading.Timer(self.seconds, self._end)
            self.timer.daemon = True
            self.timer.start()

    def stop(self) -> None:
        """Watch no more."""
        if self.timer is not None:
            self.timer.cancel()

    def _end(self) -> None:
        self.has_ended_it = True
        self.child.kill()


def _end_with_parent() -> None:
    """End this process as soon as the one that started it has gone: the pipe to our standard input closes then."""

    def wait() -> None:
        # not through sys.stdin, whose lock the end of the interpreter would wait for
        os.read(0, 1)
        os._exit(1)

    threading.Thread(target=wait, daemon=True).start()


def settings_for(task: Mapping[str, Any]) -> Settings:
    """Return Scrapy's settings for a crawl."""
    from scrapy.settings import Settings  # noqa: PLC0415 -- only the crawling process loads Scrapy's machinery

    from spiders.settings import for_replica  # noqa: PLC0415

    settings = Settings()
    settings.setmodule("spiders.settings", priority="project")
    replica = task["replica"] or settings["REPLICA"]
    if replica:
        settings.update(for_replica(), priority="cmdline")
    own = {"DATA": task["folder"], "REPLICA": replica, "CLOCK": task["clock"], **task["settings"]}
    settings.update(own, priority="cmdline")
    return settings


def run(task: Mapping[str, Any]) -> None:
    """Crawl one source after the other in this process and print a line of JSON for each: what `crawl` reads."""
    from scrapy.crawler import AsyncCrawlerProcess  # noqa: PLC0415 -- loads the reactor

    process = AsyncCrawlerProcess(settings_for(task))
    # what they have to say is told once, in the report; they would add pages of traceback
    for name in ("robotstxt", "retry"):
        logging.getLogger(f"scrapy.downloadermiddlewares.{name}").setLevel(logging.CRITICAL)
    folder, left = Path(task["folder"]), iter(task["names"])
    # one after the other: two sources may share a host, and its limits
    _next(process, left, task, folder)
    process.start()


def _next(process: Any, left: Iterator[str], task: Mapping[str, Any], folder: Path) -> None:
    from spiders.pipelines import begin, finish  # noqa: PLC0415 -- opens the archive's machinery

    name = next(left, None)
    if name is None:
        return
    crawler = process.create_crawler(crawled_sources()[name])
    number = begin(folder, name, _now(task))

    def done(finished: Any) -> None:
        report = report_of(name, crawler, finished.exception())
        finish(folder, number, _now(task), report.outcome, report.counts, "; ".join(report.reasons))
        sys.stdout.write(json.dumps(asdict(report)) + "\n")
        sys.stdout.flush()
        _next(process, left, task, folder)

    process.crawl(crawler, since=task["since"], until=task["until"]).add_done_callback(done)


def _now(task: Mapping[str, Any]) -> datetime:
    """Return the instant of the set clock, so that a demonstration tells of its own days; without one, now."""
    return datetime.fromisoformat(task["clock"]).astimezone(UTC) if task["clock"] else datetime.now(tz=UTC)


def report_of(name: str, crawler: Crawler, error: BaseException | None) -> SourceReport:
    """Return the report on a crawler that has finished."""
    stats = crawler.stats.get_stats() if crawler.stats else {}
    reasons = list(getattr(crawler.spider, "reasons", []))
    if error is not None:
        reasons.append(f"{type(error).__name__}: {error}")
    counts = {figure: int(stats.get(stat, 0)) for figure, stat in FIGURES.items()}
    return SourceReport(source=name, outcome="failed" if reasons else "good", counts=counts, reasons=tuple(reasons))


if __name__ == "__main__":
    given = json.loads(sys.argv[1])
    if given.get("ends_with_input"):
        _end_with_parent()
    run(given)
