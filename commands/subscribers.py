"""`followthrough subscribers`: who gets the digest; add, remove, and take in what bounced."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from db.archive.archive import instant
from db.private.subscribers import BOUNCES, FREQUENCIES, Private
from processing.errors import BadInput

if TYPE_CHECKING:
    from digest.bounces import DeliveryReport


@click.group()
def subscribers() -> None:
    """List, add or remove the people who get the digest. They can do all of it themselves, in the browser."""


@subscribers.command("list")
@click.pass_obj
def list_(data: Path) -> None:
    """Name everyone with their state and wishes. It prints addresses: mind who can see the screen."""
    private = Private(data)
    try:
        wishes = private.subscriptions()
        people = private.everyone()
    finally:
        private.close()
    for person in people:
        follows = "; ".join(f"{wish.kind} {wish.value}".strip() for wish in wishes.get(person.id, ()))
        bounced = f", {person.bounces} bounces" if person.bounces else ""
        click.echo(f"{person.address}: {person.state}, {person.frequency}{bounced}; {follows}")
    click.echo(f"{len(people)} in all")


@subscribers.command()
@click.argument("address")
@click.option("--name", default="", help="Name for the To line.")
@click.option("--topic", "topics", multiple=True, help="Id of a topic (repeat for more).")
@click.option("--department", "departments", multiple=True, help="Name of a department or body (repeat for more).")
@click.option("--set", "sets", multiple=True, help="Id of a recommendation set (repeat for more).")
@click.option("--change", "kinds", multiple=True, help="Kind of change, such as slipped (repeat for more).")
@click.option("--search", "searches", multiple=True, help="Filter of the list, as after the ? of its URL.")
@click.option("--frequency", type=click.Choice(FREQUENCIES), default="weekly", show_default=True, help="How often.")
@click.option("--empty", is_flag=True, help="Also say that there is nothing new.")
@click.option("--confirmed", is_flag=True, help="The person has agreed elsewhere: ask for no confirmation.")
@click.pass_obj
def add(  # noqa: PLR0913, PLR0917 -- one argument an option
    data: Path,
    address: str,
    name: str,
    topics: tuple[str, ...],
    departments: tuple[str, ...],
    sets: tuple[str, ...],
    kinds: tuple[str, ...],
    searches: tuple[str, ...],
    frequency: str,
    *,
    empty: bool,
    confirmed: bool,
) -> None:
    """Subscribe ADDRESS; without any wish to everything. A letter asks the person to confirm, unless --confirmed.

    Exit codes: 0 fine; 1 the address or a wish can't be used.
    """
    form = {"topic": topics, "department": departments, "set": sets, "change": kinds, "search": searches}
    chosen = {field: list(values) for field, values in form.items() if values} or {"everything": ["yes"]}
    chosen |= {"frequency": [frequency], "wants_empty": ["yes"] * empty, "name": [name], "address": [address]}
    if confirmed:
        _add_confirmed(data, chosen)
        click.echo("Subscribed.")
    else:
        _ask_to_confirm(data, chosen)
        click.echo("A letter asks the person to confirm.")


def _add_confirmed(data: Path, form: dict[str, list[str]]) -> None:
    from digest.desk import open_desk  # noqa: PLC0415 -- loads the templates

    with open_desk(data) as desk:
        desk.add_confirmed(form, datetime.now(tz=UTC))


def _ask_to_confirm(data: Path, form: dict[str, list[str]]) -> None:
    from digest.desk import open_desk  # noqa: PLC0415 -- loads the templates

    with open_desk(data) as desk:
        desk.take_on(form, datetime.now(tz=UTC))


@subscribers.command()
@click.argument("address")
@click.pass_obj
def remove(data: Path, address: str) -> None:
    """Delete ADDRESS and all that is known of the person. Backups keep it until they are replaced."""
    private = Private(data)
    try:
        person = private.by_address(address)
        if person is None:
            raise BadInput(f"{address}: no such subscriber.")
        private.forget(person.id)
    finally:
        private.close()
    click.echo("Deleted.")


@subscribers.command()
@click.argument("files", nargs=-1, required=True, type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.pass_obj
def bounces(data: Path, files: tuple[Path, ...]) -> None:
    """Count the delivery failures reported in FILES (.eml); after the third in a row a person's mail is paused.

    A report counts once, however often it is given. A file that is no delivery report is named.
    """
    from digest.bounces import read_report  # noqa: PLC0415 -- loads the parser of mails

    private = Private(data)
    counts: Counter[str] = Counter()
    try:
        for file in files:
            report = read_report(file.read_bytes())
            if report is None:
                click.echo(f"{file}: no delivery report, left out", err=True)
            else:
                counts += _take_report(private, report)
    finally:
        private.close()
    click.echo(
        f"{counts['counted']} bounces counted, {counts['paused']} people paused,"
        f" {counts['unknown']} of nobody who is subscribed, {counts['known']} reports counted before"
    )


def _take_report(private: Private, report: DeliveryReport) -> Counter[str]:
    """Count a report against the people it names, all of it or, where it was counted before, nothing."""
    counts: Counter[str] = Counter()
    at = instant(datetime.now(tz=UTC))
    with private.database.atomic():
        if not private.note_report(report.id, at):
            return Counter(known=1)
        for addresses in report.failed:
            person = next(filter(None, map(private.by_address, addresses)), None)
            if person is None:
                counts["unknown"] += 1
                continue
            counts["counted"] += 1
            counts["paused"] += private.bounced(person.id, at) == BOUNCES
    return counts
