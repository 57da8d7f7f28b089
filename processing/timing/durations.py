"""Durations as timing: `within six months`, `in 12 weeks’ time`, `two months after Royal Assent`."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from processing.timing.events import anchor_at, event_at, is_no_promise
from processing.timing.grammar import period_at
from processing.timing.periods import DAY, Period
from processing.timing.relative import DURATION, duration_end, duration_start
from processing.timing.traps import is_done_duration

if TYPE_CHECKING:
    from datetime import date

    from processing.timing.scene import Scene


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """What was read at one offset: its end, its bounds and how it was read. `rule` None: no timing of a promise."""

    end: int
    rule: str | None
    earliest: date | None = None
    latest: date | None = None
    kind: str = "relative"
    precision: str = "day"
    look_again_days: int | None = None


def nothing(end: int) -> Found:
    """Return words that were read and are no timing of a promise, up to that offset."""
    return Found(end=end, rule=None)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Durations:
    """What stands for all durations in the sieve: each holds one of the heads."""

    heads: tuple[str, ...]


DURATIONS = Durations(heads=("hour*", "day*", "week*", "fortnight*", "month*", "year*", "decade*"))
_WITHIN = re.compile(
    r"(?:within|inside|in under|in less than|in fewer than|in no more than|in at most|in as little as|in|under"
    r"|over|during|across|throughout|for|through|through to"
    r"|over the course of|in the course of|during the course of|at some (?:point|stage) (?:in|over|during"
    r"|within)|some ?time (?:in|over|during|within)|at any time (?:in|over|during|within)|"
    r"for up to|for at least|for a minimum of|for a maximum of|for no more than|over a period of|for a period of"
    r"|within a period of|in a period of|within the period of|within the space of|in the space of|not more than"
    r"|no more than|no later than|not later than|by no later than|over at least|spread over|lasting|up to|by) "
)
_FROM_NOW = re.compile(
    r" (?:from (?:now|today|this date|the date of this \w+)|hence|on from (?:now|today)|later|after (?:today|now))\b"
)
_LATER = re.compile(r" (?:later|afterwards|thereafter)\b")
_AFTER_ALL = re.compile(r"after (?:a further )?(?=\w+ )")
_ENDS = re.compile(r" ?(?:[,.;:!?()~]|$|(?:whether|how|if|to|and|we|it|the)\b)")
_SO_OFTEN = re.compile(r"\b(?:once|twice|times|per|hours?|days?|weeks?|each|every|million|billion|[\d,]+) $")
_AGO = re.compile(
    r" (?:ago|old|of age|in prison|of experience|earlier|previously|before that|since|prior)\b|-old|-year-old"
)
_NOUN_AFTER = re.compile(
    r"(?:-|\s)(?:plan|strategy|programme|olds?|sentence|term|contract|deal|settlement|limit|period of)\b"
)
_LINK = re.compile(
    r",? (?P<how>of|after|from|following|beginning with|starting with|starting from|starting on|before|ahead of"
    r"|prior to|once|on from|on) (?:the (?:date|day) (?:of|on which) )?"
)
_CLAUSE = re.compile(r"[^.,;:!?]{1,80}")
_END_OF_PERIOD = re.compile(r"(?:at|by) the end of (?:the|a) period of ")
_PERIOD_OF = re.compile(r"(?:within|in|during|for|over) (?:the|a) period of ")
_AT_END_OF = re.compile(r"(?:at|by) the end of (?=(?:the (?:next|first|coming|following) )?[\w-]+ )")
_BARE_DURATIONS = frozenset(
    {"in", "for", "over", "during", "across", "throughout", "through", "under", "lasting", "for at least", "for up to"}
)
_TIME = re.compile(r" time\b")
_NO_LIMIT = ("about ", "around ", "between ")


def duration_at(scene: Scene, place: int) -> Found | None:
    """Return the duration whose words begin at that offset, with its preposition or its `from now`."""
    readers = (_whole_period_at, _within_at, _after_now_at, _once_over_at)
    return next((found for reader in readers if (found := reader(scene, place))), None)


def _whole_period_at(scene: Scene, place: int) -> Found | None:
    """Read `at the end of the period of two months beginning with the day on which this Act is passed`."""
    at_end = _END_OF_PERIOD.match(scene.low, place)
    words = at_end or _PERIOD_OF.match(scene.low, place)
    length = DURATION.match(scene.low, words.end()) if words else None
    if length is None:
        return None
    anchored = _anchored(scene, length, point=at_end is not None, from_whole=True)
    if anchored or not at_end:
        return anchored
    last = duration_end(scene, length, scene.spoken_on)
    return _relative("DURATION-END", last, last, length) if last else None


def _within_at(scene: Scene, place: int) -> Found | None:
    words = _WITHIN.match(scene.low, place)
    length = DURATION.match(scene.low, words.end()) if words else None
    if words is None or length is None or not _whole_words(scene, length):
        return None
    said = words[0].strip()
    if said == "in" and length["next"] and not length["count"] and not length[0].startswith("the "):
        return None  # "comes in next month": the preposition is the verb's
    if _says_nothing(scene, place, said, length):
        return nothing(length.end())
    plain = said == "in" and not length["next"] and length[0].startswith((length["count"] or " ", *_NO_LIMIT))
    if said not in {"for", "over"} and (anchored := _anchored(scene, length, point=plain, from_whole=False)):
        return anchored
    return _counted_from_now(scene, said, length, plain=plain)


def _says_nothing(scene: Scene, place: int, said: str, length: re.Match[str]) -> bool:
    """Tell whether the duration is of something past, or counts from what happens to a person."""
    bare = said in _BARE_DURATIONS and not length["next"] and not _TIME.match(scene.low, length.end())
    if bare and is_done_duration(scene.low, place):
        return True
    return is_no_promise(scene.low, length.end()) or _AGO.match(scene.low, length.end()) is not None


def _counted_from_now(scene: Scene, said: str, length: re.Match[str], *, plain: bool) -> Found | None:
    last = duration_end(scene, length, scene.spoken_on)
    if last is None or _NOUN_AFTER.match(scene.low, length.end()):
        return None
    time = _TIME.match(scene.low, length.end())
    end = time.end() if time else length.end()
    if said == "by" and not time and not _FROM_NOW.match(scene.low, end):
        return None
    if now := _FROM_NOW.match(scene.low, end):
        end = now.end()
    if (plain and length["unit"] != "decade") or (time and said == "in"):
        return _relative("DURATION-IN", duration_start(scene, length), last, length, end)
    rule = "DURATION-FOR" if said.startswith("for") else "DURATION-WITHIN"
    return _relative(rule, scene.spoken_on, last, length, end)


def _whole_words(scene: Scene, length: re.Match[str]) -> bool:
    """Tell whether the duration isn't the first half of something else: `for a month-long`, `in a week that`."""
    after = scene.low[length.end() : length.end() + 1]
    if after in {"-", "%"}:
        return False
    return length["count"] not in {"a", "an"} or length["unit"] not in {"day", "hour"} or bool(length["next"])


def _after_now_at(scene: Scene, place: int) -> Found | None:
    """Read `six months from now`, `two months after Royal Assent`."""
    words = _NOT_LESS.match(scene.low, place)
    length = DURATION.match(scene.low, words.end() if words else place)
    if length is None or length["count"] is None or length["next"]:
        return None
    if _AGO.match(scene.low, length.end()):
        return nothing(_AGO.match(scene.low, length.end()).end())  # type: ignore[union-attr]
    now = _FROM_NOW.match(scene.low, length.end())
    if now and not now[0].startswith(" later"):
        last = duration_end(scene, length, scene.spoken_on)
        first = duration_start(scene, length)
        return _relative("DURATION-FROM-NOW", first, last, length, now.end()) if last else None
    if later := _LATER.match(scene.low, length.end()):
        return Found(end=later.end(), rule="EVENT-LATER", kind="event", precision="event")
    return _after_event(scene, place, length)


def _after_event(scene: Scene, place: int, length: re.Match[str]) -> Found | None:
    """Read `two months after Royal Assent`; not "at least once a year from April", which says how often."""
    link = _LINK.match(scene.low, length.end())
    if link is None or link["how"] not in _COUNTS_FROM or is_no_promise(scene.low, length.end()):
        return None
    if _SO_OFTEN.search(scene.low, max(0, place - 20), place):
        return None
    return _anchored(scene, length, point=True, from_whole=False)


_COUNTS_FROM = {"after", "from", "following", "on from", "before", "ahead of", "prior to"}
_NOT_LESS = re.compile(r"(?:at least|(?:not|no) (?:less|fewer|later|more) than|at most) ")


def _once_over_at(scene: Scene, place: int) -> Found | None:
    """Read `after 12 months`, `after a year`: a lower bound."""
    words = _AFTER_ALL.match(scene.low, place)
    length = DURATION.match(scene.low, words.end()) if words else None
    if length is None or length["next"] or not _ENDS.match(scene.low, length.end()):
        return None
    last = duration_end(scene, length, scene.spoken_on)
    if last is None or is_done_duration(scene.low, place):
        return None
    rule, unit = "DURATION-AFTER", length["unit"]
    return Found(end=length.end(), rule=rule, earliest=last + DAY, latest=None, precision=unit)


def _anchored(scene: Scene, length: re.Match[str], *, point: bool, from_whole: bool) -> Found | None:
    """Read what the duration counts from: a dated thing, or an event that has no date yet."""
    link = _LINK.match(scene.low, length.end())
    if link is None:
        return None
    read = period_at(scene, link.end())
    if read is not None and read[0].first is not None:
        return _dated_anchor(scene, length, read, how=link["how"], point=point, from_whole=from_whole)
    if read is not None:
        return Found(end=read[1], rule=f"{read[0].family}-DURATION", kind="event", precision="event")
    end = anchor_at(scene.low, length.end())
    if end is None and (clause := _CLAUSE.match(scene.low, link.end())) and "which" in link[0]:
        end = clause.end()
    if end is None and (event := event_at(scene, link.start() + 1)):
        end = event[1]
    return Found(end=end, rule="EVENT-DURATION", kind="event", precision="event") if end else None


def _dated_anchor(
    scene: Scene, length: re.Match[str], read: tuple[Period, int], *, how: str, point: bool, from_whole: bool
) -> Found | None:
    period, end = read
    if how in {"before", "prior to"} or period.first is None or (how in {"of", "from"} and period.family == "YEAR"):
        return None
    last = duration_end(scene, length, period.first)
    if last is None:
        return None
    if from_whole and how.startswith(("beginning", "starting")) and not point:
        last -= DAY
    first = last if point else period.first
    return Found(
        end=end, rule=f"{period.family}-DURATION", earliest=first, latest=last, kind=period.kind, precision="day"
    )


def _relative(rule: str, earliest: date | None, latest: date, length: re.Match[str], end: int | None = None) -> Found:
    unit = length["unit"]
    precision = unit if unit in {"day", "week", "month", "year"} else "day"
    return Found(
        end=length.end() if end is None else end, rule=rule, earliest=earliest, latest=latest, precision=precision
    )
