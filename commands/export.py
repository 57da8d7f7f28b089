"""`followthrough export`: the whole register as files that others can read."""

from __future__ import annotations

from pathlib import Path

import click

FORMATS = ("csv", "jsonl", "xlsx")


@click.command()
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path))
@click.option(
    "--format", "formats", type=click.Choice(FORMATS), multiple=True, help="Only this format (repeat for more)."
)
@click.pass_obj
def export(data: Path, folder: Path, formats: tuple[str, ...]) -> None:
    """Write the whole register into FOLDER as CSV, JSON Lines and Excel.

    With the CSV files come a description as a Data Package (datapackage.json) and as CSV on the Web
    (csv-metadata.json). Every row has its licence and its permalink; statements have a citation. The same register
    gives the same bytes. Decisions of people are written by `followthrough review export`.
    """
    from db.register.documents import Register  # noqa: PLC0415
    from db.taking_out import export as writing  # noqa: PLC0415 -- too slow to load for --help

    register = Register(data, must_exist=True)
    try:
        written = writing.export(register.database, folder, formats or FORMATS)
    finally:
        register.close()
    for path in written:
        click.echo(f"{path}  {path.stat().st_size:,} bytes")
