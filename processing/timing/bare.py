"""Periods that say when without a preposition: `next spring`, `tomorrow`, `early next year`, `31 March 2026`."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from processing.timing.durations import Found, nothing
from processing.timing.joined import joined_at
from processing.timing.names import GOES_ON
from processing.timing.periods import DOUBTFUL
from processing.timing.related import bounded, is_over
from processing.timing.relations import BARE
from processing.timing.traps import LAST_YEAR, is_past_reference, without_titles
from processing.timing.words import word_set

if TYPE_CHECKING:
    from processing.timing.periods import Period
    from processing.timing.scene import Scene

_NOT_AFTER_BARE = re.compile(
    r"(?:\b(?:the|our|a|an|its|their|his|her|of|for|dated|since|version|edition|census|last|that|every|each|own|both"
    r"|new|act|draft|revised|updated)|/|-|20\d\d) ?$"
)
_GOES_ON = re.compile(GOES_ON)
_BARE_FAMILIES = word_set(
    """
    TODAY WEEK WEEKDAY WEEKEND DAY MONTH SEASON YEAR QUARTER HALF NEW ACADEMIC FINANCIAL SESSION TERM HOLIDAYS FEAST
    RECESS HALF-TERM WEEK-OF THIS-TIME THIS
    """
)
_SEASONAL = word_set("FEAST HOLIDAYS NEW-YEAR")  # "a happy Christmas and new year"; only "this Christmas" says when
_SOME_OF = re.compile(
    r"(?:whole|course|lifetime|life|duration|body|entirety|period|span|length|timescale|all|each|every)\b"
)
_FIRST_WORD = re.compile(r"[\w'/-]+")
_ONLY_YEARS = re.compile(r"'?\d+(?: (?:and|or|to) \d+)?")
_DATED_BARE = re.compile(
    r"w/[cbe] |week |(?:(?:early|mid|late|end|later|the end|sometime|some time|by)[ -])|q\d|.*(?:20\d\d|year|term"
    r"|session|month|week|quarter)"
)


def bare_at(scene: Scene, start: int) -> Found | None:
    """Read a period that stands alone. A doubtful day says nothing here: who names one says it of something past."""
    period, end = joined_at(scene, start) or (None, start)
    if period and period.family == DOUBTFUL:
        return nothing(end)
    word = _FIRST_WORD.match(scene.low, start)
    if period is None or word is None or not _is_bare(period, word[0]):
        return None
    if not LAST_YEAR.match(scene.low, end):
        if not _may_be_bare(scene, word[0], scene.low[start:end], start, end):
            return None
        if not is_past_reference(scene.low, start, end) and not is_over(scene, period, start, end):
            return bounded(scene, BARE, period, end)
    return nothing(end)


_REACH = 90  # characters before in which the verb stands


def _is_bare(period: Period, word: str) -> bool:
    is_said_so = period.family not in _SEASONAL or word in {"this", "next"}
    return is_said_so and bool(_BARE_FAMILIES & {period.family, period.family.partition("-")[0]})


_TODAY = frozenset(["today", "tonight", "this afternoon", "this evening"])
_WILL_NEAR = re.compile(
    r"(?:\b(?:will|shall|going|is to|are to)\b|'ll\b)[^.;:!?]*$|\b(?:opens|begins|starts|closes|launches|takes effect"
    r"|comes into force) ?$"
)
_CLAUSE_END = re.compile(r" ?(?:[,.;:!?()~]|$)")
_OF_OR_FOR = re.compile(r"\b(?:of|for|at) $")
_BARE_AFTER_ARTICLE = re.compile(r"^the .*after (?:next|tomorrow)$|^a (?:week|fortnight) ")


def _may_be_bare(scene: Scene, word: str, words: str, start: int, end: int) -> bool:
    """Tell whether such words say when without a preposition; after an article only some do: `the week after next`."""
    before = scene.low[max(0, start - 30) : start]
    if scene.low[end : end + 1] in {"'", "-", "/"}:
        return False
    if words in _TODAY:
        return (
            _WILL_NEAR.search(without_titles(scene.low[max(0, start - _REACH) : start])) is not None
            and _CLAUSE_END.match(scene.low, end) is not None
        )
    if word in {"the", "a", "an"}:
        return _BARE_AFTER_ARTICLE.search(words) is not None and _stands_alone(scene, words, before, end)
    if word in {"this", "next", "tomorrow", "later"} or "tomorrow" in words:
        return not _OF_OR_FOR.search(before)
    return _stands_alone(scene, words, before, end)


def _stands_alone(scene: Scene, words: str, before: str, end: int) -> bool:
    """Tell whether a dated period is no part of a name, as in `the Act 2026` or `the March review`."""
    if words.startswith(("may", "march")) and not any(letter.isdecimal() for letter in words):
        return False
    if words.startswith(("a week", "a fortnight", "first thing", "last thing")) or words.endswith("after tomorrow"):
        return True
    if not _DATED_BARE.match(words) or _ONLY_YEARS.fullmatch(words) or _SOME_OF.match(words):
        return False
    return _NOT_AFTER_BARE.search(before) is None and _GOES_ON.match(scene.low, end) is not None
