"""The status of a commitment, derived and never stored by hand. "Overdue" is a fact about dates, not a verdict."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date

# in the order in which lists show them: what is late first
STATUSES = ("overdue", "open", "undated", "delivered late", "delivered", "withdrawn", "rejected")


def status(
    *,
    latest: date | None,
    today: date,
    delivered_on: date | None = None,
    is_withdrawn: bool = False,
    is_rejected: bool = False,
) -> str:
    """Return the status on a day.

    `latest` is the last day before it is overdue; `delivered_on` the day on which a person says that it was done;
    `is_withdrawn` and `is_rejected` are people's decisions: the Government gave it up; it never was a commitment.
    """
    if is_rejected:
        return "rejected"
    if is_withdrawn:
        return "withdrawn"
    if delivered_on is not None:
        return "delivered late" if latest is not None and delivered_on > latest else "delivered"
    if latest is None:
        return "undated"
    return "overdue" if latest < today else "open"
