"""The check of the databases: silent on what is well, and each thing that it looks for broken once."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import zstandard
from click.testing import CliRunner

from db.archive.archive import Archive
from db.register.documents import Register
from followthrough import cli
from processing.records import Answer
from runs.check import check
from runs.process import process

if TYPE_CHECKING:
    from collections.abc import Callable

FIXTURE = Path(__file__).parent.parent / "fixtures" / "written_statements" / "commons"
PROMISE = "We will publish a strategy on child sexual abuse by spring 2026."
NOW = datetime(2025, 9, 8, 6, tzinfo=UTC)


def body() -> bytes:
    """Return an invented written statement with one promise."""
    given = json.loads(FIXTURE.with_suffix(".input.json").read_text(encoding="utf-8"))
    given["value"]["text"] = f"<p>I am today publishing a plan.</p><p>{PROMISE}</p>"
    return json.dumps(given).encode()


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """Return a data folder made from one archived answer."""
    archive = Archive(tmp_path)
    archive.keep(
        Answer(
            source="written_statements",
            url=FIXTURE.with_suffix(".url.txt").read_text(encoding="utf-8").strip(),
            fetched_at=NOW,
            status=200,
            body=body(),
        )
    )
    archive.close()
    process(tmp_path, date(2025, 9, 8), began=NOW)
    return tmp_path


def in_register(data: Path, *statements: str) -> None:
    register = Register(data)
    register.database.execute("PRAGMA foreign_keys = OFF")
    for statement in statements:
        register.database.execute(statement)
    register.close()


def in_archive(data: Path, new: bytes) -> None:
    """Replace the archived bytes, as a hand or a fault of the disk might."""
    archive = Archive(data)
    archive.database.execute("UPDATE bodies SET body = ?", [zstandard.compress(new)])
    archive.close()


def test_a_fresh_register_is_well(data: Path) -> None:
    register = Register(data)
    assert register.database.execute("SELECT quote FROM statements").fetchall() != []
    register.close()
    assert list(check(data)) == []
    result = CliRunner().invoke(cli, ["--data", str(data), "check"])
    assert (result.exit_code, result.output.startswith("All is well")) == (0, True)


BREAKS: dict[str, tuple[Callable[[Path], None], str]] = {
    "a quote of the register was altered": (
        lambda data: in_register(data, "UPDATE statements SET quote = 'We will publish nothing'"),
        "its words do not stand at",
    ),
    "an offset was altered": (
        lambda data: in_register(data, "UPDATE statements SET start = start + 1"),
        "its words do not stand at",
    ),
    "quote and passage were altered together": (
        lambda data: in_register(
            data,
            "UPDATE statements SET quote = 'XX' || substr(quote, 3)",
            "UPDATE passages SET text = substr(text, 1, (SELECT start FROM statements WHERE passage = passages.id))"
            " || 'XX' || substr(text, (SELECT start FROM statements WHERE passage = passages.id) + 3)"
            " WHERE id IN (SELECT passage FROM statements)",
        ),
        "its words are not in the archived text",
    ),
    "the archived bytes were altered": (
        lambda data: in_archive(data, body().replace(b"strategy", b"leaflet ")),
        "its words are not in the archived text",
    ),
    "the archived bytes are no longer readable": (
        lambda data: in_archive(data, b"{}"),
        "can't be read from the archive",
    ),
    "a commitment lost its statements": (
        lambda data: in_register(data, "UPDATE statements SET commitment = NULL"),
        "has no statement",
    ),
    "a row names a row that is not there": (
        lambda data: in_register(data, "UPDATE statements SET commitment = 'FT-99999'"),
        "names a row of commitments that is not there",
    ),
    "the search index was cut": (
        lambda data: in_register(data, "DELETE FROM commitments_fts_data WHERE id > 10"),
        "search index does not fit",
    ),
    "there is no archive": (lambda data: (data / "archive.db").unlink(), "there is no register yet"),
}


@pytest.mark.parametrize("name", BREAKS)
def test_what_is_broken_is_named(data: Path, name: str) -> None:
    harm, sentence = BREAKS[name]
    harm(data)
    problems = list(check(data))
    assert any(sentence in problem for problem in problems), problems
    result = CliRunner().invoke(cli, ["--data", str(data), "check"])
    assert result.exit_code == 1


def test_pages_overwritten_on_the_disk_are_named(data: Path) -> None:
    for side in ("-wal", "-shm"):
        (data / f"followthrough.db{side}").unlink(missing_ok=True)
    file = data / "followthrough.db"
    size = file.stat().st_size
    with file.open("r+b") as opened:
        opened.seek(size // 2)
        opened.write(b"\xff" * 20_000)
    problems = list(check(data))
    assert problems[0].startswith("followthrough.db: ")
    assert problems[-1].startswith("The rest was not checked.")
