"""The grammar of periods: plain ones, parts of them (early, the end of) and fractions."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

from processing.timing.calendar_shapes import CALENDAR_SHAPES, INNER_CALENDAR_SHAPES
from processing.timing.days import one_day
from processing.timing.named import INNER_SHAPES, NAMED_SHAPES, calendar_year, year_of_sort
from processing.timing.names import GOES_ON, SHORT_YEAR, WEEKDAY, WEEKDAY_HEADS, WEEKDAYS
from processing.timing.parliamentary import unknown
from processing.timing.periods import (
    DOUBTFUL,
    Period,
    add_months,
    doubtful,
    end_of,
    fraction,
    monday,
    month_end,
    part,
    start_of,
)
from processing.timing.relations import Part
from processing.timing.relative import INNER_RELATIVE_SHAPES, RELATIVE_SHAPES, add_duration
from processing.timing.words import NUMBER, ORDINAL, number, ordinal

if TYPE_CHECKING:
    from collections.abc import Callable

    from processing.timing.scene import Scene, Shape

Read = tuple[Period, int]


SHAPES: tuple[Shape, ...] = (
    *NAMED_SHAPES,
    *RELATIVE_SHAPES,
    *CALENDAR_SHAPES,
    *INNER_SHAPES,
    *INNER_RELATIVE_SHAPES,
    *INNER_CALENDAR_SHAPES,
)
"""The tables of periods: of two rows that read as far, the first counts."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Composed:
    """A reader of periods made of others. Whatever it reads holds one of the heads."""

    read: Callable[[Scene, int, int], Read | None]
    heads: tuple[str, ...]


_FRACTION = re.compile(
    rf"(?:the )?(?P<which>{ORDINAL}|latter|back) (?:(?P<count>{NUMBER}) )?(?P<unit>half|quarter|third"
    r"|fortnight|days?|weeks?|months?)"
    r"(?: (?:of|in|during) | )"
)
_NUMBERED = re.compile(
    r"(?:the )?(?:(?P<kind>q|h|quarter |half )(?P<figure>[1-4]|one|two|three|four))\b(?:,? (?:of |in )?|/)?"
)
_NTH_WEEKDAY = re.compile(rf"(?:the )?(?P<which>{ORDINAL}) {WEEKDAY} (?:of|in) ")
_NTH_QUARTER = re.compile(
    r"(?:the )?(?P<figure>first|second|third|fourth|last|final) (?P<kind>quarter|half)\b(?! of)(?! year)"
)
_ENDED = re.compile(
    r"(?:the |this )?(?:(?P<sort>financial |calendar |academic |school )?year(?:'s)?|(?P<month>month's|month)"
    r"|(?P<week>week's))[- ]end\b(?: (?P<year>20\d\d))?"
)
_FIGURE_LAST = re.compile(r"(?P<year>20\d\d) (?P<kind>q|h)(?P<figure>[1-4])\b")
YEAR_TOLD = re.compile(r"20\d\d|year|[/.'-]\d\d\b")


def period_at(scene: Scene, place: int, *, inner: bool = False, depth: int = 0) -> Read | None:
    """Return the longest period whose words begin at that offset, with the offset of their end.

    `inner`: after "the end of" and the like, where "the year" and "term" stand alone. `depth`: how many of such words
    stand in front already; where they are too many nobody says when.
    """
    key = place, inner
    if key not in scene.periods and depth <= _DEEPEST:
        scene.periods[key] = _period_at(scene, place, inner=inner, depth=depth) if place < len(scene.low) else None
    return scene.periods.get(key)


_DEEPEST = 5


def _period_at(scene: Scene, place: int, *, inner: bool, depth: int) -> Read | None:
    near = scene.index.near(place)
    if near is None:
        return None
    best: Read | None = None
    for row in near.shapes:
        found = row.words.match(scene.low, place) if inner or not row.inner else None
        if found is None or (best and found.end() <= best[1]):
            continue
        period = row.read(scene, found)
        if period is not None:
            best = period, found.end()
    for reader in (_part_at, *(row.read for row in near.composed)):
        read = reader(scene, place, depth + 1)
        if read and (best is None or read[1] > best[1]):
            best = read
    return _without_left_over(scene, place, best) if best else None


def _without_left_over(scene: Scene, place: int, read: Read) -> Read:
    """Return what was read; where a number is left over beside it that may have been its year, a doubtful period."""
    number = _NUMBER_BEHIND.match(scene.low, read[1])
    if number is None or read[0].family.partition("-")[0] not in _WANT_YEAR:
        return read
    if YEAR_TOLD.search(scene.low, place, read[1]):
        return read
    counts = read[0].family in {"DAY", "SEASON"} and _SHORT.fullmatch(number[1])
    return (doubtful(), number.end()) if counts or number["left"] else read


_NUMBER_BEHIND = re.compile(rf" (?!1\d\d\d\b)((?P<left>20\d{{3,}}\b|\d+\b{GOES_ON})|\d+\b)")
_SHORT = re.compile(SHORT_YEAR)
_WANT_YEAR = frozenset({"DAY", "MONTH", "SEASON", "QUARTER", "YEAR"})


def _part_at(scene: Scene, place: int, depth: int) -> Read | None:
    """Read `the end of May`, `early 2027`, `mid-March`: the longest words of a part that a period follows."""
    found = scene.index.phrases_at(Part, place)
    for row, end in sorted(found, key=lambda told: -told[1]) if found else ():
        read = period_at(scene, end + 1, inner=True, depth=depth) if scene.low[end : end + 1] in {" ", "-"} else None
        if read is not None and (period := _apply_part(row.id, read[0])):
            return period, read[1]
    return None


def _apply_part(name: str, period: Period) -> Period | None:
    if period.family == DOUBTFUL:
        return period
    if name in {"early", "mid", "late"}:
        if period.family == "NEW-YEAR" and name == "early" and period.first:
            last = month_end(period.first.year, 2)
            return replace(period, last=last, by=None, precision="month", family="NEW-YEAR-EARLY")
        return part(period, name)
    if name == "start":
        return start_of(period)
    if name == "end":
        return end_of(period)
    return replace(period, family=f"{period.family}-{name.upper()}") if name == "later" else period


def _fraction_at(scene: Scene, place: int, depth: int) -> Read | None:
    words = _FRACTION.match(scene.low, place)
    if words is None:
        return None
    read = period_at(scene, words.end(), inner=True, depth=depth)
    if read is None or read[0].first is None or read[0].last is None:
        return None
    which = 2 if words["which"] in {"latter", "back"} else ordinal(words["which"])
    parts = {"half": 2, "third": 3, "quarter": 4}.get(words["unit"])
    period = fraction(read[0], which, parts, words["unit"]) if parts else _some_of(read[0], which, words)
    return (period, read[1]) if period else None


def _some_of(period: Period, which: int, words: re.Match[str]) -> Period | None:
    """Return the first three months, the second week, the last two days of a period."""
    if period.first is None or period.last is None:
        return None
    count, unit = int(number(words["count"] or "one")), words["unit"].rstrip("s")
    if which < 0:
        first, last = _days_before(period.last + timedelta(days=1), count, unit), period.last
    else:
        start = period.first if which == 1 else add_duration(period.first, count * (which - 1), unit)
        end = add_duration(period.first, count * which, unit)
        if start is None or end is None:
            return None
        first, last = start, end - timedelta(days=1)
    if not period.first <= first <= last <= max(period.last, last):
        return None
    precision = {"day": "day", "week": "week", "fortnight": "week"}.get(unit, "month" if count == 1 else "quarter")
    return Period(
        first=first,
        last=last,
        family=f"{period.family}-{unit.upper()}",
        kind=period.kind,
        precision=precision,
        whole=True,
    )


def _days_before(day: date, count: int, unit: str) -> date:
    """Return the day that lies `count` units before the day."""
    if unit == "month":
        return add_months(day, -count)
    return day - timedelta(days=count * {"day": 1, "week": 7, "fortnight": 14}[unit])


def _numbered_at(scene: Scene, place: int, depth: int) -> Read | None:
    """Read `Q1 2026/27`, `the first quarter`, `quarter two of next year`, `2026 Q3`, `H1 2026`."""
    for words in (_NUMBERED, _FIGURE_LAST, _NTH_QUARTER):
        found = words.match(scene.low, place)
        if found is None:
            continue
        parts = 2 if found["kind"].startswith("h") else 4
        if (
            words is _NUMBERED
            and (read := period_at(scene, found.end(), inner=True, depth=depth))
            and _is_year(read[0])
        ):
            period = fraction(read[0], _figure(found["figure"]), parts, "quarter" if parts > 2 else "half")  # noqa: PLR2004
            return (period, read[1]) if period else None
        place_of_end = found.end("figure") if words is _NUMBERED else found.end()
        year = int(found["year"]) if words is _FIGURE_LAST else None
        if words is _NUMBERED and found["kind"] not in {"q", "h"}:
            continue
        return _next_numbered(scene, _figure(found["figure"]), parts, year), place_of_end
    return None


def _is_year(period: Period) -> bool:
    return period.family in {"YEAR", "FINANCIAL-YEAR", "ACADEMIC-YEAR"}


def _figure(word: str) -> int:
    if word.isdecimal():
        return int(word)
    return {"one": 1, "two": 2, "three": 3, "four": 4, "last": -1, "final": -1}.get(word) or ordinal(word)


def _next_numbered(scene: Scene, which: int, parts: int, year: int | None) -> Period:
    years = [year] if year else [scene.spoken_on.year, scene.spoken_on.year + 1]
    name = "quarter" if parts > 2 else "half"  # noqa: PLR2004 - four quarters, two halves
    periods = [fraction(calendar_year(y, "relative"), which, parts, name) for y in years]
    return next((p for p in periods if p and p.last and p.last >= scene.spoken_on), None) or unknown("QUARTER")


def _nth_weekday_at(scene: Scene, place: int, depth: int) -> Read | None:
    """Read `the first Monday in March`, `the last Friday of term`."""
    found = _NTH_WEEKDAY.match(scene.low, place)
    read = period_at(scene, found.end(), inner=True, depth=depth) if found else None
    if found is None or read is None or read[0].first is None or read[0].last is None:
        return None
    weekday, which = WEEKDAYS[found["weekday"]], ordinal(found["which"])
    if which < 0:
        day = read[0].last - timedelta(days=(read[0].last.weekday() - weekday) % 7)
    else:
        day = read[0].first + timedelta(days=(weekday - read[0].first.weekday()) % 7, weeks=which - 1)
    return one_day(day, "WEEKDAY-OF", read[0].kind), read[1]


def _year_end_at(scene: Scene, place: int, _depth: int) -> Read | None:
    """Read `the year end`, `year-end 2026`, `the financial year end`, `the month’s end`."""
    found = _ENDED.match(scene.low, place)
    if found is None:
        return None
    said = scene.spoken_on
    if found["month"]:
        period = Period(
            first=said.replace(day=1),
            last=month_end(said.year, said.month),
            family="MONTH",
            kind="relative",
            precision="month",
        )
    elif found["week"]:
        first = monday(said)
        period = Period(first=first, last=first + timedelta(days=6), family="WEEK", kind="relative", precision="week")
    elif (sort := (found["sort"] or "").strip()) in {"financial", "academic", "school"}:
        running = said.year - (said.month < (4 if sort == "financial" else 9))
        period = year_of_sort(sort, running, running + 1, "calendar")
    else:
        period = calendar_year(int(found["year"] or said.year), "interval" if found["year"] else "relative")
    return end_of(period), found.end()


COMPOSED: tuple[Composed, ...] = (
    Composed(read=_fraction_at, heads=("half", "quarter", "third", "fortnight", "day*", "week*", "month*")),
    Composed(read=_numbered_at, heads=("q1", "q2", "q3", "q4", "h1", "h2", "h3", "h4", "quarter", "half")),
    Composed(read=_nth_weekday_at, heads=WEEKDAY_HEADS),
    Composed(read=_year_end_at, heads=("year", "month", "week")),
)
"""The readers of composed periods but for the parts of one, whose words are phrases."""
