"""The replica over a small world, asked over loopback."""

from __future__ import annotations

from contextlib import ExitStack
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import httpx
import pytest

from replica.app import build_app
from replica.faults import parse_faults
from replica.server import Running
from replica.stock import WorldStock
from replica.world import World, load_world

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

SMALL = Path(__file__).parent / "small_world"


@pytest.fixture(scope="session")
def small_world() -> World:
    """Load a world of three debates, two questions, a pair of statements and three pages: about lamps."""
    return load_world(SMALL)


@pytest.fixture
def client(small_world: World) -> Iterator[Callable[..., httpx.Client]]:
    """Give a client that asks the replica as it stands on a day, with faults."""
    with ExitStack() as stack:

        def make(as_of: str, faults: str = "") -> httpx.Client:
            app = build_app(WorldStock(small_world), date.fromisoformat(as_of), parse_faults(faults))
            running = stack.enter_context(Running(app))
            return stack.enter_context(httpx.Client(base_url=running.base, timeout=120))

        yield make
