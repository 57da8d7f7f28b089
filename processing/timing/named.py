"""Periods named by day, month, season, quarter or year, and how the year that they don't name is found."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from itertools import islice
from typing import TYPE_CHECKING

from processing.timing.absolute import named_day, named_month
from processing.timing.periods import Period, add_months, month_end, span
from processing.timing.scene import Scene, Shape, shape
from processing.timing.words import MONTH_NAMES

if TYPE_CHECKING:
    import re

MONTHS = {name: index for index, name in enumerate(MONTH_NAMES, start=1)}
MONTHS |= {name[:3]: index for name, index in list(MONTHS.items())} | {"sept": 9}
MONTH = (
    rf"(?P<month>(?:{'|'.join(MONTH_NAMES)}|jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov"
    rf"|dec)\b)(?:(?<![a-z]{{5}})\.(?= ?\d))?(?!')"
)
WEEKDAYS = {
    name: index
    for index, name in enumerate(["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"])
}
WEEKDAY = rf"(?P<weekday>{'|'.join(WEEKDAYS)})"
SEASONS = {"spring": 3, "summer": 6, "autumn": 9, "winter": 12}
YEAR = r"20\d\d(?![-/]\d|,\d|\.\d)\b"
SPLIT = r"20\d\d ?[-/] ?(?:20)?\d\d\b(?![-/]\d)"
_YEAR_WORDS = (
    r"(?:this|next|the coming|the following|the current|the new) (?:calendar )?year|the year after next|the year"
)
OF_YEAR = rf"(?:,? (?:of |in )?(?:(?P<year>{YEAR})|(?P<split>{SPLIT})|(?P<which>{_YEAR_WORDS})\b))?"
CLOCK = (
    r"(?:(?:one minute past )?midnight|(?:first|last) thing(?: in the morning)?|midday|noon"
    r"|(?:the )?close of (?:play|business)|(?:the )?end of play"
    r"|\d{1,2}(?:[.:]\d\d)? ?(?:am|pm|a\.m\.?|p\.m\.?))(?: on| of)? "
)
_THIS = r"(?:(?P<next>next|the next)|(?P<this>this coming|this|the coming|the current|coming|the following)|the)"


def year_of(scene: Scene, found: re.Match[str]) -> int | None:
    """Return the year that `OF_YEAR` named, None where it named none."""
    if found["year"]:
        return int(found["year"])
    if found["split"]:
        return int(found["split"][:4])
    words = found["which"]
    if not words:
        return None
    later = 2 if "after next" in words else int(words.startswith(("next", "the following", "the coming", "the new")))
    return scene.spoken_on.year + later


def read_day(scene: Scene, found: re.Match[str]) -> Period | None:
    """Read `31 March 2026`, `Monday 12 January`, `1st September`, `March 31, 2026`."""
    number, month = int(found["day"]), MONTHS[found["month"]]
    named = year_of(scene, found)
    years = [named] if named else [scene.spoken_on.year + later for later in range(9)]
    coming = (day for year in years if (day := named_day(number, month, year)) and (named or day >= scene.spoken_on))
    weekday = WEEKDAYS.get(found["weekday"] or "")
    days = list(islice(coming, 1 if weekday is None else 2))
    agreeing = [day for day in days if weekday in (None, day.weekday())]
    if not days:
        return None
    return one_day((agreeing or days)[0], "DAY", "date")


def one_day(day: date, family: str, kind: str) -> Period:
    """Return a period of one day."""
    return Period(first=day, last=day, family=family, kind=kind, precision="day", whole=True)


def read_figures(scene: Scene, found: re.Match[str]) -> Period | None:
    """Read `2026-03-31` and `31/03/2026` (day first)."""
    del scene
    year, month, day = (int(found[name]) for name in ("y", "m", "d"))
    read = named_day(day, month, year) if 1 <= month <= len(MONTH_NAMES) else None
    return None if read is None else one_day(read, "DAY", "date")


def read_day_of_month(scene: Scene, found: re.Match[str]) -> Period | None:
    """Read `the 31st` and `the 31st of next month`: the next such day."""
    start = scene.spoken_on.replace(day=1)
    if found["of"]:
        months = [add_months(start, int("next" in found["of"]))]
    else:
        months = [add_months(start, later) for later in range(3)]
    for month in months:
        day = named_day(int(found["day"]), month.month, month.year)
        if day and day >= scene.spoken_on:
            return one_day(day, "DAY", "relative")
    return None


def read_day_range(scene: Scene, found: re.Match[str]) -> Period | None:
    """Read `8 and 19 September`, `3 to 14 November 2025`: both days of the one month named."""
    last = read_day(scene, found)
    if last is None or last.last is None or not int(found["from"]) < int(found["day"]):
        return None
    first = named_day(int(found["from"]), last.last.month, last.last.year)
    return replace(last, first=first, family="DAYS")


def read_week_of(scene: Scene, found: re.Match[str]) -> Period | None:
    """Read `the week commencing 12 January 2026`, `the week of 12 January`, `the week ending 16 January`."""
    day = read_day(scene, found)
    if day is None or day.first is None:
        return None
    first = day.first - timedelta(days=6) if found["ending"] else day.first
    return replace(day, first=first, last=first + timedelta(days=6), family="WEEK-OF", precision="week")


def read_month(scene: Scene, found: re.Match[str]) -> Period | None:
    """Read `September 2026`, `March of next year`, `next April`, `April`: the next one not yet over."""
    written = scene.has_capital(found.start("month"))
    dated = bool(found["year"] or found["which"] or found["split"])
    if not dated and (not written or found["month"] not in MONTH_NAMES):
        return None
    month, year = MONTHS[found["month"]], year_of(scene, found)
    if found["split"] and year and month < MONTHS["april"]:
        year += 1
    kind = "interval" if found["year"] or found["split"] else "relative"
    return _month(next_month(scene.spoken_on, month, begun=not found["next"]) if year is None else (year, month), kind)


def next_month(spoken_on: date, month: int, *, begun: bool) -> tuple[int, int]:
    """Return year and month of the next such month: with `begun`, the running one counts."""
    later = month < spoken_on.month or (month == spoken_on.month and not begun)
    return spoken_on.year + later, month


def _month(year_and_month: tuple[int, int], kind: str) -> Period:
    last = named_month(*year_and_month)
    return Period(first=last.replace(day=1), last=last, family="MONTH", kind=kind, precision="month")


def read_season(scene: Scene, found: re.Match[str]) -> Period:
    """Read `spring 2026`, `the summer of 2026`, `winter 2026-27`, `spring next year`, `this autumn`, `the autumn`."""
    month, year = SEASONS[found["season"]], year_of(scene, found)
    if year is None:
        year = _season_year(scene.spoken_on, month, begun=not found["next"])
    elif found["split"] and month < SEASONS["summer"]:
        year += 1
    first, last = span(date(year, month, 1), 3)
    kind = "interval" if found["year"] or found["split"] else "relative"
    return Period(first=first, last=last, family="SEASON", kind=kind, precision="season")


def _season_year(spoken_on: date, month: int, *, begun: bool) -> int:
    for year in (spoken_on.year - 1, spoken_on.year):
        first, last = span(date(year, month, 1), 3)
        if last >= spoken_on and (begun or first > spoken_on):
            return year
    return spoken_on.year + 1


def read_year(scene: Scene, found: re.Match[str]) -> Period:
    """Read `2027` and `the calendar year 2027`."""
    del scene
    return calendar_year(int(found["year"]), "interval")


def calendar_year(year: int, kind: str) -> Period:
    """Return a calendar year."""
    return Period(first=date(year, 1, 1), last=date(year, 12, 31), family="YEAR", kind=kind, precision="year")


def read_split_year(scene: Scene, found: re.Match[str]) -> Period | None:
    """Read `2026-27` (a financial year), `2026-29` (several), `the academic year 2026/27`."""
    del scene
    first, last = int(found["from"]), int(found["to"])
    last += 0 if last >= 100 else first // 100 * 100  # noqa: PLR2004 - two figures: of the same century
    if not 1 <= last - first <= 9:  # noqa: PLR2004 - more is no run of years
        return None
    words = f"{found['before'] or ''}{found['after'] or ''}"
    if "academic" in words or "school" in words:
        return school_year(first, last, "interval")
    return financial_year(first, last, "interval")


def financial_year(first: int, last: int, kind: str) -> Period:
    """Return the financial years from 1 April of `first` to 31 March of `last`."""
    start, end = date(first, 4, 1), date(last, 3, 31)
    return Period(first=start, last=end, family="FINANCIAL-YEAR", kind=kind, precision="year")


def school_year(first: int, last: int, kind: str) -> Period:
    """Return the academic years from 1 September of `first` to 31 August of `last`."""
    start, end = date(first, 9, 1), date(last, 8, 31)
    return Period(first=start, last=end, family="ACADEMIC-YEAR", kind=kind, precision="year")


def read_year_words(scene: Scene, found: re.Match[str]) -> Period:
    """Read `this year`, `next year`, `the next financial year`, `this academic year`, `the year after next`."""
    said, sort = found["said"], found["sort"] or ""
    begins = {"financial": 4, "fiscal": 4, "tax": 4, "academic": 9, "school": 9}.get(sort.strip(), 1)
    running = scene.spoken_on.year - (scene.spoken_on.month < begins)
    later = 2 if found["after"] else int(said.startswith(("next", "the next", "the following", "the coming")))
    if "new" in said or said in {"coming", "this coming"}:
        later = int(add_months(date(running, begins, 1), 1) <= scene.spoken_on)
    kind = "relative" if begins == 1 else "calendar"
    if begins == 1:
        return calendar_year(running + later, kind)
    make = financial_year if begins == MONTHS["april"] else school_year
    return make(running + later, running + later + 1, kind)


def read_new_year(scene: Scene, found: re.Match[str]) -> Period:
    """Read `the new year`: January to March, early in it January and February."""
    year = scene.spoken_on.year + (scene.spoken_on.month > MONTHS["march"])
    year = int(found["year"]) if found["year"] else year
    return Period(
        first=date(year, 1, 1), last=month_end(year, 3), family="NEW-YEAR", kind="relative", precision="quarter"
    )


def read_decade(scene: Scene, found: re.Match[str]) -> Period:
    """Read `the decade`, `this decade`, `the 2030s`; `the next decade` is a duration."""
    start = int(found["years"][:4]) if found["years"] else scene.spoken_on.year // 10 * 10
    return Period(
        first=date(start, 1, 1), last=date(start + 9, 12, 31), family="DECADE", kind="relative", precision="year"
    )


_DAY_NUMBER = r"(?P<day>[1-9]|[12]\d|3[01])(?:st|nd|rd|th)?"
_DAY_MONTH = rf"(?:{WEEKDAY},? (?:the )?)?(?:the )?{_DAY_NUMBER} (?:of )?{MONTH}{OF_YEAR}"
_NO_NOUN = (
    r"(?! (?:terms?|statement|forecast|budget|recess|holidays?|half[- ]term|conference|adjournment|spending|break"
    r"|schools?|camps?|solstice|bank|fuel|olympics|games|house|fair)\b)"
)
_SORT = r"(?P<sort>calendar |financial |fiscal |tax |academic |school |budget )"

NAMED_SHAPES: tuple[Shape, ...] = (
    shape(rf"(?:{CLOCK})?{_DAY_MONTH}", read_day, "0123456789mtwfsnceot"),
    shape(
        r"(?P<from>[1-9]|[12]\d|3[01])(?:st|nd|rd|th)?(?: and | to "
        rf"|-)(?P<weekday>)?{_DAY_NUMBER} (?:of )?{MONTH}{OF_YEAR}",
        read_day_range,
        "0123456789",
    ),
    shape(
        rf"(?:{CLOCK})?(?:{WEEKDAY},? )?{MONTH} (?:the )?{_DAY_NUMBER}(?![\d:./%-])\b{OF_YEAR}",
        read_day,
        "jfmasondtwce0123456789",
    ),
    shape(r"(?P<y>20\d\d)-(?P<m>\d\d)-(?P<d>\d\d)\b", read_figures, "2"),
    shape(r"(?P<d>\d{1,2})[/.](?P<m>\d{1,2})[/.](?P<y>20\d\d)\b", read_figures, "0123456789"),
    shape(
        r"the (?P<day>\d{1,2})(?:st|nd|rd|th)\b(?P<of> of (?:this|the|next) month)?"
        r"(?=[,.;:)]|$| (?:of (?:this|the|next) month|at the latest|and we|with|so|to)\b)",
        read_day_of_month,
        "t",
    ),
    shape(
        rf"(?:the )?(?:week|w/c|w/b)(?:[ -](?:commencing|beginning|starting|of|from|(?P<ending>ending)))?"
        rf"(?: on)? {_DAY_MONTH}",
        read_week_of,
        "tw",
    ),
    shape(rf"(?:the month of )?(?:{_THIS} )?{MONTH}{OF_YEAR}", read_month, "tnjfmasondc"),
    shape(rf"(?:{_THIS} )?(?P<season>spring|summer|autumn|winter)\b(?!'){_NO_NOUN}{OF_YEAR}", read_season, "tnswac"),
    # "in the 2026 report": the year names the report
    shape(
        rf"(?:the (?!{YEAR} [a-z]))?(?:calendar )?(?:year )?(?P<year>{YEAR})(?! (?:act|census|parliament)\b)",
        read_year,
        "tcy2",
    ),
    shape(
        rf"(?:the (?!{SPLIT} (?!(?:financial|fiscal|academic|school|tax|budget) )[a-z]))?"
        r"(?P<before>(?:financial|fiscal|academic|school|tax|budget) year |fy ?)?"
        r"(?P<from>20\d\d) ?(?:[-/]| to ) ?(?P<to>20\d\d|\d\d)\b(?![-/]\d)"
        r"(?P<after> (?:financial|fiscal|academic|school|tax|budget) year)?",
        read_split_year,
        "tfas2b",
    ),
    shape(
        r"(?P<said>this|next|the current|the present|this coming|this current|the following|the new(?= [afst])"
        r"|the coming(?= [afst])) "
        rf"{_SORT}?year\b(?!')(?P<after> after next)?",
        read_year_words,
        "tn",
    ),
    shape(
        r"(?P<said>the next|the forthcoming|the coming|the upcoming|the) "
        r"(?P<sort>calendar |financial |fiscal |tax |academic |school )year\b(?!')(?P<after> after next)?",
        read_year_words,
        "t",
    ),
    shape(r"(?P<said>the)(?P<sort>) year(?P<after> after next)", read_year_words, "t"),
    shape(r"(?:the |a )?new year\b(?!')(?: of)?(?: (?P<year>20\d\d))?", read_new_year, "tna"),
    shape(r"(?:(?:this|the|the current) decade|the (?P<years>20\d0)s)\b", read_decade, "tn"),
)

INNER_SHAPES: tuple[Shape, ...] = (
    shape(r"(?P<said>the|this) (?P<sort>calendar )?year\b(?!')(?P<after>)", read_year_words, "t"),
    shape(
        r"(?P<said>)(?P<sort>calendar |financial |fiscal |tax |academic |school )?year\b(?!')(?P<after>)",
        read_year_words,
        "cftasy",
    ),
    shape(r"(?:the )?(?P<said>)decade\b(?P<years>)", read_decade, "td"),
)
"""Periods that stand alone only after "the end of", "early in" and the like."""
