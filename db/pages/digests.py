"""The issues of the digest that the site shows for good: what every reader could have been told, and nobody's name."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

from db.queries import first, records

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Sequence

SELECT = "SELECT id, since, until, title, entries FROM digests"


@dataclass(frozen=True, slots=True, kw_only=True)
class Happening:
    """One event of an entry, as it was when the issue was made. `days` as in the table `events`."""

    event: str
    kind: str
    happened_on: str
    summary: str
    days: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One commitment in a digest. The first of `happenings` is the most important; `kind` is its kind.

    `quote` and `quote_before` are exact words; `url` their permalink; `when` says by when in words; `topic` is the
    name under which it stands; `matched` says what of a person's wishes it answers, nothing on the public page.
    """

    commitment: str
    promise: str
    owner: str
    status: str
    kind: str
    happenings: tuple[Happening, ...]
    quote: str | None
    quote_before: str | None
    speaker: str | None
    post: str | None
    said_on: str | None
    source: str | None
    url: str | None
    when: str
    topic: str
    matched: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Issue:
    """One issue of the digest: `id` is its day; `since` (exclusive) and `until` are instants."""

    id: str
    since: str
    until: str
    title: str
    entries: tuple[Entry, ...]
    older: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class _Row:
    id: str
    since: str
    until: str
    title: str
    entries: str


def publish(connection: sqlite3.Connection, issue: Issue) -> None:
    """Keep an issue; one of the same day takes its place. The caller commits."""
    content = {"entries": [asdict(entry) for entry in issue.entries], "older": issue.older}
    connection.execute(
        "INSERT INTO digests (id, since, until, title, entries) VALUES (?, ?, ?, ?, ?)"
        " ON CONFLICT (id) DO UPDATE SET since = excluded.since, until = excluded.until, title = excluded.title,"
        " entries = excluded.entries",
        [issue.id, issue.since, issue.until, issue.title, json.dumps(content, ensure_ascii=False)],
    )


def one(connection: sqlite3.Connection, identifier: str) -> Issue | None:
    """Return an issue."""
    row = first(connection, _Row, f"{SELECT} WHERE id = ?", [identifier])
    return None if row is None else _issue(row)


def latest(connection: sqlite3.Connection, limit: int = 60) -> list[Issue]:
    """Return the last issues, the newest first."""
    return [_issue(row) for row in records(connection, _Row, f"{SELECT} ORDER BY until DESC LIMIT ?", [limit])]


def _issue(row: _Row) -> Issue:
    content = json.loads(row.entries)
    return Issue(
        id=row.id,
        since=row.since,
        until=row.until,
        title=row.title,
        entries=tuple(_entry(entry) for entry in content["entries"]),
        older=content["older"],
    )


def _entry(fields: dict[str, Any]) -> Entry:
    happenings: Sequence[dict[str, Any]] = fields["happenings"]
    return Entry(
        **{**fields, "happenings": tuple(Happening(**one) for one in happenings), "matched": tuple(fields["matched"])}
    )
