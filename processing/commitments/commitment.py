"""A commitment as it stands: what the register and the pages say of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date


@dataclass(frozen=True, slots=True, kw_only=True)
class Commitment:
    """A commitment on a day; its fields are the columns of the table `commitments`, whose meaning meanings.yml tells.

    One whose number was joined into another is a row that leads there by `joined_into`, the other's public id.
    """

    id: str
    number: int
    promise: str
    owner: str
    action: str
    object: str | None
    firmness: str
    status: str
    has_evidence: bool
    is_reviewed: bool
    needs_look: bool
    first_said: date
    last_said: date
    times_said: int
    timing: str | None
    timing_kind: str | None
    earliest: date | None
    latest: date | None
    precision: str | None
    first_latest: date | None
    slipped_days: int
    look_again: date | None
    delivered_on: date | None
    joined_into: str | None
    score: float
    sequence: int
