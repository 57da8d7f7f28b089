"""The numbers behind the plots: promises said, due, slipped and done by month; slippage by owner."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from db.queries import records

if TYPE_CHECKING:
    import sqlite3
    from datetime import date

BEFORE = 12  # months
AFTER = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class PlotMonth:
    """How many commitments were first said, fell or fall due, slipped and were done in one month (`2026-05`)."""

    month: str
    said: int
    due: int
    slipped: int
    done: int

    @property
    def bars(self) -> tuple[tuple[str, int], ...]:
        """The four numbers with their names."""
        return (("said", self.said), ("due", self.due), ("slipped", self.slipped), ("done", self.done))


@dataclass(frozen=True, slots=True, kw_only=True)
class Slippage:
    """How far the dated commitments of an owner have moved: first date against present date, in days."""

    owner: str
    dated: int
    slipped: int
    mean_days: float
    most_days: int


def by_month(connection: sqlite3.Connection, today: date) -> list[PlotMonth]:
    """Return the numbers for the twelve months up to this one and the six after it.

    The months before anything happened are left out, as a young register would look like a fault.
    """
    months = [_month(today.year, today.month + step) for step in range(1 - BEFORE, AFTER + 1)]
    shown = "joined_into IS NULL AND status <> 'rejected'"
    said = _counts(connection, "first_said", f"commitments WHERE {shown}", months)
    due = _counts(connection, "latest", f"commitments WHERE {shown}", months)
    slipped = _counts(connection, "happened_on", "events WHERE kind = 'slipped'", months)
    done = _counts(
        connection,
        "delivered_on",
        "commitments WHERE status IN ('delivered', 'delivered late') AND joined_into IS NULL",
        months,
    )
    first = min((*said, *due, *slipped, *done), default=months[0])
    return [
        PlotMonth(
            month=month,
            said=said.get(month, 0),
            due=due.get(month, 0),
            slipped=slipped.get(month, 0),
            done=done.get(month, 0),
        )
        for month in months
        if month >= first
    ]


def _month(year: int, month: int) -> str:
    return f"{year + (month - 1) // 12}-{(month - 1) % 12 + 1:02}"


def _counts(connection: sqlite3.Connection, column: str, of_what: str, months: list[str]) -> dict[str, int]:
    # the first and the last day shown: an index on the column serves it
    rows = connection.execute(
        f"SELECT substr({column}, 1, 7), count(*) FROM {of_what} AND {column} >= ? AND {column} <= ? GROUP BY 1",  # noqa: S608 -- ours
        [f"{months[0]}-01", f"{months[-1]}-31"],
    )
    return {str(row[0]): int(row[1]) for row in rows}


def slippage(connection: sqlite3.Connection) -> list[Slippage]:
    """Return the slippage of each owner that ever gave a date, the worst first; days brought forward are negative."""
    return records(
        connection,
        Slippage,
        "SELECT owner, count(*) AS dated, sum(slipped_days > 0) AS slipped, round(avg(slipped_days), 1) AS mean_days,"
        " max(slipped_days) AS most_days FROM commitments WHERE first_latest IS NOT NULL AND joined_into IS NULL"
        " AND status <> 'rejected' GROUP BY owner ORDER BY mean_days DESC, owner LIMIT 20",
    )
