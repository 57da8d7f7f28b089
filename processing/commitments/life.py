"""One commitment, taken together from its sayings, its evidence and people's reviews."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING

from processing.commitments.commitment import Commitment
from processing.commitments.event_kinds import IMPORTANCE
from processing.commitments.events import (
    Event,
    Reread,
    Standing,
    Telling,
    evidence_events,
    passed_deadlines,
    recomputed_events,
    sayings_life,
)
from processing.commitments.identity import event_id, plain_quote
from processing.commitments.numbering import public_id
from processing.commitments.reviews import Decided, Review, decide
from processing.commitments.status import status

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from processing.commitments.events import Evidence
    from processing.commitments.grouping import Grouped
    from processing.commitments.statement import Statement

LONGEST_PROMISE = 240  # characters of the line that stands for a commitment in lists
MOVING = frozenset({"slipped", "brought forward", "softened", "hardened", "deadline recomputed", "reviewed"})
DOUBTFUL = 0.7  # a score below which a person should look


@dataclass(frozen=True, slots=True, kw_only=True)
class Life:
    """A commitment as it stands, its events, and the recommendations that it is about with the reason."""

    commitment: Commitment
    events: tuple[Event, ...]
    recommendations: tuple[tuple[str, str], ...]


def tellings(statements: Sequence[Statement], pairs: Iterable[tuple[str, str]]) -> list[Telling]:
    """Return the sayings as a life needs them; what is one act printed twice tells nothing new the second time.

    That is so in both Houses' prints of a statement, and in one answer that is given to several grouped questions.
    """
    related = set(pairs)
    told: list[Telling] = []
    days = {statement.id: statement.said_on for statement in statements}
    seen: list[str] = []
    acts: set[tuple[date, str]] = set()
    for statement in sorted(statements, key=lambda s: (s.said_on, s.first_seen_at, s.id)):
        is_related = any((statement.document, other) in related for other in seen)
        is_pair = not statement.replaces and (is_related or act_of(statement) in acts)
        seen.append(statement.document)
        acts.add(act_of(statement))
        happened_on = statement.said_on
        before = days.get(statement.replaces or "")
        if before is not None and happened_on <= before:
            # the source does not say when it changed its words: the day on which they were first seen
            happened_on = max(before, date.fromisoformat(statement.first_seen_at[:10]))
        told.append(Telling(said=statement, happened_on=happened_on, is_pair=is_pair))
    return told


def act_of(statement: Statement) -> tuple[date, str]:
    """Return what is one act: the same words on the same day, wherever they are printed."""
    return statement.said_on, plain_quote(statement.quote)


def describe(  # noqa: PLR0913, PLR0917 -- all that a life is made of
    name: str,
    number: int,
    statements: Sequence[Statement],
    evidence: Sequence[Evidence],
    reviews: Sequence[Review],
    pairs: Iterable[tuple[str, str]],
    today: date,
    rereadings: Sequence[Reread] = (),
) -> Life:
    """Describe a commitment as it stands on a day; `rereadings` are of its deadlines with a changed calendar."""
    told = tellings(statements, pairs)
    decided = decide(reviews)
    events, standing = sayings_life(told)
    standing = _corrected(standing, decided)
    events += evidence_events(name, evidence)
    events += passed_deadlines(told, today, decided.closed_on)
    events += recomputed_events(rereadings, {statement.id: statement.quote for statement in statements})
    events += [_reviewed(name, review) for review in reviews]
    events = [event for event in events if event.happened_on <= today]
    unique = {event.id: event for event in events}
    ordered = sorted(unique.values(), key=lambda e: (e.happened_on, IMPORTANCE.index(e.kind), e.id))
    return Life(
        commitment=_commitment(name, number, statements, standing, decided, ordered, today),
        events=tuple(ordered),
        recommendations=_recommendations(statements, decided),
    )


def lives(
    statements: Mapping[str, Statement],
    grouped: Grouped,
    evidence: Mapping[str, Sequence[Evidence]],
    reviewed: Mapping[str, Sequence[Review]],
    pairs: Iterable[tuple[str, str]],
    moved: Mapping[str, Sequence[Reread]],
    today: date,
) -> list[Life]:
    """Describe every commitment; `evidence` and `reviewed` are by public id, `moved` (rereadings) by statement."""
    related = frozenset(pairs)
    found = []
    for keys, number in zip(grouped.clusters.groups, grouped.numbers.numbers, strict=True):
        name = public_id(number)
        rereadings = [step for key in keys for step in moved.get(key, ())]
        rows = [statements[key] for key in keys]
        told, decided = evidence.get(name, ()), reviewed.get(name, ())
        found.append(describe(name, number, rows, told, decided, related, today, rereadings))
    return found


def every_number(lives: Iterable[Life], grouped: Grouped, statements: Mapping[str, Statement]) -> list[Commitment]:
    """Return the commitments, and for each number that was joined into another one that leads there.

    A commitment with a saying that may belong to another one needs a look.
    """
    waiting = {grouped.homes[made.statement] for made in grouped.clusters.possible}
    present = [
        replace(life.commitment, needs_look=life.commitment.needs_look or life.commitment.id in waiting)
        for life in lives
    ]
    by_id = {one.id: one for one in present}
    return present + [
        replace(
            by_id[public_id(number)],
            id=public_id(before),
            number=before,
            promise=statements[statement].quote,
            joined_into=public_id(number),
            times_said=1,
        )
        for before, number, statement in grouped.numbers.joined
    ]


def _corrected(standing: Standing, decided: Decided) -> Standing:
    """Put people's corrections of the date and of the firmness in the place of the machine's reading."""
    values: Mapping[str, str] = dict(decided.corrections)
    for field in ("earliest", "latest"):
        if field in values:
            day = date.fromisoformat(values[field]) if values[field] else None
            standing = replace(standing, earliest=day) if field == "earliest" else replace(standing, latest=day)
    if "timing" in values:
        standing = replace(standing, timing=values["timing"] or None)
    if values.get("firmness"):
        standing = replace(standing, firmness=values["firmness"])
    return standing


def _reviewed(name: str, review: Review) -> Event:
    what = f"{review.decision} {review.field or ''} {review.value or ''}".split()
    return Event(
        id=event_id("reviewed", review.id),
        kind="reviewed",
        happened_on=date.fromisoformat(review.made_at[:10]),
        noticed_at=review.made_at,
        review=review.id,
        summary=f"{name}: {' '.join(what)} ({review.reviewer}): {review.reason}",
    )


def _commitment(
    name: str,
    number: int,
    statements: Sequence[Statement],
    standing: Standing,
    decided: Decided,
    events: Sequence[Event],
    today: date,
) -> Commitment:
    corrected = dict(decided.corrections)
    ordered = sorted(statements, key=lambda s: (s.said_on, s.first_seen_at, s.id))
    score = max(s.score for s in ordered)
    first, latest = standing.first_latest, standing.latest
    return Commitment(
        id=name,
        number=number,
        promise=corrected.get("promise") or promise_line(ordered),
        owner=corrected.get("owner") or _owner(ordered),
        action=Counter(s.action for s in ordered).most_common(1)[0][0],
        object=next((s.object for s in reversed(ordered) if s.object), None),
        firmness=standing.firmness,
        status=status(
            latest=latest,
            today=today,
            delivered_on=decided.delivered_on,
            is_withdrawn=decided.is_withdrawn,
            is_rejected=decided.is_rejected,
        ),
        has_evidence=any(event.kind == "evidence" for event in events),
        is_reviewed=decided.is_reviewed,
        needs_look=not decided.is_reviewed and score < DOUBTFUL,
        first_said=ordered[0].said_on,
        last_said=ordered[-1].said_on,
        times_said=len({act_of(statement) for statement in ordered}),
        timing=standing.timing,
        timing_kind=standing.timing_kind,
        earliest=standing.earliest,
        latest=latest,
        precision=next((s.precision for s in reversed(ordered) if s.timing == standing.timing), None),
        first_latest=first,
        slipped_days=(latest - first).days if latest and first else 0,
        look_again=_look_again(ordered) if latest is None else None,
        delivered_on=decided.delivered_on,
        joined_into=None,
        score=score,
        # rises with each fact that changes a calendar entry (RFC 5545 SEQUENCE)
        sequence=sum(event.kind in MOVING for event in events),
    )


def _look_again(ordered: Sequence[Statement]) -> date | None:
    """Return the day to look again that the last saying with a time gives; it counts only where no deadline is."""
    return next((s.look_again for s in reversed(ordered) if s.timing), None)


def _owner(statements: Sequence[Statement]) -> str:
    """Return the owner named last that is not just the Government."""
    named = [s.owner for s in statements if s.owner != "Government"]
    return named[-1] if named else "Government"


def promise_line(statements: Sequence[Statement]) -> str:
    """Return the promise in one line: the words of the first saying that has a date, else of the first."""
    chosen = next((s for s in statements if s.latest), statements[0])
    line = " ".join(chosen.quote.split())
    if len(line) > LONGEST_PROMISE:
        line = line[:LONGEST_PROMISE].rsplit(" ", 1)[0] + " …"
    return line[:1].upper() + line[1:]


def _recommendations(statements: Sequence[Statement], decided: Decided) -> tuple[tuple[str, str], ...]:
    found = {name: "said in its words or by its subject" for s in statements for name in s.recommendations}
    found |= dict.fromkeys(sorted(decided.linked), "linked by a person")
    return tuple((name, reason) for name, reason in sorted(found.items()) if name not in decided.unlinked)
