"""Finds the words that say when in a text, longest first, and dates them."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import TYPE_CHECKING

from processing.records import Timing
from processing.timing.bare import bare_at
from processing.timing.days import one_day
from processing.timing.durations import Found, duration_at, nothing
from processing.timing.events import event_at
from processing.timing.grammar import period_at
from processing.timing.index import Lexicon, lexicon
from processing.timing.related import between_at, both_bounds, clause_at, found_in, related_at
from processing.timing.relations import relations
from processing.timing.scene import Scene
from processing.timing.traps import SINCE, Trap
from processing.timing.vague import VagueWords
from processing.timing.words import plain

if TYPE_CHECKING:
    from collections.abc import Sequence

    from processing.timing.calendar import Calendar


def find_timings(
    text: str, spoken_on: date, house: str | None, calendar: Calendar, *, subject: str | None = None
) -> tuple[Timing, ...]:
    """Return the phrases of a text that say when, in its order, with their bounds; none overlap.

    `house` is that of the speaker (recesses differ), None: the Commons. `subject` is the title of the document: it may
    name the Bill that "Royal Assent" is about. Vague phrases have no bounds but a day on which we look again; phrases
    on an event without a known date have none at all. Past references are left out.
    """
    return find_with(lexicon(), text, spoken_on, house, calendar, subject=subject)


def find_with(
    words: Lexicon, text: str, spoken_on: date, house: str | None, calendar: Calendar, *, subject: str | None = None
) -> tuple[Timing, ...]:
    """Return the same with other words than the shipped ones."""
    even = plain(text)
    scene = Scene(
        text=even.text,
        low=even.low,
        spoken_on=spoken_on,
        house=house or "Commons",
        calendar=calendar,
        index=words.index(even.low),
        subject=subject,
    )
    found = _found(scene) if scene.index.holds_any else []
    return tuple(timing for start, one in found if (timing := _timing(scene, even.written(start, one.end), text, one)))


def _found(scene: Scene) -> list[tuple[int, Found]]:
    timings: list[tuple[int, Found]] = []
    place = 0
    for start in scene.index.places():
        found = _read_at(scene, start) if start >= place else None
        if found is not None:
            found = both_bounds(scene, found)
            place = found.end
            timings.append((start, found))
    return timings


def _timing(scene: Scene, place: tuple[int, int], text: str, found: Found) -> Timing | None:
    if found.rule is None or (found.latest and found.latest < scene.spoken_on):
        return None
    earliest = found.earliest
    if earliest and earliest < scene.spoken_on:
        earliest = scene.spoken_on
    look_again = None
    if found.look_again_days is not None:
        look_again = scene.spoken_on + timedelta(days=found.look_again_days)
    return Timing(
        expression=text[place[0] : place[1]],
        start=place[0],
        end=place[1],
        earliest=earliest,
        latest=found.latest,
        kind=found.kind,
        precision=found.precision,
        rule=found.rule,
        look_again=look_again,
        calendar_version=scene.calendar.version,
    )


def _read_at(scene: Scene, start: int) -> Found | None:
    """Return the longest thing that the words at that offset say; dated things win over vague ones of equal length."""
    begins, near = scene.index.begins_phrase(start), scene.index.near(start, alone=True)
    reads: list[Found | None] = []
    if near:
        if trap := _trap_at(scene, start, near.traps):
            return trap
        reads.append(between_at(scene, start))
    if begins and scene.index.near(start):
        reads += [clause_at(scene, start), related_at(scene, start)]
    if near:
        if near.has_duration:
            reads.append(duration_at(scene, start))
        reads.append(bare_at(scene, start))
    if begins:
        reads += [_vague_at(scene, start), _event_at(scene, start)]
    return max((read for read in reads if read), key=lambda read: read.end, default=None)


def _trap_at(scene: Scene, start: int, traps: Sequence[Trap]) -> Found | None:
    for trap in traps:
        found = trap.words.match(scene.low, start)
        if found and trap is SINCE:
            read = period_at(scene, found.end(), inner=True)
            return nothing(read[1] if read else found.end())
        if found:
            return nothing(found.end())
    return None


def _vague_at(scene: Scene, start: int) -> Found | None:
    ends = [
        (place, row)
        for row, end in scene.index.phrases_at(VagueWords, start)
        if (place := row.end_of(scene.low, start, end))
    ]
    if not ends:
        return None
    end, row = max(ends, key=lambda found: found[0])
    return Found(end=end, rule=row.id, kind="vague", precision="none", look_again_days=row.look_again_days)


def _event_at(scene: Scene, start: int) -> Found | None:
    """Read an event without a known date; where a dated phrase ends it, that says when: `the House votes next week`."""
    read = event_at(scene, start)
    if read is None:
        return None
    dated = _dated_end(scene, start + 1, read[1])
    if dated is None:
        return Found(end=read[1], rule=read[0], kind="event", precision="event")
    return _on_its_day(scene, start, *dated)


def _dated_end(scene: Scene, start: int, end: int) -> tuple[int, Found] | None:
    for place in scene.index.places(start, end):
        found = related_at(scene, place) or bare_at(scene, place)
        if found and found.end == end and (found.latest or found.rule is None):
            return place, found
    return None


_EVENT_RELATION = re.compile(
    r"(?P<BY>by |before the (?:end|close|conclusion) of )|(?P<BEFORE>before )|(?P<UNTIL>until )"
)


def _on_its_day(scene: Scene, start: int, place: int, dated: Found) -> Found | None:
    """Read `by the end of the consultation on 3 September`: the event's own day is told."""
    relation = _EVENT_RELATION.match(scene.low, start)
    is_day = dated.latest is not None and dated.latest == dated.earliest and scene.low.startswith("on ", place)
    if relation is None or relation.lastgroup is None or dated.latest is None or not is_day:
        return None
    return found_in(scene, relations()[relation.lastgroup], one_day(dated.latest, "DAY", "date"), dated.end)
