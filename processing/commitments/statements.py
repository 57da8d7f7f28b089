"""Judge one document over all its versions: what was promised, since when the words stand, what took their place."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from dataclasses import asdict, dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, Any, NamedTuple

from rapidfuzz import fuzz

from processing.commitments.capacity import capacity, speakers_of
from processing.commitments.identity import delivery_id, plain_quote, statement_id
from processing.commitments.statement import Delivery, Statement
from processing.commitments.things import thing_about
from processing.extraction.passage import extract_passage
from processing.records import SpokenPassage
from processing.sources import source_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from processing.commitments.capacity import Capacity
    from processing.records import Document, FoundCommitment, FoundDelivery, Passage, Post, Timing
    from processing.timing import Calendar

SILENT = frozenset(("heading", "time", "division", "procedure", "question"))  # kinds of passages without a promise
SAME_PLACE = 45  # token_set_ratio, 0 to 100: alike enough that new words took the place of old ones


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredPassage:
    """A passage as the register holds it: its row id, and whether a tracked term stands in it."""

    row: int
    passage: Passage
    has_mention: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredVersion:
    """A version of a document as the register holds it; `fetched_at` ISO 8601 UTC."""

    document: Document
    fetched_at: str
    state: str
    passages: tuple[StoredPassage, ...]
    title_has_mention: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """All that a document holds, and in which capacity each passage of its latest version was spoken."""

    document: str
    statements: tuple[Statement, ...]
    deliveries: tuple[Delivery, ...]
    capacities: tuple[tuple[int, Capacity], ...]


def in_scope(version: StoredVersion) -> list[bool]:
    """Say of each passage whether it is read for commitments: it, its title or what stands near names the subject."""
    document = version.document
    source = source_of(document.source)
    if version.title_has_mention or document.kind in source.whole:
        return [True] * len(version.passages)
    before, after = source.around
    marked = [index for index, stored in enumerate(version.passages) if stored.has_mention]
    chosen = {near for index in marked for near in range(index - before, index + after + 1)}
    return [index in chosen for index in range(len(version.passages))]


def judge_document(
    versions: Sequence[StoredVersion], posts: Mapping[str, Sequence[Post]], calendar: Calendar
) -> Judged:
    """Judge the versions of one document, which come in order of time."""
    statements: dict[str, Statement] = {}
    deliveries: dict[str, Delivery] = {}
    first_days: dict[str, date] = {}
    standing: list[str] = []
    for number, version in enumerate(versions, 1):
        if version.state == "holding":  # that an answer will come is no promise, and its coming no edit
            continue
        found, done = _judge_version(version, number, first_days, posts, calendar)
        for delivery in done:
            deliveries.setdefault(delivery.id, delivery)
        if version.state == "gone":
            _end(statements, standing, "gone", version.fetched_at)
            continue
        now = {statement.id: statement for statement in _at_home(found, [statements[key] for key in standing])}
        vanished = [key for key in standing if key not in now]
        appeared = [key for key in now if key not in standing]
        taken = _replacements([statements[key] for key in vanished], [now[key] for key in appeared])
        _end(statements, vanished, "edited", version.fetched_at)
        for key, statement in now.items():
            first = statements.get(key, statement)
            statements[key] = replace(
                statement,
                said_on=first.said_on,
                first_seen_at=first.first_seen_at,
                # words that come back after an edit take nobody's place: they had it before
                replaces=first.replaces if key in statements else taken.get(key),
                # a page that was withdrawn before keeps the first day of it
                ended_at=first.ended_at if first.state == version.state == "withdrawn" else None,
            )
        if version.state == "withdrawn":
            _end(statements, list(now), "withdrawn", version.fetched_at)
        standing = list(now)
    return Judged(
        document=versions[-1].document.id,
        statements=tuple(statements.values()),
        deliveries=tuple(deliveries.values()),
        capacities=_capacities(versions[-1], posts),
    )


def _at_home(found: Sequence[Statement], standing: Sequence[Statement]) -> list[Statement]:
    """Give words that only moved within their page the name that they had: a new paragraph above is no edit of them."""
    here = {statement.id for statement in found}
    moved: dict[str, list[str]] = defaultdict(list)
    for old in standing:
        if old.id not in here:
            moved[plain_quote(old.quote)].append(old.id)
    known = {old.id for old in standing}
    at_home = []
    for statement in found:
        waiting = moved.get(plain_quote(statement.quote)) if statement.id not in known else None
        at_home.append(replace(statement, id=waiting.pop(0)) if waiting else statement)
    return at_home


def _end(statements: dict[str, Statement], keys: Sequence[str], state: str, at: str) -> None:
    for key in keys:
        statements[key] = replace(statements[key], state=state, ended_at=statements[key].ended_at or at)


def _day(version: StoredVersion, number: int, passage: Passage, first_days: dict[str, date]) -> date:
    """Return the day on which the words were said: for a page's later edits, the day of the edit."""
    published = version.document.published or date.fromisoformat(version.fetched_at[:10])
    if not source_of(version.document.source).edits_move_the_day:
        return published
    edited = date.fromisoformat((version.document.updated_at or version.fetched_at)[:10])
    return first_days.setdefault(passage.text, published if number == 1 else max(published, edited))


def _judge_version(
    version: StoredVersion,
    number: int,
    first_days: dict[str, date],
    posts: Mapping[str, Sequence[Post]],
    calendar: Calendar,
) -> tuple[list[Statement], list[Delivery]]:
    statements: list[Statement] = []
    deliveries: list[Delivery] = []
    seen: Counter[tuple[str, str]] = Counter()
    speakers = speakers_of(version.document)
    before = ""
    for stored, wanted in zip(version.passages, in_scope(version), strict=True):
        passage = stored.passage
        day = _day(version, number, passage, first_days)
        if wanted and passage.kind not in SILENT:
            who = capacity(version.document, passage, day, posts, speakers)
            if who.is_government:
                place = _Place(version=version, stored=stored, said_on=day, who=who, before=before)
                extraction = extract_passage(_spoken(version.document, passage, day, who), calendar)
                later = _read_later(version, number, passage, who, calendar)
                for found in extraction.commitments:
                    statements.append(_statement(*_dated(place, found, later), seen["s", found.quote]))
                    seen["s", found.quote] += 1
                for done in extraction.deliveries:
                    deliveries.append(_delivery(place, done, seen["d", done.quote]))
                    seen["d", done.quote] += 1
        before = passage.text
    return statements, deliveries


class _Later(NamedTuple):
    """What a page that was changed before we ever saw it says, taken as said on the day of its last change."""

    day: date
    found: dict[tuple[int, str], FoundCommitment]


def _read_later(
    version: StoredVersion, number: int, passage: Passage, who: Capacity, calendar: Calendar
) -> _Later | None:
    document = version.document
    if number > 1 or not document.updated_at or not document.published:
        return None
    changed = date.fromisoformat(document.updated_at[:10])
    if changed <= document.published or not source_of(document.source).edits_move_the_day:
        return None
    found = extract_passage(_spoken(document, passage, changed, who), calendar).commitments
    return _Later(day=changed, found={(one.start, one.quote): one for one in found})


def _dated(place: _Place, found: FoundCommitment, later: _Later | None) -> tuple[_Place, FoundCommitment]:
    """Count relative words of a page that was changed since its publication from the day on which they are known.

    "By the end of this year" on a page of 2022 that was written anew in 2026 may be of either year: it is known to have
    stood on the day of the last change, and no earlier deadline is held against anybody.
    """
    other = later.found.get((found.start, found.quote)) if later else None
    first, last = _latest(found), _latest(other) if other else None
    # a day with its year is the same whenever it is read, or lies behind
    if later is None or other is None or first is None or last is None or last <= first:
        return place, found
    told = f"{other.why} The page was changed on {later.day.isoformat()}: words that count from a day count from then."
    return place._replace(said_on=later.day), replace(other, why=told)


def _latest(found: FoundCommitment) -> date | None:
    return found.timing.latest if found.timing else None


class _Place(NamedTuple):
    """Where something is said: the version and the passage, on which day, by whom, and what stands before it."""

    version: StoredVersion
    stored: StoredPassage
    said_on: date
    who: Capacity
    before: str


def _statement(place: _Place, found: FoundCommitment, occurrence: int) -> Statement:
    document, passage, timing = place.version.document, place.stored.passage, found.timing
    around = nearby(document.title, place.before, passage.text, found.start)
    return Statement(
        id=statement_id(document.id, passage.key, found.quote, occurrence),
        document=document.id,
        passage=place.stored.row,
        passage_key=passage.key,
        quote=found.quote,
        start=found.start,
        said_on=place.said_on,
        said_at=passage.timecode,
        speaker=passage.speaker,
        person=passage.member,
        post=place.who.post,
        house=document.house,
        column=passage.column,
        url=passage.url or document.url,
        owner=found.owner,
        firmness=found.firmness,
        novelty=found.novelty,
        action=found.action,
        object=thing_about(found.quote, around),
        **(_when(timing) if timing else {}),
        why=found.why,
        cues=json.dumps([asdict(cue) for cue in found.cues]),
        score=found.score,
        features=json.dumps([list(feature) for feature in found.features]),
        first_seen_at=place.version.fetched_at,
        nearby=around,
        recommendations=found.recommendations,
    )


def _when(timing: Timing) -> dict[str, Any]:
    """Return the fields of a statement that its timing fills."""
    return {
        "timing": timing.expression,
        "timing_start": timing.start,
        "timing_kind": timing.kind,
        "earliest": timing.earliest,
        "latest": timing.latest,
        "precision": timing.precision,
        "timing_rule": timing.rule,
        "look_again": timing.look_again,
        "calendar_version": timing.calendar_version,
    }


def _delivery(place: _Place, found: FoundDelivery, occurrence: int) -> Delivery:
    document, passage = place.version.document, place.stored.passage
    around = nearby(document.title, place.before, passage.text, found.start)
    return Delivery(
        id=delivery_id(document.id, passage.key, found.quote, occurrence),
        document=document.id,
        passage=place.stored.row,
        quote=found.quote,
        start=found.start,
        said_on=place.said_on,
        speaker=passage.speaker,
        url=passage.url or document.url,
        action=found.action,
        object=thing_about(found.quote, around),
        first_seen_at=place.version.fetched_at,
        nearby=around,
        recommendations=found.recommendations,
    )


def nearby(title: str, before: str, text: str, start: int) -> str:
    """Return the words that tell what a quote which names nothing is about: those just before it, and the title."""
    lead = text[max(0, start - 300) : start] or before[-300:]
    return f"{lead}\n{title}"


def _spoken(document: Document, passage: Passage, day: date, who: Capacity) -> SpokenPassage:
    return SpokenPassage(
        id=f"{document.id}#{passage.key}",
        source=source_of(document.source).manner_of(document.kind),
        title=document.title,
        spoken_on=day,
        text=passage.text,
        house=document.house,
        speaker=passage.speaker,
        post=who.post or who.department,
        government=True,
    )


def _replacements(gone: Sequence[Statement], new: Sequence[Statement]) -> dict[str, str]:
    """Say which new words took the place of which old ones: in the same passage first, then the most alike."""
    scored = sorted(
        (
            (-(200 if one.passage_key == other.passage_key else 0) - alike, one.id, other.id)
            for one in gone
            for other in new
            if (alike := fuzz.token_set_ratio(one.quote, other.quote)) >= SAME_PLACE
        ),
    )
    taken: dict[str, str] = {}
    for _, old, fresh in scored:
        if fresh not in taken and old not in taken.values():
            taken[fresh] = old
    return taken


def _capacities(version: StoredVersion, posts: Mapping[str, Sequence[Post]]) -> tuple[tuple[int, Capacity], ...]:
    speakers = speakers_of(version.document)
    return tuple(
        (stored.row, capacity(version.document, stored.passage, version.document.published, posts, speakers))
        for stored in version.passages
        if stored.passage.kind not in ("heading", "time", "division", "procedure")
    )
