"""Records as rows: the fields of a record are the columns of its table."""

from __future__ import annotations

import json
from dataclasses import fields
from datetime import date
from functools import cache
from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    from collections.abc import Sequence

Record = TypeVar("Record")


@cache
def columns_of(kind: Any) -> tuple[str, ...]:
    """Return the columns of the table whose rows a record stands for, in the order of its fields."""
    return tuple(field.name for field in fields(kind))


def select(kind: Any, table: str) -> str:
    """Return the query of all columns of a table for `from_row`, without conditions."""
    names = ", ".join(f'"{name}"' for name in columns_of(kind))
    return f"SELECT {names} FROM {table}"  # noqa: S608 -- names of ours


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


def from_row(kind: type[Record], row: Sequence[Any]) -> Record:
    """Return the record that a row of `select` stands for. Raises ValueError for a day that is none."""
    key: Any = kind
    return kind(**{name: _read(how, value) for (name, how), value in zip(_readers(key), row, strict=True)})


@cache
def _readers(kind: Any) -> tuple[tuple[str, str], ...]:
    return tuple((field.name, _how(str(field.type))) for field in fields(kind))


def _how(hint: str) -> str:
    """Return how a column is read, by the type that the record states for it."""
    if hint.startswith("date"):
        return "day"
    return "list" if hint.startswith("tuple") else "as it is"


def _read(how: str, value: Any) -> Any:
    if value is None or how == "as it is":
        return value
    return date.fromisoformat(value) if how == "day" else tuple(json.loads(value))
