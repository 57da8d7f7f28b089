"""`followthrough demo`: the sample world's story, week by week, and then the browser over it."""

from __future__ import annotations

import os
import sys
import threading
import webbrowser
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

import click
from click.core import ParameterSource

if TYPE_CHECKING:
    from datetime import date

    from runs.story import Story, Week
    from spiders.runner import SourceReport

FOLDER = Path("data/sample")
WORLD = Path(__file__).parent.parent / "replica" / "world"
NAMED = 4  # commitments that a line names; the rest are counted
SERVER_SECONDS = 2.0  # until the server listens
STOPPED = 130  # the exit code of a program that Ctrl-C ended
PLACE = 31  # column at which the names of a line begin
WORDS = {
    "said": "new commitments",
    "restated": "restated",
    "slipped": "slipped",
    "brought forward": "brought forward",
    "softened": "softened",
    "hardened": "hardened",
    "evidence": "evidence of delivery",
    "due date passed": "due date passed",
    "source edited": "source edited",
    "source withdrawn": "source withdrawn",
    "deadline recomputed": "deadline recomputed",
    "reviewed": "reviewed",
}


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="Address for the browser to listen on.")
@click.option("--port", type=click.IntRange(1, 65535), default=8001, show_default=True, help="Port of the browser.")
@click.option("--no-serve", is_flag=True, help="Tell the story and stop: don't open the browser.")
@click.option("--weeks", type=click.IntRange(min=0), help="Tell at most so many weeks now.")
@click.option("--world", type=click.Path(path_type=Path), default=WORLD, help="Folder of another sample world to tell.")
@click.pass_context
def demo(ctx: click.Context, host: str, port: int, weeks: int | None, *, no_serve: bool, world: Path) -> None:
    """Show what Followthrough does, on an invented world, without the internet.

    A stand-in for the upstream sites is started on this machine and moved on from Monday to Monday; each week is
    crawled and processed as a real one would be, and what changed is printed. Then the browser is opened. Stop it
    with Ctrl-C at any moment: the next call goes on from there. The data folder is data/sample unless --data says
    otherwise.
    """
    parent = ctx.parent
    given = parent is not None and parent.get_parameter_source("data") is not ParameterSource.DEFAULT
    data = ctx.obj if given else FOLDER
    # the browser's and the spiders' machinery is too slow to load for --help
    from commands.serve import free_socket, serve  # noqa: PLC0415
    from runs.lock import only_run  # noqa: PLC0415
    from runs.story import open_story  # noqa: PLC0415

    if not no_serve:
        # better told now than after the story
        free_socket(host, port).close()
    try:
        with only_run(data):
            tell_story(open_story(data, world), weeks)
    except KeyboardInterrupt:
        click.echo("\nStopped. The same command goes on from here.")
        raise SystemExit(STOPPED) from None
    if no_serve:
        return
    ctx.obj = data
    _open_soon(f"http://{host}:{port}/")
    try:
        ctx.invoke(serve, host=host, port=port)
    except KeyboardInterrupt:
        click.echo("\nStopped.")


def _open_soon(url: str) -> None:
    """Open the person's own web browser once the server has had time to start; on a machine without a screen, don't."""
    has_screen = sys.platform in ("darwin", "win32") or "DISPLAY" in os.environ or "WAYLAND_DISPLAY" in os.environ
    if has_screen and sys.stdout.isatty():
        timer = threading.Timer(SERVER_SECONDS, webbrowser.open, [url])
        timer.daemon = True
        timer.start()


def tell_story(story: Story, weeks: int | None = None) -> None:
    """Print the weeks of the story that have not been told, then what the register holds."""
    from runs.story import tell  # noqa: PLC0415 -- see above

    click.echo(f"The sample world: an invented story in real institutions, kept in {story.folder}.")
    if story.is_changed:
        click.echo(f"Its files have changed since. To have it told anew, delete the folder {story.folder}.")
    if story.is_judged_anew:
        click.echo("The rules have changed since it was told: all is judged by those of today.")
    if not story.left:
        click.echo(f"It has been told to its end, Monday {in_words(story.mondays[-1])}; nothing is added.")
    elif story.told:
        click.echo(f"It goes on after Monday {in_words(story.told)}.")
    week = None
    for week in islice(tell(story, asking=show_progress), weeks):
        clear_progress()
        for line in lines(week):
            click.echo(line)
    if week:
        after = week.after
        click.echo(
            f"\nThe register holds {after.commitments} commitments told by {after.statements} statements, and"
            f" {len(after.events)} events, from {after.relevant} documents on its subject of {after.documents} read."
        )


def lines(week: Week) -> list[str]:
    """Say what a week brought: a head line, what a source could not give, then one line per kind of change."""
    gained = week.after.documents - week.before.documents
    on_subject = week.after.relevant - week.before.relevant
    read = week.gathered.processed.read
    head = (
        f"\nWeek {week.number} of {week.of}, Monday {in_words(week.day)}: {_counted(gained, 'new document')},"
        f" {on_subject} of them on the subject"
    )
    if read["refused"]:
        head += f", {read['refused']} that could not be read"
    found = [head]
    for report in week.gathered.crawled.sources:
        found += [f"  ! {report.source}: {reason}" for reason in report.reasons]
    for kind, words in WORDS.items():
        if events := sorted(week.new.get(kind, ()), key=lambda event: int(event.commitment.removeprefix("FT-"))):
            label = f"{len(events):5} {words if len(events) > 1 else words.removesuffix('s')}"
            names = list(dict.fromkeys(_named(event.commitment, event.days) for event in events))
            more = f" and {len(names) - NAMED} more" if len(names) > NAMED else ""
            found.append(f"{label:<{PLACE}}{', '.join(names[:NAMED])}{more}")
    if len(found) == 1:
        found.append("    nothing changed")
    return found


def _named(commitment: str, days: int | None) -> str:
    return f"{commitment} ({abs(days)} days)" if days else commitment


def _counted(number: int, thing: str) -> str:
    return f"{number} {thing}" if number == 1 else f"{number} {thing}s"


def in_words(day: date) -> str:
    """Return a day as people write it: 8 September 2025."""
    return f"{day.day} {day:%B %Y}"


def show_progress(day: date, report: SourceReport) -> None:
    """Show, on a terminal, which source of a week has been asked."""
    if sys.stdout.isatty():
        click.echo(f"\r\033[K  {in_words(day)}: {report.source} is in ...", nl=False)


def clear_progress() -> None:
    """Take the line of progress away."""
    if sys.stdout.isatty():
        click.echo("\r\033[K", nl=False)
