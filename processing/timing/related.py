"""Relations with the periods that follow them, and what such words may not stand with: `by spring 2026`."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

from processing.timing.clock import behind_clock
from processing.timing.durations import Found, nothing
from processing.timing.grammar import YEAR_TOLD, period_at
from processing.timing.joined import joined_at
from processing.timing.periods import end_of
from processing.timing.relations import (
    AT_EARLIEST,
    AT_LATEST,
    BARE,
    NOT_BY,
    ONCE,
    ONWARDS,
    WHEN,
    Relation,
    relations,
)
from processing.timing.traps import LAST_YEAR, is_past_reference, looks_ahead
from processing.timing.words import word_set

if TYPE_CHECKING:
    from processing.timing.grammar import Read
    from processing.timing.periods import Period
    from processing.timing.scene import Scene

_BETWEEN = re.compile(r"(?:between|from) ")


def between_at(scene: Scene, start: int) -> Found | None:
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
    return found_in(scene, BARE, read[0], read[1], rule="BETWEEN")


def _days_at(scene: Scene, place: int) -> Read | None:
    read = period_at(scene, place)
    return read if read and read[0].family == "DAYS" else None


def clause_at(scene: Scene, start: int) -> Found | None:
    """Read clauses with a known day: `when the House returns`, `once the Bill receives Royal Assent`."""
    reads = []
    for relation, end in _relations_at(scene, start, clause=True):
        read = period_at(scene, end + 1)
        if read and read[0].family.partition("-")[0] in {"RISING", "RETURN", "ROYAL"}:
            reads.append(found_in(scene, _clause_relation(scene.low[start:end], read[0], relation), *read))
    return max(reads, key=lambda found: found.end, default=None)


def _relations_at(scene: Scene, start: int, *, clause: bool) -> list[tuple[Relation, int]]:
    found = scene.index.phrases_at(Relation, start)
    return [(row, end) for row, end in found if row.clause == clause and scene.low.startswith(" ", end)]


def _clause_relation(word: str, period: Period, relation: Relation) -> Relation:
    if word in {"when", "as soon as", "upon", "on"}:
        return ONCE if period.family.startswith("ROYAL") and word in {"when", "as soon as"} else WHEN
    named = {"after": "AFTER", "following": "AFTER", "before": "BEFORE"}.get(word)
    return ONCE if word == "once" else relations()[named] if named else relation


def related_at(scene: Scene, start: int) -> Found | None:
    """Read a relation with the period that follows it: `by spring 2026`, `before the year is out`."""
    best: Found | None = None
    for relation, end in _relations_at(scene, start, clause=False):
        if relation.id == "BEFORE" and (over := _before_it_is_over(scene, end + 1)):
            return over
        said = scene.low[start:end]
        read = joined_at(scene, end + 1, inner=said in _INNER_AFTER) or _quoted_at(scene, relation, end + 1)
        found = _related(scene, start, relation, said, read) if read else None
        if found and (best is None or found.end > best.end):
            best = found
    return best


def _quoted_at(scene: Scene, relation: Relation, place: int) -> Read | None:
    """Read `by ‘1 March 2026’`; "for ‘1 March’ substitute ‘1 April’" says no when."""
    mark = scene.low[place : place + 1]
    read = joined_at(scene, place + 1) if mark in {"'", '"'} and relation.id in {"BY", "BEFORE", "FROM"} else None
    return (read[0], read[1] + 1) if read and scene.low.startswith(mark, read[1]) else None


def _before_it_is_over(scene: Scene, place: int) -> Found | None:
    """Read `before the year is out`, `before this Session ends`: by the last day."""
    read = period_at(scene, place, inner=True)
    over = _IS_OVER.match(scene.low, read[1]) if read else None
    return found_in(scene, relations()["BY"], end_of(read[0]), over.end()) if read and over else None


def _related(scene: Scene, start: int, relation: Relation, said: str, read: Read) -> Found | None:
    period, end = read
    if not _fits(scene, said, period, start, end):
        return None
    if last_year := LAST_YEAR.match(scene.low, end):
        return nothing(last_year.end())
    if relation.id in {"IN", "AFTER", "FROM"} and is_past_reference(scene.low, start, end):
        return nothing(end)
    if is_over(scene, period, start, end):
        return nothing(end)
    relation = _negated(scene, start, relation)
    if said == "into":
        period = replace(period, by=None)  # "into the new year" is not only to its first day
    if relation.id == "FROM" and (onwards := ONWARDS.match(scene.low, end)):
        end = onwards.end()
    return bounded(scene, relation, period, end)


def is_over(scene: Scene, period: Period, start: int, end: int) -> bool:
    """Tell whether a day or month without a year is the last one: the next is far, and no verb near looks ahead."""
    if period.family.partition("-")[0] not in {"DAY", "DAYS", "MONTH"} or period.first is None:
        return False
    if period.first - scene.spoken_on < _FAR or _YEAR_OR_NEXT.search(scene.low, start, end):
        return False
    return not looks_ahead(scene.low, start, end)


_FAR = timedelta(days=240)  # the last such day was no more than four months ago
_YEAR_OR_NEXT = re.compile(rf"{YEAR_TOLD.pattern}|next|coming|following|hence|time")


def _negated(scene: Scene, start: int, relation: Relation) -> Relation:
    """Return what the words before make of a relation: `will not be made before April` is a lower bound."""
    before = scene.low[max(0, start - _NEAR) : start]
    if relation.id in {"BEFORE", "UNTIL"} and _NOT_YET.search(before):
        return relations()["NOT-BEFORE"]
    if relation.id == "BY" and (_NOT_BY.search(before) or _NO_PROMISE.search(before)):
        return NOT_BY
    return relation


def bounded(scene: Scene, relation: Relation, period: Period, end: int) -> Found:
    """Return what a relation makes of a period, with the hour and the `at the latest` that may follow it."""
    if period.first is not None and period.first == period.last:
        end = behind_clock(scene.low, end)
    if latest := AT_LATEST.match(scene.low, end):
        return found_in(scene, relations()["BY"], period, latest.end())
    if earliest := AT_EARLIEST.match(scene.low, end):
        return found_in(scene, relations()["NOT-BEFORE"], period, earliest.end())
    return found_in(scene, relation, period, end)


def both_bounds(scene: Scene, found: Found) -> Found:
    """Return a lower bound joined with the upper one that follows: `not before May 2027 but by the end of July`."""
    joint = _AND_BY.match(scene.low, found.end) if found.earliest and not found.latest else None
    other = related_at(scene, joint.end()) if joint else None
    if other is None or other.rule is None or not other.rule.endswith(("-BY", "-BEFORE")) or other.latest is None:
        return found
    if found.earliest is None or other.latest < found.earliest:
        return found
    rule = f"{found.rule}-AND-{other.rule.rpartition('-')[2]}"
    return replace(found, end=other.end, rule=rule, latest=other.latest)


_AND_BY = re.compile(r",? (?:and|but) ")


_IS_OVER = re.compile(r" (?:(?:is|are) (?:out|over|up|through|done)|ends|finishes|closes|comes to an end)\b")
_NEEDS_NO_PREPOSITION = re.compile(
    r"(?:(?:early|late|later|mid) )?(?:next (?:year|month|week|spring|summer|autumn|winter)|this time"
    r"|tomorrow)\b(?!')"
)
_OCCASIONS = word_set("BUDGET SPRING-FORECAST SPENDING-REVIEW KINGS-SPEECH LOCAL-ELECTIONS GENERAL-ELECTION")
_NEAR = 90  # characters before a time phrase in which a negation belongs to it
_NOT_YET = re.compile(
    r"\b(?:(?:will|would|shall|can|could|is|are|do|does) not|won't|can't|cannot|never)(?! only)(?: [\w-]+){0,4} ?$"
)
_NOT_BY = re.compile(
    r"\b(?:(?:will|would|shall|can|could|is|are|do|does) not|won't|can't|cannot|never)(?! only)"
    r"(?: (?!(?:to|that|which|who|and|but|so|if|until|than)\b)[\w'-]+){0,9} ?$"
)
_NO_PROMISE = re.compile(
    r"\b(?:cannot|can't|not|never|unable to)(?: \w+)? (?:commit|promise|undertake|guarantee|pledge|say|tell|confirm)\b"
    r"(?: [\w'-]+){0,9} ?$|\bnot $"
)
_COUNTED = re.compile(r" [a-z]{3,}s(?= ?[.,;:!?)]|$)")
_SCHEDULED = re.compile(
    r"\b(?:planned|scheduled|due|timetabled|expected|intended|set|pencilled in|slated|aiming|aim|target(?:ed|ing)?"
    r"|booked|fixed|on (?:track|course))(?: now| still| currently)? $"
)
_INNER_AFTER = frozenset(
    word + course for word in ("over", "across", "during", "throughout", "within") for course in ("", " the course of")
)


def _fits(scene: Scene, said: str, period: Period, start: int, end: int) -> bool:
    """Tell whether such words can stand with such a period: `to September` can't, `to the end of September` can."""
    after = scene.low[end : end + 1]
    if after in {"'", "-", "%"} or (after == "/" and scene.low[end + 1 : end + 2].isalpha()):
        return False
    family = period.family
    if family in {"YEAR", "FINANCIAL-YEAR"} and not _is_when(scene, said, family, start, end):
        return False
    if said == "for" and family in _OCCASIONS:
        return False
    if said in {"in", "come"} and _NEEDS_NO_PREPOSITION.match(scene.low, start + len(said) + 1):
        return False  # "comes in next month": the preposition is the verb's
    return said not in {"to", "through", "up to", "into"} or _may_last_to(said, family)


def _is_when(scene: Scene, said: str, family: str, start: int, end: int) -> bool:
    """Tell whether a year says when; "by 2026 officers" says how many, "figures for 2025" what of."""
    if said == "by" and family == "YEAR":
        return _COUNTED.match(scene.low, end) is None
    if said == "for" and scene.low[end - 1].isdigit():
        return _SCHEDULED.search(scene.low, 0, start) is not None
    return True


def _may_last_to(said: str, family: str) -> bool:
    return (
        family.endswith("END")
        or family in _LASTED_TO
        or (said != "to" and family != "TODAY")
        or (family in {"MONTH", "SEASON", "YEAR"} and said == "into")
    )


_LASTED_TO = word_set("DAY WEEKDAY NEW-YEAR PARLIAMENT SESSION RECESS FINANCIAL-YEAR ACADEMIC-YEAR")


def found_in(scene: Scene, relation: Relation, period: Period, end: int, *, rule: str | None = None) -> Found:
    """Return the bounds that a relation makes of a period, read up to that offset; none where it has no day."""
    earliest, latest = relation.bounds(period, scene.spoken_on)
    if earliest is not None and latest is not None and latest < earliest:
        if latest < scene.spoken_on:
            return nothing(end)
        earliest = scene.spoken_on
    if period.first is None:
        earliest = latest = None
    name = f"{period.family}-{rule or relation.id}"
    return Found(end=end, rule=name, earliest=earliest, latest=latest, kind=period.kind, precision=period.precision)
