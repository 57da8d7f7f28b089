"""What deriving reads from the register (statements, deliveries) and writes into it (commitments, events, links)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from db.meanings import columns_of_table
from db.queries import marks
from db.rows import as_row, from_row, keep, plain, select
from processing.commitments.found_evidence import Publication
from processing.commitments.moved_deadlines import DeadlineReading
from processing.commitments.numbering import Given
from processing.commitments.replaced_files import ReplacedFile
from processing.commitments.reviews import Review
from processing.commitments.statement import Delivery, Statement
from processing.sources import SOURCES

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from sqlite_utils import Database

    from db.archive.archive import Archive
    from processing.commitments.reviews import Decision
    from processing.extraction.recommendations import RecommendationSet


def load_statements(database: Database) -> list[Statement]:
    """Return all statements in order of id."""
    return [from_row(Statement, row) for row in database.execute(f"{select(Statement, 'statements')} ORDER BY id")]


def load_deliveries(database: Database) -> list[Delivery]:
    """Return all deliveries in order of id."""
    return [from_row(Delivery, row) for row in database.execute(f"{select(Delivery, 'deliveries')} ORDER BY id")]


def load_publications(database: Database) -> list[Publication]:
    """Return the relevant pages (not their parts) of sources whose publishing can deliver, in order of id."""
    sources = [row.id for row in SOURCES.values() if row.publishing_delivers]
    query = (
        f"{select(Publication, 'documents')} WHERE source IN ({marks(len(sources))}) AND is_relevant = 1"
        " AND part_of IS NULL AND published IS NOT NULL AND state <> 'gone' ORDER BY id"
    )
    return [from_row(Publication, row) for row in database.execute(query, sources)]


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
    return [from_row(Given, row) for row in archive.database.execute(f"{select(Given, 'numbers')} ORDER BY statement")]


def add_to_ledger(archive: Archive, lines: Iterable[Given]) -> None:
    """Add lines to the ledger of public numbers; it lies in the archive, so that it outlives the register."""
    with archive.database.atomic():
        keep(archive.database, "numbers", map(as_row, lines), unique=("statement",), renew=("number",))


def load_readings(archive: Archive) -> list[DeadlineReading]:
    """Return how deadlines were read before, in order of statement and turn."""
    query = f"{select(DeadlineReading, 'readings')} ORDER BY statement, turn"
    return [from_row(DeadlineReading, row) for row in archive.database.execute(query)]


def note_readings(archive: Archive, readings: Iterable[DeadlineReading]) -> None:
    """Note how deadlines were read; it lies in the archive, so that a calendar's change is told when all is rebuilt."""
    read = ("calendar_version", "earliest", "latest")
    with archive.database.atomic():
        keep(archive.database, "readings", map(as_row, readings), unique=("statement", "turn"), renew=read)


def load_reviews(archive: Archive) -> list[Review]:
    """Return all reviews ever made, in order of time."""
    query = f"{select(Review, 'reviews')} ORDER BY made_at, id"
    return [from_row(Review, row) for row in archive.database.execute(query)]


def add_review(archive: Archive, review: Review) -> None:
    """Keep a decision; it lies in the archive, so that it outlives the register. Adding it again changes nothing."""
    with archive.database.atomic():
        keep(archive.database, "reviews", [as_row(review)])


def insert(database: Database, table: str, rows: Iterable[dict[str, Any]]) -> None:
    """Insert rows of plain values, as `as_row` gives them."""
    database.table(table).insert_all(rows)


def set_topics(database: Database, homes: Mapping[str, str], topics: Mapping[str, Iterable[str]]) -> None:
    """Write the topics of commitments: those of their statements, which `homes` leads from."""
    found = {(homes[statement], topic) for statement, named in topics.items() for topic in named}
    insert(database, "commitment_topics", [{"commitment": one, "topic": topic} for one, topic in sorted(found)])


def set_decisions(database: Database, decisions: Iterable[Decision]) -> None:
    """Write what became of every review; the quote stands with its statement."""
    rows = map(as_row, decisions)
    insert(database, "reviews", [{name: row[name] for name in row if name != "quote"} for row in rows])


def set_recommendations(database: Database, sets: Iterable[RecommendationSet]) -> None:
    """Write the recommendation sets, new or changed."""
    for found in sets:
        own = {name: plain(getattr(found, name)) for name in columns_of_table("recommendation_sets")}
        database.table("recommendation_sets").upsert(own, pk="id")
        database.table("recommendations").upsert_all(
            [
                {
                    "id": one.id,
                    "set": found.id,
                    "number": one.number,
                    "position": position,
                    "title": one.title,
                    "summary": one.summary,
                    "responsible": one.responsible,
                }
                for position, one in enumerate(found.recommendations)
            ],
            pk="id",
        )


def link_statements(database: Database, links: Iterable[tuple[str, str | None, str]]) -> None:
    """Tell statements which commitment they belong to: (commitment, reason in words, statement)."""
    database.conn.executemany("UPDATE statements SET commitment = ?, join_reason = ? WHERE id = ?", list(links))


def link_deliveries(database: Database, links: Iterable[tuple[str, str, str]]) -> None:
    """Tell deliveries which commitment they are evidence of: (commitment, reason in words, delivery)."""
    database.conn.executemany("UPDATE deliveries SET commitment = ?, reason = ? WHERE id = ?", list(links))
