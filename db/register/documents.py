"""The sources' side of the register: documents, versions, passages, mentions, people, days, coverage.

It takes things in any order of arrival: versions are ordered by when they were fetched, not by when they were read.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

from db.archive.archive import instant
from db.migrations import open_database
from processing.commitments.versions import content_hash
from processing.sources import ONE_FILE, PARTS

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from db.archive.archive import Kept
    from processing.records import Document, Mention, Passage

FILE = "followthrough.db"
FREE = 1_000_000  # no document has that many versions
DERIVED = (  # emptied before everything is read again; children first
    "events",
    "positions",
    "possible_joins",
    "commitment_topics",
    "commitment_recommendations",
    "deliveries",
    "statements",
    "commitments",
    "reviews",
    "mentions",
    "passages",
    "versions",
    "related_documents",
    "listed_files",
    "documents",
    "refusals",
    "posts",
    "people",
    "sitting_days",
    "recesses",
    "coverage",
    "terms",
    "topics",
)

FORGET = (  # what was read from one source; children first
    "DELETE FROM statements WHERE document IN (SELECT id FROM documents WHERE source = ?)",
    "DELETE FROM deliveries WHERE document IN (SELECT id FROM documents WHERE source = ?)",
    (
        "DELETE FROM mentions WHERE passage IN (SELECT id FROM passages WHERE document IN"
        " (SELECT id FROM documents WHERE source = ?))"
    ),
    "DELETE FROM passages WHERE document IN (SELECT id FROM documents WHERE source = ?)",
    "DELETE FROM versions WHERE document IN (SELECT id FROM documents WHERE source = ?)",
    "DELETE FROM related_documents WHERE document IN (SELECT id FROM documents WHERE source = ?)",
    "DELETE FROM documents WHERE source = ?",
    "DELETE FROM refusals WHERE source = ?",
    "DELETE FROM sitting_days WHERE source = ?",
    "DELETE FROM facts WHERE name = 'read:' || ?",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceFacts:
    """What the register says of a source: its name, licence and the attribution to print."""

    id: str
    name: str
    licence: str
    attribution: str
    url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadPassage:
    """A passage with the tracked terms that it holds."""

    passage: Passage
    mentions: tuple[Mention, ...]


class Register:
    """The public register of one machine."""

    def __init__(self, folder: Path, *, must_exist: bool = False) -> None:
        self.path = folder / FILE
        self.database = open_database(self.path, "register", must_exist=must_exist)

    def close(self) -> None:
        self.database.close()

    def fact(self, name: str) -> str | None:
        """Return a named fact about the register itself, such as `rules_version`."""
        row = self.database.execute("SELECT value FROM facts WHERE name = ?", [name]).fetchone()
        return row[0] if row else None

    def set_fact(self, name: str, value: str) -> None:
        self.database.execute(
            "INSERT INTO facts (name, value) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value",
            [name, value],
        )

    def empty(self) -> None:
        """Take out everything that can be made again from the archive."""
        with self.database.atomic():
            self.database.execute("UPDATE commitments SET joined_into = NULL")
            for table in DERIVED:
                self.database.execute(f"DELETE FROM {table}")  # noqa: S608 -- names of ours
            self.database.execute("DELETE FROM facts WHERE name LIKE 'read:%' OR name = 'judged_with'")

    def forget(self, sources: Sequence[str]) -> None:
        """Take out what was read from some sources; what is derived from statements must be out already.

        People, posts and recesses stay: other sources name them, and reading again brings them up to date.
        """
        with self.database.atomic():
            for source in sources:
                for query in FORGET:
                    self.database.execute(query, [source])

    def refuse(self, kept: Kept, outcome: str, place: str, what: str) -> None:
        """Note an answer that could not be read, or is of a kind that is not collected."""
        self.database.execute(
            "INSERT INTO refusals (source, url, fetched_at, outcome, place, what) VALUES (?, ?, ?, ?, ?, ?)"
            " ON CONFLICT (source, url) DO UPDATE SET fetched_at = excluded.fetched_at, outcome = excluded.outcome,"
            " place = excluded.place, what = excluded.what",
            [kept.answer.source, kept.answer.url, instant(kept.answer.fetched_at), outcome, place, what],
        )

    def accept(self, kept: Kept) -> None:
        """Take back an earlier refusal of the same address."""
        self.database.execute(
            "DELETE FROM refusals WHERE source = ? AND url = ?", [kept.answer.source, kept.answer.url]
        )

    def place(self, document: Document, kept: Kept, passages: Sequence[ReadPassage], *, is_relevant: bool) -> bool:
        """Place a document as one answer gives it. Returns whether that made a new version.

        Passages are kept only where the version is relevant: the register publishes what concerns its subject.
        """
        fetched_at = instant(kept.answer.fetched_at)
        digest = content_hash(document)
        self._add_document(document, fetched_at, is_relevant=is_relevant)
        before, after = self._neighbours(document.id, fetched_at)
        if before and before["hash"] == digest:
            if is_relevant and not self.has_passages(before["id"]):
                self._add_passages(before["id"], document, passages)
                return True
            return False
        if after and after["hash"] == digest:
            self._remove_version(after["id"])
        version = f"{document.id}@{fetched_at}"
        self.database.execute(
            "INSERT INTO versions (id, document, number, title, state, fetched_at, updated_at, hash, answer_hash,"
            " answer_url, has_note, is_latest) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 0)",
            [
                version,
                document.id,
                FREE,  # `_renumber` gives the true one
                document.title,
                document.state,
                fetched_at,
                document.updated_at,
                digest,
                kept.hash,
                kept.answer.url,
                int(bool(document.change_notes)),
            ],
        )
        if is_relevant:
            self._add_passages(version, document, passages)
        self._renumber(document.id)
        if after is None or (document.state != "gone" and self._is_last_seen(document.id, version)):
            self._update_document(document, is_latest=after is None)
        return True

    def _is_last_seen(self, document: str, version: str) -> bool:
        """Tell whether a version is the last before the page went: what is known of the page is what it said."""
        row = self.database.execute(
            "SELECT id FROM versions WHERE document = ? AND state <> 'gone' ORDER BY fetched_at DESC LIMIT 1",
            [document],
        ).fetchone()
        return bool(row) and row[0] == version

    def _neighbours(self, document: str, fetched_at: str) -> tuple[dict[str, Any] | None, dict[str, Any] | None]:
        query = "SELECT id, hash FROM versions WHERE document = ? AND fetched_at {} ? ORDER BY fetched_at {} LIMIT 1"
        found = [
            self.database.execute(query.format(sign, order), [document, fetched_at]).fetchone()
            for sign, order in (("<=", "DESC"), (">", "ASC"))
        ]
        before, after = ({"id": row[0], "hash": row[1]} if row else None for row in found)
        return before, after

    def has_passages(self, version: str) -> bool:
        return bool(self.database.execute("SELECT 1 FROM passages WHERE version = ? LIMIT 1", [version]).fetchone())

    def _add_document(self, document: Document, fetched_at: str, *, is_relevant: bool) -> None:
        self.database.execute(
            "INSERT INTO documents (id, source, kind, title, url, published, house, departments, state, state_note,"
            " is_history, is_relevant, dates, attachments, change_notes, part_of, first_seen_at, last_seen_at)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (id) DO UPDATE SET"
            " is_relevant = max(is_relevant, excluded.is_relevant),"
            " first_seen_at = min(first_seen_at, excluded.first_seen_at),"
            " last_seen_at = max(last_seen_at, excluded.last_seen_at)",
            [
                document.id,
                document.source,
                document.kind,
                document.title,
                document.url,
                *_columns(document).values(),
                int(is_relevant),
                *_lists(document).values(),
                document.part_of,
                fetched_at,
                fetched_at,
            ],
        )
        for attachment in document.attachments:
            self.database.execute(
                "INSERT INTO listed_files (document, url) VALUES (?, ?) ON CONFLICT DO NOTHING",
                [document.id, attachment.url],
            )
        for related in document.related:
            self.database.execute(
                "INSERT INTO related_documents (document, related) VALUES (?, ?) ON CONFLICT DO NOTHING",
                [document.id, related],
            )

    def _update_document(self, document: Document, *, is_latest: bool) -> None:
        """Bring the document's row to its latest version. A page that is gone keeps what was known of it."""
        if document.state == "gone":
            self.database.execute(
                "UPDATE documents SET state = 'gone', state_note = ? WHERE id = ?", [document.state_note, document.id]
            )
            return
        values = {
            "kind": document.kind,
            "title": document.title,
            "url": document.url,
            **_columns(document),
            **_lists(document),
        }
        if not is_latest:  # the page is gone since
            values = {column: value for column, value in values.items() if column not in {"state", "state_note"}}
        assignments = ", ".join(f"{column} = ?" for column in values)
        self.database.execute(
            f"UPDATE documents SET {assignments}, part_of = coalesce(?, part_of) WHERE id = ?",  # noqa: S608 -- columns of ours
            [*values.values(), document.part_of, document.id],
        )

    def _add_passages(self, version: str, document: Document, passages: Sequence[ReadPassage]) -> None:
        for position, read in enumerate(passages):
            passage = read.passage
            if passage.member:
                self.database.execute(
                    "INSERT INTO people (id, name, house) VALUES (?, ?, ?) ON CONFLICT DO NOTHING",
                    [passage.member, passage.speaker or passage.member, document.house],
                )
            row = self.database.execute(
                "INSERT INTO passages (version, document, key, position, kind, text, spoken_on, speaker, attribution,"
                ' person, post, is_inferred, house, "column", timecode, page, section, url, is_latest)'
                " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 1) RETURNING id",
                [
                    version,
                    document.id,
                    passage.key,
                    position,
                    passage.kind,
                    passage.text,
                    _day(document.published),
                    passage.speaker,
                    passage.attribution,
                    passage.member,
                    passage.post,
                    int(passage.is_inferred),
                    document.house,
                    passage.column,
                    passage.timecode,
                    passage.page,
                    passage.section,
                    passage.url,
                ],
            ).fetchone()
            for mention in read.mentions:
                self.database.execute(
                    'INSERT INTO mentions (passage, term, start, "end") VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING',
                    [row[0], mention.term, mention.start, mention.end],
                )

    def keep_passages(self, version: str, document: Document, passages: Sequence[ReadPassage]) -> None:
        """Keep the passages of a version whose document turned out relevant only later."""
        self._add_passages(version, document, passages)
        self.database.execute("UPDATE documents SET is_relevant = 1 WHERE id = ?", [document.id])
        self._renumber(document.id)

    def _remove_version(self, version: str) -> None:
        self.database.execute(
            "DELETE FROM mentions WHERE passage IN (SELECT id FROM passages WHERE version = ?)", [version]
        )
        self.database.execute("DELETE FROM passages WHERE version = ?", [version])
        self.database.execute("DELETE FROM versions WHERE id = ?", [version])

    def _renumber(self, document: str) -> None:
        """Give the versions their numbers from 1 in order of time; the last is the latest, and so are its passages."""
        rows = self.database.execute(
            "SELECT id FROM versions WHERE document = ? ORDER BY fetched_at", [document]
        ).fetchall()
        for number, (version,) in enumerate(rows, 1):
            # past all numbers in use, so that no two are equal on the way
            self.database.execute("UPDATE versions SET number = ? WHERE id = ?", [FREE + number, version])
        self.database.execute(
            "UPDATE versions SET number = number - ?, is_latest = (number = ?) WHERE document = ?",
            [FREE, FREE + len(rows), document],
        )
        self.database.execute(
            "UPDATE passages SET is_latest = 0 WHERE document = ? AND is_latest = 1 AND version <> ?",
            [document, rows[-1][0]],
        )

    def attach_parts(self) -> None:
        """Tell each part which page it belongs to (some version of that lists it), whose it is, when it was published.

        A part names neither body nor day. One that was first seen later than its page took the place of another: it
        keeps the day on which it was first seen.
        """
        self.database.execute(
            "UPDATE documents SET part_of = (SELECT document FROM listed_files l WHERE l.url = documents.url"
            " AND l.document <> documents.id ORDER BY document LIMIT 1)"
            " WHERE part_of IS NULL AND kind = ?",
            [ONE_FILE],
        )
        self.database.execute(
            "UPDATE documents SET departments = parent.departments, published = CASE"
            " WHEN substr(documents.first_seen_at, 1, 10) = substr(parent.first_seen_at, 1, 10) THEN parent.published"
            " ELSE substr(documents.first_seen_at, 1, 10) END"
            " FROM documents parent WHERE parent.id = documents.part_of AND documents.kind IN (?, ?)",
            list(PARTS),
        )

    def without_passages(self) -> Iterator[tuple[str, str, str, str]]:
        """Yield versions without passages of documents that turned out relevant: by another version, page or part.

        Each is (document, version, hash of the answer's body, its URL).
        """
        yield from self.database.execute(
            "SELECT d.id, v.id, v.answer_hash, v.answer_url FROM documents d JOIN versions v ON v.document = d.id"
            " WHERE NOT EXISTS (SELECT 1 FROM passages p WHERE p.version = v.id) AND v.state <> 'gone' AND ("
            " d.is_relevant OR EXISTS (SELECT 1 FROM documents o WHERE o.id = d.part_of AND o.is_relevant)"
            " OR EXISTS (SELECT 1 FROM documents o WHERE o.part_of = d.id AND o.is_relevant)) ORDER BY v.id"
        ).fetchall()

    def rows_of(self, table: str, columns: Sequence[str]) -> list[dict[str, str | int | None]]:
        """Return the named columns of all rows of a table, in order of id."""
        names = ", ".join(f'"{column}"' for column in columns)
        rows = self.database.execute(f"SELECT {names} FROM {table} ORDER BY id")  # noqa: S608 -- names of ours
        return [dict(zip(columns, row, strict=True)) for row in rows]

    def reviews(self) -> list[dict[str, str | None]]:
        """Return all reviews with what became of them, in order of time."""
        cursor = self.database.execute("SELECT * FROM reviews ORDER BY made_at, id")
        names = [column[0] for column in cursor.description]
        return [dict(zip(names, row, strict=True)) for row in cursor]


def _columns(document: Document) -> dict[str, Any]:
    return {
        "published": _day(document.published),
        "house": document.house,
        "departments": json.dumps(list(document.departments)),
        "state": document.state,
        "state_note": document.state_note,
        "is_history": int(document.is_history),
    }


def _lists(document: Document) -> dict[str, str]:
    return {
        "dates": json.dumps({name: day.isoformat() for name, day in document.dates}),
        "attachments": json.dumps([asdict(attachment) for attachment in document.attachments], ensure_ascii=False),
        "change_notes": json.dumps([asdict(note) for note in document.change_notes], ensure_ascii=False),
    }


def _day(day: Any) -> str | None:
    return day.isoformat() if day else None
