"""The only way from the spiders to the archive: as HTTP cache, as item pipeline, as the spiders' memory."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

from scrapy import signals
from scrapy.http import Headers
from scrapy.responsetypes import responsetypes

from db.archive.archive import Archive
from processing.records import Answer, Asked
from processing.sources import SITTING_DAYS_OF

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import date
    from typing import Self

    from scrapy import Request, Spider
    from scrapy.crawler import Crawler
    from scrapy.http import Response
    from scrapy.settings import BaseSettings

    from spiders.base import SourceSpider

OK = 200
TICK = timedelta(microseconds=1)


class ArchiveStorage:
    """Scrapy's cache storage in the archive: bytes, headers and status of every answer, by its live URL."""

    def __init__(self, settings: BaseSettings) -> None:
        self.folder = Path(settings["DATA"])
        self.clock = _clock(settings)

    def open_spider(self, spider: Spider) -> None:
        """Open the archive."""
        self.archive = Archive(self.folder)
        stats = spider.crawler.stats
        if stats is None:  # pragma: no cover -- Scrapy always has them while a spider is open
            raise RuntimeError("the crawl has no statistics")
        self.stats = stats

    def close_spider(self, spider: Spider) -> None:  # noqa: ARG002 -- Scrapy's signature
        """Close the archive."""
        self.archive.close()

    def retrieve_response(self, spider: Spider, request: Request) -> Response | None:  # noqa: ARG002 -- Scrapy's
        """Return the last answer of a URL as a response; None where there is none."""
        found = self.archive.latest(request.url)
        if found is None:
            return None
        kept, headers, _ = found
        answer = kept.answer
        response = responsetypes.from_args(headers=Headers(headers), url=answer.url, body=answer.body)(
            url=answer.url, status=answer.status, headers=headers, body=answer.body
        )
        for name, value in (("ETag", answer.etag), ("Last-Modified", answer.last_modified)):
            if value is not None:
                response.headers[name] = value
        return response

    def store_response(self, spider: Spider, request: Request, response: Response) -> None:
        """Keep an answer before anybody reads it; one that says nothing new is flagged `unchanged`."""
        answer = Answer(
            source=spider.name,
            url=request.url,
            fetched_at=self._instant(request.url, response),
            status=response.status,
            body=response.body,
            etag=_header(response, "ETag"),
            last_modified=_header(response, "Last-Modified"),
            content_type=_header(response, "Content-Type"),
        )
        kind = "listings" if request.meta.get("is_listing") else "answers"
        if self.archive.keep(answer, _headers(response)):
            self.stats.inc_value("followthrough/new answers")
            self.stats.inc_value("followthrough/new listings", int(kind == "listings"))
        else:
            response.flags.append("unchanged")
            self.stats.inc_value(f"followthrough/same {kind}")

    def _instant(self, url: str, response: Response) -> datetime:
        """Return now; with a set clock its instant, later only where the URL answered otherwise at that instant."""
        if self.clock is None:
            return datetime.now(tz=UTC)
        found = self.archive.latest(url)
        if found is None or found[0].answer.body == response.body or found[0].answer.fetched_at < self.clock:
            return self.clock
        return found[0].answer.fetched_at + TICK


class ArchiveMemory:
    """What earlier crawls left, as spiders may know it."""

    def __init__(self, archive: Archive, source: str) -> None:
        self.archive = archive
        self.source = source
        self._missing: list[Asked] | None = None

    def seen(self, url: str) -> datetime | None:
        found = self.archive.latest(url)
        return found[2] if found else None

    def came(self, url: str) -> datetime | None:
        found = self.archive.latest(url)
        return found[0].answer.fetched_at if found else None

    def body(self, url: str) -> bytes | None:
        found = self.archive.latest(url)
        return found[0].answer.body if found and found[0].answer.status == OK else None

    def bodies(self, prefix: str, after: datetime | None = None) -> Iterator[tuple[str, bytes]]:
        for kept in self.archive.last_answers(prefix, after):
            if kept.answer.status == OK:
                yield kept.answer.url, kept.answer.body

    def missing(self) -> list[Asked]:
        if self._missing is None:
            self._missing = [
                asked
                for asked in self.archive.coverage()
                if asked.source == self.source and asked.state in ("failed", "pending")
            ]
        return self._missing

    def sat(self, first: date, last: date) -> bool:
        return any(
            asked.source == SITTING_DAYS_OF and asked.day is not None and first <= asked.day <= last
            for asked in self.archive.coverage()
        )

    def is_whole(self) -> bool:
        return self.archive.last_outcome(self.source) in (None, "good")


class ArchivePipeline:
    """Gives the spider its memory, and notes what it asked for and what came of it."""

    def __init__(self, crawler: Crawler) -> None:
        self.archive = Archive(Path(crawler.settings["DATA"]))
        self.clock = _clock(crawler.settings)
        self.spider: SourceSpider = crawler.spider  # type: ignore[assignment] # all spiders here are ours
        self.spider.memory = ArchiveMemory(self.archive, self.spider.name)
        crawler.signals.connect(self.engine_stopped, signal=signals.engine_stopped)

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        return cls(crawler)

    def process_item(self, item: Any) -> Any:
        """Note a row of coverage. Records are read again from the archive when it is processed."""
        if isinstance(item, Asked):
            self.archive.ask(item, self.clock or datetime.now(tz=UTC))
        return item

    def close_spider(self) -> None:
        """Note what never got its answers, so that the next crawl asks for it."""
        for scope in self.spider.open.values():
            scope.failures.append(f"{scope.name}: the crawl ended before all answers were in")
            self.process_item(scope.asked(self.spider.name))

    def engine_stopped(self) -> None:
        """Close the archive: not before the checks of the finished crawl have looked at it."""
        self.archive.close()


def begin(folder: Path, source: str, at: datetime) -> int:
    """Note that a crawl of a source begins; earlier ones that never ended were killed. Returns the crawl's id."""
    archive = Archive(folder)
    try:
        return archive.begin_crawl(source, at)
    finally:
        archive.close()


def finish(folder: Path, crawl: int, at: datetime, outcome: str, counts: Mapping[str, int], note: str) -> None:
    """Note how a crawl ended: `good` or `failed`, its figures, and why it is not good."""
    archive = Archive(folder)
    try:
        archive.finish_crawl(crawl, at, outcome, json.dumps(dict(counts), sort_keys=True), note)
    finally:
        archive.close()


def _clock(settings: BaseSettings) -> datetime | None:
    value = settings.get("CLOCK")
    return datetime.fromisoformat(value).astimezone(UTC) if value else None


def _header(response: Response, name: str) -> str | None:
    value = response.headers.get(name)
    return value.decode("latin-1") if value is not None else None


def _headers(response: Response) -> dict[str, list[str]]:
    return {
        name.decode("latin-1"): [value.decode("latin-1") for value in values]
        for name, values in response.headers.items()
    }
