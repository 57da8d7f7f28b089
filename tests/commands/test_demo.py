"""`./run` without arguments: the story told, broken off at any moment, gone on with, and never told twice."""

from __future__ import annotations

import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from commands.demo import in_words
from db.register.documents import Register
from replica.world import load_world
from runs.story import first_day, mondays

if TYPE_CHECKING:
    from collections.abc import Callable

ROOT = Path(__file__).parents[2]
WORLD = ROOT / "replica" / "world"
TABLES = {
    "archive.db": ("bodies", "answers", "asks", "numbers"),
    "followthrough.db": ("documents", "versions", "statements", "deliveries", "commitments", "events", "coverage"),
}
LEFT_OUT = {"id", "passage"}  # numbers of rows, which depend on the order of arrival
GIVEN_UP_SECONDS = 300.0


def contents(data: Path) -> dict[str, list[tuple[Any, ...]]]:
    """Return what the databases hold, but for numbers of rows."""
    found = {}
    for file, tables in TABLES.items():
        with closing(sqlite3.connect(data / file)) as database:
            for table in tables:
                columns = database.execute("SELECT name, type FROM pragma_table_info(?)", [table]).fetchall()
                names = ", ".join(f'"{name}"' for name, kind in columns if name not in LEFT_OUT or kind != "INTEGER")
                found[f"{file} {table}"] = sorted(database.execute(f"SELECT {names} FROM {table}"), key=repr)  # noqa: S608
    return found


def processed_as_of(data: Path) -> str | None:
    """Return the day as of which the archive was processed last."""
    register = Register(data)
    try:
        return register.fact("as_of")
    finally:
        register.close()


def differences(one: dict[str, list[Any]], other: dict[str, list[Any]]) -> dict[str, list[Any]]:
    """Return the rows that only one of two folders has, by table."""
    found = {
        table: [row for row in [*one[table], *other[table]] if (row in one[table]) != (row in other[table])]
        for table in one
    }
    return {table: rows for table, rows in found.items() if rows}


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """The first two weeks told, each by a call of its own: what the calls said, and what stood there in between."""

    data: Path
    said: tuple[Any, Any]
    first: dict[str, list[tuple[Any, ...]]]


@pytest.fixture(scope="module")
def told(followthrough: Callable[..., Any], tmp_path_factory: pytest.TempPathFactory) -> Told:
    data = tmp_path_factory.mktemp("told")
    first = followthrough("demo", "--no-serve", "--weeks", "1", data=data)
    after = contents(data)
    return Told(data=data, said=(first, followthrough("demo", "--no-serve", "--weeks", "1", data=data)), first=after)


def begin(data: Path) -> subprocess.Popen[bytes]:
    """Start to tell the story, and wait until a source of the first week is being crawled."""
    if not Path("/proc/self/task").exists():
        pytest.skip("left out: needs Linux's list of child processes")
    command = [sys.executable, "-m", "followthrough", "--data", str(data), "demo", "--no-serve", "--weeks", "1"]
    started = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, start_new_session=True)  # noqa: S603
    end = time.monotonic() + GIVEN_UP_SECONDS
    while time.monotonic() < end:
        if children(started.pid) and (data / "archive.db").exists() and answers(data) > 0:
            return started
        time.sleep(0.05)
    started.kill()
    raise AssertionError("the crawl did not begin")


def children(process: int) -> list[int]:
    """Return the processes that a process started (Linux)."""
    tasks = Path(f"/proc/{process}/task").glob("*/children")
    return [int(number) for file in tasks for number in file.read_text(encoding="ascii").split()]


def answers(data: Path) -> int:
    with closing(sqlite3.connect(data / "archive.db", timeout=30)) as archive:
        try:
            return int(archive.execute("SELECT count(*) FROM answers").fetchone()[0])
        except sqlite3.OperationalError:
            return 0  # its tables are not made yet


def ended(process: int) -> bool:
    """Tell whether a process comes to its end."""
    stop = time.monotonic() + GIVEN_UP_SECONDS
    while time.monotonic() < stop:
        try:
            if " Z " in Path(f"/proc/{process}/stat").read_text(encoding="ascii"):
                return True
        except OSError:
            return True
        time.sleep(0.05)
    return False


def test_each_week_is_told_in_short_lines(told: Told) -> None:
    assert [said.code for said in told.said] == [0, 0]
    assert not any("Traceback" in said.err for said in told.said)
    heads = [line for said in told.said for line in said.out.splitlines() if line.startswith("Week ")]
    assert [head.split(":")[0] for head in heads] == [
        "Week 1 of 14, Monday 8 September 2025",
        "Week 2 of 14, Monday 15 September 2025",
    ]
    assert "It goes on after Monday 8 September 2025." in told.said[1].out
    for said in told.said:
        assert " new commitments " in said.out
        assert said.out.splitlines()[-1].startswith("The register holds ")


def test_the_same_command_again_adds_nothing(followthrough: Callable[..., Any], told: Told) -> None:
    before = contents(told.data)
    said = followthrough("demo", "--no-serve", "--weeks", "0", data=told.data)
    assert said.code == 0
    assert "It goes on after Monday 15 September 2025." in said.out
    assert contents(told.data) == before


def test_a_story_at_its_end_is_judged_anew_by_new_rules_and_tells_of_changed_files(
    followthrough: Callable[..., Any], told: Told, tmp_path: Path
) -> None:
    data = tmp_path / "data"
    shutil.copytree(told.data, data)
    last = mondays(load_world(WORLD))[-1]
    register = Register(data)
    for name, value in (("sample_told", last.isoformat()), ("sample_rules", "older"), ("sample_files", "others")):
        register.set_fact(name, value)
    register.close()
    said = followthrough("demo", "--no-serve", data=data)
    assert said.code == 0
    judged = "The rules have changed since it was told: all is judged by those of today."
    assert said.out.splitlines()[1:] == [
        f"Its files have changed since. To have it told anew, delete the folder {data}.",
        judged,
        f"It has been told to its end, Monday {in_words(last)}; nothing is added.",
    ]
    # processing moved the register on to that day
    assert (processed_as_of(told.data), processed_as_of(data)) == ("2025-09-15", last.isoformat())
    assert judged not in followthrough("demo", "--no-serve", data=data).out


@pytest.mark.parametrize("stop", [signal.SIGINT, signal.SIGKILL], ids=["Ctrl-C", "kill -9"])
def test_a_story_broken_off_in_a_crawl_leaves_nobody_running_and_ends_the_same(
    followthrough: Callable[..., Any], told: Told, tmp_path: Path, stop: signal.Signals
) -> None:
    started = begin(tmp_path)
    crawling = children(started.pid)
    os.kill(started.pid, stop)
    said, _ = started.communicate(timeout=GIVEN_UP_SECONDS)
    assert all(ended(child) for child in crawling)
    if stop is signal.SIGINT:
        assert started.returncode == 130
        assert said.decode().endswith("Stopped. The same command goes on from here.\n")
    assert followthrough("demo", "--no-serve", "--weeks", "1", data=tmp_path).code == 0
    assert differences(contents(tmp_path), told.first) == {}


def test_the_story_is_told_on_every_monday_from_its_first_week_to_its_last() -> None:
    world = load_world(WORLD)
    days = mondays(world)
    assert {day.weekday() for day in days} == {0}
    assert (days[1] - days[0]).days == 7
    assert 0 < (days[0] - first_day(world)).days <= 7
    assert 0 < (days[-1] - world.last_day).days <= 7
