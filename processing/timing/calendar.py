"""The calendar that timing needs: Parliaments, Sessions, recesses, fiscal events, elections, Bills (`calendar.yml`)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

from processing.errors import BadInput

SHIPPED = Path(__file__).with_name("calendar.yml")
_SATURDAY = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Parliament:
    """A Parliament from its first meeting to its dissolution; `last_poll` is the last day for the election after."""

    name: str
    first_met: date
    ends: date
    last_poll: date
    checked: bool
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Session:
    """A Session from State Opening to prorogation; `ends` None: not known yet."""

    name: str
    begins: date
    ends: date | None = None
    checked: bool
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Recess:
    """A recess of one House: the last sitting day before it and the first after it."""

    house: str
    name: str
    rises: date
    returns: date | None = None
    checked: bool
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Occasion:
    """A day of note, such as a Budget, a King's Speech or local elections."""

    kind: str
    day: date
    checked: bool
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SpendingReview:
    """The years that a Spending Review pays for; it is "the" Spending Review from `from_day` on."""

    name: str
    from_day: date
    first: date
    last: date
    checked: bool
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Bill:
    """A Bill with what is known of its stages; `assumed`: what "Royal Assent" means where no Bill is named."""

    names: tuple[str, ...]
    introduced: date
    royal_assent: date | None = None
    report_stage: date | None = None
    assumed: bool = False
    checked: bool
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Calendar:
    """All that timing needs to know of days; plain data. `version` changes whenever the data changes."""

    version: str
    parliaments: tuple[Parliament, ...]
    sessions: tuple[Session, ...]
    recesses: tuple[Recess, ...]
    occasions: tuple[Occasion, ...]
    spending_reviews: tuple[SpendingReview, ...]
    bills: tuple[Bill, ...]
    bank_holidays: frozenset[date]

    def add_working_days(self, day: date, count: int) -> date:
        """Return the day `count` working days of England and Wales after the day."""
        while count > 0:
            day += timedelta(days=1)
            if day.weekday() < _SATURDAY and day not in self.bank_holidays:
                count -= 1
        return day

    def recess(self, house: str, name: str | None, spoken_on: date) -> Recess | None:
        """Return the next recess of that House that isn't over; any recess that is still to begin where no name."""
        return next(
            (
                recess
                for recess in self.recesses
                if recess.house == house
                and (recess.name == name or (name is None and recess.rises >= spoken_on))
                and (recess.returns or recess.rises) > spoken_on - timedelta(days=1)
            ),
            None,
        )

    def occasion(self, kind: str, spoken_on: date) -> date | None:
        """Return the next day of that kind on or after the day; local elections follow from the law."""
        days = [occasion.day for occasion in self.occasions if occasion.kind == kind and occasion.day >= spoken_on]
        if days or kind != "local elections":
            return min(days, default=None)
        this_year = _first_thursday_in_may(spoken_on.year)
        return this_year if this_year >= spoken_on else _first_thursday_in_may(spoken_on.year + 1)


def _first_thursday_in_may(year: int) -> date:
    return next(date(year, 5, day) for day in range(1, 8) if date(year, 5, day).weekday() == 3)  # noqa: PLR2004 - Thursday


@lru_cache(maxsize=1)
def load_calendar() -> Calendar:
    """Return the shipped calendar. Raises BadInput where the file isn't what this version of the program knows."""
    try:
        return _calendar(yaml.safe_load(SHIPPED.read_text(encoding="utf-8")))
    except (KeyError, TypeError, yaml.YAMLError) as error:
        raise BadInput(f"{SHIPPED.name}: not a calendar that this version can read: {error}") from error


def _calendar(told: dict[str, Any]) -> Calendar:
    return Calendar(
        version=told["version"],
        parliaments=tuple(Parliament(**row) for row in told["parliaments"]),
        sessions=tuple(Session(**row) for row in told["sessions"]),
        recesses=tuple(sorted((Recess(**row) for row in told["recesses"]), key=lambda recess: recess.rises)),
        occasions=tuple(Occasion(**row) for row in told["occasions"]),
        spending_reviews=tuple(SpendingReview(**row) for row in told["spending_reviews"]),
        bills=tuple(Bill(**{**row, "names": tuple(row["names"])}) for row in told["bills"]),
        bank_holidays=_bank_holidays(),
    )


def _bank_holidays() -> frozenset[date]:
    from govuk_bank_holidays.bank_holidays import BankHolidays  # noqa: PLC0415 - only the shipped calendar needs it

    holidays = BankHolidays(use_cached_holidays=True)
    return frozenset(holiday["date"] for holiday in holidays.get_holidays(division=BankHolidays.ENGLAND_AND_WALES))
