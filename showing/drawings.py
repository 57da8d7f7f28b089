"""Knows how to draw a commitment's life and the plots of the register as SVG: inline, styled by classes, with words."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape

if TYPE_CHECKING:
    from collections.abc import Sequence

WIDTH = 720
MARGIN = 24
AXIS = 52
STEP = 22  # pixels between two labels above one another
LETTER = 6.6  # pixels of a letter at 12 px, on average


@dataclass(frozen=True, slots=True, kw_only=True)
class Point:
    """One day on the timeline. `kind`: said, restated, slipped, softened, evidence, edited, due, first due, done."""

    day: date
    kind: str
    label: str


def timeline(points: Sequence[Point], today: date) -> str:
    """Draw the points of a life on a line of time, with today. Says in words what is drawn (`title`, `desc`).

    Returns an empty text where there is nothing to draw.
    """
    if not points:
        return ""
    days = [point.day for point in points] + [today]
    first, last = min(days).toordinal(), max(days).toordinal()
    scale = (WIDTH - 2 * MARGIN) / max(1, last - first)

    def place(day: date) -> float:
        return round(MARGIN + (day.toordinal() - first) * scale, 1)

    shown = [*points, Point(day=today, kind="today", label="Today")]
    above = _levels(shown, place)
    top = STEP * max(above, default=0)
    parts = [f'<line class="axis" x1="{MARGIN}" y1="{AXIS + top}" x2="{WIDTH - MARGIN}" y2="{AXIS + top}"/>']
    parts += _slips(points, place, AXIS + top)
    parts += [_point(point, place(point.day), AXIS + top, level) for point, level in zip(shown, above, strict=True)]
    told = "; ".join(f"{_day(point.day)}: {point.label}" for point in sorted(points, key=lambda one: one.day))
    height = AXIS + top + 44
    ends = (
        f'<text class="end" x="{MARGIN}" y="{height - 8}">{_day(min(days))}</text>'
        f'<text class="end" x="{WIDTH - MARGIN}" y="{height - 8}" text-anchor="end">{_day(max(days))}</text>'
    )
    return (
        f'<svg class="timeline" viewBox="0 0 {WIDTH} {height}" role="img"'
        ' aria-labelledby="timeline-title timeline-desc">'
        f'<title id="timeline-title">Timeline</title><desc id="timeline-desc">{escape(told)}</desc>'
        f"{''.join(parts)}{ends}</svg>"
    )


def _day(day: date) -> str:
    return f"{day.day} {day:%b} {day.year}"


def _levels(points: Sequence[Point], place: object) -> list[int]:
    """Give each label a level so that no two lie on one another."""
    assert callable(place)  # noqa: S101 -- a function of this module
    ends: list[float] = []
    levels: dict[int, int] = {}
    for index, point in sorted(enumerate(points), key=lambda pair: (pair[1].day, pair[0])):
        width = len(point.label) * LETTER + 10
        start, _anchor = _text_start(place(point.day), width)
        level = next((number for number, end in enumerate(ends) if end <= start), len(ends))
        if level == len(ends):
            ends.append(0)
        ends[level] = start + width
        levels[index] = level
    return [levels[index] for index in range(len(points))]


def _text_start(x: float, width: float) -> tuple[float, str]:
    if x + width > WIDTH - 4:
        return x - width, "end"
    return x, "start"


def _point(point: Point, x: float, axis: float, level: int) -> str:
    width = len(point.label) * LETTER + 10
    _start, anchor = _text_start(x, width)
    y = axis - 26 - STEP * level
    shift = -4 if anchor == "end" else 4
    kind = point.kind.replace(" ", "-")
    return (
        f'<g class="point {kind}"><line class="stem" x1="{x}" y1="{y - 10}" x2="{x}" y2="{axis}"/>'
        f'{_sign(point.kind, x, axis)}<text x="{x + shift}" y="{y}" text-anchor="{anchor}">{escape(point.label)}</text>'
        "</g>"
    )


def _sign(kind: str, x: float, y: float) -> str:
    """Draw a shape as well as a colour, for those who see no colours."""
    if kind == "today":
        return f'<line class="now" x1="{x}" y1="{y - 14}" x2="{x}" y2="{y + 14}"/>'
    if kind in ("due", "first due"):
        return f'<path d="M{x} {y - 9} l9 9 l-9 9 l-9 -9 z"/>'
    if kind in ("slipped", "softened", "edited"):
        return f'<rect x="{x - 7}" y="{y - 7}" width="14" height="14"/>'
    return f'<circle cx="{x}" cy="{y}" r="7"/>'


def _slips(points: Sequence[Point], place: object, axis: float) -> list[str]:
    """Draw an arc from the first date to the present one."""
    assert callable(place)  # noqa: S101 -- a function of this module
    first = next((point.day for point in points if point.kind == "first due"), None)
    present = next((point.day for point in points if point.kind == "due"), None)
    if first is None or present is None or first == present:
        return []
    start, end = place(first), place(present)
    return [f'<path class="slip" d="M{start} {axis + 10} Q{(start + end) / 2} {axis + 34} {end} {axis + 10}"/>']


def columns(groups: Sequence[tuple[str, Sequence[tuple[str, int]]]]) -> str:
    """Draw groups of columns side by side, one group a month (`2025-11`); the table beside it holds the numbers."""
    if not groups:
        return ""
    height, base = 260, 220
    most = max((number for _name, bars in groups for _series, number in bars), default=0) or 1
    wide = (WIDTH - 2 * MARGIN) / len(groups)
    parts = _grid(most, base)
    for order, (name, bars_of_group) in enumerate(groups):
        left = MARGIN + order * wide
        thick = max(2.0, (wide - 6) / max(1, len(bars_of_group)))
        for step, (series, number) in enumerate(bars_of_group):
            tall = round(number / most * (base - 30), 1)
            parts.append(
                f'<rect class="{series}" x="{left + step * thick:.1f}" y="{base - tall:.1f}" width="{thick - 1:.1f}"'
                f' height="{tall}"/>'
            )
        label, middle = date.fromisoformat(f"{name}-01"), left + wide / 2 - 3
        parts.append(f'<text class="tick" x="{middle:.1f}" y="{base + 18}">{label:%b}</text>')
        if order == 0 or label.month == 1:
            parts.append(f'<text class="tick" x="{middle:.1f}" y="{base + 34}">{label.year}</text>')
    return (
        f'<svg class="plot" viewBox="0 0 {WIDTH} {height}" role="img" aria-label="Columns by month; the table below'
        f' holds the numbers.">{"".join(parts)}</svg>'
    )


def _grid(most: int, base: int) -> list[str]:
    parts = []
    for share in (0, 0.5, 1):
        y = base - share * (base - 30)
        if most * share == int(most * share):
            parts.append(f'<line class="grid" x1="{MARGIN}" y1="{y}" x2="{WIDTH - MARGIN}" y2="{y}"/>')
            parts.append(
                f'<text class="tick" x="{MARGIN - 4}" y="{y + 4}" text-anchor="end">{int(most * share)}</text>'
            )
    return parts


def bars(rows: Sequence[tuple[str, float]], unit: str) -> str:
    """Draw one bar a row, to the right where the number is positive and to the left where it is negative."""
    if not rows:
        return ""
    label, row = 250, 30
    height = row * len(rows) + 8
    low, high = min(0.0, *(number for _name, number in rows)), max(0.0, *(number for _name, number in rows))
    scale = (WIDTH - label - 150) / ((high - low) or 1)
    zero = label + 50 - low * scale
    parts = []
    for order, (name, number) in enumerate(rows):
        y, wide = order * row + 6, abs(number) * scale
        left = zero if number >= 0 else zero - wide
        kind = "late" if number > 0 else "early"
        at = zero + wide + 6 if number >= 0 else zero + 6
        cut = name if len(name) < 36 else name[:34] + "…"  # noqa: PLR2004 -- what fits
        parts.append(
            f'<text x="{label}" y="{y + 15}" text-anchor="end">{escape(cut)}</text>'
            f'<rect class="{kind}" x="{left:.1f}" y="{y}" width="{wide:.1f}" height="20"/>'
            f'<text x="{at:.1f}" y="{y + 15}">{f"{number:g}".replace("-", "−")} {escape(unit)}</text>'
        )
    return (
        f'<svg class="plot" viewBox="0 0 {WIDTH} {height}" role="img" aria-label="One bar a row; the table below holds'
        f' the numbers.">{"".join(parts)}</svg>'
    )
