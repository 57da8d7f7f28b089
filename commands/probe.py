"""`followthrough probe`: ask each live interface once and say how it differs from what the readers know."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from commands.options import Day
from processing.sources import CRAWLED
from runs.clock import london_today

if TYPE_CHECKING:
    from datetime import date

    from spiders.probing import Finding


@click.command()
@click.argument("sources", nargs=-1)
@click.option("--into", type=click.Path(file_okay=False, path_type=Path), help="Folder for the answers [DATA/probe].")
@click.option("--until", type=Day(), help="The day that plays today (default: today in London).")
@click.option(
    "--replica", envvar="FOLLOWTHROUGH_REPLICA", help="Ask a stand-in at this base URL instead of the live hosts."
)
@click.pass_obj
def probe(data: Path, sources: tuple[str, ...], into: Path | None, until: date | None, replica: str | None) -> None:
    """Ask each interface of SOURCES (none named: all) a question or two, some thirty requests in all.

    Run this first on the live sites. Every answer is saved as a candidate for a test's fixture. For each it says
    what was read from it, which fields are new to the reader, and which it misses. The archive is not touched.

    Exit codes: 0 every answer could be read; 1 one could not (it is named); 2 wrong usage.
    """
    # Scrapy takes half a second to load: too slow for --help
    from spiders.probing import probe as run  # noqa: PLC0415

    if unknown := [name for name in sources if name not in CRAWLED]:
        raise click.BadArgumentUsage(f"no such source: {', '.join(unknown)}. There are: {', '.join(CRAWLED)}.")
    folder = into or data / "probe"
    found = run(list(sources), folder, until or london_today(), replica=replica, progress=tell)
    bad = [finding for finding in found if not finding.is_good]
    click.echo(f"{len(found)} questions, {len(bad)} not as expected; the answers are in {folder}")
    if bad or not found:
        raise SystemExit(1)


def tell(finding: Finding) -> None:
    """Print what one question brought."""
    click.echo(f"{'ok ' if finding.is_good else 'BAD'} {finding.source}: {finding.url}\n      {finding.outcome}")
    for difference in finding.differences:
        click.echo(f"      {difference}")
