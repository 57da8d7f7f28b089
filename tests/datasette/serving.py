"""A real server on loopback for the tests of the pages."""

from __future__ import annotations

import asyncio
import threading
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING

import uvicorn

from commands.serve import free_socket

if TYPE_CHECKING:
    from collections.abc import Iterator

    from commands.serve import Browser

SLOWEST = 120  # seconds until a server must have started


@contextmanager
def served(site: Browser) -> Iterator[str]:
    """Serve the pages on a port that the system chooses, and give their address."""
    taken = free_socket("127.0.0.1", 0)
    port = taken.getsockname()[1]

    async def run() -> None:
        await site.invoke_startup()
        await server.serve(sockets=[taken])

    server = uvicorn.Server(uvicorn.Config(site.app(), log_level="warning", lifespan="on"))
    thread = threading.Thread(target=lambda: asyncio.run(run()), daemon=True)
    thread.start()
    waited = time.monotonic()
    while not server.started:
        if time.monotonic() - waited > SLOWEST or not thread.is_alive():
            raise RuntimeError("the server of the tests did not start")
        time.sleep(0.02)
    try:
        yield f"http://127.0.0.1:{port}"
    finally:
        server.should_exit = True
        thread.join(SLOWEST)
        taken.close()
