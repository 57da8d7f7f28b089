"""Backups: whole, kept in number, and restored to the same rows."""

from __future__ import annotations

import os
import sqlite3
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner

from db.archive.archive import Archive
from db.migrations import open_database
from db.private.subscribers import Private, Wish
from db.taking_out.backup import back_up, backups, is_newer_than_backups, restore
from followthrough import cli
from processing.errors import BadInput
from runs.lock import only_run

if TYPE_CHECKING:
    from pathlib import Path

AT = datetime(2025, 9, 8, 6, 30, tzinfo=UTC)


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """Return a data folder with the three databases and a person in it."""
    folder = tmp_path / "data"
    open_database(folder / "followthrough.db", "register").close()
    Archive(folder).close()
    private = Private(folder)
    private.add("ann@example.org", Wish(frequency="weekly", wants_empty=False, subscriptions=()), "2025-09-01")
    private.close()
    return folder


def people(folder: Path) -> list[str]:
    private = Private(folder)
    try:
        return [person.address for person in private.everyone()]
    finally:
        private.close()


def test_a_backup_is_whole_and_for_its_owner_only(data: Path, tmp_path: Path) -> None:
    target = back_up(data, tmp_path / "copies", AT, keep=3)
    assert sorted(file.name for file in target.iterdir()) == ["archive.db", "followthrough.db", "private.db"]
    assert people(target) == ["ann@example.org"]
    modes = [path.stat().st_mode & 0o077 for path in (tmp_path / "copies", target, *target.glob("*.db"))]
    assert set(modes) == {0}


def test_only_the_last_ones_are_kept(data: Path, tmp_path: Path) -> None:
    for day in range(5):
        back_up(data, tmp_path / "copies", AT + timedelta(days=day), keep=2)
    back_up(data, tmp_path / "copies", AT + timedelta(days=4), keep=2)
    assert [found.name for found in backups(tmp_path / "copies")] == ["20250912T063000Z", "20250912T063000Z-2"]


def test_what_was_left_by_a_kill_is_no_backup(data: Path, tmp_path: Path) -> None:
    folder = tmp_path / "copies"
    (folder / ".unfinished").mkdir(parents=True)
    (folder / ".unfinished" / "archive.db").write_bytes(b"half")
    assert backups(folder) == []
    assert len(list(back_up(data, folder, AT, keep=1).iterdir())) == 3


def test_a_restored_backup_brings_back_what_was_there(data: Path, tmp_path: Path) -> None:
    target = back_up(data, tmp_path / "copies", AT, keep=3)
    private = Private(data)
    private.forget(1)
    private.close()
    assert people(data) == []
    result = CliRunner().invoke(cli, ["--data", str(data), "restore", str(target), "--yes"])
    assert result.exit_code == 0, result.output
    assert people(data) == ["ann@example.org"]
    (aside,) = data.glob("replaced-*")
    assert people(aside) == []
    assert len(people(target)) == 1


def test_a_damaged_backup_is_refused_and_changes_nothing(data: Path, tmp_path: Path) -> None:
    target = back_up(data, tmp_path / "copies", AT, keep=3)
    size = (target / "private.db").stat().st_size
    with (target / "private.db").open("r+b") as file:
        file.seek(4096)
        file.write(os.urandom(size - 4096))
    with pytest.raises(BadInput, match=r"private\.db is damaged"):
        restore(data, target, AT)
    assert people(data) == ["ann@example.org"]
    assert list(data.glob("replaced-*")) == []


def test_a_folder_that_is_no_backup_is_refused(data: Path, tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="is no backup"):
        restore(data, tmp_path, AT)


def test_a_backup_is_due_when_something_was_written_since(data: Path, tmp_path: Path) -> None:
    folder = tmp_path / "copies"
    assert is_newer_than_backups(data, folder)
    target = back_up(data, folder, AT, keep=3)
    later = target.stat().st_mtime + 10
    os.utime(target, (later, later))
    assert not is_newer_than_backups(data, folder)
    os.utime(data / "archive.db", (later + 10, later + 10))
    assert is_newer_than_backups(data, folder)


def test_a_database_in_use_is_copied_with_what_was_committed(data: Path, tmp_path: Path) -> None:
    private = Private(data)
    private.add("bob@example.org", Wish(frequency="weekly", wants_empty=False, subscriptions=()), "2025-09-01")
    reader = sqlite3.connect(data / "private.db")
    reader.execute("BEGIN")
    reader.execute("SELECT count(*) FROM subscribers").fetchone()
    target = back_up(data, tmp_path / "copies", AT, keep=3)
    reader.close()
    private.close()
    assert people(target) == ["ann@example.org", "bob@example.org"]


def test_nothing_is_restored_during_a_run(data: Path, tmp_path: Path) -> None:
    target = back_up(data, tmp_path / "copies", AT, keep=3)
    with only_run(data):
        result = CliRunner().invoke(cli, ["--data", str(data), "restore", str(target), "--yes"])
    assert result.exit_code != 0
    assert f"Another run works on {data}" in str(result.exception)
