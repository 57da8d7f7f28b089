"""The tests' register, built once, and the pages over it behind real HTTP."""

from __future__ import annotations

import shutil
import sqlite3
from typing import TYPE_CHECKING

import httpx
import pytest
from datasette_auth_passwords.utils import hash_password

from commands.serve import browser
from db.private import passwords
from tests.datasette.fixture_register import build, build_archive, publish_digest
from tests.datasette.serving import served

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

NAME, PASSWORD = "hm", "three random words"


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of the tests' register; nobody may write into it."""
    folder = tmp_path_factory.mktemp("register")
    build(folder / "followthrough.db")
    build_archive(folder)
    publish_digest(folder)
    passwords.set_password(folder, NAME, hash_password(PASSWORD, iterations=1000))
    return folder


@pytest.fixture
def folder(built: Path, tmp_path: Path) -> Path:
    """Return a copy of the tests' register, to be written into."""
    copy = tmp_path / "data"
    shutil.copytree(built, copy)
    return copy


@pytest.fixture
def connection(built: Path) -> Iterator[sqlite3.Connection]:
    """Return a connection to the register, read only."""
    found = sqlite3.connect(f"file:{built / 'followthrough.db'}?mode=ro", uri=True)
    yield found
    found.close()


@pytest.fixture(scope="session")
def address(built: Path) -> Iterator[str]:
    """Return the address of the pages over the tests' register."""
    with served(browser(built, secret=NAME)) as found:
        yield found


@pytest.fixture(scope="session")
def client(address: str) -> Iterator[httpx.Client]:
    """Return a visitor who is not signed in and follows no redirects."""
    with httpx.Client(base_url=address, timeout=120) as found:
        yield found
