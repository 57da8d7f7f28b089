"""What the tests of the digest share: a small register, a private database, a mail server of their own."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from db.migrations import open_database
from db.private import Private
from tests.digest.small import SmallRegister

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture
def small(tmp_path: Path) -> Iterator[SmallRegister]:
    """Return a register without commitments, as of Monday 8 September 2025."""
    database = open_database(tmp_path / "followthrough.db", "register")
    register = SmallRegister(tmp_path, database)
    register.begin()
    yield register
    database.close()


@pytest.fixture
def private(tmp_path: Path) -> Iterator[Private]:
    """Return an empty private database in the same folder."""
    found = Private(tmp_path)
    yield found
    found.close()
