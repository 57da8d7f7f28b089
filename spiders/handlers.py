"""How a request goes out: to the live host or to the replica, after the rest that the host has asked for."""

from __future__ import annotations

import asyncio
import logging
from email.utils import parsedate_to_datetime
from time import monotonic, time
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from scrapy import signals
from scrapy.core.downloader.handlers.base import BaseDownloadHandler
from scrapy.core.downloader.handlers.http11 import HTTP11DownloadHandler
from scrapy.exceptions import (
    CannotResolveHostError,
    DownloadConnectionRefusedError,
    DownloadFailedError,
    DownloadTimeoutError,
    IgnoreRequest,
)

if TYPE_CHECKING:
    from scrapy import Request
    from scrapy.crawler import Crawler
    from scrapy.http import Response
    from scrapy.robotstxt import RobotParser

logger = logging.getLogger(__name__)
BUSY = {429, 500, 502, 503, 504, 522, 524}
ROBOTS = "/robots.txt"
SERVER_ERROR = 500
DOWN = BUSY - {500}  # 500 may be the fault of one question; these are the host's
UNREACHABLE = (CannotResolveHostError, DownloadConnectionRefusedError, DownloadFailedError, DownloadTimeoutError)


class HostBusy(IgnoreRequest):
    """A host asked for a longer rest than we wait within one run, or is down. The next run asks again."""


class PoliteHandler(BaseDownloadHandler):
    """Sends requests as Scrapy does, and obeys `Retry-After` and `Crawl-delay`, which Scrapy knows of and ignores.

    A request that waits here keeps its place in the line of its host, so the whole host is left in peace.
    """

    lazy = False

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        self.inner = HTTP11DownloadHandler(crawler)
        settings = crawler.settings
        self.replica: str | None = (settings.get("REPLICA") or "").rstrip("/") or None
        self.backoff = settings.getfloat("RETRY_BACKOFF_SECONDS")
        self.limit = settings.getfloat("RETRY_AFTER_LIMIT_SECONDS")
        self.rests: dict[str, float] = {}
        self.gaps: dict[str, float] = {}
        self.turns: dict[str, asyncio.Lock] = {}
        self.patience = settings.getint("FAILURES_IN_A_ROW")
        self.failures: dict[str, int] = {}
        self.without_robots: dict[str, int] = {}  # by host: the error that its robots.txt last answered
        crawler.signals.connect(self.robots_parsed, signal=signals.robots_parsed)

    async def robots_parsed(self, robotparser: RobotParser, request: Request) -> None:
        """Take the `Crawl-delay` of a host's robots.txt."""
        delay = getattr(getattr(robotparser, "rp", None), "crawl_delay", lambda _: None)(
            self.crawler.settings["ROBOTSTXT_USER_AGENT"]
        )
        if delay:
            self.gaps[_host(request)] = float(delay)
            logger.info("%s asks for %s s between requests", _host(request), delay)

    async def download_request(self, request: Request) -> Response:
        """Send a request when its host is ready for it. Raises HostBusy where that is beyond our patience."""
        host = _host(request)
        status = self.without_robots.get(host)
        if status is not None and not _is_robots(request):
            told = "nothing may be fetched until it answers (RFC 9309)"
            raise HostBusy(f"{host} answered {status} for its robots.txt: {told}. The next run asks again")
        # one after the other: those that wait must not all set off when the rest is over
        async with self.turns.setdefault(host, asyncio.Lock()):
            await self._rest(host)
            self._wait(host, self.gaps.get(host, 0.0))
            # a host that fails is asked for one thing at a time: what is under way could fail beyond our patience
            if self.failures.get(host):
                return await self._counted(request, host)
        return await self._counted(request, host)

    async def _counted(self, request: Request, host: str) -> Response:
        """Send a request, and count how often the host failed in a row."""
        try:
            response = await self._send(request)
        except UNREACHABLE:
            self.failures[host] = self.failures.get(host, 0) + 1
            raise
        if response.status in DOWN:
            self.failures[host] = self.failures.get(host, 0) + 1
        # a host can be down behind a robots.txt that still answers
        elif not _is_robots(request):
            self.failures[host] = 0
        if _is_robots(request):
            self.without_robots.pop(host, None)
            if response.status >= SERVER_ERROR:
                self.without_robots[host] = response.status
        if response.status in BUSY:
            self._wait(host, self._asked_rest(response, request))
        return response

    async def _send(self, request: Request) -> Response:
        if not self.replica:
            return await self.inner.download_request(request)
        place = urlsplit(request.url)
        stand_in = f"{self.replica}/{place.netloc}{place.path or '/'}" + (f"?{place.query}" if place.query else "")
        answer = await self.inner.download_request(request.replace(url=stand_in))
        return answer.replace(url=request.url)

    async def close(self) -> None:
        """Close the connections."""
        await self.inner.close()

    async def _rest(self, host: str) -> None:
        if self.failures.get(host, 0) >= self.patience:
            raise HostBusy(f"{host} failed {self.failures[host]} times in a row: left alone until the next run")
        rest = self.rests.get(host, 0.0) - monotonic()
        if rest > self.limit:
            raise HostBusy(f"{host} asked us to wait {rest:.0f} s, longer than we do within one run")
        if rest > 0:
            await asyncio.sleep(rest)

    def _wait(self, host: str, seconds: float) -> None:
        self.rests[host] = max(self.rests.get(host, 0.0), monotonic() + seconds)

    def _asked_rest(self, response: Response, request: Request) -> float:
        """Return the seconds of `Retry-After` (a number or a date), or else twice as long with each try."""
        asked = (response.headers.get("Retry-After") or b"").decode("latin-1").strip()
        if asked.isdigit():
            return float(asked)
        if asked:
            try:
                return max(0.0, parsedate_to_datetime(asked).timestamp() - time())
            except ValueError:
                logger.warning("%s: Retry-After is neither seconds nor a date: %r", response.url, asked)
        return float(self.backoff * 2 ** int(request.meta.get("retry_times", 0)))


def _is_robots(request: Request) -> bool:
    return urlsplit(request.url).path == ROBOTS


def _host(request: Request) -> str:
    return urlsplit(request.url).hostname or ""
