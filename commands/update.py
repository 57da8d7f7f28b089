"""`followthrough update`: fetch what is new and bring the register up to it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from commands.crawl import check_sources, ends_well, tell
from commands.options import TODAY, Day
from commands.process import report
from processing.sources import CRAWLED
from runs.clock import london_today

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path


@click.command()
@click.argument("sources", nargs=-1)
@click.option("--since", type=Day(), help="First day to ask about (default: each source's own look back).")
@click.option(
    "--replica", envvar="FOLLOWTHROUGH_REPLICA", help="Ask a stand-in at this base URL instead of the live hosts."
)
@TODAY
@click.pass_obj
def update(data: Path, sources: tuple[str, ...], since: date | None, replica: str | None, today: date | None) -> None:
    """Crawl SOURCES (none named: all) on the live sites, then process what is new.

    This is `crawl` and `process` in one. Each site is asked slowly, as it wishes: the first run, which looks back
    over a month, takes long. Stopping it loses nothing: the next run goes on.
    Before the first run, set FOLLOWTHROUGH_CONTACT to an address at which the sites can reach you.

    Exit codes: 0 all is in; 1 something could not be fetched or read (it is named; the rest is in the register);
    2 wrong usage.
    """
    # Scrapy and the judge take a second to load: too slow for --help
    from runs.gathering import gather, refuse_sample  # noqa: PLC0415
    from runs.lock import only_run  # noqa: PLC0415

    check_sources(sources, CRAWLED)
    day = today or london_today()
    if since and since > day:
        raise click.BadOptionUsage("--since", f"--since {since} is after {day}, the day that plays today.")
    if not replica:
        refuse_sample(data)
    with only_run(data):
        done = gather(data, day, names=sources, since=since, replica=replica, told=tell, progress=click.echo)
    is_read = report(done.processed)
    if not ends_well(done.crawled) or not is_read:
        raise SystemExit(1)
