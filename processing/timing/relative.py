"""Periods that count from the day they were said: today, weekdays, weeks, months, and durations such as six months."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, timedelta

from processing.timing.clock import CLOCK
from processing.timing.days import one_day
from processing.timing.names import WEEKDAY, WEEKDAY_HEADS, WEEKDAYS
from processing.timing.periods import DAY, Period, add_months, monday, month_end, span
from processing.timing.scene import Scene, Shape, shape
from processing.timing.words import NUMBER, number

WEEK = timedelta(days=7)


def read_today(scene: Scene, found: re.Match[str]) -> Period:
    """Read `today`, `tonight`, `this afternoon`, `tomorrow`, `the day after tomorrow`, `a week today`."""
    said = found["said"]
    later = 1 if "tomorrow" in said else 0
    later += 1 if said.startswith("the day after") else 0
    weeks = {"a week": 1, "one week": 1, "a fortnight": 2, "two weeks": 2, None: 0}[found["weeks"] or None]
    return one_day(scene.spoken_on + timedelta(days=later, weeks=weeks), "TODAY", "relative")


def read_weekday(scene: Scene, found: re.Match[str]) -> Period:
    """Read `Thursday`, `next Tuesday` (of next week), `Wednesday week`, `Monday of next week`, `a week on Friday`."""
    said, weekday = scene.spoken_on, WEEKDAYS[found["weekday"]]
    if found["next"] or found["of"] in {"next week", "of next week", "in next week", "next"}:
        return one_day(monday(said) + WEEK + timedelta(days=weekday), "WEEKDAY", "relative")
    if found["of"] == "after next":
        return one_day(monday(said) + 2 * WEEK + timedelta(days=weekday), "WEEKDAY", "relative")
    ahead = (weekday - said.weekday()) % 7
    if ahead == 0 and not found["this"]:
        ahead = 7
    weeks = int(found["of"] in {"week", "fortnight"}) + int(bool(found["weeks"]))
    weeks += int(found["of"] == "fortnight") + int((found["weeks"] or "").startswith(("a fortnight", "two")))
    return one_day(said + timedelta(days=ahead, weeks=weeks), "WEEKDAY", "relative")


def read_this_time(scene: Scene, found: re.Match[str]) -> Period:
    """Read `this time next year`, `this time next week`: the same day then."""
    said = scene.spoken_on
    months = {"year": 12, "month": 1}.get(found["unit"])
    day = add_months(said, months) if months else said + WEEK
    return one_day(day, "THIS-TIME", "relative")


def read_weekend(scene: Scene, found: re.Match[str]) -> Period:
    """Read `this weekend`, `the weekend`, `next weekend`: Saturday and Sunday."""
    first = monday(scene.spoken_on) + timedelta(days=5) + (WEEK if found["said"] == "next" else timedelta())
    return Period(first=first, last=first + DAY, family="WEEKEND", kind="relative", precision="day", whole=True)


def read_unit(scene: Scene, found: re.Match[str]) -> Period:
    """Read `this week`, `next month`, `the quarter after next`: weeks begin on Monday, quarters as the year does."""
    later = 2 if found["after"] else int((found["said"] or "") in {"next", "the next", "the following"})
    unit, said = found["unit"], scene.spoken_on
    if unit == "week":
        first = monday(said) + later * WEEK
        last = first + 6 * DAY
    else:
        months = {"month": 1, "quarter": 3}[unit]
        running = date(said.year, (said.month - 1) // months * months + 1, 1)
        first, last = span(add_months(running, months * later), months)
    return Period(first=first, last=last, family=unit.upper(), kind="relative", precision=unit, whole=unit == "week")


UNIT_HEADS = ("week", "month", "quarter")
TODAY_HEADS = ("tomorrow", "today", "tonight", "afternoon", "evening")
RELATIVE_SHAPES: tuple[Shape, ...] = (
    shape(r"(?:(?:about|around) )?this time next (?P<unit>year|month|week)\b(?!')", read_this_time, "this time"),
    shape(
        rf"(?:{CLOCK})?(?:(?P<weeks>a week|one week|a fortnight|two weeks)(?: from)? )?"
        r"(?P<said>(?:the day after )?tomorrow|today|tonight|this (?:afternoon|evening))\b(?!')"
        r"(?: (?:morning|afternoon|evening|night|lunchtime))?",
        read_today,
        *TODAY_HEADS,
    ),
    shape(
        rf"(?:{CLOCK})?(?:(?P<weeks>a week|one week|a fortnight|two weeks) (?:on |from |this )?)?"
        rf"(?:(?:(?P<next>next)|(?P<this>this)|this coming|the coming|coming|the following) )?{WEEKDAY}\b(?!')"
        r"(?: (?:morning|afternoon|evening|night|lunchtime))?"
        r"(?: (?P<of>week|fortnight|(?:of |in )?next week|of this week|this week|next)\b)?",
        read_weekday,
        *WEEKDAY_HEADS,
    ),
    # "the next month" is a duration: so many days from now
    shape(
        r"(?P<said>this|next|the current|the following|the next(?= quarter)) (?:parliamentary |sitting |calendar )?"
        r"(?P<unit>week|month|quarter)\b(?!')(?P<after> after next)?",
        read_unit,
        *UNIT_HEADS,
    ),
    shape(r"(?P<said>the) (?P<unit>week|month|quarter)(?P<after> after next)\b", read_unit, *UNIT_HEADS),
    shape(r"(?P<said>this|the|next|this coming|the coming) weekend\b(?!')", read_weekend, "weekend"),
)

INNER_RELATIVE_SHAPES: tuple[Shape, ...] = (
    shape(
        r"(?:(?P<said>the|this) )?(?:working |sitting |parliamentary |calendar )?(?P<unit>week|month|quarter)\b(?!')"
        r"(?P<after>)",
        read_unit,
        *UNIT_HEADS,
        inner=True,
    ),
    shape(
        r"(?P<weeks>)?(?P<said>the (?:working )?day|play|business|the afternoon|the evening)\b(?! (?:after|of)\b)",
        read_today,
        *["day", "play", "business", "afternoon", "evening"],
        inner=True,
    ),
)

_UNIT = r"(?P<unit>hour|day|week|fortnight|month|year|decade)(?P<plural>s?)\b(?:'s?)?"
_MORE = rf"(?:(?: ?(?:to|or|-) ?|, )(?P<more>{NUMBER}))?"
_HALF = r"(?P<half>(?:[- ]and[- ]a[- ]half)?)"
DURATION = re.compile(
    rf"(?:the )?(?:(?P<next>next|coming|following|ensuing|first) )?"
    rf"(?:about |around |approximately |roughly |up to |at most |at the most |no more than |just |only |between |"
    r"a period of |an? (?=[\w-]+[- ](?:hour|day|week|month|year)[- ](?:period|window|time ?frame|timescale))"
    r"|an? (?:further|additional|initial|maximum|full) (?:period of )?|a further |another |the space of )*"
    rf"(?:(?P<count>{NUMBER}){_MORE}(?: and (?P<upper>{NUMBER}))?{_HALF}[- ])?"
    r"(?:(?P<sort>working|business|sitting|school|calendar|full|short|consecutive|whole|clear|weekdays?|more"
    r"|further)[ -])*"
    rf"{_UNIT}(?(next)|(?P<two> or two\b)?)(?P<tail> and a half| or so|[- ](?:period|window|time ?frame|timescale))*"
)


def duration_end(scene: Scene, found: re.Match[str], start: date) -> date | None:
    """Return the last day of a duration found by `DURATION` that starts on `start`; None where it has no length."""
    if found["count"] is None and (not found["next"] or found["plural"]):
        return None
    if found["more"] is None and found["upper"] and "between" not in found[0]:
        return None
    return _after(scene, found, found["more"] or found["upper"] or _two(found) or found["count"] or "one", start)


def _two(found: re.Match[str]) -> str | None:
    """Return the greater number of `a year or two`."""
    return "two" if found["two"] else None


def duration_start(scene: Scene, found: re.Match[str]) -> date | None:
    """Return the first day on which `in six to eight weeks` can be: the last one where only one length is told."""
    return _after(scene, found, found["count"] or "one", scene.spoken_on)


def _after(scene: Scene, found: re.Match[str], told: str, start: date) -> date | None:
    count = number(told)
    if found["half"] or " and a half" in (found["tail"] or ""):
        count += 0.5
    if found["sort"] in {"working", "business", "sitting", "weekday", "weekdays"} and found["unit"] == "day":
        return scene.calendar.add_working_days(start, int(count))
    return add_duration(start, count, found["unit"])


def add_duration(start: date, count: float, unit: str) -> date | None:
    """Return the day that lies so long after; hours round up to days. None where it is beyond what dates can hold."""
    if unit == "hour":
        return start + timedelta(days=-(-int(count) // 24))
    months = {"month": count, "year": 12 * count, "decade": 120 * count}.get(unit)
    if months is None:
        days = count * {"day": 1, "week": 7, "fortnight": 14}[unit]
        return start + timedelta(days=int(days))
    whole = add_months(start, int(months)) if months < 1200 else None  # noqa: PLR2004 - a century
    return whole + timedelta(days=15) if whole and months % 1 else whole


def begun_by(period: Period, spoken_on: date) -> date | None:
    """Return the day by which what starts "from" the period must have started: the end of its first month."""
    if period.begun_by or period.first is None or period.last is None:
        return period.begun_by
    first = max(period.first, spoken_on)
    return min(period.last, month_end(first.year, first.month))


def widened(period: Period, spoken_on: date) -> Period:
    """Return the period with its first day not before the day it was said."""
    if period.first is None or period.first >= spoken_on:
        return period
    return replace(period, first=spoken_on)
