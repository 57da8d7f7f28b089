"""What a filter gives to take away: rows for spreadsheets and programs, deadlines for calendars, changes for feeds."""

from __future__ import annotations

import json
from datetime import date
from typing import TYPE_CHECKING, Any

from db.pages.changes import CHANGES, Change
from db.pages.commitments import COLUMNS, Commitment
from db.pages.filters import SORTS, Filter
from db.pages.search import match_expression
from db.queries import first, records
from db.taking_out.export_tables import Table
from showing.citations import citation
from showing.ical import DueDate

if TYPE_CHECKING:
    import sqlite3

FEED = 50  # entries
MOST_DATES = 2000  # beyond this a calendar takes no more

TABLE = Table(
    name="commitments",
    title="Commitments that a filter lets through",
    columns={
        "id": "Public id, given once",
        "promise": "The promise in one line",
        "owner": "Who is to act",
        "status": "open, undated, overdue, delivered, delivered late, withdrawn or rejected",
        "timing": "The words that say when, as last said",
        "earliest": "First day on which it could be kept",
        "latest": "Last day before it is overdue; empty where vague",
        "first_latest": "The first deadline that it ever had",
        "slipped_days": "Days from the first deadline to the present one",
        "firmness": "firm, conditional or aspirational, as last said",
        "first_said": "Day on which it was first said",
        "last_said": "Day on which it was last said",
        "times_said": "How many statements tell of it",
        "quote": "The exact words last said",
        "speaker": "Speaker as printed",
        "post": "Government post in which it was said",
        "citation": "The usual citation, with the column where there is one",
        "permalink": "Address of the words",
        "has_evidence": "1 where a source says that it was done",
        "is_reviewed": "1 where a person decided something about it",
        "delivered_on": "Day of delivery, by a person's decision",
        "topics": "Topics",
        "recommendations": "Recommendations that it is about",
        "licence": "Licence of the words",
    },
    query="",
)
LAST = (
    "(SELECT l.id FROM statements l WHERE l.commitment = c.id"
    " ORDER BY l.said_on DESC, l.said_at DESC, l.id DESC LIMIT 1)"
)
ROWS = (
    "SELECT c.id, c.promise, c.owner, c.status, c.timing, c.earliest, c.latest, c.first_latest, c.slipped_days,"  # noqa: S608 -- ours
    " c.firmness, c.first_said, c.last_said, c.times_said, s.quote, s.speaker, s.post, s.url AS permalink,"
    " c.has_evidence, c.is_reviewed, c.delivered_on,"
    " (SELECT group_concat(topic, ' ') FROM (SELECT topic FROM commitment_topics WHERE commitment = c.id ORDER BY 1))"
    " AS topics, (SELECT group_concat(recommendation, ' ') FROM (SELECT recommendation FROM commitment_recommendations"
    " WHERE commitment = c.id ORDER BY 1)) AS recommendations, o.licence, d.source AS of_source, d.title AS of_title,"
    ' d.departments AS of_departments, s.house AS of_house, s."column" AS of_column, p.page AS of_page,'
    " s.said_on AS of_day FROM commitments c"
    f" JOIN statements s ON s.id = {LAST} JOIN passages p ON p.id = s.passage"
    " JOIN documents d ON d.id = s.document JOIN sources o ON o.id = d.source"
)


def rows(connection: sqlite3.Connection, chosen: Filter) -> list[dict[str, Any]]:
    """Return every commitment that a filter lets through, in its order, under the columns of TABLE."""
    where, values = chosen.conditions(match_expression)
    cursor = connection.execute(f"{ROWS} {where} ORDER BY {SORTS[chosen.sort][1]}", values)
    names = [column[0] for column in cursor.description]
    return [_row(dict(zip(names, tuple(row), strict=True))) for row in cursor]


def _row(found: dict[str, Any]) -> dict[str, Any]:
    cited = citation(
        source=found["of_source"],
        said_on=date.fromisoformat(found["of_day"]),
        title=found["of_title"],
        url=found["permalink"],
        house=found["of_house"],
        column=found["of_column"],
        publisher=next(iter(json.loads(found["of_departments"])), None),
        page=found["of_page"],
    )
    return {name: cited if name == "citation" else found[name] for name in TABLE.columns}


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
    return [due_date(one, site) for one in found]


def due_date(one: Commitment, site: str) -> DueDate:
    """Return the deadline of a commitment that has one."""
    return DueDate(
        id=one.id,
        promise=one.promise,
        owner=one.owner,
        status=one.status,
        earliest=one.earliest,
        latest=one.latest or "",
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
