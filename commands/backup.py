"""`followthrough backup`: copy the databases."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import click


@click.command()
@click.option("--to", "folder", type=click.Path(file_okay=False, path_type=Path), help="Folder of the backups.")
@click.option("--keep", type=click.IntRange(1), help="How many to keep (default: 8, or the setting keep_backups).")
@click.pass_obj
def backup(data: Path, folder: Path | None, keep: int | None) -> None:
    """Copy the databases, also while they are in use, and keep the last copies.

    Exit codes: 0 fine; 1 there is nothing to copy, or no room.
    """
    from db.taking_out.backup import back_up  # noqa: PLC0415
    from digest.settings import load_settings  # noqa: PLC0415

    settings = load_settings(data)
    target = back_up(data, folder or settings.backup_folder(data), datetime.now(tz=UTC), keep or settings.keep_backups)
    click.echo(f"Backed up to {target}")
