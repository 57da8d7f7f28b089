"""The command line as a person calls it: a process of its own, its exit code and its words."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

ROOT = Path(__file__).parents[2]
# should a command reach for a live host, it meets a closed port of this machine
NOWHERE = {"https_proxy": "http://127.0.0.1:9", "http_proxy": "http://127.0.0.1:9", "no_proxy": "127.0.0.1"}


@dataclass(frozen=True, slots=True)
class Ended:
    """How a command ended."""

    code: int
    out: str
    err: str


@pytest.fixture(scope="session")
def followthrough() -> Callable[..., Ended]:
    """Give a function that calls the command line: `followthrough("process", data=folder)`."""

    def call(*words: str, data: Path) -> Ended:
        command = [sys.executable, "-m", "followthrough", "--data", str(data), *words]
        env = {**os.environ, **NOWHERE}
        done = subprocess.run(command, capture_output=True, text=True, cwd=ROOT, env=env, timeout=600, check=False)  # noqa: S603
        return Ended(done.returncode, done.stdout, done.stderr)

    return call
