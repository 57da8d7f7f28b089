"""What the digest reads of the register: the events noticed in a span, each with all that a mail says of it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl

from db.pages.filters import Filter, read_filter
from db.pages.search import match_expression
from db.queries import records
from db.rows import columns_from
from processing.commitments.commitment import Commitment
from processing.commitments.events import Event
from processing.commitments.statement import Statement

if TYPE_CHECKING:
    import sqlite3

LONGEST_SEARCH = 2000  # characters of a saved search; the browser never writes a longer one


def listed(column: str, table: str) -> str:
    """Return the SQL of what is linked to a commitment `c`, as a list in order."""
    found = f"SELECT {column} FROM {table} WHERE commitment = c.id ORDER BY 1"  # noqa: S608 -- names of ours
    return f"(SELECT json_group_array({column}) FROM ({found}))"  # noqa: S608 -- names of ours


@dataclass(frozen=True, slots=True, kw_only=True)
class News:
    """One event with its commitment, and the words that tell it.

    `quote` is what was said (or the delivery's words); `quote_before` what had been said. `topics` and
    `recommendations` are of the commitment. Days are ISO dates, `noticed_at` an instant.
    """

    id: str
    kind: str
    happened_on: str
    noticed_at: str
    summary: str
    days: int | None
    old_latest: str | None
    new_latest: str | None
    quote: str | None
    quote_before: str | None
    speaker: str | None
    post: str | None
    url: str | None
    source: str | None
    said_on: str | None
    commitment: str
    promise: str
    owner: str
    status: str
    timing: str | None
    earliest: str | None
    latest: str | None
    first_said: str
    last_said: str
    topics: tuple[str, ...]
    recommendations: tuple[str, ...]


_COLUMNS = columns_from(
    News,
    {"e": Event, "c": Commitment, "s": Statement},
    quote="coalesce(e.quote_after, s.quote, v.quote)",
    speaker="coalesce(s.speaker, v.speaker)",
    url="coalesce(s.url, v.url, d.url)",
    source="o.name",
    said_on="coalesce(s.said_on, v.said_on)",
    commitment="c.id",
    topics=listed("topic", "commitment_topics"),
    recommendations=listed("recommendation", "commitment_recommendations"),
)
NEWS = (
    f"SELECT {_COLUMNS} FROM events e JOIN commitments c ON c.id = e.commitment"  # noqa: S608 -- ours
    " LEFT JOIN statements s ON s.id = e.statement LEFT JOIN deliveries v ON v.id = e.delivery"
    " LEFT JOIN documents d ON d.id = coalesce(e.document, s.document, v.document)"
    " LEFT JOIN sources o ON o.id = d.source"
    " WHERE e.noticed_at > ? AND e.noticed_at <= ? AND c.joined_into IS NULL AND c.status <> 'rejected'"
    " ORDER BY e.happened_on, e.noticed_at, e.id"
)


def noticed(connection: sqlite3.Connection, after: str, until: str) -> list[News]:
    """Return the events noticed after one instant and up to another, in the order in which they happened."""
    return records(connection, News, NEWS, [after, until])


def read_saved_search(text: str) -> Filter:
    """Read a saved search, the part of a URL of the list after the question mark; `problems` names what is wrong."""
    if len(text) > LONGEST_SEARCH:
        return Filter(problems=(f"The saved search is longer than {LONGEST_SEARCH:,} characters.",))
    try:
        pairs = parse_qsl(text, max_num_fields=100)
    except ValueError:
        return Filter(problems=("The saved search has too many parts.",))
    found = read_filter(pairs)
    if found.is_empty and not found.problems:
        return replace(found, problems=("The saved search limits nothing: choose “everything” instead.",))
    return found


def found_by(connection: sqlite3.Connection, search: str) -> frozenset[str]:
    """Return the ids of the commitments that a saved search finds now; none for one that can't be understood."""
    chosen = read_saved_search(search)
    if chosen.problems:
        return frozenset()
    where, values = chosen.conditions(match_expression)
    return frozenset(row[0] for row in connection.execute(f"SELECT c.id FROM commitments c {where}", values))  # noqa: S608 -- `where` has place holders only


def topic_names(connection: sqlite3.Connection) -> dict[str, str]:
    """Return the topics' names by their ids."""
    return dict(connection.execute("SELECT id, name FROM topics ORDER BY name").fetchall())


def set_titles(connection: sqlite3.Connection) -> dict[str, str]:
    """Return the titles of the recommendation sets by their ids, the newest first."""
    return dict(connection.execute("SELECT id, title FROM recommendation_sets ORDER BY published DESC").fetchall())


def owners(connection: sqlite3.Connection) -> list[str]:
    """Return who owns commitments, by name."""
    rows: list[Any] = connection.execute(
        "SELECT DISTINCT owner FROM commitments WHERE joined_into IS NULL ORDER BY owner"
    ).fetchall()
    return [str(row[0]) for row in rows]


def processed_to(connection: sqlite3.Connection) -> str | None:
    """Return the instant at which the last good processing began: all that was noticed before it is in the register."""
    row = connection.execute(
        "SELECT max(started_at) FROM runs WHERE command = 'process' AND outcome = 'good'"
    ).fetchone()
    return row[0] if row else None
