"""Which statement stands for a commitment in a review: statement ids outlive public ids, and so does the decision."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import sqlite3

    from processing.commitments.reviews import Review


def anchored(connection: sqlite3.Connection, review: Review) -> Review:
    """Return a review with the statements by which it can be told what it is about, wherever it is brought.

    `connection` is the register's. What the review already names is kept; an undo names its review and needs none.
    """
    if review.decision == "undo":
        return review
    statement = review.statement or _first(connection, review.commitment)
    other = review.other
    if other is None and review.decision == "join":
        other = _first(connection, review.value)
    if other is None and review.decision == "split":
        other = _first(connection, review.commitment, but=review.statement)
    return replace(review, statement=statement, other=other, quote=review.quote or _quote(connection, statement))


def _first(connection: sqlite3.Connection, commitment: str | None, *, but: str | None = None) -> str | None:
    """Return the statement of a commitment that was said first."""
    row = connection.execute(
        "SELECT id FROM statements WHERE commitment = ? AND id IS NOT ? ORDER BY said_on, first_seen_at, id LIMIT 1",
        [commitment, but],
    ).fetchone()
    return str(row[0]) if row else None


def _quote(connection: sqlite3.Connection, statement: str | None) -> str | None:
    row = connection.execute("SELECT quote FROM statements WHERE id = ?", [statement]).fetchone()
    return str(row[0]) if row else None
