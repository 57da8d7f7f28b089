"""Relations: what by, before, in, from, after, until make of a period. The table that the documentation prints."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from processing.timing.periods import DAY, Period
from processing.timing.relative import begun_by

if TYPE_CHECKING:
    from collections.abc import Callable

Bounds = tuple[date | None, date | None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Relation:
    """A row of the table: the id that ends a rule's id, the words (a regular expression), the two bounds it sets."""

    id: str
    words: re.Pattern[str]
    bounds: Callable[[Period, date], Bounds]
    meaning: str


def _by(period: Period, said: date) -> Bounds:
    return said, period.by or period.last


def _in_time(period: Period, said: date) -> Bounds:
    return said, period.by or period.first


def _before(period: Period, said: date) -> Bounds:
    return said, period.before or (period.first - DAY if period.first else None)


def _in(period: Period, said: date) -> Bounds:
    return (max(period.first, said) if period.first else None), period.last


def _from(period: Period, said: date) -> Bounds:
    return (max(period.first, said) if period.first else None), begun_by(period, said)


def _after(period: Period, said: date) -> Bounds:
    first = period.after or (period.last + DAY if period.last else None)
    return (max(first, said) if first else None), None


def _once(period: Period, said: date) -> Bounds:
    first = period.after if period.family in {"RECESS", "RETURN"} else period.first
    return (max(first, said) if first else None), None


def _not_before(period: Period, said: date) -> Bounds:
    return (max(period.first, said) if period.first else None), None


def _until(period: Period, said: date) -> Bounds:
    return said, (period.by if period.family in {"RECESS", "NEW-YEAR"} else None) or period.last


def _row(name: str, words: str, bounds: Callable[[Period, date], Bounds], meaning: str) -> Relation:
    return Relation(id=name, words=re.compile(rf"(?:{words}) "), bounds=bounds, meaning=meaning)


_SOME = r"(?:(?:at some (?:point|stage)|some ?time|at any (?:point|time)|any time),? )?"
_ABOUT = r"(?: around| about| roughly| approximately)?"

RELATIONS: tuple[Relation, ...] = (
    _row(
        "BY",
        r"(?:by no later than|by not later than|by no earlier than and|by at the latest|by the time of"
        r"|by or before|by|no later than|not later than|on or before"
        r"|at the latest by|at the latest in|latest by|at the latest|"
        r"|between now and|from now until|up to and including)"
        rf"{_ABOUT}(?: the latest)?",
        _by,
        "from the day it was said to the last day of the period (by the middle: to its midpoint)",
    ),
    _row(
        "IN-TIME",
        r"(?:in (?:good )?time for|ready for|in place for|up and running for)",
        _in_time,
        "from the day it was said to the first day of the period",
    ),
    _row(
        "BEFORE",
        rf"{_SOME}(?:(?:well |shortly |just |immediately |right |even )?(?:before|ahead of|prior to"
        r"|in advance of)|this side of|in the run-?(?: )?up to|in the lead-?(?: )?up to|earlier than)"
        r"(?: the arrival of| the advent of)?",
        _before,
        "to the day before the period begins; before the end of a period: to its last day",
    ),
    _row(
        "IN",
        (
            rf"{_SOME}(?:in or around|on or around|on or about|in around|in about"
            r"|in|during|over|across|throughout|for|within|inside|around|about|circa|come|on|at|through"
            r"|as early as|as soon as|as late as|starting in|beginning in|over the course of"
            r"|in the course of|at the time of|in readiness for|either in)"
        ),
        _in,
        "the whole of the period, not before the day it was said",
    ),
    _row(
        "FROM",
        (
            r"(?:as of|as from|with effect from|effective from|starting from|starting on|beginning from|beginning on"
            r"|beginning with|commencing on|commencing from|commencing in|commencing|taking effect from"
            r"|from as early as|from)"
        ),
        _from,
        "begun by the end of the period's first month; from a day: on that day",
    ),
    _row(
        "AFTER",
        (
            rf"{_SOME}(?:(?:shortly |soon |immediately |just |straight |right )?(?:after|following)|beyond"
            r"|the other side of|once|upon the end of|past)"
        ),
        _after,
        "from the day after the period; no latest day",
    ),
    _row(
        "NOT-BEFORE",
        (
            r"(?:not before|no earlier than|not earlier than|no sooner than|not sooner than|not until|not till"
            r"|at the earliest in|at the earliest by|only from|any earlier than|any sooner than)"
        ),
        _not_before,
        "from the first day of the period; no latest day",
    ),
    _row(
        "UNTIL",
        (
            r"(?:until|till|up until|up to|up till|through to|through until|through till|right through to"
            r"|right up to|to|into|lasting until|running until|at least until|until at least|up to at least)"
        ),
        _until,
        "a state that lasts to the last day of the period",
    ),
)
WHEN = Relation(
    id="WHEN",
    words=re.compile(r"(?:when|as soon as|the moment|on|upon) "),
    bounds=_in,
    meaning="the day, or the week that begins with it",
)
ONCE = Relation(
    id="ONCE",
    words=re.compile(r"(?:once|after|following|as soon as|when|upon|on) "),
    bounds=_once,
    meaning="from that day; no latest day",
)
BY_TIME = Relation(
    id="BY",
    words=re.compile(r"(?:by the time(?: that)?|before|until|by|till) "),
    bounds=_by,
    meaning="to that day",
)
NOT_BY = Relation(
    id="NOT-BY", words=re.compile(r"(?!)"), bounds=lambda _period, _said: (None, None), meaning="no day: not by then"
)
BARE = Relation(id="IN", words=re.compile(r""), bounds=_in, meaning="the whole of the period")


def relation_named(name: str) -> Relation:
    """Return the row of the table with that id."""
    return next(row for row in RELATIONS if row.id == name)


AT_LATEST = re.compile(r",? at the (?:very |absolute )?latest\b")
AT_EARLIEST = re.compile(r",? at the (?:very |absolute )?(?:earliest|soonest)\b")
ONWARDS = re.compile(r",? (?:onwards?|on)\b(?! (?:the|a|to|which|our|this)\b)")
