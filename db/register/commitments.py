"""What deriving reads from the register (statements, deliveries) and writes into it (commitments, events, links)."""

from __future__ import annotations

import json
from dataclasses import dataclass, fields
from datetime import date
from typing import TYPE_CHECKING, Any

from db.queries import marks
from processing.commitments.life import Statement
from processing.commitments.moved_deadlines import Reading
from processing.commitments.numbering import Given
from processing.commitments.replaced_files import ReplacedFile
from processing.commitments.reviews import Review
from processing.sources import SOURCES

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from sqlite_utils import Database

    from db.archive.archive import Archive
    from processing.commitments.events import Event
    from processing.extraction.recommendations import RecommendationSet


@dataclass(frozen=True, slots=True, kw_only=True)
class DeliveryRow:
    """A delivery as deriving needs it."""

    id: str
    document: str
    passage: int
    quote: str
    nearby: str
    said_on: date
    first_seen_at: str
    action: str
    recommendations: tuple[str, ...]
    url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PublicationRow:
    """A relevant publication that may itself be the delivery of a promise to publish or to consult."""

    id: str
    kind: str
    title: str
    published: date
    first_seen_at: str


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def load_statements(database: Database) -> list[Statement]:
    """Return all statements in order of id."""
    columns = (
        "id, document, passage, passage_key, quote, nearby, start, said_on, first_seen_at, ended_at, replaces, state,"
        " owner, action, firmness, novelty, timing, timing_kind, earliest, latest, precision, look_again,"
        " recommendations, score, house, url, object, calendar_version"
    )
    names = [name.strip() for name in columns.split(",")]
    rows = []
    for values in database.execute(f"SELECT {columns} FROM statements ORDER BY id"):  # noqa: S608 -- columns of ours
        row = dict(zip(names, values, strict=True))
        for name in ("said_on", "earliest", "latest", "look_again"):
            row[name] = _day(row[name])
        row["recommendations"] = tuple(json.loads(row["recommendations"]))
        rows.append(Statement(**row))
    return rows


def load_deliveries(database: Database) -> list[DeliveryRow]:
    """Return all deliveries in order of id."""
    query = (
        "SELECT id, document, passage, quote, nearby, said_on, first_seen_at, action, recommendations, url"
        " FROM deliveries ORDER BY id"
    )
    return [
        DeliveryRow(
            id=row[0],
            document=row[1],
            passage=row[2],
            quote=row[3],
            nearby=row[4],
            said_on=date.fromisoformat(row[5]),
            first_seen_at=row[6],
            action=row[7],
            recommendations=tuple(json.loads(row[8])),
            url=row[9],
        )
        for row in database.execute(query)
    ]


def load_publications(database: Database) -> list[PublicationRow]:
    """Return the relevant pages (not their parts) of sources whose publishing can deliver, in order of id."""
    sources = [row.id for row in SOURCES.values() if row.publishing_delivers]
    query = (
        f"SELECT id, kind, title, published, first_seen_at FROM documents WHERE source IN ({marks(len(sources))})"  # noqa: S608 -- only marks
        " AND is_relevant = 1"
        " AND part_of IS NULL AND published IS NOT NULL AND state <> 'gone' ORDER BY id"
    )
    return [
        PublicationRow(id=row[0], kind=row[1], title=row[2], published=date.fromisoformat(row[3]), first_seen_at=row[4])
        for row in database.execute(query, sources)
    ]


def load_pairs(database: Database) -> set[tuple[str, str]]:
    """Return the documents that are the same event, as upstream relates them, both ways round."""
    rows = database.execute("SELECT document, related FROM related_documents").fetchall()
    return {(one, other) for one, other in rows} | {(other, one) for one, other in rows}


def load_replaced_files(database: Database) -> list[ReplacedFile]:
    """Return the files that their page lists no longer, with the file that came after each."""
    query = """
        WITH files AS (
            SELECT f.id, f.part_of, f.first_seen_at, EXISTS (
                SELECT 1 FROM json_each(p.attachments) a WHERE a.value ->> 'url' = f.url
            ) AS is_listed, v.fetched_at AS page_seen_at
            FROM documents f JOIN documents p ON p.id = f.part_of
            JOIN versions v ON v.document = p.id AND v.is_latest = 1
            WHERE f.kind = 'file' AND p.state <> 'gone'
        )
        SELECT o.id, n.id, coalesce(n.first_seen_at, o.page_seen_at) FROM files o LEFT JOIN files n ON n.id = (
            SELECT id FROM files WHERE part_of = o.part_of AND is_listed AND first_seen_at > o.first_seen_at
            ORDER BY first_seen_at, id LIMIT 1
        ) WHERE NOT o.is_listed ORDER BY o.id
    """
    return [ReplacedFile(file=row[0], by=row[1], at=row[2]) for row in database.execute(query)]


def set_states(database: Database, statements: Iterable[Statement]) -> None:
    """Note of statements how they ended, and whose place they took."""
    database.conn.executemany(
        "UPDATE statements SET state = ?, ended_at = ?, replaces = ? WHERE id = ?",
        [[row.state, row.ended_at, row.replaces, row.id] for row in statements],
    )


def passage_topics(database: Database) -> dict[int, tuple[str, ...]]:
    """Return the topics of the terms that stand in each passage with statements."""
    query = (
        "SELECT DISTINCT m.passage, t.topic FROM mentions m JOIN terms t ON t.id = m.term"
        " WHERE m.passage IN (SELECT passage FROM statements) ORDER BY 1, 2"
    )
    found: dict[int, tuple[str, ...]] = {}
    for passage, topic in database.execute(query):
        found[passage] = (*found.get(passage, ()), topic)
    return found


def load_ledger(archive: Archive) -> list[Given]:
    """Return the ledger of public numbers, in order of statement id."""
    query = "SELECT statement, number, document, passage_key, quote, given_at FROM numbers ORDER BY statement"
    return [
        Given(statement=r[0], number=r[1], document=r[2], passage_key=r[3], quote=r[4], given_at=r[5])
        for r in archive.database.execute(query)
    ]


def add_to_ledger(archive: Archive, lines: Iterable[Given]) -> None:
    """Add lines to the ledger of public numbers; it lies in the archive, so that it outlives the register."""
    with archive.database.atomic():
        for line in lines:
            archive.database.execute(
                "INSERT INTO numbers (statement, number, document, passage_key, quote, given_at)"
                " VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (statement) DO UPDATE SET number = excluded.number",
                [line.statement, line.number, line.document, line.passage_key, line.quote, line.given_at],
            )


def load_readings(archive: Archive) -> list[Reading]:
    """Return how deadlines were read before, in order of statement and turn."""
    query = "SELECT statement, turn, calendar_version, earliest, latest, read_on FROM readings ORDER BY statement, turn"
    return [
        Reading(
            statement=r[0],
            turn=r[1],
            calendar_version=r[2],
            earliest=_day(r[3]),
            latest=_day(r[4]),
            read_on=_day(r[5]),
        )
        for r in archive.database.execute(query)
    ]


def note_readings(archive: Archive, readings: Iterable[Reading]) -> None:
    """Note how deadlines were read; it lies in the archive, so that a calendar's change is told when all is rebuilt."""
    with archive.database.atomic():
        archive.database.conn.executemany(
            "INSERT INTO readings (statement, turn, calendar_version, earliest, latest, read_on)"
            " VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (statement, turn) DO UPDATE SET"
            " calendar_version = excluded.calendar_version, earliest = excluded.earliest, latest = excluded.latest",
            [
                [
                    reading.statement,
                    reading.turn,
                    reading.calendar_version,
                    _plain(reading.earliest),
                    _plain(reading.latest),
                    _plain(reading.read_on),
                ]
                for reading in readings
            ],
        )


def load_reviews(archive: Archive) -> list[Review]:
    """Return all reviews ever made, in order of time."""
    names = [field.name for field in fields(Review)]
    query = f"SELECT {', '.join(names)} FROM reviews ORDER BY made_at, id"  # noqa: S608 -- columns of ours
    return [Review(**dict(zip(names, row, strict=True))) for row in archive.database.execute(query)]


def add_review(archive: Archive, review: Review) -> None:
    """Keep a decision; it lies in the archive, so that it outlives the register. Adding it again changes nothing."""
    names = [field.name for field in fields(Review)]
    marks = ", ".join("?" * len(names))
    with archive.database.atomic():
        archive.database.execute(
            f"INSERT INTO reviews ({', '.join(names)}) VALUES ({marks}) ON CONFLICT (id) DO NOTHING",  # noqa: S608 -- columns of ours
            [getattr(review, name) for name in names],
        )


def review_row(review: Review) -> dict[str, Any]:
    """Return a review as a row of a table of reviews."""
    return {field.name: getattr(review, field.name) for field in fields(review)}


def insert(database: Database, table: str, rows: Sequence[dict[str, Any]]) -> None:
    """Insert rows; dates are written as ISO 8601, booleans as 0 and 1."""
    if not rows:
        return
    columns = ", ".join(f'"{column}"' for column in rows[0])
    marks = ", ".join("?" * len(rows[0]))
    query = f"INSERT INTO {table} ({columns}) VALUES ({marks})"  # noqa: S608 -- columns of ours
    database.conn.executemany(query, [[_plain(value) for value in row.values()] for row in rows])


def _plain(value: Any) -> Any:
    if isinstance(value, date):
        return value.isoformat()
    return int(value) if isinstance(value, bool) else value


def event_row(commitment: str, event: Event) -> dict[str, Any]:
    """Return an event as a row of the table."""
    return {
        "id": event.id,
        "commitment": commitment,
        "kind": event.kind,
        "happened_on": event.happened_on,
        "noticed_at": event.noticed_at,
        "statement": event.statement,
        "previous_statement": event.previous_statement,
        "delivery": event.delivery,
        "document": event.document,
        "review": event.review,
        "quote_before": event.quote_before,
        "quote_after": event.quote_after,
        "old_latest": event.old_latest,
        "new_latest": event.new_latest,
        "days": event.days,
        "summary": event.summary,
    }


def set_recommendations(database: Database, sets: Iterable[RecommendationSet]) -> None:
    """Write the recommendation sets, new or changed."""
    for found in sets:
        database.execute(
            "INSERT INTO recommendation_sets (id, title, author, published, url, is_complete, note)"
            " VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT (id) DO UPDATE SET title = excluded.title,"
            " author = excluded.author, published = excluded.published, url = excluded.url,"
            " is_complete = excluded.is_complete, note = excluded.note",
            [
                found.id,
                found.title,
                found.author,
                found.published.isoformat(),
                found.url,
                int(found.is_complete),
                found.note,
            ],
        )
        for position, recommendation in enumerate(found.recommendations):
            database.execute(
                'INSERT INTO recommendations (id, "set", number, position, title, summary, responsible)'
                " VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT (id) DO UPDATE SET title = excluded.title,"
                " summary = excluded.summary, responsible = excluded.responsible, position = excluded.position",
                [
                    f"{found.id}/{recommendation.number}",
                    found.id,
                    recommendation.number,
                    position,
                    recommendation.title,
                    recommendation.summary,
                    recommendation.responsible,
                ],
            )


def link_statements(database: Database, links: Iterable[tuple[str, str | None, str]]) -> None:
    """Tell statements which commitment they belong to: (commitment, reason in words, statement)."""
    database.conn.executemany("UPDATE statements SET commitment = ?, join_reason = ? WHERE id = ?", list(links))


def link_deliveries(database: Database, links: Iterable[tuple[str, str, str]]) -> None:
    """Tell deliveries which commitment they are evidence of: (commitment, reason in words, delivery)."""
    database.conn.executemany("UPDATE deliveries SET commitment = ?, reason = ? WHERE id = ?", list(links))
