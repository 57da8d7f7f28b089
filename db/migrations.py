"""Opens the three databases and brings them to the present shape by numbered migrations (`db/schema/`)."""

from __future__ import annotations

import sqlite3
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sqlite_utils import Database, Migrations

from processing.errors import BadInput, DatabaseTooNew

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

SCHEMA = Path(__file__).parent / "schema"
KINDS = ("archive", "register", "private")


def _statements(script: str) -> Iterator[str]:
    """Cut a script into statements: a migration runs in a transaction, which `executescript` would end."""
    statement = ""
    for line in script.splitlines(keepends=True):
        statement += line
        if sqlite3.complete_statement(statement):
            yield statement
            statement = ""


def _migration(file: Path) -> Callable[[Any], None]:
    def apply(database: Database) -> None:
        for statement in _statements(file.read_text(encoding="utf-8")):
            database.execute(statement)

    return apply


def migrations(kind: str) -> Migrations:
    """Return the migrations of one database (`archive`, `register` or `private`), in the order of their numbers."""
    found = Migrations(kind)
    for file in sorted(SCHEMA.glob(f"{kind}_*.sql")):
        found(name=file.stem)(_migration(file))
    return found


def open_database(path: Path, kind: str, *, must_exist: bool = False) -> Database:
    """Open a database, in WAL mode with foreign keys on, and apply what migrations it lacks.

    Raises BadInput where the file is missing though it must exist, or is no SQLite database; DatabaseTooNew where
    it holds a migration that this version does not know.
    """
    if must_exist and not path.exists():
        raise BadInput(f"{path}: no such database. Run `followthrough update` first, or give --data the right folder.")
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        # autocommit handling is sqlite-utils' own; a crawl and a reader may wait for one another's locks
        connection = sqlite3.connect(path, timeout=30)
        connection.execute("PRAGMA foreign_keys = ON")
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = NORMAL")
    except sqlite3.DatabaseError as error:
        raise BadInput(f"{path}: not a database of ours: {error}") from error
    database = Database(connection)
    known = migrations(kind)
    names = {file.stem for file in SCHEMA.glob(f"{kind}_*.sql")}
    if unknown := sorted({migration.name for migration in known.applied(database)} - names):
        raise DatabaseTooNew(
            f"{path} was written by a newer version of Followthrough ({', '.join(unknown)}). "
            "Upgrade the program; the file was not touched."
        )
    known.apply(database)
    return database


def copy_database(source: Path, target: Path) -> None:
    """Copy a database, which may be in use, into a new file (`VACUUM INTO`)."""
    connection = sqlite3.connect(source)
    try:
        connection.execute("VACUUM INTO ?", [str(target)])
    finally:
        connection.close()
