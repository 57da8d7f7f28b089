"""What the register holds of one commitment: its sayings in context, its life, evidence, links, reviews."""

from __future__ import annotations

from typing import TYPE_CHECKING

from db.pages.commitments import COLUMNS
from db.queries import first, records
from db.rows import columns
from processing.commitments.commitment import Commitment
from processing.commitments.reviews import Decision
from showing.asks import Choice
from showing.whole_commitment import Link, PossibleJoin, ShownDelivery, ShownEvent, ShownStatement, WholeCommitment

if TYPE_CHECKING:
    import sqlite3
    from datetime import date

_SHOWN = columns(
    ShownStatement,
    "s",
    title="d.title",
    source="d.source",
    source_name="o.name",
    departments="d.departments",
    department="p.department",
    page="p.page",
    passage_text="p.text",
    fetched_at="v.fetched_at",
    version="v.number",
)
STATEMENTS = (
    f"SELECT {_SHOWN} FROM statements s JOIN passages p ON p.id = s.passage JOIN versions v ON v.id = p.version"  # noqa: S608 -- ours
    " JOIN documents d ON d.id = s.document JOIN sources o ON o.id = d.source"
)
_WHERE = "coalesce(e.document, (SELECT s.document FROM statements s WHERE s.id = e.statement))"
EVENTS = (
    f"SELECT {columns(ShownEvent, 'e', document=_WHERE)} FROM events e WHERE e.commitment = ?"  # noqa: S608 -- ours
    " ORDER BY e.happened_on, e.noticed_at, e.id"
)
DELIVERIES = (
    f"SELECT {columns(ShownDelivery, 'v', title='d.title')} FROM deliveries v"  # noqa: S608 -- ours
    " JOIN documents d ON d.id = v.document WHERE v.commitment = ? ORDER BY v.said_on"
)
LINKS = (
    "SELECT l.recommendation AS id, coalesce(t.title, '') AS set_title, coalesce(r.number, '*') AS number,"
    " coalesce(r.title, 'all of them') AS title, l.reason FROM commitment_recommendations l"
    " LEFT JOIN recommendations r ON r.id = l.recommendation LEFT JOIN recommendation_sets t"
    " ON t.id = coalesce(r.\"set\", substr(l.recommendation, 1, instr(l.recommendation, '/') - 1))"
    " WHERE l.commitment = ? ORDER BY l.recommendation"
)
TOPICS = (
    "SELECT t.id AS value, t.name FROM commitment_topics c JOIN topics t ON t.id = c.topic WHERE c.commitment = ?"
    " ORDER BY t.name"
)
# the quote stands with the statement
DECISIONS = f"SELECT {columns(Decision, 'r', quote='NULL')} FROM reviews r"  # noqa: S608 -- ours
JOINS = (
    "SELECT j.statement, s.quote, s.commitment AS home, j.commitment, c.promise, j.reason FROM possible_joins j"
    " JOIN statements s ON s.id = j.statement JOIN commitments c ON c.id = j.commitment"
    " WHERE s.commitment = ? OR j.commitment = ? ORDER BY j.statement"
)


def joined_into(connection: sqlite3.Connection, identifier: str) -> str | None:
    """Return the id of the commitment that this one was joined into, followed to its end; None where it was not."""
    seen = {identifier}
    present = identifier
    while row := connection.execute("SELECT joined_into FROM commitments WHERE id = ?", [present]).fetchone():
        if row[0] is None or row[0] in seen:
            break
        present = row[0]
        seen.add(present)
    return None if present == identifier else present


def whole_commitment(connection: sqlite3.Connection, identifier: str, today: date) -> WholeCommitment | None:
    """Return all that is known of one commitment; None where the register has none by that id."""
    commitment = first(connection, Commitment, f"SELECT {COLUMNS} FROM commitments c WHERE c.id = ?", [identifier])  # noqa: S608 -- ours
    if commitment is None:
        return None
    of_it = [identifier]
    sayings = f"{STATEMENTS} WHERE s.commitment = ? ORDER BY s.said_on, s.said_at, p.position, s.start"
    reviews = f"{DECISIONS} WHERE r.commitment = ? ORDER BY r.made_at"
    joined = f"SELECT {COLUMNS} FROM commitments c WHERE c.joined_into = ?"  # noqa: S608 -- ours
    return WholeCommitment(
        commitment=commitment,
        sayings=tuple(records(connection, ShownStatement, sayings, of_it)),
        events=tuple(records(connection, ShownEvent, EVENTS, of_it)),
        deliveries=tuple(records(connection, ShownDelivery, DELIVERIES, of_it)),
        links=tuple(records(connection, Link, LINKS, of_it)),
        topics=tuple(records(connection, Choice, TOPICS, of_it)),
        reviews=tuple(records(connection, Decision, reviews, of_it)),
        joins=tuple(records(connection, PossibleJoin, JOINS, [identifier, identifier])),
        joined=tuple(records(connection, Commitment, joined, of_it)),
        today=today,
    )


def statements_of(connection: sqlite3.Connection, name: str) -> list[ShownStatement]:
    """Return the saying of that id, or all sayings of the commitment of that id ("FT-12", or "12"), oldest first."""
    wanted = (
        f"{STATEMENTS} WHERE s.id = :name OR s.commitment = :name OR s.commitment = 'FT-' || :name"
        " ORDER BY s.said_on, s.first_seen_at, s.id"
    )
    return records(connection, ShownStatement, wanted, {"name": name})
