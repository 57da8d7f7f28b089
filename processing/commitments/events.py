"""What happened to a commitment, from its sayings, evidence and reviews: dated facts, each with an identity."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

from processing.commitments.identity import event_id

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from processing.commitments.statement import Statement

RANK = {"firm": 2, "conditional": 1, "aspirational": 0}


@dataclass(frozen=True, slots=True, kw_only=True)
class Telling:
    """A statement in the life of its commitment.

    `happened_on` is the day said, or for words that appeared by an edit the day of the edit; `is_pair`: it is the
    second of a pair (both Houses, one statement), and tells nothing new.
    """

    said: Statement
    happened_on: date
    is_pair: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """That a thing was done, as a source says: `delivery` is the id of its exact quote, or `document` a publication."""

    delivery: str | None
    document: str | None
    happened_on: date
    noticed_at: str
    quote: str | None
    summary: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """One dated fact in a commitment's life; `days` is new latest less old latest, in calendar days."""

    id: str
    kind: str
    happened_on: date
    noticed_at: str
    summary: str
    statement: str | None = None
    previous_statement: str | None = None
    delivery: str | None = None
    document: str | None = None
    review: str | None = None
    quote_before: str | None = None
    quote_after: str | None = None
    old_latest: date | None = None
    new_latest: date | None = None
    days: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """Where a commitment stands after its sayings: the timing in force and the first deadline it ever had."""

    timing: str | None = None
    timing_kind: str | None = None
    earliest: date | None = None
    latest: date | None = None
    first_latest: date | None = None
    firmness: str = "firm"
    statement: str | None = None


def in_order(tellings: Iterable[Telling]) -> list[Telling]:
    """Order sayings by the day, then by when they were first seen, then by id."""
    return sorted(tellings, key=lambda told: (told.happened_on, told.said.first_seen_at, told.said.id))


def sayings_life(tellings: Sequence[Telling]) -> tuple[list[Event], Standing]:
    """Derive the events that come from sayings alone, and where the commitment stands after them."""
    events: list[Event] = []
    standing = Standing()
    previous: Telling | None = None
    by_id = {told.said.id: told for told in tellings}
    for told in in_order(tellings):
        if told.said.replaces in by_id:
            events += _edited(by_id[told.said.replaces], told)
        elif previous is None:
            events.append(_said(told))
        if previous is not None and not told.is_pair:
            events += _changed(told, previous, standing, is_edit=told.said.replaces in by_id)
        standing = _after(standing, told)
        previous = told
    events += [event for told in tellings for event in _ended(told, tellings)]
    return events, standing


def _said(told: Telling) -> Event:
    by_when = f", {told.said.timing}" if told.said.timing else ", with no date"
    return Event(
        id=event_id("telling", told.said.id),
        kind="said",
        happened_on=told.happened_on,
        noticed_at=told.said.first_seen_at,
        statement=told.said.id,
        quote_after=told.said.quote,
        new_latest=told.said.latest,
        summary=f"First said{by_when}",
    )


def _after(standing: Standing, told: Telling) -> Standing:
    """Return where the commitment stands after a saying: a saying without any timing leaves the last one in force."""
    after = replace(standing, firmness=told.said.firmness, statement=told.said.id)
    if told.said.timing is None:
        return after
    return replace(
        after,
        timing=told.said.timing,
        timing_kind=told.said.timing_kind,
        earliest=told.said.earliest,
        latest=told.said.latest,
        first_latest=standing.first_latest or told.said.latest,
    )


def _changed(told: Telling, previous: Telling, standing: Standing, *, is_edit: bool) -> Iterator[Event]:
    """Yield what a later saying changed: its date, how firm it is, or nothing but that it was said again."""
    base = Event(
        id="",
        kind="restated",
        happened_on=told.happened_on,
        noticed_at=told.said.first_seen_at,
        statement=told.said.id,
        previous_statement=previous.said.id,
        quote_before=previous.said.quote,
        quote_after=told.said.quote,
        old_latest=standing.latest,
        new_latest=told.said.latest,
        summary="",
    )
    kind, days, summary = _date_change(told, standing)
    firmer, how = _firmness_change(told, standing)
    if kind is None:
        kind, summary = firmer, how
    elif firmer not in (None, kind):
        yield replace(base, id=event_id("firmness", told.said.id), kind=str(firmer), summary=how)
    if kind is None and not is_edit:
        kind, summary = "restated", "Restated with the same date" if told.said.latest else "Restated without a date"
    if kind is not None:
        # named by the saying alone: a saying that arrives late and changes what stood before is no second announcement
        yield replace(base, id=event_id("telling", told.said.id), kind=kind, days=days, summary=summary)


def _date_change(told: Telling, standing: Standing) -> tuple[str | None, int | None, str]:
    old, new = standing.latest, told.said.latest
    if old and new and new != old:
        days = (new - old).days
        kind = "slipped" if days > 0 else "brought forward"
        return kind, days, f"{kind.capitalize()} by {abs(days)} days: from {_day(old)} to {_day(new)}"
    if old and not new and told.said.timing:
        return "softened", None, f"Softened: from {_day(old)} to “{told.said.timing}”"
    if standing.statement and new and not old:
        was = f"from “{standing.timing}” " if standing.timing else ""
        return "hardened", None, f"Given a date: {was}to {_day(new)}"
    return None, None, ""


def _firmness_change(told: Telling, standing: Standing) -> tuple[str | None, str]:
    step = RANK[told.said.firmness] - RANK[standing.firmness]
    if step < 0 and told.said.firmness == "aspirational":
        return "softened", f"Softened: from {standing.firmness} to {told.said.firmness}"
    if step < 0:
        return "softened", f"Softened: now {told.said.firmness}"
    if step > 0:
        return "hardened", f"Hardened: from {standing.firmness} to {told.said.firmness}"
    return None, ""


def _edited(before: Telling, after: Telling) -> Iterator[Event]:
    yield Event(
        id=event_id("source edited", before.said.id, after.said.id),
        kind="source edited",
        happened_on=after.happened_on,
        noticed_at=after.said.first_seen_at,
        statement=after.said.id,
        previous_statement=before.said.id,
        document=after.said.document,
        quote_before=before.said.quote,
        quote_after=after.said.quote,
        old_latest=before.said.latest,
        new_latest=after.said.latest,
        summary=(
            "The source changed the words under the same address"
            if before.said.document == after.said.document
            else "The file was replaced by another, with other words"
        ),
    )


def _ended(told: Telling, tellings: Sequence[Telling]) -> Iterator[Event]:
    """Yield the event of words that vanished, or of a page that was withdrawn or removed."""
    if told.said.state == "current" or told.said.ended_at is None:
        return
    if told.said.state == "edited":
        if any(other.said.replaces == told.said.id for other in tellings):
            return
        kind, summary = "source edited", "The words are no longer in the source"
    else:
        kind = "source withdrawn"
        summary = "The page was withdrawn" if told.said.state == "withdrawn" else "The page was removed"
    yield Event(
        id=event_id(kind, told.said.id, told.said.state),
        kind=kind,
        happened_on=date.fromisoformat(told.said.ended_at[:10]),
        noticed_at=told.said.ended_at,
        statement=told.said.id,
        document=told.said.document,
        quote_before=told.said.quote,
        old_latest=told.said.latest,
        summary=summary,
    )


def passed_deadlines(tellings: Sequence[Telling], today: date, closed_on: date | None) -> Iterator[Event]:
    """Yield an event for each deadline that was in force when its last day passed.

    `closed_on` is the day on which a person decided that it was delivered, withdrawn or never a promise: deadlines
    that passed before that stay in the record, for nobody had said so then.
    """
    in_force: Telling | None = None
    for told in [*in_order(tellings), None]:
        until = told.happened_on if told else today
        latest = in_force.said.latest if in_force else None
        if in_force and latest and latest < until:
            if closed_on is None or latest < closed_on:
                yield _passed(in_force, latest)
            in_force = None
        if told and told.said.timing is not None:
            in_force = told


def _passed(told: Telling, latest: date) -> Event:
    day = latest + timedelta(days=1)
    return Event(
        id=event_id("due date passed", told.said.id, latest.isoformat()),
        kind="due date passed",
        happened_on=day,
        noticed_at=max(f"{day.isoformat()}T00:00:00.000000Z", told.said.first_seen_at),
        statement=told.said.id,
        quote_before=told.said.quote,
        old_latest=latest,
        summary=f"The last day, {_day(latest)}, passed and no delivery was confirmed",
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Reread:
    """That a deadline was read again with a changed calendar, and came out otherwise; `on` is the day of it."""

    statement: str
    calendar_version: str
    on: date
    old_latest: date | None
    new_latest: date | None


def recomputed_events(rereadings: Iterable[Reread], quotes: Mapping[str, str]) -> Iterator[Event]:
    """Yield an event for each deadline that a changed calendar moved; `quotes` are those of the statements."""
    for reread in rereadings:
        old, new = reread.old_latest, reread.new_latest
        was, now = (_day(day) if day else "no date" for day in (old, new))
        yield Event(
            id=event_id("deadline recomputed", reread.statement, reread.calendar_version),
            kind="deadline recomputed",
            happened_on=reread.on,
            noticed_at=f"{reread.on.isoformat()}T00:00:00.000000Z",
            statement=reread.statement,
            quote_after=quotes[reread.statement],
            old_latest=old,
            new_latest=new,
            days=(new - old).days if old and new else None,
            summary=f"The calendar changed: from {was} to {now}",
        )


def evidence_events(commitment: str, evidence: Iterable[Evidence]) -> Iterator[Event]:
    """Yield an event for each piece of evidence of delivery: evidence, never a verdict.

    A delivery is evidence of one commitment; a publication may be of several, and is an event for each.
    """
    for piece in evidence:
        about = (piece.delivery,) if piece.delivery else (None, piece.document, commitment)
        yield Event(
            id=event_id("evidence", *about),
            kind="evidence",
            happened_on=piece.happened_on,
            noticed_at=piece.noticed_at,
            delivery=piece.delivery,
            document=piece.document,
            quote_after=piece.quote,
            summary=piece.summary,
        )


def _day(day: date) -> str:
    return f"{day.day} {day:%B %Y}"
