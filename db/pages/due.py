"""What is overdue, what falls due in which month, and what was promised without a date, oldest first."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING

from db.pages.commitments import COLUMNS
from db.queries import number, records
from processing.commitments.commitment import Commitment

if TYPE_CHECKING:
    import sqlite3
    from datetime import date

SHOWN = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Month:
    """The commitments that fall due in one month (`2026-05`)."""

    month: str
    commitments: tuple[Commitment, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Due:
    """The page of what is due: overdue ones, longest first, then by month."""

    overdue: tuple[Commitment, ...]
    overdue_total: int
    months: tuple[Month, ...]
    total: int

    @property
    def shown(self) -> int:
        """How many of those to come are shown."""
        return sum(len(month.commitments) for month in self.months)


@dataclass(frozen=True, slots=True, kw_only=True)
class Undated:
    """The commitments without a last day, oldest first."""

    commitments: tuple[Commitment, ...]
    total: int


def due(connection: sqlite3.Connection, today: date) -> Due:
    """Return what is overdue and what is due from today on, at most SHOWN of each; the totals are exact."""
    overdue = "FROM commitments c WHERE c.status = 'overdue' AND c.joined_into IS NULL"
    coming = "FROM commitments c WHERE c.latest >= ? AND c.status = 'open' AND c.joined_into IS NULL"
    ahead = records(
        connection,
        Commitment,
        f"SELECT {COLUMNS} {coming} ORDER BY c.latest, c.number LIMIT ?",
        [today.isoformat(), SHOWN],
    )
    return Due(
        overdue=tuple(
            records(
                connection,
                Commitment,
                f"SELECT {COLUMNS} {overdue} ORDER BY c.latest, c.number LIMIT ?",
                [SHOWN],
            )
        ),
        overdue_total=number(connection, f"SELECT count(*) {overdue}"),
        months=tuple(Month(month=month, commitments=tuple(of_month)) for month, of_month in groupby(ahead, key=_month)),
        total=number(connection, f"SELECT count(*) {coming}", [today.isoformat()]),
    )


def _month(one: Commitment) -> str:
    return f"{one.latest:%Y-%m}" if one.latest else ""


def without_date(connection: sqlite3.Connection) -> Undated:
    """Return the commitments for which no last day was given, the oldest promise first."""
    undated = "FROM commitments c WHERE c.status = 'undated' AND c.joined_into IS NULL"
    return Undated(
        commitments=tuple(
            records(
                connection,
                Commitment,
                f"SELECT {COLUMNS} {undated} ORDER BY c.first_said, c.number LIMIT ?",
                [SHOWN],
            )
        ),
        total=number(connection, f"SELECT count(*) {undated}"),
    )
