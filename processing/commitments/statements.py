"""Judge one document over all its versions: what was promised, since when the words stand, what took their place."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING

from rapidfuzz import fuzz

from processing.commitments.capacity import capacity, speakers_of
from processing.commitments.identity import delivery_id, plain_quote, statement_id
from processing.extraction.passage import extract_passage
from processing.records import SpokenPassage
from processing.sources import source_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from processing.commitments.capacity import Capacity
    from processing.records import Document, FoundCommitment, FoundDelivery, Passage, Post
    from processing.timing import Calendar

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
class JudgedStatement:
    """One saying found, with its place and its life in the document."""

    id: str
    row: int
    passage: Passage
    found: FoundCommitment
    said_on: date
    first_seen_at: str
    capacity: Capacity
    house: str | None
    nearby: str
    state: str = "current"
    ended_at: str | None = None
    replaces: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class JudgedDelivery:
    """One delivery found, with its place."""

    id: str
    row: int
    passage: Passage
    found: FoundDelivery
    said_on: date
    first_seen_at: str
    nearby: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """All that a document holds, and in which capacity each passage of its latest version was spoken."""

    document: str
    statements: tuple[JudgedStatement, ...]
    deliveries: tuple[JudgedDelivery, ...]
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
    statements: dict[str, JudgedStatement] = {}
    deliveries: dict[str, JudgedDelivery] = {}
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


def _at_home(found: Sequence[JudgedStatement], standing: Sequence[JudgedStatement]) -> list[JudgedStatement]:
    """Give words that only moved within their page the name that they had: a new paragraph above is no edit of them."""
    here = {statement.id for statement in found}
    moved: dict[str, list[str]] = defaultdict(list)
    for old in standing:
        if old.id not in here:
            moved[plain_quote(old.found.quote)].append(old.id)
    known = {old.id for old in standing}
    at_home = []
    for statement in found:
        waiting = moved.get(plain_quote(statement.found.quote)) if statement.id not in known else None
        at_home.append(replace(statement, id=waiting.pop(0)) if waiting else statement)
    return at_home


def _end(statements: dict[str, JudgedStatement], keys: Sequence[str], state: str, at: str) -> None:
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
) -> tuple[list[JudgedStatement], list[JudgedDelivery]]:
    statements, deliveries = [], []
    seen: Counter[tuple[str, str]] = Counter()
    speakers = speakers_of(version.document)
    before = ""
    for stored, wanted in zip(version.passages, in_scope(version), strict=True):
        passage = stored.passage
        day = _day(version, number, passage, first_days)
        if wanted and passage.kind not in ("heading", "time", "division", "procedure", "question"):
            who = capacity(version.document, passage, day, posts, speakers)
            if who.is_government:
                extraction = extract_passage(_spoken(version.document, passage, day, who), calendar)
                for found in extraction.commitments:
                    key = statement_id(version.document.id, passage.key, found.quote, seen["s", found.quote])
                    seen["s", found.quote] += 1
                    statements.append(
                        JudgedStatement(
                            id=key,
                            row=stored.row,
                            passage=passage,
                            found=found,
                            said_on=day,
                            first_seen_at=version.fetched_at,
                            capacity=who,
                            house=version.document.house,
                            nearby=nearby(version.document.title, before, passage.text, found.start),
                        )
                    )
                for done in extraction.deliveries:
                    key = delivery_id(version.document.id, passage.key, done.quote, seen["d", done.quote])
                    seen["d", done.quote] += 1
                    deliveries.append(
                        JudgedDelivery(
                            id=key,
                            row=stored.row,
                            passage=passage,
                            found=done,
                            said_on=day,
                            first_seen_at=version.fetched_at,
                            nearby=nearby(version.document.title, before, passage.text, done.start),
                        )
                    )
        before = passage.text
    return statements, deliveries


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


def _replacements(gone: Sequence[JudgedStatement], new: Sequence[JudgedStatement]) -> dict[str, str]:
    """Say which new words took the place of which old ones: in the same passage first, then the most alike."""
    scored = sorted(
        (
            (-(200 if one.passage.key == other.passage.key else 0) - alike, one.id, other.id)
            for one in gone
            for other in new
            if (alike := fuzz.token_set_ratio(one.found.quote, other.found.quote)) >= SAME_PLACE
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
