"""What a phrase is read against: the text in small letters, the day it was said, the House, the calendar."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from processing.timing.periods import Period

if TYPE_CHECKING:
    from datetime import date

    from processing.timing.calendar import Bill, Calendar
    from processing.timing.index import Index


@dataclass(frozen=True, slots=True, kw_only=True)
class Scene:
    """The text as written and in small letters (same offsets), and what its time words are relative to.

    `index` tells what the text holds of the grammar's words, `periods` what was read at a place already.
    `house` is Commons where nobody knows: department pages speak of the House of Commons' recess. `subject` is the
    title of the document, which may name a Bill; None: not known.
    """

    text: str
    low: str
    spoken_on: date
    house: str
    calendar: Calendar
    index: Index
    subject: str | None = None
    periods: dict[tuple[int, bool], tuple[Period, int] | None] = field(default_factory=dict)

    def has_capital(self, place: int) -> bool:
        """Tell whether the letter at that offset is a capital in the text as written."""
        return self.text[place].isupper()

    def bill(self) -> Bill | None:
        """Return the Bill that the text or its title names; for a sentence without a title, the assumed one.

        None where another Bill is named, or where a document names none: a date of some other Bill would be invented.
        """
        words = f"{self.low} {(self.subject or '').lower().replace('’', chr(39))}"
        open_bills = [bill for bill in self.calendar.bills if self._is_open(bill)]
        for bill in open_bills:
            if any(name in words for name in bill.names):
                return bill
        if self.subject is not None or _NAMED_BILL.search(self.text):
            return None
        return next((bill for bill in open_bills if bill.assumed), None)

    def _is_open(self, bill: Bill) -> bool:
        return bill.introduced <= self.spoken_on and (bill.royal_assent is None or self.spoken_on <= bill.royal_assent)


_NAMED_BILL = re.compile(
    r"\b[A-Z][\w’']+(?: (?:and|of|for|to|the|in|\(?[A-Z][\w’']+\)?,?)){0,8} (?:Bill|Act)\b(?! receives)"
)

PeriodReader = Callable[[Scene, "re.Match[str]"], Period | None]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Shape:
    """A row of a table of periods: the words (a compiled regular expression) and what makes a period of them.

    Whatever the words match holds one of the `heads`, written as the sieve reads them. `inner` rows stand only after
    "the end of", "early in" and the like.
    """

    words: re.Pattern[str]
    read: PeriodReader
    heads: tuple[str, ...]
    inner: bool = False


def shape(words: str, read: PeriodReader, *heads: str, inner: bool = False) -> Shape:
    """Return a row with its heads."""
    return Shape(words=re.compile(words), read=read, heads=heads, inner=inner)
