"""Days named by number, in every order and form in which British texts write them, and runs of such days.

A day that doesn't exist, or whose parts contradict each other, is `doubtful`: its words are kept, without a date.
"""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from processing.timing.clock import CLOCK
from processing.timing.names import (
    FIGURE_HEADS,
    GOES_ON,
    MONTH,
    MONTH_HEADS,
    MONTHS,
    OF_ANY_YEAR,
    OF_YEAR,
    SHORT_YEAR,
    WEEKDAY_OF_DATE,
    weekday_of,
    whole_year,
    year_of,
)
from processing.timing.periods import DAY, Period, add_months, day_of, doubtful, month_end
from processing.timing.scene import Shape, shape
from processing.timing.words import DAY_WORDS

if TYPE_CHECKING:
    from processing.timing.scene import Scene


def one_day(day: date, family: str, kind: str) -> Period:
    """Return a period of one day."""
    return Period(first=day, last=day, family=family, kind=kind, precision="day", whole=True)


def read_day(scene: Scene, found: re.Match[str]) -> Period | None:
    """Read `31 March 2026`, `Monday 12 January`, `the fourth of July`, `31 March ’26`, `30-Sep-26`."""
    named = year_of(scene, found)
    if found["month"] in {"may", "march"} and not named and not scene.has_capital(found.start("month")):
        return None  # "clause 12 may be" holds no day
    if found["split"]:
        return doubtful()
    number, month, said = _number(found["day"]), MONTHS[found["month"]], scene.spoken_on
    years = [named] if named else [said.year + later for later in (-1, 0, 1, 2)]
    days = [day for year in years if (day := day_of(number, month, year))]
    if named is None:
        days = _coming(days, said, is_weekday_told=found["weekday"] is not None)
    agreeing = [day for day in days if not found["weekday"] or day.weekday() == weekday_of(found["weekday"])]
    return one_day(agreeing[0], "DAY", "date") if agreeing else doubtful()


def _coming(days: list[date], said: date, *, is_weekday_told: bool) -> list[date]:
    """Return the days that may be meant, likeliest first: the next; with a weekday also that after it, and the last."""
    if not is_weekday_told:
        return [day for day in days if said <= day <= add_months(said, 12)]
    last = [day for day in days if add_months(said, -12) <= day < said]
    return [day for day in days if said <= day <= add_months(said, 24)] + last


def _number(told: str) -> int:
    return int(told) if told.isdecimal() else DAY_WORDS[told.replace(" ", "-")]


def read_month_day(scene: Scene, found: re.Match[str]) -> Period | None:
    """Read `March 31`, `September 30th`, `March 1st, 2026`; `March 27` may be a day, or March 2027."""
    named = found["year"] or found["split"] or found["which"]
    if named or found["weekday"] or found["the"] or found["nth"] or _ON.search(scene.low, 0, found.start()):
        return read_day(scene, found)
    if int(found["day"]) > _MOST_DAYS:
        return None  # "By March 45 officers" holds no day
    goes_on = _GOES_ON.match(scene.low, found.end()) is not None
    is_year = re.fullmatch(SHORT_YEAR, found["day"]) is not None
    if _IN.search(scene.low, 0, found.start()):
        return _month(found) if is_year and goes_on else None
    year = whole_year(found["day"]) if is_year else 0
    is_near = 0 <= year - scene.spoken_on.year <= _NEAR_YEARS
    return read_day(scene, found) if goes_on and not is_near else doubtful()


_MOST_DAYS = 31
_NEAR_YEARS = 3  # two figures behind a month may be a year where it lies so near, else they are a day
_IN = re.compile(r"\b(?:in|during|throughout|across) $")
_ON = re.compile(r"\bon (?:or (?:around|about|before) )?$")
_GOES_ON = re.compile(GOES_ON)


def _month(found: re.Match[str]) -> Period:
    first = date(whole_year(found["day"]), MONTHS[found["month"]], 1)
    last = month_end(first.year, first.month)
    return Period(first=first, last=last, family="MONTH", kind="interval", precision="month")


def read_figures(scene: Scene, found: re.Match[str]) -> Period | None:
    """Read `2026-03-31`, `31/03/2026`, `1.10.26` (day first)."""
    year, month, day = whole_year(found["y"]), int(found["m"]), int(found["d"])
    if found["sep"] == "." and len(found["y"]) < len("2026") and not _BEFORE_DAY.search(scene.low, 0, found.start()):
        return None  # "recommendation 3.4.26", "set out in 3.4.26"
    read = day_of(day, month, year)
    return doubtful() if read is None else one_day(read, "DAY", "date")


_BEFORE_DAY = re.compile(
    r"\b(?:by|on|before|from|until|till|than|after|following|since|commencing|beginning|w/[cbe]) $"
)


def read_day_of_month(scene: Scene, found: re.Match[str]) -> Period | None:
    """Read `the 31st`, `Friday the 20th`, `the 31st of next month`: the next such day."""
    start, number = scene.spoken_on.replace(day=1), int(found["day"])
    laters = [int("next" in found["of"])] if found["of"] else range(3)
    months = [add_months(start, later) for later in laters]
    days = [day for month in months if (day := day_of(number, month.month, month.year))]
    day = next((day for day in days if day >= scene.spoken_on), None)
    if day is None and days:
        return None  # "the 1st of this month" is over
    if day is None or (found["weekday"] and day.weekday() != weekday_of(found["weekday"])):
        return doubtful()
    return one_day(day, "DAY", "relative")


def read_day_range(scene: Scene, found: re.Match[str]) -> Period | None:
    """Read `8 and 19 September`, `3 to 14 November 2025`: both days of the one month named."""
    last = read_day(scene, found)
    if last is None or last.last is None:
        return last
    first = day_of(int(found["from"]), last.last.month, last.last.year)
    return replace(last, first=first, family="DAYS") if first and first < last.last else doubtful()


def read_week_of(scene: Scene, found: re.Match[str]) -> Period | None:
    """Read `the week commencing 12 January 2026`, `w/c 5/10/26`, `the week ending 16 January`."""
    day = read_figures(scene, found) if "y" in found.re.groupindex else read_day(scene, found)
    if day is None or day.first is None:
        return day
    first = day.first - 6 * DAY if found["ending"] else day.first
    return replace(day, first=first, last=first + 6 * DAY, family="WEEK-OF", precision="week")


_WORDS = "|".join(sorted((word.replace("-", "[- ]") for word in DAY_WORDS), key=len, reverse=True))
_NTH = r"(?:(?:st|nd|rd|th)\.?)"
_DAY_MONTH = (
    rf"(?:{WEEKDAY_OF_DATE},? (?:the )?)?(?:the )?"
    rf"(?P<day>\d{{1,2}}|(?:{_WORDS})(?= (?:day )?of )){_NTH}? (?:day of |of )?{MONTH}{OF_ANY_YEAR}"
)
_WEEK_OF = (
    r"(?:the )?(?:(?P<ending>week[ -]ending|w/e)|week[ -](?:commencing|beginning|starting|of|from)|w/[cb])(?: on)? "
)
_FIGURES = rf"(?P<d>\d{{1,2}})(?P<sep>[/.-])(?P<m>\d{{1,2}})(?P=sep)(?P<y>20\d\d|{SHORT_YEAR})\b(?![-/]?\d|[.,]\d)"
_NO_YEAR = r"(?P<split>)(?P<which>)(?P<weekday>)"

NTH_HEADS = tuple(f"*{figure}{letters}" for figure in range(10) for letters in ("st", "nd", "rd", "th"))
DAY_SHAPES: tuple[Shape, ...] = (
    shape(rf"(?:{CLOCK})?{_DAY_MONTH}", read_day, *MONTH_HEADS),
    shape(
        rf"(?P<day>\d{{1,2}}){_NTH}?[-/.]{MONTH}[-/.](?P<year>20\d\d|{SHORT_YEAR})\b{_NO_YEAR}", read_day, *MONTH_HEADS
    ),
    shape(
        rf"(?P<from>\d{{1,2}}){_NTH}?(?: and | to |-| - )(?P<weekday>)?(?P<day>\d{{1,2}}){_NTH}?"
        rf" (?:of )?{MONTH}{OF_ANY_YEAR}",
        read_day_range,
        *MONTH_HEADS,
    ),
    shape(
        rf"(?:{CLOCK})?(?:{WEEKDAY_OF_DATE},? )?{MONTH},? (?P<the>the )?(?P<day>\d{{1,2}}|(?<=the )(?:{_WORDS}))"
        rf"(?P<nth>(?:st|nd|rd|th)\b)?\b(?![:/%-]|[.,]\d){OF_YEAR}",
        read_month_day,
        *MONTH_HEADS,
    ),
    shape(r"(?P<y>20\d\d)(?P<sep>[-/.])(?P<m>\d\d)(?P=sep)(?P<d>\d\d)\b", read_figures, "20*"),
    shape(rf"(?:{CLOCK})?{_FIGURES}", read_figures, *FIGURE_HEADS),
    shape(
        rf"(?:{CLOCK})?(?:{WEEKDAY_OF_DATE},? (?:the )?|the )(?P<day>\d{{1,2}})(?:st|nd|rd|th)\b"
        r"(?P<of> of (?:this|the|next) month)?"
        r"(?=[,.;:)]|$| (?:of (?:this|the|next) month|at the latest|and we|with|so|to|at)\b)",
        read_day_of_month,
        *NTH_HEADS,
    ),
    shape(rf"{_WEEK_OF}{_DAY_MONTH}", read_week_of, "week", "w/c", "w/b", "w/e"),
    shape(rf"{_WEEK_OF}{_FIGURES}", read_week_of, "week", "w/c", "w/b", "w/e"),
)
