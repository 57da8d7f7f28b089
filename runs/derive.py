"""Derive commitments, their numbers, events and status from the statements, and people's reviews on top."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from db.register import commitments as store
from db.rows import as_row
from processing.commitments.found_evidence import find_evidence
from processing.commitments.grouping import group
from processing.commitments.life import every_number, lives
from processing.commitments.moved_deadlines import read_again, rereadings
from processing.commitments.replaced_files import follow_files, successions
from processing.commitments.reviews import by_commitment, standing, what_became
from processing.commitments.subjects import positions, topics
from processing.extraction.recommendations import load_recommendations

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import date

    from sqlite_utils import Database

    from db.archive.archive import Archive
    from processing.commitments.events import Reread
    from processing.commitments.grouping import Grouped
    from processing.commitments.life import Life
    from processing.commitments.statement import Statement
    from processing.language.terms import Vocabulary


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
    grouped = group(statements, deliveries, reviews, store.load_ledger(archive))
    store.add_to_ledger(archive, grouped.lines)
    reviewed, stray = by_commitment(reviews, grouped.all_homes, grouped.ids, statements.keys(), grouped.expelled)
    evidence = find_evidence(statements, grouped.homes, deliveries, store.load_publications(database))
    store.link_deliveries(database, evidence.links)
    moved = _moved_deadlines(archive, statements.values(), today)
    pairs = store.load_pairs(database) | successions(replaced)
    told = lives(statements, grouped, evidence.by_commitment, reviewed, pairs, moved, today)
    store.insert(database, "commitments", map(as_row, every_number(told, grouped, statements)))
    _write_links(database, told, grouped)
    store.set_topics(database, grouped.homes, topics(statements.values(), store.passage_topics(database), vocabulary))
    store.set_recommendations(database, load_recommendations())
    store.insert(database, "positions", map(as_row, positions(statements.values())))
    store.set_decisions(database, what_became(every_review, undone, stray, reviewed))
    return Derived(
        commitments=len(told),
        statements=len(statements),
        events=sum(len(life.events) for life in told),
        possible_joins=len(grouped.clusters.possible),
        stray_reviews=len(stray),
    )


def _moved_deadlines(archive: Archive, statements: Iterable[Statement], today: date) -> Mapping[str, list[Reread]]:
    """Note how deadlines are read now, and return by statement what changed calendars moved."""
    store.note_readings(archive, read_again(store.load_readings(archive), statements, today))
    return rereadings(store.load_readings(archive))


def _write_links(database: Database, told: Sequence[Life], grouped: Grouped) -> None:
    """Write what belongs to the commitments: their sayings, recommendations, events, and what may belong to them."""
    homes = grouped.homes
    reasons = {made.statement: made.reason for made in grouped.clusters.joins}
    store.link_statements(database, [(home, reasons.get(key), key) for key, home in homes.items()])
    links = {(life.commitment.id, name): reason for life in told for name, reason in life.recommendations}
    store.insert(
        database,
        "commitment_recommendations",
        [{"commitment": c, "recommendation": r, "reason": reason} for (c, r), reason in sorted(links.items())],
    )
    possible = {(made.statement, homes[made.other]): made.reason for made in grouped.clusters.possible}
    store.insert(
        database,
        "possible_joins",
        [{"statement": s, "commitment": c, "reason": reason} for (s, c), reason in sorted(possible.items())],
    )
    store.insert(
        database,
        "events",
        [{**as_row(event), "commitment": life.commitment.id} for life in told for event in life.events],
    )
