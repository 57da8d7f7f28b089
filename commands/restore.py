"""`followthrough restore`: put a backup in the place of the databases."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import click

from db.taking_out import backup as copies
from processing.errors import BadInput
from runs.lock import only_run


@click.command()
@click.argument("backup", required=False, type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("--yes", is_flag=True, help="Do not ask.")
@click.pass_obj
def restore(data: Path, backup: Path | None, *, yes: bool) -> None:
    """Put BACKUP (none named: the last one) in the place of the databases, which are kept in a folder beside it.

    Stop the browser first. The backup is checked before anything is touched.

    Exit codes: 0 fine; 1 no such backup, a damaged one, or a run is going on.
    """
    from digest.settings import load_settings  # noqa: PLC0415 -- not for --help

    folder = load_settings(data).backup_folder(data)
    found = copies.backups(folder)
    if backup is None and not found:
        raise BadInput(f"{folder} holds no backup.")
    chosen = backup or found[-1]
    if not yes:
        click.confirm(f"Replace the databases in {data} by {chosen}?", abort=True)
    with only_run(data):
        aside = copies.restore(data, chosen, datetime.now(tz=UTC))
    click.echo(f"Restored from {chosen}." + (f" What stood there is in {aside}." if aside else ""))
    click.echo("Run `followthrough check`, then start the browser again.")
