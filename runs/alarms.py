"""What the operator must hear of after a run: each alarm says what happened, where, and what to do."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from typing import TYPE_CHECKING

from db.register import health
from db.taking_out.backup import FILES
from processing.sources import SOURCES
from showing import wording

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterator
    from datetime import date
    from pathlib import Path

    from digest.send import SendReport

LOOKED_BACK = 30  # days in which a missing sitting day is told again each week
GRACE = 2  # days after which Hansard of a sitting should be there: it is published the next morning
WEEK = timedelta(days=7)
LEAST_FREE = 1_000_000_000  # bytes
TIMES_DATA = 3  # room for a backup, and for growing
USUAL_WEEKS = 12  # with which the last two are compared
LEAST_USUAL = 5  # documents in two weeks: a source that gives fewer may well give none


@dataclass(frozen=True, slots=True, kw_only=True)
class Alarm:
    """One thing that a person must look at."""

    what: str
    where: str
    to_do: str

    def __str__(self) -> str:
        return f"{self.what}: {self.where}. {self.to_do}"


def register_alarms(connection: sqlite3.Connection, today: date, since: str) -> Iterator[Alarm]:
    """Yield what the register itself gives cause for; of unreadable answers those fetched after the instant `since`."""
    for source, url, place, what in health.unreadable(connection, since):
        yield Alarm(
            what=f"The source {source} changed its shape",
            where=f"{place}: {what} ({url})",
            to_do="Its answer is kept. Run `followthrough probe`, mend the reader, then `followthrough reread`.",
        )
    for gap in health.missing_sittings(
        connection, today - timedelta(days=LOOKED_BACK), today - timedelta(days=GRACE - 1)
    ):
        yield Alarm(
            what="A sitting day without Hansard",
            where=f"{gap.house}, {wording.day(gap.day)} ({gap.note or gap.state})",
            to_do="The next run asks again. If it stays away, look whether the House published it.",
        )
    yield from _silent_sources(connection, today)


def _silent_sources(connection: sqlite3.Connection, today: date) -> Iterator[Alarm]:
    now = datetime.combine(today, time(), tzinfo=UTC) + timedelta(days=1)
    sat = [health.sitting_days(connection, today - WEEK * (n + 1), today - WEEK * n) for n in range(2)]
    if not all(sat):
        return
    for source in (row.id for row in SOURCES.values() if row.silence_alarms):
        before = health.new_documents(connection, source, now - (2 + USUAL_WEEKS) * WEEK, now - 2 * WEEK)
        is_usual = before >= LEAST_USUAL * USUAL_WEEKS / 2
        if is_usual and not health.new_documents(connection, source, now - 2 * WEEK, now):
            yield Alarm(
                what="Nothing new for two weeks while Parliament sat",
                where=f"source {source}, {sum(sat)} sitting days",
                to_do="Run `followthrough probe` and look at the page Coverage: the source may have moved.",
            )


def disk_alarm(data: Path) -> Iterator[Alarm]:
    """Yield an alarm where the disk has less room than the next runs need."""
    size = sum((data / name).stat().st_size for name in FILES if (data / name).exists())
    free = shutil.disk_usage(data).free
    if free < max(LEAST_FREE, TIMES_DATA * size):
        yield Alarm(
            what="The disk is almost full",
            where=f"{data}: {free / 1e9:.1f} GB free, the databases take {size / 1e9:.1f} GB",
            to_do="Make room, keep fewer backups (setting keep_backups), or move the data folder.",
        )


def mail_alarms(report: SendReport | None) -> Iterator[Alarm]:
    """Yield what went wrong in sending the digest."""
    if report is None:
        return
    for problem in report.problems:
        yield Alarm(what="The digest could not be sent", where=problem, to_do="Run `followthrough digest send`.")
    failed = {"refused": report.refused, "not taken": report.later, "without an answer": report.lost}
    if any(failed.values()):
        yield Alarm(
            what="Mails of the digest did not arrive",
            where=", ".join(f"{count} {name}" for name, count in failed.items() if count),
            to_do="Run `followthrough digest send`: it goes on with what is left.",
        )
    if report.paused:
        yield Alarm(
            what="Subscribers were paused after three refusals",
            where=f"{report.paused} of them",
            to_do="`followthrough subscribers list` names them (state: bouncing).",
        )
