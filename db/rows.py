"""Records as rows: the fields of a record are the columns of its table, and of the query that asks for it."""

from __future__ import annotations

import json
from dataclasses import fields
from datetime import date
from functools import cache
from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from sqlite_utils import Database

Record = TypeVar("Record")


@cache
def columns_of(kind: Any) -> tuple[str, ...]:
    """Return the columns of the table whose rows a record stands for, in the order of its fields."""
    return tuple(field.name for field in fields(kind))


def columns(kind: Any, table: str, **elsewhere: str) -> str:
    """Return what a query selects for a record: its fields, by the name that the query gives their table.

    What stands `elsewhere` than in that table is given by its SQL.
    """
    return columns_from(kind, {table: kind}, **elsewhere)


def columns_from(kind: Any, tables: Mapping[str, Any], **elsewhere: str) -> str:
    """Return what a query of several tables selects for a record: each field from the first table whose record has it.

    `tables` are the records by the names that the query gives their tables. Raises ValueError for a field that stands
    in none, and for what is given but is no field.
    """
    own = {
        name: f'{table}."{name}"' for table, of in reversed(list(tables.items())) for name in columns_of(of)
    } | elsewhere
    wanted = columns_of(kind)
    if wrong := sorted((elsewhere.keys() - set(wanted)) | (set(wanted) - own.keys())):
        raise ValueError(f"{kind.__name__}: no such column: {', '.join(wrong)}")
    return ", ".join(f'{own[name]} AS "{name}"' for name in wanted)


def select(kind: Any, table: str) -> str:
    """Return the query of all columns of a table for `from_row`, without conditions."""
    return f"SELECT {columns(kind, table)} FROM {table}"  # noqa: S608 -- names of ours


def plain(value: Any) -> Any:
    """Return a value as SQLite keeps it: days as ISO 8601, tuples as JSON, yes and no as 1 and 0."""
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, tuple):
        return json.dumps(list(value))
    return int(value) if isinstance(value, bool) else value


def as_row(record: Any) -> dict[str, Any]:
    """Return a record as a row."""
    kind: Any = type(record)
    return {name: plain(getattr(record, name)) for name in columns_of(kind)}


def from_row(kind: type[Record], row: Sequence[Any], names: Sequence[str] = ()) -> Record:
    """Return the record that a row stands for: one of `select`, or of a query that gives its fields under `names`.

    Raises ValueError for a day that is none.
    """
    key: Any = kind
    readers = _readers(key)
    return kind(**{name: _read(readers[name], value) for name, value in zip(names or readers, row, strict=True)})


def keep(
    database: Database,
    table: str,
    rows: Iterable[Mapping[str, Any]],
    *,
    unique: Sequence[str] = ("id",),
    renew: Sequence[str] = (),
) -> None:
    """Insert rows. Of one that is there already by its `unique` columns, `renew` are renewed and the rest stays."""
    listed = list(rows)
    if not listed:
        return
    then = ", ".join(f'"{name}" = excluded."{name}"' for name in renew)
    names = ", ".join(f'"{name}"' for name in listed[0])
    marks = ", ".join("?" * len(listed[0]))
    database.conn.executemany(
        f"INSERT INTO {table} ({names}) VALUES ({marks}) ON CONFLICT ({', '.join(unique)})"  # noqa: S608 -- names of ours
        f" DO {f'UPDATE SET {then}' if then else 'NOTHING'}",
        [list(row.values()) for row in listed],
    )


@cache
def _readers(kind: Any) -> dict[str, str]:
    return {field.name: _how(str(field.type)) for field in fields(kind)}


def _how(hint: str) -> str:
    """Return how a column is read, by the type that the record states for it."""
    match hint.removesuffix(" | None"):
        case "date":
            return "day"
        case "bool":
            return "yes or no"
        case "tuple[str, ...]":
            return "list"
        case _:
            return "as it is"


def _read(how: str, value: Any) -> Any:
    if value is None or how == "as it is":
        return value
    if how == "yes or no":
        return bool(value)
    return date.fromisoformat(value) if how == "day" else tuple(json.loads(value))
