"""`followthrough weekly`: the run that a scheduler starts."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from commands.options import Instant
from processing.errors import Busy

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path

STEPS = ("crawl", "process", "digest", "backup")
BUSY = 3


@click.command()
@click.option("--from", "first", type=click.Choice(STEPS), default="crawl", help="Begin with this step.")
@click.option("--replica", envvar="FOLLOWTHROUGH_REPLICA", help="Ask a stand-in at this base URL, not the live hosts.")
@click.option("--clock", type=Instant(), help="Run as of this instant (for demonstrations).")
@click.pass_obj
def weekly(data: Path, first: str, replica: str | None, clock: datetime | None) -> None:
    """Crawl, process, send the digest, back up: in this order, for a scheduler or by hand.

    Safe to start at any time, also daily: who is due gets a digest, nobody twice. Killed at any moment, the same
    command goes on. A source that fails does not stop the others, but the run is not green.

    Prints one summary line; `runs.jsonl` in the data folder has a line of JSON a step.

    Exit codes: 0 green; 1 something failed or somebody must look (it is named, and mailed to the operator);
    2 wrong usage; 3 another run is going on.
    """
    # Scrapy, the judge and the templates load: too slow for --help
    from digest.settings import load_settings  # noqa: PLC0415
    from runs.gathering import refuse_sample  # noqa: PLC0415
    from runs.lock import only_run  # noqa: PLC0415
    from runs.weekly import Weekly  # noqa: PLC0415

    settings = load_settings(data)
    if first == "crawl" and not replica:
        refuse_sample(data)
    try:
        with only_run(data):
            run = Weekly(data=data, settings=settings, replica=replica, clock=clock, progress=_progress)
            report = run.run(STEPS[STEPS.index(first) :])
    except Busy as error:
        click.echo(f"followthrough: {error}", err=True)
        raise SystemExit(BUSY) from error
    for alarm in report.alarms:
        click.echo(f"ALARM {alarm}", err=True)
    for problem in report.problems:
        click.echo(problem, err=True)
    click.echo(report.summary)
    if not report.is_green:
        raise SystemExit(1)


def _progress(line: str) -> None:
    click.echo(line, err=True)
