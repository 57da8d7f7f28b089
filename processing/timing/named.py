"""Periods named by month, season, quarter or year, and how the year that they don't name is found."""

from __future__ import annotations

import re
from datetime import date

from processing.timing.days import DAY_SHAPES
from processing.timing.names import (
    FIGURE_HEADS,
    GOES_ON,
    MARKED_YEAR,
    MONTH,
    MONTH_HEADS,
    MONTHS,
    OF_ANY_YEAR,
    OF_YEAR,
    SEASONS,
    SHORT_YEAR,
    SPLIT,
    YEAR,
    YEAR_HEADS,
    next_month,
    whole_year,
    year_of,
)
from processing.timing.periods import DAY, Period, add_months, doubtful, month_end, span
from processing.timing.scene import Scene, Shape, shape
from processing.timing.words import MONTH_NAMES

_THIS = r"(?:(?P<next>next|the next)|(?P<this>this coming|this|the coming|the current|coming|the following)|the)"


def read_month(scene: Scene, found: re.Match[str]) -> Period | None:
    """Read `September 2026`, `March of next year`, `next April`, `April`: the next one not yet over."""
    written = scene.has_capital(found.start("month"))
    dated = bool(found["year"] or found["which"] or found["split"])
    if not dated and (not written or found["month"] not in MONTH_NAMES):
        return None
    month, year = MONTHS[found["month"]], year_of(scene, found)
    if (split := found["split"]) and year:
        if not split.startswith(("20", "'")):
            return doubtful()  # "April 26/27": two days, or a year
        year += month < MONTHS["april"]
    kind = "interval" if found["year"] or found["split"] else "relative"
    return _month(next_month(scene, month, begun=not found["next"]) if year is None else (year, month), kind)


def _month(year_and_month: tuple[int, int], kind: str) -> Period:
    last = month_end(*year_and_month)
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
    return calendar_year(whole_year(found["year"]), "interval")


def calendar_year(year: int, kind: str) -> Period:
    """Return a calendar year."""
    return Period(first=date(year, 1, 1), last=date(year, 12, 31), family="YEAR", kind=kind, precision="year")


def read_split_year(scene: Scene, found: re.Match[str]) -> Period | None:
    """Read `2026-27` and `26/27` (a financial year), `2026-29` (several), `the academic year 2026/27`."""
    sort = (found["before"] or "") + (found["after"] or "")
    first, last = whole_year(found["from"]), int(found["to"])
    last += 0 if last >= 100 else first // 100 * 100  # noqa: PLR2004 - two figures: of the same century
    if len(found["from"]) < len("2026") and not sort:
        is_pair = found["sep"] == "/" and last == first + 1 and _GOES_ON.match(scene.low, found.end())
        if not is_pair and not _QUARTER_OF.search(scene.low, 0, found.start()):
            return None  # "24/7", "aged 25-30", "in 26/27 of the cases"
    if not 1 <= last - first <= 9:  # noqa: PLR2004 - more is no run of years
        return None
    return year_of_sort(sort, first, last, "interval")


_GOES_ON = re.compile(GOES_ON)
_QUARTER_OF = re.compile(r"\b(?:[qh][1-4]|quarter|half)(?: \w+)?(?:,? (?:of |in )?|/)$")


def read_short_financial_year(scene: Scene, found: re.Match[str]) -> Period:
    """Read `FY27`: the financial year that ends in the year named."""
    del scene
    last = whole_year(found["to"])
    return financial_year(last - 1, last, "interval")


def year_of_sort(sort: str, first: int, last: int, kind: str) -> Period:
    """Return the years of that sort from the one that begins in `first` to the one that ends in `last`."""
    if "academic" in sort or "school" in sort:
        return school_year(first, last, kind)
    return tax_year(first, last, kind) if "tax" in sort else financial_year(first, last, kind)


def financial_year(first: int, last: int, kind: str) -> Period:
    """Return the financial years from 1 April of `first` to 31 March of `last`."""
    start, end = date(first, 4, 1), date(last, 3, 31)
    return Period(first=start, last=end, family="FINANCIAL-YEAR", kind=kind, precision="year")


def tax_year(first: int, last: int, kind: str) -> Period:
    """Return the tax years from 6 April of `first` to 5 April of `last`."""
    start, end = date(first, 4, 6), date(last, 4, 5)
    return Period(first=start, last=end, family="TAX-YEAR", kind=kind, precision="year")


def school_year(first: int, last: int, kind: str) -> Period:
    """Return the academic years from 1 September of `first` to 31 August of `last`."""
    start, end = date(first, 9, 1), date(last, 8, 31)
    return Period(first=start, last=end, family="ACADEMIC-YEAR", kind=kind, precision="year")


def read_year_words(scene: Scene, found: re.Match[str]) -> Period:
    """Read `this year`, `next year`, `the next financial year`, `this academic year`, `the year after next`."""
    said, sort = found["said"], (found["sort"] or "").strip()
    begins = _BEGINS.get(sort, (1, 1))
    running = scene.spoken_on.year - (scene.spoken_on < date(scene.spoken_on.year, *begins))
    later = 2 if found["after"] else int(said.startswith(("next", "the next", "the following", "the coming")))
    if "new" in said or said in {"coming", "this coming"}:
        later = int(add_months(date(running, *begins), 1) <= scene.spoken_on)
    if begins == (1, 1):
        return calendar_year(running + later, "relative")
    return year_of_sort(sort, running + later, running + later + 1, "calendar")


_BEGINS = {"financial": (4, 1), "fiscal": (4, 1), "tax": (4, 6), "academic": (9, 1), "school": (9, 1)}


def read_new_year(scene: Scene, found: re.Match[str]) -> Period:
    """Read `the new year`: January to March; by, until and after it its first day; early in it January and February."""
    year = scene.spoken_on.year + (scene.spoken_on.month > MONTHS["march"])
    year = whole_year(found["year"]) if found["year"] else year
    day = date(year, 1, 1)
    if day < scene.spoken_on and not found["year"]:
        day = date(year + 1, 1, 1)
    return Period(
        first=date(year, 1, 1),
        last=month_end(year, 3),
        family="NEW-YEAR",
        kind="relative",
        precision="quarter",
        by=day,
        after=day + DAY,
    )


def read_decade(scene: Scene, found: re.Match[str]) -> Period:
    """Read `the decade`, `this decade`, `the 2030s`; `the next decade` is a duration."""
    start = int(found["years"][:4]) if found["years"] else scene.spoken_on.year // 10 * 10
    return Period(
        first=date(start, 1, 1), last=date(start + 9, 12, 31), family="DECADE", kind="relative", precision="year"
    )


_NO_NOUN = (
    r"(?! (?:terms?|statement|forecast|budget|recess|holidays?|half[- ]term|conference|adjournment|spending|break"
    r"|schools?|camps?|solstice|bank|fuel|olympics|games|house|fair)\b)"
)
_SORTS = "financial|fiscal|academic|school|tax|budget"
_SORT = r"(?P<sort>calendar |financial |fiscal |tax |academic |school |budget )"

NAMED_SHAPES: tuple[Shape, ...] = (
    *DAY_SHAPES,
    shape(rf"(?:the month of )?(?:{_THIS} )?{MONTH}{OF_YEAR}", read_month, *MONTH_HEADS),
    shape(rf"{MONTH}-'?(?P<year>20\d\d|{SHORT_YEAR})\b(?P<split>)(?P<which>)(?P<next>)", read_month, *MONTH_HEADS),
    shape(
        rf"(?:{_THIS} )?(?P<season>spring|summer|autumn|winter)\b(?!'){_NO_NOUN}{OF_ANY_YEAR}", read_season, *SEASONS
    ),
    # "in the 2026 report": the year names the report
    shape(
        rf"(?:the (?!{YEAR} [a-z]))?(?:calendar )?(?:year )?(?P<year>{YEAR}|{MARKED_YEAR})"
        r"(?! (?:act|census|parliament)\b)",
        read_year,
        *YEAR_HEADS,
    ),
    shape(
        rf"(?:the (?!{SPLIT} (?!(?:{_SORTS}) )[a-z]))?(?P<before>(?:{_SORTS}) year |fy ?)?"
        rf"(?P<from>20\d\d) ?(?P<sep>[-/]|(?<= )to ) ?(?P<to>20\d\d|\d\d)\b(?![-/]\d)(?P<after> (?:{_SORTS}) year)?",
        read_split_year,
        "20*",
        "fy*",
    ),
    shape(
        rf"(?:the )?(?P<before>(?:{_SORTS}) year '?|fy ?'?|')?(?P<from>{SHORT_YEAR})(?P<sep>[-/])"
        rf"(?:'(?=[23]))?(?P<to>\d\d)\b(?![-/]\d)(?P<after> (?:{_SORTS}) year)?",
        read_split_year,
        *FIGURE_HEADS,
        "'2*",
        "'3*",
    ),
    shape(rf"(?:the )?fy ?'?(?P<to>20\d\d|{SHORT_YEAR})\b(?![-/]\d)", read_short_financial_year, "fy*"),
    shape(
        r"(?P<said>this|next|the current|the present|this coming|this current|the following|the new(?= [afst])"
        r"|the coming(?= [afst])) "
        rf"{_SORT}?year\b(?!')(?P<after> after next)?",
        read_year_words,
        "year",
    ),
    shape(
        r"(?P<said>the next|the forthcoming|the coming|the upcoming|the) "
        r"(?P<sort>calendar |financial |fiscal |tax |academic |school )year\b(?!')(?P<after> after next)?",
        read_year_words,
        "year",
    ),
    shape(r"(?P<said>the)(?P<sort>) year(?P<after> after next)", read_year_words, "year"),
    shape(r"(?:the |a )?new year\b(?!')(?: of)?(?: (?P<year>20\d\d))?", read_new_year, "new year"),
    shape(r"(?:(?:this|the|the current) decade|the (?P<years>20\d0)s)\b", read_decade, "decade", "20*"),
)

INNER_SHAPES: tuple[Shape, ...] = (
    shape(r"(?P<said>the|this) (?P<sort>calendar )?year\b(?!')(?P<after>)", read_year_words, "year", inner=True),
    shape(
        r"(?P<said>)(?P<sort>calendar |financial |fiscal |tax |academic |school )?year\b(?!')(?P<after>)",
        read_year_words,
        "year",
        inner=True,
    ),
    shape(r"(?:the )?(?:decade\b|(?P<years>20\d0)s\b)", read_decade, "decade", "20*", inner=True),
    shape(r"20\d{3,}\b", lambda _scene, _found: doubtful(), "20*", inner=True),
)
"""Periods that stand alone only after "the end of", "early in" and the like."""
