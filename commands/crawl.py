"""`followthrough crawl`: ask the sources for what is new or changed, and keep every answer in the archive."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from commands.options import Day, Instant
from processing.sources import CRAWLED

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date, datetime
    from pathlib import Path

    from spiders.runner import CrawlReport, SourceReport


@click.command()
@click.argument("sources", nargs=-1)
@click.option("--since", type=Day(), help="First day to ask about (default: each source's own look back).")
@click.option("--until", type=Day(), help="Last day to ask about, which plays today (default: today in London).")
@click.option(
    "--replica", envvar="FOLLOWTHROUGH_REPLICA", help="Ask a stand-in at this base URL instead of the live hosts."
)
@click.option("--clock", type=Instant(), help="Stamp every answer with this instant (for demonstrations).")
@click.option(
    "--search", is_flag=True, help="Fill in days long past by Hansard's keyword search instead of sweeping each day."
)
@click.option("--phrase", "phrases", multiple=True, help="Search for this phrase only (repeat for more).")
@click.pass_obj
def crawl(  # noqa: PLR0913 -- one argument an option
    data: Path,
    sources: tuple[str, ...],
    since: date | None,
    until: date | None,
    replica: str | None,
    clock: datetime | None,
    *,
    search: bool,
    phrases: tuple[str, ...],
) -> None:
    """Fetch what is new or changed from SOURCES (none named: all) into the archive.

    Stopping it loses nothing: the next run fetches what is missing. What failed is named here and on the page
    Coverage, and is asked for again by the next run.

    Exit codes: 0 all sources were crawled without a gap; 1 something failed (it is named); 2 wrong usage.
    """
    # Scrapy takes half a second to load: too slow for --help
    from runs.gathering import refuse_sample  # noqa: PLC0415
    from runs.lock import only_run  # noqa: PLC0415
    from spiders.runner import crawl as run  # noqa: PLC0415

    check_sources(sources, CRAWLED)
    if since and until and since > until:
        raise click.BadOptionUsage("--since", f"--since {since} is after --until {until}.")
    if not replica:
        refuse_sample(data)
    with only_run(data):
        report = run(
            sources,
            data,
            replica=replica,
            since=since,
            until=until,
            clock=clock,
            settings={"HANSARD_SEARCH": search or bool(phrases), "HANSARD_PHRASES": list(phrases)},
            progress=tell,
        )
    if not ends_well(report):
        raise SystemExit(1)


def check_sources(given: Iterable[str], known: Iterable[str]) -> None:
    """Raise a usage error that names the sources there are, where one that was given is none of them."""
    there = list(known)
    if unknown := [name for name in given if name not in there]:
        raise click.BadArgumentUsage(f"no such source: {', '.join(unknown)}. There are: {', '.join(there)}.")


def tell(report: SourceReport) -> None:
    """Print how the crawl of one source went."""
    counts = report.counts
    click.echo(
        f"{report.source}: {report.outcome}, {counts.get('requests', 0)} requests"
        f" ({counts.get('not_modified', 0)} not modified), {counts.get('new_answers', 0)} new answers,"
        f" {counts.get('documents', 0)} documents, {counts.get('passed_over', 0)} passed over as not our subject,"
        f" {counts.get('gaps', 0)} gaps"
    )
    for reason in report.reasons:
        click.echo(f"  {reason}", err=True)


def ends_well(report: CrawlReport) -> bool:
    """Tell whether a crawl left no gap, and name the sources in which it did."""
    if not report.is_good:
        failed = ", ".join(each.source for each in report.sources if each.outcome != "good")
        click.echo(f"Not all is in: {failed}. The next run asks again for what is missing.", err=True)
    return report.is_good
