"""Derive commitments, their numbers, events and status from the statements, and people's reviews on top."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from db import derived as store
from processing.commitment import Life, describe
from processing.events import Evidence
from processing.evidence import Promise, kept_by, kept_by_publication
from processing.joining import Clusters, Saying, about, join
from processing.numbering import Place, give_numbers, public_id
from processing.objects import Things
from processing.positions import find_position
from processing.recommendations import load_recommendations
from processing.reviews import by_commitment, joins_and_splits, standing
from processing.terms import find_mentions

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from sqlite_utils import Database

    from db.archive import Archive
    from processing.commitment import Statement
    from processing.events import Event
    from processing.numbering import Numbers
    from processing.reviews import Review
    from processing.terms import Vocabulary


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
    reviews, undone = standing(store.load_reviews(archive))
    clusters, numbers, homes = _join(archive, statements, reviews)
    ids = {public_id(before): public_id(number) for before, number, _ in numbers.joined}
    ids |= {public_id(number): public_id(number) for number in numbers.numbers}
    reviewed, stray = by_commitment(
        reviews, {**homes, **{old: homes[new] for old, new in numbers.aliases.items() if new in homes}}, ids
    )
    evidence = _evidence(database, statements, homes)
    topics = _topics(database, statements, vocabulary)
    pairs = store.load_pairs(database)
    lives = []
    for group, number in zip(clusters.groups, numbers.numbers, strict=True):
        name = public_id(number)
        lives.append(
            describe(
                name,
                number,
                [statements[key] for key in group],
                evidence.get(name, []),
                reviewed.get(name, []),
                pairs,
                today,
            )
        )
    waiting = {homes[made.statement] for made in clusters.possible}
    _write(database, lives, clusters, homes, topics, waiting, numbers, statements)
    _write_positions(database, statements)
    _write_reviews(database, archive, undone, {review.id: why for review, why in stray}, homes)
    return Derived(
        commitments=len(lives),
        statements=len(statements),
        events=sum(len(life.events) for life in lives),
        possible_joins=len(clusters.possible),
        stray_reviews=len(stray),
    )


def saying(row: Statement) -> Saying:
    """Return a statement as joining sees it."""
    return Saying(
        id=row.id,
        document=row.document,
        said_on=row.said_on,
        arrival=(row.first_seen_at, row.document, row.start),
        quote=row.quote,
        nearby=row.nearby,
        owner=row.owner,
        action=row.action,
        novelty=row.novelty,
        recommendations=frozenset(row.recommendations),
        timing=row.timing,
    )


def _join(
    archive: Archive, statements: Mapping[str, Statement], reviews: Sequence[Review]
) -> tuple[Clusters, Numbers, dict[str, str]]:
    """Join the statements, number the groups, and say where each statement is at home."""
    ledger = store.load_ledger(archive)
    members: dict[str, list[str]] = defaultdict(list)
    for line in ledger:
        members[public_id(line.number)].append(line.statement)
    together, apart = joins_and_splits(reviews, members, {})
    together += [(row.id, row.replaces) for row in statements.values() if row.replaces and row.replaces in statements]
    clusters = join(map(saying, statements.values()), together=together, apart=apart)
    places = [
        Place(
            statement=row.id,
            document=row.document,
            passage_key=row.passage_key,
            quote=row.quote,
            arrival=f"{row.first_seen_at} {row.document} {row.start:08}",
        )
        for row in statements.values()
    ]
    numbers = give_numbers(clusters.groups, ledger, places)
    store.add_to_ledger(archive, numbers.lines)
    homes = {
        key: public_id(number) for group, number in zip(clusters.groups, numbers.numbers, strict=True) for key in group
    }
    return clusters, numbers, homes


def _promises(statements: Mapping[str, Statement], homes: Mapping[str, str]) -> list[Promise]:
    groups: dict[str, list[Statement]] = defaultdict(list)
    for key, home in homes.items():
        groups[home].append(statements[key])
    promises = []
    for home, rows in groups.items():
        meanings = [about(saying(row))[0] for row in rows]
        promises.append(
            Promise(
                id=home,
                things=Things(
                    objects=frozenset().union(*(meaning.objects for meaning in meanings)),
                    aspects=frozenset().union(*(meaning.aspects for meaning in meanings)),
                    sums=frozenset().union(*(meaning.sums for meaning in meanings)),
                    numbered=frozenset().union(*(meaning.numbered for meaning in meanings)),
                ),
                actions=frozenset(row.action for row in rows),
                quotes=tuple(row.quote for row in rows),
                first_said=min(row.said_on for row in rows),
                documents=frozenset(row.document for row in rows),
                recommendations=frozenset(name for row in rows for name in row.recommendations),
            )
        )
    return promises


def _evidence(
    database: Database, statements: Mapping[str, Statement], homes: Mapping[str, str]
) -> dict[str, list[Evidence]]:
    """Find the evidence of each commitment, and tell the deliveries whose evidence they are."""
    promises = _promises(statements, homes)
    found: dict[str, list[Evidence]] = defaultdict(list)
    links = []
    for delivery in store.load_deliveries(database):
        kept = kept_by(delivery.quote, delivery.action, delivery.said_on, promises)
        if kept is None:
            continue
        links.append((kept[0], kept[1], delivery.id))
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
        for commitment, reason in kept_by_publication(page.kind, page.title, page.id, page.published, promises):
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


def _write(  # noqa: PLR0913, PLR0917 -- everything that was derived, once
    database: Database,
    lives: Sequence[Life],
    clusters: Clusters,
    homes: Mapping[str, str],
    topics: Mapping[str, Sequence[str]],
    waiting: set[str],
    numbers: Numbers,
    statements: Mapping[str, Statement],
) -> None:
    rows = [{**life.row, "needs_look": int(life.row["needs_look"] or life.row["id"] in waiting)} for life in lives]
    by_id = {row["id"]: row for row in rows}
    for before, number, statement in numbers.joined:
        row = statements[statement]
        rows.append(
            {
                **by_id[public_id(number)],
                "id": public_id(before),
                "number": before,
                "promise": row.quote,
                "joined_into": public_id(number),
                "times_said": 1,
            }
        )
    store.insert(database, "commitments", rows)
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
    archive: Archive,
    undone: set[str],
    stray: Mapping[str, str],
    homes: Mapping[str, str],
) -> None:
    rows = []
    for review in store.load_reviews(archive):
        state = "undone" if review.id in undone else "no longer fits" if review.id in stray else "applied"
        rows.append(
            {
                "id": review.id,
                "decision": review.decision,
                "commitment": homes.get(review.statement or "", review.commitment),
                "statement": review.statement,
                "field": review.field,
                "value": review.value,
                "evidence": review.evidence,
                "reviewer": review.reviewer,
                "made_at": review.made_at,
                "reason": review.reason,
                "undoes": review.undoes,
                "state": state,
                "note": stray.get(review.id),
            }
        )
    store.insert(database, "reviews", rows)
