"""The same archive gives the same register, byte by byte, whatever the order of arrival and wherever it was killed."""

from __future__ import annotations

import random
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest

from db.archive.archive import FILE as ARCHIVE
from db.archive.archive import Archive
from db.register.documents import FILE as REGISTER
from db.register.documents import Register
from db.taking_out.export import export
from runs.changes import changes
from runs.process import process

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path

    from db.archive.archive import Kept
    from tests.conftest import SampleRegister

FORMATS = ("csv", "jsonl", "xlsx")


@dataclass(frozen=True, slots=True)
class Told:
    """The sample world as it was gathered week by week: its folder, its last Monday, its register as exported."""

    folder: Path
    today: date
    files: dict[str, bytes]


@pytest.fixture(scope="module")
def sample(sample_register: SampleRegister, tmp_path_factory: pytest.TempPathFactory) -> Told:
    folder = tmp_path_factory.mktemp("rebuilt") / "data"
    shutil.copytree(sample_register.folder, folder)
    today = sample_register.weeks[-1].day
    return Told(folder=folder, today=today, files=exported(folder))


def exported(folder: Path) -> dict[str, bytes]:
    """Return the register as it is exported, file by file."""
    register = Register(folder, must_exist=True)
    target = folder / "exported"
    try:
        export(register.database, target, FORMATS)
    finally:
        register.close()
    files = {path.name: path.read_bytes() for path in sorted(target.iterdir())}
    shutil.rmtree(target)
    return files


def answers(folder: Path) -> list[Kept]:
    archive = Archive(folder, must_exist=True)
    kept = [one for source in archive.sources() for one in archive.answers(source)]
    archive.close()
    return kept


def weeks_of(kept: list[Kept]) -> list[list[Kept]]:
    """Return the answers by the week in which they were fetched."""
    weeks = sorted({one.answer.fetched_at.date() for one in kept})
    return [[one for one in kept if one.answer.fetched_at.date() == week] for week in weeks]


def archived(folder: Path, kept: list[Kept], beside: Path) -> None:
    """Put answers into a folder's archive, with what else the archive of `beside` holds: ledger, readings, asks."""
    archive = Archive(folder)
    for one in kept:
        archive.keep(one.answer)
    archive.close()
    with sqlite3.connect(folder / ARCHIVE) as connection:
        connection.execute("ATTACH ? AS other", [str(beside / ARCHIVE)])
        for table in ("numbers", "readings", "asks", "crawls"):
            connection.execute(f"INSERT OR IGNORE INTO {table} SELECT * FROM other.{table}")  # noqa: S608 -- ours
    connection.close()


def differing(one: dict[str, bytes], other: dict[str, bytes]) -> list[str]:
    """Return the names of files that differ: a shorter message than the bytes."""
    return [name for name in sorted({*one, *other}) if one.get(name) != other.get(name)]


def test_a_register_rebuilt_from_its_archive_is_byte_equal_also_the_second_time(sample: Told, tmp_path: Path) -> None:
    shutil.copy(sample.folder / ARCHIVE, tmp_path / ARCHIVE)
    process(tmp_path, sample.today)
    assert differing(exported(tmp_path), sample.files) == []
    process(tmp_path, sample.today, everything=True)
    assert differing(exported(tmp_path), sample.files) == []


@pytest.mark.parametrize("seed", range(3))
def test_the_order_in_which_weeks_arrive_changes_nothing(sample: Told, tmp_path: Path, seed: int) -> None:
    weeks = weeks_of(answers(sample.folder))
    random.Random(seed).shuffle(weeks)  # noqa: S311 -- an order, no secret
    half = len(weeks) // 2
    archived(tmp_path, [one for week in weeks[:half] for one in week], sample.folder)
    process(tmp_path, sample.today)
    archived(tmp_path, [one for week in weeks[half:] for one in week], sample.folder)
    process(tmp_path, sample.today)
    assert differing(exported(tmp_path), sample.files) == []


def test_a_run_that_is_killed_leaves_readers_the_old_register_and_the_next_ends_in_the_same(
    sample: Told, root: Path, tmp_path: Path
) -> None:
    shutil.copy(sample.folder / ARCHIVE, tmp_path / ARCHIVE)
    shutil.copy(sample.folder / REGISTER, tmp_path / REGISTER)
    command = [sys.executable, "-m", "followthrough", "--data", str(tmp_path), "process", "--all"]
    held = tmp_path / "run.lock.pid"
    for seconds in (0.0, 0.3):
        died = 0
        for _ in range(5):  # on a busy machine a run can be done before it is killed
            held.unlink(missing_ok=True)
            with subprocess.Popen([*command, "--today", sample.today.isoformat()], cwd=root, stdout=-3) as run:  # noqa: S603
                while not held.exists() and run.poll() is None:
                    time.sleep(0.01)
                time.sleep(seconds)  # it is at work now, and needs more than a second
                run.kill()
                died = run.wait()
            if died == -signal.SIGKILL:
                break
        assert died == -signal.SIGKILL
        assert differing(exported(tmp_path), sample.files) == []
    process(tmp_path, sample.today, everything=True)
    assert differing(exported(tmp_path), sample.files) == []


def test_no_fact_that_was_told_one_week_is_gone_the_next(sample_register: SampleRegister, tmp_path: Path) -> None:
    kept = answers(sample_register.folder)
    known: set[str] = set()
    gone: list[tuple[str, str]] = []
    for week in sample_register.weeks[::4]:
        archived(tmp_path, [one for one in kept if one.answer.fetched_at.date() <= week.day], sample_register.folder)
        process(tmp_path, week.day)
        register = Register(tmp_path)
        now = {str(row[0]) for row in register.database.execute("SELECT id FROM events")}
        register.close()
        gone += [(week.day.isoformat(), event) for event in sorted(known - now)]
        known |= now
    assert gone == []


def test_a_dry_run_names_what_would_change_and_changes_nothing(sample: Told, tmp_path: Path) -> None:
    shutil.copy(sample.folder / ARCHIVE, tmp_path / ARCHIVE)
    shutil.copy(sample.folder / REGISTER, tmp_path / REGISTER)
    assert [line.split(" gained, ")[1] for line in changes(tmp_path, sample.today)] == [
        f"0 lost, 0 altered, {len(sample.files[f'{table}.jsonl'].splitlines())} in all"
        for table in ("statements", "deliveries", "commitments")
    ]
    with sqlite3.connect(tmp_path / REGISTER) as connection:
        (gained, quote), (altered, words) = connection.execute(
            "SELECT id, quote FROM statements ORDER BY id LIMIT 2"
        ).fetchall()
        done = connection.execute("SELECT id, quote, document FROM deliveries ORDER BY id LIMIT 1").fetchone()
        connection.execute("UPDATE statements SET id = 'lost' WHERE id = ?", [gained])
        connection.execute("UPDATE events SET statement = NULL, previous_statement = NULL, delivery = NULL")
        connection.execute("UPDATE statements SET owner = 'HMRC' WHERE id = ?", [altered])
        connection.execute("DELETE FROM deliveries WHERE id = ?", done[:1])
        connection.execute("UPDATE commitments SET latest = '2031-01-01' WHERE id = 'FT-1'")
    connection.close()
    before = (tmp_path / REGISTER).read_bytes(), (tmp_path / ARCHIVE).read_bytes()
    lines = list(changes(tmp_path, sample.today))
    assert [line.split(", ", 3)[:3] for line in lines if " gained, " in line] == [
        ["1 statements gained", "1 lost", "1 altered"],
        ["1 deliveries gained", "0 lost", "0 altered"],
        ["0 commitments gained", "0 lost", "1 altered"],
    ]
    assert lines[1].startswith(f"+ {quote} (")
    assert lines[2].startswith(f"- {quote} (")
    assert lines[3].startswith(f"~ {words} (")
    assert "owner: HMRC -> " in lines[3]
    assert f"+ {done[1]} ({done[2]})" in lines
    assert "FT-1, latest: 2031-01-01 -> " in lines[-1]
    assert ((tmp_path / REGISTER).read_bytes(), (tmp_path / ARCHIVE).read_bytes()) == before
