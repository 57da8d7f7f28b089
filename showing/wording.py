"""Knows how dates, intervals, ages and numbers are written for a reader, in plain British English."""

from __future__ import annotations

import re
from datetime import date

WEEK = 7
MONTH = 30.44
TWO_MONTHS = 61
TWO_YEARS = 730
ISO_DAY = re.compile(r"\b[0-9]{4}-[0-9]{2}-[0-9]{2}\b")
# the precisions of a deadline that are periods, of which only the last day makes it late
PERIODS = {
    "week": "week",
    "fortnight": "fortnight",
    "month": "month",
    "quarter": "quarter",
    "season": "season",
    "half": "half-year",
    "term": "term",
    "year": "year",
}


def _day(value: date | str) -> date:
    """Return the day of a date, or of an ISO date or instant."""
    return value if isinstance(value, date) else date.fromisoformat(value[:10])


def day(told: date | str | None) -> str:
    """Write a date, or an ISO date or instant, as `16 June 2025`; nothing for None."""
    if not told:
        return ""
    value = _day(told)
    return f"{value.day} {value:%B} {value.year}"


def short_day(told: date | str | None) -> str:
    """Write a date, or an ISO date, as `16 Jun 2025`."""
    if not told:
        return ""
    value = _day(told)
    return f"{value.day} {value:%b} {value.year}"


def weekday(text: str) -> str:
    """Write an ISO date as `Thursday 20 November`."""
    value = date.fromisoformat(text[:10])
    return f"{value:%A} {value.day} {value:%B}"


def month(text: str) -> str:
    """Write `2025-11` or an ISO date as `November 2025`."""
    return f"{date.fromisoformat(text[:7] + '-01'):%B %Y}"


def instant(text: str | None) -> str:
    """Write an ISO instant as `24 November 2025, 06:40 UTC`."""
    if not text:
        return ""
    return f"{day(text)}, {text[11:16]} UTC" if len(text) > len("2025-11-24") else day(text)


def short_instant(text: str | None) -> str:
    """Write an ISO instant for a table: `24 Nov 2025, 06:40 UTC`."""
    if not text:
        return ""
    return f"{short_day(text)}, {text[11:16]} UTC" if len(text) > len("2025-11-24") else short_day(text)


def scope(text: str) -> str:
    """Write what a source was asked for, such as `tabled 2025-12-08`, with its dates as people write them."""

    def written(found: re.Match[str]) -> str:
        # an address may hold numbers that only look like a day
        try:
            return day(found[0])
        except ValueError:
            return found[0]

    return initial(ISO_DAY.sub(written, text))


def interval(earliest: date | str | None, latest: date | str | None) -> str:
    """Write a deadline's interval: `by 31 May 2026`, `on 1 January 2026`, `1 June to 31 August 2026`."""
    if latest is None:
        return f"not before {day(earliest)}" if earliest else ""
    if earliest is None:
        return f"by {day(latest)}"
    first, last = _day(earliest), _day(latest)
    if first == last:
        return f"on {day(last)}"
    if first.year == last.year:
        return f"{first.day} {first:%B} to {day(latest)}"
    return f"{day(earliest)} to {day(latest)}"


def deadline(earliest: date | str | None, latest: date | str | None, said: date | str) -> str:
    """Write a deadline for a list: an interval that starts on the day it was said (`said`) is `by` its last day."""
    starts_then = latest and earliest and _day(earliest) <= _day(said) and _day(earliest) != _day(latest)
    return interval(None if starts_then else earliest, latest)


def plural(number: int, one: str, many: str | None = None) -> str:
    """Write a number with its noun: `1 day`, `1,200 days`."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def span(days: int) -> str:
    """Write a number of days as people say it: `5 days`, `3 weeks`, `8 months` (to the nearest), `2 years` (full)."""
    if days < 2 * WEEK:
        return plural(days, "day")
    if days < TWO_MONTHS:
        return plural(days // WEEK, "week")
    if days < TWO_YEARS:
        return plural(round(days / MONTH), "month")
    return plural(days // 365, "year")


def age(told: date | str, today: date) -> str:
    """Write how long ago a date was: `today`, `8 months ago`; `in 3 weeks` for one to come."""
    days = (today - _day(told)).days
    if days == 0:
        return "today"
    return f"{span(days)} ago" if days > 0 else f"in {span(-days)}"


def initial(text: str) -> str:
    """Write a text with a capital at its beginning; the rest stays as it is."""
    return text[:1].upper() + text[1:]


def marked(title: str, *, is_sample: bool) -> str:
    """Return the title of what leaves the site; of the sample world it says first that all of it is invented."""
    return f"[Sample world, all invented] {title}" if is_sample else title
