"""What waits for a person's look, and what the forms of a review must know of a commitment."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from db.pages.commitment import DECISIONS
from db.pages.commitments import COLUMNS
from db.queries import number, records
from processing.commitments.commitment import Commitment
from processing.commitments.life import DOUBTFUL
from processing.commitments.reviews import Decision

if TYPE_CHECKING:
    import sqlite3

SHOWN = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """A commitment that waits for a person's look, with the reasons."""

    commitment: Commitment
    has_join: int

    @property
    def reasons(self) -> tuple[str, ...]:
        """Why it waits, in words, the most important reason first."""
        one = self.commitment
        return tuple(
            reason
            for reason, holds in (
                ("A source says that it was done: confirm it, or not", _awaits_verdict(one)),
                ("Perhaps the same promise as another", bool(self.has_join)),
                (
                    f"The machine is not sure that it is a promise ({one.score:.2f} of 1)",
                    bool(one.needs_look and one.score < DOUBTFUL),
                ),
            )
            if holds
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Queue:
    """The page of reviews: what waits, what people decided of late, what no longer fits."""

    waiting: tuple[Waiting, ...]
    total: int
    recent: tuple[Decision, ...]
    stray: tuple[Decision, ...]


def _awaits_verdict(one: Commitment) -> bool:
    return bool(one.has_evidence) and one.status in ("open", "overdue", "undated")


VERDICT = "(c.has_evidence = 1 AND c.status IN ('open', 'overdue', 'undated'))"
JOINABLE = (
    "(c.id IN (SELECT j.commitment FROM possible_joins j) OR c.id IN"
    " (SELECT s.commitment FROM possible_joins j JOIN statements s ON s.id = j.statement))"
)
WAITS = f"c.joined_into IS NULL AND c.status <> 'rejected' AND (c.needs_look = 1 OR {VERDICT} OR {JOINABLE})"
# what awaits a verdict comes first, the overdue of them before all; then joins; then the least certain
ORDER = f"{VERDICT} DESC, c.status = 'overdue' DESC, {JOINABLE} DESC, c.score, c.number"


def queue(connection: sqlite3.Connection) -> Queue:
    """Return what waits for a look, the most important and most doubtful first."""
    joinable = f"SELECT {JOINABLE} FROM commitments c WHERE c.id = ?"  # noqa: S608 -- ours
    waiting = [
        Waiting(commitment=one, has_join=number(connection, joinable, [one.id]))
        for one in records(
            connection,
            Commitment,
            f"SELECT {COLUMNS} FROM commitments c WHERE {WAITS} ORDER BY {ORDER} LIMIT ?",  # noqa: S608 -- ours
            [SHOWN],
        )
    ]
    return Queue(
        waiting=tuple(waiting),
        total=number(connection, f"SELECT count(*) FROM commitments c WHERE {WAITS}"),  # noqa: S608 -- ours
        recent=tuple(_decisions(connection, "r.state <> 'no longer fits'")),
        stray=tuple(_decisions(connection, "r.state = 'no longer fits'")),
    )


def _decisions(connection: sqlite3.Connection, condition: str) -> list[Decision]:
    query = f"{DECISIONS} WHERE {condition} ORDER BY r.made_at DESC, r.id LIMIT ?"
    return records(connection, Decision, query, [SHOWN])


def is_commitment(connection: sqlite3.Connection, identifier: str) -> bool:
    """Tell whether the register has a commitment by that id."""
    return number(connection, "SELECT count(*) FROM commitments WHERE id = ?", [identifier]) > 0


def is_recommendation(connection: sqlite3.Connection, identifier: str) -> bool:
    """Tell whether there is such a recommendation, or, for `set/*`, such a set."""
    if identifier.endswith("/*"):
        return number(connection, "SELECT count(*) FROM recommendation_sets WHERE id = ?", [identifier[:-2]]) > 0
    return number(connection, "SELECT count(*) FROM recommendations WHERE id = ?", [identifier]) > 0


def recommendations(connection: sqlite3.Connection) -> list[tuple[str, str]]:
    """Return every recommendation as (id, title), in order, each set as a whole before its own."""
    rows = connection.execute(
        "SELECT t.id || '/*', t.title || ': all of them', t.id, -1 FROM recommendation_sets t"
        " UNION ALL SELECT r.id, r.id || ': ' || r.title, r.\"set\", r.position FROM recommendations r ORDER BY 3, 4"
    )
    return [(row[0], row[1]) for row in rows]
