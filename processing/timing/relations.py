"""Relations: what by, before, in, from, after, until make of a period. The table that the documentation prints.

Their words, and those of the parts of a period, stand in `relations.yml`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import yaml

from processing.errors import BadInput
from processing.timing.periods import DAY, Period
from processing.timing.phrases import spelled_out
from processing.timing.relative import begun_by

if TYPE_CHECKING:
    from collections.abc import Callable

Bounds = tuple[date | None, date | None]
FILE = Path(__file__).with_name("relations.yml")


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Relation:
    """A row of the table: the id that ends a rule's id, its phrases, the two bounds it sets, what it means.

    `clause`: only in front of a clause with a known day, such as `when the House returns`.
    """

    id: str
    phrases: tuple[str, ...]
    bounds: Callable[[Period, date], Bounds]
    meaning: str
    clause: bool = False


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Part:
    """A row of the table of parts: the id, and the phrases before a period that take that part of it."""

    id: str
    phrases: tuple[str, ...]


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


_BOUNDS: dict[str, Callable[[Period, date], Bounds]] = {
    "BY": _by,
    "IN-TIME": _in_time,
    "BEFORE": _before,
    "IN": _in,
    "FROM": _from,
    "AFTER": _after,
    "NOT-BEFORE": _not_before,
    "UNTIL": _until,
}


@cache
def _told() -> dict[str, Any]:
    told: dict[str, Any] = yaml.safe_load(FILE.read_text(encoding="utf-8"))
    return told


@cache
def relations() -> dict[str, Relation]:
    """Return the relations by their ids. Raises BadInput where the file isn't one that this version can read."""
    try:
        return {
            row["id"]: Relation(
                id=row["id"],
                phrases=tuple(spelled_out(row["phrases"], _told()["lists"])),
                bounds=_BOUNDS[row["id"]],
                meaning=row["meaning"],
            )
            for row in _told()["relations"]
        }
    except (KeyError, TypeError, yaml.YAMLError) as error:
        raise BadInput(f"{FILE.name}: not a table of relations that this version can read: {error}") from error


@cache
def parts() -> tuple[Part, ...]:
    """Return the words that take a part of a period."""
    told = _told()
    return tuple(Part(id=row["id"], phrases=tuple(spelled_out(row["phrases"], told["lists"]))) for row in told["parts"])


def _clause(name: str, phrases: list[str], bounds: Callable[[Period, date], Bounds], meaning: str) -> Relation:
    return Relation(id=name, phrases=tuple(spelled_out(phrases)), bounds=bounds, meaning=meaning, clause=True)


BY_TIME = _clause("BY", ["by the time (that)", "before/until/by/till"], _by, "to that day")
ONCE = _clause("ONCE", ["once/after/following/when/upon/on", "as soon as"], _once, "from that day; no latest day")
WHEN = _clause("WHEN", ["when/on/upon", "as soon as", "the moment"], _in, "the day, or the week that begins with it")
NOT_BY = Relation(id="NOT-BY", phrases=(), bounds=lambda _period, _said: (None, None), meaning="no day: not by then")
BARE = Relation(id="IN", phrases=(), bounds=_in, meaning="the whole of the period")
AT_LATEST = re.compile(r",? at the (?:very |absolute )?latest\b")
AT_EARLIEST = re.compile(r",? at the (?:very |absolute )?(?:earliest|soonest)\b")
ONWARDS = re.compile(r",? (?:onwards?|on)\b(?! (?:the|a|to|which|our|this)\b)")
