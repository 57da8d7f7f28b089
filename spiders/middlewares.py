"""What stands between the network and the spiders: the archive as cache, whole answers only, the throttle."""

from __future__ import annotations

import json
import logging
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from scrapy.downloadermiddlewares.httpcache import HttpCacheMiddleware
from scrapy.downloadermiddlewares.retry import get_retry_request
from scrapy.exceptions import IgnoreRequest
from scrapy.extensions.httpcache import RFC2616Policy
from scrapy.extensions.throttle import AutoThrottle

if TYPE_CHECKING:
    from typing import Self

    from scrapy import Request
    from scrapy.core.downloader import Slot
    from scrapy.crawler import Crawler
    from scrapy.http import Response

logger = logging.getLogger(__name__)
OK, NOT_MODIFIED, FORBIDDEN = 200, 304, 403
KEPT = {OK, FORBIDDEN, 404, 410}  # a removed page is news too


class Challenged(IgnoreRequest):
    """A host answered with a page for people (a challenge or a maintenance page) where an API answer was due."""


class BrokenAnswer(IgnoreRequest):
    """An answer was cut off or is no JSON, on every try. It is not kept; the next run asks again."""


class ArchivePolicy(RFC2616Policy):
    """Keeps every answer that says something, and always asks whether a kept one still holds.

    A stored answer never stands in for a failure: a gap must be seen as a gap.
    """

    def should_cache_request(self, request: Request) -> bool:
        """Tell whether an answer to the request belongs in the archive: all but robots.txt do."""
        return urlsplit(request.url).path != "/robots.txt" and super().should_cache_request(request)

    def should_cache_response(self, response: Response, request: Request) -> bool:  # noqa: ARG002 -- Scrapy's
        """Tell whether to keep an answer; of the refusals only those that an API wrote itself."""
        return response.status in KEPT and (response.status != FORBIDDEN or _is_json(response.body))

    def is_cached_response_fresh(self, cachedresponse: Response, request: Request) -> bool:
        """Set the validators; whether a request is due is the spider's to decide, not a `max-age`."""
        self._set_conditional_validators(request, cachedresponse)
        return False

    def is_cached_response_valid(self, cachedresponse: Response, response: Response, request: Request) -> bool:  # noqa: ARG002 -- Scrapy's
        """Tell whether the host said that nothing changed."""
        return response.status == NOT_MODIFIED


class ArchiveMiddleware(HttpCacheMiddleware):
    """The HTTP cache of Scrapy, without its wish to hide a time-out behind a stored answer."""

    def process_exception(self, request: Request, exception: Exception, spider: Any = None) -> None:  # noqa: ARG002
        """Let the failure through."""
        request.meta.pop("cached_response", None)


class WholeAnswers:
    """Lets only whole API answers pass: no page for people, nothing cut off. Both would spoil the archive.

    A cut-off body kept with its ETag would be confirmed by 304 for ever.
    """

    def __init__(self, crawler: Crawler) -> None:
        self.crawler = crawler

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        return cls(crawler)

    def process_response(self, request: Request, response: Response) -> Request | Response:
        """Pass, ask again, or raise Challenged or BrokenAnswer."""
        if response.headers.get("cf-mitigated") == b"challenge":
            raise Challenged("answered with a challenge for browsers")
        if response.status != OK or not is_api(request.url) or _is_json(response.body):
            return response
        if response.body.lstrip()[:1] == b"<":
            raise Challenged("answered with a web page where JSON was due")
        spider = self.crawler.spider
        again = get_retry_request(request, spider=spider, reason="broken answer") if spider else None
        if again is None:
            raise BrokenAnswer("the answer is cut off, or no JSON in UTF-8")
        return again


class Throttle(AutoThrottle):
    """AutoThrottle that never goes below the delay set for the host."""

    def _adjust_delay(self, slot: Slot, latency: float, response: Response) -> None:
        super()._adjust_delay(slot, latency, response)
        host = urlsplit(response.url).hostname or ""
        slot.delay = max(slot.delay, self.crawler.settings.getdict("DOWNLOAD_SLOTS").get(host, {}).get("delay", 0.0))


def is_api(url: str) -> bool:
    """Tell whether a URL answers JSON: the API hosts of Parliament, and /api/ and .json on GOV.UK."""
    place = urlsplit(url)
    if place.path == "/robots.txt":
        return False
    return (place.hostname or "").endswith("-api.parliament.uk") or place.path.startswith("/api/")


def _is_json(body: bytes) -> bool:
    try:
        json.loads(body)
    except ValueError:
        return False
    return True
