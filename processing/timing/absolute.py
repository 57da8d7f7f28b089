"""Days and durations as figures, read by dateparser on spans that the grammar has located.

Two profiles: NAMED gives the last day of a named month, PLAIN reads days and durations. Never `search_dates`. A core is
accepted only where what comes back is what the grammar saw: dateparser moves days that don't exist.
"""

from __future__ import annotations

from datetime import UTC, date, datetime
from functools import lru_cache

from processing.timing.words import MONTH_NAMES

_BASE: dict[str, str | bool] = {"PREFER_DATES_FROM": "future", "DATE_ORDER": "DMY"}
PLAIN = _BASE
NAMED = _BASE | {"PREFER_DAY_OF_MONTH": "last", "PREFER_MONTH_OF_YEAR": "last"}


@lru_cache(maxsize=4096)
def named_day(day: int, month: int, year: int) -> date | None:
    """Return the day, or None where the month has no such day."""
    read = _parse(f"{day} {MONTH_NAMES[month - 1]} {year}", named=False, spoken_on=date(year, month, 1))
    return read if (read.day, read.month, read.year) == (day, month, year) else None


@lru_cache(maxsize=4096)
def named_month(year: int, month: int) -> date:
    """Return the last day of a month."""
    return _parse(f"{MONTH_NAMES[month - 1]} {year}", named=True, spoken_on=date(year, month, 1))


@lru_cache(maxsize=4096)
def after_duration(count: int, unit: str, spoken_on: date) -> date:
    """Return the day `count` days, weeks, months or years after the day; clamped to the month's last day."""
    return _parse(f"in {count} {unit}s", named=False, spoken_on=spoken_on)


def _parse(core: str, *, named: bool, spoken_on: date) -> date:
    from dateparser.date import DateDataParser  # noqa: PLC0415 - a slow import that most texts don't need

    base = datetime(spoken_on.year, spoken_on.month, spoken_on.day, tzinfo=UTC).replace(tzinfo=None)
    settings = {**(NAMED if named else PLAIN), "RELATIVE_BASE": base}
    read = DateDataParser(languages=["en"], settings=settings).get_date_data(core).date_obj
    return read.date() if read else date.min
