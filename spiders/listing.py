"""A listing that comes in pages: gathered until it is whole, or refused."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Generic, TypeVar

from processing.errors import SourceChanged

if TYPE_CHECKING:
    from collections.abc import Sequence

T = TypeVar("T")
READINGS = 3  # a listing that shifts while it is paged is read anew so many times in all


@dataclass(frozen=True, slots=True, kw_only=True)
class Page(Generic[T]):
    """One page: how many rows the listing has in all, and its own rows with their keys, in order."""

    total: int
    rows: Sequence[tuple[str, T]]


@dataclass(slots=True, kw_only=True)
class Listing(Generic[T]):
    """The rows of a listing by key. `take` is the number of rows asked for with each page."""

    take: int
    rows: dict[str, T] = field(default_factory=dict)
    total: int | None = None
    skip: int = 0
    readings: int = 1

    def add(self, page: Page[T], where: str) -> int | None:
        """Add the next page. Returns how many rows to skip for the page to ask for now; None: the listing is whole.

        Raises SourceChanged where it never comes to stand still.
        """
        is_steady = self.total in (None, page.total)
        self.total = page.total
        self.rows.update(page.rows)
        self.skip += self.take
        has_more = len(page.rows) >= self.take and self.skip < page.total
        if is_steady and has_more:
            return self.skip
        if is_steady and len(self.rows) == page.total:
            return None
        if self.readings == READINGS:
            raise SourceChanged(where, f"the listing gave {len(self.rows)} rows of {page.total} and won't stand still")
        self.rows, self.total, self.skip = {}, None, 0
        self.readings += 1
        return 0
