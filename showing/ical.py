"""Knows how to write due dates as a calendar (RFC 5545) that Outlook, Google and Apple take."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from icalendar import Calendar, Event

from showing.wording import interval

if TYPE_CHECKING:
    from collections.abc import Sequence

PRODUCT = "-//Followthrough//Register of commitments//EN"
REFRESH = "PT12H"


@dataclass(frozen=True, slots=True, kw_only=True)
class DueDate:
    """The deadline of a commitment: both days are inclusive, `earliest` may be open.

    `precision` is how exact the words are: `day`, or a longer period, of which `latest` is only the last day.
    `sequence` rises with each move of the date, so that calendars replace the old entry.
    """

    id: str
    promise: str
    owner: str
    status: str
    earliest: date | None
    latest: date
    precision: str | None
    words: str | None
    sequence: int
    link: str


def calendar(name: str, dates: Sequence[DueDate], stamp: datetime) -> bytes:
    """Write a calendar with one all-day entry a deadline, on its last day. `stamp` is the register's own instant."""
    made = Calendar()
    made.add("prodid", PRODUCT)
    made.add("version", "2.0")
    made.add("method", "PUBLISH")
    made.add("name", name)
    made.add("x-wr-calname", name)
    made.add("refresh-interval", timedelta(hours=12), parameters={"VALUE": "DURATION"})
    made.add("x-published-ttl", REFRESH)
    for due in dates:
        made.add_component(_event(due, stamp))
    return bytes(made.to_ical())


def _event(due: DueDate, stamp: datetime) -> Event:
    is_exact = due.precision == "day"
    made = Event()
    made.add("uid", f"{due.id}@followthrough")
    made.add("sequence", due.sequence)
    made.add("dtstamp", stamp)
    made.add("dtstart", due.latest)
    made.add("dtend", due.latest + timedelta(days=1))
    made.add("summary", _summary(due, is_exact=is_exact))
    made.add("description", _description(due, is_exact=is_exact))
    made.add("url", due.link)
    made.add("categories", ["Followthrough", due.owner])
    made.add("status", "CONFIRMED" if is_exact else "TENTATIVE")
    # a promise of somebody else's does not make the reader busy
    made.add("transp", "TRANSPARENT")
    return made


def _summary(due: DueDate, *, is_exact: bool) -> str:
    state = "Overdue: " if due.status == "overdue" else "" if is_exact else "About: "
    return f"{state}{due.promise} ({due.owner}, {due.id})"


def _description(due: DueDate, *, is_exact: bool) -> str:
    lines = [f"{due.owner}: {interval(due.earliest, due.latest)}."]
    if due.words:
        lines.append(f"In the words “{due.words}”.")
    if not is_exact:
        lines.append("No exact day was given: this is the last day of the period.")
    return "\n".join([*lines, f"Status: {due.status}.", due.link])
