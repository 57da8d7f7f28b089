"""Finds the words that say when in a text, longest first, and dates them."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import TYPE_CHECKING

from processing.records import Timing
from processing.timing.durations import Found, duration_at, nothing
from processing.timing.events import EVENT_HEADS, event_at
from processing.timing.grammar import joined_at, period_at
from processing.timing.named import MONTHS, SEASONS, WEEKDAYS
from processing.timing.relations import (
    AT_EARLIEST,
    AT_LATEST,
    BARE,
    BY_TIME,
    ONCE,
    ONWARDS,
    RELATIONS,
    WHEN,
    Relation,
)
from processing.timing.scene import Scene
from processing.timing.traps import AGO, EARLIER, LAST_YEAR, PAST_WORDS, SINCE, is_past_reference
from processing.timing.vague import VAGUE_HEADS, vague_at
from processing.timing.words import any_of, normalised

if TYPE_CHECKING:
    from processing.timing.calendar import Calendar
    from processing.timing.periods import Period

_UNITS = ["hour", "day", "week", "weekend", "fortnight", "month", "quarter", "year", "decade", "term"]
_OTHERS = [
    "today",
    "tomorrow",
    "tonight",
    "afternoon",
    "evening",
    "recess",
    "adjournment",
    "session",
    "parliament",
    "easter",
    "christmas",
    "whitsun",
    "whit",
    "pentecost",
    "budget",
    "review",
    "speech",
    "opening",
    "forecast",
    "election",
    "royal",
    "act",
    "passed",
    "law",
    "stage",
    "reading",
    "prorogation",
    "dissolution",
    "rises",
    "return",
    "returns",
    "resumes",
    "reconvenes",
    "sits",
    "back",
    "festive",
    "half-term",
    "q1",
    "q2",
    "q3",
    "q4",
    "h1",
    "h2",
    "fy",
    "w/c",
    "friday",
    "boxing",
    "new",
    "half",
    "break",
    "soon",
    "shortly",
    "imminently",
    "urgently",
    "urgency",
    "priority",
    "pace",
    "speed",
    "delay",
    "opportunity",
    "opportune",
    "moment",
    "time",
    "course",
    "future",
    "possible",
    "practicable",
    "practical",
    "feasible",
    "can",
    "able",
    "immediately",
    "immediate",
    "straight",
    "forthwith",
    "promptly",
    "haste",
    "expeditiously",
    "apace",
    "eventually",
    "stage",
    "date",
    "presently",
    "one",
    "some",
    "run",
    "long",
    "later",
    "once",
    "momentarily",
    "allows",
    "permits",
    "allowing",
    "permitting",
    "timely",
    "manner",
    "once",
    "away",
    "when",
    "after",
    "following",
    "before",
    "until",
    "upon",
    "pending",
    "prior",
    "ahead",
    "completion",
    "publication",
    "commencement",
    "midnight",
    "close",
    "noon",
    "juncture",
    "inside",
    "within",
]
_ANCHOR_WORDS = sorted({*_UNITS, *(f"{unit}s" for unit in _UNITS), *_OTHERS, *MONTHS, *SEASONS, *WEEKDAYS})
_ANCHORS = re.compile(rf"\b(?:20\d\d|\d{{1,2}}/\d|{any_of(_ANCHOR_WORDS)})\b")
_STARTS = frozenset(
    [
        "by",
        "no",
        "not",
        "on",
        "at",
        "latest",
        "in",
        "ready",
        "between",
        "from",
        "up",
        "before",
        "ahead",
        "prior",
        "this",
        "well",
        "shortly",
        "just",
        "right",
        "even",
        "earlier",
        "some",
        "sometime",
        "any",
        "during",
        "over",
        "across",
        "throughout",
        "for",
        "within",
        "inside",
        "around",
        "about",
        "circa",
        "come",
        "through",
        "as",
        "starting",
        "beginning",
        "taking",
        "with",
        "effective",
        "commencing",
        "after",
        "following",
        "beyond",
        "the",
        "once",
        "upon",
        "past",
        "soon",
        "immediately",
        "straight",
        "only",
        "until",
        "till",
        "to",
        "into",
        "lasting",
        "running",
        "when",
        "next",
        "later",
        "early",
        "late",
        "mid",
        "tomorrow",
        "today",
        "tonight",
        "six",
        "two",
        "three",
        "four",
        "five",
        "seven",
        "eight",
        "nine",
        "ten",
        "eleven",
        "twelve",
        "eighteen",
        "a",
        "an",
        "half",
        "sometime",
        "under",
        "spread",
        "first",
        "last",
        "second",
        "q1",
        "q2",
        "q3",
        "q4",
        "midway",
        "towards",
        "toward",
        "end",
        "year",
        "coming",
        "either",
        "near",
        "nearer",
    ]
)
_HEADS = (
    _STARTS
    | VAGUE_HEADS
    | EVENT_HEADS
    | {"since", "ever", "so", "already", "thus", "past", "previous", "these", "his", "her", "their", "our"}
)
_WORD = re.compile(r"[a-z0-9][a-z0-9'/-]*")
_REACH = 90
_BETWEEN = re.compile(r"(?:between|from) ")
_AND = re.compile(r" and (?:the )?")
_NOT_AFTER_BARE = re.compile(
    r"(?:\b(?:the|our|a|an|its|their|his|her|of|dated|since|version|edition|census|last|that|every|each|own|both|new|act|draft|revised|updated)|/|-|20\d\d) ?$"
)
_BARE_FOLLOW = re.compile(
    r" ?(?:[,.;:!?()~]|$|(?:and|or|but|to|for|with|on|in|at|by|as|so|that|which|when|once|if|we|i|the|our|this|will|subject|from|through|following|after|before|alongside"
    r"|including|rather|because|where|while|who|it|they|he|she|my|his|her|their|under|across|about|is|are|should|would|until|into|than|using|you|all|every|there|then|not|unless|without|also)\b)"
)
_BARE_FAMILIES = frozenset(
    [
        "TODAY",
        "WEEK",
        "WEEKDAY",
        "WEEKEND",
        "DAY",
        "MONTH",
        "SEASON",
        "YEAR",
        "QUARTER",
        "HALF",
        "NEW",
        "ACADEMIC",
        "FINANCIAL",
        "SESSION",
        "TERM",
        "HOLIDAYS",
        "FEAST",
        "RECESS",
        "HALF-TERM",
        "WEEK-OF",
    ]
)
_DATED_BARE = re.compile(
    r"(?:(?:early|mid|late|end|later|the end|sometime|some time|by)[ -])|q\d|.*(?:20\d\d|year|term|session|month|week|quarter)"
)


def find_timings(
    text: str, spoken_on: date, house: str | None, calendar: Calendar, *, subject: str | None = None
) -> tuple[Timing, ...]:
    """Return the phrases of a text that say when, in its order, with their bounds; none overlap.

    `house` is that of the speaker (recesses differ), None: the Commons. `subject` is the title of the document: it may
    name the Bill that "Royal Assent" is about. Vague phrases have no bounds but a day on which we look again; phrases
    on an event without a known date have none at all. Past references are left out.
    """
    low = normalised(text)
    anchors = [found.start() for found in _ANCHORS.finditer(low)]
    if not anchors:
        return ()
    scene = Scene(text=text, low=low, spoken_on=spoken_on, house=house or "Commons", calendar=calendar, subject=subject)
    return tuple(_timings(scene, anchors))


def _timings(scene: Scene, anchors: list[int]) -> list[Timing]:
    timings: list[Timing] = []
    place, anchor = 0, 0
    for word in _WORD.finditer(scene.low):
        start = word.start()
        if start < place:
            continue
        while anchor < len(anchors) and anchors[anchor] < start:
            anchor += 1
        if anchor == len(anchors):
            break
        if anchors[anchor] - start > _REACH or not _may_start(word[0]):
            continue
        found = _read_at(scene, start, word[0])
        if found is None:
            continue
        place = found.end
        if timing := _timing(scene, start, found):
            timings.append(timing)
    return timings


def _may_start(word: str) -> bool:
    return (
        word in _HEADS
        or word in MONTHS
        or word in SEASONS
        or word in WEEKDAYS
        or word[0].isdecimal()
        or "-" in word
        or "/" in word
    )


def _timing(scene: Scene, start: int, found: Found) -> Timing | None:
    if found.rule is None or (found.latest and found.latest < scene.spoken_on):
        return None
    earliest = found.earliest
    if earliest and earliest < scene.spoken_on:
        earliest = scene.spoken_on
    look_again = None
    if found.look_again_days is not None:
        look_again = scene.spoken_on + timedelta(days=found.look_again_days)
    return Timing(
        expression=scene.text[start : found.end],
        start=start,
        end=found.end,
        earliest=earliest,
        latest=found.latest,
        kind=found.kind,
        precision=found.precision,
        rule=found.rule,
        look_again=look_again,
        calendar_version=scene.calendar.version,
    )


def _read_at(scene: Scene, start: int, word: str) -> Found | None:
    """Return the longest thing that the words at that offset say; dated things win over vague ones of equal length."""
    if trap := _trap_at(scene, start):
        return trap
    reads = [
        _between_at(scene, start),
        _clause_at(scene, start),
        _related_at(scene, start),
        duration_at(scene, start),
        _bare_at(scene, start, word),
    ]
    reads.append(_vague_at(scene, start, word))
    reads.append(_event_at(scene, start, word))
    return max((read for read in reads if read), key=lambda read: read.end, default=None)


def _trap_at(scene: Scene, start: int) -> Found | None:
    for words in (PAST_WORDS, AGO, EARLIER):
        if found := words.match(scene.low, start):
            return nothing(found.end())
    since = SINCE.match(scene.low, start)
    if since is None:
        return None
    read = period_at(scene, since.end(), inner=True)
    return nothing(read[1] if read else since.end())


def _between_at(scene: Scene, start: int) -> Found | None:
    """Read `between 1 April and 30 June 2026`, `from April to June 2026`."""
    words = _BETWEEN.match(scene.low, start)
    if words is None:
        return None
    read = joined_at(scene, words.end(), by="and" if words[0].startswith("between") else "or")
    if read is None or not read[0].whole or (words[0].startswith("from") and period_at(scene, words.end()) == read):
        return None
    return _found(scene, start, BARE, read[0], read[1], rule="BETWEEN")


def _clause_at(scene: Scene, start: int) -> Found | None:
    """Read clauses with a known day: `when the House returns`, `once the Bill receives Royal Assent`."""
    best: Found | None = None
    for relation in (BY_TIME, ONCE, WHEN):
        words = relation.words.match(scene.low, start)
        read = period_at(scene, words.end()) if words else None
        if words is None or read is None or read[0].family.partition("-")[0] not in {"RISING", "RETURN", "ROYAL"}:
            continue
        chosen = _clause_relation(words[0].strip(), read[0], relation)
        found = _found(scene, start, chosen, read[0], read[1])
        if found and (best is None or found.end > best.end):
            best = found
    return best


def _clause_relation(word: str, period: Period, relation: Relation) -> Relation:
    by_words = {
        "once": ONCE,
        "after": _relation("AFTER"),
        "following": _relation("AFTER"),
        "before": _relation("BEFORE"),
    }
    if word in by_words:
        return by_words[word]
    if word in {"when", "as soon as", "upon", "on"}:
        return ONCE if period.family.startswith("ROYAL") and word in {"when", "as soon as"} else WHEN
    return relation


def _relation(name: str) -> Relation:
    return next(row for row in RELATIONS if row.id == name)


def _related_at(scene: Scene, start: int) -> Found | None:
    best: Found | None = None
    for relation in RELATIONS:
        words = relation.words.match(scene.low, start)
        read = joined_at(scene, words.end(), inner=_INNER_AFTER.fullmatch(words[0]) is not None) if words else None
        if words is None or read is None:
            continue
        found = _related(scene, start, relation, words[0].strip(), read)
        if found and (best is None or found.end > best.end):
            best = found
    return best


def _related(scene: Scene, start: int, relation: Relation, said: str, read: tuple[Period, int]) -> Found | None:
    period, end = read
    if not _fits(scene, said, period, start, end):
        return None
    if LAST_YEAR.match(scene.low, end):
        return nothing(LAST_YEAR.match(scene.low, end).end())  # type: ignore[union-attr]
    if relation.id in {"IN", "AFTER", "FROM"} and is_past_reference(scene.low, start, end):
        return nothing(end)
    if latest := AT_LATEST.match(scene.low, end):
        relation, end = _relation("BY"), latest.end()
    elif earliest := AT_EARLIEST.match(scene.low, end):
        relation, end = _relation("NOT-BEFORE"), earliest.end()
    elif relation.id == "FROM" and (onwards := ONWARDS.match(scene.low, end)):
        end = onwards.end()
    return _found(scene, start, relation, period, end)


_INNER_AFTER = re.compile(r"(?:over|across|during|throughout|within) (?:the course of )?")


def _fits(scene: Scene, said: str, period: Period, start: int, end: int) -> bool:
    """Tell whether such words can stand with such a period: `to September` can't, `to the end of September` can."""
    del start
    after = scene.low[end : end + 1]
    if after in {"'", "-", "%"} or (after == "/" and scene.low[end + 1 : end + 2].isalpha()):
        return False
    family = period.family
    if said in {"to", "through", "up to", "into"}:
        return (
            family.endswith("END")
            or family
            in {"DAY", "WEEKDAY", "NEW-YEAR", "PARLIAMENT", "SESSION", "RECESS", "FINANCIAL-YEAR", "ACADEMIC-YEAR"}
            or (said != "to" and family != "TODAY")
            or (family in {"MONTH", "SEASON", "YEAR"} and said == "into")
        )
    return True


def _found(scene: Scene, start: int, relation: Relation, period: Period, end: int, *, rule: str | None = None) -> Found:
    del start
    earliest, latest = relation.bounds(period, scene.spoken_on)
    if earliest is not None and latest is not None and latest < earliest:
        if latest < scene.spoken_on:
            return nothing(end)
        earliest = scene.spoken_on
    if period.first is None:
        earliest = latest = None
    name = f"{period.family}-{rule or relation.id}"
    return Found(end=end, rule=name, earliest=earliest, latest=latest, kind=period.kind, precision=period.precision)


def _bare_at(scene: Scene, start: int, word: str) -> Found | None:
    """Read a period without a preposition: `next spring`, `tomorrow`, `early next year`, `31 March 2026`."""
    read = joined_at(scene, start)
    if read is None:
        return None
    period, end = read
    words = scene.low[start:end]
    if period.family.partition("-")[0] not in _BARE_FAMILIES and period.family not in _BARE_FAMILIES:
        return None
    if LAST_YEAR.match(scene.low, end):
        return nothing(end)
    if not _may_be_bare(scene, word, words, period, start, end):
        return None
    if is_past_reference(scene.low, start, end):
        return nothing(end)
    relation = BARE
    if latest := AT_LATEST.match(scene.low, end):
        relation, end = _relation("BY"), latest.end()
    elif earliest := AT_EARLIEST.match(scene.low, end):
        relation, end = _relation("NOT-BEFORE"), earliest.end()
    return _found(scene, start, relation, period, end)


_TODAY_NOT = re.compile(
    r".*\b(?:announced?|announcing|confirm|confirming|say|saying|said|here|house|debate|publish|published|publishing|launched|are|is|was|were|have|has|we|statement|i|can|that|me|us|him|her|them)$"
)


def _may_be_bare(scene: Scene, word: str, words: str, period: Period, start: int, end: int) -> bool:
    before = scene.low[max(0, start - 30) : start]
    if word in {"the", "a", "an"} and not re.search(
        r"after (?:next|tomorrow)$|^the end of|^the (?:early|late|first|second|last)", words
    ):
        return False
    if word == "the" and not words.endswith(("after next", "after tomorrow")):
        return False
    if scene.low[end : end + 1] in {"'", "-", "/"}:
        return False
    if words in {"today", "tonight", "this afternoon", "this evening"}:
        return False
    if word in {"this", "next", "tomorrow", "later"} or "tomorrow" in words:
        return not re.search(r"\b(?:of|for|in|at) $", before)
    if word in MONTHS and word in {"may", "march"} and not re.search(r"\d", words):
        return False
    if not _DATED_BARE.match(words):
        return False
    return _NOT_AFTER_BARE.search(before) is None and _BARE_FOLLOW.match(scene.low, end) is not None


def _vague_at(scene: Scene, start: int, word: str) -> Found | None:
    if word.partition("-")[0] not in VAGUE_HEADS:
        return None
    read = vague_at(scene.low, start)
    if read is None:
        return None
    row, end = read
    return Found(end=end, rule=row.id, kind="vague", precision="none", look_again_days=row.look_again_days)


def _event_at(scene: Scene, start: int, word: str) -> Found | None:
    if word not in EVENT_HEADS:
        return None
    read = event_at(scene.low, start)
    return Found(end=read[1], rule=read[0], kind="event", precision="event") if read else None
