"""What judging reads from the register and writes into it: documents in all versions, statements, deliveries."""

from __future__ import annotations

import hashlib
import json
from collections import defaultdict
from datetime import date
from itertools import groupby
from typing import TYPE_CHECKING, Any

from db.rows import as_row, columns, from_row, keep, select
from processing.commitments.statements import StoredPassage, StoredVersion
from processing.language.terms import title_names_subject
from processing.records import Document, Passage, Post, Recess, SittingDay
from processing.sources import PARTS, TEXT_OF_A_PUBLICATION

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from sqlite_utils import Database

    from processing.commitments.statements import Judged
    from processing.language.terms import Vocabulary

CHUNK = 100  # documents that are loaded at a time


def load_posts(database: Database) -> dict[str, list[Post]]:
    """Return the government posts of each person, by person id."""
    posts: dict[str, list[Post]] = defaultdict(list)
    for row in database.execute(f"{select(Post, 'posts')} ORDER BY person, start, title"):
        post = from_row(Post, row)
        posts[post.person].append(post)
    return dict(posts)


def load_not_sitting(database: Database) -> list[Recess]:
    """Return the days on which a House does not sit, as collected, by House and first day."""
    return [from_row(Recess, row) for row in database.execute(f"{select(Recess, 'recesses')} ORDER BY house, start")]


def load_sitting_days(database: Database) -> list[SittingDay]:
    """Return the days on which a House sits or sat, as collected, by House and day."""
    query = f"{select(SittingDay, 'sitting_days')} ORDER BY house, day"
    return [from_row(SittingDay, row) for row in database.execute(query)]


def fingerprint(judged_with: str, versions: Iterable[str]) -> str:
    """Return what says whether a document must be judged again: the rules, and which versions there are."""
    return hashlib.sha256("\n".join([judged_with, *versions]).encode()).hexdigest()[:32]


def to_judge(database: Database, judged_with: str) -> list[tuple[str, str]]:
    """Return (document, new fingerprint) of each document that was never judged so, in order of id."""
    query = (
        "SELECT v.document, v.id, d.judged FROM versions v JOIN documents d ON d.id = v.document"
        " WHERE d.is_relevant = 1 ORDER BY v.document, v.number"
    )
    due = []
    for document, rows in groupby(database.execute(query), key=lambda row: row[0]):
        versions = list(rows)
        mark = fingerprint(judged_with, [version for _, version, _ in versions])
        if versions[0][2] != mark:
            due.append((document, mark))
    return due


def load_versions(
    database: Database, documents: Sequence[str], vocabulary: Vocabulary
) -> Iterator[tuple[str, tuple[StoredVersion, ...]]]:
    """Yield (document, its versions in order of time) for the documents named."""
    for start in range(0, len(documents), CHUNK):
        chunk = documents[start : start + CHUNK]
        marks = ", ".join("?" * len(chunk))
        rows = database.execute(
            # a part's own title is its file name: it takes that of the page that lists it, and a text what it is
            "SELECT v.id, v.document, iif(d.kind IN (?, ?), coalesce(p.title, v.title), v.title), v.state,"  # noqa: S608 -- only marks
            " v.fetched_at, v.updated_at, d.source, iif(d.kind = ?, coalesce(p.kind, d.kind), d.kind), d.url,"
            " d.published, d.house, d.departments"
            " FROM versions v JOIN documents d ON d.id = v.document LEFT JOIN documents p ON p.id = d.part_of"
            f" WHERE v.document IN ({marks}) ORDER BY v.document, v.number",
            [*PARTS, TEXT_OF_A_PUBLICATION, *chunk],
        ).fetchall()
        passages = _load_passages(database, chunk, marks)
        for document, versions in groupby(rows, key=lambda row: row[1]):
            yield document, tuple(_version(row, passages.get(row[0], []), vocabulary) for row in versions)


def _load_passages(database: Database, documents: Sequence[str], marks: str) -> dict[str, list[StoredPassage]]:
    found: dict[str, list[StoredPassage]] = defaultdict(list)
    query = (
        "SELECT p.version, p.id, EXISTS (SELECT 1 FROM mentions m WHERE m.passage = p.id),"  # noqa: S608 -- only marks
        f" {columns(Passage, 'p', member='p.person')}"
        f" FROM passages p WHERE p.document IN ({marks}) ORDER BY p.document, p.version, p.position"
    )
    for version, row, has_mention, *told in database.execute(query, list(documents)):
        passage = from_row(Passage, told)
        found[version].append(StoredPassage(row=row, passage=passage, has_mention=bool(has_mention)))
    return found


def _version(row: Sequence[Any], passages: list[StoredPassage], vocabulary: Vocabulary) -> StoredVersion:
    document = Document(
        id=row[1],
        source=row[6],
        kind=row[7],
        title=row[2],
        url=row[8],
        published=date.fromisoformat(row[9]) if row[9] else None,
        house=row[10],
        departments=tuple(json.loads(row[11])),
        updated_at=row[5],
        passages=tuple(stored.passage for stored in passages),
    )
    return StoredVersion(
        document=document,
        fetched_at=row[4],
        state=row[3],
        passages=tuple(passages),
        title_has_mention=title_names_subject(
            row[2], "\n".join(stored.passage.text for stored in passages), vocabulary
        ),
    )


def clear_derived(database: Database) -> None:
    """Take out what is derived from statements; it is derived afresh after judging."""
    database.execute("UPDATE commitments SET joined_into = NULL")
    database.execute("UPDATE statements SET commitment = NULL, join_reason = NULL")
    database.execute("UPDATE deliveries SET commitment = NULL, reason = NULL")
    for table in (
        "events",
        "positions",
        "possible_joins",
        "commitment_topics",
        "commitment_recommendations",
        "reviews",
        "commitments",
    ):
        database.execute(f"DELETE FROM {table}")  # noqa: S608 -- names of ours


def write_judged(database: Database, judged: Judged, mark: str, rules_version: str) -> None:
    """Put what judging found in the place of what it found before."""
    database.execute("DELETE FROM statements WHERE document = ?", [judged.document])
    database.execute("DELETE FROM deliveries WHERE document = ?", [judged.document])
    for row, who in judged.capacities:
        database.execute(
            "UPDATE passages SET is_government = ?, post = coalesce(?, post), department = ?, capacity_reason = ?"
            " WHERE id = ?",
            [None if who.is_government is None else int(who.is_government), who.post, who.department, who.reason, row],
        )
    keep(database, "statements", [{**as_row(one), "rules_version": rules_version} for one in judged.statements])
    keep(database, "deliveries", map(as_row, judged.deliveries))
    database.execute(
        "DELETE FROM refusals WHERE place = ? AND substr(what, 1, ?) = ?", [judged.document, len(UNJUDGED), UNJUDGED]
    )
    database.execute("UPDATE documents SET judged = ? WHERE id = ?", [mark, judged.document])


UNJUDGED = "it was read, but could not be judged: "


def note_unjudged(database: Database, document: str, why: str) -> None:
    """Note a document that could not be judged, under the address of its latest version, as one that was refused."""
    database.execute(
        "INSERT INTO refusals (source, url, fetched_at, outcome, place, what)"
        " SELECT d.source, v.answer_url, v.fetched_at, 'source changed', d.id, ? FROM documents d"
        " JOIN versions v ON v.document = d.id AND v.is_latest = 1 WHERE d.id = ?"
        " ON CONFLICT (source, url) DO UPDATE SET fetched_at = excluded.fetched_at, what = excluded.what",
        [f"{UNJUDGED}{why}", document],
    )
