"""`followthrough status`: how the sources, the runs, the mails and the backups stand."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from commands.options import TODAY
from runs.clock import london_today

if TYPE_CHECKING:
    import sqlite3
    from datetime import date
    from pathlib import Path

    from db.register.health import Health


@click.command()
@TODAY
@click.pass_obj
def status(data: Path, today: date | None) -> None:
    """Show the last good run of each source, the oldest gap, what could not be read, mails and backups.

    Exit codes: 0 every source was crawled well within the last eight days; 1 one was not, or there is no register.
    """
    from db import queries  # noqa: PLC0415 -- not for --help
    from db.register import health  # noqa: PLC0415 -- not for --help
    from db.register.documents import Register  # noqa: PLC0415

    register = Register(data, must_exist=True)
    try:
        connection = register.database.conn
        found = health.health(connection, today or queries.site(connection, london_today()).today)
        for line in (*_sources(found), *_runs(connection)):
            click.echo(line)
    finally:
        register.close()
    for line in _beside(data):
        click.echo(line)
    if not found.is_good:
        raise SystemExit(1)


def _sources(found: Health) -> list[str]:
    from showing import wording  # noqa: PLC0415

    lines = [f"As of {wording.day(found.today.isoformat())}"]
    for one in found.sources:
        good = f"last good run {wording.instant(one.last_good)}" if one.last_good else "never crawled well"
        late = " (LATE)" if one.id in found.late else ""
        collected = f", collected to {wording.day(one.collected_to)}" if one.collected_to else ""
        lines.append(f"{one.id}: {good}{late}{collected}, {wording.plural(one.gaps, 'gap')}")
        if one.last_outcome == "failed":
            lines.append(f"  the last run failed: {one.note or 'no reason was noted'}")
    gap = found.oldest_gap
    lines.append(
        f"Oldest gap: {gap.source}, {gap.scope} ({gap.note or gap.state})"
        if gap
        else "No gap: all that was asked for is in."
    )
    return lines


def _runs(connection: sqlite3.Connection) -> list[str]:
    from db.register import health  # noqa: PLC0415
    from showing import wording  # noqa: PLC0415

    lines = []
    for source, url, place, what in health.unreadable(connection):
        lines.append(f"Could not be read: {source}, {place}: {what} ({url})")
    last = health.last_run(connection, "weekly")
    if last:
        end = f"{last.outcome}, {wording.instant(last.finished_at)}" if last.finished_at else "not finished"
        lines.append(f"Last weekly run: began {wording.instant(last.started_at)}, {end}")
    return lines


def _beside(data: Path) -> list[str]:
    from db.private import ledger  # noqa: PLC0415
    from db.private.subscribers import Private  # noqa: PLC0415
    from db.taking_out.backup import backups  # noqa: PLC0415
    from digest.settings import load_settings  # noqa: PLC0415

    settings = load_settings(data)
    private = Private(data)
    try:
        states = [person.state for person in private.everyone()]
        mails = ledger.outcomes(private)
    finally:
        private.close()
    counts = ", ".join(f"{states.count(state)} {state}" for state in sorted(set(states))) or "none"
    sent = ", ".join(f"{count} {outcome}" for outcome, count in sorted(mails.items())) or "none yet"
    lines = [f"Subscribers: {counts}. Mails: {sent}."]
    if mails.get("open"):
        lines.append("  The open mails are not taken by the server yet: `followthrough digest send` tries again.")
    found = backups(settings.backup_folder(data))
    return [*lines, f"Backups: {len(found)}, the last: {found[-1].name if found else 'none'}."]
