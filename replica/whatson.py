"""whatson-api.parliament.uk: sitting days to come and recesses, by its Swagger contract."""

from __future__ import annotations

from typing import TYPE_CHECKING

from starlette.routing import Route

from replica.answers import day as day_of
from replica.answers import give_json, is_within, problem, shelf_of

if TYPE_CHECKING:
    from datetime import date

    from starlette.requests import Request
    from starlette.responses import Response

HOST = "whatson-api.parliament.uk"
PREFIX = "queryParameters."


def routes() -> list[Route]:
    """Return the addresses of the host."""
    return [
        Route("/calendar/proceduraldates/{house}/sittingdates.json", sitting_dates),
        Route("/calendar/proceduraldates/{house}/nextsittingdate.json", next_sitting_date),
        Route("/calendar/proceduraldates/{house}/lastsittingdate.json", last_sitting_date),
        Route("/calendar/events/nonsitting.json", non_sitting),
    ]


def sitting_dates(request: Request) -> Response:
    """Answer with the sitting days of a House between two days, past and to come."""
    first, last = day_of(request, "startDate"), day_of(request, "endDate")
    if first is None or last is None:
        return problem(request, 400, "startDate and endDate are required")
    days = [d for d in _days(request) if first <= d <= last]
    return give_json(request, {"SittingDates": [{"Date": f"{d}T00:00:00"} for d in days]})


def next_sitting_date(request: Request) -> Response:
    """Answer with the first sitting day after a day."""
    at = day_of(request, "dateToCheck")
    after = [d for d in _days(request) if at is not None and d > at]
    return give_json(request, f"{after[0]}T00:00:00" if after else None)


def last_sitting_date(request: Request) -> Response:
    """Answer with the last sitting day before a day."""
    at = day_of(request, "dateToCheck")
    before = [d for d in _days(request) if at is not None and d < at]
    return give_json(request, f"{before[-1]}T00:00:00" if before else None)


def non_sitting(request: Request) -> Response:
    """Answer with the recesses of a House that touch a span of days."""
    house = request.query_params.get(f"{PREFIX}house")
    first, last = day_of(request, f"{PREFIX}startDate"), day_of(request, f"{PREFIX}endDate")
    rows = [
        row
        for row in shelf_of(request).recesses
        if house in (None, row["House"])
        and is_within(row["EndDate"], first, None)
        and is_within(row["StartDate"], None, last)
    ]
    return give_json(request, rows)


def _days(request: Request) -> list[date]:
    return list(shelf_of(request).sitting.get(request.path_params["house"].capitalize(), ()))
