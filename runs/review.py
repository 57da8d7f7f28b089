"""Take a person's decision: keep it in the archive first, then derive the register anew, so that pages show it."""

from __future__ import annotations

import secrets
import sqlite3
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

from db import queries
from db.archive.archive import Archive, instant
from db.pages import review as pages_review
from db.register.anchors import anchored
from db.register.commitments import add_review
from db.register.documents import FILE, Register
from db.register.statements import clear_derived
from processing.commitments.reviews import Review, problem
from processing.errors import BadInput
from processing.language.terms import load_vocabulary
from runs.clock import london_today
from runs.derive import Derived, derive
from runs.lock import only_run

if TYPE_CHECKING:
    from pathlib import Path

PATIENCE = 3600  # seconds: a run of processing may take minutes


def moment_of_review(folder: Path) -> datetime:
    """Return the instant of a decision made now: on the register's own day where its world is invented."""
    now = datetime.now(tz=UTC)
    day = day_of(folder)
    return now if day == london_today() else datetime.combine(day, now.timetz())


def day_of(folder: Path) -> date:
    """Return the day as of which a review is applied: today, or the last day of an invented world."""
    with sqlite3.connect(folder / FILE) as connection:
        site = queries.site(connection, london_today())
    connection.close()
    return site.today if site.is_sample else london_today()


def new_review(  # noqa: PLR0913 -- the parts of a decision
    folder: Path,
    *,
    decision: str,
    reviewer: str,
    reason: str,
    commitment: str | None = None,
    statement: str | None = None,
    quote: str | None = None,
    field: str | None = None,
    value: str | None = None,
    evidence: str | None = None,
    undoes: str | None = None,
) -> Review:
    """Return a decision made now, with an id of its own."""
    return Review(
        id=secrets.token_hex(8),
        decision=decision,
        reviewer=reviewer.strip(),
        made_at=instant(moment_of_review(folder)),
        reason=reason.strip(),
        commitment=commitment,
        statement=statement,
        quote=quote,
        field=field or None,
        value=value.strip() if value else None,
        evidence=evidence.strip() if evidence else None,
        undoes=undoes or None,
    )


def refusal(  # noqa: PLR0911 -- one for each thing that may be wrong
    connection: sqlite3.Connection, review: Review
) -> str | None:
    """Return in words why a decision can't be taken, or None. What it names must be in the register."""
    if wrong := problem(review):
        return wrong
    if review.undoes and not queries.number(connection, "SELECT count(*) FROM reviews WHERE id = ?", [review.undoes]):
        return f"there is no decision {review.undoes}"
    if review.commitment and not pages_review.is_commitment(connection, review.commitment):
        return f"the register has no commitment {review.commitment}"
    if review.decision == "join":
        if review.value == review.commitment:
            return "a commitment can't be joined with itself"
        if not pages_review.is_commitment(connection, review.value or ""):
            return f"the register has no commitment {review.value}"
    if review.decision in ("link", "unlink") and not pages_review.is_recommendation(connection, review.value or ""):
        return f"there is no recommendation {review.value}"
    return None


def keep(folder: Path, review: Review) -> None:
    """Keep a decision in the archive. Raises BadInput, in words, where it can't be taken."""
    with sqlite3.connect(folder / FILE) as connection:
        wrong = refusal(connection, review)
        review = anchored(connection, review)
    connection.close()
    if wrong:
        raise BadInput(wrong[0].upper() + wrong[1:] + ".")
    archive = Archive(folder)
    try:
        add_review(archive, review)
    finally:
        archive.close()


def apply(folder: Path, patience: float = PATIENCE) -> Derived:
    """Derive the register anew from its statements and all decisions, in one transaction.

    Waits at most `patience` seconds for a run of processing that is under way. Raises Busy where it goes on for longer.
    Nothing is read or judged again.
    """
    archive, register = Archive(folder), Register(folder)
    try:
        with only_run(folder, patience), register.database.atomic():
            # asked for only now: the run that was waited for may have moved an invented world on
            day = day_of(folder)
            clear_derived(register.database)
            derived = derive(archive, register.database, load_vocabulary(), day)
            register.set_fact("as_of", day.isoformat())
    finally:
        register.close()
        archive.close()
    return derived
