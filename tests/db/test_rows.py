"""Records and rows: what is written is read again as it was, and every record fits its table."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass, fields
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest
from sqlite_utils import Database

from db.archive.archive import Archive
from db.queries import records
from db.register.documents import Register
from db.rows import as_row, columns, columns_from, columns_of, from_row, keep, select
from processing.commitments.commitment import Commitment
from processing.commitments.events import Event
from processing.commitments.found_evidence import Publication
from processing.commitments.moved_deadlines import DeadlineReading
from processing.commitments.numbering import Given
from processing.commitments.reviews import Decision, Review
from processing.commitments.statement import Delivery, Statement
from processing.commitments.subjects import Position

if TYPE_CHECKING:
    from pathlib import Path


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """A record with a column of each kind."""

    id: str
    day: date
    until: date | None
    is_open: bool
    names: tuple[str, ...]
    score: float
    order: int | None = None


ROWS = [
    Kept(id="a", day=date(2025, 9, 1), until=None, is_open=True, names=("x", "y"), score=0.5),
    Kept(id="b", day=date(2025, 9, 2), until=date(2026, 1, 1), is_open=False, names=(), score=1.0, order=2),
]


@pytest.fixture
def database() -> Database:
    found = Database(memory=True)
    found.execute(
        "CREATE TABLE kept (id TEXT PRIMARY KEY, day TEXT NOT NULL, until TEXT, is_open INTEGER, names TEXT,"
        ' score REAL, "order" INTEGER) STRICT'
    )
    return found


def test_a_record_is_read_as_it_was_written(database: Database) -> None:
    keep(database, "kept", map(as_row, ROWS))
    assert [from_row(Kept, row) for row in database.execute(f"{select(Kept, 'kept')} ORDER BY id")] == ROWS


def test_a_row_of_another_length_is_no_record() -> None:
    with pytest.raises(ValueError, match="zip"):
        from_row(Kept, ("a", "2025-09-01"))


def test_a_query_gives_its_fields_in_any_order_and_some_from_elsewhere(database: Database) -> None:
    keep(database, "kept", map(as_row, ROWS))
    asked = columns(Kept, "k", names="'[\"z\"]'")
    found = records(database.conn, Kept, f"SELECT {asked} FROM kept k WHERE k.id = ?", ["b"])  # noqa: S608 -- ours
    assert [(one.id, one.names, one.order) for one in found] == [("b", ("z",), 2)]
    with pytest.raises(ValueError, match="Kept: no such column: name"):
        columns(Kept, "k", name="1")


def test_a_field_stands_in_the_first_table_that_has_it() -> None:
    @dataclass(frozen=True, slots=True, kw_only=True)
    class Both:
        id: str
        day: date
        statement: str
        number: int

    tables = {"k": Kept, "g": Given}
    assert (
        columns_from(Both, tables)
        == 'k."id" AS "id", k."day" AS "day", g."statement" AS "statement", g."number" AS "number"'
    )
    assert columns_from(Both, tables, day="'2025'").split(", ")[1] == "'2025' AS \"day\""
    with pytest.raises(ValueError, match="Both: no such column: number, statement"):
        columns_from(Both, {"k": Kept})


def test_of_a_row_that_is_there_only_what_is_to_be_renewed_changes(database: Database) -> None:
    keep(database, "kept", map(as_row, ROWS))
    other = [{**as_row(ROWS[0]), "score": 0.9, "day": "2030-01-01"}]
    keep(database, "kept", other)
    keep(database, "kept", [])
    assert database.execute("SELECT score, day FROM kept WHERE id = 'a'").fetchone() == (0.5, "2025-09-01")
    keep(database, "kept", other, renew=("score",))
    assert database.execute("SELECT score, day FROM kept WHERE id = 'a'").fetchone() == (0.9, "2025-09-01")


def test_a_row_that_breaks_a_rule_of_its_table_is_refused_and_not_passed_over(database: Database) -> None:
    with pytest.raises(sqlite3.IntegrityError, match="NOT NULL"):
        keep(database, "kept", [{**as_row(ROWS[0]), "day": None}])


IN_FULL = [
    pytest.param(Statement, "statements", {"commitment", "join_reason", "rules_version"}, id="statements"),
    pytest.param(Delivery, "deliveries", {"commitment", "reason"}, id="deliveries"),
    pytest.param(Commitment, "commitments", set(), id="commitments"),
    pytest.param(Event, "events", {"commitment"}, id="events"),
    pytest.param(Position, "positions", set(), id="positions"),
]
OF_THE_ARCHIVE = [(Given, "numbers"), (DeadlineReading, "readings"), (Review, "reviews")]


def stored(database: Any, table: str) -> set[str]:
    return {row[1] for row in database.execute(f"PRAGMA table_info({table})")}


@pytest.mark.parametrize(("kind", "table", "beside"), IN_FULL)
def test_a_record_names_every_column_of_its_table_but_those_of_another_step(
    kind: Any, table: str, beside: set[str], tmp_path: Path
) -> None:
    register = Register(tmp_path)
    assert stored(register.database, table) == {*columns_of(kind)} | beside
    register.close()


def test_the_records_of_the_archive_and_of_decisions_are_their_tables(tmp_path: Path) -> None:
    archive, register = Archive(tmp_path), Register(tmp_path)
    for kind, table in OF_THE_ARCHIVE:
        assert stored(archive.database, table) == {*columns_of(kind)}
    assert stored(register.database, "reviews") == {*columns_of(Decision)} - {"quote"}
    assert {*columns_of(Publication)} < stored(register.database, "documents")
    archive.close()
    register.close()


@pytest.mark.parametrize("kind", [Statement, Delivery, Commitment, Event, Position, Given, DeadlineReading, Decision])
def test_every_type_of_a_stored_field_is_one_that_can_be_read_back(kind: Any) -> None:
    known = {"str", "int", "float", "bool", "date", "tuple[str, ...]"}
    assert {str(field.type).removesuffix(" | None") for field in fields(kind)} <= known
