"""`followthrough review`: a person's decisions, from the command line."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from processing.commitments.reviews import DECISIONS, FIELDS

if TYPE_CHECKING:
    from runs.derive import Derived

DECIDED = tuple(decision for decision in DECISIONS if decision != "undo")


@click.group()
def review() -> None:
    """Confirm, correct and regroup what the machine read; nothing is ever lost, and all can be undone.

    A decision is kept beside the machine's own reading and applied on top of it at every processing.
    """


@review.command("list")
@click.option("--stray", is_flag=True, help="Only those that no longer fit.")
@click.pass_obj
def list_(data: Path, *, stray: bool) -> None:
    """Show every decision ever made, in order of time, and what became of it."""
    from db.register.documents import Register  # noqa: PLC0415 -- too slow to load for --help

    register = Register(data, must_exist=True)
    try:
        rows = register.reviews()
    finally:
        register.close()
    shown = [row for row in rows if not stray or row["state"] == "no longer fits"]
    for row in shown:
        what = " ".join(str(row[name]) for name in ("decision", "commitment", "field", "value", "undoes") if row[name])
        click.echo(f"{row['id']}  {str(row['made_at'])[:16]}Z  {row['reviewer']}: {what} ({row['state']})")
        click.echo(f"    {row['reason']}" + (f" [{row['note']}]" if row["note"] else ""))
    click.echo(f"{len(shown)} of {len(rows)} decisions")


@review.command()
@click.option("--limit", type=click.IntRange(1), default=20, show_default=True, help="How many to show at most.")
@click.pass_obj
def queue(data: Path, limit: int) -> None:
    """Show what waits for a person's look, the most important first."""
    from db.pages.review import queue as waiting  # noqa: PLC0415 -- too slow to load for --help
    from db.register.documents import Register  # noqa: PLC0415

    register = Register(data, must_exist=True)
    try:
        found = waiting(register.database.conn)
    finally:
        register.close()
    for one in found.waiting[:limit]:
        click.echo(f"{one.commitment.id}  {one.commitment.status:9}  {one.commitment.promise}")
        for reason in one.reasons:
            click.echo(f"    {reason}")
    click.echo(
        f"{min(limit, len(found.waiting))} of {found.total} that wait; {len(found.stray)} decisions no longer fit"
    )


@review.command()
@click.argument("decision", type=click.Choice(DECIDED))
@click.argument("commitment")
@click.option("--by", "reviewer", required=True, help="Your name or initials.")
@click.option("--reason", required=True, help="Why, in your words.")
@click.option("--field", type=click.Choice(FIELDS), help="correct: which field.")
@click.option(
    "--value", help="correct: the right value. delivered: the day, ISO 8601. link, unlink: the recommendation."
)
@click.option("--with", "other", help="join: the other commitment, which leads to this one from then on.")
@click.option("--statement", help="split: the statement that does not belong here.")
@click.option("--evidence", help="delivered: a permalink, or the id of a delivery.")
@click.pass_obj
def add(data: Path, /, decision: str, commitment: str, other: str | None, **told: Any) -> None:
    r"""Take a decision on a commitment, such as: review add confirm FT-12 --by AB --reason "Read it myself".

    \b
    confirm    it is a promise
    reject     it is none
    delivered  it was done (--evidence; --value: the day, if not today)
    withdraw   the Government gave it up
    correct    a field was read wrongly (--field, --value)
    join       it is the same promise as another (--with)
    split      a statement belongs to another promise (--statement)
    link       it is about a recommendation (--value casey-2025/2); unlink takes it away
    """
    from runs.review import apply, keep, new_review  # noqa: PLC0415 -- too slow to load for --help

    if decision == "delivered" and not told["evidence"]:
        raise click.UsageError("delivered needs --evidence: a permalink, or the id of a delivery.")
    if decision == "join":
        told["value"] = other
    made = new_review(data, decision=decision, commitment=commitment, **told)
    keep(data, made)
    click.echo(f"Kept as {made.id}.")
    _say(apply(data))


@review.command()
@click.argument("identifier")
@click.option("--by", "reviewer", required=True, help="Your name or initials.")
@click.option("--reason", required=True, help="Why, in your words.")
@click.pass_obj
def undo(data: Path, identifier: str, reviewer: str, reason: str) -> None:
    """Take back the decision IDENTIFIER (see `review list`). An undo can itself be undone."""
    from runs.review import apply, keep, new_review  # noqa: PLC0415 -- too slow to load for --help

    made = new_review(data, decision="undo", undoes=identifier, reviewer=reviewer, reason=reason)
    keep(data, made)
    click.echo(f"Kept as {made.id}.")
    _say(apply(data))


@review.command()
@click.option("--output", type=click.Path(dir_okay=False, path_type=Path), help="File to write (default: the screen).")
@click.pass_obj
def export(data: Path, output: Path | None) -> None:
    """Write every decision ever made as JSON Lines, so that they outlive the database."""
    from db.archive.archive import Archive  # noqa: PLC0415 -- too slow to load for --help
    from db.register.commitments import load_reviews  # noqa: PLC0415
    from db.register.reviews import as_lines  # noqa: PLC0415

    archive = Archive(data, must_exist=True)
    try:
        reviews = load_reviews(archive)
    finally:
        archive.close()
    if output is None:
        click.echo(as_lines(reviews), nl=False)
        return
    output.write_text(as_lines(reviews), encoding="utf-8", newline="")
    click.echo(f"{len(reviews)} decisions written to {output}")


@review.command("import")
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path, allow_dash=True))
@click.pass_obj
def import_(data: Path, file: Path) -> None:
    """Take in decisions that `review export` wrote (FILE, or - for the input). What is here already is left alone."""
    from db.archive.archive import Archive  # noqa: PLC0415 -- too slow to load for --help
    from db.register.reviews import bring_in, from_lines  # noqa: PLC0415
    from processing.errors import BadInput  # noqa: PLC0415
    from runs.review import apply  # noqa: PLC0415

    try:
        text = sys.stdin.read() if str(file) == "-" else file.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise BadInput(f"{file}: can't be read: {error}") from error
    reviews = from_lines(text, file.name)
    archive = Archive(data)
    try:
        added, had = bring_in(archive, reviews)
    finally:
        archive.close()
    click.echo(f"{added} decisions taken in, {had} were here already")
    _say(apply(data))


def _say(derived: Derived) -> None:
    click.echo(f"The register now holds {derived.commitments} commitments.")
    if derived.stray_reviews:
        click.echo(
            f"{derived.stray_reviews} decisions no longer fit: see `followthrough review list --stray`.", err=True
        )
