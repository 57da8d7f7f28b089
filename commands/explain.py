"""`followthrough explain`: why one record is in the register, and why each of its fields has its value."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from pathlib import Path


@click.command()
@click.argument("name", metavar="ID")
@click.pass_obj
def explain(data: Path, name: str) -> None:
    """Explain a record: the sentence, the cues in it, the score, and why each field has its value.

    ID is that of a commitment (FT-12, or just 12: all its sayings are explained) or that of one saying.

    Exit codes: 0 fine; 1 there is no such record.
    """
    from db.pages.commitment import statements_of  # noqa: PLC0415 -- not for --help
    from db.register.documents import Register  # noqa: PLC0415
    from showing.explaining import explained  # noqa: PLC0415

    register = Register(data, must_exist=True)
    try:
        found = statements_of(register.database.conn, name)
    finally:
        register.close()
    if not found:
        raise click.ClickException(f"there is no commitment and no saying with the id {name!r} in the register.")
    click.echo("\n\n".join("\n".join(explained(saying)) for saying in found))
