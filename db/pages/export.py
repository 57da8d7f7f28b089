"""What a filter gives to take away: rows for spreadsheets and programs, deadlines for calendars, changes for feeds."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from db.pages.changes import CHANGES, Change
from db.pages.commitments import COLUMNS
from db.pages.filters import SORTS, Filter
from db.pages.search import match_expression
from db.queries import first, records
from db.taking_out.export import rows_of
from db.taking_out.export_tables import COMMITMENTS
from processing.commitments.commitment import Commitment
from showing.ical import DueDate

if TYPE_CHECKING:
    import sqlite3
    from datetime import date

FEED = 50  # entries
MOST_DATES = 2000  # beyond this a calendar takes no more

TABLE = COMMITMENTS


def rows(connection: sqlite3.Connection, chosen: Filter) -> list[dict[str, Any]]:
    """Return every commitment that a filter lets through, in its order, under the columns of TABLE."""
    where, values = chosen.conditions(match_expression)
    table = replace(TABLE, order=f"ORDER BY {SORTS[chosen.sort][1]}")
    return list(rows_of(table, connection.execute(table.query(where), values)))


def due_dates(connection: sqlite3.Connection, chosen: Filter, site: str) -> list[DueDate]:
    """Return the deadlines of what a filter lets through, those still to come first; at most MOST_DATES.

    What is delivered, withdrawn or rejected has none any more. `site` is the address of the site, without a slash at
    its end.
    """
    where, values = chosen.conditions(match_expression)
    found = records(
        connection,
        Commitment,
        f"SELECT {COLUMNS} FROM commitments c {where} AND c.latest IS NOT NULL AND c.status IN ('open', 'overdue')"  # noqa: S608 -- all parts are ours
        " ORDER BY c.status = 'overdue', c.latest, c.number LIMIT ?",
        [*values, MOST_DATES],
    )
    return [due_date(one, one.latest, site) for one in found if one.latest]


def due_date(one: Commitment, latest: date, site: str) -> DueDate:
    """Return the deadline of a commitment that has a `latest` day."""
    return DueDate(
        id=one.id,
        promise=one.promise,
        owner=one.owner,
        status=one.status,
        earliest=one.earliest,
        latest=latest,
        precision=one.precision,
        words=one.timing,
        sequence=one.sequence,
        link=f"{site}/commitment/{one.id}",
    )


def one_commitment(connection: sqlite3.Connection, identifier: str) -> Commitment | None:
    """Return a commitment by its public id; None where there is none."""
    return first(connection, Commitment, f"SELECT {COLUMNS} FROM commitments c WHERE c.id = ?", [identifier])  # noqa: S608 -- ours


def changes_of(connection: sqlite3.Connection, chosen: Filter) -> list[Change]:
    """Return what was last noticed of the commitments that a filter lets through, latest first."""
    where, values = chosen.conditions(match_expression)
    return records(
        connection,
        Change,
        f"{CHANGES} {where} ORDER BY e.noticed_at DESC, e.happened_on DESC, e.id LIMIT ?",
        [*values, FEED],
    )
