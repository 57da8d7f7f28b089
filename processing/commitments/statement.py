"""What a document says: one saying of a promise, one saying that a thing was done. The register holds them so."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from processing.language.departments import GOVERNMENT

if TYPE_CHECKING:
    from datetime import date


class Said(Protocol):
    """What joining compares: a statement or a delivery."""

    @property
    def id(self) -> str: ...
    @property
    def said_on(self) -> date: ...
    @property
    def arrival(self) -> tuple[str, str, int]: ...
    @property
    def place(self) -> tuple[str, str] | None: ...
    @property
    def quote(self) -> str: ...
    @property
    def nearby(self) -> str: ...
    @property
    def owner(self) -> str: ...
    @property
    def action(self) -> str: ...
    @property
    def timing(self) -> str | None: ...
    @property
    def latest(self) -> date | None: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """One saying of a promise; its fields are the columns of the table `statements`, whose meaning metadata.yml tells.

    `first_seen_at` and `ended_at` are instants (ISO 8601 UTC); `said_at` is HH:MM:SS as printed. `nearby` is the text
    around the quote (what stands before it, and the title). `state`: current, edited, withdrawn, gone; `replaces` is
    the id of the statement whose place these words took in an edit. `cues` and `features` are JSON, for explaining.
    """

    id: str
    document: str
    passage: int
    passage_key: str
    quote: str
    start: int
    said_on: date
    said_at: str | None = None
    speaker: str | None = None
    person: str | None = None
    post: str | None = None
    house: str | None = None
    column: str | None = None
    url: str
    owner: str
    firmness: str
    novelty: str
    action: str
    object: str | None = None
    timing: str | None = None
    timing_start: int | None = None
    timing_kind: str | None = None
    earliest: date | None = None
    latest: date | None = None
    precision: str | None = None
    timing_rule: str | None = None
    look_again: date | None = None
    calendar_version: str | None = None
    why: str = ""
    cues: str = "[]"
    score: float = 1.0
    features: str = "[]"
    state: str = "current"
    first_seen_at: str
    ended_at: str | None = None
    replaces: str | None = None
    nearby: str = ""
    recommendations: tuple[str, ...] = ()

    @property
    def arrival(self) -> tuple[str, str, int]:
        """What orders statements by when the archive first held them."""
        return self.first_seen_at, self.document, self.start

    @property
    def place(self) -> tuple[str, str] | None:
        """The one text that it stands in: a speech of somebody, or a whole page."""
        return self.document, self.passage_key if self.speaker else ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivery:
    """One saying that a thing was done; its fields are the columns of the table `deliveries`."""

    id: str
    document: str
    passage: int
    quote: str
    start: int
    said_on: date
    speaker: str | None = None
    url: str
    action: str
    object: str | None = None
    first_seen_at: str
    nearby: str = ""
    recommendations: tuple[str, ...] = ()

    @property
    def arrival(self) -> tuple[str, str, int]:
        """What orders deliveries by when the archive first held them."""
        return self.first_seen_at, self.document, self.start

    @property
    def place(self) -> None:
        """What was done is compared with what was promised, whatever text both stand in."""

    @property
    def owner(self) -> str:
        """Who did it: taken for the Government, as it is not read."""
        return GOVERNMENT

    @property
    def timing(self) -> None:
        """What is done has no time to come."""

    @property
    def latest(self) -> None:
        """What is done has no last day."""
