"""Runs the replica on uvicorn: in the foreground for the command, in a thread for the demo and the tests."""

from __future__ import annotations

import socket
import threading
import time
from typing import TYPE_CHECKING
from urllib.request import Request, urlopen

import uvicorn

from processing.errors import BadInput

if TYPE_CHECKING:
    from datetime import date
    from types import TracebackType
    from typing import Self

    from starlette.types import ASGIApp

LOOPBACK = "127.0.0.1"
START_SECONDS = 10.0


def listening(port: int, host: str = LOOPBACK) -> socket.socket:
    """Return a socket that listens; port 0 takes a free one. Raises BadInput where the port is taken."""
    taken = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    taken.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        taken.bind((host, port))
    except OSError as error:
        taken.close()
        raise BadInput(f"port {port} of {host} is taken or not ours to take: give another one with --port.") from error
    taken.listen()
    return taken


def serve(app: ASGIApp, sock: socket.socket) -> None:
    """Serve until the process is told to stop."""
    uvicorn.Server(_settings(app)).run(sockets=[sock])


def _settings(app: ASGIApp) -> uvicorn.Config:
    # a stand-in for slow hosts has nobody to wait for when it is stopped
    return uvicorn.Config(app, log_level="warning", access_log=False, lifespan="off", timeout_graceful_shutdown=1)


class Running:
    """The replica in a thread of this process, as long as the `with` block lasts; `base` is its URL."""

    def __init__(self, app: ASGIApp, port: int = 0) -> None:
        self.sock = listening(port)
        self.base = f"http://{LOOPBACK}:{self.sock.getsockname()[1]}"
        self.server = uvicorn.Server(_settings(app))
        self.thread = threading.Thread(target=self.server.run, kwargs={"sockets": [self.sock]}, daemon=True)

    def __enter__(self) -> Self:
        self.thread.start()
        end = time.monotonic() + START_SECONDS
        while not self.server.started:
            if time.monotonic() > end or not self.thread.is_alive():
                raise BadInput("the replica did not start: see the log.")
            time.sleep(0.01)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.server.should_exit = True
        self.thread.join()
        self.sock.close()

    def move(self, as_of: date) -> None:
        """Serve another day from now on."""
        move(self.base, as_of)

    def misbehave(self, faults: str) -> None:
        """Set the faults, as `--faults` does; an empty text sets none."""
        _put(f"{self.base}/_replica/faults", faults)


def move(base: str, as_of: date) -> None:
    """Tell the replica at a base URL to serve another day."""
    _put(f"{base.rstrip('/')}/_replica/as-of", as_of.isoformat())


def _put(url: str, body: str) -> None:
    with urlopen(Request(url, data=body.encode(), method="PUT"), timeout=START_SECONDS) as answer:  # noqa: S310 -- ours
        answer.read()
