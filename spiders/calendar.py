"""Sitting days and recesses of both Houses, from Hansard's calendar (past) and What's On (past and to come).

Contracts: https://hansard-api.parliament.uk and https://whatson-api.parliament.uk (Swagger).
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import parse_qs, urlencode, urlsplit

from processing.errors import SourceChanged
from processing.records import HOUSES, Recess, SittingDay
from processing.strict_json import Reader, parse_json, parse_list
from spiders.base import Range, SourceSpider

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from scrapy import Request
    from scrapy.http import Response

    from processing.records import Record
    from spiders.base import Scope

HANSARD = "https://hansard-api.parliament.uk/overview/calendar.json"
WHATSON = "https://whatson-api.parliament.uk/calendar"
SITTING = re.compile(re.escape(WHATSON) + r"/proceduraldates/(Commons|Lords)/sittingdates\.json\?")
NOT_SITTING = f"{WHATSON}/events/nonsitting.json"


def read(body: bytes, url: str) -> Iterator[Record]:
    """Yield the sitting days or recesses of an answer. Raises SourceChanged for days outside what was asked for."""
    asked = {key: values[0] for key, values in parse_qs(urlsplit(url).query).items()}
    if url.startswith(f"{HANSARD}?"):
        yield from _hansard(body, url, asked)
    elif found := SITTING.match(url):
        yield from _sitting(body, url, asked, found[1])
    elif url.startswith(f"{NOT_SITTING}?"):
        yield from _recesses(body, url, asked)
    else:
        raise SourceChanged(url, "no URL of a calendar that we know")


def _hansard(body: bytes, url: str, asked: dict[str, str]) -> Iterator[SittingDay]:
    for entry in parse_list(body, url):
        house, day = entry.text("House"), entry.day("ItemDate")
        if (house, f"{day.year}", f"{day.month}") != (asked["house"], asked["year"], asked["month"]):
            raise SourceChanged(url, f"{house} {day} lies outside what was asked for")
        entry.done(ignore=frozenset(("Metadata",)))
        yield SittingDay(house=house, day=day)


def _sitting(body: bytes, url: str, asked: dict[str, str], house: str) -> Iterator[SittingDay]:
    # the contract has the list in an object; a bare list is taken as well
    value = parse_json(body, url)
    entries = parse_list(body, url) if isinstance(value, list) else Reader(value, url).maybe_items("SittingDates")
    for entry in entries:
        day = entry.day("Date")
        if not asked["startDate"] <= day.isoformat() <= asked["endDate"]:
            raise SourceChanged(url, f"{day} lies outside what was asked for")
        entry.done()
        yield SittingDay(house=house, day=day)


def _recesses(body: bytes, url: str, asked: dict[str, str]) -> Iterator[Recess]:
    house, first, last = (asked[f"queryParameters.{key}"] for key in ("house", "startDate", "endDate"))
    for entry in parse_list(body, url):
        whose, start = entry.maybe_text("House") or house, entry.day("StartDate")
        end = entry.maybe_day("EndDate") or start
        if whose != house or end.isoformat() < first or start.isoformat() > last:
            raise SourceChanged(url, f"{whose} {start} to {end} lies outside what was asked for")
        names = [entry.maybe_text(key) for key in ("Description", "SummarisedDetails", "Type", "Category")]
        entry.done(ignore=frozenset(("Id", "StartTime", "EndTime", "SortOrder", "Location", "CategoryCode")))
        yield Recess(house=house, name=next(filter(None, names), "not sitting"), start=start, end=end)


def probes(day: date) -> Iterator[str]:
    """Yield one question to each calendar."""
    yield f"{HANSARD}?{urlencode({'year': day.year, 'month': day.month, 'house': 'Commons'})}"
    yield f"{WHATSON}/proceduraldates/Lords/sittingdates.json?{_year(day.year)}"
    yield f"{NOT_SITTING}?{_year(day.year, 'Commons')}"


class Calendar(SourceSpider):
    """Asks for the days of the months looked at, and for this and the next year."""

    name = "calendar"
    title = "Parliamentary calendar"
    licence = "Open Parliament Licence v3.0"
    attribution = "Contains Parliamentary information licensed under the Open Parliament Licence v3.0."
    home = "https://whatson.parliament.uk"
    expects = Range(lowest=0, highest=0)  # days are no documents
    turn = 0  # what Parliament sat on tells an empty day from a missed one
    read = staticmethod(read)
    probes = staticmethod(probes)

    def first_requests(self) -> Iterator[Request]:
        for house in HOUSES:
            months = sorted({(day.year, day.month) for day in self.days()})
            urls = [f"{HANSARD}?{urlencode({'year': y, 'month': m, 'house': house})}" for y, m in months]
            yield from self._days(f"{house} sittings in Hansard", house, urls)
            years = range(self.since.year, self.until.year + 2)
            # whole years, so that the address is the same every week and an unchanged answer costs nothing
            urls = [f"{WHATSON}/proceduraldates/{house}/sittingdates.json?{_year(year)}" for year in years]
            yield from self._days(f"{house} sittings", house, urls)
            urls = [f"{NOT_SITTING}?{_year(year, house)}" for year in years]
            yield from self._days(f"{house} recesses", house, urls)

    def _days(self, name: str, house: str, urls: list[str]) -> list[Request]:
        scope = self.scope(name, house=house)
        return [request for url in urls for request in self.ask_listing(url, self._read_days, scope)]

    def _read_days(self, response: Response, scope: Scope) -> Iterator[Record]:
        for record in read(response.body, response.url):
            scope.listed += 1
            yield record


def _year(year: int, house: str | None = None) -> str:
    """Return the query for a year; with a House in the form of the list of events, which wants a prefix."""
    bounds = {"startDate": f"{year}-01-01", "endDate": f"{year}-12-31"}
    if house is None:
        return urlencode(bounds)
    return urlencode({f"queryParameters.{key}": value for key, value in {"house": house, **bounds}.items()})
