"""Opening a database: brought up to date, refused where a newer version wrote it, untouched then."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from db.migrations import KINDS, open_database
from processing.errors import BadInput, DatabaseTooNew

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize("kind", KINDS)
def test_every_table_is_strict_and_every_reference_is_checked(tmp_path: Path, kind: str) -> None:
    database = open_database(tmp_path / "x.db", kind)
    loose = [
        row[0]
        for row in database.execute(
            "SELECT name FROM pragma_table_list WHERE type = 'table' AND strict = 0 AND schema = 'main'"
            " AND name NOT LIKE 'sqlite%' AND name NOT LIKE '_sqlite%'"
        )
    ]
    assert loose == []
    assert database.execute("PRAGMA foreign_keys").fetchone() == (1,)
    assert database.execute("PRAGMA journal_mode").fetchone() == ("wal",)
    database.close()


def test_a_database_opened_again_is_not_changed(tmp_path: Path) -> None:
    open_database(tmp_path / "x.db", "register").close()
    before = (tmp_path / "x.db").read_bytes()
    open_database(tmp_path / "x.db", "register").close()
    assert (tmp_path / "x.db").read_bytes() == before


def test_a_database_of_a_newer_version_is_refused_and_not_touched(tmp_path: Path) -> None:
    file = tmp_path / "x.db"
    open_database(file, "archive").close()
    with closing(sqlite3.connect(file)) as newer, newer:
        newer.execute(
            "INSERT INTO _sqlite_migrations (migration_set, name, applied_at) VALUES ('archive', 'archive_0099', '')"
        )
    before = file.read_bytes()
    with pytest.raises(DatabaseTooNew, match=r"x\.db was written by a newer version of Followthrough \(archive_0099\)"):
        open_database(file, "archive")
    assert file.read_bytes() == before


@pytest.mark.parametrize(
    ("content", "words"),
    [(b"This is a letter, not a database. " * 40, "not a database of ours"), (None, "no such database")],
    ids=["another file", "none"],
)
def test_what_is_no_database_is_refused_by_name(tmp_path: Path, content: bytes | None, words: str) -> None:
    file = tmp_path / "x.db"
    if content is not None:
        file.write_bytes(content)
    with pytest.raises(BadInput, match=words) as refused:
        open_database(file, "register", must_exist=True)
    assert str(refused.value).startswith(str(file))
    assert content == (file.read_bytes() if content is not None else None)


@pytest.mark.parametrize(
    "row",
    [
        "INSERT INTO sitting_days VALUES ('Senate', '2025-09-04', 'hansard', '')",
        "INSERT INTO mentions VALUES (1, 'csa', 5, 5)",
        (
            "INSERT INTO documents (id, source, kind, title, url, state, is_relevant, first_seen_at, last_seen_at)"
            " VALUES ('x/1', 'nowhere', 'debate', 'A', 'https://example.org/', 'current', 1, '', '')"
        ),
        "INSERT INTO refusals VALUES ('hansard', 'https://example.org/', '', 'forgotten', '', '')",
        "INSERT INTO sources VALUES ('x', 'X', 'licence', 'attribution', x'00')",
    ],
    ids=["unknown House", "empty mention", "unknown source", "unknown outcome", "bytes for text"],
)
def test_the_register_refuses_rows_that_can_not_be(tmp_path: Path, row: str) -> None:
    database = open_database(tmp_path / "x.db", "register")
    with pytest.raises(sqlite3.IntegrityError):
        database.execute(row)
    database.close()
