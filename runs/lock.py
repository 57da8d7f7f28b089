"""One run at a time on a data folder, whoever starts it: systemd, cron, a person."""

from __future__ import annotations

import os
from contextlib import contextmanager
from typing import TYPE_CHECKING

from filelock import FileLock, Timeout

from processing.errors import Busy

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

FILE = "run.lock"


@contextmanager
def only_run(data: Path, wait: float = 0) -> Iterator[None]:
    """Hold the lock of a data folder; the system frees it when the process ends, however it ends.

    Waits at most `wait` seconds. Raises Busy where another run holds it.
    """
    data.mkdir(parents=True, exist_ok=True)
    holder = data / f"{FILE}.pid"
    lock = FileLock(data / FILE)
    try:
        lock.acquire(timeout=wait)
    except Timeout as error:
        number = holder.read_text(encoding="ascii").strip() if holder.exists() else "unknown"
        raise Busy(
            f"Another run works on {data} (process {number}). Wait for it, or look at `followthrough status`."
        ) from error
    try:
        holder.write_text(str(os.getpid()), encoding="ascii")
        yield
    finally:
        holder.unlink(missing_ok=True)
        lock.release()
