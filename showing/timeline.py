"""What is drawn of a commitment's life: sayings, moves, evidence, the first and the present date."""

from __future__ import annotations

from typing import TYPE_CHECKING

from showing.drawings import Point

if TYPE_CHECKING:
    from showing.whole_commitment import WholeCommitment

# events are drawn by these signs; the others would only repeat a saying
SIGNS = {
    "slipped": "slipped",
    "brought forward": "slipped",
    "softened": "softened",
    "source edited": "edited",
    "source withdrawn": "edited",
    "evidence": "evidence",
}
NAMES = {"evidence": "Said to be done", "source withdrawn": "Withdrawn", "source edited": "Page edited"}


def points_of(found: WholeCommitment) -> list[Point]:
    """Return the points of a life; a day on which something else is drawn shows no saying, but for the first."""
    one = found.commitment
    moved = {(event.happened_on, event.kind) for event in found.events if event.kind in SIGNS}
    days = {day for day, _kind in moved}
    points = [
        Point(day=day, kind="said", label="Promised" if order == 0 else "Said again")
        for order, day in enumerate(dict.fromkeys(saying.said_on for saying in found.sayings))
        if order == 0 or day not in days
    ]
    points += [
        Point(day=day, kind=SIGNS[kind], label=NAMES.get(kind, kind.capitalize())) for day, kind in sorted(moved)
    ]
    first = one.first_latest if one.first_latest != one.latest else None
    for day, kind, label in (
        (first, "first due", "First date"),
        (one.latest, "due", "Due"),
        (one.delivered_on, "done", "Delivered"),
    ):
        if day:
            points.append(Point(day=day, kind=kind, label=label))
    return points
