"""What every source shares: what is said of it, the days that it asks about, and the account of what came of it."""

from __future__ import annotations

import logging
import re
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Any, ClassVar, Protocol

import scrapy
from scrapy.exceptions import (
    CannotResolveHostError,
    DownloadCancelledError,
    DownloadConnectionRefusedError,
    DownloadTimeoutError,
    IgnoreRequest,
    ResponseDataLossError,
)
from scrapy.spidermiddlewares.httperror import HttpError

from processing.errors import FollowthroughError, KindNotCollected
from processing.london import LONDON
from processing.one_document import named
from processing.records import Asked, Document

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable, Iterator

    from scrapy.http import Response
    from twisted.python.failure import Failure

    from processing.records import Record

WEEK = timedelta(days=6)  # a day less, so that the weekly run is never early
# why a request failed, by the name that Scrapy has for it
PLAIN_WORDS = {
    DownloadTimeoutError: "gave no answer within {:.0f} s",
    DownloadCancelledError: "its answer is larger than {:.0f} bytes, the most that we take",
    ResponseDataLossError: "broke off in the middle of its answer",
    DownloadConnectionRefusedError: "refused the connection: the host is down, or the address is wrong",
    CannotResolveHostError: "the name of the host is not known: is this machine connected?",
}
# "(100000) in request", "longer than 180.0 seconds": the limit in Scrapy's words, which name the address as well
_LIMIT = re.compile(r"(?:\(|longer than )(\d+(?:\.\d+)?)(?:\)| s)")
NAMED_FAILURES = 5  # failures that the note of a scope names one by one: the log holds them all


@dataclass(frozen=True, slots=True, kw_only=True)
class Range:
    """How many documents a weekly run sees at least and at most while Parliament sits; both inclusive."""

    lowest: int
    highest: int


class Memory(Protocol):
    """What earlier crawls left in the archive, for reading only."""

    def seen(self, url: str) -> datetime | None:
        """Return the instant (UTC) at which a URL was last checked; None where it never was."""

    def came(self, url: str) -> datetime | None:
        """Return the instant (UTC) at which the present answer of a URL first came; None where there is none."""

    def body(self, url: str) -> bytes | None:
        """Return the last body that a URL answered with status 200."""

    def bodies(self, prefix: str, after: datetime | None = None) -> Iterator[tuple[str, bytes]]:
        """Yield URL and last body of all that begins with `prefix`; `after` leaves out what came at or before it."""

    def missing(self) -> list[Asked]:
        """Return what this source asked for earlier and did not get: scopes that failed or are pending."""

    def sat(self, first: date, last: date) -> bool:
        """Tell whether a House is known to have sat on a day of `first`..`last`, both inclusive."""

    def is_whole(self) -> bool:
        """Tell whether the last crawl of this source ended without a gap: one that was killed did not."""


class NoMemory:
    """The memory of a crawl without an archive: nothing was ever seen."""

    def seen(self, url: str) -> datetime | None:  # noqa: ARG002 -- the protocol's signature
        return None

    def came(self, url: str) -> datetime | None:  # noqa: ARG002 -- the protocol's signature
        return None

    def body(self, url: str) -> bytes | None:  # noqa: ARG002 -- the protocol's signature
        return None

    def bodies(self, prefix: str, after: datetime | None = None) -> Iterator[tuple[str, bytes]]:  # noqa: ARG002
        return iter(())

    def missing(self) -> list[Asked]:
        return []

    def sat(self, first: date, last: date) -> bool:  # noqa: ARG002 -- the protocol's signature
        return False

    def is_whole(self) -> bool:
        return True


@dataclass(slots=True, kw_only=True)
class Scope:
    """One question of a crawl, such as a sitting day: how many answers it waits for, what came, what failed.

    `listed` counts the documents that its listing names, `found` those that came. `pending` says why it must be
    asked again though nothing failed. It settles when the last answer is in.
    """

    name: str
    house: str | None = None
    day: date | None = None
    outstanding: int = 0
    listed: int = 0
    found: int = 0
    pending: str | None = None
    failures: list[str] = field(default_factory=list)

    def state(self) -> str:
        """Return collected, empty, failed or pending."""
        if self.failures:
            return "failed"
        if self.pending:
            return "pending"
        return "collected" if self.listed or self.found else "empty"

    def asked(self, source: str) -> Asked:
        """Return the row of coverage."""
        note = "; ".join(self.failures[:NAMED_FAILURES])
        if len(self.failures) > NAMED_FAILURES:
            note += f"; and {len(self.failures) - NAMED_FAILURES} more"
        return Asked(
            source=source,
            scope=self.name,
            state=self.state(),
            found=self.found,
            house=self.house,
            day=self.day,
            note=note or self.pending,
        )


class SourceSpider(scrapy.Spider):
    """The spider of one source. A subclass gives the facts, `first_requests` and `read`.

    `since` and `until` are the first and last day asked about, both inclusive; `until` plays today.
    """

    title: ClassVar[str]
    licence: ClassVar[str]
    attribution: ClassVar[str]
    home: ClassVar[str]
    expects: ClassVar[Range]
    lookback: ClassVar[timedelta] = timedelta(days=30)  # Hansard was seen to change a fortnight after the sitting
    is_crawled: ClassVar[bool] = True  # False: imported from files, never asked over the network
    turn: ClassVar[int] = 1  # sources with a lower turn are crawled first

    @staticmethod
    def read(body: bytes, url: str) -> Iterator[Record]:
        """Yield the records that an answer holds: the module's own function of that name."""
        raise TypeError(f"no reader for {url} ({len(body)} bytes)")

    @staticmethod
    def read_missing(status: int, body: bytes, url: str) -> Iterator[Record]:  # noqa: ARG004 -- for sources that can tell
        """Yield what an answer other than 200 says of a document: that it was withdrawn or is gone."""
        yield from ()

    @staticmethod
    def probes(day: date) -> Iterator[str]:  # noqa: ARG004 -- for sources that can be asked
        """Yield the addresses that `followthrough probe` asks on a day, one of each kind."""
        yield from ()

    @staticmethod
    def follow(body: bytes, url: str) -> Iterator[str]:  # noqa: ARG004 -- for sources whose answers lead on
        """Yield the addresses that a probed answer leads to and that are worth asking."""
        yield from ()

    def __init__(self, since: str | date | None = None, until: str | date | None = None, **arguments: Any) -> None:
        super().__init__(**arguments)
        self.until = _day(until) or datetime.now(tz=LONDON).date()
        self.since = _day(since) or self.until - self.lookback
        self.memory: Memory = NoMemory()
        self.reasons: list[str] = []
        self.open: dict[str, Scope] = {}
        self._urls: set[str] = set()

    async def start(self) -> AsyncIterator[Any]:
        """Ask the first questions."""
        for request in self.first_requests():
            yield request

    def first_requests(self) -> Iterator[scrapy.Request]:
        """Yield the requests that begin the crawl: made with `ask`."""
        raise TypeError(f"{type(self).__name__} has no first_requests")

    def seen(self, url: str) -> datetime | None:
        """Return the instant (UTC) at which a URL was last checked, in this crawl or an earlier one."""
        return self.memory.seen(url)

    def days(self) -> list[date]:
        """Return the days asked about, in order."""
        return [self.since + timedelta(days=n) for n in range((self.until - self.since).days + 1)]

    def scope(self, name: str, *, house: str | None = None, day: date | None = None) -> Scope:
        """Return the scope of that name, which stays open until its last answer is in."""
        return self.open.setdefault(name, Scope(name=name, house=house, day=day))

    def ask(
        self,
        url: str,
        then: Callable[[Response, Scope], Iterator[Any]],
        scope: Scope,
        *,
        on_failure: Callable[[str, Scope], Iterator[Any] | None] | None = None,
        **meta: Any,
    ) -> list[scrapy.Request]:
        """Return the request for a URL, or nothing where this crawl has asked for it already.

        `then(response, scope)` yields records and further requests. `on_failure(reason, scope)` may take a failure
        on itself by returning what to do instead; None, or no such function, counts the failure.
        """
        if url in self._urls:
            return []
        self._urls.add(url)
        scope.outstanding += 1
        given = {"then": then, "scope": scope, "on_failure": on_failure}
        return [
            scrapy.Request(
                url,
                callback=self._answered,
                errback=self._failed,
                cb_kwargs={"then": then, "scope": scope},
                # a request that the filter dropped would leave its scope open for ever; `_urls` is our filter
                dont_filter=True,
                meta={**meta, "asked": given},
            )
        ]

    def ask_listing(
        self, url: str, then: Callable[[Response, Scope], Iterator[Any]], scope: Scope, **meta: Any
    ) -> list[scrapy.Request]:
        """Return the request for a listing: one of the fixed questions, which may be asked anew."""
        self._urls.discard(url)
        self.count("listings")
        return self.ask(url, then, scope, **meta, is_listing=True)

    def documents(self, response: Response, scope: Scope, *, holds: int = 1) -> Iterator[Record]:
        """Read the records of an answer. An unchanged one, which `holds` so many, is not read again.

        One that was refused before is.
        """
        if is_unchanged(response) and not self.was_refused(response.url):
            self.count("unchanged", holds)
            scope.found += holds
            return
        with named(response.url):
            records = list(type(self).read(response.body, response.url))
        for record in records:
            if isinstance(record, Document):
                scope.found += 1
                self.count("documents")
            yield record

    def is_asked(self, url: str) -> bool:
        """Tell whether this crawl has asked for a URL."""
        return url in self._urls

    def is_due(self, url: str) -> bool:
        """Tell whether to ask for a document of the last weeks again: after a week, since changes are not announced."""
        checked = self.seen(url)
        return checked is None or self.until - checked.date() >= WEEK or self.was_refused(url)

    def count(self, what: str, number: int = 1) -> None:
        """Add to a figure of the crawl's report."""
        if self.crawler.stats:
            self.crawler.stats.inc_value(f"followthrough/{what}", number)

    def complain(self, reason: str) -> None:
        """Note why this crawl is not good."""
        self.reasons.append(reason)
        self.logger.info("%s: %s", self.name, reason)

    def log(self, message: Any, level: int = logging.DEBUG, **kw: Any) -> None:
        """Take what Spidermon has to tell: its failed checks are told by `complain`, in one line each."""
        self.logger.log(min(level, logging.INFO), message, **kw)

    def was_refused(self, url: str) -> bool:
        """Tell whether an earlier crawl could not read this URL's answer, or not get it."""
        return any(url in (asked.note or "") for asked in self.memory.missing())

    def _answered(
        self, response: Response, then: Callable[[Response, Scope], Iterator[Any]], scope: Scope
    ) -> Iterator[Any]:
        try:
            yield from self._read(response, then, scope)
        except KindNotCollected as error:
            self.count("not collected")
            self.logger.info("%s", error)
        except FollowthroughError as error:
            self._note(str(error), scope)
        yield from self._settle(scope)

    @staticmethod
    def _read(response: Response, then: Callable[[Response, Scope], Iterator[Any]], scope: Scope) -> Iterator[Any]:
        """Yield what follows from an answer; what it makes us stumble over is named as a change of the source."""
        following = iter(then(response, scope))
        while True:
            with named(response.url):
                try:
                    found = next(following)
                except StopIteration:
                    return
            yield found

    def _failed(self, failure: Failure) -> Iterator[Any]:
        request: scrapy.Request = failure.request  # type: ignore[attr-defined] # Scrapy sets it
        given = request.meta["asked"]
        scope: Scope = given["scope"]
        reason = f"{request.url}: {reason_of(failure.value)}"
        instead = given["on_failure"](reason, scope) if given["on_failure"] else None
        if instead is None:
            self._note(reason, scope)
        else:
            yield from instead
        yield from self._settle(scope)

    def _note(self, reason: str, scope: Scope) -> None:
        scope.failures.append(reason)
        self.complain(reason)

    def _settle(self, scope: Scope) -> Iterator[Asked]:
        scope.outstanding -= 1
        if scope.outstanding == 0:
            self.open.pop(scope.name, None)
            if scope.state() in ("failed", "pending"):
                self.count("gaps")
            yield scope.asked(self.name)

    def closed(self, reason: str) -> None:
        """Complain of what never settled: a crawl that was stopped, or a bug that the log holds."""
        if reason != "finished":
            self.complain(f"the crawl was stopped: {reason}")
        for scope in self.open.values():
            self.complain(f"{scope.name}: left open")


def reason_of(error: BaseException | None) -> str:
    """Say in a few plain words why a request failed."""
    if isinstance(error, HttpError):
        return f"answered {error.response.status}"
    words = str(error).strip() or type(error).__name__
    for kind, told in PLAIN_WORDS.items():
        if isinstance(error, kind):
            limit = _LIMIT.search(words)
            return told.format(float(limit[1]) if limit else 0)
    if words == "max redirections reached":
        return "sent us from address to address without end"
    return words if isinstance(error, IgnoreRequest) else f"{type(error).__name__}: {words}"


def is_unchanged(response: Response) -> bool:
    """Tell whether an answer says nothing new: a 304, or the same bytes as the last time."""
    return bool({"cached", "unchanged"} & set(response.flags))


def utc_day(instant: datetime) -> date:
    """Return the day, UTC, of an aware instant."""
    return instant.astimezone(UTC).date()


def _day(value: str | date | None) -> date | None:
    return date.fromisoformat(value) if isinstance(value, str) else value
