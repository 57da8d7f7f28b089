"""Counts what the register holds, so that a run can say what it changed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sqlite_utils import Database


@dataclass(frozen=True, slots=True, kw_only=True)
class EventLine:
    """One event in short: its kind, the commitment's public id, and by how many days a deadline moved."""

    kind: str
    commitment: str
    days: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """What the register holds: documents in all and on its subject, commitments, statements, events by id."""

    documents: int
    relevant: int
    commitments: int
    statements: int
    events: Mapping[str, EventLine]


def tally(database: Database) -> Tally:
    """Count the register. A commitment that was joined into another one is not counted again."""
    documents, relevant, commitments, statements = database.execute(
        "SELECT (SELECT count(*) FROM documents), (SELECT count(*) FROM documents WHERE is_relevant = 1),"
        " (SELECT count(*) FROM commitments WHERE joined_into IS NULL), (SELECT count(*) FROM statements)"
    ).fetchone()
    rows = database.execute("SELECT id, kind, commitment, days FROM events ORDER BY happened_on, id")
    return Tally(
        documents=documents,
        relevant=relevant,
        commitments=commitments,
        statements=statements,
        events={row[0]: EventLine(kind=row[1], commitment=row[2], days=row[3]) for row in rows},
    )
