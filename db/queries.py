"""Knows how rows become records, and what the register says of itself: its day, and whether its world is invented."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any, TypeVar

from db.rows import from_row
from processing.sources import SITTING_DAYS_OF

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Mapping, Sequence

Row = TypeVar("Row")

# what of `coverage v` is missing: a day or a search without anything is none, unless the House sat
GAP = (
    f"(v.state IN ('failed', 'pending') OR (v.state = 'empty' AND v.source = '{SITTING_DAYS_OF}'"  # noqa: S608 -- an id of ours
    " AND EXISTS (SELECT 1 FROM sitting_days t WHERE t.house = v.house AND t.day = v.day)))"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """What every page must know: the day it is written for, and whether the register tells of an invented world."""

    today: date
    is_sample: bool


def records(
    connection: sqlite3.Connection, kind: type[Row], sql: str, values: Sequence[Any] | Mapping[str, Any] = ()
) -> list[Row]:
    """Return the rows of a query as records of `kind`, of which the fields are the columns of the query."""
    cursor = connection.execute(sql, values)
    names = [column[0] for column in cursor.description]
    return [from_row(kind, tuple(row), names) for row in cursor]


def first(connection: sqlite3.Connection, kind: type[Row], sql: str, values: Sequence[Any] = ()) -> Row | None:
    """Return the first row of a query as a record; None where there is none."""
    return next(iter(records(connection, kind, sql, values)), None)


def number(connection: sqlite3.Connection, sql: str, values: Sequence[Any] = ()) -> int:
    """Return the one number that a query gives."""
    return int(connection.execute(sql, values).fetchone()[0])


def fact(connection: sqlite3.Connection, name: str) -> str | None:
    """Return one fact that the register states of itself; None where it does not."""
    row = connection.execute("SELECT value FROM facts WHERE name = ?", [name]).fetchone()
    return None if row is None else str(row[0])


def site(connection: sqlite3.Connection, today: date) -> Site:
    """Return the day for which pages are written: the register's own `as_of` where it has one, else `today`."""
    as_of = fact(connection, "as_of")
    return Site(
        today=date.fromisoformat(as_of[:10]) if as_of else today,
        is_sample=fact(connection, "sample_world") == "yes",
    )


def marks(count: int) -> str:
    """Return the place holders for a list of values: `?, ?, ?`."""
    return ", ".join("?" * count)
