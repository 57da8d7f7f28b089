"""Knows what the register holds of one saying for `followthrough explain`: its words, and what the judge saw."""

from __future__ import annotations

from typing import TYPE_CHECKING

from db.queries import records
from showing.explaining import ExplainedStatement

if TYPE_CHECKING:
    import sqlite3

_SAYINGS = """
SELECT s.id, s.commitment, s.quote, s.start, s.said_on, s.speaker, s.post, s.house, s.url, s.owner, s.firmness,
    s.novelty, s.action, s.timing, s.timing_start, s.earliest, s.latest, s.precision, s.timing_rule, s.look_again,
    s.calendar_version, s.why, s.cues, s.score, s.features, s.rules_version, s.state, s.recommendations, p.text
FROM statements s JOIN passages p ON p.id = s.passage
WHERE s.id = :name OR s.commitment = :name OR s.commitment = 'FT-' || :name
ORDER BY s.said_on, s.first_seen_at, s.id
"""


def sayings(connection: sqlite3.Connection, name: str) -> list[ExplainedStatement]:
    """Return the saying of that id, or all sayings of the commitment of that id ("FT-12", or "12"), oldest first."""
    return records(connection, ExplainedStatement, _SAYINGS, {"name": name})
