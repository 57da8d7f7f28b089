"""What the register takes over as it comes: sources, vocabulary, people, posts, days, and what the crawls asked for."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from db.rows import as_row
from processing.records import Person, Post, Recess, SittingDay

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

    from sqlite_utils import Database

    from db.register.documents import SourceFacts
    from processing.language.terms import Vocabulary


def set_sources(database: Database, sources: Iterable[SourceFacts]) -> None:
    """Write what is said of each source, new or changed."""
    database.table("sources").upsert_all(map(as_row, sources), pk="id")


def set_vocabulary(database: Database, vocabulary: Vocabulary) -> None:
    """Write the tracked topics and terms, new or changed."""
    topics = [{"id": topic.id, "name": topic.name, "description": topic.description} for topic in vocabulary.topics]
    database.table("topics").upsert_all(topics, pk="id")
    database.table("terms").upsert_all(
        [
            {
                "id": term.id,
                "topic": term.topic,
                "phrases": json.dumps([*term.phrases, *term.acronyms], ensure_ascii=False),
                "note": f"needs one of: {', '.join(sorted(term.needs))}" if term.needs else None,
                "vocabulary_version": vocabulary.version,
            }
            for term in vocabulary.terms
        ],
        pk="id",
    )


def forget_days(database: Database, asked: str, on: date) -> None:
    """Take out the days from `on` that an address gave before: of days to come its new answer is what holds.

    What has been stays: What's On may answer with the days to come alone.
    """
    for table, day in (("sitting_days", "day"), ("recesses", "start")):
        database.execute(
            f"DELETE FROM {table} WHERE asked = ? AND {day} >= ?",  # noqa: S608 -- names of ours
            [asked, on.isoformat()],
        )


def add_fact_of_house(database: Database, record: Person | Post | SittingDay | Recess, source: str, asked: str) -> None:
    """Add what a source says of people, posts and days, in the answer of the address `asked`."""
    if isinstance(record, Person):
        database.execute(
            "INSERT INTO people (id, name, house, party) VALUES (?, ?, ?, ?) ON CONFLICT (id) DO UPDATE"
            " SET name = excluded.name, house = coalesce(excluded.house, house),"
            " party = coalesce(excluded.party, party)",
            [record.id, record.name, record.house, record.party],
        )
    elif isinstance(record, Post):
        database.execute(
            'INSERT INTO posts (person, title, department, start, "end") VALUES (?, ?, ?, ?, ?)'
            " ON CONFLICT (person, title, start) DO UPDATE SET department = excluded.department,"
            ' "end" = excluded."end"',
            [record.person, record.title, record.department, record.start.isoformat(), _day(record.end)],
        )
    elif isinstance(record, SittingDay):
        database.execute(
            # Hansard's address comes before that of What's On: a plan that changes takes no day away that was sat
            "INSERT INTO sitting_days (house, day, source, asked) VALUES (?, ?, ?, ?)"
            " ON CONFLICT (house, day) DO UPDATE SET asked = min(asked, excluded.asked)",
            [record.house, record.day.isoformat(), source, asked],
        )
    else:
        database.execute(
            'INSERT INTO recesses (house, name, start, "end", asked) VALUES (?, ?, ?, ?, ?)'
            " ON CONFLICT (house, start)"
            ' DO UPDATE SET name = excluded.name, "end" = excluded."end", asked = excluded.asked',
            [record.house, record.name, record.start.isoformat(), record.end.isoformat(), asked],
        )


def set_coverage(database: Database, rows: Iterable[Sequence[Any]]) -> None:
    """Take over what the crawls asked for (source, scope, house, day, state, asked_at, found, note).

    A day on which nothing came is empty by calendar where it is a Saturday or Sunday or lies in a recess, and the
    House is not known to have sat (where no House was named: both of them); else the emptiness stands to be explained.
    """
    database.execute("DELETE FROM coverage")
    for row in rows:
        database.execute("INSERT INTO coverage VALUES (?, ?, ?, ?, ?, ?, ?, ?)", list(row))
    database.execute(
        "UPDATE coverage SET state = 'empty by calendar' WHERE state = 'empty' AND day IS NOT NULL"
        " AND (strftime('%w', day) IN ('0', '6') OR (SELECT count(DISTINCT r.house) FROM recesses r WHERE"
        ' coverage.day BETWEEN r.start AND r."end" AND r.house = coalesce(coverage.house, r.house))'
        " = iif(coverage.house IS NULL, 2, 1))"
        " AND NOT EXISTS (SELECT 1 FROM sitting_days s WHERE s.day = coverage.day"
        " AND s.house = coalesce(coverage.house, s.house))"
    )


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None
