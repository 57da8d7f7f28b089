"""What changed, by importance; what is due; how complete the register is: the home page and the list of changes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from db.pages.commitments import COLUMNS
from db.pages.filters import is_day
from db.queries import GAP, marks, number, records
from db.rows import columns_from
from processing.commitments.commitment import Commitment
from processing.commitments.event_kinds import EVENT_NAMES
from processing.commitments.events import Event
from processing.commitments.status import STATUSES
from showing.asks import Choice

if TYPE_CHECKING:
    import sqlite3

SHOWN = 5
HORIZON = 90  # days that the home page looks ahead
PAGE = 50
WEEK = 7


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One event with the commitment that it happened to."""

    id: str
    kind: str
    happened_on: str
    noticed_at: str
    summary: str
    days: int | None
    old_latest: str | None
    new_latest: str | None
    quote_before: str | None
    quote_after: str | None
    quote: str | None
    speaker: str | None
    document: str | None
    commitment: str
    promise: str
    owner: str
    status: str
    timing: str | None
    latest: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """The changes of one kind: the first of them, and how many there are."""

    kind: str
    name: str
    changes: tuple[Change, ...]
    total: int


@dataclass(frozen=True, slots=True, kw_only=True)
class CoverageLine:
    """How far a source is collected, how many gaps it has, and whether any document came from it (1 or 0)."""

    source: str
    name: str
    complete_to: str | None
    last_asked: str | None
    gaps: int
    documents: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Home:
    """Everything that the home page shows."""

    since: str
    groups: tuple[Group, ...]
    due: tuple[Commitment, ...]
    due_total: int
    coverage: tuple[CoverageLine, ...]
    gaps: int
    statuses: tuple[Choice, ...]


_COLUMNS = columns_from(
    Change,
    {"e": Event, "c": Commitment},
    quote="coalesce(s.quote, v.quote)",
    speaker="coalesce(s.speaker, v.speaker)",
    document="coalesce(e.document, s.document, v.document)",
    commitment="c.id",
)
CHANGES = (
    f"SELECT {_COLUMNS} FROM events e JOIN commitments c ON c.id = e.commitment"  # noqa: S608 -- ours
    " LEFT JOIN statements s ON s.id = e.statement LEFT JOIN deliveries v ON v.id = e.delivery"
)
SHOWN_ONLY = " AND c.joined_into IS NULL AND c.status <> 'rejected'"


def home(connection: sqlite3.Connection, today: date) -> Home:
    """Return what the home page shows on a day: what was noticed in the seven days before, what is due in 90."""
    since = (today - timedelta(days=WEEK)).isoformat()
    until = (today + timedelta(days=HORIZON)).isoformat()
    # the index on latest serves it
    due = "FROM commitments c WHERE c.latest BETWEEN ? AND ? AND c.status = 'open' AND c.joined_into IS NULL"
    coverage = coverage_lines(connection, today)
    return Home(
        since=since,
        groups=tuple(_groups(connection, since, (today + timedelta(days=1)).isoformat())),
        due=tuple(
            records(
                connection,
                Commitment,
                f"SELECT {COLUMNS} {due} ORDER BY c.latest, c.number LIMIT 8",
                [today.isoformat(), until],
            )
        ),
        due_total=number(connection, f"SELECT count(*) {due}", [today.isoformat(), until]),
        coverage=tuple(coverage),
        gaps=sum(line.gaps for line in coverage),
        statuses=tuple(status_counts(connection)),
    )


def status_counts(connection: sqlite3.Connection) -> list[Choice]:
    """Return how many commitments have each status, what needs somebody first."""
    found = records(
        connection,
        Choice,
        "SELECT status AS value, status AS name, count(*) AS count FROM commitments WHERE joined_into IS NULL"
        " GROUP BY status",
    )
    return sorted(found, key=lambda one: STATUSES.index(one.value))


def _groups(connection: sqlite3.Connection, since: str, before: str) -> list[Group]:
    counts = dict(
        connection.execute(
            "SELECT e.kind, count(*) FROM events e JOIN commitments c ON c.id = e.commitment"  # noqa: S608 -- ours
            f" WHERE e.noticed_at >= ? AND e.noticed_at < ?{SHOWN_ONLY} GROUP BY e.kind",
            [since, before],
        ).fetchall()
    )
    groups = []
    for kind, name in EVENT_NAMES.items():
        if kind in counts and kind != "reviewed":
            found = find_changes(connection, kinds=(kind,), since=since, before=before, limit=SHOWN)
            groups.append(Group(kind=kind, name=name, changes=tuple(found), total=counts[kind]))
    return groups


def find_changes(
    connection: sqlite3.Connection,
    *,
    kinds: tuple[str, ...] = (),
    since: str = "",
    before: str = "",
    owner: str = "",
    limit: int = PAGE,
    skip: int = 0,
) -> list[Change]:
    """Return changes noticed from `since` on and before `before` (ISO dates), latest first."""
    where, values = _conditions(kinds, since, before, owner)
    return records(
        connection,
        Change,
        f"{CHANGES} WHERE {where} ORDER BY e.noticed_at DESC, e.happened_on DESC, e.id LIMIT ? OFFSET ?",
        [*values, limit, skip],
    )


def count_changes(
    connection: sqlite3.Connection, *, kinds: tuple[str, ...] = (), since: str = "", before: str = "", owner: str = ""
) -> int:
    """Return how many changes there are, asked for as in `find_changes`."""
    where, values = _conditions(kinds, since, before, owner)
    return number(
        connection,
        f"SELECT count(*) FROM events e JOIN commitments c ON c.id = e.commitment WHERE {where}",  # noqa: S608 -- ours
        values,
    )


def _conditions(kinds: tuple[str, ...], since: str, before: str, owner: str) -> tuple[str, list[str]]:
    where, values = "c.joined_into IS NULL AND c.status <> 'rejected'", list(kinds)
    if kinds:
        where += f" AND e.kind IN ({marks(len(kinds))})"
    for sql, value in (
        (" AND e.noticed_at >= ?", since),
        (" AND e.noticed_at < ?", before),
        (" AND c.owner = ?", owner),
    ):
        if value:
            where += sql
            values.append(value)
    return where, values


def coverage_lines(connection: sqlite3.Connection, today: date) -> list[CoverageLine]:
    """Return the last day that is collected of each source, and how many gaps lie before it or are still open."""
    return records(
        connection,
        CoverageLine,
        "SELECT o.id AS source, o.name, (SELECT max(v.day) FROM coverage v WHERE v.source = o.id"  # noqa: S608 -- ours
        " AND v.state IN ('collected', 'empty by calendar')) AS complete_to,"
        " (SELECT max(v.asked_at) FROM coverage v WHERE v.source = o.id) AS last_asked,"
        " (SELECT count(*) FROM coverage v WHERE v.source = o.id"
        f" AND {GAP} AND coalesce(v.day, '') <= ?) AS gaps,"
        " EXISTS (SELECT 1 FROM documents d WHERE d.source = o.id) AS documents FROM sources o"
        " WHERE EXISTS (SELECT 1 FROM coverage v WHERE v.source = o.id) ORDER BY o.name",
        [today.isoformat()],
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Changes:
    """A page of the list of changes, with what was asked for."""

    changes: tuple[Change, ...]
    total: int
    page: int
    pages: int
    kinds: tuple[str, ...]
    since: str
    until: str
    owner: str
    problems: tuple[str, ...]

    def query(self, page: int = 1) -> str:
        """Write what was asked for as the part of a URL after the question mark."""
        pairs = [("kind", kind) for kind in self.kinds]
        pairs += [(name, getattr(self, name)) for name in ("since", "until", "owner") if getattr(self, name)]
        return urlencode([*pairs, ("page", str(page))] if page > 1 else pairs)


def read_changes(
    connection: sqlite3.Connection, pairs: list[tuple[str, str]], today: date, *, size: int = PAGE
) -> Changes:
    """Return the changes asked for by the parts of a URL: `kind` (often), `since`, `until`, `owner`, `page`.

    Without `since`, those of the month up to today.
    """
    asked = dict(pairs)
    kinds = tuple(value for name, value in pairs if name == "kind" and value in EVENT_NAMES)
    problems = [
        f"“{asked[name]}” is not a date." for name in ("since", "until") if asked.get(name) and not is_day(asked[name])
    ]
    problems += [
        f"“{value}” is not a kind of change."
        for name, value in pairs
        if name == "kind" and value and value not in EVENT_NAMES
    ]
    since = asked.get("since", "") if is_day(asked.get("since", "")) else (today - timedelta(days=30)).isoformat()
    until = asked.get("until", "") if is_day(asked.get("until", "")) else today.isoformat()
    before = (date.fromisoformat(until) + timedelta(days=1)).isoformat()
    owner = asked.get("owner", "")
    total = count_changes(connection, kinds=kinds, since=since, before=before, owner=owner)
    pages = max(1, -(-total // size))
    wanted = asked.get("page", "1")
    page = (
        max(1, min(pages, int(wanted))) if wanted.isascii() and wanted.isdigit() and len(wanted) < len("1000000") else 1
    )
    found = find_changes(
        connection, kinds=kinds, since=since, before=before, owner=owner, limit=size, skip=(page - 1) * size
    )
    return Changes(
        changes=tuple(found),
        total=total,
        page=page,
        pages=pages,
        kinds=kinds,
        since=since,
        until=until,
        owner=owner,
        problems=tuple(problems),
    )
