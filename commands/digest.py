"""`followthrough digest`: look at the next digest, or send it to those who are due."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from commands.options import Day, Instant

if TYPE_CHECKING:
    from datetime import date

    from digest.send import SendReport


@click.group()
def digest() -> None:
    """Look at the email digest, or send it."""


SINCE = click.option(
    "--since", type=Day(), help="First day of the span (default: where each person's last digest ended)."
)
TO = click.option("--to", "until", type=Day(), help="Last day of the span (default: the last processing).")


@digest.command()
@SINCE
@TO
@click.option("--for", "address", help="What this subscriber would be sent (default: what everybody could be told).")
@click.option("--html", type=click.Path(dir_okay=False, path_type=Path), help="Write the HTML form to this file.")
@click.pass_obj
def preview(data: Path, since: date | None, until: date | None, address: str | None, html: Path | None) -> None:
    """Show the next digest and send nothing.

    Exit codes: 0 fine; 1 no such subscriber, or no register.
    """
    from digest.preview import preview as make  # noqa: PLC0415 -- loads the templates
    from digest.settings import load_settings  # noqa: PLC0415

    body = make(data, load_settings(data), datetime.now(tz=UTC), since=since, until=until, address=address)
    if html:
        html.write_text(body.html, encoding="utf-8")
        click.echo(f"Written to {html}.")
    else:
        click.echo(f"Subject: {body.subject}\n\n{body.text}", nl=False)


@digest.command()
@SINCE
@TO
@click.option("--only", multiple=True, metavar="ADDRESS", help="Send to this subscriber only (repeat for more).")
@click.option("--clock", type=Instant(), help="Send as of this instant (for demonstrations).")
@click.pass_obj
def send(data: Path, since: date | None, until: date | None, only: tuple[str, ...], clock: datetime | None) -> None:
    """Send the digest to everyone who is due.

    Without a mail server in the settings every mail becomes a file in the folder outbox. Stopped at any moment, the
    same command goes on; nobody is told of the same event by two mails.

    Exit codes: 0 all mails were taken; 1 some were not (the next call tries again); 2 wrong usage.
    """
    from digest.post import open_post  # noqa: PLC0415
    from digest.send import send_digests  # noqa: PLC0415
    from digest.settings import load_settings  # noqa: PLC0415
    from runs.lock import only_run  # noqa: PLC0415

    if since and until and since > until:
        raise click.BadOptionUsage("--since", f"--since {since} is after --to {until}.")
    settings = load_settings(data)
    with only_run(data):
        now = clock or datetime.now(tz=UTC)
        report = send_digests(data, settings, open_post(settings, data), now, since=since, until=until, only=only)
    tell(report)
    if not report.is_good:
        raise SystemExit(1)


def tell(report: SendReport) -> None:
    """Print how a sending went, in one line, and what went wrong."""
    parts = [f"{report.sent} mails sent"]
    if report.again:
        parts.append(f"{report.again} of them once more, as an earlier answer was lost")
    parts.append(f"{report.nothing_new} people with nothing new, {report.not_due} not due")
    for count, words in (
        (report.refused, "refused"),
        (report.later, "not taken yet"),
        (report.lost, "without an answer"),
        (report.paused, "subscribers paused after three refusals"),
    ):
        if count:
            parts.append(f"{count} {words}")
    click.echo(f"digest: {'; '.join(parts)}")
    for problem in report.problems:
        click.echo(f"  {problem}", err=True)
    if report.later or report.lost:
        click.echo("  Run `followthrough digest send` again: it goes on with what is left.", err=True)
