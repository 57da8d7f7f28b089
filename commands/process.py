"""`followthrough process`: read the archive, judge what it says, derive the register."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from commands.options import TODAY
from runs.clock import london_today

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path

    from runs.process import Processed


@click.command()
@click.option("--all", "everything", is_flag=True, help="Read and judge the whole archive again, not only what is new.")
@click.option("--dry-run", is_flag=True, help="Show what would be gained, lost or altered, and change nothing.")
@TODAY
@click.pass_obj
def process(data: Path, *, everything: bool, dry_run: bool, today: date | None) -> None:
    """Turn the archive into the register: documents, commitments, events.

    Only what is new or was judged by older rules is done, unless --all is given. Stopping it loses nothing.

    Exit codes: 0 fine; 1 an answer could not be read (it is named; the others are in the register).
    """
    # the register's machinery loads Scrapy and the judge: too slow for --help
    from db.archive.archive import Archive  # noqa: PLC0415
    from runs.changes import changes  # noqa: PLC0415
    from runs.lock import only_run  # noqa: PLC0415
    from runs.process import process as run  # noqa: PLC0415

    Archive(data, must_exist=True).close()
    day = today or london_today()
    if dry_run:
        for line in changes(data, day):
            click.echo(line)
        return
    with only_run(data):
        is_read = report(run(data, day, everything=everything, progress=click.echo))
    if not is_read:
        raise SystemExit(1)


def report(done: Processed) -> bool:
    """Print what a run of processing did, and return whether every answer could be read."""
    read, derived = done.read, done.derived
    click.echo(
        f"{read['answers']} answers read: {read['documents']} documents, {read['versions']} new versions,"
        f" {read['refused']} refused, {read['not collected']} of a kind that is not collected"
    )
    click.echo(
        f"{done.judged} documents judged; the register holds {derived.commitments} commitments told by"
        f" {derived.statements} statements, and {derived.events} events"
    )
    if derived.stray_reviews:
        click.echo(
            f"{derived.stray_reviews} reviews no longer fit: see the page Review, or `followthrough review list`"
        )
    if read["refused"]:
        click.echo("Some answers could not be read: `followthrough status` names them.", err=True)
    return not read["refused"]
