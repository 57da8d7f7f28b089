"""What a finished crawl is checked for (Spidermon): enough documents, whole documents, no refusals, no errors."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from spidermon import Monitor, MonitorSuite
from spidermon.core.actions import Action

if TYPE_CHECKING:
    from spiders.base import SourceSpider

REFUSALS = (401, 403, 407, 451)
# share of the documents of a crawl that must have the field
FIELDS = {"title": 1.0, "url": 1.0, "published": 0.95, "passages": 0.8}


class CrawlMonitor(Monitor):  # type: ignore[misc] # Spidermon has no types
    """Checks of every source."""

    longMessage = False

    @property
    def spider(self) -> SourceSpider:
        """The spider that has finished."""
        return cast("SourceSpider", self.data.spider)

    def figure(self, name: str) -> int:
        """Return a figure of the crawl, 0 where nothing was counted."""
        return int(self.data.stats.get(name, 0))

    def test_as_many_documents_as_expected(self) -> None:
        """A week while Parliament sits gives a number within the source's range."""
        spider = self.spider
        if not self.data.crawler.settings.getbool("CHECK_RANGES") or not spider.memory.sat(spider.since, spider.until):
            return
        found = self.figure("followthrough/documents") + self.figure("followthrough/unchanged")
        expects = spider.expects
        if not expects.lowest <= found <= expects.highest:
            self.fail(f"{found} documents, where {expects.lowest} to {expects.highest} were expected")

    def test_nothing_was_refused(self) -> None:
        """No host said that we may not."""
        for status in REFUSALS:
            # a robots.txt that can't be had for want of permission forbids nothing (RFC 9309, 2.3.1.3)
            of_robots = self.figure(f"robotstxt/response_status_count/{status}")
            if count := self.figure(f"downloader/response_status_count/{status}") - of_robots:
                self.fail(f"{count} answers with status {status}")
        if count := self.figure("robotstxt/forbidden"):
            self.fail(f"{count} requests that robots.txt forbids")

    def test_documents_are_whole(self) -> None:
        """The fields that every document has were read."""
        documents = self.figure("spidermon_item_scraped_count/Document")
        for field, share in FIELDS.items():
            have = self.figure(f"spidermon_item_scraped_count/Document/{field}")
            if documents and have < share * documents:
                self.fail(f"only {have} of {documents} documents have the field {field}")

    def test_no_bug_of_ours(self) -> None:
        """No spider or pipeline broke."""
        broken = sum(
            count for name, count in self.data.stats.items() if name.startswith("spider_exceptions/count")
        ) + self.figure("log_count/CRITICAL")
        if broken:
            self.fail(f"{broken} answers could not be worked on: see the log")


class Complain(Action):  # type: ignore[misc] # Spidermon has no types
    """Makes a failed check a reason why the crawl is not good."""

    def run_action(self) -> None:
        """Pass the messages of the failed checks to the spider."""
        spider = cast("SourceSpider", self.data.spider)
        for failed in self.result.monitors_failed_results:
            spider.complain(str(failed.error).strip().splitlines()[-1].removeprefix("AssertionError: "))


class CrawlSuite(MonitorSuite):  # type: ignore[misc] # Spidermon has no types
    """All checks, when a spider closes."""

    monitors: list[Any] = [CrawlMonitor]
    monitors_failed_actions: list[Any] = [Complain]
