"""Asks each live interface a question or two, and says how the answers differ from what the readers know.

A source takes part by a function `probes(day) -> Iterator[str]` in its module, the addresses to ask on that day, and
may have `follow(body, url) -> Iterator[str]`, the addresses that an answer leads to and are worth asking.
"""

from __future__ import annotations

import json
import logging
import re
import subprocess
import sys
from collections import Counter
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import scrapy

from processing.errors import KindNotCollected, SourceChanged
from spiders.base import reason_of
from spiders.runner import settings_for
from spiders.sources import crawled_sources

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable, Iterator

    from scrapy.http import Response
    from twisted.python.failure import Failure

    from spiders.base import SourceSpider

OK = 200
FOLLOWED = 3  # addresses followed from one answer at most: a look, not a crawl


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """What one question brought: `outcome` says what was read or why not; `differences` name fields."""

    source: str
    url: str
    outcome: str
    is_good: bool
    differences: tuple[str, ...] = ()
    file: str | None = None


class Probe(scrapy.Spider):
    """Asks the questions of all sources and prints a line of JSON for each answer."""

    name = "probe"

    def __init__(self, day: str, into: str, names: list[str], **arguments: Any) -> None:
        super().__init__(**arguments)
        self.day, self.into, self.names = date.fromisoformat(day), Path(into), names
        self.asked: set[str] = set()
        self.spiders = crawled_sources()

    async def start(self) -> AsyncIterator[scrapy.Request]:
        """Ask each source's questions, and each host's robots.txt."""
        for name in self.names:
            for url in self.spiders[name].probes(self.day):
                host = urlsplit(url)
                for asked in (f"{host.scheme}://{host.netloc}/robots.txt", url):
                    for request in self._ask(name, asked):
                        yield request

    def _ask(self, source: str, url: str) -> list[scrapy.Request]:
        if url in self.asked:
            return []
        self.asked.add(url)
        is_robots = url.endswith("/robots.txt")
        request = scrapy.Request(
            url,
            callback=self._robots if is_robots else self._answered,
            errback=self._failed,
            cb_kwargs={"source": source},
            meta={"source": source, "handle_httpstatus_all": True, "dont_obey_robotstxt": is_robots},
            dont_filter=True,
        )
        return [request]

    def _robots(self, response: Response, source: str) -> None:
        rules = [line for line in response.text.splitlines() if re.match(r"(?i)(?:dis)?allow|crawl-delay", line)]
        outcome = (
            f"status {response.status}; {len(rules)} rules" if response.status == OK else f"status {response.status}"
        )
        _tell(Finding(source=source, url=response.url, outcome=outcome, is_good=True, differences=tuple(rules[:8])))

    def _answered(self, response: Response, source: str) -> Iterator[scrapy.Request]:
        spider = self.spiders[source]
        file = self._save(response, source)
        outcome, is_good, differences = (
            shape(spider, response.body, response.url)
            if response.status == OK
            else (f"status {response.status}", False, ())
        )
        _tell(
            Finding(
                source=source, url=response.url, outcome=outcome, is_good=is_good, differences=differences, file=file
            )
        )
        for url in list(spider.follow(response.body, response.url))[:FOLLOWED] if is_good else ():
            yield from self._ask(source, url)

    def _failed(self, failure: Failure) -> None:
        request: scrapy.Request = failure.request  # type: ignore[attr-defined] # Scrapy sets it
        reason = reason_of(failure.value)
        _tell(Finding(source=request.meta["source"], url=request.url, outcome=reason, is_good=False))

    def _save(self, response: Response, source: str) -> str:
        """Save an answer as a candidate for a fixture: input and address."""
        place = self.into / source
        place.mkdir(parents=True, exist_ok=True)
        case = re.sub(r"[^a-z0-9]+", "_", response.url.removeprefix("https://").lower())[:80].strip("_")
        suffix = "json" if response.body.lstrip()[:1] in (b"{", b"[", b'"') else "html"
        file = place / f"{case}.input.{suffix}"
        file.write_bytes(response.body)
        (place / f"{case}.url.txt").write_text(f"{response.url}\n", encoding="utf-8")
        return str(file)


class _Unread(logging.Handler):
    """Collects the warnings about fields that no reader takes."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.messages: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.messages.append(record.getMessage())


def shape(spider: type[SourceSpider], body: bytes, url: str) -> tuple[str, bool, tuple[str, ...]]:
    """Say what an answer reads into, whether it could be read, and which of its fields are new to the reader."""
    unread = _Unread()
    logger = logging.getLogger("processing.strict_json")
    logger.addHandler(unread)
    try:
        found = Counter(type(record).__name__ for record in spider.read(body, url))
        followed = len(list(spider.follow(body, url)))
    except SourceChanged as error:
        return f"CHANGED: {error.what}", False, (error.where,)
    except KindNotCollected as error:
        return f"not collected: {error.kind}", True, ()
    finally:
        logger.removeHandler(unread)
    parts = [f"{count} {name}" for name, count in sorted(found.items())]
    parts += [f"leads to {followed} more"] if followed else []
    new = dict.fromkeys(re.sub(r"\[\d+\]", "[]", message.removeprefix(url)) for message in unread.messages)
    return ", ".join(parts) or "nothing", True, tuple(new)


def probe(
    names: list[str],
    into: Path,
    day: date,
    *,
    replica: str | None = None,
    progress: Callable[[Finding], None] = lambda _: None,
) -> list[Finding]:
    """Probe sources (none named: all), save the answers under `into`, and return what was found."""
    task = {
        "names": names or list(crawled_sources()),
        "into": str(into.resolve()),
        "day": day.isoformat(),
        "replica": replica,
        "clock": None,
        "folder": str(into.resolve()),
        # nothing is read from or written to the archive; nothing is checked but what is asked here
        "settings": {"HTTPCACHE_ENABLED": False, "ITEM_PIPELINES": {}, "SPIDERMON_ENABLED": False}
        | {"DOWNLOADER_MIDDLEWARES": {}, "RETRY_TIMES": 1},
    }
    command = [sys.executable, "-m", "spiders.probing", json.dumps(task)]
    found = []
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=Path(__file__).parent.parent) as child:  # noqa: S603 -- our own module
        for line in child.stdout or ():
            told = json.loads(line)
            found.append(Finding(**{**told, "differences": tuple(told["differences"])}))
            progress(found[-1])
    return found


def _tell(finding: Finding) -> None:
    sys.stdout.write(json.dumps(asdict(finding)) + "\n")
    sys.stdout.flush()


def run(task: dict[str, Any]) -> None:
    """Probe in this process and print what `probe` reads."""
    from scrapy.crawler import AsyncCrawlerProcess  # noqa: PLC0415 -- loads the reactor

    process = AsyncCrawlerProcess(settings_for(task))
    process.crawl(Probe, day=task["day"], into=task["into"], names=task["names"])
    process.start()


if __name__ == "__main__":
    run(json.loads(sys.argv[1]))
