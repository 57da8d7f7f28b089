"""Derive commitments, their numbers, events and status from the statements, and people's reviews on top."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from db.register import commitments as store
from processing.commitments.events import Evidence
from processing.commitments.evidence import Promise, index_promises, kept_by, kept_by_publication
from processing.commitments.identity import plain_quote
from processing.commitments.joining.comparing import about
from processing.commitments.life import Life, describe
from processing.commitments.moved_deadlines import Reading, read_again, rereadings
from processing.commitments.numbering import public_id
from processing.commitments.positions import find_position
from processing.commitments.replaced_files import follow_files
from processing.commitments.reviews import by_commitment, standing
from processing.commitments.series import FURTHER
from processing.commitments.things import Things
from processing.extraction.recommendations import load_recommendations
from processing.language.terms import find_mentions
from runs.group import group, saying

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from sqlite_utils import Database

    from db.archive.archive import Archive
    from processing.commitments.events import Event, Reread
    from processing.commitments.life import Statement
    from processing.commitments.reviews import Review
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
    grouped = group(archive, statements, reviews, store.load_deliveries(database))
    reviewed, stray = by_commitment(reviews, grouped.all_homes, grouped.ids, statements.keys(), grouped.expelled)
    evidence = _evidence(database, statements, grouped.homes)
    moved = _moved_deadlines(archive, statements, today)
    pairs = store.load_pairs(database) | {pair for one in replaced if one.by for pair in ((one.by, one.file),)}
    lives = [
        describe(
            public_id(number),
            number,
            [statements[key] for key in keys],
            evidence.get(public_id(number), []),
            reviewed.get(public_id(number), []),
            pairs,
            today,
            [step for key in keys for step in moved.get(key, ())],
        )
        for keys, number in zip(grouped.clusters.groups, grouped.numbers.numbers, strict=True)
    ]
    _write(database, lives, grouped, statements, _topics(database, statements, vocabulary))
    _write_positions(database, statements)
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
        Reading(
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


def _promises(statements: Mapping[str, Statement], homes: Mapping[str, str]) -> list[Promise]:
    groups: dict[str, list[Statement]] = defaultdict(list)
    for key, home in homes.items():
        groups[home].append(statements[key])
    promises = []
    for home, rows in groups.items():
        told = [about(saying(row)) for row in rows]
        meanings = [meaning.things for meaning in told]
        promises.append(
            Promise(
                id=home,
                things=Things(
                    objects=frozenset().union(*(meaning.objects for meaning in meanings)),
                    aspects=frozenset().union(*(meaning.aspects for meaning in meanings)),
                    sums=frozenset().union(*(meaning.sums for meaning in meanings)),
                    numbered=frozenset().union(*(meaning.numbered for meaning in meanings)),
                    apart=frozenset().union(*(meaning.apart for meaning in meanings)),
                ),
                actions=frozenset(row.action for row in rows),
                quotes=tuple(row.quote for row in rows),
                first_said=min(row.said_on for row in rows),
                documents=frozenset(row.document for row in rows),
                recommendations=frozenset(name for row in rows for name in row.recommendations),
                is_further=any(FURTHER.search(meaning.core) for meaning in told),
            )
        )
    return promises


def _evidence(
    database: Database, statements: Mapping[str, Statement], homes: Mapping[str, str]
) -> dict[str, list[Evidence]]:
    """Find the evidence of each commitment, and tell the deliveries whose evidence they are."""
    promises = _promises(statements, homes)
    found: dict[str, list[Evidence]] = defaultdict(list)
    near = index_promises(promises)
    links, told = [], set()
    for delivery in store.load_deliveries(database):
        # what was promised in the very text that says that it is done is not what was done
        likely = [one for one in near.near(delivery.quote) if one.documents != {delivery.document}]
        kept = kept_by(delivery.quote, delivery.action, delivery.said_on, likely)
        if kept is None:
            continue
        links.append((kept[0], kept[1], delivery.id))
        words = kept[0], delivery.said_on, plain_quote(delivery.quote)
        if words in told:  # one statement made in both Houses is one piece of evidence
            continue
        told.add(words)
        found[kept[0]].append(
            Evidence(
                delivery=delivery.id,
                document=delivery.document,
                happened_on=delivery.said_on,
                noticed_at=delivery.first_seen_at,
                quote=delivery.quote,
                summary=f"Evidence of delivery: {kept[1]}",
            )
        )
    store.link_deliveries(database, links)
    for page in store.load_publications(database):
        likely = near.near(page.title)
        for commitment, reason in kept_by_publication(page.kind, page.title, page.id, page.published, likely):
            found[commitment].append(
                Evidence(
                    delivery=None,
                    document=page.id,
                    happened_on=page.published,
                    noticed_at=page.first_seen_at,
                    quote=None,
                    summary=f"Evidence of delivery: {reason}",
                )
            )
    return found


def _topics(
    database: Database, statements: Mapping[str, Statement], vocabulary: Vocabulary
) -> dict[str, tuple[str, ...]]:
    """Return the topics of each statement: those of its own words, else of the words around, else of its passage."""
    of_passage = store.passage_topics(database)
    found = {}
    for row in statements.values():
        near = find_mentions(row.quote, vocabulary) or find_mentions(row.nearby, vocabulary)
        topics = {mention.topic for mention in near} or set(of_passage.get(row.passage, ()))
        found[row.id] = tuple(sorted(topics))
    return found


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
    store.insert(database, "events", [store.event_row(commitment, event) for commitment, event in events])


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


def _write_positions(database: Database, statements: Mapping[str, Statement]) -> None:
    store.set_recommendations(database, load_recommendations())
    rows = []
    for row in statements.values():
        for name in row.recommendations:
            position = find_position(row.quote, row.action)
            if position:
                rows.append(
                    {
                        "recommendation": name,
                        "position": position,
                        "document": row.document,
                        "passage": row.passage,
                        "quote": row.quote,
                        "start": row.start,
                        "said_on": row.said_on,
                        "url": row.url,
                    }
                )
    store.insert(database, "positions", rows)


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
            **{key: value for key, value in store.review_row(review).items() if key != "quote"},
            "commitment": where.get(review.id, review.commitment),
            "state": "undone" if review.id in undone else "no longer fits" if review.id in stray else "applied",
            "note": stray.get(review.id),
        }
        for review in reviews
    ]
    store.insert(database, "reviews", rows)
