"""What the page of one commitment shows: its sayings in context, its life, evidence, links, reviews."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from db.pages.commitments import COLUMNS, Choice, Commitment
from db.queries import first, records
from showing.citations import citation, draft_question
from showing.highlights import Mark, Piece, context, pieces
from showing.timeline import points_of

if TYPE_CHECKING:
    import sqlite3

    from showing.drawings import Point


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownStatement:
    """One statement of a commitment with its passage, as the page shows it."""

    id: str
    document: str
    title: str
    source: str
    source_name: str
    quote: str
    start: int
    said_on: str
    speaker: str | None
    person: str | None
    post: str | None
    house: str | None
    column: str | None
    page: int | None
    url: str
    owner: str
    firmness: str
    novelty: str
    timing: str | None
    timing_start: int | None
    timing_kind: str | None
    earliest: str | None
    latest: str | None
    precision: str | None
    timing_rule: str | None
    calendar_version: str | None
    why: str
    cues: str
    score: float
    features: str
    rules_version: str
    state: str
    join_reason: str | None
    passage: int
    passage_key: str
    passage_text: str
    department: str | None
    departments: str
    fetched_at: str
    version: int

    @property
    def pieces(self) -> tuple[Piece, ...]:
        """The quote marked in its context, the timing within it."""
        found = [Mark(start=self.start, end=self.start + len(self.quote), kind="quote")]
        if self.timing and self.timing_start is not None:
            found.append(Mark(start=self.timing_start, end=self.timing_start + len(self.timing), kind="timing"))
        first_offset, last_offset = context(self.passage_text, self.start, self.start + len(self.quote))
        return pieces(self.passage_text, found, start=first_offset, end=last_offset)

    @property
    def is_cut(self) -> bool:
        """Whether the passage holds more than the context shown."""
        first_offset, last_offset = context(self.passage_text, self.start, self.start + len(self.quote))
        return first_offset > 0 or last_offset < len(self.passage_text)

    @property
    def cited(self) -> str:
        """The citation of this saying."""
        return citation(
            source=self.source,
            said_on=date.fromisoformat(self.said_on),
            title=self.title,
            url=self.url,
            house=self.house,
            column=self.column,
            publisher=next(iter(json.loads(self.departments)), None),
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
class ShownEvent:
    """One fact in a commitment's life."""

    id: str
    commitment: str
    kind: str
    happened_on: str
    noticed_at: str
    statement: str | None
    previous_statement: str | None
    delivery: str | None
    document: str | None
    quote_before: str | None
    quote_after: str | None
    old_latest: str | None
    new_latest: str | None
    days: int | None
    summary: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownDelivery:
    """A quote that says that a thing has been done."""

    id: str
    document: str
    title: str
    quote: str
    said_on: str
    speaker: str | None
    url: str
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
class Decision:
    """A person's review, as applied."""

    id: str
    decision: str
    commitment: str | None
    statement: str | None
    field: str | None
    value: str | None
    evidence: str | None
    reviewer: str
    made_at: str
    reason: str
    undoes: str | None
    state: str
    note: str | None


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
    """Everything that the page of one commitment shows."""

    commitment: Commitment
    sayings: tuple[ShownStatement, ...]
    events: tuple[ShownEvent, ...]
    deliveries: tuple[ShownDelivery, ...]
    links: tuple[Link, ...]
    topics: tuple[Choice, ...]
    reviews: tuple[Decision, ...]
    joins: tuple[PossibleJoin, ...]
    joined: tuple[Commitment, ...]
    question: str

    @property
    def first_saying(self) -> ShownStatement | None:
        """The saying with which it began."""
        return self.sayings[0] if self.sayings else None

    @property
    def last_saying(self) -> ShownStatement | None:
        """The latest saying, which gives the owner and the date that count."""
        return self.sayings[-1] if self.sayings else None


SAYINGS = (
    "SELECT s.id, s.document, d.title, d.source, o.name AS source_name, s.quote, s.start, s.said_on, s.speaker,"
    ' s.person, s.post, s.house, s."column", p.page, s.url, s.owner, s.firmness, s.novelty, s.timing, s.timing_start,'
    " s.timing_kind, s.earliest, s.latest, s.precision, s.timing_rule, s.calendar_version, s.why, s.cues, s.score,"
    " s.features, s.rules_version, s.state, s.join_reason, s.passage, s.passage_key, p.text AS passage_text,"
    " p.department, d.departments, v.fetched_at, v.number AS version"
    " FROM statements s JOIN passages p ON p.id = s.passage JOIN versions v ON v.id = p.version"
    " JOIN documents d ON d.id = s.document JOIN sources o ON o.id = d.source"
)


def joined_into(connection: sqlite3.Connection, identifier: str) -> str | None:
    """Return the id of the commitment that this one was joined into, followed to its end; None where it was not."""
    seen = {identifier}
    present = identifier
    while row := connection.execute("SELECT joined_into FROM commitments WHERE id = ?", [present]).fetchone():
        if row[0] is None or row[0] in seen:
            break
        present = row[0]
        seen.add(present)
    return None if present == identifier else present


def whole_commitment(connection: sqlite3.Connection, identifier: str, today: date) -> WholeCommitment | None:
    """Return all that is known of one commitment; None where the register has none by that id."""
    commitment = first(connection, Commitment, f"SELECT {COLUMNS} FROM commitments c WHERE c.id = ?", [identifier])  # noqa: S608 -- ours
    if commitment is None:
        return None
    of_it = [identifier]
    sayings = records(
        connection,
        ShownStatement,
        f"{SAYINGS} WHERE s.commitment = ? ORDER BY s.said_on, s.said_at, p.position, s.start",
        of_it,
    )
    return WholeCommitment(
        commitment=commitment,
        sayings=tuple(sayings),
        events=tuple(records(connection, ShownEvent, EVENTS, of_it)),
        deliveries=tuple(records(connection, ShownDelivery, DELIVERIES, of_it)),
        links=tuple(records(connection, Link, LINKS, of_it)),
        topics=tuple(records(connection, Choice, TOPICS, of_it)),
        reviews=tuple(records(connection, Decision, REVIEWS, of_it)),
        joins=tuple(records(connection, PossibleJoin, JOINS, [identifier, identifier])),
        joined=tuple(
            records(connection, Commitment, f"SELECT {COLUMNS} FROM commitments c WHERE c.joined_into = ?", of_it)  # noqa: S608 -- ours
        ),
        question=question_about(commitment, sayings[-1], today) if sayings else "",
    )


EVENTS = (
    "SELECT id, commitment, kind, happened_on, noticed_at, statement, previous_statement, delivery,"
    " coalesce(document, (SELECT s.document FROM statements s WHERE s.id = events.statement)) AS document,"
    " quote_before, quote_after, old_latest, new_latest, days, summary FROM events WHERE commitment = ?"
    " ORDER BY happened_on, noticed_at, id"
)
DELIVERIES = (
    "SELECT v.id, v.document, d.title, v.quote, v.said_on, v.speaker, v.url, v.reason FROM deliveries v"
    " JOIN documents d ON d.id = v.document WHERE v.commitment = ? ORDER BY v.said_on"
)
LINKS = (
    "SELECT l.recommendation AS id, coalesce(t.title, '') AS set_title, coalesce(r.number, '*') AS number,"
    " coalesce(r.title, 'all of them') AS title, l.reason FROM commitment_recommendations l"
    " LEFT JOIN recommendations r ON r.id = l.recommendation LEFT JOIN recommendation_sets t"
    " ON t.id = coalesce(r.\"set\", substr(l.recommendation, 1, instr(l.recommendation, '/') - 1))"
    " WHERE l.commitment = ? ORDER BY l.recommendation"
)
TOPICS = (
    "SELECT t.id AS value, t.name FROM commitment_topics c JOIN topics t ON t.id = c.topic WHERE c.commitment = ?"
    " ORDER BY t.name"
)
REVIEW_COLUMNS = (
    "r.id, r.decision, r.commitment, r.statement, r.field, r.value, r.evidence, r.reviewer, r.made_at, r.reason,"
    " r.undoes, r.state, r.note"
)
REVIEWS = f"SELECT {REVIEW_COLUMNS} FROM reviews r WHERE r.commitment = ? ORDER BY r.made_at"  # noqa: S608 -- ours
JOINS = (
    "SELECT j.statement, s.quote, s.commitment AS home, j.commitment, c.promise, j.reason FROM possible_joins j"
    " JOIN statements s ON s.id = j.statement JOIN commitments c ON c.id = j.commitment"
    " WHERE s.commitment = ? OR j.commitment = ? ORDER BY j.statement"
)


def question_about(commitment: Commitment, saying: ShownStatement, today: date) -> str:
    """Draft a written question about a commitment from its latest saying."""
    return draft_question(
        owner=commitment.owner,
        department=saying.department,
        house=saying.house,
        promise=commitment.promise,
        said_on=date.fromisoformat(saying.said_on),
        cited=saying.cited,
        latest=date.fromisoformat(commitment.latest) if commitment.latest else None,
        today=today,
    )


def as_json(found: WholeCommitment) -> dict[str, Any]:
    """Return a commitment as plain values, under the names of the schema, with its quotes and citations."""
    commitment = found.commitment
    return {
        **{name: getattr(commitment, name) for name in Commitment.__dataclass_fields__},
        "topics": [topic.value for topic in found.topics],
        "recommendations": [link.id for link in found.links],
        "statements": [
            {
                **{
                    name: getattr(saying, name)
                    for name in ShownStatement.__dataclass_fields__
                    if name not in ("cues", "features", "departments", "passage")
                },
                "cues": json.loads(saying.cues),
                "features": json.loads(saying.features),
                "citation": saying.cited,
            }
            for saying in found.sayings
        ],
        "events": [{name: getattr(event, name) for name in ShownEvent.__dataclass_fields__} for event in found.events],
        "deliveries": [
            {name: getattr(one, name) for name in ShownDelivery.__dataclass_fields__} for one in found.deliveries
        ],
        "reviews": [{name: getattr(one, name) for name in Decision.__dataclass_fields__} for one in found.reviews],
    }


def timeline_points(found: WholeCommitment) -> list[Point]:
    """Return what is drawn of a commitment's life."""
    commitment = found.commitment
    return points_of(
        said=[saying.said_on for saying in found.sayings],
        happened=[(event.happened_on, event.kind) for event in found.events],
        first_latest=commitment.first_latest,
        latest=commitment.latest,
        delivered_on=commitment.delivered_on,
    )
