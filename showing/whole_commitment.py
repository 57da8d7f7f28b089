"""Everything that the page of one commitment shows: the records of the register, each with what stands beside it."""

from __future__ import annotations

import json
from dataclasses import dataclass, fields
from datetime import date
from typing import TYPE_CHECKING, Any

from processing.commitments.commitment import Commitment
from processing.commitments.events import Event
from processing.commitments.reviews import Decision
from processing.commitments.statement import Delivery, Statement
from showing.citations import citation, draft_question
from showing.highlights import Mark, Piece, context, pieces

if TYPE_CHECKING:
    from showing.asks import Choice


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownStatement(Statement):
    """A statement with its passage and its document, and why it stands in its commitment."""

    commitment: str | None
    join_reason: str | None
    rules_version: str
    title: str
    source: str
    source_name: str
    departments: tuple[str, ...]
    department: str | None
    page: int | None
    passage_text: str
    fetched_at: str
    version: int

    @property
    def pieces(self) -> tuple[Piece, ...]:
        """The quote marked in its context, and its timing, which may stand in the line that opens a list above it."""
        found = [Mark(start=self.start, end=self.start + len(self.quote), kind="quote")]
        if self.timing and self.timing_start is not None:
            found.append(Mark(start=self.timing_start, end=self.timing_start + len(self.timing), kind="timing"))
        first_offset, last_offset = self._shown
        return pieces(self.passage_text, found, start=first_offset, end=last_offset)

    @property
    def _shown(self) -> tuple[int, int]:
        """First and last offset of what is shown of the passage: quote and timing with what stands around them."""
        first, last = self.start, self.start + len(self.quote)
        if self.timing and self.timing_start is not None:
            first, last = min(first, self.timing_start), max(last, self.timing_start + len(self.timing))
        return context(self.passage_text, first, last)

    @property
    def is_cut(self) -> bool:
        """Whether the passage holds more than the context shown."""
        first_offset, last_offset = self._shown
        return first_offset > 0 or last_offset < len(self.passage_text)

    @property
    def cited(self) -> str:
        """The citation of this saying."""
        return citation(
            source=self.source,
            said_on=self.said_on,
            title=self.title,
            url=self.url,
            house=self.house,
            column=self.column,
            publisher=next(iter(self.departments), None),
            page=self.page,
        )

    @property
    def reasons(self) -> list[tuple[str, float]]:
        """The strongest features with their weights, strongest first."""
        return [(str(name), float(weight)) for name, weight in json.loads(self.features)]

    @property
    def cue_ids(self) -> list[str]:
        """The cues that fired."""
        return list(dict.fromkeys(str(cue["id"]) for cue in json.loads(self.cues)))


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownEvent(Event):
    """One fact in the life of a commitment."""

    commitment: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownDelivery(Delivery):
    """A quote that says that a thing has been done, with its document and why it was matched."""

    title: str
    reason: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """A recommendation, or a whole set (`number` is then `*`), to which a commitment is linked."""

    id: str
    set_title: str
    number: str
    title: str
    reason: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class PossibleJoin:
    """A saying, at `home` in one commitment, that may belong to another; a person decides."""

    statement: str
    quote: str
    home: str
    commitment: str
    promise: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class WholeCommitment:
    """Everything that the page of one commitment shows on a day; what was said and what happened in order of time."""

    commitment: Commitment
    sayings: tuple[ShownStatement, ...]
    events: tuple[ShownEvent, ...]
    deliveries: tuple[ShownDelivery, ...]
    links: tuple[Link, ...]
    topics: tuple[Choice, ...]
    reviews: tuple[Decision, ...]
    joins: tuple[PossibleJoin, ...]
    joined: tuple[Commitment, ...]
    today: date

    @property
    def first_saying(self) -> ShownStatement | None:
        """The saying with which it began."""
        return self.sayings[0] if self.sayings else None

    @property
    def last_saying(self) -> ShownStatement | None:
        """The latest saying, which gives the owner and the date that count."""
        return self.sayings[-1] if self.sayings else None

    @property
    def question(self) -> str:
        """A draft of a written question, from the latest saying; empty where there is none."""
        saying = self.last_saying
        if saying is None:
            return ""
        return draft_question(
            owner=self.commitment.owner,
            department=saying.department,
            house=saying.house,
            promise=self.commitment.promise,
            said_on=saying.said_on,
            cited=saying.cited,
            latest=self.commitment.latest,
            today=self.today,
        )


# what is no part of the JSON of a commitment: it says how the register came to be, or stands there in another place
UNTOLD: dict[type, frozenset[str]] = {
    Commitment: frozenset(("object",)),
    ShownStatement: frozenset((
        "passage", "departments", "said_at", "action", "object", "look_again", "first_seen_at", "ended_at", "replaces",
        "nearby", "recommendations", "commitment",
    )),
    ShownEvent: frozenset(("review",)),
    ShownDelivery: frozenset(("passage", "start", "action", "object", "first_seen_at", "nearby", "recommendations")),
    Decision: frozenset(("quote", "other")),
}  # fmt: skip


def as_json(found: WholeCommitment) -> dict[str, Any]:
    """Return a commitment as plain values, under the names of the schema, with its quotes and citations."""
    return {
        **_told(found.commitment),
        "topics": [topic.value for topic in found.topics],
        "recommendations": [link.id for link in found.links],
        "statements": [
            {
                **_told(saying),
                "cues": json.loads(saying.cues),
                "features": json.loads(saying.features),
                "citation": saying.cited,
            }
            for saying in found.sayings
        ],
        "events": [_told(event) for event in found.events],
        "deliveries": [_told(delivery) for delivery in found.deliveries],
        "reviews": [_told(review) for review in found.reviews],
    }


def _told(record: Commitment | ShownStatement | ShownEvent | ShownDelivery | Decision) -> dict[str, Any]:
    hidden = UNTOLD[type(record)]
    return {field.name: _plain(getattr(record, field.name)) for field in fields(record) if field.name not in hidden}


def _plain(value: Any) -> Any:
    """Return a value as the register keeps it: days as ISO 8601, yes and no as 1 and 0."""
    if isinstance(value, date):
        return value.isoformat()
    return int(value) if isinstance(value, bool) else value
