"""What the list of commitments shows: the commitments that a filter lets through, and what filters offer."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from db.pages.filters import PAGE, SORTS, Filter
from db.pages.search import match_expression
from db.queries import records
from db.rows import columns
from processing.commitments.commitment import Commitment
from processing.commitments.status import STATUSES
from showing.asks import Choice

if TYPE_CHECKING:
    import sqlite3

COLUMNS = columns(Commitment, "c")


@dataclass(frozen=True, slots=True, kw_only=True)
class CommitmentList:
    """A page of the list: the commitments, how many there are in all, and how many of each status."""

    commitments: tuple[Commitment, ...]
    total: int
    pages: int
    statuses: tuple[Choice, ...]


def list_commitments(connection: sqlite3.Connection, chosen: Filter, *, size: int = PAGE) -> CommitmentList:
    """Return a page of the commitments that a filter lets through, with exact counts."""
    where, values = chosen.conditions(match_expression)
    counts = dict(
        connection.execute(
            f"SELECT c.status, count(*) FROM commitments c {where} GROUP BY c.status",  # noqa: S608 -- `where` is ours
            values,
        ).fetchall()
    )
    total = sum(counts.values())
    found = find_commitments(connection, chosen, limit=size, skip=(chosen.page - 1) * size)
    return CommitmentList(
        commitments=tuple(found),
        total=total,
        pages=max(1, -(-total // size)),
        statuses=tuple(Choice(value=name, name=name, count=counts[name]) for name in STATUSES if name in counts),
    )


def find_commitments(
    connection: sqlite3.Connection, chosen: Filter, *, limit: int = -1, skip: int = 0
) -> list[Commitment]:
    """Return the commitments that a filter lets through, in its order; `limit` -1 gives all."""
    where, values = chosen.conditions(match_expression)
    return records(
        connection,
        Commitment,
        # chosen and sorted by index alone; only what is shown is fetched
        f"SELECT {COLUMNS} FROM commitments c WHERE c.id IN (SELECT c.id FROM commitments c {where}"  # noqa: S608 -- all parts are ours
        f" ORDER BY {SORTS[chosen.sort][1]} LIMIT ? OFFSET ?) ORDER BY {SORTS[chosen.sort][1]}",
        [*values, limit, skip],
    )


def choices(connection: sqlite3.Connection) -> dict[str, list[Choice]]:
    """Return the values that the filters offer."""
    return {
        "owner": records(
            connection,
            Choice,
            # from owner to owner by the index: there are few owners, and many commitments of each
            "WITH RECURSIVE o (name) AS (SELECT min(owner) FROM commitments UNION ALL"
            " SELECT (SELECT min(owner) FROM commitments WHERE owner > o.name) FROM o WHERE o.name IS NOT NULL)"
            " SELECT name AS value, name FROM o WHERE name IS NOT NULL LIMIT 300",
        ),
        "speaker": records(
            connection,
            Choice,
            "SELECT p.id AS value, p.name FROM people p"
            " WHERE EXISTS (SELECT 1 FROM statements s WHERE s.person = p.id) ORDER BY p.name LIMIT 500",
        ),
        "topic": records(connection, Choice, "SELECT id AS value, name FROM topics ORDER BY name"),
        "source": records(connection, Choice, "SELECT id AS value, name FROM sources ORDER BY name"),
        "recommendation": records(
            connection, Choice, "SELECT id AS value, title AS name FROM recommendation_sets ORDER BY published DESC"
        ),
    }


def name_of_person(connection: sqlite3.Connection, person: str) -> str:
    """Return a person's name; the id itself where nobody is known by it."""
    row = connection.execute("SELECT name FROM people WHERE id = ?", [person]).fetchone()
    return str(row[0]) if row else person


def names(connection: sqlite3.Connection, chosen: Filter) -> dict[str, str]:
    """Return the names of the ids that a filter holds, for the reader."""
    found = dict(connection.execute("SELECT id, name FROM topics UNION ALL SELECT id, name FROM sources").fetchall())
    found |= dict(connection.execute("SELECT id, title FROM recommendation_sets").fetchall())
    if chosen.speaker:
        found[chosen.speaker] = name_of_person(connection, chosen.speaker)
    return found
