"""What was asked for, collected and missed; the vocabulary; and what the register says of its own making."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

from db.pages.changes import CoverageLine, coverage_lines
from db.queries import GAP, fact, number, records

if TYPE_CHECKING:
    import sqlite3
    from datetime import date

SHOWN = 300


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One thing that was asked for, and what came of it."""

    source: str
    scope: str
    house: str | None
    day: str | None
    state: str
    asked_at: str | None
    found: int
    note: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Refusal:
    """An answer that could not be read, or was of a kind that is not collected."""

    source: str
    url: str
    fetched_at: str
    outcome: str
    place: str
    what: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """The last good run of a source, and its last run of all."""

    source: str
    last_good: str | None
    last_run: str | None
    last_outcome: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Coverage:
    """Everything that the page of coverage shows."""

    lines: tuple[CoverageLine, ...]
    gaps: tuple[Row, ...]
    gaps_total: int
    recent: tuple[Row, ...]
    refusals: tuple[Refusal, ...]
    refusals_total: int
    runs: tuple[Run, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownTerm:
    """A tracked term: its phrases, and how many passages mention it."""

    id: str
    topic: str
    phrases: tuple[str, ...]
    note: str | None
    passages: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownTopic:
    """A topic with its terms."""

    id: str
    name: str
    description: str
    commitments: int
    terms: tuple[ShownTerm, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownSource:
    """One upstream with its licence."""

    id: str
    name: str
    licence: str
    attribution: str
    url: str
    documents: int


@dataclass(frozen=True, slots=True, kw_only=True)
class About:
    """What the register says of its own making."""

    sources: tuple[ShownSource, ...]
    accuracy: tuple[tuple[str, str], ...]
    rules: str | None


ROWS = "SELECT v.source, v.scope, v.house, v.day, v.state, v.asked_at, v.found, v.note FROM coverage v"
GAPS = f"{GAP} AND coalesce(v.day, '') <= ?"


def coverage(connection: sqlite3.Connection, today: date) -> Coverage:
    """Return the coverage with its gaps, the oldest first."""
    until = [today.isoformat()]
    return Coverage(
        lines=tuple(coverage_lines(connection, today)),
        gaps=tuple(
            records(
                connection, Row, f"{ROWS} WHERE {GAPS} ORDER BY v.day IS NULL, v.day, v.source LIMIT ?", [*until, SHOWN]
            )
        ),
        gaps_total=number(connection, f"SELECT count(*) FROM coverage v WHERE {GAPS}", until),  # noqa: S608 -- ours
        recent=tuple(records(connection, Row, f"{ROWS} ORDER BY v.day DESC, v.source, v.scope LIMIT 100")),
        refusals=tuple(
            records(
                connection,
                Refusal,
                "SELECT source, url, fetched_at, outcome, place, what FROM refusals"
                " ORDER BY outcome DESC, fetched_at DESC LIMIT 100",
            )
        ),
        refusals_total=number(connection, "SELECT count(*) FROM refusals"),
        runs=tuple(runs(connection)),
    )


def runs(connection: sqlite3.Connection) -> list[Run]:
    """Return the last good run and the last run of each source."""
    return records(
        connection,
        Run,
        "SELECT r.source, max(CASE WHEN r.outcome = 'good' THEN r.finished_at END) AS last_good,"
        " max(r.started_at) AS last_run, (SELECT outcome FROM runs l WHERE l.source = r.source"
        " ORDER BY l.started_at DESC, l.id DESC LIMIT 1) AS last_outcome FROM runs r WHERE r.source IS NOT NULL"
        " GROUP BY r.source ORDER BY r.source",
    )


def source_names(connection: sqlite3.Connection) -> dict[str, str]:
    """Return the names of the sources by their ids."""
    return dict(connection.execute("SELECT id, name FROM sources").fetchall())


def vocabulary(connection: sqlite3.Connection) -> list[ShownTopic]:
    """Return the topics with their terms."""
    topics = records(
        connection,
        ShownTopic,
        "SELECT t.id, t.name, t.description, (SELECT count(*) FROM commitment_topics c WHERE c.topic = t.id)"
        " AS commitments FROM topics t ORDER BY t.name",
    )
    rows = connection.execute(
        "SELECT t.id, t.topic, t.phrases, t.note, (SELECT count(*) FROM mentions m WHERE m.term = t.id) FROM terms t"
        " ORDER BY t.id"
    ).fetchall()
    terms = [
        ShownTerm(id=row[0], topic=row[1], phrases=tuple(_phrases(row[2])), note=row[3], passages=row[4])
        for row in rows
    ]
    return [
        ShownTopic(
            id=topic.id,
            name=topic.name,
            description=topic.description,
            commitments=topic.commitments,
            terms=tuple(term for term in terms if term.topic == topic.id),
        )
        for topic in topics
    ]


def _phrases(text: str) -> list[str]:
    found = json.loads(text)
    return [str(phrase) for phrase in found] if isinstance(found, list) else [str(found)]


def about(connection: sqlite3.Connection) -> About:
    """Return the sources with their licences, and the accuracy figures that the register states of itself.

    The fact `accuracy` is a JSON object from the name of a measure to its figure.
    """
    stated = json.loads(fact(connection, "accuracy") or "{}")
    return About(
        sources=tuple(
            records(
                connection,
                ShownSource,
                "SELECT o.id, o.name, o.licence, o.attribution, o.url,"
                " (SELECT count(*) FROM documents d WHERE d.source = o.id) AS documents FROM sources o ORDER BY o.name",
            )
        ),
        accuracy=tuple((str(name), str(figure)) for name, figure in stated.items()),
        rules=fact(connection, "rules_version"),
    )
