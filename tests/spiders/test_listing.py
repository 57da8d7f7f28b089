"""A listing in pages comes whole, or is refused; never quietly short."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from processing.errors import SourceChanged
from spiders.listing import Listing, Page


def paged(listing: Listing[int], rows: list[list[int]]) -> list[int]:
    """Page through a listing that holds `rows[n]` at the n-th question, until it says that it is whole."""
    skip: int | None = 0
    for asked in range(1000):
        now = rows[min(asked, len(rows) - 1)]
        skip = listing.add(
            Page(total=len(now), rows=[(str(row), row) for row in now[skip : (skip or 0) + listing.take]]), "u"
        )
        if skip is None:
            return list(listing.rows.values())
    raise AssertionError("it never came to an end")


@given(st.sets(st.integers(), max_size=60), st.integers(1, 20))
def test_a_listing_that_stands_still_comes_whole(rows: set[int], take: int) -> None:
    assert sorted(paged(Listing(take=take), [sorted(rows)])) == sorted(rows)


@given(st.integers(1, 40), st.integers(1, 10), st.integers(1, 3))
def test_rows_that_come_in_at_the_top_while_paging_are_not_lost(count: int, take: int, when: int) -> None:
    before, after = list(range(count)), [-1, *range(count)]
    assert sorted(paged(Listing(take=take), [before] * when + [after])) in (sorted(before), sorted(after))


def test_a_listing_that_shifts_for_ever_is_refused() -> None:
    listing: Listing[int] = Listing(take=2)
    shifting = [list(range(n)) for n in range(3, 60)]
    with pytest.raises(SourceChanged, match="won't stand still"):
        paged(listing, shifting)


def test_a_total_that_is_not_reached_is_refused() -> None:
    listing: Listing[int] = Listing(take=10)
    page = Page(total=5, rows=[("1", 1), ("2", 2)])
    assert listing.add(page, "u") == 0
    assert listing.add(page, "u") == 0
    with pytest.raises(SourceChanged, match="gave 2 rows of 5"):
        listing.add(page, "u")
