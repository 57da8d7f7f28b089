"""A tiny upstream on loopback that answers as told, with ETags, and remembers what it was asked."""

from __future__ import annotations

import hashlib
import json
import sys
import threading
import time
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, Any

import pytest

from db.archive.archive import Archive
from spiders.runner import crawl

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from pathlib import Path

    from processing.records import Asked
    from spiders.runner import CrawlReport, SourceReport


PATIENCE = 60  # seconds
CLOCK = datetime(2025, 9, 8, 6, tzinfo=UTC)
DAY = date(2025, 9, 4)


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """One answer: `cut` announces more bytes than are sent; `wait` seconds pass before it."""

    body: bytes
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)
    cut: bool = False
    wait: float = 0.0


@dataclass(slots=True)
class Upstream:
    """Answers by `/host/path?query`, then by `/host/path`; a list is answered one by one, the last again and again."""

    base: str = ""
    answers: dict[str, list[Told] | Callable[[str], Told]] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)
    instants: list[float] = field(default_factory=list)
    headers: list[Mapping[str, str]] = field(default_factory=list)
    stop_at: int = sys.maxsize  # questions from which on none is answered until `go_on`
    moving: threading.Event = field(default_factory=threading.Event)

    def go_on(self) -> None:
        """Answer whoever waits, and everybody from now on."""
        self.stop_at = sys.maxsize
        self.moving.set()
        self.moving = threading.Event()

    def tell(self, url: str, value: Any = None, *more: Told, **how: Any) -> None:
        """Answer a live URL with a JSON value, or with bytes as they are; then with `more`."""
        body = value if isinstance(value, bytes) else json.dumps(value).encode()
        self.answers["/" + url.removeprefix("https://")] = [Told(body=body, **how), *more]

    def told(self, path: str) -> Told:
        """Return the answer to a path with query."""
        for key in (path, path.split("?", 1)[0]):
            if callable(found := self.answers.get(key)):
                return found(path)
            if found:
                return found.pop(0) if len(found) > 1 else found[0]
        return Told(body=b"not here", status=404)

    def forget(self) -> None:
        """Forget what was asked so far."""
        self.asked.clear()
        self.instants.clear()
        self.headers.clear()

    def questions(self) -> list[str]:
        """Return what was asked but robots.txt."""
        return [path for path in self.asked if not path.endswith("/robots.txt")]


@pytest.fixture
def upstream() -> Iterator[Upstream]:
    """Run an upstream; give its `base` as the replica of a crawl."""
    told = Upstream()

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def log_message(self, *_: Any) -> None:
            """Keep quiet."""

        def do_GET(self) -> None:
            told.asked.append(self.path)
            told.instants.append(time.monotonic())
            told.headers.append(dict(self.headers))
            if len(told.asked) > told.stop_at:
                told.moving.wait(PATIENCE)
            answer = told.told(self.path)
            time.sleep(answer.wait)
            etag = '"' + hashlib.sha256(answer.body).hexdigest()[:16] + '"'
            if answer.status == 200 and self.headers.get("If-None-Match") == etag:
                self.send_response(304)
                self.end_headers()
                return
            self.send_response(answer.status)
            headers = {"ETag": etag, "Content-Type": "application/json", **answer.headers}
            for name, value in headers.items():
                if value:
                    self.send_header(name, value)
            self.send_header("Content-Length", str(len(answer.body) * (2 if answer.cut else 1)))
            self.end_headers()
            self.wfile.write(answer.body)
            self.close_connection = answer.cut

    class Server(ThreadingHTTPServer):
        def handle_error(self, *_: Any) -> None:
            """Keep quiet: whoever asked was killed."""

    server = Server(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    told.base = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    yield told
    server.shutdown()
    server.server_close()
    thread.join()


@dataclass(frozen=True, slots=True)
class Crawling:
    """Crawls an upstream into a folder, as of 8 September 2025, and shows what that left."""

    upstream: Upstream
    folder: Path

    def all(self, *names: str, since: date = DAY, until: date = DAY, **how: Any) -> CrawlReport:
        """Crawl sources."""
        options = {"clock": CLOCK, **how}
        return crawl(names, self.folder, replica=self.upstream.base, since=since, until=until, **options)

    def one(self, name: str, **how: Any) -> SourceReport:
        """Crawl one source and return its report."""
        (report,) = self.all(name, **how).sources
        return report

    def kept(self) -> list[tuple[str, int, str]]:
        """Return URL, status and hash of every answer in the archive."""
        archive = Archive(self.folder)
        found = [(k.answer.url, k.answer.status, k.hash) for name in archive.sources() for k in archive.answers(name)]
        archive.close()
        return sorted(found)

    def coverage(self) -> list[Asked]:
        """Return what was asked for and what came of it."""
        archive = Archive(self.folder)
        found = archive.coverage()
        archive.close()
        return found

    def states(self) -> dict[str, str]:
        """Return the state of each scope."""
        return {asked.scope: asked.state for asked in self.coverage()}


@pytest.fixture
def crawling(upstream: Upstream, tmp_path: Path) -> Crawling:
    """Crawl the tiny upstream into a folder of the test's own."""
    return Crawling(upstream, tmp_path / "data")
