"""Names of months, weekdays, seasons and years: the pieces that the tables of periods share."""

from __future__ import annotations

from typing import TYPE_CHECKING

from processing.timing.words import MONTH_NAMES

if TYPE_CHECKING:
    import re

    from processing.timing.scene import Scene

MONTHS = {name: index for index, name in enumerate(MONTH_NAMES, start=1)}
MONTHS |= {name[:3]: index for name, index in list(MONTHS.items())} | {"sept": 9}
_SHORT_MONTHS = "jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec"
_MONTH_WORDS = rf"(?:{'|'.join(MONTH_NAMES)}|{_SHORT_MONTHS})"
MONTH = rf"(?P<month>{_MONTH_WORDS}\b)(?:(?:(?<=\b[a-z]{{3}})|(?<=\bsept))\.(?= ?'?\d))?(?!')"
WEEKDAYS = {
    name: index
    for index, name in enumerate(["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"])
}
WEEKDAY_HEADS = tuple(WEEKDAYS)
WEEKDAY = rf"(?P<weekday>{'|'.join(WEEKDAYS)})"
WEEKDAYS |= {name[:3]: index for name, index in list(WEEKDAYS.items())}
# only in front of a day: "sat" and "sun" are words
WEEKDAY_OF_DATE = rf"(?P<weekday>(?:{'|'.join(list(WEEKDAYS)[:7])})|(?:mon|tues?|weds?|thu(?:rs?)?|fri|sat|sun)\b)\.?"
SEASONS = {"spring": 3, "summer": 6, "autumn": 9, "winter": 12}

# what the tables below hold at least, written as the sieve reads them
MONTH_HEADS = (*MONTH_NAMES, "jan", "feb", "mar", "apr", "jun", "jul", "aug", "sep", "sept", "oct", "nov", "dec")
YEAR_HEADS = ("20*", "'2*", "'3*")
FIGURE_HEADS = tuple(f"*{one}{mark}{other}*" for mark in "/.-" for one in range(10) for other in range(10))

SHORT_YEAR = r"[23]\d"
"""A year of two figures, the 2020s and 2030s: other numbers beside a day or month count something else."""
_DAY_BEHIND = rf"\d{{1,2}}(?:st|nd|rd|th)? (?:of )?{_MONTH_WORDS}\b"
YEAR = rf"20\d\d(?!-\d|/(?!{_DAY_BEHIND})\d|,\d|\.\d)\b"
# of a day or month: a note mark may follow behind a stop ("July 2027.3")
_ITS_YEAR = rf"20\d\d(?!-\d|/(?!{_DAY_BEHIND})\d|,\d{{3}}|\.\d+\.)\b"
MARKED_YEAR = rf"'{SHORT_YEAR}\b(?![-/.,]\d| (?:of )?{_MONTH_WORDS}\b)"
SPLIT = rf"(?:20\d\d ?[-/] ?(?:20)?\d\d|'{SHORT_YEAR}[-/]'?\d\d|{SHORT_YEAR}/{SHORT_YEAR})\b(?![-/]\d)"
_YEAR_WORDS = (
    r"(?:this|next|the coming|the following|the current|the new) (?:calendar )?year|the year after next|the year"
)
GOES_ON = (
    r"(?= ?(?:[.,](?!\d)|[;:!?()~\"]|$|(?:and|or|but|to|for|with|on|in|at|by|as|so|that|which|when|once|if|we|i|the|our"
    r"|this|will|subject|from|through|following|after|before|alongside|including|rather|because|where|while|who|it"
    r"|they|he|she|my|his|her|their|under|across|about|is|are|should|would|until|into|than|using|you|all|every|there"
    r"|then|not|unless|without|also)\b))"
)
"""Behind a period: the clause ends here or goes on with a small word, so that no noun follows."""
_WHEN = rf"(?P<split>{SPLIT})|(?P<which>{_YEAR_WORDS})\b"
OF_YEAR = rf"(?:(?:,? (?:of |in )?|,)(?:(?P<year>{_ITS_YEAR}|{MARKED_YEAR})|{_WHEN}))?"
OF_ANY_YEAR = rf"(?:(?:,? (?:of |in )?|,)(?:(?P<year>{_ITS_YEAR}|{MARKED_YEAR}|{SHORT_YEAR}\b{GOES_ON})|{_WHEN}))?"
"""The same, where two figures alone are a year: behind a day or a season, not behind a month."""


def year_of(scene: Scene, found: re.Match[str]) -> int | None:
    """Return the year that `OF_YEAR` named, None where it named none."""
    if told := found["year"] or found["split"]:
        return whole_year(told)
    words = found["which"]
    if not words:
        return None
    later = 2 if "after next" in words else int(words.startswith(("next", "the following", "the coming", "the new")))
    return scene.spoken_on.year + later


def whole_year(figures: str) -> int:
    """Return the year that `2026`, `26`, `'26` and the first part of `26/27` name."""
    figures = figures.lstrip("'")
    return int(figures[:4]) if figures.startswith("20") and figures[2:4].isdecimal() else 2000 + int(figures[:2])


def weekday_of(word: str) -> int:
    """Return 0 for `monday` and `mon` to 6 for `sunday` and `sun`."""
    return WEEKDAYS[word[:3]]


def next_month(scene: Scene, month: int, *, begun: bool) -> tuple[int, int]:
    """Return year and month of the next such month: with `begun`, the running one counts."""
    said = scene.spoken_on
    return said.year + (month < said.month or (month == said.month and not begun)), month
