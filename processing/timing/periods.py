"""Periods of time: what a named or relative stretch of days is, and its parts (early, mid, late, halves, quarters)."""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass, replace
from datetime import date, timedelta

from dateutil.easter import easter
from dateutil.relativedelta import relativedelta

DAY = timedelta(days=1)
DOUBTFUL = "DOUBTFUL"


@dataclass(frozen=True, slots=True, kw_only=True)
class Period:
    """A stretch of days, both ends inclusive; an end that nobody can know yet is None.

    `family` begins the id of the rule. `by` is the day that "by" means where it isn't the last, `before` the day
    that "before" means where it isn't the day before the first, `after` the day that "after" means where it isn't
    the day after the last. `whole` periods aren't divided by early, mid and late.
    """

    first: date | None
    last: date | None
    family: str
    kind: str
    precision: str
    by: date | None = None
    before: date | None = None
    after: date | None = None
    begun_by: date | None = None
    whole: bool = False


def doubtful() -> Period:
    """Return a period whose words contradict each other or what days there are: they are kept, and give no date."""
    return Period(first=None, last=None, family=DOUBTFUL, kind="date", precision="none", whole=True)


def day_of(number: int, month: int, year: int) -> date | None:
    """Return the day, or None where there is no such day or month."""
    try:
        return date(year, month, number)
    except ValueError:
        return None


def month_end(year: int, month: int) -> date:
    """Return the last day of a month."""
    return date(year, month, monthrange(year, month)[1])


def add_months(day: date, count: int) -> date:
    """Return the same day number `count` months later, or the last day of that month where it has no such day."""
    return day + relativedelta(months=count)


def easter_sunday(year: int) -> date:
    """Return Easter Sunday of the western churches."""
    return easter(year)


def monday(day: date) -> date:
    """Return the Monday of the week that the day lies in."""
    return day - timedelta(days=day.weekday())


def span(first: date, count: int) -> tuple[date, date]:
    """Return the first and last day of `count` months that begin with `first`, the first day of a month."""
    return first, add_months(first, count) - DAY


def part(period: Period, name: str) -> Period:
    """Return the early, mid or late third of a period: months of a year or season, ten days of a month."""
    if period.whole or period.first is None or period.last is None:
        return replace(period, whole=True)
    first, last = _third(period.first, period.last, ("early", "mid", "late").index(name))
    middle = _midpoint(period.first, period.last) if name == "mid" else None
    return replace(
        period,
        first=first,
        last=last,
        by=middle,
        before=None,
        begun_by=None,
        after=None,
        family=f"{period.family}-{name.upper()}",
        kind="interval" if period.precision == "month" and period.kind == "relative" else period.kind,
        precision=_part_precision(period.precision),
    )


def _third(first: date, last: date, index: int) -> tuple[date, date]:
    length = _months(first, last)
    if length == 1:
        return (first.replace(day=(1, 11, 21)[index]), (first.replace(day=10), first.replace(day=20), last)[index])
    if length and length % 3 == 0:
        return span(add_months(first, index * length // 3), length // 3)
    days = (last - first).days + 1
    return first + timedelta(days=days * index // 3), first + timedelta(days=days * (index + 1) // 3 - 1)


def _midpoint(first: date, last: date) -> date:
    length = _months(first, last)
    if length and length % 2 == 0:
        return add_months(first, length // 2) - DAY
    if length:
        return add_months(first, length // 2) + timedelta(days=14)
    return first + timedelta(days=(last - first).days // 2)


def _months(first: date, last: date) -> int:
    """Return how many whole months the period has, 0 where it isn't made of whole months."""
    if first.day != 1 or (last + DAY).day != 1:
        return 0
    return (last.year - first.year) * 12 + last.month - first.month + 1


def _part_precision(precision: str) -> str:
    return {"month": "week", "season": "month", "quarter": "month", "term": "month"}.get(precision, "season")


def fraction(period: Period, which: int, of: int, name: str) -> Period | None:
    """Return the `which`-th (from 1; -1 the last) of `of` equal parts, such as the second half of a year."""
    if period.first is None or period.last is None:
        return None
    index = of - 1 if which < 0 else which - 1
    if not 0 <= index < of:
        return None
    length = _months(period.first, period.last)
    if length and length % of == 0:
        first, last = span(add_months(period.first, index * length // of), length // of)
    elif length == 1 and of == 2:  # noqa: PLR2004 - the halves of a month are 1-15 and 16-end
        first, last = ((period.first, period.first.replace(day=15)), (period.first.replace(day=16), period.last))[index]
    else:
        days = (period.last - period.first).days + 1
        first = period.first + timedelta(days=days * index // of)
        last = period.first + timedelta(days=days * (index + 1) // of - 1)
    precision = {"half": "half", "quarter": "quarter"}.get(name, "season")
    return Period(
        first=first, last=last, family=f"{period.family}-{name.upper()}", kind=period.kind, precision=precision
    )


def start_of(period: Period) -> Period | None:
    """Return the first day of a period as a period of one day."""
    if period.first is None:
        return None
    return _edge(period, period.by if period.family == "RECESS" and period.by else period.first, "START")


def end_of(period: Period) -> Period:
    """Return the last day of a period as a period of one day; before it means by it."""
    edge = _edge(period, period.last, "END")
    return replace(edge, before=period.last, precision=period.precision)


def middle_of(period: Period) -> Period:
    """Return the middle third; by it means by the midpoint."""
    return part(period, "mid")


def _edge(period: Period, day: date | None, name: str) -> Period:
    return Period(
        first=day,
        last=day,
        family=f"{period.family}-{name}",
        kind=period.kind,
        precision="day",
        whole=True,
        after=None if day is None else day + DAY,
    )
