"""What the check of the databases reads."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from db.queries import records

if TYPE_CHECKING:
    import sqlite3


@dataclass(frozen=True, slots=True, kw_only=True)
class Quoted:
    """An exact quote of the register: `what` names its row; the passage it stands in; where that was read from."""

    what: str
    quote: str
    start: int
    passage_key: str
    passage_text: str
    document: str
    source: str
    version: str
    answer_hash: str
    answer_url: str


QUOTES = " UNION ALL ".join(
    f"SELECT '{kind} ' || q.{key} AS what, q.quote, q.start, p.key AS passage_key, p.text AS passage_text,"  # noqa: S608 -- ours
    " p.document, d.source, v.id AS version, v.answer_hash, v.answer_url"
    f" FROM {table} q JOIN passages p ON p.id = q.passage JOIN versions v ON v.id = p.version"
    " JOIN documents d ON d.id = p.document"
    for kind, key, table in (
        ("statement", "id", "statements"),
        ("delivery", "id", "deliveries"),
        ("position on", "recommendation", "positions"),
    )
)


def quotes(connection: sqlite3.Connection) -> list[Quoted]:
    """Return every exact quote of the register, by the version that it was read from."""
    return records(connection, Quoted, f"{QUOTES} ORDER BY version, what")


def commitments_without_statement(connection: sqlite3.Connection) -> list[str]:
    """Return the ids of commitments that no statement tells."""
    rows = connection.execute(
        "SELECT id FROM commitments c WHERE joined_into IS NULL"
        " AND NOT EXISTS (SELECT 1 FROM statements s WHERE s.commitment = c.id) ORDER BY number"
    )
    return [str(row[0]) for row in rows.fetchall()]


def check_search(connection: sqlite3.Connection) -> str | None:
    """Return what is wrong with the full text indexes; None where nothing is."""
    import sqlite3 as sqlite  # noqa: PLC0415 -- only its error is needed here

    try:
        for table in ("passages_fts", "commitments_fts"):
            connection.execute(f"INSERT INTO {table} ({table}) VALUES ('integrity-check')")  # noqa: S608 -- ours
    except sqlite.DatabaseError as error:
        return str(error)
    return None
