"""What a statement is about: topics by its words, then by those around, then by its passage; positions by its words."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from processing.commitments.subjects import Position, positions, topics
from processing.language.terms import find_mentions, load_vocabulary
from tests.processing.commitments.made import undated

if TYPE_CHECKING:
    from processing.commitments.statement import Statement

VOCABULARY = load_vocabulary()
DUTY = "mandatory reporting of abuse"
GROOMING = "grooming gangs"


def topics_of(words: str) -> tuple[str, ...]:
    """Return the topics that words name, which the cases below need to differ."""
    return tuple(sorted({mention.topic for mention in find_mentions(words, VOCABULARY)}))


def test_the_words_of_the_cases_are_of_different_topics() -> None:
    assert topics_of(DUTY)
    assert topics_of(GROOMING)
    assert not set(topics_of(DUTY)) & set(topics_of(GROOMING))


CASES = [
    pytest.param(undated("s", f"We will begin {DUTY}", nearby=GROOMING), ("p",), topics_of(DUTY), id="its own words"),
    pytest.param(undated("s", "We will begin it", nearby=GROOMING), ("p",), topics_of(GROOMING), id="those around"),
    pytest.param(undated("s", "We will begin it", nearby="ships"), ("p", "a"), ("a", "p"), id="its passage"),
    pytest.param(undated("s", "We will begin it", nearby="ships"), (), (), id="none"),
]


@pytest.mark.parametrize(("one", "of_passage", "found"), CASES)
def test_topics_are_those_of_the_nearest_words_that_name_any(
    one: Statement, of_passage: tuple[str, ...], found: tuple[str, ...]
) -> None:
    assert topics([one], {one.passage: of_passage} if of_passage else {}, VOCABULARY) == {"s": found}


def test_a_saying_states_its_position_on_each_recommendation_that_it_is_about() -> None:
    both = undated(
        "s",
        "we accept the recommendations in principle",
        action="accept",
        recommendations=("casey-2025/4", "casey-2025/5"),
        start=7,
        passage=3,
    )
    others = [
        undated("t", "we accept that", action="accept"),
        undated("u", "we will consult on recommendation 4", action="consult", recommendations=("casey-2025/4",)),
    ]
    assert positions([both, *others]) == [
        Position(
            recommendation=name,
            position="accepted in principle",
            document="s",
            passage=3,
            quote="we accept the recommendations in principle",
            start=7,
            said_on=date(2025, 9, 1),
            url="https://example.org/a",
        )
        for name in ("casey-2025/4", "casey-2025/5")
    ]
