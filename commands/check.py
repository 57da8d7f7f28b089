"""`followthrough check`: verify the databases."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from pathlib import Path

SHOWN = 50


@click.command()
@click.pass_obj
def check(data: Path) -> None:
    """Verify the databases: whole files, foreign keys, every quote against the archived text, no empty commitment.

    Exit codes: 0 all is well; 1 something is wrong (it is named).
    """
    from runs.check import check as find  # noqa: PLC0415 -- loads the readers of all sources

    problems = list(find(data))
    for problem in problems[:SHOWN]:
        click.echo(problem, err=True)
    if len(problems) > SHOWN:
        click.echo(f"and {len(problems) - SHOWN} more", err=True)
    if problems:
        raise SystemExit(1)
    click.echo("All is well: whole files, every quote stands in its archived text, every commitment has a statement.")
