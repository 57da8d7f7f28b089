"""Finds the words that say when in a text, longest first, and dates them."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import TYPE_CHECKING

from processing.records import Timing
from processing.timing.durations import Found, duration_at, nothing
from processing.timing.events import EVENT_HEADS, event_at
from processing.timing.grammar import joined_at, period_at
from processing.timing.heads import ANCHORS, may_start
from processing.timing.periods import end_of
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
from processing.timing.traps import (
    AGO,
    EARLIER,
    LAST_YEAR,
    PAST_WORDS,
    SINCE,
    is_past_reference,
    without_titles,
)
from processing.timing.vague import VAGUE_HEADS, vague_at
from processing.timing.words import normalised, word_set

if TYPE_CHECKING:
    from processing.timing.calendar import Calendar
    from processing.timing.periods import Period

_WORD = re.compile(r"[a-z0-9][a-z0-9'/-]*")
_REACH = 90
_BETWEEN = re.compile(r"(?:between|from) ")
_AND = re.compile(r" and (?:the )?")
_NOT_AFTER_BARE = re.compile(
    r"(?:\b(?:the|our|a|an|its|their|his|her|of|for|dated|since|version|edition|census|last|that|every|each|own|both"
    r"|new|act|draft|revised|updated)|/|-|20\d\d) ?$"
)
_BARE_FOLLOW = re.compile(
    r" ?(?:[,.;:!?()~]|$|(?:and|or|but|to|for|with|on|in|at|by|as|so|that|which|when|once|if|we|i|the|our|this"
    r"|will|subject|from|through|following|after|before|alongside"
    r"|including|rather|because|where|while|who|it|they|he|she|my|his|her|their|under|across|about|is|are|should"
    r"|would|until|into|than|using|you|all|every|there|then|not|unless|without|also)\b)"
)
_BARE_FAMILIES = word_set(
    """
    TODAY WEEK WEEKDAY WEEKEND DAY MONTH SEASON YEAR QUARTER HALF NEW ACADEMIC FINANCIAL SESSION TERM HOLIDAYS FEAST
    RECESS HALF-TERM WEEK-OF THIS-TIME THIS
    """
)
_DATED_BARE = re.compile(
    r"(?:(?:early|mid|late|end|later|the end|sometime|some time|by)[ -])|q\d|.*(?:20\d\d|year|term|session|month"
    r"|week|quarter)"
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
    anchors = [found.start() for found in ANCHORS.finditer(low)]
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
        if anchors[anchor] - start > _REACH or not may_start(word[0]):
            continue
        found = _read_at(scene, start, word[0])
        if found is None:
            continue
        place = found.end
        if timing := _timing(scene, start, found):
            timings.append(timing)
    return timings


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
    between = words[0].startswith("between")
    read = _days_at(scene, words.end()) or joined_at(scene, words.end(), by="and" if between else "or")
    if read is None or not read[0].whole:
        return None
    if not between and read[0].family != "DAYS" and period_at(scene, words.end()) == read:
        return None
    return _found(scene, start, BARE, read[0], read[1], rule="BETWEEN")


def _days_at(scene: Scene, place: int) -> tuple[Period, int] | None:
    read = period_at(scene, place)
    return read if read and read[0].family == "DAYS" else None


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
        if words and relation.id == "BEFORE" and (over := _before_it_is_over(scene, start, words.end())):
            return over
        read = joined_at(scene, words.end(), inner=_INNER_AFTER.fullmatch(words[0]) is not None) if words else None
        if words is None or read is None:
            continue
        found = _related(scene, start, relation, words[0].strip(), read)
        if found and (best is None or found.end > best.end):
            best = found
    return best


def _before_it_is_over(scene: Scene, start: int, place: int) -> Found | None:
    """Read `before the year is out`, `before this Session ends`: by the last day."""
    read = period_at(scene, place, inner=True)
    over = _IS_OVER.match(scene.low, read[1]) if read else None
    return _found(scene, start, _relation("BY"), end_of(read[0]), over.end()) if read and over else None


def _related(scene: Scene, start: int, relation: Relation, said: str, read: tuple[Period, int]) -> Found | None:
    period, end = read
    if not _fits(scene, said, period, start, end):
        return None
    if LAST_YEAR.match(scene.low, end):
        return nothing(LAST_YEAR.match(scene.low, end).end())  # type: ignore[union-attr]
    if relation.id in {"BEFORE", "UNTIL"} and _NOT_YET.search(scene.low, max(0, start - _NEAR), start):
        relation = _relation("NOT-BEFORE")
    if relation.id in {"IN", "AFTER", "FROM"} and is_past_reference(scene.low, start, end):
        return nothing(end)
    if latest := AT_LATEST.match(scene.low, end):
        relation, end = _relation("BY"), latest.end()
    elif earliest := AT_EARLIEST.match(scene.low, end):
        relation, end = _relation("NOT-BEFORE"), earliest.end()
    elif relation.id == "FROM" and (onwards := ONWARDS.match(scene.low, end)):
        end = onwards.end()
    return _found(scene, start, relation, period, end)


_IS_OVER = re.compile(r" (?:(?:is|are) (?:out|over|up|through|done)|ends|finishes|closes|comes to an end)\b")
_NEEDS_NO_PREPOSITION = re.compile(
    r"(?:(?:early|late|later|mid) )?(?:next (?:year|month|week|spring|summer|autumn|winter)|this time"
    r"|tomorrow)\b(?!')"
)
_OCCASIONS = word_set("BUDGET SPRING-FORECAST SPENDING-REVIEW KINGS-SPEECH LOCAL-ELECTIONS GENERAL-ELECTION")
_NEAR = 60  # characters before a time phrase in which a negation belongs to it
_NOT_YET = re.compile(r"\b(?:(?:will|would|shall|can|could|is|are|do|does) not|won't|cannot|never)(?: [\w-]+){0,4} ?$")
_SCHEDULED = re.compile(
    r"\b(?:planned|scheduled|due|timetabled|expected|intended|set|pencilled in|slated|aiming|aim|target(?:ed|ing)?"
    r"|booked|fixed|on (?:track|course))(?: now| still| currently)? $"
)
_INNER_AFTER = re.compile(r"(?:over|across|during|throughout|within) (?:the course of )?")


def _fits(scene: Scene, said: str, period: Period, start: int, end: int) -> bool:
    """Tell whether such words can stand with such a period: `to September` can't, `to the end of September` can."""
    after = scene.low[end : end + 1]
    if after in {"'", "-", "%"} or (after == "/" and scene.low[end + 1 : end + 2].isalpha()):
        return False
    family = period.family
    if said == "for" and family in _OCCASIONS:
        return False
    if said == "for" and scene.low[end - 1].isdigit() and family in {"YEAR", "FINANCIAL-YEAR"}:
        # "planned for 2027" says when; "figures for 2025", "the budget for 2026-27" say what of
        return _SCHEDULED.search(scene.low, 0, start) is not None
    if said in {"in", "come"} and _NEEDS_NO_PREPOSITION.match(scene.low, start + len(said) + 1):
        return False  # "comes in next month": the preposition is the verb's
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
    if not _may_be_bare(scene, word, words, start, end):
        return None
    if is_past_reference(scene.low, start, end):
        return nothing(end)
    relation = BARE
    if latest := AT_LATEST.match(scene.low, end):
        relation, end = _relation("BY"), latest.end()
    elif earliest := AT_EARLIEST.match(scene.low, end):
        relation, end = _relation("NOT-BEFORE"), earliest.end()
    return _found(scene, start, relation, period, end)


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
    if not _DATED_BARE.match(words) or words.isdecimal():
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
    """Read an event without a known date; where a dated phrase ends it, that says when: `the House votes next week`."""
    read = event_at(scene.low, start) if word in EVENT_HEADS else None
    if read is None or _ends_dated(scene, start + len(word), read[1]):
        return None
    return Found(end=read[1], rule=read[0], kind="event", precision="event")


def _ends_dated(scene: Scene, start: int, end: int) -> bool:
    for word in _WORD.finditer(scene.low, start, end):
        if may_start(word[0]):
            found = _related_at(scene, word.start()) or _bare_at(scene, word.start(), word[0])
            if found and found.latest and found.end == end:
                return True
    return False
