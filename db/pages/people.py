"""What each person and each owner promised, kept and let slip."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from db.pages.commitments import COLUMNS
from db.queries import first, records
from processing.commitments.commitment import Commitment

if TYPE_CHECKING:
    import sqlite3

SHOWN = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonLine:
    """A person with how many commitments they spoke."""

    id: str
    name: str
    house: str | None
    party: str | None
    post: str | None
    commitments: int
    last_said: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class HeldPost:
    """A government post that the person held."""

    title: str
    department: str | None
    start: str
    end: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class OnePerson:
    """Everything that the page of a person shows."""

    person: PersonLine
    posts: tuple[HeldPost, ...]
    commitments: tuple[Commitment, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnerLine:
    """An owner of commitments with how many there are, by what became of them."""

    owner: str
    total: int
    overdue: int
    open: int
    undated: int
    delivered: int
    late: int
    withdrawn: int
    slipped: int


@dataclass(frozen=True, slots=True, kw_only=True)
class OneOwner:
    """Everything that the page of an owner shows: by status, the first commitments and how many there are."""

    line: OwnerLine
    groups: tuple[tuple[str, tuple[Commitment, ...], int], ...]


PEOPLE = (
    "SELECT p.id, p.name, p.house, p.party, (SELECT title FROM posts t WHERE t.person = p.id ORDER BY t.start DESC"
    " LIMIT 1) AS post, count(DISTINCT s.commitment) AS commitments, max(s.said_on) AS last_said FROM people p"
    " JOIN statements s ON s.person = p.id"
)
OWNERS = (
    "SELECT owner, count(*) AS total, sum(status = 'overdue') AS overdue, sum(status = 'open') AS open,"
    " sum(status = 'undated') AS undated, sum(status = 'delivered') AS delivered,"
    " sum(status = 'delivered late') AS late,"
    " sum(status = 'withdrawn') AS withdrawn, sum(slipped_days > 0) AS slipped FROM commitments"
    " WHERE joined_into IS NULL AND status <> 'rejected'"
)
GROUPS = ("overdue", "open", "undated", "delivered late", "delivered", "withdrawn")


def all_people(connection: sqlite3.Connection) -> list[PersonLine]:
    """Return the people who spoke a commitment, those with the most first."""
    return records(connection, PersonLine, f"{PEOPLE} GROUP BY p.id ORDER BY commitments DESC, p.name LIMIT 500")


def one_person(connection: sqlite3.Connection, identifier: str) -> OnePerson | None:
    """Return a person with their posts and the commitments that they spoke; None where there is nobody."""
    person = first(
        connection,
        PersonLine,
        PEOPLE.replace("JOIN statements", "LEFT JOIN statements") + " WHERE p.id = ? GROUP BY p.id",
        [identifier],
    )
    if person is None:
        return None
    posts = records(
        connection,
        HeldPost,
        'SELECT title, department, start, "end" FROM posts WHERE person = ? ORDER BY start DESC',
        [identifier],
    )
    found = records(
        connection,
        Commitment,
        f"SELECT {COLUMNS} FROM commitments c WHERE c.joined_into IS NULL AND c.status <> 'rejected' AND c.id IN"  # noqa: S608 -- ours
        " (SELECT commitment FROM statements WHERE person = ?) ORDER BY c.last_said DESC, c.number LIMIT ?",
        [identifier, SHOWN],
    )
    return OnePerson(person=person, posts=tuple(posts), commitments=tuple(found))


def all_owners(connection: sqlite3.Connection) -> list[OwnerLine]:
    """Return the owners of commitments, those with the most first."""
    return records(connection, OwnerLine, f"{OWNERS} GROUP BY owner ORDER BY total DESC, owner LIMIT 200")


def one_owner(connection: sqlite3.Connection, owner: str) -> OneOwner | None:
    """Return an owner with its commitments by status; None where it owns none."""
    line = first(connection, OwnerLine, f"{OWNERS} AND owner = ? GROUP BY owner", [owner])
    if line is None:
        return None
    groups = []
    for status in GROUPS:
        found = records(
            connection,
            Commitment,
            f"SELECT {COLUMNS} FROM commitments c WHERE c.owner = ? AND c.status = ? AND c.joined_into IS NULL"  # noqa: S608 -- ours
            " ORDER BY c.last_said DESC, c.number LIMIT ?",
            [owner, status, SHOWN],
        )
        if found:
            totals = {"delivered late": line.late}
            groups.append((status, tuple(found), totals.get(status, getattr(line, status, 0))))
    return OneOwner(line=line, groups=tuple(groups))
