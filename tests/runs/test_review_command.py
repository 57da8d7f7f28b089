"""Decisions from the command line: taken, applied at once, undone, written out and taken in again."""

from __future__ import annotations

import json
import shutil
import sqlite3
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner

from followthrough import cli
from processing.errors import BadInput

if TYPE_CHECKING:
    from pathlib import Path

    from tests.conftest import SampleRegister

BY = ("--by", "AB", "--reason", "Read it")


@pytest.fixture
def data(sample_register: SampleRegister, tmp_path: Path) -> Path:
    shutil.copytree(sample_register.folder, tmp_path / "data")
    return tmp_path / "data"


def run(data: Path, *words: str) -> str:
    done = CliRunner().invoke(cli, ["--data", str(data), "review", *words], catch_exceptions=False)
    assert done.exit_code == 0, done.output
    return done.output


def row(data: Path, commitment: str, columns: str) -> tuple[object, ...]:
    with sqlite3.connect(data / "followthrough.db") as connection:
        found = connection.execute(f"SELECT {columns} FROM commitments WHERE id = ?", [commitment]).fetchone()  # noqa: S608
    connection.close()
    return tuple(found)


def test_a_decision_is_kept_applied_and_undone(data: Path) -> None:
    before = row(data, "FT-1", "status, is_reviewed")
    kept = run(data, "add", "reject", "FT-1", *BY).split()[2].rstrip(".")
    assert row(data, "FT-1", "status, is_reviewed") == ("rejected", 1)
    assert "AB: reject FT-1 (applied)" in run(data, "list")
    run(data, "undo", kept, *BY)
    assert row(data, "FT-1", "status, is_reviewed") == before
    assert "AB: reject FT-1 (undone)" in run(data, "list")


def test_a_joined_id_leads_on_and_a_split_gives_it_back(data: Path) -> None:
    run(data, "add", "join", "FT-1", "--with", "FT-2", *BY)
    assert row(data, "FT-2", "joined_into") == ("FT-1",)
    kept = json.loads(run(data, "export"))
    run(data, "add", "split", "FT-1", "--statement", kept["other"], *BY)
    assert row(data, "FT-2", "joined_into") == (None,)


def test_decisions_outlive_the_database_also_where_numbers_come_out_otherwise(data: Path, tmp_path: Path) -> None:
    run(data, "add", "correct", "FT-1", "--field", "owner", "--value", "Ofcom", *BY)
    file = tmp_path / "reviews.jsonl"
    run(data, "export", "--output", str(file))
    with sqlite3.connect(data / "archive.db") as connection:
        connection.execute("DELETE FROM reviews")
        connection.execute("UPDATE numbers SET number = number + 100")
    connection.close()
    assert run(data, "import", str(file)).startswith("1 decisions taken in, 0 were here already\n")
    assert row(data, "FT-101", "owner, is_reviewed") == ("Ofcom", 1)
    assert run(data, "import", str(file)).startswith("0 decisions taken in, 1 were here already\n")


def test_a_decision_on_words_that_are_gone_is_reported_and_not_dropped(data: Path, tmp_path: Path) -> None:
    run(data, "add", "confirm", "FT-1", *BY)
    line = json.loads(run(data, "export"))
    stray = {**line, "id": "stray", "commitment": "FT-1", "statement": "nowhere", "quote": "We will act"}
    file = tmp_path / "reviews.jsonl"
    file.write_text(json.dumps(stray), encoding="utf-8")
    assert (
        "1 decisions no longer fit"
        in CliRunner().invoke(cli, ["--data", str(data), "review", "import", str(file)]).output
    )
    assert "nowhere is no longer in the register: “We will act”" in run(data, "list", "--stray")


def test_the_queue_names_what_waits_and_why(data: Path) -> None:
    assert "A source says that it was done: confirm it, or not" in run(data, "queue")


def test_delivered_needs_evidence_and_an_unknown_commitment_is_refused(data: Path) -> None:
    refused = CliRunner().invoke(cli, ["--data", str(data), "review", "add", "delivered", "FT-1", *BY])
    assert (refused.exit_code, "delivered needs --evidence" in refused.output) == (2, True)
    with pytest.raises(BadInput, match="register has no commitment FT-9999"):
        run(data, "add", "confirm", "FT-9999", *BY)
