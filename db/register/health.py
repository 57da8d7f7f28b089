"""How complete the register is and how the last runs went: for the mails, the monitor and the operator."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from db.archive.archive import instant
from db.queries import GAP, fact, number, records
from processing.sources import SITTING_DAYS_OF

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Mapping
    from datetime import date, datetime

OVERDUE_DAYS = 8  # a weekly run, and a day for it to be late
SOURCES = (
    "SELECT o.id, o.name,"  # noqa: S608 -- ours
    " (SELECT max(v.day) FROM coverage v WHERE v.source = o.id AND v.state IN ('collected', 'empty by calendar')"
    " AND v.day <= ?) AS collected_to,"
    " (SELECT count(*) FROM coverage v WHERE v.source = o.id"
    f" AND {GAP} AND coalesce(v.day, '') < ?) AS gaps,"
    " (SELECT max(v.asked_at) FROM coverage v WHERE v.source = o.id) AS last_asked,"
    " (SELECT max(finished_at) FROM runs r WHERE r.source = o.id AND r.outcome = 'good') AS last_good,"
    " (SELECT max(started_at) FROM runs r WHERE r.source = o.id) AS last_run,"
    " (SELECT outcome FROM runs r WHERE r.source = o.id ORDER BY started_at DESC, id DESC LIMIT 1) AS last_outcome,"
    " (SELECT note FROM runs r WHERE r.source = o.id ORDER BY started_at DESC, id DESC LIMIT 1) AS note"
    " FROM sources o WHERE EXISTS (SELECT 1 FROM runs r WHERE r.source = o.id)"
    " OR EXISTS (SELECT 1 FROM coverage v WHERE v.source = o.id) ORDER BY o.name"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceHealth:
    """One source: to which day it is collected, how many gaps it has, when it was last crawled well."""

    id: str
    name: str
    collected_to: str | None
    gaps: int
    last_asked: str | None
    last_good: str | None
    last_run: str | None
    last_outcome: str | None
    note: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Gap:
    """Something that was asked for and is not in. `day` is None where it is no matter of a day."""

    source: str
    house: str | None
    day: str | None
    scope: str
    state: str
    note: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Health:
    """The state of the register on a day."""

    today: date
    sources: tuple[SourceHealth, ...]
    oldest_gap: Gap | None
    gaps: int
    refusals: int

    @property
    def collected_to(self) -> str | None:
        """The day to which every source that knows days is collected."""
        return min((one.collected_to for one in self.sources if one.collected_to), default=None)

    @property
    def late(self) -> tuple[str, ...]:
        """The sources that were not crawled well for longer than a week and a day."""
        line = (self.today - timedelta(days=OVERDUE_DAYS)).isoformat()
        return tuple(one.id for one in self.sources if (one.last_good or "") < line)

    @property
    def is_good(self) -> bool:
        """Whether every source was crawled well of late; gaps are told, but may be the source's own."""
        return bool(self.sources) and not self.late


def health(connection: sqlite3.Connection, today: date) -> Health:
    """Return the state of the register on a day, whose own sittings are not over and so no gap yet."""
    until = today.isoformat()
    sources = records(
        connection,
        SourceHealth,
        SOURCES,
        [until, until],
    )
    gaps = records(
        connection,
        Gap,
        "SELECT v.source, v.house, v.day, v.scope, v.state, v.note FROM coverage v"  # noqa: S608 -- ours
        f" WHERE {GAP} AND coalesce(v.day, '') < ?"
        " ORDER BY v.day IS NULL, v.day, v.source LIMIT 1",
        [until],
    )
    return Health(
        today=today,
        sources=tuple(sources),
        oldest_gap=gaps[0] if gaps else None,
        gaps=sum(one.gaps for one in sources),
        refusals=number(connection, "SELECT count(*) FROM refusals WHERE outcome = 'source changed'"),
    )


def for_a_monitor(found: Health) -> dict[str, Any]:
    """Return the state as `/-/health` gives it: plain JSON without anything of a person."""
    gap = found.oldest_gap
    return {
        "ok": found.is_good,
        "today": found.today.isoformat(),
        "late": list(found.late),
        "sources": {
            one.id: {
                "last_good": one.last_good,
                "last_run": one.last_run,
                "last_outcome": one.last_outcome,
                "collected_to": one.collected_to,
                "gaps": one.gaps,
            }
            for one in found.sources
        },
        "oldest_gap": gap and {"source": gap.source, "scope": gap.scope, "day": gap.day, "state": gap.state},
        "unreadable_answers": found.refusals,
    }


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One step of a run, as the table `runs` keeps it."""

    id: int
    command: str
    started_at: str
    finished_at: str | None
    outcome: str | None
    note: str | None


def begin_run(connection: sqlite3.Connection, command: str, at: str) -> int:
    """Note that a command begins. Returns the number of the run. The caller's connection commits by itself."""
    row = connection.execute(
        # crawls, which the archive numbers, stand below nought
        "INSERT INTO runs (id, command, started_at)"
        " SELECT max(0, coalesce(max(id), 0)) + 1, ?, ? FROM runs RETURNING id",
        [command, at],
    ).fetchone()
    connection.commit()
    return int(row[0])


def finish_run(
    connection: sqlite3.Connection, run: int, at: str, outcome: str, counts: Mapping[str, Any], note: str
) -> None:
    """Note how a command ended: good or failed."""
    connection.execute(
        "UPDATE runs SET finished_at = ?, outcome = ?, counts = ?, note = ? WHERE id = ?",
        [at, outcome, json.dumps(dict(counts), sort_keys=True), note or None, run],
    )
    connection.commit()


def runs_since(connection: sqlite3.Connection, run: int) -> list[Step]:
    """Return the run of a number and those that began after it, in order."""
    return records(
        connection,
        Step,
        "SELECT id, command, started_at, finished_at, outcome, note FROM runs"
        " WHERE id >= ? AND source IS NULL ORDER BY id",
        [run],
    )


def last_run(connection: sqlite3.Connection, command: str) -> Step | None:
    """Return the last run of a command."""
    found = records(
        connection,
        Step,
        "SELECT id, command, started_at, finished_at, outcome, note FROM runs"
        " WHERE command = ? AND source IS NULL ORDER BY id DESC LIMIT 1",
        [command],
    )
    return found[0] if found else None


def take_over_crawls(connection: sqlite3.Connection, crawls: list[tuple[Any, ...]]) -> None:
    """Take over how the crawls went (source, started_at, finished_at, outcome, counts, note). The caller commits.

    A crawl that was killed, which leaves no outcome, counts as failed. Their numbers lie below zero, so that they are
    the same however often the register is made again.
    """
    connection.execute("DELETE FROM runs WHERE source IS NOT NULL")
    connection.executemany(
        "INSERT INTO runs (id, command, source, started_at, finished_at, outcome, counts, note)"
        " VALUES (?, 'crawl', ?, ?, ?, ?, ?, ?)",
        [
            (number - len(crawls), source, started, finished, _outcome(outcome), counts, _note(outcome, note))
            for number, (source, started, finished, outcome, counts, note) in enumerate(crawls)
        ],
    )


def _outcome(outcome: str | None) -> str | None:
    return "good" if outcome == "good" else "failed"


def _note(outcome: str | None, note: str | None) -> str | None:
    return "the crawl was killed" if outcome in ("killed", None) else note


def note_processing(connection: sqlite3.Connection, began: str) -> None:
    """Note that the register holds all that the archive held at an instant. The caller commits, with the register."""
    connection.execute("DELETE FROM runs WHERE command = 'process'")
    connection.execute(
        "INSERT INTO runs (command, started_at, finished_at, outcome) VALUES ('process', ?, ?, 'good')", [began, began]
    )


def new_documents(connection: sqlite3.Connection, source: str, since: datetime, before: datetime) -> int:
    """Return how many documents of a source were first seen from one instant to before another."""
    return number(
        connection,
        "SELECT count(*) FROM documents WHERE source = ? AND first_seen_at >= ? AND first_seen_at < ?",
        [source, instant(since), instant(before)],
    )


def sitting_days(connection: sqlite3.Connection, since: date, before: date) -> int:
    """Return on how many days a House sat, from one day to before another, as the register knows."""
    return number(
        connection,
        "SELECT count(DISTINCT day) FROM sitting_days WHERE day >= ? AND day < ?",
        [since.isoformat(), before.isoformat()],
    )


def missing_sittings(connection: sqlite3.Connection, since: date, before: date) -> list[Gap]:
    """Return the sitting days from one day to before another of which Hansard is not in."""
    return records(
        connection,
        Gap,
        f"SELECT '{SITTING_DAYS_OF}' AS source, d.house, d.day, coalesce(v.scope, d.day) AS scope,"  # noqa: S608 -- an id of ours
        " coalesce(v.state, 'pending') AS state, v.note FROM sitting_days d LEFT JOIN coverage v"
        f" ON v.source = '{SITTING_DAYS_OF}' AND v.day = d.day AND v.house = d.house"
        " WHERE d.day >= ? AND d.day < ? AND coalesce(v.state, '') <> 'collected' ORDER BY d.day, d.house",
        [since.isoformat(), before.isoformat()],
    )


def unreadable(connection: sqlite3.Connection, since: str = "", limit: int = 20) -> list[tuple[str, str, str, str]]:
    """Return the answers that could not be read, fetched after an instant: (source, url, place, what), latest first."""
    return connection.execute(
        "SELECT source, url, place, what FROM refusals WHERE outcome = 'source changed' AND fetched_at > ?"
        " ORDER BY fetched_at DESC, url LIMIT ?",
        [since, limit],
    ).fetchall()


def is_sample(connection: sqlite3.Connection) -> bool:
    """Tell whether the register tells of the invented sample world."""
    return fact(connection, "sample_world") == "yes"
