"""Who may review: password hashes, and the secret that signs the cookies, in `private.db`, which is never served."""

from __future__ import annotations

import secrets
import sqlite3
from typing import TYPE_CHECKING

from db.migrations import open_database

if TYPE_CHECKING:
    from pathlib import Path

FILE = "private.db"
PREFIX = "password "
SECRET = "site secret"  # noqa: S105 -- a name, not a secret


def set_password(data: Path, name: str, hashed: str) -> None:
    """Keep the password hash of a person; a former one is replaced."""
    _keep(data, PREFIX + name, hashed)


def forget_password(data: Path, name: str) -> bool:
    """Take away a person's password. Returns whether there was one."""
    database = open_database(data / FILE, "private")
    try:
        with database.atomic():
            return database.execute("DELETE FROM secrets WHERE name = ?", [PREFIX + name]).rowcount > 0
    finally:
        database.close()


def accounts(data: Path) -> dict[str, str]:
    """Return the people who may sign in, with the hashes of their passwords; nobody where there is no database yet."""
    file = data / FILE
    if not file.exists():
        return {}
    # asked for at every request: no look at the migrations
    connection = sqlite3.connect(file, timeout=10)
    try:
        rows = connection.execute("SELECT name, value FROM secrets WHERE name LIKE ?", [PREFIX + "%"]).fetchall()
    finally:
        connection.close()
    return {name.removeprefix(PREFIX): value for name, value in rows}


def site_secret(data: Path) -> str:
    """Return the secret that signs the cookies, made once, so that a restart signs nobody out."""
    database = open_database(data / FILE, "private")
    try:
        with database.atomic():
            database.execute(
                "INSERT INTO secrets (name, value) VALUES (?, ?) ON CONFLICT (name) DO NOTHING",
                [SECRET, secrets.token_hex(32)],
            )
        return str(database.execute("SELECT value FROM secrets WHERE name = ?", [SECRET]).fetchone()[0])
    finally:
        database.close()


def _keep(data: Path, name: str, value: str) -> None:
    database = open_database(data / FILE, "private")
    try:
        with database.atomic():
            database.execute(
                "INSERT INTO secrets (name, value) VALUES (?, ?)"
                " ON CONFLICT (name) DO UPDATE SET value = excluded.value",
                [name, value],
            )
    finally:
        database.close()
