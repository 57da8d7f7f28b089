"""Reads the tables of phrases that people check: a sentence a row, its time words in square brackets."""

from __future__ import annotations

import csv
import re
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from processing.timing import find_timings, load_calendar

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

HERE = Path(__file__).parent
# what nobody would see in a table, under its name
INVISIBLE = {
    "{line end}": "\n",
    "{two blanks}": "  ",
    "{no-break space}": "\u00a0",
    "{thin space}": "\u2009",
    "{narrow no-break space}": "\u202f",
    "{soft hyphen}": "\u00ad",
    "{zero-width space}": "\u200b",
    "{zero-width joiner}": "\u200d",
    "{byte-order mark}": "\ufeff",
}

Reading = tuple[str, date | None, date | None]


class Case(NamedTuple):
    """A sentence with the day it was said, the House or None, and all that must be read in it."""

    sentence: str
    said_on: date
    house: str | None
    readings: tuple[Reading, ...]

    def read(self) -> tuple[Reading, ...]:
        """Return what the grammar reads in the sentence."""
        found = find_timings(self.sentence, self.said_on, self.house, load_calendar())
        return tuple((timing.expression, timing.earliest, timing.latest) for timing in found)


def rows(name: str) -> list[dict[str, str]]:
    """Return the rows of a table of this folder."""
    with (HERE / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def cases(told: Iterable[dict[str, str]]) -> list[Case]:
    """Return the cases of rows: rows of one sentence, each with another phrase marked, are one case."""
    joined: dict[tuple[str, str, str], list[Reading]] = {}
    for row in told:
        words = row["words"]
        for name, letters in INVISIBLE.items():
            words = words.replace(name, letters)
        readings = joined.setdefault((re.sub(r"[\[\]]", "", words), row["said on"], row.get("House", "")), [])
        readings += [
            (marked, _day(row["earliest"]), _day(row["latest"]))
            for marked in re.findall(r"\[(.+?)\]", words, re.DOTALL)
        ]
    return [
        Case(sentence, date.fromisoformat(said_on), house or None, tuple(sorted(readings, key=_place(sentence))))
        for (sentence, said_on, house), readings in joined.items()
    ]


def wrong(told: Sequence[Case]) -> list[tuple[str, str, tuple[Reading, ...]]]:
    """Return the cases that are read otherwise: the sentence, the day it was said, what is read."""
    return [(case.sentence, case.said_on.isoformat(), read) for case in told if (read := case.read()) != case.readings]


def _place(sentence: str) -> Callable[[Reading], int]:
    return lambda reading: sentence.index(reading[0])


def _day(told: str) -> date | None:
    return date.fromisoformat(told) if told else None
