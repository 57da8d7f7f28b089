"""What each set of recommendations, and each recommendation, shows: positions, commitments, last word, next date."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from db.pages.commitments import COLUMNS
from db.queries import first, records
from processing.commitments.commitment import Commitment
from processing.commitments.status import STATUSES

if TYPE_CHECKING:
    import sqlite3

COUNTED = tuple(status for status in STATUSES if status != "rejected")


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownSet:
    """The recommendations of one inquiry or review."""

    id: str
    title: str
    author: str
    published: str
    url: str
    is_complete: int
    note: str | None
    recommendations: int
    commitments: int


@dataclass(frozen=True, slots=True, kw_only=True)
class RecommendationLine:
    """A recommendation in the matrix of its set: how many commitments of each status, last word, next date."""

    id: str
    number: str
    title: str
    summary: str
    responsible: str
    position: str | None
    overdue: int
    open: int
    undated: int
    late: int
    delivered: int
    withdrawn: int
    last_said: str | None
    next_due: str | None

    @property
    def counts(self) -> tuple[int, ...]:
        """The counts in the order of COUNTED."""
        return (self.overdue, self.open, self.undated, self.late, self.delivered, self.withdrawn)


@dataclass(frozen=True, slots=True, kw_only=True)
class OneSet:
    """The page of a set: the matrix, and the commitments to the set as a whole."""

    set: ShownSet
    lines: tuple[RecommendationLine, ...]
    to_all: tuple[Commitment, ...]
    statuses: tuple[str, ...] = COUNTED


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownPosition:
    """What the Government said of a recommendation: accepted, in part, in principle, rejected."""

    position: str
    document: str
    title: str
    quote: str
    said_on: str
    url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OneRecommendation:
    """The page of a recommendation."""

    set: ShownSet
    line: RecommendationLine
    positions: tuple[ShownPosition, ...]
    commitments: tuple[Commitment, ...]
    to_all: tuple[Commitment, ...]


SETS = (
    "SELECT t.id, t.title, t.author, t.published, t.url, t.is_complete, t.note,"
    ' (SELECT count(*) FROM recommendations r WHERE r."set" = t.id)'
    " AS recommendations, (SELECT count(DISTINCT l.commitment) FROM commitment_recommendations l"
    " WHERE l.recommendation BETWEEN t.id || '/' AND t.id || '0') AS commitments FROM recommendation_sets t"
)
LINES = (
    "SELECT r.id, r.number, r.title, r.summary, r.responsible, (SELECT o.position FROM positions o"
    " WHERE o.recommendation IN (r.id, r.\"set\" || '/*')"
    " ORDER BY o.said_on DESC, o.recommendation DESC LIMIT 1) AS position,"
    " coalesce(sum(c.status = 'overdue'), 0) AS overdue, coalesce(sum(c.status = 'open'), 0) AS open,"
    " coalesce(sum(c.status = 'undated'), 0) AS undated, coalesce(sum(c.status = 'delivered late'), 0) AS late,"
    " coalesce(sum(c.status = 'delivered'), 0) AS delivered, coalesce(sum(c.status = 'withdrawn'), 0) AS withdrawn,"
    " max(c.last_said) AS last_said, min(CASE WHEN c.status IN ('open', 'overdue') THEN c.latest END) AS next_due"
    " FROM recommendations r LEFT JOIN commitment_recommendations l ON l.recommendation = r.id"
    " LEFT JOIN commitments c ON c.id = l.commitment AND c.joined_into IS NULL AND c.status <> 'rejected'"
)
LINKED = (
    f"SELECT {COLUMNS} FROM commitments c JOIN commitment_recommendations l ON l.commitment = c.id"  # noqa: S608 -- ours
    " WHERE l.recommendation = ? AND c.joined_into IS NULL AND c.status <> 'rejected'"
    " ORDER BY c.last_said DESC, c.number LIMIT 200"
)


def all_sets(connection: sqlite3.Connection) -> list[ShownSet]:
    """Return the sets, latest first."""
    return records(connection, ShownSet, f"{SETS} ORDER BY t.published DESC")


def one_set(connection: sqlite3.Connection, identifier: str) -> OneSet | None:
    """Return a set with its matrix; None where there is no such set."""
    found = first(connection, ShownSet, f"{SETS} WHERE t.id = ?", [identifier])
    if found is None:
        return None
    lines = records(
        connection, RecommendationLine, f'{LINES} WHERE r."set" = ? GROUP BY r.id ORDER BY r.position', [identifier]
    )
    return OneSet(
        set=found, lines=tuple(lines), to_all=tuple(records(connection, Commitment, LINKED, [f"{identifier}/*"]))
    )


def one_recommendation(connection: sqlite3.Connection, identifier: str) -> OneRecommendation | None:
    """Return a recommendation with its positions and commitments; None where there is no such one."""
    line = first(connection, RecommendationLine, f"{LINES} WHERE r.id = ? GROUP BY r.id", [identifier])
    whole = identifier.rpartition("/")[0]
    found = first(connection, ShownSet, f"{SETS} WHERE t.id = ?", [whole])
    if line is None or found is None:
        return None
    positions = records(
        connection,
        ShownPosition,
        "SELECT o.position, o.document, d.title, o.quote, o.said_on, o.url FROM positions o"
        " JOIN documents d ON d.id = o.document WHERE o.recommendation IN (?, ?) ORDER BY o.said_on DESC",
        [identifier, f"{whole}/*"],
    )
    return OneRecommendation(
        set=found,
        line=line,
        positions=tuple(positions),
        commitments=tuple(records(connection, Commitment, LINKED, [identifier])),
        to_all=tuple(records(connection, Commitment, LINKED, [f"{whole}/*"])),
    )
