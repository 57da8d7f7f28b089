"""`followthrough replica`: a stand-in for the upstream sites on this machine."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from commands.options import Day
from processing.errors import BadInput

if TYPE_CHECKING:
    from replica.faults import Fault
    from replica.shelf import Stock


@click.command()
@click.option("--port", type=click.IntRange(0, 65535), default=8100, show_default=True, help="Port; 0: any free one.")
@click.option("--as-of", type=Day(), help="Serve the sample world as it stood on this day (default: at its end).")
@click.option(
    "--recorded",
    type=click.Path(path_type=Path),
    help="Serve recorded upstream answers from this folder instead of the sample world.",
)
@click.option("--faults", "told", default="", metavar="SPEC", help="Misbehave: NAME[:PATH PATTERN[:TIMES]], ...")
def replica(port: int, as_of: date | None, recorded: Path | None, told: str) -> None:
    """Answer as the upstream hosts do, on this machine only, under addresses such as /www.gov.uk/api/search.json.

    Let the crawl ask it with `followthrough crawl --replica http://127.0.0.1:8100`. The day can be moved while it
    runs: curl -X PUT -d 2025-10-06 http://127.0.0.1:8100/_replica/as-of

    Faults: slow, time-out, 500, 503, 429, cut-off, renamed-field, new-field, unknown-item, ignored-parameter,
    shifting-list, redirect-loop, huge, wrong-encoding, challenge, challenge-403. For example
    --faults "500:/www.gov.uk/api/content/*:3".
    """
    # Starlette and the world take a while to load: too slow for --help
    from replica.app import build_app  # noqa: PLC0415
    from replica.server import LOOPBACK, listening, serve  # noqa: PLC0415

    faults = _faults(told)
    stock, day = _stock(recorded, as_of)
    app = build_app(stock, day, faults)
    sock = listening(port)
    what = f"recorded answers of {recorded}" if recorded else f"the sample world as of {day} (all invented)"
    click.echo(f"Replica at http://{LOOPBACK}:{sock.getsockname()[1]}: {what}. Ctrl-C ends it.")
    serve(app, sock)


def _faults(told: str) -> list[Fault]:
    from replica.faults import parse_faults  # noqa: PLC0415

    try:
        return parse_faults(told)
    except BadInput as error:
        raise click.BadOptionUsage("--faults", str(error)) from error


def _stock(recorded: Path | None, as_of: date | None) -> tuple[Stock, date]:
    from replica.recorded import RecordedStock  # noqa: PLC0415
    from replica.stock import WorldStock  # noqa: PLC0415
    from replica.world import load_world  # noqa: PLC0415

    if recorded is not None:
        return RecordedStock(recorded), as_of or date.max
    world = load_world()
    return WorldStock(world), as_of or world.last_day
