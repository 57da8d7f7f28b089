"""Two periods joined to one: `in March or April`, `late spring to early summer`, `2026-27 and 2027-28`."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from processing.timing.grammar import YEAR_TOLD, Read, period_at
from processing.timing.periods import DOUBTFUL, Period, add_months, doubtful, part

if TYPE_CHECKING:
    from datetime import date

    from processing.timing.scene import Scene

_OR = re.compile(r" ?/ ?| or (?:in |by |the )?| to | through to | until |-(?=[a-z])|-(?=\d{1,2} [a-z])| - ")
_AND = re.compile(r" and (?:the )?| to ")
_AND_NEXT = {
    "MONTH": re.compile(r" and (?=(?:january|february|april|june|july|august|september|october|november|december)\b)"),
    "SEASON": re.compile(r" and (?=spring|summer|autumn|winter)"),
    "YEAR": re.compile(r"(?:,(?= 20\d\d(?:, 20\d\d){0,9},? and 20)|,? and) (?:in )?(?=20\d\d\b(?![-/]))"),
    "FINANCIAL-YEAR": re.compile(
        r"(?:,(?= 20\d\d[-/]\d\d(?:, 20\d\d[-/]\d\d){0,9},? and 20)|,? and) (?:in )?(?=20\d\d ?[-/])"
    ),
}
_PART_PAIR = re.compile(r"(?P<one>early|mid)(?: ?/ ?| to | or |-to-|-)(?P<other>mid|late)[- ]")


def joined_at(scene: Scene, place: int, *, inner: bool = False, by: str = "or") -> Read | None:
    """Return the longest period at that offset, or two that `/`, `or`, `to` (`and` after "between") join to one."""
    pair = _part_pair_at(scene, place)
    read = period_at(scene, place, inner=inner)
    if pair and (read is None or pair[1] > read[1]):
        return pair
    if read is None:
        return None
    joint = (_AND if by == "and" else _OR).match(scene.low, read[1])
    if joint is None and read[0].family in _AND_NEXT:
        joint = _AND_NEXT[read[0].family].match(scene.low, read[1])
    other = _last_of_list(scene, joint.end(), inner=inner) if joint else None
    if joint is None or other is None:
        return None if by == "and" else read
    if DOUBTFUL in {read[0].family, other[0].family} or (read[0].family, other[0].family) == ("DAY", "YEAR"):
        return doubtful(), other[1]
    one, two = read[0], other[0]
    if YEAR_TOLD.search(scene.low, place, read[1]) is None:
        has_year = YEAR_TOLD.search(scene.low, joint.end(), other[1]) is not None
        is_choice = joint[0].startswith(" or ") and not has_year
        one, two = _near_each_other(one, two, scene.spoken_on if is_choice else None)
    both = _join(one, two)
    return (both, other[1]) if both else read


def _last_of_list(scene: Scene, place: int, *, inner: bool) -> Read | None:
    """Return the period at that offset; of years that follow each other the last: `2026-27, 2027-28 and 2028-29`."""
    read = period_at(scene, place, inner=inner)
    for _ in range(_MOST_YEARS):
        joint = _AND_NEXT[read[0].family].match(scene.low, read[1]) if read and read[0].family in _YEARS else None
        following = period_at(scene, joint.end(), inner=inner) if joint else None
        if following is None:
            break
        read = following
    return read


_YEARS = frozenset({"YEAR", "FINANCIAL-YEAR"})
_MOST_YEARS = 9


def _near_each_other(one: Period, other: Period, spoken_on: date | None) -> tuple[Period, Period]:
    """Return both in the years in which they follow each other: the first took no year of its own.

    With `spoken_on` the two are a choice ("late spring or early summer"): nobody means a first that is over.
    """
    if one.first is None or one.last is None or other.first is None or other.last is None:
        return one, other
    if one.family.partition("-")[0] not in {"DAY", "MONTH", "SEASON"}:
        return one, other
    months = 0
    while add_months(one.first, months) > other.first:
        months -= 12
    while add_months(one.first, months + 12) <= other.first:
        months += 12
    if spoken_on and add_months(one.last, months) < spoken_on:
        return one, replace(other, first=add_months(other.first, 12), last=add_months(other.last, 12), by=None)
    return replace(one, first=add_months(one.first, months)), other


def _join(one: Period, other: Period) -> Period | None:
    if None in {one.first, one.last, other.first, other.last}:
        return None
    if one.first is None or other.last is None or one.first > other.last:
        return None
    family = one.family if one.family == other.family else f"{one.family}-{other.family}"
    return Period(
        first=one.first,
        last=other.last,
        family=family,
        kind=other.kind,
        precision=other.precision,
        by=other.by,
        whole=True,
    )


def _part_pair_at(scene: Scene, place: int) -> Read | None:
    """Read `mid/late 2027`, `early to mid-2026`, `late spring or early summer` is two periods and no pair."""
    found = _PART_PAIR.match(scene.low, place)
    read = period_at(scene, found.end(), inner=True) if found else None
    if found is None or read is None:
        return None
    one, other = part(read[0], found["one"]), part(read[0], found["other"])
    if None in {one.first, one.last, other.first, other.last}:
        return None
    if one.first is None or other.last is None or one.first > other.last:
        return None
    family = f"{one.family}-{found['other'].upper()}"
    return replace(one, last=other.last, by=other.by, family=family, whole=True), read[1]
