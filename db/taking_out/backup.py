"""Copies of all three databases in folders of their own, the last ones kept; and the way back."""

from __future__ import annotations

import os
import re
import shutil
import sqlite3
from typing import TYPE_CHECKING

from db.migrations import copy_database
from processing.errors import BadInput

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path

FILES = ("archive.db", "followthrough.db", "private.db")
NAME = re.compile(r"\d{8}T\d{6}Z(-\d+)?")
OWNER_ONLY_FOLDER = 0o700
OWNER_ONLY_FILE = 0o600
SIDES = ("-wal", "-shm", "-journal")


def back_up(data: Path, folder: Path, at: datetime, keep: int) -> Path:
    """Copy the databases, which may be in use, into a new folder named by the instant; keep the last `keep`.

    Stopped at any moment it leaves no half copy under a good name. Raises BadInput where there is nothing to copy.
    """
    present = [name for name in FILES if (data / name).exists()]
    if not present:
        raise BadInput(f"{data} holds no database: there is nothing to back up.")
    folder.mkdir(parents=True, exist_ok=True)
    folder.chmod(OWNER_ONLY_FOLDER)
    unfinished = folder / ".unfinished"
    shutil.rmtree(unfinished, ignore_errors=True)
    unfinished.mkdir(mode=OWNER_ONLY_FOLDER)
    for name in present:
        copy_database(data / name, unfinished / name)
        (unfinished / name).chmod(OWNER_ONLY_FILE)
    target = _free(folder, f"{at:%Y%m%dT%H%M%SZ}")
    unfinished.rename(target)
    for old in backups(folder)[: -max(keep, 1)]:
        shutil.rmtree(old)
    return target


def _free(folder: Path, name: str) -> Path:
    target, number = folder / name, 1
    while target.exists():
        number += 1
        target = folder / f"{name}-{number}"
    return target


def backups(folder: Path) -> list[Path]:
    """Return the whole backups, the oldest first."""
    if not folder.is_dir():
        return []
    return sorted(found for found in folder.iterdir() if found.is_dir() and NAME.fullmatch(found.name))


def note_covered(folder: Path) -> None:
    """Note that the last backup holds all that was done up to now, but for the note of the run that made it."""
    if last := backups(folder):
        os.utime(last[-1])


def is_newer_than_backups(data: Path, folder: Path) -> bool:
    """Tell whether a database was written since the last backup, or there is none."""
    last = backups(folder)
    if not last:
        return True
    made = last[-1].stat().st_mtime
    return any(
        (data / f"{name}{side}").stat().st_mtime > made
        for name in FILES
        for side in ("", "-wal")
        if (data / f"{name}{side}").exists() and (data / f"{name}{side}").stat().st_size
    )


def restore(data: Path, backup: Path, at: datetime) -> Path | None:
    """Put a backup in the place of the databases. What stood there is moved into a folder, which is returned.

    Raises BadInput, and changes nothing, where the backup is no whole one. Nobody may have the databases open.
    """
    present = [name for name in FILES if (backup / name).exists()]
    if not present:
        raise BadInput(f"{backup} is no backup: it holds none of {', '.join(FILES)}.")
    for name in present:
        check_file(backup / name)
    data.mkdir(parents=True, exist_ok=True)
    incoming = data / ".restoring"
    shutil.rmtree(incoming, ignore_errors=True)
    incoming.mkdir(mode=OWNER_ONLY_FOLDER)
    for name in present:
        shutil.copy2(backup / name, incoming / name)
    aside = _put_aside(data, at)
    for name in present:
        (incoming / name).rename(data / name)
    incoming.rmdir()
    return aside


def _put_aside(data: Path, at: datetime) -> Path | None:
    standing = [data / f"{name}{side}" for name in FILES for side in ("", *SIDES) if (data / f"{name}{side}").exists()]
    if not standing:
        return None
    aside = _free(data, f"replaced-{at:%Y%m%dT%H%M%SZ}")
    aside.mkdir(mode=OWNER_ONLY_FOLDER)
    for file in standing:
        file.rename(aside / file.name)
    return aside


def check_file(path: Path) -> None:
    """Raise BadInput where a file is no whole SQLite database."""
    problems = integrity(path)
    if problems:
        raise BadInput(f"{path} is damaged: {problems[0]}. Nothing was changed.")


def integrity(path: Path) -> list[str]:
    """Return what SQLite finds wrong with a database: its pages, then its foreign keys."""
    try:
        connection = sqlite3.connect(f"file:{path}?mode=ro", uri=True)
    except sqlite3.Error as error:
        return [str(error)]
    try:
        found = [row[0] for row in connection.execute("PRAGMA integrity_check") if row[0] != "ok"]
        for table, row, parent, _ in connection.execute("PRAGMA foreign_key_check"):
            found.append(f"row {row} of {table} names a row of {parent} that is not there")
    except sqlite3.DatabaseError as error:
        return [str(error)]
    finally:
        connection.close()
    return found
