"""Hansard's keyword search: for filling in years gone by, where a sweep of every day would take long.

It finds the first item of a speech only, so it is a supplement of the sweep. Every parameter needs its prefix: without
it Hansard ignores the parameter and answers 200.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from processing.errors import SourceChanged
from processing.language.terms import spellings
from processing.strict_json import Reader
from spiders.listing import Page

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from processing.language.terms import Vocabulary

API = "https://hansard-api.parliament.uk/search/contributions"
TAKE = 100  # more was seen to be answered with 500


@dataclass(frozen=True, slots=True, kw_only=True)
class Window:
    """What one search asks: a phrase, spoken in a House from `first` to `last`, both inclusive."""

    phrase: str
    house: str
    first: date
    last: date

    def url(self, skip: int) -> str:
        """Return the address of a page. The order is given, or pages would shift."""
        asked = {
            "searchTerm": f'"{self.phrase}"',
            "startDate": self.first,
            "endDate": self.last,
            "house": self.house,
            "orderBy": "SittingDateAsc",
            "skip": skip,
            "take": TAKE,
        }
        return f"{API}/Spoken.json?{urlencode({f'queryParameters.{key}': value for key, value in asked.items()})}"

    def halves(self) -> tuple[Window, Window] | None:
        """Return the two halves of a window; None for one day, which is not to be halved."""
        days = (self.last - self.first).days
        if days == 0:
            return None
        middle = self.first + timedelta(days=days // 2)
        return (
            Window(phrase=self.phrase, house=self.house, first=self.first, last=middle),
            Window(phrase=self.phrase, house=self.house, first=middle + timedelta(days=1), last=self.last),
        )


def phrases(vocabulary: Vocabulary) -> list[str]:
    """Return every phrase to search for, in each of its spellings: a hyphen makes another search."""
    forms = (form for term in vocabulary.terms for phrase in term.phrases for form in spellings(phrase))
    return list(dict.fromkeys(forms))


def months(days: Sequence[date]) -> Iterator[tuple[date, date]]:
    """Yield the first and last of the days in each of their months."""
    for year, month in sorted({(day.year, day.month) for day in days}):
        within = [day for day in days if (day.year, day.month) == (year, month)]
        yield within[0], within[-1]


def found(body: bytes, url: str, window: Window) -> Page[str]:
    """Return the debates (external ids) of the contributions on a page, by the contribution's item id.

    Raises SourceChanged for a row outside the window: a parameter was ignored.
    """
    page = Reader.from_bytes(body, url)
    rows = []
    for row in page.items("Results"):
        day, house = row.day("SittingDate"), row.text("House")
        if house != window.house or not window.first <= day <= window.last:
            raise SourceChanged(url, f"{house} {day} lies outside what was asked for")
        rows.append((str(row.number("ItemId")), row.text("DebateSectionExtId")))
    return Page(total=page.number("TotalResultCount"), rows=rows)
