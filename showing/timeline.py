"""What is drawn of a commitment's life: sayings, moves, evidence, the first and the present date."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from showing.drawings import Point

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

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


def points_of(
    *,
    said: Sequence[str],
    happened: Iterable[tuple[str, str]],
    first_latest: str | None,
    latest: str | None,
    delivered_on: str | None,
) -> list[Point]:
    """Return the points of a life. Days are ISO 8601; `happened` are (day, kind of event); `said` in order of time."""
    moved = {(day, kind) for day, kind in happened if kind in SIGNS}
    days = {day for day, _kind in moved}
    points = [
        Point(day=date.fromisoformat(day), kind="said", label="Promised" if order == 0 else "Said again")
        for order, day in enumerate(dict.fromkeys(said))
        if order == 0 or day not in days
    ]
    points += [
        Point(day=date.fromisoformat(day), kind=SIGNS[kind], label=NAMES.get(kind, kind.capitalize()))
        for day, kind in sorted(moved)
    ]
    first = first_latest if first_latest != latest else None
    for day, kind, label in (
        (first, "first due", "First date"),
        (latest, "due", "Due"),
        (delivered_on, "done", "Delivered"),
    ):
        if day:
            points.append(Point(day=date.fromisoformat(day), kind=kind, label=label))
    return points
