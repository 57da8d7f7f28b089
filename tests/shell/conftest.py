"""The command line as a person calls it: a process of its own, its exit code and its words."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

ROOT = Path(__file__).parents[2]


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
        done = subprocess.run(command, capture_output=True, text=True, cwd=ROOT, timeout=120, check=False)  # noqa: S603
        return Ended(done.returncode, done.stdout, done.stderr)

    return call
