"""`followthrough reread`: read the archive again, after a reader was mended."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from commands.crawl import check_sources
from commands.options import TODAY
from commands.process import report
from processing.sources import SOURCES
from runs.clock import london_today

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path


@click.command()
@click.argument("sources", nargs=-1, required=True)
@TODAY
@click.pass_obj
def reread(data: Path, sources: tuple[str, ...], today: date | None) -> None:
    """Read every archived answer of SOURCES again with the readers of this version. Nothing is fetched.

    For use when a site changed its answers and the reader has been mended: what was refused comes in, and what was
    read before is read as it would be today. Public numbers and people's reviews stay. To read all sources, judge
    all again and forget everything that came before, use `followthrough process --all`.

    Exit codes: 0 fine; 1 an answer could not be read (it is named; the others are in the register); 2 wrong usage.
    """
    # Scrapy and the judge take a second to load: too slow for --help
    from db.archive.archive import Archive  # noqa: PLC0415
    from runs.lock import only_run  # noqa: PLC0415
    from runs.process import process  # noqa: PLC0415

    check_sources(sources, SOURCES)
    Archive(data, must_exist=True).close()
    with only_run(data):
        is_read = report(process(data, today or london_today(), again=sources, progress=click.echo))
    if not is_read:
        raise SystemExit(1)
