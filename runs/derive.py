"""Derive commitments, their numbers, events and status from the statements, and people's reviews on top."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from db.register import commitments as store
from db.rows import as_row
from processing.commitments.found_evidence import find_evidence
from processing.commitments.life import Life, describe
from processing.commitments.moved_deadlines import DeadlineReading, read_again, rereadings
from processing.commitments.numbering import public_id
from processing.commitments.replaced_files import follow_files
from processing.commitments.reviews import by_commitment, standing
from processing.commitments.subjects import positions, topics
from processing.extraction.recommendations import load_recommendations
from runs.group import group

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from sqlite_utils import Database

    from db.archive.archive import Archive
    from processing.commitments.events import Event, Reread
    from processing.commitments.reviews import Review
    from processing.commitments.statement import Statement
    from processing.language.terms import Vocabulary
    from runs.group import Grouped


@dataclass(frozen=True, slots=True, kw_only=True)
class Derived:
    """Counts of what was derived."""

    commitments: int
    statements: int
    events: int
    possible_joins: int
    stray_reviews: int


def derive(archive: Archive, database: Database, vocabulary: Vocabulary, today: date) -> Derived:
    """Derive all that follows from the statements; the derived tables must be empty. `today` decides what is due."""
    # evidence names its commitment before that is written
    database.execute("PRAGMA defer_foreign_keys = ON")
    statements = {row.id: row for row in store.load_statements(database)}
    replaced = store.load_replaced_files(database)
    moved_words = follow_files(statements, replaced)
    store.set_states(database, moved_words.values())
    statements |= moved_words
    every_review = store.load_reviews(archive)
    reviews, undone = standing(every_review)
    deliveries = store.load_deliveries(database)
    grouped = group(archive, statements, reviews, deliveries)
    reviewed, stray = by_commitment(reviews, grouped.all_homes, grouped.ids, statements.keys(), grouped.expelled)
    evidence = find_evidence(statements, grouped.homes, deliveries, store.load_publications(database))
    store.link_deliveries(database, evidence.links)
    moved = _moved_deadlines(archive, statements, today)
    pairs = store.load_pairs(database) | {pair for one in replaced if one.by for pair in ((one.by, one.file),)}
    lives = [
        describe(
            public_id(number),
            number,
            [statements[key] for key in keys],
            evidence.by_commitment.get(public_id(number), []),
            reviewed.get(public_id(number), []),
            pairs,
            today,
            [step for key in keys for step in moved.get(key, ())],
        )
        for keys, number in zip(grouped.clusters.groups, grouped.numbers.numbers, strict=True)
    ]
    named = topics(statements.values(), store.passage_topics(database), vocabulary)
    _write(database, lives, grouped, statements, named)
    store.set_recommendations(database, load_recommendations())
    store.insert(database, "positions", [as_row(one) for one in positions(statements.values())])
    where = {review.id: name for name, found in reviewed.items() for review in found}
    _write_reviews(database, every_review, undone, {review.id: why for review, why in stray}, where)
    return Derived(
        commitments=len(lives),
        statements=len(statements),
        events=sum(len(life.events) for life in lives),
        possible_joins=len(grouped.clusters.possible),
        stray_reviews=len(stray),
    )


def _moved_deadlines(archive: Archive, statements: Mapping[str, Statement], today: date) -> dict[str, list[Reread]]:
    """Note how deadlines are read now, and return by statement what changed calendars moved."""
    now = [
        DeadlineReading(
            statement=row.id,
            turn=0,
            calendar_version=row.calendar_version or "",
            earliest=row.earliest,
            latest=row.latest,
        )
        for row in statements.values()
        if row.timing is not None and row.timing_kind != "vague"
    ]
    store.note_readings(archive, read_again(store.load_readings(archive), now, today))
    return rereadings(reading for reading in store.load_readings(archive) if reading.statement in statements)


def _write(
    database: Database,
    lives: Sequence[Life],
    grouped: Grouped,
    statements: Mapping[str, Statement],
    topics: Mapping[str, Sequence[str]],
) -> None:
    """Write what was derived: commitments, what belongs to them, and what became of them."""
    clusters, homes = grouped.clusters, grouped.homes
    store.insert(database, "commitments", _commitment_rows(lives, grouped, statements))
    reasons = {made.statement: made.reason for made in clusters.joins}
    store.link_statements(database, [(home, reasons.get(key), key) for key, home in homes.items()])
    found = {(homes[key], topic) for key, names in topics.items() for topic in names}
    store.insert(database, "commitment_topics", [{"commitment": c, "topic": t} for c, t in sorted(found)])
    links = {(life.row["id"], name): reason for life in lives for name, reason in life.recommendations}
    store.insert(
        database,
        "commitment_recommendations",
        [{"commitment": c, "recommendation": r, "reason": reason} for (c, r), reason in sorted(links.items())],
    )
    possible = {(made.statement, homes[made.other]): made.reason for made in clusters.possible}
    store.insert(
        database,
        "possible_joins",
        [{"statement": s, "commitment": c, "reason": reason} for (s, c), reason in sorted(possible.items())],
    )
    events: list[tuple[str, Event]] = [(life.row["id"], event) for life in lives for event in life.events]
    store.insert(database, "events", [{**as_row(event), "commitment": commitment} for commitment, event in events])


def _commitment_rows(
    lives: Sequence[Life], grouped: Grouped, statements: Mapping[str, Statement]
) -> list[dict[str, Any]]:
    """Return the commitments, and for each number that was joined into another a row that leads there."""
    waiting = {grouped.homes[made.statement] for made in grouped.clusters.possible}
    rows = [{**life.row, "needs_look": int(life.row["needs_look"] or life.row["id"] in waiting)} for life in lives]
    by_id = {row["id"]: row for row in rows}
    return rows + [
        {
            **by_id[public_id(number)],
            "id": public_id(before),
            "number": before,
            "promise": statements[statement].quote,
            "joined_into": public_id(number),
            "times_said": 1,
        }
        for before, number, statement in grouped.numbers.joined
    ]


def _write_reviews(
    database: Database,
    reviews: Sequence[Review],
    undone: set[str],
    stray: Mapping[str, str],
    where: Mapping[str, str],
) -> None:
    """Write every review ever made, with what became of it: applied, undone, or no longer fitting and why."""
    rows = [
        {
            **{key: value for key, value in as_row(review).items() if key != "quote"},
            "commitment": where.get(review.id, review.commitment),
            "state": "undone" if review.id in undone else "no longer fits" if review.id in stray else "applied",
            "note": stray.get(review.id),
        }
        for review in reviews
    ]
    store.insert(database, "reviews", rows)
