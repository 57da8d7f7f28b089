"""What a statement is about: its topics, and the recommendations on which it states the Government's position."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from processing.commitments.positions import find_position
from processing.language.terms import find_mentions

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import date

    from processing.commitments.statement import Statement
    from processing.language.terms import Vocabulary


@dataclass(frozen=True, slots=True, kw_only=True)
class Position:
    """Where the Government stands on a recommendation, with its own words: a row of the table `positions`."""

    recommendation: str
    position: str
    document: str
    passage: int
    quote: str
    start: int
    said_on: date
    url: str


def topics(
    statements: Iterable[Statement], of_passage: Mapping[int, Sequence[str]], vocabulary: Vocabulary
) -> dict[str, tuple[str, ...]]:
    """Return the topics of each statement: those of its own words, else of the words around, else of its passage."""
    found = {}
    for one in statements:
        near = find_mentions(one.quote, vocabulary) or find_mentions(one.nearby, vocabulary)
        named = {mention.topic for mention in near} or set(of_passage.get(one.passage, ()))
        found[one.id] = tuple(sorted(named))
    return found


def positions(statements: Iterable[Statement]) -> list[Position]:
    """Return the positions that statements state, one for each recommendation that they are about."""
    return [
        Position(
            recommendation=name,
            position=position,
            document=one.document,
            passage=one.passage,
            quote=one.quote,
            start=one.start,
            said_on=one.said_on,
            url=one.url,
        )
        for one in statements
        if one.recommendations and (position := find_position(one.quote, one.action))
        for name in one.recommendations
    ]
