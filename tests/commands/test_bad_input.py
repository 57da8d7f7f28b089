"""What can't be used is named in one sentence, with exit code 1 (2 for wrong usage), and what was stored stays."""

from __future__ import annotations

import hashlib
import socket
import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING, Any

import pytest

from db.archive.archive import Archive
from runs.lock import only_run

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

NAME = "debates2025-09-04a.xml"
GOOD = """<?xml version="1.0" encoding="{declared}"?>
<publicwhip>
<major-heading id="uk.org.publicwhip/debate/2025-09-04a.101.0" colnum="101" time="10:00:00"
 url="https://example.org/"> Lamps </major-heading>
<speech id="uk.org.publicwhip/debate/2025-09-04a.101.1" person_id="uk.org.publicwhip/person/1"
 speakername="Ada Wick" colnum="101" time="10:01:00" url="https://example.org/">
<p>We will light the lamps’ wicks by May.</p></speech>
</publicwhip>
"""

# content of a file of scraped XML, and the sentence that names what is wrong with it
BROKEN = {
    "empty": (b"", "the file is empty"),
    "cut off": (GOOD.format(declared="UTF-8").encode()[:300], "not well-formed"),
    "no XML": (b"Dear reader", "not well-formed"),
    "wrong encoding": (
        GOOD.format(declared="UTF-8").encode("cp1252"),
        "not well-formed XML: Invalid bytes in character encoding, line 7, column 27",
    ),
    "another root": (b"<html><p>Lamps</p></html>", "html"),
}


def marks(folder: Path) -> dict[str, str]:
    """Return what every database of a folder holds, by a hash of its dump."""
    found = {}
    for file in sorted(folder.glob("*.db")):
        with closing(sqlite3.connect(file)) as database:
            found[file.name] = hashlib.sha256("\n".join(database.iterdump()).encode("utf-8", "replace")).hexdigest()
    return found


@pytest.fixture(scope="module")
def stored(followthrough: Callable[..., Any], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a data folder into which a good file was imported and processed."""
    folder = tmp_path_factory.mktemp("stored")
    file = folder / NAME
    file.write_text(GOOD.format(declared="UTF-8"), encoding="utf-8")
    assert followthrough("import", "twfy", str(file), data=folder / "data").code == 0
    assert followthrough("process", data=folder / "data").code == 0
    return folder / "data"


@pytest.mark.parametrize("case", BROKEN)
def test_a_broken_file_is_named_and_what_was_stored_stays(
    followthrough: Callable[..., Any], stored: Path, tmp_path: Path, case: str
) -> None:
    content, words = BROKEN[case]
    before = marks(stored)
    file = tmp_path / NAME.replace("04a", "05a")
    file.write_bytes(content)
    ended = followthrough("import", "twfy", str(file), data=stored)
    assert ended.code == 1
    assert ended.err.startswith(f"{file}: ")
    assert words in ended.err
    assert len(ended.err.splitlines()) == 1
    assert "1 files: 0 new or changed, 0 known, 0 superseded by a later file, 1 could not be used" in ended.out
    assert marks(stored) == before


@pytest.mark.parametrize(
    ("words", "code", "sentence"),
    [
        (["import", "twfy", "nowhere"], 1, "nowhere: no such file or folder.\n"),
        (
            ["replica", "--port", "0", "--recorded", "nowhere"],
            1,
            "followthrough: nowhere: no such folder of recorded answers.\n",
        ),
        (
            ["demo", "--no-serve", "--world", "nowhere"],
            1,
            "followthrough: nowhere: no such folder of a sample world.\n",
        ),
        (["crawl", "hansrad"], 2, "Error: no such source: hansrad. There are: "),
        (["update", "hansrad"], 2, "Error: no such source: hansrad. There are: "),
        (["reread", "hansrad"], 2, "Error: no such source: hansrad. There are: "),
        (["reread"], 2, "Error: Missing argument 'SOURCES...'."),
        (["update", "--since", "2025-09-02", "--today", "2025-09-01"], 2, "--since 2025-09-02 is after 2025-09-01"),
        (["process", "--today", "tomorrow"], 2, "'tomorrow' is not a day such as 2025-11-24"),
        (["promise"], 2, "Error: No such command 'promise'."),
        (["import", "hansard", "x.xml"], 2, "'hansard' is not 'twfy'"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_wrong_usage_and_missing_things_are_named(
    followthrough: Callable[..., Any], tmp_path: Path, words: list[str], code: int, sentence: str
) -> None:
    ended = followthrough(*words, data=tmp_path / "data")
    assert ended.code == code
    assert sentence in ended.err
    assert "Traceback" not in ended.err


@pytest.mark.parametrize("command", [["process"], ["reread", "hansard"], ["serve", "--port", "1"]])
def test_a_data_folder_that_is_not_there_is_named(
    followthrough: Callable[..., Any], tmp_path: Path, command: list[str]
) -> None:
    ended = followthrough(*command, data=tmp_path / "nowhere")
    assert ended.code == 1
    assert "no such database. Run `followthrough update` first, or give --data the right folder." in ended.err
    assert not (tmp_path / "nowhere").exists()


def test_a_database_of_a_newer_version_is_refused_untouched(followthrough: Callable[..., Any], tmp_path: Path) -> None:
    Archive(tmp_path).close()
    with closing(sqlite3.connect(tmp_path / "archive.db")) as newer, newer:
        newer.execute(
            "INSERT INTO _sqlite_migrations (migration_set, name, applied_at) VALUES ('archive', 'archive_0099', '')"
        )
    before = marks(tmp_path)
    ended = followthrough("process", data=tmp_path)
    assert (ended.code, ended.out) == (1, "")
    assert ended.err == (
        f"followthrough: {tmp_path / 'archive.db'} was written by a newer version of Followthrough (archive_0099)."
        " Upgrade the program; the file was not touched.\n"
    )
    assert marks(tmp_path) == before


def test_a_second_run_on_the_same_folder_is_told_to_wait(followthrough: Callable[..., Any], stored: Path) -> None:
    with only_run(stored):
        ended = followthrough("process", data=stored)
    assert ended.code == 1
    assert ended.err.startswith(f"followthrough: Another run works on {stored} (process ")


@pytest.mark.parametrize("command", ["serve", "demo", "replica"])
def test_a_taken_port_is_one_clear_sentence(followthrough: Callable[..., Any], stored: Path, command: str) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        ended = followthrough(command, "--port", str(port), data=stored)
    assert ended.code == 1
    assert ended.out == ""
    assert len(ended.err.splitlines()) == 1
    assert f"{port}" in ended.err
    assert "taken" in ended.err
    assert "--port" in ended.err


@pytest.mark.parametrize("command", [["update"], ["crawl"], ["import", "twfy", "."]])
def test_real_answers_are_never_mixed_into_the_sample_world(
    followthrough: Callable[..., Any], tmp_path: Path, root: Path, command: list[str]
) -> None:
    world = root / "tests" / "replica" / "small_world"
    data = tmp_path / "data"
    ended = followthrough("demo", "--no-serve", "--world", str(world), "--weeks", "0", data=data)
    assert ended.code == 0
    ended = followthrough(*command, data=data)
    assert ended.code == 1
    assert f"{data} holds the invented sample world, with which real answers must not be mixed." in ended.err


def test_the_sample_world_is_never_told_into_real_answers(
    followthrough: Callable[..., Any], stored: Path, root: Path
) -> None:
    before = marks(stored)
    world = root / "tests" / "replica" / "small_world"
    ended = followthrough("demo", "--no-serve", "--world", str(world), data=stored)
    assert ended.code == 1
    assert "holds an archive of real answers, with which the invented sample world must not be mixed" in ended.err
    assert marks(stored) == before
