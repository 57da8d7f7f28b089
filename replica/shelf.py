"""All that the hosts have to give on one day, in the shapes of the upstream APIs."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

Json = dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class DaySection:
    """A section of a sitting day: its House, day, name (`Debate`, `WestHall`), place, and its tree items in order."""

    house: str
    day: date
    name: str
    place: str
    volume: int
    last_updated: str
    tree: Sequence[Json]


@dataclass(frozen=True, slots=True, kw_only=True)
class ShelfPage:
    """One GOV.UK address: the Content API's answer and its status; `is_listed` says whether search shows it."""

    content: Json
    status: int = 200
    is_listed: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class File:
    """A file of the assets host."""

    body: bytes
    media_type: str
    last_modified: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Shelf:
    """What is served on one day.

    `debates` by external id in lower case; `questions` and `statements` are values as details give them; `posts` are
    Biography answers by member id; `bodies` the bytes of committee documents by (publication, document); `pages` by
    base path; `files` by path on the assets host; `sitting` the days of each House; `recesses` rows of whatson.
    `are_rows_cut` says that listings cut texts as upstream does (recorded rows are cut already).
    """

    sections: Sequence[DaySection] = ()
    debates: Mapping[str, Json] = field(default_factory=dict)
    divisions: Mapping[str, Sequence[Json]] = field(default_factory=dict)
    sitting: Mapping[str, Sequence[date]] = field(default_factory=dict)
    shown: Mapping[str, Sequence[date]] = field(default_factory=dict)
    recesses: Sequence[Json] = ()
    questions: Sequence[Json] = ()
    statements: Sequence[Json] = ()
    members: Sequence[Json] = ()
    posts: Mapping[int, Json] = field(default_factory=dict)
    answering_bodies: Sequence[Json] = ()
    committees: Sequence[Json] = ()
    publications: Sequence[Json] = ()
    bodies: Mapping[tuple[int, int], bytes] = field(default_factory=dict)
    pages: Mapping[str, ShelfPage] = field(default_factory=dict)
    files: Mapping[str, File] = field(default_factory=dict)
    are_rows_cut: bool = True


class Stock(Protocol):
    """Where a shelf is filled from: the sample world, or a folder of recorded answers."""

    def shelf(self, as_of: date) -> Shelf:
        """Return what the hosts serve on a day."""
        ...
